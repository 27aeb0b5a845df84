// The words of 128-bit integers among tokens. Device-clean.
#ifndef WARPSMITH_FRONT_INT128_H_
#define WARPSMITH_FRONT_INT128_H_

#include "base/arena.h"
#include "front/names.h"
#include "front/token.h"

namespace ws::front {

// `__int128` and `unsigned __int128` become one token, the name that the text gives the type.
WS_HD void JoinInt128(Names& names, Vec<Token>& tokens);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_INT128_H_
