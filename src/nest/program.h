// Tensor programs: what a kernel and its launch compute, apart from how (DESIGN §3, "Nests").
//
// A program is a sequence of nests over buffers. A nest is an iteration domain (axes with symbolic
// extents, each parallel or reduced), one scalar expression per point, an optional guard, an
// optional reduction with operator and identity, and the buffer element it writes. Running the
// nests one after another, each for all its points, gives what the launcher computes.
//
//   softmax:  for row:          t0[row] = max_c x[row*cols + c]
//             for row:          t1[row] = sum_c exp(x[row*cols + c] - t0[row])
//             for row, c:       y[row*cols + c] = exp(x[row*cols + c] - t0[row]) / t1[row]
//
// Expressions are a DAG of immutable nodes in one table. Index arithmetic is integer expressions;
// `Linear` views one as a sum of axis * coefficient + rest, coefficients being polynomials in
// sizes. Host code.
#ifndef WARPSMITH_NEST_PROGRAM_H_
#define WARPSMITH_NEST_PROGRAM_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "diag/source.h"
#include "ir/types.h"

namespace ws::nest {

using ExprId = Id<struct ExprTag>;
using AxisId = Id<struct AxisTag>;
using BufferId = Id<struct BufferTag>;

enum class ExprKind : uint8_t {
  kInt,     // integer constant `bits`
  kFloat,   // floating constant; `bits` are those of a double
  kSize,    // scalar parameter `index` of the launcher (sizes and other scalars, e.g. eps)
  kAxis,    // axis `index`
  kLoad,    // element of buffer `index`; arg 0: flat element index
  kUnary,   // op
  kBinary,  // op
  kSelect,  // arg 0 ? arg 1 : arg 2
  kCast,    // to `type`
  kCall,    // math function or intrinsic `name` of the dialect, any number of args
};

enum class ExprOp : uint8_t {
  kNone,
  kNeg,
  kNot,
  kBitNot,
  kAdd,
  kSub,
  kMul,
  kDiv,
  kRem,
  kMin,
  kMax,
  kAnd,
  kOr,
  kXor,
  kShl,
  kShr,
  kLt,
  kLe,
  kGt,
  kGe,
  kEq,
  kNe,
  kLogicalAnd,
  kLogicalOr
};

struct Expr {
  ExprKind kind = ExprKind::kInt;
  ExprOp op = ExprOp::kNone;
  ir::Type type = ir::Type::kS32;  // type of the value as the source computes it
  uint32_t index = 0;              // size, axis or buffer
  uint64_t bits = 0;
  std::string name = {};  // kCall
  std::vector<ExprId> args = {};
  diag::Loc loc = {};
};

struct Axis {
  std::string name;  // readable, unique in the program: row, c, k
  ExprId extent;     // in sizes; iterates 0 .. extent-1
};

enum class BufferKind : uint8_t { kArgument, kTemporary };

struct Buffer {
  std::string name;
  ir::Type type = ir::Type::kF32;  // of an element
  BufferKind kind = BufferKind::kArgument;
  uint32_t param = 0;     // kArgument: position among the launcher's parameters
  bool is_const = false;  // the launcher takes a pointer to const
  ExprId elements = {};   // kTemporary: element count in sizes
};

// A scalar or pointer parameter of the launcher, in order; sizes refer to it by position.
struct Parameter {
  std::string name;
  std::string type_text = {};      // as written, for generating the launcher again
  std::string default_text = {};   // of its default argument; empty: none
  ir::Type type = ir::Type::kS32;  // scalars
  bool is_pointer = false;
};

// How the launcher looks to its callers, for generating it again.
struct Interface {
  bool has_c_linkage = true;
  std::string result = "void";  // type as written
  std::string returned = {};    // expression it returns; empty: nothing
  std::string stream = {};      // parameter in whose stream everything is launched; empty: stream 0
  std::string wait = "cudaDeviceSynchronize();";  // statement at its end; may be empty
};

enum class Reduction : uint8_t { kNone, kSum, kProduct, kMax, kMin, kAnd, kOr };

struct Nest {
  std::vector<AxisId> parallel = {};  // points that may run in any order
  std::vector<AxisId> reduced = {};   // combined with `reduction`, in order in the source
  Reduction reduction = Reduction::kNone;
  ExprId init = {};   // what the reduction starts from (identity or another value)
  ExprId value = {};  // per point; with a reduction: what is combined
  ir::Type accumulate = ir::Type::kF32;  // type of the accumulator or value
  ExprId guard = {};  // invalid: always; else points where it is false do nothing
  BufferId out = {};
  ExprId out_index = {};  // flat element index, in parallel axes; may be read from memory (scatter)
  // Of maps: how a value joins what its element holds; kNone: it replaces it. With an operator
  // several points may meet in one element: for i < n: counts[values[i]] += 1.
  Reduction update = Reduction::kNone;
  diag::Loc loc = {};  // statement it came from
};

// Something assumed in lifting and not proved; a condition over sizes that generated code checks
// before it takes the fast path.
struct Assumption {
  ExprId condition;
  std::string reason;
};

struct Program {
  std::string entry;  // the launcher's name
  Interface interface = {};
  std::vector<Parameter> parameters;
  std::vector<Expr> exprs;
  std::vector<Axis> axes;
  std::vector<Buffer> buffers;
  std::vector<Nest> nests;
  std::vector<Assumption> assumptions;

  const Expr& expr(ExprId id) const { return exprs[id.index]; }
  ExprId Add(Expr e);  // folds constants and trivial identities, shares equal nodes
  ExprId Int(int64_t value);
  // Arithmetic in the common type of a and b (C's usual conversions); comparisons give kPred.
  ExprId Binary(ExprOp op, ExprId a, ExprId b);
  ExprId AxisExpr(AxisId axis);
  ExprId SizeExpr(uint32_t parameter);
  ExprId Float(double value, ir::Type type = ir::Type::kF32);
  ExprId Unary(ExprOp op, ExprId a);
  ExprId Select(ExprId condition, ExprId then, ExprId otherwise);
  ExprId Cast(ir::Type type, ExprId a);
  ExprId Load(BufferId buffer, ExprId index);
  ExprId Call(std::string_view name, ir::Type type, std::vector<ExprId> args);

  bool IsInt(ExprId id, int64_t* value = nullptr) const;  // an integer constant

 private:
  std::unordered_multimap<uint64_t, uint32_t> shared_;  // hash of a node -> its index
  uint32_t indexed_ = 0;                                // nodes that `shared_` knows
};

// value = sum over axes of coefficient * axis + rest; coefficients and rest are free of axes.
struct LinearTerm {
  AxisId axis;
  ExprId coefficient;
};
struct Linear {
  bool ok = false;                // false: not affine in the axes
  std::vector<LinearTerm> terms;  // sorted by axis; no zero coefficients
  ExprId rest;
};
Linear ToLinear(Program& program, ExprId index);

// Whether any axis, or this axis, occurs in the expression.
bool HasAxis(const Program& program, ExprId id);
bool HasAxis(const Program& program, ExprId id, AxisId axis);
// Whether the expression reads a buffer, or this buffer.
bool HasLoad(const Program& program, ExprId id);
bool HasLoad(const Program& program, ExprId id, BufferId buffer);

// The expression with nodes replaced (old node -> new node; replacements are not searched again).
using Replacements = std::map<ExprId, ExprId>;
ExprId Substitute(Program& program, ExprId id, const Replacements& replacements);

// Integer arithmetic brought to a readable normal form: sums of products, common sizes factored
// out, divisions and remainders resolved where axis extents show it. Floating arithmetic is left
// as it is; the integers inside it are simplified.
ExprId Simplify(Program& program, ExprId id);

// Whether 0 <= e holds for all axis values, sizes being at least 0 (1 if they are an axis' extent).
bool ProveNonNegative(Program& program, ExprId e);
// Whether a < b holds under the same assumptions.
bool ProveLess(Program& program, ExprId a, ExprId b);

// Structural equality after normalising integer polynomials (rows*cols == cols*rows).
bool SameValue(Program& program, ExprId a, ExprId b);

// "float", "half", "long long": the type's name in CUDA C, that of literals of the type.
std::string_view TypeName(ir::Type type);
// CUDA C source text of an expression; names of axes, sizes and buffers as in the program.
std::string ToText(const Program& program, ExprId id);
// The same with these nodes written as given: names, calls, or sums of such.
using Names = std::map<ExprId, std::string>;
std::string ToText(const Program& program, ExprId id, const Names& names);
// The whole program in the notation of this header's opening comment.
std::string ToText(const Program& program);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_PROGRAM_H_
