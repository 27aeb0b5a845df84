#include "pass/predicate.h"

#include <map>
#include <optional>

#include "ir/cfg.h"
#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::RegId;
using ir::Type;

constexpr size_t kMaxInsts = 7;

class Predicator {
 public:
  Predicator(ir::Module& module, ir::FunctionId function)
      : m_(module),
        function_(function),
        cfg_(module, function),
        defs_(module, function),
        body_(module, function),
        touched_(body_.blocks.size()) {}

  // Branches that do not hang together; the caller starts anew for the others.
  bool Run() {
    bool changed = false;
    for (const uint32_t b : cfg_.order()) {
      if (!touched_[b] && !body_.blocks[b].insts.empty()) changed |= TryBranch(b);
    }
    if (changed) body_.Write();
    return changed;
  }

 private:
  // Whether the block only leads on, can run in its predecessor, and is short.
  bool IsArm(uint32_t block, uint32_t from, uint32_t join) const {
    const std::vector<Inst>& insts = body_.blocks[block].insts;
    if (block == join || cfg_.Predecessors(block).size() != 1 || block == from) return false;
    if (touched_[block]) return false;
    if (insts.empty() || insts.back().op != Op::kBra || insts.size() - 1 > kMaxInsts) return false;
    if (body_.blocks[block].unroll != 0) return false;
    for (size_t i = 0; i + 1 < insts.size(); ++i) {
      if (!CanRun(insts[i])) return false;
    }
    return true;
  }
  bool CanRun(const Inst& inst) const {
    if (inst.guard.valid() || inst.op == Op::kDiv || inst.op == Op::kRem || inst.op == Op::kCall) {
      return false;
    }
    const ir::Effect effect = ir::InfoOf(inst.op).effect;
    const bool plain = inst.order == ir::Order::kNone || inst.order == ir::Order::kWeak;
    if (effect == ir::Effect::Store || effect == ir::Effect::Load) return plain;
    if (effect != ir::Effect::None) return false;
    for (const Operand o : m_.Dsts(inst)) {
      // There is no select of predicates.
      if (m_.RegType(m_.functions[function_.index], o.reg()) == Type::kPred) return false;
    }
    return inst.num_dsts == 1;
  }

  bool TryBranch(uint32_t b) {
    Body::BlockBody& block = body_.blocks[b];
    if (block.insts.back().op != Op::kCondBra) return false;
    const std::span<const Operand> s = m_.Srcs(block.insts.back());
    if (!s[0].IsReg()) return false;
    const uint32_t yes = s[1].index, no = s[2].index;
    const auto leads_to = [&](uint32_t arm) -> uint32_t {
      const std::vector<Inst>& insts = body_.blocks[arm].insts;
      if (insts.empty() || insts.back().op != Op::kBra) return ir::kUnreachable;
      return m_.Srcs(insts.back())[0].index;
    };
    uint32_t join = ir::kUnreachable;
    bool both = false;
    if (leads_to(yes) == no) {
      join = no;
    } else if (leads_to(no) == yes) {
      join = yes;
    } else if (leads_to(yes) != ir::kUnreachable && leads_to(yes) == leads_to(no)) {
      join = leads_to(yes);
      both = true;
    }
    if (join == ir::kUnreachable || join == b) return false;
    if (yes != join && !IsArm(yes, b, join)) return false;
    if (no != join && !IsArm(no, b, join)) return false;
    if (both && body_.blocks[yes].insts.size() + body_.blocks[no].insts.size() > kMaxInsts + 2) {
      return false;
    }
    if (!live_) live_.emplace(m_, function_, cfg_);
    touched_[b] = touched_[yes] = touched_[no] = true;
    const Operand condition = s[0];
    const diag::Loc loc = block.insts.back().loc;
    block.insts.pop_back();
    std::map<uint32_t, Operand> when_true, when_false;
    if (yes != join) when_true = RunArm(block, yes, condition, false);
    if (no != join) when_false = RunArm(block, no, condition, true);
    const auto select = [&](uint32_t reg, Operand a, Operand c) {
      if (!live_->LiveIn(join, RegId(reg))) return;
      Inst inst;
      inst.op = Op::kSelp;
      inst.type = m_.RegType(m_.functions[function_.index], RegId(reg));
      inst.loc = loc;
      const Operand dst = Operand::Reg(RegId(reg));
      block.insts.push_back(body_.WithOperands(inst, {dst}, {a, c, condition}));
    };
    for (const auto& [reg, value] : when_true) {
      const auto other = when_false.find(reg);
      select(reg, value, other == when_false.end() ? Operand::Reg(RegId(reg)) : other->second);
    }
    for (const auto& [reg, value] : when_false) {
      if (when_true.count(reg) == 0) select(reg, Operand::Reg(RegId(reg)), value);
    }
    block.insts.push_back(body_.Branch(join, loc));
    return true;
  }

  // Adds the arm's instructions to the block, under fresh names; returns the names of what it
  // writes.
  std::map<uint32_t, Operand> RunArm(Body::BlockBody& block, uint32_t arm, Operand condition,
                                     bool negated) {
    std::map<uint32_t, Operand> names;
    std::vector<Inst>& insts = body_.blocks[arm].insts;
    for (size_t i = 0; i + 1 < insts.size(); ++i) {
      Inst inst = insts[i];
      std::vector<Operand> srcs, dsts;
      for (Operand o : m_.Srcs(inst)) {
        const auto named = o.IsReg() ? names.find(o.index) : names.end();
        srcs.push_back(named == names.end() ? o : named->second);
      }
      const bool effect =
          ir::InfoOf(inst.op).effect != ir::Effect::None && inst.space != ir::Space::kParam;
      if (inst.op == Op::kMov && srcs[0].IsReg()) {
        // Under the name of its source, which nothing changes before the selects.
        const ir::Function& f = m_.functions[function_.index];
        const bool stays = new_types_.count(srcs[0].index) > 0 || defs_.Single(srcs[0].index);
        if (stays && TypeOf(srcs[0]) == m_.RegType(f, m_.Dsts(inst)[0].reg())) {
          names[m_.Dsts(inst)[0].index] = srcs[0];
          continue;
        }
      }
      for (const Operand o : m_.Dsts(inst)) {
        const Type type = m_.RegType(m_.functions[function_.index], o.reg());
        dsts.push_back(Operand::Reg(body_.NewReg(type)));
        new_types_[dsts.back().index] = type;
      }
      for (size_t d = 0; d < dsts.size(); ++d) names[m_.Dsts(inst)[d].index] = dsts[d];
      inst = body_.WithOperands(inst, dsts, srcs);
      if (effect) {
        inst.guard = condition.reg();
        inst.guard_negated = negated;
      }
      block.insts.push_back(inst);
    }
    insts.erase(insts.begin(), insts.end() - 1);
    return names;
  }
  Type TypeOf(Operand o) const {
    const auto found = new_types_.find(o.index);
    if (found != new_types_.end()) return found->second;
    return m_.RegType(m_.functions[function_.index], o.reg());
  }

  ir::Module& m_;
  const ir::FunctionId function_;
  const ir::Cfg cfg_;
  const Defs defs_;
  std::optional<ir::Liveness> live_;
  Body body_;
  std::vector<bool> touched_;
  std::map<uint32_t, Type> new_types_;
};

}  // namespace

bool Predicate(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  constexpr int kMaxDepth = 8;  // of nested branches
  bool changed = false;
  for (int i = 0; i < kMaxDepth && Predicator(module, function).Run(); ++i) changed = true;
  return changed;
}

}  // namespace ws::pass
