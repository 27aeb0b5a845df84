#include "cxx/name_table.h"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "base/format.h"

namespace ws::cxx {
namespace {

constexpr std::string_view kMark = "__ws_name_";

// What C++ names the symbol, without unnamed namespaces.
std::string Demangled(const std::string& symbol) {
  int status = 0;
  char* const made = abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status);
  std::string name = made != nullptr && status == 0 ? made : symbol;
  std::free(made);
  constexpr std::string_view kUnnamed = "(anonymous namespace)::";
  for (size_t at = 0; (at = name.find(kUnnamed, at)) != std::string::npos;) {
    name.erase(at, kUnnamed.size());
  }
  return name;
}

}  // namespace

std::string NameTable(const std::vector<std::string>& names) {
  std::string text = "\n";
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = names[i];
    AppendFormat(text, "extern \"C\" __device__ const void* const {}{} = (const void*)&{};\n",
                 kMark, i, name.substr(name.starts_with('&') ? 1 : 0));
  }
  return text;
}

std::vector<std::string> TakeNames(std::string& ptx, size_t count) {
  std::vector<std::string> symbols(count);
  std::string rest;
  rest.reserve(ptx.size());
  for (size_t begin = 0; begin < ptx.size();) {
    const size_t end = std::min(ptx.find('\n', begin), ptx.size() - 1) + 1;
    const std::string_view line = std::string_view(ptx).substr(begin, end - begin);
    begin = end;
    const size_t mark = line.find(kMark);
    const size_t value = line.find(" = ");
    if (mark == std::string_view::npos) {
      rest += line;
      continue;
    }
    if (value == std::string_view::npos) continue;  // a comment, or a declaration
    const auto index = static_cast<size_t>(std::atoi(line.data() + mark + kMark.size()));
    std::string_view symbol = line.substr(value + 3);
    if (symbol.starts_with("generic(")) symbol.remove_prefix(8);
    symbol = symbol.substr(0, symbol.find_first_of(");\n"));
    if (index < count) symbols[index] = symbol;
  }
  ptx = std::move(rest);
  return symbols;
}

std::string SymbolOf(std::string_view name, std::string_view ptx) {
  constexpr std::string_view kGlobal = ".global ";
  while (!ptx.empty()) {
    std::string_view line = ptx.substr(0, ptx.find('\n'));
    ptx.remove_prefix(std::min(line.size() + 1, ptx.size()));
    const size_t at = line.find(kGlobal);
    // A declaration begins with its directives; instructions have no space behind theirs.
    if (at == std::string_view::npos || line.find_first_not_of(" \t") != line.find('.')) continue;
    line = line.substr(0, line.find_first_of("[=;", at));
    line = line.substr(0, line.find_last_not_of(' ') + 1);
    const std::string symbol(line.substr(line.find_last_of(" \t") + 1));
    if (Demangled(symbol) == name) return symbol;
  }
  return {};
}

}  // namespace ws::cxx
