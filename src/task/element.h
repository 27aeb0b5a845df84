// Elements of arrays: names of types, and bytes to and from numbers.
#ifndef WARPSMITH_TASK_ELEMENT_H_
#define WARPSMITH_TASK_ELEMENT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "task/task.h"

namespace ws::task {

const char* Name(DType dtype);  // f16, bf16, ...
const char* Name(Role role);
const char* Name(Family family);  // init, zeros, ...
std::optional<DType> DTypeNamed(std::string_view name);
bool IsFloat(DType dtype);

// Raw bits of element `index`, zero-extended.
uint64_t BitsAt(const Array& array, uint64_t index);
void SetBits(Array& array, uint64_t index, uint64_t bits);

// Bits of an element as a number; f64 and everything narrower exactly, 64-bit integers rounded.
double ToNumber(DType dtype, uint64_t bits);
// An element for people: integers in full, floats with nine digits.
std::string ElementText(DType dtype, uint64_t bits);
// The nearest element: floats round to nearest even and overflow to infinity; integers truncate and
// saturate; bool is value != 0.
uint64_t FromNumber(DType dtype, double value);

// The distance between the two neighbours of `value` in a float type, at least the smallest
// subnormal; the spacing of the largest binade beyond the largest finite value.
double UnitInLastPlace(DType dtype, double value);
double LargestFinite(DType dtype);

uint64_t ElementCount(const Array& array);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_ELEMENT_H_
