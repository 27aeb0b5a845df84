#include "task/draft.h"

#include <algorithm>

#include "base/format.h"
#include "task/element.h"

namespace ws::task {
namespace {

bool Launches(const ir::Module& module, const ir::Function& function) {
  for (const ir::Block& block : module.Blocks(function)) {
    for (const ir::Inst& inst : module.Insts(block)) {
      if (inst.op == ir::Op::kLaunch) return true;
    }
  }
  return false;
}

Result<const ir::Function*> ChooseEntry(const ir::Module& module, std::string_view entry) {
  std::vector<const ir::Function*> launchers;
  std::vector<std::string> names;
  for (const ir::Function& function : module.functions) {
    if (function.kind != ir::FunctionKind::kHost || function.num_blocks == 0) continue;
    if (function.name == (entry.empty() ? "launch" : entry)) return &function;
    if (!Launches(module, function)) continue;
    launchers.push_back(&function);
    names.emplace_back(function.name);
  }
  if (launchers.size() == 1 && entry.empty()) return launchers[0];
  if (launchers.empty()) return Error{"no host function launches a kernel"};
  return Error{Format("which function is the entry? --entry NAME, one of {}", Join(names, ", "))};
}

// The name of a scalar's C type; empty if a task cannot say it.
std::string_view CTypeOf(ir::Type type) {
  switch (type) {
    case ir::Type::kPred:
      return "bool";
    case ir::Type::kU8:
      return "uint8_t";
    case ir::Type::kS8:
      return "int8_t";
    case ir::Type::kU16:
      return "uint16_t";
    case ir::Type::kS16:
      return "int16_t";
    case ir::Type::kS32:
      return "int";
    case ir::Type::kU32:
      return "unsigned";
    case ir::Type::kS64:
      return "int64_t";
    case ir::Type::kU64:
      return "uint64_t";
    case ir::Type::kF32:
      return "float";
    case ir::Type::kF64:
      return "double";
    default:
      return {};
  }
}

std::optional<DType> DTypeOf(ir::Type type) {
  for (int i = 0; i <= static_cast<int>(DType::kI64); ++i) {
    const auto dtype = static_cast<DType>(i);
    if (IrType(dtype) == type) return dtype;
  }
  if (type == ir::Type::kPred) return DType::kBool;
  return std::nullopt;
}

// Large enough to fill a chip, and such as vector accesses fit: 2^20 elements or so.
std::string BenchEntry(const std::vector<std::string>& sizes) {
  const int value = sizes.size() == 1 ? 1048576 : sizes.size() == 2 ? 1024 : 512;
  std::vector<std::string> fields;
  for (const std::string& name : sizes) fields.push_back(Format("{} = {}", name, value));
  return Format("{{ {} }}", Join(fields, ", "));
}

}  // namespace

Result<std::string> DraftTask(const Program& program, std::string_view source_name,
                              std::string_view task_name, std::string_view entry) {
  const ir::Module& module = program.module();
  TRY(const ir::Function* function, ChooseEntry(module, entry));
  const auto params = module.Params(*function);
  std::vector<std::string> sizes;
  for (const ir::Param& param : params) {
    const bool is_size =
        !param.is_pointer && (param.type == ir::Type::kS32 || param.type == ir::Type::kU32 ||
                              param.type == ir::Type::kS64 || param.type == ir::Type::kU64);
    if (is_size) sizes.emplace_back(param.name);
  }
  const bool has_sizes = !sizes.empty();
  if (!has_sizes) sizes.emplace_back("n");

  std::string out = Format(
      "# What `{}` of {} computes. Written from its signature: look at every line marked CHECK.\n"
      "name = \"{}\"\n"
      "entry = \"{}\"\n",
      function->name, source_name, task_name, function->name);
  for (const ir::Param& param : params) {
    AppendFormat(out, "\n[[arg]]\nname = \"{}\"\n", param.name);
    if (param.is_pointer) {
      const auto dtype = DTypeOf(param.pointee);
      const bool is_input = param.is_const_pointer;
      AppendFormat(out, "role = \"{}\"{}\n", is_input ? "input" : "output",
                   is_input ? "" : "  # CHECK: \"inout\" if its old content is read");
      AppendFormat(out, "dtype = \"{}\"{}\n", Name(dtype.value_or(DType::kF32)),
                   dtype ? "" : "  # CHECK: the pointer does not say it");
      AppendFormat(out, "shape = [\"{}\"]  # CHECK: expressions over sizes\n",
                   Join(sizes, "\", \""));
      if (is_input) {
        const bool is_float = IsFloat(dtype.value_or(DType::kF32));
        AppendFormat(out, "init = \"{}\"  # CHECK: {}\n", is_float ? "normal" : "integers(0, 2)",
                     is_float ? "or uniform(a, b), ..." : "which values are legal?");
      }
      continue;
    }
    const std::string_view ctype = CTypeOf(param.type);
    if (ctype.empty()) {
      return Error{Format("the parameter `{}` is of a type that tasks do not have", param.name)};
    }
    AppendFormat(out, "role = \"scalar\"\nctype = \"{}\"\n", ctype);
    if (std::ranges::find(sizes, param.name) == sizes.end()) {
      AppendFormat(out, "value = 1  # CHECK\n");
    }
  }
  const auto entry_of = [&](int64_t value) {
    std::vector<std::string> fields;
    for (const std::string& name : sizes) fields.push_back(Format("{} = {}", name, value++));
    return Format("{{ {} }}", Join(fields, ", "));
  };
  AppendFormat(out,
               "\n[sizes]  # CHECK: small and odd ones for test, real ones for bench\n"
               "test = [\n  {},\n  {},\n  {},\n]\n"
               "bench = [{}]\n",
               entry_of(1), entry_of(33), entry_of(64), BenchEntry(sizes));
  AppendFormat(out,
               "\n[reference]  # CHECK: the plainest program that is right\n"
               "source = \"{}\"\n"
               "\n[baseline]  # what speedups are measured against\n"
               "source = \"{}\"\n",
               source_name, source_name);
  return out;
}

}  // namespace ws::task
