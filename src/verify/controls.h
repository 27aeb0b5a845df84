// Controls: outputs that must be seen to be wrong, or the task's comparison sees nothing.
#ifndef WARPSMITH_VERIFY_CONTROLS_H_
#define WARPSMITH_VERIFY_CONTROLS_H_

#include "verify/pool.h"

namespace ws::verify {

// Compares, on the inputs that follow the task's init: zeros; one constant; each input copied to
// each output of its type and size; and the reference's results with one input drawn anew, for each
// input in turn. An error names the control that passed.
Status CheckControls(const Reference& reference, const Pool& pool);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_CONTROLS_H_
