#include "front/inline_includes.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "front/compiled.h"
#include "tests/test.h"

namespace ws::front {
namespace {

namespace fs = std::filesystem;

class InlineIncludesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("ws-inline-" + std::to_string(getpid()));
    fs::create_directories(root_ / "deep");
    main_ = (root_ / "main.cu").string();
  }
  void TearDown() override { fs::remove_all(root_); }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }

  // Whether the text compiles without any other file.
  static bool StandsAlone(const std::string& text) {
    return CompileText("elsewhere.cu", text, {.read_includes = false})->ok();
  }

  fs::path root_;
  std::string main_;
};

TEST_F(InlineIncludesTest, TextsWithoutSuchDirectivesStayAsTheyAre) {
  const std::string text =
      "#include <cuda_runtime.h>\n// #include \"a.h\"\n/*\n#include \"a.h\"\n*/\n"
      "const char* s = \"#include \\\"a.h\\\"\";\n";
  Write("a.h", "int a;\n");
  EXPECT_EQ(InlineIncludes(main_, text), text);
}

TEST_F(InlineIncludesTest, NestedFilesStandInTheirPlace) {
  Write("a.h", "#pragma once\n#include \"deep/b.h\"\nconstexpr int kA = kB + 1;");
  Write("deep/b.h", "#include \"c.h\"\nconstexpr int kB = kC + 1;\n");
  Write("deep/c.h", "#ifndef C\n#define C\nconstexpr int kC = 1;\n#endif\n");
  const std::string text =
      "  # include \"a.h\"  // the first\n#include \"a.h\"\n#include \"deep/c.h\"\n"
      "static_assert(kA == 3, \"\");\n";
  const std::string whole = InlineIncludes(main_, text);
  EXPECT_EQ(whole.find("#include"), std::string::npos) << whole;
  EXPECT_NE(whole.find("// the first"), std::string::npos);
  EXPECT_TRUE(StandsAlone(whole)) << whole;
  EXPECT_FALSE(StandsAlone(text));
}

TEST_F(InlineIncludesTest, AFileWithoutAGuardStandsInEveryPlace) {
  Write("x.h", "int NAME() { return 1; }\n#undef NAME\n");
  const std::string whole =
      InlineIncludes(main_,
                     "#define NAME f\n#include \"x.h\"\n#define NAME g\n#include \"x.h\"\n"
                     "int h() { return f() + g(); }\n");
  EXPECT_TRUE(StandsAlone(whole)) << whole;
}

TEST_F(InlineIncludesTest, WhatCannotBeReplacedStays) {
  Write("self.h", "#include \"self.h\"\n");
  Write("once.h", "#pragma once\n#include \"once.h\"\nint once;\n");
  const std::string whole =
      InlineIncludes(main_, "#include \"nowhere.h\"\n#include \"self.h\"\n#include \"once.h\"\n");
  EXPECT_NE(whole.find("#include \"nowhere.h\""), std::string::npos);
  EXPECT_NE(whole.find("#include \"self.h\""), std::string::npos);
  EXPECT_EQ(whole.find("#include \"once.h\""), std::string::npos);
}

TEST_F(InlineIncludesTest, FilesThatDoubleAtEveryLevelDoNotFillTheMemory) {
  for (int i = 0; i < 40; ++i) {
    const std::string next = "#include \"f" + std::to_string(i + 1) + ".h\"\n";
    Write("f" + std::to_string(i) + ".h", next + next);
  }
  EXPECT_LT(InlineIncludes(main_, "#include \"f0.h\"\n").size(), size_t{16} << 20);
}

}  // namespace
}  // namespace ws::front
