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

// One iteration's body and step; where control leaves it early, the variables are those of there.
void Lifter::RunBody(const LoopShape& shape) {
  const ExprId live = s_.live;
  s_.guards.push_back(live);
  const size_t iteration_guards = iteration_guards_;
  iteration_guards_ = s_.guards.size();
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
  s_.continued = std::move(outer);
  s_.live = True();
  if (shape.next) shape.next();
  s_.live = live;
  iteration_guards_ = iteration_guards;
  s_.guards.pop_back();
}

void Lifter::RunIteration(const LoopShape& shape, ExprId variable, LoopFrame* frame) {
  for (const Leaf& leaf : frame->leaves) {
    ExprId value = leaf.marker;
    if (leaf.increment.valid()) {
      value = p_.Binary(ExprOp::kAdd, leaf.before,
                        p_.Binary(ExprOp::kMul, leaf.increment, p_.AxisExpr(frame->axis)));
      value = p_.Cast(p_.expr(leaf.before).type, Simplify(p_, value));
    }
    SetCarried(At(&s_.env, leaf.place), leaf.old, value);
  }
  s_.env[shape.entity] =
      Value::Scalar(p_.Cast(p_.expr(s_.env[shape.entity].scalar).type, variable));
  Hint(variable, NameOf(shape.entity));
  s_.loops.push_back(frame->axis);
  const size_t guards = s_.guards.size();
  if (frame->inside.valid()) s_.guards.push_back(frame->inside);
  ExprId also;
  if (shape.also.valid()) {
    also = EvalCondition(shape.also);
    s_.guards.push_back(also);
  }
  std::vector<LoopExit> exits;
  std::swap(exits, exits_);
  const bool in_iteration = in_iteration_;
  in_iteration_ = true;
  RunBody(shape);
  in_iteration_ = in_iteration;
  if (also.valid()) exits_.push_back({Not(also), shape.loc, false});
  CheckExits(*frame);
  for (const LoopExit& exit : exits_) s_.may_have_left = s_.may_have_left || exit.returns;
  exits_ = std::move(exits);
  s_.guards.resize(guards);
  s_.loops.pop_back();
  if (also.valid()) frame->inside = frame->inside.valid() ? And(frame->inside, also) : also;
}

void Lifter::ExecShaped(LoopShape shape) {
  const ExprId own_step = shape.step;
  LoopFrame frame;
  frame.loc = shape.loc;
  frame.spread = SpreadOverThreads(&shape);
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
  length = Simplify(p_, length);
  ExprId longest = length;
  if (!AxesOf(length).empty()) {
    longest = frame.spread.empty() ? UpperBoundOf(length) : ExprId();
  }
  if (!longest.valid() || !AxesOf(stride).empty()) {
    Refuse("a loop whose range depends on the thread or on another loop", shape.loc);
  }
  const ExprId round = p_.Binary(ExprOp::kSub, stride, p_.Int(1));
  const auto trips = [&](ExprId l) {
    return Simplify(p_, p_.Binary(ExprOp::kDiv, p_.Binary(ExprOp::kAdd, l, round), stride));
  };
  const ExprId extent = trips(longest);
  int64_t count = 0;
  if (p_.IsInt(extent, &count) && count <= 0) return;
  frame.trips = trips(length);
  if (!ProveNonNegative(p_, frame.trips)) {
    frame.trips = p_.Binary(ExprOp::kMax, frame.trips, p_.Int(0));
  }

  frame.axis = NewAxis(NameOf(shape.entity), p_.Cast(ir::Type::kS32, extent));
  const ExprId variable =
      Simplify(p_, p_.Binary(ExprOp::kAdd, shape.first,
                             p_.Binary(ExprOp::kMul, shape.step, p_.AxisExpr(frame.axis))));
  if (longest != length) {
    const ExprOp compare = shape.compare == ExprOp::kNe ? ExprOp::kLt : shape.compare;
    frame.inside = p_.Binary(compare, variable, shape.limit);
  }
  frame.leaves = CarriedLeaves(shape);
  const State before = s_;
  frame.items_before = s_.items.size();
  const ExprId inside = frame.inside;
  RunIteration(shape, variable, &frame);
  FindIncrements(&frame);
  if (std::any_of(frame.leaves.begin(), frame.leaves.end(),
                  [](const Leaf& leaf) { return leaf.increment.valid(); })) {
    s_ = before;
    frame.inside = inside;
    RunIteration(shape, variable, &frame);
  }
  const Value end = s_.env[shape.entity];
  const ExprId next = Simplify(p_, p_.Binary(ExprOp::kAdd, variable, own_step));
  if (end.kind != Value::kScalar || !SameValue(p_, end.scalar, next)) {
    Refuse("the variable " + NameOf(shape.entity) + ", which a loop changes in other ways too",
           shape.loc);
  }
  for (const auto& [entity, value] : before.env) {
    if (shape.assigned.count(entity) > 0) continue;
    if (!(s_.env[entity] == value))
      Refuse("a variable changed in a loop through a call", shape.loc);
  }
  FinishLeaves(&frame);
  CheckLoopItems(frame);
  CheckIterations(frame.items_before, frame.axis, shape.loc);
  if (!frame.spread.empty() || shape.also.valid() || HasLoad(p_, frame.trips)) {
    s_.env[shape.entity] = Value::Unknown("the variable of a loop behind the loop");
  } else {
    const ExprId after =
        p_.Binary(ExprOp::kAdd, shape.first, p_.Binary(ExprOp::kMul, shape.step, frame.trips));
    s_.env[shape.entity] = Value::Scalar(p_.Cast(p_.expr(end.scalar).type, Simplify(p_, after)));
  }
}

// Integers that advance by the same amount each time are functions of the axis.
void Lifter::FindIncrements(LoopFrame* frame) {
  for (Leaf& leaf : frame->leaves) {
    const ExprId last = CarriedIn(At(&s_.env, leaf.place));
    if (!last.valid() || !ir::IsInteger(p_.expr(leaf.before).type)) continue;
    const Update update = FindUpdate(p_, leaf.marker, Simplify(p_, last));
    if (update.reduction != Reduction::kSum || HasLoad(p_, update.value)) continue;
    if (AxesOf(update.value).count(frame->axis.index) > 0) continue;
    if (MentionsCarried(update.value, frame->leaves)) continue;
    leaf.increment = Simplify(p_, update.value);
  }
}

// What the loop leaves behind: extrema first, then what was kept beside them.
void Lifter::FinishLeaves(LoopFrame* frame) {
  std::vector<ExprId> last;
  for (const Leaf& leaf : frame->leaves) {
    const ExprId value = CarriedIn(At(&s_.env, leaf.place));
    last.push_back(value.valid() ? Simplify(p_, value) : ExprId());
  }
  std::vector<size_t> left;
  for (size_t i = 0; i < frame->leaves.size(); ++i) {
    if (!FinishLeaf(frame->leaves[i], last[i], frame)) left.push_back(i);
  }
  for (const size_t i : left) {
    const Leaf& leaf = frame->leaves[i];
    Value* value = At(&s_.env, leaf.place);
    ExprId result;
    if (frame->spread.empty() && FinishTuple(leaf, last[i], *frame, &result)) {
      *value = Value::Scalar(result);
    } else {
      *value = Value::Unknown("the variable " + NameOf(leaf.place.entity) +
                              ", whose value in a loop is no reduction");
    }
  }
}

// Items of the loop do not use what one iteration hands to the next.
void Lifter::CheckLoopItems(const LoopFrame& frame) {
  for (size_t i = frame.items_before; i < s_.items.size(); ++i) {
    Item& item = s_.items[i];
    for (const Leaf& leaf : frame.leaves) {
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
      if (frame.spread.count(a) > 0) {
        Refuse("the thread index used beside the loop that is spread over the threads", item.loc);
      }
    }
    if (item.out.valid() && !item.atomic) StoreInLoop(&item, frame.axis);
  }
}

// False if the value hangs together with that of another variable.
bool Lifter::FinishLeaf(const Leaf& leaf, ExprId last, LoopFrame* frame) {
  Value* value = At(&s_.env, leaf.place);
  if (value == nullptr) return true;
  const std::string name = NameOf(leaf.place.entity);
  if (!last.valid()) {
    *value = Value::Unknown("the variable " + name + ", which a loop changes");
    return true;
  }
  if (last == leaf.marker) {
    *value = leaf.old;
    return true;
  }
  if (leaf.increment.valid()) {
    if (!frame->spread.empty()) {
      *value = Value::Unknown("the variable " + name + ", which each thread counts by itself");
      return true;
    }
    const ExprId after =
        p_.Binary(ExprOp::kAdd, leaf.before, p_.Binary(ExprOp::kMul, leaf.increment, frame->trips));
    SetCarried(value, leaf.old, Simplify(p_, after));
    return true;
  }
  if (leaf.old.kind == Value::kPointer) {
    *value = Value::Unknown("the pointer " + name + ", which a loop moves");
    return true;
  }
  if (frame->spread.empty()) {
    const ExprId merged = MergeInnerReduction(leaf, last, frame->axis, frame->items_before);
    if (merged.valid()) {
      *value = Value::Scalar(merged);
      return true;
    }
  }
  Update update = FindUpdate(p_, leaf.marker, last);
  if (update.reduction == Reduction::kNone || MentionsCarried(update.value, frame->leaves)) {
    return false;
  }
  const ExprId combined = update.value;
  if (frame->inside.valid()) {
    const ir::Type type = p_.expr(update.value).type;
    update.value = p_.Select(frame->inside, update.value, Identity(p_, update.reduction, type));
  }
  Item item;
  item.reduction = update.reduction;
  item.value = update.value;
  item.init = leaf.before;
  item.reduced = {frame->axis};
  item.type = p_.expr(leaf.before).type;
  item.loc = frame->loc;
  const ExprId result = NewTemp(std::move(item), name, frame->spread, frame->items_before);
  *value = Value::Scalar(result);
  if (update.reduction == Reduction::kMax || update.reduction == Reduction::kMin) {
    frame->extrema.push_back({leaf.marker, last, combined, leaf.before, result, update.reduction});
  }
  return true;
}

// c ? kept : (d ? x : kept) is x; the conditions under which it is taken are !c and d.
ExprId Lifter::StripKept(ExprId kept, ExprId e, std::vector<ExprId>* conditions) {
  for (;;) {
    const Expr x = p_.expr(e);
    if (x.kind != ExprKind::kSelect || (x.args[1] == kept) == (x.args[2] == kept)) return e;
    const bool otherwise = x.args[1] == kept;
    std::vector<ExprId> parts = GuardParts(p_, x.args[0]);
    std::erase_if(parts, [&](ExprId part) {
      return std::find(conditions->begin(), conditions->end(), part) != conditions->end();
    });
    if (otherwise) {
      ExprId all = True();
      for (const ExprId part : parts) all = And(all, part);
      parts = GuardParts(p_, Not(all));
    }
    conditions->insert(conditions->end(), parts.begin(), parts.end());
    e = x.args[otherwise ? 2 : 1];
  }
}

// Whether the item happens only where the conditions hold.
bool Lifter::GuardedBy(const Item& item, const std::vector<ExprId>& conditions) {
  return std::all_of(conditions.begin(), conditions.end(), [&](ExprId c) {
    return std::find(item.guards.begin(), item.guards.end(), c) != item.guards.end();
  });
}

// A loop around a loop that goes on with the same accumulator is one reduction over both axes; so
// is a sum of sums.
ExprId Lifter::MergeInnerReduction(const Leaf& leaf, ExprId last, AxisId axis,
                                   size_t items_before) {
  // Where the inner loop is left out, the value stays: its own guards must say the same.
  std::vector<ExprId> conditions;
  const ExprId inner = StripKept(leaf.marker, last, &conditions);
  const auto merge = [&](ExprId marker, Reduction reduction) {
    for (size_t i = items_before; i < s_.items.size(); ++i) {
      Item& item = s_.items[i];
      if (item.out.valid() || Marker("%temp", item.temp, item.type) != marker) continue;
      if (reduction != Reduction::kNone && item.reduction != reduction) return false;
      const bool continues = item.init == leaf.marker && GuardedBy(item, conditions);
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
      for (const uint32_t a : AxesOf(leaf.before)) temp.axes.insert(a);
      // Conditions that vary along the axis are part of what is combined.
      for (const ExprId g : item.guards) {
        const std::set<uint32_t> axes = AxesOf(g);
        if (axes.count(axis.index) > 0) temp.axes.insert(axes.begin(), axes.end());
      }
      for (const AxisId a : item.reduced) temp.axes.erase(a.index);
      return true;
    }
    return false;
  };
  if (merge(inner, Reduction::kNone)) return inner;
  if (!conditions.empty()) return {};
  const Update update = FindUpdate(p_, leaf.marker, last);
  if (update.reduction == Reduction::kNone || !merge(update.value, update.reduction)) return {};
  return update.value;
}

ExprId Lifter::NewTemp(Item item, const std::string& name, const std::set<uint32_t>& partial,
                       size_t items_before) {
  if (s_.may_have_left) Refuse("code behind a loop that may return", item.loc);
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
