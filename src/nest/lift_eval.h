// Symbolic evaluation of expressions and simple statements of one function instance. Host code.
//
// Locals hold expressions (forward substitution); memory is read through Load nodes and written
// through the virtual OnStore. Index arithmetic is taken to be exact: conversions between integers
// of at least 32 bits are dropped.
#ifndef WARPSMITH_NEST_LIFT_EVAL_H_
#define WARPSMITH_NEST_LIFT_EVAL_H_

#include <optional>
#include <string_view>
#include <vector>

#include "nest/lift_value.h"

namespace ws::nest {

class Evaluator {
 public:
  Evaluator(const front::Program& source, Program& program) : source_(source), program_(program) {}
  virtual ~Evaluator() = default;

 protected:
  // What a subclass decides.
  virtual Value Builtin(std::string_view name, front::NodeId at) = 0;  // threadIdx, blockDim, ...
  virtual void Store(BufferId buffer, ExprId index, ExprId value, front::NodeId at) = 0;
  virtual ExprId LoadFrom(BufferId buffer, ExprId index) { return program_.Load(buffer, index); }
  // A call of a builtin that has effects (runtime calls, barriers); true if it was taken care of.
  virtual bool EffectCall(std::string_view name, front::NodeId call) = 0;

  Value Eval(front::NodeId node);
  ExprId EvalScalar(front::NodeId node);
  // The value converted to a type of the source language.
  ExprId Convert(ExprId value, front::TypeId type);
  void Declare(front::NodeId var_decl);
  // Runs a device or host helper function on values; its result (kNone for void).
  Value CallFunction(front::InstanceId callee, const std::vector<Value>& args, front::NodeId at);
  // Statements of a function without loops: declarations, assignments, if, return.
  virtual void Statement(front::NodeId node);

  // --- the tree
  std::vector<front::NodeId> Children(front::NodeId node) const;  // without markers
  front::NodeKind Kind(front::NodeId n) const { return source_.tree->kind(n); }
  const front::NodeInfo& Info(front::NodeId n) const { return source_.sema->Info(instance_, n); }
  std::string_view Text(front::NodeId n) const;  // of its token
  diag::Loc LocOf(front::NodeId n) const;
  ir::Type TypeOf(front::TypeId type) const;
  front::EntityId LocalNamed(front::NodeId expr) const;  // the local a name (in parens) denotes
  [[noreturn]] void Fail(front::NodeId at, std::string why) const;
  ExprId Negate(ExprId condition);
  ExprId And(ExprId a, ExprId b);  // either may be invalid: true

  const front::Program& source_;
  Program& program_;
  front::InstanceId instance_;
  Env env_;
  std::optional<Value> returned_;  // of the function being called
  bool in_function_ = false;       // inside CallFunction
  int depth_ = 0;

 private:
  struct Place {  // what an lvalue denotes
    front::EntityId local;
    BufferId buffer;
    ExprId index;
  };
  Place EvalPlace(front::NodeId node);
  Value Read(const Place& place, front::NodeId at);
  void Write(const Place& place, Value value, front::TypeId type, front::NodeId at);
  Value EvalUnary(front::NodeId node);
  Value EvalBinary(front::NodeId node);
  ExprId Arithmetic(front::BinaryOp op, ExprId a, ExprId b, front::TypeId type, front::NodeId at);
  Value EvalAssign(front::NodeId node);
  Value EvalCast(front::NodeId node);
  Value EvalCall(front::NodeId node);
  ExprId EvalMath(std::string_view name, front::NodeId node);
  Value Constant(const front::NodeInfo& info, front::NodeId at);
};

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_LIFT_EVAL_H_
