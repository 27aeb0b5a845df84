// Content hashes of candidates, by which the search knows a program it has met before.
#ifndef WARPSMITH_SEARCH_SOURCE_HASH_H_
#define WARPSMITH_SEARCH_SOURCE_HASH_H_

#include <string>
#include <string_view>

namespace ws::search {

// The text without comments, and with every run of white space as one blank (or line end, where it
// held one, so that preprocessor lines stay lines). String and character literals are untouched.
std::string NormaliseSource(std::string_view source);

// 16 hexadecimal digits of the normalised text's hash.
std::string ContentHash(std::string_view source);

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_SOURCE_HASH_H_
