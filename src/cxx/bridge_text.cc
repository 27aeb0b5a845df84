// The declarations of the bridge, made from the table of builtins.
#include <set>

#include "base/format.h"
#include "cxx/bridge.h"
#include "cxx/bridge_instruction.h"
#include "cxx/bridge_row.h"

namespace ws::cxx {
namespace {

using front::BuiltinHow;
using front::BuiltinRow;

// Whether the result depends on the arguments alone.
bool IsPure(const BuiltinRow& row, const std::vector<BridgeType>& types) {
  if (types.size() < 2 || types[0].code == 'v' || row.how == BuiltinHow::kLibDevice) return false;
  for (const BridgeType& type : types) {
    if (type.is_pointer) return false;
  }
  return true;
}

// What clang_device.cu has by hand, instructions that findings should place in the source and what
// is nothing but bits; and what clang has itself.
bool IsByHand(const BuiltinRow& row) {
  if (std::string_view(row.spelling).starts_with("__builtin_")) return true;
  switch (row.how) {
    case BuiltinHow::kAssert:
    case BuiltinHow::kBarrier:
    case BuiltinHow::kBarWarp:
    case BuiltinHow::kBits:
    case BuiltinHow::kClock:
    case BuiltinHow::kFence:
    case BuiltinHow::kPause:
    case BuiltinHow::kRedux:
    case BuiltinHow::kTrap:
    case BuiltinHow::kVote:
      return true;
    default:
      return row.op == ir::Op::kActivemask;
  }
}

// `float a0, int* a1`, or `float, int*` without names.
std::string Parameters(const std::vector<BridgeType>& types, bool external, bool named) {
  std::string text;
  for (size_t i = 1; i < types.size(); ++i) {
    AppendFormat(text, "{}{}", i > 1 ? ", " : "", external ? types[i].external : types[i].name);
    if (named) AppendFormat(text, " a{}", i - 1);
  }
  return text;
}

bool IsHalf(const BridgeType& type) {
  return !type.is_pointer && (type.code == 'h' || type.code == 'H');
}

// Halves are structs, which go through calls as what they hold.
std::string Arguments(const std::vector<BridgeType>& types) {
  std::string text;
  for (size_t i = 1; i < types.size(); ++i) {
    const std::string argument = Format("a{}", i - 1);
    AppendFormat(text, "{}{}", i > 1 ? ", " : "",
                 IsHalf(types[i]) ? Format("__ws_held({})", argument) : argument);
  }
  return text;
}

void DeclareExternal(std::string& text, uint16_t builtin, const std::vector<BridgeType>& types) {
  AppendFormat(text, "extern \"C\" __device__ {}{} {}({});\n", types[0].external,
               IsPure(front::RowOf(builtin), types) ? " __attribute__((const))" : "",
               BridgeName(builtin), Parameters(types, true, false));
}

void DefineOverload(std::string& text, std::string_view name, uint16_t builtin,
                    const std::vector<BridgeType>& types) {
  const BridgeType& result = types[0];
  const std::string holder = result.code == 'h' ? "__ws_half" : "__ws_half2";
  AppendFormat(text, "inline __device__ {} {}({}) {{ {}{}({}({})); }}\n", result.name, name,
               Parameters(types, false, true), result.code == 'v' ? "" : "return ",
               IsHalf(result) ? holder : Format("({})", result.name), BridgeName(builtin),
               Arguments(types));
}

// What overloads of floats and doubles make of other arguments (C++, <cmath>).
void DefinePromotions(std::string& text, std::string_view name, size_t arguments) {
  if (arguments == 1) {
    AppendFormat(text,
                 "template <class T> inline __device__ typename __ws_integral<T, double>::type "
                 "{0}(T a) {{ return {0}((double)a); }}\n",
                 name);
  } else if (arguments == 2) {
    AppendFormat(text,
                 "template <class A, class B> inline __device__ typename __ws_mixed<A, B>::type "
                 "{0}(A a, B b) {{\n  typedef typename __ws_mixed<A, B>::type T;\n  "
                 "return {0}((T)a, (T)b);\n}}\n",
                 name);
  }
}

// The traits that DefinePromotions names.
constexpr std::string_view kTraits = R"(
template <class T, class R> struct __ws_integral {};
template <class T> struct __ws_number { static constexpr int kind = 0; };
template <> struct __ws_number<float> { static constexpr int kind = 2; };
template <> struct __ws_number<double> { static constexpr int kind = 3; };
#define __WS_INTEGRAL(T)                                                    \
  template <class R> struct __ws_integral<T, R> { typedef R type; };        \
  template <> struct __ws_number<T> { static constexpr int kind = 1; };
__WS_INTEGRAL(bool) __WS_INTEGRAL(char) __WS_INTEGRAL(signed char) __WS_INTEGRAL(unsigned char)
__WS_INTEGRAL(short) __WS_INTEGRAL(unsigned short) __WS_INTEGRAL(int) __WS_INTEGRAL(unsigned)
__WS_INTEGRAL(long) __WS_INTEGRAL(unsigned long) __WS_INTEGRAL(long long)
__WS_INTEGRAL(unsigned long long)
#undef __WS_INTEGRAL
// A float and an integer are floats, as CUDA's pow(float, int); two of one floating type are no
// mixture.
template <int A, int B> struct __ws_mixture { typedef double type; };
template <> struct __ws_mixture<2, 1> { typedef float type; };
template <> struct __ws_mixture<1, 2> { typedef float type; };
template <> struct __ws_mixture<2, 2> {};
template <> struct __ws_mixture<3, 3> {};
template <int A> struct __ws_mixture<A, 0> {};
template <int A> struct __ws_mixture<0, A> {};
template <> struct __ws_mixture<0, 0> {};
template <class A, class B> struct __ws_mixed
    : __ws_mixture<__ws_number<A>::kind, __ws_number<B>::kind> {};
)";

// Calls `each(first, last)` for the rows of each name.
template <typename F>
void ForEachName(F each) {
  const uint32_t count = front::NumBuiltinRows();
  for (uint32_t i = 0; i < count;) {
    const std::string_view name = front::RowOf(static_cast<uint16_t>(i)).spelling;
    uint32_t end = i + 1;
    while (end < count && front::RowOf(static_cast<uint16_t>(end)).spelling == name) ++end;
    each(static_cast<uint16_t>(i), static_cast<uint16_t>(end));
    i = end;
  }
}

// Whether the rows are a float's and a double's alone, and of how many arguments.
size_t FloatingArguments(uint16_t first, uint16_t last) {
  size_t arguments = 0;
  bool has_double = false;
  for (uint16_t i = first; i < last; ++i) {
    const auto types = BridgeSignature(front::RowOf(i));
    if (!types || IsByHand(front::RowOf(i))) return 0;
    for (size_t k = 1; k < types->size(); ++k) {
      const BridgeType& type = (*types)[k];
      if (type.is_pointer || (type.code != 'f' && type.code != 'd')) {
        if (type.code == 'i' && k == 2 && !type.is_pointer) continue;  // pow(double, int)
        return 0;
      }
      has_double |= type.code == 'd';
    }
    arguments = types->size() - 1;
  }
  return has_double ? arguments : 0;
}

std::string MakeBridgeText() {
  std::string text(kTraits), in_std;
  ForEachName([&](uint16_t first, uint16_t last) {
    bool any = false;
    for (uint16_t i = first; i < last; ++i) {
      const BuiltinRow& row = front::RowOf(i);
      const auto types = BridgeSignature(row);
      if (!types || IsByHand(row)) continue;
      any |= (*types)[0].code == 'f' || (*types)[0].code == 'd' || (*types)[0].code == 'b';
      if (const std::string own = InstructionText(row, *types); !own.empty()) {
        text += own;
        continue;
      }
      DeclareExternal(text, i, *types);
      DefineOverload(text, row.spelling, i, *types);
    }
    const char* name = front::RowOf(first).spelling;
    if (const size_t arguments = FloatingArguments(first, last); arguments > 0) {
      DefinePromotions(text, name, arguments);
    }
    if (any && name[0] != '_') AppendFormat(in_std, "using ::{};\n", name);
  });
  return text + "namespace std {\n" + in_std + "}\n";
}

std::string MakeMathText() {
  std::string text(kTraits), in_std, macros;
  ForEachName([&](uint16_t first, uint16_t last) {
    const std::string_view name = front::RowOf(first).spelling;
    const std::string own = Format("__ws_m_{}", name);
    bool any = false;
    for (uint16_t i = first; i < last; ++i) {
      const BuiltinRow& row = front::RowOf(i);
      if (row.how != BuiltinHow::kMath) continue;
      const auto types = BridgeSignature(row);
      if (!types) continue;
      DeclareExternal(text, i, *types);
      DefineOverload(text, own, i, *types);
      any = true;
    }
    if (!any) return;
    if (const size_t arguments = FloatingArguments(first, last); arguments > 0) {
      DefinePromotions(text, own, arguments);
    }
    AppendFormat(in_std, "using ::{};\n", own);
    // Only calls, so that variables may have these names.
    AppendFormat(macros, "#define {}(...) {}(__VA_ARGS__)\n", name, own);
  });
  text += "namespace std {\n" + in_std + "}\n" + macros;
  for (const char* suffix : {"f", ""}) {
    const char* type = *suffix != 0 ? "float" : "double";
    AppendFormat(text,
                 "inline __device__ void __ws_m_sincos{0}({1} x, {1}* s, {1}* c) {{\n"
                 "  *s = sin{0}(x);\n  *c = cos{0}(x);\n}}\n"
                 "#define sincos{0}(...) __ws_m_sincos{0}(__VA_ARGS__)\n",
                 suffix, type);
  }
  return text;
}

}  // namespace

const std::string& BridgeText() {
  static const std::string text = MakeBridgeText();
  return text;
}

const std::string& MathText() {
  static const std::string text = MakeMathText();
  return text;
}

}  // namespace ws::cxx
