// Atomics on a result that few elements make up (a histogram) go to copies of it that each block
// has in shared memory; at the end a block adds its copy to the result, one atomic an element. A
// thread takes many points, so that the copies pay. Several copies a block part the lanes that
// meet.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisPlan;
using nest::Dim;
using nest::ExprId;

constexpr int64_t kSharedBytes = 48 * 1024;

bool Applies(const KernelEdit& edit) {
  if (edit.nests() != 1 || edit.HasStages() || !edit.plan().keeps.empty()) return false;
  const nest::Nest& nest = edit.nest(0);
  if (nest.update == nest::Reduction::kNone || edit.RootOnThread(Dim::kX) < 0) return false;
  return ir::BytesOf(edit.program().buffers[nest.out.index].type) >= 4;
}

// Elements that the updates of a block may fall on, at the bench sizes; 0 if that cannot be told.
// Where the index has a part that is the same in a block (a row's histogram), the least stride of
// that part; else what an earlier nest cleared.
int64_t WindowOf(const Situation& situation, const KernelEdit& edit) {
  nest::Program program = edit.program();
  const nest::Nest nest = edit.nest(0);
  ExprId rest;
  const ExprId base = nest::BlockPartOf(program, nest, edit.plan().nests[0], &rest);
  if (!rest.valid()) return 0;
  int64_t window = 0;
  const auto at_most = [&](ExprId count) {
    const Result<int64_t> value = nest::EvaluateSize(program, count, situation.sizes);
    if (value.ok() && value.value() > 0 && (window == 0 || value.value() < window)) {
      window = value.value();
    }
  };
  if (base.valid()) {
    const nest::Linear linear = nest::ToLinear(program, base);
    if (linear.ok) {
      for (const nest::LinearTerm& term : linear.terms) at_most(term.coefficient);
    }
    if (window > 1) return window;
    window = 0;
  }
  for (uint32_t n = 0; n < edit.plan().first; ++n) {
    const nest::Nest& earlier = program.nests[n];
    if (earlier.out != nest.out || earlier.update != nest::Reduction::kNone) continue;
    int64_t elements = 1;
    for (const nest::AxisId axis : earlier.parallel) elements *= edit.Extent(axis);
    if (elements > 0) window = std::max(window, elements);
  }
  const nest::Buffer& buffer = program.buffers[nest.out.index];
  if (buffer.elements.valid()) at_most(buffer.elements);
  return window;
}

std::vector<int64_t> Windows(const Situation& situation, const KernelEdit& edit) {
  const int64_t window = WindowOf(situation, edit);
  if (window > 0) return {window};
  return {256, 1024};
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (!Applies(edit)) return;
    best = std::max(best, edit.plan().nests[0].window == 0 ? 0.9 : 0.3);
  });
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    if (!Applies(edit)) return;
    const int64_t bytes = ir::BytesOf(edit.program().buffers[edit.nest(0).out.index].type);
    for (const int64_t window : Windows(situation, edit)) {
      for (const int64_t copies : {1, 2, 4, 8, 32}) {
        if ((window + 1) * copies * bytes > kSharedBytes) continue;
        for (const int64_t threads : {256, 512, 1024}) {
          for (const int64_t items : {4, 8, 16, 32}) {
            result.push_back({{"kernel", kernel},
                              {"window", window},
                              {"copies", copies},
                              {"threads", threads},
                              {"items", items}});
          }
        }
      }
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit || !Applies(*edit)) return Error{"no result that points of a kernel's own nest join"};
  nest::NestPlan& plan = edit->plan().nests[0];
  plan.window = static_cast<uint32_t>(Get(parameters, "window", 256));
  plan.copies = static_cast<uint32_t>(Get(parameters, "copies", 1));
  const auto root = static_cast<size_t>(edit->RootOnThread(Dim::kX));
  const int other = edit->RootOnThread(Dim::kY);
  edit->EditRoot(root, [&](AxisPlan& axis) {
    const auto items = static_cast<uint32_t>(Get(parameters, "items", 8));
    axis.threads = static_cast<uint32_t>(Get(parameters, "threads", 256));
    axis.items = std::max(1u, items / axis.vector);
  });
  // All threads of a block along one axis, so that what lies along the other is the same in it.
  if (other >= 0) {
    edit->EditRoot(static_cast<size_t>(other), [](AxisPlan& axis) {
      axis.thread = Dim::kNone;
      axis.threads = 1;
      axis.items = 1;
    });
  }
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"window", "elements of the result that a block has copies of"},
    {"copies", "copies that a block's lanes take in turn"},
    {"threads", "threads of a block"},
    {"items", "points of a thread"},
};

}  // namespace

extern const Technique kPrivatisedAtomics = {
    "privatised_atomics",
    "shared memory optimization",
    "Atomics go to a block's own copies in shared memory, which join the result at its end.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
