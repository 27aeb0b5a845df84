// SQLite behind two small classes: the only place that includes it. Internal to know/.
//
// A file is one of two kinds (a run's own attempts, or the knowledge base), told by SQLite's
// application id; its schema version is SQLite's user version and is brought up to date when the
// file is opened. WAL, full synchronisation: what a committed transaction wrote survives kill -9.
#ifndef WARPSMITH_KNOW_DATABASE_H_
#define WARPSMITH_KNOW_DATABASE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ws::know {

// What a kind of file is: its mark and the SQL that leads from each version to the next.
struct FileKind {
  const char* name;  // for messages: "a run file"
  uint32_t application_id;
  std::span<const char* const> migrations;  // [i]: from version i to i+1
};

class Statement;

class Database {
 public:
  // Opens or, with `create`, creates a file of this kind. Errors: missing, no SQLite file, another
  // kind, written by a newer version, damaged.
  static Result<Database> Open(const std::string& path, const FileKind& kind, bool create);
  Database(Database&&) noexcept = default;
  Database& operator=(Database&&) noexcept = default;

  Status Execute(const char* sql);
  Result<Statement> Prepare(std::string_view sql);
  // The first column of the first row; 0 if there is none.
  Result<int64_t> Number(std::string_view sql);
  const std::string& path() const { return path_; }
  // The file is not as we wrote it.
  Error Damaged(std::string_view why) const;

 private:
  friend class Statement;
  struct Closer {
    void operator()(sqlite3* handle) const;
  };

  Database() = default;
  Error LastError(std::string_view doing) const;
  Status Prove(const FileKind& kind, bool create);

  std::unique_ptr<sqlite3, Closer> handle_;
  std::string path_;
};

// A prepared statement: bind all parameters in order, step, read columns in order.
class Statement {
 public:
  Statement& Bind(std::string_view text);
  Statement& Bind(int64_t number);
  Statement& Bind(uint64_t number) { return Bind(static_cast<int64_t>(number)); }
  Statement& Bind(double number);

  // True when there is a row to read; false at the end.
  Result<bool> Step();
  // Steps to the end and makes the statement ready to bind again.
  Status Run();
  const Database& database() const { return *database_; }

  std::string Text();
  int64_t Int();
  double Real();

 private:
  friend class Database;
  struct Finaliser {
    void operator()(sqlite3_stmt* statement) const;
  };

  Database* database_ = nullptr;
  std::unique_ptr<sqlite3_stmt, Finaliser> statement_;
  int next_parameter_ = 1;
  int next_column_ = 0;
};

// Rolls back when it goes out of scope without Commit.
class Transaction {
 public:
  static Result<Transaction> Begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(other.database_) {
    other.database_ = nullptr;
  }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status Commit();

 private:
  explicit Transaction(Database* database) : database_(database) {}
  Database* database_;
};

}  // namespace ws::know

#endif  // WARPSMITH_KNOW_DATABASE_H_
