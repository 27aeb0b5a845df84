#include "nest/fold.h"

#include <bit>
#include <cmath>
#include <optional>

namespace ws::nest {
namespace {

using ir::Type;

bool IsConstant(const Expr& e) { return e.kind == ExprKind::kInt || e.kind == ExprKind::kFloat; }
double FloatOf(const Expr& e) { return std::bit_cast<double>(e.bits); }
int64_t IntOf(const Expr& e) { return static_cast<int64_t>(e.bits); }
bool IsIntegral(Type t) { return ir::IsInteger(t) || t == Type::kPred; }

// A double rounded to a floating type; none where we cannot say exactly.
std::optional<double> RoundTo(Type type, double value) {
  switch (type) {
    case Type::kF64:
      return value;
    case Type::kF32:
      return static_cast<double>(static_cast<float>(value));
    case Type::kF16:
    case Type::kBF16: {
      if (value == 0 || std::isinf(value) || std::isnan(value)) return value;
      int exponent = 0;
      const double mantissa = std::frexp(std::fabs(value), &exponent);
      const int digits = type == Type::kF16 ? 11 : 8;
      const double scaled = std::ldexp(mantissa, digits);
      const bool normal = type == Type::kF16 ? exponent >= -13 && std::fabs(value) <= 65504
                                             : exponent >= -125 && exponent <= 127;
      if (normal && scaled == std::floor(scaled)) return value;
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

void SetInt(Expr* e, Type type, int64_t value) {
  *e = {.kind = ExprKind::kInt, .type = type, .bits = static_cast<uint64_t>(value), .loc = e->loc};
}
void SetFloat(Expr* e, Type type, double value) {
  *e = {.kind = ExprKind::kFloat,
        .type = type,
        .bits = std::bit_cast<uint64_t>(value),
        .loc = e->loc};
}

std::optional<int64_t> FoldInt(ExprOp op, Type type, int64_t a, int64_t b) {
  const auto ua = static_cast<uint64_t>(a);
  const auto ub = static_cast<uint64_t>(b);
  const bool is_unsigned = ir::IsUnsigned(type);
  switch (op) {
    case ExprOp::kAdd:
      return static_cast<int64_t>(ua + ub);
    case ExprOp::kSub:
      return static_cast<int64_t>(ua - ub);
    case ExprOp::kMul:
      return static_cast<int64_t>(ua * ub);
    case ExprOp::kDiv:
      if (b == 0 || (b == -1 && !is_unsigned)) return std::nullopt;
      return is_unsigned ? static_cast<int64_t>(ua / ub) : a / b;
    case ExprOp::kRem:
      if (b == 0 || (b == -1 && !is_unsigned)) return std::nullopt;
      return is_unsigned ? static_cast<int64_t>(ua % ub) : a % b;
    case ExprOp::kMin:
      return is_unsigned ? (ua < ub ? a : b) : (a < b ? a : b);
    case ExprOp::kMax:
      return is_unsigned ? (ua > ub ? a : b) : (a > b ? a : b);
    case ExprOp::kAnd:
      return a & b;
    case ExprOp::kOr:
      return a | b;
    case ExprOp::kXor:
      return a ^ b;
    case ExprOp::kShl:
      if (ub >= ir::BytesOf(type) * 8) return std::nullopt;
      return static_cast<int64_t>(ua << ub);
    case ExprOp::kShr:
      if (ub >= ir::BytesOf(type) * 8) return std::nullopt;
      return is_unsigned ? static_cast<int64_t>(ua >> ub) : a >> b;
    case ExprOp::kLogicalAnd:
      return a != 0 && b != 0;
    case ExprOp::kLogicalOr:
      return a != 0 || b != 0;
    default:
      return std::nullopt;
  }
}

template <typename T>
std::optional<int64_t> FoldCompare(ExprOp op, T a, T b) {
  switch (op) {
    case ExprOp::kLt:
      return a < b;
    case ExprOp::kLe:
      return a <= b;
    case ExprOp::kGt:
      return a > b;
    case ExprOp::kGe:
      return a >= b;
    case ExprOp::kEq:
      return a == b;
    case ExprOp::kNe:
      return a != b;
    default:
      return std::nullopt;
  }
}

std::optional<double> FoldFloat(ExprOp op, Type type, double a, double b) {
  if (type == Type::kF32) {
    const auto x = static_cast<float>(a);
    const auto y = static_cast<float>(b);
    switch (op) {
      case ExprOp::kAdd:
        return x + y;
      case ExprOp::kSub:
        return x - y;
      case ExprOp::kMul:
        return x * y;
      case ExprOp::kDiv:
        return x / y;
      default:
        return std::nullopt;
    }
  }
  if (type != Type::kF64) return std::nullopt;
  switch (op) {
    case ExprOp::kAdd:
      return a + b;
    case ExprOp::kSub:
      return a - b;
    case ExprOp::kMul:
      return a * b;
    case ExprOp::kDiv:
      return a / b;
    default:
      return std::nullopt;
  }
}

void FoldBinary(const Expr& a, const Expr& b, Expr* e) {
  if (IsComparison(e->op)) {
    std::optional<int64_t> value;
    if (a.kind == ExprKind::kFloat || b.kind == ExprKind::kFloat) {
      if (a.kind != b.kind) return;
      value = FoldCompare(e->op, FloatOf(a), FloatOf(b));
    } else if (ir::IsUnsigned(CommonType(a.type, b.type))) {
      const Type common = CommonType(a.type, b.type);
      value = FoldCompare(e->op, static_cast<uint64_t>(WrapTo(common, IntOf(a))),
                          static_cast<uint64_t>(WrapTo(common, IntOf(b))));
    } else {
      value = FoldCompare(e->op, IntOf(a), IntOf(b));
    }
    if (value) SetInt(e, Type::kPred, *value);
    return;
  }
  if (IsIntegral(e->type)) {
    if (a.kind != ExprKind::kInt || b.kind != ExprKind::kInt) return;
    const bool keep_type = IsLogical(e->op);
    const int64_t x = keep_type ? IntOf(a) : WrapTo(e->type, IntOf(a));
    const int64_t y = keep_type ? IntOf(b) : WrapTo(e->type, IntOf(b));
    if (const auto value = FoldInt(e->op, e->type, x, y)) {
      SetInt(e, e->type, WrapTo(e->type, *value));
    }
    return;
  }
  if (a.kind != ExprKind::kFloat || b.kind != ExprKind::kFloat) return;
  const auto x = RoundTo(e->type, FloatOf(a));
  const auto y = RoundTo(e->type, FloatOf(b));
  if (!x || !y) return;
  if (const auto value = FoldFloat(e->op, e->type, *x, *y)) SetFloat(e, e->type, *value);
}

void FoldCast(const Expr& a, Expr* e) {
  if (IsIntegral(e->type)) {
    if (a.kind == ExprKind::kInt) {
      const int64_t value = e->type == Type::kPred ? IntOf(a) != 0 : WrapTo(e->type, IntOf(a));
      SetInt(e, e->type, value);
    } else if (std::fabs(FloatOf(a)) < 2147483648.0) {
      SetInt(e, e->type, WrapTo(e->type, static_cast<int64_t>(FloatOf(a))));
    }
    return;
  }
  double value = FloatOf(a);
  if (a.kind == ExprKind::kInt) {
    if (std::abs(IntOf(a)) > (int64_t{1} << 52)) return;
    value = static_cast<double>(IntOf(a));
  }
  if (const auto rounded = RoundTo(e->type, value)) SetFloat(e, e->type, *rounded);
}

// Whether every value of `from` is a value of `to`.
bool Holds(Type to, Type from) {
  if (from == Type::kPred) return true;
  if (ir::IsFloat(to) && ir::IsFloat(from))
    return ir::BytesOf(to) > ir::BytesOf(from) || to == from;
  if (ir::IsInteger(to) && ir::IsInteger(from)) {
    if (ir::IsSigned(to) == ir::IsSigned(from)) return ir::BytesOf(to) >= ir::BytesOf(from);
    return ir::IsSigned(to) && ir::BytesOf(to) > ir::BytesOf(from);
  }
  return false;
}

bool IsZero(const Expr& e) { return e.kind == ExprKind::kInt && e.bits == 0; }
bool IsOne(const Expr& e) {
  return (e.kind == ExprKind::kInt && IntOf(e) == 1) ||
         (e.kind == ExprKind::kFloat && FloatOf(e) == 1.0);
}

ExprId FoldBinaryToArgument(Program& program, const Expr& e) {
  const ExprId x = e.args[0];
  const ExprId y = e.args[1];
  const Expr& a = program.expr(x);
  const Expr& b = program.expr(y);
  // An argument stands for the whole only in the type of the whole; widths of integers may differ.
  const auto as = [&](ExprId id) {
    const Type t = program.expr(id).type;
    if (t == e.type) return id;
    return IsIntegral(e.type) && IsIntegral(t) ? program.Cast(e.type, id) : ExprId();
  };
  const bool integral = IsIntegral(e.type);
  switch (e.op) {
    case ExprOp::kAdd:
      if (IsZero(b)) return as(x);
      if (IsZero(a)) return as(y);
      break;
    case ExprOp::kSub:
      if (IsZero(b)) return as(x);
      if (integral && x == y) return as(program.Int(0));
      break;
    case ExprOp::kMul:
      if (IsOne(b)) return as(x);
      if (IsOne(a)) return as(y);
      if (integral && IsZero(b)) return as(y);
      if (integral && IsZero(a)) return as(x);
      break;
    case ExprOp::kDiv:
      if (IsOne(b)) return as(x);
      if (integral && IsZero(a)) return as(x);
      break;
    case ExprOp::kRem:
      if (integral && (IsOne(b) || IsZero(a))) return as(program.Int(0));
      break;
    case ExprOp::kShl:
    case ExprOp::kShr:
      if (IsZero(b)) return as(x);
      break;
    case ExprOp::kMin:
    case ExprOp::kMax:
      if (x == y) return as(x);
      break;
    case ExprOp::kLogicalAnd:
      if (a.kind == ExprKind::kInt && b.type == Type::kPred) return IsZero(a) ? as(x) : y;
      if (b.kind == ExprKind::kInt && a.type == Type::kPred) return IsZero(b) ? as(y) : x;
      if (x == y && a.type == Type::kPred) return x;
      break;
    case ExprOp::kLogicalOr:
      if (a.kind == ExprKind::kInt && b.type == Type::kPred && IsZero(a)) return y;
      if (b.kind == ExprKind::kInt && a.type == Type::kPred && IsZero(b)) return x;
      if (x == y && a.type == Type::kPred) return x;
      break;
    default:
      break;
  }
  return {};
}

ExprOp Negated(ExprOp op) {
  switch (op) {
    case ExprOp::kLt:
      return ExprOp::kGe;
    case ExprOp::kLe:
      return ExprOp::kGt;
    case ExprOp::kGt:
      return ExprOp::kLe;
    case ExprOp::kGe:
      return ExprOp::kLt;
    case ExprOp::kEq:
      return ExprOp::kNe;
    case ExprOp::kNe:
      return ExprOp::kEq;
    default:
      return ExprOp::kNone;
  }
}

ExprId FoldUnaryToArgument(Program& program, const Expr& e) {
  const Expr a = program.expr(e.args[0]);
  if (a.kind == ExprKind::kUnary && a.op == e.op && program.expr(a.args[0]).type == e.type) {
    return a.args[0];  // -(-x), ~~x, !!x
  }
  if (e.op == ExprOp::kNot && a.kind == ExprKind::kBinary) {
    if (const ExprOp negated = Negated(a.op); negated != ExprOp::kNone) {
      const bool floating =
          ir::IsFloat(program.expr(a.args[0]).type) || ir::IsFloat(program.expr(a.args[1]).type);
      // With NaN, !(x < y) is not x >= y.
      if (!floating || a.op == ExprOp::kEq || a.op == ExprOp::kNe) {
        return program.Binary(negated, a.args[0], a.args[1]);
      }
    }
    if (IsLogical(a.op)) {
      const ExprOp dual = a.op == ExprOp::kLogicalAnd ? ExprOp::kLogicalOr : ExprOp::kLogicalAnd;
      return program.Binary(dual, program.Unary(ExprOp::kNot, a.args[0]),
                            program.Unary(ExprOp::kNot, a.args[1]));
    }
  }
  return {};
}

}  // namespace

bool IsComparison(ExprOp op) { return op >= ExprOp::kLt && op <= ExprOp::kNe; }
bool IsLogical(ExprOp op) { return op == ExprOp::kLogicalAnd || op == ExprOp::kLogicalOr; }

Type Promoted(Type type) {
  if (type == Type::kPred || (ir::IsInteger(type) && ir::BytesOf(type) < 4)) return Type::kS32;
  return type;
}

Type CommonType(Type a, Type b) {
  a = Promoted(a);
  b = Promoted(b);
  if (a == b) return a;
  if (ir::IsFloat(a) || ir::IsFloat(b)) {
    if (!ir::IsFloat(a)) return b;
    if (!ir::IsFloat(b)) return a;
    if (ir::BytesOf(a) == ir::BytesOf(b)) return Type::kF32;
    return ir::BytesOf(a) > ir::BytesOf(b) ? a : b;
  }
  if (ir::BytesOf(a) != ir::BytesOf(b)) return ir::BytesOf(a) > ir::BytesOf(b) ? a : b;
  return ir::IsUnsigned(a) ? a : b;
}

Type ResultType(ExprOp op, Type a, Type b) {
  if (IsComparison(op) || IsLogical(op)) return Type::kPred;
  if (op == ExprOp::kShl || op == ExprOp::kShr) return Promoted(a);
  return CommonType(a, b);
}

int64_t WrapTo(Type type, int64_t value) {
  const auto bits = static_cast<uint64_t>(value);
  switch (type) {
    case Type::kPred:
      return value & 1;
    case Type::kS8:
      return static_cast<int8_t>(bits);
    case Type::kS16:
      return static_cast<int16_t>(bits);
    case Type::kS32:
      return static_cast<int32_t>(bits);
    case Type::kB8:
    case Type::kU8:
      return static_cast<uint8_t>(bits);
    case Type::kB16:
    case Type::kU16:
      return static_cast<uint16_t>(bits);
    case Type::kB32:
    case Type::kU32:
      return static_cast<uint32_t>(bits);
    default:
      return value;
  }
}

ExprId FoldToArgument(Program& program, const Expr& e) {
  switch (e.kind) {
    case ExprKind::kBinary:
      return FoldBinaryToArgument(program, e);
    case ExprKind::kUnary:
      return FoldUnaryToArgument(program, e);
    case ExprKind::kSelect: {
      const Expr& c = program.expr(e.args[0]);
      if (e.args[1] == e.args[2]) return e.args[1];
      if (c.kind == ExprKind::kInt) return c.bits != 0 ? e.args[1] : e.args[2];
      return {};
    }
    case ExprKind::kCast: {
      const Expr a = program.expr(e.args[0]);
      if (a.type == e.type) return e.args[0];
      if (a.kind != ExprKind::kCast) return {};
      const Type inner = program.expr(a.args[0]).type;
      if (!Holds(a.type, inner)) return {};
      if (inner == e.type) return a.args[0];
      // Through a type that holds every value, the first conversion is not needed.
      const bool same_kind = ir::IsFloat(inner) == ir::IsFloat(a.type);
      return same_kind ? program.Cast(e.type, a.args[0]) : ExprId();
    }
    default:
      return {};
  }
}

void FoldToConstant(const Program& program, Expr* e) {
  for (const ExprId id : e->args) {
    if (!IsConstant(program.expr(id))) return;
  }
  switch (e->kind) {
    case ExprKind::kBinary:
      FoldBinary(program.expr(e->args[0]), program.expr(e->args[1]), e);
      return;
    case ExprKind::kCast:
      FoldCast(program.expr(e->args[0]), e);
      return;
    case ExprKind::kUnary: {
      const Expr& a = program.expr(e->args[0]);
      if (a.kind == ExprKind::kFloat) {
        if (e->op == ExprOp::kNeg) SetFloat(e, e->type, -FloatOf(a));
        return;
      }
      const int64_t v = IntOf(a);
      if (e->op == ExprOp::kNeg) {
        SetInt(e, e->type, WrapTo(e->type, static_cast<int64_t>(-static_cast<uint64_t>(v))));
      } else if (e->op == ExprOp::kNot) {
        SetInt(e, Type::kPred, v == 0);
      } else if (e->op == ExprOp::kBitNot) {
        SetInt(e, e->type, WrapTo(e->type, ~v));
      }
      return;
    }
    case ExprKind::kInt:
    case ExprKind::kFloat:
    case ExprKind::kSize:
    case ExprKind::kAxis:
    case ExprKind::kLoad:
    case ExprKind::kSelect:
    case ExprKind::kCall:
      return;
  }
}

}  // namespace ws::nest
