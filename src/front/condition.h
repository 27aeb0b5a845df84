// Constant expressions of #if and #elif. Device-clean.
#ifndef WARPSMITH_FRONT_CONDITION_H_
#define WARPSMITH_FRONT_CONDITION_H_

#include <cstdint>
#include <span>

#include "base/arena.h"
#include "front/token.h"

namespace ws::front {

struct ConditionResult {
  bool value = false;
  const char* problem = nullptr;  // null if there is none
  const Token* at = nullptr;      // the token it is about; null: the end
};

// Evaluates tokens in which macros and `defined` have been replaced. 64-bit arithmetic; any name
// that is left is 0, except `true`.
WS_HD ConditionResult EvaluateCondition(Arena& arena, std::span<const Token> tokens);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_CONDITION_H_
