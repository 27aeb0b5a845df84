#include "pass/affine.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "ir/eval.h"
#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::Type;

constexpr size_t kMaxTerms = 6;
constexpr int kMaxDepth = 24;

// How a register enters a sum: a 64-bit register, a 32-bit one extended by sign or with zeros, the
// 64-bit product of two extended by sign, or a 32-bit register in a 32-bit sum.
enum class Kind : uint8_t { kWide, kSigned, kUnsigned, kSignedWide, k32 };

struct Term {
  Kind kind = Kind::kWide;
  uint32_t a = 0;
  uint32_t b = ir::kUnreachable;  // the other factor, if any; a <= b
  int64_t coefficient = 1;

  auto Key() const { return std::tuple(kind, a, b); }
};
struct Sum {
  bool ok = true;
  int64_t constant = 0;
  std::vector<Term> terms;  // by Key

  void Add(const Term& term) {
    for (Term& t : terms) {
      if (t.Key() != term.Key()) continue;
      t.coefficient += term.coefficient;
      if (t.coefficient == 0) terms.erase(terms.begin() + (&t - terms.data()));
      return;
    }
    if (term.coefficient != 0) terms.push_back(term);
    if (terms.size() > kMaxTerms) ok = false;
  }
  void Add(const Sum& other, int64_t times) {
    ok = ok && other.ok;
    constant += other.constant * times;
    for (Term t : other.terms) {
      t.coefficient *= times;
      Add(t);
    }
  }
};

class Splitter {
 public:
  Splitter(ir::Module& module, ir::FunctionId function)
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

  bool Run() {
    Collect();
    std::map<std::vector<std::tuple<Kind, uint32_t, uint32_t, int64_t>>, std::pair<int, int64_t>>
        same;  // how many accesses share the terms, and the first one's constant
    for (Access& a : accesses_) {
      auto& [count, constant] = same.try_emplace(KeyOf(a.sum), 0, a.sum.constant).first->second;
      if (count == 0 || constant != a.sum.constant) ++count;
    }
    bool any = false;
    for (Access& a : accesses_) {
      a.rewrite = a.sum.constant != 0 || same[KeyOf(a.sum)].first > 1 || HasHoistable(a) ||
                  HasWideProduct(a.sum);
      any |= a.rewrite;
    }
    if (!any) return false;
    Rewrite();
    return true;
  }

 private:
  struct Place {
    uint32_t block, position;
  };
  struct Access {
    Place at;
    Sum sum;
    bool rewrite = false;
  };

  const ir::Function& F() const { return m_.functions[function_.index]; }
  std::span<const Inst> Insts(uint32_t b) const { return m_.Insts(m_.blocks[F().first_block + b]); }
  static std::vector<std::tuple<Kind, uint32_t, uint32_t, int64_t>> KeyOf(const Sum& sum) {
    std::vector<std::tuple<Kind, uint32_t, uint32_t, int64_t>> key;
    for (const Term& t : sum.terms) key.emplace_back(t.kind, t.a, t.b, t.coefficient);
    return key;
  }

  static bool IsMemory(const Inst& inst) {
    const ir::Effect e = ir::InfoOf(inst.op).effect;
    return (e == ir::Effect::Load || e == ir::Effect::Store || e == ir::Effect::Atomic) &&
           inst.space != ir::Space::kParam;
  }

  void Collect() {
    for (const uint32_t b : cfg_.order()) {
      uint32_t position = 0;
      for (const Inst& inst : Insts(b)) {
        ++position;
        if (!IsMemory(inst) || !m_.Srcs(inst)[0].IsReg()) continue;
        use_ = {b, position};
        const Operand base = m_.Srcs(inst)[0];
        const bool wide = ir::IsWide(m_.RegType(F(), base.reg()));
        Access access{use_, wide ? Wide(base, 0) : Modular(base, 0), false};
        // Vector accesses of shared memory widen a 32-bit address.
        const std::vector<Term>& terms = access.sum.terms;
        if (wide && inst.space == ir::Space::kShared && access.sum.constant == 0 &&
            terms.size() == 1 &&
            terms[0].Key() == std::tuple(Kind::kUnsigned, terms[0].a, ir::kUnreachable) &&
            terms[0].coefficient == 1) {
          access.sum = Modular(Operand::Reg(ir::RegId(terms[0].a)), 0);
        }
        if (!access.sum.ok) continue;
        std::sort(access.sum.terms.begin(), access.sum.terms.end(),
                  [](const Term& x, const Term& y) { return x.Key() < y.Key(); });
        accesses_.push_back(std::move(access));
      }
    }
  }

  // Whether a register that holds a value at place `from`, which dominates the use, still holds it
  // at the use. Writes that `from` does not dominate come before it on every way; one it does must
  // be followed by the loop's header, and so by `from`, before the use.
  bool Stable(Operand o, Place from) const {
    if (!o.IsReg() || defs_.Single(o.index)) return true;
    for (const Place& w : places_[o.index]) {
      const bool before = w.block == from.block ? w.position <= from.position
                                                : !cfg_.Dominates(from.block, w.block);
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
  const Inst* DefOf(Operand o, int depth) const {
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

  static Sum Atom(Kind kind, Operand o) {
    Sum sum;
    sum.terms.push_back({kind, o.index, ir::kUnreachable, 1});
    return sum;
  }
  int64_t Bits(Operand o) const { return static_cast<int64_t>(m_.ImmBits(o)); }
  int64_t Signed32(Operand o) const {
    return static_cast<int32_t>(static_cast<uint32_t>(m_.ImmBits(o)));
  }
  // Of two sums, each of single registers of one kind; `wide` says how products are kept.
  static Sum Product(const Sum& x, const Sum& y, Kind kind) {
    Sum out;
    out.ok = x.ok && y.ok;
    out.constant = x.constant * y.constant;
    for (const Sum* s : {&x, &y}) {
      const int64_t factor = s == &x ? y.constant : x.constant;
      for (Term t : s->terms) {
        t.coefficient *= factor;
        out.Add(t);
      }
    }
    for (const Term& s : x.terms) {
      for (const Term& t : y.terms) {
        const bool plain = s.b == ir::kUnreachable && t.b == ir::kUnreachable && s.kind == t.kind &&
                           (s.kind == Kind::kSigned || s.kind == Kind::k32);
        if (!plain) {
          out.ok = false;
          return out;
        }
        out.Add({kind, std::min(s.a, t.a), std::max(s.a, t.a), s.coefficient * t.coefficient});
      }
    }
    return out;
  }
  static Sum OrAtom(Sum sum, Kind kind, Operand o) { return sum.ok ? sum : Atom(kind, o); }

  Sum Wide(Operand o, int depth) {
    Sum sum;
    if (o.IsImm()) {
      sum.constant = Bits(o);
      return sum;
    }
    if (!o.IsReg()) {
      sum.ok = false;
      return sum;
    }
    const Inst* def = DefOf(o, depth);
    if (def == nullptr) return Atom(Kind::kWide, o);
    const std::span<const Operand> s = m_.Srcs(*def);
    const bool wide = ir::IsWide(def->type) && ir::IsInteger(def->type);
    const bool from_s32 = def->type == Type::kS32;
    switch (def->op) {
      case Op::kMov:
        if (!wide || (!s[0].IsReg() && !s[0].IsImm())) return Atom(Kind::kWide, o);
        return Wide(s[0], depth + 1);
      case Op::kAdd:
      case Op::kSub:
        if (!wide) return Atom(Kind::kWide, o);
        sum = Wide(s[0], depth + 1);
        sum.Add(Wide(s[1], depth + 1), def->op == Op::kAdd ? 1 : -1);
        break;
      case Op::kShl:
        if (!wide || !s[1].IsImm() || m_.ImmBits(s[1]) > 31) return Atom(Kind::kWide, o);
        sum.Add(Wide(s[0], depth + 1), int64_t{1} << m_.ImmBits(s[1]));
        break;
      case Op::kMul:
      case Op::kMad:
        if (!wide) return Atom(Kind::kWide, o);
        sum = Product(Wide(s[0], depth + 1), Wide(s[1], depth + 1), Kind::kSignedWide);
        if (def->op == Op::kMad) sum.Add(Wide(s[2], depth + 1), 1);
        break;
      case Op::kMulWide:
      case Op::kMadWide:
        if (from_s32) {
          sum = Product(Narrow(s[0], depth + 1), Narrow(s[1], depth + 1), Kind::kSignedWide);
        } else if (def->type == Type::kU32 && s[0].IsReg() && s[1].IsImm()) {
          sum.Add(Atom(Kind::kUnsigned, s[0]), static_cast<uint32_t>(m_.ImmBits(s[1])));
        } else {
          return Atom(Kind::kWide, o);
        }
        if (def->op == Op::kMadWide) sum.Add(Wide(s[2], depth + 1), 1);
        break;
      case Op::kCvt:
        if (!wide || !s[0].IsReg()) return Atom(Kind::kWide, o);
        if (def->src_type == Type::kS32) return Narrow(s[0], depth + 1);
        if (def->src_type == Type::kU32) return Atom(Kind::kUnsigned, s[0]);
        return Atom(Kind::kWide, o);
      default:
        return Atom(Kind::kWide, o);
    }
    return OrAtom(std::move(sum), Kind::kWide, o);
  }

  // A 32-bit value, extended by sign.
  Sum Narrow(Operand o, int depth) {
    Sum sum;
    if (o.IsImm()) {
      sum.constant = Signed32(o);
      return sum;
    }
    const Inst* def = DefOf(o, depth);
    if (def == nullptr || def->type != Type::kS32) return Atom(Kind::kSigned, o);
    const std::span<const Operand> s = m_.Srcs(*def);
    for (const Operand source : s) {
      if (!source.IsReg() && !source.IsImm()) return Atom(Kind::kSigned, o);
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
        sum = Product(Narrow(s[0], depth + 1), Narrow(s[1], depth + 1), Kind::kSigned);
        if (def->op == Op::kMad) sum.Add(Narrow(s[2], depth + 1), 1);
        break;
      default:
        return Atom(Kind::kSigned, o);
    }
    return OrAtom(std::move(sum), Kind::kSigned, o);
  }

  // A 32-bit address: sums wrap.
  Sum Modular(Operand o, int depth) {
    Sum sum;
    if (o.IsImm()) {
      sum.constant = Signed32(o);
      return sum;
    }
    const Inst* def = DefOf(o, depth);
    if (def == nullptr || ir::BytesOf(def->type) != 4 || !ir::IsInteger(def->type)) {
      return Atom(Kind::k32, o);
    }
    const std::span<const Operand> s = m_.Srcs(*def);
    for (const Operand source : s) {
      if (!source.IsReg() && !source.IsImm()) return Atom(Kind::k32, o);
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
        if (!s[1].IsImm() || m_.ImmBits(s[1]) > 30) return Atom(Kind::k32, o);
        sum.Add(Modular(s[0], depth + 1), int64_t{1} << m_.ImmBits(s[1]));
        break;
      case Op::kMul:
      case Op::kMad:
        sum = Product(Modular(s[0], depth + 1), Modular(s[1], depth + 1), Kind::k32);
        if (def->op == Op::kMad) sum.Add(Modular(s[2], depth + 1), 1);
        break;
      default:
        return Atom(Kind::k32, o);
    }
    return OrAtom(std::move(sum), Kind::k32, o);
  }

  // The depth of the innermost loop around `block` that changes the register; 0 if none does.
  uint32_t Varies(uint32_t reg, uint32_t block) const {
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
  uint32_t Varies(const Term& t, uint32_t block) const {
    const uint32_t a = Varies(t.a, block);
    return t.b == ir::kUnreachable ? a : std::max(a, Varies(t.b, block));
  }
  // A 64-bit multiplication that one of 32 bits to 64 replaces.
  static bool HasWideProduct(const Sum& sum) {
    for (const Term& t : sum.terms) {
      if (t.kind == Kind::kSignedWide) return true;
    }
    return false;
  }
  // Whether some of the sum changes less often than the rest.
  bool HasHoistable(const Access& a) const {
    if (cfg_.LoopOf(a.at.block) == ir::kUnreachable || a.sum.terms.size() < 2) return false;
    uint32_t least = UINT32_MAX, most = 0;
    for (const Term& t : a.sum.terms) {
      const uint32_t v = Varies(t, a.at.block);
      least = std::min(least, v);
      most = std::max(most, v);
    }
    return least != most;
  }

  // The sum's value without its constant, in instructions added to `out`.
  Operand Emit(Body& body, const Sum& sum, uint32_t block, diag::Loc loc, std::vector<Inst>& out) {
    std::vector<std::pair<uint32_t, Term>> terms;
    for (const Term& t : sum.terms) terms.emplace_back(Varies(t, block), t);
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
        case Kind::kWide:
        case Kind::kSignedWide:
          if (t.kind == Kind::kSignedWide) {
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
        case Kind::kSigned:
        case Kind::kUnsigned: {
          const Type type = t.kind == Kind::kSigned ? Type::kS32 : Type::kU32;
          if (product) value = emit(Op::kMul, type, type, {value, other});
          total = total.IsReg() ? emit(Op::kMadWide, type, Type::kU64, {value, factor32, total})
                                : emit(Op::kMulWide, type, Type::kU64, {value, factor32});
          break;
        }
        case Kind::k32:
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
  static uint64_t Log2(uint64_t c) {
    uint64_t n = 0;
    while (c >> n != 1) ++n;
    return n;
  }
  static bool Encodes(const Sum& sum, int32_t offset) {
    const int64_t total = sum.constant + offset;
    if (sum.terms.empty() || total < -(1 << 23) || total >= (1 << 23)) return false;
    for (const Term& t : sum.terms) {
      if (t.kind == Kind::kSigned && t.coefficient != static_cast<int32_t>(t.coefficient)) {
        return false;
      }
      if (t.kind == Kind::kUnsigned && t.coefficient != static_cast<uint32_t>(t.coefficient)) {
        return false;
      }
    }
    return true;
  }

  // (k + 1) + 1 -> k + 2: the counters of an unrolled body.
  void JoinSteps(Body& body, Inst& inst) {
    const bool integer = ir::IsInteger(inst.type) && ir::BytesOf(inst.type) == 4;
    if (inst.op != Op::kAdd || !integer || inst.sat) return;
    const Operand dst = m_.Dsts(inst)[0], from = m_.Srcs(inst)[0], by = m_.Srcs(inst)[1];
    if (!from.IsReg() || !by.IsImm()) return;
    const Sum sum = Modular(from, 0);
    if (sum.terms.size() != 1 || sum.constant == 0) return;
    const Term& t = sum.terms[0];
    if (t.b != ir::kUnreachable || t.coefficient != 1) return;
    const uint64_t total = static_cast<uint32_t>(sum.constant + Signed32(by));
    inst = body.WithOperands(inst, {dst}, {Operand::Reg(ir::RegId(t.a)), m_.Imm(total)});
  }

  void Rewrite() {
    Body body(m_, function_);
    size_t next = 0;
    for (const uint32_t b : cfg_.order()) {
      std::vector<Inst> out;
      out.reserve(body.blocks[b].insts.size());
      uint32_t position = 0;
      for (const Inst& original : body.blocks[b].insts) {
        ++position;
        Inst inst = original;
        if (next < accesses_.size() && accesses_[next].at.block == b &&
            accesses_[next].at.position == position) {
          const Access& a = accesses_[next++];
          if (a.rewrite && Encodes(a.sum, inst.offset)) {
            const Operand base = Emit(body, a.sum, b, inst.loc, out);
            std::vector<Operand> srcs(m_.Srcs(inst).begin(), m_.Srcs(inst).end());
            const std::vector<Operand> dsts(m_.Dsts(inst).begin(), m_.Dsts(inst).end());
            srcs[0] = base;
            inst = body.WithOperands(inst, dsts, srcs);
            inst.offset += static_cast<int32_t>(a.sum.constant);
          }
        }
        use_ = {b, position};
        JoinSteps(body, inst);
        out.push_back(inst);
      }
      body.blocks[b].insts = std::move(out);
    }
    body.Write();
  }

  ir::Module& m_;
  const ir::FunctionId function_;
  const ir::Cfg cfg_;
  const Defs defs_;
  std::vector<std::vector<Place>> places_;  // writes of registers written more than once
  Place use_ = {0, 0};
  std::vector<Access> accesses_;
};

}  // namespace

bool SplitAddresses(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  return Splitter(module, function).Run();
}

}  // namespace ws::pass
