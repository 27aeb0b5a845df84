#include <map>

#include "search/proposer.h"

namespace ws::search {
namespace {

class Team : public Proposer {
 public:
  explicit Team(std::vector<std::unique_ptr<Proposer>> members) : members_(std::move(members)) {}

  std::string StartPlan() const override {
    for (const auto& member : members_) {
      std::string plan = member->StartPlan();
      if (!plan.empty()) return plan;
    }
    return {};
  }

  std::vector<Step> Steps(const Place& place) override {
    std::vector<Step> all;
    std::vector<uint32_t> begins;
    for (const auto& member : members_) {
      begins.push_back(static_cast<uint32_t>(all.size()));
      for (Step& step : member->Steps(place)) all.push_back(std::move(step));
    }
    begins_[KeyOf(place)] = std::move(begins);
    return all;
  }

  Result<std::vector<Result<Proposal>>> Take(std::span<const Request> requests) override {
    std::vector<std::vector<Request>> of_member(members_.size());
    std::vector<std::pair<size_t, size_t>> where;  // member, index there
    for (Request request : requests) {
      const std::vector<uint32_t>& begins = begins_.at(KeyOf(request.place));
      size_t m = members_.size() - 1;
      while (begins[m] > request.step) --m;
      request.step -= begins[m];
      where.emplace_back(m, of_member[m].size());
      of_member[m].push_back(request);
    }
    std::vector<std::vector<Result<Proposal>>> answers(members_.size());
    for (size_t m = 0; m < members_.size(); ++m) {
      if (of_member[m].empty()) continue;
      TRY(answers[m], members_[m]->Take(of_member[m]));
    }
    std::vector<Result<Proposal>> all;
    for (const auto& [m, i] : where) all.push_back(std::move(answers[m][i]));
    return all;
  }

  uint64_t tokens() const override {
    uint64_t sum = 0;
    for (const auto& member : members_) sum += member->tokens();
    return sum;
  }

 private:
  static std::string KeyOf(const Place& place) {
    std::string key(place.bottleneck);
    key.append("\n").append(place.plan).append("\n").append(place.source);
    return key;
  }

  std::vector<std::unique_ptr<Proposer>> members_;
  std::map<std::string, std::vector<uint32_t>> begins_;  // by place: where a member's steps begin
};

}  // namespace

std::unique_ptr<Proposer> MakeTeam(std::vector<std::unique_ptr<Proposer>> members) {
  WS_CHECK(!members.empty());
  if (members.size() == 1) return std::move(members[0]);
  return std::make_unique<Team>(std::move(members));
}

}  // namespace ws::search
