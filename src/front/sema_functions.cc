// device-clean
// Functions: their declarations and signatures.
#include "front/constants.h"
#include "front/operators.h"
#include "front/walker.h"

namespace ws::front {

// Where the overloads of the function at node n begin.
WS_HD EntityId& Walker::FunctionSlot(NodeId n) {
  const TokenKind op = OperatorOf(tree().data(n));
  return op == TokenKind::kEof ? GlobalSlot(token(n).name, SpaceOf(n))
                               : operators_[static_cast<uint32_t>(op)];
}

// Declares the function at node n; its signature is walked at once unless it is a template.
WS_HD void Walker::DeclareFunction(NodeId n) {
  const NodeId template_params = FirstOfKind(n, NodeKind::kTemplateParams);
  if (template_params.valid() && tree().subtree_size(template_params) == 1) {
    DeclareSpecialisation(n);
    return;
  }
  const InstanceId id = BeginFunction(n);
  if (!id.valid() || !AllocateInfos(id)) return;
  PushFrame(id, tree().first(n), SignatureEnd(n), true);
  RunFrames();
  EndFunction(id);
}

// Makes the function's entity and, unless it is a template, its instance.
WS_HD InstanceId Walker::BeginFunction(NodeId n) {
  const bool is_template = FirstOfKind(n, NodeKind::kTemplateParams).valid() || HasAutoParams(n);
  const bool has_body = tree().kind(NodeId(n.index - 1)) == NodeKind::kCompound;
  const uint32_t flags = tree().data(n);
  Entity entity;
  entity.kind = EntityKind::kFunction;
  entity.type = TypeId(TypeKind::kFunction);
  entity.name = token(n).name;
  entity.node = n;
  entity.type_node = n;
  entity.owner = InstanceId(0);
  entity.flags = flags;
  entity.is_template = is_template;
  if (!entity.name.valid() && OperatorOf(flags) == TokenKind::kEof) return {};
  EntityId& slot = FunctionSlot(n);
  if (slot.valid() && s_->entities_[slot.index].kind != EntityKind::kFunction) {
    Error(Kind::kRedeclared, n, token(n).view());
    return {};
  }
  if (is_template) {
    // A declaration followed by its definition is one template: the definition takes its place.
    if (slot.valid()) {
      Entity& old = s_->entities_[slot.index];
      const bool old_body = tree().kind(NodeId(old.node.index - 1)) == NodeKind::kCompound;
      if (old.is_template && !old_body && has_body) {
        old.node = n;
        old.flags |= flags;
        return {};
      }
    }
    entity.next = slot;
    slot = AddEntity(entity);
    return {};
  }
  Instance inst;
  inst.node = n;
  inst.has_body = has_body;
  inst.target = TargetOf(flags, Target::kFile);
  inst.first_arg = s_->args_.size();
  const InstanceId id(s_->instances_.size());
  if (id.index >= Sema::kMaxInstances) {
    s_->arena_->Fail();
    return {};
  }
  entity.next = slot;
  entity.bits = id.index;
  inst.function = AddEntity(entity);
  s_->instances_.push_back(inst);
  return id;
}

// With its signature known: the same signature again is a declaration and its definition.
WS_HD void Walker::EndFunction(InstanceId id) {
  const Instance mine = s_->instances_[id.index];
  const NodeId n = mine.node;
  const EntityId e = mine.function;
  EntityId& slot = FunctionSlot(n);
  for (EntityId old = slot; old.valid(); old = s_->entities_[old.index].next) {
    Entity& other = s_->entities_[old.index];
    // Operators of all namespaces are in one list.
    if (other.is_template || SpaceOf(other.type_node) != SpaceOf(n)) continue;
    Instance& theirs = s_->instances_[other.bits];
    bool same = theirs.num_params == mine.num_params;
    for (uint32_t i = 0; same && i < mine.num_params; ++i) {
      same = SameParam(s_->params_[theirs.first_param + i], s_->params_[mine.first_param + i]);
    }
    if (!same) continue;
    if (theirs.has_body && mine.has_body) {
      Error(Kind::kRedeclared, n, s_->NameOf(e));
      return;
    }
    if (mine.has_body) {
      // Default arguments stay those of the declaration.
      for (uint32_t i = 0; i < mine.num_params; ++i) {
        ParamInfo& p = s_->params_[mine.first_param + i];
        if (p.has_default) continue;
        p.has_default = s_->params_[theirs.first_param + i].has_default;
        p.default_bits = s_->params_[theirs.first_param + i].default_bits;
      }
      const uint32_t required =
          theirs.num_required < mine.num_required ? theirs.num_required : mine.num_required;
      s_->instances_[id.index].num_required = required;
      s_->entities_[e.index].flags |= other.flags;
      s_->instances_[id.index].target = TargetOf(s_->entities_[e.index].flags, Target::kFile);
      other.bits = id.index;
      other.node = n;
      other.flags |= tree().data(n);
      s_->instances_[id.index].function = old;
      Queue(id);
    }
    return;
  }
  // Another function may have been declared since.
  s_->entities_[e.index].next = slot;
  slot = e;
  if (mine.has_body && token(n).loc.valid()) Queue(id);
}

// At the end of the parameter list: of a signature frame the signature, of a body its parameters'
// entities.
WS_HD void Walker::FinishSignature(NodeId param_list) {
  const Frame frame = frames_.back();
  Instance& inst = current();
  const std::span<const NodeId> params = Children(param_list);
  if (!frame.signature) {
    for (uint32_t i = 0; i < inst.num_params && i < params.size(); ++i) {
      s_->params_[inst.first_param + i].entity = info(params[i]).entity;
    }
    CheckMemberInits(param_list);
    return;
  }
  inst.has_signature = true;
  inst.is_variadic = tree().data(param_list) == 1;
  if (inst.is_variadic && inst.target != Target::kHost) {
    Error(Kind::kUnsupported, param_list, "a variadic function in device code");
  }
  inst.first_param = s_->params_.size();
  bool defaults = false;
  for (const NodeId p : params) {
    ParamInfo param;
    param.type = info(p).type;
    param.node = p;
    if (param.type != TypeId() && kind(param.type) == TypeKind::kVoid) {
      if (params.size() == 1) break;  // f(void)
      Error(Kind::kBadVariableType, p, token(p).view(), "void");
    }
    NodeId value;
    const NodeId declarator = tree().LastChild(p);
    for (NodeId c = tree().LastChild(declarator); c.valid();
         c = tree().PrevSibling(declarator, c)) {
      if (tree().kind(c) == NodeKind::kInitEq) value = NodeId(c.index - 1);
      if (tree().kind(c) == NodeKind::kPtrOp && (tree().data(c) & qualifier::kRestrict) != 0) {
        param.is_restrict = true;
      }
    }
    if (value.valid()) {
      defaults = param.has_default = true;
      const TypeId object = param.type == TypeId() ? TypeId() : types().StripReference(param.type);
      NodeId last = value;  // what is left of T(), T{} and {}
      if (tree().kind(last) == NodeKind::kCast) last = tree().LastChild(last);
      const bool empty =
          (tree().kind(last) == NodeKind::kInitList && tree().subtree_size(last) == 1) ||
          (last != value && tree().kind(last) == NodeKind::kTypeId);
      // T() of a struct without constructors is all zeros, which is what default_bits say; with
      // them it is made where the function is called.
      if (kind(object) == TypeKind::kStruct && empty && !types().NeedsDestroy(object)) {
        CheckConvert(value, param.type);
      } else if (CheckConvert(value, param.type) &&
                 !ConstantAs(value, types().StripReference(param.type), &param.default_bits)) {
        NotConstant(value, "a default argument");
      }
    } else if (defaults) {
      Error(Kind::kDefaultArgumentOrder, p);
    }
    param.is_rvalue = EndsInRvalue(NodeId(link_[p.index]), declarator);
    if (param.type != TypeId() && inst.has_body && !CheckObject(p, param.type)) param.type = {};
    if (!defaults) ++inst.num_required;
    s_->params_.push_back(param);
    ++inst.num_params;
  }
  const std::span<const NodeId> kids = Children(inst.node);
  size_t spec = 0;
  while (spec < kids.size() && tree().kind(kids[spec]) != NodeKind::kTypeSpec) ++spec;
  if (spec == kids.size()) {  // a constructor
    inst.result = TypeId(TypeKind::kVoid);
    return;
  }
  size_t end = spec + 1;
  while (end < kids.size() && IsDeclaratorOp(tree().kind(kids[end]))) ++end;
  TypeId result = info(kids[spec]).type;
  const Vec<NodeId> all = children_;
  if (end > spec + 1) result = ApplyOps(result, all.span().subspan(spec + 1, end - spec - 1));
  const NodeId trailing = FirstOfKind(inst.node, NodeKind::kTypeId);
  if (trailing.valid()) result = info(trailing).type;
  if (HasAuto(result) && !inst.has_body) {
    Error(Kind::kUnsupported, all[static_cast<uint32_t>(spec)],
          "a function returning auto that is declared before it is defined");
    result = {};
  }
  inst.deduces = HasAuto(result);
  inst.moves = trailing.valid() ? EndsInRvalue(FirstOfKind(trailing, NodeKind::kTypeSpec), trailing)
                                : EndsInRvalue(all[static_cast<uint32_t>(spec)], inst.node);
  if (result != TypeId() && inst.has_body && !inst.deduces &&
      !CheckComplete(all[static_cast<uint32_t>(spec)], result)) {
    result = {};
  }
  inst.result = result == TypeId() ? result : result.Unqualified();
  if (end < all.size() && tree().kind(all[static_cast<uint32_t>(end)]) == NodeKind::kLaunchBounds) {
    const std::span<const NodeId> bounds = Children(all[static_cast<uint32_t>(end)]);
    for (size_t i = 0; i < bounds.size() && i < 2; ++i) {
      uint64_t bits = 0;
      if (ConstantAs(bounds[i], TypeId(TypeKind::kInt), &bits)) {
        (i == 0 ? inst.max_threads : inst.min_blocks) = static_cast<uint32_t>(bits);
      } else {
        NotConstant(bounds[i], "a launch bound");
      }
    }
  }
  if (inst.target == Target::kKernel && inst.result != TypeId() &&
      kind(inst.result) != TypeKind::kVoid) {
    Error(Kind::kKernelResult, inst.node, s_->NameOf(inst.function));
  }
  if (inst.target == Target::kKernel) {
    for (uint32_t i = 0; i < inst.num_params; ++i) {
      const ParamInfo& p = s_->params_[inst.first_param + i];
      if (p.type != TypeId() && kind(p.type) == TypeKind::kReference) {
        Error(Kind::kUnsupported, p.node, "a reference parameter of a kernel");
      }
    }
  }
}

// Whether the type written with this specifier and the operators below `holder` is a T&&; where T
// is a reference it is that.
WS_HD bool Walker::EndsInRvalue(NodeId spec, NodeId holder) {
  NodeId last;  // applied last, apart from what belongs to the function
  for (NodeId c = tree().LastChild(holder); c.valid(); c = tree().PrevSibling(holder, c)) {
    if (!IsDeclaratorOp(tree().kind(c))) continue;
    last = c;
    break;
  }
  return last.valid() && tree().kind(last) == NodeKind::kRefOp && tree().data(last) == 1 &&
         spec.valid() && info(spec).type != TypeId() &&
         kind(info(spec).type) != TypeKind::kReference;
}

WS_HD Walker::Visit Walker::DeduceResult(NodeId n, InstanceId id) {
  if (!id.valid() || !HasAuto(s_->instances_[id.index].result)) return Visit::kNext;
  if (WalkBody(id)) return Visit::kAgain;
  Error(Kind::kUnsupported, n, "a call of a function whose auto result is not known yet");
  s_->instances_[id.index].result = {};
  return Visit::kNext;
}

}  // namespace ws::front
