// Which part of an object each element of a braced list initialises. Device-clean.
#ifndef WARPSMITH_FRONT_INIT_LIST_H_
#define WARPSMITH_FRONT_INIT_LIST_H_

#include "front/address_constant.h"
#include "front/sema.h"

namespace ws::front {

// A list or an expression, and the object that it initialises.
struct ListItem {
  NodeId value;
  TypeId type;
  uint64_t offset = 0;  // bytes from the beginning of the whole object
};

// Shares out the elements of the list `item`, as C++ does: an element that is neither a list nor of
// the type of an inner array or struct begins its elements without their own braces
// ([dcl.init.aggr]). `item` may be a Cast with a type before the elements. Lists among the elements
// are not taken apart. Returns the first element there is no room for, if any.
WS_HD NodeId SplitList(const Sema& sema, InstanceId instance, const ListItem& item,
                       Vec<ListItem>& out);

// A scalar of a constant object.
struct ConstantPart {
  TypeId type;
  uint64_t offset = 0;
  uint64_t bits = 0;             // see NodeInfo::bits; pointers and handles: 0
  ConstantAddress address = {};  // of pointers that are not null
};

// The initialiser that stands in a function of front/member_defaults.h.
WS_HD NodeId DefaultInitOf(const Sema& sema, InstanceId function);

// The scalars that a constant initialiser (InitEq, InitParen, InitList or an expression in the rows
// of `instance`) gives to an object of the type, in order; a later one replaces an earlier one.
// What a list leaves out is zero and not told, but for members with default initialisers. An
// invalid `init` stands for these alone. False if the initialiser is not constant, or the object
// has a constructor.
WS_HD bool ConstantParts(const Sema& sema, InstanceId instance, NodeId init, TypeId type,
                         Vec<ConstantPart>& out);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_INIT_LIST_H_
