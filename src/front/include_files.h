// Files that a source text may #include "by name": those beside it or in folders below. Host only.
//
// A name is looked for beside the file that includes it, then beside the main file, as
// front/preprocess.h does. Untrusted text decides what is read, so absolute names, names with ..,
// links that lead out of the folder and all but regular files are passed over, as is what exceeds
// the limits below; the preprocessor then says that it cannot find the file.
#ifndef WARPSMITH_FRONT_INCLUDE_FILES_H_
#define WARPSMITH_FRONT_INCLUDE_FILES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ws::front {

inline constexpr uint32_t kMaxIncludeFiles = 64;                 // of one program
inline constexpr uint32_t kMaxIncludeNames = 1024;               // looked for
inline constexpr uint64_t kMaxIncludeBytes = uint64_t{1} << 20;  // of one file

// Name and text of every file that `text` and the files it includes can ask for. `file_name` is the
// path of the main file, which need not exist itself; the names begin with its folder.
std::vector<std::pair<std::string, std::string>> ReadIncludes(std::string_view file_name,
                                                              std::string_view text);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_INCLUDE_FILES_H_
