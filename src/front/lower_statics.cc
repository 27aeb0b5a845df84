// device-clean
// Variables at file scope whose values are known only when the program runs, and objects there that
// have destructors: main() makes them in order before it begins, and ends them behind its end.
#include "front/init_list.h"
#include "front/lowerer.h"

namespace ws::front {

// Whether its value has to be computed, or its end is seen.
WS_HD bool Lowerer::IsMadeAtStart(EntityId e) {
  const Entity& entity = sema_.entity(e);
  if (entity.kind != EntityKind::kGlobal || entity.owner.index != 0 || entity.is_constant ||
      entity.type == TypeId() || OnDevice(entity) || !token(entity.node).loc.valid()) {
    return false;
  }
  if (types().NeedsDestroy(entity.type)) return true;
  const NodeId init = InitialiserOf(tree(), entity.node);
  if (!init.valid() && !types().NeedsInit(entity.type)) return false;
  if (TextOf(init, entity.type).valid()) return false;
  Vec<ConstantPart> parts(arena_);
  return !ConstantParts(sema_, InstanceId(0), init, entity.type, parts);
}

// Rows for what makes and ends them, if there is a main() to call it.
WS_HD void Lowerer::DeclareStatics() {
  const auto declare = [&](const char* text, EntityId e) {
    ir::Function f;
    f.name = text;
    f.kind = ir::FunctionKind::kHost;
    f.loc = token(sema_.entity(e).node).loc;
    module_.functions.push_back(f);
    return ir::FunctionId(module_.functions.size() - 1);
  };
  bool has_main = false;
  for (uint32_t i = 1; i < sema_.num_instances(); ++i) {
    has_main |= functions_[i].valid() && IsMain(InstanceId(i));
  }
  if (!has_main) return;
  Enter(InstanceId(0));
  for (uint32_t i = 0; i < sema_.num_entities() && !arena_.failed(); ++i) {
    const EntityId e(i);
    if (!IsMadeAtStart(e)) continue;
    Static row;
    row.variable = e;
    row.begin = declare("initialisation of a variable", e);
    if (types().NeedsDestroy(sema_.entity(e).type)) row.end = declare("end of a variable", e);
    statics_.push_back(row);
  }
}

WS_HD bool Lowerer::IsMain(InstanceId i) const {
  const ir::Function& f = module_.functions[functions_[i.index].index];
  return f.kind == ir::FunctionKind::kHost && SameText(f.name, "main");
}

WS_HD bool Lowerer::IsStatic(EntityId e) const {
  for (const Static& row : statics_) {
    if (row.variable == e) return true;
  }
  return false;
}

WS_HD void Lowerer::CallStatic(ir::FunctionId function) {
  const Operand callee = Operand::Function(function);
  ir::Inst inst;
  inst.op = Op::kCall;
  Emit(inst, {}, {callee});
}

WS_HD void Lowerer::BeginStatics(NodeId main) {
  for (const Static& row : statics_) {
    CallStatic(row.begin);
    CheckThrown(main);
  }
}

// Last first.
WS_HD void Lowerer::EndStatics() {
  for (uint32_t i = statics_.size(); i > 0; --i) {
    if (statics_[i - 1].end.valid()) CallStatic(statics_[i - 1].end);
  }
}

WS_HD void Lowerer::LowerStatics() {
  for (uint32_t i = 0; i < statics_.size() && !arena_.failed(); ++i) {
    const Static row = statics_[i];
    const Entity& entity = sema_.entity(row.variable);
    const TypeId type = entity.type.Unqualified();
    const NodeId init = InitialiserOf(tree(), entity.node);
    Enter(InstanceId(0));
    functions_[0] = row.begin;
    Value place;
    place.kind = Value::Kind::kMemory;
    place.operand = Operand::Global(MakeGlobal(row.variable));
    place.space = ir::Space::kGlobal;
    WriteBody(row.begin, entity.node, [&] {
      const NodeId n = entity.node;
      Walk(tree().first(n).index, n.index);
      if (init.valid()) {
        Initialize(place, type, init);
      } else if (types().NeedsInit(type)) {
        DefaultInit(place, type, n, {});
      }
      if (!temporaries_.empty()) EndTemporaries(0, n);
    });
    if (!row.end.valid()) continue;
    WriteBody(row.end, entity.node, [&] { Destroy(place, type, entity.node); });
  }
  functions_[0] = ir::FunctionId();
}

// The body of a function without parameters or result, at a node of the file.
template <typename Emits>
WS_HD void Lowerer::WriteBody(ir::FunctionId id, NodeId n, const Emits& emits) {
  functions_[0] = id;
  Reset(n);
  ir::FunctionBuilder builder(module_, id);
  builder_ = &builder;
  loc_ = token(n).loc;
  const BlockId entry = NewBlock(), prologue = NewBlock(), start = NewBlock();
  for (const BlockId b : {entry, start}) used_[b.index] = 1;
  epilogue_ = NewBlock();
  Place(entry);
  Branch(prologue);
  Place(start);
  emits();
  if (live()) Branch(epilogue_);
  Place(epilogue_);
  FreeVectors();
  Emit(Op::kRet, Type::kNone, {}, {});
  Place(prologue);
  ZeroVectors();
  Branch(start);
  FinishEscape();
  module_.functions[id.index].frame_bytes = frame_bytes_;
  builder.Finish();
  builder_ = nullptr;
}

}  // namespace ws::front
