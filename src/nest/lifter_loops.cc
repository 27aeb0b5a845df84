// Loops. A loop becomes an axis: its stores become items with that axis, the scalars it carries
// become reductions over it. What cannot be seen so is unrolled if it has few iterations.
#include <algorithm>

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

// Calls f(place path, value) for every scalar in a value; of pointers into a buffer, the offset.
void ForEachScalar(const Value& value, std::vector<uint32_t>* path,
                   const std::function<void(const std::vector<uint32_t>&, ExprId)>& f) {
  if (value.kind == Value::kScalar) f(*path, value.scalar);
  if (value.kind == Value::kPointer && value.buffer.valid()) f(*path, value.offset);
  if (value.kind != Value::kTuple) return;
  for (uint32_t i = 0; i < value.parts.size(); ++i) {
    path->push_back(i);
    ForEachScalar(value.parts[i], path, f);
    path->pop_back();
  }
}

Value* At(Environment* env, const Place& place) {
  const auto it = env->find(place.entity);
  if (it == env->end()) return nullptr;
  Value* value = &it->second;
  for (const uint32_t part : place.path) {
    if (value->kind != Value::kTuple || part >= value->parts.size()) return nullptr;
    value = &value->parts[part];
  }
  return value;
}

// The expression that a loop carries in a value: a scalar, or a pointer's offset.
ExprId CarriedIn(const Value* value) {
  if (value == nullptr) return {};
  if (value->kind == Value::kScalar) return value->scalar;
  return value->kind == Value::kPointer ? value->offset : ExprId();
}
void SetCarried(Value* value, const Value& old, ExprId e) {
  *value = old;
  (old.kind == Value::kPointer ? value->offset : value->scalar) = e;
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
  shape.body = [this, body, step] {
    const ExprId live = s_.live;
    Exec(body);
    // `continue` goes on with the step.
    const ExprId after = s_.live;
    s_.live = live;
    if (step.valid()) Eval(step);
    s_.live = after;
  };
  bool shaped = false;
  if (step.valid()) {
    // for (...; ...; i += s, p += t): the step whose variable the condition names.
    std::vector<NodeId> steps = {step};
    while (tree_.kind(steps[0]) == NodeKind::kBinary &&
           static_cast<BinaryOp>(tree_.data(steps[0])) == BinaryOp::kComma) {
      const std::vector<NodeId> c = Children(steps[0]);
      steps[0] = c[0];
      steps.push_back(c[1]);
    }
    for (const NodeId s : steps) {
      shaped = shaped || (FindStep(s, &shape.entity, &shape.step) && FindLimit(condition, &shape));
    }
  }
  ExecLoop(condition, shaped, std::move(shape));
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
    Exec(body);
    ExecLoop(condition, false, std::move(shape));
    return;
  }
  bool shaped = false;
  if (tree_.kind(body) == NodeKind::kCompound) {
    const std::vector<NodeId> statements = Children(body);
    if (!statements.empty() && tree_.kind(statements.back()) == NodeKind::kExprStmt) {
      shaped = FindStep(Children(statements.back())[0], &shape.entity, &shape.step) &&
               FindLimit(condition, &shape);
    }
  }
  ExecLoop(condition, shaped, std::move(shape));
}

void Lifter::ExecLoop(NodeId condition, bool shaped, LoopShape shape) {
  if (shaped && !on_host_) {
    const State before = s_;
    const size_t assumptions = p_.assumptions.size();
    const int depth = depth_;
    const front::InstanceId instance = instance_;
    try {
      ExecShaped(shape);
      return;
    } catch (const NotLiftable& failure) {
      s_ = before;
      depth_ = depth;
      instance_ = instance;
      p_.assumptions.resize(assumptions);
      const ExprId runs = EvalCondition(condition);
      if (!IsTrue(runs) && !IsFalse(runs)) throw;
      try {
        ExecUnrolled(condition, shape.body, shape.loc);
      } catch (const NotLiftable&) {
        throw failure;  // the reason why it is no axis says more
      }
      return;
    }
  }
  ExecUnrolled(condition, shape.body, shape.loc);
}

void Lifter::ExecUnrolled(NodeId condition, const std::function<void()>& iteration, diag::Loc loc) {
  for (int i = 0; i < kMaxUnrolled; ++i) {
    const ExprId runs = EvalCondition(condition);
    if (IsFalse(runs)) return;
    if (!IsTrue(runs)) {
      Refuse(on_host_            ? "a loop in the launcher over a number that is not constant"
             : HasLoad(p_, runs) ? "a loop whose length depends on data"
                                 : "a loop of this form",
             loc);
    }
    const size_t continued = s_.continued.size();
    iteration();
    if (s_.continued.size() != continued) Refuse("continue in a loop that is unrolled", loc);
  }
  Refuse("a loop with many iterations that is no axis", loc);
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
  const auto is_variable = [&](NodeId side) {
    while (tree_.kind(side) == NodeKind::kParen || tree_.kind(side) == NodeKind::kCast) {
      side = Children(side).back();
    }
    return tree_.kind(side) == NodeKind::kName && Info(side).entity.index == shape->entity;
  };
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
  if (is_variable(sides[1])) {
    std::swap(sides[0], sides[1]);
    op = Mirrored(op);
  }
  if (!is_variable(sides[0])) return false;
  const auto it = s_.env.find(shape->entity);
  if (it == s_.env.end() || it->second.kind != Value::kScalar) return false;
  shape->first = it->second.scalar;
  if (!ir::IsInteger(p_.expr(shape->first).type)) return false;
  shape->limit = Simplify(p_, EvalScalar(sides[1]));
  shape->compare = op;
  return true;
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

std::vector<Lifter::Leaf> Lifter::CarriedLeaves(const LoopShape& shape) {
  std::vector<Leaf> leaves;
  for (const uint32_t entity : shape.assigned) {
    if (entity == shape.entity) continue;
    const auto it = s_.env.find(entity);
    if (it == s_.env.end()) continue;
    std::vector<uint32_t> path;
    ForEachScalar(it->second, &path, [&](const std::vector<uint32_t>& at, ExprId e) {
      Leaf leaf;
      leaf.place.entity = entity;
      leaf.place.path = at;
      leaf.before = e;
      leaf.old = *At(&s_.env, leaf.place);
      leaf.marker = Marker("%carried", next_marker_++, p_.expr(e).type);
      leaves.push_back(leaf);
    });
  }
  return leaves;
}

void Lifter::RunIteration(const LoopShape& shape, AxisId axis, ExprId variable,
                          const std::vector<Leaf>& leaves) {
  for (const Leaf& leaf : leaves) {
    ExprId value = leaf.marker;
    if (leaf.increment.valid()) {
      value = p_.Binary(ExprOp::kAdd, leaf.before,
                        p_.Binary(ExprOp::kMul, leaf.increment, p_.AxisExpr(axis)));
      value = p_.Cast(p_.expr(leaf.before).type, Simplify(p_, value));
    }
    SetCarried(At(&s_.env, leaf.place), leaf.old, value);
  }
  s_.env[shape.entity] =
      Value::Scalar(p_.Cast(p_.expr(s_.env[shape.entity].scalar).type, variable));
  Hint(variable, NameOf(shape.entity));
  s_.loops.push_back(axis);
  const ExprId live = s_.live;
  s_.guards.push_back(live);
  s_.live = True();
  std::vector<std::pair<ExprId, Environment>> outer;
  std::swap(outer, s_.continued);
  shape.body();
  for (auto it = s_.continued.rbegin(); it != s_.continued.rend(); ++it) {
    for (auto& [entity, value] : s_.env) {
      const auto left = it->second.find(entity);
      if (left != it->second.end()) value = Merge(it->first, left->second, value);
    }
  }
  std::swap(outer, s_.continued);
  s_.live = live;
  s_.guards.pop_back();
  s_.loops.pop_back();
}

void Lifter::ExecShaped(LoopShape shape) {
  const std::string name = NameOf(shape.entity);
  const std::set<uint32_t> spread = SpreadOverThreads(&shape);
  int64_t step = 0;
  const bool constant_step = p_.IsInt(shape.step, &step);
  const bool down = constant_step && step < 0;
  ExprId length;  // of the range, in units of the variable
  if (!constant_step || step > 0) {
    if (shape.compare != ExprOp::kLt && shape.compare != ExprOp::kLe &&
        !(shape.compare == ExprOp::kNe && step == 1)) {
      Refuse("a loop that counts up to this condition", shape.loc);
    }
    length = p_.Binary(ExprOp::kSub, shape.limit, shape.first);
    if (shape.compare == ExprOp::kLe) length = p_.Binary(ExprOp::kAdd, length, p_.Int(1));
  } else if (down) {
    if (shape.compare != ExprOp::kGt && shape.compare != ExprOp::kGe) {
      Refuse("a loop that counts down to this condition", shape.loc);
    }
    length = p_.Binary(ExprOp::kSub, shape.first, shape.limit);
    if (shape.compare == ExprOp::kGe) length = p_.Binary(ExprOp::kAdd, length, p_.Int(1));
  } else {
    Refuse("a loop that does not advance", shape.loc);
  }
  const ExprId stride = down ? p_.Int(-step) : shape.step;
  if (HasLoad(p_, length) || HasLoad(p_, stride)) {
    Refuse("a loop whose range is read from memory", shape.loc);
  }
  if (!AxesOf(length).empty() || !AxesOf(stride).empty()) {
    Refuse("a loop whose range depends on the thread or on another loop", shape.loc);
  }
  const ExprId round = p_.Binary(ExprOp::kSub, stride, p_.Int(1));
  const ExprId extent =
      Simplify(p_, p_.Binary(ExprOp::kDiv, p_.Binary(ExprOp::kAdd, length, round), stride));
  int64_t count = 0;
  if (p_.IsInt(extent, &count) && count <= 0) return;

  const AxisId axis = NewAxis(name, p_.Cast(ir::Type::kS32, extent));
  const ExprId variable = Simplify(
      p_,
      p_.Binary(ExprOp::kAdd, shape.first, p_.Binary(ExprOp::kMul, shape.step, p_.AxisExpr(axis))));
  std::vector<Leaf> leaves = CarriedLeaves(shape);
  const State before = s_;
  const size_t items_before = s_.items.size();
  RunIteration(shape, axis, variable, leaves);

  // Integers that advance by the same amount each time are functions of the axis: again with them.
  bool again = false;
  for (Leaf& leaf : leaves) {
    const ExprId last = CarriedIn(At(&s_.env, leaf.place));
    if (!last.valid() || !ir::IsInteger(p_.expr(leaf.before).type)) continue;
    const Update update = FindUpdate(p_, leaf.marker, Simplify(p_, last));
    if (update.reduction != Reduction::kSum || HasLoad(p_, update.value)) continue;
    bool varies = AxesOf(update.value).count(axis.index) > 0;
    for (const Leaf& other : leaves) varies = varies || Mentions(p_, update.value, other.marker);
    if (varies) continue;
    leaf.increment = Simplify(p_, update.value);
    again = true;
  }
  if (again) {
    s_ = before;
    RunIteration(shape, axis, variable, leaves);
  }

  // What the loop leaves behind.
  std::vector<ExprId> last;
  for (const Leaf& leaf : leaves) {
    const ExprId value = CarriedIn(At(&s_.env, leaf.place));
    last.push_back(value.valid() ? Simplify(p_, value) : ExprId());
  }
  for (const auto& [entity, value] : before.env) {
    if (shape.assigned.count(entity) > 0) continue;
    if (!(s_.env[entity] == value))
      Refuse("a variable changed in a loop through a call", shape.loc);
  }
  for (size_t i = 0; i < leaves.size(); ++i) {
    FinishLeaf(leaves[i], last[i], leaves, axis, items_before, spread, shape.loc);
  }
  for (size_t i = items_before; i < s_.items.size(); ++i) {
    Item& item = s_.items[i];
    for (const Leaf& leaf : leaves) {
      bool mentions = Mentions(p_, item.value, leaf.marker) ||
                      Mentions(p_, item.index, leaf.marker) || Mentions(p_, item.init, leaf.marker);
      for (const ExprId g : item.guards) mentions = mentions || Mentions(p_, g, leaf.marker);
      if (mentions) {
        Refuse("a value that one iteration hands to the next (" + NameOf(leaf.place.entity) +
                   ") used inside the loop",
               item.loc);
      }
    }
    for (const uint32_t a : AxesOf(item)) {
      if (spread.count(a) > 0) {
        Refuse("the thread index used beside the loop that is spread over the threads", item.loc);
      }
    }
    if (item.out.valid() && !item.atomic) StoreInLoop(&item, axis);
  }
  CheckIterations(items_before, axis, shape.loc);
  s_.env[shape.entity] = Value::Unknown("the variable of a loop behind the loop");
}

void Lifter::FinishLeaf(const Leaf& leaf, ExprId last, const std::vector<Leaf>& leaves, AxisId axis,
                        size_t items_before, const std::set<uint32_t>& spread, diag::Loc loc) {
  Value* value = At(&s_.env, leaf.place);
  if (value == nullptr) return;
  const std::string name = NameOf(leaf.place.entity);
  if (!last.valid()) {
    *value = Value::Unknown("the variable " + name + ", which a loop changes");
    return;
  }
  if (last == leaf.marker) {
    *value = leaf.old;
    return;
  }
  if (leaf.increment.valid()) {
    if (!spread.empty()) {
      *value = Value::Unknown("the variable " + name + ", which each thread counts by itself");
      return;
    }
    const ExprId after =
        p_.Binary(ExprOp::kAdd, leaf.before,
                  p_.Binary(ExprOp::kMul, leaf.increment, p_.axes[axis.index].extent));
    SetCarried(value, leaf.old, Simplify(p_, after));
    return;
  }
  if (leaf.old.kind == Value::kPointer) {
    *value = Value::Unknown("the pointer " + name + ", which a loop moves");
    return;
  }
  if (spread.empty()) {
    if (const ExprId merged = MergeInnerReduction(leaf, last, axis, items_before); merged.valid()) {
      *value = Value::Scalar(merged);
      return;
    }
  }
  const Update update = FindUpdate(p_, leaf.marker, last);
  bool carried = update.reduction == Reduction::kNone;
  for (const Leaf& other : leaves) {
    carried = carried || Mentions(p_, update.value, other.marker);
  }
  if (carried) {
    *value = Value::Unknown("the variable " + name + ", whose value in a loop is no reduction");
    return;
  }
  Item item;
  item.reduction = update.reduction;
  item.value = update.value;
  item.init = leaf.before;
  item.reduced = {axis};
  item.type = p_.expr(leaf.before).type;
  item.loc = loc;
  *value = Value::Scalar(NewTemp(std::move(item), name, spread, items_before));
}

// A loop around a loop that goes on with the same accumulator is one reduction over both axes; so
// is a sum of sums.
ExprId Lifter::MergeInnerReduction(const Leaf& leaf, ExprId last, AxisId axis,
                                   size_t items_before) {
  const auto merge = [&](ExprId marker, Reduction reduction) {
    for (size_t i = items_before; i < s_.items.size(); ++i) {
      Item& item = s_.items[i];
      if (item.out.valid() || Marker("%temp", item.temp, item.type) != marker) continue;
      if (reduction != Reduction::kNone && item.reduction != reduction) return false;
      const bool continues = item.init == leaf.marker;
      const bool starts_anew = reduction != Reduction::kNone &&
                               SameValue(p_, item.init, Identity(p_, item.reduction, item.type)) &&
                               temps_[item.temp].partial.empty();
      if (!continues && !starts_anew) return false;
      for (size_t j = items_before; j < s_.items.size(); ++j) {
        if (j != i &&
            (Mentions(p_, s_.items[j].value, marker) || Mentions(p_, s_.items[j].init, marker))) {
          return false;
        }
      }
      item.init = leaf.before;
      item.reduced.insert(item.reduced.begin(), axis);
      item.loops.erase(std::remove(item.loops.begin(), item.loops.end(), axis), item.loops.end());
      Temp& temp = temps_[item.temp];
      temp.axes.erase(axis.index);
      for (const uint32_t a : AxesOf(leaf.before)) temp.axes.insert(a);
      return true;
    }
    return false;
  };
  if (merge(last, Reduction::kNone)) return last;
  const Update update = FindUpdate(p_, leaf.marker, last);
  if (update.reduction == Reduction::kNone || !merge(update.value, update.reduction)) return {};
  return update.value;
}

ExprId Lifter::NewTemp(Item item, const std::string& name, const std::set<uint32_t>& partial,
                       size_t items_before) {
  const auto id = static_cast<uint32_t>(temps_.size());
  item.temp = id;
  item.guards = PathGuards();
  item.loops = s_.loops;
  item.before = s_.versions;
  Temp temp{.name = name, .axes = AxesOf(item.value), .partial = partial};
  for (const uint32_t a : AxesOf(item.init)) temp.axes.insert(a);
  for (const AxisId a : item.reduced) temp.axes.erase(a.index);
  temp.axes.insert(partial.begin(), partial.end());
  temps_[id] = temp;
  const ExprId marker = Marker("%temp", id, item.type);
  // It belongs where everything it loads is current: behind the loop body's stores, or before them.
  for (size_t at = s_.items.size();; --at) {
    if (at < s_.items.size()) item.before = s_.items[at].before;
    try {
      CheckFresh(item);
    } catch (const NotLiftable&) {
      if (at == items_before) throw;
      continue;
    }
    s_.items.insert(s_.items.begin() + static_cast<long>(at), std::move(item));
    return marker;
  }
}

// A store to the same element in every iteration: a reduction in memory, or one that repeats.
void Lifter::StoreInLoop(Item* item, AxisId axis) {
  if (AxesOf(item->index).count(axis.index) > 0) return;
  const auto is_old = [&](ExprId e) {
    const Expr& x = p_.expr(e);
    return x.kind == ExprKind::kLoad && x.index == item->out.index &&
           SameValue(p_, x.args[0], item->index);
  };
  if (item->reduction != Reduction::kNone) {
    if (!is_old(item->init)) Refuse("a store that every iteration repeats", item->loc);
    item->reduced.insert(item->reduced.begin(), axis);
    item->loops.erase(std::remove(item->loops.begin(), item->loops.end(), axis), item->loops.end());
    return;
  }
  std::vector<ExprId> stack = {item->value};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    const Expr e = p_.expr(top);
    stack.insert(stack.end(), e.args.begin(), e.args.end());
    if (!is_old(top)) continue;
    const Update update = FindUpdate(p_, top, item->value);
    if (update.reduction == Reduction::kNone) break;
    item->reduction = update.reduction;
    item->init = top;
    item->value = update.value;
    item->reduced = {axis};
    item->loops.erase(std::remove(item->loops.begin(), item->loops.end(), axis), item->loops.end());
    return;
  }
  Refuse("a store to the same element in every iteration of a loop", item->loc);
}

// Distributing the loop over its items keeps what each iteration does apart from the others.
void Lifter::CheckIterations(size_t items_before, AxisId axis, diag::Loc loc) {
  for (size_t i = items_before; i < s_.items.size(); ++i) {
    const Item& store = s_.items[i];
    if (!store.out.valid() || store.atomic) continue;
    if (AxesOf(store.index).count(axis.index) == 0) continue;  // a reduction in memory
    for (size_t j = items_before; j < s_.items.size(); ++j) {
      const Item& other = s_.items[j];
      if (j != i && other.out == store.out) CheckPair(store, other.index, axis, loc);
      std::vector<ExprId> stack = {other.value, other.init, other.index};
      stack.insert(stack.end(), other.guards.begin(), other.guards.end());
      std::set<uint32_t> seen;
      while (!stack.empty()) {
        const ExprId id = stack.back();
        stack.pop_back();
        if (!id.valid() || !seen.insert(id.index).second) continue;
        const Expr e = p_.expr(id);
        stack.insert(stack.end(), e.args.begin(), e.args.end());
        if (e.kind == ExprKind::kLoad && e.index == store.out.index) {
          CheckPair(store, e.args[0], axis, loc);
        }
      }
    }
  }
}

void Lifter::CheckPair(const Item& store, ExprId index, AxisId axis, diag::Loc loc) {
  if (SameValue(p_, store.index, index)) return;
  const Linear a = ToLinear(p_, store.index);
  const Linear b = ToLinear(p_, index);
  const auto coefficient = [&](const Linear& linear) {
    for (const LinearTerm& t : linear.terms) {
      if (t.axis == axis) return t.coefficient;
    }
    return ExprId();
  };
  if (a.ok && b.ok && coefficient(a).valid() && coefficient(b).valid() &&
      SameValue(p_, coefficient(a), coefficient(b))) {
    // Iterations touch blocks of `coefficient` elements that do not overlap.
    const ExprId block = coefficient(a);
    const ExprId in_a = Simplify(p_, p_.Binary(ExprOp::kDiv, store.index, block));
    const ExprId in_b = Simplify(p_, p_.Binary(ExprOp::kDiv, index, block));
    const Linear block_a = ToLinear(p_, in_a);
    if (block_a.ok && coefficient(block_a).valid() && SameValue(p_, in_a, in_b)) return;
    int64_t apart = 0;
    int64_t stride = 0;
    const ExprId difference = Simplify(p_, p_.Binary(ExprOp::kSub, store.index, index));
    if (p_.IsInt(difference, &apart) && p_.IsInt(block, &stride) && stride != 0 &&
        apart % stride != 0) {
      return;
    }
  }
  Refuse("elements of " + p_.buffers[store.out.index].name +
             " that one iteration of a loop writes and another may use",
         loc);
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
