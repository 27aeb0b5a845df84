// Matching a program's host functions with the arguments of a task.
#include "base/arena_memory.h"
#include "base/format.h"
#include "task/element.h"
#include "task/program.h"
#include "task/scalar.h"

namespace ws::task {
namespace {

const char* CTypeOf(DType dtype) {
  switch (dtype) {
    case DType::kF16:
      return "half";
    case DType::kBF16:
      return "__nv_bfloat16";
    case DType::kF32:
      return "float";
    case DType::kF64:
      return "double";
    case DType::kI8:
      return "int8_t";
    case DType::kU8:
      return "uint8_t";
    case DType::kI16:
      return "int16_t";
    case DType::kI32:
      return "int";
    case DType::kU32:
      return "unsigned";
    case DType::kI64:
      return "int64_t";
    case DType::kBool:
      return "bool";
  }
  return "";
}

std::string ArgText(const Arg& arg) {
  if (arg.role == Role::kScalar) return Format("{} {}", arg.ctype, arg.name);
  return Format("{}{}* {}", arg.role == Role::kInput ? "const " : "", CTypeOf(arg.dtype), arg.name);
}

// Whether values of type `given` can be read as `wanted`: same size, both floating or neither.
bool SameKind(ir::Type given, ir::Type wanted) {
  if (wanted == ir::Type::kPred) return given == ir::Type::kU8;
  return ir::BytesOf(given) == ir::BytesOf(wanted) && ir::IsFloat(given) == ir::IsFloat(wanted);
}

// What is wrong with a parameter, or nothing.
std::string Mismatch(const Arg& arg, const ir::Param& param) {
  if (arg.role == Role::kScalar) {
    if (param.is_pointer) return Format("`{}` is a pointer", param.name);
    const auto type = ScalarTypeNamed(arg.ctype);
    if (!type || !SameKind(*type, param.type)) {
      return Format("`{}` has another type than {}", param.name, arg.ctype);
    }
    return {};
  }
  if (!param.is_pointer) return Format("`{}` is no pointer", param.name);
  // void, vector types and structs say nothing about the elements.
  if (param.pointee == ir::Type::kNone || param.pointee == ir::Type::kB8) return {};
  if (!SameKind(IrType(arg.dtype), param.pointee)) {
    return Format("`{}` does not point to {}", param.name, CTypeOf(arg.dtype));
  }
  return {};
}

}  // namespace

std::string SignatureText(const Task& task) {
  std::vector<std::string> args;
  for (const Arg& arg : task.args) args.push_back(ArgText(arg));
  return Format("{}({})", task.entry, Join(args, ", "));
}

std::optional<ir::FunctionId> Program::FindEntry(const Task& task,
                                                 std::vector<diag::Rendered>& diagnostics) const {
  ArenaMemory memory(size_t{1} << 20);
  diag::Sink sink(memory.arena());
  const ir::Module& m = module();
  const std::string signature = SignatureText(task);
  const auto report = [&](diag::Kind kind, diag::Loc loc, std::string_view problem) {
    sink.Report(kind, loc, static_cast<uint32_t>(task.entry.size()), std::string_view(task.entry),
                std::string_view(signature), problem);
    for (diag::Rendered& one : diag::Render(sink.list(), m.sources)) {
      diagnostics.push_back(std::move(one));
    }
    return std::nullopt;
  };
  ir::FunctionId entry;
  bool found = false;
  for (uint32_t i = 0; i < m.functions.size(); ++i) {
    const ir::Function& f = m.functions[i];
    if (f.kind != ir::FunctionKind::kHost || f.num_blocks == 0 || f.name != task.entry) continue;
    entry = ir::FunctionId(i);
    found = true;
  }
  if (!found) return report(diag::Kind::kEntryMissing, diag::Loc{}, {});
  const ir::Function& function = m.functions[entry.index];
  const auto params = m.Params(function);
  if (params.size() != task.args.size()) {
    return report(diag::Kind::kEntryMismatch, function.loc,
                  Format("it has {} parameter{}, not {}", params.size(),
                         params.size() == 1 ? "" : "s", task.args.size()));
  }
  for (size_t i = 0; i < params.size(); ++i) {
    const std::string problem = Mismatch(task.args[i], params[i]);
    if (!problem.empty()) return report(diag::Kind::kEntryMismatch, function.loc, problem);
  }
  return entry;
}

}  // namespace ws::task
