#include "cxx/bridge_row.h"

#include <charconv>

#include "base/format.h"

namespace ws::cxx {
namespace {

constexpr std::string_view kPrefix = "__ws_";

std::optional<BridgeType> TypeOf(char code) {
  const auto type = [code](const char* name, const char* external) {
    return BridgeType{name, external, code == 'H' ? name : external, code};
  };
  switch (code) {
    case 'v':
      return type("void", "void");
    case 'b':
      return type("bool", "int");
    case 'c':
      return type("char", "int");
    case 's':
      return type("short", "int");
    case 't':
      return type("unsigned short", "int");
    case 'i':
      return type("int", "int");
    case 'u':
      return type("unsigned", "unsigned");
    case 'l':
      return type("long", "long");
    case 'm':
      return type("unsigned long", "unsigned long");
    case 'x':
      return type("long long", "long long");
    case 'y':
      return type("unsigned long long", "unsigned long long");
    case 'h':
      return type("__half", "int");
    case 'H':
      return type("__half2", "unsigned");
    case 'f':
      return type("float", "float");
    case 'd':
      return type("double", "double");
    default:
      return std::nullopt;
  }
}

// Rows that are for the host, or of which nothing can be called.
bool IsForDevice(front::BuiltinHow how) {
  using How = front::BuiltinHow;
  switch (how) {
    case How::kConst:
    case How::kDim:
    case How::kStream:
    case How::kManipulator:
    case How::kRt:
    case How::kLibHost:
    case How::kUnsupported:
    case How::kIgnore:
    case How::kSuccess:
    case How::kExit:
    case How::kEventCreate:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::optional<std::vector<BridgeType>> BridgeSignature(const front::BuiltinRow& row) {
  if (!IsForDevice(row.how)) return std::nullopt;
  const std::string_view text = row.signature;
  if (text.size() < 3 || text[1] != '(' || text.back() != ')') return std::nullopt;
  std::vector<BridgeType> types;
  bool to_const = false, to = false;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (i == 1) continue;
    if (i > 1 && (text[i] == '*' || text[i] == '@')) {
      to_const = text[i] == '@';
      to = true;
      continue;
    }
    std::optional<BridgeType> type = TypeOf(text[i]);
    if (!type) return std::nullopt;
    if (to) {
      type->name = (to_const ? "const " : "") + type->name + "*";
      type->external = type->native = type->name;
      type->is_pointer = true;
    }
    to = to_const = false;
    types.push_back(std::move(*type));
  }
  return types;
}

std::string BridgeName(uint16_t builtin) {
  return Format("{}{}_{}", kPrefix, builtin, front::RowOf(builtin).spelling);
}

std::optional<uint16_t> BridgeRowOf(std::string_view name) {
  if (!name.starts_with(kPrefix)) return std::nullopt;
  uint16_t row = 0;
  const char* begin = name.data() + kPrefix.size();
  const auto [end, error] = std::from_chars(begin, name.data() + name.size(), row);
  if (error != std::errc() || row >= front::NumBuiltinRows() || BridgeName(row) != name) {
    return std::nullopt;
  }
  return row;
}

}  // namespace ws::cxx
