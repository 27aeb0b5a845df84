#include "verify/precision.h"

#include <algorithm>

#include "base/format.h"
#include "verify/execute.h"

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

bool Is16Bit(Type type) { return type == Type::kF16 || type == Type::kBF16; }

// Operations that round.
bool IsArithmetic(Op op) {
  switch (op) {
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kFma:
    case Op::kDiv:
    case Op::kRcp:
    case Op::kSqrt:
    case Op::kRsqrt:
    case Op::kEx2:
    case Op::kLg2:
    case Op::kSin:
    case Op::kCos:
    case Op::kTanh:
    case Op::kAtom:
    case Op::kRed:
      return true;
    default:
      return false;
  }
}

// Approximate forms that a program chooses; rsqrt has no other.
bool IsApproximate(const ir::Inst& inst) {
  return (inst.round == ir::Round::kApprox || inst.round == ir::Round::kFull) &&
         inst.op != Op::kRsqrt && ir::IsFloat(inst.type);
}

// A place where a precision is used.
struct Use {
  size_t rank = 0;
  bool is_approximate = false;
  diag::Loc loc;
};

class Slice {
 public:
  Slice(const ir::Module& module, ir::FunctionId id, const task::Task& task)
      : module_(module),
        function_(module.functions[id.index]),
        task_(task),
        relevant_(function_.num_regs),
        definitions_(function_.num_regs) {}

  void Collect(std::vector<Use>& uses) {
    for (const ir::Inst* inst : Insts()) {
      for (const ir::Operand& dst : module_.Dsts(*inst)) {
        if (dst.IsReg()) ++definitions_[dst.index];
      }
      Seed(*inst);
    }
    while (Propagate()) {
    }
    MarkNarrowed();
    for (const ir::Inst* inst : Insts()) {
      const bool counts = IsSink(inst->op) || DefinesRelevant(*inst);
      if (!counts) continue;
      if (IsArithmetic(inst->op)) AddUse(inst->type, *inst, uses);
      if (IsApproximate(*inst)) uses.push_back({0, true, inst->loc});
      const Type narrowed = NarrowedUse(*inst);
      if (narrowed != Type::kNone) AddUse(narrowed, *inst, uses);
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

  // Registers whose only definition rounds a wider value to 16 bits, or passes such a one on.
  void MarkNarrowed() {
    narrowed_.assign(function_.num_regs, Type::kNone);
    for (bool changed = true; changed;) {
      changed = false;
      for (const ir::Inst* inst : Insts()) {
        Type type = Type::kNone;
        if (inst->op == Op::kCvt && Is16Bit(inst->type) &&
            (inst->src_type == Type::kF32 || inst->src_type == Type::kF64)) {
          type = inst->type;
        } else if (inst->op == Op::kMov || inst->op == Op::kPack || inst->op == Op::kUnpack ||
                   inst->op == Op::kShfl) {
          const ir::Operand source = module_.Srcs(*inst)[0];
          if (source.IsReg()) type = narrowed_[source.index];
        }
        if (type == Type::kNone) continue;
        for (const ir::Operand& dst : module_.Dsts(*inst)) {
          if (!dst.IsReg() || definitions_[dst.index] != 1) continue;
          if (narrowed_[dst.index] != Type::kNone) continue;
          narrowed_[dst.index] = type;
          changed = true;
        }
      }
    }
  }

  bool SomeOutputIs(Type type) const {
    return std::ranges::any_of(task_.args, [&](const task::Arg& arg) {
      return Session::IsOutput(arg) && task::IrType(arg.dtype) == type;
    });
  }

  // The 16-bit type if the instruction goes on computing with a narrowed value.
  Type NarrowedUse(const ir::Inst& inst) const {
    const auto srcs = module_.Srcs(inst);
    if (inst.op == Op::kCvt) {
      const bool widens = inst.type == Type::kF32 || inst.type == Type::kF64;
      return widens && srcs[0].IsReg() ? narrowed_[srcs[0].index] : Type::kNone;
    }
    if (inst.op != Op::kSt) return Type::kNone;
    for (size_t i = 1; i < srcs.size(); ++i) {
      const Type type = srcs[i].IsReg() ? narrowed_[srcs[i].index] : Type::kNone;
      if (type == Type::kNone) continue;
      if (inst.space == ir::Space::kShared || inst.space == ir::Space::kLocal ||
          !SomeOutputIs(type)) {
        return type;
      }
    }
    return Type::kNone;
  }

  static void AddUse(Type type, const ir::Inst& inst, std::vector<Use>& uses) {
    const std::string_view precision = PrecisionOf(type);
    if (!precision.empty()) uses.push_back({RankOf(precision), false, inst.loc});
  }

  const ir::Module& module_;
  const ir::Function& function_;
  const task::Task& task_;
  std::vector<bool> relevant_;
  std::vector<uint32_t> definitions_;
  std::vector<Type> narrowed_;
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

std::vector<Use> UsesOf(const ir::Module& module, ir::FunctionId entry, const task::Task& task) {
  std::vector<Use> uses;
  for (const ir::FunctionId id : DeviceFunctions(module, entry)) {
    Slice(module, id, task).Collect(uses);
  }
  return uses;
}

}  // namespace

std::string NarrowestArithmetic(const ir::Module& module, ir::FunctionId entry,
                                const task::Task& task) {
  size_t rank = 0;
  bool any = false;
  for (const Use& use : UsesOf(module, entry, task)) {
    if (use.is_approximate) continue;
    any = true;
    rank = std::max(rank, use.rank);
  }
  return any ? std::string(kRanks[rank]) : std::string();
}

std::string PrecisionProblem(const ir::Module& module, ir::FunctionId entry, const task::Task& task,
                             std::string_view precision, bool approx,
                             std::vector<RenderedFinding>& findings) {
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
  for (const Use& use : UsesOf(module, entry, task)) {
    if (use.is_approximate && !approx) {
      add(exec::FindingKind::kApproximateForm, use.loc,
          "an approximate form on a path to an output; the task does not allow them");
    } else if (!use.is_approximate && use.rank > allowed) {
      add(exec::FindingKind::kNarrowedPrecision, use.loc,
          Format("arithmetic in {} on a path to an output; the task asks for {}", kRanks[use.rank],
                 precision));
    }
  }
  return reason;
}

}  // namespace ws::verify
