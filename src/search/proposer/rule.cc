// The rule proposer: techniques as steps on the schedule of the lifted program. Its plan is the
// schedule, as text.
#include <map>

#include "base/format.h"
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
      : program_(subject.program), sizes_(subject.bench_sizes), arch_(subject.arch) {}

  std::string StartPlan() const override { return ToText(nest::DefaultSchedule(program_)); }

  std::vector<Step> Steps(const Place& place) override {
    std::vector<Step> steps;
    if (place.plan.empty()) return steps;  // another proposer's program
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

  Result<std::vector<Result<Proposal>>> Take(std::span<const Request> requests) override {
    std::vector<Result<Proposal>> proposals;
    for (const Request& request : requests) proposals.push_back(TakeOne(request));
    return proposals;
  }

 private:
  Result<Proposal> TakeOne(const Request& request) {
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

  nest::Program program_;
  nest::SizeValues sizes_;
  std::string arch_;
  std::map<std::string, std::vector<cuda::Move>> moves_;  // by limit and plan
};

Status Offers(const Subject& subject) {
  if (subject.lifted) return Ok();
  return Error{
      Format("the rule proposer works on tensor programs, and this kernel could not be "
             "lifted to one: {}",
             subject.why_not)};
}

Result<std::unique_ptr<Proposer>> Make(const Subject& subject, const Means&) {
  return std::unique_ptr<Proposer>(new RuleProposer(subject));
}

}  // namespace

extern const ProposerKind kRule = {kName, "schedule steps on the lifted program", Offers, Make};

}  // namespace ws::search
