// Expressions of random programs, and assignments.
#include <iterator>

#include "base/format.h"
#include "tests/referee/writer.h"

namespace ws::referee {
namespace {

// What a kind's values are spelled like, and what assigns to a variable `{}` of it.
struct KindTexts {
  std::vector<std::string_view> literals, assignments;
};

const KindTexts& TextsOf(Kind kind) {
  static const std::vector<KindTexts> kTexts = {
      // kS8
      {{"(signed char)-128", "(signed char)127", "(signed char)-1", "(signed char)'x'"},
       {"{} = $c", "{} = (signed char)$i", "{} += $s", "{} -= $c", "{} *= $c", "{} ^= $c",
        "{} |= $u", "{} &= $i", "{} >>= ($u & 7u)", "++{}", "({})--"}},
      // kU8
      {{"(unsigned char)0", "(unsigned char)255", "(unsigned char)128", "(unsigned char)'\\n'"},
       {"{} = $C", "{} = (unsigned char)$u", "{} += $u", "{} -= $C", "{} *= $C", "{} ^= $u",
        "{} <<= ($u & 7u)", "{} >>= ($u & 15u)", "({})++", "--{}",
        "{} /= (unsigned char)($C | 1)"}},
      // kS16
      {{"(short)-32768", "(short)32767", "(short)-1", "(short)300"},
       {"{} = $s", "{} = (short)$i", "{} += $c", "{} -= $S", "{} *= $c", "{} ^= $i",
        "{} >>= ($u & 15u)", "{} %= (($C) + 1)", "({})++", "{} = -{}"}},
      // kU16
      {{"(unsigned short)0", "(unsigned short)65535", "(unsigned short)0x8000"},
       {"{} = $S", "{} = (unsigned short)$u", "{} += $u", "{} -= $S", "{} *= $u", "{} |= $s",
        "{} <<= ($u & 15u)", "{} >>= 3", "--{}", "{} = ~{}", "{} %= ($S | 1)"}},
      // kS32
      {{"0", "1", "-1", "7", "-8", "2147483647", "(-2147483647 - 1)", "1000", "(int)'a'"},
       {"{} = $i", "{} = $i", "{} ^= $i", "{} |= $s", "{} &= $c", "{} >>= ($u & 31u)",
        "{} /= (($i & 0xff) + 2)", "{} %= (($i & 0xfff) + 2)", "{} = ({} >> 1) + ($i >> 1)",
        "{} = (int)((unsigned){} + $u)"}},
      // kU32
      {{"0u", "1u", "2u", "31u", "0x7fffffffu", "0x80000000u", "0xffffffffu", "12345u",
        "0xdeadbeefu", "threadIdx.x", "blockIdx.x", "blockDim.x", "threadIdx.y", "gridDim.x"},
       {"{} = $u", "{} += $u", "{} -= $u", "{} *= $u", "{} ^= $u", "{} |= $u", "{} &= $u",
        "{} <<= ($u & 31u)", "{} >>= ($u & 31u)", "{} /= ($u | 1u)", "{} %= ($u | 1u)", "{} += $c",
        "{} -= $b", "{} *= $S", "++{}", "({})--", "{} ^= (unsigned)$l"}},
      // kS64
      {{"0ll", "1ll", "-1ll", "0x7fffffffffffffffll", "(-0x7fffffffffffffffll - 1)", "-65537ll"},
       {"{} = $q", "{} = $i", "{} ^= $q", "{} |= $c", "{} &= $i", "{} >>= ($u & 63u)",
        "{} /= (($q & 0xffff) + 2)", "{} %= (($q & 0xfffff) + 2)", "{} = ({} >> 1) - ($q >> 1)"}},
      // kU64
      {{"0ull", "1ull", "0xffffffffffffffffull", "0x8000000000000000ull", "0x123456789abcdefull"},
       {"{} = $l", "{} += $l", "{} -= $u", "{} *= $l", "{} ^= $l", "{} |= $u", "{} &= $q",
        "{} <<= ($u & 63u)", "{} >>= ($u & 63u)", "{} /= ($l | 1ull)", "{} %= ($l | 1ull)",
        "{} += $i", "({})++", "--{}"}},
      // kF32
      {{"0.0f", "1.0f", "-1.0f", "0.5f", "1.5f", "3.0f", "-0.0f", "1e-40f", "3.4e38f",
        "16777218.0f", "0.1f", "1e10f"},
       {"{} = $f", "{} += $f", "{} -= $f", "{} *= $f", "{} /= $f", "{} += $i", "{} *= $c",
        "{} += $d", "{} = (float)$l", "++{}"}},
      // kF64
      {{"0.0", "1.0", "-2.5", "0.1", "1e300", "1e-310", "4294967296.5", "-0.0"},
       {"{} = $d", "{} += $d", "{} -= $f", "{} *= $d", "{} /= $d", "{} += $u", "{} *= $q",
        "({})--"}},
      // kHalf
      {{"__float2half_rn(1.0f)", "__float2half_rn(-0.0f)", "__float2half_rn(65504.0f)",
        "__float2half_rn(6e-8f)", "__float2half_rn(0.1f)"},
       {"{} = $h", "{} = __hadd({}, $h)", "{} = __float2half_rn($f)", "{} += $h", "{} *= $h"}},
      // kHalf2
      {{"__floats2half2_rn(1.0f, -2.0f)", "__half2half2(__float2half_rn(0.5f))",
        "__floats2half2_rn(-0.0f, 60000.0f)"},
       {"{} = $H", "{} = __hadd2({}, $H)", "{} = __hmul2($H, {})"}},
      // kBf16
      {{"__float2bfloat16(1.0f)", "__float2bfloat16(-0.0f)", "__float2bfloat16(3e38f)",
        "__float2bfloat16(0.1f)"},
       {"{} = $w", "{} = __hadd({}, $w)", "{} += $w", "{} = __float2bfloat16($f)"}},
      // kBf162
      {{"__floats2bfloat162_rn(1.0f, -3.0f)", "__bfloat162bfloat162(__float2bfloat16(0.5f))"},
       {"{} = $W", "{} = __hmul2({}, $W)"}},
      // kBool
      {{"true", "false", "((threadIdx.x & 1u) != 0u)", "(blockIdx.x == 0u)"},
       {"{} = $b", "{} = !{}", "{} ^= $b", "{} |= $b", "{} &= $b"}}};
  return kTexts[kind];
}

// Forms of each kind, by number.
const std::vector<uint32_t>& FormsOf(Kind kind) {
  static const std::vector<std::vector<uint32_t>> kByKind = [] {
    std::vector<std::vector<uint32_t>> lists(kKinds);
    for (uint32_t i = 0; i < Forms().size(); ++i) lists[Forms()[i].result].push_back(i);
    return lists;
  }();
  return kByKind[kind];
}

const std::vector<uint32_t>& ConstructsOfForms() {
  static const std::vector<uint32_t> kOf = [] {
    std::vector<uint32_t> list;
    for (const Form& form : Forms()) list.push_back(ConstructOf(form.construct));
    return list;
  }();
  return kOf;
}

// The C++ text of a Piece alone.
template <typename F>
std::string Aside(Piece** out, F write) {
  Piece piece;
  Piece* const outer = std::exchange(*out, &piece);
  write();
  *out = outer;
  return std::move(piece.text);
}

}  // namespace

std::string Writer::Literal(Kind kind) {
  const auto& list = TextsOf(kind).literals;
  return std::string(list[Below(static_cast<uint32_t>(list.size()))]);
}

std::string Writer::Leaf(Kind kind) {
  std::vector<const std::string*> fitting;
  for (const Variable& v : scope_.variables) {
    if (v.kind == kind) fitting.push_back(&v.name);
  }
  if (!fitting.empty() && Chance(75)) return *fitting[Below(static_cast<uint32_t>(fitting.size()))];
  if (scope_.in_kernel) {
    if (kind == kU32 && Chance(30)) return "in[(threadIdx.x * 7u + 3u) & 255u]";
    if (kind == kF32 && Chance(30)) return Format("fin[(threadIdx.x + {}u) & 255u]", Below(256));
  }
  return Literal(kind);
}

std::string Writer::Call(const Callable& f, uint32_t depth) {
  std::string text = f.name + "(";
  for (size_t i = 0; i < f.parameters.size(); ++i) {
    text += (i > 0 ? ", " : "") + Expression(f.parameters[i], depth > 0 ? depth - 1 : 0);
  }
  return text + ")";
}

std::string Writer::Form(Kind kind, uint32_t depth) {
  const auto& list = FormsOf(kind);
  const uint32_t which = list[Below(static_cast<uint32_t>(list.size()))];
  const uint32_t construct = ConstructsOfForms()[which];
  // Forms that are avoided, or whose headers would come for them alone, are left to others.
  const Construct& row = Constructs()[construct];
  if (IsAvoided(row)) return Leaf(kind);
  if ((row.heads & ~heads_) != 0 && !Chance(20)) return Leaf(kind);
  Count(construct);
  ++forms_[which];
  return Aside(&out_, [&] { Expand(Forms()[which].text, depth - 1, 0); });
}

std::string Writer::Expression(Kind kind, uint32_t depth) {
  if (depth == 0 || Chance(15)) return Leaf(kind);
  if (Chance(7)) {
    std::vector<const Callable*> fitting;
    for (const Callable& f : functions_) {
      bool has_all = f.result == kind;
      for (const Kind p : f.parameters) has_all &= Has(p);
      if (has_all) fitting.push_back(&f);
    }
    if (!fitting.empty()) {
      return Call(*fitting[Below(static_cast<uint32_t>(fitting.size()))], depth);
    }
  }
  return Form(kind, depth);
}

void Writer::Assign() {
  std::vector<size_t> fitting;
  for (size_t i = 0; i < scope_.variables.size(); ++i) {
    if (scope_.variables[i].assignable) fitting.push_back(i);
  }
  if (fitting.empty()) {
    out_->text += ";\n";
    return;
  }
  // A copy, as expressions may add variables.
  const Variable v = scope_.variables[fitting[Below(static_cast<uint32_t>(fitting.size()))]];
  const auto& list = TextsOf(v.kind).assignments;
  const std::string_view chosen = list[Below(static_cast<uint32_t>(list.size()))];
  std::string text;
  for (size_t at = 0; at < chosen.size(); ++at) {
    if (chosen.substr(at, 2) == "{}") {
      text += v.name;
      ++at;
    } else {
      text += chosen[at];
    }
  }
  Expand(text + ";\n", 1 + Below(3), 0);
}

}  // namespace ws::referee
