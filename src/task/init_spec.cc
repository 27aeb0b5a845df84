#include "task/init_spec.h"

#include "base/format.h"
#include "task/element.h"

namespace ws::task {
namespace {

enum class Takes : uint8_t { kAny, kFloats, kIntegers };

struct InitRow {
  std::string_view name;
  InitKind kind;
  size_t num_args;
  Takes takes;
};
constexpr InitRow kInits[] = {
    {"normal", InitKind::kNormal, 0, Takes::kFloats},
    {"uniform", InitKind::kUniform, 2, Takes::kFloats},
    {"integers", InitKind::kIntegers, 2, Takes::kAny},
    {"ones", InitKind::kOnes, 0, Takes::kAny},
    {"permutation", InitKind::kPermutation, 0, Takes::kIntegers},
    {"sorted", InitKind::kSorted, 2, Takes::kAny},
    {"csr", InitKind::kCsr, 1, Takes::kIntegers},
    {"file", InitKind::kFile, 1, Takes::kAny},
};

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Splits at commas outside of parentheses.
std::vector<std::string> SplitArgs(std::string_view text) {
  std::vector<std::string> args;
  int depth = 0;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || (text[i] == ',' && depth == 0)) {
      args.emplace_back(Trim(text.substr(begin, i - begin)));
      begin = i + 1;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')') {
      --depth;
    }
  }
  if (args.size() == 1 && args[0].empty()) args.clear();
  return args;
}

}  // namespace

Result<Init> ParseInit(std::string_view text, DType dtype) {
  text = Trim(text);
  const size_t open = text.find('(');
  const std::string_view name = Trim(text.substr(0, open));
  std::vector<std::string> args;
  if (open != std::string_view::npos) {
    if (!text.ends_with(')')) return Error{Format("`init` `{}` does not end with `)`", text)};
    const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
    if (name == "file") {
      args.emplace_back(Trim(inside));
    } else {
      args = SplitArgs(inside);
    }
  }
  for (const InitRow& row : kInits) {
    if (row.name != name) continue;
    if (args.size() != row.num_args) {
      return Error{Format("`init` {} takes {} argument{}, not {}", name, row.num_args,
                          row.num_args == 1 ? "" : "s", args.size())};
    }
    if (row.takes == Takes::kFloats && !IsFloat(dtype)) {
      return Error{Format("`init` {} makes floating-point values, not {}", name, Name(dtype))};
    }
    if (row.takes == Takes::kIntegers && (IsFloat(dtype) || dtype == DType::kBool)) {
      return Error{Format("`init` {} makes integers, not {}", name, Name(dtype))};
    }
    return Init{row.kind, std::move(args)};
  }
  return Error{Format("`init` cannot be `{}`", text)};
}

}  // namespace ws::task
