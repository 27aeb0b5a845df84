// What a nest's value is made of, as the generator needs it: parts worth a name, parts that are
// always evaluated, the conjuncts of a guard. Host code, internal to the generator.
#ifndef WARPSMITH_NEST_VALUE_PARTS_H_
#define WARPSMITH_NEST_VALUE_PARTS_H_

#include <set>
#include <vector>

#include "nest/analysis.h"
#include "nest/program.h"
#include "nest/schedule.h"

namespace ws::nest {

// Nodes of a value that are worth a variable of their own: used twice, no constants or names.
struct SharedNodes {
  std::vector<ExprId> nodes;           // arguments first
  std::vector<ExprId> repeated_loads;  // always evaluated, used more than once
  std::vector<ExprId> loads;
  std::vector<ExprId> leaves;  // sizes and axes outside loads
  std::vector<ExprId> named;   // operations that `names` knows
  uint32_t operations = 0;     // of the whole value, loads' indices not counted
};
SharedNodes FindShared(const Program& program, ExprId root, const Names& names);
// Nodes evaluated whatever conditions say.
std::set<ExprId> AlwaysEvaluated(const Program& program, ExprId root);
// What a nest's value makes of a load wherever it uses it: the load converted to float, else the
// load itself. A tile may hold either.
ExprId AsUsed(const Program& program, const Nest& nest, ExprId load);
// The conjuncts of a guard.
std::vector<ExprId> Conjuncts(const Program& program, ExprId guard);
bool IsIdentity(Program& program, Reduction reduction, ir::Type type, ExprId init);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_VALUE_PARTS_H_
