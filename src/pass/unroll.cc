#include "pass/unroll.h"

#include "ir/eval.h"
#include "ir/verify.h"
#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;

constexpr uint32_t kMaxTurns = 32, kMaxInsts = 512;
constexpr uint32_t kMaxTurnsPragma = 1024, kMaxInstsPragma = 4096;

class Unroller {
 public:
  Unroller(ir::Module& module, ir::FunctionId function)
      : m_(module), function_(function), cfg_(module, function), defs_(module, function) {}

  // Unrolls one loop; the caller starts anew, since places have moved.
  bool One() {
    for (size_t l = cfg_.loops().size(); l-- > 0;) {
      const ir::Loop& loop = cfg_.loops()[l];
      bool innermost = true;
      for (const ir::Loop& other : cfg_.loops()) innermost &= other.parent != l;
      if (innermost && TryLoop(loop)) return true;
    }
    return false;
  }

 private:
  const ir::Function& F() const { return m_.functions[function_.index]; }
  std::span<const Inst> Insts(uint32_t b) const { return m_.Insts(m_.blocks[F().first_block + b]); }

  bool TryLoop(const ir::Loop& loop) {
    const ir::Block& header = m_.blocks[F().first_block + loop.header];
    if (header.unroll == 1 || loop.latches.size() != 1) return false;
    inside_.assign(cfg_.num_blocks(), false);
    uint32_t size = 0;
    for (const uint32_t b : loop.blocks) {
      inside_[b] = true;
      size += m_.blocks[F().first_block + b].num_insts;
    }
    before_ = ir::kUnreachable;
    for (const uint32_t pred : cfg_.Predecessors(loop.header)) {
      if (inside_[pred]) continue;
      if (before_ != ir::kUnreachable) return false;
      before_ = pred;
    }
    const Inst& branch = Insts(loop.header).back();
    if (before_ == ir::kUnreachable || branch.op != Op::kCondBra) return false;
    const bool stays_first = inside_[m_.Srcs(branch)[1].index - F().first_block];
    const bool stays_second = inside_[m_.Srcs(branch)[2].index - F().first_block];
    if (stays_first == stays_second) return false;
    const bool asked = header.unroll != 0;
    const uint32_t max_turns = asked ? kMaxTurnsPragma : kMaxTurns;
    uint32_t turns = 0;
    if (!CountTurns(loop, stays_first, max_turns, turns)) return false;
    if (uint64_t{size} * (turns + 1) > (asked ? kMaxInstsPragma : kMaxInsts)) return false;
    Expand(loop, turns, stays_first);
    return true;
  }

  // The last unguarded definition of `reg` in a block, if any.
  const Inst* LastDef(uint32_t b, uint32_t reg) const {
    const std::span<const Inst> insts = Insts(b);
    for (size_t i = insts.size(); i-- > 0;) {
      for (const Operand o : m_.Dsts(insts[i])) {
        if (o.index == reg) return insts[i].guard.valid() ? nullptr : &insts[i];
      }
    }
    return nullptr;
  }

  // Follows the counter from its first value while the header's test holds.
  bool CountTurns(const ir::Loop& loop, bool stays_if, uint32_t max_turns, uint32_t& turns) {
    const Operand p = m_.Srcs(Insts(loop.header).back())[0];
    if (!p.IsReg()) return false;
    const Inst* test = LastDef(loop.header, p.index);
    if (test == nullptr || test->op != Op::kSetp) return false;
    const std::span<const Operand> compared = m_.Srcs(*test);
    const uint32_t side = compared[0].IsReg() ? 0 : 1;
    if (!compared[side].IsReg() || !compared[1 - side].IsImm()) return false;
    const uint32_t counter = compared[side].index;
    if (LastDef(loop.header, counter) != nullptr) return false;
    // One step in the loop, on every turn.
    const Inst* step = nullptr;
    for (const uint32_t b : loop.blocks) {
      for (const Inst& inst : Insts(b)) {
        for (const Operand o : m_.Dsts(inst)) {
          if (o.index != counter) continue;
          if (step != nullptr || inst.guard.valid() || !cfg_.Dominates(b, loop.latches[0]))
            return false;
          step = &inst;
        }
      }
    }
    if (step == nullptr) return false;
    uint64_t by = 0;
    const Inst* arithmetic = step;
    // Through a temporary: t = i + 1; i = t.
    if (step->op == Op::kMov && m_.Srcs(*step)[0].IsReg()) {
      const uint32_t temp = m_.Srcs(*step)[0].index;
      if (!defs_.Single(temp)) return false;
      const Defs::Place& place = defs_.regs[temp];
      if (place.position == 0 || !inside_[place.block]) return false;
      arithmetic = &Insts(place.block)[place.position - 1];
    }
    const std::span<const Operand> s = m_.Srcs(*arithmetic);
    if ((arithmetic->op != Op::kAdd && arithmetic->op != Op::kSub) || arithmetic->sat ||
        !ir::IsInteger(arithmetic->type) || !s[0].IsReg() || s[0].index != counter ||
        !s[1].IsImm()) {
      return false;
    }
    by = m_.ImmBits(s[1]);
    const Inst* first = LastDef(before_, counter);
    if (first == nullptr || first->op != Op::kMov || !m_.Srcs(*first)[0].IsImm()) return false;
    uint64_t value = m_.ImmBits(m_.Srcs(*first)[0]) & ir::MaskOf(first->type);
    const uint64_t limit = m_.ImmBits(compared[1 - side]);
    for (turns = 0;; ++turns) {
      const uint64_t operands[2] = {side == 0 ? value : limit, side == 0 ? limit : value};
      uint64_t holds = 0;
      if (!ir::Eval(*test, operands, holds)) return false;
      if ((holds != 0) != stays_if) return true;
      if (turns == max_turns) return false;
      const uint64_t sum[2] = {value, by};
      if (!ir::Eval(*arithmetic, sum, value)) return false;
    }
  }

  // The places where carried registers are written: one unguarded write on every turn, after the
  // header, in a loop that is left from its header alone.
  struct Write {
    bool carried = false;
    uint32_t block = 0, position = 0;
  };
  std::vector<Write> FindCarried(const ir::Loop& loop, const ir::Liveness& live) const {
    std::vector<Write> writes(F().num_regs);
    for (const uint32_t b : loop.blocks) {
      const ir::Successors s = ir::SuccessorsOf(m_, F(), b);
      bool leaves = s.count == 0;
      for (uint32_t i = 0; i < s.count; ++i) leaves |= !inside_[s.block[i]];
      if (b != loop.header && leaves) return writes;
    }
    std::vector<uint32_t> count(F().num_regs, 0);
    for (const uint32_t b : loop.blocks) {
      uint32_t position = 0;
      for (const Inst& inst : Insts(b)) {
        for (const Operand o : m_.Dsts(inst)) {
          count[o.index] += inst.guard.valid() ? 2 : 1;
          writes[o.index] = {false, b, position};
        }
        ++position;
      }
    }
    for (uint32_t r = 0; r < F().num_regs; ++r) {
      Write& w = writes[r];
      w.carried = count[r] == 1 && w.block != loop.header &&
                  live.LiveIn(loop.header, ir::RegId(r)) &&
                  cfg_.Dominates(w.block, loop.latches[0]);
    }
    return writes;
  }

  // Lays out `turns` copies of the loop and one more header, which leaves. Registers that live
  // within a turn, and those written once on every turn, get fresh names in each copy, so that they
  // stay written once.
  void Expand(const ir::Loop& loop, uint32_t turns, bool stays_first) {
    const ir::Liveness live(m_, function_, cfg_);
    const uint32_t num_regs = F().num_regs;
    std::vector<bool> private_reg(num_regs);
    for (const uint32_t b : loop.blocks) {
      for (const Inst& inst : Insts(b)) {
        for (const Operand o : m_.Dsts(inst)) private_reg[o.index] = true;
      }
    }
    for (uint32_t r = 0; r < num_regs; ++r) {
      if (!private_reg[r]) continue;
      bool lives_on = live.LiveIn(loop.header, ir::RegId(r));
      for (const uint32_t b : loop.blocks) {
        const ir::Successors s = ir::SuccessorsOf(m_, F(), b);
        for (uint32_t i = 0; i < s.count; ++i) {
          if (!inside_[s.block[i]]) lives_on |= live.LiveIn(s.block[i], ir::RegId(r));
        }
      }
      private_reg[r] = !lives_on;
    }
    const std::vector<Write> writes = FindCarried(loop, live);
    const std::vector<ir::Type> types(m_.reg_types.data() + F().first_reg,
                                      m_.reg_types.data() + F().first_reg + num_regs);
    Body body(m_, function_);
    const std::vector<Body::BlockBody> original = body.blocks;
    std::vector<uint32_t> place(original.size());
    // Copy 0 stands where the loop stood; the others follow at the end.
    std::vector<std::vector<uint32_t>> blocks_of(turns + 1);
    for (uint32_t t = 0; t <= turns; ++t) {
      blocks_of[t].assign(original.size(), ir::kUnreachable);
      for (const uint32_t b : loop.blocks) {
        if (t == turns && b != loop.header) continue;
        if (t == 0) {
          blocks_of[t][b] = b;
        } else {
          blocks_of[t][b] = static_cast<uint32_t>(body.blocks.size());
          body.blocks.emplace_back();
        }
      }
    }
    std::vector<ir::RegId> carried(num_regs);  // the name each turn leaves a register under
    for (uint32_t r = 0; r < num_regs; ++r) carried[r] = ir::RegId(r);
    for (uint32_t t = 0; t <= turns; ++t) {
      std::vector<ir::RegId> names(num_regs);  // at the start of the turn
      for (uint32_t r = 0; r < num_regs; ++r) {
        names[r] = t > 0 && private_reg[r] ? body.NewReg(types[r]) : ir::RegId(r);
        if (!writes[r].carried) continue;
        names[r] = carried[r];
        if (t < turns) carried[r] = body.NewReg(types[r]);
      }
      for (const uint32_t b : loop.blocks) {
        if (blocks_of[t][b] == ir::kUnreachable) continue;
        Body::BlockBody copy;
        copy.loc = original[b].loc;
        uint32_t position = 0;
        for (const Inst& inst : original[b].insts) {
          const auto name = [&](uint32_t r, bool is_dst) {
            const Write& w = writes[r];
            const bool after =
                w.carried &&
                (is_dst || (w.block == b ? w.position < position : cfg_.Dominates(w.block, b)));
            return after ? carried[r] : names[r];
          };
          copy.insts.push_back(Copied(body, inst, name, blocks_of, t, turns, loop.header));
          ++position;
        }
        if (b == loop.header) {
          if (t == turns) {
            const Operand exit = m_.Srcs(Insts(b).back())[stays_first ? 2 : 1];
            for (uint32_t r = 0; r < num_regs; ++r) {
              if (!writes[r].carried || carried[r].index == r) continue;
              if (!live.LiveIn(exit.index - F().first_block, ir::RegId(r))) continue;
              Inst mov;
              mov.op = Op::kMov;
              mov.type = types[r];
              mov.loc = copy.insts.back().loc;
              mov =
                  body.WithOperands(mov, {Operand::Reg(ir::RegId(r))}, {Operand::Reg(carried[r])});
              copy.insts.insert(copy.insts.end() - 1, mov);
            }
          }
          Operand* targets[2];
          body.Targets(copy, targets);
          const bool leaves = t == turns;
          const Operand next = *targets[stays_first == leaves ? 1 : 0];
          copy.insts.back() = body.Branch(next.index, copy.insts.back().loc);
        }
        body.blocks[blocks_of[t][b]] = std::move(copy);
      }
    }
    // The rest of the loop's blocks, when it turns never.
    if (turns == 0) {
      for (const uint32_t b : loop.blocks) {
        if (b != loop.header) body.blocks[b].unroll = 0;
      }
    }
    body.Write();
  }

  template <typename Name>
  Inst Copied(Body& body, const Inst& inst, const Name& name,
              const std::vector<std::vector<uint32_t>>& blocks_of, uint32_t t, uint32_t turns,
              uint32_t header) {
    Operand all[256];
    const uint32_t count = uint32_t{inst.num_dsts} + inst.num_srcs;
    for (uint32_t i = 0; i < count && i < 256; ++i) {
      Operand o = m_.operands[inst.operands + i];
      if (o.IsReg()) o = Operand::Reg(name(o.index, i < inst.num_dsts));
      if (o.kind == ir::OperandKind::kBlock && inside_[o.index]) {
        // The back edge leads to the next copy. The last header only leaves; its way in is dropped.
        if (o.index == header) {
          o.index = blocks_of[t < turns ? t + 1 : t][header];
        } else if (blocks_of[t][o.index] != ir::kUnreachable) {
          o.index = blocks_of[t][o.index];
        }
      }
      all[i] = o;
    }
    Inst copy = body.WithOperands(inst, {all, inst.num_dsts}, {all + inst.num_dsts, inst.num_srcs});
    if (inst.guard.valid()) copy.guard = name(inst.guard.index, false);
    return copy;
  }

  ir::Module& m_;
  const ir::FunctionId function_;
  const ir::Cfg cfg_;
  const Defs defs_;
  std::vector<bool> inside_;
  uint32_t before_ = 0;
};

}  // namespace

bool Unroll(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  bool changed = false;
  for (int loops = 0; loops < 64; ++loops) {
    if (!Unroller(module, function).One()) break;
    changed = true;
  }
  return changed;
}

bool UnrollForFrame(ir::Module& module, ir::FunctionId function) {
  return module.functions[function.index].frame_bytes > 0 && Unroll(module, function);
}

}  // namespace ws::pass
