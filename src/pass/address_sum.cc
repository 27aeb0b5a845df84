#include "pass/address_sum.h"

#include <algorithm>

#include "ir/eval.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::Type;

constexpr int kMaxDepth = 24;

AddressSum Atom(TermKind kind, Operand o) {
  AddressSum sum;
  sum.terms.push_back({kind, o.index, ir::kUnreachable, 1});
  return sum;
}
// Of two sums, each of single registers of one kind; `wide` says how products are kept.
AddressSum Product(const AddressSum& x, const AddressSum& y, TermKind kind) {
  AddressSum out;
  out.ok = x.ok && y.ok;
  out.constant = x.constant * y.constant;
  for (const AddressSum* s : {&x, &y}) {
    const int64_t factor = s == &x ? y.constant : x.constant;
    for (AddressTerm t : s->terms) {
      t.coefficient *= factor;
      out.Add(t);
    }
  }
  for (const AddressTerm& s : x.terms) {
    for (const AddressTerm& t : y.terms) {
      const bool plain = s.b == ir::kUnreachable && t.b == ir::kUnreachable && s.kind == t.kind &&
                         (s.kind == TermKind::kSigned || s.kind == TermKind::k32);
      if (!plain) {
        out.ok = false;
        return out;
      }
      out.Add({kind, std::min(s.a, t.a), std::max(s.a, t.a), s.coefficient * t.coefficient});
    }
  }
  return out;
}
AddressSum OrAtom(AddressSum sum, TermKind kind, Operand o) { return sum.ok ? sum : Atom(kind, o); }

uint64_t Log2(uint64_t c) {
  uint64_t n = 0;
  while (c >> n != 1) ++n;
  return n;
}

}  // namespace

AddressSums::AddressSums(ir::Module& module, ir::FunctionId function)
    : m_(module),
      function_(function),
      cfg_(module, function),
      defs_(module, function),
      places_(F().num_regs) {
  for (const uint32_t b : cfg_.order()) {
    uint32_t position = 0;
    for (const Inst& inst : Insts(b)) {
      ++position;
      for (const Operand o : m_.Dsts(inst)) {
        if (!defs_.Single(o.index)) places_[o.index].push_back({b, position});
      }
    }
  }
}

AddressSum AddressSums::OfAccess(const Inst& access, Place use) {
  use_ = use;
  const Operand base = m_.Srcs(access)[0];
  AddressSum sum;
  if (!base.IsReg()) {
    sum.ok = false;
    return sum;
  }
  const bool wide = ir::IsWide(m_.RegType(F(), base.reg()));
  sum = wide ? Wide(base, 0) : Modular(base, 0);
  // Vector accesses of shared memory widen a 32-bit address.
  const std::vector<AddressTerm>& terms = sum.terms;
  if (wide && access.space == ir::Space::kShared && sum.constant == 0 && terms.size() == 1 &&
      terms[0].Key() == std::tuple(TermKind::kUnsigned, terms[0].a, ir::kUnreachable) &&
      terms[0].coefficient == 1) {
    sum = Modular(Operand::Reg(ir::RegId(terms[0].a)), 0);
  }
  std::sort(sum.terms.begin(), sum.terms.end(),
            [](const AddressTerm& x, const AddressTerm& y) { return x.Key() < y.Key(); });
  return sum;
}

AddressSum AddressSums::Wide(Operand o, Place use) {
  use_ = use;
  return Wide(o, 0);
}

AddressSum AddressSums::Modular(Operand o, Place use) {
  use_ = use;
  return Modular(o, 0);
}

// Whether a register that holds a value at place `from`, which dominates the use, still holds it
// at the use. Writes that `from` does not dominate come before it on every way; one it does must
// be followed by the loop's header, and so by `from`, before the use.
bool AddressSums::Stable(Operand o, Place from) const {
  if (!o.IsReg() || defs_.Single(o.index)) return true;
  for (const Place& w : places_[o.index]) {
    const bool before =
        w.block == from.block ? w.position <= from.position : !cfg_.Dominates(from.block, w.block);
    if (before) continue;
    const uint32_t l = cfg_.LoopOf(from.block);
    if (l == ir::kUnreachable) return false;
    const ir::Loop& loop = cfg_.loops()[l];
    if (loop.latches.size() != 1 || loop.latches[0] != w.block ||
        ir::SuccessorsOf(m_, F(), w.block).count != 1) {
      return false;
    }
    if (std::find(loop.blocks.begin(), loop.blocks.end(), use_.block) == loop.blocks.end()) {
      return false;
    }
    if (use_.block == w.block && use_.position > w.position) return false;
  }
  return true;
}
// The instruction that defines `o`, if what it reads still holds at the use.
const Inst* AddressSums::DefOf(Operand o, int depth) const {
  if (!o.IsReg() || depth > kMaxDepth) return nullptr;
  if (!defs_.Reaches(cfg_, o.index, use_.block, use_.position)) return nullptr;
  const Defs::Place& p = defs_.regs[o.index];
  if (p.position == 0) return nullptr;
  const Inst& def = Insts(p.block)[p.position - 1];
  if (def.sat || def.num_dsts != 1) return nullptr;
  for (const Operand s : m_.Srcs(def)) {
    if (!Stable(s, {p.block, p.position})) return nullptr;
  }
  return &def;
}

AddressSum AddressSums::Wide(Operand o, int depth) {
  AddressSum sum;
  if (o.IsImm()) {
    sum.constant = Bits(o);
    return sum;
  }
  if (!o.IsReg()) {
    sum.ok = false;
    return sum;
  }
  const Inst* def = DefOf(o, depth);
  if (def == nullptr) return Atom(TermKind::kWide, o);
  const std::span<const Operand> s = m_.Srcs(*def);
  const bool wide = ir::IsWide(def->type) && ir::IsInteger(def->type);
  const bool from_s32 = def->type == Type::kS32;
  switch (def->op) {
    case Op::kMov:
      if (!wide || (!s[0].IsReg() && !s[0].IsImm())) return Atom(TermKind::kWide, o);
      return Wide(s[0], depth + 1);
    case Op::kAdd:
    case Op::kSub:
      if (!wide) return Atom(TermKind::kWide, o);
      sum = Wide(s[0], depth + 1);
      sum.Add(Wide(s[1], depth + 1), def->op == Op::kAdd ? 1 : -1);
      break;
    case Op::kShl:
      if (!wide || !s[1].IsImm() || m_.ImmBits(s[1]) > 31) return Atom(TermKind::kWide, o);
      sum.Add(Wide(s[0], depth + 1), int64_t{1} << m_.ImmBits(s[1]));
      break;
    case Op::kMul:
    case Op::kMad:
      if (!wide) return Atom(TermKind::kWide, o);
      sum = Product(Wide(s[0], depth + 1), Wide(s[1], depth + 1), TermKind::kSignedWide);
      if (def->op == Op::kMad) sum.Add(Wide(s[2], depth + 1), 1);
      break;
    case Op::kMulWide:
    case Op::kMadWide:
      if (from_s32) {
        sum = Product(Narrow(s[0], depth + 1), Narrow(s[1], depth + 1), TermKind::kSignedWide);
      } else if (def->type == Type::kU32 && s[0].IsReg() && s[1].IsImm()) {
        sum.Add(Atom(TermKind::kUnsigned, s[0]), static_cast<uint32_t>(m_.ImmBits(s[1])));
      } else {
        return Atom(TermKind::kWide, o);
      }
      if (def->op == Op::kMadWide) sum.Add(Wide(s[2], depth + 1), 1);
      break;
    case Op::kCvt:
      if (!wide || !s[0].IsReg()) return Atom(TermKind::kWide, o);
      if (def->src_type == Type::kS32) return Narrow(s[0], depth + 1);
      if (def->src_type == Type::kU32) return Atom(TermKind::kUnsigned, s[0]);
      return Atom(TermKind::kWide, o);
    default:
      return Atom(TermKind::kWide, o);
  }
  return OrAtom(std::move(sum), TermKind::kWide, o);
}

// A 32-bit value, extended by sign.
AddressSum AddressSums::Narrow(Operand o, int depth) {
  AddressSum sum;
  if (o.IsImm()) {
    sum.constant = Signed32(o);
    return sum;
  }
  const Inst* def = DefOf(o, depth);
  if (def == nullptr || def->type != Type::kS32) return Atom(TermKind::kSigned, o);
  const std::span<const Operand> s = m_.Srcs(*def);
  for (const Operand source : s) {
    if (!source.IsReg() && !source.IsImm()) return Atom(TermKind::kSigned, o);
  }
  switch (def->op) {
    case Op::kMov:
      return Narrow(s[0], depth + 1);
    case Op::kAdd:
    case Op::kSub:
      sum = Narrow(s[0], depth + 1);
      sum.Add(Narrow(s[1], depth + 1), def->op == Op::kAdd ? 1 : -1);
      break;
    case Op::kMul:
    case Op::kMad:
      sum = Product(Narrow(s[0], depth + 1), Narrow(s[1], depth + 1), TermKind::kSigned);
      if (def->op == Op::kMad) sum.Add(Narrow(s[2], depth + 1), 1);
      break;
    default:
      return Atom(TermKind::kSigned, o);
  }
  return OrAtom(std::move(sum), TermKind::kSigned, o);
}

// A 32-bit address: sums wrap.
AddressSum AddressSums::Modular(Operand o, int depth) {
  AddressSum sum;
  if (o.IsImm()) {
    sum.constant = Signed32(o);
    return sum;
  }
  const Inst* def = DefOf(o, depth);
  if (def == nullptr || ir::BytesOf(def->type) != 4 || !ir::IsInteger(def->type)) {
    return Atom(TermKind::k32, o);
  }
  const std::span<const Operand> s = m_.Srcs(*def);
  for (const Operand source : s) {
    if (!source.IsReg() && !source.IsImm()) return Atom(TermKind::k32, o);
  }
  switch (def->op) {
    case Op::kMov:
      return Modular(s[0], depth + 1);
    case Op::kAdd:
    case Op::kSub:
      sum = Modular(s[0], depth + 1);
      sum.Add(Modular(s[1], depth + 1), def->op == Op::kAdd ? 1 : -1);
      break;
    case Op::kShl:
      if (!s[1].IsImm() || m_.ImmBits(s[1]) > 30) return Atom(TermKind::k32, o);
      sum.Add(Modular(s[0], depth + 1), int64_t{1} << m_.ImmBits(s[1]));
      break;
    case Op::kMul:
    case Op::kMad:
      sum = Product(Modular(s[0], depth + 1), Modular(s[1], depth + 1), TermKind::k32);
      if (def->op == Op::kMad) sum.Add(Modular(s[2], depth + 1), 1);
      break;
    default:
      return Atom(TermKind::k32, o);
  }
  return OrAtom(std::move(sum), TermKind::k32, o);
}

uint32_t AddressSums::Varies(uint32_t reg, uint32_t block) const {
  for (uint32_t l = cfg_.LoopOf(block); l != ir::kUnreachable; l = cfg_.loops()[l].parent) {
    const ir::Loop& loop = cfg_.loops()[l];
    const auto inside = [&](uint32_t b) {
      return std::find(loop.blocks.begin(), loop.blocks.end(), b) != loop.blocks.end();
    };
    if (defs_.Single(reg)) {
      if (defs_.regs[reg].position != 0 && inside(defs_.regs[reg].block)) return loop.depth;
      continue;
    }
    for (const Place& w : places_[reg]) {
      if (inside(w.block)) return loop.depth;
    }
  }
  return 0;
}
uint32_t AddressSums::Varies(const AddressTerm& t, uint32_t block) const {
  const uint32_t a = Varies(t.a, block);
  return t.b == ir::kUnreachable ? a : std::max(a, Varies(t.b, block));
}

Operand AddressSums::Emit(Body& body, const AddressSum& sum, uint32_t block, diag::Loc loc,
                          std::vector<Inst>& out) const {
  std::vector<std::pair<uint32_t, AddressTerm>> terms;
  for (const AddressTerm& t : sum.terms) terms.emplace_back(Varies(t, block), t);
  std::sort(terms.begin(), terms.end(), [](const auto& x, const auto& y) {
    return x.first != y.first ? x.first < y.first : x.second.Key() < y.second.Key();
  });
  Operand total;
  const auto emit = [&](Op op, Type type, Type result, std::initializer_list<Operand> srcs) {
    Inst inst;
    inst.op = op;
    inst.type = type;
    inst.loc = loc;
    const Operand dst = Operand::Reg(body.NewReg(result));
    out.push_back(body.WithOperands(inst, {dst}, srcs));
    return dst;
  };
  const auto add = [&](Operand value, Type type) {
    total = total.IsReg() ? emit(Op::kAdd, type, type, {total, value}) : value;
  };
  for (const auto& [varies, t] : terms) {
    Operand value = Operand::Reg(ir::RegId(t.a));
    const Operand other = Operand::Reg(ir::RegId(t.b));
    const bool product = t.b != ir::kUnreachable;
    const Operand factor = m_.Imm(static_cast<uint64_t>(t.coefficient));
    const Operand factor32 = m_.Imm(static_cast<uint32_t>(t.coefficient));
    switch (t.kind) {
      case TermKind::kWide:
      case TermKind::kSignedWide:
        if (t.kind == TermKind::kSignedWide) {
          if (t.coefficient == 1 && total.IsReg()) {
            total = emit(Op::kMadWide, Type::kS32, Type::kU64, {value, other, total});
            break;
          }
          value = emit(Op::kMulWide, Type::kS32, Type::kU64, {value, other});
        }
        if (t.coefficient != 1) {
          const uint64_t c = static_cast<uint64_t>(t.coefficient);
          if ((c & (c - 1)) == 0 && total.IsReg()) {  // a shifted addition, one or two LEA
            total = emit(Op::kMad, Type::kU64, Type::kU64, {value, factor, total});
            break;
          }
          value = (c & (c - 1)) == 0
                      ? emit(Op::kShl, Type::kB64, Type::kU64, {value, m_.Imm(Log2(c))})
                      : emit(Op::kMul, Type::kU64, Type::kU64, {value, factor});
        }
        add(value, Type::kU64);
        break;
      case TermKind::kSigned:
      case TermKind::kUnsigned: {
        const Type type = t.kind == TermKind::kSigned ? Type::kS32 : Type::kU32;
        if (product) value = emit(Op::kMul, type, type, {value, other});
        total = total.IsReg() ? emit(Op::kMadWide, type, Type::kU64, {value, factor32, total})
                              : emit(Op::kMulWide, type, Type::kU64, {value, factor32});
        break;
      }
      case TermKind::k32:
        if (product) value = emit(Op::kMul, Type::kU32, Type::kU32, {value, other});
        if (t.coefficient == 1) {
          add(value, Type::kU32);
        } else if (total.IsReg()) {
          total = emit(Op::kMad, Type::kU32, Type::kU32, {value, factor32, total});
        } else {
          total = emit(Op::kMul, Type::kU32, Type::kU32, {value, factor32});
        }
        break;
    }
  }
  return total;
}

bool AddressSums::Encodes(const AddressSum& sum, int32_t offset) {
  const int64_t total = sum.constant + offset;
  if (sum.terms.empty() || total < -(1 << 23) || total >= (1 << 23)) return false;
  for (const AddressTerm& t : sum.terms) {
    if (t.kind == TermKind::kSigned && t.coefficient != static_cast<int32_t>(t.coefficient)) {
      return false;
    }
    if (t.kind == TermKind::kUnsigned && t.coefficient != static_cast<uint32_t>(t.coefficient)) {
      return false;
    }
  }
  return true;
}

}  // namespace ws::pass
