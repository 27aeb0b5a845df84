// What a tracer is told of a warp's access.
#include "exec/launch.h"
#include "exec/machine.h"
#include "exec/vm/vm.h"

namespace ws::exec {

void TraceMoved(Vm* vm, const VmInst* i, uint32_t lanes, ir::Space space, const AllocView* view,
                const uint64_t* offsets) {
  const Tracer* tracer = vm->machine->options.tracer;
  if (tracer == nullptr || tracer->access == nullptr || vm->launch == nullptr) return;
  const AccessInfo& info = vm->program->accesses[i->c];
  // Of an inactive lane anything may stand there: nothing reads it.
  uint64_t addresses[32];
  const uint64_t base = view != nullptr ? view->flat : 0;
  const uint64_t frame = space == ir::Space::kLocal ? vm->local_stride : 0;
  for (uint32_t k = 0; k < 32; ++k) addresses[k] = base + offsets[k] - frame * k;
  const bool is_const = view != nullptr && TagOf(view->key << kOffsetBits) == Tag::kConst;
  Access access;
  access.inst = info.inst;
  access.space = is_const ? ir::Space::kConst : space;
  access.effect = info.effect;
  access.active = lanes;
  access.bytes_per_lane = uint32_t{info.bytes} * info.vec;
  access.addresses = addresses;
  access.allocation = base;
  access.allocation_bytes = view != nullptr ? view->size : 0;
  access.block = vm->launch->current_block;
  access.warp = vm->warp->index;
  tracer->access(tracer->self, access);
}

}  // namespace ws::exec
