#include "pass/affine.h"

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

class Splitter {
 public:
  Splitter(ir::Module& module, ir::FunctionId function)
      : m_(module), function_(function), sums_(module, function) {}

  bool Run() {
    Collect();
    std::map<std::vector<std::tuple<TermKind, uint32_t, uint32_t, int64_t>>,
             std::pair<int, int64_t>>
        same;  // how many accesses share the terms, and the first one's constant
    for (Access& a : accesses_) {
      auto& [count, constant] = same.try_emplace(KeyOf(a.sum), 0, a.sum.constant).first->second;
      if (count == 0 || constant != a.sum.constant) ++count;
    }
    for (Access& a : accesses_) {
      a.rewrite = a.sum.constant != 0 || same[KeyOf(a.sum)].first > 1 || HasHoistable(a) ||
                  HasWideProduct(a.sum);
    }
    return Rewrite();
  }

 private:
  using Place = AddressSums::Place;
  struct Access {
    Place at;
    AddressSum sum;
    bool rewrite = false;
  };

  static std::vector<std::tuple<TermKind, uint32_t, uint32_t, int64_t>> KeyOf(
      const AddressSum& sum) {
    std::vector<std::tuple<TermKind, uint32_t, uint32_t, int64_t>> key;
    for (const AddressTerm& t : sum.terms) key.emplace_back(t.kind, t.a, t.b, t.coefficient);
    return key;
  }

  static bool IsMemory(const Inst& inst) {
    const ir::Effect e = ir::InfoOf(inst.op).effect;
    return (e == ir::Effect::Load || e == ir::Effect::Store || e == ir::Effect::Atomic) &&
           inst.space != ir::Space::kParam;
  }

  void Collect() {
    for (const uint32_t b : sums_.cfg().order()) {
      uint32_t position = 0;
      for (const Inst& inst : sums_.Insts(b)) {
        ++position;
        if (!IsMemory(inst) || !m_.Srcs(inst)[0].IsReg()) continue;
        const Place use{b, position};
        Access access{use, sums_.OfAccess(inst, use), false};
        if (!access.sum.ok || StepsFromPointer(inst, use)) continue;
        accesses_.push_back(std::move(access));
      }
    }
  }

  // Whether one multiply-add makes the address from a pointer that the loop moves.
  bool StepsFromPointer(const Inst& access, Place use) const {
    const Operand base = m_.Srcs(access)[0];
    if (!sums_.defs().Reaches(sums_.cfg(), base.index, use.block, use.position)) return false;
    const Defs::Place& place = sums_.defs().regs[base.index];
    if (place.position == 0) return false;
    const Inst& def = sums_.Insts(place.block)[place.position - 1];
    if (def.op != Op::kMadWide && def.op != Op::kMad) return false;
    const std::span<const Operand> s = m_.Srcs(def);
    const auto varies = [&](Operand o) { return o.IsReg() ? sums_.Varies(o.index, use.block) : 0; };
    return varies(s[2]) > std::max(varies(s[0]), varies(s[1]));
  }

  // A 64-bit multiplication that one of 32 bits to 64 replaces.
  static bool HasWideProduct(const AddressSum& sum) {
    for (const AddressTerm& t : sum.terms) {
      if (t.kind == TermKind::kSignedWide) return true;
    }
    return false;
  }
  // Whether some of the sum changes less often than the rest.
  bool HasHoistable(const Access& a) const {
    if (sums_.cfg().LoopOf(a.at.block) == ir::kUnreachable || a.sum.terms.size() < 2) return false;
    uint32_t least = UINT32_MAX, most = 0;
    for (const AddressTerm& t : a.sum.terms) {
      const uint32_t v = sums_.Varies(t, a.at.block);
      least = std::min(least, v);
      most = std::max(most, v);
    }
    return least != most;
  }

  // (k + 1) + 1 -> k + 2: the counters and pointers of an unrolled body.
  bool JoinSteps(Body& body, Inst& inst, Place at) {
    if (inst.op != Op::kAdd || !ir::IsInteger(inst.type) || inst.sat) return false;
    const bool wide = ir::IsWide(inst.type);
    if (!wide && ir::BytesOf(inst.type) != 4) return false;
    const Operand dst = m_.Dsts(inst)[0], from = m_.Srcs(inst)[0], by = m_.Srcs(inst)[1];
    if (!from.IsReg() || !by.IsImm()) return false;
    const AddressSum sum = wide ? sums_.Wide(from, at) : sums_.Modular(from, at);
    if (sum.terms.size() != 1 || sum.constant == 0) return false;
    const AddressTerm& t = sum.terms[0];
    if (t.b != ir::kUnreachable || t.coefficient != 1) return false;
    if (t.kind != (wide ? TermKind::kWide : TermKind::k32)) return false;
    const uint64_t total = static_cast<uint64_t>(sum.constant) + m_.ImmBits(by);
    const Operand bits = m_.Imm(wide ? total : static_cast<uint32_t>(total));
    inst = body.WithOperands(inst, {dst}, {Operand::Reg(ir::RegId(t.a)), bits});
    return true;
  }

  bool Rewrite() {
    bool changed = false;
    Body body(m_, function_);
    size_t next = 0;
    for (const uint32_t b : sums_.cfg().order()) {
      std::vector<Inst> out;
      out.reserve(body.blocks[b].insts.size());
      uint32_t position = 0;
      for (const Inst& original : body.blocks[b].insts) {
        ++position;
        Inst inst = original;
        if (next < accesses_.size() && accesses_[next].at.block == b &&
            accesses_[next].at.position == position) {
          const Access& a = accesses_[next++];
          if (a.rewrite && AddressSums::Encodes(a.sum, inst.offset)) {
            const Operand base = sums_.Emit(body, a.sum, b, inst.loc, out);
            std::vector<Operand> srcs(m_.Srcs(inst).begin(), m_.Srcs(inst).end());
            const std::vector<Operand> dsts(m_.Dsts(inst).begin(), m_.Dsts(inst).end());
            srcs[0] = base;
            inst = body.WithOperands(inst, dsts, srcs);
            inst.offset += static_cast<int32_t>(a.sum.constant);
            changed = true;
          }
        }
        changed |= JoinSteps(body, inst, {b, position});
        out.push_back(inst);
      }
      body.blocks[b].insts = std::move(out);
    }
    if (changed) body.Write();
    return changed;
  }

  ir::Module& m_;
  const ir::FunctionId function_;
  AddressSums sums_;
  std::vector<Access> accesses_;
};

}  // namespace

bool SplitAddresses(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  return Splitter(module, function).Run();
}

}  // namespace ws::pass
