#include "driver/whole_program.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <optional>
#include <span>

#include "base/format.h"
#include "base/json.h"
#include "driver/run_text.h"
#include "target/cuda/arch.h"
#include "target/cuda/device.h"
#include "verify/execute.h"
#include "verify/verdict_text.h"

namespace ws::driver {
namespace {

// `main()`, `main(int, char**)`, and what compilers take besides: the count alone, the environment.
bool TakesWords(std::span<const ir::Param> params) {
  if (params.empty()) return true;
  const bool is_count =
      !params[0].is_pointer && ir::IsInteger(params[0].type) && ir::BytesOf(params[0].type) == 4;
  return is_count && params.size() <= 3 &&
         std::ranges::all_of(params.subspan(1), &ir::Param::is_pointer);
}

std::span<const uint8_t> Bytes(const void* data, size_t size) {
  return {static_cast<const uint8_t*>(data), size};
}

// A null-terminated array of pointers to the words, in the host's memory; 0 if there is no room.
exec::DevicePtr PlaceWords(exec::Instance& instance, const std::vector<std::string>& words) {
  std::vector<uint64_t> pointers;
  for (const std::string& word : words) {
    pointers.push_back(instance.AllocateHost(word.size() + 1, "an argument of main()"));
    if (pointers.back() == 0) return 0;
    instance.Write(pointers.back(), Bytes(word.c_str(), word.size() + 1));
  }
  pointers.push_back(0);
  const size_t bytes = pointers.size() * sizeof(uint64_t);
  const exec::DevicePtr array = instance.AllocateHost(bytes, "argv");
  if (array != 0) instance.Write(array, Bytes(pointers.data(), bytes));
  return array;
}

// What the system sees of a program's end.
struct End {
  std::optional<int32_t> exit_code;
  bool undefined = false;  // it came to its end with a value that is none
};

// Takes a call of exit() out of the findings: a program may end so.
End TakeEnd(exec::RunReport& report, const std::optional<uint64_t>& returned, ir::Type result) {
  const auto exits = std::erase_if(report.findings, [](const exec::Finding& finding) {
    return finding.kind == exec::FindingKind::kExited;
  });
  if (exits > 0) report.status = exec::RunStatus::kOk;
  if (report.status != exec::RunStatus::kOk) return {};
  if (returned) return {.exit_code = static_cast<int32_t>(*returned)};
  if (result == ir::Type::kNone) return {.exit_code = 0};
  return {.exit_code = {}, .undefined = true};
}

std::string EndText(const End& end) {
  if (end.undefined) return "returned an undefined value, ";
  return end.exit_code.value_or(0) == 0 ? "" : Format("exit code {}, ", *end.exit_code);
}

}  // namespace

exec::RunOptions OptionsOf(const Context& context, uint64_t order) {
  exec::RunOptions options;
  options.schedule_seed = order;
  // A program of one's own is bounded by the work it does alone.
  options.limits.launches = 1u << 24;
  options.limits.host_bytes = uint64_t{2} << 30;
  if (const target::cuda::Arch* arch = target::cuda::FindArch(context.options.arch)) {
    options.limits.device = target::cuda::FactsOf(*arch);
    options.limits.max_shared_bytes_opt_in = arch->shared_bytes_per_block;
  }
  return options;
}

int RunWholeProgram(Context& context, const task::Program& program, ir::FunctionId main,
                    const std::vector<std::string>& words, const RunRequest& request) {
  const ir::Module& module = program.module();
  const ir::Function& function = module.functions[main.index];
  const auto params = module.Params(function);
  if (!TakesWords(params)) {
    const diag::LineColumn at = diag::FindLine(module.sources, function.loc);
    return UsageError(context,
                      Format("{}:{}:{}: main() takes parameters that a program is not given",
                             words[0], at.line, at.column),
                      "write `int main()` or `int main(int argc, char** argv)`");
  }
  exec::Instance instance(module);
  std::vector<exec::ArgValue> args;
  for (size_t i = 0; i < params.size(); ++i) {
    uint64_t bits = words.size();
    if (i > 0) bits = PlaceWords(instance, i == 1 ? words : std::vector<std::string>());
    if (bits == 0) {
      return UsageError(context, "the arguments of main() do not fit into its memory");
    }
    args.push_back({params[i].type, bits});
  }
  const auto begin = std::chrono::steady_clock::now();
  exec::RunOptions options = OptionsOf(context, request.order);
  options.files = request.files;
  bool at_line = true;  // what is shown begins a line
  if (!context.options.json) {
    options.print = [&](std::string_view text) {
      if (text.empty()) return;
      at_line = text.ends_with('\n');
      context.Out(text);
    };
  }
  exec::RunReport report = instance.Call(main, args, options);
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
  // The driver frees what a program leaves when it ends.
  for (exec::Finding& finding : report.findings) {
    finding.is_note = finding.is_note || finding.kind == exec::FindingKind::kLeak;
  }
  if (report.missed_files) {
    context.Err(
        "note: the program asks for files, and there are none; --files DIR lets it have those "
        "in a folder\n");
  }
  if (report.printed_more && !context.options.json) {
    context.Err(Format("note: a launch printed more than {} MiB; the rest is not shown\n",
                       exec::kMostPrintedByLaunch >> 20));
  }
  const End end = TakeEnd(report, instance.returned(), function.result);

  std::string text = at_line ? "" : "\n";
  FindingCounts counts;
  for (const exec::Finding& finding : report.findings) {
    ++(finding.is_note ? counts.notes : counts.findings);
  }
  const bool failed = end.undefined || end.exit_code.value_or(0) != 0;
  const bool is_exit = failed && counts.findings == 0;
  std::string head = EndText(end);
  if (is_exit) {
    head.resize(head.size() - 2);
  } else {
    head += Headline(report.status, counts);
  }
  AppendFormat(text, "main(): {}; {} launch{}, {} warp instructions, engine time {:.3f} ms\n", head,
               report.launches.size(), report.launches.size() == 1 ? "" : "es",
               report.warp_instructions, time.count());
  Json findings = Json::array();
  for (const exec::Finding& finding : report.findings) {
    const verify::RenderedFinding rendered = verify::Render(finding, module);
    text += verify::ToText(rendered);
    findings.push_back(verify::ToJson(rendered));
  }
  if (context.options.json) {
    context.Out(DumpJson({{"status", is_exit ? "exit-code" : StatusWord(report.status, counts)},
                          {"exit_code", end.exit_code ? Json(*end.exit_code) : Json()},
                          {"printed", report.printed},
                          {"printed_more", report.printed_more},
                          {"launches", report.launches.size()},
                          {"warp_instructions", report.warp_instructions},
                          {"time_ms", time.count()},
                          {"time_basis", "engine"},
                          {"findings", std::move(findings)},
                          {"front", cxx::NameOf(program.path())},
                          {"front_note",
                           program.path_note().empty() ? Json() : Json(program.path_note())}}) +
                "\n");
  } else {
    context.Out(text);
  }
  return report.clean() && !failed ? kExitOk : kExitRejected;
}

}  // namespace ws::driver
