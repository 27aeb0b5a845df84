// Recognises what a loop does to a scalar it carries. Internal to nest/. Host code.
#ifndef WARPSMITH_NEST_REDUCTIONS_H_
#define WARPSMITH_NEST_REDUCTIONS_H_

#include "nest/program.h"

namespace ws::nest {

struct Update {
  Reduction reduction = Reduction::kNone;
  ExprId value;  // what is combined with the carried value
};

// `next` as carried OP value, where `carried` does not occur in value; kNone if it is none of the
// reductions. Sums and products may be written in any order; a conditional update combines the
// identity where the condition is false.
Update FindUpdate(Program& program, ExprId carried, ExprId next);

// The value that changes nothing: 0, 1, -INFINITY, the least integer.
ExprId Identity(Program& program, Reduction reduction, ir::Type type);

bool Mentions(const Program& program, ExprId id, ExprId part);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_REDUCTIONS_H_
