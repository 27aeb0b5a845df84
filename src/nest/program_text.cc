// Expressions and programs as text.
#include <bit>
#include <cmath>
#include <limits>

#include "base/format.h"
#include "nest/fold.h"
#include "nest/program.h"

namespace ws::nest {
namespace {

using ir::Type;

// C's precedence, higher binds tighter.
enum Precedence : int {
  kPrecSelect = 1,
  kPrecOrOr,
  kPrecAndAnd,
  kPrecOr,
  kPrecXor,
  kPrecAnd,
  kPrecEqual,
  kPrecCompare,
  kPrecShift,
  kPrecAdd,
  kPrecMul,
  kPrecUnary,
  kPrecPrimary
};

struct BinarySpelling {
  const char* text;
  int precedence;
};
BinarySpelling SpellingOf(ExprOp op) {
  switch (op) {
    case ExprOp::kAdd:
      return {"+", kPrecAdd};
    case ExprOp::kSub:
      return {"-", kPrecAdd};
    case ExprOp::kMul:
      return {"*", kPrecMul};
    case ExprOp::kDiv:
      return {"/", kPrecMul};
    case ExprOp::kRem:
      return {"%", kPrecMul};
    case ExprOp::kAnd:
      return {"&", kPrecAnd};
    case ExprOp::kOr:
      return {"|", kPrecOr};
    case ExprOp::kXor:
      return {"^", kPrecXor};
    case ExprOp::kShl:
      return {"<<", kPrecShift};
    case ExprOp::kShr:
      return {">>", kPrecShift};
    case ExprOp::kLt:
      return {"<", kPrecCompare};
    case ExprOp::kLe:
      return {"<=", kPrecCompare};
    case ExprOp::kGt:
      return {">", kPrecCompare};
    case ExprOp::kGe:
      return {">=", kPrecCompare};
    case ExprOp::kEq:
      return {"==", kPrecEqual};
    case ExprOp::kNe:
      return {"!=", kPrecEqual};
    case ExprOp::kLogicalAnd:
      return {"&&", kPrecAndAnd};
    case ExprOp::kLogicalOr:
      return {"||", kPrecOrOr};
    case ExprOp::kMin:
    case ExprOp::kMax:
    case ExprOp::kNone:
    case ExprOp::kNeg:
    case ExprOp::kNot:
    case ExprOp::kBitNot:
      break;
  }
  return {"?", kPrecPrimary};
}

std::string FloatText(Type type, double value) {
  std::string text;
  if (std::isnan(value)) {
    text = "NAN";
  } else if (std::isinf(value)) {
    text = value < 0 ? "-INFINITY" : "INFINITY";
  } else {
    text = type == Type::kF64 ? Format("{}", value) : Format("{}", static_cast<float>(value));
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    if (type != Type::kF64) text += 'f';
  }
  if (type == Type::kF16) return "__float2half(" + text + ")";
  if (type == Type::kBF16) return "__float2bfloat16(" + text + ")";
  return text;
}

class Writer {
 public:
  explicit Writer(const Program& program, const Names* names = nullptr)
      : program_(program), names_(names) {}

  std::string Write(ExprId id, int outer = 0) const {
    if (names_ != nullptr) {
      const auto named = names_->find(id);
      if (named != names_->end()) {
        const bool is_sum = named->second.find(" + ") != std::string::npos;
        return is_sum && outer > kPrecAdd ? "(" + named->second + ")" : named->second;
      }
    }
    const Expr& e = program_.expr(id);
    int precedence = kPrecPrimary;
    std::string text = Node(e, &precedence);
    return precedence < outer ? "(" + text + ")" : text;
  }

 private:
  std::string Node(const Expr& e, int* precedence) const {
    switch (e.kind) {
      case ExprKind::kInt:
        return IntText(e, precedence);
      case ExprKind::kFloat: {
        std::string text = FloatText(e.type, std::bit_cast<double>(e.bits));
        if (text[0] == '-') *precedence = kPrecUnary;
        return text;
      }
      case ExprKind::kSize:
        return program_.parameters[e.index].name;
      case ExprKind::kAxis:
        return program_.axes[e.index].name;
      case ExprKind::kLoad:
        return program_.buffers[e.index].name + "[" + Write(e.args[0]) + "]";
      case ExprKind::kUnary:
        *precedence = kPrecUnary;
        return (e.op == ExprOp::kNeg   ? "-"
                : e.op == ExprOp::kNot ? "!"
                                       : "~") +
               Write(e.args[0], kPrecUnary + 1);
      case ExprKind::kBinary:
        return BinaryText(e, precedence);
      case ExprKind::kSelect:
        *precedence = kPrecSelect;
        return Write(e.args[0], kPrecSelect + 1) + " ? " + Write(e.args[1], kPrecSelect + 1) +
               " : " + Write(e.args[2], kPrecSelect);
      case ExprKind::kCast:
        return CastText(e, precedence);
      case ExprKind::kCall: {
        std::string text = e.name + "(";
        for (size_t i = 0; i < e.args.size(); ++i) {
          text += (i > 0 ? ", " : "") + Write(e.args[i]);
        }
        return text + ")";
      }
    }
    return {};
  }

  std::string IntText(const Expr& e, int* precedence) const {
    const auto value = static_cast<int64_t>(e.bits);
    if (e.type == Type::kPred) return value != 0 ? "true" : "false";
    // The least integers have no literal of their own type.
    if (!ir::IsUnsigned(e.type) && value == std::numeric_limits<int32_t>::min() &&
        !ir::IsWide(e.type)) {
      return "(-2147483647 - 1)";
    }
    if (e.type == Type::kS64 && value == std::numeric_limits<int64_t>::min()) {
      return "(-9223372036854775807ll - 1)";
    }
    if (value < 0 && !ir::IsUnsigned(e.type)) *precedence = kPrecUnary;
    switch (e.type) {
      case Type::kU32:
        return Format("{}u", static_cast<uint32_t>(e.bits));
      case Type::kU64:
        return Format("{}ull", e.bits);
      case Type::kS64:
        return Format("{}ll", value);
      default:
        return Format("{}", value);
    }
  }

  std::string BinaryText(const Expr& e, int* precedence) const {
    if (e.op == ExprOp::kMin || e.op == ExprOp::kMax) {
      const char* name = e.op == ExprOp::kMin ? "min" : "max";
      std::string text = name;
      if (e.type == Type::kF32) text = Format("f{}f", name);
      if (e.type == Type::kF64) text = Format("f{}", name);
      if (e.type == Type::kF16 || e.type == Type::kBF16) text = Format("__h{}", name);
      return text + "(" + Write(e.args[0]) + ", " + Write(e.args[1]) + ")";
    }
    if (e.op == ExprOp::kRem && ir::IsFloat(e.type)) {
      return (e.type == Type::kF64 ? "fmod(" : "fmodf(") + Write(e.args[0]) + ", " +
             Write(e.args[1]) + ")";
    }
    const BinarySpelling spelling = SpellingOf(e.op);
    *precedence = spelling.precedence;
    // Parentheses that C does not need but compilers warn about and people misread.
    const bool mixes = e.op == ExprOp::kLogicalOr || e.op == ExprOp::kAnd || e.op == ExprOp::kOr ||
                       e.op == ExprOp::kXor || e.op == ExprOp::kShl || e.op == ExprOp::kShr;
    const int left = mixes ? kPrecUnary : spelling.precedence;
    // Arithmetic wider than its operands needs a widened operand.
    const bool widen = !IsComparison(e.op) && !IsLogical(e.op) && ir::IsWide(e.type) &&
                       !ir::IsWide(program_.expr(e.args[0]).type) &&
                       !ir::IsWide(program_.expr(e.args[1]).type);
    std::string a = widen ? Format("({})", TypeName(e.type)) + Write(e.args[0], kPrecUnary)
                          : Write(e.args[0], left);
    return a + " " + spelling.text + " " +
           Write(e.args[1], mixes ? kPrecUnary : spelling.precedence + 1);
  }

  std::string CastText(const Expr& e, int* precedence) const {
    const Type from = program_.expr(e.args[0]).type;
    const auto call = [&](const char* name) {
      return std::string(name) + "(" + Write(e.args[0]) + ")";
    };
    if (from == Type::kF16 && e.type == Type::kF32) return call("__half2float");
    if (from == Type::kBF16 && e.type == Type::kF32) return call("__bfloat162float");
    if (from == Type::kF32 && e.type == Type::kF16) return call("__float2half");
    if (from == Type::kF32 && e.type == Type::kBF16) return call("__float2bfloat16");
    *precedence = kPrecUnary;
    return Format("({})", TypeName(e.type)) + Write(e.args[0], kPrecUnary);
  }

  const Program& program_;
  const Names* names_;
};

const char* ReductionName(Reduction r) {
  switch (r) {
    case Reduction::kNone:
      return "";
    case Reduction::kSum:
      return "sum";
    case Reduction::kProduct:
      return "product";
    case Reduction::kMax:
      return "max";
    case Reduction::kMin:
      return "min";
    case Reduction::kAnd:
      return "and";
    case Reduction::kOr:
      return "or";
  }
  return "";
}

std::string AxisList(const Program& program, const std::vector<AxisId>& axes) {
  std::string text;
  for (const AxisId id : axes) {
    const Axis& axis = program.axes[id.index];
    text += (text.empty() ? "" : ", ") + axis.name + " < " + ToText(program, axis.extent);
  }
  return text;
}

// Of signed integers; 0 of unsigned ones.
int64_t LeastOf(Type type) {
  const int bits = static_cast<int>(ir::BytesOf(type)) * 8;
  return ir::IsUnsigned(type) ? 0 : static_cast<int64_t>(~uint64_t{0} << (bits - 1));
}

// The reduction's starting value is told when it is not the operator's identity.
bool IsIdentity(const Program& program, const Nest& nest) {
  if (!nest.init.valid()) return true;
  const Expr& e = program.expr(nest.init);
  if (e.kind != ExprKind::kInt && e.kind != ExprKind::kFloat) return false;
  const double value = e.kind == ExprKind::kFloat
                           ? std::bit_cast<double>(e.bits)
                           : static_cast<double>(static_cast<int64_t>(e.bits));
  switch (nest.reduction) {
    case Reduction::kNone:
      return true;
    case Reduction::kSum:
    case Reduction::kOr:
      return value == 0;
    case Reduction::kProduct:
      return value == 1;
    case Reduction::kAnd:
      return e.kind == ExprKind::kInt && static_cast<int64_t>(e.bits) == -1;
    case Reduction::kMax:
      return e.kind == ExprKind::kInt ? static_cast<int64_t>(e.bits) == LeastOf(nest.accumulate)
                                      : std::isinf(value) && value < 0;
    case Reduction::kMin:
      return e.kind == ExprKind::kInt ? static_cast<int64_t>(e.bits) ==
                                            WrapTo(nest.accumulate, ~LeastOf(nest.accumulate))
                                      : std::isinf(value) && value > 0;
  }
  return false;
}

std::string NestText(const Program& program, const Nest& nest) {
  std::string text =
      nest.parallel.empty() ? "once:\n" : "for " + AxisList(program, nest.parallel) + ":\n";
  text +=
      "  " + program.buffers[nest.out.index].name + "[" + ToText(program, nest.out_index) + "] ";
  if (nest.update == Reduction::kSum) {
    text += "+";
  } else if (nest.update != Reduction::kNone) {
    text += ReductionName(nest.update);
  }
  text += "= ";
  if (nest.reduction != Reduction::kNone) {
    text += ReductionName(nest.reduction);
    text += "[" + AxisList(program, nest.reduced) + "](" + ToText(program, nest.value) + ")";
    if (!IsIdentity(program, nest)) text += " from " + ToText(program, nest.init);
    text += Format(" as {}", TypeName(nest.accumulate));
  } else {
    text += ToText(program, nest.value);
  }
  if (nest.guard.valid()) text += "\n    if " + ToText(program, nest.guard);
  return text + "\n";
}

}  // namespace

std::string_view TypeName(Type type) {
  switch (type) {
    case Type::kPred:
      return "bool";
    case Type::kB8:
    case Type::kU8:
      return "unsigned char";
    case Type::kB16:
    case Type::kU16:
      return "unsigned short";
    case Type::kB32:
    case Type::kU32:
      return "unsigned";
    case Type::kB64:
    case Type::kU64:
      return "unsigned long long";
    case Type::kS8:
      return "signed char";
    case Type::kS16:
      return "short";
    case Type::kS32:
      return "int";
    case Type::kS64:
      return "long long";
    case Type::kF16:
      return "half";
    case Type::kBF16:
      return "__nv_bfloat16";
    case Type::kF16x2:
      return "half2";
    case Type::kBF16x2:
      return "__nv_bfloat162";
    case Type::kF32:
      return "float";
    case Type::kF64:
      return "double";
    case Type::kNone:
    case Type::kE4M3:  // of PTX alone
    case Type::kE5M2:
    case Type::kTF32:
    case Type::kB1:
    case Type::kU4:
    case Type::kS4:
    case Type::kCount:
      break;
  }
  return "void";
}

std::string ToText(const Program& program, ExprId id) {
  return id.valid() ? Writer(program).Write(id) : std::string();
}

std::string ToText(const Program& program, ExprId id, const Names& names) {
  return id.valid() ? Writer(program, &names).Write(id) : std::string();
}

std::string ToText(const Program& program) {
  std::string text = program.entry + "(";
  for (size_t i = 0; i < program.parameters.size(); ++i) {
    const Parameter& p = program.parameters[i];
    text += (i > 0 ? ", " : "") + p.type_text + " " + p.name;
  }
  text += ")\n";
  for (const Buffer& b : program.buffers) {
    if (b.kind == BufferKind::kTemporary) {
      text +=
          Format("temporary {}: {}[{}]\n", b.name, TypeName(b.type), ToText(program, b.elements));
    }
  }
  for (const Nest& nest : program.nests) text += NestText(program, nest);
  for (const Assumption& a : program.assumptions) {
    text += "assuming " + ToText(program, a.condition) + ": " + a.reason + "\n";
  }
  return text;
}

}  // namespace ws::nest
