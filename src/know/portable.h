// Attempts as text, one JSON object a line: what `kb export` writes and `kb import` reads.
#ifndef WARPSMITH_KNOW_PORTABLE_H_
#define WARPSMITH_KNOW_PORTABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "know/attempt.h"

namespace ws::know {

// Without a line break; reading it gives the attempt back.
std::string ToLine(const Attempt& attempt);
// The error names the field that is missing or of the wrong kind.
Result<Attempt> FromLine(std::string_view line);

// All attempts of a text; empty lines are passed over. The error names the line.
Result<std::vector<Attempt>> FromLines(std::string_view text);

}  // namespace ws::know

#endif  // WARPSMITH_KNOW_PORTABLE_H_
