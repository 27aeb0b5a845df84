#include "nest/generate_kernel.h"

#include <algorithm>
#include <unordered_map>

#include "base/format.h"

namespace ws::nest {
namespace {

bool Has(const std::vector<AxisId>& axes, AxisId axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

bool IsPowerOfTwo(uint32_t n) { return n != 0 && (n & (n - 1)) == 0; }

bool IsLeaf(ExprKind kind) {
  return kind == ExprKind::kInt || kind == ExprKind::kFloat || kind == ExprKind::kSize ||
         kind == ExprKind::kAxis || kind == ExprKind::kLoad;
}

// Nodes in order, arguments first, with the number of uses; what has a name is not looked into.
void CountUses(const Program& program, ExprId id, const Names& names,
               std::unordered_map<uint32_t, int>& uses, std::vector<ExprId>& order) {
  if (++uses[id.index] > 1) return;
  const Expr& e = program.expr(id);
  if (!IsLeaf(e.kind) && names.count(id) == 0) {
    for (const ExprId arg : e.args) CountUses(program, arg, names, uses, order);
  }
  order.push_back(id);
}

void MarkAlways(const Program& program, ExprId id, std::set<ExprId>& marked) {
  if (!marked.insert(id).second) return;
  const Expr& e = program.expr(id);
  const bool conditional =
      e.kind == ExprKind::kSelect ||
      (e.kind == ExprKind::kBinary && (e.op == ExprOp::kLogicalAnd || e.op == ExprOp::kLogicalOr));
  for (size_t i = 0; i < e.args.size(); ++i) {
    if (i == 0 || !conditional) MarkAlways(program, e.args[i], marked);
  }
}

}  // namespace

SharedNodes FindShared(const Program& program, ExprId root, const Names& names) {
  std::unordered_map<uint32_t, int> uses;
  std::vector<ExprId> order;
  CountUses(program, root, names, uses, order);
  const std::set<ExprId> always = AlwaysEvaluated(program, root);
  SharedNodes result;
  for (const ExprId id : order) {
    const ExprKind kind = program.expr(id).kind;
    const bool repeated = uses[id.index] > 1 && always.count(id) > 0;
    if (kind == ExprKind::kLoad) {
      result.loads.push_back(id);
      if (repeated) result.repeated_loads.push_back(id);
    } else if (kind == ExprKind::kSize || kind == ExprKind::kAxis) {
      result.leaves.push_back(id);
    } else if (!IsLeaf(kind) && names.count(id) > 0) {
      result.named.push_back(id);
    } else if (!IsLeaf(kind)) {
      ++result.operations;
      if (repeated && id != root) result.nodes.push_back(id);
    }
  }
  return result;
}

std::set<ExprId> AlwaysEvaluated(const Program& program, ExprId root) {
  std::set<ExprId> marked;
  if (root.valid()) MarkAlways(program, root, marked);
  return marked;
}

std::vector<ExprId> Conjuncts(const Program& program, ExprId guard) {
  if (!guard.valid()) return {};
  const Expr& e = program.expr(guard);
  if (e.kind != ExprKind::kBinary || e.op != ExprOp::kLogicalAnd) return {guard};
  std::vector<ExprId> result = Conjuncts(program, e.args[0]);
  const std::vector<ExprId> more = Conjuncts(program, e.args[1]);
  result.insert(result.end(), more.begin(), more.end());
  return result;
}

bool IsIdentity(Program& program, Reduction reduction, ir::Type type, ExprId init) {
  if (!init.valid()) return true;
  const ExprId identity = IdentityOf(program, reduction, type);
  const Expr a = program.expr(identity);
  const Expr b = program.expr(init);
  if (a.kind == b.kind && a.bits == b.bits) return true;
  if (b.kind == ExprKind::kInt && b.bits == 0) {
    return reduction == Reduction::kSum || reduction == Reduction::kOr;
  }
  return b.kind == ExprKind::kInt && b.bits == 1 && reduction == Reduction::kProduct;
}

std::string AxisState::Thread() const {
  if (plan.thread == Dim::kNone || plan.threads == 1) return "";
  const char* id = plan.thread == Dim::kX ? "threadIdx.x" : "threadIdx.y";
  return plan.vector == 1 ? id : Format("{} * {}", id, plan.vector);
}

AxisState* NestState::Find(AxisId axis) {
  for (AxisState& state : axes) {
    if (state.axis == axis) return &state;
  }
  return nullptr;
}

KernelPlan PlainPlan(const KernelPlan& plan) {
  KernelPlan plain = plan;
  plain.keeps.clear();
  for (NestPlan& nest : plain.nests) {
    for (AxisPlan& axis : nest.axes) {
      const bool loops = axis.grid == Dim::kNone && plan.keeps.size() > 0;
      axis.items = loops ? 1 : std::min<uint32_t>(64, axis.items * axis.vector);
      axis.vector = 1;
    }
    for (Stage& stage : nest.stages) stage.vector = 1;
  }
  return plain;
}

void KernelWriter::AddCondition(const std::string& condition) {
  auto& list = result_.conditions;
  if (std::find(list.begin(), list.end(), condition) == list.end()) list.push_back(condition);
}

std::string KernelWriter::Constant(const std::string& name, uint32_t value) {
  if (value == 1) return "1";
  for (const auto& [known, known_value] : constants_) {
    if (known == name && known_value == value) return known;
  }
  const std::string unique = scope_.Unique(name);
  constants_.emplace_back(unique, value);
  return unique;
}

Status KernelWriter::CollectNests() {
  threads_x_ = ThreadsX(request_.plan);
  threads_y_ = ThreadsY(request_.plan);
  roots_ = RootsOf(program_, request_.plan);
  for (size_t n = 0; n < request_.plan.nests.size(); ++n) {
    NestState state{.nest = &program_.nests[request_.plan.first + n],
                    .plan = &request_.plan.nests[n]};
    for (const AxisPlan& plan : state.plan->axes) {
      AxisState axis{.axis = plan.axis, .plan = plan};
      axis.extent = program_.axes[plan.axis.index].extent;
      if (Has(state.nest->reduced, plan.axis)) {
        axis.role = Role::kReduced;
      } else {
        axis.role = Has(roots_.of_nest[n], plan.axis) ? Role::kRoot : Role::kInner;
      }
      if (plan.vector > 1) {
        AddCondition(Format("{} % {} == 0", ToText(program_, axis.extent, names_), plan.vector));
      }
      state.axes.push_back(axis);
    }
    std::set<ExprId> always = AlwaysEvaluated(program_, state.nest->value);
    const std::set<ExprId> in_guard = AlwaysEvaluated(program_, state.nest->guard);
    always.insert(in_guard.begin(), in_guard.end());
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
    if (HasLoad(program_, state.store.index)) {
      return Error{Format("{} is written at an index read from memory",
                          program_.buffers[state.store.buffer.index].name)};
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
    if (inner) no_temp.insert(out);
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
  for (size_t j = 0; j < nests_.size(); ++j) {
    for (size_t i = 0; i < j; ++i) {
      std::vector<NestAccess> of_i{nests_[i].store};
      for (const LoadInfo& load : nests_[i].loads) of_i.push_back(load.access);
      std::vector<NestAccess> of_j{nests_[j].store};
      for (const LoadInfo& load : nests_[j].loads) of_j.push_back(load.access);
      for (const NestAccess& a : of_i) {
        for (const NestAccess& b : of_j) {
          if (a.buffer != b.buffer || (!a.is_store && !b.is_store)) continue;
          if (IsOnChip(a.buffer) || IsSameThread(i, a, j, b)) continue;
          nests_[j].barrier_before = true;
          block_wide = true;
        }
      }
    }
    if (!nests_[j].plan->stages.empty()) block_wide = true;
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

std::string KernelWriter::BlockIndex(size_t root) {
  const char* const kNames[] = {"", "blockIdx.x", "blockIdx.y", "blockIdx.z"};
  const auto dim_of = [&](size_t r) {
    return request_.fold_grid ? Dim::kX : root_states_[r].plan.grid;
  };
  const Dim dim = dim_of(root);
  std::string divisor;
  size_t outer = 0;
  size_t inner_count = 0;
  for (size_t r = 0; r < root_states_.size(); ++r) {
    if (r == root || dim_of(r) != dim) continue;
    if (r < root) {
      ++outer;
      continue;
    }
    const AxisState& inner = root_states_[r];
    const std::string blocks = inner.plan.Tile() == 1
                                   ? inner.extent_text
                                   : Format("(({} + {}) / {})", inner.extent_text,
                                            inner.plan.Tile() - 1, inner.plan.Tile());
    divisor += divisor.empty() ? blocks : " * " + blocks;
    ++inner_count;
  }
  std::string text = kNames[static_cast<int>(dim)];
  if (divisor.empty() && outer == 0) return text;
  // Signed arithmetic: the launcher keeps the grid below 2^31 blocks.
  text = Format("static_cast<int>({})", text);
  if (inner_count > 0) text += " / " + (inner_count > 1 ? "(" + divisor + ")" : divisor);
  if (outer > 0) {
    const AxisState& mine = root_states_[root];
    const std::string blocks =
        mine.plan.Tile() == 1
            ? mine.extent_text
            : Format("(({} + {}) / {})", mine.extent_text, mine.plan.Tile() - 1, mine.plan.Tile());
    text += Format(" % {}", blocks);
  }
  return text;
}

void KernelWriter::NameExtents() {
  for (const NestState& state : nests_) {
    for (const AxisState& axis : state.axes) {
      const ExprKind kind = program_.expr(axis.extent).kind;
      if (kind == ExprKind::kInt || kind == ExprKind::kSize || names_.count(axis.extent) > 0) {
        continue;
      }
      const std::string name = scope_.Unique(program_.axes[axis.axis.index].name + "_count");
      code_.Line(Format("const int {} = {};", name, Text(axis.extent)));
      names_[axis.extent] = name;
    }
  }
}

Status KernelWriter::WriteRoots() {
  for (const AxisId axis : roots_.axes) {
    AxisState state{.axis = axis, .plan = *Find(request_.plan.nests[0], axis), .role = Role::kRoot};
    state.extent = program_.axes[axis.index].extent;
    state.extent_text = Text(state.extent);
    state.name = scope_.Unique(program_.axes[axis.index].name);
    root_states_.push_back(state);
  }
  bool staged = false;
  for (const NestState& nest : nests_) staged = staged || nest.tiled || !nest.plan->stages.empty();
  for (size_t r = 0; r < root_states_.size(); ++r) {
    AxisState& root = root_states_[r];
    const uint32_t tile = root.plan.Tile();
    std::string block = BlockIndex(r);
    if (tile > 1) {
      if (block.find(' ') != std::string::npos && block.find('%') == std::string::npos) {
        block = "(" + block + ")";
      }
      const std::string k = Constant("k" + CamelCase(root.name) + "Tile", tile);
      block = Format("{} * {}", block, k);
    }
    if (staged && tile > 1) {
      root.tile = scope_.Unique(root.name + "_tile");
      code_.Line(Format("const int {} = {};", root.tile, block));
      block = root.tile;
    } else if (tile == 1) {
      root.tile = root.name;
    }
    root.base = root.plan.items == 1 ? root.name : scope_.Unique(root.name + "_base");
    const std::string thread = root.Thread();
    code_.Line(
        Format("const int {} = {}{};", root.base, block, thread.empty() ? "" : " + " + thread));
  }
  for (size_t n = 0; n < nests_.size(); ++n) {
    for (size_t r = 0; r < root_states_.size(); ++r) {
      AxisState* mine = nests_[n].Find(roots_.of_nest[n][r]);
      const AxisId axis = mine->axis;
      *mine = root_states_[r];
      mine->axis = axis;
      names_[program_.AxisExpr(axis)] = mine->base;
    }
  }
  if (early_return_) {
    std::string condition;
    for (const AxisState& root : root_states_) {
      if (root.plan.Tile() == 1 || root.plan.items > 1) continue;
      condition += (condition.empty() ? "" : " || ") + root.base + " >= " + root.extent_text;
    }
    if (!condition.empty()) code_.Line(Format("if ({}) return;", condition));
  }
  for (const auto& [b, row] : kept_) {
    const std::string type(TypeName(program_.buffers[b].type));
    for (const NestState& nest : nests_) {
      for (const AxisState& axis : nest.axes) {
        if (!axis.covering || row.place != Place::kRegisters || row.filled) continue;
        const VectorType vector = VectorOf(program_.buffers[b].type, row.vector);
        const std::string carrier = row.vector == 1 ? type : vector.name;
        const uint32_t carriers = axis.plan.items * (row.vector == 1 ? 1 : vector.count);
        code_.Line(Format("{} {}[{}];", carrier, row.name, carriers));
        kept_[b].filled = true;
      }
    }
    kept_[b].filled = false;
    if (row.place == Place::kShared) {
      const std::string all = scope_.Unique(row.name + "s");
      shared_.push_back(Format("extern __shared__ __align__(16) {} {}[];", type, all));
      std::string extent;
      for (const NestState& nest : nests_) {
        for (const AxisState& axis : nest.axes) {
          const bool uses =
              nest.store.buffer.index == b ||
              std::any_of(nest.loads.begin(), nest.loads.end(),
                          [b = b](const LoadInfo& l) { return l.access.buffer.index == b; });
          if (axis.role != Role::kRoot && uses && extent.empty()) extent = Text(axis.extent);
        }
      }
      code_.Line(threads_y_ > 1
                     ? Format("{}* {} = {} + threadIdx.y * {};", type, row.name, all, extent)
                     : Format("{}* {} = {};", type, row.name, all));
    }
  }
  return Ok();
}

void KernelWriter::DeclareAccumulator(NestState& nest) {
  const Nest& n = *nest.nest;
  const std::string& out = program_.buffers[n.out.index].name;
  const auto temp = temps_.find(n.out.index);
  const bool is_temp = temp != temps_.end() && temp->second.type == n.accumulate &&
                       IsIdentity(program_, n.reduction, n.accumulate, n.init) &&
                       program_.buffers[n.out.index].type == n.accumulate;
  accumulator_ = is_temp ? temp->second.name : scope_.Unique(out + "_acc");
  const std::string identity = IdentityText(n.reduction, n.accumulate);
  std::string dims;
  uint32_t elements = 1;
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
    dims += Format("[{}]", axis.Elements());
    elements *= axis.Elements();
  }
  if (dims.empty()) {
    code_.Line(Format("{} {} = {};", TypeName(n.accumulate), accumulator_, identity));
    return;
  }
  code_.Line(Format("{} {}{};", TypeName(n.accumulate), accumulator_, dims));
  std::string suffix;
  int loops = 0;
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
    const std::string var(1, static_cast<char>('i' + loops++));
    code_.Unroll();
    const std::string head = Format("for (int {0} = 0; {0} < {1}; ++{0})", var, axis.Elements());
    code_.Open(head);
    suffix += "[" + var + "]";
  }
  code_.Line(Format("{}{} = {};", accumulator_, suffix, identity));
  for (int i = 0; i < loops; ++i) code_.Close();
}

// Combines what the threads of a reduced axis found; afterwards every thread has the result.
Status KernelWriter::CombineThreads(NestState& nest) {
  const Nest& n = *nest.nest;
  uint32_t x = 1;
  uint32_t y = 1;
  for (const AxisState& axis : nest.axes) {
    if (axis.role != Role::kReduced || axis.plan.threads == 1) continue;
    (axis.plan.thread == Dim::kX ? x : y) = axis.plan.threads;
  }
  if (x == 1 && y == 1) return Ok();
  if (x > 1 && (x < 32 ? !IsPowerOfTwo(x) : x % 32 != 0)) {
    return Error{Format("a reduction over {} threads of a warp", x)};
  }
  if (x > 1 && threads_x_ * threads_y_ % 32 != 0) {
    return Error{
        Format("a reduction in a block of {} threads, no whole warps", threads_x_ * threads_y_)};
  }
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kInner && axis.plan.threads > 1 && (y > 1 || x != 32)) {
      return Error{"a cooperative reduction inside a loop that threads share"};
    }
  }
  const std::string type(TypeName(n.accumulate));
  std::string suffix;
  int loops = 0;
  uint32_t elements = 1;
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
    elements *= axis.Elements();
  }
  const auto open_loops = [&] {
    suffix.clear();
    loops = 0;
    for (const AxisState& axis : nest.axes) {
      if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
      const std::string var(1, static_cast<char>('i' + loops++));
      code_.Unroll();
      code_.Open(Format("for (int {0} = 0; {0} < {1}; ++{0})", var, axis.Elements()));
      suffix += "[" + var + "]";
    }
  };
  const auto close_loops = [&] {
    for (int i = 0; i < loops; ++i) code_.Close();
  };
  if (x > 1) {
    open_loops();
    const std::string acc = accumulator_ + suffix;
    if (x <= 32) {
      code_.Line(
          Format("{} = {}<{}>({});", acc, helpers_.WarpReduce(n.reduction, n.accumulate), x, acc));
    } else {
      const std::string partial = scope_.Unique(accumulator_ + "_warps");
      const uint32_t warps = x / 32;
      const std::string row = threads_y_ > 1 ? Format("{}[threadIdx.y]", partial) : partial;
      shared_.push_back(threads_y_ > 1
                            ? Format("__shared__ {} {}[{}][{}];", type, partial, threads_y_, warps)
                            : Format("__shared__ {} {}[{}];", type, partial, warps));
      result_.shared_bytes += threads_y_ * warps * ir::BytesOf(n.accumulate);
      code_.Line(Format("{} = {}<{}>({}, {});", acc,
                        helpers_.BlockReduce(n.reduction, n.accumulate), warps, acc, row));
    }
    close_loops();
  }
  if (y > 1) {
    const std::string partial = scope_.Unique(accumulator_ + "_rows");
    shared_.push_back(
        Format("__shared__ {} {}[{}][{}][{}];", type, partial, y, elements, threads_x_));
    result_.shared_bytes += y * elements * threads_x_ * ir::BytesOf(n.accumulate);
    const auto flat = [&] {
      std::string text = "0";
      int loop = 0;
      for (const AxisState& axis : nest.axes) {
        if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
        const std::string var(1, static_cast<char>('i' + loop++));
        text = text == "0" ? var : Format("({}) * {} + {}", text, axis.Elements(), var);
      }
      return text;
    };
    open_loops();
    code_.Line(
        Format("{}[threadIdx.y][{}][threadIdx.x] = {}{};", partial, flat(), accumulator_, suffix));
    close_loops();
    code_.Line("__syncthreads();");
    open_loops();
    const std::string acc = accumulator_ + suffix;
    code_.Line(Format("{} = {}[0][{}][threadIdx.x];", acc, partial, flat()));
    code_.Unroll();
    const std::string other = Format("{}[t][{}][threadIdx.x]", partial, flat());
    code_.Open(Format("for (int t = 1; t < {}; ++t)", y));
    code_.Line(CombineStatement(n.reduction, n.accumulate, acc, other));
    code_.Close();
    close_loops();
    bool loops_around = false;
    for (const AxisState& axis : nest.axes) {
      loops_around = loops_around || axis.role == Role::kInner;
    }
    if (loops_around) code_.Line("__syncthreads();");
  }
  return Ok();
}

std::string KernelWriter::ElementSuffix(const NestState& nest, AxisState* lane_axis,
                                        uint32_t lane) const {
  std::string suffix;
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
    if (&axis == lane_axis) {
      suffix += axis.plan.items == 1
                    ? Format("[{}]", lane)
                    : Format("[{} * {} + {}]", axis.element, axis.plan.vector, lane);
    } else {
      suffix += Format("[{}]", axis.element);
    }
  }
  return suffix;
}

std::string KernelWriter::AccumulatorText(const NestState& nest, AxisState* lane_axis,
                                          uint32_t lane) const {
  return accumulator_ + ElementSuffix(nest, lane_axis, lane);
}

std::string KernelWriter::TempText(const RegisterTemp& temp, const NestState& nest,
                                   AxisState* lane_axis, uint32_t lane) const {
  std::string suffix;
  for (const AxisState& axis : nest.axes) {
    if (axis.role != Role::kRoot || axis.Elements() == 1) continue;
    if (&axis == lane_axis) {
      suffix += axis.plan.items == 1
                    ? Format("[{}]", lane)
                    : Format("[{} * {} + {}]", axis.element, axis.plan.vector, lane);
    } else {
      suffix += Format("[{}]", axis.element);
    }
  }
  return temp.name + suffix;
}

Names KernelWriter::PointNames(const NestState& nest, AxisState* lane_axis, uint32_t lane) const {
  Names names = names_;
  for (const AxisState& axis : nest.axes) {
    const ExprId node = program_.AxisExpr(axis.axis);
    std::string text = axis.index;
    if (&axis == lane_axis && lane > 0) text = Format("{} + {}", text, lane);
    names[node] = text;
  }
  return names;
}

// Whether the integer is a multiple of `v`, given conditions that the launcher checks.
bool KernelWriter::IsDivisible(ExprId id, uint32_t v, std::vector<std::string>* conditions) {
  const Expr e = program_.expr(id);
  int64_t value = 0;
  if (program_.IsInt(id, &value)) return value % v == 0;
  if (HasLoad(program_, id)) return false;
  if (e.kind == ExprKind::kCast) return IsDivisible(e.args[0], v, conditions);
  if (e.kind == ExprKind::kBinary && e.op == ExprOp::kMul) {
    for (const ExprId factor : e.args) {
      int64_t constant = 0;
      if (program_.IsInt(factor, &constant) && constant % v == 0) return true;
    }
    for (const ExprId factor : e.args) {
      if (program_.IsInt(factor)) continue;
      const std::string known = Format("{} % {} == 0", HostText(factor), v);
      const auto& list = result_.conditions;
      if (std::find(list.begin(), list.end(), known) != list.end()) return true;
    }
  }
  const ExprId rest = program_.Binary(ExprOp::kRem, id, program_.Int(v));
  conditions->push_back(HostText(rest) + " == 0");
  return true;
}

// Whether the access at lane 0 of every vector is aligned, given conditions on sizes and pointers.
bool KernelWriter::CanVectorise(const NestAccess& access, const AxisState& lane_axis,
                                std::vector<std::string>* conditions) {
  if (access.contiguous != lane_axis.axis || !access.linear.ok) return false;
  const Buffer& buffer = program_.buffers[access.buffer.index];
  const VectorType vector = VectorOf(buffer.type, lane_axis.plan.vector);
  if (vector.name == nullptr) return false;
  const uint32_t v = lane_axis.plan.vector;
  std::vector<ExprId> parts{access.linear.rest};
  for (const LinearTerm& term : access.linear.terms) {
    if (term.axis != lane_axis.axis) parts.push_back(term.coefficient);
  }
  for (const ExprId part : parts) {
    if (part.valid() && !IsDivisible(part, v, conditions)) return false;
  }
  if (buffer.kind == BufferKind::kArgument) {
    conditions->push_back(Format("reinterpret_cast<size_t>({}) % {} == 0",
                                 program_.parameters[buffer.param].name,
                                 vector.Bytes(buffer.type)));
  }
  return true;
}

// Loops of different nests may have the same variable: c for the program's c, c_2 and c_3.
std::string KernelWriter::LoopName(const NestState& nest, AxisId axis) const {
  const std::string& full = program_.axes[axis.index].name;
  const size_t at = full.find_last_not_of("0123456789");
  if (at == std::string::npos || at == 0 || at + 1 == full.size() || full[at] != '_') return full;
  const std::string plain = full.substr(0, at);
  const bool taken = std::any_of(nest.axes.begin(), nest.axes.end(), [&](const AxisState& other) {
    return other.name == plain || program_.axes[other.axis.index].name == plain;
  });
  return taken || scope_.IsTaken(plain) ? full : plain;
}

Result<KernelText> KernelWriter::Write() {
  result_.name = request_.name;
  for (const Parameter& p : program_.parameters) scope_.Reserve(p.name);
  for (const Buffer& b : program_.buffers) {
    if (b.kind == BufferKind::kArgument) scope_.Reserve(b.name);
  }
  TRY_OK(CollectNests());
  TRY_OK(ClassifyBuffers());
  DecideBarriers();
  NameExtents();
  for (NestState& nest : nests_) {
    for (AxisState& axis : nest.axes) {
      axis.extent_text = Text(axis.extent);
      if (axis.role != Role::kRoot) axis.name = LoopName(nest, axis.axis);
    }
  }
  TRY_OK(WriteRoots());
  for (NestState& nest : nests_) {
    if (nest.barrier_before) code_.Line("__syncthreads();");
    staged_.clear();
    if (nest.tiled) {
      TRY_OK(WriteTiled(nest));
    } else {
      TRY_OK(WriteStreaming(nest));
    }
  }
  if (result_.shared_bytes > target_.shared_bytes) {
    return Error{Format("{} bytes of shared memory in a block", result_.shared_bytes)};
  }

  // What the body mentions becomes a parameter.
  std::set<uint32_t> scalars;
  const std::string body = code_.text();
  const auto mentions = [&](const std::string& name) {
    for (size_t at = body.find(name); at != std::string::npos; at = body.find(name, at + 1)) {
      const auto word = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
      };
      if ((at == 0 || !word(body[at - 1])) && !word(body[at + name.size()])) return true;
    }
    return false;
  };
  std::string parameters;
  for (uint32_t b = 0; b < program_.buffers.size(); ++b) {
    const Buffer& buffer = program_.buffers[b];
    if (!InMemory(b) || !mentions(buffer.name)) continue;
    result_.buffers.emplace_back(b);
    const bool written = last_write_.count(b) > 0;
    parameters += Format("{}{}{}* __restrict__ {}", parameters.empty() ? "" : ", ",
                         written ? "" : "const ", TypeName(buffer.type), buffer.name);
  }
  for (uint32_t i = 0; i < program_.parameters.size(); ++i) {
    const Parameter& p = program_.parameters[i];
    if (p.is_pointer || !mentions(p.name)) continue;
    result_.scalars.push_back(i);
    parameters += Format("{}{} {}", parameters.empty() ? "" : ", ", p.type_text, p.name);
  }
  Code head;
  head.Open(Format("__global__ void __launch_bounds__({}) {}({})", threads_x_ * threads_y_,
                   request_.name, parameters));
  for (const auto& [name, value] : constants_) {
    head.Line(Format("constexpr int {} = {};", name, value));
  }
  for (const std::string& line : shared_) head.Line(line);
  if (!thread_line_.empty()) head.Line(thread_line_);
  result_.text = head.text() + body + "}\n";

  result_.threads_x = threads_x_;
  result_.threads_y = threads_y_;
  for (const AxisState& root : root_states_) {
    const auto dim = static_cast<size_t>(request_.fold_grid ? Dim::kX : root.plan.grid) - 1;
    const std::string extent = HostText(root.extent);
    const uint32_t tile = root.plan.Tile();
    const std::string blocks =
        tile == 1 ? extent : Format("({} + {}) / {}", extent, tile - 1, tile);
    std::string& text = result_.grid[dim];
    const bool sum = blocks.find(' ') != std::string::npos;
    text = text.empty()
               ? blocks
               : Format("{} * {}",
                        text.find(' ') != std::string::npos && text[0] != '(' ? "(" + text + ")"
                                                                              : text,
                        sum ? "(" + blocks + ")" : blocks);
  }
  for (size_t d = 1; d < 3; ++d) {
    const std::string& blocks = result_.grid[d];
    const bool few =
        blocks.size() < 5 && blocks.find_first_not_of("0123456789") == std::string::npos;
    if (!few) AddCondition(blocks + " <= 65535");
  }
  return result_;
}

Result<KernelText> WriteKernel(Program& program, const KernelRequest& request,
                               const GenerateTarget& target, Helpers& helpers) {
  return KernelWriter(program, request, target, helpers).Write();
}

}  // namespace ws::nest
