// Passes keep what random kernels compute; then one test per pass for what it is there to do.
#include <cstring>
#include <map>

#include "base/arena_memory.h"
#include "base/hash.h"
#include "base/rng.h"
#include "ir/builder.h"
#include "ir/cfg.h"
#include "ir/eval.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "pass/address.h"
#include "pass/body.h"
#include "pass/contract.h"
#include "pass/copy.h"
#include "pass/cse.h"
#include "pass/dce.h"
#include "pass/div_rem.h"
#include "pass/infer_space.h"
#include "pass/inline.h"
#include "pass/kernels_test.h"
#include "pass/licm.h"
#include "pass/pipeline.h"
#include "pass/promote_frame.h"
#include "pass/schedule.h"
#include "pass/simplify_cfg.h"
#include "pass/unroll.h"
#include "tests/test.h"

namespace ws::pass {
namespace {

TEST(Passes, KeepWhatRandomKernelsCompute) {
  for (const std::span<const Pass> passes : {ExecutionPasses(), TimingPasses()}) {
    for (uint64_t seed = 1; seed <= 300; ++seed) {
      ArenaMemory memory(size_t{64} << 20);
      ir::Module m(memory.arena());
      const FunctionId f = RandomKernel(m, seed).Build();
      ASSERT_EQ(ir::Verify(m), std::vector<std::string>()) << seed;
      const std::map<uint64_t, uint32_t> want = ResultOf(m, f);
      for (const Pass& pass : passes) {
        const std::string before = ir::Dump(m, f);
        pass.run(m, f);
        ASSERT_EQ(ir::Verify(m, f), std::vector<std::string>()) << pass.name << " seed " << seed;
        ASSERT_EQ(ResultOf(m, f), want) << pass.name << " seed " << seed << "\n"
                                        << before << "\n"
                                        << ir::Dump(m, f);
      }
    }
  }
}

TEST(Passes, UnrolledLoopFoldsAway) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  const BlockId entry = b.NewBlock(), head = b.NewBlock(), turn = b.NewBlock(), done = b.NewBlock();
  const RegId i = b.NewReg(Type::kU32), sum = b.NewReg(Type::kU32), p = b.NewReg(Type::kPred);
  b.StartBlock(entry);
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(i)}, {m.Imm(0)});
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(sum)}, {m.Imm(0)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(head, {}, 0xffff);
  b.Emit(Compare(Cmp::kLt, Type::kU32), {Operand::Reg(p)}, {Operand::Reg(i), m.Imm(10)});
  b.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(turn), Operand::Block(done)});
  b.StartBlock(turn);
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(sum)}, {Operand::Reg(sum), Operand::Reg(i)});
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(i)}, {Operand::Reg(i), m.Imm(1)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(done);
  b.Emit(Of(Op::kSt, Type::kU32), {}, {m.Imm(64), Operand::Reg(sum)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  ForTiming(m);
  EXPECT_EQ(ir::Dump(m, id), "kernel k(u64 x) {\nb0:\n  st.u32 [64], 45\n  exit\n}\n");
}

TEST(Passes, InvariantsLeaveTheLoopAndSpacesAreFound) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  m.globals.push_back(
      {.name = "tile", .space = Space::kShared, .bytes = 64, .align = 4, .owner = id});
  FunctionBuilder b(m, id);
  const BlockId entry = b.NewBlock(), head = b.NewBlock(), turn = b.NewBlock(), done = b.NewBlock();
  b.StartBlock(entry);
  Inst ld = Of(Op::kLd, Type::kU64);
  ld.space = Space::kParam;
  const RegId x = b.NewReg(Type::kU64), p = b.NewReg(Type::kPred), i = b.NewReg(Type::kU32);
  b.Emit(ld, {Operand::Reg(x)}, {Operand::Param(0)});
  const RegId n = b.NewReg(Type::kU32), v = b.NewReg(Type::kF32);
  b.Emit(Of(Op::kLd, Type::kU32), {Operand::Reg(n)}, {Operand::Reg(x)});
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(i)}, {m.Imm(0)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(head);
  b.Emit(Compare(Cmp::kLt, Type::kU32), {Operand::Reg(p)}, {Operand::Reg(i), Operand::Reg(n)});
  b.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(turn), Operand::Block(done)});
  b.StartBlock(turn);
  const RegId sym =
      b.Value(Op::kMov, Type::kU64, {Operand::Global(ir::GlobalId(0))}, Type::kU64, {});
  Inst cvta = Of(Op::kCvta, Type::kU64);
  cvta.space = Space::kShared;
  const RegId generic = b.NewReg(Type::kU64);
  b.Emit(cvta, {Operand::Reg(generic)}, {Operand::Reg(sym)});
  const RegId at =
      b.Value(Op::kAdd, Type::kU64, {Operand::Reg(generic), m.Imm(16)}, Type::kU64, {});
  b.Emit(Of(Op::kLd, Type::kF32), {Operand::Reg(v)}, {Operand::Reg(at)});
  const RegId product =
      b.Value(Op::kMul, Type::kF32, {Operand::Reg(v), Operand::Reg(v)}, Type::kF32, {});
  const RegId sum =
      b.Value(Op::kAdd, Type::kF32, {Operand::Reg(product), Operand::Reg(v)}, Type::kF32, {});
  b.Emit(Of(Op::kSt, Type::kF32), {}, {Operand::Reg(x), Operand::Reg(sum)});
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(i)}, {Operand::Reg(i), m.Imm(1)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(done);
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  ForTiming(m);
  EXPECT_EQ(ir::Verify(m), std::vector<std::string>());
  const std::string text = ir::Dump(m, id);
  EXPECT_NE(text.find("b2:\n  %4:f32 = ld.shared.f32 [%5+16]\n"), std::string::npos) << text;
  EXPECT_NE(text.find("= ld.global.u32 [%0]"), std::string::npos) << text;
  EXPECT_NE(text.find("= fma.f32 %4, %4, %4"), std::string::npos) << text;
  EXPECT_EQ(text.find("cvta"), std::string::npos) << text;
}

TEST(Passes, ExecutionKeepsDeadLoads) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  b.Value(Op::kLd, Type::kU32, {m.Imm(64)}, Type::kU32, {});
  b.Value(Op::kAdd, Type::kU32, {m.Imm(1), m.Imm(2)}, Type::kU32, {});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  ForExecution(m);
  EXPECT_EQ(m.Blocks(m.functions[id.index])[0].num_insts, 2u);
  ForTiming(m);
  EXPECT_EQ(m.Blocks(m.functions[id.index])[0].num_insts, 1u);
}

// One block over two local arrays of 16 bytes: st.v2 a[0..1] = 1, 2; reg = u64 at a[0]; st b[i].
TEST(Passes, LocalArraysBecomeRegistersUnlessIndexed) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  m.functions[id.index].frame_bytes = 32;
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  Inst st = Of(Op::kSt, Type::kU32);
  st.space = Space::kLocal;
  Inst st2 = st, ld = st, ld64 = st;
  st2.vec = 2;
  b.Emit(st2, {}, {Operand::Frame(0), m.Imm(1), m.Imm(2)});
  ld64.op = ld.op = Op::kLd;
  ld64.type = Type::kU64;
  const RegId both = b.NewReg(Type::kU64), i = b.NewReg(Type::kU32), x = b.NewReg(Type::kU32);
  b.Emit(ld64, {Operand::Reg(both)}, {Operand::Frame(0)});
  ld.offset = 12;
  b.Emit(ld, {Operand::Reg(x)}, {Operand::Frame(0)});
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(i)}, {Operand::SpecialReg(ir::Special::kTidX)});
  const RegId scaled =
      b.Value(Op::kMulWide, Type::kU32, {Operand::Reg(i), m.Imm(4)}, Type::kU64, {});
  const RegId at =
      b.Value(Op::kAdd, Type::kU64, {Operand::Reg(scaled), Operand::Frame(16)}, Type::kU64, {});
  b.Emit(st, {}, {Operand::Reg(at), Operand::Reg(x)});
  b.Emit(Of(Op::kSt, Type::kU64), {}, {m.Imm(64), Operand::Reg(both)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  EXPECT_TRUE(PromoteFrame(m, id));
  EXPECT_EQ(ir::Verify(m), std::vector<std::string>());
  const std::string text = ir::Dump(m, id);
  EXPECT_EQ(text.find("ld.local"), std::string::npos) << text;
  // What stays moves together.
  EXPECT_NE(text.find("frame+0"), std::string::npos) << text;
  EXPECT_EQ(text.find("frame+16"), std::string::npos) << text;
  EXPECT_EQ(m.functions[id.index].frame_bytes, 16u);
  EXPECT_NE(text.find("%0:u64 = mov.b64 %5, %6"), std::string::npos) << text;
  EXPECT_FALSE(PromoteFrame(m, id));
}

// sum += x[k] for k < n, n from memory; addresses as nvcc's index arithmetic has them.
FunctionId CountedLoop(ir::Module& m) {
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  const BlockId entry = b.NewBlock(), head = b.NewBlock(), turn = b.NewBlock(), done = b.NewBlock();
  const RegId k = b.NewReg(Type::kS32), sum = b.NewReg(Type::kU32), p = b.NewReg(Type::kPred);
  const RegId x = b.NewReg(Type::kU64), n = b.NewReg(Type::kS32), v = b.NewReg(Type::kU32);
  b.StartBlock(entry);
  Inst ld = Of(Op::kLd, Type::kU64);
  ld.space = Space::kParam;
  b.Emit(ld, {Operand::Reg(x)}, {Operand::Param(0)});
  b.Emit(Of(Op::kLd, Type::kU32), {Operand::Reg(n)}, {Operand::Reg(x)});
  b.Emit(Of(Op::kMov, Type::kS32), {Operand::Reg(k)}, {m.Imm(0)});
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(sum)}, {m.Imm(0)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(head);
  b.Emit(Compare(Cmp::kLt, Type::kS32), {Operand::Reg(p)}, {Operand::Reg(k), Operand::Reg(n)});
  b.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(turn), Operand::Block(done)});
  b.StartBlock(turn);
  const RegId scaled =
      b.Value(Op::kMulWide, Type::kS32, {Operand::Reg(k), m.Imm(4)}, Type::kU64, {});
  const RegId at =
      b.Value(Op::kAdd, Type::kU64, {Operand::Reg(x), Operand::Reg(scaled)}, Type::kU64, {});
  b.Emit(Of(Op::kLd, Type::kU32), {Operand::Reg(v)}, {Operand::Reg(at)});
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(sum)}, {Operand::Reg(sum), Operand::Reg(v)});
  b.Emit(Of(Op::kAdd, Type::kS32), {Operand::Reg(k)}, {Operand::Reg(k), m.Imm(1)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(done);
  b.Emit(Of(Op::kSt, Type::kU32), {}, {m.Imm(64), Operand::Reg(sum)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  return id;
}

TEST(Passes, CountedLoopsMakeFourTurnsAtATimeFromOneAddress) {
  ArenaMemory arena;
  ir::Module m(arena.arena());
  const FunctionId id = CountedLoop(m);
  const ir::Module& c = m;
  const auto run = [&](uint32_t n) {
    std::map<uint64_t, uint32_t> memory;
    memory[0x5000] = n;
    for (uint32_t i = 1; i < 20; ++i) memory[0x5000 + 4 * i] = i * i;
    Interpreter(c, memory).Run(id, {});
    return memory[64];
  };
  std::vector<uint32_t> want;
  const std::vector<uint32_t> turns = {0, 1, 3, 4, 5, 8, 11, 0x80000000u, 0xffffffffu};
  for (const uint32_t n : turns) want.push_back(run(n));
  ForTiming(m);
  EXPECT_EQ(ir::Verify(m), std::vector<std::string>());
  for (size_t i = 0; i < turns.size(); ++i) EXPECT_EQ(run(turns[i]), want[i]) << turns[i];
  const std::string text = ir::Dump(m, id);
  EXPECT_NE(text.find("+12]"), std::string::npos) << text;
  EXPECT_NE(text.find("add.s32 %0, 4"), std::string::npos) << text;
}

// The hash of the second addition's words is that of the first's: the constant is chosen so.
TEST(Passes, ValuesOfEqualHashStayApart) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  const RegId x = b.NewReg(Type::kU64), y = b.NewReg(Type::kU64), s = b.NewReg(Type::kU64),
              t = b.NewReg(Type::kU64);
  const auto part = [](auto value, int shift) { return static_cast<uint64_t>(value) << shift; };
  const Inst add = Of(Op::kAdd, Type::kU64);
  const uint64_t modifiers = part(add.op, 0) | part(add.type, 8) | part(add.src_type, 16) |
                             part(add.round, 24) | part(add.cmp, 28) | part(add.space, 33) |
                             part(add.sub, 40) | part(2, 48);
  const auto prefix = [&](RegId reg) {
    uint64_t h = 0;
    for (const uint64_t word :
         {modifiers, uint64_t{0}, uint64_t{1}, uint64_t{reg.index}, uint64_t{2}}) {
      h = HashCombine(h, word);
    }
    return h;
  };
  const auto offset = [](uint64_t h) { return 0x9e3779b97f4a7c15ULL + (h << 6) + (h >> 2); };
  const uint64_t hx = prefix(x), hy = prefix(y);
  const uint64_t first = 5, second = ((hx ^ (first + offset(hx))) ^ hy) - offset(hy);
  ASSERT_EQ(HashCombine(hx, first), HashCombine(hy, second));
  b.StartBlock(b.NewBlock());
  b.Emit(Of(Op::kLd, Type::kU64), {Operand::Reg(x)}, {m.Imm(0x5000)});
  b.Emit(Of(Op::kLd, Type::kU64), {Operand::Reg(y)}, {m.Imm(0x5008)});
  b.Emit(add, {Operand::Reg(s)}, {Operand::Reg(x), m.Imm(first)});
  b.Emit(add, {Operand::Reg(t)}, {Operand::Reg(y), m.Imm(second)});
  b.Emit(Of(Op::kSt, Type::kU64), {}, {m.Imm(64), Operand::Reg(s)});
  b.Emit(Of(Op::kSt, Type::kU64), {}, {m.Imm(72), Operand::Reg(t)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  EXPECT_FALSE(Cse(m, id)) << ir::Dump(m, id);
}

TEST(Passes, RemaindersUseTheQuotient) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  const RegId a = b.NewReg(Type::kS32);
  b.Emit(Of(Op::kLd, Type::kU32), {Operand::Reg(a)}, {m.Imm(32)});
  const RegId r = b.Value(Op::kRem, Type::kS32, {Operand::Reg(a), m.Imm(10)}, Type::kS32, {});
  const RegId q = b.Value(Op::kDiv, Type::kS32, {Operand::Reg(a), m.Imm(10)}, Type::kS32, {});
  b.Emit(Of(Op::kSt, Type::kU32), {}, {m.Imm(64), Operand::Reg(q)});
  b.Emit(Of(Op::kSt, Type::kU32), {}, {m.Imm(68), Operand::Reg(r)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  EXPECT_TRUE(PairDivisions(m, id));
  EXPECT_EQ(ir::Verify(m), std::vector<std::string>());
  EXPECT_EQ(ir::Dump(m, id).find("rem"), std::string::npos) << ir::Dump(m, id);
  std::map<uint64_t, uint32_t> values;
  values[32] = static_cast<uint32_t>(-37);
  Interpreter(m, values).Run(id, {});
  EXPECT_EQ(values[64], static_cast<uint32_t>(-3));
  EXPECT_EQ(values[68], static_cast<uint32_t>(-7));
}

TEST(Passes, EscapingArraysStayInMemory) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  m.functions[id.index].frame_bytes = 16;
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  Inst st = Of(Op::kSt, Type::kU32);
  st.space = Space::kLocal;
  b.Emit(st, {}, {Operand::Frame(0), m.Imm(1)});
  const RegId at = b.Value(Op::kMov, Type::kU64, {Operand::Frame(0)}, Type::kU64, {});
  b.Emit(Of(Op::kSt, Type::kU64), {}, {m.Imm(64), Operand::Reg(at)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  EXPECT_FALSE(PromoteFrame(m, id));
}

TEST(Passes, CloneStandsAlone) {
  ArenaMemory memory, other;
  ir::Module m(memory.arena()), copy(other.arena());
  const FunctionId f = RandomKernel(m, 42).Build();
  const std::string before = ir::Dump(m, f);
  CloneModule(m, copy);
  ForTiming(copy);
  EXPECT_EQ(ir::Dump(m, f), before);
  EXPECT_EQ(ResultOf(copy, f), ResultOf(m, f));
}

}  // namespace
}  // namespace ws::pass
