// wgmma (PTX ISA, "Asynchronous Warpgroup Level Matrix Instructions"). Each of the four warps
// multiplies its own 16 rows where the instruction stands, eight columns at a time, by mma;
// matrices in shared memory are read as their descriptors say. device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {
namespace {

constexpr uint32_t kMostSums = 128;  // registers of D

WS_HD uint64_t SignsOf(Type element) {
  switch (element) {
    case Type::kTF32:
      return 0x80000000;
    case Type::kF16:
    case Type::kBF16:
      return 0x80008000;
    default:
      return 0x80808080;
  }
}

}  // namespace

// A matrix descriptor taken apart (PTX ISA, "Matrix Descriptor Format"). Lines of 8 rows, or of 8
// elements of k where the matrix is transposed, have 16 bytes, or as many as the swizzling spans.
struct Reader::MatrixInMemory {
  Operand start, lead, stride;  // bytes; lead and stride as this layout uses them
  Operand line_log2, swizzled;  // bits of an address that are changed: 16 * (2^n - 1)
  Operand pattern;              // bytes from a boundary to where the pattern begins
  bool transposed = false;
};

WS_HD Reader::MatrixInMemory Reader::TakeDescriptor(Operand descriptor, bool transposed) {
  const auto field = [&](uint32_t from, uint32_t bits, uint32_t shift) {
    const Operand wide = Value1(Op::kBfe, Type::kU64, {descriptor, Imm(from), Imm(bits)});
    const Operand low = Operand::Reg(Temp(Type::kU32));
    Emit(Op::kCvt, Type::kU32, {low}, {wide}).src_type = Type::kU64;
    return shift == 0 ? low : Value1(Op::kShl, Type::kB32, {low, Imm(shift)});
  };
  const auto choose = [&](Operand a, Operand b, Operand p) {
    return ValueOf(Op::kSelp, Type::kU32, Type::kU32, {a, b, p});
  };
  MatrixInMemory m;
  m.transposed = transposed;
  m.start = field(0, 14, 4);
  const Operand lead = field(16, 14, 4), stride = field(32, 14, 4);
  m.pattern = field(49, 3, 7);
  // Modes: 0 none, 1 of 128 bytes, 2 of 64, 3 of 32.
  const Operand mode = field(62, 2, 0);
  const Operand plain = CompareOf(Cmp::kEq, Type::kU32, mode, Imm(0));
  const Operand span =
      Value1(Op::kAnd, Type::kB32, {Value1(Op::kSub, Type::kU32, {Imm(4), mode}), Imm(3)});
  m.line_log2 = Value1(Op::kAdd, Type::kU32, {span, Imm(4)});
  const Operand line = Value1(Op::kShl, Type::kB32, {Imm(1), m.line_log2});
  m.swizzled = Value1(Op::kSub, Type::kU32, {line, Imm(16)});
  if (transposed) {
    m.lead = choose(stride, lead, plain);
    m.stride = choose(lead, stride, plain);
  } else {
    m.lead = choose(lead, Imm(16), plain);
    m.stride = stride;
  }
  return m;
}

// What a lane gets of 8 rows (of A, or columns of B): rows 8 * tile + group, bytes 4 * within
// behind 16 * part of each.
WS_HD Operand Reader::LoadFragment(const MatrixInMemory& m, Operand tile, Operand group,
                                   Operand within, uint32_t part) {
  const auto add = [&](Operand a, Operand b) { return Value1(Op::kAdd, Type::kU32, {a, b}); };
  const auto swizzle = [&](Operand at) {
    const Operand from = Value1(Op::kSub, Type::kU32, {at, m.pattern});
    const Operand line = Value1(Op::kShr, Type::kU32, {from, Imm(3)});
    return Value1(Op::kXor, Type::kB32, {at, Value1(Op::kAnd, Type::kB32, {line, m.swizzled})});
  };
  const auto load = [&](Type type, Operand at) {
    const Operand value = Operand::Reg(Temp(type));
    Emit(Op::kLd, type, {value}, {swizzle(at)}).space = Space::kShared;
    return value;
  };
  if (!m.transposed) {
    Operand at = add(m.start, Value1(Op::kShl, Type::kB32, {group, m.line_log2}));
    at = add(at, Value1(Op::kMul, Type::kU32, {tile, m.stride}));
    at = add(at, Value1(Op::kMul, Type::kU32, {m.lead, Imm(part)}));
    return load(Type::kB32, add(at, Value1(Op::kMul, Type::kU32, {within, Imm(4)})));
  }
  // Elements of 16 bits, eight rows side by side: line k % 8 of block k / 8.
  const Operand blocks_log2 = Value1(Op::kSub, Type::kU32, {m.line_log2, Imm(4)});
  const Operand far = Value1(Op::kShr, Type::kU32, {tile, blocks_log2});
  const Operand near =
      Value1(Op::kSub, Type::kU32, {tile, Value1(Op::kShl, Type::kB32, {far, blocks_log2})});
  Operand at = add(m.start, Value1(Op::kMul, Type::kU32, {near, Imm(16)}));
  at = add(at, Value1(Op::kMul, Type::kU32, {far, m.lead}));
  at = add(at, Value1(Op::kMul, Type::kU32, {m.stride, Imm(part)}));
  at = add(at, Value1(Op::kMul, Type::kU32, {group, Imm(2)}));
  Operand halves[2];
  for (uint32_t e = 0; e < 2; ++e) {
    const Operand k = Value1(Op::kMad, Type::kU32, {within, Imm(2), Imm(e)});
    halves[e] = load(Type::kB16, add(at, Value1(Op::kShl, Type::kB32, {k, m.line_log2})));
  }
  const Operand word = Operand::Reg(Temp(Type::kB32));
  Emit(Op::kPack, Type::kB32, {word}, {halves[0], halves[1]});
  return word;
}

// wgmma.mma_async{.sp}.sync.aligned.shape.dtype.atype.btype{.satfinite | .and.popc}
//   d, a, b{, metadata, selector}, scale-d{, scale-a, scale-b{, transpose-a}{, transpose-b}}
WS_HD void Reader::ReadWgmma() {
  const bool sparse = Has(Mod::kSp);
  const bool sync = Has(Mod::kSync), aligned = Has(Mod::kAligned);
  const bool fence = Has(Mod::kFence), commits = Has(Mod::kCommitGroup),
             waits = Has(Mod::kWaitGroup);
  const bool multiplies = Has(Mod::kMmaAsync);
  if (!sync || !aligned || fence + commits + waits + multiplies != 1) {
    return BadCombination("this form");
  }
  if (!multiplies) {  // what was to be done is done
    if (!NeedArgs(waits ? 1 : 0)) return;
    if (waits && args_[0].kind != Arg::Kind::kInteger) BadOperand(args_[0], "a constant");
    return;
  }
  const Shape shape = TakeShape();
  const bool saturates = Has(Mod::kSatfinite), popc = Has(Mod::kPopc);
  uint8_t op = 0;
  const bool ands = TakeClass(ModClass::kAtomic, &op) && static_cast<Atomic>(op) == Atomic::kAnd;
  MmaForm form;
  form.m = 16;
  form.k = shape.k;
  form.d = form.c = TakeElement();
  form.a = TakeElement();
  form.b = TakeElement();
  form.b1_and = ands;
  form.sparse = sparse;
  if (failed_) return;
  const bool integers = form.d == Type::kS32, bits = form.a == Type::kB1;
  const bool halves = form.a == Type::kF16 || form.a == Type::kBF16;
  const uint32_t bytes_of_k = shape.k * BitsOf(form.a) / (sparse ? 16 : 8);  // of a row of A
  const bool columns = shape.n >= 8 && shape.n <= 256 && shape.n % 8 == 0 &&
                       (!integers || shape.n <= 32 || shape.n % 16 == 0);
  const bool same = !halves || form.a == form.b;
  if (shape.m != 64 || !columns || bytes_of_k != 32 || !same || !IsMma(form) || ands != bits ||
      popc != bits || (saturates && (!integers || bits))) {
    return BadCombination("this combination of shape and types");
  }
  const bool in_registers = args_.size() > 1 && args_[1].kind == Arg::Kind::kVector;
  const uint32_t more = sparse ? 2 : 0;  // operands before scale-d
  if (!NeedArgs(more + (integers ? 4 : !halves ? 6 : in_registers ? 7 : 8))) return;
  Operand metadata;
  if (sparse) metadata = TakeMetadata(3, &form);
  bool minus = false, transposed[2] = {};
  for (uint32_t i = 4 + more; i < args_.size(); ++i) {
    const Arg& arg = args_[i];
    const uint64_t value = arg.bits;
    const bool scale = i < 6 + more;
    const bool fits = scale ? value == 1 || value == ~uint64_t{0} : value <= 1;
    if (arg.kind != Arg::Kind::kInteger || !fits) {
      BadOperand(arg, scale ? "1 or -1" : "0 or 1");
      return;
    }
    if (scale) {
      minus = minus != (value != 1);
    } else {
      transposed[in_registers || i == 7 + more ? 1 : 0] = value == 1;
    }
  }
  const uint32_t tiles = shape.n / 8, each = form.d_regs();
  const Type out = form.d == Type::kF16 ? Type::kB32 : form.d;
  Operand d[kMostSums], a[4], b[4];
  if (!TakeRegisters(args_[0], tiles * each, out, true, d)) return;
  if (in_registers && !TakeRegisters(args_[1], 4, Type::kB32, false, a)) return;
  const Operand a_descriptor = in_registers ? Operand() : Src(1, Type::kB64);
  const Operand b_descriptor = Src(2, Type::kB64);
  if (args_[3 + more].kind == Arg::Kind::kInteger && args_[3 + more].bits > 1) {
    BadOperand(args_[3 + more], "a predicate, 0 or 1");
  }
  const Operand adds = Predicate(3 + more);
  if (failed_) return;
  NeedWholeWarp();
  const Operand lane = Lane();
  const Operand group = Value1(Op::kShr, Type::kU32, {lane, Imm(2)});
  const Operand within = Value1(Op::kAnd, Type::kB32, {lane, Imm(3)});
  if (!in_registers) {
    const Operand warp =
        ValueOf(Op::kMov, Type::kU32, Type::kU32, {Operand::SpecialReg(Special::kWarpid)});
    const Operand first =
        Value1(Op::kMul, Type::kU32, {Value1(Op::kAnd, Type::kB32, {warp, Imm(3)}), Imm(2)});
    const MatrixInMemory matrix = TakeDescriptor(a_descriptor, transposed[0]);
    for (uint32_t r = 0; r < 4; ++r) {
      const Operand tile = Value1(Op::kAdd, Type::kU32, {first, Imm(r & 1)});
      a[r] = LoadFragment(matrix, tile, group, within, r >> 1);
    }
  }
  for (uint32_t r = 0; r < 4 && minus; ++r) {
    a[r] = Value1(Op::kXor, Type::kB32, {a[r], Imm(SignsOf(form.a))});
  }
  const MatrixInMemory matrix = TakeDescriptor(b_descriptor, transposed[1]);
  for (uint32_t t = 0; t < tiles; ++t) {
    for (uint32_t r = 0; r < form.b_regs(); ++r) {
      const Operand tile = ValueOf(Op::kMov, Type::kU32, Type::kU32, {Imm(t)});
      b[r] = LoadFragment(matrix, tile, group, within, r);
    }
    Operand c[4];
    for (uint32_t r = 0; r < each; ++r) {
      c[r] = ValueOf(Op::kSelp, out, out, {d[t * each + r], Imm(0), adds});
    }
    EmitMma(form, Round::kNone, saturates, d + t * each, a, b, c, metadata);
  }
}

}  // namespace ws::ir::reader
