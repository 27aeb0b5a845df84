// Builtins of the dialect for other compilers' device code. Host code.
//
// Each row of front/builtins.def with a plain signature has an external function, named after the
// row: a compiler that is given BridgeText() or MathText() leaves a call of it in its PTX, and
// LinkBridge gives the function the body that the native front end makes of the builtin. So
// mathematics stays a call of the library, which value domains know by name, and no row is written
// down twice.
#ifndef WARPSMITH_CXX_BRIDGE_H_
#define WARPSMITH_CXX_BRIDGE_H_

#include <string>
#include <vector>

#include "ir/module.h"

namespace ws::cxx {

// Declarations and overloads of the builtins with a plain signature, atomics as instructions, for a
// compiler that knows none itself. The types of lib/clang_types.cuh must stand before.
const std::string& BridgeText();

// Macros that turn calls of the math library's functions into calls of the same functions, for a
// compiler that has its own.
const std::string& MathText();

// Gives the functions of the bridge that `module` declares and calls their bodies; returns their
// names.
std::vector<std::string> LinkBridge(ir::Module& module);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_BRIDGE_H_
