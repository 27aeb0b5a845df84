// Calls: builtins as expressions, functions of the program inlined.
#include "front/builtins.h"
#include "nest/fold.h"
#include "nest/lifter.h"

namespace ws::nest {

using front::BuiltinHow;
using front::NodeId;
using front::NodeKind;
using front::TypeId;

namespace {

// Builtins that are one operation of expressions, by spelling.
struct SimpleBuiltin {
  std::string_view name;
  ExprOp op;
};
constexpr SimpleBuiltin kSimple[] = {
    {"fmaxf", ExprOp::kMax},     {"fmax", ExprOp::kMax},      {"max", ExprOp::kMax},
    {"umax", ExprOp::kMax},      {"llmax", ExprOp::kMax},     {"ullmax", ExprOp::kMax},
    {"__hmax", ExprOp::kMax},    {"fminf", ExprOp::kMin},     {"fmin", ExprOp::kMin},
    {"min", ExprOp::kMin},       {"umin", ExprOp::kMin},      {"llmin", ExprOp::kMin},
    {"ullmin", ExprOp::kMin},    {"__hmin", ExprOp::kMin},    {"__hadd", ExprOp::kAdd},
    {"__hadd_rn", ExprOp::kAdd}, {"__fadd_rn", ExprOp::kAdd}, {"__dadd_rn", ExprOp::kAdd},
    {"__hsub", ExprOp::kSub},    {"__hsub_rn", ExprOp::kSub}, {"__fsub_rn", ExprOp::kSub},
    {"__dsub_rn", ExprOp::kSub}, {"__hmul", ExprOp::kMul},    {"__hmul_rn", ExprOp::kMul},
    {"__fmul_rn", ExprOp::kMul}, {"__dmul_rn", ExprOp::kMul}, {"__hdiv", ExprOp::kDiv},
    {"__fdiv_rn", ExprOp::kDiv}, {"__ddiv_rn", ExprOp::kDiv}, {"__hlt", ExprOp::kLt},
    {"__hle", ExprOp::kLe},      {"__hgt", ExprOp::kGt},      {"__hge", ExprOp::kGe},
    {"__heq", ExprOp::kEq},      {"__hne", ExprOp::kNe},      {"__hadd2", ExprOp::kAdd},
    {"__hsub2", ExprOp::kSub},   {"__hmul2", ExprOp::kMul},   {"__h2div", ExprOp::kDiv},
    {"__hmax2", ExprOp::kMax},   {"__hmin2", ExprOp::kMin},   {"__hneg", ExprOp::kNeg},
    {"__hneg2", ExprOp::kNeg},
};

ExprOp SimpleOp(std::string_view name) {
  for (const SimpleBuiltin& b : kSimple) {
    if (b.name == name) return b.op;
  }
  return ExprOp::kNone;
}

bool IsFma(std::string_view name) {
  return name == "fmaf" || name == "fma" || name == "__fmaf_rn" || name == "__fma_rn" ||
         name == "__hfma" || name == "__hfma2";
}
bool IsCachedLoad(std::string_view name) {
  return name == "__ldg" || name == "__ldca" || name == "__ldcg" || name == "__ldcs" ||
         name == "__ldcv" || name == "__ldlu";
}
bool IsCachedStore(std::string_view name) {
  return name == "__stcg" || name == "__stcs" || name == "__stwb" || name == "__stwt";
}
// Conversions that a C cast makes too; the others round in ways of their own.
bool IsPlainConversion(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "__half2float",     "__float2half",     "__float2half_rn",    "__double2half",
      "__int2half_rn",    "__uint2half_rn",   "__short2half_rn",    "__int2float_rn",
      "__uint2float_rn",  "__ll2float_rn",    "__ull2float_rn",     "__int2double_rn",
      "__uint2double_rn", "__ll2double_rn",   "__ull2double_rn",    "__double2float_rn",
      "__float2int_rz",   "__float2uint_rz",  "__float2ll_rz",      "__float2ull_rz",
      "__double2int_rz",  "__double2ll_rz",   "__half2int_rz",      "__half2uint_rz",
      "__bfloat162float", "__float2bfloat16", "__float2bfloat16_rn"};
  for (const std::string_view n : kNames) {
    if (n == name) return true;
  }
  return false;
}

}  // namespace

Value Lifter::EvalCall(NodeId n) {
  std::vector<NodeId> children = Children(n);
  const NodeId callee = children[0];
  children.erase(children.begin());
  const front::InstanceId target = sema_.Callee(instance_, n);
  if (target.valid()) return Inline(target, children, LocOf(n));
  return EvalBuiltin(n, TokenText(callee), children);
}

Value Lifter::Inline(front::InstanceId callee, const std::vector<NodeId>& args, diag::Loc loc) {
  const front::Instance& inst = sema_.instance(callee);
  if (!inst.has_body || !inst.body_done) Refuse("calling a function without a body", loc);
  if (inst.self != TypeId()) Refuse("a member function", loc);
  if (sema_.types().Kind(inst.result) == front::TypeKind::kReference) {
    Refuse("a function that returns a reference", loc);
  }
  if (++depth_ > 16) Refuse("deep or recursive calls", loc);
  const std::span<const front::ParamInfo> params = sema_.Params(inst);
  Environment bound;
  for (size_t i = 0; i < params.size(); ++i) {
    const TypeId type = params[i].type;
    Value value;
    if (sema_.types().Kind(type) == front::TypeKind::kReference && i < args.size() &&
        Info(args[i]).category == front::Category::kLvalue) {
      value.kind = Value::kPlace;
      value.place = EvalPlace(args[i]);
    } else if (i < args.size()) {
      value = Convert(Eval(args[i]), TypeOf(args[i]), type, loc);
    } else {
      front::NodeInfo info;
      info.type = type;
      info.bits = params[i].default_bits;
      if (!params[i].has_default) Refuse("a call with too few arguments", loc);
      value = EvalConstant(info);
    }
    if (params[i].entity.valid()) bound[params[i].entity.index] = std::move(value);
  }
  std::set<uint32_t> known;
  for (const auto& [entity, value] : s_.env) known.insert(entity);
  for (auto& [entity, value] : bound) s_.env[entity] = std::move(value);

  const front::InstanceId caller = instance_;
  const ExprId live = s_.live;
  Value outer_result = std::move(s_.result);
  s_.guards.push_back(live);
  s_.live = True();
  s_.result = {};
  instance_ = callee;
  const size_t function_loops = function_loops_;
  function_loops_ = s_.loops.size();
  Exec(Children(inst.node).back());
  function_loops_ = function_loops;
  instance_ = caller;
  // The callee's variables end with it.
  std::erase_if(s_.env, [&](const auto& variable) { return known.count(variable.first) == 0; });
  Value result = std::move(s_.result);
  s_.result = std::move(outer_result);
  s_.live = live;
  s_.guards.pop_back();
  --depth_;
  return result;
}

Value Lifter::EvalBuiltin(NodeId n, std::string_view name, const std::vector<NodeId>& args) {
  Value result;
  if (EvalRuntimeCall(n, name, &result)) return result;
  // What is printed is no part of what is computed.
  if (name == "printf" || name == "fprintf") return Value::Scalar(p_.Int(0));
  if (name == "assert") return {};  // what it rules out need not be computed
  if (Info(n).builtin == front::kNoBuiltin) Refuse("calling " + std::string(name), n);
  const front::BuiltinRow& row = front::RowOf(Info(n).builtin);
  const TypeId type = TypeOf(n);
  switch (row.how) {
    case BuiltinHow::kBarrier:
      return {};  // only matters with shared memory, which is named
    case BuiltinHow::kFence:
    case BuiltinHow::kBarWarp:
    case BuiltinHow::kIgnore:
      return {};
    case BuiltinHow::kShfl:
    case BuiltinHow::kVote:
    case BuiltinHow::kMatch:
    case BuiltinHow::kRedux:
      Refuse("cooperative code with " + std::string(name), n);
    case BuiltinHow::kAtomic:
      return EvalAtomic(n, name, args);
    case BuiltinHow::kUnsupported:
      Refuse("calling " + std::string(name), n);
    default:
      break;
  }
  if (IsCachedLoad(name)) {
    const TypeId pointee = sema_.types().Element(TypeOf(args[0]));
    return Load(PlaceOfPointer(Eval(args[0]), pointee, LocOf(n)), LocOf(n));
  }
  if (IsCachedStore(name)) {
    const TypeId pointee = sema_.types().Element(TypeOf(args[0]));
    const Place place = PlaceOfPointer(Eval(args[0]), pointee, LocOf(n));
    Store(place, Convert(Eval(args[1]), TypeOf(args[1]), pointee, LocOf(n)), LocOf(n));
    return {};
  }
  std::vector<Value> values;
  for (const NodeId a : args) {
    values.push_back(Eval(a));
    if (values.back().kind == Value::kUnknown) Refuse(values.back().why, a);
    if (values.back().kind == Value::kNone) Refuse("a variable that may not have been set", a);
  }
  if (EvalVectorBuiltin(name, values, type, &result)) return result;
  const ir::Type ir_type = IrType(type);
  std::vector<ExprId> scalars;
  for (const Value& v : values) {
    if (v.kind != Value::kScalar) Refuse("calling " + std::string(name) + " on this value", n);
    scalars.push_back(v.scalar);
  }
  if (IsPlainConversion(name)) return Value::Scalar(p_.Cast(ir_type, scalars[0]));
  // Arguments are converted to the parameters' types, which for these functions are the result's.
  const bool compares = ir_type == ir::Type::kPred;
  ir::Type common = ir_type;
  if (compares && !scalars.empty()) common = p_.expr(scalars[0]).type;
  if (IsFma(name)) {
    for (ExprId& e : scalars) e = p_.Cast(common, e);
    return Value::Scalar(
        p_.Binary(ExprOp::kAdd, p_.Binary(ExprOp::kMul, scalars[0], scalars[1]), scalars[2]));
  }
  if (const ExprOp op = SimpleOp(name); op != ExprOp::kNone) {
    for (ExprId& e : scalars) e = p_.Cast(common, e);
    if (scalars.size() == 1) return Value::Scalar(p_.Unary(op, scalars[0]));
    if (scalars.size() == 2) return Value::Scalar(p_.Binary(op, scalars[0], scalars[1]));
  }
  if (ir_type == ir::Type::kNone || IsPointer(type)) Refuse("calling " + std::string(name), n);
  if (ir::IsFloat(ir_type)) {
    for (ExprId& e : scalars) {
      if (!ir::IsFloat(p_.expr(e).type) && name != "ldexpf" && name != "scalbnf") {
        e = p_.Cast(ir_type, e);
      } else if (ir::IsFloat(p_.expr(e).type) && row.how != BuiltinHow::kBits) {
        e = p_.Cast(ir_type, e);
      }
    }
  }
  return Value::Scalar(p_.Call(name, ir_type, std::move(scalars)));
}

bool Lifter::EvalVectorBuiltin(std::string_view name, const std::vector<Value>& args, TypeId type,
                               Value* result) {
  const auto part = [&](size_t arg, size_t i) { return args[arg].parts[i]; };
  const auto cast = [&](const Value& v, ir::Type to) {
    return Value::Scalar(p_.Cast(to, v.scalar));
  };
  const bool vector = !args.empty() && args[0].kind == Value::kTuple;
  const uint32_t width = Components(type);
  if (width > 1 && !vector) {
    const ir::Type element = IrType(ComponentType(type));
    std::vector<Value> parts;
    for (uint32_t i = 0; i < width; ++i) {
      const Value& v = args.size() == 1 ? args[0] : args[i];
      if (v.kind != Value::kScalar) return false;
      parts.push_back(cast(v, element));
    }
    const bool makes = name.substr(0, 5) == "make_" || name == "__halves2half2" ||
                       name == "__floats2half2_rn" || name == "__float2half2_rn" ||
                       name == "__half2half2";
    if (!makes) return false;
    *result = Value::Tuple(std::move(parts));
    return true;
  }
  if (!vector) return false;
  if (name == "__low2half" || name == "__low2float") {
    *result = cast(part(0, 0), IrType(type));
    return true;
  }
  if (name == "__high2half" || name == "__high2float") {
    *result = cast(part(0, 1), IrType(type));
    return true;
  }
  if (width != args[0].parts.size()) return false;
  std::vector<Value> parts;
  for (uint32_t i = 0; i < width; ++i) {
    const ir::Type element = IrType(ComponentType(type));
    ExprId e;
    if (name == "__half22float2" || name == "__float22half2_rn") {
      e = p_.Cast(element, part(0, i).scalar);
    } else if (IsFma(name)) {
      e = p_.Binary(ExprOp::kAdd, p_.Binary(ExprOp::kMul, part(0, i).scalar, part(1, i).scalar),
                    part(2, i).scalar);
    } else if (const ExprOp op = SimpleOp(name); op != ExprOp::kNone) {
      e = args.size() == 1 ? p_.Unary(op, part(0, i).scalar)
                           : p_.Binary(op, part(0, i).scalar, part(1, i).scalar);
    } else {
      return false;
    }
    parts.push_back(Value::Scalar(e));
  }
  *result = Value::Tuple(std::move(parts));
  return true;
}

// An atomic whose result is not used combines over every thread and iteration that reaches the
// element.
Value Lifter::EvalAtomic(NodeId n, std::string_view name, const std::vector<NodeId>& args) {
  Reduction reduction = Reduction::kNone;
  if (name == "atomicAdd") reduction = Reduction::kSum;
  if (name == "atomicMax") reduction = Reduction::kMax;
  if (name == "atomicMin") reduction = Reduction::kMin;
  if (name == "atomicAnd") reduction = Reduction::kAnd;
  if (name == "atomicOr") reduction = Reduction::kOr;
  if (reduction == Reduction::kNone) Refuse("calling " + std::string(name), n);
  const TypeId pointee = sema_.types().Element(TypeOf(args[0]));
  const Place place = PlaceOfPointer(Eval(args[0]), pointee, LocOf(n));
  if (!place.is_element || Components(pointee) != 1) Refuse("an atomic on this object", n);
  const Value value = Convert(Eval(args[1]), TypeOf(args[1]), pointee, LocOf(n));
  if (value.kind != Value::kScalar) Refuse("an atomic with this value", n);
  Item item;
  item.out = place.buffer;
  item.index = Simplify(p_, place.offset);
  item.value = value.scalar;
  item.reduction = reduction;
  item.init = Load(place, LocOf(n)).scalar;
  item.atomic = true;
  item.type = p_.buffers[place.buffer.index].type;
  item.loc = LocOf(n);
  Emit(std::move(item));
  s_.versions[place.buffer.index] = ++next_version_;
  return Value::Unknown("the result of an atomic");
}

}  // namespace ws::nest
