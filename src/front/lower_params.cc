// device-clean
// Parameters: rows of the module, and where they are when a function begins.
#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {

// Vectors are passed component by component; a function that returns one gets its address first.
WS_HD void Lowerer::DeclareParams(InstanceId i) {
  const Instance& inst = sema_.instance(i);
  ir::Function& f = module_.functions[functions_[i.index].index];
  f.first_param = module_.params.size();
  const bool kernel = inst.target == Target::kKernel;
  uint32_t reg = 0;
  uint32_t offset = 0;
  const auto pointer = [&](std::string_view name) {
    ir::Param p;
    p.name = name;
    p.type = Type::kU64;
    p.bytes = 8;
    p.reg = RegId(reg++);
    module_.params.push_back(p);
  };
  if (ByAddress(inst.result)) pointer("result");
  if (inst.has_this) pointer("this");
  for (const ParamInfo& param : sema_.Params(inst)) {
    const TypeId type = param.type;
    const uint32_t count = types().Components(type);
    const TypeId element = types().IsAggregate(type) ? types().ComponentType(type) : type;
    const bool is_struct = kind(type) == TypeKind::kStruct;
    for (uint32_t c = 0; c < count; ++c) {
      ir::Param p;
      const Token& name = token(tree().LastChild(param.node));
      if (name.kind == TokenKind::kIdentifier) p.name = name.view();
      p.type = kernel ? MemoryType(element) : RegType(element);
      p.bytes = static_cast<uint32_t>(types().Bytes(element));
      if (is_struct) {
        // Of a kernel in the parameter block, of other functions by address.
        p.type = !kernel ? Type::kU64 : p.bytes == 1 ? Type::kU8 : Type::kB8;
        if (!kernel) p.bytes = 8;
      }
      const TypeKind k = kind(type);
      p.is_pointer = k == TypeKind::kPointer && !types().IsFunctionPointer(type);
      p.by_address = !kernel && (is_struct || k == TypeKind::kReference);
      p.is_restrict = param.is_restrict;
      p.is_handle = IsHandleKind(k);
      if (p.is_pointer) {
        const TypeId pointee = types().Element(type);
        p.is_const_pointer = pointee.is_const();
        const TypeKind pk = kind(pointee);
        if (pk != TypeKind::kArray && pk != TypeKind::kReference && pk != TypeKind::kVoid &&
            !types().IsAggregate(pointee)) {
          p.pointee = MemoryType(pointee);
        }
      }
      if (kernel) {
        const uint32_t align = types().Align(element);
        offset = (offset + align - 1) / align * align;
        p.offset = offset;
        offset += p.bytes;
      } else {
        p.reg = RegId(reg++);
      }
      module_.params.push_back(p);
    }
  }
  if (inst.is_variadic) pointer("arguments");
  if (HasCarryParam(i)) pointer("carry");
  f.num_params = module_.params.size() - f.first_param;
  f.param_bytes = offset;
  if (offset > kMaxParamBytes) {
    Error(Kind::kStructLimit, inst.node, "the parameter list", kMaxParamBytes, "bytes");
  }
}

// The registers that parameters of .func and host functions arrive in come first.
WS_HD void Lowerer::BindParamRegisters() {
  const ir::Function& f = module_.functions[functions_[instance_.index].index];
  if (f.kind == ir::FunctionKind::kKernel) return;
  for (uint32_t k = 0; k < f.num_params; ++k) {
    NewReg(module_.params[f.first_param + k].type, true);
  }
}

WS_HD void Lowerer::BindParams() {
  const Instance& inst = current();
  const ir::Function f = module_.functions[functions_[instance_.index].index];
  const bool kernel = f.kind == ir::FunctionKind::kKernel;
  uint32_t at = f.first_param;
  if (inst.is_variadic) {
    const uint32_t behind = HasCarryParam(instance_) ? 2 : 1;
    list_ = Operand::Reg(module_.params[at + f.num_params - behind].reg);
  }
  if (HasCarryParam(instance_)) {
    carry_address_ = Operand::Reg(module_.params[at + f.num_params - 1].reg);
  }
  if (ByAddress(inst.result)) {
    result_address_ = Operand::Reg(module_.params[at].reg);
    ++at;
  }
  if (inst.has_this) {
    this_ = Operand::Reg(module_.params[at].reg);
    ++at;
  }
  for (const ParamInfo& param : sema_.Params(inst)) {
    const TypeId type = param.type;
    const uint32_t count = types().Components(type);
    const TypeId element = types().IsAggregate(type) ? types().ComponentType(type) : type;
    const bool is_reference =
        kind(type) == TypeKind::kReference || kind(type) == TypeKind::kStdVector;
    const Entity& entity = sema_.entity(param.entity);
    loc_ = token(param.node).loc;
    Value v;
    const bool is_struct = kind(type) == TypeKind::kStruct;
    if (is_struct) {
      v.kind = Value::Kind::kMemory;
      v.operand =
          kernel ? Operand::Param(module_.params[at].offset) : Operand::Reg(module_.params[at].reg);
      if (kernel) {
        v.space = ir::Space::kParam;
        const Value copy = NewVariable(type, true, param.node);
        CopyObject(copy, v, type);
        v = copy;
      }
    } else if (kernel) {
      v = NewVariable(type, false, param.node);
      for (uint32_t c = 0; c < count; ++c) {
        const ir::Param p = module_.params[at + c];
        const bool is_bool = kind(element) == TypeKind::kBool;
        Operand to = v.operand;
        to.index += c;
        const Operand loaded = is_bool ? Operand::Reg(NewReg(Type::kU32)) : to;
        ir::Inst ld;
        ld.op = Op::kLd;
        ld.type = p.type;
        ld.space = ir::Space::kParam;
        Emit(ld, {loaded}, {Operand::Param(p.offset)});
        if (is_bool) Copy(to.reg(), Type::kPred, ConvertToBool(loaded, TypeKind::kUInt));
      }
    } else {
      v.kind = Value::Kind::kRegisters;
      v.count = static_cast<uint8_t>(count);
      if (count > 0) v.operand = Operand::Reg(module_.params[at].reg);
    }
    at += count;
    if (is_reference) {
      Value object;
      object.kind = Value::Kind::kMemory;
      object.operand = v.operand;
      v = object;
    } else if (entity.address_taken && !is_struct) {
      const Value memory = NewVariable(type, true, param.node);
      if (types().IsAggregate(type)) {
        Operand parts[4];
        LoadParts(v, type, parts, ir::Cache::kNone);
        StoreParts(memory, type, parts, ir::Cache::kNone);
      } else {
        StoreScalar(memory, type.Unqualified(), v.operand);
      }
      v = memory;
    }
    slots_[param.entity.index] = {v, true};
  }
}

}  // namespace ws::front
