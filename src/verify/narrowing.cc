#include "verify/narrowing.h"

#include <map>

namespace ws::verify {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::Type;

constexpr uint32_t kNobody = 0xffffffffu;

// What is known of a value; joined over everything that may give it.
struct Mark {
  bool wide = false;
  uint32_t rounded_by = kNobody;  // the instruction that narrowed it

  bool Join(const Mark& other) {
    const bool changed =
        (other.wide && !wide) || (rounded_by == kNobody && other.rounded_by != kNobody);
    wide = wide || other.wide;
    if (rounded_by == kNobody) rounded_by = other.rounded_by;
    return changed;
  }
};

bool IsWideFloat(Type type) { return type == Type::kF32 || type == Type::kF64; }
bool Is16BitFloat(Type type) { return type == Type::kF16 || type == Type::kBF16; }

// Operations that give their operands on, whole or in part.
bool Passes(Op op) {
  switch (op) {
    case Op::kMov:
    case Op::kPack:
    case Op::kUnpack:
    case Op::kCvt:
    case Op::kSelp:
    case Op::kShfl:
    case Op::kNeg:
    case Op::kAbs:
    case Op::kMin:
    case Op::kMax:
    case Op::kAnd:
    case Op::kOr:
    case Op::kXor:
    case Op::kShl:
    case Op::kShr:
    case Op::kBfe:
    case Op::kBfi:
    case Op::kPrmt:
    case Op::kShfL:
    case Op::kShfR:
      return true;
    default:
      return false;
  }
}

// Which source loses its low bits if it is an f32 seen as an integer: a mask that keeps the upper
// 16 to 19 bits (bf16, tf32), or a shift by 16; -1 if none does.
int MaskedSource(const ir::Module& module, const Inst& inst) {
  if ((inst.op != Op::kAnd && inst.op != Op::kShr) || ir::IsFloat(inst.type) ||
      inst.type == Type::kPred || ir::BytesOf(inst.type) != 4) {
    return -1;
  }
  const auto srcs = module.Srcs(inst);
  for (int k = 0; k < 2; ++k) {
    if (!srcs[static_cast<size_t>(k)].IsImm()) continue;
    const auto bits = static_cast<uint32_t>(module.ImmBits(srcs[static_cast<size_t>(k)]));
    const bool is_mask = inst.op == Op::kAnd && (bits == 0xffff0000u || bits == 0xfffe0000u ||
                                                 bits == 0xffffc000u || bits == 0xffffe000u);
    if (is_mask || (inst.op == Op::kShr && k == 1 && bits == 16)) return 1 - k;
  }
  return -1;
}

class Narrowing {
 public:
  Narrowing(const ir::Module& module, std::span<const ir::FunctionId> functions,
            const MemoryFlow& flow)
      : m_(module), functions_(functions) {
    for (const auto& [store, load] : flow) feeds_[load].push_back(store);
    for (const ir::FunctionId f : functions) {
      marks_[f.index].resize(module.functions[f.index].num_regs);
      FindSplits(f);
    }
  }

  std::vector<NarrowedUse> Run() {
    for (bool changed = true; changed;) {
      changed = false;
      EachInst([&](ir::FunctionId f, uint32_t i) { changed |= Step(f, i); });
    }
    std::vector<NarrowedUse> uses;
    EachInst([&](ir::FunctionId f, uint32_t i) {
      const uint32_t by = ComputedWith(f, m_.insts[i]);
      if (by != kNobody) uses.push_back({f, i, by, FormatOf(m_.insts[by])});
    });
    return uses;
  }

 private:
  template <typename F>
  void EachInst(F f) const {
    for (const ir::FunctionId id : functions_) {
      for (const ir::Block& block : m_.Blocks(m_.functions[id.index])) {
        for (uint32_t k = 0; k < block.num_insts; ++k) f(id, block.first_inst + k);
      }
    }
  }

  const Mark& MarkOf(ir::FunctionId f, const Operand& o) const {
    static constexpr Mark kNone;
    return o.IsReg() ? marks_.at(f.index)[o.index] : kNone;
  }

  // The register that holds the same bits, through moves.
  uint32_t RootOf(ir::FunctionId f, const Operand& o) const {
    if (!o.IsReg()) return kNobody;
    uint32_t reg = o.index;
    const auto& moved = moves_.at(f.index);
    for (int depth = 0; depth < 8; ++depth) {
      const auto found = moved.find(reg);
      if (found == moved.end()) break;
      reg = found->second;
    }
    return reg;
  }

  // Pairs (x, high) with x - high somewhere.
  void FindSplits(ir::FunctionId f) {
    std::map<uint32_t, uint32_t>& moved = moves_[f.index];
    const ir::Function& function = m_.functions[f.index];
    for (const ir::Block& block : m_.Blocks(function)) {
      for (const Inst& inst : m_.Insts(block)) {
        if (inst.op == Op::kMov && m_.Srcs(inst)[0].IsReg()) {
          moved.emplace(m_.Dsts(inst)[0].index, m_.Srcs(inst)[0].index);
        }
      }
    }
    for (const ir::Block& block : m_.Blocks(function)) {
      for (const Inst& inst : m_.Insts(block)) {
        if (inst.op != Op::kSub || inst.type != Type::kF32) continue;
        splits_.emplace(f.index,
                        std::pair(RootOf(f, m_.Srcs(inst)[0]), RootOf(f, m_.Srcs(inst)[1])));
      }
    }
  }
  bool IsSplit(ir::FunctionId f, uint32_t x, uint32_t high) const {
    const auto [begin, end] = splits_.equal_range(f.index);
    for (auto at = begin; at != end; ++at) {
      if (at->second == std::pair(x, high)) return true;
    }
    return false;
  }

  // Whether the instruction drops low bits of an f32 seen as an integer: a mask that keeps the
  // upper 16 to 19 bits (bf16, tf32), or a shift by 16.
  bool Masks(ir::FunctionId f, const Inst& inst) const {
    const int masked = MaskedSource(m_, inst);
    if (masked < 0) return false;
    const Operand& x = m_.Srcs(inst)[static_cast<size_t>(masked)];
    return MarkOf(f, x).wide && !IsSplit(f, RootOf(f, x), m_.Dsts(inst)[0].index);
  }

  static std::string_view FormatOf(const Inst& inst) {
    if (inst.op == Op::kCvt) return inst.type == Type::kBF16 ? "bf16" : "f16";
    return inst.op == Op::kShr ? "bf16" : "tf32";
  }

  bool Give(ir::FunctionId f, const Operand& dst, const Mark& mark) {
    return dst.IsReg() && marks_[f.index][dst.index].Join(mark);
  }

  bool Step(ir::FunctionId f, uint32_t index) {
    const Inst& inst = m_.insts[index];
    const auto srcs = m_.Srcs(inst);
    const auto dsts = m_.Dsts(inst);
    Mark mark;
    bool changed = false;
    switch (inst.op) {
      case Op::kSt:
      case Op::kAtom:
      case Op::kRed:
        for (size_t k = 1; k < srcs.size(); ++k) changed |= stored_[index].Join(MarkOf(f, srcs[k]));
        if (inst.op != Op::kAtom) return changed;
        [[fallthrough]];
      case Op::kLd: {
        const auto feeds = feeds_.find(index);
        if (feeds == feeds_.end()) {
          mark.wide = IsWideFloat(inst.type);
        } else {
          for (const uint32_t store : feeds->second) mark.Join(stored_[store]);
        }
        break;
      }
      case Op::kCall: {
        const uint32_t callee = srcs[0].index;
        const ir::Function& function = m_.functions[callee];
        if (function.math != ir::MathFn::kNone) {
          mark.wide = IsWideFloat(ir::InfoOf(function.math).type);
          break;
        }
        const auto params = m_.Params(function);
        for (size_t k = 0; k < params.size() && k + 1 < srcs.size(); ++k) {
          const ir::FunctionId id(callee);
          if (marks_.contains(callee)) {
            changed |= Give(id, Operand::Reg(params[k].reg), MarkOf(f, srcs[k + 1]));
          }
        }
        mark = results_[callee];
        break;
      }
      case Op::kRet:
        for (const Operand& o : srcs) changed |= results_[f.index].Join(MarkOf(f, o));
        return changed;
      case Op::kCvt:
        if (!ir::IsFloat(inst.src_type)) {
          if (ir::IsFloat(inst.type)) {
            mark.wide = IsWideFloat(inst.type);
          } else {
            mark = MarkOf(f, srcs[0]);
          }
        } else if (Is16BitFloat(inst.type) && IsWideFloat(inst.src_type)) {
          mark = MarkOf(f, srcs[0]);
          if (mark.wide && mark.rounded_by == kNobody) mark.rounded_by = index;
          mark.wide = false;
        } else if (IsWideFloat(inst.type) && Is16BitFloat(inst.src_type)) {
          // Exact; what was lost is told where it is widened.
        } else if (ir::IsFloat(inst.type)) {
          mark = MarkOf(f, srcs[0]);
        }
        break;
      default:
        if (Rounds(inst.op) && ir::IsFloat(inst.type)) {
          mark.wide = IsWideFloat(inst.type);
        } else if (Masks(f, inst)) {
          mark.rounded_by = index;
        } else if (Passes(inst.op)) {
          const size_t count = inst.op == Op::kSelp ? 2 : inst.op == Op::kShfl ? 1 : srcs.size();
          for (size_t k = 0; k < count; ++k) mark.Join(MarkOf(f, srcs[k]));
        }
        break;
    }
    for (const Operand& dst : dsts) changed |= Give(f, dst, mark);
    return changed;
  }

  // Which instruction narrowed a value that this one computes with; kNobody if none did.
  uint32_t ComputedWith(ir::FunctionId f, const Inst& inst) const {
    const auto srcs = m_.Srcs(inst);
    if (inst.op == Op::kCvt) {
      const bool widens = IsWideFloat(inst.type) && Is16BitFloat(inst.src_type);
      return widens ? MarkOf(f, srcs[0]).rounded_by : kNobody;
    }
    if (!Rounds(inst.op) || !IsWideFloat(inst.type)) return kNobody;
    for (const Operand& o : srcs) {
      const uint32_t by = MarkOf(f, o).rounded_by;
      if (by != kNobody && m_.insts[by].op != Op::kCvt) return by;
    }
    return kNobody;
  }

  const ir::Module& m_;
  std::span<const ir::FunctionId> functions_;
  std::map<uint32_t, std::vector<uint32_t>> feeds_;  // load -> stores
  std::map<uint32_t, std::vector<Mark>> marks_;      // function -> registers
  std::map<uint32_t, Mark> stored_, results_;        // by store; by function
  std::map<uint32_t, std::map<uint32_t, uint32_t>> moves_;
  std::multimap<uint32_t, std::pair<uint32_t, uint32_t>> splits_;
};

}  // namespace

bool MayNarrow(const ir::Module& module, std::span<const ir::FunctionId> functions) {
  bool narrows = false, widens = false;
  for (const ir::FunctionId id : functions) {
    for (const ir::Block& block : module.Blocks(module.functions[id.index])) {
      for (const Inst& inst : module.Insts(block)) {
        if (MaskedSource(module, inst) >= 0) return true;
        if (inst.op != Op::kCvt) continue;
        narrows |= Is16BitFloat(inst.type) && IsWideFloat(inst.src_type);
        widens |= IsWideFloat(inst.type) && Is16BitFloat(inst.src_type);
      }
    }
  }
  return narrows && widens;
}

std::vector<NarrowedUse> FindNarrowedUses(const ir::Module& module,
                                          std::span<const ir::FunctionId> functions,
                                          const MemoryFlow& flow) {
  return Narrowing(module, functions, flow).Run();
}

bool Rounds(Op op) {
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
      return true;
    default:
      return false;
  }
}

}  // namespace ws::verify
