// Host functions to tensor programs and back to source text, which must compile. A comment
// `//schedule TEXT` gives a schedule to read and to generate with.
#include "nest/generate.h"
#include "nest/lift.h"
#include "nest/schedule.h"
#include "tests/fuzz/compiled_text.h"
#include "tests/fuzz/fuzz.h"

namespace ws::fuzz {
namespace {

constexpr std::string_view kSchedule = "//schedule ";
constexpr uint32_t kMaxEntries = 4;  // functions of one input

std::string Generated(const nest::Program& program, const nest::Schedule& schedule) {
  const auto text = nest::Generate(program, schedule);
  if (!text.ok()) return text.error().message.empty() ? "refused without a reason" : "";
  const auto compiled = CompileInput(text.value());
  if (compiled->ok()) return FaultOf(compiled->module(), "generated");
  return "generated text does not compile:\n" + text.value() +
         diag::ToText(compiled->diagnostics());
}

std::string RunLifting(std::string_view input) {
  const auto compiled = CompileInput(input);
  if (!compiled->ok()) return {};
  const size_t at = input.find(kSchedule);
  const std::string_view rest =
      at == std::string_view::npos ? "" : input.substr(at + kSchedule.size());
  const auto given = nest::ParseSchedule(rest.substr(0, rest.find('\n')));
  uint32_t entries = 0;
  for (const ir::Function& f : compiled->module().functions) {
    if (f.kind != ir::FunctionKind::kHost || f.num_blocks == 0) continue;
    if (++entries > kMaxEntries) break;
    const nest::Lifted lifted = nest::Lift(compiled->program(), f.name);
    if (!lifted.ok) {
      if (lifted.why_not.empty()) return "not lifted without a reason";
      continue;
    }
    const std::string text = nest::ToText(lifted.program);
    const nest::Schedule naive = nest::DefaultSchedule(lifted.program);
    const auto read = nest::ParseSchedule(nest::ToText(naive));
    if (!read.ok() || read.value() != naive) return "a schedule is printed and read otherwise";
    if (std::string wrong = Generated(lifted.program, naive); !wrong.empty()) return wrong;
    if (!given.ok()) continue;
    if (std::string wrong = Generated(lifted.program, given.value()); !wrong.empty()) return wrong;
  }
  return {};
}

}  // namespace

namespace targets {
extern const FuzzTarget kLifting = {"lifting", "cuda", RunLifting};
}  // namespace targets

}  // namespace ws::fuzz
