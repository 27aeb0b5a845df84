// Verdicts for people and for programs.
#ifndef WARPSMITH_VERIFY_VERDICT_TEXT_H_
#define WARPSMITH_VERIFY_VERDICT_TEXT_H_

#include <string>

#include "base/json.h"
#include "verify/judge.h"

namespace ws::verify {

// accepted, rejected, outside, failed; passed: nothing rejected it up to a rung below `tested`.
const char* VerdictWord(const Verdict& verdict);

// Several lines: the verdict, what each rung did, findings with their source lines, the witness.
std::string ToText(const Verdict& verdict, std::string_view file_name);
std::string ToText(const RenderedFinding& finding);

// The keys of `check --json` (DESIGN §9).
Json ToJson(const Verdict& verdict);
Json ToJson(const RenderedFinding& finding);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_VERDICT_TEXT_H_
