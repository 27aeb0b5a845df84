#include "cxx/bridge.h"

#include "base/arena_memory.h"
#include "cxx/bridge_instruction.h"
#include "cxx/bridge_row.h"
#include "ir/verify.h"
#include "tests/test.h"

namespace ws::cxx {
namespace {

ir::Type RegisterOf(const std::string& external) {
  if (external == "void") return ir::Type::kNone;
  const bool word = external == "int" || external == "unsigned" || external == "float";
  return word ? ir::Type::kB32 : ir::Type::kB64;
}

// A function as PTX declares it.
ir::FunctionId Declare(ir::Module& module, std::string_view name,
                       const std::vector<BridgeType>& types) {
  ir::Function f;
  f.name = CopyText(*module.arena, name.data(), name.size());
  f.result = RegisterOf(types[0].external);
  f.first_param = module.params.size();
  f.num_params = static_cast<uint32_t>(types.size() - 1);
  for (size_t i = 1; i < types.size(); ++i) {
    ir::Param p;
    p.name = "p";
    p.type = RegisterOf(types[i].external);
    p.bytes = ir::BytesOf(p.type);
    module.params.push_back(p);
  }
  module.functions.push_back(f);
  return ir::FunctionId(module.functions.size() - 1);
}

TEST(Bridge, EveryRowThatIsCalledHasABody) {
  ArenaMemory memory;
  ir::Module module(memory.arena());
  std::vector<ir::FunctionId> declared;
  for (uint32_t i = 0; i < front::NumBuiltinRows(); ++i) {
    const auto row = static_cast<uint16_t>(i);
    const std::string name = BridgeName(row);
    if (BridgeText().find(" " + name + "(") == std::string::npos &&
        MathText().find(" " + name + "(") == std::string::npos) {
      continue;
    }
    const auto types = BridgeSignature(front::RowOf(row));
    ASSERT_TRUE(types.has_value()) << name;
    declared.push_back(Declare(module, name, *types));
  }
  EXPECT_GT(declared.size(), 300u);
  EXPECT_EQ(LinkBridge(module).size(), declared.size());
  for (const ir::FunctionId id : declared) {
    EXPECT_GT(module.functions[id.index].num_blocks, 0u) << module.functions[id.index].name;
  }
  EXPECT_EQ(ir::Verify(module), std::vector<std::string>());
}

TEST(Bridge, OtherDeclarationsStayAsTheyAre) {
  ArenaMemory memory;
  ir::Module module(memory.arena());
  const auto expf = front::FindBuiltin("expf").first;
  const auto types = BridgeSignature(front::RowOf(expf));
  ASSERT_TRUE(types.has_value());
  std::vector<BridgeType> wrong = *types;
  wrong[1] = {"double", "double", "double", 'd', false};
  (void)Declare(module, BridgeName(expf), wrong);
  (void)Declare(module, "__ws_99999_expf", *types);
  (void)Declare(module, "__ws_1_nothing", *types);
  (void)Declare(module, "expf", *types);
  EXPECT_TRUE(LinkBridge(module).empty());
}

TEST(Bridge, NamesTellTheirRows) {
  const auto expf = front::FindBuiltin("expf").first;
  EXPECT_EQ(BridgeRowOf(BridgeName(expf)), expf);
  EXPECT_FALSE(BridgeRowOf("__ws_0x1_expf").has_value());
  EXPECT_FALSE(BridgeRowOf("__ws_").has_value());
  EXPECT_FALSE(BridgeRowOf("expf").has_value());
}

TEST(Bridge, InstructionsAreInstructions) {
  const auto text = [](const char* name, size_t overload) {
    const auto row = front::RowOf(static_cast<uint16_t>(front::FindBuiltin(name).first + overload));
    const auto types = BridgeSignature(row);
    return types ? InstructionText(row, *types) : std::string("none");
  };
  EXPECT_NE(text("sqrtf", 0).find("\"sqrt.rn.f32 %0, %1;\""), std::string::npos);
  EXPECT_NE(text("__float2int_rz", 0).find("\"cvt.rzi.s32.f32 %0, %1;\""), std::string::npos);
  EXPECT_NE(text("__hfma2", 0).find("\"fma.rn.f16x2 %0, %1, %2, %3;\""), std::string::npos);
  EXPECT_NE(text("atomicCAS_block", 0).find("atom.cta.cas."), std::string::npos);
  EXPECT_EQ(text("expf", 0), "");
}

}  // namespace
}  // namespace ws::cxx
