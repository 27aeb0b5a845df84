// Trees back to source text. Host only: it makes strings for people and for edits.
#ifndef WARPSMITH_FRONT_UNPARSE_H_
#define WARPSMITH_FRONT_UNPARSE_H_

#include <string>

#include "front/token.h"
#include "front/tree.h"

namespace ws::front {

// Canonical source of a subtree: macros expanded, comments gone, two spaces of indentation, and
// exactly the parentheses that stood in the source. Parsed again it gives the same tree. A whole
// TranslationUnit is one declaration after the other; a declaration or statement ends with a line
// end, other nodes do not. `indent` is the depth at which a statement stands.
std::string Unparse(const Tree& tree, const Vec<Token>& tokens);
std::string Unparse(const Tree& tree, const Vec<Token>& tokens, NodeId node, int indent = 0);

// Tokens as they are spelled, with spaces where they had some or where they need one.
std::string SpellTokens(const Vec<Token>& tokens, TokenId begin, TokenId end);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_UNPARSE_H_
