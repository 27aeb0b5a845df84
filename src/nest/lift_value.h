// Values of symbolic evaluation, and how lifting gives up. Host code.
#ifndef WARPSMITH_NEST_LIFT_VALUE_H_
#define WARPSMITH_NEST_LIFT_VALUE_H_

#include <array>
#include <map>
#include <string>
#include <vector>

#include "front/compile.h"
#include "front/sema.h"
#include "nest/program.h"

namespace ws::nest {

// Thrown where a construct cannot be lifted; caught in Lift.
struct LiftFailure {
  std::string why;  // names the construct
  diag::Loc where;
};

struct Value {
  enum class Kind : uint8_t { kNone, kScalar, kPointer, kDim3 };
  Kind kind = Kind::kNone;
  ExprId scalar = {};              // kScalar; kPointer: offset in elements
  BufferId buffer = {};            // kPointer
  std::array<ExprId, 3> dim = {};  // kDim3

  static Value Scalar(ExprId e) { return {.kind = Kind::kScalar, .scalar = e}; }
  static Value Pointer(BufferId b, ExprId offset) {
    return {.kind = Kind::kPointer, .scalar = offset, .buffer = b};
  }
  static Value Dim3(std::array<ExprId, 3> d) { return {.kind = Kind::kDim3, .dim = d}; }
  bool operator==(const Value& o) const {
    return kind == o.kind && scalar == o.scalar && buffer == o.buffer && dim == o.dim;
  }
};

using Env = std::map<front::EntityId, Value>;

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_LIFT_VALUE_H_
