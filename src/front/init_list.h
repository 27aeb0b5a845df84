// Which part of an object each element of a braced list initialises. Device-clean.
#ifndef WARPSMITH_FRONT_INIT_LIST_H_
#define WARPSMITH_FRONT_INIT_LIST_H_

#include "front/sema.h"

namespace ws::front {

// A list or an expression, and the object that it initialises.
struct ListItem {
  NodeId value;
  TypeId type;
  uint64_t offset = 0;  // bytes from the beginning of the whole object
};

// Shares out the elements of the list `item`, as C++ does: an element that is neither a list nor of
// the type of an inner array begins its elements without their own braces ([dcl.init.aggr]). Lists
// among the elements are not taken apart. Returns the first element there is no room for, if any.
WS_HD NodeId SplitList(const Sema& sema, InstanceId instance, const ListItem& item,
                       Vec<ListItem>& out);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_INIT_LIST_H_
