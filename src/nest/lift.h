// Lifts a kernel's launcher to a tensor program. Host code.
//
// The launcher is evaluated symbolically: sizes stay names, temporaries become buffers, each launch
// is one kernel with symbolic grid and block. In a kernel, threadIdx and blockIdx are axes like any
// other; index arithmetic, guards and loops are turned into iteration domains. The result may rest
// on assumptions and is judged like any candidate; what cannot be lifted is named.
#ifndef WARPSMITH_NEST_LIFT_H_
#define WARPSMITH_NEST_LIFT_H_

#include <string>
#include <string_view>

#include "front/compile.h"
#include "nest/program.h"

namespace ws::nest {

struct Lifted {
  bool ok = false;
  Program program;
  std::string why_not;  // what construct stopped the lifting
  diag::Loc where;
};

Lifted Lift(const front::Program& source, std::string_view entry);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_LIFT_H_
