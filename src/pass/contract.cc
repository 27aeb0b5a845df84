#include "pass/contract.h"

#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;

// Per block: the last unguarded multiplication into each register, while its sources keep their
// values.
struct Product {
  uint32_t block = 0xffffffffu;
  uint32_t inst = 0;  // within the block's new instructions
  uint32_t versions[2] = {0, 0};
};

class Contractor {
 public:
  Contractor(ir::Module& module, ir::FunctionId function)
      : m_(module),
        body_(module, function),
        uses_(module.functions[function.index].num_regs, 0),
        defs_(uses_.size(), 0),
        version_(uses_.size(), 0),
        products_(uses_.size()) {
    for (const Body::BlockBody& block : body_.blocks) {
      for (const Inst& inst : block.insts) {
        for (const Operand o : m_.Srcs(inst)) {
          if (o.IsReg()) ++uses_[o.index];
        }
        for (const Operand o : m_.Dsts(inst)) ++defs_[o.index];
      }
    }
  }

  bool Run() {
    bool changed = false;
    for (block_ = 0; block_ < body_.blocks.size(); ++block_) {
      std::vector<Inst>& insts = body_.blocks[block_].insts;
      out_.clear();
      out_.reserve(insts.size());
      for (const Inst& inst : insts) {
        if (!Fuse(inst)) {
          out_.push_back(inst);
        } else {
          changed = true;
        }
        for (const Operand o : m_.Dsts(inst)) ++version_[o.index];
        Note();
      }
      insts = out_;
    }
    if (changed) body_.Write();
    return changed;  // the multiplications are dead now
  }

 private:
  bool Plain(const Inst& inst) const {
    return ir::IsFloat(inst.type) && inst.round == ir::Round::kNone;
  }

  // The multiplication whose only use is `o`, if its sources still hold.
  const Inst* ProductOf(const Inst& inst, Operand o) const {
    if (!o.IsReg() || uses_[o.index] != 1 || defs_[o.index] != 1) return nullptr;
    const Product& p = products_[o.index];
    if (p.block != block_) return nullptr;
    const Inst& mul = out_[p.inst];
    if (mul.type != inst.type || mul.ftz != inst.ftz) return nullptr;
    for (const uint32_t s : {0u, 1u}) {
      const Operand source = m_.Srcs(mul)[s];
      if (source.IsReg() && version_[source.index] != p.versions[s]) return nullptr;
    }
    return &mul;
  }

  // Adds a*b + c, a*b - c or c - a*b to the block as one instruction, with a negation that machine
  // instructions hold as a modifier of the operand.
  bool Fuse(const Inst& inst) {
    if ((inst.op != Op::kAdd && inst.op != Op::kSub) || !Plain(inst)) return false;
    for (const uint32_t s : {0u, 1u}) {
      const Inst* mul = ProductOf(inst, m_.Srcs(inst)[s]);
      if (mul == nullptr) continue;
      Operand x = m_.Srcs(*mul)[0], addend = m_.Srcs(inst)[1 - s];
      const Operand y = m_.Srcs(*mul)[1], dst = m_.Dsts(inst)[0];
      if (inst.op == Op::kSub) {
        Operand& negated = s == 0 ? addend : x;
        Inst neg;
        neg.op = Op::kNeg;
        neg.type = inst.type;
        neg.ftz = inst.ftz;
        neg.loc = inst.loc;
        const Operand result = Operand::Reg(body_.NewReg(inst.type));
        out_.push_back(body_.WithOperands(neg, {result}, {negated}));
        negated = result;
      }
      Inst fma = inst;
      fma.op = Op::kFma;
      out_.push_back(body_.WithOperands(fma, {dst}, {x, y, addend}));
      return true;
    }
    return false;
  }

  // Remembers the instruction added last if it multiplies.
  void Note() {
    const Inst& inst = out_.back();
    if (inst.op != Op::kMul || !Plain(inst) || inst.sat || inst.guard.valid()) return;
    Product& p = products_[m_.Dsts(inst)[0].index];
    p.block = block_;
    p.inst = static_cast<uint32_t>(out_.size()) - 1;
    for (const uint32_t s : {0u, 1u}) {
      const Operand o = m_.Srcs(inst)[s];
      p.versions[s] = o.IsReg() ? version_[o.index] : 0;
    }
  }

  ir::Module& m_;
  Body body_;
  std::vector<uint32_t> uses_, defs_, version_;
  std::vector<Product> products_;
  std::vector<Inst> out_;  // of the block
  uint32_t block_ = 0;
};

}  // namespace

bool Contract(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  return Contractor(module, function).Run();
}

}  // namespace ws::pass
