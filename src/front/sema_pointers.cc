// device-clean
// Functions as values: their names where a pointer is wanted, calls through pointers, and template
// parameters that stand for functions.
#include "front/walker.h"

namespace ws::front {
namespace {

// Of a template argument that is a function: the instance that it names, where it is one, stands
// behind this bit; else the bits are its entity.
constexpr uint64_t kIsInstance = uint64_t{1} << 32;

}  // namespace

// Where what the code at n names will run: at file scope that is told by the variable.
WS_HD Target Walker::SideAt(NodeId n) {
  if (in_function()) return Side();
  if (!file_variable_.valid() || file_variable_.index < n.index ||
      tree().first(file_variable_).index > n.index) {
    uint32_t i = n.index + 1;
    while (i < tree().size() && (tree().kind(NodeId(i)) != NodeKind::kVarDecl ||
                                 tree().first(NodeId(i)).index > n.index)) {
      ++i;
    }
    if (i == tree().size()) return Target::kHost;
    file_variable_ = NodeId(i);
  }
  constexpr uint32_t kOnDevice = storage_flag::kDevice | storage_flag::kConstant;
  const bool on_device = (tree().data(file_variable_) & kOnDevice) != 0;
  return on_device ? Target::kDevice : Target::kHost;
}

WS_HD TypeId Walker::SignatureOf(InstanceId id) {
  const Instance& inst = s_->instances_[id.index];
  if (!inst.has_signature || inst.signature_failed) return {};
  Vec<TypeId> params(*s_->arena_);
  for (uint32_t i = 0; i < inst.num_params; ++i) {
    params.push_back(s_->params_[inst.first_param + i].type);
    if (params.back() == TypeId()) return {};
  }
  return types().Signature(inst.result, params.span());
}

// The instance of the same function, with the same template arguments, that `side` calls.
WS_HD InstanceId Walker::InstanceFor(InstanceId own, Target side) {
  const Instance from = s_->instances_[own.index];
  const Target target = TargetOf(s_->entities_[from.function.index].flags, side);
  if (from.target == target) return own;
  TemplateArg args[kMaxTemplateParams];
  for (uint32_t i = 0; i < from.asked_args && i < kMaxTemplateParams; ++i) {
    args[i] = s_->args_[from.first_arg + from.num_args + i];
  }
  const InstanceId id = FindInstance(from.function, args, from.asked_args, target);
  if (!id.valid() || s_->instances_[id.index].has_signature) return id;
  if (!AllocateInfos(id)) return {};
  // The signature is the same on both sides.
  Instance& made = s_->instances_[id.index];
  for (uint32_t i = 0; i < from.num_args; ++i) {
    s_->args_[made.first_arg + i] = s_->args_[from.first_arg + i];
  }
  made.has_signature = true;
  made.signature_failed = from.signature_failed;
  made.result = from.result;
  made.moves = from.moves;
  made.deduces = from.deduces;
  made.first_param = s_->params_.size();
  made.num_params = from.num_params;
  made.num_required = from.num_required;
  for (uint32_t i = 0; i < from.num_params; ++i) {
    const ParamInfo param = s_->params_[from.first_param + i];
    s_->params_.push_back(param);
  }
  return id;
}

WS_HD InstanceId Walker::ChooseFunction(const NodeInfo& from, TypeId signature, Target side) {
  if (from.category != Category::kFunction || !from.entity.valid()) return {};
  if (from.bits != 0) {
    const InstanceId id(static_cast<uint32_t>(from.bits));
    const bool fits = signature == TypeId() || SignatureOf(id) == signature;
    return fits ? InstanceFor(id, side) : InstanceId();
  }
  InstanceId chosen;
  for (EntityId e = from.entity; e.valid(); e = s_->entities_[e.index].next) {
    const Entity& entity = s_->entities_[e.index];
    if (entity.kind != EntityKind::kFunction || entity.is_template) continue;
    const InstanceId own(static_cast<uint32_t>(entity.bits));
    if (s_->instances_[own.index].has_this) continue;
    if (signature != TypeId() && SignatureOf(own) != signature) continue;
    if (chosen.valid()) return {};
    chosen = own;
  }
  return chosen.valid() ? InstanceFor(chosen, side) : chosen;
}

WS_HD TypeId Walker::TypeAsValue(NodeId n) {
  const NodeInfo from = info(n);
  if (from.category != Category::kFunction) return from.type;
  const InstanceId id = ChooseFunction(from, {}, SideAt(n));
  if (!id.valid() || (HasAuto(s_->instances_[id.index].result))) return from.type;
  const TypeId signature = SignatureOf(id);
  return signature == TypeId() ? signature : types().Pointer(signature);
}

// The name of a function becomes its address, where a value of type `to` is wanted.
WS_HD void Walker::TakeFunction(NodeId expr, TypeId to) {
  const Target side = SideAt(expr);
  const TypeId pointer = types().StripReference(to).Unqualified();
  const TypeId signature = types().IsFunctionPointer(pointer) ? types().Element(pointer) : TypeId();
  const InstanceId id = ChooseFunction(info(expr), signature, side);
  if (!id.valid()) return;
  const Instance inst = s_->instances_[id.index];
  const std::string_view name = s_->NameOf(inst.function);
  if (inst.target == Target::kKernel) {
    if (side != Target::kHost) Error(Kind::kKernelNeedsLaunch, expr, name);
  } else if (inst.target != side) {
    Error(side == Target::kHost ? Kind::kDeviceFunctionOnHost : Kind::kHostFunctionOnDevice, expr,
          name);
  }
  if (!inst.has_body) Error(Kind::kNoDefinition, expr, name);
  s_->instances_[id.index].is_used = true;
  Queue(id);
  calls_.push_back({frames_.back().instance, id, expr});
  SetValue(expr, types().Pointer(SignatureOf(id)), true);
  NodeInfo& out = info(expr);
  out.function = true;
  out.constant = false;
  out.entity = inst.function;
  out.bits = id.index;
}

// f<float> where it is not called: its instance. kAgain: a signature is being walked first.
WS_HD Walker::Visit Walker::InstantiateNamed(NodeId n) {
  const NodeInfo named = info(n);
  if (named.category == Category::kNone && named.entity.valid() &&
      s_->entities_[named.entity.index].is_template) {
    return InstantiateVariable(n, named.entity);
  }
  if (named.category != Category::kFunction || !named.entity.valid() || named.bits != 0 ||
      !FirstOfKind(n, NodeKind::kTemplateArgs).valid()) {
    return Visit::kNext;
  }
  // Not where it is called; behind >> of which one closes other arguments it is not.
  const uint32_t end = tree().end_token(n).index;
  const TokenKind last = (*s_->tokens_)[end - 1].kind;
  const TokenKind next = (*s_->tokens_)[end].kind;
  const bool inside = last == TokenKind::kGreaterGreater || last == TokenKind::kLaunchClose;
  if (!inside && (next == TokenKind::kLeftParen || next == TokenKind::kLaunchOpen)) {
    return Visit::kNext;
  }
  for (EntityId e = named.entity; e.valid(); e = s_->entities_[e.index].next) {
    const Entity entity = s_->entities_[e.index];
    if (entity.kind != EntityKind::kFunction || !entity.is_template) continue;
    TemplateArg args[kMaxTemplateParams];
    uint32_t count = 0;
    BadTemplateArg why;
    if (!DeduceArgs(e, n, {}, args, &count, &why)) continue;
    InstanceId id = FindInstance(e, args, count, TargetOf(entity.flags, SideAt(n)));
    if (id.valid() && s_->instances_[id.index].has_signature) id = Specialised(id);
    if (!id.valid()) {
      Error(Kind::kTooManyInstances, n, Sema::kMaxInstances);
      return Visit::kNext;
    }
    Instance& inst = s_->instances_[id.index];
    if (!inst.has_signature && !inst.signature_failed) {
      if (!AllocateInfos(id)) return Visit::kNext;
      s_->instances_[id.index].has_signature = true;
      const NodeId node = s_->instances_[id.index].node;
      PushFrame(id, tree().first(node), SignatureEnd(node), true, true);
      return Visit::kAgain;
    }
    if (inst.signature_failed) continue;
    info(n).bits = id.index;
    return Visit::kNext;
  }
  return Visit::kNext;
}

// A name of a template parameter that stands for a function.
WS_HD void Walker::NameParameter(NodeId n, const Entity& entity) {
  NodeInfo& out = info(n);
  out.type = TypeId(TypeKind::kFunction);
  out.category = Category::kFunction;
  const uint32_t which = static_cast<uint32_t>(entity.bits);
  const bool is_instance = (entity.bits & kIsInstance) != 0;
  out.entity = is_instance ? s_->instances_[which].function : EntityId(which);
  out.bits = is_instance ? which : 0;
}

WS_HD bool Walker::CheckPassed(NodeId n, TypeId signature, std::span<const NodeId> args) {
  const uint32_t count = static_cast<uint32_t>(types().SignatureParams(signature).size());
  if (args.size() != count) {
    Error(Kind::kWrongArgumentCount, n, "the pointer's function", count,
          static_cast<int64_t>(args.size()));
    return false;
  }
  bool ok = true;
  for (uint32_t i = 0; i < count; ++i) {
    // The table of lists may move.
    const TypeId param = types().SignatureParams(signature)[i];
    if (types().NeedsDestroy(param)) {
      Error(Kind::kUnsupported, args[i], "a parameter of a type with a destructor");
    }
    ok = CheckConvert(args[i], param) && ok;
  }
  return ok;
}

// A call through a pointer to a function.
WS_HD void Walker::CallThrough(NodeId n, TypeId signature, std::span<const NodeId> args) {
  CheckPassed(n, signature, args);
  const TypeId result = types().Element(signature);
  SetValue(n, result, false);
  if (kind(result) == TypeKind::kReference) {
    info(n).type = types().Element(result);
    info(n).category = Category::kLvalue;
  }
}

// A call of the function that a template parameter stands for.
WS_HD void Walker::CallNamed(NodeId n, NodeId callee, std::span<const NodeId> args) {
  const InstanceId id = ChooseFunction(info(callee), {}, Side());
  if (!id.valid()) {
    Error(Kind::kNotAFunction, callee);
    return;
  }
  const Instance inst = s_->instances_[id.index];
  if (args.size() > inst.num_params || args.size() < inst.num_required) {
    Error(Kind::kWrongArgumentCount, n, s_->NameOf(inst.function), inst.num_params,
          static_cast<int64_t>(args.size()));
    return;
  }
  CheckArguments(id, args);
  FinishCall(n, id, {});
}

// Deduces from T (*)(T, U): the types of a function's parameters that are nothing but template
// parameters.
WS_HD bool Walker::MatchFunctionOp(NodeId op, TypeId signature, const NameId* names,
                                   TemplateArg* out, uint32_t count) {
  if (kind(signature) != TypeKind::kSignature) return false;
  const Vec<NodeId> written = ChildList(op);
  if (written.size() != types().SignatureParams(signature).size()) return false;
  for (uint32_t i = 0; i < written.size(); ++i) {
    if (tree().subtree_size(written[i]) != 2) continue;
    const NodeId spec(written[i].index - 1);
    const TypeId given = types().SignatureParams(signature)[i];
    for (uint32_t v = 0; v < count; ++v) {
      if (!names[v].valid() || names[v] != token(spec).name) continue;
      if (out[v].known) {
        if (out[v].deduced && out[v].type != given) return false;
        continue;
      }
      out[v] = {given, 0, true, true};
      out[v].deduced = true;
    }
  }
  return true;
}

}  // namespace ws::front
