// What atomics make of memory, and what is wrong with the use of an mbarrier.
#ifndef WARPSMITH_EXEC_VM_ATOMIC_H_
#define WARPSMITH_EXEC_VM_ATOMIC_H_

#include <cstdint>
#include <string>

#include "ir/mbarrier.h"
#include "ir/types.h"

namespace ws::exec {

// The value of the type that the operation leaves where `old` was; c: of a compare-and-swap.
// `flushes`: sums of f32 with subnormal numbers made zero, as in global memory (PTX ISA, atom).
uint64_t AtomicValue(ir::Atomic atomic, ir::Type type, uint64_t old, uint64_t b, uint64_t c,
                     bool flushes);

// `value`: of the operation on the object `word`, which lies at `where`.
// What the phase of an mbarrier still waits for, where no thread will give it.
std::string MbarrierWaitText(uint64_t word, const std::string& where);
std::string MbarrierFaultText(ir::MbarrierFault fault, uint64_t word, uint64_t value,
                              const std::string& where);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_VM_ATOMIC_H_
