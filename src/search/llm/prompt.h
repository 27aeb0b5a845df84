// What a language model is told: the dialect, the signature, the program, what limits it, what was
// tried and how it went, and what to do next. Nothing of a task's name, reference or inputs.
#ifndef WARPSMITH_SEARCH_LLM_PROMPT_H_
#define WARPSMITH_SEARCH_LLM_PROMPT_H_

#include <string>
#include <string_view>
#include <vector>

#include "search/llm/chat.h"

namespace ws::search::llm {

// What stays the same over a run.
struct Briefing {
  std::string entry;      // the launcher
  std::string signature;  // arguments: role, type, shape, bench sizes; a line each
  std::string arch;       // sm_90
};

// One earlier step, for the list of what was tried.
struct Tried {
  std::string technique;
  std::string parameters;
  std::string outcome;  // "1.30x faster", "rejected: ..."
};

struct Assignment {
  std::string_view source;
  std::string_view gradient;  // the textual gradient of `source`
  std::string_view focus;     // what to try; empty: whatever helps most
  std::vector<Tried> tried;   // from this program or from like ones, the most telling first
};

// A program that came back and was refused.
struct Refused {
  std::string_view source;
  std::string_view reason;
  std::vector<std::string> details;  // diagnostics, findings, witness
};

std::vector<Message> Prompt(const Briefing& briefing, const Assignment& assignment);
// The same conversation, gone on: the refused answer, and what was wrong with it.
std::vector<Message> RepairPrompt(const Briefing& briefing, const Assignment& assignment,
                                  const Refused& refused);

}  // namespace ws::search::llm

#endif  // WARPSMITH_SEARCH_LLM_PROMPT_H_
