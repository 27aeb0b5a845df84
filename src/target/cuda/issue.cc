#include "target/cuda/issue.h"

#include <iterator>

namespace ws::target::cuda {
namespace {

using ir::Inst;
using ir::Op;
using ir::Type;

// Cycles between dependent arithmetic instructions. An expansion is taken for a chain of about half
// its instructions.
constexpr double kDependentLatency = 4;

enum class TypeClass : uint8_t { F32, F64, I32, I64, Other };
enum class Form : uint8_t { Rn, Approx, Ftz, Signed, Unsigned, Const, Any };

struct Expansion {
  Op op;
  TypeClass type;
  Form form;
  double issue;
  double xu;
};

constexpr Expansion kExpansions[] = {
#define EXPANSION(op, type, form, issue, xu) {Op::k##op, TypeClass::type, Form::form, issue, xu},
#include "target/cuda/expansion.def"
#undef EXPANSION
};

TypeClass ClassOf(Type type) {
  if (type == Type::kF32) return TypeClass::F32;
  if (type == Type::kF64) return TypeClass::F64;
  if (!ir::IsInteger(type)) return TypeClass::Other;
  return ir::IsWide(type) ? TypeClass::I64 : TypeClass::I32;
}

Form FormOf(const ir::Module& module, const Inst& inst) {
  if (ir::IsFloat(inst.type)) {
    const bool approximate = inst.round == ir::Round::kApprox || inst.round == ir::Round::kFull;
    if (!approximate) return Form::Rn;
    return inst.ftz ? Form::Ftz : Form::Approx;
  }
  if (inst.op == Op::kDiv || inst.op == Op::kRem) {
    if (!ir::IsWide(inst.type) && module.Srcs(inst)[1].IsImm()) return Form::Const;
  }
  if (inst.op == Op::kMad && module.Srcs(inst)[1].IsImm()) {
    const uint64_t factor = module.ImmBits(module.Srcs(inst)[1]);
    if (factor != 0 && (factor & (factor - 1)) == 0) return Form::Const;
  }
  return ir::IsSigned(inst.type) ? Form::Signed : Form::Unsigned;
}

struct MathCost {
  double issue;
  double xu;
};

MathCost CostOf(ir::MathFn fn) {
  switch (fn) {
#define MATH_COST(name, issue, xu) \
  case ir::MathFn::k##name:        \
    return {issue, xu};
#include "target/cuda/math_cost.def"
#undef MATH_COST
    case ir::MathFn::kNone:
    case ir::MathFn::kCount:
      break;
  }
  return {1, 0};
}

// The library function an instruction calls; kNone for everything else.
ir::MathFn MathCalled(const ir::Module& module, const Inst& inst) {
  if (inst.op != Op::kCall) return ir::MathFn::kNone;
  return module.functions[module.Srcs(inst)[0].index].math;
}

const Expansion* FindExpansion(Op op, TypeClass type, Form form) {
  for (const Expansion& row : kExpansions) {
    if (row.op == op && row.type == type && (row.form == form || row.form == Form::Any)) {
      return &row;
    }
  }
  return nullptr;
}

// Whether the instruction vanishes when registers are assigned or folds into its user.
bool IsFree(const Inst& inst) {
  switch (inst.op) {
    case Op::kCvta:
    case Op::kCvtaTo:
    case Op::kPack:
    case Op::kUnpack:
      return true;
    case Op::kMov:
      return true;
    case Op::kNeg:
    case Op::kAbs:
      return ir::IsFloat(inst.type);  // a modifier of the user's operand
    case Op::kLd:
      return inst.space == ir::Space::kParam;
    case Op::kCvt:
      // Between integers of at most 32 bits, or widening: register reinterpretation, or a shift
      // that address arithmetic absorbs.
      return ir::IsInteger(inst.type) && ir::IsInteger(inst.src_type) &&
             ir::BytesOf(inst.type) == ir::BytesOf(inst.src_type);
    default:
      return false;
  }
}

Resource PipeOf(const Inst& inst) {
  const Type type = inst.type;
  switch (ir::InfoOf(inst.op).pipe) {
    case ir::Pipe::Fma:
      if (type == Type::kF64) return Resource::kFp64;
      if (type == Type::kF32) return Resource::kFp32;
      if (ir::IsFloat(type)) return Resource::kHalf;
      return Resource::kInteger;
    case ir::Pipe::Xu:
      // The instructions around the one on the special function pipe are of the type's own pipe.
      if (type == Type::kF64) return Resource::kFp64;
      if (type == Type::kF32) return Resource::kFp32;
      return Resource::kInteger;
    case ir::Pipe::Fp64:
      return Resource::kFp64;
    case ir::Pipe::Half:
      return Resource::kHalf;
    case ir::Pipe::Cross:
      return Resource::kCross;
    case ir::Pipe::Lsu:
      return Resource::kL1;
    case ir::Pipe::Alu:
    case ir::Pipe::Imad:
    case ir::Pipe::Branch:
    case ir::Pipe::None:
    case ir::Pipe::Host:
      return type == Type::kF64 ? Resource::kFp64 : Resource::kInteger;
  }
  return Resource::kInteger;
}

double LanesOf(const Arch& arch, const Inst& inst, Resource pipe) {
  switch (pipe) {
    case Resource::kFp32:
      return arch.fp32_lanes;
    case Resource::kHalf:
      return arch.half2_lanes;
    case Resource::kFp64:
      return arch.fp64_lanes;
    case Resource::kCross:
      return arch.cross_lanes;
    case Resource::kL1:
      return Arch::kLsuLanes;
    default:
      return inst.op == Op::kMul || inst.op == Op::kMad ? arch.imad_lanes : arch.int_lanes;
  }
}

}  // namespace

IssueCost CostOf(const Arch& arch, const ir::Module& module, const Inst& inst) {
  IssueCost cost;
  cost.latency = ir::InfoOf(inst.op).latency_cycles;
  if (IsFree(inst)) {
    cost.issue = 0;
    cost.latency = 0;
    return cost;
  }
  if (const ir::MathFn fn = MathCalled(module, inst); fn != ir::MathFn::kNone) {
    const MathCost math = CostOf(fn);
    const bool wide = ir::InfoOf(fn).type == Type::kF64;
    cost.issue = math.issue;
    cost.xu = math.xu;
    cost.pipe = wide ? Resource::kFp64 : Resource::kFp32;
    cost.lanes = wide ? arch.fp64_lanes : arch.fp32_lanes;
    cost.latency = kDependentLatency * math.issue / 2;
    return cost;
  }
  cost.pipe = PipeOf(inst);
  cost.lanes = LanesOf(arch, inst, cost.pipe);
  const TypeClass type = ClassOf(inst.type);
  if (const Expansion* row = FindExpansion(inst.op, type, FormOf(module, inst)); row != nullptr) {
    cost.issue = row->issue;
    cost.xu = row->xu;
    cost.latency += kDependentLatency * (row->issue - 1) / 2;
    return cost;
  }
  if (inst.op == Op::kCvt) {
    // Conversions run at 16 lanes (Programming Guide); half and float convert on the same pipe as
    // half arithmetic.
    const bool halves = ir::IsFloat(inst.type) && ir::IsFloat(inst.src_type) &&
                        !ir::IsWide(inst.type) && !ir::IsWide(inst.src_type);
    const bool integers = ir::IsInteger(inst.type) && ir::IsInteger(inst.src_type);
    if (halves) {
      cost.pipe = Resource::kHalf;
      cost.lanes = arch.int_lanes;
    } else if (!integers) {
      cost.xu = 1;
      cost.latency = 14;
    }
    return cost;
  }
  if (ir::InfoOf(inst.op).pipe == ir::Pipe::Xu) cost.xu = 1;
  return cost;
}

}  // namespace ws::target::cuda
