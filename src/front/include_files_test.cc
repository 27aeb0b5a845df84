#include "front/include_files.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "front/compiled.h"
#include "tests/test.h"

namespace ws::front {
namespace {

namespace fs = std::filesystem;

class IncludeFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("ws-includes-" + std::to_string(getpid()));
    fs::create_directories(root_ / "work/deep");
    Write("secret.h", "int secret;");
    Write("work/near.h", "#include \"deep/far.h\"\n");
    Write("work/deep/far.h", "#include \"next.h\"\n#include \"near.h\"\n");
    Write("work/deep/next.h", "int next;");
    Write("work/large.h", std::string(kMaxIncludeBytes + 1, ' '));
    fs::create_symlink(root_ / "secret.h", root_ / "work/link.h");
    main_ = (root_ / "work/main.cu").string();
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  // Names of what is read for this text, without the main file's folder.
  std::vector<std::string> Names(std::string_view text) const {
    std::vector<std::string> names;
    for (const auto& [name, content] : ReadIncludes(main_, text)) {
      names.push_back(fs::path(name).lexically_relative(root_ / "work").string());
    }
    return names;
  }

  fs::path root_;
  std::string main_;
};

TEST_F(IncludeFiles, FollowsIncludesBesideTheIncludingFileAndBesideTheMainFile) {
  const std::vector<std::string> expected = {"near.h", "deep/far.h", "deep/next.h"};
  EXPECT_EQ(Names("  # include \"near.h\"\n"), expected);
  const auto compiled = CompileText(main_, "#include \"near.h\"\n", {.read_includes = true});
  // far.h and near.h include each other.
  ASSERT_EQ(compiled->diagnostics().size(), 1u);
  EXPECT_EQ(compiled->diagnostics()[0].id, "include-too-deep");
}

TEST_F(IncludeFiles, ReadsNothingOutsideTheFolderAndNothingLarge) {
  EXPECT_TRUE(Names("#include \"../secret.h\"\n").empty());
  EXPECT_TRUE(Names("#include \"deep/../near.h\"\n").empty());
  EXPECT_TRUE(Names("#include \"" + (root_ / "secret.h").string() + "\"\n").empty());
  EXPECT_TRUE(Names("#include \"link.h\"\n").empty());
  EXPECT_TRUE(Names("#include \"large.h\"\n").empty());
  EXPECT_TRUE(Names("#include \"deep\"\n").empty());
  EXPECT_TRUE(Names("// \"near.h\"\nconst char* s = \"near.h\";\n").empty());
}

TEST_F(IncludeFiles, ReadsOnlyWhenAsked) {
  EXPECT_TRUE(CompileText(main_, "#include \"deep/next.h\"\n", {.read_includes = true})->ok());
  EXPECT_FALSE(CompileText(main_, "#include \"deep/next.h\"\n")->ok());
}

TEST_F(IncludeFiles, NumberOfFilesIsBounded) {
  std::string text;
  for (uint32_t i = 0; i < kMaxIncludeFiles + 10; ++i) {
    const std::string name = "f" + std::to_string(i) + ".h";
    Write("work/" + name, "");
    text += "#include \"" + name + "\"\n";
  }
  EXPECT_EQ(Names(text).size(), kMaxIncludeFiles);
}

}  // namespace
}  // namespace ws::front
