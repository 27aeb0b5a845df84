// device-clean
// Variables of the module: shared, device, constant and host ones, and texts.
#include "front/init_list.h"
#include "front/literal.h"
#include "front/lowerer.h"
#include "front/text_literal.h"
#include "ir/function_address.h"

namespace ws::front {
namespace {

WS_HD void InsertInOrder(Vec<ir::Relocation>& list, const ir::Relocation& r) {
  list.push_back(r);
  for (uint32_t i = list.size() - 1; i > 0 && list[i - 1].offset > r.offset; --i) {
    list[i] = list[i - 1];
    list[i - 1] = r;
  }
}

WS_HD void RemoveAt(Vec<ir::Relocation>& list, uint64_t offset) {
  uint32_t i = list.size();
  while (i > 0 && list[i - 1].offset > offset) --i;
  if (i == 0 || list[i - 1].offset != offset) return;
  for (; i < list.size(); ++i) list[i - 1] = list[i];
  list.pop_back();
}

}  // namespace

WS_HD ir::GlobalId Lowerer::MakeGlobal(EntityId e) {
  ir::GlobalId& slot = globals_[e.index];
  if (slot.valid()) return slot;
  const Entity& entity = sema_.entity(e);
  const TypeId type = entity.type;
  const TypeId element = types().InnerElement(type);
  ir::Global g;
  g.name = sema_.NameOf(e);
  g.bytes = types().Bytes(type);
  g.align = AlignOf(entity);
  g.type = MemoryType(types().IsAggregate(element) ? types().ComponentType(element) : element);
  if (kind(element) == TypeKind::kStruct) g.type = Type::kB8;
  g.loc = token(entity.node).loc;
  g.is_device = (entity.flags & (storage_flag::kDevice | storage_flag::kConstant)) != 0;
  g.is_managed = (entity.flags & storage_flag::kManaged) != 0;
  const bool is_const = entity.owner.index != 0 && type.is_const() && !entity.on_host;
  if (entity.kind == EntityKind::kShared) {
    g.space = ir::Space::kShared;
    g.is_dynamic_shared = entity.dynamic;
    if (entity.dynamic) g.bytes = 0;
    if (entity.owner.index != 0) g.owner = functions_[entity.owner.index];
  } else {
    g.space = entity.in_constant_memory || is_const ? ir::Space::kConst : ir::Space::kGlobal;
    const bool on_device = (entity.flags & (storage_flag::kDevice | storage_flag::kConstant)) != 0;
    if (entity.on_host || (on_host() && !on_device)) g.owner = functions_[instance_.index];
    const NodeId init = InitialiserOf(tree(), entity.node);
    if (init.valid() || types().NeedsInit(type)) {
      uint8_t* bytes = static_cast<uint8_t*>(arena_.Allocate(g.bytes));
      if (bytes == nullptr) return slot = ir::GlobalId(0);
      memset(bytes, 0, g.bytes);
      g.init = {bytes, g.bytes};
      unfilled_.push_back({e, bytes});
    }
  }
  slot = ir::GlobalId(module_.globals.size());
  module_.globals.push_back(g);
  return slot;
}

// Gives the variables made since then their values, and those that these point to.
WS_HD void Lowerer::FillGlobals() {
  if (unfilled_.empty()) return;
  const InstanceId here = instance_;
  while (!unfilled_.empty() && !arena_.failed()) {
    const Unfilled next = unfilled_.back();
    unfilled_.pop_back();
    const Entity& entity = sema_.entity(next.variable);
    if (IsStatic(next.variable)) continue;
    const NodeId init = InitialiserOf(tree(), entity.node);
    // The initialiser was walked where the variable was declared.
    Enter(entity.owner);
    if (!FillGlobal(next.variable, init, next.bytes)) {
      Error(Kind::kNotConstant, init.valid() ? init : entity.node,
            "the value of a variable that outlives the call");
    }
  }
  Enter(here);
}

// Whether a variable lies in device memory.
WS_HD bool Lowerer::OnDevice(const Entity& e) const {
  const bool device = (e.flags & (storage_flag::kDevice | storage_flag::kConstant)) != 0;
  return device || (e.owner.index != 0 && !e.on_host);
}

// The bytes and addresses of a constant initialiser; false if it is not constant.
WS_HD bool Lowerer::FillGlobal(EntityId e, NodeId init, uint8_t* bytes) {
  const TypeId type = sema_.entity(e).type;
  const bool on_device = OnDevice(sema_.entity(e));
  if (const NodeId literal = TextOf(init, type); literal.valid()) {
    Vec<uint8_t> text(arena_);
    uint32_t bad = 0;
    ReadText(sema_.tokens(), tree().token(literal).index, text, &bad);
    const uint64_t size = types().Bytes(type);
    memcpy(bytes, text.data(), text.size() < size ? text.size() : size);
    return true;
  }
  Vec<ConstantPart> parts(arena_);
  if (!ConstantParts(sema_, instance_, init, type, parts)) return false;
  Vec<ir::Relocation> addresses(arena_);
  for (const ConstantPart& part : parts) {
    const TypeKind k = kind(types().Underlying(part.type));
    if (k == TypeKind::kPointer) RemoveAt(addresses, part.offset);
    if (part.address.function.valid()) {
      TakeAddress(part.address.function);
      const uint64_t address = ir::FunctionAddress(part.address.function.index);
      memcpy(bytes + part.offset, &address, sizeof(address));
      continue;
    }
    if (part.address.valid()) {
      const EntityId object = part.address.object;
      if (object.valid() && OnDevice(sema_.entity(object)) != on_device) return false;
      InsertInOrder(addresses, {part.offset, GlobalAt(part.address), part.address.offset});
      continue;
    }
    const uint64_t machine =
        k == TypeKind::kPointer || IsHandleKind(k) ? 0 : MachineBits(k, part.bits);
    memcpy(bytes + part.offset, &machine, types().Bytes(part.type));
  }
  module_.globals[globals_[e.index].index].addresses = addresses.span();
  return true;
}

WS_HD ir::GlobalId Lowerer::GlobalAt(const ConstantAddress& address) {
  return address.text.valid() ? StringGlobal(address.text) : MakeGlobal(address.object);
}

// A string literal with the zero behind it, adjacent literals joined.
WS_HD ir::GlobalId Lowerer::StringGlobal(NodeId n) {
  Vec<uint8_t> text(arena_);
  uint32_t bad = 0;
  if (!ReadText(sema_.tokens(), tree().token(n).index, text, &bad)) {
    Error(Kind::kBadLiteral, n, sema_.tokens()[bad].view(), "it has an unknown escape sequence");
  }
  return TextGlobal(text.span(), token(n).loc);
}

WS_HD ir::GlobalId Lowerer::TextGlobal(std::span<const uint8_t> text, diag::Loc loc) {
  ir::Global g;
  g.name = "text";
  g.type = Type::kU8;
  g.bytes = text.size();
  g.init = text;
  g.loc = loc;
  g.owner = functions_[instance_.index];
  module_.globals.push_back(g);
  return ir::GlobalId(module_.globals.size() - 1);
}

}  // namespace ws::front
