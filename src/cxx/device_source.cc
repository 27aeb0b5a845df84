#include "cxx/device_source.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <unordered_set>

#include "cxx/include_scan.h"
#include "front/token.h"
#include "front/tree.h"

namespace ws::cxx {
namespace {

using front::NodeId;
using front::NodeKind;
using front::Tree;

constexpr std::string_view kCuda[] = {
    "cuda_fp16.h", "cuda_bf16.h",   "cuda_fp8.h",       "mma.h",       "cooperative_groups", "cub/",
    "cuda/",       "cuda_pipeline", "math_constants.h", "cuComplex.h", "curand_kernel.h"};

constexpr std::string_view kStandard[] = {
    "type_traits", "utility", "limits",           "array",    "tuple", "functional",
    "numeric",     "bit",     "initializer_list", "algorithm"};

void Blank(std::string& text, size_t begin, size_t end) {
  for (size_t i = begin; i < end && i < text.size(); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

// Whether a file of the program is meant.
bool IsOfProgram(const front::Program& program, std::string_view header) {
  for (uint32_t i = 1; i < program.sources->size(); ++i) {
    if (program.sources->file(i).name.ends_with(header)) return true;
  }
  return false;
}

// Names that lead elsewhere are none.
bool IsKept(std::span<const std::string_view> kept, std::string_view header) {
  if (header.find("..") != std::string_view::npos || header.starts_with('/')) return false;
  return std::ranges::any_of(kept,
                             [&](std::string_view prefix) { return header.starts_with(prefix); });
}

void BlankIncludes(const front::Program& program, std::span<const std::string_view> kept,
                   std::string& text) {
  for (const IncludeLine& line : FindIncludes(text)) {
    if (!line.is_plain || IsKept(kept, line.header) || IsOfProgram(program, line.header)) continue;
    Blank(text, line.begin, line.end);
  }
}

using Words = std::unordered_set<std::string_view>;

// Whether a declaration at file scope is a function or a variable for the host alone.
bool IsHostCode(const front::Program& program, NodeId n) {
  const Tree& tree = *program.tree;
  const uint32_t data = tree.data(n);
  if (tree.kind(n) == NodeKind::kFunction) {
    using namespace front::function_flag;
    return (data & (kGlobal | kDevice | kConstexpr | kMember)) == 0;
  }
  if (tree.kind(n) != NodeKind::kVarDecl) return false;
  using namespace front::storage_flag;
  if ((data & (kDevice | kConstant | kConstexpr | kShared)) != 0) return false;
  for (uint32_t i = tree.begin_token(n).index; i < tree.end_token(n).index; ++i) {
    const std::string_view word = (*program.tokens)[i].view();
    // Constants may be used by device code, and so may types that are declared along.
    if (word == "const" || word == "struct" || word == "enum" || word == "union" ||
        word == "class") {
      return false;
    }
  }
  return true;
}

// Whether it declares types and nothing else.
bool IsOfTypes(const Tree& tree, NodeId n) {
  const NodeKind k = tree.kind(n);
  if (k == NodeKind::kTypedef || k == NodeKind::kUsing) return true;
  return k == NodeKind::kVarDecl && tree.kind(NodeId(n.index - 1)) != NodeKind::kDeclarator;
}

// The names at file scope that a declaration of types gives: of structs, enumerations and what
// these list, and other names of types.
Words Declared(const front::Program& program, NodeId n) {
  const Tree& tree = *program.tree;
  Words words;
  const auto add = [&](NodeId named) {
    words.insert((*program.tokens)[tree.token(named).index].view());
  };
  const auto children = [&](NodeId of, auto visit) {
    for (NodeId c = tree.LastChild(of); c.valid(); c = tree.PrevSibling(of, c)) visit(c);
  };
  if (tree.kind(n) == NodeKind::kUsing) add(n);
  children(n, [&](NodeId c) {
    if (tree.kind(c) == NodeKind::kDeclarator) add(c);
    if (tree.kind(c) != NodeKind::kTypeSpec) return;
    children(c, [&](NodeId made) {
      if (tree.kind(made) == NodeKind::kStruct || tree.kind(made) == NodeKind::kEnum) add(made);
      if (tree.kind(made) != NodeKind::kEnum) return;
      children(made, [&](NodeId e) {
        if (tree.kind(e) == NodeKind::kEnumerator) add(e);
      });
    });
  });
  return words;
}

// Identifiers of C++ in a text.
void AddWords(std::string_view text, Words& words) {
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    if (end > at) words.insert(text.substr(at, end - at));
    at = end + 1;
  }
}

}  // namespace

// Types of 64 bits are those that libcu++ gives them where NVRTC reads it.
const char* const kDeviceTypes = R"(
typedef signed char int8_t;
typedef short int16_t;
typedef int int32_t;
typedef long long int64_t;
typedef unsigned char uint8_t;
typedef unsigned short uint16_t;
typedef unsigned int uint32_t;
typedef unsigned long long uint64_t;
typedef long long intptr_t;
typedef unsigned long long uintptr_t;
typedef unsigned int uint;
typedef unsigned long ulong;
typedef unsigned short ushort;
typedef unsigned char uchar;
)";

const char* const kDeviceConstants = R"(
#ifndef INT_MAX
#define SCHAR_MAX 127
#define SCHAR_MIN (-128)
#define UCHAR_MAX 255
#define SHRT_MAX 32767
#define SHRT_MIN (-32768)
#define USHRT_MAX 65535
#define INT_MAX 2147483647
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX 4294967295u
#define LONG_MAX 9223372036854775807L
#define LONG_MIN (-LONG_MAX - 1)
#define ULONG_MAX 18446744073709551615ul
#define LLONG_MAX 9223372036854775807LL
#define LLONG_MIN (-LLONG_MAX - 1)
#define ULLONG_MAX 18446744073709551615ull
#define CHAR_BIT 8
#define INT8_MIN (-128)
#define INT8_MAX 127
#define UINT8_MAX 255
#define INT16_MIN (-32768)
#define INT16_MAX 32767
#define UINT16_MAX 65535
#define INT32_MIN INT_MIN
#define INT32_MAX INT_MAX
#define UINT32_MAX UINT_MAX
#define INT64_MIN LONG_MIN
#define INT64_MAX LONG_MAX
#define UINT64_MAX ULONG_MAX
#endif
#ifndef FLT_MAX
#define FLT_MAX 3.402823466e+38F
#define FLT_MIN 1.175494351e-38F
#define FLT_EPSILON 1.192092896e-07F
#define DBL_MAX 1.7976931348623158e+308
#define DBL_MIN 2.2250738585072014e-308
#define DBL_EPSILON 2.2204460492503131e-016
#endif
#ifndef INFINITY
#define INFINITY __int_as_float(0x7f800000)
#endif
#ifndef HUGE_VALF
#define HUGE_VALF INFINITY
#endif
#ifndef NAN
#define NAN __int_as_float(0x7fffffff)
#endif
#ifndef M_PI
#define M_E 2.7182818284590452354
#define M_LOG2E 1.4426950408889634074
#define M_LOG10E 0.43429448190325182765
#define M_LN2 0.69314718055994530942
#define M_LN10 2.30258509299404568402
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_1_PI 0.31830988618379067154
#define M_2_PI 0.63661977236758134308
#define M_2_SQRTPI 1.12837916709551257390
#define M_SQRT2 1.41421356237309504880
#define M_SQRT1_2 0.70710678118654752440
#endif
#ifndef NULL
#define NULL 0
#endif
)";

std::span<const std::string_view> StandardHeaders() { return kStandard; }

std::vector<std::string_view> KeptHeaders(
    std::initializer_list<std::span<const std::string_view>> others) {
  std::vector<std::string_view> kept(std::begin(kCuda), std::end(kCuda));
  for (const auto& list : others) kept.insert(kept.end(), list.begin(), list.end());
  return kept;
}

std::string WholeSource(const front::Program& program, uint32_t file) {
  constexpr std::string_view kAll[] = {""};
  std::string text(program.sources->file(file).text);
  BlankIncludes(program, kAll, text);
  return text;
}

std::vector<NodeId> HostDeclarations(const front::Program& program,
                                     std::span<const std::string> names) {
  const Tree& tree = *program.tree;
  const auto& tokens = *program.tokens;
  std::vector<NodeId> host, types;
  Words wanted;
  for (const std::string& name : names) AddWords(name, wanted);
  const auto want = [&](uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; ++i) {
      if (tokens[i].kind == front::TokenKind::kIdentifier) wanted.insert(tokens[i].view());
    }
  };
  // All that stands between; bodies of device code may be in no node.
  uint32_t behind = tokens.size();
  for (NodeId n = tree.LastChild(tree.root()); n.valid(); n = tree.PrevSibling(tree.root(), n)) {
    const bool is_host = IsHostCode(program, n), is_types = IsOfTypes(tree, n);
    if (!is_host && !is_types) continue;
    (is_host ? host : types).push_back(n);
    want(std::min(tree.end_token(n).index, behind), behind);
    behind = std::min(tree.begin_token(n).index, behind);
  }
  want(0, behind);
  // Types that nothing that is left names: what these name is not wanted for their sake.
  for (bool changed = true; changed;) {
    changed = false;
    for (NodeId& n : types) {
      if (!n.valid()) continue;
      const Words declared = Declared(program, n);
      if (!declared.empty() && std::ranges::none_of(declared, [&](std::string_view word) {
            return wanted.contains(word);
          })) {
        continue;
      }
      want(tree.begin_token(n).index, tree.end_token(n).index);
      n = NodeId();
      changed = true;
    }
  }
  for (const NodeId n : types) {
    if (n.valid()) host.push_back(n);
  }
  return host;
}

std::string DeviceSource(const front::Program& program, uint32_t file,
                         std::span<const std::string_view> kept, std::span<const NodeId> host) {
  const diag::SourceFile& source = program.sources->file(file);
  std::string text(source.text);
  BlankIncludes(program, kept, text);
  const Tree& tree = *program.tree;
  const auto& tokens = *program.tokens;
  for (const NodeId n : host) {
    if (tree.begin_token(n).index >= tree.end_token(n).index) continue;
    const front::Token& first = tokens[tree.begin_token(n).index];
    const front::Token& last = tokens[tree.end_token(n).index - 1];
    const uint32_t begin = first.loc.offset, end = last.loc_end.offset;
    if (begin < source.base || end > source.base + source.text.size() || begin >= end) continue;
    Blank(text, begin - source.base, end - source.base);
  }
  return text;
}

}  // namespace ws::cxx
