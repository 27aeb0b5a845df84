// device-clean
// Calls of the program's functions, and kernel launches.
#include "front/constants.h"
#include "front/operators.h"
#include "front/ranks.h"
#include "front/walker.h"

namespace ws::front {

// Where the code being walked runs.
WS_HD Target Walker::Side() const {
  const InstanceId here = frames_.back().instance;
  const Target caller = here.index != 0 ? s_->instances_[here.index].target : Target::kHost;
  return caller == Target::kHost ? Target::kHost : Target::kDevice;
}

// Looks through overloads for the best. kAgain: a signature is being walked first.
WS_HD Walker::Visit Walker::Consider(NodeId n, const Callees& callees, std::span<const NodeId> args,
                                     Target target, Choice* choice) {
  const bool written = callees.name.valid() && (tree().kind(callees.name) == NodeKind::kName ||
                                                (tree().kind(callees.name) == NodeKind::kMember));
  const NodeId name = written ? callees.name : NodeId();
  Found heads;
  heads.Add(callees.functions);
  for (uint32_t i = 0; i < callees.others.count; ++i) heads.Add(callees.others.heads[i]);
  for (uint32_t h = 0; h < heads.count; ++h)
    for (EntityId e = heads.heads[h]; e.valid(); e = s_->entities_[e.index].next) {
      const Entity entity = s_->entities_[e.index];
      if (entity.kind != EntityKind::kFunction) continue;  // the name is declared twice
      const bool member = entity.scope != TypeId();
      // In a struct all see all.
      const bool free_operator = !member && OperatorOf(entity.flags) != TokenKind::kEof;
      // An operator for the types of a template's arguments may stand behind the template.
      const bool in_template = current().num_args != 0 || current().self != TypeId();
      const bool later = tree().first(entity.type_node).index > n.index;
      if (!member && later && !(free_operator && in_template)) continue;
      if (free_operator && !SeesOperator(n, e, args)) continue;
      ++choice->seen;
      choice->only = e;
      choice->only_instance = InstanceId();
      TemplateArg targs[kMaxTemplateParams];
      uint32_t num_targs = 0;
      if (entity.is_template) {
        if (!DeduceArgs(e, name, args, targs, &num_targs, &choice->why)) continue;
      } else if (name.valid() && FirstOfKind(name, NodeKind::kTemplateArgs).valid()) {
        continue;
      }
      InstanceId id = FindInstance(e, targs, num_targs, TargetOf(entity.flags, target));
      if (id.valid() && s_->instances_[id.index].has_signature) id = Specialised(id);
      if (!id.valid()) {
        Error(Kind::kTooManyInstances, n, Sema::kMaxInstances);
        choice->seen = 1;  // that is enough
        choice->why.reported = true;
        return Visit::kNext;
      }
      Instance& inst = s_->instances_[id.index];
      if (!inst.has_signature && !inst.signature_failed) {
        if (!AllocateInfos(id)) {
          s_->instances_[id.index].signature_failed = true;
          choice->seen = 1;
          choice->why.reported = true;
          return Visit::kNext;
        }
        inst.has_signature = true;  // even if walking it fails
        PushFrame(id, tree().first(inst.node), SignatureEnd(inst.node), true, entity.is_template);
        return Visit::kAgain;
      }
      if (inst.signature_failed) {
        choice->failed = id;
        continue;
      }
      choice->only_instance = id;
      const size_t given = args.size() + (callees.postfix ? 1 : 0);
      const bool too_many = given > inst.num_params && !inst.is_variadic;
      if (too_many || given < inst.num_required) continue;
      for (size_t i = 0; i < args.size() && i < s_->instances_[id.index].num_params; ++i) {
        const TypeId wanted = s_->params_[s_->instances_[id.index].first_param + i].type;
        if (PrepareConversion(args[i], wanted) == Visit::kAgain) return Visit::kAgain;
      }
      uint64_t ranks = 0;
      uint64_t ties = 0;
      if (inst.has_this) {
        const bool changes = callees.self.is_const() && !inst.self.is_const();
        if (callees.self == TypeId() || changes) {
          const bool constructs = (entity.flags & function_flag::kConstructor) != 0;
          choice->only_lacks_object |= !constructs;
          if (!constructs) continue;
        }
        if (inst.self.is_const() && !callees.self.is_const()) AddRank(&ranks, 0, kPromotion);
      }
      bool fits = true;
      for (size_t i = 0; fits && i < args.size() && i < inst.num_params; ++i) {
        if (tree().kind(args[i]) == NodeKind::kInitList) continue;
        const ParamInfo param = s_->params_[inst.first_param + i];
        const Rank rank = RankOf(info(args[i]), WantedBy(param, args[i]));
        fits = rank != kNoConversion && !BindsNot(param, args[i]);
        AddRank(&ranks, i + (member ? 1 : 0), rank);
        AddRank(&ties, i + (member ? 1 : 0), TieOf(param, args[i]));
      }
      if (!fits) continue;
      const bool first = !choice->best.valid();
      int order = first ? -1 : CompareRanks(ranks, choice->ranks);
      if (order == 0 && ranks == choice->ranks) order = CompareRanks(ties, choice->ties);
      const bool wins = order < 0 || (order == 0 && choice->is_template && !entity.is_template);
      const bool loses = order > 0 || (order == 0 && !choice->is_template && entity.is_template);
      if (wins) {
        choice->best = id;
        choice->ranks = ranks;
        choice->ties = ties;
        choice->is_template = entity.is_template;
        choice->ambiguous = false;
      } else if (!loses) {
        choice->ambiguous = true;
      }
    }
  return Visit::kNext;
}

// Chooses among the functions of a call, or says why none fits.
WS_HD Walker::Visit Walker::ResolveCall(NodeId n, const Callees& callees,
                                        std::span<const NodeId> args, Target target,
                                        InstanceId* chosen) {
  const std::string_view name =
      callees.functions.valid() ? s_->NameOf(callees.functions) : token(callees.name).view();
  *chosen = InstanceId();
  Choice choice;
  if (Consider(n, callees, args, target, &choice) == Visit::kAgain) return Visit::kAgain;
  if (choice.best.valid() && !choice.ambiguous) {
    *chosen = choice.best;
    return Visit::kNext;
  }
  for (const NodeId arg : args) {
    if (info(arg).type == TypeId() && tree().kind(arg) != NodeKind::kInitList) {
      return Visit::kNext;  // reported already
    }
  }
  if (choice.ambiguous) {
    Error(Kind::kAmbiguousCall, n, name);
    return Visit::kNext;
  }
  if (choice.seen == 0) {
    Error(Kind::kUsedBeforeDeclared, callees.name, name);
    return Visit::kNext;
  }
  if (choice.seen == 1 && choice.why.reported && !choice.only_instance.valid()) {
    return Visit::kNext;
  }
  if (choice.only_lacks_object) {
    const Entity& entity = s_->entities_[choice.only.index];
    if (callees.self == TypeId()) {
      Error(Kind::kNeedsObject, callees.name, name, Spell(entity.scope));
    } else {
      Error(Kind::kConstObject, callees.name, name, Spell(callees.self));
    }
    return Visit::kNext;
  }
  if (choice.seen == 1 && choice.failed.valid() && ReportFailure(choice.failed)) {
    return Visit::kNext;
  }
  if (choice.seen == 1) {
    // With one candidate the mistake can be named.
    if (choice.only_instance.valid()) {
      const Instance& inst = s_->instances_[choice.only_instance.index];
      if (args.size() > inst.num_params || args.size() < inst.num_required) {
        Error(Kind::kWrongArgumentCount, n, name, inst.num_params,
              static_cast<int64_t>(args.size()));
        return Visit::kNext;
      }
      if (!CheckArguments(choice.only_instance, args)) return Visit::kNext;
    } else if (s_->entities_[choice.only.index].is_template) {
      CannotDeduce(n, choice.only, choice.why);
      return Visit::kNext;
    }
  }
  Error(Kind::kNoMatchingFunction, n, name);
  return Visit::kNext;
}

WS_HD std::string_view Walker::SpellRvalue(TypeId type) {
  const std::string_view name = Spell(type);
  char* const text = static_cast<char*>(s_->arena_->Allocate(name.size() + 2));
  if (text == nullptr) return name;
  for (size_t i = 0; i < name.size(); ++i) text[i] = name.data()[i];
  text[name.size()] = text[name.size() + 1] = '&';
  return {text, name.size() + 2};
}

// A T&& takes no lvalue of its type.
WS_HD bool Walker::BindsNot(const ParamInfo& param, NodeId arg) {
  if (!param.is_rvalue || !IsLvalue(arg)) return false;
  return types().IsOrDerives(info(arg).type, types().StripReference(param.type)) ||
         types().SameObject(info(arg).type, types().StripReference(param.type));
}

// How well a reference binds where conversions are equal: T&& before const T& for what is no
// lvalue, T& before const T& for what is not const.
WS_HD uint32_t Walker::TieOf(const ParamInfo& param, NodeId arg) {
  if (kind(param.type) != TypeKind::kReference) return 0;
  const TypeId object = types().Element(param.type);
  if (IsLvalue(arg)) {
    const uint32_t more = object.index & 3 & ~info(arg).type.index;
    return more != 0 ? 1 : 0;
  }
  return param.is_rvalue ? 0 : 1;
}

WS_HD TypeId Walker::WantedBy(const ParamInfo& param, NodeId arg) {
  if (kind(param.type) != TypeKind::kReference || !param.node.valid()) return param.type;
  if (info(arg).category == Category::kLvalue || tree().kind(arg) == NodeKind::kInitList) {
    return param.type;
  }
  return param.is_rvalue ? types().Element(param.type).Unqualified() : param.type;
}

// The constructors that make the default arguments of a call with so many arguments.
WS_HD void Walker::UseDefaults(InstanceId callee, size_t given) {
  const Instance inst = s_->instances_[callee.index];
  for (size_t i = given; i < inst.num_params; ++i) {
    const ParamInfo param = s_->params_[inst.first_param + i];
    if (!param.has_default || param.type == TypeId()) continue;
    const TypeId object = types().StripReference(param.type);
    if (kind(object) != TypeKind::kStruct || !types().NeedsInit(object)) continue;
    // Not one that has such arguments itself.
    const InstanceId maker = s_->DefaultConstructor(object, Side());
    const Instance made = maker.valid() ? s_->instances_[maker.index] : Instance();
    for (uint32_t k = 0; k < made.num_params; ++k) {
      const TypeId part = s_->params_[made.first_param + k].type;
      if (part == TypeId() || kind(types().StripReference(part)) != TypeKind::kStruct) continue;
      Error(Kind::kUnsupported, param.node, "a default argument within a default argument");
      return;
    }
    RequireDefault(param.node, object);
  }
}

WS_HD bool Walker::CheckArguments(InstanceId callee, std::span<const NodeId> args) {
  const Instance inst = s_->instances_[callee.index];
  bool ok = true;
  UseDefaults(callee, args.size());
  for (size_t i = 0; i < args.size() && i < inst.num_params; ++i) {
    const ParamInfo param = s_->params_[inst.first_param + i];
    if (tree().kind(args[i]) != NodeKind::kInitList && BindsNot(param, args[i])) {
      Error(Kind::kCannotConvert, args[i], Spell(info(args[i]).type),
            SpellRvalue(types().StripReference(param.type)));
      ok = false;
      continue;
    }
    ok &= CheckConvert(args[i], WantedBy(param, args[i]));
  }
  return ok;
}

// (f)(x) calls f.
WS_HD NodeId Walker::WithoutParens(NodeId n) const {
  while (tree().kind(n) == NodeKind::kParen) n = NodeId(n.index - 1);
  return n;
}

WS_HD Walker::Visit Walker::VisitCall(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  if (kids.size() > kMaxArguments + 1) {
    Error(Kind::kTooManyArguments, n, kMaxArguments);
    return Visit::kNext;
  }
  NodeId copy[kMaxArguments + 1];
  for (size_t i = 0; i < kids.size(); ++i) copy[i] = kids[i];
  const NodeId callee = WithoutParens(copy[0]);
  const std::span<const NodeId> args(copy + 1, kids.size() - 1);
  const NodeInfo function = info(callee);
  // Functions of a builtin's name that take objects of structs.
  Found overloads;
  if (function.category == Category::kBuiltin) {
    bool objects = false;
    for (const NodeId arg : args) objects |= kind(info(arg).type) == TypeKind::kStruct;
    if (objects) {
      overloads.Add(GlobalIn(token(callee).name, 0));
      AddByArguments(callee, args, &overloads);
    }
    if (overloads.count == 0) {
      CallBuiltin(n, callee, args);
      return Visit::kNext;
    }
  }
  if (function.category == Category::kVectorMethod) {
    CallVectorMethod(n, callee, args);
    return Visit::kNext;
  }
  if (function.category == Category::kLimit) {
    CallLimit(n, callee, args.size());
    return Visit::kNext;
  }
  if (function.type == TypeId() && overloads.count == 0) return Visit::kNext;
  if (kind(function.type) == TypeKind::kSignature || types().IsFunctionPointer(function.type)) {
    current().calls_through = true;
    const bool direct = kind(function.type) == TypeKind::kSignature;
    CallThrough(n, direct ? function.type.Unqualified() : types().Element(function.type), args);
    return Visit::kNext;
  }
  const NodeKind written = tree().kind(callee);
  if (function.category == Category::kFunction && function.bits != 0) {
    CallNamed(n, callee, args);
    return Visit::kNext;
  }
  if (function.category == Category::kFunction && written != NodeKind::kName &&
      written != NodeKind::kMember) {  // (*f)(x)
    const TypeId pointer = TypeAsValue(callee);
    if (types().IsFunctionPointer(pointer) && CheckConvert(callee, pointer)) {
      CallThrough(n, types().Element(pointer), args);
      return Visit::kNext;
    }
  }
  Callees callees;
  callees.name = callee;
  if (overloads.count > 0) {
    callees.others = overloads;
    callees.functions = overloads.first();
  } else if (kind(function.type) == TypeKind::kStruct) {  // an object with operator()
    callees.functions = FindOperator(function.type, TokenKind::kLeftParen);
    callees.object = callee;
    callees.self = function.type;
  } else if (function.category == Category::kFunction && tree().kind(callee) == NodeKind::kMember) {
    callees.functions = function.entity;
    callees.object = tree().ObjectOf(callee);
    callees.self = info(callees.object).type;
    if (tree().data(callee) == 1) {
      const InstanceId arrow(info(callees.object).conversion);
      if (kind(callees.self) == TypeKind::kStruct && arrow.index != 0) {
        callees.self = types().StripReference(s_->instances_[arrow.index].result);
      }
      callees.self = types().Element(types().Decay(callees.self));
    }
  } else if (function.category == Category::kFunction && tree().kind(callee) == NodeKind::kName) {
    const bool member = s_->entities_[function.entity.index].scope != TypeId();
    if (member) {
      callees.functions = function.entity;
    } else {
      callees.others = FindNamed(callee);
      if (QualifyingSpace(callee) == Spaces::kNone) AddByArguments(callee, args, &callees.others);
      callees.functions = callees.others.first();
      if (!callees.functions.valid()) {
        ReportUnknown(callee);
        return Visit::kNext;
      }
    }
    if (member && current().has_this) callees.self = current().self;
  }
  if (!callees.functions.valid()) {
    Error(Kind::kNotAFunction, copy[0]);
    return Visit::kNext;
  }
  // Functions of a builtin's name that take something else do not hide it.
  if (written == NodeKind::kName && tree().data(callee) == 0 && callees.self == TypeId() &&
      tree().begin_token(callee) == tree().token(callee) &&
      FindBuiltin(token(callee).view()).count > 0) {
    Choice choice;
    if (Consider(n, callees, args, Side(), &choice) == Visit::kAgain) return Visit::kAgain;
    if (!choice.best.valid() && !choice.ambiguous) {
      builtins_[token(callee).name.index] = FindBuiltin(token(callee).view());
      builtin_known_[token(callee).name.index] = 1;
      info(callee).category = Category::kBuiltin;
      info(callee).entity = EntityId();
      CallBuiltin(n, callee, args);
      return Visit::kNext;
    }
  }
  InstanceId id;
  if (ResolveCall(n, callees, args, Side(), &id) == Visit::kAgain) return Visit::kAgain;
  if (!id.valid()) return Visit::kNext;
  if (DeduceResult(n, id) == Visit::kAgain) return Visit::kAgain;
  const Instance inst = s_->instances_[id.index];
  bool folded = false;
  if (CheckArguments(id, args) && inst.target == Side() && inst.self == TypeId() &&
      FoldCall(n, id, args, &folded) == Visit::kAgain) {
    return Visit::kAgain;
  }
  if (!folded) FinishCall(n, id, callees);
  return Visit::kNext;
}

// Whether a conditional within the function asks for __CUDA_ARCH__, which is defined for both
// sides.
WS_HD bool Walker::AsksArch(NodeId function) const {
  const Vec<uint32_t>& asked = s_->names_->arch_asked();
  uint32_t low = 0;
  uint32_t high = asked.size();
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (asked[middle] > tree().begin_token(function).index) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low < asked.size() && asked[low] < tree().end_token(function).index;
}

// The code being walked calls the instance.
WS_HD void Walker::UseFunction(InstanceId id, NodeId n) {
  const Target side = Side();
  const Instance inst = s_->instances_[id.index];
  const std::string_view name = s_->NameOf(inst.function);
  if (inst.target == Target::kKernel) {
    Error(Kind::kKernelNeedsLaunch, n, name);
  } else if (inst.target != side) {
    Error(side == Target::kHost ? Kind::kDeviceFunctionOnHost : Kind::kHostFunctionOnDevice, n,
          name);
  } else if (!inst.has_body && !s_->entities_[inst.function.index].slot.valid()) {
    Error(Kind::kNoDefinition, n, name);
  } else if (side == Target::kHost && AsksArch(inst.node)) {
    Error(Kind::kUnsupported, n, "a call on the host of a function that asks for __CUDA_ARCH__");
  }
  s_->instances_[id.index].is_used = true;
  Queue(id);
  calls_.push_back({frames_.back().instance, id, n});
  if (inst.function.valid() && s_->entities_[inst.function.index].slot.valid()) {
    current().calls_through = true;
  }
}

// `n` calls the instance with arguments that have been checked.
WS_HD void Walker::FinishCall(NodeId n, InstanceId id, const Callees& callees) {
  UseFunction(id, n);
  const Instance inst = s_->instances_[id.index];
  const Entity entity = s_->entities_[inst.function.index];
  if (entity.scope != TypeId() && (entity.flags & function_flag::kPrivate) != 0 &&
      !CanAccess(entity.scope)) {
    Error(Kind::kPrivateMember, n, s_->NameOf(inst.function), Spell(entity.scope));
  }
  if (callees.object.valid()) MarkAddressTaken(callees.object);
  SetValue(n, inst.result, false);
  NodeInfo& out = info(n);
  if (inst.result != TypeId() && kind(inst.result) == TypeKind::kReference) {
    out.type = types().Element(inst.result);
    out.category = Category::kLvalue;
    out.moved = inst.moves;
  }
  out.entity = inst.function;
  out.bits = id.index;
}

// A call of a constexpr function with constants is a constant. kAgain: a body is being walked
// first.
WS_HD Walker::Visit Walker::FoldCall(NodeId n, InstanceId callee, std::span<const NodeId> args,
                                     bool* folded) {
  const Instance inst = s_->instances_[callee.index];
  const uint32_t flags = s_->entities_[inst.function.index].flags;
  if ((flags & function_flag::kConstexpr) == 0 || !inst.has_body) return Visit::kNext;
  const bool gives_function = types().IsFunctionPointer(inst.result);
  if (!IsArithmeticKind(kind(types().Underlying(inst.result))) && !gives_function) {
    return Visit::kNext;
  }
  uint64_t values[kMaxArguments];
  for (uint32_t i = 0; i < inst.num_params; ++i) {
    const ParamInfo& param = s_->params_[inst.first_param + i];
    if (i >= args.size()) {
      values[i] = param.default_bits;
      continue;
    }
    const TypeId type = types().StripReference(param.type);
    if (!IsArithmeticKind(kind(types().Underlying(type))) ||
        kind(info(args[i]).type) == TypeKind::kNullptr || !ConstantAs(args[i], type, &values[i])) {
      return Visit::kNext;
    }
  }
  ConstEval eval(*s_->arena_, *s_, &eval_fuel_);
  uint64_t bits = 0;
  switch (eval.Call(callee, std::span<const uint64_t>(values, inst.num_params), &bits)) {
    case ConstEval::Outcome::kValue:
      if (gives_function) {
        const InstanceId chosen(static_cast<uint32_t>(bits));
        if (bits == 0 || chosen.index >= s_->instances_.size()) return Visit::kNext;
        UseFunction(chosen, n);
        SetValue(n, inst.result, true);
        info(n).function = true;
        info(n).entity = s_->instances_[chosen.index].function;
        info(n).bits = bits;
        *folded = true;
        return Visit::kNext;
      }
      SetConstant(n, inst.result, bits);
      *folded = true;
      return Visit::kNext;
    case ConstEval::Outcome::kNeedsBody:
      return WalkBody(eval.missing()) ? Visit::kAgain : Visit::kNext;
    case ConstEval::Outcome::kNotConstant:
      not_folded_ = {n, frames_.back().instance, eval.stopped(), eval_fuel_ == 0};
      break;
  }
  return Visit::kNext;
}

// The expression has to be a constant and is none: says so, and why.
WS_HD void Walker::NotConstant(NodeId expr, const char* what) {
  Error(Kind::kNotConstant, expr, what);
  for (uint32_t i = tree().first(expr).index; i <= expr.index; ++i) {
    const NodeId n(i);
    const NodeInfo& here = info(n);
    if (here.constant || !here.entity.valid()) continue;
    const std::string_view name = s_->NameOf(here.entity);
    if (tree().kind(n) == NodeKind::kName && here.category == Category::kLvalue) {
      if (types().Decay(here.type) != here.type.Unqualified()) continue;  // an array
      Error(Kind::kNameNotConstant, n, name);
      return;
    }
    if (tree().kind(n) != NodeKind::kCall) continue;
    if ((s_->entities_[here.entity.index].flags & function_flag::kConstexpr) == 0) {
      Error(Kind::kCallNotConstexpr, n, name);
      return;
    }
    if (not_folded_.call != n || not_folded_.instance != frames_.back().instance) continue;
    if (not_folded_.too_long) {
      Error(Kind::kEvaluationStops, n, name, "it takes too many steps");
    } else if (not_folded_.stopped.valid()) {
      Error(Kind::kEvaluationStops, not_folded_.stopped, name, "this has no value at compile time");
    }
    return;
  }
}

// Has the body walked before the node at hand is visited again; false where that cannot be.
WS_HD bool Walker::WalkBody(InstanceId i) {
  for (const Frame& frame : frames_) {
    if (frame.instance == i) return false;  // being walked
  }
  const Instance inst = s_->instances_[i.index];
  if (inst.body_done || inst.signature_failed || !inst.has_signature) return false;
  EnterDefinition(i);
  if (!AllocateInfos(i)) return false;
  PushFrame(i, FirstOfBody(s_->instances_[i.index]), s_->instances_[i.index].node, false);
  return true;
}

WS_HD Walker::Visit Walker::VisitLaunch(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  if (kids.size() > kMaxArguments + 2) {
    Error(Kind::kTooManyArguments, n, kMaxArguments);
    return Visit::kNext;
  }
  NodeId copy[kMaxArguments + 2];
  for (size_t i = 0; i < kids.size(); ++i) copy[i] = kids[i];
  const NodeId callee = WithoutParens(copy[0]);
  const NodeId config = copy[1];
  const std::span<const NodeId> args(copy + 2, kids.size() - 2);
  const NodeInfo function = info(callee);
  SetValue(n, TypeId(TypeKind::kVoid), false);
  if (function.type == TypeId()) return Visit::kNext;
  const bool through = types().IsFunctionPointer(function.type);
  if (!through &&
      (function.category != Category::kFunction || tree().kind(callee) != NodeKind::kName)) {
    Error(Kind::kNotAFunction, callee);
    return Visit::kNext;
  }
  if (!in_function() || current().target != Target::kHost) {
    Error(Kind::kLaunchOnDevice, n);
    return Visit::kNext;
  }
  InstanceId id;
  if (through) {
    const TypeId signature = types().Element(function.type);
    if (kind(types().Element(signature)) != TypeKind::kVoid) {
      Error(Kind::kKernelResult, callee, "the pointer's function");
    }
    CheckPassed(n, signature, args);
  } else if (function.bits != 0) {  // a template parameter
    id = InstanceId(static_cast<uint32_t>(function.bits));
    const Instance& inst = s_->instances_[id.index];
    if (args.size() > inst.num_params || args.size() < inst.num_required) {
      Error(Kind::kWrongArgumentCount, n, s_->NameOf(inst.function), inst.num_params,
            static_cast<int64_t>(args.size()));
      id = InstanceId();
    }
  } else {
    Callees callees;
    callees.name = callee;
    callees.others = FindNamed(callee);
    callees.functions = callees.others.first();
    if (ResolveCall(n, callees, args, Target::kHost, &id) == Visit::kAgain) return Visit::kAgain;
  }
  const std::span<const NodeId> settings = Children(config);
  if (settings.size() < 2 || settings.size() > 4) {
    Error(Kind::kBadLaunchConfig, config, static_cast<int64_t>(settings.size()));
  }
  for (size_t i = 0; i < settings.size() && i < 4; ++i) {
    const TypeId wanted = i < 2    ? TypeId(TypeKind::kDim3)
                          : i == 2 ? TypeId(TypeKind::kULong)
                                   : TypeId(TypeKind::kStream);
    const NodeId setting = settings[i];
    if (tree().kind(setting) == NodeKind::kInitList) {
      Error(Kind::kUnsupported, setting, "a list here");
      break;
    }
    CheckConvert(setting, wanted);
  }
  if (!id.valid()) return Visit::kNext;
  const Instance inst = s_->instances_[id.index];
  const std::string_view name = s_->NameOf(inst.function);
  if (inst.target != Target::kKernel) {
    Error(Kind::kNotAKernel, n, name);
    return Visit::kNext;
  }
  if (!inst.has_body) Error(Kind::kNoDefinition, n, name);
  CheckArguments(id, args);
  s_->instances_[id.index].is_used = true;
  Queue(id);
  info(n).entity = inst.function;
  info(n).bits = id.index;
  return Visit::kNext;
}

}  // namespace ws::front
