// The knowledge base: attempts of all runs, merged by content, and the lessons in them (DESIGN §8).
//
// It holds no sources and no task names: situations, steps, differences, verdicts and times. An
// attempt that was tried twice is one attempt; merging a run again changes nothing.
#ifndef WARPSMITH_KNOW_KNOWLEDGE_BASE_H_
#define WARPSMITH_KNOW_KNOWLEDGE_BASE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "know/attempt.h"
#include "know/database.h"
#include "know/lesson.h"

namespace ws::know {

// Which file to use: `flag` if not empty, else WARPSMITH_KB, else kb.sqlite in
// $XDG_DATA_HOME/warpsmith or ~/.local/share/warpsmith. None for "none", or where there is no home.
std::optional<std::string> KnowledgeBasePath(const std::string& flag);

struct Statistics {
  uint64_t attempts = 0, accepted = 0, won = 0, rejected = 0, outside = 0;
  uint64_t contexts = 0;  // distinct task features
  std::vector<std::string> archs, op_classes, techniques;
};

class KnowledgeBase {
 public:
  // With `create`, a missing file and its folder are made.
  static Result<KnowledgeBase> Open(const std::string& path, bool create);

  // Adds steps that are new and renews those that are there. Returns how many were new.
  Result<uint64_t> Merge(const std::vector<Attempt>& attempts);

  // What the base suggests where `context` is wanted at Unix time `now`: lessons per technique and
  // bottleneck from all attempts, each weighted by Relevance.
  Result<std::vector<Lesson>> Priors(const Context& context, int64_t now);

  // Lessons per technique, bottleneck and operation class, unweighted.
  Result<std::vector<Lesson>> Lessons();
  Result<Statistics> Stats();
  // Everything in it, in the order of the attempts' ids.
  Result<std::vector<Attempt>> Attempts();
  const std::string& path() const { return database_.path(); }

 private:
  explicit KnowledgeBase(Database database) : database_(std::move(database)) {}
  Status ForEach(const std::function<void(const Attempt&)>& use);

  Database database_;
};

}  // namespace ws::know

#endif  // WARPSMITH_KNOW_KNOWLEDGE_BASE_H_
