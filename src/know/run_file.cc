#include "know/run_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/format.h"
#include "know/rows.h"

namespace ws::know {
namespace {

constexpr const char* kMigrations[] = {
    "CREATE TABLE parameter(key TEXT PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE note(key TEXT PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE source(hash TEXT PRIMARY KEY, text TEXT NOT NULL);"
    "CREATE TABLE prior(technique TEXT NOT NULL, bottleneck TEXT NOT NULL, tried REAL NOT NULL,"
    " won REAL NOT NULL, accepted REAL NOT NULL, effect_mean REAL NOT NULL,"
    " effect_variance REAL NOT NULL, state TEXT NOT NULL);"
    "CREATE TABLE attempt(" WS_ATTEMPT_COLUMNS ", PRIMARY KEY(sequence));",
    "CREATE TABLE exchange(key TEXT PRIMARY KEY, request TEXT NOT NULL, reply TEXT NOT NULL,"
    " error TEXT NOT NULL, tries INTEGER NOT NULL, seconds REAL NOT NULL);",
};
constexpr FileKind kRunKind = {"a run file", 0x57535255, kMigrations};  // "WSRU"

}  // namespace

Result<RunFile::Lock> RunFile::Lock::Take(const std::string& path) {
  const std::string name = path + ".lock";
  Lock lock(open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (lock.descriptor_ < 0) return Error{Format("cannot write {}", name), Blame::kInfrastructure};
  if (flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    return Error{Format("{} is in use by another process", path)};
  }
  return lock;
}

RunFile::Lock::~Lock() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<bool> RunFile::Exists(const std::string& path) {
  if (!std::filesystem::exists(path)) return false;
  TRY(Database database, Database::Open(path, kRunKind, /*create=*/true));
  TRY(const int64_t parameters, database.Number("SELECT count(*) FROM parameter"));
  return parameters > 0;
}

Result<std::unique_ptr<RunFile>> RunFile::Create(const std::string& path,
                                                 const RunParameters& parameters,
                                                 const std::vector<Lesson>& priors) {
  TRY(const bool exists, Exists(path));
  if (exists) return Error{Format("{} holds a run already", path)};
  TRY(Lock lock, Lock::Take(path));
  TRY(Database database, Database::Open(path, kRunKind, /*create=*/true));
  std::unique_ptr<RunFile> file(new RunFile(std::move(lock), std::move(database)));
  file->path_ = path;
  TRY_OK(file->Begin(parameters, priors));
  return file;
}

Status RunFile::Begin(const RunParameters& parameters, const std::vector<Lesson>& priors) {
  TRY(Transaction transaction, Transaction::Begin(database_));
  for (const char* table : {"parameter", "note", "source", "prior", "attempt", "exchange"}) {
    TRY(Statement all, database_.Prepare(Format("DELETE FROM {}", table)));
    TRY_OK(all.Run());
  }
  TRY(Statement parameter, database_.Prepare("INSERT INTO parameter VALUES(?,?)"));
  for (const auto& [key, value] : parameters) TRY_OK(parameter.Bind(key).Bind(value).Run());
  TRY(Statement prior, database_.Prepare("INSERT INTO prior VALUES(?,?,?,?,?,?,?,?)"));
  for (const Lesson& l : priors) {
    prior.Bind(l.technique).Bind(l.bottleneck).Bind(l.tried).Bind(l.won).Bind(l.accepted);
    prior.Bind(l.effect_mean).Bind(l.effect_variance).Bind(DumpJson(Json(l.state)));
    TRY_OK(prior.Run());
  }
  TRY_OK(transaction.Commit());
  return ReadAll();
}

Status RunFile::Restart(const RunParameters& parameters, const std::vector<Lesson>& priors) {
  const std::lock_guard lock(mutex_);
  parameters_.clear();
  priors_.clear();
  attempts_.clear();
  exchanges_.clear();
  return Begin(parameters, priors);
}

bool RunFile::holds_steps() const {
  const std::lock_guard lock(mutex_);
  return !exchanges_.empty() ||
         std::ranges::any_of(attempts_, [](const auto& entry) { return entry.second.is_step(); });
}

Result<std::unique_ptr<RunFile>> RunFile::Open(const std::string& path) {
  TRY(Lock lock, Lock::Take(path));
  TRY(Database database, Database::Open(path, kRunKind, /*create=*/false));
  std::unique_ptr<RunFile> file(new RunFile(std::move(lock), std::move(database)));
  file->path_ = path;
  TRY_OK(file->ReadAll());
  if (file->parameters_.empty()) {
    return Error{
        Format("{} holds no run: it was interrupted while being created; delete it", path)};
  }
  return file;
}

Status RunFile::ReadAll() {
  TRY(Statement parameter, database_.Prepare("SELECT key, value FROM parameter"));
  while (true) {
    TRY(const bool more, parameter.Step());
    if (!more) break;
    const std::string key = parameter.Text();
    parameters_[key] = parameter.Text();
  }
  TRY(Statement prior, database_.Prepare("SELECT * FROM prior ORDER BY rowid"));
  while (true) {
    TRY(const bool more, prior.Step());
    if (!more) break;
    Lesson l;
    l.technique = prior.Text();
    l.bottleneck = prior.Text();
    l.tried = prior.Real();
    l.won = prior.Real();
    l.accepted = prior.Real();
    l.effect_mean = prior.Real();
    l.effect_variance = prior.Real();
    const Result<Json> state = ParseJson(prior.Text());
    if (!state.ok()) return database_.Damaged("a lesson: " + state.error().message);
    for (const Json& share : state.value()) {
      l.state.push_back(share.is_number() ? share.get<double>() : 0);
    }
    priors_.push_back(std::move(l));
  }
  TRY(Statement attempt,
      database_.Prepare(Format("SELECT {} FROM attempt ORDER BY sequence", kAttemptColumns)));
  while (true) {
    TRY(const bool more, attempt.Step());
    if (!more) break;
    TRY(Attempt read, ReadAttempt(attempt));
    const uint64_t sequence = read.sequence;
    attempts_.emplace(sequence, std::move(read));
  }
  TRY(Statement exchange,
      database_.Prepare("SELECT key, request, reply, error, tries, seconds FROM exchange"));
  while (true) {
    TRY(const bool more, exchange.Step());
    if (!more) break;
    Exchange e;
    e.key = exchange.Text();
    e.request = exchange.Text();
    e.reply = exchange.Text();
    e.error = exchange.Text();
    e.tries = static_cast<uint32_t>(exchange.Int());
    e.seconds = exchange.Real();
    exchanges_[e.key] = std::move(e);
  }
  return Ok();
}

Status RunFile::CheckParameters(const RunParameters& wanted) const {
  std::vector<std::string> differences;
  const auto note = [&](std::string_view key, const std::string& was, const std::string& is) {
    const bool is_hash = key.starts_with(kFilePrefix) || key == kTaskParameter;
    if (key.starts_with(kFilePrefix)) key.remove_prefix(kFilePrefix.size());
    if (was.empty()) {
      differences.push_back(is_hash ? Format("{} is new", key) : Format("{} is {} now", key, is));
    } else if (is.empty()) {
      differences.push_back(Format("{} is gone", key));
    } else {
      differences.push_back(is_hash ? Format("{} has changed", key)
                                    : Format("{} was {}, is {} now", key, was, is));
    }
  };
  for (const auto& [key, value] : wanted) {
    const auto it = parameters_.find(key);
    const std::string was = it == parameters_.end() ? std::string() : it->second;
    if (was != value) note(key, was, value);
  }
  for (const auto& [key, value] : parameters_) {
    if (!wanted.contains(key)) note(key, value, "");
  }
  if (differences.empty()) return Ok();
  return Error{Format("{} was made from something else: {}", path_, Join(differences, "; ")),
               Blame::kUser,
               "repeat its command line with its files, or give another folder with -o"};
}

const Attempt* RunFile::Find(uint64_t sequence) const {
  const std::lock_guard lock(mutex_);
  const auto it = attempts_.find(sequence);
  return it == attempts_.end() ? nullptr : &it->second;
}

Status RunFile::Commit(const Attempt& attempt, std::string_view source) {
  const std::lock_guard lock(mutex_);
  TRY(Transaction transaction, Transaction::Begin(database_));
  TRY(Statement text, database_.Prepare("INSERT OR IGNORE INTO source VALUES(?,?)"));
  TRY_OK(text.Bind(attempt.child).Bind(source).Run());
  TRY(Statement row, database_.Prepare(Format("INSERT INTO attempt({}) VALUES({})", kAttemptColumns,
                                              Placeholders(kAttemptColumnCount))));
  BindAttempt(row, attempt);
  TRY_OK(row.Run());
  TRY_OK(transaction.Commit());
  attempts_.emplace(attempt.sequence, attempt);
  return Ok();
}

Status RunFile::CommitCertificate(const Attempt& attempt) {
  const std::lock_guard lock(mutex_);
  TRY(Statement row, database_.Prepare("UPDATE attempt SET certificate = ?, certification = ? "
                                       "WHERE sequence = ?"));
  row.Bind(int64_t{static_cast<int>(attempt.certificate)})
      .Bind(DumpJson(ToJson(attempt.certification)))
      .Bind(attempt.sequence);
  TRY_OK(row.Run());
  const auto it = attempts_.find(attempt.sequence);
  WS_CHECK(it != attempts_.end());
  it->second.certificate = attempt.certificate;
  it->second.certification = attempt.certification;
  return Ok();
}

std::optional<Exchange> RunFile::FindExchange(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  const auto it = exchanges_.find(key);
  if (it == exchanges_.end()) return std::nullopt;
  return it->second;
}

Status RunFile::CommitExchange(const Exchange& exchange) {
  const std::lock_guard lock(mutex_);
  TRY(Statement row, database_.Prepare("INSERT OR REPLACE INTO exchange VALUES(?,?,?,?,?,?)"));
  row.Bind(exchange.key).Bind(exchange.request).Bind(exchange.reply).Bind(exchange.error);
  row.Bind(int64_t{exchange.tries}).Bind(exchange.seconds);
  TRY_OK(row.Run());
  exchanges_[exchange.key] = exchange;
  return Ok();
}

std::vector<Attempt> RunFile::Attempts() const {
  const std::lock_guard lock(mutex_);
  std::vector<Attempt> list;
  for (const auto& [sequence, attempt] : attempts_) list.push_back(attempt);
  return list;
}

Result<std::string> RunFile::Source(const std::string& hash) {
  const std::lock_guard lock(mutex_);
  TRY(Statement statement, database_.Prepare("SELECT text FROM source WHERE hash = ?"));
  TRY(const bool row, statement.Bind(hash).Step());
  if (!row) return Error{Format("{} holds no source {}", path_, hash)};
  return statement.Text();
}

Status RunFile::SetNote(const std::string& key, std::string_view value) {
  const std::lock_guard lock(mutex_);
  TRY(Statement statement, database_.Prepare("INSERT OR REPLACE INTO note VALUES(?,?)"));
  return statement.Bind(key).Bind(value).Run();
}

Result<std::string> RunFile::Note(const std::string& key) {
  const std::lock_guard lock(mutex_);
  TRY(Statement statement, database_.Prepare("SELECT value FROM note WHERE key = ?"));
  TRY(const bool row, statement.Bind(key).Step());
  return row ? statement.Text() : std::string();
}

}  // namespace ws::know
