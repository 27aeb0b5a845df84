#include "nest/evaluate.h"

#include <bit>
#include <cmath>
#include <functional>
#include <optional>

#include "base/format.h"
#include "nest/fold.h"

namespace ws::nest {
namespace {

using ir::Type;

// Nearest value of a floating type with `digits` bits of mantissa and exponents from `least`.
double RoundFloat(double value, int digits, int least, double largest) {
  if (value == 0 || !std::isfinite(value)) return value;
  int exponent = 0;
  std::frexp(value, &exponent);
  const int unit = std::max(exponent, least) - digits;
  const double rounded = std::ldexp(std::nearbyint(std::ldexp(value, -unit)), unit);
  return std::fabs(rounded) > largest ? std::copysign(INFINITY, value) : rounded;
}

double RoundToType(Type type, double value) {
  switch (type) {
    case Type::kF16:
      return RoundFloat(value, 11, -13, 65504);
    case Type::kBF16:
      return RoundFloat(value, 8, -125, 3.3895313892515355e38);
    case Type::kF32:
      return static_cast<double>(static_cast<float>(value));
    case Type::kPred:
      return value != 0;
    default:
      break;
  }
  // The largest 64-bit integers are no doubles; 2^63 and more stay as they are.
  if (!ir::IsInteger(type) || !(std::fabs(value) < 0x1p63)) return value;
  return static_cast<double>(WrapTo(type, static_cast<int64_t>(value)));
}

struct MathFunction {
  std::string_view name;
  double (*f)(double);
};
double Rsqrt(double x) { return 1 / std::sqrt(x); }
double Reciprocal(double x) { return 1 / x; }
double Exp10(double x) { return std::pow(10.0, x); }
double Saturate(double x) { return std::fmin(std::fmax(x, 0), 1); }
double NormCdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }
constexpr MathFunction kMath[] = {
    {"exp", std::exp},        {"exp2", std::exp2},
    {"expm1", std::expm1},    {"log", std::log},
    {"log2", std::log2},      {"log10", std::log10},
    {"log1p", std::log1p},    {"sin", std::sin},
    {"cos", std::cos},        {"tan", std::tan},
    {"sinh", std::sinh},      {"cosh", std::cosh},
    {"tanh", std::tanh},      {"asin", std::asin},
    {"acos", std::acos},      {"atan", std::atan},
    {"erf", std::erf},        {"erfc", std::erfc},
    {"sqrt", std::sqrt},      {"rsqrt", Rsqrt},
    {"rcp", Reciprocal},      {"exp10", Exp10},
    {"fabs", std::fabs},      {"abs", std::fabs},
    {"floor", std::floor},    {"ceil", std::ceil},
    {"trunc", std::trunc},    {"round", std::round},
    {"rint", std::nearbyint}, {"cbrt", std::cbrt},
    {"saturate", Saturate},   {"normcdf", NormCdf},
    {"lgamma", std::lgamma},  {"nearbyint", std::nearbyint},
};
constexpr std::string_view kBinaryMath[] = {"pow", "fmod", "atan2", "hypot", "copysign", "fdim"};

double CallBinary(std::string_view name, double a, double b) {
  if (name == "pow") return std::pow(a, b);
  if (name == "fmod") return std::fmod(a, b);
  if (name == "atan2") return std::atan2(a, b);
  if (name == "hypot") return std::hypot(a, b);
  if (name == "copysign") return std::copysign(a, b);
  return std::fdim(a, b);
}

// The name without what marks type, rounding or speed: __expf, expf, hexp -> exp.
std::string BaseName(std::string_view name) {
  while (!name.empty() && name[0] == '_') name.remove_prefix(1);
  for (const std::string_view suffix : {"_rn", "_rz"}) {
    if (name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix) {
      name.remove_suffix(suffix.size());
    }
  }
  const auto known = [](std::string_view n) {
    for (const MathFunction& m : kMath) {
      if (m.name == n) return true;
    }
    for (const std::string_view b : kBinaryMath) {
      if (b == n) return true;
    }
    return false;
  };
  if (known(name)) return std::string(name);
  if (!name.empty() && name.back() == 'f' && known(name.substr(0, name.size() - 1))) {
    return std::string(name.substr(0, name.size() - 1));
  }
  if (name.size() > 1 && (name[0] == 'h' || name[0] == 'f' || name[0] == 'd') &&
      known(name.substr(1))) {
    return std::string(name.substr(1));
  }
  return std::string(name);
}

struct Failure {
  std::string message;
};

class Machine {
 public:
  Machine(const Program& program, Bindings* bindings)
      : p_(program), b_(*bindings), axes_(program.axes.size()), storage_(program.buffers.size()) {}

  void Run() {
    for (size_t i = 0; i < p_.buffers.size(); ++i) {
      const Buffer& buffer = p_.buffers[i];
      if (buffer.kind == BufferKind::kArgument) {
        storage_[i] = &b_.buffers[buffer.param];
      } else {
        owned_.emplace_back();
      }
    }
    size_t next = 0;
    for (size_t i = 0; i < p_.buffers.size(); ++i) {
      if (p_.buffers[i].kind == BufferKind::kArgument) continue;
      const double elements = Value(p_.buffers[i].elements);
      owned_[next].assign(static_cast<size_t>(std::max(elements, 0.0)), NAN);
      storage_[i] = &owned_[next++];
    }
    for (const Assumption& a : p_.assumptions) {
      if (Value(a.condition) == 0) throw Failure{"assumption does not hold: " + a.reason};
    }
    for (const Nest& nest : p_.nests) RunNest(nest);
  }

 private:
  void Loop(const std::vector<AxisId>& axes, size_t depth, const std::function<void()>& f) {
    if (depth == axes.size()) {
      f();
      return;
    }
    const double extent = Value(p_.axes[axes[depth].index].extent);
    double& axis = axes_[axes[depth].index];
    for (axis = 0; axis < extent; ++axis) Loop(axes, depth + 1, f);
  }

  void RunNest(const Nest& nest) {
    // All points before any store: points may run in any order.
    std::vector<std::pair<size_t, double>> stores;
    const Type out_type = p_.buffers[nest.out.index].type;
    Loop(nest.parallel, 0, [&] {
      if (nest.guard.valid() && Value(nest.guard) == 0) return;
      double result = 0;
      if (nest.reduction == Reduction::kNone) {
        result = Value(nest.value);
      } else {
        result = Value(nest.init);
        Loop(nest.reduced, 0, [&] {
          result = Combine(nest.reduction, result, RoundToType(nest.accumulate, Value(nest.value)));
        });
      }
      const size_t at = Element(nest.out, Value(nest.out_index));
      stores.emplace_back(at, RoundToType(out_type, result));
    });
    for (const auto& [at, value] : stores) {
      double& element = (*storage_[nest.out.index])[at];
      element = RoundToType(out_type, Combine(nest.update, element, value));
    }
  }

  static double Combine(Reduction reduction, double a, double b) {
    switch (reduction) {
      case Reduction::kNone:
        return b;
      case Reduction::kSum:
        return a + b;
      case Reduction::kProduct:
        return a * b;
      case Reduction::kMax:
        return std::fmax(a, b);
      case Reduction::kMin:
        return std::fmin(a, b);
      case Reduction::kAnd:
        return static_cast<double>(static_cast<int64_t>(a) & static_cast<int64_t>(b));
      case Reduction::kOr:
        return static_cast<double>(static_cast<int64_t>(a) | static_cast<int64_t>(b));
    }
    return b;
  }

  size_t Element(BufferId buffer, double index) const {
    if (!(index >= 0) || index >= static_cast<double>(storage_[buffer.index]->size())) {
      throw Failure{Format("{}[{}] is outside its {} elements", p_.buffers[buffer.index].name,
                           index, storage_[buffer.index]->size())};
    }
    return static_cast<size_t>(index);
  }

  double Value(ExprId id) {
    const Expr& e = p_.expr(id);
    switch (e.kind) {
      case ExprKind::kInt:
        return ir::IsUnsigned(e.type) ? static_cast<double>(e.bits)
                                      : static_cast<double>(static_cast<int64_t>(e.bits));
      case ExprKind::kFloat:
        return std::bit_cast<double>(e.bits);
      case ExprKind::kSize:
        return b_.scalars[e.index];
      case ExprKind::kAxis:
        return axes_[e.index];
      case ExprKind::kLoad: {
        const BufferId buffer(e.index);
        return (*storage_[e.index])[Element(buffer, Value(e.args[0]))];
      }
      case ExprKind::kUnary:
        return Unary(e);
      case ExprKind::kBinary:
        return Binary(e);
      case ExprKind::kSelect:
        return Value(Value(e.args[0]) != 0 ? e.args[1] : e.args[2]);
      case ExprKind::kCast: {
        const double value = Value(e.args[0]);
        // Rounding of intermediate floats is left out: references work in double as well.
        if (e.type == Type::kF32 || e.type == Type::kF64) return value;
        return RoundToType(e.type, ir::IsInteger(e.type) ? std::trunc(value) : value);
      }
      case ExprKind::kCall:
        return Call(e);
    }
    return 0;
  }

  double Unary(const Expr& e) {
    const double a = Value(e.args[0]);
    switch (e.op) {
      case ExprOp::kNeg:
        return RoundInteger(e.type, -a);
      case ExprOp::kNot:
        return a == 0;
      default:
        return RoundInteger(e.type, static_cast<double>(~static_cast<int64_t>(a)));
    }
  }

  static double RoundInteger(Type type, double value) {
    return ir::IsInteger(type) ? RoundToType(type, value) : value;
  }

  double Binary(const Expr& e) {
    const double a = Value(e.args[0]);
    if (e.op == ExprOp::kLogicalAnd) return a != 0 && Value(e.args[1]) != 0;
    if (e.op == ExprOp::kLogicalOr) return a != 0 || Value(e.args[1]) != 0;
    const double b = Value(e.args[1]);
    const bool integer = ir::IsInteger(e.type);
    const auto x = [&] { return static_cast<int64_t>(a); };
    const auto y = [&] { return static_cast<int64_t>(b); };
    switch (e.op) {
      case ExprOp::kAdd:
        return RoundInteger(e.type, a + b);
      case ExprOp::kSub:
        return RoundInteger(e.type, a - b);
      case ExprOp::kMul:
        // Products of 32-bit integers have more bits than a double.
        if (integer) {
          const uint64_t product = static_cast<uint64_t>(x()) * static_cast<uint64_t>(y());
          return static_cast<double>(WrapTo(e.type, static_cast<int64_t>(product)));
        }
        return a * b;
      case ExprOp::kDiv:
        if (!integer) return a / b;
        if (b == 0) throw Failure{"an integer division by zero"};
        return std::trunc(a / b);
      case ExprOp::kRem:
        if (!integer) return std::fmod(a, b);
        if (b == 0) throw Failure{"an integer remainder by zero"};
        return static_cast<double>(x() % y());
      case ExprOp::kMin:
        return std::fmin(a, b);
      case ExprOp::kMax:
        return std::fmax(a, b);
      case ExprOp::kAnd:
        return RoundInteger(e.type, static_cast<double>(x() & y()));
      case ExprOp::kOr:
        return RoundInteger(e.type, static_cast<double>(x() | y()));
      case ExprOp::kXor:
        return RoundInteger(e.type, static_cast<double>(x() ^ y()));
      case ExprOp::kShl:
        return RoundInteger(e.type, std::ldexp(a, static_cast<int>(b)));
      case ExprOp::kShr:
        return static_cast<double>(x() >> static_cast<int>(b));
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
        return 0;
    }
  }

  double Call(const Expr& e) {
    const std::string name = BaseName(e.name);
    const double a = Value(e.args[0]);
    if (e.args.size() == 2) {
      for (const std::string_view known : kBinaryMath) {
        if (known == name) return CallBinary(name, a, Value(e.args[1]));
      }
      if (name == "fdividef") return a / Value(e.args[1]);
    }
    for (const MathFunction& m : kMath) {
      if (m.name == name && e.args.size() == 1) return m.f(a);
    }
    throw Failure{"the function " + e.name};
  }

  const Program& p_;
  Bindings& b_;
  std::vector<double> axes_;
  std::vector<std::vector<double>*> storage_;
  std::vector<std::vector<double>> owned_;
};

}  // namespace

Status Evaluate(const Program& program, Bindings* bindings) {
  try {
    Machine(program, bindings).Run();
  } catch (const Failure& failure) {
    return Error{failure.message};
  }
  return Ok();
}

}  // namespace ws::nest
