// Loops as axes: stores become items with that axis, the scalars that the loop carries become
// reductions over it.
#include <algorithm>

#include "nest/lifter.h"
#include "nest/reductions.h"

namespace ws::nest {

namespace {

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

}  // namespace ws::nest
