#include "nest/lift.h"

#include <algorithm>

#include "base/format.h"
#include "front/names.h"
#include "nest/canonical.h"
#include "nest/lift_kernel.h"

namespace ws::nest {
namespace {

using front::NodeId;
using front::NodeKind;
using front::TypeKind;
using front::UnaryOp;

// Evaluates the launcher: sizes stay names, launches become nests.
class LauncherLifter : public Evaluator {
 public:
  using Evaluator::Evaluator;

  void Lift(front::InstanceId launcher, std::string_view entry) {
    instance_ = launcher;
    const front::Instance& function = source_.sema->instance(launcher);
    program_.entry = std::string(entry);
    for (const front::ParamInfo& p : source_.sema->Params(function)) AddParameter(p);
    Statement(NodeId(function.node.index - 1));
    if (program_.nests.empty()) Fail(function.node, "a launcher that launches nothing");
  }

 protected:
  Value Builtin(std::string_view name, NodeId at) override { Fail(at, Format("`{}`", name)); }
  void Store(BufferId, ExprId, ExprId, NodeId at) override { Fail(at, "a store in host code"); }

  bool EffectCall(std::string_view name, NodeId call) override {
    const std::vector<NodeId> c = Children(call);
    if (name == "cudaFree" || name == "cudaDeviceSynchronize" || name == "cudaGetLastError" ||
        name == "cudaPeekAtLastError" || name == "cudaStreamSynchronize") {
      return true;
    }
    if (name == "cudaMalloc") {
      Allocate(c, call);
      return true;
    }
    if (name == "cudaMemset") {
      Clear(c, call);
      return true;
    }
    return false;
  }

  void Statement(NodeId node) override {
    if (returned_) return;
    switch (Kind(node)) {
      case NodeKind::kExprStmt: {
        const NodeId inner = Children(node)[0];
        if (Kind(inner) == NodeKind::kLaunch) {
          Launch(inner);
          return;
        }
        Evaluator::Statement(node);
        return;
      }
      case NodeKind::kIf:
        Fail(node, "a branch in the launcher");
      case NodeKind::kFor:
      case NodeKind::kWhile:
      case NodeKind::kDo:
        Fail(node, "a loop in the launcher");
      default:
        Evaluator::Statement(node);
    }
  }

 private:
  void AddParameter(const front::ParamInfo& p) {
    front::TypeTable& types = source_.sema->types();
    const auto position = static_cast<uint32_t>(program_.parameters.size());
    const bool pointer = types.Kind(p.type) == TypeKind::kPointer;
    const front::TypeId element = pointer ? types.Element(p.type) : front::TypeId();
    Parameter parameter;
    parameter.name = p.entity.valid() ? std::string(source_.sema->NameOf(p.entity))
                                      : Format("parameter_{}", position);
    parameter.type_text = std::string(types.Spelling(p.type));
    parameter.is_pointer = pointer;
    parameter.type = pointer ? ir::Type::kU64 : TypeOf(p.type);
    program_.parameters.push_back(parameter);
    Value value;
    if (pointer) {
      if (TypeOf(element) == ir::Type::kNone) Fail(p.node, "a parameter that is a pointer to void");
      program_.buffers.push_back({.name = parameter.name,
                                  .type = TypeOf(element),
                                  .kind = BufferKind::kArgument,
                                  .param = position,
                                  .is_const = element.is_const()});
      value = Value::Pointer(BufferId(static_cast<uint32_t>(program_.buffers.size() - 1)),
                             program_.Int(0));
    } else if (parameter.type != ir::Type::kNone) {
      value = Value::Scalar(program_.SizeExpr(position));
    }
    if (p.entity.valid()) env_[p.entity] = value;
  }

  // The local behind &pointer, with casts around it.
  front::EntityId AddressedLocal(NodeId node) {
    while (Kind(node) == NodeKind::kParen || Kind(node) == NodeKind::kCast) {
      node = Children(node).back();
    }
    const bool address = Kind(node) == NodeKind::kUnary &&
                         static_cast<UnaryOp>(source_.tree->data(node)) == UnaryOp::kAddressOf;
    return address ? LocalNamed(Children(node)[0]) : front::EntityId();
  }

  void Allocate(const std::vector<NodeId>& c, NodeId call) {
    const front::EntityId local = AddressedLocal(c[1]);
    if (!local.valid()) Fail(call, "an allocation into something other than a local pointer");
    front::TypeTable& types = source_.sema->types();
    const ir::Type type = TypeOf(types.Element(source_.sema->entity(local).type));
    if (ir::BytesOf(type) == 0) Fail(call, "an allocation of this type");
    const ExprId elements = program_.Binary(ExprOp::kDiv, EvalScalar(c[2]),
                                            program_.Int(static_cast<int64_t>(ir::BytesOf(type))));
    program_.buffers.push_back({.name = std::string(source_.sema->NameOf(local)),
                                .type = type,
                                .kind = BufferKind::kTemporary,
                                .elements = Simplify(program_, elements)});
    env_[local] = Value::Pointer(BufferId(static_cast<uint32_t>(program_.buffers.size() - 1)),
                                 program_.Int(0));
  }

  // cudaMemset(p, 0, bytes): a nest that stores zeros.
  void Clear(const std::vector<NodeId>& c, NodeId call) {
    const Value pointer = Eval(c[1]);
    int64_t byte = 1;
    if (pointer.kind != Value::Kind::kPointer || !program_.IsInt(EvalScalar(c[2]), &byte) ||
        byte != 0) {
      Fail(call, "a cudaMemset of anything but zeros");
    }
    const ir::Type type = program_.buffers[pointer.buffer.index].type;
    const ExprId count =
        Simplify(program_, program_.Binary(ExprOp::kDiv, EvalScalar(c[3]),
                                           program_.Int(static_cast<int64_t>(ir::BytesOf(type)))));
    program_.axes.push_back({Format("clear_{}", program_.axes.size()), count});
    const AxisId axis(static_cast<uint32_t>(program_.axes.size() - 1));
    Nest nest;
    nest.parallel = {axis};
    nest.accumulate = type;
    nest.value = ir::IsFloat(type) ? program_.Float(0, type) : program_.Cast(type, program_.Int(0));
    nest.out = pointer.buffer;
    nest.out_index = program_.Binary(ExprOp::kAdd, pointer.scalar, program_.AxisExpr(axis));
    nest.loc = LocOf(call);
    program_.nests.push_back(std::move(nest));
  }

  std::array<ExprId, 3> EvalDim(NodeId node) {
    const Value value = Eval(node);
    if (value.kind == Value::Kind::kDim3) {
      std::array<ExprId, 3> out = value.dim;
      for (ExprId& e : out) e = Simplify(program_, e);
      return out;
    }
    if (value.kind != Value::Kind::kScalar) Fail(node, "a launch shape of this form");
    return {Simplify(program_, value.scalar), program_.Int(1), program_.Int(1)};
  }

  void Launch(NodeId node) {
    const std::vector<NodeId> c = Children(node);
    const std::vector<NodeId> config = Children(c[1]);
    const front::InstanceId kernel = source_.sema->Callee(instance_, node);
    if (!kernel.valid() || config.size() < 2) Fail(node, "this launch");
    LaunchShape shape;
    shape.grid = EvalDim(config[0]);
    shape.block = EvalDim(config[1]);
    std::vector<Value> args;
    for (size_t i = 2; i < c.size(); ++i) args.push_back(Eval(c[i]));
    KernelLifter(source_, program_, shape).Lift(kernel, args, node);
  }
};

front::InstanceId FindLauncher(const front::Program& source, std::string_view entry) {
  for (uint32_t i = 0; i < source.sema->num_instances(); ++i) {
    const front::InstanceId id(i);
    const front::Instance& instance = source.sema->instance(id);
    const bool found = instance.target == front::Target::kHost && instance.has_body &&
                       instance.function.valid() && source.sema->NameOf(instance.function) == entry;
    if (found) return id;
  }
  return {};
}

}  // namespace

Lifted Lift(const front::Program& source, std::string_view entry) {
  Lifted out;
  const front::InstanceId launcher = FindLauncher(source, entry);
  if (!launcher.valid()) {
    out.why_not = Format("there is no host function `{}`", entry);
    return out;
  }
  try {
    LauncherLifter(source, out.program).Lift(launcher, entry);
    Canonicalise(out.program);
    out.ok = true;
  } catch (const LiftFailure& failure) {
    out.why_not = failure.why;
    out.where = failure.where;
  }
  return out;
}

}  // namespace ws::nest
