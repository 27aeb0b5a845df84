// Parameter packs of functions, taken apart before parsing. Device-clean.
//
// A function template with a pack becomes several without: one for each number of arguments that a
// call in the program can have, in which the pack's parameters are `Ts...[0]`, `Ts...[1]` and so
// on. Overload resolution then finds the one that is meant.
#ifndef WARPSMITH_FRONT_PACKS_H_
#define WARPSMITH_FRONT_PACKS_H_

#include "base/arena.h"
#include "diag/diag.h"
#include "front/names.h"
#include "front/token.h"

namespace ws::front {

// Replaces the templates with packs among the tokens. What it does not take is left for the parser,
// which says that it is not supported.
WS_HD void ExpandPacks(Arena& arena, diag::Sink& sink, Names& names, Vec<Token>& tokens);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_PACKS_H_
