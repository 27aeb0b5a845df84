// Each thread computes a small tile of the output, so that every loaded operand is used several
// times from a register.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisPlan;
using nest::Dim;

// The two root axes bound to threads: y and x.
bool FindTile(const KernelEdit& edit, size_t* y, size_t* x) {
  if (!edit.IsContraction() || edit.IsCooperative()) return false;
  const int on_x = edit.RootOnThread(Dim::kX);
  const int on_y = edit.RootOnThread(Dim::kY);
  if (on_x < 0 || on_y < 0) return false;
  *x = static_cast<size_t>(on_x);
  *y = static_cast<size_t>(on_y);
  return true;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    size_t x = 0;
    size_t y = 0;
    if (!FindTile(edit, &y, &x)) return;
    const AxisPlan& plan = *nest::Find(edit.plan().nests[0], edit.roots().axes[y]);
    const bool untiled = plan.items * plan.vector == 1;
    best = std::max(best, untiled ? (edit.HasStages() ? 0.95 : 0.6) : 0.4);
  });
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    size_t x = 0;
    size_t y = 0;
    if (!FindTile(edit, &y, &x)) return;
    for (const int64_t m : {1, 2, 4, 8}) {
      for (const int64_t n : {1, 2, 4, 8}) {
        result.push_back({{"kernel", kernel}, {"m", m}, {"n", n}});
      }
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  size_t x = 0;
  size_t y = 0;
  if (!edit || !FindTile(*edit, &y, &x)) return Error{"no contraction over a block of two axes"};
  const auto tile = [&](size_t root, int64_t elements) {
    edit->EditRoot(root, [&](AxisPlan& plan) {
      plan.vector = std::min(plan.vector, static_cast<uint32_t>(elements));
      plan.items = static_cast<uint32_t>(elements) / plan.vector;
    });
  };
  tile(y, Get(parameters, "m", 1));
  tile(x, Get(parameters, "n", 1));
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"m", "rows that each thread computes"},
    {"n", "columns that each thread computes"},
};

}  // namespace

extern const Technique kRegisterTiling = {
    "register_tiling",
    "register blocking",
    "Each thread computes several rows and columns and reuses what it loaded from registers.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
