#include "pass/cse.h"

#include "base/hash.h"
#include "ir/eval.h"
#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::OperandKind;

class Numberer {
 public:
  Numberer(ir::Module& module, ir::FunctionId function)
      : m_(module),
        f_(module.functions[function.index]),
        cfg_(module, function),
        defs_(module, function),
        version_(f_.num_regs, 0),
        same_(f_.num_regs) {
    for (uint32_t r = 0; r < f_.num_regs; ++r) same_[r] = r;
    uint32_t insts = 0;
    for (uint32_t b = 0; b < f_.num_blocks; ++b) insts += m_.Blocks(f_)[b].num_insts;
    uint32_t size = 16;
    while (size < 2 * insts) size *= 2;
    table_.resize(size);
  }

  bool Run() {
    bool changed = false;
    for (const uint32_t b : cfg_.order()) {
      const ir::Block& block = m_.blocks[f_.first_block + b];
      for (uint32_t i = 0; i < block.num_insts; ++i) {
        Inst& inst = m_.insts[block.first_inst + i];
        if (IsCandidate(inst)) changed |= Visit(inst, b, i + 1);
        for (const Operand o : m_.Dsts(inst)) ++version_[o.index];
      }
    }
    return changed;
  }

 private:
  // What an instruction computes lies in `words_` from `first`: equal words, equal value.
  struct Entry {
    uint64_t hash = 0;
    uint32_t first = 0, count = 0;
    uint32_t reg = 0;
    uint32_t block = 0;
    uint32_t local_block = 0;  // block it is valid in; kAnywhere
    bool used = false;
  };
  static constexpr uint32_t kAnywhere = 0xffffffffu;

  bool IsCandidate(const Inst& inst) const {
    if (inst.num_dsts != 1 || inst.guard.valid() || inst.op == Op::kMov) {
      // A move of a special register or symbol is worth sharing.
      if (inst.op != Op::kMov || inst.guard.valid()) return false;
      const Operand o = m_.Srcs(inst)[0];
      if (o.IsReg() || o.IsImm()) return false;
    }
    if (inst.op == Op::kLd) return inst.space == ir::Space::kParam && inst.vec == 1;
    if (ir::InfoOf(inst.op).effect != ir::Effect::None) return false;
    for (const Operand o : m_.Srcs(inst)) {
      const bool clock = o.kind == OperandKind::kSpecial &&
                         (o.index == static_cast<uint32_t>(ir::Special::kClock) ||
                          o.index == static_cast<uint32_t>(ir::Special::kClock64));
      if (clock) return false;
    }
    return true;
  }

  static uint64_t Modifiers(const Inst& i) {
    const auto part = [](auto value, int shift) { return static_cast<uint64_t>(value) << shift; };
    return part(i.op, 0) | part(i.type, 8) | part(i.src_type, 16) | part(i.round, 24) |
           part(i.cmp, 28) | part(i.space, 33) | part(i.ftz, 37) | part(i.sat, 38) |
           part(i.sub, 40) | part(i.num_srcs, 48);
  }
  // Appends what an operand stands for; constants by value.
  void Spell(Operand o, uint32_t* local_block, uint32_t block, uint32_t position) {
    if (o.IsImm()) {
      words_.push_back(static_cast<uint64_t>(OperandKind::kImm));
      words_.push_back(m_.ImmBits(o));
      return;
    }
    if (o.IsReg()) o = Operand::Reg(ir::RegId(same_[o.index]));
    uint64_t version = 0;
    if (o.IsReg() && !defs_.Reaches(cfg_, o.index, block, position)) {
      *local_block = block;
      version = uint64_t{version_[o.index]} + 1;
    }
    words_.push_back(static_cast<uint64_t>(o.kind) | version << 8);
    words_.push_back(o.index);
  }
  bool Same(const Entry& e, uint32_t first, uint32_t count) const {
    if (e.count != count) return false;
    for (uint32_t i = 0; i < count; ++i) {
      if (words_[e.first + i] != words_[first + i]) return false;
    }
    return true;
  }

  bool Visit(Inst& inst, uint32_t block, uint32_t position) {
    uint32_t local_block = kAnywhere;
    const auto first = static_cast<uint32_t>(words_.size());
    words_.push_back(Modifiers(inst));
    words_.push_back(static_cast<uint64_t>(inst.offset));
    for (const Operand o : m_.Srcs(inst)) Spell(o, &local_block, block, position);
    words_.push_back(local_block);
    const auto count = static_cast<uint32_t>(words_.size()) - first;
    uint64_t hash = 0;
    for (uint32_t i = first; i < first + count; ++i) hash = HashCombine(hash, words_[i]);
    const Operand dst = m_.Dsts(inst)[0];
    size_t slot = hash & (table_.size() - 1);
    while (table_[slot].used && (table_[slot].hash != hash || !Same(table_[slot], first, count))) {
      slot = (slot + 1) & (table_.size() - 1);
    }
    Entry& e = table_[slot];
    if (e.used && (e.block == block || cfg_.Dominates(e.block, block)) && e.reg != dst.index &&
        SameWidth(e.reg, dst.index)) {
      const ir::Type type = m_.RegType(f_, ir::RegId(e.reg));
      inst.op = Op::kMov;
      inst.type = type;
      inst.num_srcs = 1;
      inst.src_type = ir::Type::kNone;
      inst.round = ir::Round::kNone;
      inst.cmp = ir::Cmp::kNone;
      inst.space = ir::Space::kGeneric;
      inst.ftz = inst.sat = false;
      inst.offset = 0;
      inst.cache = ir::Cache::kNone;
      inst.order = ir::Order::kNone;
      m_.operands[inst.operands + 1] = Operand::Reg(ir::RegId(e.reg));
      if (defs_.Single(dst.index)) same_[dst.index] = e.reg;
      words_.resize(first);
      return true;
    }
    // Remembered only if the register keeps the value, and came before this place once and for all.
    if (defs_.Single(dst.index)) {
      e = {hash, first, count, dst.index, block, local_block, true};
    } else {
      words_.resize(first);
    }
    return false;
  }
  bool SameWidth(uint32_t a, uint32_t b) const {
    return m_.RegType(f_, ir::RegId(a)) == m_.RegType(f_, ir::RegId(b));
  }

  ir::Module& m_;
  const ir::Function& f_;
  const ir::Cfg cfg_;
  const Defs defs_;
  std::vector<uint32_t> version_;
  std::vector<uint32_t> same_;  // the register a register written once was found to repeat
  std::vector<Entry> table_;
  std::vector<uint64_t> words_;
};

}  // namespace

bool Cse(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  return Numberer(module, function).Run();
}

}  // namespace ws::pass
