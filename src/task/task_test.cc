#include "task/task.h"

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/format.h"
#include "task/element.h"
#include "task/normal.h"
#include "task/size_expr.h"
#include "tests/test.h"

namespace ws::task {
namespace {

namespace fs = std::filesystem;

// A folder with a task.toml and the sources it names.
class TaskFolder {
 public:
  TaskFolder() {
    static int counter = 0;
    path_ = fs::temp_directory_path() / Format("ws_task_test_{}_{}", getpid(), counter++);
    fs::create_directories(path_);
    Write("k.cu", "void launch(float* y, const float* x, int n) {}");
  }
  ~TaskFolder() { fs::remove_all(path_); }
  void Write(const std::string& name, const std::string& text) {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  Result<Task> Read(const std::string& toml) {
    Write("task.toml", toml);
    return ReadTask((path_ / "task.toml").string());
  }

 private:
  fs::path path_;
};

std::string TaskWith(const std::string& head, const std::string& x_extra) {
  return head + R"(
name = "t"
[[arg]]
name = "y"
role = "output"
dtype = "f32"
shape = ["n"]
[[arg]]
name = "x"
role = "input"
shape = ["n"]
)" + x_extra +
         R"(
[[arg]]
name = "n"
role = "scalar"
ctype = "int"
[sizes]
test = [{ n = 1 }, { n = 8 }]
bench = [{ n = 64 }, { n = 32, weight = 3 }]
[reference]
source = "k.cu"
[baseline]
source = "k.cu"
)";
}

TEST(SizeExpr, Evaluates) {
  const Sizes sizes = {{"n", 10}, {"m", 3}};
  EXPECT_EQ(EvaluateInteger("n*(m+1) - 2", sizes).value(), 38);
  EXPECT_EQ(EvaluateInteger("ceil_div(n, m) % 3", sizes).value(), 1);
  EXPECT_EQ(EvaluateInteger("-n/3", sizes).value(), -3);
  EXPECT_EQ(EvaluateInteger("max(n, min(m, 100))", sizes).value(), 10);
  EXPECT_DOUBLE_EQ(EvaluateReal("1e-5 * n", sizes).value(), 1e-4);
  EXPECT_DOUBLE_EQ(EvaluateReal("1 / m", sizes).value(), 1.0 / 3);
}

TEST(SizeExpr, NamesMistakes) {
  EXPECT_NE(EvaluateInteger("n+", {{"n", 1}}).error().message.find("missing"), std::string::npos);
  EXPECT_NE(EvaluateInteger("q", {{"n", 1}}).error().message.find("unknown size `q`"),
            std::string::npos);
  EXPECT_FALSE(EvaluateInteger("n/0", {{"n", 1}}).ok());
  EXPECT_FALSE(EvaluateInteger("n*n", {{"n", int64_t{1} << 40}}).ok());
  EXPECT_FALSE(EvaluateInteger(std::string(200, '('), {}).ok());
  EXPECT_FALSE(EvaluateInteger("1.5", {}).ok());
  EXPECT_FALSE(EvaluateInteger("2n", {{"n", 1}}).ok());
  EXPECT_FALSE(EvaluateInteger("", {}).ok());
  std::string sum = "1";
  while (sum.size() < 1022) sum += "+1";
  EXPECT_EQ(EvaluateInteger(sum, {}).value(), 512);
  sum += "+1";
  EXPECT_NE(EvaluateInteger(sum, {}).error().message.find("at most 1024"), std::string::npos);
}

TEST(Element, HalfRoundsToNearestEven) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    for (const DType dtype : {DType::kF16, DType::kBF16}) {
      const double value = ToNumber(dtype, bits);
      if (std::isnan(value)) continue;
      ASSERT_EQ(FromNumber(dtype, value), bits) << Name(dtype);
      const double up = ToNumber(dtype, bits + 1);
      if ((bits & 0x7fff) == 0x7fff || !std::isfinite(up) || !std::isfinite(value)) continue;
      const uint64_t even = bits % 2 == 0 ? bits : bits + 1;
      ASSERT_EQ(FromNumber(dtype, (value + up) / 2), even) << Name(dtype);
    }
  }
  EXPECT_EQ(FromNumber(DType::kF16, 65520), 0x7c00U);
  EXPECT_EQ(FromNumber(DType::kF16, 65519), 0x7bffU);
  EXPECT_EQ(LargestFinite(DType::kF16), 65504);
  EXPECT_EQ(UnitInLastPlace(DType::kF32, 1.5), 0x1p-23);
  EXPECT_EQ(UnitInLastPlace(DType::kF16, 0), 0x1p-24);
}

TEST(Normal, MatchesKnownQuantiles) {
  EXPECT_NEAR(NormalQuantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(NormalQuantile(0.5), 0, 1e-16);
  EXPECT_NEAR(NormalQuantile(1e-10), -6.361340902404056, 1e-13);
  EXPECT_NEAR(NormalQuantile(1e-14), -7.650628092935268, 1e-12);
  for (const double x : {1e-300, 1e-17, 0.3, 1.0, 1.5, 7.0, 1e200}) {
    EXPECT_NEAR(PortableLog(x), std::log(x), 1e-15 * (1 + std::fabs(std::log(x))));
  }
}

TEST(ReadTask, ReadsTheWholeFormat) {
  TaskFolder folder;
  const auto task = folder.Read(TaskWith("precision = \"tf32\"\napprox = true",
                                         "dtype = \"bf16\"\ninit = \"uniform(-1, 2)\""));
  ASSERT_TRUE(task.ok()) << task.error().message;
  EXPECT_EQ(task.value().precision, "tf32");
  EXPECT_TRUE(task.value().approx);
  EXPECT_EQ(task.value().args.size(), 3U);
  EXPECT_EQ(task.value().args[1].init.args[1], "2");
  EXPECT_EQ(task.value().bench_sizes[1].weight, 3);
  EXPECT_EQ(ScalarBits(task.value(), 2, {{"n", 8}}).value(), 8U);
}

TEST(ReadTask, ReportsAllMistakesWithPositionsAndHints) {
  TaskFolder folder;
  const auto task = folder.Read(TaskWith("presision = \"f32\"", "dtype = \"f23\"\nshap = 1"));
  ASSERT_FALSE(task.ok());
  const std::string& text = task.error().message;
  EXPECT_NE(text.find("task.toml:1:1: error: unknown key `presision`"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean `precision`?"), std::string::npos) << text;
  EXPECT_NE(text.find("unknown key `shap` in argument `x`"), std::string::npos) << text;
  EXPECT_NE(text.find("`dtype` cannot be `f23`"), std::string::npos) << text;
}

// toml++ asserts on some of these.
TEST(ReadTask, HostileTextIsAnErrorWithAPosition) {
  TaskFolder folder;
  for (const auto& [text, where] : {std::pair("[[[[", ":1:3:"),
                                    {"name = 1\n[.", ":2:2:"},
                                    {"[[=", ":1:3:"},
                                    {"\n\n[[ [a]]", ":3:4:"},
                                    {"[", ":1:"},
                                    {"a.=3", ":1:3:"},
                                    {"\xff", ":1:"}}) {
    const auto task = folder.Read(text);
    ASSERT_FALSE(task.ok()) << text;
    EXPECT_NE(task.error().message.find(std::string("task.toml") + where), std::string::npos)
        << task.error().message;
  }
}

TEST(ReadTask, WrongSizesAreTheOnlyMistakeReported) {
  TaskFolder folder;
  for (const auto& [value, what] : {std::pair("-5", "the size `n` cannot be -5"),
                                    {"1.5", "the size `n` cannot be 1.5"},
                                    {"\"1\"", "the size `n` cannot be the text \"1\""},
                                    {"true", "the size `n` cannot be true"},
                                    {"[1]", "the size `n` cannot be an array"}}) {
    std::string text = TaskWith("", "dtype = \"f32\"");
    text.replace(text.find("{ n = 1 }"), 9, Format("{{ n = {} }}", value));
    const auto task = folder.Read(text);
    ASSERT_FALSE(task.ok()) << value;
    const std::string& message = task.error().message;
    EXPECT_NE(message.find(Format("task.toml:18:15: error: {}", what)), std::string::npos)
        << message;
    EXPECT_EQ(message.find("error:"), message.rfind("error:")) << message;
  }
}

TEST(ReadTask, EmptyRangesHaveAPosition) {
  TaskFolder folder;
  for (const std::string extra :
       {"dtype = \"i32\"\ninit = \"integers(5, 5)\"", "dtype = \"f32\"\ninit = \"uniform(5, 1)\"",
        "dtype = \"i8\"\ninit = \"integers(0, 1000)\"", "dtype = \"i32\"\ninit = \"csr(0-1)\"",
        "dtype = \"f32\"\ninit = \"sorted(3, 2)\""}) {
    const auto task = folder.Read(TaskWith("", extra));
    ASSERT_FALSE(task.ok()) << extra;
    EXPECT_NE(task.error().message.find("task.toml:13:8: error:"), std::string::npos)
        << task.error().message;
  }
}

TEST(Inputs, AreDeterministicAndDifferBySeedAndFamily) {
  TaskFolder folder;
  const auto task = folder.Read(TaskWith("", "dtype = \"f32\""));
  ASSERT_TRUE(task.ok()) << task.error().message;
  const Sizes sizes = {{"n", 1000}};
  std::set<std::vector<uint8_t>> seen;
  for (const Family family :
       {Family::kFromInit, Family::kZeros, Family::kOnes, Family::kLarge, Family::kTiny,
        Family::kCancelling, Family::kTies, Family::kSpikes, Family::kBelow, Family::kAbove}) {
    const auto a = MakeInputs(task.value(), sizes, family, 7);
    const auto b = MakeInputs(task.value(), sizes, family, 7);
    ASSERT_TRUE(a.ok() && b.ok());
    EXPECT_EQ(a.value()[1].bytes, b.value()[1].bytes);
    EXPECT_EQ(a.value()[0].bytes.size(), 4000U);
    seen.insert(a.value()[1].bytes);
  }
  seen.insert(MakeInputs(task.value(), sizes, Family::kFromInit, 8).value()[1].bytes);
  EXPECT_EQ(seen.size(), 11U);
}

TEST(Inputs, NormalHasMeanZeroAndVarianceOne) {
  TaskFolder folder;
  const auto task = folder.Read(TaskWith("", "dtype = \"f64\""));
  ASSERT_TRUE(task.ok()) << task.error().message;
  const auto inputs = MakeInputs(task.value(), {{"n", 100000}}, Family::kFromInit, 1);
  double sum = 0;
  double squares = 0;
  for (uint64_t i = 0; i < 100000; ++i) {
    const double x = ToNumber(DType::kF64, BitsAt(inputs.value()[1], i));
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / 1e5, 0, 0.02);
  EXPECT_NEAR(squares / 1e5, 1, 0.02);
}

// What an init promises holds in every family.
TEST(Inputs, FamiliesKeepTheInitsPromises) {
  TaskFolder folder;
  folder.Write("x.bin", std::string(4 * 64, '\1'));
  const Sizes sizes = {{"n", 64}};
  for (const std::string init : {"uniform(2, 3)", "integers(-2, n)", "permutation", "sorted(0, 9)",
                                 "csr(n - 1)", "ones", "file(x.bin)"}) {
    const bool is_float = init.starts_with("uniform");
    const auto task = folder.Read(
        TaskWith("", Format("dtype = \"{}\"\ninit = \"{}\"", is_float ? "f32" : "i32", init)));
    ASSERT_TRUE(task.ok()) << task.error().message;
    for (const Family family : {Family::kFromInit, Family::kZeros, Family::kOnes, Family::kLarge,
                                Family::kTiny, Family::kCancelling, Family::kTies, Family::kSpikes,
                                Family::kSpikesAcross, Family::kBelow, Family::kAbove}) {
      const auto inputs = MakeInputs(task.value(), sizes, family, 3);
      ASSERT_TRUE(inputs.ok()) << inputs.error().message;
      std::vector<double> v;
      for (uint64_t i = 0; i < 64; ++i) {
        v.push_back(ToNumber(inputs.value()[1].dtype, BitsAt(inputs.value()[1], i)));
      }
      const auto [low, high] = std::ranges::minmax(v);
      if (is_float) {
        EXPECT_TRUE(low >= 2 && high <= 3) << Name(family);
      } else if (init.starts_with("integers")) {
        EXPECT_TRUE(low >= -2 && high <= 63) << Name(family);
      } else if (init == "permutation") {
        EXPECT_EQ(std::set<double>(v.begin(), v.end()).size(), 64U);
        EXPECT_EQ(high, 63);
      } else if (init == "ones") {
        EXPECT_TRUE(low == 1 && high == 1);
      } else if (init != "file(x.bin)") {
        EXPECT_TRUE(std::ranges::is_sorted(v)) << init;
        EXPECT_TRUE(init != "csr(n - 1)" || (low == 0 && high == 63));
      }
    }
  }
}

TEST(Inputs, OneSignFarFromZero) {
  TaskFolder folder;
  for (const std::string dtype : {"f16", "f32", "f64"}) {
    const auto task = folder.Read(TaskWith("", Format("dtype = \"{}\"", dtype)));
    ASSERT_TRUE(task.ok()) << task.error().message;
    for (const Family family : {Family::kBelow, Family::kAbove}) {
      const auto inputs = MakeInputs(task.value(), {{"n", 500}}, family, 5);
      for (uint64_t i = 0; i < 500; ++i) {
        const double x = ToNumber(inputs.value()[1].dtype, BitsAt(inputs.value()[1], i));
        EXPECT_EQ(x < 0, family == Family::kBelow);
        EXPECT_GE(std::fabs(x), dtype == "f16" ? 256 : 16384);
        EXPECT_TRUE(std::isfinite(x));
      }
    }
  }
}

// Each line has one large value: at its last, first and a random place in turn, of either sign.
TEST(Inputs, SpikesStandOutOfEachLineOnce) {
  TaskFolder folder;
  auto task = folder.Read(TaskWith("", "dtype = \"f32\""));
  ASSERT_TRUE(task.ok()) << task.error().message;
  task.value().args[1].shape = {{"2"}, {"6"}, {"n"}};
  const auto value = [](const std::vector<Array>& inputs, uint64_t i) {
    return ToNumber(DType::kF32, BitsAt(inputs[1], i));
  };
  const auto rows = MakeInputs(task.value(), {{"n", 17}}, Family::kSpikes, 12);
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  for (uint64_t row = 0; row < 12; ++row) {
    std::vector<uint64_t> large;
    for (uint64_t c = 0; c < 17; ++c) {
      if (std::fabs(value(rows.value(), row * 17 + c)) > 100) large.push_back(c);
    }
    ASSERT_EQ(large.size(), 1U) << row;
    EXPECT_TRUE(row % 3 != 0 || large[0] == 16) << row;
    EXPECT_TRUE(row % 3 != 1 || large[0] == 0) << row;
    EXPECT_EQ(value(rows.value(), row * 17 + large[0]) > 0, row % 6 < 3) << row;
  }
  const auto across = MakeInputs(task.value(), {{"n", 17}}, Family::kSpikesAcross, 3);
  ASSERT_TRUE(across.ok()) << across.error().message;
  uint64_t large = 0;
  for (uint64_t i = 0; i < 204; ++i) large += std::fabs(value(across.value(), i)) > 100 ? 1 : 0;
  EXPECT_TRUE(large == 2 * 17 || large == 6 * 17) << large;
}

TEST(Inputs, ReadsNpyFiles) {
  TaskFolder folder;
  const std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
  std::string npy = std::string("\x93NUMPY\x01", 7) + std::string(1, '\0') +
                    std::string(1, static_cast<char>(header.size())) + std::string(1, '\0') +
                    header + std::string("\0\0\x80\x3f\0\0\0\x40", 8);
  folder.Write("x.npy", npy);
  const auto task = folder.Read(TaskWith("", "dtype = \"f32\"\ninit = \"file(x.npy)\""));
  ASSERT_TRUE(task.ok()) << task.error().message;
  const auto inputs = MakeInputs(task.value(), {{"n", 2}}, Family::kFromInit, 1);
  ASSERT_TRUE(inputs.ok()) << inputs.error().message;
  EXPECT_EQ(ToNumber(DType::kF32, BitsAt(inputs.value()[1], 0)), 1);
  EXPECT_EQ(ToNumber(DType::kF32, BitsAt(inputs.value()[1], 1)), 2);
  const auto wrong = MakeInputs(task.value(), {{"n", 3}}, Family::kFromInit, 1);
  ASSERT_FALSE(wrong.ok());
  EXPECT_NE(wrong.error().message.find("needs 12"), std::string::npos) << wrong.error().message;
}

}  // namespace
}  // namespace ws::task
