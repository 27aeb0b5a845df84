// Statements: declarations, branches, returns; stores become items.
#include <algorithm>

#include "nest/lifter.h"

namespace ws::nest {

using front::NodeId;
using front::NodeKind;
using front::TypeId;
using front::TypeKind;

void Lifter::Exec(NodeId n) {
  if (IsFalse(s_.live)) return;
  const std::vector<NodeId> children = Children(n);
  switch (tree_.kind(n)) {
    case NodeKind::kCompound:
      for (const NodeId c : children) Exec(c);
      return;
    case NodeKind::kExprStmt:
      Eval(children[0]);
      return;
    case NodeKind::kEmptyStmt:
    case NodeKind::kTypedef:
    case NodeKind::kUsing:
    case NodeKind::kEnum:
    case NodeKind::kStaticAssert:
      return;
    case NodeKind::kVarDecl:
      ExecDeclaration(n);
      return;
    case NodeKind::kIf:
      ExecIf(n);
      return;
    case NodeKind::kFor:
      ExecFor(n);
      return;
    case NodeKind::kWhile:
    case NodeKind::kDo:
      ExecWhile(n);
      return;
    case NodeKind::kSwitch:
      ExecSwitch(n);
      return;
    case NodeKind::kReturn: {
      if (!children.empty()) {
        const front::Instance& inst = sema_.instance(instance_);
        const Value v = Convert(Eval(children[0]), TypeOf(children[0]), inst.result, LocOf(n));
        s_.result = s_.result.kind == Value::kNone ? v : Merge(s_.live, v, s_.result);
      }
      if (s_.loops.size() > function_loops_) {
        if (depth_ > 0 || s_.loops.size() > 1) Refuse("returning from inside a loop", n);
        Leave(n, true);
        return;
      }
      s_.live = Not(True());
      return;
    }
    case NodeKind::kContinue: {
      s_.continued.push_back({InIteration(), s_.env});
      s_.live = Not(True());
      return;
    }
    case NodeKind::kBreak:
      Leave(n, false);
      return;
    case NodeKind::kGoto:
      Refuse("goto", n);
    default:
      break;
  }
  Refuse("a statement of a kind that lifting does not know", n);
}

void Lifter::ExecDeclaration(NodeId n) {
  for (const NodeId c : Children(n)) {
    if (tree_.kind(c) != NodeKind::kDeclarator) continue;
    const front::NodeInfo& info = Info(c);
    if (!info.entity.valid()) continue;
    const front::Entity& entity = sema_.entity(info.entity);
    if (entity.kind == front::EntityKind::kShared) continue;  // named where it is used
    if (entity.is_constant) continue;
    if (entity.kind == front::EntityKind::kGlobal) Refuse("a static variable", c);
    NodeId init;
    for (const NodeId d : Children(c)) {
      const NodeKind kind = tree_.kind(d);
      if (kind == NodeKind::kInitEq || kind == NodeKind::kInitParen ||
          kind == NodeKind::kInitList) {
        init = d;
      }
    }
    const TypeId type = entity.type;
    if (sema_.types().Kind(sema_.types().InnerElement(type)) == TypeKind::kStruct) {
      Refuse("a struct value", c);
    }
    if (sema_.types().Kind(type) == TypeKind::kReference) {
      if (!init.valid()) Refuse("a reference without an object", c);
      Value v;
      v.kind = Value::kPlace;
      v.place = EvalPlace(Children(init)[0]);
      s_.env[info.entity.index] = v;
      continue;
    }
    Value value = Blank(type);
    if (init.valid()) {
      const std::vector<NodeId> values = Children(init);
      const bool list = tree_.kind(init) == NodeKind::kInitList ||
                        (values.size() == 1 && tree_.kind(values[0]) == NodeKind::kInitList);
      if (value.kind == Value::kTuple && (list || values.size() > 1)) {
        const std::vector<NodeId> parts =
            tree_.kind(init) != NodeKind::kInitList && list ? Children(values[0]) : values;
        const bool is_array = sema_.types().Kind(type) == TypeKind::kArray;
        const TypeId element = is_array ? sema_.types().Element(type) : ComponentType(type);
        for (size_t i = 0; i < value.parts.size(); ++i) {
          if (i < parts.size()) {
            value.parts[i] = Convert(Eval(parts[i]), TypeOf(parts[i]), element, LocOf(c));
          } else if (is_array && value.parts[i].kind == Value::kNone) {
            value.parts[i] = Value::Scalar(p_.Cast(IrType(element), p_.Int(0)));
          }
        }
      } else if (values.size() == 1) {
        NodeId v = values[0];
        if (tree_.kind(v) == NodeKind::kInitList) v = Children(v)[0];
        value = Convert(Eval(v), TypeOf(v), type, LocOf(c));
      }
    }
    Place place;
    place.entity = info.entity.index;
    place.type = type;
    if (value.kind == Value::kNone) {
      s_.env[info.entity.index] = value;
    } else {
      s_.env[info.entity.index] = {};
      Store(place, value, LocOf(c));
    }
  }
}

Value Lifter::Merge(ExprId condition, const Value& a, const Value& b) {
  if (a == b || b.kind == Value::kNone) return a;
  if (a.kind == Value::kNone) return b;
  if (a.kind == Value::kScalar && b.kind == Value::kScalar) {
    return Value::Scalar(p_.Select(condition, a.scalar, b.scalar));
  }
  if (a.kind == Value::kTuple && b.kind == Value::kTuple && a.parts.size() == b.parts.size()) {
    std::vector<Value> parts;
    for (size_t i = 0; i < a.parts.size(); ++i) {
      parts.push_back(Merge(condition, a.parts[i], b.parts[i]));
    }
    return Value::Tuple(std::move(parts));
  }
  if (a.kind == Value::kPointer && b.kind == Value::kPointer && a.buffer == b.buffer) {
    Value v = a;
    v.offset = p_.Select(condition, a.offset, b.offset);
    return v;
  }
  return Value::Unknown("a pointer or object that depends on a condition");
}

void Lifter::ExecIf(NodeId n) {
  const std::vector<NodeId> c = Children(n);  // condition, marker, then [, marker, else]
  const ExprId condition = EvalCondition(c[0]);
  if (IsTrue(condition)) {
    Exec(c[2]);
    return;
  }
  if (IsFalse(condition)) {
    if (c.size() > 4) Exec(c[4]);
    return;
  }
  if (on_host_) {
    ExecHostIf(condition, c[2], c.size() > 4 ? c[4] : NodeId(), LocOf(n));
    return;
  }
  const State before = s_;
  s_.guards.push_back(condition);
  Exec(c[2]);
  State then_state = std::move(s_);
  s_ = before;
  s_.guards.push_back(Not(condition));
  if (c.size() > 4) Exec(c[4]);
  State else_state = std::move(s_);
  s_ = before;
  MergeBranches(condition, std::move(then_state), std::move(else_state), before.items.size());
}

void Lifter::ExecHostIf(ExprId condition, NodeId then, NodeId otherwise, diag::Loc loc) {
  const State before = s_;
  const size_t nests_before = p_.nests.size();
  Exec(then);
  // A launcher may leave early for sizes that need no work, or report an error.
  if (IsFalse(s_.live)) {
    if (p_.nests.size() != nests_before) {
      Refuse("a launcher that decides by the sizes what to do", loc);
    }
    s_ = before;
    Assumption& assumption = p_.assumptions.emplace_back();
    assumption.condition = Not(condition);
    assumption.reason = "the launcher does nothing otherwise";
    if (otherwise.valid()) Exec(otherwise);
    return;
  }
  // What is launched under a condition is computed under it.
  const size_t nests_between = p_.nests.size();
  State then_state = std::move(s_);
  s_ = before;
  if (otherwise.valid()) Exec(otherwise);
  if (nests_between != nests_before && p_.nests.size() != nests_between) {
    Refuse("a launcher that decides by the sizes what to do", loc);
  }
  if (!IsTrue(s_.live)) Refuse("a launcher that decides by the sizes what to do", loc);
  for (size_t i = nests_before; i < p_.nests.size(); ++i) {
    Nest& nest = p_.nests[i];
    const ExprId guard = Simplify(p_, i < nests_between ? condition : Not(condition));
    if (!IsTrue(guard)) nest.guard = nest.guard.valid() ? And(nest.guard, guard) : guard;
  }
  State else_state = std::move(s_);
  s_ = before;
  MergeBranches(condition, std::move(then_state), std::move(else_state), before.items.size());
}

void Lifter::MergeBranches(ExprId condition, State a, State b, size_t items_before) {
  // Variables. Where control has left in one branch, the other branch's values hold.
  if (IsFalse(a.live)) {
    s_.env = b.env;
  } else if (IsFalse(b.live)) {
    s_.env = a.env;
  } else {
    for (const auto& [entity, value] : a.env) {
      const auto it = b.env.find(entity);
      s_.env[entity] = it == b.env.end() ? value : Merge(condition, value, it->second);
    }
    for (const auto& [entity, value] : b.env) {
      if (a.env.count(entity) == 0) s_.env[entity] = value;
    }
  }
  if (a.live == b.live) {
    s_.live = a.live;
  } else if (IsFalse(a.live)) {
    s_.live = And(Not(condition), b.live);
  } else if (IsFalse(b.live)) {
    s_.live = And(condition, a.live);
  } else {
    s_.live = p_.Binary(ExprOp::kLogicalOr, And(condition, a.live), And(Not(condition), b.live));
  }
  s_.result = Merge(condition, a.result, b.result);
  s_.may_have_left = a.may_have_left || b.may_have_left;
  s_.continued = std::move(a.continued);
  for (size_t i = s_.continued.size() < b.continued.size() ? s_.continued.size() : 0;
       i < b.continued.size(); ++i) {
    const bool known = std::any_of(s_.continued.begin(), s_.continued.end(),
                                   [&](const auto& x) { return x.first == b.continued[i].first; });
    if (!known) s_.continued.push_back(b.continued[i]);
  }
  for (const auto& [buffer, version] : a.versions) {
    const auto it = b.versions.find(buffer);
    const uint64_t other = it == b.versions.end() ? 0 : it->second;
    s_.versions[buffer] = version == other ? version : ++next_version_;
  }
  for (const auto& [buffer, version] : b.versions) {
    if (a.versions.count(buffer) == 0) s_.versions[buffer] = ++next_version_;
  }

  // Items. Stores to the same elements in both branches become one store of a selected value.
  const std::vector<Item> then_items(a.items.begin() + static_cast<long>(items_before),
                                     a.items.end());
  const std::vector<Item> else_items(b.items.begin() + static_cast<long>(items_before),
                                     b.items.end());
  bool same = then_items.size() == else_items.size();
  for (size_t i = 0; same && i < then_items.size(); ++i) {
    const Item& x = then_items[i];
    const Item& y = else_items[i];
    same = x.out.valid() && x.out == y.out && x.reduction == Reduction::kNone &&
           y.reduction == Reduction::kNone && x.loops == y.loops && !x.atomic && !y.atomic &&
           SameValue(p_, x.index, y.index) && x.guards.size() == y.guards.size();
    for (size_t g = 0; same && g < x.guards.size(); ++g) {
      same = x.guards[g] == y.guards[g] || x.guards[g] == Not(y.guards[g]);
    }
  }
  for (size_t i = 0; i < then_items.size(); ++i) {
    Item item = then_items[i];
    if (same) {
      item.value = p_.Select(condition, item.value, else_items[i].value);
      item.guards.erase(std::remove(item.guards.begin(), item.guards.end(), condition),
                        item.guards.end());
    }
    s_.items.push_back(std::move(item));
  }
  if (!same) s_.items.insert(s_.items.end(), else_items.begin(), else_items.end());
}

void Lifter::ExecSwitch(NodeId n) {
  const std::vector<NodeId> c = Children(n);
  int64_t wanted = 0;
  if (!p_.IsInt(Simplify(p_, EvalScalar(c[0])), &wanted)) {
    Refuse("a switch over a value that is not constant", n);
  }
  const std::vector<NodeId> body = Children(c[2]);
  bool running = false;
  for (int pass = 0; pass < 2 && !running; ++pass) {
    for (const NodeId s : body) {
      if (tree_.kind(s) == NodeKind::kCase) {
        int64_t label = 0;
        p_.IsInt(EvalScalar(Children(s)[0]), &label);
        running = running || (pass == 0 && label == wanted);
      } else if (tree_.kind(s) == NodeKind::kDefault) {
        running = running || pass == 1;
      } else if (running) {
        if (tree_.kind(s) == NodeKind::kBreak) return;
        Exec(s);
      }
    }
  }
}

std::vector<ExprId> Lifter::PathGuards() const {
  std::vector<ExprId> guards;
  const auto add = [&](ExprId condition) {
    for (const ExprId c : GuardParts(p_, condition)) {
      if (!IsTrue(c) && std::find(guards.begin(), guards.end(), c) == guards.end()) {
        guards.push_back(c);
      }
    }
  };
  for (const ExprId g : s_.guards) add(g);
  add(s_.live);
  return guards;
}

void Lifter::CheckFresh(const Item& item) const {
  std::vector<ExprId> stack = {item.value, item.index, item.init};
  stack.insert(stack.end(), item.guards.begin(), item.guards.end());
  std::set<uint32_t> seen;
  while (!stack.empty()) {
    const ExprId id = stack.back();
    stack.pop_back();
    if (!id.valid() || !seen.insert(id.index).second) continue;
    const Expr& e = p_.expr(id);
    stack.insert(stack.end(), e.args.begin(), e.args.end());
    if (e.kind != ExprKind::kLoad) continue;
    const auto it = item.before.find(e.index);
    if (e.bits != (it == item.before.end() ? 0 : it->second)) {
      Refuse("a value of " + p_.buffers[e.index].name + " kept while that array is written",
             item.loc);
    }
  }
}

void Lifter::Emit(Item item) {
  if (s_.may_have_left) Refuse("code behind a loop that may return", item.loc);
  item.guards = PathGuards();
  item.loops = s_.loops;
  item.before = s_.versions;
  CheckFresh(item);
  s_.items.push_back(std::move(item));
}

}  // namespace ws::nest
