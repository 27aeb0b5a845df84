// How PTX spells what the IR names: types by the kind of instruction that carries them, and
// symbols.
#ifndef WARPSMITH_IR_PTX_NAMES_H_
#define WARPSMITH_IR_PTX_NAMES_H_

#include <string>
#include <vector>

#include "ir/module.h"

namespace ws::ir {

// printf into a string.
std::string Format(const char* format, ...) __attribute__((format(printf, 1, 2)));
// "." before a non-empty part of an opcode.
std::string Dot(const char* part);

// The type that PTX's registers, parameters and bitwise operations have for values of `type`.
const char* PtxBitsName(Type type);
// Of arithmetic: 8 bits are computed in 16, untyped bits as unsigned.
const char* PtxArithName(Type type);
// Of neg and abs on integers.
const char* PtxSignedName(Type type);
// Of cvt: 8 bits stay.
const char* PtxCvtName(Type type);
// Of ld and st: halves are bits.
const char* PtxMemoryName(Type type);

inline bool IsHalf(Type t) { return t >= Type::kF16 && t <= Type::kBF16x2; }
inline bool IsBFloat(Type t) { return t == Type::kBF16 || t == Type::kBF16x2; }

// The symbols of one module's functions and variables: their own names where these are legal and
// unique, else with their index appended.
class PtxSymbols {
 public:
  explicit PtxSymbols(const Module& module);
  const std::string& function(uint32_t index) const { return functions_[index]; }
  const std::string& global(uint32_t index) const { return globals_[index]; }

 private:
  std::vector<std::string> functions_, globals_;
};

}  // namespace ws::ir

#endif  // WARPSMITH_IR_PTX_NAMES_H_
