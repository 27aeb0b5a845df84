// Source text to tokens: comments and directives gone, macros expanded. Device-clean.
//
// One pass. Names of known headers (known_headers.def) are accepted and read nothing, because what
// they declare are builtins; other files come from CompileOptions::includes, beside the file that
// includes them or else beside the main file, as names without .. are joined to folders. #pragma
// unroll becomes tokens (PragmaUnroll, the argument's tokens, PragmaEnd); other pragmas are
// dropped. Builtin macros stand in builtin_macros.def.
#ifndef WARPSMITH_FRONT_PREPROCESS_H_
#define WARPSMITH_FRONT_PREPROCESS_H_

#include "base/arena.h"
#include "diag/diag.h"
#include "diag/source.h"
#include "front/compile.h"
#include "front/names.h"
#include "front/token.h"

namespace ws::front {

// Appends the tokens of file `main_file` of `sources`, with an Eof token at the end, and adds the
// files it includes to `sources`. True if it reported no error.
//
// A token that comes out of a macro has the flag kFromMacro, and its loc and loc_end are those of
// the outermost invocation, arguments included. Limits: kMax* below, each with a diagnostic.
WS_HD bool Preprocess(Arena& arena, diag::SourceMap& sources, uint32_t main_file,
                      const CompileOptions& options, diag::Sink& sink, Names& names,
                      Vec<Token>& tokens);

inline constexpr uint32_t kMaxSourceBytes = 16u << 20;  // of one file
inline constexpr uint32_t kMaxTokens = 1u << 20;        // of a program
inline constexpr uint32_t kMaxMacroTokens = 1u << 20;   // produced on the way by all expansions
inline constexpr uint32_t kMaxMacroNesting = 200;       // invocations inside arguments
inline constexpr uint32_t kMaxIncludeDepth = 32;
inline constexpr uint32_t kMaxConditionalNesting = 256;

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_PREPROCESS_H_
