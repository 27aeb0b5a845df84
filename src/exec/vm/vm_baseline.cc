// The interpreter for any processor, and the only home of the modes that carry shadows.
#define WS_VM_LEVEL baseline
#include "exec/vm/core.h"

namespace ws::exec {

const Core& CoreBaseline() {
  using namespace baseline;
  static constexpr Core kCore = {
      {&Run<Plain>, &Run<Checked>, &Run<Traced>, &Run<Full>, &Run<Shadowed>}};
  return kCore;
}

}  // namespace ws::exec
