// device-clean
// Which of the functions of a name a call means.
#include "front/operators.h"
#include "front/ranks.h"
#include "front/walker.h"

namespace ws::front {

// Looks through overloads for the best. kAgain: a signature is being walked first.
WS_HD Walker::Visit Walker::Consider(NodeId n, const Callees& callees, std::span<const NodeId> args,
                                     Target target, Choice* choice) {
  const bool written = callees.name.valid() && (tree().kind(callees.name) == NodeKind::kName ||
                                                (tree().kind(callees.name) == NodeKind::kMember));
  const NodeId name = written ? callees.name : NodeId();
  const size_t given = args.size() + (callees.postfix ? 1 : 0);
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
        const bool several = choice->seen > 1 || entity.next.valid();
        if (several && CannotTake(e, targs, given)) continue;
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

}  // namespace ws::front
