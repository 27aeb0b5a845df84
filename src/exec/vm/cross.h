// Operations that need other lanes of the warp (PTX ISA: shfl.sync, vote.sync, match.sync,
// redux.sync, bar.warp.sync, activemask).
#ifndef WARPSMITH_EXEC_VM_CROSS_H_
#define WARPSMITH_EXEC_VM_CROSS_H_

#include "exec/vm/vm.h"

namespace ws::exec {

// Whether every live lane that the membermasks of `lanes` name at `position` is among `lanes`.
bool SyncComplete(const Vm* vm, uint32_t position, uint32_t lanes);
// Lanes that wait at several bar.warp.sync of one membermask meet, if they are all whom it names
// (PTX ISA: from sm_70 on they need not execute the same one). True if some did.
bool MeetAcrossPlaces(Vm* vm);
// Reports that lanes named at `position` never come.
void ReportMissingLanes(Vm* vm, uint32_t position, uint32_t lanes);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_VM_CROSS_H_
