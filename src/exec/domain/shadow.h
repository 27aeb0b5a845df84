// Shadow values through registers and memory. What an instruction does to them is decided here,
// beside the interpreter and never inside it: IEEE bits do not depend on shadows.
//
// Ambiguity (DESIGN §6) rides along: what a comparison within tolerance decided is marked, be it
// selected, computed from, loaded through, stored through, or written on either way of a branch.
// Where a decision may have kept a store from being made whose place is not known, the run's report
// says `undecided`.
#ifndef WARPSMITH_EXEC_DOMAIN_SHADOW_H_
#define WARPSMITH_EXEC_DOMAIN_SHADOW_H_

#include "exec/domain/bank.h"
#include "exec/domain/error.h"
#include "exec/domain/shadow_map.h"
#include "exec/program.h"
#include "exec/vm/vm.h"

namespace ws::exec {

inline bool IsPacked(ir::Type type) {
  return type == ir::Type::kF16x2 || type == ir::Type::kBF16x2;
}
// Bytes of the value that one shadow belongs to.
inline uint8_t PartBytes(ir::Type type) {
  return IsPacked(type) ? 2 : static_cast<uint8_t>(ir::BytesOf(type));
}

// The shadow of `bits` of `type` stored at `offset`; its exact value if none is stored with them.
ShadowValue StoredShadow(const ShadowMap* map, uint64_t offset, ir::Type type, uint64_t bits);

// One lane's element of a load, a store or an atomic; the value is `bits`, the register `slot`. A
// load may have no map: there are no shadows there.
void ShadowLoad(Vm* vm, const ShadowMap* map, uint64_t offset, uint32_t bytes, uint64_t bits,
                const AccessInfo& info, const SlotRef& slot, uint32_t lane);
void ShadowStore(Vm* vm, ShadowMap* map, uint64_t offset, ir::Type type, uint32_t bytes,
                 uint64_t bits, const AccessInfo& info, const SlotRef& slot, uint32_t lane);
void ShadowAtomic(Vm* vm, ShadowMap* map, uint64_t offset, const AccessInfo& info, uint64_t old,
                  uint64_t result, uint32_t lane);
// Shadows move with a shuffle: lane k of `who` takes from sources[k].
void ShadowShuffle(Vm* vm, const SlotRef& d, const SlotRef& a, uint32_t who,
                   const uint32_t* sources);

// --- decisions within tolerance (domain/doubt.cc)

// The branch `i`, about to be taken by `lanes`.
void DoubtBranch(Vm* vm, const VmInst* i, uint32_t lanes);
// `lanes` come to `position`, where ways may meet.
void DoubtJoin(Vm* vm, uint32_t position, uint32_t lanes);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DOMAIN_SHADOW_H_
