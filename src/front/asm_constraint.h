// The letters by which inline assembly names the registers of its operands. Device-clean.
#ifndef WARPSMITH_FRONT_ASM_CONSTRAINT_H_
#define WARPSMITH_FRONT_ASM_CONSTRAINT_H_

#include "base/arena.h"
#include "front/token.h"
#include "front/types.h"

namespace ws::front {

struct AsmConstraint {
  bool reads = false;
  bool writes = false;
  char letter = 0;                  // n: a constant that stands in the text
  ir::Type type = ir::Type::kNone;  // of the register
};

// What the adjacent literals from token `first` on, such as "=r", say of an operand; false if they
// say nothing that stands there.
WS_HD bool ReadAsmConstraint(const Vec<Token>& tokens, uint32_t first, bool is_output,
                             AsmConstraint* constraint);
// Whether objects of the type go into such a register (Inline PTX Assembly in CUDA, "Constraints").
WS_HD bool FitsAsmConstraint(const TypeTable& types, TypeId type, const AsmConstraint& constraint);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_ASM_CONSTRAINT_H_
