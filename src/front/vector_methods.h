// Members of std::vector: the rows of vector_methods.def as code. Device-clean.
#ifndef WARPSMITH_FRONT_VECTOR_METHODS_H_
#define WARPSMITH_FRONT_VECTOR_METHODS_H_

#include <cstdint>
#include <string_view>

#include "base/macros.h"

namespace ws::front {

enum class VectorMethod : uint8_t {
#define VECTOR_METHOD(spelling, least, most, result, changes) spelling,
#include "front/vector_methods.def"
#undef VECTOR_METHOD
  kCount
};

struct VectorMethodInfo {
  uint32_t least;
  uint32_t most;
  char result;
  bool changes;
};
WS_HD VectorMethodInfo InfoOf(VectorMethod method);

// kCount if there is no such member.
WS_HD VectorMethod FindVectorMethod(std::string_view name);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_VECTOR_METHODS_H_
