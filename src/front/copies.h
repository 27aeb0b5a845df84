// Functions of structs that copy objects. Device-clean.
#ifndef WARPSMITH_FRONT_COPIES_H_
#define WARPSMITH_FRONT_COPIES_H_

#include "front/sema.h"

namespace ws::front {

// The operator= of a struct itself that takes an object of it; `moves`: the one for a temporary, if
// there is one. Invalid if it has none.
WS_HD InstanceId CopyAssignment(const Sema& sema, TypeId type, Target side, bool moves = false);

// Whether assigning an object of the type copies more than its bytes.
WS_HD bool AssignsParts(const Sema& sema, TypeId type, Target side);

// Whether the copy constructor of an object, or of a part of it, is deleted.
WS_HD bool CannotCopy(const Sema& sema, TypeId type);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_COPIES_H_
