#include "nest/program.h"

#include <bit>
#include <cmath>
#include <limits>

#include "base/hash.h"
#include "base/macros.h"
#include "nest/fold.h"

namespace ws::nest {
namespace {

uint64_t HashOf(const Expr& e) {
  uint64_t h = 0x9e3779b97f4a7c15u;
  const auto mix = [&h](uint64_t v) {
    h ^= v + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
    h *= 0xff51afd7ed558ccdu;
    h ^= h >> 32;
  };
  mix(static_cast<uint64_t>(e.kind) | static_cast<uint64_t>(e.op) << 8 |
      static_cast<uint64_t>(e.type) << 16 | static_cast<uint64_t>(e.index) << 32);
  mix(e.bits);
  for (const char c : e.name) mix(static_cast<uint8_t>(c));
  for (const ExprId a : e.args) mix(a.index);
  return h;
}

bool SameNode(const Expr& a, const Expr& b) {
  return a.kind == b.kind && a.op == b.op && a.type == b.type && a.index == b.index &&
         a.bits == b.bits && a.name == b.name && a.args == b.args;
}

template <typename Wanted>
bool Contains(const Program& program, ExprId id, const Wanted& wanted) {
  if (!id.valid()) return false;
  std::vector<bool> seen(program.exprs.size());
  std::vector<ExprId> stack = {id};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    if (seen[top.index]) continue;
    seen[top.index] = true;
    const Expr& e = program.expr(top);
    if (wanted(e)) return true;
    stack.insert(stack.end(), e.args.begin(), e.args.end());
  }
  return false;
}

ExprId SubstituteMemo(Program& program, ExprId id, const Replacements& replacements,
                      std::unordered_map<uint32_t, ExprId>& memo) {
  if (const auto it = replacements.find(id); it != replacements.end()) return it->second;
  if (program.expr(id).args.empty()) return id;
  if (const auto it = memo.find(id.index); it != memo.end()) return it->second;
  Expr e = program.expr(id);
  bool changed = false;
  for (ExprId& a : e.args) {
    const ExprId replaced = SubstituteMemo(program, a, replacements, memo);
    changed = changed || replaced != a;
    a = replaced;
  }
  const ExprId result = changed ? program.Add(std::move(e)) : id;
  memo[id.index] = result;
  return result;
}

}  // namespace

ExprId Program::Add(Expr e) {
  for (const ExprId a : e.args) WS_CHECK(a.valid() && a.index < exprs.size());
  if (const ExprId same = FoldToArgument(*this, e); same.valid()) return same;
  FoldToConstant(*this, &e);
  for (; indexed_ < exprs.size(); ++indexed_) shared_.emplace(HashOf(exprs[indexed_]), indexed_);
  const uint64_t hash = HashOf(e);
  const auto [begin, end] = shared_.equal_range(hash);
  for (auto it = begin; it != end; ++it) {
    if (SameNode(exprs[it->second], e)) return ExprId(it->second);
  }
  const uint32_t index = static_cast<uint32_t>(exprs.size());
  exprs.push_back(std::move(e));
  shared_.emplace(hash, index);
  indexed_ = index + 1;
  return ExprId(index);
}

ExprId Program::Int(int64_t value) {
  const bool narrow =
      value >= std::numeric_limits<int32_t>::min() && value <= std::numeric_limits<int32_t>::max();
  return Add({.kind = ExprKind::kInt,
              .type = narrow ? ir::Type::kS32 : ir::Type::kS64,
              .bits = static_cast<uint64_t>(value)});
}

ExprId Program::Float(double value, ir::Type type) {
  return Add({.kind = ExprKind::kFloat, .type = type, .bits = std::bit_cast<uint64_t>(value)});
}

ExprId Program::Binary(ExprOp op, ExprId a, ExprId b) {
  return Add({.kind = ExprKind::kBinary,
              .op = op,
              .type = ResultType(op, expr(a).type, expr(b).type),
              .args = {a, b}});
}

ExprId Program::Unary(ExprOp op, ExprId a) {
  const ir::Type type = op == ExprOp::kNot ? ir::Type::kPred : Promoted(expr(a).type);
  return Add({.kind = ExprKind::kUnary, .op = op, .type = type, .args = {a}});
}

ExprId Program::Select(ExprId condition, ExprId then, ExprId otherwise) {
  const ir::Type a = expr(then).type;
  const ir::Type b = expr(otherwise).type;
  const ir::Type type = a == b ? a : CommonType(a, b);
  return Add({.kind = ExprKind::kSelect,
              .type = type,
              .args = {condition, Cast(type, then), Cast(type, otherwise)}});
}

ExprId Program::Cast(ir::Type type, ExprId a) {
  if (expr(a).type == type) return a;
  return Add({.kind = ExprKind::kCast, .type = type, .args = {a}});
}

ExprId Program::Load(BufferId buffer, ExprId index) {
  return Add({.kind = ExprKind::kLoad,
              .type = buffers[buffer.index].type,
              .index = buffer.index,
              .args = {index}});
}

ExprId Program::Call(std::string_view name, ir::Type type, std::vector<ExprId> args) {
  return Add(
      {.kind = ExprKind::kCall, .type = type, .name = std::string(name), .args = std::move(args)});
}

ExprId Program::AxisExpr(AxisId axis) {
  return Add({.kind = ExprKind::kAxis, .type = ir::Type::kS32, .index = axis.index});
}

ExprId Program::SizeExpr(uint32_t parameter) {
  return Add({.kind = ExprKind::kSize, .type = parameters[parameter].type, .index = parameter});
}

bool Program::IsInt(ExprId id, int64_t* value) const {
  if (!id.valid() || expr(id).kind != ExprKind::kInt) return false;
  if (value != nullptr) *value = static_cast<int64_t>(expr(id).bits);
  return true;
}

bool HasAxis(const Program& program, ExprId id) {
  return Contains(program, id, [](const Expr& e) { return e.kind == ExprKind::kAxis; });
}

bool HasAxis(const Program& program, ExprId id, AxisId axis) {
  return Contains(program, id, [axis](const Expr& e) {
    return e.kind == ExprKind::kAxis && e.index == axis.index;
  });
}

bool HasLoad(const Program& program, ExprId id) {
  return Contains(program, id, [](const Expr& e) { return e.kind == ExprKind::kLoad; });
}

bool HasLoad(const Program& program, ExprId id, BufferId buffer) {
  return Contains(program, id, [buffer](const Expr& e) {
    return e.kind == ExprKind::kLoad && e.index == buffer.index;
  });
}

ExprId Substitute(Program& program, ExprId id, const Replacements& replacements) {
  if (!id.valid()) return id;
  std::unordered_map<uint32_t, ExprId> memo;
  return SubstituteMemo(program, id, replacements, memo);
}

}  // namespace ws::nest
