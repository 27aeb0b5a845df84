// device-clean
#include "front/address_constant.h"

namespace ws::front {
namespace {

// What is looked for next: the value of a pointer, or where an object lies.
struct Wanted {
  NodeId node;
  InstanceId rows;
  bool place = false;
};
constexpr uint32_t kMaxSteps = 256;

class Resolver {
 public:
  WS_HD explicit Resolver(const Sema& sema) : sema_(sema) {}

  WS_HD ConstantAddress Run(InstanceId instance, NodeId expr) {
    at_ = {expr, instance};
    for (uint32_t i = 0; i < kMaxSteps && !found_.valid(); ++i) {
      if (!Step()) return {};
    }
    return found_;
  }

 private:
  WS_HD const Tree& tree() const { return sema_.tree(); }
  WS_HD const TypeTable& types() const { return sema_.types(); }
  WS_HD const NodeInfo& info(NodeId n) const { return sema_.Info(at_.rows, n); }
  WS_HD TypeKind KindOf(NodeId n) const { return types().Kind(info(n).type); }
  WS_HD bool Go(NodeId n, bool place) {
    at_ = {n, at_.rows, place};
    return true;
  }

  // Moves the found address by `count` elements of the type; false past all reason.
  WS_HD bool Move(uint64_t count, TypeId element, bool back) {
    int64_t bytes = 0, total = 0;
    const int64_t size = static_cast<int64_t>(types().Bytes(element));
    if (__builtin_mul_overflow(static_cast<int64_t>(count), size, &bytes)) return false;
    const bool over = back ? __builtin_sub_overflow(found_.offset, bytes, &total)
                           : __builtin_add_overflow(found_.offset, bytes, &total);
    found_.offset = total;
    return !over;
  }

  WS_HD bool Step() {
    const NodeId n = at_.node;
    if (tree().kind(n) == NodeKind::kStringLiteral) {
      found_.text = n;
      return true;
    }
    if (info(n).function && !at_.place) {
      found_.function = InstanceId(static_cast<uint32_t>(info(n).bits));
      return found_.offset == 0;
    }
    if (tree().kind(n) == NodeKind::kParen) return Go(NodeId(n.index - 1), at_.place);
    return at_.place ? StepPlace() : StepValue();
  }

  WS_HD bool StepValue() {
    const NodeId n = at_.node;
    const NodeId last(n.index - 1);
    switch (tree().kind(n)) {
      case NodeKind::kCast:
        if (info(n).entity.valid() || KindOf(n) != TypeKind::kPointer || last == n) return false;
        if (tree().kind(last) == NodeKind::kTypeId) return false;
        if (KindOf(last) != TypeKind::kPointer && KindOf(last) != TypeKind::kArray) return false;
        return Go(last, false);
      case NodeKind::kUnary:
        if (info(n).entity.valid() && KindOf(n) != TypeKind::kPointer) return false;
        if (static_cast<UnaryOp>(tree().data(n)) == UnaryOp::kAddressOf &&
            info(last).category == Category::kLvalue) {
          return Go(last, true);
        }
        break;
      case NodeKind::kBinary:
        return StepSum();
      default:
        break;
    }
    if (KindOf(n) == TypeKind::kArray) return Go(n, true);
    return StepIntoVariable();
  }

  // pointer + n, n + pointer, pointer - n.
  WS_HD bool StepSum() {
    const NodeId n = at_.node;
    const BinaryOp op = static_cast<BinaryOp>(tree().data(n));
    if ((op != BinaryOp::kAdd && op != BinaryOp::kSub) || KindOf(n) != TypeKind::kPointer) {
      return false;
    }
    NodeId count(n.index - 1);
    NodeId pointer = tree().PrevSibling(n, count);
    if (op == BinaryOp::kAdd && info(pointer).constant) {
      const NodeId swap = pointer;
      pointer = count;
      count = swap;
    }
    if (!info(count).constant || !IsIntegerKind(KindOf(count))) return false;
    if (!Move(info(count).bits, types().Element(info(n).type), op == BinaryOp::kSub)) return false;
    return Go(pointer, false);
  }

  // The value of a const pointer is that of its initialiser.
  WS_HD bool StepIntoVariable() {
    const EntityId e = info(at_.node).entity;
    if (tree().kind(at_.node) != NodeKind::kName || !e.valid()) return false;
    const Entity& entity = sema_.entity(e);
    if (entity.kind != EntityKind::kGlobal || types().Kind(entity.type) != TypeKind::kPointer ||
        !entity.type.is_const() || entity.type.is_volatile()) {
      return false;
    }
    const NodeId init = InitialiserOf(tree(), entity.node);
    if (!init.valid() || tree().subtree_size(init) < 2) return false;
    at_ = {NodeId(init.index - 1), entity.owner};
    return true;
  }

  WS_HD bool StepPlace() {
    const NodeId n = at_.node;
    const NodeId last(n.index - 1);
    switch (tree().kind(n)) {
      case NodeKind::kName:
        return StepToObject();
      case NodeKind::kUnary:
        return static_cast<UnaryOp>(tree().data(n)) == UnaryOp::kDeref && !info(n).entity.valid() &&
               Go(last, false);
      case NodeKind::kIndex: {
        const NodeId base = tree().PrevSibling(n, last);
        const TypeKind k = KindOf(base);
        if (info(n).entity.valid() || !info(last).constant || !IsIntegerKind(KindOf(last)) ||
            (k != TypeKind::kArray && k != TypeKind::kPointer)) {
          return false;
        }
        return Move(info(last).bits, info(n).type, false) && Go(base, k == TypeKind::kArray);
      }
      case NodeKind::kMember:
        return info(n).entity.valid() ? StepToObject() : StepMember();
      default:
        return false;
    }
  }

  WS_HD bool StepMember() {
    const NodeId n = at_.node;
    const NodeId base = tree().ObjectOf(n);
    const bool arrow = tree().data(n) == 1;
    const TypeId held = info(base).type;
    if (arrow && KindOf(base) != TypeKind::kPointer && KindOf(base) != TypeKind::kArray) {
      return false;
    }
    const TypeId object = arrow ? types().Element(held) : held;
    if (types().Kind(object) != TypeKind::kStruct) return false;
    const StructMember& member = types().NamedMembers(object)[info(n).bits];
    if (member.by_reference) return false;
    found_.offset += static_cast<int64_t>(member.offset);
    return Go(base, !arrow);
  }

  WS_HD bool StepToObject() {
    const EntityId e = info(at_.node).entity;
    if (!e.valid() || sema_.entity(e).kind != EntityKind::kGlobal) return false;
    if (types().Kind(sema_.entity(e).type) == TypeKind::kReference) return false;
    found_.object = e;
    return true;
  }

  const Sema& sema_;
  Wanted at_;
  ConstantAddress found_;
};

}  // namespace

WS_HD ConstantAddress AddressConstant(const Sema& sema, InstanceId instance, NodeId expr) {
  return Resolver(sema).Run(instance, expr);
}

WS_HD NodeId InitialiserOf(const Tree& tree, NodeId declarator) {
  const NodeId init = tree.LastChild(declarator);
  if (!init.valid()) return {};
  const NodeKind k = tree.kind(init);
  const bool is_init =
      k == NodeKind::kInitEq || k == NodeKind::kInitList || k == NodeKind::kInitParen;
  return is_init ? init : NodeId();
}

}  // namespace ws::front
