// Shadow values through registers and memory. What an instruction does to them is decided here,
// beside the interpreter and never inside it: IEEE bits do not depend on shadows.
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

// One lane's element of a load, a store or an atomic; the value is `bits`, the register `slot`.
void ShadowLoad(Vm* vm, const ShadowMap* map, uint64_t offset, ir::Type type, uint32_t bytes,
                uint64_t bits, const SlotRef& slot, uint32_t lane);
void ShadowStore(Vm* vm, ShadowMap* map, uint64_t offset, ir::Type type, uint32_t bytes,
                 uint64_t bits, const SlotRef& slot, uint32_t lane);
void ShadowAtomic(Vm* vm, ShadowMap* map, uint64_t offset, const AccessInfo& info, uint64_t old,
                  uint64_t result, uint32_t lane);
// Shadows move with a shuffle: lane k of `who` takes from sources[k].
void ShadowShuffle(Vm* vm, const SlotRef& d, const SlotRef& a, uint32_t who,
                   const uint32_t* sources);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DOMAIN_SHADOW_H_
