#include "know/knowledge_base.h"

#include <cstdlib>
#include <filesystem>
#include <functional>

#include "base/format.h"
#include "know/rows.h"

namespace ws::know {
namespace {

constexpr const char* kMigrations[] = {
    "CREATE TABLE attempt(id TEXT PRIMARY KEY, " WS_ATTEMPT_COLUMNS
    ");"
    "CREATE INDEX attempt_by_step ON attempt(technique, bottleneck, op_class);",
};
constexpr FileKind kBaseKind = {"a knowledge base", 0x57534b42, kMigrations};  // "WSKB"

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

std::optional<std::string> KnowledgeBasePath(const std::string& flag) {
  const std::string chosen = flag.empty() ? Environment("WARPSMITH_KB") : flag;
  if (chosen == "none") return std::nullopt;
  if (!chosen.empty()) return chosen;
  std::string home = Environment("XDG_DATA_HOME");
  if (home.empty()) {
    home = Environment("HOME");
    if (home.empty()) return std::nullopt;
    home += "/.local/share";
  }
  return home + "/warpsmith/kb.sqlite";
}

Result<KnowledgeBase> KnowledgeBase::Open(const std::string& path, bool create) {
  if (create) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code error;
    if (!folder.empty()) std::filesystem::create_directories(folder, error);
    if (error) {
      return Error{Format("cannot make the folder {}: {}", folder.string(), error.message())};
    }
  }
  TRY(Database database, Database::Open(path, kBaseKind, create));
  return KnowledgeBase(std::move(database));
}

Result<uint64_t> KnowledgeBase::Merge(const std::vector<Attempt>& attempts) {
  TRY(Transaction transaction, Transaction::Begin(database_));
  TRY(const int64_t before, database_.Number("SELECT count(*) FROM attempt"));
  TRY(Statement row, database_.Prepare(Format("INSERT OR REPLACE INTO attempt(id, {}) VALUES(?,{})",
                                              kAttemptColumns, Placeholders(kAttemptColumnCount))));
  for (const Attempt& attempt : attempts) {
    if (!attempt.is_step() || attempt.result.outcome == "failed") continue;
    row.Bind(AttemptId(attempt));
    BindAttempt(row, attempt);
    TRY_OK(row.Run());
  }
  TRY(const int64_t after, database_.Number("SELECT count(*) FROM attempt"));
  TRY_OK(transaction.Commit());
  return static_cast<uint64_t>(after - before);
}

Status KnowledgeBase::ForEach(const std::function<void(const Attempt&)>& use) {
  TRY(Statement row,
      database_.Prepare(Format("SELECT {} FROM attempt ORDER BY id", kAttemptColumns)));
  while (true) {
    TRY(const bool more, row.Step());
    if (!more) return Ok();
    TRY(const Attempt attempt, ReadAttempt(row));
    use(attempt);
  }
}

Result<std::vector<Lesson>> KnowledgeBase::Priors(const Context& context, int64_t now) {
  LessonTable table(/*by_op_class=*/false);
  TRY_OK(ForEach([&](const Attempt& a) {
    table.Add(a, Relevance(context, a.context, static_cast<double>(now - a.created)));
  }));
  return table.Lessons();
}

Result<std::vector<Lesson>> KnowledgeBase::Lessons() {
  LessonTable table(/*by_op_class=*/true);
  TRY_OK(ForEach([&](const Attempt& a) { table.Add(a, 1); }));
  return table.Lessons();
}

Result<std::vector<Attempt>> KnowledgeBase::Attempts() {
  std::vector<Attempt> list;
  TRY_OK(ForEach([&](const Attempt& a) { list.push_back(a); }));
  return list;
}

Result<Statistics> KnowledgeBase::Stats() {
  Statistics s;
  const auto count = [&](const char* where, uint64_t& value) -> Status {
    TRY(const int64_t n, database_.Number(Format("SELECT count(*) FROM attempt {}", where)));
    value = static_cast<uint64_t>(n);
    return Ok();
  };
  TRY_OK(count("", s.attempts));
  TRY_OK(count("WHERE outcome = 'accepted' AND certificate != 2", s.accepted));
  TRY_OK(
      count(Format("WHERE outcome = 'accepted' AND certificate != 2 AND effect >= {}", kWinEffect)
                .c_str(),
            s.won));
  TRY_OK(count("WHERE outcome = 'rejected' OR certificate = 2", s.rejected));
  TRY_OK(count("WHERE outcome = 'outside'", s.outside));
  TRY(const int64_t contexts,
      database_.Number("SELECT count(*) FROM (SELECT DISTINCT op_class, dtype, shape_bucket, "
                       "features FROM attempt)"));
  s.contexts = static_cast<uint64_t>(contexts);
  const auto names = [&](const char* column, std::vector<std::string>& list) -> Status {
    TRY(Statement statement,
        database_.Prepare(Format("SELECT DISTINCT {0} FROM attempt ORDER BY {0}", column)));
    while (true) {
      TRY(const bool more, statement.Step());
      if (!more) return Ok();
      list.push_back(statement.Text());
    }
  };
  TRY_OK(names("arch", s.archs));
  TRY_OK(names("op_class", s.op_classes));
  TRY_OK(names("technique", s.techniques));
  return s;
}

}  // namespace ws::know
