#include "task/launchers.h"

#include <algorithm>

#include "base/format.h"
#include "base/nearest.h"

namespace ws::task {
namespace {

constexpr std::string_view kUsualEntry = "launch";

bool IsHost(const ir::Function& function) {
  return function.kind == ir::FunctionKind::kHost && function.num_blocks > 0;
}

bool Launches(const ir::Module& module, const ir::Function& function) {
  for (const ir::Block& block : module.Blocks(function)) {
    for (const ir::Inst& inst : module.Insts(block)) {
      if (inst.op == ir::Op::kLaunch) return true;
    }
  }
  return false;
}

bool TakesArrays(const ir::Module& module, const ir::Function& function) {
  return std::ranges::any_of(module.Params(function),
                             [](const ir::Param& param) { return param.is_pointer; });
}

// A launcher of this kernel with one thread for every element; empty if a parameter's type cannot
// be spelt.
std::string ExampleLauncher(const ir::Module& module, const ir::Function& kernel) {
  std::vector<std::string> params, args, sizes;
  for (const ir::Param& param : module.Params(kernel)) {
    const std::string_view type = ScalarSpelling(param.is_pointer ? param.pointee : param.type);
    if (type.empty() || param.name.empty()) return {};
    params.push_back(Format("{}{}{} {}", param.is_const_pointer ? "const " : "", type,
                            param.is_pointer ? "*" : "", param.name));
    args.emplace_back(param.name);
    if (!param.is_pointer && ir::IsInteger(param.type)) sizes.emplace_back(param.name);
  }
  if (sizes.empty()) {
    params.emplace_back("int n");
    sizes.emplace_back("n");
  }
  return Format("void {}({}) {{\n      {}<<<({} + 255) / 256, 256>>>({});\n    }}", kUsualEntry,
                Join(params, ", "), kernel.name, Join(sizes, " * "), Join(args, ", "));
}

Error NoLauncher(const ir::Module& module) {
  for (const ir::Function& function : module.functions) {
    if (IsHost(function) && function.name == "main") {
      return Error{"a whole program: it has `main`, but no launcher that takes arrays",
                   Blame::kUser,
                   Format("`warpsmith run {}` executes it; a task needs a host function that takes "
                          "device pointers and launches the kernels",
                          module.sources.file(module.sources.FileOf(function.loc)).name)};
    }
  }
  for (const ir::Function& function : module.functions) {
    if (function.kind != ir::FunctionKind::kKernel || function.num_blocks == 0) continue;
    const std::string example = ExampleLauncher(module, function);
    return Error{"no host function launches a kernel", Blame::kUser,
                 Format("a task calls a host function that takes device pointers and launches; "
                        "add one{}{}",
                        example.empty() ? " for " : ", with the grid and block that ",
                        example.empty() ? Format("`{}`", function.name)
                                        : Format("`{}` expects:\n    {}", function.name, example))};
  }
  return Error{"no kernel and no host function that launches one"};
}

}  // namespace

std::string_view ScalarSpelling(ir::Type type) {
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
    case ir::Type::kF16:
      return "half";
    case ir::Type::kBF16:
      return "__nv_bfloat16";
    case ir::Type::kF32:
      return "float";
    case ir::Type::kF64:
      return "double";
    default:
      return {};
  }
}

std::vector<std::string> Launchers(const ir::Module& module) {
  std::vector<std::string> names;
  for (const ir::Function& function : module.functions) {
    if (IsHost(function) && function.name != "main" && Launches(module, function) &&
        TakesArrays(module, function)) {
      names.emplace_back(function.name);
    }
  }
  return names;
}

Result<ir::FunctionId> ChooseLauncher(const ir::Module& module, std::string_view entry) {
  const std::vector<std::string> names = Launchers(module);
  const std::string_view wanted = entry.empty() ? kUsualEntry : entry;
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const ir::Function& function = module.functions[i];
    const bool is_only = entry.empty() && names.size() == 1 && function.name == names[0];
    if (IsHost(function) && (function.name == wanted || is_only)) return ir::FunctionId(i);
  }
  if (!entry.empty()) {
    const std::vector<std::string_view> known(names.begin(), names.end());
    return Error{Format("no host function `{}`", entry), Blame::kUser,
                 names.empty()
                     ? "no host function launches a kernel"
                     : DidYouMean(entry, known, Format("--entry is one of {}", Join(names, ", ")))};
  }
  if (names.empty()) return NoLauncher(module);
  return Error{Format("several functions launch kernels: {}", Join(names, ", ")), Blame::kUser,
               Format("choose one, such as --entry {}", names.back())};
}

}  // namespace ws::task
