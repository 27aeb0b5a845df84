// wmma (PTX ISA, "Warp-level matrix instructions: wmma"). Where the elements of a fragment lie is
// open there; here they lie as one or two mma of the same types have them, and wmma.mma becomes
// those. device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {
namespace {

constexpr uint32_t kMostRegs = 8;

// The product as mma makes it: m8n32k16 by its transpose.
struct Plan {
  bool known = false;
  bool transposed = false;
  uint32_t row_parts = 1, column_parts = 1;  // mma that make it
  MmaForm form;
};

WS_HD Plan PlanOf(uint32_t m, uint32_t n, uint32_t k, Type element) {
  Plan plan;
  const bool wide = (m == 16 && n == 16) || (m == 32 && n == 8) || (m == 8 && n == 32);
  const bool halves = element == Type::kF16 || element == Type::kBF16;
  const bool bytes = element == Type::kS8 || element == Type::kU8;
  const bool nibbles = element == Type::kS4 || element == Type::kU4;
  const bool small = m == 8 && n == 8;
  plan.known = (halves || bytes)        ? wide && k == 16
               : element == Type::kTF32 ? m == 16 && n == 16 && k == 8
               : element == Type::kF64  ? small && k == 4
               : nibbles                ? small && k == 32
               : element == Type::kB1   ? small && k == 128
                                        : false;
  plan.transposed = n == 32;
  const uint32_t rows = plan.transposed ? n : m, columns = plan.transposed ? m : n;
  plan.form.m = rows == 8 ? 8 : 16;
  plan.form.k = k;
  plan.form.a = plan.form.b = element;
  plan.row_parts = rows / plan.form.m;
  plan.column_parts = columns / 8;
  return plan;
}

// Registers that PTX has for a fragment; of halves more than their elements need.
WS_HD uint32_t RegsOfFragment(Type element, bool is_sum, uint32_t needed) {
  return element == Type::kF16 && !is_sum ? 8 : needed;
}

WS_HD Type RegisterType(Type element) {
  return element == Type::kF32 || element == Type::kF64 || element == Type::kS32 ? element
                                                                                 : Type::kB32;
}

}  // namespace

// One fragment: which elements of the matrix in memory its registers hold.
struct Reader::Fragment {
  char which;  // a, b or c, of wmma
  Plan plan;
  Type element;
  bool columns;  // in memory: column by column

  // By the mma that make the product.
  WS_HD char role() const {
    return which == 'c' || !plan.transposed ? which : which == 'a' ? 'b' : 'a';
  }
  WS_HD uint32_t RegsOfPart() const {
    MmaForm f = plan.form;
    f.c = element;
    return role() == 'a' ? f.a_regs() : role() == 'b' ? f.b_regs() : f.c_regs();
  }
  WS_HD uint32_t parts() const {
    return role() == 'a'   ? plan.row_parts
           : role() == 'b' ? plan.column_parts
                           : plan.row_parts * plan.column_parts;
  }
  WS_HD uint32_t needed() const { return parts() * RegsOfPart(); }
  WS_HD uint32_t regs() const { return RegsOfFragment(element, which == 'c', needed()); }
  // Whether the elements of a register lie side by side in memory.
  WS_HD bool IsDense() const {
    const bool along_rows = (role() != 'b') != plan.transposed;  // in wmma's matrix
    return PerRegister(element) == 1 || along_rows != columns;
  }
  WS_HD Element At(uint32_t lane, uint32_t r, uint32_t e) const {
    const uint32_t part = r / RegsOfPart(), within = r % RegsOfPart();
    Element at{};
    if (role() == 'a') {
      at = ElementOfA(plan.form, lane, within, e);
      at.row += part * plan.form.m;
    } else if (role() == 'b') {
      at = ElementOfB(plan.form, lane, within, e);
      at.column += part * 8;
    } else {
      at = ElementOfSum(plan.form, element, lane, within, e);
      at.row += part / plan.column_parts * plan.form.m;
      at.column += part % plan.column_parts * 8;
    }
    return plan.transposed ? Element{at.column, at.row} : at;
  }
};

WS_HD void Reader::NeedWholeWarp() {
  const Operand p = Operand::Reg(Temp(Type::kPred));
  Emit(Op::kVote, Type::kPred, {p}, {Imm(1), Imm(0xffffffff)}).sub =
      static_cast<uint8_t>(Vote::kAll);
}

// wmma.load.a.sync.aligned.layout.shape{.ss}.type r, [p]{, stride};
// wmma.store.d.sync.aligned.layout.shape{.ss}.type [p], r{, stride};
WS_HD void Reader::MoveFragment(bool loads, const Shape& shape) {
  Fragment f{};
  f.which = loads && Has(Mod::kA) ? 'a' : loads && Has(Mod::kB) ? 'b' : 'c';
  const bool named = f.which != 'c' || Has(loads ? Mod::kC : Mod::kD);
  const bool by_rows = Has(Mod::kRow);
  f.columns = Has(Mod::kCol);
  uint8_t value = 0;
  const Space space =
      TakeClass(ModClass::kSpace, &value) ? static_cast<Space>(value) : Space::kGeneric;
  f.element = TakeElement();
  if (failed_) return;
  const bool is_sum = f.which == 'c';
  // Sums do not tell what was multiplied: the shape does, of those there are.
  Type product = f.element;
  if (is_sum) {
    product = f.element == Type::kF64   ? Type::kF64
              : f.element == Type::kS32 ? (shape.k == 32    ? Type::kS4
                                           : shape.k == 128 ? Type::kB1
                                                            : Type::kS8)
              : shape.k == 8            ? Type::kTF32
                                        : Type::kF16;
  }
  f.plan = PlanOf(shape.m, shape.n, shape.k, product);
  const bool sums = f.element == Type::kF32 || f.element == Type::kS32 || f.element == Type::kF64 ||
                    (f.element == Type::kF16 && shape.k == 16);
  const bool spaces =
      space == Space::kGeneric || space == Space::kGlobal || space == Space::kShared;
  const uint32_t bits = BitsOf(f.element);
  if (!named || by_rows == f.columns || !f.plan.known || (is_sum && !sums) || !spaces ||
      (!is_sum && f.element != product) || (bits < 8 && !f.IsDense())) {
    return BadCombination("this combination of shape, layout and type");
  }
  if (!NeedArgs(2, 3)) return;
  const Arg& values = args_[loads ? 0 : 1];
  const Type type = RegisterType(f.element);
  Operand regs[kMostRegs];
  if (!TakeRegisters(values, f.regs(), type, loads, regs)) return;
  const Place place = PlaceOf(args_[loads ? 1 : 0], space, 4);
  if (!place.ok) return;
  if (place.space != space && space != Space::kGeneric) {
    BadOperand(args_[loads ? 1 : 0], "global or shared memory");
    return;
  }
  const uint32_t rows = f.which == 'b' ? shape.k : shape.m;
  const uint32_t columns = f.which == 'a' ? shape.k : shape.n;
  Operand stride = Imm(f.columns ? rows : columns);
  if (args_.size() == 3) {
    const Operand given = Src(2, Type::kU32);
    if (failed_) return;
    stride = ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {given, Imm(1)});
  }
  NeedWholeWarp();
  const auto times = [&](Operand a, uint64_t b, Operand c) {
    return Value1(Op::kMad, Type::kU64, {a, Imm(b), c});
  };
  const auto widen = [&](Operand a) {
    return ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {a, Imm(1)});
  };
  const Operand lane = Lane();
  const Operand group = widen(Value1(Op::kShr, Type::kU32, {lane, Imm(2)}));
  const Operand within = widen(Value1(Op::kAnd, Type::kB32, {lane, Imm(3)}));
  const Operand base = AddressIn64(place);
  // Lines begin at multiples of what a thread holds (PTX ISA, wmma.load); for their distance 16
  // bytes do (CUDA C++ guide, load_matrix_sync).
  const uint32_t aligned = f.regs() * BytesOf(type) < 32 ? f.regs() * BytesOf(type) : 32;
  const uint32_t elements = (aligned < 16 ? aligned : 16) * 8 / bits;
  TrapUnlessZero(Value1(Op::kOr, Type::kB64,
                        {Value1(Op::kAnd, Type::kB64, {base, Imm(aligned - 1)}),
                         Value1(Op::kAnd, Type::kB64, {stride, Imm(elements - 1)})}),
                 Type::kU64, kTrapMatrixPlace);
  // An element's place is linear in both parts of the lane's number.
  const auto along = [&](const Element& at) { return f.columns ? at.row : at.column; };
  const auto across = [&](const Element& at) { return f.columns ? at.column : at.row; };
  const Element zero = f.At(0, 0, 0), next_group = f.At(4, 0, 0), next_within = f.At(1, 0, 0);
  const Operand lane_across =
      Value1(Op::kAdd, Type::kU64,
             {Value1(Op::kMul, Type::kU64, {group, Imm(across(next_group) - across(zero))}),
              Value1(Op::kMul, Type::kU64, {within, Imm(across(next_within) - across(zero))})});
  const Operand lane_along =
      times(group, along(next_group) - along(zero),
            Value1(Op::kMul, Type::kU64, {within, Imm(along(next_within) - along(zero))}));
  const auto move = [&](const Element& at, Type width, Operand value) {
    const Operand line = Value1(Op::kAdd, Type::kU64, {lane_across, Imm(across(at))});
    Operand offset = Value1(Op::kMad, Type::kU64, {line, stride, lane_along});
    offset = Value1(Op::kAdd, Type::kU64, {offset, Imm(along(at))});
    const Operand where =
        bits >= 8 ? times(offset, bits / 8, base)
                  : Value1(Op::kAdd, Type::kU64,
                           {Value1(Op::kShr, Type::kU64, {offset, Imm(bits == 4 ? 1 : 3)}), base});
    Inst& inst =
        loads ? Emit(Op::kLd, width, {value}, {where}) : Emit(Op::kSt, width, {}, {where, value});
    inst.space = place.space;
  };
  const uint32_t per = PerRegister(f.element), needed = f.needed();
  for (uint32_t r = 0; r < needed; ++r) {
    if (f.IsDense()) {
      move(f.At(0, r, 0), type, regs[r]);
      continue;
    }
    const Type part = per == 2 ? Type::kB16 : Type::kB8;
    Operand parts[4];
    for (uint32_t e = 0; e < per; ++e) parts[e] = Operand::Reg(Temp(part));
    if (!loads) EmitSpans(Op::kUnpack, Type::kB32, {parts, per}, {&regs[r], 1});
    for (uint32_t e = 0; e < per; ++e) move(f.At(0, r, e), part, parts[e]);
    if (loads) EmitSpans(Op::kPack, Type::kB32, {&regs[r], 1}, {parts, per});
  }
  for (uint32_t r = needed; loads && r < f.regs(); ++r) Move(regs[r], type, regs[r % needed]);
}

// wmma.mma{.op.popc}.sync.aligned.alayout.blayout.shape{.rnd}.types{.satfinite} d, a, b, c;
WS_HD void Reader::MultiplyFragments(const Shape& shape) {
  bool columns[2] = {};
  const uint32_t layouts = TakeLayouts(columns);
  uint8_t op = 0;
  const bool popc = Has(Mod::kPopc), combines = TakeClass(ModClass::kAtomic, &op);
  const bool saturates = Has(Mod::kSatfinite);
  const Round round = TakeRound();
  Type types[4] = {};
  uint32_t count = 0;
  while (count < 4 && (types[count] = TakeElement()) != Type::kNone) ++count;
  if (failed_) return;
  // Of halves the types of D and C alone are told.
  const bool halves = count == 2;
  const Type d = types[0], c = count > 1 ? types[count - 1] : Type::kNone;
  const Type a = halves ? Type::kF16 : types[1];
  Plan plan = PlanOf(shape.m, shape.n, shape.k, a);
  const bool is_bits = a == Type::kB1, small = BitsOf(a) < 8;
  const bool sums = halves                                 ? true
                    : a == Type::kBF16 || a == Type::kTF32 ? c == Type::kF32 && d == c
                    : a == Type::kF64                      ? c == Type::kF64 && d == c
                                                           : c == Type::kS32 && d == c;
  // Where one of the sums is of halves alone, the product is made in floats.
  const bool mixed = halves && c != d;
  plan.form.c = mixed ? Type::kF32 : c;
  plan.form.d = mixed ? Type::kF32 : d;
  plan.form.b1_and = static_cast<Atomic>(op) == Atomic::kAnd;
  const bool knows_bits =
      is_bits ? popc && combines && (plan.form.b1_and || static_cast<Atomic>(op) == Atomic::kXor)
              : !popc && !combines;
  const bool rounds = round == Round::kNone || (a == Type::kF64 && round <= Round::kRp);
  if (layouts != 2 || (count != 2 && (count != 4 || types[1] != types[2])) || !plan.known ||
      !sums || !knows_bits || !rounds || (saturates && (d != Type::kS32 || is_bits)) ||
      (small && (columns[0] || !columns[1])) || !IsMma(plan.form)) {
    return BadCombination("this combination of shape, layouts and types");
  }
  if (!NeedArgs(4)) return;
  const auto fragment = [&](char which, Type element) {
    return Fragment{.which = which, .plan = plan, .element = element, .columns = false};
  };
  const Fragment of[4] = {fragment('c', d), fragment('a', a), fragment('b', a), fragment('c', c)};
  Operand regs[4][kMostRegs];
  for (uint32_t i = 0; i < 4; ++i) {
    const Type type = RegisterType(of[i].element);
    if (!TakeRegisters(args_[i], of[i].regs(), type, i == 0, regs[i])) return;
  }
  const uint32_t sum_regs = plan.row_parts * plan.column_parts * plan.form.c_regs();
  Operand addends[kMostRegs];
  for (uint32_t r = 0; r < of[3].regs(); ++r) addends[r] = regs[3][r];
  for (uint32_t r = 0; mixed && c == Type::kF16 && r < of[3].regs(); ++r) {
    const Operand parts[2] = {Operand::Reg(Temp(Type::kF16)), Operand::Reg(Temp(Type::kF16))};
    Emit(Op::kUnpack, Type::kB32, {parts[0], parts[1]}, {regs[3][r]});
    for (uint32_t e = 0; e < 2; ++e) {
      addends[2 * r + e] = Operand::Reg(Temp(Type::kF32));
      Emit(Op::kCvt, Type::kF32, {addends[2 * r + e]}, {parts[e]}).src_type = Type::kF16;
    }
  }
  // D may stand in the registers of what is still to be read.
  Operand results[kMostRegs];
  const Type out = RegisterType(plan.form.d);
  for (uint32_t r = 0; r < sum_regs; ++r) results[r] = Operand::Reg(Temp(out));
  const Operand* const first = regs[plan.transposed ? 2 : 1];
  const Operand* const second = regs[plan.transposed ? 1 : 2];
  for (uint32_t i = 0; i < plan.row_parts; ++i) {
    for (uint32_t j = 0; j < plan.column_parts; ++j) {
      const uint32_t part = i * plan.column_parts + j;
      EmitMma(plan.form, round, saturates, results + part * plan.form.d_regs(),
              first + i * plan.form.a_regs(), second + j * plan.form.b_regs(),
              addends + part * plan.form.c_regs());
    }
  }
  for (uint32_t r = 0; r < of[0].regs(); ++r) {
    if (!mixed || d != Type::kF16) {
      Move(regs[0][r], out, results[r]);
      continue;
    }
    Operand parts[2];
    for (uint32_t e = 0; e < 2; ++e) {
      parts[e] = Operand::Reg(Temp(Type::kF16));
      Inst& inst = Emit(Op::kCvt, Type::kF16, {parts[e]}, {results[2 * r + e]});
      inst.src_type = Type::kF32;
      inst.round = Round::kRn;
    }
    Emit(Op::kPack, Type::kB32, {regs[0][r]}, {parts[0], parts[1]});
  }
}

WS_HD void Reader::ReadWmma() {
  const bool loads = Has(Mod::kLoad), stores = Has(Mod::kStore), multiplies = Has(Mod::kMma);
  const bool sync = Has(Mod::kSync), aligned = Has(Mod::kAligned);
  const Shape shape = TakeShape();
  if (failed_) return;
  if (!sync || !aligned || loads + stores + multiplies != 1) return BadCombination("this form");
  if (multiplies) return MultiplyFragments(shape);
  Guarded([&] { MoveFragment(loads, shape); });
}

}  // namespace ws::ir::reader
