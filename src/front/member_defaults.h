// Default initialisers of members that are no plain literals, made functions before parsing.
// Device-clean.
//
// `int n = 4, m = n * f();` becomes
//   `auto ws_default_of_m() { int ws_value = n * f(); return ws_value; } int n = 4, m;`
// in the struct, so that whatever makes an object calls what stands there with `this`, or stores it
// where it proves constant.
#ifndef WARPSMITH_FRONT_MEMBER_DEFAULTS_H_
#define WARPSMITH_FRONT_MEMBER_DEFAULTS_H_

#include <string_view>

#include "base/arena.h"
#include "front/bytes.h"
#include "front/names.h"
#include "front/token.h"

namespace ws::front {

// What the names of these functions begin with; the member's name follows.
inline constexpr std::string_view kDefaultOf = "ws_default_of_";

// Whether a name is one of these.
WS_HD inline bool IsDefaultOf(std::string_view name) {
  return name.size() > kDefaultOf.size() && SameText(name.substr(0, kDefaultOf.size()), kDefaultOf);
}

WS_HD void WriteMemberDefaults(Arena& arena, Names& names, Vec<Token>& tokens);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_MEMBER_DEFAULTS_H_
