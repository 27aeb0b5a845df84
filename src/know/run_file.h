// A run's own file, run.sqlite: its parameters, the lessons it started from, every finished attempt
// and the sources. It is the truth for --resume: an attempt that was committed is never lost and
// never judged again. One process at a time has it open.
#ifndef WARPSMITH_KNOW_RUN_FILE_H_
#define WARPSMITH_KNOW_RUN_FILE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "know/attempt.h"
#include "know/database.h"
#include "know/exchange.h"
#include "know/lesson.h"

namespace ws::know {

// Where the search records what was finished, and finds what was finished before a crash.
class Journal {
 public:
  virtual ~Journal() = default;
  // The recorded attempt with this sequence number, or null.
  virtual const Attempt* Find(uint64_t sequence) const = 0;
  // Makes an attempt and its child's source durable. Thread-safe.
  virtual Status Commit(const Attempt& attempt, std::string_view source) = 0;
  // Makes the outcome of certifying a committed attempt durable. Thread-safe.
  virtual Status CommitCertificate(const Attempt& attempt) = 0;
};

// Everything that the result of a run depends on, as names and values. Values are shown, except the
// hashes of the task's description and of the files that were read ("file NAME").
using RunParameters = std::map<std::string, std::string>;
inline constexpr std::string_view kTaskParameter = "the task";
inline constexpr std::string_view kFilePrefix = "file ";

class RunFile : public Journal, public ExchangeRecord {
 public:
  // Whether there is a run at `path`. A file that was killed while being created holds none.
  static Result<bool> Exists(const std::string& path);
  // Creates the file; an error if it holds a run.
  static Result<std::unique_ptr<RunFile>> Create(const std::string& path,
                                                 const RunParameters& parameters,
                                                 const std::vector<Lesson>& priors);
  // Forgets everything in it and begins anew.
  Status Restart(const RunParameters& parameters, const std::vector<Lesson>& priors);
  // Opens an existing one and reads all of it.
  static Result<std::unique_ptr<RunFile>> Open(const std::string& path);

  // Whether anything was recorded that a new start would lose: a step or an answer of a model.
  bool holds_steps() const;
  // An error that names the parameters in which a resumed run would differ.
  Status CheckParameters(const RunParameters& parameters) const;
  const RunParameters& parameters() const { return parameters_; }
  const std::vector<Lesson>& priors() const { return priors_; }

  const Attempt* Find(uint64_t sequence) const override;
  Status Commit(const Attempt& attempt, std::string_view source) override;
  Status CommitCertificate(const Attempt& attempt) override;

  std::optional<Exchange> FindExchange(const std::string& key) const override;
  Status CommitExchange(const Exchange& exchange) override;

  // All attempts in order of submission, and a child's source by its hash.
  std::vector<Attempt> Attempts() const;
  Result<std::string> Source(const std::string& hash);

  // Facts about the run that are no parameters, such as how it ended. Empty if never set.
  Status SetNote(const std::string& key, std::string_view value);
  Result<std::string> Note(const std::string& key);
  const std::string& path() const { return path_; }

 private:
  // Holds PATH.lock for one process until it ends, however it ends.
  class Lock {
   public:
    static Result<Lock> Take(const std::string& path);
    Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Lock& operator=(Lock&&) = delete;
    ~Lock();

   private:
    explicit Lock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
  };

  RunFile(Lock lock, Database database) : lock_(std::move(lock)), database_(std::move(database)) {}
  Status Begin(const RunParameters& parameters, const std::vector<Lesson>& priors);
  Status ReadAll();

  Lock lock_;
  Database database_;
  std::string path_;
  RunParameters parameters_;
  std::vector<Lesson> priors_;
  mutable std::mutex mutex_;
  std::map<std::string, Exchange> exchanges_;
  std::map<uint64_t, Attempt> attempts_;  // nodes do not move: Find hands out pointers
};

}  // namespace ws::know

#endif  // WARPSMITH_KNOW_RUN_FILE_H_
