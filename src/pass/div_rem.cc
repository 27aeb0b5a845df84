#include "pass/div_rem.h"

#include <map>
#include <tuple>

#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;

// Type, dividend and divisor; constants by value.
using Key = std::tuple<ir::Type, bool, uint64_t, bool, uint64_t>;

bool IsCandidate(const Inst& inst) {
  return (inst.op == Op::kDiv || inst.op == Op::kRem) && ir::IsInteger(inst.type) &&
         ir::BytesOf(inst.type) == 4 && !inst.guard.valid();
}

}  // namespace

bool PairDivisions(ir::Module& module, ir::FunctionId function) {
  const ir::Function& f = module.functions[function.index];
  const auto value = [&](Operand o) { return o.IsImm() ? module.ImmBits(o) : uint64_t{o.index}; };
  const auto key_of = [&](const Inst& inst) {
    const Operand a = module.Srcs(inst)[0], b = module.Srcs(inst)[1];
    return Key(inst.type, a.IsImm(), value(a), b.IsImm(), value(b));
  };
  // Which blocks hold both of a pair.
  bool any = false;
  for (const ir::Block& block : module.Blocks(f)) {
    bool div = false, rem = false;
    for (const Inst& inst : module.Insts(block)) {
      div |= IsCandidate(inst) && inst.op == Op::kDiv;
      rem |= IsCandidate(inst) && inst.op == Op::kRem;
    }
    any |= div && rem;
  }
  if (!any) return false;
  Body body(module, function);
  bool changed = false;
  for (Body::BlockBody& block : body.blocks) {
    struct Pair {
      bool div = false, rem = false;
      Operand quotient;  // the register that holds it, while it does
    };
    // The n-th writing of a register starts new pairs.
    std::map<std::pair<Key, std::pair<uint32_t, uint32_t>>, Pair> pairs;
    std::map<uint32_t, uint32_t> version;
    const auto stamp = [&](const Inst& inst, uint32_t i) {
      const Operand o = module.Srcs(inst)[i];
      return o.IsReg() && version.count(o.index) != 0 ? version[o.index] : 0u;
    };
    for (const bool rewrite : {false, true}) {
      version.clear();
      std::vector<Inst> out;
      for (Inst inst : block.insts) {
        if (IsCandidate(inst)) {
          Pair& pair = pairs[{key_of(inst), {stamp(inst, 0), stamp(inst, 1)}}];
          if (!rewrite) {
            (inst.op == Op::kDiv ? pair.div : pair.rem) = true;
          } else if (pair.div && pair.rem) {
            changed = true;
            const Operand dst = module.Dsts(inst)[0];
            const Operand a = module.Srcs(inst)[0], b = module.Srcs(inst)[1];
            if (!pair.quotient.IsReg()) {
              Inst div = inst;
              div.op = Op::kDiv;
              pair.quotient = Operand::Reg(body.NewReg(inst.type));
              out.push_back(body.WithOperands(div, {pair.quotient}, {a, b}));
            }
            Inst rest = inst;
            if (inst.op == Op::kDiv) {
              rest.op = Op::kMov;
              inst = body.WithOperands(rest, {dst}, {pair.quotient});
            } else {
              Operand minus;
              if (b.IsImm()) {
                minus = module.Imm(static_cast<uint32_t>(-module.ImmBits(b)));
              } else {
                minus = Operand::Reg(body.NewReg(inst.type));
                rest.op = Op::kNeg;
                rest.type = ir::Type::kS32;
                out.push_back(body.WithOperands(rest, {minus}, {b}));
              }
              rest.type = inst.type;
              rest.op = Op::kMad;
              inst = body.WithOperands(rest, {dst}, {pair.quotient, minus, a});
            }
          }
        }
        for (const Operand o : module.Dsts(inst)) ++version[o.index];
        out.push_back(inst);
      }
      if (rewrite) block.insts = std::move(out);
    }
  }
  if (changed) body.Write();
  return changed;
}

}  // namespace ws::pass
