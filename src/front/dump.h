// The tree as text, for `compile --emit tree`, goldens and tests. Host only.
#ifndef WARPSMITH_FRONT_DUMP_H_
#define WARPSMITH_FRONT_DUMP_H_

#include <string>

#include "front/names.h"
#include "front/token.h"
#include "front/tree.h"

namespace ws::front {

// One line per node, parents before children, two spaces per level:
//
//   Function k [__global__]
//     TypeSpec void
//     ParamList
//
// After the kind stand the token where it says something (names, literals, operators) and the data
// in words. Markers are left out.
std::string DumpTree(const Tree& tree, const Vec<Token>& tokens);
std::string DumpTree(const Tree& tree, const Vec<Token>& tokens, NodeId root);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_DUMP_H_
