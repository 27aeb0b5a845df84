// Verdicts for people and for programs.
#ifndef WARPSMITH_VERIFY_VERDICT_TEXT_H_
#define WARPSMITH_VERIFY_VERDICT_TEXT_H_

#include <span>
#include <string>

#include "base/json.h"
#include "verify/judge.h"

namespace ws::verify {

// accepted, rejected, outside, failed; passed: nothing rejected it up to a rung below `tested`.
const char* VerdictWord(const Verdict& verdict);

// Several lines: the verdict, what each rung did, findings with their source lines, the witness.
std::string ToText(const Verdict& verdict, std::string_view file_name);
std::string ToText(const RenderedFinding& finding);
// Of findings that are no notes: place, source line, caret and hint of each.
std::string FaultsText(std::span<const RenderedFinding> findings);

// A message with lines of text below it, where there are any.
std::string Below(std::string message, std::string_view lines);

// The keys of `check --json` (DESIGN §9).
Json ToJson(const Verdict& verdict);
Json ToJson(const RenderedFinding& finding);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_VERDICT_TEXT_H_
