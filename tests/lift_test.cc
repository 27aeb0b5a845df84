// Lifted programs against the kernels they came from: each tests/lift/*.cu runs on the engine, and
// lifted, in the evaluator of tensor programs and as generated code on the engine again; the
// buffers must agree.
//
//   // ARGS: y:f32[24] x:f32[24] rows=4 cols=6      one run per line; buffers begin with noise;
//                                                   s32[9]<4: of 0 to 3; s32[9]~: 8 down to 0
//   // REFUSED: a part of the reason                instead: lifting must say this
//   // NESTS: 3                                     how many nests come out
//
// The examples' naive kernels are lifted too, with what tests/lift/examples.txt says of them.
#include "nest/lift.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/rng.h"
#include "exec/engine.h"
#include "front/compiled.h"
#include "ir/float_ops.h"
#include "nest/evaluate.h"
#include "nest/generate.h"
#include "nest/schedule.h"
#include "pass/pipeline.h"
#include "tests/test.h"

namespace ws {
namespace {

struct LiftCase {
  std::string name;
  std::string text;
  std::vector<std::string> args;
  std::string refused;
  int nests = 0;
};

std::vector<LiftCase> ReadCases() {
  std::vector<std::string> paths;
  const auto folder = std::filesystem::path(WS_SOURCE_DIR) / "tests" / "lift";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".cu") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<LiftCase> cases;
  for (const std::string& path : paths) {
    LiftCase c;
    c.name = std::filesystem::path(path).stem().string();
    std::ifstream in(path);
    std::string line;
    while (std::getline(in, line)) {
      c.text += line + "\n";
      const auto after = [&line](std::string_view key) {
        std::string rest;
        if (line.compare(0, key.size(), key) == 0) rest.assign(line, key.size());
        return rest;
      };
      if (const std::string args = after("// ARGS: "); !args.empty()) c.args.push_back(args);
      if (const std::string why = after("// REFUSED: "); !why.empty()) c.refused = why;
      if (const std::string n = after("// NESTS: "); !n.empty()) c.nests = std::stoi(n);
    }
    cases.push_back(std::move(c));
  }
  return cases;
}

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<LiftCase> ReadExamples() {
  std::ifstream in(test::RepoPath("tests/lift/examples.txt"));
  std::vector<LiftCase> cases;
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::stringstream words(line);
    std::string name, nests, rest;
    words >> name >> nests;
    std::getline(words >> std::ws, rest);
    if (cases.empty() || cases.back().name != name) {
      LiftCase& c = cases.emplace_back();
      c.name = name;
      c.text = ReadText(test::RepoPath("examples/" + name + "/naive.cu"));
    }
    LiftCase& c = cases.back();
    if (nests == "REFUSED") {
      c.refused = rest;
    } else {
      c.nests = std::stoi(nests);
      c.args.push_back(rest);
    }
  }
  return cases;
}

struct Argument {
  bool is_buffer = false;
  ir::Type type = ir::Type::kNone;
  std::vector<double> values;
};

std::vector<Argument> ParseArguments(const std::string& line) {
  std::vector<Argument> result;
  std::stringstream words(line);
  std::string word;
  Rng rng(7);
  while (words >> word) {
    Argument a;
    if (const size_t colon = word.find(':'); colon != std::string::npos) {
      const std::string type = word.substr(colon + 1, word.find('[') - colon - 1);
      const int count = std::stoi(word.substr(word.find('[') + 1));
      a.is_buffer = true;
      a.type = type == "f16"   ? ir::Type::kF16
               : type == "f64" ? ir::Type::kF64
               : type == "s32" ? ir::Type::kS32
               : type == "s64" ? ir::Type::kS64
                               : ir::Type::kF32;
      const size_t below = word.find('<');
      const bool descending = word.back() == '~';
      for (int i = 0; i < count; ++i) {
        if (descending || below != std::string::npos) {
          const auto raw = static_cast<int>(rng.Next() % 1000);
          a.values.push_back(descending ? count - 1 - i : raw % std::stoi(word.substr(below + 1)));
          continue;
        }
        const double noise = static_cast<double>(rng.Next() % 2001) / 1000.0 - 1.0;
        if (ir::IsInteger(a.type)) {
          a.values.push_back(std::floor(noise * 50));
        } else if (type == "f16") {
          const auto bits = static_cast<uint32_t>(
              ir::F32ToF16(std::bit_cast<uint32_t>(static_cast<float>(noise))));
          a.values.push_back(static_cast<double>(ir::HalfValue(bits)));
        } else {
          a.values.push_back(static_cast<double>(static_cast<float>(noise)));
        }
      }
    } else {
      a.values = {std::stod(word.substr(word.find('=') + 1))};
    }
    result.push_back(std::move(a));
  }
  return result;
}

std::vector<uint8_t> ToBytes(ir::Type type, const std::vector<double>& values) {
  std::vector<uint8_t> bytes(values.size() * ir::BytesOf(type));
  for (size_t i = 0; i < values.size(); ++i) {
    uint64_t bits = 0;
    if (type == ir::Type::kF64) bits = std::bit_cast<uint64_t>(values[i]);
    if (type == ir::Type::kF32) bits = std::bit_cast<uint32_t>(static_cast<float>(values[i]));
    if (type == ir::Type::kF16) {
      bits = ir::F32ToF16(std::bit_cast<uint32_t>(static_cast<float>(values[i])));
    }
    if (ir::IsInteger(type)) bits = static_cast<uint64_t>(static_cast<int64_t>(values[i]));
    memcpy(bytes.data() + i * ir::BytesOf(type), &bits, ir::BytesOf(type));
  }
  return bytes;
}

std::vector<double> FromBytes(ir::Type type, std::span<const uint8_t> bytes) {
  std::vector<double> values(bytes.size() / ir::BytesOf(type));
  for (size_t i = 0; i < values.size(); ++i) {
    uint64_t bits = 0;
    memcpy(&bits, bytes.data() + i * ir::BytesOf(type), ir::BytesOf(type));
    if (type == ir::Type::kF64) values[i] = std::bit_cast<double>(bits);
    if (type == ir::Type::kF32) values[i] = std::bit_cast<float>(static_cast<uint32_t>(bits));
    if (type == ir::Type::kF16) values[i] = ir::HalfValue(static_cast<uint32_t>(bits));
    if (type == ir::Type::kS32) values[i] = static_cast<int32_t>(bits);
    if (type == ir::Type::kS64) values[i] = static_cast<double>(static_cast<int64_t>(bits));
  }
  return values;
}

// The launcher on the engine; the buffers afterwards.
std::vector<std::vector<double>> RunOnEngine(const ir::Module& module,
                                             const std::vector<Argument>& arguments,
                                             const nest::Program& program) {
  exec::Instance instance(module);
  std::vector<exec::DevicePtr> pointers(arguments.size());
  std::vector<exec::ArgValue> values;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const Argument& a = arguments[i];
    if (a.is_buffer) {
      const std::vector<uint8_t> bytes = ToBytes(a.type, a.values);
      pointers[i] = instance.Allocate(bytes.size(), program.parameters[i].name);
      instance.Write(pointers[i], bytes);
      values.push_back({ir::Type::kU64, pointers[i]});
    } else {
      const ir::Type type = program.parameters[i].type;
      uint64_t bits = 0;
      const std::vector<uint8_t> bytes = ToBytes(type, a.values);
      memcpy(&bits, bytes.data(), bytes.size());
      values.push_back({type, bits});
    }
  }
  const exec::RunReport report = instance.Call(module.Find(program.entry), values, {});
  for (const exec::Finding& f : report.findings) {
    EXPECT_TRUE(f.is_note) << f.message;
  }
  std::vector<std::vector<double>> result(arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].is_buffer) {
      result[i] = FromBytes(arguments[i].type, instance.Read(pointers[i]));
    }
  }
  return result;
}

double ToleranceOf(ir::Type type) {
  if (type == ir::Type::kF16) return 4e-3;
  return type == ir::Type::kS32 ? 0 : 2e-5;
}

void CompareBuffers(const std::vector<Argument>& arguments,
                    const std::vector<std::vector<double>>& got,
                    const std::vector<std::vector<double>>& expected,
                    const nest::Program& program) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!arguments[i].is_buffer) continue;
    const double tolerance = ToleranceOf(arguments[i].type);
    for (size_t k = 0; k < expected[i].size(); ++k) {
      const double want = expected[i][k];
      ASSERT_NEAR(got[i][k], want, tolerance * (1 + std::fabs(want)))
          << program.parameters[i].name << "[" << k << "]";
    }
  }
}

void CheckRun(const nest::Program& program, const ir::Module& module, const ir::Module& generated,
              const std::string& line) {
  const std::vector<Argument> arguments = ParseArguments(line);
  ASSERT_EQ(arguments.size(), program.parameters.size());
  const auto expected = RunOnEngine(module, arguments, program);
  nest::Bindings bindings;
  for (const Argument& a : arguments) {
    bindings.scalars.push_back(a.is_buffer ? 0 : a.values[0]);
    bindings.buffers.push_back(a.is_buffer ? a.values : std::vector<double>());
  }
  const Status status = nest::Evaluate(program, &bindings);
  ASSERT_TRUE(status.ok()) << status.error().message;
  CompareBuffers(arguments, bindings.buffers, expected, program);
  if (testing::Test::HasFatalFailure()) return;
  CompareBuffers(arguments, RunOnEngine(generated, arguments, program), expected, program);
}

void CheckCase(const LiftCase& c) {
  SCOPED_TRACE(c.name);
  const auto compiled = front::CompileText(c.name + ".cu", c.text);
  ASSERT_TRUE(compiled->ok()) << diag::ToText(compiled->diagnostics());
  const nest::Lifted lifted = nest::Lift(compiled->program(), "launch");
  if (!c.refused.empty()) {
    EXPECT_FALSE(lifted.ok) << nest::ToText(lifted.program);
    EXPECT_NE(lifted.why_not.find(c.refused), std::string::npos) << lifted.why_not;
    return;
  }
  EXPECT_TRUE(lifted.ok) << lifted.why_not << " at line "
                         << diag::FindLine(*compiled->program().sources, lifted.where).line;
  if (!lifted.ok) return;
  const std::string text = nest::ToText(lifted.program);
  SCOPED_TRACE(text);
  if (c.nests > 0) {
    EXPECT_EQ(lifted.program.nests.size(), static_cast<size_t>(c.nests));
  }
  pass::ForExecution(compiled->module());
  ASSERT_FALSE(c.args.empty());
  const auto text_of_code =
      nest::Generate(lifted.program, nest::DefaultSchedule(lifted.program), {});
  ASSERT_TRUE(text_of_code.ok()) << text_of_code.error().message;
  SCOPED_TRACE(text_of_code.value());
  const auto generated = front::CompileText("generated.cu", text_of_code.value());
  ASSERT_TRUE(generated->ok()) << diag::ToText(generated->diagnostics());
  pass::ForExecution(generated->module());
  for (const std::string& args : c.args) {
    CheckRun(lifted.program, compiled->module(), generated->module(), args);
  }
}

void CheckCases(const std::vector<LiftCase>& cases) {
  for (const LiftCase& c : cases) CheckCase(c);
}

TEST(Lift, ComputesWhatTheKernelsCompute) { CheckCases(ReadCases()); }

TEST(Lift, ComputesWhatTheExamplesCompute) {
  const std::vector<LiftCase> cases = ReadExamples();
  std::set<std::string> names;
  for (const LiftCase& c : cases) names.insert(c.name);
  for (const auto& entry : std::filesystem::directory_iterator(test::RepoPath("examples"))) {
    const std::string name = entry.path().filename().string();
    EXPECT_EQ(names.count(name), 1U) << name << " is missing in tests/lift/examples.txt";
  }
  CheckCases(cases);
}

}  // namespace
}  // namespace ws
