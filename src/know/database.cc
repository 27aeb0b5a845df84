#include "know/database.h"

#include <sqlite3.h>

#include <filesystem>

#include "base/format.h"

namespace ws::know {

void Database::Closer::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Statement::Finaliser::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Error Database::Damaged(std::string_view why) const {
  return Error{Format("{} is damaged ({})", path_, why), Blame::kUser,
               "restore it from a copy or delete it; `warpsmith kb merge` of the run.sqlite of "
               "runs makes a knowledge base anew"};
}

Error Database::LastError(std::string_view doing) const {
  const int code = sqlite3_errcode(handle_.get());
  if (code == SQLITE_NOTADB) return Error{Format("{} is no SQLite file", path_)};
  // An unknown table or column: the SQL is ours, so it is the file that is not as we wrote it.
  if (code == SQLITE_CORRUPT || code == SQLITE_ERROR) {
    return Damaged(sqlite3_errmsg(handle_.get()));
  }
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    return Error{Format("{} is in use by another process", path_), Blame::kInfrastructure};
  }
  return Error{Format("{}: {}: {}", path_, doing, sqlite3_errmsg(handle_.get())),
               Blame::kInfrastructure};
}

Result<Database> Database::Open(const std::string& path, const FileKind& kind, bool create) {
  Database db;
  db.path_ = path;
  if (!create && !std::filesystem::exists(path)) {
    return Error{Format("{} does not exist", path)};
  }
  std::error_code status;
  if (std::filesystem::is_directory(path, status)) {
    return Error{Format("{} is a folder, not a file", path)};
  }
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  db.handle_.reset(handle);
  if (code != SQLITE_OK) return db.LastError("cannot open");
  sqlite3_busy_timeout(handle, 10'000);
  TRY_OK(db.Prove(kind, create));
  return db;
}

Result<int64_t> Database::Number(std::string_view sql) {
  TRY(Statement statement, Prepare(sql));
  TRY(const bool row, statement.Step());
  return row ? statement.Int() : int64_t{0};
}

// Checks that this is a file of `kind` and brings its schema up to date.
Status Database::Prove(const FileKind& kind, bool create) {
  TRY(const int64_t tables, Number("SELECT count(*) FROM sqlite_master"));
  TRY(const int64_t application, Number("PRAGMA application_id"));
  const bool is_new = tables == 0 && application == 0;
  if (is_new ? !create : application != kind.application_id) {
    return Error{Format("{} is an SQLite file, but not {}", path_, kind.name)};
  }
  TRY(const int64_t version, Number("PRAGMA user_version"));
  const auto newest = static_cast<int64_t>(kind.migrations.size());
  if (version > newest) {
    return Error{Format("{} was written by a newer Warpsmith (schema {}, known here: {})", path_,
                        version, newest)};
  }
  TRY_OK(Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"));
  if (version == newest) return Ok();
  TRY(Transaction transaction, Transaction::Begin(*this));
  // Another process may have migrated while this one waited for the lock.
  TRY(const int64_t now, Number("PRAGMA user_version"));
  for (int64_t v = now; v < newest; ++v) TRY_OK(Execute(kind.migrations[v]));
  TRY_OK(Execute(
      Format("PRAGMA application_id = {}; PRAGMA user_version = {};", kind.application_id, newest)
          .c_str()));
  return transaction.Commit();
}

Status Database::Execute(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return LastError("cannot execute");
  }
  return Ok();
}

Result<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code =
      sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  Statement statement;
  statement.database_ = this;
  statement.statement_.reset(raw);
  if (code != SQLITE_OK) return LastError("cannot prepare");
  return statement;
}

Statement& Statement::Bind(std::string_view text) {
  sqlite3_bind_text(statement_.get(), next_parameter_++, text.data(), static_cast<int>(text.size()),
                    SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::Bind(int64_t number) {
  sqlite3_bind_int64(statement_.get(), next_parameter_++, number);
  return *this;
}

Statement& Statement::Bind(double number) {
  sqlite3_bind_double(statement_.get(), next_parameter_++, number);
  return *this;
}

Result<bool> Statement::Step() {
  next_column_ = 0;
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return database_->LastError("cannot read or write");
  }
}

Status Statement::Run() {
  while (true) {
    TRY(const bool more, Step());
    if (!more) break;
  }
  sqlite3_reset(statement_.get());
  next_parameter_ = 1;
  return Ok();
}

std::string Statement::Text() {
  const int column = next_column_++;
  const auto* text = sqlite3_column_text(statement_.get(), column);
  const int bytes = sqlite3_column_bytes(statement_.get(), column);
  if (text == nullptr) return {};
  return std::string(reinterpret_cast<const char*>(text), static_cast<size_t>(bytes));
}

int64_t Statement::Int() { return sqlite3_column_int64(statement_.get(), next_column_++); }
double Statement::Real() { return sqlite3_column_double(statement_.get(), next_column_++); }

Result<Transaction> Transaction::Begin(Database& database) {
  TRY_OK(database.Execute("BEGIN IMMEDIATE"));
  return Transaction(&database);
}

Transaction::~Transaction() {
  if (database_ == nullptr) return;
  const Status ignored = database_->Execute("ROLLBACK");
  (void)ignored;  // SQLite rolls back by itself when the file is closed
}

Status Transaction::Commit() {
  TRY_OK(database_->Execute("COMMIT"));
  database_ = nullptr;
  return Ok();
}

}  // namespace ws::know
