// device-clean
// What Sema answers about instances and operands.
#include <cstring>

#include "front/bytes.h"
#include "front/names.h"
#include "front/operators.h"
#include "front/sema.h"

namespace ws::front {

// Programs write std::name for the library's __std_name.
WS_HD std::string_view Sema::AsWritten(std::string_view name) const {
  constexpr uint32_t kOurs = 6, kTheirs = 5;
  if (name.size() <= kOurs || !SameText(name.substr(0, kOurs), "__std_")) return name;
  const size_t bytes = name.size() - kOurs + kTheirs;
  char* const text = static_cast<char*>(arena_->Allocate(bytes));
  if (text == nullptr) return name;
  memcpy(text, "std::", kTheirs);
  memcpy(text + kTheirs, name.data() + kOurs, name.size() - kOurs);
  return {text, bytes};
}

WS_HD std::string_view Sema::NameOf(EntityId e) const {
  const Entity& named = entity(e);
  if (named.name.valid()) return AsWritten(names_->view(named.name));
  if ((named.flags & function_flag::kDestructor) != 0) return "the destructor";
  if ((named.flags & function_flag::kConversion) != 0) return "the conversion function";
  return named.kind == EntityKind::kFunction ? OperatorName(OperatorOf(named.flags))
                                             : std::string_view();
}

WS_HD InstanceId Sema::OnSide(InstanceId own, Target side) const {
  const EntityId function = instances_[own.index].function;
  for (uint32_t i = own.index; i < instances_.size(); ++i) {
    if (instances_[i].function == function && instances_[i].target == side) return InstanceId(i);
  }
  return own;
}

WS_HD EntityId Sema::FinalOverrider(TypeId type, EntityId slot) const {
  for (TypeId t = type.Unqualified(); t != TypeId(); t = types_.Struct(t).base) {
    for (EntityId e = Scope(t).members; e.valid(); e = entity(e).next_member) {
      if (entity(e).slot == slot) return e;
    }
  }
  return {};
}

WS_HD InstanceId Sema::DestructorOf(TypeId type, Target side) const {
  const EntityId e = Scope(type).destructor;
  if (!e.valid()) return {};
  return OnSide(InstanceId(static_cast<uint32_t>(entity(e).bits)), side);
}

WS_HD InstanceId Sema::CopyConstructor(TypeId type, Target side, bool moves) const {
  InstanceId other;
  for (EntityId e = Scope(type).constructors; e.valid(); e = entity(e).next) {
    if (entity(e).is_template) continue;
    const InstanceId own(static_cast<uint32_t>(entity(e).bits));
    const Instance& inst = instances_[own.index];
    if (inst.signature_failed || inst.num_params == 0 || inst.num_required > 1) continue;
    const TypeId first = params_[inst.first_param].type;
    if (first.kind() != TypeKind::kReference) continue;
    if (types_.Element(first).Unqualified() != type.Unqualified()) continue;
    const bool wanted =
        moves ? params_[inst.first_param].is_rvalue : types_.Element(first).is_const();
    if (wanted) return OnSide(own, side);
    other = OnSide(own, side);
  }
  return other;
}

WS_HD InstanceId Sema::StorageOperator(TypeId type, TokenKind op, Target side) const {
  if (types_.Kind(type) != TypeKind::kStruct) return {};
  for (TypeId t = type.Unqualified(); t != TypeId(); t = types_.Struct(t).base) {
    for (EntityId e = Scope(t).members; e.valid(); e = entity(e).next_member) {
      const Entity& member = entity(e);
      if (member.kind != EntityKind::kFunction || member.is_template) continue;
      if (OperatorOf(member.flags) != op) continue;
      const InstanceId own(static_cast<uint32_t>(member.bits));
      if (instances_[own.index].num_params == 1) return OnSide(own, side);
    }
  }
  return {};
}

WS_HD InstanceId Sema::DefaultConstructor(TypeId type, Target side) const {
  for (EntityId e = Scope(type).constructors; e.valid(); e = entity(e).next) {
    if (entity(e).is_template) continue;
    const InstanceId own(static_cast<uint32_t>(entity(e).bits));
    if (instances_[own.index].num_required > 0 || instances_[own.index].signature_failed) continue;
    return OnSide(own, side);
  }
  return {};
}

WS_HD std::string_view Sema::InstanceName(InstanceId i) {
  const Instance& inst = instances_[i.index];
  const std::string_view name = NameOf(inst.function);
  const bool member = inst.self.kind() == TypeKind::kStruct;
  if (inst.num_args == 0 && !member) return name;
  Vec<char> text(*arena_);
  if (member) {
    const std::string_view scope = types_.Struct(inst.self).text;
    for (size_t k = 0; k < scope.size(); ++k) text.push_back(scope.data()[k]);
    text.push_back(':');
    text.push_back(':');
  }
  const std::string_view full = TemplateText(name, inst.first_arg, inst.num_args);
  for (size_t k = 0; k < full.size(); ++k) text.push_back(full.data()[k]);
  return {text.data(), text.size()};
}

WS_HD std::string_view Sema::SignatureText(InstanceId i) {
  const Instance& inst = instances_[i.index];
  Vec<char> text(*arena_);
  const auto add = [&](std::string_view part) {
    for (size_t k = 0; k < part.size(); ++k) text.push_back(part.data()[k]);
  };
  add(types_.Spelling(inst.result));
  text.push_back(' ');
  add(InstanceName(i));
  text.push_back('(');
  for (uint32_t k = 0; k < inst.num_params; ++k) {
    if (k > 0) add(", ");
    add(types_.Spelling(params_[inst.first_param + k].type));
  }
  text.push_back(')');
  return {text.data(), text.size()};
}

WS_HD std::string_view Sema::TemplateText(std::string_view name, uint32_t first, uint32_t count) {
  if (count == 0) return name;
  Vec<char> text(*arena_);
  for (size_t k = 0; k < name.size(); ++k) text.push_back(name.data()[k]);
  for (uint32_t k = 0; k < count; ++k) {
    text.push_back(k == 0 ? '<' : ',');
    if (k > 0) text.push_back(' ');
    const TemplateArg& arg = args_[first + k];
    if (arg.is_type) {
      const std::string_view spelled = types_.Spelling(arg.type);
      for (size_t c = 0; c < spelled.size(); ++c) text.push_back(spelled.data()[c]);
      continue;
    }
    if (arg.type.kind() == TypeKind::kFunction) {
      const uint32_t which = static_cast<uint32_t>(arg.bits);
      const bool is_instance = arg.bits >> 32 != 0;
      const std::string_view function =
          NameOf(is_instance ? instances_[which].function : EntityId(which));
      for (size_t c = 0; c < function.size(); ++c) text.push_back(function.data()[c]);
      continue;
    }
    if (types_.Kind(arg.type) == TypeKind::kEnumClass) {  // whose values are no integers
      const std::string_view spelled = types_.Spelling(arg.type);
      text.push_back('(');
      for (size_t c = 0; c < spelled.size(); ++c) text.push_back(spelled.data()[c]);
      text.push_back(')');
    }
    uint64_t value = arg.bits;
    if (IsSignedKind(types_.Kind(arg.type)) && static_cast<int64_t>(value) < 0) {
      text.push_back('-');
      value = 0 - value;
    }
    char digits[20];
    uint32_t length = 0;
    do {
      digits[length++] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    while (length > 0) text.push_back(digits[--length]);
  }
  text.push_back('>');
  return {text.data(), text.size()};
}

WS_HD TypeId Sema::OperandType(BinaryOp op, TypeId lhs, TypeId rhs) const {
  const TypeKind l = types_.Kind(lhs);
  const TypeKind r = types_.Kind(rhs);
  if (l == TypeKind::kEnumClass || r == TypeKind::kEnumClass) {
    const bool same = lhs.Unqualified() == rhs.Unqualified();
    const bool orders = op >= BinaryOp::kLt && op <= BinaryOp::kNe;
    return same && orders ? types_.Underlying(lhs).Unqualified() : TypeId();
  }
  const auto promoted = [](TypeKind k) {
    return k < TypeKind::kInt || IsEnumKind(k) ? TypeKind::kInt : k;
  };
  const bool l_arithmetic = IsArithmeticKind(l) || IsEnumKind(l);
  const bool r_arithmetic = IsArithmeticKind(r) || IsEnumKind(r);
  const bool integers_only = op == BinaryOp::kRem || op == BinaryOp::kShl || op == BinaryOp::kShr ||
                             (op >= BinaryOp::kBitAnd && op <= BinaryOp::kBitOr);
  if (l_arithmetic && r_arithmetic) {
    if (integers_only && (IsFloatKind(l) || IsFloatKind(r))) return {};
    if (op == BinaryOp::kShl || op == BinaryOp::kShr) return TypeId(promoted(l));
    if (l == TypeKind::kDouble || r == TypeKind::kDouble) return TypeId(TypeKind::kDouble);
    if (l == TypeKind::kFloat || r == TypeKind::kFloat) return TypeId(TypeKind::kFloat);
    // Integers: the higher rank wins; the signed one if it can hold the unsigned one.
    TypeKind a = promoted(l);
    TypeKind b = promoted(r);
    if (a < b) {
      const TypeKind swap = a;
      a = b;
      b = swap;
    }
    // The order of kinds puts each unsigned type behind its signed one. long and unsigned long are
    // as wide as the long longs: a signed long long with an unsigned long is unsigned long long.
    if (a == TypeKind::kLongLong && b == TypeKind::kULong) return TypeId(TypeKind::kULongLong);
    return TypeId(a);
  }
  if (integers_only) return {};
  if (l == r && (IsHalfKind(l) || IsPackedKind(l))) return lhs.Unqualified();
  const bool compares = op >= BinaryOp::kLt && op <= BinaryOp::kNe;
  const bool l_pointer = l == TypeKind::kPointer || l == TypeKind::kArray;
  const bool r_pointer = r == TypeKind::kPointer || r == TypeKind::kArray;
  if (compares && (l_pointer || IsHandleKind(l)) &&
      (r_pointer || IsHandleKind(r) || r == TypeKind::kNullptr || IsIntegerKind(r))) {
    return TypeId(TypeKind::kULong);
  }
  if (compares && (r_pointer || IsHandleKind(r)) && (l == TypeKind::kNullptr || IsIntegerKind(l))) {
    return TypeId(TypeKind::kULong);
  }
  return {};
}

}  // namespace ws::front
