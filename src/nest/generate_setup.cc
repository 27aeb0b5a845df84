// What the plan means for each nest and buffer: roles of axes, what lives on the chip, where
// barriers are needed.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

bool Has(const std::vector<AxisId>& axes, AxisId axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

}  // namespace

// A joined nest has the axes and plans of its leader; Validate saw that they correspond.
Status KernelWriter::JoinLeader(size_t n, NestState* state) {
  size_t leader = n - 1;
  while (nests_[leader].joined) --leader;
  const NestState& first = nests_[leader];
  const Nest mine = *state->nest;
  own_nests_.push_back(WithAxesOf(program_, mine, *first.nest));
  state->nest = &own_nests_.back();
  state->plan = first.plan;
  roots_.of_nest[n] = roots_.of_nest[leader];
  state->online = FindOnline(program_, *first.nest, *state->nest);
  const bool reads = HasLoad(program_, state->nest->value, first.nest->out);
  state->chosen = IsChosen(program_, *first.nest, *state->nest);
  if (reads && !state->online && !state->chosen)
    return Error{"a reduction in one loop with what it needs first"};
  return Ok();
}

// A value that counts under a condition alone, c ? v : identity, is v under the guard c. What is
// computed for several root points needs to know which of them there are, and loads that all of
// them share then stand under no condition.
void KernelWriter::GuardConditionalValue(NestState* state) {
  const Nest& n = *state->nest;
  if (n.reduction == Reduction::kNone || !n.value.valid() || !state->plan->stages.empty()) return;
  const Expr value = program_.expr(n.value);
  if (value.kind != ExprKind::kSelect || HasLoad(program_, value.args[0]) ||
      !IsIdentity(program_, n.reduction, n.accumulate, value.args[2])) {
    return;
  }
  Nest guarded = n;
  guarded.value = value.args[1];
  guarded.guard = n.guard.valid() ? program_.Binary(ExprOp::kLogicalAnd, n.guard, value.args[0])
                                  : value.args[0];
  own_nests_.push_back(std::move(guarded));
  state->nest = &own_nests_.back();
}

Status KernelWriter::CollectNests() {
  threads_x_ = ThreadsX(request_.plan);
  threads_y_ = ThreadsY(request_.plan);
  roots_ = RootsOf(program_, request_.plan);
  for (size_t n = 0; n < request_.plan.nests.size(); ++n) {
    NestState state{.nest = &program_.nests[request_.plan.first + n],
                    .plan = &request_.plan.nests[n]};
    state.joined = state.plan->joined;
    if (state.joined) TRY_OK(JoinLeader(n, &state));
    const bool tile =
        std::any_of(state.plan->axes.begin(), state.plan->axes.end(), [&](const AxisPlan& axis) {
          return Has(roots_.of_nest[n], axis.axis) && axis.items * axis.vector > 1;
        });
    if (tile && !state.joined) GuardConditionalValue(&state);
    for (const AxisPlan& plan : state.plan->axes) {
      AxisState axis{.axis = plan.axis, .plan = plan};
      axis.extent = program_.axes[plan.axis.index].extent;
      if (Has(state.nest->reduced, plan.axis)) {
        axis.role = Role::kReduced;
      } else {
        axis.role = Has(roots_.of_nest[n], plan.axis) ? Role::kRoot : Role::kInner;
      }
      if (plan.vector > 1) {
        const ExprId rest = program_.Binary(ExprOp::kRem, axis.extent, program_.Int(plan.vector));
        AddCondition(HostText(rest) + " == 0");
      }
      state.axes.push_back(axis);
    }
    std::set<ExprId> always = AlwaysEvaluated(program_, state.nest->value);
    for (const ExprId part : {state.nest->guard, state.nest->out_index}) {
      const std::set<ExprId> in_part = AlwaysEvaluated(program_, part);
      always.insert(in_part.begin(), in_part.end());
    }
    const std::vector<NestAccess> accesses = Accesses(program_, *state.nest);
    for (const NestAccess& access : accesses) {
      if (access.is_store) {
        state.store = access;
        continue;
      }
      LoadInfo load{.access = access};
      load.node = program_.Load(access.buffer, access.index);
      load.always = always.count(load.node) > 0;
      state.loads.push_back(load);
    }
    last_write_[state.store.buffer.index] = static_cast<uint32_t>(n);
    nests_.push_back(std::move(state));
  }
  for (NestState& state : nests_) {
    if (state.nest->reduction == Reduction::kNone) continue;
    bool reuse = !state.plan->stages.empty();
    for (const LoadInfo& load : state.loads) {
      for (const AxisState& axis : state.axes) {
        reuse = reuse || (axis.role == Role::kRoot && axis.Elements() > 1 &&
                          !load.access.DependsOn(axis.axis) && load.always);
      }
    }
    state.tiled = reuse;
    if (reuse && (state.joined || (&state != &nests_.back() && (&state)[1].joined))) {
      return Error{"register tiles in a loop of several nests"};
    }
  }
  return Ok();
}

// A buffer that is written at root points only lives in a register between the nests.
Status KernelWriter::ClassifyBuffers() {
  std::set<uint32_t> no_temp;
  std::set<uint32_t> written;
  for (size_t n = 0; n < nests_.size(); ++n) {
    const uint32_t out = nests_[n].store.buffer.index;
    const bool inner = std::any_of(nests_[n].axes.begin(), nests_[n].axes.end(),
                                   [](const auto& a) { return a.role == Role::kInner; });
    const bool scatters =
        nests_[n].nest->update != Reduction::kNone || HasLoad(program_, nests_[n].nest->out_index);
    if (inner || scatters) no_temp.insert(out);
    for (const LoadInfo& load : nests_[n].loads) {
      const uint32_t b = load.access.buffer.index;
      if (written.count(b) == 0) {
        // Read before it is written here: the value comes from memory at least once.
        for (const NestState& later : nests_) {
          if (later.store.buffer.index == b) no_temp.insert(b);
        }
        continue;
      }
      const auto writer = std::find_if(nests_.begin(), nests_.end(), [&](const NestState& s) {
        return s.store.buffer.index == b;
      });
      const size_t w = static_cast<size_t>(writer - nests_.begin());
      const Correspondence c = Compare(program_, writer->store.linear, roots_.of_nest[w],
                                       load.access.linear, roots_.of_nest[n]);
      if (!c.same_root_point || !c.inner.empty() || !load.always) no_temp.insert(b);
    }
    if (nests_[n].nest->guard.valid() && nests_[n].nest->reduction == Reduction::kNone) {
      no_temp.insert(out);
    }
    written.insert(out);
  }
  for (const uint32_t b : written) {
    bool read = false;
    for (const NestState& state : nests_) {
      for (const LoadInfo& load : state.loads) read = read || load.access.buffer.index == b;
    }
    if (read && no_temp.count(b) == 0) temps_[b] = {.name = "", .type = program_.buffers[b].type};
  }
  for (uint32_t b = 0; b < program_.buffers.size(); ++b) {
    if (program_.buffers[b].kind == BufferKind::kTemporary && InMemory(b)) {
      scope_.Reserve(program_.buffers[b].name);
    }
  }
  for (auto& [b, temp] : temps_) {
    temp.name = scope_.Unique(program_.buffers[b].name + (InMemory(b) ? "_value" : ""));
  }
  return ClassifyKeeps();
}

Status KernelWriter::ClassifyKeeps() {
  for (const Keep& keep : request_.plan.keeps) {
    const uint32_t b = keep.buffer.index;
    if (b >= program_.buffers.size()) return Error{"a kept row names no buffer"};
    const std::string& name = program_.buffers[b].name;
    KeptRow row{.place = keep.place};
    size_t users = 0;
    const AxisState* first_axis = nullptr;
    const NestAccess* first_access = nullptr;
    size_t first_nest = 0;
    for (size_t n = 0; n < nests_.size(); ++n) {
      NestState& state = nests_[n];
      const auto check = [&](const NestAccess& access, bool always) -> Status {
        AxisState* inner = nullptr;
        for (AxisState& axis : state.axes) {
          if (axis.role == Role::kRoot) {
            if (axis.Elements() > 1) {
              return Error{Format("{} is kept while a thread has several root points", name)};
            }
            continue;
          }
          if (inner != nullptr) return Error{Format("{} is kept in a nest with two loops", name)};
          inner = &axis;
        }
        if (inner == nullptr || !access.linear.ok || !access.DependsOn(inner->axis) || !always) {
          return Error{Format("{} cannot be kept: not one element per step of a loop", name)};
        }
        if (first_axis == nullptr) {
          first_axis = inner;
          first_access = &access;
          first_nest = n;
        } else {
          AxisPlan mine = inner->plan;
          mine.axis = first_axis->axis;
          const Correspondence c =
              Compare(program_, first_access->linear, roots_.of_nest[first_nest], access.linear,
                      roots_.of_nest[n]);
          if (!c.same_root_point || !(mine == first_axis->plan)) {
            return Error{Format("{} is kept but used at different points", name)};
          }
        }
        inner->covering = inner->covering || keep.place == Place::kRegisters;
        row.vector = inner->plan.vector;
        ++users;
        return Ok();
      };
      for (const LoadInfo& load : state.loads) {
        if (load.access.buffer == keep.buffer) TRY_OK(check(load.access, load.always));
      }
      if (state.store.buffer == keep.buffer) {
        if (state.nest->reduction != Reduction::kNone || state.nest->guard.valid()) {
          return Error{Format("{} cannot be kept: written by a reduction or under a guard", name)};
        }
        TRY_OK(check(state.store, true));
      }
    }
    if (users < 2) return Error{Format("{} is kept but used once", name)};
    const ir::Type type = program_.buffers[b].type;
    row.name = scope_.Unique(name + "_row");
    const std::string extent = HostText(first_axis->extent);
    if (keep.place == Place::kRegisters) {
      const uint32_t tile = first_axis->plan.Tile();
      const uint32_t words = first_axis->Elements() * ir::BytesOf(type) / 4;
      if (words * 2 > target_.registers_per_thread) {
        return Error{
            Format("{} elements of {} do not fit in registers", first_axis->Elements(), name)};
      }
      AddCondition(Format("{} <= {}", extent, tile));
    } else {
      if (!result_.dynamic_shared.empty()) return Error{"two rows kept in shared memory"};
      const std::string per_row = Format("{} * sizeof({})", extent, TypeName(type));
      result_.dynamic_shared = threads_y_ > 1 ? Format("{} * {}", threads_y_, per_row) : per_row;
      AddCondition(Format("{} <= {}", result_.dynamic_shared, target_.shared_bytes - 2048));
    }
    kept_[b] = row;
  }
  return Ok();
}

bool KernelWriter::IsSameThread(size_t i, const NestAccess& a, size_t j, const NestAccess& b) {
  const Correspondence c =
      Compare(program_, a.linear, roots_.of_nest[i], b.linear, roots_.of_nest[j]);
  if (!c.same_root_point) return false;
  bool bound_x = threads_x_ == 1;
  bool bound_y = threads_y_ == 1;
  const auto bind = [&](const AxisPlan& plan) {
    bound_x = bound_x || plan.thread == Dim::kX;
    bound_y = bound_y || plan.thread == Dim::kY;
  };
  for (const AxisState& axis : nests_[i].axes) {
    if (axis.role == Role::kRoot) bind(axis.plan);
  }
  for (const auto& [axis_a, axis_b] : c.inner) {
    const AxisPlan& plan_a = nests_[i].Find(axis_a)->plan;
    const AxisPlan& plan_b = nests_[j].Find(axis_b)->plan;
    if (plan_a.thread != plan_b.thread || plan_a.threads != plan_b.threads ||
        plan_a.vector != plan_b.vector) {
      return false;
    }
    bind(plan_a);
  }
  return bound_x && bound_y;
}

void KernelWriter::DecideBarriers() {
  bool block_wide = false;
  size_t leader = 0;
  for (size_t j = 0; j < nests_.size(); ++j) {
    if (!nests_[j].joined) leader = j;
    for (size_t i = 0; i < leader; ++i) {
      std::vector<NestAccess> of_i{nests_[i].store};
      for (const LoadInfo& load : nests_[i].loads) of_i.push_back(load.access);
      std::vector<NestAccess> of_j{nests_[j].store};
      for (const LoadInfo& load : nests_[j].loads) of_j.push_back(load.access);
      for (const NestAccess& a : of_i) {
        for (const NestAccess& b : of_j) {
          if (a.buffer != b.buffer || (!a.is_store && !b.is_store)) continue;
          if (IsOnChip(a.buffer) || IsSameThread(i, a, j, b)) continue;
          nests_[leader].barrier_before = true;
          block_wide = true;
        }
      }
    }
    if (!nests_[j].plan->stages.empty() || nests_[j].plan->window > 0) block_wide = true;
    for (const AxisState& axis : nests_[j].axes) {
      if (axis.role != Role::kReduced || axis.plan.threads == 1) continue;
      // Lanes of one warp reduce together; more, or lanes with other root points, need everyone.
      if (axis.plan.thread == Dim::kY || axis.plan.threads > 32 || axis.plan.threads < 32) {
        block_wide = true;
      }
    }
  }
  early_return_ = !block_wide;
}

}  // namespace ws::nest
