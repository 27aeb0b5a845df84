// Printed PTX goes through ptxas; the dump and the verifier see the same modules.
#include "ir/ptx.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "base/arena_memory.h"
#include "base/tools.h"
#include "ir/builder.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "tests/test.h"

namespace ws::ir {
namespace {

FunctionId NewKernel(Module& m, std::string_view name, std::initializer_list<Param> params) {
  Function f;
  f.name = name;
  f.kind = FunctionKind::kKernel;
  f.first_param = m.params.size();
  f.num_params = static_cast<uint32_t>(params.size());
  for (Param p : params) {
    p.bytes = p.bytes == 0 ? BytesOf(p.type) : p.bytes;
    const uint32_t align = p.bytes > 8 ? 8 : p.bytes;
    f.param_bytes = (f.param_bytes + align - 1) / align * align;
    p.offset = f.param_bytes;
    f.param_bytes += p.bytes;
    m.params.push_back(p);
  }
  m.functions.push_back(f);
  return FunctionId(m.functions.size() - 1);
}

Inst Of(Op op, Type type = Type::kNone) {
  Inst inst;
  inst.op = op;
  inst.type = type;
  return inst;
}

void ExpectPtxasAccepts(const std::string& ptx, int sm) {
  const std::optional<std::string> ptxas = FindTool("ptxas");
  if (!ptxas) GTEST_SKIP() << "ptxas is not installed or is hidden";
  const std::string base =
      testing::TempDir() + "ws_ptx_test_" + std::to_string(getpid()) + "_" + std::to_string(sm);
  std::ofstream(base + ".ptx") << ptx;
  const std::string command = *ptxas + " -arch=sm_" + std::to_string(sm) + " " + base + ".ptx -o " +
                              base + ".cubin > " + base + ".log 2>&1";
  const int status = std::system(command.c_str());
  std::ifstream log(base + ".log");
  const std::string text((std::istreambuf_iterator<char>(log)), std::istreambuf_iterator<char>());
  EXPECT_EQ(status, 0) << text << ptx;
}

// Types of `op` that PTX has on sm_75 (on sm_90 with `newer`).
bool InPtx(Op op, Type t, bool newer) {
  const bool untyped = t >= Type::kB8 && t <= Type::kB64;
  const bool wide16 = BytesOf(t) == 2 && !IsFloat(t);
  if (BytesOf(t) == 1 && t != Type::kPred) return op == Op::kMov;
  if ((t == Type::kBF16 || t == Type::kBF16x2) && !newer) return op == Op::kMov;
  switch (op) {
    case Op::kMov:
    case Op::kSelp:
    case Op::kAnd:
    case Op::kOr:
    case Op::kXor:
    case Op::kNot:
    case Op::kShl:
      return !(IsFloat(t) && BytesOf(t) != 2 && op != Op::kMov && op != Op::kSelp);
    case Op::kSetp:
      return t != Type::kF16x2 && t != Type::kBF16x2;
    case Op::kMin:
    case Op::kMax:
      return !untyped && (newer || BytesOf(t) > 2 || !IsFloat(t)) && (newer || t != Type::kF16x2);
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kRem:
    case Op::kShr:
    case Op::kFma:
    case Op::kMulHi:
    case Op::kNeg:
    case Op::kAbs:
      return true;
    case Op::kMad:
      return true;
    case Op::kMulWide:
    case Op::kMadWide:
      return BytesOf(t) <= 4;
    case Op::kRcp:
    case Op::kSqrt:
    case Op::kRsqrt:
      return true;
    case Op::kEx2:
    case Op::kTanh:
      return t != Type::kF64 && (newer || t == Type::kF32 || t == Type::kF16);
    case Op::kLg2:
    case Op::kSin:
    case Op::kCos:
      return t == Type::kF32;
    case Op::kPopc:
    case Op::kClz:
    case Op::kBrev:
    case Op::kBfind:
    case Op::kBfe:
    case Op::kBfi:
      return !wide16;
    case Op::kPrmt:
    case Op::kShfL:
    case Op::kShfR:
      return BytesOf(t) == 4;
    default:
      return false;
  }
}

// A kernel with one instruction per pure operation, type and rounding.
void EveryPureOperation(Module& m, bool newer) {
  const FunctionId id = NewKernel(m, "every_op", {{.name = "out", .type = Type::kU64}});
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  RegId regs[static_cast<int>(Type::kCount)];
  // Those that cvt and matrices alone have, others do not take.
  const auto is_narrow = [](Type t) {
    return t == Type::kE4M3 || t == Type::kE5M2 || t == Type::kTF32 || t > Type::kF64;
  };
  for (int t = 1; t < static_cast<int>(Type::kCount); ++t) {
    const Type type = static_cast<Type>(t);
    if (is_narrow(type)) continue;
    regs[t] = b.NewReg(type);
    b.Emit(Of(Op::kMov, type), {Operand::Reg(regs[t])}, {m.Imm(1)});
  }
  using namespace op_types;
  for (int o = 0; o < static_cast<int>(Op::kCount); ++o) {
    const Op op = static_cast<Op>(o);
    const OpInfo info = InfoOf(op);
    if (info.effect != Effect::None || info.dsts != 1 || info.srcs < 0) continue;
    for (int t = 1; t < static_cast<int>(Type::kCount); ++t) {
      const Type type = static_cast<Type>(t);
      const int is = type == Type::kPred     ? P
                     : type <= Type::kB64    ? B
                     : type <= Type::kS64    ? I
                     : type <= Type::kBF16x2 ? H
                                             : F;
      if (is_narrow(type) || (info.types & is) == 0 || !InPtx(op, type, newer)) continue;
      if (op == Op::kBfi && is != B) continue;
      Inst inst = Of(op, type);
      if (op == Op::kSetp) inst.cmp = is == B ? Cmp::kEq : Cmp::kLt;
      for (const bool immediate : {false, true}) {
        Operand srcs[4];
        inst.num_srcs = static_cast<uint8_t>(info.srcs);
        for (int s = 0; s < info.srcs; ++s) {
          srcs[s] =
              Operand::Reg(regs[static_cast<int>(SrcType(m, inst, static_cast<uint32_t>(s)))]);
        }
        if (immediate) srcs[info.srcs - 1] = m.Imm(3);
        const Operand dst = Operand::Reg(regs[static_cast<int>(DstType(m, inst, 0))]);
        b.Emit(inst, {&dst, 1}, {srcs, static_cast<size_t>(info.srcs)});
      }
    }
  }
  const Type kCvts[][2] = {
      {Type::kS32, Type::kF32}, {Type::kF32, Type::kS32},  {Type::kU64, Type::kU32},
      {Type::kS64, Type::kS32}, {Type::kF16, Type::kF32},  {Type::kF32, Type::kF16},
      {Type::kF64, Type::kF32}, {Type::kF32, Type::kF64},  {Type::kU8, Type::kU32},
      {Type::kS32, Type::kS8},  {Type::kF32, Type::kU8},   {Type::kU16, Type::kF16},
      {Type::kF16, Type::kS64}, {Type::kF32, Type::kBF16}, {Type::kU32, Type::kS32},
      {Type::kF32, Type::kF32}, {Type::kS8, Type::kS32},   {Type::kU32, Type::kU64}};
  for (const auto& [to, from] : kCvts) {
    Inst inst = Of(Op::kCvt, to);
    inst.src_type = from;
    b.Emit(inst, {Operand::Reg(regs[static_cast<int>(to)])},
           {Operand::Reg(regs[static_cast<int>(from)])});
  }
  for (const Round round : {Round::kRz, Round::kRm, Round::kRp, Round::kApprox, Round::kFull}) {
    for (const Op op : {Op::kAdd, Op::kFma, Op::kDiv, Op::kSqrt, Op::kRcp}) {
      const bool arithmetic = op == Op::kAdd || op == Op::kFma;
      if (round == Round::kFull && op != Op::kDiv) continue;
      if (round == Round::kApprox && arithmetic) continue;
      Inst inst = Of(op, Type::kF32);
      inst.round = round;
      const Operand r = Operand::Reg(regs[static_cast<int>(Type::kF32)]);
      const Operand srcs[] = {r, r, r};
      b.Emit(inst, {&r, 1}, {srcs, static_cast<size_t>(InfoOf(op).srcs)});
    }
  }
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
}

// Memory in every space, a loop, a call, votes, shuffles, barriers, atomics.
void MemoryAndControl(Module& m) {
  Function callee;
  callee.name = "scale<4>";
  callee.result = Type::kF32;
  callee.first_param = m.params.size();
  callee.num_params = 2;
  m.params.push_back({.name = "x", .type = Type::kF32, .bytes = 4, .reg = RegId(0)});
  m.params.push_back({.name = "h", .type = Type::kF16, .bytes = 2, .reg = RegId(1)});
  m.functions.push_back(callee);
  const FunctionId scale(m.functions.size() - 1);
  {
    FunctionBuilder b(m, scale);
    const RegId x = b.NewReg(Type::kF32), h = b.NewReg(Type::kF16), w = b.NewReg(Type::kF32);
    b.StartBlock(b.NewBlock());
    Inst cvt = Of(Op::kCvt, Type::kF32);
    cvt.src_type = Type::kF16;
    b.Emit(cvt, {Operand::Reg(w)}, {Operand::Reg(h)});
    const RegId y =
        b.Value(Op::kMul, Type::kF32, {Operand::Reg(x), Operand::Reg(w)}, Type::kF32, {});
    b.Emit(Of(Op::kRet), {}, {Operand::Reg(y)});
    b.Finish();
  }
  const FunctionId id = NewKernel(m, "work",
                                  {{.name = "x", .type = Type::kU64, .is_pointer = true},
                                   {.name = "n", .type = Type::kU32},
                                   {.name = "h", .type = Type::kF16},
                                   {.name = "block", .type = Type::kB8, .bytes = 24}});
  m.functions[id.index].frame_bytes = 64;
  m.functions[id.index].max_threads = 256;
  m.globals.push_back(
      {.name = "tile", .space = Space::kShared, .bytes = 1024, .align = 4, .owner = id});
  m.globals.push_back(
      {.name = "dyn", .space = Space::kShared, .align = 16, .is_dynamic_shared = true});
  static const uint8_t kInit[] = {1, 2, 3, 4};
  m.globals.push_back(
      {.name = "table", .space = Space::kConst, .bytes = 4, .align = 4, .init = kInit});
  m.globals.push_back({.name = "counter", .space = Space::kGlobal, .bytes = 8, .align = 8});
  FunctionBuilder b(m, id);
  const BlockId entry = b.NewBlock(), loop = b.NewBlock(), done = b.NewBlock();
  b.StartBlock(entry);
  const auto load = [&](Type type, Space space, Operand address, int32_t offset = 0,
                        uint8_t vec = 1) {
    Inst inst = Of(Op::kLd, type);
    inst.space = space;
    inst.offset = offset;
    inst.vec = vec;
    Operand dsts[4];
    for (int i = 0; i < vec; ++i) dsts[i] = Operand::Reg(b.NewReg(type));
    b.Emit(inst, {dsts, vec}, {&address, 1});
    return dsts[0].reg();
  };
  const RegId x = load(Type::kU64, Space::kParam, Operand::Param(0));
  const RegId n = load(Type::kU32, Space::kParam, Operand::Param(8));
  const RegId h = load(Type::kF16, Space::kParam, Operand::Param(12));
  load(Type::kU32, Space::kParam, Operand::Param(16), 4);
  const RegId tid =
      b.Value(Op::kMov, Type::kU32, {Operand::SpecialReg(Special::kTidX)}, Type::kU32, {});
  b.Value(Op::kMad, Type::kU32,
          {Operand::SpecialReg(Special::kCtaidX), Operand::SpecialReg(Special::kNtidX),
           Operand::Reg(tid)},
          Type::kU32, {});
  const RegId sym = b.Value(Op::kMov, Type::kU64, {Operand::Global(GlobalId(0))}, Type::kU64, {});
  Inst cvta = Of(Op::kCvta, Type::kU64);
  cvta.space = Space::kShared;
  const RegId generic = b.NewReg(Type::kU64);
  b.Emit(cvta, {Operand::Reg(generic)}, {Operand::Reg(sym)});
  const RegId f = load(Type::kF32, Space::kGeneric, Operand::Reg(generic), 4);
  load(Type::kF32, Space::kGlobal, Operand::Reg(x), 16, 4);
  load(Type::kU8, Space::kGlobal, Operand::Reg(x));
  load(Type::kF16, Space::kGlobal, Operand::Reg(x), -2);
  load(Type::kU32, Space::kConst, Operand::Global(GlobalId(2)));
  load(Type::kU32, Space::kShared, Operand::Global(GlobalId(1)), 8);
  load(Type::kU32, Space::kLocal, Operand::Frame(8), 4);
  Inst st = Of(Op::kSt, Type::kF32);
  st.space = Space::kGlobal;
  st.vec = 2;
  b.Emit(st, {}, {Operand::Reg(x), Operand::Reg(f), m.Imm(0x3f800000)});
  Inst atom = Of(Op::kAtom, Type::kF32);
  atom.sub = static_cast<uint8_t>(Atomic::kAdd);
  const RegId old = b.NewReg(Type::kF32);
  b.Emit(atom, {Operand::Reg(old)}, {Operand::Reg(x), Operand::Reg(f)});
  Inst cas = Of(Op::kAtom, Type::kU64);
  cas.sub = static_cast<uint8_t>(Atomic::kCas);
  cas.space = Space::kGlobal;
  b.Emit(cas, {Operand::Reg(b.NewReg(Type::kU64))},
         {Operand::Global(GlobalId(3)), m.Imm(0), m.Imm(1)});
  Inst red = Of(Op::kRed, Type::kS32);
  red.sub = static_cast<uint8_t>(Atomic::kMax);
  red.scope = Scope::kGpu;
  red.order = Order::kRelaxed;
  b.Emit(red, {}, {Operand::Reg(x), Operand::Reg(n)});
  b.Emit(Of(Op::kFence), {}, {});
  b.Emit(Of(Op::kBarSync), {}, {m.Imm(0)});
  b.Emit(Of(Op::kBarWarp), {}, {m.Imm(0xffffffff)});
  Inst shfl = Of(Op::kShfl, Type::kF32);
  shfl.sub = static_cast<uint8_t>(Shuffle::kDown);
  const RegId moved = b.NewReg(Type::kF32), valid = b.NewReg(Type::kPred);
  b.Emit(shfl, {Operand::Reg(moved), Operand::Reg(valid)},
         {Operand::Reg(f), m.Imm(16), m.Imm(31), m.Imm(0xffffffff)});
  Inst vote = Of(Op::kVote, Type::kB32);
  vote.sub = static_cast<uint8_t>(Vote::kBallot);
  b.Emit(vote, {Operand::Reg(b.NewReg(Type::kU32))}, {Operand::Reg(valid), m.Imm(0xffffffff)});
  vote.sub = static_cast<uint8_t>(Vote::kAny);
  b.Emit(vote, {Operand::Reg(b.NewReg(Type::kPred))}, {m.Imm(1), m.Imm(0xffffffff)});
  b.Emit(Of(Op::kActivemask, Type::kB32), {Operand::Reg(b.NewReg(Type::kU32))}, {});
  b.Emit(Of(Op::kMatch, Type::kB32), {Operand::Reg(b.NewReg(Type::kU32))},
         {Operand::Reg(n), m.Imm(0xffffffff)});
  Inst print = Of(Op::kPrint);
  b.Emit(print, {}, {Operand::Global(GlobalId(3))});
  print.offset = 2;  // 4 bytes, then 8
  b.Emit(print, {Operand::Reg(b.NewReg(Type::kS32))},
         {Operand::Global(GlobalId(3)), m.Imm(7), Operand::Reg(x)});
  const RegId packed =
      b.Value(Op::kPack, Type::kB32, {Operand::Reg(h), m.Imm(0x3c00)}, Type::kB32, {});
  b.Emit(Of(Op::kUnpack, Type::kB32),
         {Operand::Reg(b.NewReg(Type::kF16)), Operand::Reg(b.NewReg(Type::kF16))},
         {Operand::Reg(packed)});
  const RegId i = b.Value(Op::kMov, Type::kU32, {m.Imm(0)}, Type::kU32, {});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(loop)});
  b.StartBlock(loop, {}, 4);
  b.Emit(Of(Op::kCall), {Operand::Reg(f)},
         {Operand::Function(scale), Operand::Reg(f), Operand::Reg(h)});
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(i)}, {Operand::Reg(i), m.Imm(1)});
  Inst setp = Of(Op::kSetp, Type::kU32);
  setp.cmp = Cmp::kLt;
  const RegId more = b.NewReg(Type::kPred);
  b.Emit(setp, {Operand::Reg(more)}, {Operand::Reg(i), Operand::Reg(n)});
  st.vec = 1;
  st.guard = more;
  st.guard_negated = true;
  b.Emit(st, {}, {Operand::Reg(x), Operand::Reg(f)});
  b.Emit(Of(Op::kCondBra), {}, {Operand::Reg(more), Operand::Block(loop), Operand::Block(done)});
  b.StartBlock(done);
  b.Emit(Of(Op::kRet), {}, {});
  b.Finish();
}

class Ptx : public testing::TestWithParam<int> {};

TEST_P(Ptx, PtxasAcceptsEveryPureOperation) {
  ArenaMemory memory;
  Module m(memory.arena());
  EveryPureOperation(m, GetParam() >= 90);
  EXPECT_EQ(Verify(m), std::vector<std::string>());
  ExpectPtxasAccepts(ToPtx(m, {.sm = GetParam()}), GetParam());
}

TEST_P(Ptx, PtxasAcceptsMemoryAndControl) {
  ArenaMemory memory;
  Module m(memory.arena());
  MemoryAndControl(m);
  EXPECT_EQ(Verify(m), std::vector<std::string>());
  ExpectPtxasAccepts(ToPtx(m, {.sm = GetParam()}), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Architectures, Ptx, testing::Values(75, 90));

TEST(Ptx, PassesPrintedValuesInLocalMemory) {
  ArenaMemory memory;
  Module m(memory.arena());
  MemoryAndControl(m);
  const std::string ptx = ToPtx(m, {});
  EXPECT_NE(ptx.find(".extern .func (.param .b32 r) vprintf "), std::string::npos) << ptx;
  EXPECT_NE(ptx.find("\tst.local.b32 [printed1+0], "), std::string::npos) << ptx;
  EXPECT_NE(ptx.find("\tst.local.b64 [printed1+8], "), std::string::npos) << ptx;
  EXPECT_NE(ptx.find(".local .align 8 .b8 printed1[16];"), std::string::npos) << ptx;
}

TEST(Dump, IsReadable) {
  ArenaMemory memory;
  Module m(memory.arena());
  MemoryAndControl(m);
  const std::string text = Dump(m);
  EXPECT_NE(text.find("device scale<4>(f32 x %0, f16 h %1) -> f32 {\n"
                      "b0:\n"
                      "  %2:f32 = cvt.f32.f16 %1\n"
                      "  %3:f32 = mul.f32 %0, %2\n"
                      "  ret %3\n"
                      "}\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("b1: unroll 4\n"), std::string::npos) << text;
  EXPECT_NE(text.find("= ld.global.v4.f32 [%0+16]"), std::string::npos) << text;
}

TEST(Verify, NamesEveryFault) {
  ArenaMemory memory;
  Module m(memory.arena());
  const FunctionId id = NewKernel(m, "bad", {});
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  const RegId wide = b.NewReg(Type::kU64), p = b.NewReg(Type::kPred);
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(wide)}, {m.Imm(1), m.Imm(2)});
  b.Emit(Of(Op::kAdd, Type::kU64), {Operand::Reg(wide)}, {Operand::Reg(wide), Operand::Reg(p)});
  b.Emit(Of(Op::kAdd, Type::kU64), {Operand::Reg(wide)}, {Operand::Reg(RegId(9)), m.Imm(1)});
  b.Emit(Of(Op::kFma, Type::kU32), {Operand::Reg(wide)}, {m.Imm(1), m.Imm(1)});
  b.Emit(Of(Op::kMov, Type::kU64), {Operand::Reg(wide)}, {m.Imm(1)});
  b.Finish();
  const std::vector<std::string> errors = Verify(m);
  ASSERT_EQ(errors.size(), 5u) << testing::PrintToString(errors);
  EXPECT_EQ(errors[0], "bad: b0 #0 Add: destination 0 is u64, not u32");
  EXPECT_EQ(errors[1], "bad: b0 #1 Add: source 1 is pred, not u64");
  EXPECT_EQ(errors[4], "bad: b0 #4 Mov: does not end the block");
}

}  // namespace
}  // namespace ws::ir
