// device-clean
// std::numeric_limits<T>::member, as constants.
#include <bit>

#include "front/constants.h"
#include "front/walker.h"

namespace ws::front {
namespace {

enum class Limit : uint8_t {
  kMax,
  kMin,
  kLowest,
  kEpsilon,
  kInfinity,
  kQuietNan,
  kDenormMin,
  kDigits,
  kDigits10,
  kIsSigned,
  kIsInteger,
  kCount
};

WS_HD Limit LimitOf(std::string_view name) {
  constexpr const char* kNames[] = {"max",      "min",       "lowest",     "epsilon",
                                    "infinity", "quiet_NaN", "denorm_min", "digits",
                                    "digits10", "is_signed", "is_integer"};
  for (uint32_t i = 0; i < static_cast<uint32_t>(Limit::kCount); ++i) {
    if (SameText(name, kNames[i])) return static_cast<Limit>(i);
  }
  return Limit::kCount;
}

WS_HD bool IsFunction(Limit limit) { return limit <= Limit::kDenormMin; }

WS_HD double FloatLimit(Limit limit, bool is_double) {
  switch (limit) {
    case Limit::kMax:
      return is_double ? 0x1.fffffffffffffp+1023 : 0x1.fffffep+127;
    case Limit::kMin:
      return is_double ? 0x1p-1022 : 0x1p-126;
    case Limit::kLowest:
      return is_double ? -0x1.fffffffffffffp+1023 : -0x1.fffffep+127;
    case Limit::kEpsilon:
      return is_double ? 0x1p-52 : 0x1p-23;
    case Limit::kInfinity:
      return std::bit_cast<double>(uint64_t{0x7ff0000000000000});
    case Limit::kQuietNan:
      return std::bit_cast<double>(uint64_t{0x7ff8000000000000});
    case Limit::kDenormMin:
      return is_double ? 0x1p-1074 : 0x1p-149;
    default:
      return 0;
  }
}

}  // namespace

// The name alone: a data member, or a function whose call gives the constant.
WS_HD void Walker::VisitLimit(NodeId n) {
  const Limit limit = LimitOf(token(n).view());
  const std::span<const NodeId> list = Children(n);
  const std::span<const NodeId> args = list.empty() ? list : Children(list[0]);
  if (args.size() != 1 || info(args[0]).category != Category::kType) {
    Error(Kind::kUnsupported, n, "std::numeric_limits without a type");
    return;
  }
  const TypeId type = info(args[0]).type.Unqualified();
  if (type == TypeId()) return;
  const TypeKind k = kind(type);
  if (limit == Limit::kCount || !IsArithmeticKind(k)) {
    Error(Kind::kNoMember, n, token(n).view(), "std::numeric_limits");
    return;
  }
  if (IsFunction(limit)) {
    info(n).type = TypeId(TypeKind::kFunction);
    info(n).category = Category::kLimit;
    return;
  }
  const uint64_t bits = types().Bytes(type) * 8 - (IsSignedKind(k) ? 1 : 0);
  switch (limit) {
    case Limit::kDigits:
      SetConstant(n, TypeId(TypeKind::kInt),
                  k == TypeKind::kFloat    ? 24
                  : k == TypeKind::kDouble ? 53
                  : k == TypeKind::kBool   ? 1
                                           : bits);
      return;
    case Limit::kDigits10:
      SetConstant(n, TypeId(TypeKind::kInt),
                  k == TypeKind::kFloat    ? 6
                  : k == TypeKind::kDouble ? 15
                  : k == TypeKind::kBool   ? 0
                                           : bits * 30103 / 100000);
      return;
    case Limit::kIsSigned:
      SetConstant(n, TypeId(TypeKind::kBool), IsFloatKind(k) || IsSignedKind(k) ? 1 : 0);
      return;
    default:
      SetConstant(n, TypeId(TypeKind::kBool), IsIntegerKind(k) ? 1 : 0);
      return;
  }
}

// The call at n of such a function.
WS_HD void Walker::CallLimit(NodeId n, NodeId callee, size_t num_args) {
  if (num_args != 0) {
    Error(Kind::kWrongArgumentCount, n, token(callee).view(), 0, static_cast<int64_t>(num_args));
    return;
  }
  const Limit limit = LimitOf(token(callee).view());
  const NodeId list(callee.index - 1);
  const TypeId type = info(NodeId(list.index - 1)).type.Unqualified();
  const TypeKind k = kind(type);
  if (IsFloatKind(k)) {
    SetConstant(n, type, std::bit_cast<uint64_t>(FloatLimit(limit, k == TypeKind::kDouble)));
    return;
  }
  const uint64_t width = types().Bytes(type) * 8;
  uint64_t value = 0;
  if (limit == Limit::kMax) {
    value = k == TypeKind::kBool ? 1 : ~uint64_t{0} >> (64 - width + (IsSignedKind(k) ? 1 : 0));
  } else if ((limit == Limit::kMin || limit == Limit::kLowest) && IsSignedKind(k)) {
    value = ~uint64_t{0} << (width - 1);
  }
  SetConstant(n, type, value);
}

}  // namespace ws::front
