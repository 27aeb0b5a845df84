#include "verify/execute.h"

#include <algorithm>

#include "base/format.h"
#include "task/element.h"

namespace ws::verify {
namespace {

struct FindingRow {
  const char* name;
  const char* message;
  const char* hint;
};
constexpr FindingRow kFindings[] = {
#define FINDING(name, fatal, message, hint) {#name, message, hint},
#include "exec/findings.def"
#undef FINDING
};

const FindingRow& RowOf(exec::FindingKind kind) { return kFindings[static_cast<size_t>(kind)]; }

}  // namespace

RenderedFinding MakeFinding(exec::FindingKind kind, std::string message) {
  const FindingRow& row = RowOf(kind);
  RenderedFinding out;
  out.id = diag::KebabCase(row.name);
  out.message = message.empty() ? row.message : std::move(message);
  out.hint = row.hint;
  return out;
}

std::string PlaceAndMessage(const RenderedFinding& finding) {
  if (finding.line == 0) return finding.message;
  return Format("{}:{}:{}: {}", finding.file, finding.line, finding.column, finding.message);
}

RenderedFinding Render(const exec::Finding& finding, const ir::Module& module) {
  RenderedFinding out = MakeFinding(finding.kind, finding.message);
  const diag::LineColumn at = diag::FindLine(module.sources, finding.loc);
  if (at.line > 0) {
    out.file = std::string(module.sources.file(module.sources.FileOf(finding.loc)).name);
    out.line = at.line;
    out.column = at.column;
    out.line_text = std::string(at.line_text);
  }
  out.other_line = diag::FindLine(module.sources, finding.other_loc).line;
  out.kernel = finding.kernel;
  out.block = finding.block;
  out.thread = finding.thread;
  out.grid = finding.grid;
  out.block_size = finding.block_size;
  out.launch = finding.launch;
  out.count = finding.count;
  out.is_note = finding.is_note;
  return out;
}

std::vector<int64_t> IndexOf(const task::Array& array, uint64_t element) {
  std::vector<int64_t> index(array.shape.size());
  for (size_t d = array.shape.size(); d-- > 0;) {
    const auto extent = static_cast<uint64_t>(std::max<int64_t>(array.shape[d], 1));
    index[d] = static_cast<int64_t>(element % extent);
    element /= extent;
  }
  return index;
}

std::string IndexText(const std::vector<int64_t>& index) {
  return Format("[{}]", Join(index, ", "));
}

Session::Session(const Candidate& candidate, const task::Task& task)
    : candidate_(candidate),
      task_(task),
      instance_(candidate.program->module()),
      pointers_(task.args.size()),
      counts_(task.args.size()) {}

Session::~Session() = default;

void Session::FreeArrays() {
  for (exec::DevicePtr& pointer : pointers_) {
    if (pointer != 0) instance_.Free(pointer);
    pointer = 0;
  }
}

bool Session::HasSizes(const std::vector<task::Array>& arrays) const {
  for (size_t i = 0; i < pointers_.size(); ++i) {
    if (task_.args[i].role == task::Role::kScalar) continue;
    if (pointers_[i] == 0 || instance_.Read(pointers_[i]).size() != arrays[i].bytes.size()) {
      return false;
    }
  }
  return true;
}

Result<RunResult> Session::Run(const std::vector<task::Array>& arrays, const task::Sizes& sizes,
                               const exec::RunOptions& options) {
  // Callers have buffers of their own that they use again, or they allocate for each call: every
  // second call finds other data at the addresses of the one before, the others find new addresses.
  const bool reuses = calls_++ % 2 == 1 && HasSizes(arrays);
  if (!reuses) FreeArrays();
  const ir::Module& module = candidate_.program->module();
  const auto params = module.Params(module.functions[candidate_.entry.index]);
  std::vector<exec::ArgValue> args;
  for (size_t i = 0; i < task_.args.size(); ++i) {
    const task::Arg& arg = task_.args[i];
    exec::ArgValue value{params[i].type, 0};
    if (arg.role == task::Role::kScalar) {
      TRY(value.bits, task::ScalarBits(task_, i, sizes));
    } else {
      const task::Array& array = arrays[i];
      counts_[i] = task::ElementCount(array);
      // What was not written must not look right: NaN, and for integers an unlikely number.
      const uint8_t poison = task::IsFloat(arg.dtype) ? 0xff : 0xa5;
      if (reuses) {
        instance_.Poison(pointers_[i], poison);
      } else {
        pointers_[i] = instance_.Allocate(array.bytes.size(), arg.name, poison);
      }
      if (pointers_[i] == 0) {
        return Error{Format("no memory for `{}`", arg.name), Blame::kInfrastructure};
      }
      if (arg.role != task::Role::kOutput) instance_.Write(pointers_[i], array.bytes);
      value.bits = pointers_[i];
    }
    args.push_back(value);
  }

  RunResult result;
  result.report = instance_.Call(candidate_.entry, args, options);
  for (const exec::Finding& finding : result.report.findings) {
    result.findings.push_back(Render(finding, module));
  }
  for (size_t i = 0; i < task_.args.size(); ++i) {
    if (!IsOutput(task_.args[i])) continue;
    task::Array output = {arrays[i].dtype, arrays[i].shape, {}};
    const auto bytes = instance_.Read(pointers_[i]);
    output.bytes.assign(bytes.begin(), bytes.end());
    result.outputs.push_back(std::move(output));
  }
  if (result.report.status == exec::RunStatus::kOk) CheckData(arrays, options.checks, result);
  result.clean = result.report.status == exec::RunStatus::kOk &&
                 std::ranges::all_of(result.findings, &RenderedFinding::is_note);
  return result;
}

void Session::CheckData(const std::vector<task::Array>& arrays, bool checks, RunResult& result) {
  for (size_t i = 0; i < task_.args.size(); ++i) {
    const task::Arg& arg = task_.args[i];
    const uint64_t size = task::BytesOf(arg.dtype);
    if (arg.role == task::Role::kInput) {
      const auto now = instance_.Read(pointers_[i]);
      const auto [was, is] = std::ranges::mismatch(arrays[i].bytes, now);
      if (was == arrays[i].bytes.end()) continue;
      const auto element = static_cast<uint64_t>(was - arrays[i].bytes.begin()) / size;
      result.findings.push_back(
          MakeFinding(exec::FindingKind::kInputChanged,
                      Format("the input `{}` was changed, first at {}", arg.name,
                             IndexText(IndexOf(arrays[i], element)))));
    } else if (arg.role == task::Role::kOutput && checks) {
      uint64_t first = 0;
      const uint64_t unwritten = instance_.UnwrittenBytes(pointers_[i], &first);
      if (unwritten == 0) continue;
      result.findings.push_back(
          MakeFinding(exec::FindingKind::kUnwrittenOutput,
                      Format("{} of {} elements of the output `{}` were not written, first {}",
                             (unwritten + size - 1) / size, counts_[i], arg.name,
                             IndexText(IndexOf(arrays[i], first / size)))));
    }
  }
}

}  // namespace ws::verify
