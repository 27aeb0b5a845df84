// Regions of memory, and what moves because they are known.
#include "pass/alias.h"

#include "base/arena_memory.h"
#include "pass/kernels_test.h"
#include "pass/schedule.h"
#include "tests/test.h"

namespace ws::pass {
namespace {

// k(a, b): stores through `a` at p, adds up; then loads through `b` or from shared memory.
struct Kernel {
  ArenaMemory memory;
  ir::Module m{memory.arena()};
  FunctionId id;
  Inst store, load;

  Kernel(bool is_restrict, Space load_space) {
    ir::Function f;
    f.name = "k";
    f.kind = ir::FunctionKind::kKernel;
    f.num_params = 2;
    f.param_bytes = 16;
    for (const uint32_t offset : {0u, 8u}) {
      m.params.push_back({.name = offset == 0 ? "a" : "b",
                          .type = Type::kU64,
                          .offset = offset,
                          .bytes = 8,
                          .is_pointer = true,
                          .is_restrict = is_restrict && offset == 0});
    }
    m.functions.push_back(f);
    id = FunctionId(0);
    FunctionBuilder b(m, id);
    b.StartBlock(b.NewBlock());
    RegId pointers[2];
    for (uint32_t i = 0; i < 2; ++i) {
      const RegId loaded = b.NewReg(Type::kU64);
      pointers[i] = b.NewReg(Type::kU64);
      Inst ld = Of(Op::kLd, Type::kU64);
      ld.space = Space::kParam;
      b.Emit(ld, {Operand::Reg(loaded)}, {Operand::Param(8 * i)});
      b.Emit(Of(Op::kAdd, Type::kU64), {Operand::Reg(pointers[i])},
             {Operand::Reg(loaded), m.Imm(64)});
    }
    const RegId value = b.NewReg(Type::kU32);
    Inst st = Of(Op::kSt, Type::kU32);
    st.space = Space::kGlobal;
    store = b.Emit(st, {}, {Operand::Reg(pointers[0]), m.Imm(1)});
    Inst ld = Of(Op::kLd, Type::kU32);
    ld.space = load_space;
    const Operand from = load_space == Space::kShared ? m.Imm(0) : Operand::Reg(pointers[1]);
    load = b.Emit(ld, {Operand::Reg(value)}, {from});
    b.Emit(st, {}, {Operand::Reg(pointers[0]), Operand::Reg(value)}).offset = 4;
    b.Emit(Of(Op::kExit), {}, {});
    b.Finish();
  }

  bool MayOverlap() const {
    const Regions regions(m, id);
    return pass::MayOverlap(regions.Of(store), regions.Of(load));
  }
  // Whether the scheduler puts the load before the store that the source has first.
  bool LoadMovesUp() {
    Schedule(m, id);
    for (const Inst& inst : m.Insts(m.Blocks(m.functions[0])[0])) {
      if (inst.op == Op::kSt) return false;
      if (inst.op == Op::kLd && inst.space != Space::kParam) return true;
    }
    return false;
  }
};

TEST(Alias, PointersMayOverlapUnlessOneIsRestrict) {
  EXPECT_TRUE(Kernel(false, Space::kGlobal).MayOverlap());
  EXPECT_FALSE(Kernel(true, Space::kGlobal).MayOverlap());
  EXPECT_FALSE(Kernel(false, Space::kShared).MayOverlap());
  EXPECT_TRUE(Kernel(true, Space::kGeneric).MayOverlap());
}

TEST(Alias, LoadsMoveBeforeStoresThatTheyDoNotMeet) {
  EXPECT_FALSE(Kernel(false, Space::kGlobal).LoadMovesUp());
  EXPECT_TRUE(Kernel(true, Space::kGlobal).LoadMovesUp());
  EXPECT_TRUE(Kernel(false, Space::kShared).LoadMovesUp());
}

TEST(Alias, AnAddressOfTwoParametersIsOfNone) {
  const Region a{Space::kGlobal, 0, true}, b{Space::kGlobal, 1, false}, any{Space::kGlobal};
  EXPECT_FALSE(MayOverlap(a, b));
  EXPECT_TRUE(MayOverlap(a, any));
  EXPECT_TRUE(MayOverlap(a, a));
}

}  // namespace
}  // namespace ws::pass
