// What a memory access of the module is, apart from where its operands lie.
#ifndef WARPSMITH_EXEC_ACCESS_INFO_H_
#define WARPSMITH_EXEC_ACCESS_INFO_H_

#include "exec/load_roles.h"
#include "exec/program.h"

namespace ws::exec {

// Of the instruction at `index` of the module, which is a load, store, atomic or mbarrier
// operation.
AccessInfo DescribeAccess(const ir::Inst& inst, uint32_t index, const LoadRoles& roles);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_ACCESS_INFO_H_
