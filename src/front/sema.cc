// device-clean
#include "front/sema.h"

#include "front/walker.h"

namespace ws::front {

WS_HD Sema::Sema(Arena& arena, const Tree& tree, const Vec<Token>& tokens, const Names& names,
                 diag::Sink& sink)
    : arena_(&arena),
      tree_(&tree),
      tokens_(&tokens),
      names_(&names),
      sink_(&sink),
      types_(arena),
      entities_(arena),
      instances_(arena),
      infos_(arena),
      args_(arena),
      params_(arena),
      scopes_(arena),
      enum_scopes_(arena),
      captures_(arena) {}

WS_HD bool Sema::Analyse(bool is_library) {
  const uint32_t errors_before = sink_->errors();
  Walker walker(*this);
  walker.Run(is_library);
  return sink_->errors() == errors_before && !arena_->failed();
}

WS_HD Walker::Walker(Sema& sema)
    : s_(&sema),
      frames_(*sema.arena_),
      begins_(*sema.arena_),
      link_(*sema.arena_),
      global_(*sema.arena_),
      groups_(*sema.arena_),
      local_(*sema.arena_),
      builtins_(*sema.arena_),
      builtin_known_(*sema.arena_),
      scope_names_(*sema.arena_),
      scope_marks_(*sema.arena_),
      children_(*sema.arena_),
      queue_(*sema.arena_),
      calls_(*sema.arena_),
      specials_(*sema.arena_),
      last_instance_(*sema.arena_),
      before_instance_(*sema.arena_),
      initialised_(*sema.arena_),
      in_scope_(*sema.arena_),
      labels_(*sema.arena_),
      gotos_(*sema.arena_),
      switches_(*sema.arena_),
      label_row_(*sema.arena_),
      open_structs_(*sema.arena_),
      defaults_(*sema.arena_),
      borrowed_(*sema.arena_),
      patterns_(*sema.arena_),
      failures_(*sema.arena_),
      origins_(*sema.arena_),
      begun_(*sema.arena_),
      fields_(*sema.arena_),
      member_functions_(*sema.arena_),
      outside_(*sema.arena_),
      operators_(*sema.arena_) {}

WS_HD void Walker::Run(bool is_library) {
  if (tree().size() == 0) return;
  Prepare();
  if (s_->arena_->failed()) return;
  DeclareFileScope();
  for (uint32_t i = 0; i < queue_.size() && !s_->arena_->failed(); ++i) {
    const InstanceId id = queue_[i];
    if (s_->instances_[id.index].body_done || !s_->instances_[id.index].has_body) continue;
    if (!AllocateInfos(id)) return;
    if (!s_->instances_[id.index].has_signature) {
      const NodeId node = s_->instances_[id.index].node;
      PushFrame(id, tree().first(node), SignatureEnd(node), true);
      RunFrames();
    }
    if (s_->instances_[id.index].signature_failed) continue;
    EnterDefinition(id);
    if (!AllocateInfos(id)) return;
    PushFrame(id, FirstOfBody(s_->instances_[id.index]), s_->instances_[id.index].node, false);
    RunFrames();
  }
  FindUsed(is_library);
}

// A function ends behind those of structs inside of it, but begins before them.
WS_HD void Walker::AddMemberFunction(const MemberFunction& added) {
  member_functions_.push_back(added);
  uint32_t at = member_functions_.size() - 1;
  for (; at > 0 && member_functions_[at - 1].first.index > added.first.index; --at) {
    member_functions_[at] = member_functions_[at - 1];
  }
  member_functions_[at] = added;
}

// Links declarators to declarations, finds where scopes begin, makes instance 0.
WS_HD void Walker::Prepare() {
  const Tree& t = tree();
  const uint32_t size = t.size();
  const uint32_t names = s_->names_->size();
  const bool ok = begins_.append(size, 0) && link_.append(size, 0) && global_.append(names, 0) &&
                  local_.append(names, EntityId()) && builtins_.append(names, BuiltinRange()) &&
                  builtin_known_.append(names, 0) &&
                  operators_.append(static_cast<uint32_t>(TokenKind::kCount), EntityId());
  if (!ok) return;
  for (uint32_t i = 0; i < size; ++i) {
    const NodeId n(i);
    switch (t.kind(n)) {
      case NodeKind::kCompound:
      case NodeKind::kFor:
      case NodeKind::kRangeFor:
      case NodeKind::kCatch:
        ++begins_[t.first(n).index];
        break;
      case NodeKind::kFunction:
        if (const NodeId trailing = FirstOfKind(n, NodeKind::kTypeId); trailing.valid()) {
          link_[trailing.index] = i;
        }
        if ((t.data(n) & (function_flag::kMember | function_flag::kFriend)) == 0) break;
        begins_[t.first(n).index] |= kBeginsMember;
        AddMemberFunction({t.first(n), n});
        break;
      case NodeKind::kUsing:  // an alias template in a struct
        if (t.data(n) == 0) break;
        begins_[t.first(n).index] |= kBeginsMember;
        AddMemberFunction({t.first(n), n});
        break;
      case NodeKind::kVarDecl:
      case NodeKind::kTypedef:
      case NodeKind::kParam:
      case NodeKind::kTemplateValueParam:
        if (t.kind(n) == NodeKind::kVarDecl && (t.data(n) & storage_flag::kMember) != 0 &&
            FirstOfKind(n, NodeKind::kTemplateParams).valid()) {
          begins_[t.first(n).index] |= kBeginsMember;
          AddMemberFunction({t.first(n), n});
        }
        for (NodeId c = t.LastChild(n); c.valid(); c = t.PrevSibling(n, c)) {
          if (t.kind(c) == NodeKind::kDeclarator) link_[c.index] = i;
          if (t.kind(c) != NodeKind::kTypeSpec) continue;
          link_[i] = c.index;
          const auto type = static_cast<BuiltinType>(t.data(c) >> 8);
          if (t.kind(n) == NodeKind::kParam && type == BuiltinType::kAuto) link_[c.index] = i;
        }
        break;
      default:
        break;
    }
  }
  Instance file;
  file.result = TypeId(TypeKind::kVoid);
  s_->instances_.push_back(file);
  s_->infos_.append(size, NodeInfo());
  s_->instances_[0].has_infos = true;
}

// Walks every declaration at file scope; of functions only the signature.
WS_HD void Walker::DeclareFileScope() {
  Vec<NodeId> declarations(*s_->arena_);
  for (NodeId c = tree().LastChild(tree().root()); c.valid();
       c = tree().PrevSibling(tree().root(), c)) {
    declarations.push_back(c);
  }
  const auto is_outside = [&](NodeId n) {
    const uint32_t data = tree().data(n);
    return tree().kind(n) == NodeKind::kFunction
               ? (data & function_flag::kMember) != 0
               : tree().kind(n) == NodeKind::kVarDecl && (data & storage_flag::kMember) != 0;
  };
  for (const NodeId n : declarations) {
    if (is_outside(n)) NoteOutside(n);
  }
  for (uint32_t i = declarations.size(); i > 0 && !s_->arena_->failed(); --i) {
    const NodeId n = declarations[i - 1];
    if (tree().kind(n) == NodeKind::kFunction && is_outside(n)) continue;  // see DefinitionOf
    if (tree().kind(n) == NodeKind::kFunction) {
      DeclareFunction(n);
    } else if (tree().kind(n) == NodeKind::kUsing &&
               FirstOfKind(n, NodeKind::kTemplateParams).valid()) {
      DeclareAliasTemplate(n);
    } else if (tree().kind(n) == NodeKind::kVarDecl &&
               FirstOfKind(n, NodeKind::kTemplateParams).valid()) {
      DeclareTemplate(n);
    } else if (tree().kind(n) == NodeKind::kError) {
      DeclareBroken(n);
    } else {
      PushFrame(InstanceId(0), tree().first(n), n, false);
    }
    RunFrames();
  }
}

WS_HD void Walker::PushFrame(InstanceId instance, NodeId first, NodeId last, bool signature,
                             bool substitutes) {
  Frame frame;
  frame.instance = instance;
  frame.next = first.index;
  frame.end = last.index;
  frame.scopes = scope_marks_.size();
  frame.structs = open_structs_.size();
  frame.signature = signature;
  frame.substitutes = substitutes;
  frames_.push_back(frame);
  base_ = s_->InfoBase(s_->instances_[instance.index]);
  PushScope();
}

WS_HD void Walker::PopFrame() {
  while (scope_marks_.size() > frames_.back().scopes) PopScope();
  open_structs_.truncate(frames_.back().structs);
  frames_.pop_back();
  if (!frames_.empty()) base_ = s_->InfoBase(current());
}

WS_HD void Walker::RunFrames() {
  while (!frames_.empty()) {
    if (s_->arena_->failed()) {
      while (!frames_.empty()) PopFrame();
      return;
    }
    const uint32_t at = frames_.size() - 1;
    // Visiting may push a frame, which may move the stack.
    while (frames_.size() == at + 1) {
      Frame& frame = frames_[at];
      if (frame.next > frame.end) {
        if (!frame.signature && frame.instance.index != 0) {
          current().body_done = true;
          CheckGotos();
          if (HasAuto(current().result)) current().result = TypeId(TypeKind::kVoid);
        }
        PopFrame();
        break;
      }
      const NodeId n(frame.next);
      if (!frame.begun) {
        const uint32_t begins = begins_[n.index];
        if ((begins & kBeginsMember) != 0 && SkipMemberFunction(n)) continue;
        for (uint32_t k = begins & ~kBeginsMember; k > 0; --k) PushScope();
      }
      if (VisitNode(n) == Visit::kAgain) {
        frames_[at].begun = true;
        break;
      }
      const NodeKind k = tree().kind(n);
      if (k == NodeKind::kCompound || k == NodeKind::kFor || k == NodeKind::kRangeFor ||
          k == NodeKind::kCatch) {
        PopScope();
      }
      if (frames_[at].next == n.index) ++frames_[at].next;
      frames_[at].begun = false;
    }
  }
}

WS_HD void Walker::PushScope() { scope_marks_.push_back(scope_names_.size()); }

WS_HD void Walker::PopScope() {
  if (scope_marks_.empty()) return;
  const uint32_t mark = scope_marks_.back();
  scope_marks_.pop_back();
  while (scope_names_.size() > mark) {
    const NameId name = scope_names_.back();
    scope_names_.pop_back();
    local_[name.index] = s_->entities_[local_[name.index].index].next;
  }
  EndInitialised();
}

WS_HD void Walker::SkipTo(NodeId n) { frames_.back().next = n.index; }

WS_HD EntityId Walker::AddEntity(const Entity& entity) {
  if (s_->entities_.size() >= Sema::kMaxEntities) {
    s_->arena_->Fail();
    return EntityId(0);
  }
  s_->entities_.push_back(entity);
  return EntityId(s_->entities_.size() - 1);
}

WS_HD void Walker::BindLocal(EntityId e) {
  Entity& entity = s_->entities_[e.index];
  if (!entity.name.valid()) return;
  // The outermost block of a function and its parameters are one scope.
  const uint32_t scopes = scope_marks_.size();
  uint32_t mark = scopes == 0 ? 0 : scope_marks_[scopes - 1];
  if (scopes > 1 && scopes == frames_.back().scopes + 2) mark = scope_marks_[scopes - 2];
  const EntityId hidden = local_[entity.name.index];
  if (hidden.valid() && s_->entities_[hidden.index].scope_at >= mark) {
    Error(Kind::kRedeclared, entity.node, s_->names_->view(entity.name));
  }
  entity.scope_at = scope_names_.size();
  entity.next = local_[entity.name.index];
  local_[entity.name.index] = e;
  scope_names_.push_back(entity.name);
}

WS_HD EntityId Walker::LookUpLocal(NameId name) const {
  EntityId e = local_[name.index];
  const InstanceId here = frames_.back().instance;
  while (e.valid() && s_->entities_[e.index].owner != here) e = s_->entities_[e.index].next;
  return e;
}

WS_HD EntityId Walker::LookUp(NameId name) const {
  EntityId e = LookUpOpen(name);
  if (!e.valid()) e = LookUpLocal(name);
  if (!e.valid()) e = LookUpSelf(name);
  return e.valid() ? e : LookUpGlobal(name);
}

WS_HD bool Walker::AllocateInfos(InstanceId i) {
  Instance& inst = s_->instances_[i.index];
  const uint32_t size = tree().subtree_size(inst.node);
  if (inst.has_infos) return true;
  if (s_->infos_.size() + size > Sema::kMaxInfos) {
    Error(Kind::kProgramTooLarge, inst.node, "the instances of its templates");
    return false;
  }
  // The first instance of a function takes the rows that instance 0 has for the function's nodes
  // and does not use.
  uint32_t& taken = link_[inst.node.index];
  if (taken == 0) {
    taken = 1;
    inst.first_info = tree().first(inst.node).index;
    inst.has_infos = true;
    return true;
  }
  inst.first_info = s_->infos_.size();
  inst.has_infos = s_->infos_.append(size, NodeInfo());
  return inst.has_infos;
}

WS_HD void Walker::Queue(InstanceId i) {
  Instance& inst = s_->instances_[i.index];
  if (inst.queued) return;
  inst.queued = true;
  queue_.push_back(i);
}

// The node's token; in the library's own texts, which have no positions, the call that led there.
WS_HD const Token& Walker::Place(NodeId n) const {
  constexpr uint32_t kMostCalls = 64;
  const Token* t = &token(n);
  InstanceId inside = frames_.empty() ? InstanceId() : frames_.back().instance;
  for (uint32_t k = 0; k < kMostCalls && !t->loc.valid(); ++k) {
    uint32_t i = 0;
    while (i < calls_.size() && calls_[i].to.index != inside.index) ++i;
    if (i < calls_.size()) {
      t = &token(calls_[i].call);
      inside = calls_[i].from;
      continue;
    }
    // Its body is walked for the type of its result: the frame below is at the call.
    uint32_t frame = frames_.size();
    while (frame > 0 && frames_[frame - 1].instance != inside) --frame;
    if (frame < 2) break;
    t = &token(NodeId(frames_[frame - 2].next));
    inside = frames_[frame - 2].instance;
  }
  return t->loc.valid() ? *t : token(n);
}

WS_HD void Walker::Error(Kind k, NodeId n, diag::Arg a, diag::Arg b, diag::Arg c) {
  const Token& t = Place(n);
  if (!frames_.empty() && frames_.back().substitutes) {
    const InstanceId here = frames_.back().instance;
    if (!s_->instances_[here.index].signature_failed) {
      failures_.push_back({here, k, &t, a, b, c, false});
    }
    s_->instances_[here.index].signature_failed = true;
    return;
  }
  const uint32_t length = t.loc_end.offset > t.loc.offset ? t.loc_end.offset - t.loc.offset : 1;
  s_->sink_->Report(k, t.loc, length, a, b, c);
}

WS_HD bool Walker::ReportFailure(InstanceId id) {
  for (Failure& failure : failures_) {
    if (failure.instance != id) continue;
    const Failure f = failure;
    if (!frames_.empty() && frames_.back().substitutes) {
      const InstanceId here = frames_.back().instance;
      if (!s_->instances_[here.index].signature_failed) {
        failures_.push_back({here, f.kind, f.place, f.a, f.b, f.c, false});
      }
      s_->instances_[here.index].signature_failed = true;
      return true;
    }
    if (f.reported) return true;
    failure.reported = true;
    const Token& t = *f.place;
    const uint32_t length = t.loc_end.offset > t.loc.offset ? t.loc_end.offset - t.loc.offset : 1;
    s_->sink_->Report(f.kind, t.loc, length, f.a, f.b, f.c);
    return true;
  }
  return false;
}

WS_HD std::span<const NodeId> Walker::Children(NodeId n) {
  children_.clear();
  for (NodeId c = tree().LastChild(n); c.valid(); c = tree().PrevSibling(n, c)) {
    children_.push_back(c);
  }
  for (uint32_t i = 0, j = children_.size(); i + 1 < j; ++i) {
    --j;
    const NodeId swap = children_[i];
    children_[i] = children_[j];
    children_[j] = swap;
  }
  return {children_.data(), children_.size()};
}

WS_HD Vec<NodeId> Walker::ChildList(NodeId n) {
  Vec<NodeId> list(*s_->arena_);
  for (const NodeId c : Children(n)) list.push_back(c);
  return list;
}

WS_HD NodeId Walker::FirstOfKind(NodeId n, NodeKind k) const {
  NodeId found;
  for (NodeId c = tree().LastChild(n); c.valid(); c = tree().PrevSibling(n, c)) {
    if (tree().kind(c) == k) found = c;
  }
  return found;
}

}  // namespace ws::front
