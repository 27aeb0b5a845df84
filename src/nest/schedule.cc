#include "nest/schedule.h"

#include <algorithm>

#include "base/format.h"
#include "base/hash.h"
#include "nest/dependence.h"

namespace ws::nest {
namespace {

const char* DimName(Dim dim) {
  switch (dim) {
    case Dim::kNone:
      return "-";
    case Dim::kX:
      return "x";
    case Dim::kY:
      return "y";
    case Dim::kZ:
      return "z";
  }
  return "-";
}

AxisPlan Serial(AxisId axis) { return {.axis = axis}; }

// Plans of a kernel's nests with every axis serial, root axes spread over grid and block.
KernelPlan NaiveKernel(const Program& program, uint32_t first, const Roots& roots) {
  KernelPlan kernel{.first = first};
  for (size_t n = 0; n < roots.of_nest.size(); ++n) {
    const Nest& nest = program.nests[first + n];
    NestPlan plan;
    for (const AxisId axis : nest.parallel) {
      AxisPlan axis_plan = Serial(axis);
      const auto& mine = roots.of_nest[n];
      const size_t count = mine.size();
      const auto at = static_cast<size_t>(std::find(mine.begin(), mine.end(), axis) - mine.begin());
      if (at < count) {
        const size_t from_inner = count - 1 - at;
        axis_plan.grid = from_inner == 0 ? Dim::kX : from_inner == 1 ? Dim::kY : Dim::kZ;
        if (from_inner == 0) {
          axis_plan.thread = Dim::kX;
          axis_plan.threads = count == 1 ? 256 : 16;
        } else if (from_inner == 1) {
          axis_plan.thread = Dim::kY;
          axis_plan.threads = 16;
        }
      }
      plan.axes.push_back(axis_plan);
    }
    for (const AxisId axis : nest.reduced) plan.axes.push_back(Serial(axis));
    kernel.nests.push_back(std::move(plan));
  }
  return kernel;
}

// Reads the text of ToText.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool Eat(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  Status Expect(std::string_view word) {
    if (Eat(word)) return Ok();
    return Error{Format("schedule text: `{}` expected at byte {}", word, at_)};
  }
  Result<uint32_t> Number() {
    uint64_t value = 0;
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && at_ - begin < 10) {
      value = value * 10 + static_cast<uint64_t>(text_[at_++] - '0');
    }
    if (at_ == begin || value > 0xfffffffeu) {
      return Error{Format("schedule text: a number expected at byte {}", begin)};
    }
    return static_cast<uint32_t>(value);
  }
  Result<Dim> ReadDim() {
    for (const Dim dim : {Dim::kNone, Dim::kX, Dim::kY, Dim::kZ}) {
      if (Eat(DimName(dim))) return dim;
    }
    return Error{Format("schedule text: one of - x y z expected at byte {}", at_)};
  }
  bool AtEnd() const { return at_ == text_.size(); }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

Result<NestPlan> ReadNest(Reader& reader) {
  NestPlan nest;
  TRY_OK(reader.Expect("("));
  while (reader.Eat("a")) {
    AxisPlan axis;
    TRY(axis.axis.index, reader.Number());
    TRY_OK(reader.Expect(":"));
    TRY(axis.grid, reader.ReadDim());
    TRY(axis.thread, reader.ReadDim());
    TRY(axis.threads, reader.Number());
    TRY_OK(reader.Expect("*"));
    TRY(axis.items, reader.Number());
    TRY_OK(reader.Expect("*"));
    TRY(axis.vector, reader.Number());
    nest.axes.push_back(axis);
    reader.Eat(" ");
  }
  while (reader.Eat("stage")) {
    Stage stage;
    TRY(stage.buffer.index, reader.Number());
    TRY_OK(reader.Expect("/a"));
    TRY(stage.inner.index, reader.Number());
    TRY_OK(reader.Expect("+"));
    TRY(stage.pad, reader.Number());
    TRY_OK(reader.Expect("*"));
    TRY(stage.vector, reader.Number());
    nest.stages.push_back(stage);
    reader.Eat(" ");
  }
  if (reader.Eat("buffers")) {
    TRY(nest.buffers, reader.Number());
  }
  TRY_OK(reader.Expect(")"));
  return nest;
}

Result<KernelPlan> ReadKernel(Reader& reader) {
  KernelPlan kernel;
  TRY(kernel.first, reader.Number());
  TRY_OK(reader.Expect("["));
  while (!reader.Eat("]")) {
    if (reader.Eat("keep")) {
      Keep keep;
      TRY(keep.buffer.index, reader.Number());
      if (reader.Eat("s")) {
        keep.place = Place::kShared;
      } else {
        TRY_OK(reader.Expect("r"));
      }
      kernel.keeps.push_back(keep);
    } else {
      TRY(NestPlan nest, ReadNest(reader));
      kernel.nests.push_back(std::move(nest));
    }
    reader.Eat(" ");
  }
  return kernel;
}

Status CheckAxisPlan(const Program& program, const AxisPlan& plan, bool reduced) {
  const std::string& name = program.axes[plan.axis.index].name;
  if (plan.threads == 0 || plan.items == 0) return Error{Format("axis {}: empty tile", name)};
  if (plan.vector != 1 && plan.vector != 2 && plan.vector != 4 && plan.vector != 8) {
    return Error{Format("axis {}: vectors of {} elements", name, plan.vector)};
  }
  if (plan.threads > 1 && plan.thread == Dim::kNone) {
    return Error{Format("axis {}: {} threads without a thread dimension", name, plan.threads)};
  }
  if (plan.thread == Dim::kZ) return Error{Format("axis {}: threads along z", name)};
  if (plan.items > 64) return Error{Format("axis {}: {} items per thread", name, plan.items)};
  if (reduced && plan.grid != Dim::kNone) {
    return Error{Format("axis {}: a reduced axis over blocks needs a split", name)};
  }
  return Ok();
}

// Each axis of the nest has one plan, in order; threads of a dimension belong to one axis.
Status CheckNestPlan(const Program& program, const Nest& nest, const NestPlan& plan) {
  std::vector<AxisId> expected = nest.parallel;
  expected.insert(expected.end(), nest.reduced.begin(), nest.reduced.end());
  if (plan.axes.size() != expected.size()) return Error{"a nest's plan has not the nest's axes"};
  int users[4] = {};
  for (size_t i = 0; i < expected.size(); ++i) {
    if (plan.axes[i].axis != expected[i]) return Error{"a nest's plan has not the nest's axes"};
    TRY_OK(CheckAxisPlan(program, plan.axes[i], i >= nest.parallel.size()));
    if (plan.axes[i].thread != Dim::kNone) ++users[static_cast<int>(plan.axes[i].thread)];
  }
  if (users[static_cast<int>(Dim::kX)] > 1 || users[static_cast<int>(Dim::kY)] > 1) {
    return Error{"two axes of a nest on one thread dimension"};
  }
  if (plan.buffers != 1 && (plan.buffers != 2 || plan.stages.empty())) {
    return Error{Format("{} buffers for {} tiles", plan.buffers, plan.stages.size())};
  }
  for (const Stage& stage : plan.stages) {
    if (stage.buffer.index >= program.buffers.size() || Find(plan, stage.inner) == nullptr) {
      return Error{"a staged tile names no buffer or axis of its nest"};
    }
  }
  return Ok();
}

Status CheckKernelPlan(const Program& program, const KernelPlan& kernel) {
  for (size_t n = 0; n < kernel.nests.size(); ++n) {
    TRY_OK(CheckNestPlan(program, program.nests[kernel.first + n], kernel.nests[n]));
  }
  const uint32_t x = ThreadsX(kernel);
  const uint32_t y = ThreadsY(kernel);
  if (x * y > 1024) return Error{Format("a block of {} x {} threads", x, y)};
  for (const NestPlan& nest : kernel.nests) {
    for (const AxisPlan& axis : nest.axes) {
      const uint32_t all = axis.thread == Dim::kX ? x : axis.thread == Dim::kY ? y : axis.threads;
      if (axis.threads != all) {
        return Error{Format("axis {} uses {} of {} threads", program.axes[axis.axis.index].name,
                            axis.threads, all)};
      }
    }
  }
  const Roots roots = RootsOf(program, kernel);
  for (size_t n = 0; n < kernel.nests.size(); ++n) {
    const NestPlan& plan = kernel.nests[n];
    const auto on_grid = std::count_if(plan.axes.begin(), plan.axes.end(),
                                       [](const AxisPlan& a) { return a.grid != Dim::kNone; });
    if (roots.of_nest[n].size() != roots.axes.size() ||
        on_grid != static_cast<std::ptrdiff_t>(roots.axes.size())) {
      return Error{"nests of a kernel without common root axes"};
    }
    for (size_t r = 0; r < roots.axes.size(); ++r) {
      AxisPlan mine = *Find(plan, roots.of_nest[n][r]);
      mine.axis = roots.axes[r];
      if (!(mine == *Find(kernel.nests[0], roots.axes[r]))) {
        return Error{"nests of a kernel treat a root axis differently"};
      }
    }
  }
  std::string why;
  if (!CanShareKernel(program, kernel.first, roots, &why)) return Error{why};
  return Ok();
}

}  // namespace

const AxisPlan* Find(const NestPlan& nest, AxisId axis) {
  for (const AxisPlan& plan : nest.axes) {
    if (plan.axis == axis) return &plan;
  }
  return nullptr;
}

AxisPlan* Find(NestPlan& nest, AxisId axis) {
  return const_cast<AxisPlan*>(Find(std::as_const(nest), axis));
}

uint32_t ThreadsOf(const KernelPlan& kernel, Dim dim) {
  uint32_t threads = 1;
  for (const NestPlan& nest : kernel.nests) {
    for (const AxisPlan& axis : nest.axes) {
      if (axis.thread == dim) threads = std::max(threads, axis.threads);
    }
  }
  return threads;
}
uint32_t ThreadsX(const KernelPlan& kernel) { return ThreadsOf(kernel, Dim::kX); }
uint32_t ThreadsY(const KernelPlan& kernel) { return ThreadsOf(kernel, Dim::kY); }

Roots RootsOf(const Program& split, const KernelPlan& kernel) {
  std::vector<AxisId> wanted;
  if (!kernel.nests.empty()) {
    for (const AxisPlan& axis : kernel.nests[0].axes) {
      if (axis.grid != Dim::kNone) wanted.push_back(axis.axis);
    }
  }
  Roots roots{.axes = wanted};
  for (size_t n = 0; n < kernel.nests.size(); ++n) {
    roots.of_nest.push_back(MatchAxes(split, kernel.first, kernel.first + n, wanted));
  }
  return roots;
}

Schedule DefaultSchedule(const Program& program) {
  Schedule schedule;
  const auto count = static_cast<uint32_t>(program.nests.size());
  for (uint32_t first = 0; first < count;) {
    Roots roots{.axes = program.nests[first].parallel};
    roots.of_nest.push_back(roots.axes);
    uint32_t end = first + 1;
    while (end < count) {
      const Roots more = CommonRoots(program, first, end + 1 - first);
      if (more.axes.empty()) break;
      roots = more;
      ++end;
    }
    schedule.kernels.push_back(NaiveKernel(program, first, roots));
    first = end;
  }
  return schedule;
}

Result<Schedule> AddSplit(const Program& program, const Schedule& schedule, uint32_t kernel,
                          uint32_t nest_in_kernel, AxisId axis, uint32_t parts) {
  if (kernel >= schedule.kernels.size()) return Error{"no such kernel"};
  const KernelPlan& old = schedule.kernels[kernel];
  if (nest_in_kernel >= old.nests.size()) return Error{"no such nest"};
  if (old.nests.size() != 1) return Error{"a split nest needs a kernel of its own"};
  Schedule result = schedule;
  const uint32_t nest = old.first + nest_in_kernel;
  result.splits.push_back({nest, axis, parts});
  TRY(const Program split, ApplySplits(program, result));
  for (KernelPlan& later : result.kernels) {
    if (later.first > nest) ++later.first;
  }
  for (uint32_t i = 0; i < 2; ++i) {
    Roots roots{.axes = split.nests[nest + i].parallel};
    roots.of_nest.push_back(roots.axes);
    KernelPlan plan = NaiveKernel(split, nest + i, roots);
    if (i == 0) {
      result.kernels[kernel] = std::move(plan);
    } else {
      result.kernels.insert(result.kernels.begin() + kernel + 1, std::move(plan));
    }
  }
  return result;
}

std::string ToText(const Schedule& schedule) {
  std::string text;
  for (const Split& split : schedule.splits) {
    AppendFormat(text, "split{}/a{}*{} ", split.nest, split.axis.index, split.parts);
  }
  for (const KernelPlan& kernel : schedule.kernels) {
    AppendFormat(text, "kernel{}[", kernel.first);
    for (const NestPlan& nest : kernel.nests) {
      text += '(';
      for (const AxisPlan& axis : nest.axes) {
        AppendFormat(text, "a{}:{}{}{}*{}*{} ", axis.axis.index, DimName(axis.grid),
                     DimName(axis.thread), axis.threads, axis.items, axis.vector);
      }
      for (const Stage& stage : nest.stages) {
        AppendFormat(text, "stage{}/a{}+{}*{} ", stage.buffer.index, stage.inner.index, stage.pad,
                     stage.vector);
      }
      if (nest.buffers != 1) AppendFormat(text, "buffers{} ", nest.buffers);
      if (text.back() == ' ') text.pop_back();
      text += ") ";
    }
    for (const Keep& keep : kernel.keeps) {
      AppendFormat(text, "keep{}{} ", keep.buffer.index, keep.place == Place::kShared ? "s" : "r");
    }
    if (text.back() == ' ') text.pop_back();
    text += "] ";
  }
  if (!text.empty()) text.pop_back();
  return text;
}

Result<Schedule> ParseSchedule(std::string_view text) {
  Reader reader(text);
  Schedule schedule;
  while (!reader.AtEnd()) {
    if (reader.Eat("split")) {
      Split split;
      TRY(split.nest, reader.Number());
      TRY_OK(reader.Expect("/a"));
      TRY(split.axis.index, reader.Number());
      TRY_OK(reader.Expect("*"));
      TRY(split.parts, reader.Number());
      schedule.splits.push_back(split);
    } else {
      TRY_OK(reader.Expect("kernel"));
      TRY(KernelPlan kernel, ReadKernel(reader));
      schedule.kernels.push_back(std::move(kernel));
    }
    reader.Eat(" ");
  }
  return schedule;
}

uint64_t Hash(const Schedule& schedule) { return HashText(ToText(schedule)); }

Status Validate(const Program& split, const Schedule& schedule) {
  uint32_t next = 0;
  for (const KernelPlan& kernel : schedule.kernels) {
    if (kernel.first != next || kernel.nests.empty()) {
      return Error{"the kernels of a schedule do not cover the nests in order"};
    }
    next += static_cast<uint32_t>(kernel.nests.size());
    if (next > split.nests.size()) return Error{"a kernel has more nests than the program"};
    TRY_OK(CheckKernelPlan(split, kernel));
  }
  if (next != split.nests.size()) return Error{"a nest is in no kernel"};
  return Ok();
}

}  // namespace ws::nest
