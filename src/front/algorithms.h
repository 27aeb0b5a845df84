// Algorithms of the standard library, which are read before the programs that name them.
// Device-clean.
#ifndef WARPSMITH_FRONT_ALGORITHMS_H_
#define WARPSMITH_FRONT_ALGORITHMS_H_

#include "diag/diag.h"
#include "front/names.h"
#include "front/token.h"

namespace ws::front {

// Where the tokens name an algorithm behind std::, gives these names the meaning of the functions
// of `text` (lib/algorithms.cu) and puts the tokens of that text, which have no position, before
// them.
WS_HD void AddAlgorithms(Arena& arena, std::string_view text, diag::Sink& sink, Names& names,
                         Vec<Token>& tokens);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_ALGORITHMS_H_
