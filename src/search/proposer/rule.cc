// The rule proposer: techniques as steps on the schedule of the lifted program, and on the text of
// programs that have none. Its plan is the schedule, as text; empty for a program without.
#include <map>

#include "base/format.h"
#include "front/compiled.h"
#include "nest/schedule.h"
#include "search/proposer.h"
#include "target/cuda/model.h"
#include "target/cuda/technique.h"

namespace ws::search {
namespace {

namespace cuda = target::cuda;

constexpr const char* kName = "rule";

// The model's resource (its stable short name) as techniques see it.
cuda::Limit LimitOf(std::string_view bottleneck) {
  using cuda::Limit;
  using cuda::Resource;
  constexpr std::pair<Resource, Limit> kLimits[] = {
      {Resource::kIssue, Limit::kIssue},   {Resource::kFp32, Limit::kFloat},
      {Resource::kHalf, Limit::kFloat},    {Resource::kFp64, Limit::kFloat},
      {Resource::kInteger, Limit::kIssue}, {Resource::kSpecial, Limit::kSpecial},
      {Resource::kCross, Limit::kShared},  {Resource::kShared, Limit::kShared},
      {Resource::kL1, Limit::kL2},         {Resource::kL2, Limit::kL2},
      {Resource::kDram, Limit::kDram},     {Resource::kLatency, Limit::kLatency},
      {Resource::kLaunch, Limit::kLaunch},
  };
  for (const auto& [resource, limit] : kLimits) {
    if (bottleneck == cuda::StateName(resource)) return limit;
  }
  return Limit::kUnknown;
}

class RuleProposer : public Proposer {
 public:
  explicit RuleProposer(const Subject& subject)
      : lifted_(subject.lifted),
        program_(subject.program),
        entry_(subject.entry),
        sizes_(subject.bench_sizes),
        arch_(subject.arch) {}

  std::string StartPlan() const override {
    return lifted_ ? ToText(nest::DefaultSchedule(program_)) : std::string();
  }

  std::vector<Step> Steps(const Place& place) override {
    return place.plan.empty() ? TextSteps(place) : ScheduleSteps(place);
  }

  Result<std::vector<Result<Proposal>>> Take(std::span<const Request> requests) override {
    std::vector<Result<Proposal>> proposals;
    for (const Request& request : requests) {
      proposals.push_back(request.place.plan.empty() ? TakeText(request) : TakeSchedule(request));
    }
    return proposals;
  }

 private:
  std::vector<Step> ScheduleSteps(const Place& place) {
    std::vector<Step> steps;
    const Result<nest::Schedule> schedule = nest::ParseSchedule(place.plan);
    WS_CHECK(schedule.ok());  // plans are this proposer's own text
    const cuda::Situation situation{program_, schedule.value(), sizes_, LimitOf(place.bottleneck)};
    std::map<const cuda::Technique*, double> helps;
    for (const cuda::Move& move : Moves(place.plan, situation)) {
      auto [it, fresh] = helps.try_emplace(move.technique, 0);
      if (fresh) it->second = move.technique->helps(situation);
      steps.push_back({.proposer = kName,
                       .technique = move.technique->name,
                       .parameters = move.parameters,
                       .text = cuda::ToText(move.parameters),
                       .helps = it->second});
    }
    return steps;
  }

  std::vector<Step> TextSteps(const Place& place) {
    std::vector<Step> steps;
    for (const TextMove& move : TextMoves(place)) {
      steps.push_back({.proposer = kName,
                       .technique = move.technique->name,
                       .parameters = move.parameters,
                       .text = cuda::ToText(move.parameters),
                       .helps = move.helps});
    }
    return steps;
  }

  Result<Proposal> TakeText(const Request& request) {
    const std::vector<TextMove>& moves = TextMoves(request.place);
    WS_CHECK(request.step < moves.size());
    return Proposal{moves[request.step].source, {}};
  }

  Result<Proposal> TakeSchedule(const Request& request) {
    TRY(const nest::Schedule schedule, nest::ParseSchedule(request.place.plan));
    const cuda::Situation situation{program_, schedule, sizes_, LimitOf(request.place.bottleneck)};
    const std::vector<cuda::Move>& moves = Moves(request.place.plan, situation);
    WS_CHECK(request.step < moves.size());
    const nest::Schedule& next = moves[request.step].schedule;
    Proposal proposal;
    TRY(proposal.source, cuda::GenerateSource(program_, next, arch_));
    proposal.plan = nest::ToText(next);
    return proposal;
  }

  const std::vector<cuda::Move>& Moves(std::string_view plan, const cuda::Situation& situation) {
    const std::string key = Format("{}\n{}", static_cast<int>(situation.limit), plan);
    const auto [it, fresh] = moves_.try_emplace(key);
    if (fresh) it->second = cuda::Moves(situation);
    return it->second;
  }

  struct TextMove : cuda::TextMove {
    double helps = 0;
  };
  const std::vector<TextMove>& TextMoves(const Place& place) {
    const cuda::Limit limit = LimitOf(place.bottleneck);
    const std::string key = Format("{}\n{}", static_cast<int>(limit), place.source);
    const auto [it, fresh] = text_moves_.try_emplace(key);
    if (!fresh) return it->second;
    const auto program = front::CompileText("candidate.cu", std::string(place.source));
    if (!program->ok()) return it->second;
    const cuda::TextSituation situation{*program, entry_, arch_, limit};
    std::map<const cuda::Technique*, double> helps;
    for (cuda::TextMove& move : cuda::TextMoves(situation)) {
      const auto [help, first] = helps.try_emplace(move.technique, 0);
      if (first) help->second = move.technique->on_text->helps(situation);
      it->second.push_back({std::move(move), help->second});
    }
    return it->second;
  }

  bool lifted_;
  nest::Program program_;
  std::string entry_;
  nest::SizeValues sizes_;
  std::string arch_;
  std::map<std::string, std::vector<cuda::Move>> moves_;     // by limit and plan
  std::map<std::string, std::vector<TextMove>> text_moves_;  // by limit and source
};

Status Offers(const Subject& subject) {
  if (subject.lifted) return Ok();
  if (!subject.compiled) return Error{"the program does not compile: " + subject.why_not};
  RuleProposer proposer(subject);
  if (!proposer.Steps({subject.source, {}, {}, {}}).empty()) return Ok();
  return Error{
      Format("this kernel could not be lifted to a tensor program ({}), and no technique applies "
             "to its text",
             subject.why_not)};
}

Result<std::unique_ptr<Proposer>> Make(const Subject& subject, const Means&) {
  return std::unique_ptr<Proposer>(new RuleProposer(subject));
}

}  // namespace

extern const ProposerKind kRule = {
    kName, "techniques as steps on the lifted program's schedule, or on the text", Offers, Make};

}  // namespace ws::search
