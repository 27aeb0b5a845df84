// Names that are known but not supported, and the name that was perhaps meant. Device-clean.
#ifndef WARPSMITH_FRONT_KNOWN_NAMES_H_
#define WARPSMITH_FRONT_KNOWN_NAMES_H_

#include <cstdint>
#include <string_view>

#include "base/macros.h"

namespace ws::front {

// What a name of CUDA or C++ is that the native front end does not compile (known_names.def); empty
// if the name is not known.
WS_HD std::string_view KnownUnsupported(std::string_view name);

// How many characters have to be changed, added or removed to make one of the other; `most` + 1 if
// it is more than `most`. Names of more than 40 characters are far from all others.
WS_HD uint32_t EditDistance(std::string_view a, std::string_view b, uint32_t most);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_KNOWN_NAMES_H_
