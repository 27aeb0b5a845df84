#include "task/array_use.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <map>
#include <set>

#include "base/format.h"
#include "exec/engine.h"
#include "task/element.h"
#include "task/shape_fit.h"

namespace ws::task {
namespace {

constexpr uint64_t kDistinct = 512;  // bytes by which allocations differ, to tell them apart
constexpr uint64_t kLeastRoom = uint64_t{1} << 16, kMostRoom = uint64_t{16} << 20;
constexpr uint8_t kPoison = 0xa5;
// Warp instructions of one run, at sizes of the task and at larger ones.
constexpr uint64_t kFuel = uint64_t{1} << 25, kLargerFuel = uint64_t{1} << 22;
constexpr uint64_t kTestFuel = uint64_t{1} << 17;  // of a test size, which runs hundreds of times
// What a size becomes in the second and third test where one block would do everything.
constexpr std::array<std::array<int64_t, 2>, 2> kSpread = {{{257, 1000}, {1025, 4100}}};
// Larger sizes by the number of size names, until one runs: grids of several blocks, not many
// elements.
constexpr std::array<std::array<int64_t, 3>, 3> kLarger = {
    {{1000, 300, 150}, {200, 120, 90}, {65, 50, 45}}};

// What lanes did to each allocation, by its size.
struct Reach {
  uint64_t bytes = 0;
  bool stored = false;
};
using Reaches = std::map<uint64_t, Reach>;

void Note(void* self, const exec::Access& access) {
  if (access.space != ir::Space::kGlobal) return;
  Reach& reach = (*static_cast<Reaches*>(self))[access.allocation_bytes];
  reach.stored |= access.effect != ir::Effect::Load;
  for (int lane = 0; lane < 32; ++lane) {
    if ((access.active >> lane & 1) == 0) continue;
    const uint64_t end = access.addresses[lane] + access.bytes_per_lane;
    if (end > access.allocation && end - access.allocation <= access.allocation_bytes) {
      reach.bytes = std::max(reach.bytes, end - access.allocation);
    }
  }
}

// What kernels take the elements of arrays for.
struct Elements {
  const ir::Module* module = nullptr;
  std::vector<uint64_t> begin, bytes;  // of the allocations, by argument; 0: none
  std::vector<std::set<ir::Type>> types;
};

void NoteElements(void* self, const exec::Launch& launch, std::vector<uint32_t>&) {
  Elements& elements = *static_cast<Elements*>(self);
  const ir::Module& module = *elements.module;
  for (const ir::Param& param : module.Params(module.functions[launch.kernel.index])) {
    if (!param.is_pointer || param.pointee == ir::Type::kNone) continue;
    uint64_t pointer = 0;
    std::memcpy(&pointer, launch.params.data() + param.offset, sizeof pointer);
    for (size_t i = 0; i < elements.begin.size(); ++i) {
      if (pointer - elements.begin[i] < elements.bytes[i]) elements.types[i].insert(param.pointee);
    }
  }
}

// One run at one size.
struct Observed {
  std::vector<uint64_t> extents;  // elements reached, by argument
  std::vector<bool> stored;
  std::vector<std::vector<uint8_t>> content;  // afterwards, of arrays
  uint64_t cost = 0;
  uint64_t blocks = 0;  // of the largest launch
};

class Observer {
 public:
  Observer(const Program& program, ir::FunctionId entry, const Task& task)
      : module_(program.module()), entry_(entry), task_(task) {}

  // How far the launcher reaches. What the host copies or sets is no access of a kernel: where the
  // launcher bears it, arrays that may be stored to begin poisoned, and what is no poison
  // afterwards was reached.
  std::optional<Observed> Run(const Sizes& sizes, uint64_t fuel) const {
    auto run = Run(sizes, task_.args.size(), /*poisons=*/false, fuel);
    if (!run) return run;
    if (const auto poisoned = Run(sizes, task_.args.size(), /*poisons=*/true, fuel)) {
      for (size_t i = 0; i < run->extents.size(); ++i) {
        run->stored[i] = run->stored[i] || poisoned->extents[i] > run->extents[i];
        run->extents[i] = std::max(run->extents[i], poisoned->extents[i]);
      }
    }
    return run;
  }

  // Notes what launches are given, as far as the launcher comes.
  Elements FindElements(const Sizes& sizes) const {
    Elements elements{&module_, {}, {}, std::vector<std::set<ir::Type>>(task_.args.size())};
    Run(sizes, task_.args.size(), /*poisons=*/false, kFuel, &elements);
    return elements;
  }

  // The same with another content of the array `other`.
  std::optional<Observed> RunWithOther(const Sizes& sizes, size_t other) const {
    return Run(sizes, other, /*poisons=*/false, kFuel);
  }

 private:
  // Nothing if it does not run to its end.
  std::optional<Observed> Run(const Sizes& sizes, size_t other, bool poisons, uint64_t fuel,
                              Elements* elements = nullptr) const {
    auto arrays = MakeInputs(task_, sizes, Family::kFromInit, 1);
    if (!arrays.ok()) return std::nullopt;
    if (other < task_.args.size()) {
      auto fresh = MakeInputs(task_, sizes, Family::kFromInit, 2);
      if (!fresh.ok()) return std::nullopt;
      arrays.value()[other] = std::move(fresh.value()[other]);
    }
    const uint64_t room = Room(arrays.value(), sizes);
    const auto params = module_.Params(module_.functions[entry_.index]);
    exec::Instance instance(module_);
    std::vector<exec::ArgValue> args;
    std::vector<uint64_t> allocated(task_.args.size());
    for (size_t i = 0; i < task_.args.size(); ++i) {
      exec::ArgValue value{params[i].type, 0};
      if (task_.args[i].role == Role::kScalar) {
        const auto bits = ScalarBits(task_, i, sizes);
        if (!bits.ok()) return std::nullopt;
        value.bits = bits.value();
      } else {
        allocated[i] = room + kDistinct * (i + 1);
        value.bits = instance.Allocate(allocated[i], task_.args[i].name);
        if (value.bits == 0) return std::nullopt;
        std::vector<uint8_t> bytes = arrays.value()[i].bytes;
        if (poisons && task_.args[i].role != Role::kInput) bytes = {kPoison};
        instance.Write(value.bits, Repeated(bytes, allocated[i]));
      }
      args.push_back(value);
    }
    Reaches reaches;
    exec::Tracer tracer;
    tracer.self = &reaches;
    tracer.access = Note;
    if (elements != nullptr) {
      for (const exec::ArgValue& arg : args) elements->begin.push_back(arg.bits);
      elements->bytes = allocated;
      tracer = {.self = elements, .choose_blocks = NoteElements};
    }
    exec::RunOptions options;
    options.checks = false;
    options.tracer = &tracer;
    options.limits.fuel = fuel;
    const exec::RunReport report = instance.Call(entry_, args, options);
    if (report.status != exec::RunStatus::kOk) return std::nullopt;
    Observed observed;
    observed.cost = report.warp_instructions;
    for (const exec::Launch& launch : report.launches) {
      const uint64_t blocks = uint64_t{launch.grid[0]} * launch.grid[1] * launch.grid[2];
      observed.blocks = std::max(observed.blocks, blocks);
    }
    for (size_t i = 0; i < task_.args.size(); ++i) {
      observed.content.emplace_back();
      Reach reach = allocated[i] == 0 ? Reach{} : reaches[allocated[i]];
      if (allocated[i] != 0) {
        const auto content = instance.Read(args[i].bits);
        observed.content.back().assign(content.begin(), content.begin() + reach.bytes);
        if (poisons && task_.args[i].role != Role::kInput) {
          uint64_t end = content.size();
          while (end > reach.bytes && content[end - 1] == kPoison) --end;
          reach.bytes = end;
        }
      }
      const uint64_t element = BytesOf(task_.args[i].dtype);
      observed.extents.push_back((reach.bytes + element - 1) / element);
      observed.stored.push_back(reach.stored);
    }
    return observed;
  }

  // Bytes of every allocation: the largest array, and squares of sizes where they are no more than
  // kMostRoom.
  uint64_t Room(const std::vector<Array>& arrays, const Sizes& sizes) const {
    uint64_t largest = kLeastRoom;
    for (const Array& array : arrays) largest = std::max<uint64_t>(largest, array.bytes.size());
    double squares = 8;
    for (const auto& [name, value] : sizes) squares *= static_cast<double>(value * value);
    const double most = static_cast<double>(kMostRoom);
    return std::max(largest, static_cast<uint64_t>(std::min(squares, most)));
  }

  static std::vector<uint8_t> Repeated(const std::vector<uint8_t>& bytes, uint64_t size) {
    std::vector<uint8_t> out(size);
    for (size_t at = 0; at < size && !bytes.empty(); at += bytes.size()) {
      std::copy_n(bytes.begin(), std::min<size_t>(bytes.size(), size - at), out.begin() + at);
    }
    return out;
  }

  const ir::Module& module_;
  ir::FunctionId entry_;
  const Task& task_;
};

// Whether other old content of `arg` changes what the arrays that are stored to hold afterwards.
bool OldContentShows(const Observer& observer, const Sizes& sizes, const Observed& first,
                     size_t arg) {
  const auto second = observer.RunWithOther(sizes, arg);
  if (!second) return true;
  for (size_t i = 0; i < first.content.size(); ++i) {
    if (first.stored[i] && first.content[i] != second->content[i]) return true;
  }
  return false;
}

}  // namespace

std::vector<std::optional<ir::Type>> ObserveElements(const Program& program, const Task& task) {
  std::vector<std::optional<ir::Type>> types(task.args.size());
  std::vector<diag::Rendered> ignored;
  const auto entry = program.FindEntry(task, ignored);
  if (!entry || task.test_sizes.empty()) return types;
  const Elements elements = Observer(program, *entry, task).FindElements(task.test_sizes.back());
  for (size_t i = 0; i < types.size(); ++i) {
    if (elements.types[i].size() == 1) types[i] = *elements.types[i].begin();
  }
  return types;
}

void SpreadTests(const Program& program, Task& task, const std::vector<std::string>& sizes) {
  std::vector<diag::Rendered> ignored;
  const auto entry = program.FindEntry(task, ignored);
  if (!entry || task.test_sizes.size() != 3) return;
  const Observer observer(program, *entry, task);
  const auto first = observer.Run(task.test_sizes[2], kFuel);
  if (!first || first->blocks != 1) return;
  for (const auto& [middle, last] : kSpread) {
    for (const std::string& name : sizes) {
      Sizes larger = task.test_sizes[2];
      larger[name] = last;
      const auto run = observer.Run(larger, kTestFuel);
      if (!run || run->blocks < 2) continue;
      task.test_sizes[1][name] = middle;
      task.test_sizes[2][name] = last;
      return;
    }
  }
}

std::optional<Use> ObserveUse(const Program& program, const Task& task,
                              const std::vector<std::string>& sizes) {
  std::vector<diag::Rendered> ignored;
  const auto entry = program.FindEntry(task, ignored);
  if (!entry || task.test_sizes.empty()) return std::nullopt;
  const Observer observer(program, *entry, task);
  std::vector<Sizes> entries = task.test_sizes;
  std::vector<Observed> runs;
  for (const Sizes& entry_sizes : entries) {
    auto run = observer.Run(entry_sizes, kFuel);
    if (!run) return std::nullopt;
    runs.push_back(std::move(*run));
  }
  if (!sizes.empty() && sizes.size() <= kLarger.size()) {
    for (int64_t value : kLarger[sizes.size() - 1]) {
      Sizes larger = task.test_sizes[0];
      for (const std::string& name : sizes) {
        larger[name] = value;
        value += kSizeStep;
      }
      auto run = observer.Run(larger, kLargerFuel);
      if (!run) continue;
      entries.push_back(std::move(larger));
      runs.push_back(std::move(*run));
      break;
    }
  }
  Use use;
  for (size_t i = 0; i < task.args.size(); ++i) {
    ArrayUse& array = use.arrays.emplace_back();
    if (task.args[i].role == Role::kScalar) continue;
    std::vector<uint64_t> extents;
    for (const Observed& run : runs) {
      extents.push_back(run.extents[i]);
      array.touched |= run.extents[i] > 0;
      array.stored |= run.stored[i];
    }
    if (array.touched) array.shape = FitShape(extents, entries, sizes);
    const size_t middle = task.test_sizes.size() - 1;
    array.old_content_shows =
        array.stored && OldContentShows(observer, entries[middle], runs[middle], i);
  }
  const auto extent = [&](size_t run) {
    return sizes.empty() ? 1.0 : static_cast<double>(entries[run].at(sizes[0]));
  };
  const size_t last = runs.size() - 1;
  use.cost = static_cast<double>(runs[last].cost);
  use.cost_extent = extent(last);
  if (last > 0 && extent(last) > extent(last - 1) && runs[last - 1].cost > 0) {
    const double growth = use.cost / static_cast<double>(runs[last - 1].cost);
    use.cost_power = std::max(0.0, std::log(growth) / std::log(extent(last) / extent(last - 1)));
  }
  return use;
}

}  // namespace ws::task
