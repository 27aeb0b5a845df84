// The interpreter for processors with AVX2; see core.h.
#if defined(__x86_64__)
#define WS_VM_LEVEL avx2
#include "exec/vm/core.h"

namespace ws::exec {

const Core& CoreAvx2() {
  using namespace avx2;
  static const Core core = {{&Run<Plain>, &Run<Checked>, &Run<Traced>,
                             CoreBaseline().run[static_cast<int>(Mode::kFull)],
                             CoreBaseline().run[static_cast<int>(Mode::kShadowed)]}};
  return core;
}

}  // namespace ws::exec
#else
#include "exec/vm/vm.h"
namespace ws::exec {
const Core& CoreAvx2() { return CoreBaseline(); }
}  // namespace ws::exec
#endif
