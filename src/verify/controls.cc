#include "verify/controls.h"

#include <algorithm>
#include <functional>

#include "base/format.h"
#include "task/element.h"

namespace ws::verify {
namespace {

using task::Array;

// The outputs of a control on one sample; nothing if it has none there.
using Control = std::function<Result<std::vector<Array>>(const Sample&)>;

std::vector<Array> Outputs(const Sample& sample) {
  std::vector<Array> outputs;
  for (const Expected& expected : sample.expected) outputs.push_back(expected.bits);
  return outputs;
}

// True if the control's outputs count as right on every sample that follows the init. Where it has
// none it fails, or if `skips`, the sample says nothing about it.
Result<bool> Passes(const Reference& reference, const Pool& pool, const Control& control,
                    bool skips = false) {
  bool compared = false;
  for (const Sample& sample : pool.samples) {
    if (sample.family != task::Family::kFromInit) continue;
    TRY(const std::vector<Array> outputs, control(sample));
    if (outputs.empty() && skips) continue;
    if (outputs.empty()) return false;
    compared = true;
    if (CompareOutputs(*reference.task, sample, outputs).wrong > 0) return false;
  }
  return compared;
}

std::vector<Array> Zeros(const Sample& sample) {
  std::vector<Array> outputs = Outputs(sample);
  for (Array& array : outputs) std::ranges::fill(array.bytes, uint8_t{0});
  return outputs;
}

// Every element as the first one; an output of one element as on the sample `first`.
std::vector<Array> Constant(const Sample& sample, const Sample& first) {
  std::vector<Array> outputs = Outputs(sample);
  for (size_t output = 0; output < outputs.size(); ++output) {
    Array& array = outputs[output];
    const uint64_t n = task::ElementCount(array);
    if (n == 1) task::SetBits(array, 0, task::BitsAt(first.expected[output].bits, 0));
    for (uint64_t i = 1; i < n; ++i) task::SetBits(array, i, task::BitsAt(array, 0));
  }
  return outputs;
}

// Output `output` is a copy of argument `arg`; nothing if they do not fit. The others are right.
std::vector<Array> Copied(const Sample& sample, size_t output, size_t arg) {
  std::vector<Array> outputs = Outputs(sample);
  const Array& input = sample.inputs[arg];
  Array& array = outputs[output];
  if (input.dtype != array.dtype || input.bytes.size() != array.bytes.size()) return {};
  array.bytes = input.bytes;
  return outputs;
}

// The reference's outputs when argument `arg` is drawn with another seed.
Result<std::vector<Array>> Redrawn(const Reference& reference, const Sample& sample, size_t arg) {
  TRY(std::vector<Array> other,
      task::MakeInputs(*reference.task, sample.sizes, sample.family, sample.seed ^ 0x5bd1e995));
  std::vector<Array> inputs = sample.inputs;
  if (inputs[arg].bytes == other[arg].bytes) return std::vector<Array>{};
  inputs[arg] = std::move(other[arg]);
  Session session(reference.candidate, *reference.task);
  exec::RunOptions options;
  options.checks = false;
  TRY(RunResult run, session.Run(inputs, sample.sizes, options));
  return std::move(run.outputs);
}

Error Refusal(std::string_view control, std::string_view why) {
  return Error{
      Format("the task is refused: {} would be accepted at every test size; {}", control, why)};
}

}  // namespace

Status CheckControls(const Reference& reference, const Pool& pool) {
  const task::Task& task = *reference.task;
  TRY(const bool zeros, Passes(reference, pool, [](const Sample& s) { return Zeros(s); }));
  if (zeros) return Refusal("a program that writes zeros", "give the inputs other values");
  const auto first = std::ranges::find(pool.samples, task::Family::kFromInit, &Sample::family);
  TRY(const bool constant,
      Passes(reference, pool, [&](const Sample& s) { return Constant(s, *first); }));
  if (constant) {
    return Refusal("a program that writes one constant", "give the inputs other values or sizes");
  }
  size_t output = 0;
  for (const task::Arg& arg : task.args) {
    if (!Session::IsOutput(arg)) continue;
    for (size_t i = 0; i < task.args.size(); ++i) {
      if (task.args[i].role != task::Role::kInput && task.args[i].role != task::Role::kInOut) {
        continue;
      }
      TRY(const bool copied,
          Passes(reference, pool, [&](const Sample& s) { return Copied(s, output, i); }));
      if (copied) {
        return Refusal(Format("a program that copies `{}` to `{}`", task.args[i].name, arg.name),
                       "make sizes at which they differ");
      }
    }
    ++output;
  }
  for (size_t i = 0; i < task.args.size(); ++i) {
    if (task.args[i].role != task::Role::kInput && task.args[i].role != task::Role::kInOut)
      continue;
    TRY(const bool dropped,
        Passes(
            reference, pool, [&](const Sample& s) { return Redrawn(reference, s, i); }, true));
    if (dropped) {
      return Refusal(Format("a program that ignores `{}`", task.args[i].name),
                     "the outputs do not show its values beyond tolerance");
    }
  }
  return Ok();
}

}  // namespace ws::verify
