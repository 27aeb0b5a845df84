// device-clean
// Functions, declarations and the walk itself.
#include "front/lower.h"

#include "front/lowerer.h"

namespace ws::front {

WS_HD bool Lower(Arena& arena, Sema& sema, const ir::Module* library, diag::Sink& sink,
                 ir::Module& module) {
  const uint32_t errors_before = sink.errors();
  Lowerer(arena, sema, library, sink, module).Run();
  return sink.errors() == errors_before && !arena.failed();
}

WS_HD Lowerer::Lowerer(Arena& arena, Sema& sema, const ir::Module* library, diag::Sink& sink,
                       ir::Module& module)
    : arena_(arena),
      sema_(sema),
      library_(library),
      sink_(sink),
      module_(module),
      takes_carry_(arena),
      returns_(arena),
      thrown_(arena),
      values_(arena),
      parts_(arena),
      vectors_(arena),
      is_variable_(arena),
      used_(arena),
      controls_(arena),
      objects_(arena),
      temporaries_(arena),
      cases_(arena),
      labels_(arena),
      label_of_(arena),
      children_(arena),
      slots_(arena),
      globals_(arena),
      unfilled_(arena),
      functions_(arena),
      statics_(arena),
      copies_(arena),
      dispatchers_(arena),
      address_taken_(arena),
      library_globals_(arena) {}

WS_HD void Lowerer::Run() {
  slots_.append(sema_.num_entities(), Slot());
  globals_.append(sema_.num_entities(), ir::GlobalId());
  functions_.append(sema_.num_instances(), ir::FunctionId());
  if (arena_.failed()) return;
  // So much code comes out of most programs; more is no problem.
  const uint32_t nodes = tree().size();
  module_.insts.reserve(nodes / 2 + 16);
  module_.operands.reserve(nodes + nodes / 4 + 16);
  module_.constants.reserve(nodes / 4 + 16);
  module_.reg_types.reserve(nodes / 2 + 16);
  FindCarries();
  FindThrows();
  DeclareFunctions();
  DeclareStatics();
  for (uint32_t i = 1; i < sema_.num_instances() && !arena_.failed(); ++i) {
    if (functions_[i].valid()) LowerFunction(InstanceId(i));
  }
  LowerStatics();
  FillGlobals();
  WriteDispatchers();
  CopyLibraryBodies();
}

WS_HD void Lowerer::Error(Kind k, NodeId n, diag::Arg a, diag::Arg b, diag::Arg c) {
  const Token& t = token(n);
  const uint32_t length = t.loc_end.offset > t.loc.offset ? t.loc_end.offset - t.loc.offset : 1;
  sink_.Report(k, t.loc, length, a, b, c);
}

WS_HD void Lowerer::Enter(InstanceId i) {
  instance_ = i;
  infos_ = sema_.InfosOf(i);
}

WS_HD std::span<const NodeId> Lowerer::Children(NodeId n) {
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

WS_HD Vec<NodeId> Lowerer::ChildList(NodeId n) {
  Vec<NodeId> list(arena_);
  for (const NodeId c : Children(n)) list.push_back(c);
  return list;
}

// Rows for every function that will be written, so that calls can name them.
WS_HD void Lowerer::DeclareFunctions() {
  for (uint32_t i = 1; i < sema_.num_instances(); ++i) {
    const Instance& inst = sema_.instance(InstanceId(i));
    if (!inst.body_done || !inst.is_used) continue;
    Enter(InstanceId(i));
    functions_[i] = ir::FunctionId(module_.functions.size());
    ir::Function f;
    f.name = sema_.InstanceName(InstanceId(i));
    f.kind = inst.target == Target::kKernel ? ir::FunctionKind::kKernel
             : inst.target == Target::kHost ? ir::FunctionKind::kHost
                                            : ir::FunctionKind::kDevice;
    f.max_threads = inst.max_threads;
    f.min_blocks = inst.min_blocks;
    f.loc = token(inst.node).loc;
    if (kind(inst.result) != TypeKind::kVoid && !ByAddress(inst.result)) {
      f.result = RegType(inst.result);
    }
    module_.functions.push_back(f);
    DeclareParams(InstanceId(i));
  }
}

// Forgets the function before; the next one's code is that of the subtree of `n`.
WS_HD void Lowerer::Reset(NodeId n) {
  first_node_ = tree().first(n).index;
  values_.clear();
  parts_.clear();
  vectors_.clear();
  is_variable_.clear();
  used_.clear();
  controls_.clear();
  objects_.clear();
  temporaries_.clear();
  cases_.clear();
  for (const GotoLabel& label : labels_) label_of_[label.name.index] = 0;
  labels_.clear();
  returns_.clear();
  return_after_ = kNoReturn;
  values_.append(tree().subtree_size(n), Value());
  frame_bytes_ = 0;
  skip_to_ = 0;
  result_address_ = Operand();
  this_ = Operand();
  list_ = next_list_ = Operand();
  escape_ = BlockId();
  unwinding_ = false;
  carry_address_ = carry_word_ = Operand();
}

WS_HD void Lowerer::LowerFunction(InstanceId i) {
  Enter(i);
  const Instance& inst = current();
  const ir::FunctionId id = functions_[i.index];
  Reset(inst.node);
  if (arena_.failed()) return;
  ir::FunctionBuilder builder(module_, id);
  builder_ = &builder;
  loc_ = token(inst.node).loc;
  const BlockId entry = NewBlock();
  used_[entry.index] = 1;
  BindParamRegisters();
  Place(entry);
  BindParams();
  if ((tree().data(inst.node) & function_flag::kConstructor) != 0) InitMembers();
  // Virtual calls within are those of this class: what derives from it has ended.
  if ((tree().data(inst.node) & function_flag::kDestructor) != 0) {
    StoreClassId(ThisObject(), inst.self.Unqualified());
  }
  const NodeId body(inst.node.index - 1);
  const bool is_main = !statics_.empty() && IsMain(i);
  const bool vectors = is_main || (inst.target == Target::kHost && UsesVectors());
  epilogue_ = vectors ? NewBlock() : BlockId();
  BlockId prologue, start;
  if (vectors) {
    // What is to be zeroed is known behind the body.
    prologue = NewBlock();
    start = NewBlock();
    if (kind(inst.result) != TypeKind::kVoid && !ByAddress(inst.result)) {
      result_ = NewVariable(inst.result, false, inst.node);
    }
    Branch(prologue);
    used_[start.index] = 1;  // the prologue leads there
    Place(start);
    if (is_main) BeginStatics(inst.node);
  }
  Walk(tree().first(body).index, body.index);
  if (vectors) {
    FinishVectors(prologue, start);
  } else if (live()) {
    loc_ = token(inst.node).loc;
    if (kind(inst.result) == TypeKind::kVoid) {
      Emit(Op::kRet, Type::kNone, {}, {});
    } else if (IsMain(i)) {
      Emit(Op::kRet, Type::kNone, {}, {Imm(0)});
    } else {
      Emit(Op::kTrap, Type::kNone, {}, {});  // without a value to return, this is undefined
    }
  }
  FinishEscape();
  for (const GotoLabel& label : labels_) {
    if (!label.defined) Error(Kind::kNoLabel, label.node, token(label.node).view());
  }
  module_.functions[id.index].frame_bytes = frame_bytes_;
  builder.Finish();
  builder_ = nullptr;
}

WS_HD WS_FORCE_INLINE void Lowerer::Visit(NodeId n) {
  switch (tree().kind(n)) {
    case NodeKind::kDeclarator:
      VisitDeclarator(n);
      return;

    case NodeKind::kIfThen:
    case NodeKind::kIfElse:
    case NodeKind::kWhileBegin:
    case NodeKind::kWhileBody:
    case NodeKind::kDoBegin:
    case NodeKind::kDoCond:
    case NodeKind::kForCond:
    case NodeKind::kForStep:
    case NodeKind::kRangeBody:
    case NodeKind::kSwitchBody:
    case NodeKind::kAndRight:
    case NodeKind::kOrRight:
    case NodeKind::kConditionalThen:
    case NodeKind::kConditionalElse:
    case NodeKind::kSizeofBegin:
      VisitMarker(n);
      return;
    case NodeKind::kIf:
    case NodeKind::kWhile:
    case NodeKind::kDo:
    case NodeKind::kFor:
    case NodeKind::kRangeFor:
    case NodeKind::kSwitch:
      FinishControl(n);
      // The step of a for is still to come, and the end of what its head declares.
      if (!controls_.empty() && controls_.back().owner == n) return;
      // What the head of a while declares is made anew in each round.
      if (tree().kind(n) == NodeKind::kWhile && HoldsObjects(n)) {
        Error(Kind::kUnsupported, n, "an object with a destructor in the head of a while");
      }
      if (!objects_.empty()) EndScope(n);
      return;
    case NodeKind::kCompound:
      if (!objects_.empty()) EndScope(n);
      return;
    case NodeKind::kExprStmt:
      if (!temporaries_.empty()) EndTemporaries(0, n);
      return;
    case NodeKind::kCase:
    case NodeKind::kDefault:
      VisitCase(n);
      return;
    case NodeKind::kBreak:
    case NodeKind::kContinue:
      VisitJump(n);
      return;
    case NodeKind::kReturn:
      VisitReturn(n);
      return;
    case NodeKind::kAsm:
      VisitAsm(n);
      return;
    case NodeKind::kThrow:
      VisitThrow(n);
      return;
    case NodeKind::kTryBegin:
      BeginTry(n);
      return;
    case NodeKind::kCatchBegin:
      BeginCatch(n);
      return;
    case NodeKind::kCatch:
      FinishCatch(n);
      return;
    case NodeKind::kTry:
      FinishTry(n);
      return;
    case NodeKind::kGoto:
    case NodeKind::kLabel:
      VisitGoto(n);
      return;
    case NodeKind::kLogicalAnd:
      FinishLogical(n, true);
      return;
    case NodeKind::kLogicalOr:
      FinishLogical(n, false);
      return;
    case NodeKind::kConditional:
      FinishConditional(n);
      return;

    // Constants need no code; who uses them makes an immediate.
    case NodeKind::kName:
      VisitName(n);
      return;
    case NodeKind::kParen:
      value(n) = value(NodeId(n.index - 1));
      return;
    case NodeKind::kUnary:
      if (!info(n).constant) VisitUnary(n);
      return;
    case NodeKind::kBinary:
      if (!info(n).constant) VisitBinary(n);
      return;
    case NodeKind::kCast:
      if (!info(n).constant) VisitCast(n);
      return;
    case NodeKind::kCall:
      if (!info(n).constant && !info(n).function) VisitCall(n);
      return;
    case NodeKind::kAssign:
      VisitAssign(n);
      return;
    case NodeKind::kLaunch:
      VisitLaunch(n);
      return;
    case NodeKind::kIndex:
      VisitIndex(n);
      return;
    case NodeKind::kMember:
      VisitMember(n);
      return;
    case NodeKind::kNew:
    case NodeKind::kDelete:
      VisitNew(n);
      return;
    case NodeKind::kThis:
      value(n) = ScalarValue(this_);
      return;
    case NodeKind::kInitList:
      // A constructor's arguments; other lists are taken apart by what they initialise.
      if (info(n).entity.valid()) {
        const Value made = NewVariable(info(n).type.Unqualified(), true, n);
        Vec<NodeId> args(arena_);
        for (const NodeId c : Children(n)) args.push_back(c);
        ConstructAt(made, info(n).type, n, args.span());
        value(n) = made;
        NoteTemporary(made, info(n).type);
      }
      return;
    case NodeKind::kLambda:
      VisitLambda(n);
      return;
    case NodeKind::kStructBegin:
    case NodeKind::kEnumBegin:
    case NodeKind::kLambdaBegin:
      skip_to_ = tree().data(n);
      return;
    case NodeKind::kStringLiteral:
      // static_assert's message is not used.
      if (tree().kind(NodeId(n.index + 1)) == NodeKind::kStaticAssert) return;
      value(n) = ScalarValue(Operand::Global(StringGlobal(n)));
      return;

    case NodeKind::kTranslationUnit:
    case NodeKind::kFunction:
    case NodeKind::kTemplateParams:
    case NodeKind::kTemplateTypeParam:
    case NodeKind::kTemplateValueParam:
    case NodeKind::kLaunchBounds:
    case NodeKind::kParamList:
    case NodeKind::kParam:
    case NodeKind::kVarDecl:
    case NodeKind::kAsmOperand:
    case NodeKind::kPtrOp:
    case NodeKind::kRefOp:
    case NodeKind::kArrayOp:
    case NodeKind::kFunctionOp:
    case NodeKind::kInitEq:
    case NodeKind::kInitParen:
    case NodeKind::kDesignated:
    case NodeKind::kBinding:
    case NodeKind::kMemberInit:
    case NodeKind::kBase:
    case NodeKind::kCapture:
    case NodeKind::kStruct:
    case NodeKind::kTypeSpec:
    case NodeKind::kTypeId:
    case NodeKind::kTemplateArgs:
    case NodeKind::kTypedef:
    case NodeKind::kUsing:
    case NodeKind::kEnum:
    case NodeKind::kEnumerator:
    case NodeKind::kStaticAssert:
    case NodeKind::kEmptyStmt:
    case NodeKind::kForBody:
    case NodeKind::kIntLiteral:
    case NodeKind::kFloatLiteral:
    case NodeKind::kCharLiteral:
    case NodeKind::kBoolLiteral:
    case NodeKind::kNullLiteral:
    case NodeKind::kLaunchConfig:
    case NodeKind::kSizeofExpr:
    case NodeKind::kSizeofType:
    case NodeKind::kError:
    case NodeKind::kCount:
      return;
  }
}

WS_HD void Lowerer::Walk(uint32_t first, uint32_t last) {
  uint32_t at = first;
  while (at <= last && !arena_.failed()) {
    skip_to_ = 0;
    const diag::Loc loc = token(NodeId(at)).loc;
    if (loc.valid()) loc_ = loc;
    Visit(NodeId(at));
    if (skip_to_ != 0) {
      at = skip_to_;
    } else if (at == return_after_) {
      at = returns_.back().to;
      returns_.pop_back();
      return_after_ = returns_.empty() ? kNoReturn : returns_.back().after;
    } else {
      ++at;
    }
  }
}

WS_HD void Lowerer::VisitDeclarator(NodeId n) {
  const EntityId e = info(n).entity;
  if (!e.valid()) return;  // a typedef
  const Entity& entity = sema_.entity(e);
  if (entity.kind == EntityKind::kTypeAlias || entity.kind == EntityKind::kParam ||
      entity.kind == EntityKind::kConstant || entity.kind == EntityKind::kShared ||
      entity.kind == EntityKind::kGlobal) {
    return;  // shared and static variables are made where they are first named, or by main()
  }
  // Made behind the range, and before the handler.
  if ((entity.flags & (storage_flag::kRange | storage_flag::kCaught)) != 0) return;
  const TypeId type = entity.type;
  NodeId init = tree().LastChild(n);
  if (init.valid()) {
    const NodeKind k = tree().kind(init);
    if (k != NodeKind::kInitEq && k != NodeKind::kInitParen && k != NodeKind::kInitList) {
      init = NodeId();
    }
  }
  if (kind(type) == TypeKind::kReference) {
    const NodeId from(init.index - 1);
    const TypeId object = types().Element(type);
    Value v = value(from);
    const NodeInfo& source = info(from);
    const bool alias = source.category == Category::kLvalue && !source.constant &&
                       types().IsOrDerives(source.type, object);
    if (!alias) {
      const bool made = IsMadeStruct(from, object);
      v = made ? value(from) : Materialize(from, object.Unqualified());
      ExtendTemporary(v, source.type, n, EntityId());
      EndTemporaries(0, n);
    } else if (v.kind == Value::Kind::kMemory && v.operand.IsReg() && IsVariable(v.operand)) {
      // The pointer may move on; the reference stays.
      const Type t = v.narrow ? Type::kU32 : Type::kU64;
      v.operand = Compute(Op::kMov, t, {v.operand}, t);
    }
    if (v.kind == Value::Kind::kMemory && v.operand.IsReg() &&
        v.operand.index < is_variable_.size()) {
      is_variable_[v.operand.index] = 1;  // named as long as the reference lives
    }
    slots_[e.index] = {v, true};
    PlaceBindings(n, v, object);
    return;
  }
  if (entity.is_constant && !entity.address_taken) return;
  const Value v = NewVariable(type, entity.address_taken, n, AlignOf(entity));
  slots_[e.index] = {v, true};
  if (init.valid()) {
    Initialize(v, type.Unqualified(), init);
  } else if (types().NeedsInit(type)) {
    DefaultInit(v, type, n, {});
  } else if (kind(type) == TypeKind::kStdVector) {
    EmptyVector(v, type);
  }
  if (!temporaries_.empty()) EndTemporaries(0, n);
  if (types().NeedsDestroy(type)) objects_.push_back({n, e, v, type});
  PlaceBindings(n, v, type);
}

// The names of structured bindings are parts of the declared object, which is in memory.
WS_HD void Lowerer::PlaceBindings(NodeId n, const Value& object, TypeId type) {
  uint32_t part = 0;
  for (const NodeId c : ChildList(n)) {
    if (tree().kind(c) != NodeKind::kBinding || !info(c).entity.valid()) continue;
    const uint64_t offset = part * types().Bytes(info(c).type);
    const Value place = kind(type) == TypeKind::kStruct
                            ? FieldOf(object, types().Members(type)[part])
                            : Displace(object, static_cast<int64_t>(offset));
    if (place.operand.IsReg() && place.operand.index < is_variable_.size()) {
      is_variable_[place.operand.index] = 1;  // named as long as the object lives
    }
    slots_[info(c).entity.index] = {place, true};
    ++part;
  }
}

}  // namespace ws::front
