// Brings a lifted program to the form that analysis and schedules expect. Host code.
#ifndef WARPSMITH_NEST_NORMALISE_H_
#define WARPSMITH_NEST_NORMALISE_H_

#include <string>
#include <utility>
#include <vector>

#include "nest/program.h"

namespace ws::nest {

// In this order: linear axes used through / and % become two axes; stores that are overwritten
// before anything but the same points reads them are forwarded; first iterations that were peeled
// off join their reduction; reductions that are only copied write their target; axes of the same
// name and extent become one, names unique; what is not used is dropped.
// `names`: what the source calls a value, by which axes that come out of / and % are named.
void Normalise(Program* program, const std::vector<std::pair<ExprId, std::string>>& names = {});

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_NORMALISE_H_
