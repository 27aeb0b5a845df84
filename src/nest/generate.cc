#include "nest/generate.h"

#include <algorithm>
#include <set>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

// A kernel's forms: the first whose conditions hold is launched; the last has none.
struct Forms {
  std::vector<KernelText> list;
};

std::set<uint32_t> BuffersReadFrom(Program& program, size_t nest) {
  std::set<uint32_t> result;
  for (size_t n = nest; n < program.nests.size(); ++n) {
    for (const NestAccess& access : Accesses(program, program.nests[n])) {
      if (!access.is_store) result.insert(access.buffer.index);
    }
  }
  return result;
}

Result<Forms> WriteForms(Program& program, const KernelPlan& plan, const std::string& name,
                         const GenerateTarget& target, Helpers& helpers) {
  KernelRequest request{.name = name, .function_name = name, .plan = plan};
  request.used_later = BuffersReadFrom(program, plan.first + plan.nests.size());
  Forms forms;
  TRY(KernelText fast, WriteKernel(program, request, target, helpers));
  forms.list.push_back(std::move(fast));
  if (forms.list.back().conditions.empty()) return forms;
  if (plan.whole) {
    request.name = name + "_ragged";
    request.plan.whole = false;
    TRY(KernelText ragged, WriteKernel(program, request, target, helpers));
    forms.list.push_back(std::move(ragged));
    if (forms.list.back().conditions.empty()) return forms;
  }
  request.name = name + "_any";
  request.plan = PlainPlan(plan);
  request.fold_grid = true;
  TRY(KernelText any, WriteKernel(program, request, target, helpers));
  if (!any.conditions.empty()) return Error{"a plain kernel with conditions on sizes"};
  forms.list.push_back(std::move(any));
  return forms;
}

// sgemm for launch(... C ...): the launcher's name says little, what is written says more.
std::string KernelName(const Program& program, const KernelPlan& plan, NameSet& names) {
  const Nest& last = program.nests[plan.first + plan.nests.size() - 1];
  const std::string& out = program.buffers[last.out.index].name;
  std::string base = program.entry;
  if (base == "launch" || base.empty()) base = "compute";
  return names.Unique(Format("{}_{}", base, out));
}

class LauncherWriter {
 public:
  explicit LauncherWriter(const Program& program) : program_(program) {}

  std::string Write(const std::vector<Forms>& kernels) {
    std::string parameters;
    for (const Parameter& p : program_.parameters) {
      parameters += Format("{}{} {}", parameters.empty() ? "" : ", ", p.type_text, p.name);
      if (!p.default_text.empty()) parameters += " = " + p.default_text;
    }
    const Interface& interface = program_.interface;
    code_.Open(Format("{}{} {}({})", interface.has_c_linkage ? "extern \"C\" " : "",
                      interface.result, program_.entry, parameters));
    // The program stands for its source where these hold; elsewhere nothing is promised.
    for (const Assumption& assumption : program_.assumptions) {
      code_.Line(Format("// Assumed: {}.", assumption.reason));
      code_.Line(Format("if (!({})) abort();", ToText(program_, assumption.condition)));
    }
    for (const BufferId b : Temporaries(kernels)) WriteWorkspace(b);
    for (const Forms& forms : kernels) WriteLaunches(forms);
    if (!interface.wait.empty()) code_.Line(interface.wait);
    if (!interface.returned.empty()) code_.Line(Format("return {};", interface.returned));
    code_.Close();
    return code_.text();
  }

 private:
  std::vector<BufferId> Temporaries(const std::vector<Forms>& kernels) const {
    std::set<uint32_t> used;
    for (const Forms& forms : kernels) {
      for (const KernelText& kernel : forms.list) {
        for (const BufferId b : kernel.buffers) used.insert(b.index);
      }
    }
    std::vector<BufferId> result;
    for (const uint32_t b : used) {
      if (program_.buffers[b].kind == BufferKind::kTemporary) result.emplace_back(b);
    }
    return result;
  }

  // Allocating costs more than many a launch: a temporary is kept from call to call.
  void WriteWorkspace(BufferId b) {
    const Buffer& buffer = program_.buffers[b.index];
    const std::string_view type = TypeName(buffer.type);
    code_.Line("// Kept from call to call and grown on demand; calls must not overlap.");
    code_.Line(Format("static {}* {} = nullptr;", type, buffer.name));
    code_.Line(Format("static size_t {}_bytes = 0;", buffer.name));
    code_.Line(Format("const size_t {}_needed = sizeof({}) * ({});", buffer.name, type,
                      ToText(program_, buffer.elements)));
    code_.Open(Format("if ({0}_bytes < {0}_needed)", buffer.name));
    code_.Line(Format("cudaFree({});", buffer.name));
    code_.Line(Format("{0}_bytes = cudaMalloc(&{0}, {0}_needed) == cudaSuccess ? {0}_needed : 0;",
                      buffer.name));
    code_.Close();
  }

  void WriteLaunches(const Forms& forms) {
    for (size_t i = 0; i < forms.list.size(); ++i) {
      const KernelText& form = forms.list[i];
      const std::string condition = AndText(form.conditions);
      if (i == 0 && !condition.empty()) code_.Open(Format("if ({})", condition));
      if (i > 0) code_.Else(condition.empty() ? "" : Format("if ({})", condition));
      WriteLaunch(form);
    }
    if (forms.list.size() > 1) code_.Close();
  }

  void WriteLaunch(const KernelText& kernel) {
    const auto or_one = [](const std::string& text) { return text.empty() ? "1" : text; };
    const bool flat = kernel.grid[1].empty() && kernel.grid[2].empty();
    std::string grid = or_one(kernel.grid[0]);
    if (!flat) {
      grid = Format("dim3({}, {}", grid, or_one(kernel.grid[1]));
      if (!kernel.grid[2].empty()) grid += ", " + kernel.grid[2];
      grid += ")";
    }
    const std::string block = kernel.threads_y == 1
                                  ? Format("{}", kernel.threads_x)
                                  : Format("dim3({}, {})", kernel.threads_x, kernel.threads_y);
    std::string arguments;
    for (const BufferId b : kernel.buffers) {
      arguments += (arguments.empty() ? "" : ", ") + Argument(b, kernel);
    }
    for (const uint32_t s : kernel.scalars) {
      arguments += (arguments.empty() ? "" : ", ") + program_.parameters[s].name;
    }
    std::string rest = kernel.dynamic_shared.empty() ? "" : ", " + kernel.dynamic_shared;
    if (const std::string& stream = program_.interface.stream; !stream.empty()) {
      rest = Format("{}, {}", rest.empty() ? ", 0" : rest, stream);
    }
    code_.Line(Format("{}<<<{}, {}{}>>>({});", kernel.name, grid, block, rest, arguments));
  }

  std::string Argument(BufferId b, const KernelText&) const {
    const Buffer& buffer = program_.buffers[b.index];
    if (buffer.kind == BufferKind::kTemporary) return buffer.name;
    const Parameter& p = program_.parameters[buffer.param];
    const bool is_const = p.type_text.find("const") != std::string::npos;
    const std::string element(TypeName(buffer.type));
    std::string bare = p.type_text;
    for (const char* word : {"const", "__restrict__", "*"}) {
      for (size_t at = bare.find(word); at != std::string::npos; at = bare.find(word)) {
        bare.erase(at, std::string_view(word).size());
      }
    }
    bare.erase(0, bare.find_first_not_of(' '));
    bare.erase(bare.find_last_not_of(' ') + 1);
    if (bare == element) return p.name;
    return Format("reinterpret_cast<{}{}*>({})", is_const ? "const " : "", element, p.name);
  }

  const Program& program_;
  Code code_{0};
};

bool UsesHalf(const Program& program, ir::Type type) {
  return std::any_of(program.exprs.begin(), program.exprs.end(),
                     [&](const Expr& e) { return e.type == type; }) ||
         std::any_of(program.buffers.begin(), program.buffers.end(),
                     [&](const Buffer& b) { return b.type == type; });
}

}  // namespace

Result<std::string> Generate(const Program& program, const Schedule& schedule,
                             const GenerateTarget& target) {
  TRY(Program split, ApplyRewrites(program, schedule));
  TRY_OK(Validate(split, schedule));
  Helpers helpers;
  NameSet names;
  for (const Parameter& p : split.parameters) names.Reserve(p.name);
  for (const Buffer& b : split.buffers) names.Reserve(b.name);
  names.Reserve(split.entry);
  std::vector<Forms> kernels;
  for (const KernelPlan& plan : schedule.kernels) {
    TRY(Forms forms, WriteForms(split, plan, KernelName(split, plan, names), target, helpers));
    kernels.push_back(std::move(forms));
  }
  std::string text = "#include <cuda_runtime.h>\n";
  if (UsesHalf(split, ir::Type::kBF16)) text = "#include <cuda_bf16.h>\n" + text;
  if (UsesHalf(split, ir::Type::kF16)) text = "#include <cuda_fp16.h>\n" + text;
  if (helpers.needs_float_limits()) text += "#include <float.h>\n";
  text += "#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n";
  if (!split.assumptions.empty()) text += "#include <stdlib.h>\n";
  text += "\n";
  text += helpers.text();
  for (const Forms& forms : kernels) {
    for (const KernelText& kernel : forms.list) text += kernel.text + "\n";
  }
  return text + LauncherWriter(split).Write(kernels);
}

}  // namespace ws::nest
