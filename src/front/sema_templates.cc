// device-clean
// Instances of functions, and the deduction of template arguments.
#include "front/constants.h"
#include "front/walker.h"

namespace ws::front {

// Where a function with these flags runs when called from `caller`.
WS_HD Target Walker::TargetOf(uint32_t flags, Target caller) const {
  if ((flags & function_flag::kGlobal) != 0) return Target::kKernel;
  const bool device = (flags & function_flag::kDevice) != 0;
  const bool host = (flags & function_flag::kHost) != 0;
  const bool either =
      (device && host) || (!device && !host && (flags & function_flag::kConstexpr) != 0);
  if (either && caller == Target::kHost) return Target::kHost;
  if (either && (caller != Target::kFile || device)) return Target::kDevice;
  return device ? Target::kDevice : Target::kHost;
}

WS_HD InstanceId Walker::FindInstance(EntityId function, const TemplateArg* args, uint32_t count,
                                      Target target) {
  const Entity& entity = s_->entities_[function.index];
  if (!entity.is_template) {
    const InstanceId own(static_cast<uint32_t>(entity.bits));
    if (s_->instances_[own.index].target == target) return own;
  }
  for (uint32_t i = 1; i < s_->instances_.size(); ++i) {
    const Instance& inst = s_->instances_[i];
    if (inst.function != function || inst.target != target || inst.asked_args != count) continue;
    bool same = true;
    for (uint32_t k = 0; same && k < count; ++k) {
      // As it was asked for; defaults and conversions may have changed the arguments since.
      same = s_->args_[inst.first_arg + inst.num_args + k] == args[k];
    }
    if (same) return InstanceId(i);
  }
  if (s_->instances_.size() >= Sema::kMaxInstances) return {};
  Instance inst;
  inst.function = function;
  inst.node = entity.node;
  inst.target = target;
  inst.has_body = tree().kind(NodeId(entity.node.index - 1)) == NodeKind::kCompound;
  inst.first_arg = s_->args_.size();
  inst.num_args = inst.asked_args = count;
  for (uint32_t twice = 0; twice < 2; ++twice) {
    for (uint32_t k = 0; k < count; ++k) s_->args_.push_back(args[k]);
  }
  s_->instances_.push_back(inst);
  return InstanceId(s_->instances_.size() - 1);
}

// Matches one parameter as written against an argument's type: T, const T*, T&, T (&)[N].
WS_HD bool Walker::DeduceFromParam(NodeId param, NodeId arg, const NameId* names, TemplateArg* out,
                                   uint32_t count) {
  const TypeId given = info(arg).type;
  if (given == TypeId()) return true;
  const NodeId declarator = tree().LastChild(param);
  const NodeId spec(link_[param.index]);
  uint32_t which = count;  // the template parameter that the element's type names, if any
  if (static_cast<BuiltinType>(tree().data(spec) >> 8) == BuiltinType::kNamed) {
    which = 0;
    while (which < count && names[which] != token(spec).name) ++which;
  }

  // Declarator operators from the outermost type inwards. The last one is applied last, and of a
  // run of array bounds the first is outermost.
  NodeId ops[16];
  uint32_t num_ops = 0;
  for (NodeId c = tree().LastChild(declarator); c.valid(); c = tree().PrevSibling(declarator, c)) {
    const NodeKind k = tree().kind(c);
    if (k != NodeKind::kPtrOp && k != NodeKind::kRefOp && k != NodeKind::kArrayOp) continue;
    if (num_ops == 16) return false;
    ops[num_ops++] = c;
  }
  for (uint32_t i = 0; i < num_ops;) {
    uint32_t end = i;
    while (end < num_ops && tree().kind(ops[end]) == NodeKind::kArrayOp) ++end;
    for (uint32_t a = i, b = end; a + 1 < b; ++a) {
      --b;
      const NodeId swap = ops[a];
      ops[a] = ops[b];
      ops[b] = swap;
    }
    i = end > i ? end : i + 1;
  }
  TypeId type = given;
  bool by_reference = false;
  for (uint32_t i = 0; i < num_ops; ++i) {
    const NodeKind k = tree().kind(ops[i]);
    if (k == NodeKind::kRefOp) {
      by_reference = true;
      continue;
    }
    if (k == NodeKind::kArrayOp && by_reference) {
      if (kind(type) != TypeKind::kArray) return false;
      const NodeId size(ops[i].index - 1);
      if (tree().subtree_size(ops[i]) > 1 && tree().kind(size) == NodeKind::kName) {
        for (uint32_t v = 0; v < count; ++v) {
          if (names[v] == token(size).name && !out[v].known) {
            out[v] = {TypeId(TypeKind::kULong), types().Info(type).count, false, true};
          }
        }
      }
    } else {
      type = types().Decay(type);
      if (kind(type) != TypeKind::kPointer) return which == count;
    }
    type = types().Element(type);
  }
  if (which == count) return true;
  if (num_ops == 0) type = types().Decay(type);
  if ((tree().data(spec) & qualifier::kConst) != 0 || (num_ops == 1 && by_reference)) {
    const bool keeps = by_reference && (tree().data(spec) & qualifier::kConst) == 0;
    if (!keeps) type = type.Unqualified();
  }
  if (out[which].known)
    return !out[which].is_type || !out[which].deduced || out[which].type == type;
  out[which] = {type, 0, true, true};
  out[which].deduced = true;
  return true;
}

// Template arguments of a call: written ones first, then from the arguments; defaults are filled in
// when the signature is walked.
WS_HD bool Walker::DeduceArgs(EntityId function, NodeId callee, std::span<const NodeId> args,
                              TemplateArg* out, uint32_t* count, BadTemplateArg* why) {
  *why = BadTemplateArg();
  const NodeId node = s_->entities_[function.index].node;
  const NodeId list = FirstOfKind(node, NodeKind::kTemplateParams);
  NameId names[kMaxTemplateParams];
  NodeId declared[kMaxTemplateParams];
  uint32_t num = 0;
  for (const NodeId p : Children(list)) {
    if (num == kMaxTemplateParams) return false;
    NodeId named = p;
    if (tree().kind(p) == NodeKind::kTemplateValueParam) named = tree().LastChild(p);
    names[num] = token(named).name;
    declared[num] = p;
    out[num] = TemplateArg();
    ++num;
  }
  *count = num;
  if (callee.valid() && tree().subtree_size(callee) > 1) {
    const NodeId written(callee.index - 1);
    uint32_t at = 0;
    for (const NodeId arg : Children(written)) {
      if (at == num) return false;
      const NodeInfo& value = info(arg);
      why->reported = value.type == TypeId();
      if (why->reported) return false;
      const bool is_type = value.category == Category::kType;
      if (is_type == (tree().kind(declared[at]) == NodeKind::kTemplateValueParam) ||
          (!is_type && !value.constant)) {
        why->arg = arg;
        why->param = declared[at];
        return false;
      }
      out[at] = is_type ? TemplateArg{value.type, 0, true, true}
                        : TemplateArg{value.type.Unqualified(), value.bits, false, true};
      ++at;
    }
  }
  const NodeId params = FirstOfKind(node, NodeKind::kParamList);
  size_t at = 0;
  for (const NodeId p : Children(params)) {
    if (at == args.size()) break;
    if (tree().kind(args[at]) != NodeKind::kInitList &&
        !DeduceFromParam(p, args[at], names, out, num)) {
      return false;
    }
    ++at;
  }
  return true;
}

// The call at `n` of the only function of its name leaves template arguments open.
WS_HD void Walker::CannotDeduce(NodeId n, EntityId function, const BadTemplateArg& why) {
  if (why.reported) return;
  const std::string_view name = s_->NameOf(function);
  if (!why.arg.valid()) {
    Error(Kind::kCannotDeduce, n, name);
    return;
  }
  const bool wants_value = tree().kind(why.param) == NodeKind::kTemplateValueParam;
  if (wants_value && info(why.arg).category != Category::kType) {
    Error(Kind::kNotConstant, why.arg, "a template argument");
    return;
  }
  const NodeId named = wants_value ? tree().LastChild(why.param) : why.param;
  Error(Kind::kTemplateArgumentKind, why.arg, token(named).view(), wants_value ? "value" : "type",
        name);
}

}  // namespace ws::front
