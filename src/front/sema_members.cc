// device-clean
// What names mean inside of structs, and the operators that a program defines.
#include "front/known_names.h"
#include "front/operators.h"
#include "front/ranks.h"
#include "front/walker.h"

namespace ws::front {

// --- looking up

// A member of the struct whose body is being walked.
WS_HD EntityId Walker::LookUpOpen(NameId name) const {
  for (uint32_t i = open_structs_.size(); i > frames_.back().structs; --i) {
    const EntityId e = FindMember(open_structs_[i - 1].type, name);
    if (e.valid()) return e;
  }
  return {};
}

// A member of the struct whose member function is being walked.
WS_HD EntityId Walker::LookUpSelf(NameId name) const {
  const Instance& inst = s_->instances_[frames_.back().instance.index];
  TypeId inner = inst.self;
  if (inner == TypeId() && inst.function.valid()) {
    inner = s_->entities_[inst.function.index].within;
  }
  for (TypeId t = inner; t != TypeId(); t = s_->Scope(t).outer) {
    EntityId e = FindMember(t, name);
    if (!e.valid() && borrowed_.size() > 0) e = FindBorrowed(t.Unqualified(), name);
    if (e.valid()) return e;
  }
  return {};
}

// As declared in the struct or enumeration, or else in a base.
WS_HD EntityId Walker::FindMember(TypeId scope, NameId name) const {
  EntityId e = OwnMember(scope, name);
  if (kind(scope) != TypeKind::kStruct) return e;
  for (TypeId t = s_->types_.Struct(scope).base; !e.valid() && t != TypeId();
       t = s_->types_.Struct(t).base) {
    e = OwnMember(t, name);
  }
  return e;
}

WS_HD EntityId Walker::OwnMember(TypeId scope, NameId name) const {
  EntityId e = kind(scope) == TypeKind::kStruct ? s_->scopes_[scope.which()].members
                                                : s_->enum_scopes_[scope.which()].members;
  while (e.valid() && s_->entities_[e.index].name != name) e = s_->entities_[e.index].next_member;
  return e;
}

WS_HD EntityId Walker::FindOperator(TypeId scope, TokenKind op) const {
  if (kind(scope) != TypeKind::kStruct) return {};
  EntityId e = s_->scopes_[scope.which()].members;
  while (e.valid() && (s_->entities_[e.index].kind != EntityKind::kFunction ||
                       OperatorOf(s_->entities_[e.index].flags) != op)) {
    e = s_->entities_[e.index].next_member;
  }
  const TypeId base = s_->types_.Struct(scope).base;
  // Assignment is a struct's own.
  if (!e.valid() && base != TypeId() && op != TokenKind::kEqual) {
    for (TypeId t = base; !e.valid() && t != TypeId(); t = s_->types_.Struct(t).base) {
      e = s_->scopes_[t.which()].members;
      while (e.valid() && (s_->entities_[e.index].kind != EntityKind::kFunction ||
                           OperatorOf(s_->entities_[e.index].flags) != op)) {
        e = s_->entities_[e.index].next_member;
      }
    }
  }
  return e;
}

// The index among the struct's NamedMembers, or TypeTable::kNoField.
WS_HD uint32_t Walker::FindField(TypeId type, NameId name) const {
  const std::span<const StructMember> members = s_->types_.NamedMembers(type);
  for (uint32_t i = 0; i < members.size(); ++i) {
    if (members[i].name == name) return i;
  }
  return TypeTable::kNoField;
}

// The struct or enumeration before the last :: of a qualified name; the error type if there is
// none, as namespaces are looked through.
WS_HD TypeId Walker::QualifyingType(NodeId n) {
  if (const NodeId spec = FirstOfKind(n, NodeKind::kTypeSpec); spec.valid()) {
    const TypeId type = info(spec).type.Unqualified();  // Template<...>::name
    const bool has_names = kind(type) == TypeKind::kStruct || kind(type) == TypeKind::kEnumClass;
    return has_names ? type : TypeId();
  }
  TypeId scope;
  uint32_t space = Spaces::kNone;  // of the namespaces before
  for (uint32_t i = tree().begin_token(n).index; i + 1 < tree().token(n).index; ++i) {
    const Token& t = (*s_->tokens_)[i];
    if (t.kind != TokenKind::kIdentifier || (*s_->tokens_)[i + 1].kind != TokenKind::kColonColon) {
      continue;
    }
    EntityId e;
    if (scope != TypeId()) {
      e = FindMember(scope, t.name);
    } else if (space != Spaces::kNone) {
      Found found;
      FindIn(t.name, space, n.index, true, &found);
      e = found.first();
    } else {
      e = LookUp(t.name);
    }
    if (!e.valid() || s_->entities_[e.index].kind != EntityKind::kTypeAlias) {
      if (scope == TypeId()) {
        const bool first = space == Spaces::kNone;
        space = tree().spaces.Find(t.name, first ? SpaceOf(n) : space, first);
      }
      scope = {};
      continue;
    }
    scope = s_->entities_[e.index].type.Unqualified();
    if (kind(scope) != TypeKind::kStruct && kind(scope) != TypeKind::kEnumClass) scope = {};
  }
  return scope;
}

// --- access

WS_HD bool Walker::CanAccess(TypeId type) {
  const TypeId owner = type.Unqualified();
  // Protected members are not told from private ones, so a base's are all seen.
  for (TypeId t = current().self.Unqualified(); t != TypeId(); t = s_->Scope(t).outer) {
    if (t == owner || types().DerivesFrom(t, owner)) return true;
  }
  for (const OpenStruct& open : open_structs_) {
    if (open.type == owner || types().DerivesFrom(open.type, owner)) return true;
  }
  // A friend, or a struct within it.
  const NodeId node = s_->Scope(owner).node;
  const NodeId here = current().node;
  if (!here.valid() || !node.valid()) return false;
  if (here.index <= node.index && here.index >= tree().first(node).index) return true;
  // A friend that is defined elsewhere; overloads of it are not told from it.
  if (tree().kind(here) != NodeKind::kFunction) return false;
  const TokenKind op = OperatorOf(tree().data(here));
  for (NodeId c = tree().LastChild(node); c.valid(); c = tree().PrevSibling(node, c)) {
    if (tree().kind(c) != NodeKind::kFunction || (tree().data(c) & function_flag::kFriend) == 0) {
      continue;
    }
    const TokenKind declared = OperatorOf(tree().data(c));
    const bool named = op == TokenKind::kEof && token(c).name == token(here).name;
    if (declared == op && (op != TokenKind::kEof || named)) return true;
  }
  return false;
}

WS_HD void Walker::CheckAccess(NodeId n, TypeId type, bool is_private) {
  if (is_private && !CanAccess(type)) {
    Error(Kind::kPrivateMember, n, token(n).view(), Spell(type.Unqualified()));
  }
}

// --- members of objects

WS_HD void Walker::ReportNoMember(NodeId n, TypeId object) {
  const std::string_view name = token(n).view();
  std::string_view best;
  uint32_t most = name.size() < 4 ? 1 : 2;
  const auto consider = [&](NameId other) {
    if (!other.valid() || name.size() < 2) return;
    const uint32_t distance = EditDistance(name, s_->names_->view(other), most);
    if (distance > most || (distance == most && !best.empty())) return;
    best = s_->names_->view(other);
    most = distance;
  };
  const bool is_struct = kind(object) == TypeKind::kStruct;
  if (is_struct) {
    for (const StructMember& member : types().NamedMembers(object)) consider(member.name);
  }
  EntityId e = is_struct ? s_->Scope(object).members : s_->enum_scopes_[object.which()].members;
  for (; e.valid(); e = s_->entities_[e.index].next_member) {
    consider(s_->entities_[e.index].name);
  }
  if (best.empty()) {
    Error(Kind::kNoMember, n, name, Spell(object.Unqualified()));
  } else {
    Error(Kind::kNoMemberNear, n, name, Spell(object.Unqualified()), best);
  }
}

// The member that token n names in an object of the type.
WS_HD void Walker::NameMember(NodeId n, TypeId object, Category category, bool pure) {
  NodeInfo& out = info(n);
  const NameId name = token(n).name;
  uint32_t field = FindField(object, name);
  if (field != TypeTable::kNoField && types().NamedMembers(object)[field].owner != TypeId() &&
      OwnMember(object, name).valid()) {
    field = TypeTable::kNoField;  // hidden
  }
  if (field != TypeTable::kNoField) {
    const StructMember& member = types().NamedMembers(object)[field];
    CheckAccess(n, member.owner != TypeId() ? member.owner : object, member.is_private);
    out.type =
        member.by_reference ? types().Element(member.type) : member.type.With(object.index & 3);
    out.bits = field;
    out.field = true;
    const bool refers = member.by_reference && kind(member.type) == TypeKind::kReference;
    out.category = refers ? Category::kLvalue : category;
    out.pure = pure && !refers;
    if (out.category == Category::kRvalue && kind(out.type) != TypeKind::kArray) {
      out.type = out.type.Unqualified();
    }
    return;
  }
  const EntityId e = FindMember(object, name);
  if (!e.valid()) {
    ReportNoMember(n, object);
    return;
  }
  const Entity& entity = s_->entities_[e.index];
  out.entity = e;
  out.type = entity.type;
  switch (entity.kind) {
    case EntityKind::kFunction:
      out.category = Category::kFunction;
      out.bits = 0;
      return;
    case EntityKind::kTypeAlias:
      out.category = Category::kType;
      return;
    case EntityKind::kConstant:
      out.category = Category::kRvalue;
      break;
    default:
      out.category = Category::kLvalue;
      CheckAccess(n, object, (entity.flags & storage_flag::kPrivate) != 0);
      break;
  }
  out.constant = entity.is_constant;
  out.bits = entity.bits;
  out.pure = entity.is_constant;
}

// A name that means a member of *this; false if it does not.
WS_HD bool Walker::NameField(NodeId n) {
  const NameId name = token(n).name;
  for (uint32_t i = open_structs_.size(); i > frames_.back().structs; --i) {
    const uint32_t first = open_structs_[i - 1].first_field;
    const uint32_t end = i < open_structs_.size() ? open_structs_[i].first_field : fields_.size();
    for (uint32_t f = first; f < end; ++f) {
      if (fields_[f].name != name) continue;
      info(n).type = {};
      Error(Kind::kUnsupported, n, "a default initialiser that uses a member");
      return true;
    }
  }
  const TypeId self = current().self;
  for (TypeId t = self.Unqualified(); t != TypeId(); t = s_->Scope(t).outer) {
    const uint32_t field = FindField(t, name);
    const bool inherited =
        field != TypeTable::kNoField && types().NamedMembers(t)[field].owner != TypeId();
    if (field == TypeTable::kNoField || (inherited && OwnMember(t, name).valid())) {
      if (FindMember(t, name).valid()) return false;
      continue;
    }
    if (!current().has_this || t != self.Unqualified()) {
      Error(Kind::kNeedsObject, n, token(n).view(), Spell(t));
      return true;
    }
    NameMember(n, self, Category::kLvalue, false);
    return true;
  }
  return false;
}

WS_HD void Walker::VisitThis(NodeId n) {
  if (!current().has_this) {
    Error(Kind::kThisOutside, n);
    return;
  }
  SetValue(n, types().Pointer(current().self), true);
}

// --- operators and constructors

WS_HD Walker::Visit Walker::CallOperator(NodeId n, TokenKind op, std::span<const NodeId> operands,
                                         bool* called, bool postfix) {
  *called = false;
  const NodeInfo left = info(operands[0]);
  Choice choice;
  Callees members;
  members.object = operands[0];
  members.self = left.type;
  members.postfix = postfix;
  if (kind(left.type) == TypeKind::kStruct) {
    members.functions = FindOperator(left.type, op);
    if (Consider(n, members, operands.subspan(1), Side(), &choice) == Visit::kAgain) {
      return Visit::kAgain;
    }
  }
  Callees others;
  others.functions = operators_[static_cast<uint32_t>(op)];
  others.postfix = postfix;
  if (Consider(n, others, operands, Side(), &choice) == Visit::kAgain) return Visit::kAgain;
  if (choice.ambiguous) {
    Error(Kind::kAmbiguousCall, n, OperatorName(op));
    *called = true;
    return Visit::kNext;
  }
  if (!choice.best.valid()) return Visit::kNext;
  if (DeduceResult(n, choice.best) == Visit::kAgain) return Visit::kAgain;
  *called = true;
  CheckTemporary(operands[0]);
  const bool member = s_->instances_[choice.best.index].self != TypeId();
  CheckArguments(choice.best, member ? operands.subspan(1) : operands);
  FinishCall(n, choice.best, member ? members : others);
  return Visit::kNext;
}

WS_HD Walker::Visit Walker::Construct(NodeId n, TypeId type, std::span<const NodeId> args) {
  const TypeId object = type.Unqualified();
  if (args.size() == 1 && tree().kind(args[0]) != NodeKind::kInitList &&
      types().IsOrDerives(info(args[0]).type, object)) {
    if (info(args[0]).category == Category::kLvalue) UseCopies(n, object, args[0]);
    return Visit::kNext;  // a copy
  }
  for (const NodeId arg : args) {
    if (info(arg).type == TypeId() && tree().kind(arg) != NodeKind::kInitList) return Visit::kNext;
  }
  Callees callees;
  callees.functions = s_->Scope(object).constructors;
  callees.self = object;
  Choice choice;
  if (Consider(n, callees, args, Side(), &choice) == Visit::kAgain) return Visit::kAgain;
  TypeId base = object;
  while (!choice.best.valid() && !choice.ambiguous && types().Struct(base).inherits &&
         !args.empty()) {
    base = types().Struct(base).base;
    callees.functions = s_->Scope(base).constructors;
    choice = Choice();
    if (Consider(n, callees, args, Side(), &choice) == Visit::kAgain) return Visit::kAgain;
  }
  if (!choice.best.valid() || choice.ambiguous) {
    if (choice.seen == 1 && choice.failed.valid() && ReportFailure(choice.failed)) {
      return Visit::kNext;
    }
    if (args.empty() && types().Struct(object).defaulted) {
      RequireDefault(n, object);
    } else if (args.empty() && !choice.ambiguous) {
      Error(Kind::kNoDefaultConstructor, n, Spell(object));
    } else {
      Error(choice.ambiguous ? Kind::kAmbiguousCall : Kind::kNoMatchingFunction, n, Spell(object));
    }
    return Visit::kNext;
  }
  CheckArguments(choice.best, args);
  FinishCall(n, choice.best, callees);
  return Visit::kNext;
}

// The instance of a constructor template that PrepareConversion has made for such a value.
WS_HD InstanceId Walker::PreparedFor(EntityId constructor, const NodeInfo& from) {
  if (last_instance_.size() <= constructor.index) return {};
  const Target target = TargetOf(s_->entities_[constructor.index].flags, Side());
  for (uint32_t i = last_instance_[constructor.index]; i != 0; i = before_instance_[i]) {
    const Instance& inst = s_->instances_[i];
    if (inst.target != target || inst.signature_failed || inst.num_params == 0) continue;
    const TypeId param = s_->params_[inst.first_param].type;
    if (types().StripReference(param).Unqualified() == types().Decay(from.type).Unqualified()) {
      return InstanceId(i);
    }
  }
  return {};
}

// Makes the instances of a struct's constructor templates that such arguments fit. kAgain: a
// signature is being walked.
WS_HD Walker::Visit Walker::PrepareConstructors(TypeId object, std::span<const NodeId> args,
                                                bool explicitly) {
  for (EntityId e = s_->Scope(object).constructors; e.valid(); e = s_->entities_[e.index].next) {
    const Entity entity = s_->entities_[e.index];
    if (!entity.is_template) continue;
    if (!explicitly && (entity.flags & function_flag::kExplicit) != 0) continue;
    TemplateArg given[kMaxTemplateParams];
    uint32_t count = 0;
    BadTemplateArg why;
    if (!DeduceArgs(e, NodeId(), args, given, &count, &why)) continue;
    const InstanceId id = FindInstance(e, given, count, TargetOf(entity.flags, Side()));
    if (!id.valid()) continue;
    Instance& inst = s_->instances_[id.index];
    if (inst.has_signature || inst.signature_failed || !AllocateInfos(id)) continue;
    s_->instances_[id.index].has_signature = true;
    const NodeId node = s_->instances_[id.index].node;
    PushFrame(id, tree().first(node), SignatureEnd(node), true, true);
    return Visit::kAgain;
  }
  return Visit::kNext;
}

// Those that may convert the expression to a struct.
WS_HD Walker::Visit Walker::PrepareConversion(NodeId expr, TypeId to) {
  if (to == TypeId() || tree().kind(expr) == NodeKind::kInitList) return Visit::kNext;
  const TypeId object = types().StripReference(to).Unqualified();
  if (kind(object) != TypeKind::kStruct || info(expr).type == TypeId() ||
      types().IsOrDerives(info(expr).type, object) || !types().Struct(object).complete) {
    return Visit::kNext;
  }
  return PrepareConstructors(object, {&expr, 1}, false);
}

// Those of an object that is made of such arguments.
WS_HD Walker::Visit Walker::PrepareConstruct(TypeId type, std::span<const NodeId> args) {
  if (type == TypeId()) return Visit::kNext;
  const TypeId object = types().InnerElement(type).Unqualified();
  if (kind(object) != TypeKind::kStruct || !types().Struct(object).complete) return Visit::kNext;
  return PrepareConstructors(object, args, true);
}

// Before the initialiser of a member, or of an object that new makes, is looked at.
WS_HD Walker::Visit Walker::PrepareMember(NodeId n) {
  TypeId type;
  Vec<NodeId> args(*s_->arena_);
  if (tree().kind(n) == NodeKind::kMemberInit) {
    const TypeId self = current().self.Unqualified();
    if (self == TypeId()) return Visit::kNext;
    const uint32_t field = NamesBase(n, self) ? 0 : FindField(self, token(n).name);
    if (field != TypeTable::kNoField) type = types().NamedMembers(self)[field].type;
    if (token(n).name == types().Struct(self).name) type = self;
    for (const NodeId c : Children(NodeId(n.index - 1))) args.push_back(c);
  } else {
    for (const NodeId c : Children(n)) {
      if (tree().kind(c) == NodeKind::kTypeId) {
        type = info(c).type;
        args.clear();
      } else {
        args.push_back(c);
      }
    }
  }
  return PrepareConstruct(type, args.span());
}

// The same for T x = value.
WS_HD Walker::Visit Walker::PrepareInit(NodeId declarator) {
  const NodeId init = FirstOfKind(declarator, NodeKind::kInitEq);
  if (link_[declarator.index] == 0) return Visit::kNext;
  const NodeId spec(link_[link_[declarator.index]]);
  if (!spec.valid() || tree().kind(spec) != NodeKind::kTypeSpec) return Visit::kNext;
  if (init.valid()) return PrepareConversion(NodeId(init.index - 1), info(spec).type);
  const NodeId last = tree().LastChild(declarator);
  if (!last.valid()) return Visit::kNext;
  const NodeKind k = tree().kind(last);
  if (k != NodeKind::kInitParen && k != NodeKind::kInitList) return Visit::kNext;
  const Vec<NodeId> args = ChildList(last);
  return PrepareConstruct(info(spec).type, args.span());
}

// Where what is made cannot wait for the signature of a constructor.
WS_HD void Walker::ConstructNow(NodeId n, TypeId type, std::span<const NodeId> args) {
  if (Construct(n, type, args) == Visit::kNext) return;
  Error(Kind::kUnsupported, n, "a constructor template here");
}

// The constructor that converts an expression to a struct without being asked to.
WS_HD InstanceId Walker::FindConversion(const NodeInfo& from, TypeId to) {
  if (!types().Struct(to).has_constructor || from.type.Unqualified() == to) return {};
  const bool of_struct = kind(from.type) == TypeKind::kStruct;
  InstanceId best;
  Rank best_rank = kNoConversion;
  for (EntityId e = s_->Scope(to).constructors; e.valid(); e = s_->entities_[e.index].next) {
    const Entity& entity = s_->entities_[e.index];
    if ((entity.flags & function_flag::kExplicit) != 0) continue;
    const InstanceId id = entity.is_template
                              ? PreparedFor(e, from)
                              : FindInstance(e, nullptr, 0, TargetOf(entity.flags, Side()));
    if (!id.valid()) continue;
    const Instance& inst = s_->instances_[id.index];
    if (!inst.has_signature || inst.num_params == 0 || inst.num_required > 1) continue;
    const TypeId param = s_->params_[inst.first_param].type;
    const TypeId object = types().StripReference(param);
    // Of a struct only that very struct, which lies in memory: one conversion is all there may be.
    const bool takes = s_->params_[inst.first_param].is_rvalue && object == from.type.Unqualified();
    if (takes) {
      if (from.category == Category::kLvalue && !from.moved) continue;
      return id;
    }
    if (of_struct ? object != from.type.Unqualified().Const() || object == param
                  : kind(object) == TypeKind::kStruct) {
      continue;
    }
    const Rank rank = RankOf(from, param);
    if (rank >= best_rank) continue;
    best = id;
    best_rank = rank;
  }
  return best;
}

WS_HD InstanceId Walker::FindConversionFunction(const NodeInfo& from, TypeId to, bool asked) {
  InstanceId best;
  Rank best_rank = kNoConversion;
  EntityId first = s_->Scope(from.type).conversions;
  for (TypeId t = types().Struct(from.type).base; !first.valid() && t != TypeId();
       t = types().Struct(t).base) {
    first = s_->Scope(t).conversions;
  }
  for (EntityId e = first; e.valid(); e = s_->entities_[e.index].next) {
    const Entity& entity = s_->entities_[e.index];
    const bool is_explicit = (entity.flags & function_flag::kExplicit) != 0;
    if (is_explicit && !asked) continue;
    const InstanceId id = FindInstance(e, nullptr, 0, TargetOf(entity.flags, Side()));
    if (!id.valid()) continue;
    const Instance& inst = s_->instances_[id.index];
    if (!inst.has_signature || (from.type.is_const() && !inst.self.is_const())) continue;
    NodeInfo result;
    result.type = types().StripReference(inst.result);
    result.category = Category::kRvalue;
    if (kind(result.type) == TypeKind::kStruct &&
        (result.type.Unqualified() != to.Unqualified() || types().NeedsDestroy(to))) {
      continue;  // another struct, or one that must end
    }
    if (is_explicit && result.type.Unqualified() != to.Unqualified()) continue;
    const Rank rank = RankOf(result, to);
    if (rank >= best_rank) continue;
    best = id;
    best_rank = rank;
  }
  return best;
}

}  // namespace ws::front
