#include "cxx/name_table.h"

#include "tests/test.h"

namespace ws::cxx {
namespace {

TEST(NameTable, IsTakenOutOfPtx) {
  std::string ptx =
      "a\n.visible .const .align 8 .u64 __ws_name_0 = _Z1kv;\n"
      "                                        // @__ws_name_1\n"
      ".visible .const .align 8 .u64 __ws_name_1 = generic(v);\nb\n";
  EXPECT_EQ(TakeNames(ptx, 3), (std::vector<std::string>{"_Z1kv", "v", ""}));
  EXPECT_EQ(ptx, "a\nb\n");
}

TEST(NameTable, SymbolsOfManagedVariables) {
  const char* ptx =
      ".visible .global .attribute(.managed) .align 8 .b8 sums[32];\n"
      ".global .attribute(.managed) .align 4 .u32 _ZN1N11found_totalE = 7;\n"
      ".global .align 4 .u32 _ZL5local;\n"
      ".global .align 4 .u32 _ZN12_GLOBAL__N_16hiddenE;\n"
      "\tst.global.u32 \t[other], %r1;\n";
  EXPECT_EQ(SymbolOf("sums", ptx), "sums");
  EXPECT_EQ(SymbolOf("N::found_total", ptx), "_ZN1N11found_totalE");
  EXPECT_EQ(SymbolOf("local", ptx), "_ZL5local");
  EXPECT_EQ(SymbolOf("hidden", ptx), "_ZN12_GLOBAL__N_16hiddenE");
  EXPECT_EQ(SymbolOf("found_total", ptx), "");
  EXPECT_EQ(SymbolOf("other", ptx), "");
}

}  // namespace
}  // namespace ws::cxx
