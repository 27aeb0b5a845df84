#include "nest/generate_text.h"

#include <algorithm>
#include <cctype>

#include "base/format.h"
#include "nest/schedule.h"

namespace ws::nest {
namespace {

using ir::Type;

const char* ReductionWord(Reduction reduction) {
  switch (reduction) {
    case Reduction::kNone:
      return "";
    case Reduction::kSum:
      return "Sum";
    case Reduction::kProduct:
      return "Product";
    case Reduction::kMax:
      return "Max";
    case Reduction::kMin:
      return "Min";
    case Reduction::kAnd:
      return "And";
    case Reduction::kOr:
      return "Or";
  }
  return "";
}

// Float, the common case, has no suffix.
std::string TypeSuffix(Type type) {
  if (type == Type::kF32) return "";
  std::string name(TypeName(type));
  std::replace(name.begin(), name.end(), ' ', '_');
  return CamelCase(name);
}

std::string ReduceName(const char* scope, Reduction reduction, Type type) {
  return Format("{}Reduce{}{}", scope, ReductionWord(reduction), TypeSuffix(type));
}

// Shuffles take 32- and 64-bit values; narrower integers are widened by the language.
std::string WarpReduceText(Reduction reduction, Type type) {
  const std::string_view name = TypeName(type);
  std::string text = "// Over aligned groups of kWidth lanes; every lane gets the result.\n";
  text += Format("template <int kWidth>\n__device__ __forceinline__ {} {}({} value) {{\n", name,
                 ReduceName("Warp", reduction, type), name);
  text += "#pragma unroll\n  for (int offset = kWidth / 2; offset > 0; offset /= 2) {\n";
  const std::string shuffled = "__shfl_xor_sync(0xffffffffu, value, offset)";
  text += "    " + CombineStatement(reduction, type, "value", shuffled) + "\n";
  return text + "  }\n  return value;\n}\n\n";
}

std::string BlockReduceText(Reduction reduction, Type type) {
  const std::string_view name = TypeName(type);
  const std::string warp = ReduceName("Warp", reduction, type);
  std::string text =
      "// Over kWarps warps with neighbouring threadIdx.x; every thread gets the result.\n";
  text += Format(
      "template <int kWarps>\n"
      "__device__ __forceinline__ {0} {1}({0} value, {0}* partial) {{\n"
      "  const int lane = threadIdx.x % 32;\n"
      "  value = {2}<32>(value);\n"
      "  if (lane == 0) partial[threadIdx.x / 32] = value;\n"
      "  __syncthreads();\n"
      "  value = lane < kWarps ? partial[lane] : {3};\n"
      "  value = {2}<32>(value);\n"
      "  __syncthreads();\n"
      "  return value;\n}}\n\n",
      name, ReduceName("Block", reduction, type), warp, IdentityText(reduction, type));
  return text;
}

constexpr std::string_view kPackedHalves =
    "__device__ __forceinline__ half LowHalf(unsigned bits) {\n"
    "  return __ushort_as_half(static_cast<unsigned short>(bits & 0xffffu));\n}\n\n"
    "__device__ __forceinline__ half HighHalf(unsigned bits) {\n"
    "  return __ushort_as_half(static_cast<unsigned short>(bits >> 16));\n}\n\n"
    "__device__ __forceinline__ unsigned PackHalves(half low, half high) {\n"
    "  return static_cast<unsigned>(__half_as_ushort(low)) |\n"
    "         (static_cast<unsigned>(__half_as_ushort(high)) << 16);\n}\n\n";

// Vector types with components x y z w of the element's type, by element count 2 and 4.
struct VectorRow {
  Type element;
  const char* two;
  const char* four;
};
constexpr VectorRow kVectors[] = {
    {Type::kF32, "float2", "float4"},   {Type::kS32, "int2", "int4"},
    {Type::kU32, "uint2", "uint4"},     {Type::kB32, "uint2", "uint4"},
    {Type::kF64, "double2", nullptr},   {Type::kS16, "short2", "short4"},
    {Type::kU16, "ushort2", "ushort4"}, {Type::kB16, "ushort2", "ushort4"},
    {Type::kS8, "char2", "char4"},      {Type::kU8, "uchar2", "uchar4"},
    {Type::kB8, "uchar2", "uchar4"},
};

constexpr const char* kComponents[] = {"x", "y", "z", "w"};

}  // namespace

namespace {

// Where a line is best broken to fit in `room` columns: behind a mark nested in as few brackets as
// possible, as late as possible; 0 if nowhere.
size_t BreakBefore(std::string_view text, size_t room) {
  size_t best = 0;
  int best_depth = 1 << 20;
  int depth = 0;
  for (size_t i = 0; i + 1 < text.size() && i < room; ++i) {
    const char c = text[i];
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (text[i + 1] != ' ' || i < room / 3) continue;
    const bool mark = c == ',' || c == ';' || (c == '=' && text[i - 1] == ' ') || c == '+' ||
                      c == '?' || c == ':' || (c == '&' && text[i - 1] == '&');
    if (mark && depth <= best_depth) {
      best = i + 2;
      best_depth = depth;
    }
  }
  return best;
}

}  // namespace

// Lines beyond 100 columns are broken behind a comma or an operator.
void Code::Line(std::string_view text) {
  if (text.starts_with('#')) {
    text_ += text;
    text_ += '\n';
    return;
  }
  size_t indent = static_cast<size_t>(indent_) * 2;
  size_t room = 100 - std::min<size_t>(indent, 60);
  bool first = true;
  while (text.size() > room) {
    const size_t at = BreakBefore(text, room);
    if (at == 0) break;
    text_.append(indent, ' ');
    text_ += text.substr(0, at - 1);
    text_ += '\n';
    text.remove_prefix(at);
    if (first) {
      indent += 4;
      room -= 4;
      first = false;
    }
  }
  text_.append(indent, ' ');
  text_ += text;
  text_ += '\n';
}

void Code::Blank() {
  if (!text_.ends_with("\n\n") && !text_.ends_with("{\n")) text_ += '\n';
}

void Code::Open(std::string_view head) {
  Line(head.empty() ? std::string("{") : std::string(head) + " {");
  ++indent_;
}

void Code::Else(std::string_view head) {
  --indent_;
  Line(head.empty() ? std::string("} else {") : Format("}} else {} {{", head));
  ++indent_;
}

void Code::Close() {
  while (text_.ends_with("\n\n")) text_.pop_back();
  --indent_;
  Line("}");
}

NameSet::NameSet() {
  for (const char* word :
       {"for",    "if",   "int",    "float",   "double", "half",  "const",  "value", "lane",
        "return", "else", "while",  "do",      "short",  "long",  "char",   "bool",  "void",
        "min",    "max",  "switch", "default", "case",   "break", "signed", "auto",  "block",
        "grid",   "dim3", "new",    "this",    "class",  "struct"}) {
    used_.insert(word);
  }
}

std::string NameSet::Unique(std::string_view wish) {
  std::string name;
  for (const char c : wish) {
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ? c : '_';
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0) name = "v" + name;
  std::string candidate = name;
  for (int i = 2; !used_.insert(candidate).second; ++i) candidate = Format("{}_{}", name, i);
  return candidate;
}

std::string CamelCase(std::string_view snake) {
  std::string result;
  bool upper = true;
  for (const char c : snake) {
    if (c == '_') {
      upper = true;
      continue;
    }
    result += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  return result;
}

VectorType VectorOf(Type element, uint32_t elements) {
  if (element == Type::kF16) {
    switch (elements) {
      case 2:
        return {"unsigned", 2, 1, true};
      case 4:
        return {"uint2", 4, 1, true};
      case 8:
        return {"uint4", 8, 1, true};
      default:
        return {};
    }
  }
  for (const VectorRow& row : kVectors) {
    if (row.element != element) continue;
    if (elements == 2) return {row.two, 2, 1, false};
    if (row.four != nullptr && elements >= 4) return {row.four, 4, elements / 4, false};
    if (elements >= 4) return {row.two, 2, elements / 2, false};
  }
  return {};
}

std::string CarrierText(const VectorType& type, const std::string& carrier, uint32_t i) {
  return type.count == 1 ? carrier : Format("{}_{}", carrier, i);
}

std::string LaneText(const VectorType& type, const std::string& carrier, uint32_t lane) {
  const std::string whole = CarrierText(type, carrier, lane / type.per_carrier);
  const uint32_t in_carrier = lane % type.per_carrier;
  if (!type.packed_halves) return Format("{}.{}", whole, kComponents[in_carrier]);
  const char* half = in_carrier % 2 == 0 ? "LowHalf" : "HighHalf";
  if (type.per_carrier == 2) return Format("{}({})", half, whole);
  return Format("{}({}.{})", half, whole, kComponents[in_carrier / 2]);
}

std::vector<std::string> PackLines(const VectorType& type, const std::string& carrier,
                                   const std::vector<std::string>& values) {
  std::vector<std::string> lines;
  if (!type.packed_halves) {
    for (size_t i = 0; i < values.size(); ++i) {
      lines.push_back(Format("{}.{} = {};", carrier, kComponents[i], values[i]));
    }
    return lines;
  }
  for (size_t i = 0; i + 1 < values.size(); i += 2) {
    const std::string word =
        type.per_carrier == 2 ? carrier : Format("{}.{}", carrier, kComponents[i / 2]);
    lines.push_back(Format("{} = PackHalves({}, {});", word, values[i], values[i + 1]));
  }
  return lines;
}

std::string Helpers::WarpReduce(Reduction reduction, Type type) {
  const std::pair key(reduction, type);
  if (std::find(warp_.begin(), warp_.end(), key) == warp_.end()) warp_.push_back(key);
  return ReduceName("Warp", reduction, type);
}

std::string Helpers::BlockReduce(Reduction reduction, Type type) {
  WarpReduce(reduction, type);
  const std::pair key(reduction, type);
  if (std::find(block_.begin(), block_.end(), key) == block_.end()) block_.push_back(key);
  return ReduceName("Block", reduction, type);
}

std::string Helpers::Add(const std::string& wish, const std::string& text) {
  std::string name = wish;
  for (int i = 2;; ++i) {
    const auto known = std::find_if(functions_.begin(), functions_.end(),
                                    [&](const auto& function) { return function.first == name; });
    if (known == functions_.end()) {
      functions_.emplace_back(name, text);
      return name;
    }
    if (known->second == text) return name;
    name = Format("{}{}", wish, i);
  }
}

std::string Helpers::text() const {
  std::string text;
  if (packed_halves_) text += kPackedHalves;
  for (const auto& [reduction, type] : warp_) text += WarpReduceText(reduction, type);
  for (const auto& [reduction, type] : block_) text += BlockReduceText(reduction, type);
  for (const auto& [name, function] : functions_) {
    const size_t at = function.find('@');
    text += function.substr(0, at) + name + function.substr(at + 1);
  }
  return text;
}

std::string CombineText(Reduction reduction, Type type, const std::string& a,
                        const std::string& b) {
  const auto infix = [&](const char* op) { return Format("{} {} {}", a, op, b); };
  const auto call = [&](const char* word) {
    std::string name = word;
    if (type == Type::kF32) name = Format("f{}f", word);
    if (type == Type::kF64) name = Format("f{}", word);
    if (type == Type::kF16 || type == Type::kBF16) name = Format("__h{}", word);
    return Format("{}({}, {})", name, a, b);
  };
  switch (reduction) {
    case Reduction::kNone:
      return b;
    case Reduction::kSum:
      return infix("+");
    case Reduction::kProduct:
      return infix("*");
    case Reduction::kMax:
      return call("max");
    case Reduction::kMin:
      return call("min");
    case Reduction::kAnd:
      return infix("&");
    case Reduction::kOr:
      return infix("|");
  }
  return b;
}

std::string CombineStatement(Reduction reduction, Type type, const std::string& a,
                             const std::string& b) {
  const bool small = type == Type::kF16 || type == Type::kBF16;
  const bool atom = b.find(' ') == std::string::npos;
  switch (reduction) {
    case Reduction::kSum:
      return small ? Format("{0} = {0} + {1};", a, atom ? b : "(" + b + ")")
                   : Format("{} += {};", a, b);
    case Reduction::kProduct:
      return small ? Format("{0} = {0} * {1};", a, atom ? b : "(" + b + ")")
                   : Format("{} *= {};", a, b);
    case Reduction::kAnd:
      return Format("{} &= {};", a, b);
    case Reduction::kOr:
      return Format("{} |= {};", a, b);
    case Reduction::kNone:
    case Reduction::kMax:
    case Reduction::kMin:
      break;
  }
  return Format("{} = {};", a, CombineText(reduction, type, a, b));
}

std::string IdentityText(Reduction reduction, Type type) {
  Program scratch;
  const ExprId id = IdentityOf(scratch, reduction, type);
  const Expr& e = scratch.expr(id);
  // The least integers have no literal.
  if (e.kind == ExprKind::kInt && ir::IsSigned(type) && static_cast<int64_t>(e.bits) < -1) {
    return type == Type::kS64 ? "(-9223372036854775807ll - 1)"
                              : Format("({} - 1)", static_cast<int64_t>(e.bits) + 1);
  }
  return ToText(scratch, id);
}

std::string ConvertText(Type from, Type to, const std::string& text) {
  if (from == to) return text;
  const auto call = [&](const char* name) { return Format("{}({})", name, text); };
  if (from == Type::kF16 && to == Type::kF32) return call("__half2float");
  if (from == Type::kF32 && to == Type::kF16) return call("__float2half");
  if (from == Type::kBF16 && to == Type::kF32) return call("__bfloat162float");
  if (from == Type::kF32 && to == Type::kBF16) return call("__float2bfloat16");
  if (from == Type::kF64 && to == Type::kF16) return call("__double2half");
  return Format("static_cast<{}>({})", TypeName(to), text);
}

std::string ZeroOf(ir::Type type) {
  if (type == ir::Type::kF16) return "__float2half(0.0f)";
  if (type == ir::Type::kBF16) return "__float2bfloat16(0.0f)";
  if (type == ir::Type::kF32) return "0.0f";
  if (type == ir::Type::kF64) return "0.0";
  return "0";
}

std::string SumText(const std::string& a, const std::string& b) {
  if (a.empty() || a == "0") return b.empty() ? "0" : b;
  return b.empty() || b == "0" ? a : a + " + " + b;
}

std::string AndText(const std::vector<std::string>& conditions) {
  return Format("{}", Join(conditions, " && "));
}

}  // namespace ws::nest
