#include "nest/generate_kernel.h"

#include <algorithm>

#include "base/format.h"

namespace ws::nest {

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
  plain.whole = false;
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

// Whether all tiles along the axis are whole; the launcher checks it.
bool KernelWriter::IsWhole(const AxisState& axis) {
  if (!request_.plan.whole || axis.bounded) return false;
  const uint32_t tile = axis.plan.Tile();
  if (axis.covering) {
    AddCondition(HostText(program_.Binary(ExprOp::kEq, axis.extent, program_.Int(tile))));
  } else if (tile > 1) {
    const ExprId rest = program_.Binary(ExprOp::kRem, axis.extent, program_.Int(tile));
    AddCondition(HostText(rest) + " == 0");
  }
  return true;
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
      if (root.plan.Tile() == 1 || root.plan.items > 1 || IsWhole(root)) continue;
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

Names KernelWriter::PointNames(const NestState& nest, AxisState* lane_axis, uint32_t lane) const {
  Names names = names_;
  for (const AxisState& axis : nest.axes) {
    const ExprId node = program_.AxisExpr(axis.axis);
    std::string text = axis.index;
    if (&axis == lane_axis && lane > 0) text = Format("{} + {}", text, lane);
    names[node] = text;
  }
  for (const LoadInfo& load : nest.loads) {
    const auto temp = temps_.find(load.access.buffer.index);
    if (temp != temps_.end()) names[load.node] = TempText(temp->second, nest, lane_axis, lane);
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
  for (size_t n = 0; n < nests_.size();) {
    NestState& nest = nests_[n++];
    std::vector<NestState*> joined;
    while (n < nests_.size() && nests_[n].joined) joined.push_back(&nests_[n++]);
    if (nest.barrier_before) code_.Line("__syncthreads();");
    staged_.clear();
    if (nest.tiled) {
      TRY_OK(WriteTiled(nest));
    } else {
      TRY_OK(WriteStreaming(nest, joined));
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
  const std::string resident =
      request_.plan.min_blocks == 0 ? "" : Format(", {}", request_.plan.min_blocks);
  head.Open(Format("__global__ void __launch_bounds__({}{}) {}({})", threads_x_ * threads_y_,
                   resident, request_.name, parameters));
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
