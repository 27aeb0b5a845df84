// device-clean
#include "front/init_list.h"

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
  const TypeInfo made = types.Info(type);
  switch (made.kind) {
    case TypeKind::kArray:
    case TypeKind::kVector:
    case TypeKind::kDim3:
    case TypeKind::kHalf2:
    case TypeKind::kBFloat162:
      return made.count;
    default:
      return 1;
  }
}

WS_HD TypeId PartType(const TypeTable& types, TypeId type) {
  return NumParts(types, type) == 1 && types.Kind(type) != TypeKind::kArray &&
                 types.Kind(type) != TypeKind::kVector
             ? type
             : types.Element(type);
}

}  // namespace

WS_HD NodeId SplitList(const Sema& sema, InstanceId instance, const ListItem& item,
                       Vec<ListItem>& out) {
  const Tree& tree = sema.tree();
  const TypeTable& types = sema.types();
  // The elements lie before the list, the last one first.
  const uint32_t begin = out.size();
  for (NodeId c = tree.LastChild(item.value); c.valid(); c = tree.PrevSibling(item.value, c)) {
    out.push_back({c, {}, 0});
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
  Level levels[kMaxLevels];
  uint32_t depth = 1;
  levels[0] = {item.type, item.offset, 0};
  for (uint32_t i = 0; i < count; ++i) {
    ListItem& element = out[begin + i];
    while (depth > 1 && levels[depth - 1].next == NumParts(types, levels[depth - 1].type)) --depth;
    for (;;) {
      Level& level = levels[depth - 1];
      if (level.next == NumParts(types, level.type)) return element.value;
      const TypeId part = PartType(types, level.type);
      const uint64_t offset = level.offset + level.next * types.Bytes(part);
      ++level.next;
      const TypeKind k = types.Kind(part);
      const bool has_parts =
          part != level.type && (k == TypeKind::kArray || types.IsAggregate(part));
      const bool whole = !has_parts || tree.kind(element.value) == NodeKind::kInitList ||
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

}  // namespace ws::front
