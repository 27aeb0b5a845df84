// Which instruction of the interpreter does what an IR instruction says.
#ifndef WARPSMITH_EXEC_SELECT_H_
#define WARPSMITH_EXEC_SELECT_H_

#include "exec/program.h"
#include "ir/module.h"

namespace ws::exec {

// The specialised operation for a pure instruction with one destination; kGeneric if there is none.
// `swap` asks for sources 0 and 1 to be exchanged.
VmOp SelectFast(const ir::Inst& inst, bool* swap);

// The operation for a memory access: loads and stores of 4- and 8-byte lanes (and halves) have fast
// paths; kAccess for the others.
VmOp SelectAccess(const AccessInfo& info);

// Width of source `index` where the operand itself does not tell (immediates, special registers).
Width SourceWidth(const ir::Inst& inst, uint32_t index);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_SELECT_H_
