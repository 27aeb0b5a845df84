// Tensor programs made by hand, for tests of schedules, generation and techniques.
#ifndef WARPSMITH_TESTS_PROGRAMS_H_
#define WARPSMITH_TESTS_PROGRAMS_H_

#include <limits>
#include <string>
#include <vector>

#include "nest/program.h"
#include "nest/schedule.h"

namespace ws::test {

using nest::AxisId;
using nest::BufferId;
using nest::ExprId;
using nest::ExprOp;

// Builds a program step by step: pointers and scalars in the order of the launcher's parameters.
class ProgramBuilder {
 public:
  explicit ProgramBuilder(const char* entry) { p.entry = entry; }

  BufferId Pointer(const char* name, ir::Type type, bool is_const) {
    const std::string text = (is_const ? "const " : "") + std::string(nest::TypeName(type)) + "*";
    p.parameters.push_back({.name = name, .type_text = text, .is_pointer = true});
    p.buffers.push_back({.name = name,
                         .type = type,
                         .param = static_cast<uint32_t>(p.parameters.size() - 1),
                         .is_const = is_const});
    return Last(p.buffers);
  }
  BufferId Temporary(const char* name, ir::Type type, ExprId elements) {
    p.buffers.push_back(
        {.name = name, .type = type, .kind = nest::BufferKind::kTemporary, .elements = elements});
    return Last(p.buffers);
  }
  ExprId Scalar(const char* name, ir::Type type = ir::Type::kS32) {
    p.parameters.push_back(
        {.name = name, .type_text = std::string(nest::TypeName(type)), .type = type});
    return p.SizeExpr(static_cast<uint32_t>(p.parameters.size() - 1));
  }
  AxisId Axis(const char* name, ExprId extent) {
    p.axes.push_back({name, extent});
    return AxisId(static_cast<uint32_t>(p.axes.size() - 1));
  }
  ExprId At(AxisId axis) { return p.AxisExpr(axis); }
  ExprId Add(ExprId a, ExprId b) { return p.Binary(ExprOp::kAdd, a, b); }
  ExprId Sub(ExprId a, ExprId b) { return p.Binary(ExprOp::kSub, a, b); }
  ExprId Mul(ExprId a, ExprId b) { return p.Binary(ExprOp::kMul, a, b); }
  ExprId Div(ExprId a, ExprId b) { return p.Binary(ExprOp::kDiv, a, b); }
  // row * stride + column
  ExprId Flat(AxisId row, ExprId stride, AxisId column) {
    return Add(Mul(At(row), stride), At(column));
  }
  ExprId F32(ExprId e) { return p.Cast(ir::Type::kF32, e); }
  ExprId F16(ExprId e) { return p.Cast(ir::Type::kF16, e); }
  ExprId Exp(ExprId e) { return p.Call("expf", ir::Type::kF32, {e}); }

  void Map(std::vector<AxisId> axes, BufferId out, ExprId index, ExprId value) {
    p.nests.push_back(
        {.parallel = std::move(axes), .value = value, .out = out, .out_index = index});
    p.nests.back().accumulate = p.buffers[out.index].type;
  }
  void Reduce(nest::Reduction op, std::vector<AxisId> axes, std::vector<AxisId> reduced,
              BufferId out, ExprId index, ExprId value, ExprId init = {}) {
    const ir::Type type = p.expr(value).type;
    if (!init.valid()) init = nest::IdentityOf(p, op, type);
    p.nests.push_back({.parallel = std::move(axes),
                       .reduced = std::move(reduced),
                       .reduction = op,
                       .init = init,
                       .value = value,
                       .accumulate = type,
                       .out = out,
                       .out_index = index});
  }

  nest::Program p;

 private:
  static BufferId Last(const std::vector<nest::Buffer>& buffers) {
    return BufferId(static_cast<uint32_t>(buffers.size() - 1));
  }
};

// y = softmax of the rows of x, in the three steps of a naive kernel.
inline nest::Program SoftmaxProgram() {
  ProgramBuilder b("softmax");
  const BufferId y = b.Pointer("y", ir::Type::kF32, false);
  const BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const ExprId rows = b.Scalar("rows");
  const ExprId cols = b.Scalar("cols");
  const AxisId row = b.Axis("row", rows);
  const AxisId c = b.Axis("c", cols);
  const BufferId max_val = b.Temporary("max_val", ir::Type::kF32, rows);
  const BufferId sum = b.Temporary("sum", ir::Type::kF32, rows);
  const ExprId at = b.Flat(row, cols, c);
  b.Reduce(nest::Reduction::kMax, {row}, {c}, max_val, b.At(row), b.p.Load(x, at));
  const ExprId e = b.Exp(b.Sub(b.p.Load(x, at), b.p.Load(max_val, b.At(row))));
  b.Map({row, c}, y, at, e);
  b.Reduce(nest::Reduction::kSum, {row}, {c}, sum, b.At(row), b.p.Load(y, at));
  b.Map({row, c}, y, at, b.Div(b.p.Load(y, at), b.p.Load(sum, b.At(row))));
  return b.p;
}

// out = x / rms(x) * weight over half rows.
inline nest::Program RmsNormProgram() {
  ProgramBuilder b("rmsnorm");
  const BufferId out = b.Pointer("out", ir::Type::kF16, false);
  const BufferId x = b.Pointer("x", ir::Type::kF16, true);
  const BufferId weight = b.Pointer("weight", ir::Type::kF16, true);
  const ExprId rows = b.Scalar("rows");
  const ExprId cols = b.Scalar("cols");
  const ExprId eps = b.Scalar("eps", ir::Type::kF32);
  const AxisId row = b.Axis("row", rows);
  const AxisId c = b.Axis("c", cols);
  const BufferId sum = b.Temporary("sum_sq", ir::Type::kF32, rows);
  const BufferId scale = b.Temporary("scale", ir::Type::kF32, rows);
  const ExprId at = b.Flat(row, cols, c);
  const ExprId v = b.F32(b.p.Load(x, at));
  b.Reduce(nest::Reduction::kSum, {row}, {c}, sum, b.At(row), b.Mul(v, v));
  b.Map({row}, scale, b.At(row),
        b.p.Call("rsqrtf", ir::Type::kF32,
                 {b.Add(b.Div(b.p.Load(sum, b.At(row)), b.F32(cols)), eps)}));
  b.Map({row, c}, out, at,
        b.F16(b.Mul(b.Mul(v, b.p.Load(scale, b.At(row))), b.F32(b.p.Load(weight, b.At(c))))));
  return b.p;
}

inline nest::Program TransposeProgram() {
  ProgramBuilder b("transpose");
  const BufferId out = b.Pointer("out", ir::Type::kF32, false);
  const BufferId in = b.Pointer("in", ir::Type::kF32, true);
  const ExprId rows = b.Scalar("rows");
  const ExprId cols = b.Scalar("cols");
  const AxisId row = b.Axis("row", rows);
  const AxisId col = b.Axis("col", cols);
  b.Map({row, col}, out, b.Flat(col, rows, row), b.p.Load(in, b.Flat(row, cols, col)));
  return b.p;
}

// C = A * B; transposed operands are stored so.
inline nest::Program MatmulProgram(bool a_transposed = false, bool b_transposed = false,
                                   ir::Type type = ir::Type::kF32) {
  ProgramBuilder b("sgemm");
  const BufferId c_out = b.Pointer("C", type, false);
  const BufferId a_in = b.Pointer("A", type, true);
  const BufferId b_in = b.Pointer("B", type, true);
  const ExprId m = b.Scalar("M");
  const ExprId n = b.Scalar("N");
  const ExprId k = b.Scalar("K");
  const AxisId row = b.Axis("row", m);
  const AxisId col = b.Axis("col", n);
  const AxisId kk = b.Axis("k", k);
  const ExprId a = b.p.Load(a_in, a_transposed ? b.Flat(kk, m, row) : b.Flat(row, k, kk));
  const ExprId v = b.p.Load(b_in, b_transposed ? b.Flat(col, k, kk) : b.Flat(kk, n, col));
  b.Reduce(nest::Reduction::kSum, {row, col}, {kk}, c_out, b.Flat(row, n, col),
           b.Mul(b.F32(a), b.F32(v)));
  return b.p;
}

inline nest::Program ColumnSumsProgram() {
  ProgramBuilder b("column_sums");
  const BufferId sums = b.Pointer("sums", ir::Type::kF32, false);
  const BufferId x = b.Pointer("x", ir::Type::kF32, true);
  const ExprId rows = b.Scalar("rows");
  const ExprId cols = b.Scalar("cols");
  const AxisId col = b.Axis("col", cols);
  const AxisId row = b.Axis("row", rows);
  b.Reduce(nest::Reduction::kSum, {col}, {row}, sums, b.At(col),
           b.p.Load(x, b.Flat(row, cols, col)));
  return b.p;
}

// y = gelu(x + bias) over half, tanh form.
inline nest::Program BiasGeluProgram() {
  ProgramBuilder b("bias_gelu");
  const BufferId y = b.Pointer("y", ir::Type::kF16, false);
  const BufferId x = b.Pointer("x", ir::Type::kF16, true);
  const BufferId bias = b.Pointer("bias", ir::Type::kF16, true);
  const ExprId rows = b.Scalar("rows");
  const ExprId cols = b.Scalar("cols");
  const AxisId row = b.Axis("row", rows);
  const AxisId col = b.Axis("col", cols);
  const ExprId at = b.Flat(row, cols, col);
  const auto f = [&](double v) { return b.p.Float(v); };
  const ExprId v = b.Add(b.F32(b.p.Load(x, at)), b.F32(b.p.Load(bias, b.At(col))));
  const ExprId cubic = b.Mul(b.Mul(b.Mul(f(0.044715f), v), v), v);
  const ExprId inner = b.Mul(f(0.7978845608f), b.Add(v, cubic));
  const ExprId t = b.p.Call("tanhf", ir::Type::kF32, {inner});
  b.Map({row, col}, y, at, b.F16(b.Mul(b.Mul(f(0.5), v), b.Add(f(1), t))));
  return b.p;
}

}  // namespace ws::test

#endif  // WARPSMITH_TESTS_PROGRAMS_H_
