// The interpreter for any processor, and the only home of the mode that carries everything.
#define WS_VM_LEVEL baseline
#include "exec/vm/core.h"

namespace ws::exec {

const Core& CoreBaseline() {
  using namespace baseline;
  static constexpr Core kCore = {{&Run<Plain>, &Run<Checked>, &Run<Traced>, &Run<Full>}};
  return kCore;
}

}  // namespace ws::exec
