#include "pass/inline.h"

#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::OperandKind;

constexpr size_t kMaxInsts = 65536;
constexpr size_t kMaxCalleeInsts = 8192;  // beyond, a call costs nothing in comparison
constexpr int kMaxRounds = 32;            // nesting of calls

class Inliner {
 public:
  Inliner(ir::Module& module, ir::FunctionId function, bool math)
      : m_(module), function_(function), math_(math), verdicts_(module.functions.size()) {}

  // Inlines the calls that stand in the function now; those of the inlined bodies come next round.
  bool Round() {
    if (!HasRoom(m_) || !HasCalls()) return false;
    Body body(m_, function_);
    for (const Body::BlockBody& b : body.blocks) size_ += b.insts.size();
    bool changed = false;
    const size_t original = body.blocks.size();
    for (size_t b = 0; b < original; ++b) changed |= InlineInBlock(body, b);
    if (changed) body.Write();
    return changed;
  }

 private:
  enum class Verdict : uint8_t { kOpen, kYes, kNo };

  bool HasCalls() {
    const ir::Function& f = m_.functions[function_.index];
    for (const ir::Block& b : m_.Blocks(f)) {
      for (const Inst& inst : m_.Insts(b)) {
        if (Wanted(inst)) return true;
      }
    }
    return false;
  }
  bool Wanted(const Inst& inst) {
    if (inst.op != Op::kCall || inst.guard.valid()) return false;
    const uint32_t callee = m_.Srcs(inst)[0].index;
    Verdict& verdict = verdicts_[callee];
    if (verdict == Verdict::kOpen) verdict = Suits(callee) ? Verdict::kYes : Verdict::kNo;
    return verdict == Verdict::kYes;
  }
  bool Suits(uint32_t index) const {
    const ir::Function& callee = m_.functions[index];
    return callee.kind == ir::FunctionKind::kDevice && callee.num_blocks > 0 &&
           (math_ || callee.math == ir::MathFn::kNone) && InstsOf(callee) <= kMaxCalleeInsts &&
           !Recursive(index);
  }
  size_t InstsOf(const ir::Function& f) const {
    size_t insts = 0;
    for (const ir::Block& b : m_.Blocks(f)) insts += b.num_insts;
    return insts;
  }
  // Whether `start` can reach itself or the function we inline into.
  bool Recursive(uint32_t start) const {
    std::vector<bool> seen(m_.functions.size());
    std::vector<uint32_t> work = {start};
    while (!work.empty()) {
      const ir::Function& f = m_.functions[work.back()];
      work.pop_back();
      for (const ir::Block& b : m_.Blocks(f)) {
        for (const Inst& inst : m_.Insts(b)) {
          if (inst.op != Op::kCall) continue;
          const uint32_t callee = m_.Srcs(inst)[0].index;
          if (callee == start || callee == function_.index) return true;
          if (seen[callee]) continue;
          seen[callee] = true;
          work.push_back(callee);
        }
      }
    }
    return start == function_.index;
  }

  // Splits block `b` at each wanted call; what follows moves to new blocks at the end.
  bool InlineInBlock(Body& body, size_t b) {
    const std::vector<Inst> insts = std::move(body.blocks[b].insts);
    body.blocks[b].insts.clear();
    bool changed = false;
    for (const Inst& inst : insts) {
      if (size_ > kMaxInsts || !Wanted(inst)) {
        body.blocks[b].insts.push_back(inst);
        continue;
      }
      const auto rest = static_cast<uint32_t>(body.blocks.size());
      body.blocks.emplace_back();
      body.blocks[rest].loc = inst.loc;
      Expand(body, b, inst, rest);
      changed = true;
      b = rest;
    }
    return changed;
  }

  // Appends the callee's blocks; block `b` ends in a jump to them, and they end in jumps to `rest`.
  void Expand(Body& body, size_t b, const Inst& call, uint32_t rest) {
    const ir::Function callee = m_.functions[m_.Srcs(call)[0].index];
    std::vector<ir::RegId> regs(callee.num_regs);
    for (uint32_t r = 0; r < callee.num_regs; ++r) {
      regs[r] = body.NewReg(m_.reg_types[callee.first_reg + r]);
    }
    ir::Function& f = m_.functions[function_.index];
    f.frame_align = std::max(f.frame_align, callee.frame_align);
    const uint32_t align = callee.frame_align;
    const uint32_t frame = (f.frame_bytes + align - 1) / align * align;
    if (callee.frame_bytes > 0) f.frame_bytes = frame + callee.frame_bytes;
    const uint32_t first = static_cast<uint32_t>(body.blocks.size());
    for (uint32_t i = 0; i < callee.num_params; ++i) {
      const ir::Param& p = m_.params[callee.first_param + i];
      if (p.reg.valid()) {
        body.blocks[b].insts.push_back(
            Move(body, regs[p.reg.index], m_.Srcs(call)[i + 1], call.loc, p.type));
      }
    }
    body.blocks[b].insts.push_back(body.Branch(first, call.loc));
    for (uint32_t k = 0; k < callee.num_blocks; ++k) {
      const ir::Block block = m_.blocks[callee.first_block + k];
      Body::BlockBody copy;
      copy.loc = block.loc;
      copy.unroll = block.unroll;
      for (uint32_t i = 0; i < block.num_insts; ++i) {
        const Inst inst = m_.insts[block.first_inst + i];
        ++size_;
        if (inst.op == Op::kRet) {
          if (call.num_dsts > 0 && inst.num_srcs > 0) {
            copy.insts.push_back(Move(body, m_.Dsts(call)[0].reg(),
                                      Renamed(m_.Srcs(inst)[0], regs, frame), inst.loc,
                                      callee.result));
          }
          copy.insts.push_back(body.Branch(rest, inst.loc));
          continue;
        }
        Operand all[256];
        const uint32_t count = inst.num_dsts + inst.num_srcs;
        for (uint32_t o = 0; o < count && o < 256; ++o) {
          all[o] = Renamed(m_.operands[inst.operands + o], regs, frame);
          if (all[o].kind == OperandKind::kBlock) all[o].index += first - callee.first_block;
        }
        Inst renamed =
            body.WithOperands(inst, {all, inst.num_dsts}, {all + inst.num_dsts, inst.num_srcs});
        if (!renamed.loc.valid()) renamed.loc = call.loc;  // of a library function
        if (inst.guard.valid()) renamed.guard = regs[inst.guard.index];
        copy.insts.push_back(renamed);
      }
      body.blocks.push_back(std::move(copy));
    }
  }
  Inst Move(Body& body, ir::RegId to, Operand from, diag::Loc loc, ir::Type type) {
    Inst move;
    move.op = Op::kMov;
    move.type = type;
    move.loc = loc;
    return body.WithOperands(move, {Operand::Reg(to)}, {from});
  }
  static Operand Renamed(Operand o, const std::vector<ir::RegId>& regs, uint32_t frame) {
    if (o.IsReg()) return Operand::Reg(regs[o.index]);
    if (o.kind == OperandKind::kFrame) o.index += frame;
    return o;
  }

  ir::Module& m_;
  const ir::FunctionId function_;
  const bool math_;
  size_t size_ = 0;
  std::vector<Verdict> verdicts_;  // of each function: whether calls of it are inlined
};

bool Run(ir::Module& module, ir::FunctionId function, bool math) {
  bool changed = false;
  for (int round = 0; round < kMaxRounds; ++round) {
    if (!Inliner(module, function, math).Round()) break;
    changed = true;
  }
  return changed;
}

}  // namespace

bool Inline(ir::Module& module, ir::FunctionId function) { return Run(module, function, false); }
bool InlineAll(ir::Module& module, ir::FunctionId function) { return Run(module, function, true); }

}  // namespace ws::pass
