// What a tensor program touches and how: strides per axis, reuse, operation class, and the bytes
// and operations that any execution needs (the roofline bound). Host code.
#ifndef WARPSMITH_NEST_ANALYSIS_H_
#define WARPSMITH_NEST_ANALYSIS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nest/program.h"

namespace ws::nest {

// One distinct load, or the store, of a nest.
struct NestAccess {
  BufferId buffer;
  ExprId index;
  Linear linear;  // of index; not ok: opaque
  bool is_store = false;
  AxisId contiguous = {};  // the axis with coefficient 1; none if there is no such axis

  bool DependsOn(AxisId axis) const;     // opaque accesses depend on the axes they mention
  bool IsContiguous(AxisId axis) const;  // coefficient 1
  std::vector<AxisId> mentioned = {};    // axes in the index
};

// Distinct loads of the nest's value and guard in order of appearance, then the store. Equal
// indices of one buffer appear once.
std::vector<NestAccess> Accesses(Program& program, const Nest& nest);

// The axis of the nest along which most accesses are contiguous (stores count more); invalid if
// none.
AxisId ContiguousAxis(Program& program, const Nest& nest);

// What kind of work a program is; names lessons are filed under.
enum class OpClass : uint8_t {
  kMap,
  kTranspose,
  kRowReduction,
  kColumnReduction,
  kNormalise,
  kContraction,
  kOther
};
const char* Name(OpClass op_class);  // map, transpose, row-reduction, ...
OpClass Classify(const Program& program);

// Values of the launcher's scalar parameters, by position; entries of pointers are unused.
// Floating parameters do not matter here.
using SizeValues = std::vector<int64_t>;

// Value of an integer expression in sizes; an error if it mentions anything else or divides by
// zero.
Result<int64_t> EvaluateSize(const Program& program, ExprId expr, const SizeValues& sizes);

// What any execution must do: each byte of an argument that is read before it is written comes from
// DRAM once, each byte written goes there once; temporaries cost nothing.
struct Compulsory {
  double bytes_read = 0;
  double bytes_written = 0;
  double float_operations = 0;    // adds, multiplies, comparisons, fma as two
  double special_operations = 0;  // exp, log, division, square root, tanh ...
  double half_operations = 0;     // those of float_operations done in half
};
Result<Compulsory> Roofline(const Program& program, const SizeValues& sizes);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_ANALYSIS_H_
