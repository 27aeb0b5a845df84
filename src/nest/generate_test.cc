#include "nest/generate.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>

#include "base/format.h"
#include "base/tools.h"
#include "tests/programs.h"
#include "tests/test.h"

namespace ws::nest {
namespace {

TEST(GenerateTest, DefaultSchedulesGenerate) {
  for (const Program& program :
       {test::SoftmaxProgram(), test::RmsNormProgram(), test::TransposeProgram(),
        test::MatmulProgram(), test::ColumnSumsProgram(), test::BiasGeluProgram()}) {
    const Schedule schedule = DefaultSchedule(program);
    const Result<std::string> text = Generate(program, schedule);
    ASSERT_TRUE(text.ok()) << text.error().message;
    if (std::getenv("WS_PRINT") != nullptr) std::fputs(text.value().c_str(), stdout);
    const Result<Schedule> again = ParseSchedule(ToText(schedule));
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ(again.value(), schedule);
  }
}

// The schedules an expert would choose.
struct Case {
  const char* name;
  Program program;
  const char* schedule;
};
std::vector<Case> ExpertCases() {
  return {
      {"softmax, warp per row", test::SoftmaxProgram(),
       "kernel0[(a0:xy4*1*1 a1:-x32*8*4) (a0:xy4*1*1 a1:-x32*8*4) (a0:xy4*1*1 a1:-x32*8*4) "
       "(a0:xy4*1*1 a1:-x32*8*4) keep1r keep0r]"},
      {"softmax, block per row in shared memory", test::SoftmaxProgram(),
       "kernel0[(a0:x-1*1*1 a1:-x256*1*4) (a0:x-1*1*1 a1:-x256*1*4) (a0:x-1*1*1 a1:-x256*1*4) "
       "(a0:x-1*1*1 a1:-x256*1*4) keep0s]"},
      {"rms norm", test::RmsNormProgram(),
       "kernel0[(a0:x-1*1*1 a1:-x256*2*8) (a0:x-1*1*1) (a0:x-1*1*1 a1:-x256*2*8) keep1r]"},
      {"transpose", test::TransposeProgram(), "kernel0[(a0:yx32*1*1 a1:xy8*4*1 stage1/a1+1*4)]"},
      {"matmul", test::MatmulProgram(),
       "kernel0[(a0:yy16*1*4 a1:xx16*2*4 a2:--1*16*1 stage1/a0+4*4 stage2/a1+0*4)]"},
      {"matmul with transposed operands", test::MatmulProgram(true, true),
       "kernel0[(a0:yy16*2*2 a1:xx16*1*4 a2:--1*8*1 stage1/a0+0*4 stage2/a1+4*2)]"},
      {"sgemm, two buffers", test::MatmulProgram(),
       "kernel0[(a0:yy8*2*4 a1:xx16*2*4 a2:--1*8*1 stage1/a0+4*4 stage2/a1+0*4 buffers2)]"},
      {"matmul in registers alone", test::MatmulProgram(),
       "kernel0[(a0:yy16*2*2 a1:xx16*3*1 a2:--1*4*1)]"},
      {"column sums", test::ColumnSumsProgram(), "kernel0[(a0:xx32*1*4 a1:-y8*4*1)]"},
      {"column sums in parts", test::ColumnSumsProgram(),
       "split0/a1*32 kernel0[(a2:y-1*1*1 a0:xx32*1*4 a3:-y8*4*1)] kernel1[(a0:xx64*1*1 "
       "a2:-y4*1*1)]"},
      {"bias and gelu", test::BiasGeluProgram(), "kernel0[(a0:y-1*1*1 a1:xx256*1*8)]"},
      {"bias and gelu, rows per thread", test::BiasGeluProgram(),
       "kernel0[(a0:yy2*4*1 a1:xx128*1*4)]"},
  };
}

// Compiles with nvcc; the text of its errors with the program, or empty.
std::string CompileWithNvcc(const std::string& nvcc, const std::string& text) {
  const std::string path = Format("{}ws_generate_test.{}.cu", testing::TempDir(), getpid());
  std::FILE* file = std::fopen(path.c_str(), "w");
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
  const std::string command =
      nvcc + " -arch=sm_90 -Werror all-warnings -c -o /dev/null " + path + " 2>&1";
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  char buffer[4096];
  while (const size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, n);
  const int status = pclose(pipe);
  std::remove(path.c_str());
  return status == 0 ? "" : output + text;
}

// Several programs as one: each in a namespace of its own, without C linkage, and what they include
// in front. nvcc takes a second for the headers, whatever else is in the file.
std::string Together(const std::vector<std::string>& programs) {
  std::set<std::string> includes;
  std::string bodies;
  for (const std::string& program : programs) {
    AppendFormat(bodies, "namespace program{} {{\n", bodies.size());
    std::istringstream lines(program);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("#include")) {
        includes.insert(line);
        continue;
      }
      constexpr std::string_view kLinkage = "extern \"C\" ";
      if (line.starts_with(kLinkage)) line.erase(0, kLinkage.size());
      bodies += line + "\n";
    }
    bodies += "}\n";
  }
  std::string text;
  for (const std::string& line : includes) text += line + "\n";
  return text + bodies;
}

TEST(GenerateTest, ExpertSchedulesGenerate) {
  for (const Case& c : ExpertCases()) {
    const Result<Schedule> schedule = ParseSchedule(c.schedule);
    ASSERT_TRUE(schedule.ok()) << c.name << ": " << schedule.error().message;
    const Result<std::string> text = Generate(c.program, schedule.value());
    ASSERT_TRUE(text.ok()) << c.name << ": " << text.error().message;
    if (std::getenv("WS_PRINT") != nullptr)
      std::printf("// ---- %s\n%s", c.name, text.value().c_str());
  }
}

TEST(GenerateTest, LauncherRefusesWhatWasNotAssumed) {
  test::ProgramBuilder b("copy");
  const BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const ExprId n = b.Scalar("n");
  const AxisId i = b.Axis("i", n);
  b.Map({i}, y, b.At(i), b.p.Load(x, b.At(i)));
  Assumption& assumption = b.p.assumptions.emplace_back();
  assumption.condition =
      b.p.Binary(ExprOp::kEq, b.p.Binary(ExprOp::kRem, n, b.p.Int(256)), b.p.Int(0));
  assumption.reason = "the grid has no partial block";
  const Result<std::string> text = Generate(b.p, DefaultSchedule(b.p));
  ASSERT_TRUE(text.ok());
  EXPECT_NE(text.value().find("if (!(n % 256 == 0)) abort();"), std::string::npos);
}

TEST(GenerateTest, NvccCompilesExpertSchedules) {
  const auto nvcc = FindTool("nvcc");
  if (!nvcc) GTEST_SKIP() << "nvcc not found";
  std::vector<std::string> programs;
  for (const Case& c : ExpertCases()) {
    const Result<std::string> text = Generate(c.program, ParseSchedule(c.schedule).value());
    ASSERT_TRUE(text.ok()) << c.name << ": " << text.error().message;
    programs.push_back(text.value());
  }
  EXPECT_EQ(CompileWithNvcc(*nvcc, Together(programs)), "");
}

}  // namespace
}  // namespace ws::nest
