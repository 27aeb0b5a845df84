// Schedules: how a tensor program is executed, apart from what it computes (DESIGN §3, "Nests").
//
// A schedule is a value: it can be compared, hashed, written as one line of text and read again.
// It says which consecutive nests share a kernel, and for every axis of every nest how its extent
// is covered. One rule covers all axes:
//
//   index = ((chunk * items + item) * threads + thread) * vector + lane
//
//   lane    0 .. vector-1   neighbouring elements of one vector access
//   thread  0 .. threads-1  thread `thread` (x or y) of the block
//   item    0 .. items-1    unrolled in registers
//   chunk   the rest: a block of grid dimension `grid`, or a serial loop where `grid` is none
//
// A reduced axis with threads is reduced cooperatively: by shuffles within a warp, through shared
// memory across warps and along thread y. A reduced axis is spread over blocks by a split: the nest
// becomes one that reduces each of `parts` parts into a temporary and one that reduces the parts.
//
// A nest whose result is a temporary can be computed inside the nests that read it; the temporary
// is dropped. Reductions over the same points can run in one loop (joined): independent ones, and a
// maximum with sums of exponentials relative to it, which are rescaled whenever the maximum grows
// (online normalisation).
//
// A nest whose points meet in elements that data choose (counts[values[i]] += 1) joins them by
// atomics, in memory or first in copies that each block has of its own (privatised).
//
// Nests of one kernel share their root axes (the parallel axes all of them have); a temporary
// indexed by root axes alone lives in registers. Host code.
#ifndef WARPSMITH_NEST_SCHEDULE_H_
#define WARPSMITH_NEST_SCHEDULE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nest/program.h"

namespace ws::nest {

enum class Dim : uint8_t { kNone, kX, kY, kZ };

struct AxisPlan {
  AxisId axis;
  Dim grid = Dim::kNone;    // parallel root axes; several axes may share a dimension
  Dim thread = Dim::kNone;  // kX or kY
  uint32_t threads = 1;
  uint32_t items = 1;
  uint32_t vector = 1;  // 1, 2, 4, 8

  uint32_t Tile() const { return threads * items * vector; }
  bool operator==(const AxisPlan&) const = default;
};

// Loads of `buffer` in a nest come from a shared-memory tile that the block fills together.
struct Stage {
  BufferId buffer;
  AxisId inner;         // innermost axis of the tile in shared memory
  uint32_t pad = 0;     // elements added to the innermost extent, against bank conflicts
  uint32_t vector = 1;  // elements per global load

  bool operator==(const Stage&) const = default;
};

struct NestPlan {
  std::vector<AxisPlan> axes = {};  // the nest's parallel axes, then its reduced ones
  std::vector<Stage> stages = {};
  uint32_t buffers = 1;  // of every tile; 2: the next tile is loaded while one is used
  uint32_t unroll =
      0;  // turns of the innermost loop written out together; 0: as the compiler likes
  bool joined = false;  // runs in the loops of the nest before it
  // Of nests that update: what falls on the `window` elements from where the block's part of the
  // result begins is gathered in shared memory, in `copies` of them that lanes take in turn, and
  // joins the result at the block's end. 0: every point goes to memory.
  uint32_t window = 0;
  uint32_t copies = 1;

  bool operator==(const NestPlan&) const = default;
};

enum class Place : uint8_t { kRegisters, kShared };

// Elements of `buffer` that several nests of the kernel use at the same points are held on chip
// between the nests. Where they do not fit at run time, a kernel without this is launched.
struct Keep {
  BufferId buffer;
  Place place = Place::kRegisters;

  bool operator==(const Keep&) const = default;
};

struct KernelPlan {
  uint32_t first = 0;  // nest
  std::vector<NestPlan> nests = {};
  std::vector<Keep> keeps = {};
  bool whole = false;  // extents are multiples of their tiles, so that nothing is guarded; where
                       // they are not, a kernel without this is launched
  uint32_t min_blocks = 0;  // resident on a multiprocessor, bounds registers; 0: not asked for

  bool operator==(const KernelPlan&) const = default;
};

// Nest `nest` reduces `axis` in `parts` parts over blocks; see the opening comment.
struct Split {
  uint32_t nest = 0;
  AxisId axis;
  uint32_t parts = 1;

  bool operator==(const Split&) const = default;
};

// Inlines and splits are applied in this order, each to the program that those before it left; the
// kernels refer to the result.
struct Schedule {
  std::vector<uint32_t> inlines = {};  // nests computed inside those that read their result
  std::vector<Split> splits = {};
  std::vector<KernelPlan> kernels = {};  // cover the nests in order

  bool operator==(const Schedule&) const = default;
};

// One thread per point of the root axes, everything else serial: the naive code. Nests share a
// kernel where that leaves no reduction to a loop over its own parallel axes.
Schedule DefaultSchedule(const Program& program);
// The same for the nests begin .. end-1 of a program after its inlines and splits.
std::vector<KernelPlan> NaiveKernels(const Program& program, uint32_t begin, uint32_t end);

// The program with the schedule's inlines and splits carried out. An inline takes away its nest.
// Split i adds one nest behind its nest, a temporary buffer, and the axes `<axis>_part` and
// `<axis>_in_part`.
Result<Program> ApplyRewrites(const Program& program, const Schedule& schedule);

// The program without nest `nest`, whose value is written out where its result is read. The error
// says why that is not possible: not a map, a result that outlives the launcher or that others
// write too, reads at points that cannot be told, operands that change in between.
Result<Program> InlineNest(const Program& program, uint32_t nest);

// Adds an inline to a schedule without splits. Kernels that stay as they were keep their plans.
Result<Schedule> AddInline(const Program& program, const Schedule& schedule, uint32_t nest);

// Adds a split of a reduced axis to a schedule; both new nests get naive plans in kernels of their
// own.
Result<Schedule> AddSplit(const Program& program, const Schedule& schedule, uint32_t kernel,
                          uint32_t nest_in_kernel, AxisId axis, uint32_t parts);

// One line of text, and back; the error names what is wrong.
std::string ToText(const Schedule& schedule);
Result<Schedule> ParseSchedule(std::string_view text);
uint64_t Hash(const Schedule& schedule);

// Whether the schedule is well-formed for the program: axes belong to their nests, nests that share
// a kernel share root points, one axis per thread dimension, at most 1024 threads. The error names
// what is not expressible. `split` is ApplyRewrites' result.
Status Validate(const Program& split, const Schedule& schedule);

// Root axes of a kernel, named as in its first nest, and for every nest the axis that stands for
// each of them (same order).
struct Roots {
  std::vector<AxisId> axes = {};
  std::vector<std::vector<AxisId>> of_nest = {};
};
Roots RootsOf(const Program& split, const KernelPlan& kernel);

// What a reduction of `type` starts from without changing its result: 0, 1, -inf, the least
// integer.
ExprId IdentityOf(Program& program, Reduction reduction, ir::Type type);

// The terms of a nest's out_index that are the same for all points of a block, as a sum; invalid if
// there are none. `rest`: the sum of the others, invalid likewise.
ExprId BlockPartOf(Program& program, const Nest& nest, const NestPlan& plan, ExprId* rest);

const AxisPlan* Find(const NestPlan& nest, AxisId axis);
AxisPlan* Find(NestPlan& nest, AxisId axis);

// Extents of the block that the kernel's plans ask for.
uint32_t ThreadsX(const KernelPlan& kernel);
uint32_t ThreadsY(const KernelPlan& kernel);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_SCHEDULE_H_
