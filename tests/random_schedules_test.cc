// Random programs under random schedules: small tensor programs are made by chance, techniques are
// applied by chance, and what the generated code leaves on the engine must be what the evaluator of
// tensor programs says, without a finding.
#include <bit>
#include <cmath>
#include <cstring>

#include "base/format.h"
#include "base/rng.h"
#include "exec/engine.h"
#include "front/compiled.h"
#include "nest/evaluate.h"
#include "pass/pipeline.h"
#include "target/cuda/technique.h"
#include "tests/programs.h"
#include "tests/test.h"

namespace ws {
namespace {

using nest::BufferId;
using nest::ExprId;
using nest::ExprOp;
using nest::Reduction;

// A sequence of maps and reductions over a matrix, as people chain them: every step uses what some
// step before it made, and the last results go to the outputs `y` (a matrix) and `z` (a vector).
class RandomProgram {
 public:
  explicit RandomProgram(uint64_t seed) : rng_(seed) {
    matrices_.push_back(x_);
    const uint64_t steps = 1 + rng_.Below(4);
    for (uint64_t i = 0; i < steps; ++i) AddStep();
    b_.Map({r_, c_}, y_, At(), Point());
    Reduce(z_);
  }
  nest::Program Take() { return std::move(b_.p); }

 private:
  ExprId At() { return b_.Flat(r_, cols_, c_); }
  bool Chance(uint64_t of) { return rng_.Below(of) == 0; }

  ExprId Element() { return b_.p.Load(matrices_[rng_.Below(matrices_.size())], At()); }

  // A value at the point (r, c) of what is there so far.
  ExprId Point() {
    ExprId e = Element();
    if (Chance(2)) e = b_.Add(e, b_.p.Load(w_, b_.At(c_)));
    if (Chance(3)) e = b_.Mul(e, b_.p.Float(0.5));
    if (Chance(3)) e = b_.p.Call("fabsf", ir::Type::kF32, {e});
    if (Chance(3)) {  // continuous, so that rounding decides nothing
      const ExprId other = Element();
      e = b_.p.Select(b_.p.Binary(ExprOp::kGt, e, other), e, other);
    }
    if (!vectors_.empty() && Chance(2)) {
      const ExprId v = b_.p.Load(vectors_[rng_.Below(vectors_.size())], b_.At(r_));
      e = Chance(2) ? b_.Sub(e, v) : b_.Div(e, b_.Add(b_.p.Float(2), b_.Mul(v, v)));
    }
    return e;
  }

  void Reduce(BufferId out) {
    const bool max = Chance(3);
    const ExprId value = Point();
    b_.Reduce(max ? Reduction::kMax : Reduction::kSum, {r_}, {c_}, out, b_.At(r_),
              max ? value : b_.Mul(value, b_.p.Float(0.125)));
  }

  void AddStep() {
    const int id = count_++;
    if (Chance(2)) {
      const BufferId t = b_.Temporary(Name("t", id), ir::Type::kF32, b_.Mul(rows_, cols_));
      b_.Map({r_, c_}, t, At(), Point());
      matrices_.push_back(t);
      return;
    }
    const BufferId v = b_.Temporary(Name("v", id), ir::Type::kF32, rows_);
    if (Chance(2)) {
      Reduce(v);
      vectors_.push_back(v);
      return;
    }
    // A maximum and the sum of exponentials relative to it.
    const BufferId s = b_.Temporary(Name("s", id), ir::Type::kF32, rows_);
    const ExprId value = Element();
    b_.Reduce(Reduction::kMax, {r_}, {c_}, v, b_.At(r_), value);
    b_.Reduce(Reduction::kSum, {r_}, {c_}, s, b_.At(r_),
              b_.Exp(b_.Sub(value, b_.p.Load(v, b_.At(r_)))));
    vectors_.push_back(v);
    vectors_.push_back(s);
  }

  const char* Name(const char* stem, int id) {
    names_.push_back(Format("{}{}", stem, id));
    return names_.back().c_str();
  }

  Rng rng_;
  test::ProgramBuilder b_{"launch"};
  BufferId y_ = b_.Pointer("y", ir::Type::kF32, false);
  BufferId z_ = b_.Pointer("z", ir::Type::kF32, false);
  BufferId x_ = b_.Pointer("x", ir::Type::kF32, true);
  BufferId w_ = b_.Pointer("w", ir::Type::kF32, true);
  ExprId rows_ = b_.Scalar("rows");
  ExprId cols_ = b_.Scalar("cols");
  nest::AxisId r_ = b_.Axis("r", rows_);
  nest::AxisId c_ = b_.Axis("c", cols_);
  std::vector<BufferId> matrices_;
  std::vector<BufferId> vectors_;
  std::vector<std::string> names_;
  int count_ = 0;
};

struct Size {
  int64_t rows, cols;
};

nest::Bindings Inputs(const Size& size, Rng& rng) {
  nest::Bindings bindings;
  bindings.scalars = {0, 0, 0, 0, static_cast<double>(size.rows), static_cast<double>(size.cols)};
  const auto random = [&](int64_t n) {
    std::vector<double> values(static_cast<size_t>(n));
    for (double& v : values) {
      v = static_cast<double>(static_cast<float>(rng.Below(2001)) / 1000.0f - 1.0f);
    }
    return values;
  };
  bindings.buffers = {std::vector<double>(static_cast<size_t>(size.rows * size.cols)),
                      std::vector<double>(static_cast<size_t>(size.rows)),
                      random(size.rows * size.cols),
                      random(size.cols),
                      {},
                      {}};
  return bindings;
}

// The launcher on the engine, on the buffers of `bindings`; findings fail the test.
std::vector<std::vector<double>> RunOnEngine(const ir::Module& module,
                                             const nest::Bindings& bindings) {
  exec::Instance instance(module);
  std::vector<exec::DevicePtr> pointers;
  std::vector<exec::ArgValue> values;
  for (size_t i = 0; i < bindings.buffers.size(); ++i) {
    const auto& buffer = bindings.buffers[i];
    if (buffer.empty()) {
      values.push_back({ir::Type::kS32, static_cast<uint64_t>(bindings.scalars[i])});
      continue;
    }
    std::vector<uint8_t> bytes(buffer.size() * 4);
    for (size_t k = 0; k < buffer.size(); ++k) {
      const auto bits = std::bit_cast<uint32_t>(static_cast<float>(buffer[k]));
      memcpy(bytes.data() + k * 4, &bits, 4);
    }
    pointers.push_back(instance.Allocate(bytes.size(), Format("argument {}", i)));
    instance.Write(pointers.back(), bytes);
    values.push_back({ir::Type::kU64, pointers.back()});
  }
  const exec::RunReport report = instance.Call(module.Find("launch"), values, {});
  for (const exec::Finding& f : report.findings) EXPECT_TRUE(f.is_note) << f.message;
  std::vector<std::vector<double>> result;
  for (const exec::DevicePtr pointer : pointers) {
    const auto bytes = instance.Read(pointer);
    std::vector<double> numbers(bytes.size() / 4);
    for (size_t k = 0; k < numbers.size(); ++k) {
      uint32_t bits = 0;
      memcpy(&bits, bytes.data() + k * 4, 4);
      numbers[k] = static_cast<double>(std::bit_cast<float>(bits));
    }
    result.push_back(std::move(numbers));
  }
  return result;
}

void CheckSource(const nest::Program& program, const std::string& source, Rng& rng) {
  const auto compiled = front::CompileText("generated.cu", source);
  ASSERT_TRUE(compiled->ok()) << diag::ToText(compiled->diagnostics()) << source;
  pass::ForExecution(compiled->module());
  const Size kSizes[] = {{1, 1}, {5, 37}, {8, 200}, {64, 256}};
  for (const Size& size : kSizes) {
    nest::Bindings bindings = Inputs(size, rng);
    const auto found = RunOnEngine(compiled->module(), bindings);
    const Status status = nest::Evaluate(program, &bindings);
    ASSERT_TRUE(status.ok()) << status.error().message;
    for (size_t i = 0; i < found.size(); ++i) {
      for (size_t k = 0; k < found[i].size(); ++k) {
        const double want = bindings.buffers[i][k];
        ASSERT_NEAR(found[i][k], want, 1e-4 * (1 + std::fabs(want)))
            << program.parameters[i].name << "[" << k << "] of " << size.rows << " x " << size.cols
            << "\n"
            << source;
      }
    }
  }
}

// A step by chance: a technique that offers something, one of its choices.
bool Step(const nest::Program& program, const nest::SizeValues& sizes, nest::Schedule* schedule,
          Rng& rng, std::string* steps) {
  const auto techniques = target::cuda::Techniques();
  for (int attempt = 0; attempt < 40; ++attempt) {
    const target::cuda::Technique& technique = *techniques[rng.Below(techniques.size())];
    if (technique.space == nullptr) continue;
    const target::cuda::Situation situation{program, *schedule, sizes};
    const auto space = technique.space(situation);
    if (space.empty()) continue;
    const auto& parameters = space[rng.Below(space.size())];
    auto next = technique.apply(situation, parameters);
    if (!next.ok() || next.value() == *schedule) continue;
    if (!target::cuda::GenerateSource(program, next.value(), "sm_90").ok()) continue;
    *schedule = std::move(next).value();
    *steps += Format("{} {}\n", technique.name, target::cuda::ToText(parameters));
    return true;
  }
  return false;
}

TEST(RandomSchedulesTest, GeneratedCodeComputesTheProgram) {
  constexpr uint64_t kPrograms = 24;
  constexpr int kSteps = 3;
  for (uint64_t seed = 0; seed < kPrograms; ++seed) {
    const nest::Program program = RandomProgram(HashText("program", seed)).Take();
    SCOPED_TRACE(Format("program {}\n{}", seed, nest::ToText(program)));
    Rng rng(HashText("schedule", seed));
    nest::Schedule schedule = nest::DefaultSchedule(program);
    std::string steps;
    for (int step = 0; step < kSteps; ++step) {
      if (!Step(program, {0, 0, 0, 0, 64, 256}, &schedule, rng, &steps)) break;
      SCOPED_TRACE(steps + nest::ToText(schedule));
      const auto source = target::cuda::GenerateSource(program, schedule, "sm_90");
      ASSERT_TRUE(source.ok()) << source.error().message;
      CheckSource(program, source.value(), rng);
      if (HasFatalFailure() || HasNonfatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace ws
