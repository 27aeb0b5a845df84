#include "pass/infer_space.h"

#include <vector>

#include "ir/types.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::Space;

// What a register holds: nothing seen yet, no address, an address in a space as a generic address,
// or of several kinds.
enum class State : uint8_t { kUnseen, kNumber, kGlobal, kShared, kLocal, kConst, kMixed };

State StateOf(Space space) {
  switch (space) {
    case Space::kGlobal:
      return State::kGlobal;
    case Space::kShared:
      return State::kShared;
    case Space::kLocal:
      return State::kLocal;
    case Space::kConst:
      return State::kConst;
    case Space::kGeneric:
    case Space::kParam:
      break;
  }
  return State::kMixed;
}
Space SpaceOf(State state) {
  switch (state) {
    case State::kGlobal:
      return Space::kGlobal;
    case State::kShared:
      return Space::kShared;
    case State::kLocal:
      return Space::kLocal;
    case State::kConst:
      return Space::kConst;
    default:
      return Space::kGeneric;
  }
}
bool IsAddress(State s) { return s >= State::kGlobal && s <= State::kConst; }
bool IsMemory(const Inst& inst) {
  const ir::Effect effect = ir::InfoOf(inst.op).effect;
  return effect == ir::Effect::Load || effect == ir::Effect::Store || effect == ir::Effect::Atomic;
}

class Inference {
 public:
  Inference(ir::Module& module, ir::FunctionId function)
      : m_(module), f_(module.functions[function.index]), state_(f_.num_regs, State::kUnseen) {}

  bool Run() {
    if (f_.kind != ir::FunctionKind::kKernel) {
      for (const ir::Param& p : m_.Params(f_)) {
        if (p.reg.valid()) state_[p.reg.index] = p.is_pointer ? State::kMixed : State::kNumber;
      }
    }
    while (Propagate()) {
    }
    FindEscapes();
    return Rewrite();
  }

 private:
  State Of(Operand o) const {
    if (o.IsReg()) return state_[o.index];
    if (o.kind == ir::OperandKind::kGlobal && m_.globals[o.index].space == Space::kGlobal) {
      return State::kGlobal;
    }
    return State::kNumber;
  }
  // Of a sum: the address, if one of the parts is one.
  static State Sum(State a, State b) {
    if (a == State::kMixed || b == State::kMixed) return State::kMixed;
    if (IsAddress(a) && IsAddress(b)) return a == b ? State::kNumber : State::kMixed;
    if (IsAddress(a)) return a;
    if (IsAddress(b)) return b;
    return a == State::kUnseen || b == State::kUnseen ? State::kUnseen : State::kNumber;
  }
  static State Join(State a, State b) {
    if (a == b || b == State::kUnseen) return a;
    return a == State::kUnseen ? b : State::kMixed;
  }

  State Result(const Inst& inst) const {
    const std::span<const Operand> s = m_.Srcs(inst);
    switch (inst.op) {
      case Op::kMov:
        return Of(s[0]);
      case Op::kAdd:
        return Sum(Of(s[0]), Of(s[1]));
      case Op::kSub:
        return IsAddress(Of(s[1])) ? State::kNumber : Sum(Of(s[0]), Of(s[1]));
      case Op::kMad:
      case Op::kMadWide:
        return Of(s[2]);
      case Op::kSelp:
        return Join(Of(s[0]), Of(s[1]));
      case Op::kCvta:
        return StateOf(inst.space);
      case Op::kLd: {
        if (ir::BytesOf(inst.type) != 8) return State::kNumber;
        if (inst.space == Space::kParam) return ParamState(s[0], inst.offset);
        const State from = Of(s[0]);
        const bool global = inst.space == Space::kGlobal || from == State::kGlobal;
        if (global || from == State::kUnseen) return global ? State::kGlobal : State::kUnseen;
        return State::kMixed;
      }
      default:
        return State::kNumber;
    }
  }
  State ParamState(Operand o, int32_t offset) const {
    if (o.kind != ir::OperandKind::kParam) return State::kMixed;
    const uint32_t at = o.index + static_cast<uint32_t>(offset);
    for (const ir::Param& p : m_.Params(f_)) {
      if (at < p.offset || at >= p.offset + p.bytes) continue;
      if (p.is_pointer) return State::kGlobal;
      return p.type == ir::Type::kB8 ? State::kMixed : State::kNumber;
    }
    return State::kMixed;
  }

  bool Propagate() {
    bool changed = false;
    for (const ir::Block& block : m_.Blocks(f_)) {
      for (const Inst& inst : m_.Insts(block)) {
        if (inst.num_dsts == 0) continue;
        const State result = Result(inst);
        for (const Operand o : m_.Dsts(inst)) {
          const State joined = Join(state_[o.index], result);
          changed |= joined != state_[o.index];
          state_[o.index] = joined;
        }
      }
    }
    return changed;
  }

  // An address whose bits are seen by anything but memory operations and arithmetic must be
  // generic.
  void FindEscapes() {
    for (const ir::Block& block : m_.Blocks(f_)) {
      for (const Inst& inst : m_.Insts(block)) {
        const std::span<const Operand> s = m_.Srcs(inst);
        const State result = inst.num_dsts == 1 ? state_[m_.Dsts(inst)[0].index] : State::kNumber;
        for (uint32_t i = 0; i < s.size(); ++i) {
          const State used = Of(s[i]);
          if (!IsAddress(used) || !s[i].IsReg()) continue;
          // As an address of another space it is wrong, which its bits must go on to show.
          const bool address = IsMemory(inst) && i == 0 &&
                               (inst.space == Space::kGeneric || StateOf(inst.space) == used);
          const bool product = (inst.op == Op::kMad || inst.op == Op::kMadWide) && i == 2;
          const bool moves = inst.op == Op::kMov || inst.op == Op::kAdd || inst.op == Op::kSub ||
                             product || inst.op == Op::kSelp;
          // A Cvta's source is an address in its space already.
          if (address || (moves && result == used)) continue;
          escapes_[static_cast<int>(used)] = true;
        }
        // Addresses that meet other kinds in one register.
        if (result == State::kMixed) {
          for (const Operand o : s) {
            if (IsAddress(Of(o))) escapes_[static_cast<int>(Of(o))] = true;
          }
          if (inst.op == Op::kCvta) escapes_[static_cast<int>(StateOf(inst.space))] = true;
        }
        if (inst.op == Op::kCvta && !Widths(inst)) {
          escapes_[static_cast<int>(StateOf(inst.space))] = true;
        }
      }
    }
    escapes_[static_cast<int>(State::kGlobal)] = false;  // global and generic addresses are equal
  }

  bool Rewrite() {
    bool changed = false;
    for (const ir::Block& block : m_.Blocks(f_)) {
      for (uint32_t i = 0; i < block.num_insts; ++i) {
        Inst& inst = m_.insts[block.first_inst + i];
        if (IsMemory(inst) && inst.space == Space::kGeneric) {
          const State s = Of(m_.Srcs(inst)[0]);
          if (!IsAddress(s) || escapes_[static_cast<int>(s)]) continue;
          inst.space = SpaceOf(s);
          changed = true;
        } else if (inst.op == Op::kCvta && !escapes_[static_cast<int>(StateOf(inst.space))] &&
                   IsAddress(StateOf(inst.space))) {
          inst.op = Op::kMov;
          inst.space = Space::kGeneric;
          changed = true;
        }
      }
    }
    return changed;
  }
  // A Cvta between registers of one width can become a move.
  bool Widths(const Inst& inst) const {
    const Operand o = m_.Srcs(inst)[0];
    return !o.IsReg() || ir::BytesOf(m_.RegType(f_, o.reg())) ==
                             ir::BytesOf(m_.RegType(f_, m_.Dsts(inst)[0].reg()));
  }

  ir::Module& m_;
  const ir::Function& f_;
  std::vector<State> state_;
  bool escapes_[static_cast<int>(State::kMixed) + 1] = {};
};

}  // namespace

bool InferSpace(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  return Inference(module, function).Run();
}

}  // namespace ws::pass
