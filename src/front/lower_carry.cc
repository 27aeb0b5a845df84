// device-clean
// The carry of inline assembly where it passes from one function to another.
//
// PTX's carry does not outlive a call, but programs write helpers of which one leaves a carry and
// the next takes it, and count on their being inlined. In such a program the functions that have
// such assembly, or reach it, get the address of a word for the carry as their last parameter;
// kernels, and functions that are called through pointers, have the word in their frame.
#include "front/lower.h"
#include "front/lowerer.h"
#include "front/text_literal.h"

namespace ws::front {
namespace {

// Where the carry is used in a text of inline assembly.
struct CarryUse {
  bool takes = false;   // addc, subc, madc
  bool leaves = false;  // .cc
  bool needs = false;   // what was left before the text
};

WS_HD bool IsAt(std::string_view text, size_t at, std::string_view word) {
  return text.size() - at >= word.size() && SameText(text.substr(at, word.size()), word);
}

WS_HD CarryUse UseOfCarry(std::string_view text) {
  CarryUse use;
  bool guarded = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text.data()[i];
    if (c == '@') guarded = true;
    if (c == '.' && IsAt(text, i, ".cc")) {
      // A guarded instruction may leave what was there before.
      use.needs |= guarded && !use.leaves;
      use.leaves = true;
    } else if (c == 'a' || c == 's' || c == 'm') {
      if (!IsAt(text, i, "addc") && !IsAt(text, i, "subc") && !IsAt(text, i, "madc")) continue;
      use.takes = true;
      use.needs |= !use.leaves;
    }
  }
  return use;
}

}  // namespace

// Whether a node of the instance calls one that has the parameter.
WS_HD bool Lowerer::ReachesCarry(InstanceId i) const {
  const NodeId node = sema_.instance(i).node;
  const Sema::Infos infos = sema_.InfosOf(i);
  for (uint32_t n = tree().first(node).index; n < node.index; ++n) {
    const NodeInfo& row = infos[NodeId(n)];
    if (!row.entity.valid() || sema_.entity(row.entity).kind != EntityKind::kFunction) continue;
    const InstanceId callee = Sema::CalleeOf(row);
    if (callee.index < takes_carry_.size() && takes_carry_[callee.index] != 0 &&
        sema_.instance(callee).function == row.entity) {
      return true;
    }
  }
  return false;
}

// Before functions are declared: whether a carry crosses, and which of them get the parameter.
WS_HD void Lowerer::FindCarries() {
  bool any = false;
  for (uint32_t n = 0; n < tree().size() && !any; ++n)
    any = tree().kind(NodeId(n)) == NodeKind::kAsm;
  if (!any) return;
  takes_carry_.append(sema_.num_instances(), uint8_t{0});
  Vec<InstanceId> others(arena_);  // that may call what has it
  for (uint32_t i = 1; i < sema_.num_instances() && !arena_.failed(); ++i) {
    const Instance& inst = sema_.instance(InstanceId(i));
    if (!inst.body_done || !inst.is_used || inst.target == Target::kHost) continue;
    bool uses = false, left = false;
    for (uint32_t n = tree().first(inst.node).index; n < inst.node.index; ++n) {
      if (tree().kind(NodeId(n)) != NodeKind::kAsm) continue;
      Vec<uint8_t> text(arena_);
      uint32_t bad = 0;
      if (!ReadText(sema_.tokens(), tree().token(NodeId(n)).index, text, &bad)) continue;
      const CarryUse use = UseOfCarry({reinterpret_cast<const char*>(text.data()), text.size()});
      uses |= use.takes || use.leaves;
      carry_crosses_ |= use.needs && !left;
      left |= use.leaves;
    }
    const bool is_virtual = inst.function.valid() && sema_.entity(inst.function).slot.valid();
    if (inst.target == Target::kKernel || is_virtual) continue;
    if (uses) {
      takes_carry_[i] = 1;
    } else {
      others.push_back(InstanceId(i));
    }
  }
  // Through so many functions; further away a carry is not seen, and its word undefined.
  constexpr uint32_t kFarthest = 64;
  bool changed = carry_crosses_;
  for (uint32_t round = 0; changed && round < kFarthest && !arena_.failed(); ++round) {
    changed = false;
    uint32_t kept = 0;
    for (const InstanceId i : others) {
      const bool reaches = ReachesCarry(i);
      if (reaches) takes_carry_[i.index] = 1;
      if (!reaches) others[kept++] = i;
      changed |= reaches;
    }
    others.truncate(kept);
  }
}

// Where the current function has the carry.
WS_HD ir::Operand Lowerer::CarryAddress() {
  if (carry_address_.IsReg()) return carry_address_;
  constexpr uint32_t kBytes = 4;
  if (carry_word_ == Operand()) {
    carry_word_ = Operand::Frame(AllocateFrame(kBytes, kBytes, current().node));
  }
  Value place;
  place.kind = Value::Kind::kMemory;
  place.space = ir::Space::kLocal;
  place.operand = carry_word_;
  return Address(place);
}

// A register with the carry that the text may need; invalid if none crosses here.
WS_HD ir::RegId Lowerer::LoadCarry(std::string_view text) {
  const CarryUse use = UseOfCarry(text);
  if (!carry_crosses_ || (!use.takes && !use.leaves)) return {};
  const RegId carry = NewReg(Type::kPred);
  if (!use.needs) return carry;
  const Operand word = Operand::Reg(NewReg(Type::kU32));
  Emit(Op::kLd, Type::kU32, {word}, {CarryAddress()});
  Emit(Op::kSetp, Type::kU32, {Operand::Reg(carry)}, {word, Imm(0)}).cmp = ir::Cmp::kNe;
  return carry;
}

WS_HD void Lowerer::StoreCarry(std::string_view text, RegId carry) {
  if (!carry.valid() || !UseOfCarry(text).leaves) return;
  const Operand word =
      Compute(Op::kSelp, Type::kU32, {Imm(1), Imm(0), Operand::Reg(carry)}, Type::kU32);
  Emit(Op::kSt, Type::kU32, {}, {CarryAddress(), word});
}

}  // namespace ws::front
