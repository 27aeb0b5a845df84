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
constexpr uint32_t kMaxInstsLocal = 2048;  // loops over local arrays, which may become registers
constexpr uint32_t kPartialTurns = 4, kMaxPartialInsts = 120;  // nvcc's habit
constexpr uint32_t kMaxCostAgain = 48;  // machine instructions of a body unrolled once already
constexpr uint16_t kOnceMore = 0xfffe;  // mark of a loop that was unrolled by nvcc's habit
constexpr uint32_t kMaxTurnsPragma = 1024, kMaxInstsPragma = 4096;

class Unroller {
 public:
  enum class Mode : uint8_t { kFull, kPartial, kAgain };

  Unroller(ir::Module& module, ir::FunctionId function, Mode mode)
      : m_(module),
        function_(function),
        cfg_(module, function),
        defs_(module, function),
        mode_(mode) {}

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
    if ((header.unroll == kOnceMore) != (mode_ == Mode::kAgain)) return false;
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
    if (mode_ != Mode::kFull) {
      const bool asked = header.unroll > 1 && header.unroll < 64;
      const uint32_t by = asked ? header.unroll : kPartialTurns;
      Count count;
      if (size > kMaxPartialInsts || !MayRepeat(loop)) return false;
      if (mode_ == Mode::kAgain && CostOf(loop) > kMaxCostAgain) return false;
      if (!FindCount(loop, stays_first, count)) return false;
      Repeat(loop, count, by, stays_first, asked || mode_ == Mode::kAgain ? 1 : kOnceMore);
      return true;
    }
    const bool asked = header.unroll != 0;
    const uint32_t max_turns = asked ? kMaxTurnsPragma : kMaxTurns;
    uint32_t turns = 0;
    if (!CountTurns(loop, stays_first, max_turns, turns)) return false;
    const uint32_t max_insts = TouchesLocal(loop) ? kMaxInstsLocal : kMaxInsts;
    if (uint64_t{size} * (turns + 1) > (asked ? kMaxInstsPragma : max_insts)) return false;
    Expand(loop, turns, stays_first);
    return true;
  }

  // About the machine instructions of one turn.
  uint32_t CostOf(const ir::Loop& loop) const {
    constexpr uint32_t kLong = 10;  // a function of the math library, a division
    uint32_t cost = 0;
    for (const uint32_t b : loop.blocks) {
      for (const Inst& inst : Insts(b)) {
        const bool free = inst.op == Op::kMov || inst.op == Op::kBra ||
                          (inst.op == Op::kLd && inst.space == ir::Space::kParam);
        const bool is_long = inst.op == Op::kCall || inst.op == Op::kDiv || inst.op == Op::kRem;
        cost += free ? 0 : is_long ? kLong : 1;
      }
    }
    return cost;
  }

  bool TouchesLocal(const ir::Loop& loop) const {
    for (const uint32_t b : loop.blocks) {
      for (const Inst& inst : Insts(b)) {
        const bool memory = inst.op == Op::kLd || inst.op == Op::kSt;
        if (memory && inst.space == ir::Space::kLocal) return true;
      }
    }
    return false;
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

  // Registers written in the loop that live within a turn.
  std::vector<bool> FindPrivate(const ir::Loop& loop, const ir::Liveness& live) const {
    std::vector<bool> private_reg(F().num_regs);
    for (const uint32_t b : loop.blocks) {
      for (const Inst& inst : Insts(b)) {
        for (const Operand o : m_.Dsts(inst)) private_reg[o.index] = true;
      }
    }
    for (uint32_t r = 0; r < F().num_regs; ++r) {
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
    return private_reg;
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
    const std::vector<bool> private_reg = FindPrivate(loop, live);
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
      // The back edge leads to the next copy. The last header only leaves; its way in is dropped.
      const auto target = [&](uint32_t to) {
        if (to == loop.header) return blocks_of[t < turns ? t + 1 : t][loop.header];
        return blocks_of[t][to] != ir::kUnreachable ? blocks_of[t][to] : to;
      };
      for (const uint32_t b : loop.blocks) {
        if (blocks_of[t][b] == ir::kUnreachable) continue;
        Body::BlockBody copy;
        CopyBlock(body, original[b], b, {writes, names, carried}, target, copy);
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

  // What tells a loop's turns: a counter stepped by a constant once on every turn and compared with
  // a limit that does not change in the loop.
  struct Count {
    uint32_t counter = 0;
    Operand limit;
    ir::Type type = ir::Type::kNone;
    bool up = false;
    uint64_t step = 0;  // by how much, without sign
  };
  bool FindCount(const ir::Loop& loop, bool stays_if, Count& count) const {
    const Operand p = m_.Srcs(Insts(loop.header).back())[0];
    const Inst* test = p.IsReg() ? LastDef(loop.header, p.index) : nullptr;
    if (test == nullptr || test->op != Op::kSetp || !defs_.Single(p.index)) return false;
    if (test->type != ir::Type::kS32 && test->type != ir::Type::kU32) return false;
    const Inst* last = nullptr;
    const std::span<const Operand> compared = m_.Srcs(*test);
    for (const uint32_t side : {0u, 1u}) {
      const Operand o = compared[side], limit = compared[1 - side];
      if (!o.IsReg() || LastDef(loop.header, o.index) != nullptr) continue;
      uint32_t steps = 0;
      bool limit_changes = false;
      for (const uint32_t b : loop.blocks) {
        for (const Inst& inst : Insts(b)) {
          for (const Operand d : m_.Dsts(inst)) {
            limit_changes |= limit.IsReg() && d.index == limit.index;
            if (d.index != o.index) continue;
            ++steps;
            last = inst.guard.valid() || !cfg_.Dominates(b, loop.latches[0]) ? nullptr : &inst;
          }
        }
      }
      if (steps != 1 || limit_changes || last == nullptr || (!limit.IsReg() && !limit.IsImm())) {
        continue;
      }
      const std::span<const Operand> s = m_.Srcs(*last);
      if ((last->op != Op::kAdd && last->op != Op::kSub) || last->sat || !s[0].IsReg() ||
          s[0].index != o.index || !s[1].IsImm() || ir::BytesOf(last->type) != 4) {
        continue;
      }
      const int32_t bits = static_cast<int32_t>(m_.ImmBits(s[1]));
      const int64_t step = last->op == Op::kAdd ? int64_t{bits} : -int64_t{bits};
      ir::Cmp cmp = test->cmp;
      bool less = cmp == ir::Cmp::kLt || cmp == ir::Cmp::kLe;
      bool more = cmp == ir::Cmp::kGt || cmp == ir::Cmp::kGe;
      if (!less && !more) continue;
      if ((side == 1) != !stays_if) std::swap(less, more);  // counter first, and while it holds
      if ((less && step <= 0) || (more && step >= 0) || step > 4096 || step < -4096) continue;
      count = {o.index, limit, test->type, less, static_cast<uint64_t>(less ? step : -step)};
      return true;
    }
    return false;
  }

  bool MayRepeat(const ir::Loop& loop) const {
    for (const uint32_t b : loop.blocks) {
      const ir::Successors s = ir::SuccessorsOf(m_, F(), b);
      bool leaves = s.count == 0;
      for (uint32_t i = 0; i < s.count; ++i) leaves |= !inside_[s.block[i]];
      if (leaves && b != loop.header) return false;
      for (const Inst& inst : Insts(b)) {
        const ir::Effect e = ir::InfoOf(inst.op).effect;
        if (e == ir::Effect::Barrier || e == ir::Effect::Cross || e == ir::Effect::Host ||
            e == ir::Effect::Fence) {
          return false;
        }
        if (inst.op == Op::kCall &&
            m_.functions[m_.Srcs(inst)[0].index].math == ir::MathFn::kNone) {
          return false;
        }
      }
    }
    return true;
  }

  // In front of the loop, one that makes `turns` turns at a time while at least as many are left.
  void Repeat(const ir::Loop& loop, const Count& count, uint32_t turns, bool stays_first,
              uint16_t mark) {
    const ir::Liveness live(m_, function_, cfg_);
    const uint32_t num_regs = F().num_regs;
    const std::vector<bool> private_reg = FindPrivate(loop, live);
    const std::vector<Write> writes = FindCarried(loop, live);
    const std::vector<ir::Type> types(m_.reg_types.data() + F().first_reg,
                                      m_.reg_types.data() + F().first_reg + num_regs);
    Body body(m_, function_);
    const std::vector<Body::BlockBody> original = body.blocks;
    // The first block of the new loop tests whether the counter stays inside for all turns:
    // counter < max(limit, least + reach) - reach, which does not wrap.
    const diag::Loc loc = original[loop.header].loc;
    const uint64_t reach = count.step * (turns - 1);
    const bool is_signed = count.type == ir::Type::kS32;
    const uint64_t edge = count.up ? (is_signed ? 0x80000000u + reach : reach)
                                   : (is_signed ? 0x7fffffffu - reach : 0xffffffffu - reach);
    Inst inst;
    inst.loc = loc;
    inst.type = count.type;
    const Operand bound = Operand::Reg(body.NewReg(count.type));
    const Operand limit = Operand::Reg(body.NewReg(count.type));
    const Operand holds = Operand::Reg(body.NewReg(ir::Type::kPred));
    std::vector<Inst>& before = body.blocks[before_].insts;
    inst.op = count.up ? Op::kMax : Op::kMin;
    before.insert(before.end() - 1, body.WithOperands(inst, {bound}, {count.limit, m_.Imm(edge)}));
    inst.op = count.up ? Op::kSub : Op::kAdd;
    before.insert(before.end() - 1, body.WithOperands(inst, {limit}, {bound, m_.Imm(reach)}));
    const uint32_t test = static_cast<uint32_t>(body.blocks.size());
    {
      Operand* targets[2];
      body.Targets(body.blocks[before_], targets);
      for (Operand* t : targets) {
        if (t != nullptr && t->index == loop.header) t->index = test;
      }
      body.blocks.emplace_back();
      body.blocks[test].loc = loc;
      body.blocks[test].unroll = mark;
    }
    std::vector<std::vector<uint32_t>> blocks_of(turns);
    for (uint32_t t = 0; t < turns; ++t) {
      blocks_of[t].assign(original.size(), ir::kUnreachable);
      for (const uint32_t b : loop.blocks) {
        blocks_of[t][b] = static_cast<uint32_t>(body.blocks.size());
        body.blocks.emplace_back();
      }
    }
    inst.op = Op::kSetp;
    inst.cmp = count.up ? ir::Cmp::kLt : ir::Cmp::kGt;
    const Operand counter = Operand::Reg(ir::RegId(count.counter));
    body.blocks[test].insts.push_back(body.WithOperands(inst, {holds}, {counter, limit}));
    Inst branch = original[loop.header].insts.back();
    const Operand first = Operand::Block(ir::BlockId(blocks_of[0][loop.header]));
    const Operand rest = Operand::Block(ir::BlockId(loop.header));
    body.blocks[test].insts.push_back(body.WithOperands(branch, {}, {holds, first, rest}));
    body.blocks[loop.header].unroll = 1;

    std::vector<ir::RegId> carried(num_regs);
    for (uint32_t r = 0; r < num_regs; ++r) carried[r] = ir::RegId(r);
    for (uint32_t t = 0; t < turns; ++t) {
      std::vector<ir::RegId> names(num_regs);
      for (uint32_t r = 0; r < num_regs; ++r) {
        names[r] = private_reg[r] ? body.NewReg(types[r]) : ir::RegId(r);
        if (!writes[r].carried) continue;
        names[r] = carried[r];
        carried[r] = t + 1 < turns ? body.NewReg(types[r]) : ir::RegId(r);
      }
      const auto target = [&](uint32_t to) {
        if (to != loop.header) return blocks_of[t][to];
        return t + 1 < turns ? blocks_of[t + 1][to] : test;
      };
      for (const uint32_t b : loop.blocks) {
        Body::BlockBody& copy = body.blocks[blocks_of[t][b]];
        CopyBlock(body, original[b], b, {writes, names, carried}, target, copy);
        if (b == loop.header) {
          Operand* targets[2];
          body.Targets(copy, targets);
          copy.insts.back() =
              body.Branch(targets[stays_first ? 0 : 1]->index, copy.insts.back().loc);
        }
      }
    }
    body.Write();
  }

  // What the registers of one turn are called: `carried` behind the one write of a carried
  // register, else `names`.
  struct Turn {
    const std::vector<Write>& writes;
    const std::vector<ir::RegId>&names, &carried;
  };

  // Appends block `b` of the loop, as one turn has it, to `copy`.
  template <typename Target>
  void CopyBlock(Body& body, const Body::BlockBody& block, uint32_t b, const Turn& turn,
                 const Target& target, Body::BlockBody& copy) {
    copy.loc = block.loc;
    uint32_t position = 0;
    const auto name = [&](uint32_t r, bool is_dst) {
      const Write& w = turn.writes[r];
      const bool after =
          w.carried &&
          (is_dst || (w.block == b ? w.position < position : cfg_.Dominates(w.block, b)));
      return after ? turn.carried[r] : turn.names[r];
    };
    for (; position < block.insts.size(); ++position) {
      copy.insts.push_back(Copied(body, block.insts[position], name, target));
    }
  }

  template <typename Name, typename Target>
  Inst Copied(Body& body, const Inst& inst, const Name& name, const Target& target) {
    Operand all[256];
    const uint32_t count = uint32_t{inst.num_dsts} + inst.num_srcs;
    for (uint32_t i = 0; i < count && i < 256; ++i) {
      Operand o = m_.operands[inst.operands + i];
      if (o.IsReg()) o = Operand::Reg(name(o.index, i < inst.num_dsts));
      if (o.kind == ir::OperandKind::kBlock && inside_[o.index]) {
        o.index = target(o.index);
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
  const Mode mode_;
};

}  // namespace

namespace {

bool UnrollAll(ir::Module& module, ir::FunctionId function, Unroller::Mode mode) {
  if (module.functions[function.index].num_blocks == 0) return false;
  bool changed = false;
  for (int loops = 0; loops < 64; ++loops) {
    if (!HasRoom(module) || !Unroller(module, function, mode).One()) break;
    changed = true;
  }
  return changed;
}

}  // namespace

bool Unroll(ir::Module& module, ir::FunctionId function) {
  return UnrollAll(module, function, Unroller::Mode::kFull);
}

bool UnrollPartially(ir::Module& module, ir::FunctionId function) {
  return UnrollAll(module, function, Unroller::Mode::kPartial);
}

bool UnrollAgain(ir::Module& module, ir::FunctionId function) {
  const bool changed = UnrollAll(module, function, Unroller::Mode::kAgain);
  const ir::Function& f = module.functions[function.index];
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    uint16_t& mark = module.blocks[f.first_block + b].unroll;
    if (mark == kOnceMore) mark = 1;
  }
  return changed;
}

bool UnrollForFrame(ir::Module& module, ir::FunctionId function) {
  return module.functions[function.index].frame_bytes > 0 && Unroll(module, function);
}

}  // namespace ws::pass
