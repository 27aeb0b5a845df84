// Which variable a loop counts, from where, how far and by how much. A loop of a known shape
// becomes an axis (lifter_loops.cc); another is unrolled if it has few iterations.
#include "nest/lifter.h"
#include "nest/reductions.h"

namespace ws::nest {

using front::BinaryOp;
using front::NodeId;
using front::NodeKind;
using front::UnaryOp;

namespace {

constexpr int kMaxUnrolled = 128;

ExprOp Mirrored(ExprOp op) {
  switch (op) {
    case ExprOp::kLt:
      return ExprOp::kGt;
    case ExprOp::kLe:
      return ExprOp::kGe;
    case ExprOp::kGt:
      return ExprOp::kLt;
    case ExprOp::kGe:
      return ExprOp::kLe;
    default:
      return op;
  }
}

}  // namespace

void Lifter::ExecFor(NodeId n) {
  NodeId init, condition, step, body;
  int section = 0;
  for (const NodeId c : Children(n)) {
    switch (tree_.kind(c)) {
      case NodeKind::kForCond:
        section = 1;
        break;
      case NodeKind::kForStep:
        section = 2;
        break;
      case NodeKind::kForBody:
        section = 3;
        break;
      case NodeKind::kVarDecl:
        if (section == 1) Refuse("a declaration in the condition of a loop", n);
        [[fallthrough]];
      default:
        (section == 0 ? init : section == 1 ? condition : section == 2 ? step : body) = c;
    }
  }
  if (init.valid()) Exec(init);
  if (!condition.valid()) Refuse("a loop without a condition", n);
  LoopShape shape;
  shape.loc = LocOf(n);
  shape.assigned = Assigned(body);
  if (step.valid()) {
    for (const uint32_t e : Assigned(step)) shape.assigned.insert(e);
  }
  shape.body = [this, body] { Exec(body); };
  if (step.valid()) shape.next = [this, step] { Eval(step); };
  if (step.valid()) {
    // for (...; ...; i += s, p += t): the step whose variable the condition names.
    std::vector<NodeId> steps = {step};
    while (tree_.kind(steps[0]) == NodeKind::kBinary &&
           static_cast<BinaryOp>(tree_.data(steps[0])) == BinaryOp::kComma) {
      const std::vector<NodeId> c = Children(steps[0]);
      steps[0] = c[0];
      steps.push_back(c[1]);
    }
    FindShape(condition, steps, &shape);
  } else {
    FindShape(condition, StepsIn(body), &shape);
  }
  ExecLoop(condition, std::move(shape));
}

void Lifter::ExecWhile(NodeId n) {
  NodeId condition, body;
  for (const NodeId c : Children(n)) {
    switch (tree_.kind(c)) {
      case NodeKind::kWhileBegin:
      case NodeKind::kWhileBody:
      case NodeKind::kDoBegin:
      case NodeKind::kDoCond:
        break;
      case NodeKind::kVarDecl:
        Refuse("a declaration in the condition of a loop", n);
      default: {
        const bool is_body = tree_.kind(n) == NodeKind::kDo ? !body.valid() : condition.valid();
        (is_body ? body : condition) = c;
      }
    }
  }
  LoopShape shape;
  shape.loc = LocOf(n);
  shape.assigned = Assigned(body);
  shape.body = [this, body] { Exec(body); };
  if (tree_.kind(n) == NodeKind::kDo) {
    const bool in_iteration = in_iteration_;
    in_iteration_ = false;
    RunBody(shape);
    in_iteration_ = in_iteration;
  }
  FindShape(condition, StepsIn(body), &shape);
  ExecLoop(condition, std::move(shape));
}

// Where a body changes a variable by itself: i++, p += 4, i = i + n.
std::vector<NodeId> Lifter::StepsIn(NodeId body) const {
  std::vector<NodeId> steps;
  for (uint32_t i = body.index + 1; i-- > tree_.first(body).index;) {
    const NodeKind kind = tree_.kind(NodeId(i));
    if (kind == NodeKind::kUnary || kind == NodeKind::kAssign) steps.emplace_back(i);
  }
  return steps;
}

// The first step whose variable the condition compares with a limit. Of a && b one side does; the
// other must stay false once it is.
void Lifter::FindShape(NodeId condition, const std::vector<NodeId>& steps, LoopShape* shape) {
  while (tree_.kind(condition) == NodeKind::kParen) condition = Children(condition)[0];
  std::vector<std::pair<NodeId, NodeId>> sides = {{condition, NodeId()}};
  if (tree_.kind(condition) == NodeKind::kLogicalAnd) {
    const std::vector<NodeId> c = Children(condition);
    sides = {{c[0], c.back()}, {c.back(), c[0]}};
  }
  for (const NodeId step : steps) {
    LoopShape found = *shape;
    const std::vector<NodeId> target = Children(step);
    if (target.empty() || tree_.kind(target[0]) != NodeKind::kName ||
        !Info(target[0]).entity.valid() || !Names(condition, Info(target[0]).entity.index)) {
      continue;
    }
    if (!FindStep(step, &found.entity, &found.step)) continue;
    for (const auto& [side, also] : sides) {
      if (!FindLimit(side, &found)) continue;
      found.also = also;
      *shape = std::move(found);
      return;
    }
  }
}

void Lifter::ExecLoop(NodeId condition, LoopShape shape) {
  if (shape.step.valid() && !on_host_) {
    const State before = s_;
    const size_t assumptions = p_.assumptions.size();
    const int depth = depth_;
    const bool in_iteration = in_iteration_;
    const size_t iteration_guards = iteration_guards_;
    const size_t function_loops = function_loops_;
    const std::vector<LoopExit> exits = exits_;
    const front::InstanceId instance = instance_;
    try {
      ExecShaped(shape);
      return;
    } catch (const NotLiftable& failure) {
      s_ = before;
      depth_ = depth;
      in_iteration_ = in_iteration;
      iteration_guards_ = iteration_guards;
      function_loops_ = function_loops;
      exits_ = exits;
      instance_ = instance;
      p_.assumptions.resize(assumptions);
      const ExprId runs = EvalCondition(condition);
      if (!IsTrue(runs) && !IsFalse(runs)) throw;
      try {
        ExecUnrolled(condition, shape);
      } catch (const NotLiftable&) {
        throw failure;  // the reason why it is no axis says more
      }
      return;
    }
  }
  ExecUnrolled(condition, shape);
}

void Lifter::ExecUnrolled(NodeId condition, const LoopShape& shape) {
  const bool in_iteration = in_iteration_;
  for (int i = 0; i < kMaxUnrolled; ++i) {
    const ExprId runs = EvalCondition(condition);
    if (IsFalse(runs)) return;
    if (!IsTrue(runs)) {
      Refuse(on_host_            ? "a loop in the launcher over a number that is not constant"
             : HasLoad(p_, runs) ? "a loop whose length depends on data"
                                 : "a loop of this form",
             shape.loc);
    }
    in_iteration_ = false;
    RunBody(shape);
    in_iteration_ = in_iteration;
  }
  Refuse("a loop with many iterations that is no axis", shape.loc);
}

bool Lifter::FindStep(NodeId step, uint32_t* entity, ExprId* amount) {
  while (tree_.kind(step) == NodeKind::kParen) step = Children(step)[0];
  const std::vector<NodeId> c = Children(step);
  if (c.empty() || tree_.kind(c[0]) != NodeKind::kName || !Info(c[0]).entity.valid()) return false;
  *entity = Info(c[0]).entity.index;
  if (IsPointer(TypeOf(c[0]))) return false;
  if (tree_.kind(step) == NodeKind::kUnary) {
    switch (static_cast<UnaryOp>(tree_.data(step))) {
      case UnaryOp::kPreInc:
      case UnaryOp::kPostInc:
        *amount = p_.Int(1);
        return true;
      case UnaryOp::kPreDec:
      case UnaryOp::kPostDec:
        *amount = p_.Int(-1);
        return true;
      default:
        return false;
    }
  }
  if (tree_.kind(step) != NodeKind::kAssign) return false;
  const auto op = static_cast<BinaryOp>(tree_.data(step));
  NodeId by = c[1];
  bool negative = op == BinaryOp::kSub;
  if (op == BinaryOp::kNoOp) {  // i = i + s
    while (tree_.kind(by) == NodeKind::kParen) by = Children(by)[0];
    if (tree_.kind(by) != NodeKind::kBinary) return false;
    const auto inner = static_cast<BinaryOp>(tree_.data(by));
    if (inner != BinaryOp::kAdd && inner != BinaryOp::kSub) return false;
    const std::vector<NodeId> sides = Children(by);
    const auto is_variable = [&](NodeId side) {
      return tree_.kind(side) == NodeKind::kName && Info(side).entity.index == *entity;
    };
    negative = inner == BinaryOp::kSub;
    if (is_variable(sides[0])) {
      by = sides[1];
    } else if (is_variable(sides[1]) && !negative) {
      by = sides[0];
    } else {
      return false;
    }
  } else if (op != BinaryOp::kAdd && op != BinaryOp::kSub) {
    return false;
  }
  *amount = Simplify(p_, EvalScalar(by));
  if (negative) *amount = Simplify(p_, p_.Unary(ExprOp::kNeg, *amount));
  return true;
}

bool Lifter::FindLimit(NodeId condition, LoopShape* shape) {
  while (tree_.kind(condition) == NodeKind::kParen) condition = Children(condition)[0];
  if (tree_.kind(condition) != NodeKind::kBinary) return false;
  std::vector<NodeId> sides = Children(condition);
  ExprOp op = ExprOp::kNone;
  switch (static_cast<BinaryOp>(tree_.data(condition))) {
    case BinaryOp::kLt:
      op = ExprOp::kLt;
      break;
    case BinaryOp::kLe:
      op = ExprOp::kLe;
      break;
    case BinaryOp::kGt:
      op = ExprOp::kGt;
      break;
    case BinaryOp::kGe:
      op = ExprOp::kGe;
      break;
    case BinaryOp::kNe:
      op = ExprOp::kNe;
      break;
    default:
      return false;
  }
  if (Names(sides[1], shape->entity)) {
    std::swap(sides[0], sides[1]);
    op = Mirrored(op);
  }
  if (!Names(sides[0], shape->entity) || Names(sides[1], shape->entity)) return false;
  for (const uint32_t entity : shape->assigned) {
    if (entity != shape->entity && (Names(sides[0], entity) || Names(sides[1], entity))) {
      return false;
    }
  }
  const auto it = s_.env.find(shape->entity);
  if (it == s_.env.end() || it->second.kind != Value::kScalar) return false;
  shape->first = it->second.scalar;
  if (!ir::IsInteger(p_.expr(shape->first).type)) return false;
  // i + 3 < n: what stands beside the variable goes to the limit.
  const ExprId marker = Marker("%variable", next_marker_++, p_.expr(shape->first).type);
  it->second = Value::Scalar(marker);
  const ExprId side = EvalScalar(sides[0]);
  s_.env[shape->entity] = Value::Scalar(shape->first);
  const ExprId offset = Simplify(p_, p_.Binary(ExprOp::kSub, side, marker));
  if (Mentions(p_, offset, marker) || HasLoad(p_, offset)) return false;
  shape->limit = Simplify(p_, p_.Binary(ExprOp::kSub, EvalScalar(sides[1]), offset));
  shape->compare = op;
  return true;
}

bool Lifter::Names(NodeId n, uint32_t entity) const {
  for (uint32_t i = tree_.first(n).index; i <= n.index; ++i) {
    if (tree_.kind(NodeId(i)) == NodeKind::kName && Info(NodeId(i)).entity.valid() &&
        Info(NodeId(i)).entity.index == entity) {
      return true;
    }
  }
  return false;
}

// for (i = t; i < n; i += threads): together the threads run every i once. The thread's part of the
// first value goes away, the step becomes that of neighbouring threads, and the thread axes meant
// are returned.
std::set<uint32_t> Lifter::SpreadOverThreads(LoopShape* shape) {
  const Linear first = ToLinear(p_, shape->first);
  std::vector<LinearTerm> terms;
  if (!first.ok) return {};
  for (const LinearTerm& t : first.terms) {
    if (thread_axes_.count(t.axis.index) > 0) terms.push_back(t);
  }
  // Chains coefficient, coefficient * extent, ... up to the step.
  std::set<uint32_t> spread;
  ExprId reach = shape->step;
  ExprId least;
  bool found = true;
  while (found && spread.size() < terms.size()) {
    found = false;
    for (const LinearTerm& t : terms) {
      if (spread.count(t.axis.index) > 0) continue;
      const ExprId extent = p_.axes[t.axis.index].extent;
      if (!SameValue(p_, p_.Binary(ExprOp::kMul, t.coefficient, extent), reach)) continue;
      spread.insert(t.axis.index);
      reach = t.coefficient;
      least = t.coefficient;
      found = true;
      break;
    }
  }
  if (spread.empty()) return {};
  ExprId rest = shape->first;
  for (const LinearTerm& t : terms) {
    if (spread.count(t.axis.index) == 0) continue;
    rest =
        p_.Binary(ExprOp::kSub, rest, p_.Binary(ExprOp::kMul, t.coefficient, p_.AxisExpr(t.axis)));
  }
  shape->first = Simplify(p_, rest);
  shape->step = least;
  return spread;
}

std::set<uint32_t> Lifter::Assigned(NodeId n) const {
  std::set<uint32_t> assigned;
  const auto add = [&](NodeId target) {
    for (;;) {
      const NodeKind kind = tree_.kind(target);
      if (kind == NodeKind::kName) {
        if (Info(target).entity.valid()) assigned.insert(Info(target).entity.index);
        return;
      }
      if (kind != NodeKind::kParen && kind != NodeKind::kMember && kind != NodeKind::kIndex &&
          kind != NodeKind::kCast) {
        return;
      }
      // Writing through a pointer leaves the pointer alone.
      if (kind == NodeKind::kIndex && IsPointer(TypeOf(Children(target)[0]))) return;
      if (kind == NodeKind::kMember && tree_.data(target) == 1) return;
      target = kind == NodeKind::kCast ? Children(target).back() : Children(target)[0];
    }
  };
  for (uint32_t i = tree_.first(n).index; i <= n.index; ++i) {
    const NodeId node(i);
    switch (tree_.kind(node)) {
      case NodeKind::kAssign:
        add(Children(node)[0]);
        break;
      case NodeKind::kUnary: {
        const auto op = static_cast<UnaryOp>(tree_.data(node));
        if (op >= UnaryOp::kAddressOf && op != UnaryOp::kDeref) add(Children(node)[0]);
        break;
      }
      case NodeKind::kCall: {
        const front::InstanceId callee = sema_.Callee(instance_, node);
        if (!callee.valid()) break;
        const std::vector<NodeId> c = Children(node);
        const auto params = sema_.Params(sema_.instance(callee));
        for (size_t k = 0; k + 1 < c.size() && k < params.size(); ++k) {
          const front::TypeKind kind = sema_.types().Kind(params[k].type);
          const bool is_array = sema_.types().Kind(TypeOf(c[k + 1])) == front::TypeKind::kArray;
          if (kind == front::TypeKind::kReference || is_array) add(c[k + 1]);
        }
        break;
      }
      default:
        break;
    }
  }
  return assigned;
}

}  // namespace ws::nest
