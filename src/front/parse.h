// Tokens to the syntax tree. Device-clean: an explicit stack of states, no recursion.
#ifndef WARPSMITH_FRONT_PARSE_H_
#define WARPSMITH_FRONT_PARSE_H_

#include "base/arena.h"
#include "diag/diag.h"
#include "front/names.h"
#include "front/token.h"
#include "front/tree.h"

namespace ws::front {

// Appends the tree of a whole program to `tree`, whose root is a TranslationUnit. True if it
// reported no error. After an error parsing goes on behind the broken statement or declaration,
// which becomes an Error node, so that one run shows several.
//
// The parser knows which names are types and templates at each point; C's and C++'s ambiguities are
// decided by that alone, and a name declared as a variable hides a builtin type (`int half = n /
// 2`).
// `host_only`: functions for the device alone are left out, and kernels have empty bodies.
WS_HD bool Parse(Arena& arena, const Vec<Token>& tokens, Names& names, diag::Sink& sink, Tree& tree,
                 bool host_only = false);

inline constexpr uint32_t kMaxNesting = 2000;  // open states at one point; a parenthesis is two

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_PARSE_H_
