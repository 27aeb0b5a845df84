// device-clean
// Calls of the program's functions, and kernel launches.
#include "front/constants.h"
#include "front/ranks.h"
#include "front/walker.h"

namespace ws::front {

// Chooses among the functions named by `callee`. kAgain: a signature is being walked first.
WS_HD Walker::Visit Walker::ResolveCall(NodeId n, NodeId callee, std::span<const NodeId> args,
                                        Target target, InstanceId* chosen) {
  const std::string_view name = token(callee).view();
  *chosen = InstanceId();
  InstanceId best;
  uint64_t best_ranks = 0;
  bool best_template = false;
  bool ambiguous = false;
  uint32_t seen = 0;
  EntityId only;
  InstanceId only_instance;
  BadTemplateArg why;
  for (EntityId e = global_[token(callee).name.index]; e.valid(); e = s_->entities_[e.index].next) {
    const Entity entity = s_->entities_[e.index];
    if (tree().first(entity.type_node).index > n.index) continue;
    ++seen;
    only = e;
    only_instance = InstanceId();
    TemplateArg targs[kMaxTemplateParams];
    uint32_t num_targs = 0;
    if (entity.is_template) {
      if (!DeduceArgs(e, callee, args, targs, &num_targs, &why)) continue;
    } else if (tree().subtree_size(callee) > 1) {
      continue;
    }
    InstanceId id = FindInstance(e, targs, num_targs, TargetOf(entity.flags, target));
    if (id.valid() && s_->instances_[id.index].has_signature) id = Specialised(id);
    if (!id.valid()) {
      Error(Kind::kTooManyInstances, n, Sema::kMaxInstances);
      return Visit::kNext;
    }
    Instance& inst = s_->instances_[id.index];
    if (!inst.has_signature && !inst.signature_failed) {
      if (!AllocateInfos(id)) {
        s_->instances_[id.index].signature_failed = true;
        return Visit::kNext;
      }
      inst.has_signature = true;  // even if walking it fails
      PushFrame(id, tree().first(inst.node), FirstOfKind(inst.node, NodeKind::kParamList), true);
      return Visit::kAgain;
    }
    if (inst.signature_failed) continue;
    only_instance = id;
    if (args.size() > inst.num_params || args.size() < inst.num_required) continue;
    uint64_t ranks = 0;
    bool fits = true;
    for (size_t i = 0; fits && i < args.size(); ++i) {
      if (tree().kind(args[i]) == NodeKind::kInitList) continue;
      const Rank rank = RankOf(info(args[i]), s_->params_[inst.first_param + i].type);
      fits = rank != kNoConversion;
      AddRank(&ranks, i, rank);
    }
    if (!fits) continue;
    const int order = best.valid() ? CompareRanks(ranks, best_ranks) : -1;
    const bool wins = order < 0 || (order == 0 && best_template && !entity.is_template);
    const bool loses = order > 0 || (order == 0 && !best_template && entity.is_template);
    if (wins) {
      best = id;
      best_ranks = ranks;
      best_template = entity.is_template;
      ambiguous = false;
    } else if (!loses) {
      ambiguous = true;
    }
  }
  if (best.valid() && !ambiguous) {
    *chosen = best;
    return Visit::kNext;
  }
  for (const NodeId arg : args) {
    if (info(arg).type == TypeId() && tree().kind(arg) != NodeKind::kInitList) {
      return Visit::kNext;  // reported already
    }
  }
  if (ambiguous) {
    Error(Kind::kAmbiguousCall, n, name);
    return Visit::kNext;
  }
  if (seen == 0) {
    Error(Kind::kUsedBeforeDeclared, callee, name);
    return Visit::kNext;
  }
  if (seen == 1) {
    // With one candidate the mistake can be named.
    if (only_instance.valid()) {
      const Instance& inst = s_->instances_[only_instance.index];
      if (args.size() > inst.num_params || args.size() < inst.num_required) {
        Error(Kind::kWrongArgumentCount, n, name, inst.num_params,
              static_cast<int64_t>(args.size()));
        return Visit::kNext;
      }
      if (!CheckArguments(only_instance, args)) return Visit::kNext;
    } else if (s_->entities_[only.index].is_template) {
      CannotDeduce(n, only, why);
      return Visit::kNext;
    }
  }
  Error(Kind::kNoMatchingFunction, n, name);
  return Visit::kNext;
}

WS_HD bool Walker::CheckArguments(InstanceId callee, std::span<const NodeId> args) {
  const Instance inst = s_->instances_[callee.index];
  bool ok = true;
  for (size_t i = 0; i < args.size(); ++i) {
    ok &= CheckConvert(args[i], s_->params_[inst.first_param + i].type);
  }
  return ok;
}

WS_HD Walker::Visit Walker::VisitCall(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  if (kids.size() > kMaxArguments + 1) {
    Error(Kind::kTooManyArguments, n, kMaxArguments);
    return Visit::kNext;
  }
  NodeId copy[kMaxArguments + 1];
  for (size_t i = 0; i < kids.size(); ++i) copy[i] = kids[i];
  const NodeId callee = copy[0];
  const std::span<const NodeId> args(copy + 1, kids.size() - 1);
  const NodeInfo function = info(callee);
  if (function.category == Category::kBuiltin) {
    CallBuiltin(n, callee, args);
    return Visit::kNext;
  }
  if (function.category == Category::kVectorMethod) {
    CallVectorMethod(n, callee, args);
    return Visit::kNext;
  }
  if (function.category == Category::kLimit) {
    CallLimit(n, callee, args.size());
    return Visit::kNext;
  }
  if (function.type == TypeId()) return Visit::kNext;
  if (function.category != Category::kFunction || tree().kind(callee) != NodeKind::kName) {
    Error(Kind::kNotAFunction, callee);
    return Visit::kNext;
  }
  const Target caller = in_function() ? current().target : Target::kHost;
  const Target side = caller == Target::kHost ? Target::kHost : Target::kDevice;
  InstanceId id;
  if (ResolveCall(n, callee, args, side, &id) == Visit::kAgain) return Visit::kAgain;
  if (!id.valid()) return Visit::kNext;
  const Instance inst = s_->instances_[id.index];
  const std::string_view name = s_->NameOf(inst.function);
  if (inst.target == Target::kKernel) {
    Error(Kind::kKernelNeedsLaunch, n, name);
  } else if (inst.target != side) {
    Error(side == Target::kHost ? Kind::kDeviceFunctionOnHost : Kind::kHostFunctionOnDevice, n,
          name);
  } else if (!inst.has_body) {
    Error(Kind::kNoDefinition, n, name);
  }
  bool folded = false;
  if (CheckArguments(id, args) && inst.target == side &&
      FoldCall(n, id, args, &folded) == Visit::kAgain) {
    return Visit::kAgain;
  }
  if (folded) return Visit::kNext;
  s_->instances_[id.index].is_used = true;
  Queue(id);
  calls_.push_back({frames_.back().instance, id, n});
  SetValue(n, inst.result, false);
  info(n).entity = inst.function;
  info(n).bits = id.index;
  return Visit::kNext;
}

// A call of a constexpr function with constants is a constant. kAgain: a body is being walked
// first.
WS_HD Walker::Visit Walker::FoldCall(NodeId n, InstanceId callee, std::span<const NodeId> args,
                                     bool* folded) {
  const Instance inst = s_->instances_[callee.index];
  const uint32_t flags = s_->entities_[inst.function.index].flags;
  if ((flags & function_flag::kConstexpr) == 0 || !inst.has_body) return Visit::kNext;
  if (!IsArithmeticKind(kind(inst.result))) return Visit::kNext;
  uint64_t values[kMaxArguments];
  for (uint32_t i = 0; i < inst.num_params; ++i) {
    const ParamInfo& param = s_->params_[inst.first_param + i];
    if (i >= args.size()) {
      values[i] = param.default_bits;
      continue;
    }
    const TypeId type = types().StripReference(param.type);
    if (!IsArithmeticKind(kind(type)) || kind(info(args[i]).type) == TypeKind::kNullptr ||
        !ConstantAs(args[i], type, &values[i])) {
      return Visit::kNext;
    }
  }
  ConstEval eval(*s_->arena_, *s_, &eval_fuel_);
  uint64_t bits = 0;
  switch (eval.Call(callee, std::span<const uint64_t>(values, inst.num_params), &bits)) {
    case ConstEval::Outcome::kValue:
      SetConstant(n, inst.result, bits);
      *folded = true;
      return Visit::kNext;
    case ConstEval::Outcome::kNeedsBody:
      return WalkBody(eval.missing()) ? Visit::kAgain : Visit::kNext;
    case ConstEval::Outcome::kNotConstant:
      break;
  }
  return Visit::kNext;
}

// Has the body walked before the node at hand is visited again; false where that cannot be.
WS_HD bool Walker::WalkBody(InstanceId i) {
  for (const Frame& frame : frames_) {
    if (frame.instance == i) return false;  // being walked
  }
  const Instance inst = s_->instances_[i.index];
  if (inst.body_done || inst.signature_failed || !inst.has_signature) return false;
  if (!AllocateInfos(i)) return false;
  PushFrame(i, tree().first(inst.node), inst.node, false);
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
  const NodeId callee = copy[0];
  const NodeId config = copy[1];
  const std::span<const NodeId> args(copy + 2, kids.size() - 2);
  const NodeInfo function = info(callee);
  SetValue(n, TypeId(TypeKind::kVoid), false);
  if (function.type == TypeId()) return Visit::kNext;
  if (function.category != Category::kFunction || tree().kind(callee) != NodeKind::kName) {
    Error(Kind::kNotAFunction, callee);
    return Visit::kNext;
  }
  if (!in_function() || current().target != Target::kHost) {
    Error(Kind::kLaunchOnDevice, n);
    return Visit::kNext;
  }
  InstanceId id;
  if (ResolveCall(n, callee, args, Target::kHost, &id) == Visit::kAgain) return Visit::kAgain;
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
