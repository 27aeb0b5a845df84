#include "verify/precision.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.h"
#include "verify/execute.h"
#include "verify/narrowing.h"

namespace ws::verify {
namespace {

using ir::Op;
using ir::Type;

// Widest first; a greater rank is narrower.
constexpr std::string_view kRanks[] = {"f64", "f32", "tf32", "bf16", "f16"};

size_t RankOf(std::string_view precision) {
  return static_cast<size_t>(std::ranges::find(kRanks, precision) - std::begin(kRanks));
}

std::string_view PrecisionOf(Type type) {
  switch (type) {
    case Type::kF64:
      return "f64";
    case Type::kF32:
      return "f32";
    case Type::kBF16:
    case Type::kBF16x2:
      return "bf16";
    case Type::kF16:
    case Type::kF16x2:
      return "f16";
    default:
      return {};
  }
}

// Operations that round, in registers or in memory.
bool IsArithmetic(Op op) { return Rounds(op) || op == Op::kAtom || op == Op::kRed; }

// Approximate forms that a program chooses; rsqrt has no other.
bool IsApproximate(const ir::Inst& inst) {
  switch (inst.op) {
    case ir::Op::kSin:
    case ir::Op::kCos:
    case ir::Op::kEx2:
    case ir::Op::kLg2:
    case ir::Op::kTanh:
      return true;  // there is no other; PTX that was read does not say so once more
    default:
      break;
  }
  return (inst.round == ir::Round::kApprox || inst.round == ir::Round::kFull) &&
         inst.op != Op::kRsqrt && ir::IsFloat(inst.type);
}

// A place where a precision is used.
struct Use {
  size_t rank = 0;
  bool is_approximate = false;
  diag::Loc loc;
  diag::Loc rounded_at = {};  // valid: a value that was rounded there is computed with
};

class Slice {
 public:
  Slice(const ir::Module& module, ir::FunctionId id)
      : module_(module), function_(module.functions[id.index]), relevant_(function_.num_regs) {
    for (const ir::Inst* inst : Insts()) {
      Seed(*inst);
    }
    while (Propagate()) {
    }
  }

  // Whether the instruction gives a value on a path to a store.
  bool IsRelevant(const ir::Inst& inst) const { return IsSink(inst.op) || DefinesRelevant(inst); }

  void Collect(std::vector<Use>& uses) const {
    for (const ir::Inst* inst : Insts()) {
      if (!IsRelevant(*inst)) continue;
      if (IsArithmetic(inst->op)) AddUse(inst->type, *inst, uses);
      if (IsApproximate(*inst)) uses.push_back({0, true, inst->loc, {}});
    }
    for (const ir::Inst* inst : Insts()) {
      if (inst->op != Op::kCall) continue;
      const ir::MathFn math = module_.functions[module_.Srcs(*inst)[0].index].math;
      if (math != ir::MathFn::kNone) AddUse(ir::InfoOf(math).type, *inst, uses);
    }
  }

 private:
  std::vector<const ir::Inst*> Insts() const {
    std::vector<const ir::Inst*> all;
    for (const ir::Block& block : module_.Blocks(function_)) {
      for (const ir::Inst& inst : module_.Insts(block)) all.push_back(&inst);
    }
    return all;
  }

  static bool IsSink(Op op) {
    return op == Op::kSt || op == Op::kAtom || op == Op::kRed || op == Op::kRet || op == Op::kCall;
  }

  bool Mark(const ir::Operand& operand) {
    if (!operand.IsReg() || relevant_[operand.index]) return false;
    relevant_[operand.index] = true;
    return true;
  }

  void Seed(const ir::Inst& inst) {
    if (!IsSink(inst.op)) return;
    const auto srcs = module_.Srcs(inst);
    const size_t first = inst.op == Op::kRet ? 0 : 1;  // behind the address, or the function
    for (size_t i = first; i < srcs.size(); ++i) Mark(srcs[i]);
  }

  bool DefinesRelevant(const ir::Inst& inst) const {
    return std::ranges::any_of(module_.Dsts(inst), [&](const ir::Operand& dst) {
      return dst.IsReg() && relevant_[dst.index];
    });
  }

  bool Propagate() {
    bool changed = false;
    for (const ir::Inst* inst : Insts()) {
      if (!DefinesRelevant(*inst) || inst->op == Op::kLd || inst->op == Op::kSetp ||
          IsSink(inst->op)) {
        continue;
      }
      const auto srcs = module_.Srcs(*inst);
      size_t count = srcs.size();
      if (inst->op == Op::kSelp) count = 2;
      if (inst->op == Op::kShfl) count = 1;
      for (size_t i = 0; i < count; ++i) changed |= Mark(srcs[i]);
    }
    return changed;
  }

  static void AddUse(Type type, const ir::Inst& inst, std::vector<Use>& uses) {
    const std::string_view precision = PrecisionOf(type);
    if (!precision.empty()) uses.push_back({RankOf(precision), false, inst.loc, {}});
  }

  const ir::Module& module_;
  const ir::Function& function_;
  std::vector<bool> relevant_;
};

// Kernels and device functions that the entry reaches, without the math library; by index.
std::vector<ir::FunctionId> DeviceFunctions(const ir::Module& module, ir::FunctionId entry) {
  std::vector<bool> seen(module.functions.size());
  std::vector<ir::FunctionId> open = {entry}, found;
  seen[entry.index] = true;
  while (!open.empty()) {
    const ir::FunctionId id = open.back();
    open.pop_back();
    const ir::Function& function = module.functions[id.index];
    if (function.math != ir::MathFn::kNone) continue;
    if (function.kind != ir::FunctionKind::kHost) found.push_back(id);
    for (const ir::Block& block : module.Blocks(function)) {
      for (const ir::Inst& inst : module.Insts(block)) {
        for (const ir::Operand& operand : module.Srcs(inst)) {
          if (operand.kind != ir::OperandKind::kFunction || seen[operand.index]) continue;
          seen[operand.index] = true;
          open.push_back(ir::FunctionId(operand.index));
        }
      }
    }
  }
  std::ranges::sort(found, {}, [](ir::FunctionId id) { return id.index; });
  return found;
}

using Line = std::pair<uint32_t, uint32_t>;  // file, line

Line LineOf(const ir::Module& module, diag::Loc loc) {
  if (!loc.valid()) return {0, 0};
  return {module.sources.FileOf(loc), diag::FindLine(module.sources, loc).line};
}

// Approximate forms of constants, which are no longer there once folded. A block of which nothing
// is left in `folded` was not to be reached.
class FoldedForms {
 public:
  FoldedForms(const ir::Module& written, ir::FunctionId id, const std::set<Line>& left)
      : m_(written), slice_(written, id), function_(written.functions[id.index]), left_(left) {}

  void Collect(std::vector<Use>& uses) {
    constant_.resize(function_.num_regs);
    std::vector<uint32_t> definitions(function_.num_regs);
    for (const ir::Block& block : m_.Blocks(function_)) {
      for (const ir::Inst& inst : m_.Insts(block)) {
        for (const ir::Operand& dst : m_.Dsts(inst)) {
          if (dst.IsReg()) ++definitions[dst.index];
        }
      }
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (const ir::Block& block : m_.Blocks(function_)) {
        for (const ir::Inst& inst : m_.Insts(block)) {
          if (inst.num_dsts != 1 || ir::InfoOf(inst.op).effect != ir::Effect::None) continue;
          const ir::Operand dst = m_.Dsts(inst)[0];
          if (!dst.IsReg() || constant_[dst.index] || definitions[dst.index] != 1) continue;
          if (!IsConstant(inst)) continue;
          constant_[dst.index] = changed = true;
        }
      }
    }
    for (const ir::Block& block : m_.Blocks(function_)) {
      const bool is_left = std::ranges::any_of(m_.Insts(block), [&](const ir::Inst& inst) {
        return left_.contains(LineOf(m_, inst.loc));
      });
      if (!is_left) continue;
      for (const ir::Inst& inst : m_.Insts(block)) {
        if (!IsApproximate(inst) || !IsConstant(inst) || !slice_.IsRelevant(inst)) continue;
        uses.push_back({0, true, inst.loc, {}});
      }
    }
  }

 private:
  bool IsConstant(const ir::Inst& inst) const {
    return std::ranges::all_of(m_.Srcs(inst), [&](const ir::Operand& o) {
      return o.IsImm() || (o.IsReg() && constant_[o.index]);
    });
  }

  const ir::Module& m_;
  const Slice slice_;
  const ir::Function& function_;
  const std::set<Line>& left_;
  std::vector<bool> constant_;
};

std::vector<Use> UsesOf(const Candidate& candidate, const task::Task& task) {
  std::vector<Use> uses;
  const ir::Module& module = candidate.program->module();
  const std::vector<ir::FunctionId> functions = DeviceFunctions(module, candidate.entry);
  std::map<uint32_t, Slice> slices;
  std::set<Line> lines;
  for (const ir::FunctionId id : functions) {
    const Slice& slice = slices.try_emplace(id.index, module, id).first->second;
    slice.Collect(uses);
    for (const ir::Block& block : module.Blocks(module.functions[id.index])) {
      for (const ir::Inst& inst : module.Insts(block)) lines.insert(LineOf(module, inst.loc));
    }
  }
  const bool may_narrow = MayNarrow(module, functions);
  const MemoryFlow flow = may_narrow ? TraceMemoryFlow(candidate, task) : MemoryFlow();
  for (const NarrowedUse& use : FindNarrowedUses(module, functions, flow)) {
    const ir::Inst& inst = module.insts[use.inst];
    if (!slices.at(use.function.index).IsRelevant(inst)) continue;
    uses.push_back({RankOf(use.format), false, inst.loc, module.insts[use.rounded_by].loc});
  }
  // Both modules are of one source: positions are the same.
  const ir::Module& written = candidate.program->written();
  for (const ir::FunctionId id : DeviceFunctions(written, candidate.entry)) {
    FoldedForms(written, id, lines).Collect(uses);
  }
  return uses;
}

}  // namespace

std::string NarrowestArithmetic(const Candidate& candidate, const task::Task& task) {
  size_t rank = 0;
  bool any = false;
  for (const Use& use : UsesOf(candidate, task)) {
    if (use.is_approximate) continue;
    any = true;
    rank = std::max(rank, use.rank);
  }
  return any ? std::string(kRanks[rank]) : std::string();
}

std::string PrecisionProblem(const Candidate& candidate, const task::Task& task,
                             std::string_view precision, bool approx,
                             std::vector<RenderedFinding>& findings) {
  const ir::Module& module = candidate.program->module();
  const size_t allowed = precision.empty() ? std::size(kRanks) : RankOf(precision);
  std::string reason;
  const auto add = [&](exec::FindingKind kind, diag::Loc loc, std::string text) {
    exec::Finding finding = {
        .kind = kind, .message = text, .loc = loc, .other_loc = {}, .kernel = {}};
    RenderedFinding rendered = Render(finding, module);
    const bool known = std::ranges::any_of(findings, [&](const RenderedFinding& f) {
      return f.id == rendered.id && f.line == rendered.line;
    });
    if (!known) findings.push_back(std::move(rendered));
    if (reason.empty()) reason = std::move(text);
  };
  for (const Use& use : UsesOf(candidate, task)) {
    if (use.is_approximate && !approx) {
      add(exec::FindingKind::kApproximateForm, use.loc,
          "an approximate form on a path to an output; the task does not allow them");
    } else if (!use.is_approximate && use.rank > allowed && use.rounded_at.valid()) {
      add(exec::FindingKind::kNarrowedPrecision, use.loc,
          Format("a value that line {} rounds to {} is computed with on a path to an output; the "
                 "task asks for {}",
                 diag::FindLine(module.sources, use.rounded_at).line, kRanks[use.rank], precision));
    } else if (!use.is_approximate && use.rank > allowed) {
      add(exec::FindingKind::kNarrowedPrecision, use.loc,
          Format("arithmetic in {} on a path to an output; the task asks for {}", kRanks[use.rank],
                 precision));
    }
  }
  return reason;
}

}  // namespace ws::verify
