// Symbols of kernels and variables in PTX: how a compiler that makes a file of it is asked for
// them. Host code.
#ifndef WARPSMITH_CXX_NAME_TABLE_H_
#define WARPSMITH_CXX_NAME_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

namespace ws::cxx {

// What, behind the program, makes the compiler keep what `names` names and tell the symbols: a
// variable `__ws_name_N` for each, with its address.
std::string NameTable(const std::vector<std::string>& names);

// Takes the values of `__ws_name_N = SYMBOL` and these variables out of PTX: the symbols of
// `count` names, empty where there is none.
std::vector<std::string> TakeNames(std::string& ptx, size_t count);

// The symbol of the variable in global memory that C++ names `a::b`, unnamed namespaces left out;
// empty where PTX has none.
std::string SymbolOf(std::string_view name, std::string_view ptx);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_NAME_TABLE_H_
