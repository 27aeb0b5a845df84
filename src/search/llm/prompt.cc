#include "search/llm/prompt.h"

#include "base/format.h"

namespace ws::search::llm {
namespace {

constexpr std::string_view kSystem =
    R"(You make CUDA programs faster without changing what they compute.

You get a CUDA source file with kernels and a host launcher, and what a profile says of it. Answer
with one complete source file in a single fenced code block: all kernels, all helpers, and the
launcher with its name and parameters unchanged. No other text is needed.

The program is compiled and run by a checking machine:
- Out-of-bounds accesses, reads of uninitialised memory, data races, divergent barriers and memory
  that is not freed are found and refuse the program, at sizes that are no multiples of anything
  too. Every output element must be written; inputs must not be.
- Results are compared with a reference within the rounding that legal reorderings of the same
  arithmetic explain. Lower precision than the program's own is refused.
- Only what the launcher does counts: no work may be left out, cached across calls, or made to
  depend on particular sizes or data.

Language: C++17 as CUDA kernels use it. Templates, shared memory (static and extern), warp shuffles
and votes with masks, atomics, vector types (float4, half2, ...), half arithmetic, __launch_bounds__,
#pragma unroll, CUDA math functions. The launcher may launch several kernels, use cudaMalloc,
cudaFree, cudaMemset, cudaMemcpy and static workspaces. Include only CUDA's and the C++ standard's
headers. No inline assembly, no libraries, no files, no streams of its own.
)";

std::string Fenced(std::string_view source) {
  return Format("```cuda\n{}{}```\n", source, source.ends_with('\n') ? "" : "\n");
}

std::string FirstUserText(const Briefing& briefing, const Assignment& a) {
  std::string text = Format("The launcher is `{}`, for {}. Its arguments:\n{}\n", briefing.entry,
                            briefing.arch, briefing.signature);
  text += "The program:\n" + Fenced(a.source);
  if (!a.gradient.empty()) {
    AppendFormat(text, "\nThe profile (a model of the chip, not a measurement):\n{}\n", a.gradient);
  }
  if (!a.tried.empty()) {
    text += "\nTried before:\n";
    for (const Tried& t : a.tried) {
      AppendFormat(text, "- {}{}{}: {}\n", t.technique, t.parameters.empty() ? "" : " ",
                   t.parameters, t.outcome);
    }
  }
  if (a.focus.empty()) {
    text += "\nRewrite it to run faster, by whatever helps most.\n";
  } else {
    AppendFormat(text, "\nRewrite it to run faster. Try this: {}.\n", a.focus);
  }
  return text;
}

}  // namespace

std::vector<Message> Prompt(const Briefing& briefing, const Assignment& assignment) {
  return {{"system", std::string(kSystem)}, {"user", FirstUserText(briefing, assignment)}};
}

std::vector<Message> RepairPrompt(const Briefing& briefing, const Assignment& assignment,
                                  const Refused& refused) {
  std::vector<Message> messages = Prompt(briefing, assignment);
  messages.push_back({"assistant", Fenced(refused.source)});
  std::string text = Format("That program was refused: {}\n", refused.reason);
  for (const std::string& line : refused.details) AppendFormat(text, "- {}\n", line);
  text += "Mend it and answer with the complete file.\n";
  messages.push_back({"user", std::move(text)});
  return messages;
}

}  // namespace ws::search::llm
