// Printing, reading and printing again gives the same text, for every .cu file of the repository.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "front/compiled.h"
#include "front/unparse.h"
#include "tests/test.h"

namespace ws {
namespace {

namespace fs = std::filesystem;

// The printed text; empty where the program does not parse as a whole.
std::string Printed(const std::string& name, const std::string& text, bool read_includes) {
  front::TextOptions options;
  options.read_includes = read_includes;
  const auto compiled = front::CompileText(name, text, options);
  const front::Program& program = compiled->program();
  if (program.tree == nullptr || program.sema == nullptr || program.tree->size() == 0) return {};
  for (uint32_t i = 0; i < program.tree->size(); ++i) {
    if (program.tree->kind(front::NodeId(i)) == front::NodeKind::kError) return {};
  }
  return front::Unparse(*program.tree, *program.tokens);
}

TEST(Reprint, IsAFixedPointForEveryFile) {
  int printed = 0;
  for (const char* folder : {"examples", "tests", "bench"}) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(test::RepoPath(folder))) {
      if (entry.path().extension() == ".cu") files.push_back(entry.path());
    }
    for (const fs::path& file : files) {
      std::ifstream in(file);
      std::stringstream text;
      text << in.rdbuf();
      const std::string once = Printed(file.string(), text.str(), true);
      // What parameter packs were taken apart into has names that no program can write.
      if (once.empty() || once.find("...[") != once.npos) continue;
      ++printed;
      // What stands in the library's headers is not printed.
      std::string includes;
      for (std::string line; std::getline(text, line);) {
        if (line.starts_with("#include <")) includes += line + "\n";
      }
      EXPECT_EQ(Printed("printed.cu", includes + once, false), once) << file;
    }
  }
  EXPECT_GE(printed, 150);
}

}  // namespace
}  // namespace ws
