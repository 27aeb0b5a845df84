// What techniques share: a view of one kernel of a schedule, and edits that keep it consistent.
// Host code, internal to techniques.
#ifndef WARPSMITH_TARGET_CUDA_SCHEDULE_TOOLS_H_
#define WARPSMITH_TARGET_CUDA_SCHEDULE_TOOLS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "nest/analysis.h"
#include "nest/schedule.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {

// One kernel of a schedule that is being changed.
class KernelEdit {
 public:
  // Kernel `kernel` of the situation's schedule; nothing if there is none.
  static std::optional<KernelEdit> Open(const Situation& situation, int64_t kernel);

  const nest::Program& program() const { return program_; }  // with the splits carried out
  nest::KernelPlan& plan() { return schedule_.kernels[kernel_]; }
  const nest::KernelPlan& plan() const { return schedule_.kernels[kernel_]; }
  const nest::Roots& roots() const { return roots_; }
  nest::Schedule& schedule() { return schedule_; }
  const nest::Schedule& schedule() const { return schedule_; }
  size_t nests() const { return plan().nests.size(); }
  const nest::Nest& nest(size_t n) const { return program_.nests[plan().first + n]; }
  const std::vector<nest::NestAccess>& accesses(size_t n) const { return accesses_[n]; }

  bool IsRoot(size_t n, nest::AxisId axis) const;
  bool IsReduced(size_t n, nest::AxisId axis) const;
  // Axes of nest n that the grid does not cover.
  std::vector<nest::AxisId> Inner(size_t n) const;
  // The axis among `axes` along which most accesses of nest n are contiguous; else the last.
  nest::AxisId MostContiguous(size_t n, const std::vector<nest::AxisId>& axes) const;
  bool IsContiguous(size_t n, nest::AxisId axis) const;  // for any access
  // Extent at the bench sizes; 0 if unknown.
  int64_t Extent(nest::AxisId axis) const;

  // Changes the plan of a root axis (by position among the roots) in every nest.
  void EditRoot(size_t root, const std::function<void(nest::AxisPlan&)>& edit);
  nest::AxisPlan& Root(size_t root) { return *nest::Find(plan().nests[0], roots_.axes[root]); }
  // Position of the root axis bound to a thread dimension; -1 if none.
  int RootOnThread(nest::Dim dim) const;
  bool HasStages() const;
  bool HasReduction() const;
  // Whether a nest reduces over threads.
  bool IsCooperative() const;
  // A reduction whose loads are each reused along some root axis.
  bool IsContraction() const;
  // Whether a reduction loads something under a condition alone, as at the rim of a stencil.
  bool HasConditionalLoads() const;

  // Sets the items of rows kept in registers to what the bench sizes need; the error says that they
  // do not fit. Without keeps nothing changes.
  Status FitKept();

 private:
  KernelEdit(nest::Program program, nest::Schedule schedule, size_t kernel,
             const nest::SizeValues& sizes);

  nest::Program program_;
  nest::Schedule schedule_;
  size_t kernel_;
  const nest::SizeValues& sizes_;
  nest::Roots roots_;
  std::vector<std::vector<nest::NestAccess>> accesses_;
};

// Calls visit(edit, kernel) for every kernel of the situation.
void ForEachKernel(const Situation& situation,
                   const std::function<void(const KernelEdit&, int64_t kernel)>& visit);

// A team of threads along one loop of every nest, the reduced one that is most contiguous, and
// `rows` of the last root axis along thread y. A width of vectors along loops is kept.
void BindTeam(KernelEdit& edit, uint32_t threads, uint32_t rows);

// Whether source text can be written for the schedule as edited.
bool CanGenerate(const KernelEdit& edit);

// How a reduction may depend on those whose loop it joins.
enum class JoinKind { kIndependent, kOnline };
// Nest n of the kernel runs in the loop of the nest before it, with that one's plan. The error says
// why it cannot, or that it depends on it otherwise than `kind` says.
Status JoinNest(KernelEdit& edit, size_t n, JoinKind kind);

// The greatest power of two not above n; at least 1.
uint32_t FloorPowerOfTwo(int64_t n);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_SCHEDULE_TOOLS_H_
