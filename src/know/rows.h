// Attempts as rows of a table, the same in both kinds of files. Internal to know/.
#ifndef WARPSMITH_KNOW_ROWS_H_
#define WARPSMITH_KNOW_ROWS_H_

#include <string>

#include "base/result.h"
#include "know/attempt.h"
#include "know/database.h"

namespace ws::know {

// Columns in the order in which Bind and Read take them, for CREATE TABLE and INSERT.
#define WS_ATTEMPT_COLUMNS                                                                       \
  "sequence INTEGER NOT NULL, op_class TEXT NOT NULL, dtype TEXT NOT NULL,"                      \
  "shape_bucket TEXT NOT NULL, features TEXT NOT NULL, target TEXT NOT NULL,"                    \
  "arch TEXT NOT NULL, state TEXT NOT NULL, bottleneck TEXT NOT NULL, technique TEXT NOT NULL,"  \
  "parameters TEXT NOT NULL, proposer TEXT NOT NULL, parent TEXT NOT NULL, child TEXT NOT NULL," \
  "plan TEXT NOT NULL, diff TEXT NOT NULL, before_low_us REAL NOT NULL,"                         \
  "before_high_us REAL NOT NULL, outcome TEXT NOT NULL, effect REAL NOT NULL,"                   \
  "certificate INTEGER NOT NULL, created INTEGER NOT NULL, version TEXT NOT NULL,"               \
  "result TEXT NOT NULL, certification TEXT NOT NULL"
inline constexpr const char* kAttemptColumns =
    "sequence, op_class, dtype, shape_bucket, features, target, arch, state, bottleneck, "
    "technique, parameters, proposer, parent, child, plan, diff, before_low_us, before_high_us, "
    "outcome, effect, certificate, created, version, result, certification";
inline constexpr int kAttemptColumnCount = 25;

void BindAttempt(Statement& statement, const Attempt& attempt);
Result<Attempt> ReadAttempt(Statement& statement);

// "?,?,?" for `count` parameters.
std::string Placeholders(int count);

}  // namespace ws::know

#endif  // WARPSMITH_KNOW_ROWS_H_
