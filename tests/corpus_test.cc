// Kernels with launchers in the styles people write: each compiles, gives what its first line
// expects, and printed, read and printed again is the same text with the same results.
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "diag/render.h"
#include "exec/engine.h"
#include "front/compiled.h"
#include "front/unparse.h"
#include "pass/pipeline.h"
#include "tests/test.h"

namespace ws {
namespace {

constexpr char kExpect[] = "// EXPECT:";

// What launch(float* out) writes to the first `count` elements.
std::vector<float> Outputs(const std::string& name, const std::string& text, size_t count,
                           std::string* printed) {
  const auto compiled = front::CompileText(name, text);
  EXPECT_TRUE(compiled->ok()) << diag::ToText(compiled->diagnostics()) << text;
  if (!compiled->ok()) return {};
  const front::Program& program = compiled->program();
  *printed = front::Unparse(*program.tree, *program.tokens);
  pass::ForExecution(compiled->module());
  exec::Instance instance(compiled->module());
  const exec::DevicePtr out = instance.Allocate(count * sizeof(float), "out");
  const exec::ArgValue args[] = {{ir::Type::kU64, out}};
  const exec::RunReport report =
      instance.Call(compiled->module().Find("launch"), args, exec::RunOptions());
  EXPECT_TRUE(report.clean()) << name;
  std::vector<float> values(count);
  memcpy(values.data(), instance.Read(out).data(), count * sizeof(float));
  return values;
}

TEST(Corpus, CompilesRunsAndPrintsTheSameAgain) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(WS_SOURCE_DIR "/tests/corpus")) {
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    const std::string name = entry.path().filename().string();
    const std::string source = text.str();
    ASSERT_TRUE(source.starts_with(kExpect)) << name;
    std::istringstream line(source.substr(strlen(kExpect), source.find('\n') - strlen(kExpect)));
    std::vector<float> expected;
    for (float value; line >> value;) expected.push_back(value);
    ASSERT_FALSE(expected.empty()) << name;
    std::string once;
    std::string twice;
    EXPECT_EQ(Outputs(name, source, expected.size(), &once), expected) << name;
    EXPECT_EQ(Outputs(name, once, expected.size(), &twice), expected) << name;
    EXPECT_EQ(once, twice) << name;
    ++files;
  }
  EXPECT_GT(files, 0u);
}

}  // namespace
}  // namespace ws
