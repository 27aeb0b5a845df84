// Lines of a program that make a compiler read other files, however they are written. Host code.
//
// What is found is a superset: whatever some compiler may take for such a line, with its # behind
// comments, continued lines or digraphs, in what is skipped, and in raw strings too.
#ifndef WARPSMITH_CXX_INCLUDE_SCAN_H_
#define WARPSMITH_CXX_INCLUDE_SCAN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ws::cxx {

struct IncludeLine {
  size_t begin = 0, end = 0;  // from the # to behind the file's name
  bool is_plain = false;      // #include <name> or #include "name"
  std::string header;         // that name; of others empty
};

// In the order of the text. Others than plain ones: #include of what a macro names, #include_next,
// #import, #embed.
std::vector<IncludeLine> FindIncludes(std::string_view text);

// Whether some line is not plain: only the compiler knows which file it reads.
bool ReadsUnknownFiles(std::string_view text);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_INCLUDE_SCAN_H_
