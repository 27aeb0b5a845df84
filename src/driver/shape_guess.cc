#include "driver/shape_guess.h"

#include <algorithm>
#include <optional>

#include "exec/engine.h"
#include "task/element.h"

namespace ws::driver {
namespace {

constexpr size_t kMostSizes = 6;     // all products of them are tried
constexpr uint64_t kDistinct = 512;  // bytes by which allocations differ, to tell them apart

// How far into each allocation lanes reached, by its size.
struct Reach {
  std::map<uint64_t, uint64_t> bytes;
};

void Note(void* self, const exec::Access& access) {
  if (access.space != ir::Space::kGlobal) return;
  uint64_t& reached = static_cast<Reach*>(self)->bytes[access.allocation_bytes];
  for (int lane = 0; lane < 32; ++lane) {
    if ((access.active >> lane & 1) == 0) continue;
    const uint64_t end = access.addresses[lane] + access.bytes_per_lane;
    if (end > access.allocation && end - access.allocation <= access.allocation_bytes) {
      reached = std::max(reached, end - access.allocation);
    }
  }
}

// Elements reached of each argument at one entry of the test sizes; nothing if it does not run.
std::optional<std::vector<uint64_t>> Extents(const task::Program& program, ir::FunctionId entry,
                                             const task::Task& task, const task::Sizes& sizes) {
  const auto arrays = task::MakeInputs(task, sizes, task::Family::kFromInit, 1);
  if (!arrays.ok()) return std::nullopt;
  uint64_t largest = 0;
  for (const task::Array& array : arrays.value()) {
    largest = std::max<uint64_t>(largest, array.bytes.size());
  }
  const ir::Module& module = program.module();
  const auto params = module.Params(module.functions[entry.index]);
  exec::Instance instance(module);
  std::vector<exec::ArgValue> args;
  std::vector<uint64_t> allocated(task.args.size());
  for (size_t i = 0; i < task.args.size(); ++i) {
    exec::ArgValue value{params[i].type, 0};
    if (task.args[i].role == task::Role::kScalar) {
      const auto bits = task::ScalarBits(task, i, sizes);
      if (!bits.ok()) return std::nullopt;
      value.bits = bits.value();
    } else {
      allocated[i] = largest + kDistinct * (i + 1);
      value.bits = instance.Allocate(allocated[i], task.args[i].name);
      if (value.bits == 0) return std::nullopt;
      std::vector<uint8_t> bytes = arrays.value()[i].bytes;
      bytes.resize(allocated[i]);
      instance.Write(value.bits, bytes);
    }
    args.push_back(value);
  }
  Reach reach;
  exec::Tracer tracer;
  tracer.self = &reach;
  tracer.access = Note;
  exec::RunOptions options;
  options.checks = false;
  options.tracer = &tracer;
  if (instance.Call(entry, args, options).status != exec::RunStatus::kOk) return std::nullopt;
  std::vector<uint64_t> extents(task.args.size());
  for (size_t i = 0; i < task.args.size(); ++i) {
    const uint64_t bytes = allocated[i] == 0 ? 0 : reach.bytes[allocated[i]];
    extents[i] =
        (bytes + task::BytesOf(task.args[i].dtype) - 1) / task::BytesOf(task.args[i].dtype);
  }
  return extents;
}

// The fewest size names whose product is the extent at every entry; empty if there are none.
std::vector<std::string> Fit(const std::vector<uint64_t>& extents,
                             const std::vector<task::Sizes>& entries,
                             const std::vector<std::string>& names) {
  const bool constant = std::ranges::all_of(extents, [&](uint64_t e) { return e == extents[0]; });
  if (constant) return {std::to_string(extents[0])};
  std::vector<std::string> best;
  for (uint32_t set = 1; set < 1u << std::min(names.size(), kMostSizes); ++set) {
    std::vector<std::string> chosen;
    for (size_t k = 0; k < names.size(); ++k) {
      if ((set >> k & 1) != 0) chosen.push_back(names[k]);
    }
    bool fits = true;
    for (size_t e = 0; e < entries.size(); ++e) {
      uint64_t product = 1;
      for (const std::string& name : chosen) {
        product *= static_cast<uint64_t>(entries[e].at(name));
      }
      fits = fits && product == extents[e];
    }
    if (fits && (best.empty() || chosen.size() < best.size())) best = chosen;
  }
  return best;
}

}  // namespace

std::map<std::string, std::vector<std::string>> GuessShapes(const task::Program& program,
                                                            const task::Task& task,
                                                            const std::vector<std::string>& sizes) {
  std::map<std::string, std::vector<std::string>> shapes;
  std::vector<diag::Rendered> ignored;
  const auto entry = program.FindEntry(task, ignored);
  if (!entry) return shapes;
  std::vector<std::vector<uint64_t>> by_arg(task.args.size());
  for (const task::Sizes& entry_sizes : task.test_sizes) {
    const auto extents = Extents(program, *entry, task, entry_sizes);
    if (!extents) return shapes;
    for (size_t i = 0; i < extents->size(); ++i) by_arg[i].push_back((*extents)[i]);
  }
  for (size_t i = 0; i < task.args.size(); ++i) {
    if (task.args[i].role == task::Role::kScalar || by_arg[i].empty() || by_arg[i][0] == 0)
      continue;
    std::vector<std::string> shape = Fit(by_arg[i], task.test_sizes, sizes);
    if (!shape.empty()) shapes[task.args[i].name] = std::move(shape);
  }
  return shapes;
}

}  // namespace ws::driver
