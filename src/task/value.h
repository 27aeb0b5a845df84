// One element's value as it is told to people and programs.
//
// Integers are told exactly, whatever their size; floats with the fewest digits that tell them from
// every other number of their type. A number beside elements of a type (a shadow) has nine digits,
// seventeen for f64.
#ifndef WARPSMITH_TASK_VALUE_H_
#define WARPSMITH_TASK_VALUE_H_

#include <cstdint>
#include <string>

#include "base/json.h"
#include "task/task.h"

namespace ws::task {

class Value {
 public:
  Value() = default;
  static Value Element(DType dtype, uint64_t bits) { return {dtype, bits, 0, true}; }
  static Value Beside(DType dtype, double number) { return {dtype, 0, number, false}; }

  double number() const;  // 64-bit integers rounded
  std::string Text() const;
  // A number; NaN and infinities, which JSON has not, as texts.
  Json ToJson() const;

 private:
  Value(DType dtype, uint64_t bits, double number, bool is_element)
      : dtype_(dtype), is_element_(is_element), bits_(bits), number_(number) {}

  DType dtype_ = DType::kF64;
  bool is_element_ = false;
  uint64_t bits_ = 0;
  double number_ = 0;
};

}  // namespace ws::task

#endif  // WARPSMITH_TASK_VALUE_H_
