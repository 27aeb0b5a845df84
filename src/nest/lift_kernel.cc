#include "nest/lift_kernel.h"

#include <algorithm>
#include <limits>
#include <set>

#include "base/format.h"

namespace ws::nest {
namespace {

using front::BinaryOp;
using front::NodeId;
using front::NodeKind;
using front::UnaryOp;

constexpr const char* kCarried = "__carried";
constexpr const char* kTemporary = "__temporary";

}  // namespace

KernelLifter::KernelLifter(const front::Program& source, Program& program, const LaunchShape& shape)
    : Evaluator(source, program), shape_(shape) {
  constexpr const char* kLetters = "xyz";
  for (int d = 0; d < 3; ++d) {
    const auto add = [&](const char* base, ExprId extent) {
      program_.axes.push_back({FreshName(Format("{}{}", base, kLetters[d])), extent});
      return AxisId(static_cast<uint32_t>(program_.axes.size() - 1));
    };
    thread_axis_[d] = add("thread_", shape.block[d]);
    block_axis_[d] = add("block_", shape.grid[d]);
  }
}

std::string KernelLifter::FreshName(std::string base) const {
  const auto taken = [&](const std::string& name) {
    return std::any_of(program_.axes.begin(), program_.axes.end(),
                       [&](const Axis& a) { return a.name == name; }) ||
           std::any_of(program_.buffers.begin(), program_.buffers.end(),
                       [&](const Buffer& b) { return b.name == name; }) ||
           std::any_of(program_.parameters.begin(), program_.parameters.end(),
                       [&](const Parameter& p) { return p.name == name; });
  };
  std::string name = base;
  for (int n = 2; taken(name); ++n) name = Format("{}_{}", base, n);
  return name;
}

Value KernelLifter::Builtin(std::string_view name, NodeId at) {
  const auto axis_value = [&](AxisId axis, ExprId extent) {
    return program_.IsInt(extent) && program_.expr(extent).bits == 1 ? program_.Int(0)
                                                                     : program_.AxisExpr(axis);
  };
  std::array<ExprId, 3> dim;
  for (int d = 0; d < 3; ++d) {
    if (name == "threadIdx") {
      dim[d] = axis_value(thread_axis_[d], shape_.block[d]);
    } else if (name == "blockIdx") {
      dim[d] = axis_value(block_axis_[d], shape_.grid[d]);
    } else if (name == "blockDim") {
      dim[d] = shape_.block[d];
    } else if (name == "gridDim") {
      dim[d] = shape_.grid[d];
    } else {
      Fail(at, Format("`{}`", name));
    }
  }
  return Value::Dim3(dim);
}

bool KernelLifter::EffectCall(std::string_view name, NodeId call) {
  if (name == "__syncthreads") Fail(call, "cooperation of threads through `__syncthreads`");
  return false;
}

ExprId KernelLifter::LoadFrom(BufferId buffer, ExprId index) {
  // A value that this thread stored at the same place in the same iteration is known.
  const ExprId simple = Simplify(program_, index);
  for (size_t i = drafts_.size(); i-- > 0;) {
    const Draft& d = drafts_[i];
    if (d.temporary >= 0 || d.out != buffer) continue;
    const bool same =
        d.loops == loops_ && SameValue(program_, d.out_index, simple) && !d.guard.valid();
    if (same) return program_.Cast(program_.buffers[buffer.index].type, d.value);
    break;
  }
  return program_.Load(buffer, simple);
}

void KernelLifter::Store(BufferId buffer, ExprId index, ExprId value, NodeId at) {
  if (program_.buffers[buffer.index].is_const) Fail(at, "a store to a buffer of constants");
  Draft draft;
  draft.loops = loops_;
  draft.value = program_.Cast(program_.buffers[buffer.index].type, value);
  draft.accumulate = program_.buffers[buffer.index].type;
  for (const ExprId g : guards_) draft.guard = And(draft.guard, g);
  draft.consumed = consumed_;
  draft.out = buffer;
  draft.out_index = Simplify(program_, index);
  draft.loc = LocOf(at);
  drafts_.push_back(std::move(draft));
}

void KernelLifter::Statement(NodeId node) {
  if (returned_) return;
  switch (Kind(node)) {
    case NodeKind::kIf:
      If(node);
      return;
    case NodeKind::kFor:
      For(node);
      return;
    case NodeKind::kWhile:
    case NodeKind::kDo:
      Fail(node, "a while loop");
    case NodeKind::kVarDecl: {
      Declare(node);
      for (const NodeId child : Children(node)) {
        if (Kind(child) != NodeKind::kDeclarator) continue;
        const auto it = env_.find(Info(child).entity);
        if (it != env_.end() && it->second.kind == Value::Kind::kScalar) {
          named_.emplace_back(std::string(Text(child)), it->second.scalar);
        }
      }
      return;
    }
    case NodeKind::kReturn:
      if (!in_function_ && (!loops_.empty())) Fail(node, "a return inside a loop");
      Evaluator::Statement(node);
      return;
    default:
      Evaluator::Statement(node);
  }
}

void KernelLifter::If(NodeId node) {
  const std::vector<NodeId> c = Children(node);
  const ExprId condition = Simplify(program_, EvalScalar(c[0]));
  if (program_.IsInt(condition)) {
    const bool holds = program_.expr(condition).bits != 0;
    if (holds) Statement(c[1]);
    if (!holds && c.size() > 2) Statement(c[2]);
    return;
  }
  const Env before = env_;
  const size_t guards = guards_.size();
  guards_.push_back(condition);
  Statement(c[1]);
  const bool then_returned = returned_.has_value();
  std::optional<Value> then_value = std::exchange(returned_, std::nullopt);
  Env then_env = std::exchange(env_, before);
  guards_.resize(guards);
  const ExprId otherwise = Negate(condition);
  bool else_returned = false;
  if (c.size() > 2) {
    guards_.push_back(otherwise);
    Statement(c[2]);
    else_returned = returned_.has_value();
    guards_.resize(guards);
  }
  if (then_returned || else_returned) {
    if (in_function_ || (then_returned && else_returned)) {
      if (then_returned && else_returned && then_value->kind == Value::Kind::kScalar) {
        returned_ =
            Value::Scalar(program_.Select(condition, then_value->scalar, returned_->scalar));
        return;
      }
      if (then_returned && else_returned) return;
      Fail(node, "an early return from a function");
    }
    if (!loops_.empty()) Fail(node, "a return inside a loop");
    // What follows runs only where there was no return.
    returned_.reset();
    guards_.push_back(then_returned ? otherwise : condition);
    if (else_returned) env_ = std::move(then_env);
    return;
  }
  for (auto& [entity, value] : env_) {
    const auto it = then_env.find(entity);
    if (it == then_env.end() || it->second == value) continue;
    const Value& then = it->second;
    if (then.kind != Value::Kind::kScalar || value.kind != Value::Kind::kScalar) {
      value = Value();  // known on one path only; an error where it is used
      continue;
    }
    value.scalar = program_.Select(condition, then.scalar, value.scalar);
  }
}

std::vector<front::EntityId> KernelLifter::Carried(NodeId body, front::EntityId variable) const {
  std::vector<front::EntityId> out;
  const front::Tree& tree = *source_.tree;
  for (uint32_t i = tree.first(body).index; i <= body.index; ++i) {
    const NodeId n(i);
    bool writes = tree.kind(n) == NodeKind::kAssign;
    if (tree.kind(n) == NodeKind::kUnary) {
      writes = static_cast<UnaryOp>(tree.data(n)) >= UnaryOp::kPreInc;
    }
    if (!writes) continue;
    const front::EntityId entity = LocalNamed(Children(n)[0]);
    if (!entity.valid() || entity == variable) continue;
    if (std::find(out.begin(), out.end(), entity) == out.end()) out.push_back(entity);
  }
  return out;
}

KernelLifter::Loop KernelLifter::ReadLoop(NodeId node) {
  // Children without markers would lose which of condition and step is missing.
  const front::Tree& tree = *source_.tree;
  std::vector<NodeId> all;
  for (NodeId c = tree.LastChild(node); c.valid(); c = tree.PrevSibling(node, c)) all.push_back(c);
  std::reverse(all.begin(), all.end());
  NodeId init, condition, step;
  Loop loop;
  int part = 0;
  for (const NodeId c : all) {
    switch (Kind(c)) {
      case NodeKind::kForCond:
        part = 1;
        continue;
      case NodeKind::kForStep:
        part = 2;
        continue;
      case NodeKind::kForBody:
        part = 3;
        continue;
      default:
        break;
    }
    (part == 0 ? init : part == 1 ? condition : part == 2 ? step : loop.body) = c;
  }
  if (!condition.valid() || !step.valid()) Fail(node, "a loop without condition or step");
  Statement(init);
  // The loop's variable is what the step changes.
  while (Kind(step) == NodeKind::kParen) step = Children(step)[0];
  const std::vector<NodeId> step_parts = Children(step);
  if (step_parts.empty()) Fail(node, "a loop step of this form");
  loop.variable = LocalNamed(step_parts[0]);
  if (!loop.variable.valid() || env_.at(loop.variable).kind != Value::Kind::kScalar) {
    Fail(node, "a loop whose step changes something other than one integer");
  }
  loop.start = Simplify(program_, env_.at(loop.variable).scalar);
  const ExprId before = program_.Call(kCarried, program_.expr(loop.start).type,
                                      {program_.Int(static_cast<int64_t>(node.index))});
  env_[loop.variable] = Value::Scalar(before);
  const ExprId stop = EvalScalar(condition);
  Eval(step);
  const ExprId after = env_.at(loop.variable).scalar;
  loop.step = Simplify(program_, program_.Binary(ExprOp::kSub, after, before));
  if (Mentions(loop.step, before)) Fail(node, "a loop whose step is not a constant stride");

  Expr c = program_.expr(stop);
  if (c.kind != ExprKind::kBinary || c.args.size() != 2)
    Fail(node, "a loop condition of this form");
  ExprId left = c.args[0], right = c.args[1];
  ExprOp op = c.op;
  if (Mentions(right, before)) {
    std::swap(left, right);
    op = op == ExprOp::kLt   ? ExprOp::kGt
         : op == ExprOp::kLe ? ExprOp::kGe
         : op == ExprOp::kGt ? ExprOp::kLt
         : op == ExprOp::kGe ? ExprOp::kLe
                             : op;
  }
  // left = variable + shift
  const ExprId shift = Simplify(program_, program_.Binary(ExprOp::kSub, left, before));
  if (Mentions(shift, before) || Mentions(right, before))
    Fail(node, "a loop condition of this form");
  right = program_.Binary(ExprOp::kSub, right, shift);
  int64_t stride = 0;
  const bool constant = program_.IsInt(loop.step, &stride);
  const bool down = constant && stride < 0;
  ExprId span;
  if (!down && (op == ExprOp::kLt || op == ExprOp::kNe)) {
    span = program_.Binary(ExprOp::kSub, right, loop.start);
  } else if (!down && op == ExprOp::kLe) {
    span = program_.Binary(ExprOp::kAdd, program_.Binary(ExprOp::kSub, right, loop.start),
                           program_.Int(1));
  } else if (down && (op == ExprOp::kGt || op == ExprOp::kNe)) {
    span = program_.Binary(ExprOp::kSub, loop.start, right);
  } else if (down && op == ExprOp::kGe) {
    span = program_.Binary(ExprOp::kAdd, program_.Binary(ExprOp::kSub, loop.start, right),
                           program_.Int(1));
  } else {
    Fail(node, "a loop condition of this form");
  }
  if (!constant) {
    loop.extent = Simplify(program_, span);
    StrideLoop(loop, node);
    return loop;
  }
  const int64_t width = std::abs(stride);
  if (width == 0) Fail(node, "a loop that does not advance");
  bool starts_with_thread = false;
  for (int d = 0; d < 3; ++d) {
    starts_with_thread |= HasAxis(program_, loop.start, thread_axis_[d]) && width > 1;
  }
  if (starts_with_thread) {
    loop.extent = Simplify(program_, span);
    StrideLoop(loop, node);
    return loop;
  }
  if (width > 1) {
    span =
        program_.Binary(ExprOp::kDiv, program_.Binary(ExprOp::kAdd, span, program_.Int(width - 1)),
                        program_.Int(width));
  }
  loop.extent = Simplify(program_, span);
  return loop;
}

// Together the threads cover every index once: start = thread [+ block * threads], step = threads
// [* blocks].
void KernelLifter::StrideLoop(Loop& loop, NodeId at) {
  for (int d = 0; d < 3; ++d) {
    const ExprId thread = program_.AxisExpr(thread_axis_[d]);
    const ExprId block = program_.AxisExpr(block_axis_[d]);
    const ExprId all = program_.Binary(ExprOp::kMul, shape_.block[d], shape_.grid[d]);
    const ExprId global = program_.Binary(
        ExprOp::kAdd, program_.Binary(ExprOp::kMul, block, shape_.block[d]), thread);
    const bool by_block =
        SameValue(program_, loop.step, shape_.block[d]) &&
        !HasAxis(program_, Simplify(program_, program_.Binary(ExprOp::kSub, loop.start, thread)));
    const bool by_grid =
        SameValue(program_, loop.step, all) &&
        !HasAxis(program_, Simplify(program_, program_.Binary(ExprOp::kSub, loop.start, global)));
    if (!by_block && !by_grid) continue;
    const ExprId own = by_block ? thread : global;
    loop.start = Simplify(program_, program_.Binary(ExprOp::kSub, loop.start, own));
    loop.extent = Simplify(program_, program_.Binary(ExprOp::kAdd, loop.extent, own));
    loop.step = program_.Int(1);
    loop.consumed.push_back(thread_axis_[d]);
    if (by_grid) loop.consumed.push_back(block_axis_[d]);
    return;
  }
  Fail(at, "a loop whose stride is neither constant nor the number of threads");
}

bool KernelLifter::Mentions(ExprId e, ExprId node) const {
  std::vector<ExprId> work = {e};
  std::set<uint32_t> seen;
  while (!work.empty()) {
    const ExprId at = work.back();
    work.pop_back();
    if (at == node) return true;
    if (!seen.insert(at.index).second) continue;
    for (const ExprId a : program_.expr(at).args) work.push_back(a);
  }
  return false;
}

ExprId KernelLifter::Combined(ExprOp op, ExprId e, ExprId carried) {
  const Expr x = program_.expr(e);
  if (op == ExprOp::kAdd && x.kind == ExprKind::kCall && x.args.size() == 3 &&
      (x.name == "fmaf" || x.name == "__fmaf_rn" || x.name == "fma") && x.args[2] == carried) {
    return program_.Binary(ExprOp::kMul, x.args[0], x.args[1]);
  }
  if (x.kind != ExprKind::kBinary) return {};
  const bool subtracts = op == ExprOp::kAdd && x.op == ExprOp::kSub;
  if (x.op != op && !subtracts) return {};
  for (int side = 0; side < (subtracts ? 1 : 2); ++side) {
    const ExprId inner = x.args[side];
    const ExprId other = x.args[1 - side];
    if (Mentions(other, carried) || !Mentions(inner, carried)) continue;
    const ExprId part = subtracts ? program_.Unary(ExprOp::kNeg, other) : other;
    if (inner == carried) return part;
    const ExprId rest = Combined(op, inner, carried);
    return rest.valid() ? program_.Binary(op, rest, part) : ExprId();
  }
  return {};
}

KernelLifter::Match KernelLifter::MatchReduction(ExprId e, ExprId carried) {
  constexpr std::pair<ExprOp, Reduction> kForms[] = {
      {ExprOp::kAdd, Reduction::kSum}, {ExprOp::kMax, Reduction::kMax},
      {ExprOp::kMin, Reduction::kMin}, {ExprOp::kMul, Reduction::kProduct},
      {ExprOp::kAnd, Reduction::kAnd}, {ExprOp::kOr, Reduction::kOr},
  };
  for (const auto& [op, reduction] : kForms) {
    if (const ExprId value = Combined(op, e, carried); value.valid()) return {reduction, value};
  }
  const Expr x = program_.expr(e);
  if (x.kind != ExprKind::kSelect) return {};
  const Expr c = program_.expr(x.args[0]);
  // condition ? value : carried, the condition comparing the two
  const bool keeps_else = x.args[2] == carried;
  const ExprId taken = keeps_else ? x.args[1] : x.args[2];
  if (!keeps_else && x.args[1] != carried) return {};
  const bool compares =
      c.kind == ExprKind::kBinary && ((c.args[0] == taken && c.args[1] == carried) ||
                                      (c.args[1] == taken && c.args[0] == carried));
  if (compares && !Mentions(taken, carried)) {
    bool greater = c.op == ExprOp::kGt || c.op == ExprOp::kGe;
    if (!greater && c.op != ExprOp::kLt && c.op != ExprOp::kLe) return {};
    if (c.args[1] == taken) greater = !greater;  // carried < taken
    if (!keeps_else) greater = !greater;
    return {greater ? Reduction::kMax : Reduction::kMin, taken};
  }
  // if (condition) carried = carried + value
  if (Mentions(x.args[0], carried)) return {};
  const Match inner = MatchReduction(taken, carried);
  if (inner.reduction != Reduction::kSum) return {};
  const ExprId zero = program_.Cast(program_.expr(inner.value).type, program_.Int(0));
  return {Reduction::kSum, keeps_else ? program_.Select(x.args[0], inner.value, zero)
                                      : program_.Select(x.args[0], zero, inner.value)};
}

void KernelLifter::For(NodeId node) {
  const Loop loop = ReadLoop(node);
  const front::EntityId variable = loop.variable;
  program_.axes.push_back({FreshName(std::string(source_.sema->NameOf(variable))), loop.extent});
  const AxisId axis(static_cast<uint32_t>(program_.axes.size() - 1));
  const ExprId at = Simplify(
      program_, program_.Binary(ExprOp::kAdd, loop.start,
                                program_.Binary(ExprOp::kMul, program_.AxisExpr(axis), loop.step)));
  const std::vector<front::EntityId> carried = Carried(loop.body, variable);
  const Env before = env_;
  const size_t first_draft = drafts_.size();
  const size_t first_temporary = temporaries_.size();
  const size_t named = named_.size();

  // What changes by a fixed amount per iteration is known in closed form; a first walk finds out.
  std::map<front::EntityId, ExprId> strides;
  std::map<front::EntityId, ExprId> symbols;
  std::map<front::EntityId, std::pair<ExprId, size_t>> results;  // after an iteration; drafts then
  for (int walk = 0; walk < 2; ++walk) {
    env_ = before;
    drafts_.resize(first_draft);
    temporaries_.resize(first_temporary);
    named_.resize(named);
    env_[variable] = Value::Scalar(at);
    symbols.clear();
    for (const front::EntityId e : carried) {
      Value value = before.at(e);
      if (value.kind == Value::Kind::kNone) continue;  // set before used in each iteration
      if (value.kind == Value::Kind::kDim3) Fail(node, "a loop that changes a dim3");
      if (const auto stride = strides.find(e); stride != strides.end()) {
        value.scalar =
            program_.Binary(ExprOp::kAdd, value.scalar,
                            program_.Binary(ExprOp::kMul, program_.AxisExpr(axis), stride->second));
      } else {
        const ExprId symbol =
            program_.Call(kCarried, program_.expr(value.scalar).type,
                          {program_.Int(static_cast<int64_t>(e.index) * 65536 + axis.index)});
        symbols[e] = symbol;
        value.scalar = symbol;
      }
      env_[e] = value;
    }
    loops_.push_back(axis);
    const size_t consumed = consumed_.size();
    consumed_.insert(consumed_.end(), loop.consumed.begin(), loop.consumed.end());
    Statement(loop.body);
    consumed_.resize(consumed);
    loops_.pop_back();
    if (walk == 1) break;
    bool again = false;
    for (const auto& [e, symbol] : symbols) {
      const Value after = env_.at(e);
      if (after.kind != Value::Kind::kScalar && after.kind != Value::Kind::kPointer) continue;
      if (after.kind == Value::Kind::kScalar && !ir::IsInteger(program_.expr(symbol).type))
        continue;
      const ExprId step = Simplify(program_, program_.Binary(ExprOp::kSub, after.scalar, symbol));
      bool fixed = !HasAxis(program_, step, axis) && !HasLoad(program_, step);
      for (const auto& [other, s] : symbols) fixed = fixed && !Mentions(step, s);
      if (!fixed) continue;
      strides[e] = step;
      again = true;
    }
    if (!again) break;
  }

  Env after = env_;
  env_ = before;
  for (const auto& [e, stride] : strides) {
    env_[e].scalar = program_.Binary(ExprOp::kAdd, before.at(e).scalar,
                                     program_.Binary(ExprOp::kMul, loop.extent, stride));
  }
  for (const auto& [e, symbol] : symbols) {
    const Value value = after.at(e);
    if (value.kind == Value::Kind::kScalar && value.scalar == symbol) continue;
    const Match match =
        value.kind == Value::Kind::kScalar ? MatchReduction(value.scalar, symbol) : Match();
    bool clean = match.reduction != Reduction::kNone;
    for (const auto& [other, s] : symbols) {
      if (clean && Mentions(match.value, s)) clean = false;
    }
    for (size_t i = first_draft; clean && i < drafts_.size(); ++i) {
      if (Mentions(drafts_[i].value, symbol)) clean = false;
    }
    if (!clean) {
      Fail(node, Format("a loop that carries `{}` in a way that is no reduction",
                        source_.sema->NameOf(e)));
    }
    if (!loop.consumed.empty()) {
      Fail(node, "partial results of threads, combined cooperatively");
    }
    AddReduction(axis, e, match, before.at(e).scalar, LocOf(node));
  }
  // Locals of one iteration are gone; the loop's variable has run past its end.
  for (const front::EntityId e : carried) {
    if (before.at(e).kind == Value::Kind::kNone) env_[e] = Value();
  }
  env_.erase(variable);
  if (before.contains(variable)) {
    env_[variable] = Value::Scalar(program_.Binary(
        ExprOp::kAdd, loop.start, program_.Binary(ExprOp::kMul, loop.extent, loop.step)));
  }
}

void KernelLifter::AddReduction(AxisId axis, front::EntityId variable, const Match& match,
                                ExprId init, diag::Loc loc) {
  Draft draft;
  draft.loops = loops_;
  draft.reduced = axis;
  draft.reduction = match.reduction;
  draft.accumulate = program_.expr(init).type;
  draft.init = init;
  draft.value = program_.Cast(draft.accumulate, match.value);
  for (const ExprId g : guards_) draft.guard = And(draft.guard, g);
  draft.loc = loc;
  Temporary temporary;
  temporary.name = std::string(source_.sema->NameOf(variable));
  temporary.type = draft.accumulate;
  temporary.loops = loops_;
  temporary.marker = program_.Call(kTemporary, draft.accumulate,
                                   {program_.Int(static_cast<int64_t>(program_.exprs.size()))});
  draft.temporary = static_cast<int32_t>(temporaries_.size());
  WidenToFirst(draft, axis);
  env_[variable] = Value::Scalar(temporary.marker);
  temporaries_.push_back(std::move(temporary));
  drafts_.push_back(std::move(draft));
}

// max = x[0]; for (i = 1 ..) max = max(max, x[i]) is a reduction from the first element on.
void KernelLifter::WidenToFirst(Draft& draft, AxisId axis) {
  const ExprId index = program_.AxisExpr(axis);
  const ExprId first =
      Simplify(program_, Substitute(program_, draft.value, {{index, program_.Int(-1)}}));
  if (!HasLoad(program_, draft.init)) return;
  if (!SameValue(program_, first, Simplify(program_, draft.init))) return;
  Axis& row = program_.axes[axis.index];
  row.extent = Simplify(program_, program_.Binary(ExprOp::kAdd, row.extent, program_.Int(1)));
  const ExprId shifted = program_.Binary(ExprOp::kSub, index, program_.Int(1));
  const Replacements replacements = {{index, shifted}};
  draft.value = Simplify(program_, Substitute(program_, draft.value, replacements));
  const ir::Type type = draft.accumulate;
  const bool floating = ir::IsFloat(type);
  switch (draft.reduction) {
    case Reduction::kSum:
    case Reduction::kOr:
      draft.init = program_.Cast(type, program_.Int(0));
      break;
    case Reduction::kProduct:
      draft.init = program_.Cast(type, program_.Int(1));
      break;
    case Reduction::kMax:
    case Reduction::kMin: {
      const double sign = draft.reduction == Reduction::kMax ? -1 : 1;
      if (floating) {
        draft.init = program_.Float(sign * std::numeric_limits<double>::infinity(), type);
      } else {
        draft.init = program_.Int(sign < 0 ? std::numeric_limits<int32_t>::min()
                                           : std::numeric_limits<int32_t>::max());
      }
      break;
    }
    case Reduction::kAnd:
      draft.init = program_.Cast(type, program_.Int(-1));
      break;
    case Reduction::kNone:
      break;
  }
}

void KernelLifter::Lift(front::InstanceId kernel, const std::vector<Value>& args, NodeId launch) {
  instance_ = kernel;
  const front::Instance& function = source_.sema->instance(kernel);
  if (!function.has_body) Fail(launch, "a kernel without a body");
  const std::span<const front::ParamInfo> params = source_.sema->Params(function);
  for (size_t i = 0; i < params.size() && i < args.size(); ++i) {
    Value value = args[i];
    if (value.kind == Value::Kind::kScalar) value.scalar = Convert(value.scalar, params[i].type);
    if (params[i].entity.valid()) env_[params[i].entity] = value;
  }
  Statement(NodeId(function.node.index - 1));
  Finish(launch);
}

}  // namespace ws::nest
