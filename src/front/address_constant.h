// Addresses that are known when a program starts, up to where its variables lie. Device-clean.
#ifndef WARPSMITH_FRONT_ADDRESS_CONSTANT_H_
#define WARPSMITH_FRONT_ADDRESS_CONSTANT_H_

#include "front/sema.h"

namespace ws::front {

// `offset` bytes behind the beginning of a string literal or of a variable that outlives calls.
struct ConstantAddress {
  NodeId text;          // a StringLiteral
  EntityId object;      // or a variable
  InstanceId function;  // or a function, which has one address
  int64_t offset = 0;

  WS_HD bool valid() const { return text.valid() || object.valid() || function.valid(); }
};

// The value of a pointer expression in the rows of `instance`: a text, a variable, &, an element or
// member of one at a constant place, pointer arithmetic with constants, casts of pointers, or a
// const pointer with such an initialiser. Not valid where it is none of these.
WS_HD ConstantAddress AddressConstant(const Sema& sema, InstanceId instance, NodeId expr);

// The InitEq, InitParen or InitList of a Declarator; invalid if there is none.
WS_HD NodeId InitialiserOf(const Tree& tree, NodeId declarator);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_ADDRESS_CONSTANT_H_
