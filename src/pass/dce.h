// Dead code. Host only.
#ifndef WARPSMITH_PASS_DCE_H_
#define WARPSMITH_PASS_DCE_H_

#include "ir/module.h"

namespace ws::pass {

// Removes pure operations and parameter loads whose results nothing needs. Memory operations,
// shuffles and calls stay: each may be a finding. True if anything changed.
bool Dce(ir::Module& module, ir::FunctionId function);

// The same, and loads that are not volatile or ordered: what ptxas removes.
bool DceWithLoads(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_DCE_H_
