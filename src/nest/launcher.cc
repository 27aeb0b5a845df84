// The launcher: parameters, temporaries, launches; and helpers of the lifter.
#include <algorithm>

#include "base/format.h"
#include "nest/lifter.h"

namespace ws::nest {

using front::NodeId;
using front::NodeKind;
using front::TypeId;
using front::TypeKind;

Lifter::Lifter(const front::Program& source, Program& program)
    : source_(source), tree_(*source.tree), sema_(*source.sema), p_(program) {
  s_.live = True();
}

void Lifter::Run(std::string_view entry) {
  for (uint32_t i = 0; i < sema_.num_instances(); ++i) {
    const front::Instance& inst = sema_.instance(front::InstanceId(i));
    if (inst.target != front::Target::kHost || !inst.has_body || !inst.body_done) continue;
    if (!inst.function.valid() || sema_.NameOf(inst.function) != entry) continue;
    instance_ = front::InstanceId(i);
    p_.entry = std::string(entry);
    DeclareParameters(inst);
    p_.interface.wait.clear();
    Exec(Children(inst.node).back());
    DescribeInterface(inst);
    return;
  }
  Refuse("no host function named " + std::string(entry), diag::Loc{});
}

void Lifter::DeclareParameters(const front::Instance& inst) {
  const auto params = sema_.Params(inst);
  front::TypeTable& types = source_.sema->types();
  for (uint32_t i = 0; i < params.size(); ++i) {
    const TypeId type = params[i].type;
    Parameter parameter;
    if (params[i].entity.valid()) parameter.name = NameOf(params[i].entity.index);
    if (parameter.name.empty()) parameter.name = "arg" + std::to_string(i);
    parameter.type_text = std::string(types.Spelling(type));
    const NodeId declarator = tree_.LastChild(params[i].node);
    const NodeId init = declarator.valid() ? tree_.LastChild(declarator) : NodeId();
    if (init.valid() && tree_.kind(init) == NodeKind::kInitEq) {
      const NodeId value = tree_.LastChild(init);
      if (tree_.subtree_size(value) > 1) {
        Refuse("a default argument of several words", params[i].node);
      }
      parameter.default_text = TokenText(value);
    }
    parameter.is_pointer = IsPointer(type);
    parameter.type = parameter.is_pointer ? ir::Type::kU64 : IrType(type);
    p_.parameters.push_back(parameter);
    Value value;
    if (parameter.is_pointer) {
      const TypeId pointee = types.Element(type);
      if (IsPointer(pointee)) Refuse("a launcher parameter that points to pointers", inst.node);
      Buffer buffer{.name = parameter.name};
      buffer.type = IrType(Components(pointee) > 1 ? ComponentType(pointee) : pointee);
      buffer.param = i;
      buffer.is_const = pointee.is_const();
      p_.buffers.push_back(buffer);
      value.kind = Value::kPointer;
      value.buffer = BufferId(static_cast<uint32_t>(p_.buffers.size()) - 1);
      value.offset = p_.Int(0);
    } else if (parameter.type == ir::Type::kNone) {
      value = Value::Unknown("the launcher's parameter " + parameter.name);
    } else {
      value = Value::Scalar(p_.SizeExpr(i));
    }
    if (params[i].entity.valid()) s_.env[params[i].entity.index] = value;
  }
}

// Linkage and result. An error code is what the launches leave behind.
void Lifter::DescribeInterface(const front::Instance& inst) {
  Interface& interface = p_.interface;
  interface.has_c_linkage = (tree_.data(inst.node) & front::function_flag::kExternC) != 0;
  if (sema_.types().Kind(inst.result) == TypeKind::kVoid) return;
  interface.result = std::string(source_.sema->types().Spelling(inst.result));
  bool is_error = false;  // cudaError_t is an int to us
  for (const NodeId c : Children(inst.node)) {
    is_error |= tree_.kind(c) == NodeKind::kTypeSpec && TokenText(c).starts_with("cudaError");
  }
  if (is_error) interface.result = "cudaError_t";
  int64_t value = 0;
  if (s_.result.kind != Value::kScalar || !p_.IsInt(s_.result.scalar, &value)) {
    Refuse("a launcher that returns more than an error code or a constant", inst.node);
  }
  if (is_error && value != 0) Refuse("a launcher that always returns an error", inst.node);
  interface.returned = is_error ? "cudaGetLastError()" : std::to_string(value);
}

// Everything goes in the stream of one parameter, or in stream 0.
void Lifter::NoteStream(NodeId n) {
  std::string stream;
  if (n.valid()) {
    const Value value = Eval(n);
    int64_t handle = 0;
    if (value.kind != Value::kScalar) Refuse("this stream", n);
    const Expr& e = p_.expr(value.scalar);
    if (e.kind == ExprKind::kSize) {
      stream = p_.parameters[e.index].name;
    } else if (!p_.IsInt(value.scalar, &handle) || handle != 0) {
      Refuse("a stream that is no parameter of the launcher", n);
    }
  }
  if (stream_noted_ && stream != p_.interface.stream) Refuse("work in several streams", n);
  stream_noted_ = true;
  p_.interface.stream = stream;
}

bool Lifter::EvalRuntimeCall(NodeId n, std::string_view name, Value* result) {
  const std::vector<NodeId> all = Children(n);
  const std::vector<NodeId> args(all.begin() + 1, all.end());
  *result = Value::Scalar(p_.Int(0));  // cudaSuccess
  if (!on_host_) return false;
  if (name == "cudaGetLastError" || name == "cudaPeekAtLastError" || name == "cudaFreeAsync" ||
      name == "cudaFuncSetAttribute") {
    return true;
  }
  if (name == "cudaDeviceSynchronize" || name == "cudaFree") {  // cudaFree waits as well
    p_.interface.wait = "cudaDeviceSynchronize();";
    return true;
  }
  if (name == "cudaStreamSynchronize") {
    NoteStream(args[0]);
    const std::string& stream = p_.interface.stream;
    if (p_.interface.wait.empty()) {
      p_.interface.wait = Format("cudaStreamSynchronize({});", stream.empty() ? "0" : stream);
    }
    return true;
  }
  if (name == "cudaMalloc" || name == "cudaMallocAsync") {
    const Value where = Eval(args[0]);
    if (where.kind != Value::kPlace || where.place.is_element) Refuse("this cudaMalloc", n);
    const TypeId pointee = sema_.types().Element(where.place.type);
    const bool typed = sema_.types().Kind(pointee) != TypeKind::kVoid;
    if (!typed) Refuse("cudaMalloc into a void*", n);
    Buffer buffer{.name = NameOf(where.place.entity)};
    buffer.kind = BufferKind::kTemporary;
    buffer.type = IrType(Components(pointee) > 1 ? ComponentType(pointee) : pointee);
    const ExprId bytes = EvalScalar(args[1]);
    buffer.elements =
        Simplify(p_, p_.Binary(ExprOp::kDiv, bytes, p_.Int(ir::BytesOf(buffer.type))));
    p_.buffers.push_back(buffer);
    Value pointer;
    pointer.kind = Value::kPointer;
    pointer.buffer = BufferId(static_cast<uint32_t>(p_.buffers.size()) - 1);
    pointer.offset = p_.Int(0);
    *Find(where.place, LocOf(n)) = pointer;
    return true;
  }
  if (name == "cudaMemset" || name == "cudaMemsetAsync") {
    NoteStream(args.size() > 3 ? args[3] : NodeId());
    const Value pointer = Eval(args[0]);
    int64_t byte = 0;
    if (!p_.IsInt(EvalScalar(args[1]), &byte) || byte != 0) Refuse("cudaMemset to this value", n);
    if (pointer.kind != Value::kPointer || !pointer.buffer.valid()) Refuse("this cudaMemset", n);
    const ir::Type type = p_.buffers[pointer.buffer.index].type;
    if (type == ir::Type::kNone) Refuse("cudaMemset of an array whose type is not known yet", n);
    const ExprId count =
        Simplify(p_, p_.Binary(ExprOp::kDiv, EvalScalar(args[2]), p_.Int(ir::BytesOf(type))));
    const AxisId axis = NewAxis("i", p_.Cast(ir::Type::kS32, count));
    Nest nest;
    nest.parallel = {axis};
    nest.value = p_.Cast(type, p_.Int(0));
    nest.accumulate = type;
    nest.out = pointer.buffer;
    nest.out_index = Simplify(p_, p_.Binary(ExprOp::kAdd, pointer.offset, p_.AxisExpr(axis)));
    nest.loc = LocOf(n);
    p_.nests.push_back(nest);
    return true;
  }
  if (name == "cudaMemcpy" || name == "cudaMemcpyAsync") {
    NoteStream(args.size() > 4 ? args[4] : NodeId());
    const Value to = Eval(args[0]);
    const Value from = Eval(args[1]);
    if (to.kind != Value::kPointer || from.kind != Value::kPointer || !to.buffer.valid() ||
        !from.buffer.valid()) {
      Refuse("a cudaMemcpy with host memory", n);
    }
    Buffer& a = p_.buffers[to.buffer.index];
    Buffer& b = p_.buffers[from.buffer.index];
    if (a.type == ir::Type::kNone) a.type = b.type;
    if (b.type == ir::Type::kNone) b.type = a.type;
    if (a.type != b.type || a.type == ir::Type::kNone) Refuse("a cudaMemcpy between types", n);
    const ExprId count =
        Simplify(p_, p_.Binary(ExprOp::kDiv, EvalScalar(args[2]), p_.Int(ir::BytesOf(a.type))));
    const AxisId axis = NewAxis("i", p_.Cast(ir::Type::kS32, count));
    const ExprId i = p_.AxisExpr(axis);
    Nest nest;
    nest.parallel = {axis};
    nest.value = p_.Load(from.buffer, Simplify(p_, p_.Binary(ExprOp::kAdd, from.offset, i)));
    nest.accumulate = p_.buffers[to.buffer.index].type;
    nest.out = to.buffer;
    nest.out_index = Simplify(p_, p_.Binary(ExprOp::kAdd, to.offset, i));
    nest.loc = LocOf(n);
    p_.nests.push_back(nest);
    return true;
  }
  return false;
}

std::array<ExprId, 3> Lifter::Dim3Of(const Value& value) {
  std::array<ExprId, 3> result = {p_.Int(1), p_.Int(1), p_.Int(1)};
  if (value.kind == Value::kScalar) {
    result[0] = value.scalar;
  } else {
    for (size_t i = 0; i < 3 && i < value.parts.size(); ++i) result[i] = value.parts[i].scalar;
  }
  for (ExprId& e : result) e = Simplify(p_, e);
  return result;
}

Value Lifter::EvalLaunch(NodeId n) {
  if (!on_host_) Refuse("a kernel launched by a kernel", n);
  const front::InstanceId callee = sema_.Callee(instance_, n);
  if (!callee.valid()) Refuse("this launch", n);
  std::vector<NodeId> args;
  NodeId config;
  for (const NodeId c : Children(n)) {
    if (tree_.kind(c) == NodeKind::kLaunchConfig) {
      config = c;
    } else if (config.valid()) {
      args.push_back(c);
    }
  }
  const std::vector<NodeId> dims = Children(config);
  KernelLaunch launch;
  launch.kernel = callee;
  const auto dim = [&](NodeId d) {
    const Value v = Eval(d);
    if (v.kind != Value::kScalar && v.kind != Value::kTuple) Refuse("this launch dimension", d);
    return Dim3Of(v);
  };
  NoteStream(dims.size() > 3 ? dims[3] : NodeId());
  launch.grid = dim(dims[0]);
  launch.block = dim(dims[1]);
  const auto params = sema_.Params(sema_.instance(callee));
  std::vector<Value> values;
  for (size_t i = 0; i < params.size(); ++i) {
    if (i < args.size()) {
      values.push_back(Convert(Eval(args[i]), TypeOf(args[i]), params[i].type, LocOf(args[i])));
    } else {
      Refuse("a kernel parameter left to its default", n);
    }
  }
  RunKernel(launch, values, LocOf(n));
  return {};
}

void Lifter::RunKernel(const KernelLaunch& launch, const std::vector<Value>& args, diag::Loc loc) {
  const front::Instance& inst = sema_.instance(launch.kernel);
  if (!inst.body_done) Refuse("a kernel without a body", loc);
  const State host = std::move(s_);
  const front::InstanceId host_instance = instance_;
  s_ = State();
  s_.live = True();
  instance_ = launch.kernel;
  on_host_ = false;
  depth_ = 0;
  function_loops_ = 0;
  in_iteration_ = false;
  exits_.clear();
  hints_.clear();
  temps_.clear();
  temp_buffers_.clear();
  bounded_.clear();
  thread_axes_.clear();
  dimension_.clear();
  const std::array<const char*, 3> block_names = {"bx", "by", "bz"};
  const std::array<const char*, 3> thread_names = {"tx", "ty", "tz"};
  block_dim_ = launch.block;
  grid_dim_ = launch.grid;
  const auto axis_of = [&](const char* name, ExprId extent, size_t d) {
    int64_t value = 0;
    if (p_.IsInt(extent, &value) && value == 1) return p_.Int(0);
    const AxisId axis = NewAxis(name, p_.Cast(ir::Type::kS32, extent));
    thread_axes_.insert(axis.index);
    dimension_[axis.index] = 2 - static_cast<int>(d);
    return p_.AxisExpr(axis);
  };
  for (size_t d = 0; d < 3; ++d) block_index_[d] = axis_of(block_names[d], launch.grid[d], d);
  for (size_t d = 0; d < 3; ++d) thread_[d] = axis_of(thread_names[d], launch.block[d], d);
  const auto params = sema_.Params(inst);
  for (size_t i = 0; i < params.size() && i < args.size(); ++i) {
    if (params[i].entity.valid()) s_.env[params[i].entity.index] = args[i];
  }
  Exec(Children(inst.node).back());
  FinishKernel();
  s_ = host;
  instance_ = host_instance;
  on_host_ = true;
}

// --- helpers

void Lifter::Refuse(std::string why, diag::Loc where) const {
  throw NotLiftable{std::move(why), where};
}
void Lifter::Refuse(std::string why, NodeId n) const { Refuse(std::move(why), LocOf(n)); }

diag::Loc Lifter::LocOf(NodeId n) const { return (*source_.tokens)[tree_.token(n).index].loc; }

std::string_view Lifter::TokenText(NodeId n) const {
  return (*source_.tokens)[tree_.token(n).index].view();
}

std::vector<NodeId> Lifter::Children(NodeId n) const {
  std::vector<NodeId> result;
  for (NodeId c = tree_.LastChild(n); c.valid(); c = tree_.PrevSibling(n, c)) result.push_back(c);
  std::reverse(result.begin(), result.end());
  return result;
}

uint32_t Lifter::Components(TypeId t) const {
  t = sema_.types().StripReference(t);
  if (front::IsPackedKind(sema_.types().Kind(t))) return 2;
  return sema_.types().Components(t);
}

TypeId Lifter::ComponentType(TypeId t) const {
  t = sema_.types().StripReference(t);
  if (sema_.types().Kind(t) == TypeKind::kArray) return sema_.types().Element(t);
  return sema_.types().ComponentType(t);
}

bool Lifter::IsPointer(TypeId t) const {
  return sema_.types().Kind(sema_.types().StripReference(t)) == TypeKind::kPointer;
}

std::string Lifter::NameOf(uint32_t entity) const {
  return std::string(sema_.NameOf(front::EntityId(entity)));
}

ExprId Lifter::True() {
  return p_.Add({.kind = ExprKind::kInt, .type = ir::Type::kPred, .bits = 1});
}
bool Lifter::IsTrue(ExprId e) const {
  int64_t value = 0;
  return p_.IsInt(e, &value) && value != 0;
}
bool Lifter::IsFalse(ExprId e) const {
  int64_t value = 0;
  return p_.IsInt(e, &value) && value == 0;
}
ExprId Lifter::And(ExprId a, ExprId b) {
  if (IsTrue(a)) return b;
  if (IsTrue(b)) return a;
  return p_.Binary(ExprOp::kLogicalAnd, a, b);
}

AxisId Lifter::NewAxis(std::string name, ExprId extent) {
  p_.axes.push_back({std::move(name), extent});
  return AxisId(static_cast<uint32_t>(p_.axes.size()) - 1);
}

void Lifter::Hint(ExprId value, const std::string& name) {
  if (HasAxis(p_, value)) hints_.push_back({value, name});
}

ExprId Lifter::Marker(const char* kind, uint64_t id, ir::Type type) {
  return p_.Add({.kind = ExprKind::kCall, .type = type, .bits = id, .name = kind});
}

std::set<uint32_t> Lifter::AxesOf(ExprId e) const {
  std::set<uint32_t> axes;
  std::set<uint32_t> seen;
  std::vector<ExprId> stack = {e};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    if (!top.valid() || !seen.insert(top.index).second) continue;
    const Expr& x = p_.expr(top);
    if (x.kind == ExprKind::kAxis) axes.insert(x.index);
    if (x.kind == ExprKind::kCall && x.name == "%temp") {
      const auto& temp = temps_.at(static_cast<uint32_t>(x.bits));
      axes.insert(temp.axes.begin(), temp.axes.end());
    }
    stack.insert(stack.end(), x.args.begin(), x.args.end());
  }
  return axes;
}

std::set<uint32_t> Lifter::AxesOf(const Item& item) const {
  std::set<uint32_t> axes;
  const auto add = [&](ExprId e) {
    for (const uint32_t a : AxesOf(e)) axes.insert(a);
  };
  add(item.index);
  add(item.value);
  add(item.init);
  for (const ExprId g : item.guards) add(g);
  return axes;
}

std::vector<ExprId> GuardParts(const Program& program, ExprId e) {
  std::vector<ExprId> result;
  std::vector<ExprId> stack = {e};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    const Expr& x = program.expr(top);
    if (x.kind == ExprKind::kBinary && x.op == ExprOp::kLogicalAnd) {
      stack.push_back(x.args[1]);
      stack.push_back(x.args[0]);
    } else {
      result.push_back(top);
    }
  }
  return result;
}

}  // namespace ws::nest
