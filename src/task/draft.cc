#include "task/draft.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/format.h"
#include "task/element.h"
#include "task/launchers.h"
#include "task/size_expr.h"

namespace ws::task {
namespace {

// Test sizes by the number of size names: odd ones, and few elements in all.
constexpr std::array<std::array<int64_t, 3>, 5> kTestBases = {
    {{1, 33, 64}, {1, 33, 64}, {1, 17, 33}, {1, 5, 9}, {1, 3, 5}}};
constexpr double kLeastBenchBytes = 64 << 20, kBenchBytes = 136 << 20, kMostBenchBytes = 256 << 20;
// Warp instructions of a run beyond which the judge does not compare bench sizes completely, with
// some room for the estimate.
constexpr double kMostBenchCost = 0x1.ep28;
constexpr int64_t kUnshapedExtent = 32;  // of a size that is in no shape, such as a radius

// The name of a scalar's C type; empty if a task cannot say it.
std::string_view CTypeOf(ir::Type type) {
  const bool half = type == ir::Type::kF16 || type == ir::Type::kBF16;
  return half ? std::string_view() : ScalarSpelling(type);
}

std::optional<DType> DTypeOf(ir::Type type) {
  for (int i = 0; i <= static_cast<int>(DType::kI64); ++i) {
    const auto dtype = static_cast<DType>(i);
    if (IrType(dtype) == type) return dtype;
  }
  if (type == ir::Type::kPred) return DType::kBool;
  if (type == ir::Type::kF16x2) return DType::kF16;
  return std::nullopt;
}

constexpr const char* kSaysNoType = "neither the pointer nor the kernels that get it say it";

void SetDType(Arg& arg, DType dtype) {
  arg.dtype = dtype;
  arg.init = {};
  if (!IsFloat(dtype)) arg.init = {InitKind::kIntegers, {"0", "2"}};
}

bool IsSize(const ir::Param& param) {
  return !param.is_pointer && !param.is_handle &&
         (param.type == ir::Type::kS32 || param.type == ir::Type::kU32 ||
          param.type == ir::Type::kS64 || param.type == ir::Type::kU64);
}

bool IsShaped(const Task& task, const std::string& size) {
  return std::ranges::any_of(task.args, [&](const Arg& arg) {
    return std::ranges::any_of(arg.shape, [&](const SizeExpr& expr) {
      const auto names = NamesIn(expr.text);
      return names.ok() && std::ranges::find(names.value(), size) != names.value().end();
    });
  });
}

// Infinite where a shape has no extent.
double ArgumentBytes(const Task& task, const Sizes& sizes) {
  double total = 0;
  for (const Arg& arg : task.args) {
    if (arg.role == Role::kScalar) continue;
    const auto bytes = BytesOfArray(arg, sizes);
    if (!bytes.ok()) return INFINITY;
    total += static_cast<double>(bytes.value());
  }
  return total;
}

void ChooseBenchSizes(Draft& draft, const std::optional<Use>& use) {
  const Task& task = draft.task;
  Sizes sizes;
  std::vector<std::string> grown;
  for (const std::string& name : draft.size_names) {
    const bool shaped = IsShaped(task, name);
    sizes[name] = shaped ? draft.granule : std::max(draft.granule, kUnshapedExtent);
    if (shaped) grown.push_back(name);
  }
  const auto cost = [&](const Sizes& at) {
    if (!use || grown.empty()) return 0.0;
    double extent = 1;  // geometric mean
    for (const std::string& name : grown) extent *= static_cast<double>(at.at(name));
    extent = std::pow(extent, 1.0 / static_cast<double>(grown.size()));
    return use->cost * std::pow(extent / use->cost_extent, use->cost_power);
  };
  bool too_dear = false;
  // Doubles these sizes as long as all arguments take no more than `most`.
  const auto grow = [&](const std::vector<std::string>& names, double most) {
    while (!names.empty()) {
      Sizes next = sizes;
      for (const std::string& name : names) next[name] *= 2;
      if (ArgumentBytes(task, next) > most) return;
      too_dear = cost(next) > kMostBenchCost;
      if (too_dear) return;
      sizes = std::move(next);
    }
  };
  grow(grown, kBenchBytes);
  for (size_t i = grown.size(); i-- > 0 && !too_dear;) {
    if (ArgumentBytes(task, sizes) >= kLeastBenchBytes) break;
    grow({grown[i]}, kBenchBytes);
  }
  if (!too_dear && ArgumentBytes(task, sizes) < kLeastBenchBytes) grow(grown, kMostBenchBytes);
  draft.task.bench_sizes = {{.sizes = sizes}};
  const double mebibytes = ArgumentBytes(task, sizes) / (1 << 20);
  draft.bench_note = Format("{:.3g} MiB of arguments{}", mebibytes,
                            too_dear ? "; at larger sizes not every output could be compared" : "");
}

std::string Entry(const Sizes& sizes, const std::vector<std::string>& names) {
  std::vector<std::string> fields;
  for (const std::string& name : names) fields.push_back(Format("{} = {}", name, sizes.at(name)));
  return Format("{{ {} }}", Join(fields, ", "));
}

// `  # CHECK: ...`, or nothing.
std::string Remark(const std::string& note) {
  return note.empty() ? std::string() : Format("  # CHECK: {}", note);
}

void AppendArray(const Draft& draft, size_t i, std::string& out) {
  const Arg& arg = draft.task.args[i];
  AppendFormat(out, "role = \"{}\"{}\n", Name(arg.role), Remark(draft.role_notes[i]));
  AppendFormat(out, "dtype = \"{}\"{}\n", Name(arg.dtype), Remark(draft.dtype_notes[i]));
  std::vector<std::string> shape;
  for (const SizeExpr& expr : arg.shape) shape.push_back(Format("\"{}\"", expr.text));
  AppendFormat(out, "shape = [{}]{}\n", Join(shape, ", "), Remark(draft.shape_notes[i]));
  if (arg.role == Role::kOutput) return;
  const bool is_float = IsFloat(arg.dtype);
  AppendFormat(out, "init = \"{}\"  # CHECK: {}\n", is_float ? "normal" : "integers(0, 2)",
               is_float ? "or uniform(a, b), sorted(a, b), ones, integers(a, b)"
                        : "which values are legal? permutation, sorted(a, b), csr(entries)");
}

// What it means that the reference is this or another program.
std::string ReferenceText(const Task& task) {
  if (task.reference_file != task.baseline_file) {
    return Format(
        "[reference]  # what is right: every verdict compares with this program\n"
        "source = \"{}\"\n",
        task.reference_file);
  }
  return Format(
      "# CHECK: the reference says what is right, and here it is the program itself. Until "
      "another\n"
      "# one is named, a verdict only shows that a candidate does what {0} does, its faults\n"
      "# included. Better: the plainest program that is right, one thread per output, with the "
      "same\n"
      "# launcher, in a file of its own.\n"
      "[reference]\n"
      "source = \"{0}\"\n",
      task.reference_file);
}

}  // namespace

Result<Draft> DraftTask(const Program& program, std::string_view source_name,
                        std::string_view task_name, std::string_view entry) {
  const ir::Module& module = program.module();
  TRY(const ir::FunctionId id, ChooseLauncher(module, entry));
  const ir::Function& function = module.functions[id.index];
  const auto params = module.Params(function);
  Draft draft;
  Task& task = draft.task;
  task.name = task_name;
  task.entry = function.name;
  task.reference_file = task.baseline_file = source_name;
  for (const ir::Param& param : params) {
    Arg& arg = task.args.emplace_back();
    arg.name = param.name.empty() ? Format("arg{}", task.args.size()) : std::string(param.name);
    if (IsSize(param)) draft.size_names.push_back(arg.name);
  }
  if (draft.size_names.empty()) draft.size_names.emplace_back("n");
  draft.role_notes.resize(params.size());
  draft.dtype_notes.resize(params.size());
  draft.shape_notes.assign(params.size(), "expressions over sizes");
  for (size_t i = 0; i < params.size(); ++i) {
    const ir::Param& param = params[i];
    Arg& arg = task.args[i];
    if (!param.is_pointer) {
      arg.role = Role::kScalar;
      arg.ctype = CTypeOf(param.type);
      if (arg.ctype.empty()) {
        return Error{Format("the parameter `{}` is of a type that tasks do not have", arg.name)};
      }
      // Half of a floating-point number: a probability of 1, say, would leave nothing of the data.
      if (!IsSize(param)) {
        arg.value = param.is_handle ? "0" : ir::IsFloat(param.type) ? "0.5" : "1";
      }
      continue;
    }
    const auto dtype = DTypeOf(param.pointee);
    SetDType(arg, dtype.value_or(DType::kF32));
    if (!dtype) draft.dtype_notes[i] = kSaysNoType;
    arg.role = param.is_const_pointer ? Role::kInput : Role::kInOut;
    for (const std::string& size : draft.size_names) arg.shape.push_back({size});
  }
  for (const int64_t base : kTestBases[std::min(draft.size_names.size(), kTestBases.size()) - 1]) {
    Sizes& sizes = task.test_sizes.emplace_back();
    int64_t value = base;
    for (const std::string& name : draft.size_names) {
      sizes[name] = value;
      value += draft.size_names.size() < kTestBases.size() ? kSizeStep : 1;
    }
  }
  return draft;
}

void TakeElements(Draft& draft, const std::vector<std::optional<ir::Type>>& elements) {
  for (size_t i = 0; i < elements.size(); ++i) {
    if (draft.dtype_notes[i].empty() || !elements[i]) continue;
    const auto dtype = DTypeOf(*elements[i]);
    if (!dtype) continue;
    SetDType(draft.task.args[i], *dtype);
    draft.dtype_notes[i].clear();
  }
}

void Coarsen(Draft& draft, int64_t granule) {
  draft.granule = granule;
  for (Sizes& sizes : draft.task.test_sizes) {
    std::set<int64_t> taken;
    for (const std::string& name : draft.size_names) {
      int64_t& value = sizes[name];
      value = (value + granule - 1) / granule * granule;
      while (!taken.insert(value).second) value += granule;
    }
  }
}

void Cross(Draft& draft) {
  Sizes& sizes = draft.task.test_sizes[1];
  const auto& names = draft.size_names;
  for (size_t i = 0; i < names.size() / 2; ++i) {
    std::swap(sizes[names[i]], sizes[names[names.size() - 1 - i]]);
  }
}

void Refine(Draft& draft, const std::optional<Use>& use) {
  for (size_t i = 0; i < draft.task.args.size(); ++i) {
    Arg& arg = draft.task.args[i];
    if (arg.role == Role::kScalar) continue;
    if (!use) {
      if (arg.role == Role::kInput) continue;
      arg.role = Role::kOutput;
      draft.role_notes[i] = "\"inout\" if its old content is read, \"input\" if it is only read";
      continue;
    }
    const ArrayUse& array = use->arrays[i];
    const bool is_const = arg.role == Role::kInput;
    if (!array.touched) {
      arg.role = is_const ? Role::kInput : Role::kOutput;
      draft.role_notes[i] = "the launcher did not touch it when it ran";
    } else if (!array.stored) {
      arg.role = Role::kInput;
      if (!is_const) draft.role_notes[i] = "the launcher only read it when it ran";
    } else if (array.old_content_shows) {
      arg.role = Role::kInOut;
      draft.role_notes[i] = "its old content shows in what comes out";
    } else {
      arg.role = Role::kOutput;
    }
    if (array.shape.empty()) continue;
    arg.shape.clear();
    for (const std::string& text : array.shape) arg.shape.push_back({text});
    draft.shape_notes[i] = "what the launcher reached when it ran";
  }
  ChooseBenchSizes(draft, use);
}

std::string ToText(const Draft& draft) {
  const Task& task = draft.task;
  std::string out = Format(
      "# What `{}` of {} computes. Written by `warpsmith init`: look at every line marked CHECK.\n"
      "name = \"{}\"\n"
      "entry = \"{}\"\n",
      task.entry, task.baseline_file, task.name, task.entry);
  for (size_t i = 0; i < task.args.size(); ++i) {
    const Arg& arg = task.args[i];
    AppendFormat(out, "\n[[arg]]\nname = \"{}\"\n", arg.name);
    if (arg.role != Role::kScalar) {
      AppendArray(draft, i, out);
      continue;
    }
    AppendFormat(out, "role = \"scalar\"\nctype = \"{}\"\n", arg.ctype);
    if (arg.value)
      AppendFormat(out, "value = {}  # CHECK: it is the same at every size\n", *arg.value);
  }
  out += "\n[sizes]  # CHECK: small and odd ones for test, real ones for bench\n";
  if (!draft.size_note.empty()) AppendFormat(out, "# CHECK: {}\n", draft.size_note);
  out += "test = [\n";
  for (const Sizes& sizes : task.test_sizes) {
    AppendFormat(out, "  {},\n", Entry(sizes, draft.size_names));
  }
  out += "]\n";
  for (const BenchSize& size : task.bench_sizes) {
    AppendFormat(out, "bench = [{}]  # {}\n", Entry(size.sizes, draft.size_names),
                 draft.bench_note);
  }
  AppendFormat(out, "\n{}\n[baseline]  # what speedups are measured against\nsource = \"{}\"\n",
               ReferenceText(task), task.baseline_file);
  return out;
}

}  // namespace ws::task
