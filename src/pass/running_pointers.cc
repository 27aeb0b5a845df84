#include "pass/running_pointers.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "pass/address_sum.h"
#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::Type;

constexpr size_t kMaxPointers = 8;  // per loop; each takes registers

class Runner {
 public:
  Runner(ir::Module& module, ir::FunctionId function)
      : m_(module), function_(function), sums_(module, function), body_(module, function) {
    // By block: what goes behind each instruction, or before the terminator.
    behind_.resize(sums_.cfg().num_blocks());
    before_end_.resize(sums_.cfg().num_blocks());
  }

  bool Run() {
    const std::span<const ir::Loop> loops = sums_.cfg().loops();
    for (uint32_t l = 0; l < loops.size(); ++l) {
      const bool innermost = std::none_of(loops.begin(), loops.end(),
                                          [l](const ir::Loop& other) { return other.parent == l; });
      if (innermost && loops[l].latches.size() == 1) RunLoop(loops[l]);
    }
    if (!changed_) return false;
    for (uint32_t b = 0; b < body_.blocks.size(); ++b) Insert(b);
    body_.Write();
    return true;
  }

 private:
  using Place = AddressSums::Place;
  using Key = std::vector<std::tuple<TermKind, uint32_t, uint32_t, int64_t>>;
  struct Counter {
    uint32_t reg = 0;
    Place step_at;
    int64_t step = 0;
  };

  const ir::Function& F() const { return m_.functions[function_.index]; }
  static bool Has(const ir::Loop& loop, uint32_t block) {
    return std::find(loop.blocks.begin(), loop.blocks.end(), block) != loop.blocks.end();
  }

  // The only block before the loop, if it does nothing but lead there at its end.
  uint32_t Before(const ir::Loop& loop) const {
    uint32_t before = ir::kUnreachable;
    for (const uint32_t pred : sums_.cfg().Predecessors(loop.header)) {
      if (Has(loop, pred)) continue;
      if (before != ir::kUnreachable) return ir::kUnreachable;
      before = pred;
    }
    if (before == ir::kUnreachable || sums_.Insts(before).back().op != Op::kBra) {
      return ir::kUnreachable;
    }
    return before;
  }

  // Whether the loop steps `reg` by a constant, once on every turn.
  bool FindCounter(const ir::Loop& loop, uint32_t reg, Counter* counter) const {
    Place at;
    for (const Place& w : sums_.Writes(reg)) {
      if (!Has(loop, w.block)) continue;
      if (at.position != 0) return false;
      at = w;
    }
    if (at.position == 0 || !sums_.cfg().Dominates(at.block, loop.latches[0])) return false;
    const Inst& inst = sums_.Insts(at.block)[at.position - 1];
    const std::span<const Operand> s = m_.Srcs(inst);
    if (inst.op != Op::kAdd || inst.guard.valid() || inst.sat || !ir::IsInteger(inst.type) ||
        ir::BytesOf(inst.type) != 4 || !s[0].IsReg() || s[0].index != reg || !s[1].IsImm()) {
      return false;
    }
    *counter = {reg, at, static_cast<int32_t>(static_cast<uint32_t>(m_.ImmBits(s[1])))};
    return counter->step >= -4096 && counter->step <= 4096;
  }

  // The counter that moves the sum, if it is the only thing that does and moves it by a register's
  // worth.
  bool MovesByRegister(const ir::Loop& loop, const AddressSum& sum, uint32_t block,
                       Counter* counter) const {
    bool found = false;
    bool by_register = false;
    for (const AddressTerm& t : sum.terms) {
      if (sums_.Varies(t, block) != loop.depth) continue;
      const bool product = t.b != ir::kUnreachable;
      if (product && sums_.Varies(t.a, block) == loop.depth &&
          sums_.Varies(t.b, block) == loop.depth) {
        return false;
      }
      if (t.kind != TermKind::kSigned && t.kind != TermKind::k32) return false;
      const uint32_t reg = sums_.Varies(t.a, block) == loop.depth ? t.a : t.b;
      Counter mine;
      if (!FindCounter(loop, reg, &mine) || (found && mine.reg != counter->reg)) return false;
      const int64_t step = mine.step * t.coefficient;
      if (step != static_cast<int32_t>(step)) return false;
      *counter = mine;
      found = true;
      by_register |= product;
    }
    return by_register;
  }

  void RunLoop(const ir::Loop& loop) {
    const uint32_t before = Before(loop);
    if (before == ir::kUnreachable) return;
    std::map<Key, Operand> pointers;
    for (const uint32_t b : loop.blocks) {
      for (uint32_t i = 0; i < sums_.Insts(b).size(); ++i) {
        const Inst& inst = sums_.Insts(b)[i];
        const ir::Effect effect = ir::InfoOf(inst.op).effect;
        const bool memory = effect == ir::Effect::Load || effect == ir::Effect::Store ||
                            effect == ir::Effect::Atomic;
        if (!memory || inst.space == ir::Space::kParam || !m_.Srcs(inst)[0].IsReg()) continue;
        const AddressSum sum = sums_.OfAccess(inst, {b, i + 1});
        Counter counter;
        if (!sum.ok || !AddressSums::Encodes(sum, inst.offset) ||
            !MovesByRegister(loop, sum, b, &counter)) {
          continue;
        }
        Key key;
        for (const AddressTerm& t : sum.terms) key.emplace_back(t.kind, t.a, t.b, t.coefficient);
        auto found = pointers.find(key);
        if (found == pointers.end()) {
          if (pointers.size() == kMaxPointers) continue;
          found = pointers.emplace(key, Start(sum, counter, before, b, inst.loc)).first;
        }
        Inst& access = body_.blocks[b].insts[i];
        std::vector<Operand> srcs(m_.Srcs(access).begin(), m_.Srcs(access).end());
        const std::vector<Operand> dsts(m_.Dsts(access).begin(), m_.Dsts(access).end());
        srcs[0] = found->second;
        access = body_.WithOperands(access, dsts, srcs);
        access.offset += static_cast<int32_t>(sum.constant);
        changed_ = true;
      }
    }
  }

  // A register with the sum's value: set before the loop, stepped behind the counter's step.
  Operand Start(const AddressSum& sum, const Counter& counter, uint32_t before, uint32_t block,
                diag::Loc loc) {
    const Operand first = sums_.Emit(body_, sum, block, loc, before_end_[before]);
    const Type type = sum.terms[0].kind == TermKind::k32 ? Type::kU32 : Type::kU64;
    const Operand pointer = Operand::Reg(body_.NewReg(type));
    Inst inst;
    inst.op = Op::kMov;
    inst.type = type;
    inst.loc = loc;
    before_end_[before].push_back(body_.WithOperands(inst, {pointer}, {first}));
    std::vector<Inst>& steps = behind_[counter.step_at.block][counter.step_at.position];
    for (const AddressTerm& t : sum.terms) {
      if (t.a != counter.reg && t.b != counter.reg) continue;
      const int64_t step = counter.step * t.coefficient;
      const Operand by =
          m_.Imm(type == Type::kU32 ? static_cast<uint32_t>(step) : static_cast<uint64_t>(step));
      const Operand by32 = m_.Imm(static_cast<uint32_t>(step));
      if (t.b == ir::kUnreachable) {
        inst.op = Op::kAdd;
        inst.type = type;
        steps.push_back(body_.WithOperands(inst, {pointer}, {pointer, by}));
        continue;
      }
      const Operand other = Operand::Reg(ir::RegId(t.a == counter.reg ? t.b : t.a));
      inst.op = type == Type::kU32 ? Op::kMad : Op::kMadWide;
      inst.type = type == Type::kU32 ? Type::kU32 : Type::kS32;
      steps.push_back(body_.WithOperands(inst, {pointer}, {other, by32, pointer}));
    }
    return pointer;
  }

  void Insert(uint32_t b) {
    std::vector<Inst>& insts = body_.blocks[b].insts;
    if (behind_[b].empty() && before_end_[b].empty()) return;
    std::vector<Inst> out;
    for (uint32_t i = 0; i < insts.size(); ++i) {
      if (i + 1 == insts.size()) {
        out.insert(out.end(), before_end_[b].begin(), before_end_[b].end());
      }
      out.push_back(insts[i]);
      const auto more = behind_[b].find(i + 1);
      if (more != behind_[b].end()) {
        out.insert(out.end(), more->second.begin(), more->second.end());
      }
    }
    insts = std::move(out);
  }

  ir::Module& m_;
  const ir::FunctionId function_;
  AddressSums sums_;
  Body body_;
  std::vector<std::map<uint32_t, std::vector<Inst>>> behind_;  // by position
  std::vector<std::vector<Inst>> before_end_;
  bool changed_ = false;
};

}  // namespace

bool RunPointers(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  return Runner(module, function).Run();
}

}  // namespace ws::pass
