// The language model as proposer: it gets a program, its profile and what was tried, and answers
// with whole files. A step is a technique to try and the number of the sample; what is refused goes
// back to it with the reasons, a few times.
#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "base/hash.h"
#include "search/llm/endpoint.h"
#include "search/llm/prompt.h"
#include "search/proposer.h"
#include "search/source_hash.h"
#include "target/cuda/technique.h"

namespace ws::search {
namespace {

constexpr const char* kName = "llm";
constexpr uint32_t kSamples = 4;          // per technique and program
constexpr uint32_t kRepairs = 2;          // per sample
constexpr size_t kMostTried = 8;          // earlier steps told of
constexpr size_t kMostSource = 64 << 10;  // bytes of a program
constexpr uint32_t kMostDeadRounds = 2;   // rounds of requests without one answer

// What a step asks for.
struct Focus {
  const char* technique;
  const char* words;  // empty: whatever helps most
  double helps;
};

std::vector<Focus> Focuses() {
  std::vector<Focus> list = {{"free_rewrite", "", 0.6}};
  for (const target::cuda::Technique* t : target::cuda::Techniques()) {
    list.push_back({t->name, t->summary, 0.4});
  }
  return list;
}

std::string OutcomeOf(const know::Attempt& a) {
  if (!a.stands()) return Format("{}: {}", a.result.outcome, a.result.reason);
  const double factor = std::exp(know::LogEffect(a));
  return factor >= 1 ? Format("{:.2f}x faster", factor) : Format("{:.2f}x slower", 1 / factor);
}

class LlmProposer : public Proposer {
 public:
  LlmProposer(const Subject& subject, const Means& means, std::optional<llm::Endpoint> endpoint)
      : briefing_{.entry = subject.entry, .signature = subject.signature, .arch = subject.arch},
        focuses_(Focuses()),
        lessons_(means.lessons),
        seed_(means.seed),
        stop_(means.stop),
        model_(endpoint ? endpoint->model : means.model),
        asker_(std::move(endpoint), *means.record) {}

  std::string StartPlan() const override { return {}; }

  std::vector<Step> Steps(const Place&) override {
    std::vector<Step> steps;
    for (const Focus& focus : focuses_) {
      for (uint32_t sample = 0; sample < kSamples; ++sample) {
        steps.push_back({.proposer = kName,
                         .technique = focus.technique,
                         .parameters = {{"sample", sample}},
                         .text = Format("sample={}", sample),
                         .helps = focus.helps,
                         .repairs = kRepairs});
      }
    }
    return steps;
  }

  Result<std::vector<Result<Proposal>>> Take(std::span<const Request> requests) override {
    std::vector<llm::ChatRequest> asked;
    bool recorded = false;
    for (const Request& request : requests) {
      asked.push_back(ChatFor(request));
      recorded |= request.is_recorded;
    }
    TRY(const std::vector<Result<llm::ChatReply>> replies, asker_.Ask(asked, recorded, stop_));
    TRY_OK(NoteDeadRound(replies));
    std::vector<Result<Proposal>> proposals;
    for (const Result<llm::ChatReply>& reply : replies) proposals.push_back(ProposalOf(reply));
    return proposals;
  }

  uint64_t tokens() const override { return asker_.usage().total(); }

 private:
  llm::ChatRequest ChatFor(const Request& request) const {
    const Focus& focus = focuses_[request.step / kSamples];
    const llm::Assignment assignment{.source = request.place.source,
                                     .gradient = request.place.gradient,
                                     .focus = focus.words,
                                     .tried = TriedFor(request)};
    llm::ChatRequest chat;
    chat.model = model_;
    uint64_t seed = HashCombine(HashText(request.place.source, seed_), request.step);
    if (request.refusal == nullptr) {
      chat.messages = llm::Prompt(briefing_, assignment);
    } else {
      const Refusal& r = *request.refusal;
      chat.messages = llm::RepairPrompt(
          briefing_, assignment, {.source = r.source, .reason = r.reason, .details = r.details});
      seed = HashCombine(seed, r.repair + 1);
    }
    chat.seed = seed & ((uint64_t{1} << 31) - 1);  // endpoints differ in what they take
    return chat;
  }

  // Steps from this very program first, then from others of the run, then what earlier runs taught;
  // the latest first. Each technique once.
  std::vector<llm::Tried> TriedFor(const Request& request) const {
    std::vector<llm::Tried> list;
    const std::string here = ContentHash(request.place.source);
    const auto is_new = [&](const std::string& technique) {
      return std::ranges::find(list, technique, &llm::Tried::technique) == list.end();
    };
    for (const bool from_here : {true, false}) {
      for (size_t i = request.tried.size(); i-- > 0 && list.size() < kMostTried;) {
        const know::Attempt& a = request.tried[i];
        if ((a.parent == here) != from_here || !is_new(a.technique)) continue;
        list.push_back({a.technique, a.parameters, OutcomeOf(a)});
      }
    }
    for (const know::Lesson& lesson : lessons_) {
      if (list.size() >= kMostTried) break;
      if (lesson.bottleneck != request.place.bottleneck || !is_new(lesson.technique)) continue;
      list.push_back(
          {lesson.technique, "",
           lesson.accepted > 0
               ? Format("in earlier runs {:.2f}x on average, accepted {:.0f} of {:.0f} times",
                        std::exp(lesson.effect_mean), lesson.accepted, lesson.tried)
               : Format("in earlier runs accepted none of {:.0f} times", lesson.tried)});
    }
    return list;
  }

  Result<Proposal> ProposalOf(const Result<llm::ChatReply>& reply) const {
    if (!reply.ok()) return reply.error();
    const Error cut_off{"the model's answer was cut off"};
    if (reply.value().cut_off) return cut_off;
    TRY(std::string source, llm::FindProgram(reply.value().text, briefing_.entry));
    if (source.size() > kMostSource) return Error{"the model's program is too long"};
    return Proposal{.source = std::move(source), .plan = {}};
  }

  // An endpoint that gives nothing at all ends the run instead of using up every step.
  Status NoteDeadRound(const std::vector<Result<llm::ChatReply>>& replies) {
    const auto failed = [](const Result<llm::ChatReply>& r) { return !r.ok(); };
    dead_rounds_ = std::ranges::all_of(replies, failed) ? dead_rounds_ + 1 : 0;
    if (dead_rounds_ < kMostDeadRounds) return Ok();
    return Error{Format("the language model gives no answers: {}", replies[0].error().message),
                 Blame::kInfrastructure};
  }

  const llm::Briefing briefing_;
  const std::vector<Focus> focuses_;
  const std::vector<know::Lesson> lessons_;
  const uint64_t seed_;
  const std::function<bool()> stop_;
  const std::string model_;
  llm::Asker asker_;
  uint32_t dead_rounds_ = 0;
};

Status Offers(const Subject& subject) {
  if (subject.source.size() <= kMostSource) return Ok();
  return Error{Format("the program has {} bytes; a language model is given at most {}",
                      subject.source.size(), kMostSource)};
}

Result<std::unique_ptr<Proposer>> Make(const Subject& subject, const Means& means) {
  WS_CHECK(means.record != nullptr);
  std::optional<llm::Endpoint> endpoint;
  if (!means.replays) {
    TRY(endpoint, llm::EndpointFromEnvironment());
  }
  return std::unique_ptr<Proposer>(new LlmProposer(subject, means, std::move(endpoint)));
}

}  // namespace

extern const ProposerKind kLlm = {
    kName, "a language model behind an OpenAI-compatible endpoint ($WARPSMITH_LLM_URL)", Offers,
    Make};

}  // namespace ws::search
