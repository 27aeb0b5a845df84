// Writes one kernel of a schedule. Two forms of a nest:
//
//   streaming  every thread walks over its points and evaluates the expression there: maps, row and
//              column reductions, tiles moved through shared memory
//   tiled      a reduction whose loads are reused across root axes: fragments in registers, tiles
//              in shared memory (contraction)
//
// The writer's parts:
//
//   generate_setup.cc    what the plan means for each nest and buffer
//   generate_kernel.cc   roots, vectors, the kernel as a whole
//   generate_loops.cc    loops over chunks and items
//   generate_stream.cc   streaming nests
//   generate_point.cc    the value of a nest at one point
//   generate_online.cc   a maximum and sums relative to it in one loop
//   generate_tile.cc     tiled nests
//   generate_stage.cc    tiles in shared memory
//   generate_reduce.cc   accumulators, reductions across threads
//   generate_store.cc    where values go
//   generate_private.cc  results that a block gathers in shared memory
//
// Host code, internal to the generator.
#ifndef WARPSMITH_NEST_GENERATE_KERNEL_H_
#define WARPSMITH_NEST_GENERATE_KERNEL_H_

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "nest/analysis.h"
#include "nest/dependence.h"
#include "nest/generate.h"
#include "nest/generate_text.h"
#include "nest/join.h"
#include "nest/program.h"
#include "nest/schedule.h"
#include "nest/value_parts.h"

namespace ws::nest {

// A kernel's text and what its launch needs.
struct KernelText {
  std::string name = {};
  std::string text = {};
  std::vector<BufferId> buffers = {};  // pointer parameters
  std::vector<uint32_t> scalars = {};  // launcher parameters passed on
  uint32_t threads_x = 1, threads_y = 1;
  std::string grid[3] = {};         // expressions over sizes
  std::string dynamic_shared = {};  // bytes; empty if none
  std::vector<std::string> conditions =
      {};                     // over sizes and pointers: what the launcher must check
  uint32_t shared_bytes = 0;  // static
};

struct KernelRequest {
  std::string name = {};
  std::string function_name = {};  // of functions it needs
  KernelPlan plan = {};
  bool fold_grid = false;              // all root axes on grid x
  std::set<uint32_t> used_later = {};  // buffers that later kernels read
};

// The error names what the plan cannot express. `program` gains expressions only.
Result<KernelText> WriteKernel(Program& program, const KernelRequest& request,
                               const GenerateTarget& target, Helpers& helpers);

// A write is needed for the kernel's form without vectors and kept rows.
KernelPlan PlainPlan(const KernelPlan& plan);

enum class Role : uint8_t { kRoot, kInner, kReduced };

// One axis of one nest while the kernel is written.
struct AxisState {
  AxisId axis = {};
  AxisPlan plan = {};
  Role role = Role::kInner;
  bool covering = false;  // the tile holds the whole extent; no loop over chunks
  bool uniform = false;   // the chunk loop runs alike in all threads (barriers inside)
  bool bounded = false;   // a guard ends the loop before its extent
  ExprId extent = {};
  std::string extent_text = {};
  std::string name = {};  // of the variable
  std::string tile = {};  // first index of the tile; set where it was named
  std::string base = {};  // index of this thread's item 0, lane 0
  // At the current point:
  std::string index = {};    // element index
  std::string element = {};  // position in the thread's tile, 0 .. items*vector-1
  std::string local = {};    // position in the block's tile

  uint32_t Elements() const { return plan.items * plan.vector; }
  uint32_t Stride() const { return plan.threads * plan.vector; }
  std::string Thread() const;  // threadIdx.x * 4; empty if no threads
};

struct LoadInfo {
  NestAccess access = {};
  ExprId node = {};
  bool always = false;  // evaluated at every point (not under a condition)
};

struct NestState {
  const Nest* nest = nullptr;
  const NestPlan* plan = nullptr;
  std::vector<AxisState> axes = {};
  std::vector<LoadInfo> loads = {};
  NestAccess store = {};
  bool tiled = false;
  bool barrier_before = false;
  bool joined = false;                   // runs in the loops of the nest before it
  std::optional<OnlineSum> online = {};  // joined: what it sums is relative to the leader's maximum
  bool chosen = false;                   // joined: finds where the leader's extremum lies
  std::string accumulator = {};          // variable of a reduction

  AxisState* Find(AxisId axis);
};

// A temporary over root axes alone, held in a variable or an array over the thread's tile.
struct RegisterTemp {
  std::string name = {};
  ir::Type type = ir::Type::kF32;
};

struct KeptRow {
  Place place = Place::kRegisters;
  std::string name = {};
  bool filled = false;
  uint32_t vector = 1;
};

struct StagedTile {
  std::string name = {};
  ExprId node = {};                // what an element stands for: the load, or what is made of it
  ir::Type type = ir::Type::kF32;  // of that
  std::vector<AxisId> dims = {};   // outermost first
  uint32_t vector = 1;
};

// How the block's threads fill one tile: `loads` vectors of `v` elements, in `steps` rounds.
struct StageWork {
  StagedTile tile = {};
  const LoadInfo* load = nullptr;
  std::vector<AxisState*> dims = {};  // of the tile, outermost first
  std::vector<AxisState*> flat = {};  // order of the loads: the axis contiguous in memory last
  bool aligned_rows = false;          // vectors can be stored to the tile
  uint32_t v = 1;
  VectorType vector = {};
  uint32_t loads = 0, steps = 0;
  bool partial = false;   // the last round is not for all threads
  std::string next = {};  // registers between load and store, where there are two buffers
};

// A part of a result that the block gathers in shared memory.
struct PrivateWindow {
  std::string name = {};    // all copies
  std::string mine = {};    // the thread's copy
  ExprId rest = {};         // element within the window
  std::string base = {};    // where the window begins, in memory; empty: 0
  std::string window = {};  // its elements
  uint32_t stride = 0;      // from copy to copy
};

class KernelWriter {
 public:
  KernelWriter(Program& program, const KernelRequest& request, const GenerateTarget& target,
               Helpers& helpers)
      : program_(program), request_(request), target_(target), helpers_(helpers) {}

  Result<KernelText> Write();

 private:
  // Setting up (generate_setup.cc, generate_kernel.cc).
  Status CollectNests();
  void GuardConditionalValue(NestState* state);
  Status JoinLeader(size_t n, NestState* state);
  Status ClassifyBuffers();
  Status ClassifyKeeps();
  void DecideBarriers();
  bool IsSameThread(size_t i, const NestAccess& a, size_t j, const NestAccess& b);
  bool IsOnChip(BufferId buffer) const {
    return temps_.count(buffer.index) > 0 || kept_.count(buffer.index) > 0;
  }
  // Whether the buffer exists outside the kernel's registers.
  bool InMemory(uint32_t buffer) const {
    return program_.buffers[buffer].kind == BufferKind::kArgument ||
           request_.used_later.count(buffer) > 0 ||
           (temps_.count(buffer) == 0 && kept_.count(buffer) == 0);
  }
  bool StoresToMemory(const NestState& nest) const;
  Status WriteRoots();
  std::string BlockIndex(size_t root);
  std::string LoopName(const NestState& nest, AxisId axis) const;
  void NameExtents();

  // Streaming nests (generate_stream.cc).
  Status WriteStreaming(NestState& nest, const std::vector<NestState*>& joined);
  void EnterPoint();
  Status WritePoints(NestState& nest, const std::vector<NestState*>& joined, AxisState* lane_axis);
  Status WritePoint(NestState& nest, AxisState* lane_axis);
  void FindSharedLoads(const NestState& nest, const std::vector<NestState*>& joined);
  Status WriteResults(NestState& nest, const std::vector<NestState*>& joined);
  Status WriteResult(NestState& nest);
  Status StoreValues(NestState& nest, AxisState* lane_axis, const std::vector<std::string>& values);
  void HoistInvariants(NestState& nest);
  AxisState* LaneAxis(NestState& nest);

  // Results gathered in shared memory (generate_private.cc).
  Status OpenPrivate(const NestState& nest);
  void ClosePrivate(const NestState& nest);
  void WriteUpdate(NestState& nest, AxisState* lane_axis, uint32_t lane, const std::string& value);
  void NeedThread();

  // Values at a point (generate_point.cc).
  Status NameKept(NestState& nest, const LoadInfo& load, AxisState* lane_axis,
                  std::vector<Names>* names);
  Status NameLoads(NestState& nest, AxisState* lane_axis, std::vector<Names>* names);
  std::string ValueFunction(const NestState& nest, const SharedNodes& shared, ir::Type to,
                            std::vector<ExprId>* parameters);
  std::vector<std::string> LaneValues(NestState& nest, const std::vector<Names>& names);

  // A maximum with sums relative to it (generate_online.cc).
  Status WriteOnlinePoint(NestState& max, const std::vector<NestState*>& sums,
                          AxisState* lane_axis);
  std::string StartOfExtremum(const NestState& max, const std::vector<NestState*>& joined);
  Status CombineOnline(NestState& max, const std::vector<NestState*>& sums);
  std::string Rescaling(const NestState& max, const NestState& sum, const std::string& from,
                        const std::string& to) const;
  std::string Restart(const NestState& max, const NestState& sum, const std::string& from,
                      const std::string& to) const;

  void UnrollLoop(const NestState& nest, const AxisState& axis);
  void OpenChunkLoop(NestState& nest, AxisState& axis, std::vector<ExprId>* guards);
  int OpenItemLoops(NestState& nest, const std::vector<AxisState*>& axes, AxisState* lane_axis,
                    bool include_pending, std::vector<std::string>* conditions);
  std::vector<std::string> PendingRootGuards(const NestState& nest, AxisState* lane_axis);
  bool IsWhole(const AxisState& axis);

  // Tiles in shared memory (generate_stage.cc).
  Result<std::vector<StageWork>> PrepareStages(NestState& nest);
  Result<StageWork> PrepareStage(NestState& nest, const Stage& stage, const LoadInfo& load);
  int OpenStage(const StageWork& work, Names* places, NameSet* local, bool guard);
  std::string StageCondition(const NestState& nest, const StageWork& work, const Names& places,
                             const std::string& chunk, Names* names);
  void StoreToTile(const StageWork& work, const Names& places, const std::string& tile,
                   const std::string& carrier);
  void WriteStage(NestState& nest, const StageWork& work);
  void WriteLoads(NestState& nest, const StageWork& work, const std::string& chunk);
  void WriteStores(const StageWork& work, const std::string& buffer);
  void WriteFirstTiles(NestState& nest, std::vector<StageWork>& works);
  void WriteNextLoads(NestState& nest, const std::vector<StageWork>& works, const AxisState& axis);
  void WriteNextStores(NestState& nest, const std::vector<StageWork>& works);

  // Tiled nests (generate_tile.cc).
  Status WriteTiled(NestState& nest);
  Status WriteFragment(NestState& nest, const LoadInfo& load, Names* names);
  bool IsZeroFillSafe(const NestState& nest) const;
  int OpenKnownGuards(const NestState& nest, std::vector<ExprId>* guards,
                      const std::set<AxisId>& unknown);
  void WriteInside(NestState& nest, std::vector<ExprId>* guards, const std::set<AxisId>& unknown);
  std::string InsideText(const std::set<AxisId>& among) const;

  // Shared by both.
  // `start`: what it begins with; empty: the identity of the reduction.
  void DeclareAccumulator(NestState& nest, const std::string& start);
  Status CombineThreads(NestState& nest);
  std::string AccumulatorText(const NestState& nest, AxisState* lane_axis, uint32_t lane) const;
  std::string TempText(const RegisterTemp& temp, const NestState& nest, AxisState* lane_axis,
                       uint32_t lane) const;
  std::string ElementSuffix(const NestState& nest, AxisState* lane_axis, uint32_t lane) const;
  Names PointNames(const NestState& nest, AxisState* lane_axis, uint32_t lane) const;
  // PointNames, and what was loaded for the present point.
  Names LaneNames(const NestState& nest, AxisState* lane_axis, uint32_t lane) const;
  bool CanVectorise(const NestAccess& access, const AxisState& lane_axis,
                    std::vector<std::string>* conditions);
  bool EndsWithVector(ExprId bound, uint32_t vector);
  bool IsDivisible(ExprId id, uint32_t v, std::vector<std::string>* conditions);
  std::vector<std::string> ThreadGuards(const NestState& nest) const;
  bool IsReadLater(const NestState& nest, uint32_t buffer) const;
  void AddCondition(const std::string& condition);
  std::string Constant(const std::string& name, uint32_t value);
  std::string Text(ExprId id) const { return ToText(program_, id, names_); }
  std::string HostText(ExprId id) const { return ToText(program_, id); }
  std::string StagedText(const NestState& nest, const StagedTile& tile, AxisState* lane_axis,
                         uint32_t lane) const;
  std::string ValueText(NestState& nest, Names names, ir::Type to);

  Program& program_;
  const KernelRequest& request_;
  const GenerateTarget& target_;
  Helpers& helpers_;

  KernelText result_;
  Roots roots_;
  std::vector<NestState> nests_;
  std::vector<AxisState> root_states_;
  NameSet scope_;
  NameSet inner_scope_;            // of a point inside of loops or conditions
  NameSet* point_scope_ = nullptr;  // of the point being written (EnterPoint)
  Names names_;          // nodes written as names in the kernel
  Code code_{1};
  std::vector<std::pair<std::string, uint32_t>> constants_;
  std::vector<std::string> shared_;  // declarations
  std::map<uint32_t, RegisterTemp> temps_;
  std::map<uint32_t, KeptRow> kept_;
  std::map<uint32_t, StagedTile> staged_;    // of the nest being written
  std::map<uint32_t, uint32_t> last_write_;  // buffer -> last nest of the kernel that writes it
  std::string inside_;                       // flags of the thread's points, of a tiled nest
  std::vector<AxisState*> inside_dims_;
  bool declare_temp_ = false;             // the next value of a temporary declares it
  std::string thread_, thread_line_;      // flat thread index, where threads share work
  std::optional<PrivateWindow> private_;  // of the nest being written
  std::deque<Nest> own_nests_;            // nests written otherwise than the program has them
  std::set<ExprId> shared_loads_;         // of several nests in one loop
  std::map<ExprId, std::vector<std::string>> point_values_;  // named at the present point, by lane
  std::string buffer_, more_tiles_;  // which of two buffers; whether a tile follows
  bool early_return_ = false;
  uint32_t threads_x_ = 1, threads_y_ = 1;
};

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_GENERATE_KERNEL_H_
