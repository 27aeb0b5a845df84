// device-clean
#include "front/init_list.h"

#include "front/builtins.h"
#include "front/constants.h"
#include "front/text_literal.h"

namespace ws::front {
namespace {

// Objects that are being filled, outermost first.
struct Level {
  TypeId type;
  uint64_t offset;
  uint64_t next;
};
constexpr uint32_t kMaxLevels = 32;

// How many parts an object has; 1 for a scalar, which is its own part.
WS_HD uint64_t NumParts(const TypeTable& types, TypeId type) {
  switch (types.Kind(type)) {
    case TypeKind::kArray:
    case TypeKind::kVector:
    case TypeKind::kDim3:
    case TypeKind::kHalf2:
    case TypeKind::kBFloat162:
      return types.Info(type).count;
    case TypeKind::kStruct:
      if (types.Struct(type).has_constructor) return 1;
      if (types.Struct(type).is_union && types.Struct(type).num_members > 1) return 1;
      return types.Struct(type).num_members;
    default:
      return 1;
  }
}

// Part `index` of the object, with its offset from the object's beginning.
WS_HD ListItem PartOf(const TypeTable& types, TypeId type, uint64_t index) {
  switch (types.Kind(type)) {
    case TypeKind::kArray:
    case TypeKind::kVector:
    case TypeKind::kDim3:
    case TypeKind::kHalf2:
    case TypeKind::kBFloat162: {
      const TypeId part = types.Element(type);
      return {{}, part, index * types.Bytes(part)};
    }
    case TypeKind::kStruct:
      if (!types.Struct(type).has_constructor) {
        const StructMember& member = types.Members(type)[index];
        return {{}, member.type, member.offset};
      }
      return {{}, type, 0};
    default:
      return {{}, type, 0};
  }
}

// The index of the member that a designator names.
WS_HD uint64_t Designated(const Sema& sema, NodeId n, TypeId type) {
  const NameId name = sema.tokens()[sema.tree().token(n).index].name;
  const std::span<const StructMember> members = sema.types().Members(type);
  uint64_t i = 0;
  while (i < members.size() && members[i].name != name) ++i;
  return i;
}

}  // namespace

WS_HD NodeId SplitList(const Sema& sema, InstanceId instance, const ListItem& item,
                       Vec<ListItem>& out) {
  const Tree& tree = sema.tree();
  const TypeTable& types = sema.types();
  // The elements lie before the list, the last one first.
  const uint32_t begin = out.size();
  for (NodeId c = tree.LastChild(item.value); c.valid(); c = tree.PrevSibling(item.value, c)) {
    if (tree.kind(c) != NodeKind::kTypeId) out.push_back({c, {}, 0});
  }
  const uint32_t count = out.size() - begin;
  for (uint32_t i = 0; 2 * i + 1 < count; ++i) {
    const ListItem swap = out[begin + i];
    out[begin + i] = out[begin + count - 1 - i];
    out[begin + count - 1 - i] = swap;
  }
  const auto type_of = [&](NodeId n) { return sema.Info(instance, n).type.Unqualified(); };
  // A list of one value of the type itself copies it.
  if (count == 1 && tree.kind(out[begin].value) != NodeKind::kInitList &&
      types.Kind(item.type) != TypeKind::kArray &&
      type_of(out[begin].value) == item.type.Unqualified()) {
    out[begin].type = item.type;
    out[begin].offset = item.offset;
    return {};
  }
  const auto is_text = [&](NodeId value, TypeId part) {
    return tree.kind(value) == NodeKind::kStringLiteral && types.Kind(part) == TypeKind::kArray &&
           IsIntegerKind(types.Kind(types.Element(part))) && types.Bytes(types.Element(part)) == 1;
  };
  if (count == 1 && is_text(out[begin].value, item.type)) {  // char a[4] = {"abc"}
    out[begin].type = item.type;
    out[begin].offset = item.offset;
    return {};
  }
  Level levels[kMaxLevels];
  uint32_t depth = 1;
  levels[0] = {item.type, item.offset, 0};
  for (uint32_t i = 0; i < count; ++i) {
    ListItem& element = out[begin + i];
    const bool designated = tree.kind(element.value) == NodeKind::kDesignated &&
                            types.Kind(item.type) == TypeKind::kStruct;
    if (designated) {
      depth = 1;
      levels[0].next = Designated(sema, element.value, item.type);
      element.value = NodeId(element.value.index - 1);
    }
    while (depth > 1 && levels[depth - 1].next == NumParts(types, levels[depth - 1].type)) --depth;
    for (;;) {
      Level& level = levels[depth - 1];
      if (!designated && level.next >= NumParts(types, level.type)) return element.value;
      const ListItem place = PartOf(types, level.type, level.next);
      const TypeId part = place.type;
      const uint64_t offset = level.offset + place.offset;
      ++level.next;
      const TypeKind k = types.Kind(part);
      const bool aggregate = k == TypeKind::kStruct && !types.Struct(part).has_constructor;
      const bool has_parts = part != level.type &&
                             k != TypeKind::kDim3 &&  // which has a constructor
                             (k == TypeKind::kArray || types.IsAggregate(part) || aggregate);
      const bool whole = !has_parts || designated ||
                         tree.kind(element.value) == NodeKind::kInitList ||
                         is_text(element.value, part) ||
                         type_of(element.value) == part.Unqualified() || depth == kMaxLevels;
      if (whole) {
        element.type = part;
        element.offset = offset;
        break;
      }
      levels[depth++] = {part, offset, 0};
    }
  }
  return {};
}

WS_HD NodeId DefaultInitOf(const Sema& sema, InstanceId function) {
  const Tree& tree = sema.tree();
  const NodeId body(sema.instance(function).node.index - 1);
  // { T ws_value = init; return ws_value; }
  NodeId declaration = tree.LastChild(body);
  if (declaration.valid()) declaration = tree.PrevSibling(body, declaration);
  for (NodeId c = declaration; c.valid();) {
    if (tree.kind(c) == NodeKind::kDeclarator) return InitialiserOf(tree, c);
    c = tree.LastChild(c);
  }
  return {};
}

namespace {

// An object and what initialises it, in the rows of an instance; no node: its defaults alone.
struct ConstantItem {
  NodeId node;
  TypeId type;
  uint64_t offset;
  InstanceId rows;
};
constexpr uint32_t kMaxConstantParts = 1u << 19;

// What stands in the function that gives a member, in rows that have been filled.
WS_HD NodeId GivenBy(const Sema& sema, const StructMember& member, InstanceId* rows) {
  for (const Target side : {Target::kHost, Target::kDevice}) {
    *rows = sema.DefaultOf(member, side);
    if (rows->valid() && sema.instance(*rows).is_used) return DefaultInitOf(sema, *rows);
  }
  return {};
}

// Pushes what the members of a struct, or the elements of an array, are by default; false if that
// is not constant.
WS_HD bool PushDefaults(const Sema& sema, const ConstantItem& item, Vec<ConstantItem>& work,
                        Vec<ConstantPart>& out) {
  const TypeTable& types = sema.types();
  if (!types.NeedsInit(item.type)) return true;
  if (types.Kind(item.type) == TypeKind::kDim3) {
    const TypeId element = types.Element(item.type);
    for (uint64_t i = 0; i < types.Info(item.type).count; ++i) {
      out.push_back({element, item.offset + i * types.Bytes(element), 1});
    }
    return true;
  }
  if (types.Kind(item.type) == TypeKind::kArray) {
    const TypeId element = types.Element(item.type);
    const uint64_t count = types.Info(item.type).count;
    for (uint64_t i = 0; i < count && work.size() < kMaxConstantParts; ++i) {
      work.push_back({{}, element, item.offset + i * types.Bytes(element), item.rows});
    }
    return true;
  }
  for (const StructMember& member : types.Members(item.type)) {
    if (!member.init.valid() && !member.made_by.valid() && !types.NeedsInit(member.type)) continue;
    InstanceId rows = sema.Scope(item.type).owner;
    NodeId init = member.init;
    if (member.made_by.valid()) {
      init = GivenBy(sema, member, &rows);
      if (!init.valid()) return false;
    }
    work.push_back({init, member.type, item.offset + member.offset, rows});
  }
  return true;
}

// The characters of a literal that initialises an array of them; what is left is zero.
WS_HD void TextParts(const Sema& sema, const ConstantItem& item, Vec<ConstantPart>& out) {
  const TypeTable& types = sema.types();
  Vec<uint8_t> text(sema.arena());
  uint32_t bad = 0;
  ReadText(sema.tokens(), sema.tree().token(item.node).index, text, &bad);
  const TypeId element = types.Element(item.type);
  for (uint64_t i = 0; i < text.size() && i < types.Bytes(item.type); ++i) {
    out.push_back({element, item.offset + i, text[static_cast<uint32_t>(i)]});
  }
}

}  // namespace

WS_HD bool ConstantParts(const Sema& sema, InstanceId instance, NodeId init, TypeId type,
                         Vec<ConstantPart>& out) {
  const Tree& tree = sema.tree();
  const TypeTable& types = sema.types();
  Vec<ConstantItem> work(sema.arena());
  work.push_back({init, type, 0, instance});
  while (!work.empty() && !sema.arena().failed()) {
    ConstantItem item = work.back();
    work.pop_back();
    if (out.size() >= kMaxConstantParts || work.size() >= kMaxConstantParts) return false;
    const bool is_struct = types.Kind(item.type) == TypeKind::kStruct;
    if (is_struct && types.Struct(item.type).has_constructor) return false;
    if (!item.node.valid()) {
      if (!PushDefaults(sema, item, work, out)) return false;
      continue;
    }
    NodeKind k = tree.kind(item.node);
    while (k == NodeKind::kInitEq || k == NodeKind::kParen || k == NodeKind::kInitParen) {
      const NodeId last = tree.LastChild(item.node);
      if (!last.valid() || tree.PrevSibling(item.node, last).valid()) break;  // none, or several
      item.node = last;
      k = tree.kind(item.node);
    }
    const NodeInfo& from = sema.Info(item.rows, item.node);
    const bool made = k == NodeKind::kCast && !from.constant &&
                      (is_struct || types.IsAggregate(item.type)) &&
                      from.type.Unqualified() == item.type.Unqualified();
    if (k == NodeKind::kInitList || k == NodeKind::kInitParen || made) {
      Vec<ListItem> parts(sema.arena());
      if (SplitList(sema, item.rows, {item.node, item.type, item.offset}, parts).valid()) {
        return false;
      }
      for (uint32_t i = parts.size(); i > 0; --i) {
        const ListItem& part = parts[i - 1];
        if (part.value == item.node) return false;
        work.push_back({part.value, part.type, part.offset, item.rows});
      }
      if (!PushDefaults(sema, item, work, out)) return false;
      continue;
    }
    if (k == NodeKind::kCall && from.builtin != kNoBuiltin &&
        RowOf(from.builtin).how == BuiltinHow::kMake && types.IsAggregate(item.type)) {
      const TypeId element = types.Element(item.type);
      uint64_t at = types.Info(item.type).count;
      for (NodeId c = tree.LastChild(item.node); c.valid() && at > 0;
           c = tree.PrevSibling(item.node, c)) {
        --at;
        work.push_back({c, element, item.offset + at * types.Bytes(element), item.rows});
      }
      continue;
    }
    if (types.Kind(item.type) == TypeKind::kDim3 && IsIntegerKind(types.Kind(from.type))) {
      PushDefaults(sema, item, work, out);  // dim3 d = 4
      item.type = types.Element(item.type);
    }
    const TypeKind to = types.Kind(types.Underlying(item.type));
    ConstantPart part = {item.type, item.offset};
    if (to == TypeKind::kPointer && !from.constant) {
      part.address = AddressConstant(sema, item.rows, item.node);
      if (!part.address.valid()) return false;
      out.push_back(part);
      continue;
    }
    if (k == NodeKind::kStringLiteral && to == TypeKind::kArray) {
      TextParts(sema, item, out);
      continue;
    }
    if (!from.constant || is_struct) return false;
    if (to == TypeKind::kPointer || IsHandleKind(to)) {
      if (from.bits != 0) return false;
    } else if (!ConvertConstant(types.Kind(types.Underlying(from.type)), to, from.bits,
                                &part.bits)) {
      return false;
    }
    out.push_back(part);
  }
  return true;
}

}  // namespace ws::front
