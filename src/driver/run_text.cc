#include "driver/run_text.h"

#include "base/format.h"

namespace ws::driver {

const char* StatusWord(exec::RunStatus status, const FindingCounts& counts) {
  switch (status) {
    case exec::RunStatus::kOk:
      return counts.findings == 0 ? "ok" : "findings";
    case exec::RunStatus::kStopped:
      return "stopped";
    case exec::RunStatus::kNoFuel:
      return "no-fuel";
    case exec::RunStatus::kNoMemory:
      return "no-memory";
  }
  return "";
}

std::string Headline(exec::RunStatus status, const FindingCounts& counts) {
  if (counts.findings == 0) return StatusWord(status, counts);
  std::string text = Format("{} finding{}", counts.findings, counts.findings == 1 ? "" : "s");
  if (counts.notes > 0) {
    AppendFormat(text, ", {} note{}", counts.notes, counts.notes == 1 ? "" : "s");
  }
  return text + (status == exec::RunStatus::kOk ? ", ran to its end"
                                                : Format(", {}", StatusWord(status, counts)));
}

}  // namespace ws::driver
