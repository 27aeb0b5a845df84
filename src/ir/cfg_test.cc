#include "ir/cfg.h"

#include "base/arena_memory.h"
#include "ir/builder.h"
#include "tests/test.h"

namespace ws::ir {
namespace {

Inst Of(Op op, Type type = Type::kNone) {
  Inst inst;
  inst.op = op;
  inst.type = type;
  return inst;
}

// A function of empty blocks: edges[i] lists the successors of block i (none: Exit).
FunctionId Graph(Module& m, std::initializer_list<std::vector<uint32_t>> edges) {
  m.functions.push_back({.name = "g", .kind = FunctionKind::kKernel});
  const FunctionId id(m.functions.size() - 1);
  FunctionBuilder b(m, id);
  const RegId p = b.NewReg(Type::kPred);
  std::vector<BlockId> labels;
  for (size_t i = 0; i < edges.size(); ++i) labels.push_back(b.NewBlock());
  size_t i = 0;
  for (const std::vector<uint32_t>& to : edges) {
    b.StartBlock(labels[i++]);
    if (to.empty()) b.Emit(Of(Op::kExit), {}, {});
    if (to.size() == 1) b.Emit(Of(Op::kBra), {}, {Operand::Block(labels[to[0]])});
    if (to.size() == 2) {
      b.Emit(Of(Op::kCondBra), {},
             {Operand::Reg(p), Operand::Block(labels[to[0]]), Operand::Block(labels[to[1]])});
    }
  }
  b.Finish();
  return id;
}

TEST(Cfg, OrdersBlocksAndFindsDominators) {
  ArenaMemory memory;
  Module m(memory.arena());
  // 0 -> {1, 2}, both -> 3 -> 4; 5 is unreachable.
  const FunctionId f = Graph(m, {{1, 2}, {3}, {3}, {4}, {}, {4}});
  const Cfg cfg(m, f);
  EXPECT_EQ(std::vector<uint32_t>(cfg.order().begin(), cfg.order().end()),
            (std::vector<uint32_t>{0, 1, 2, 3, 4}));
  EXPECT_FALSE(cfg.Reachable(5));
  EXPECT_EQ(cfg.idom(3), 0u);
  EXPECT_EQ(cfg.idom(4), 3u);
  EXPECT_EQ(cfg.ipdom(0), 3u);
  EXPECT_EQ(cfg.ipdom(1), 3u);
  EXPECT_EQ(cfg.ipdom(4), 6u);
  EXPECT_TRUE(cfg.Dominates(0, 4));
  EXPECT_FALSE(cfg.Dominates(1, 3));
  EXPECT_EQ(cfg.Predecessors(4).size(), 1u);  // the unreachable one does not count
}

TEST(Cfg, FindsNestedLoops) {
  ArenaMemory memory;
  Module m(memory.arena());
  // 0 -> 1 (outer header) -> {2, 5}; 2 (inner header) -> {3, 4}; 3 -> 2; 4 -> 1; 5 ends.
  const FunctionId f = Graph(m, {{1}, {2, 5}, {3, 4}, {2}, {1}, {}});
  const Cfg cfg(m, f);
  ASSERT_EQ(cfg.loops().size(), 2u);
  EXPECT_EQ(cfg.loops()[0].header, 1u);
  EXPECT_EQ(cfg.loops()[0].blocks, (std::vector<uint32_t>{1, 2, 3, 4}));
  EXPECT_EQ(cfg.loops()[1].blocks, (std::vector<uint32_t>{2, 3}));
  EXPECT_EQ(cfg.loops()[1].parent, 0u);
  EXPECT_EQ(cfg.loops()[1].depth, 2u);
  EXPECT_EQ(cfg.LoopOf(3), 1u);
  EXPECT_EQ(cfg.LoopOf(4), 0u);
  EXPECT_EQ(cfg.LoopOf(5), kUnreachable);
  EXPECT_EQ(cfg.ipdom(1), 5u);
}

TEST(Cfg, EndlessLoopHasNoExit) {
  ArenaMemory memory;
  Module m(memory.arena());
  const FunctionId f = Graph(m, {{1}, {1}});
  const Cfg cfg(m, f);
  EXPECT_EQ(cfg.ipdom(1), 2u);
  EXPECT_EQ(cfg.loops().size(), 1u);
}

TEST(Liveness, FollowsValuesAroundLoops) {
  ArenaMemory memory;
  Module m(memory.arena());
  m.functions.push_back({.name = "f", .kind = FunctionKind::kKernel});
  const FunctionId id(0);
  FunctionBuilder b(m, id);
  const BlockId entry = b.NewBlock(), loop = b.NewBlock(), done = b.NewBlock();
  b.StartBlock(entry);
  const RegId sum = b.Value(Op::kMov, Type::kF64, {m.Imm(0)}, Type::kF64, {});
  const RegId step = b.Value(Op::kMov, Type::kF64, {m.Imm(1)}, Type::kF64, {});
  const RegId p = b.NewReg(Type::kPred);
  b.Emit(Of(Op::kBra), {}, {Operand::Block(loop)});
  b.StartBlock(loop);
  b.Emit(Of(Op::kAdd, Type::kF64), {Operand::Reg(sum)}, {Operand::Reg(sum), Operand::Reg(step)});
  Inst setp = Of(Op::kSetp, Type::kF64);
  setp.cmp = Cmp::kLt;
  b.Emit(setp, {Operand::Reg(p)}, {Operand::Reg(sum), m.Imm(0x4000000000000000)});
  b.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(loop), Operand::Block(done)});
  b.StartBlock(done);
  Inst st = Of(Op::kSt, Type::kF64);
  st.space = Space::kGlobal;
  b.Emit(st, {}, {m.Imm(64), Operand::Reg(sum)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  const Cfg cfg(m, id);
  const Liveness live(m, id, cfg);
  EXPECT_TRUE(live.LiveIn(1, sum));
  EXPECT_TRUE(live.LiveOut(1, step));  // needed by the next turn
  EXPECT_FALSE(live.LiveIn(2, step));
  EXPECT_FALSE(live.LiveIn(0, sum));
  EXPECT_FALSE(live.LiveOut(1, p));
  EXPECT_EQ(EstimateRegisters(m, id), 4u);  // two doubles
}

}  // namespace
}  // namespace ws::ir
