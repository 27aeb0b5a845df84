// What operands mean: registers and values of the type that an instruction wants. device-clean
#include "ir/function_address.h"
#include "ir/names.h"
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// Whether a register of type `have` may stand where `want` is operated on (PTX ISA, "Operand Size
// and Type"): of the same size, and not an integer for a float unless one of them is untyped.
WS_HD bool Reader::Fits(Type have, Type want) {
  if (have == Type::kPred || want == Type::kPred) return have == want;
  if (BytesOf(have) != BytesOf(want)) return false;
  switch (want) {  // halves come as bits, or as what they are
    case Type::kF16:
    case Type::kBF16:
      return have == want || have == Type::kB16;
    case Type::kF16x2:
    case Type::kBF16x2:
      return have == want || have == Type::kB32;
    default:
      break;
  }
  if (have == Type::kF16x2) return want != Type::kF32;
  const auto untyped = [](Type t) { return t >= Type::kB8 && t <= Type::kB64; };
  return untyped(have) || untyped(want) || IsFloat(have) == IsFloat(want);
}

WS_HD std::span<const Arg> Reader::ElementsOf(const Arg& arg) const {
  if (arg.kind != Arg::Kind::kVector) return {&arg, 1};
  return {elements_.data() + arg.index, arg.count};
}

WS_HD Operand Reader::DstOf(const Arg& arg, Type type) {
  if (arg.kind == Arg::Kind::kSink) return Operand::Reg(Temp(type));
  if (arg.kind != Arg::Kind::kRegister || arg.is_address || arg.negated || arg.IsVideo() ||
      arg.is_sum) {
    BadOperand(arg, "a register");
    return Operand::Reg(Temp(type));
  }
  const Type have = builder_->RegType(arg.reg);
  if (!Fits(have, type) && !failed_) {
    const Token t = Whole(arg);
    Report(diag::Kind::kPtxType, t, TextOf(t), Spelling(have), Spelling(type));
  }
  return Operand::Reg(arg.reg);
}

WS_HD Operand Reader::AddressOf(const Binding& symbol, int64_t offset, Type type) {
  Operand base;
  bool wide = true;
  switch (symbol.meaning) {
    case Meaning::kGlobal:
      base = Operand::Global(GlobalId(symbol.index));
      break;
    case Meaning::kFrame:
      base = Operand::Frame(frame_[symbol.index].offset);
      break;
    case Meaning::kKernelParam: {
      const Function& f = module_->functions[function_.index];
      base = Operand::Param(0);
      offset += module_->params[f.first_param + symbol.index].offset;
      break;
    }
    case Meaning::kFuncParam:
      base = Operand::Reg(func_params_[symbol.index]);
      break;
    case Meaning::kFunction:
      if (is_address_taken_[symbol.index] == 0) address_taken_.push_back(FunctionId(symbol.index));
      is_address_taken_[symbol.index] = 1;
      return Imm(FunctionAddress(symbol.index));
    default:
      return {};
  }
  wide = BytesOf(type) == 8;
  const Type integer = wide ? Type::kU64 : Type::kU32;
  const Operand at = ValueOf(Op::kMov, integer, integer, {base});
  if (offset == 0) return at;
  return ValueOf(Op::kAdd, integer, integer, {at, Imm(static_cast<uint64_t>(offset))});
}

WS_HD Operand Reader::SrcOf(const Arg& arg, Type type) {
  const Token t = Whole(arg);
  if (arg.is_address || (arg.negated && type != Type::kPred) || arg.IsVideo()) {
    BadOperand(arg, "a register or a constant");
    return Imm(0);
  }
  switch (arg.kind) {
    case Arg::Kind::kRegister: {
      const Type have = builder_->RegType(arg.reg);
      if (!Fits(have, type)) {
        if (!failed_) {
          Report(diag::Kind::kPtxType, t, TextOf(t), Spelling(have), Spelling(type));
        }
        return Imm(0);
      }
      if (arg.negated) return Value1(Op::kNot, Type::kPred, {Operand::Reg(arg.reg)});
      return Operand::Reg(arg.reg);
    }
    case Arg::Kind::kInteger:
      if (IsFloat(type) || (arg.is_fixed && op_ != Op::kMov && op_ != Op::kCvt)) break;
      return Imm(BitsIn({Value::Kind::kInteger, arg.bits, {}}, type));
    case Arg::Kind::kFloat32:
      if (type != Type::kF32 && type != Type::kF64 && type != Type::kB32) break;
      return Imm(BitsIn({Value::Kind::kFloat32, arg.bits, {}}, type));
    case Arg::Kind::kFloat64:
      if (type != Type::kF32 && type != Type::kF64 && type != Type::kB64) break;
      return Imm(BitsIn({Value::Kind::kFloat64, arg.bits, {}}, type));
    case Arg::Kind::kSpecial: {
      const auto special = static_cast<Special>(arg.index);
      if (!IsSpecialOf(arg, type) || (op_ != Op::kMov && op_ != Op::kCvt)) break;
      const Type have = BytesOf(type) == 8 ? Type::kU64 : Type::kU32;
      return ValueOf(Op::kMov, have, have, {Operand::SpecialReg(special)});
    }
    case Arg::Kind::kSymbol: {
      // As ptxas has it: sums and functions are values everywhere.
      const bool is_value = op_ == Op::kMov || op_ == Op::kCvta || arg.is_sum ||
                            arg.binding.meaning == Meaning::kFunction;
      if (arg.binding.meaning == Meaning::kScratch || !is_value) {
        BadOperand(arg, "a register or a constant; mov gives the address of a variable");
        return Imm(0);
      }
      if (BytesOf(type) < 4 || IsFloat(type)) break;
      const Operand at = AddressOf(arg.binding, arg.offset, type);
      if (at.kind != OperandKind::kNone) return at;
      break;
    }
    default:
      break;
  }
  BadOperand(arg, type == Type::kPred ? "a predicate" : "a value of this type");
  return Imm(0);
}

WS_HD bool Reader::IsSpecialOf(const Arg& arg, Type type) const {
  const auto special = static_cast<Special>(arg.index);
  const bool wide = special == Special::kClock64 || special == Special::kGridid;
  // %tid and the like had 16 bits once.
  const bool narrow = special <= Special::kNctaidZ && BytesOf(type) == 2;
  return !IsFloat(type) && (narrow || BytesOf(type) == 4 || (BytesOf(type) == 8 && wide));
}

WS_HD Operand Reader::Predicate(uint32_t i) {
  const Arg& arg = args_[i];
  if (arg.kind == Arg::Kind::kInteger && !arg.is_address) return Imm(arg.bits != 0 ? 1 : 0);
  return SrcOf(arg, Type::kPred);
}

WS_HD bool Reader::IsWider(const Arg& arg, Type type) const {
  if (arg.kind != Arg::Kind::kRegister || arg.is_address || arg.IsVideo()) return false;
  if (arg.negated) return false;
  const Type have = builder_->RegType(arg.reg);
  const auto untyped = [](Type t) { return t >= Type::kB8 && t <= Type::kB64; };
  const bool integers = !IsFloat(type) && (!IsFloat(have) || have == Type::kF16x2);
  return have != Type::kPred && BytesOf(have) > BytesOf(type) &&
         (untyped(have) || untyped(type) || integers);
}

WS_HD void Reader::WidenTo(const Arg& arg, Type type, RegId from) {
  if (arg.is_sum) BadOperand(arg, "a register");
  const uint32_t bytes = BytesOf(builder_->RegType(arg.reg));
  const bool sign = IsSigned(type);
  const Type to = bytes == 8   ? (sign ? Type::kS64 : Type::kU64)
                  : bytes == 4 ? (sign ? Type::kS32 : Type::kU32)
                               : (sign ? Type::kS16 : Type::kU16);
  const Type small = BytesOf(type) == 4   ? (sign ? Type::kS32 : Type::kU32)
                     : BytesOf(type) == 2 ? (sign ? Type::kS16 : Type::kU16)
                                          : (sign ? Type::kS8 : Type::kU8);
  Emit(Op::kCvt, to, {Operand::Reg(arg.reg)}, {Operand::Reg(from)}).src_type = small;
}

WS_HD Operand Reader::NarrowFrom(const Arg& arg, Type type) {
  const uint32_t bytes = BytesOf(builder_->RegType(arg.reg));
  const Type wide = bytes == 8 ? Type::kU64 : bytes == 4 ? Type::kU32 : Type::kU16;
  const uint32_t small_bytes = BytesOf(type);
  const Type small = small_bytes == 4 ? Type::kU32 : small_bytes == 2 ? Type::kU16 : Type::kU8;
  const RegId low = Temp(small);
  Emit(Op::kCvt, small, {Operand::Reg(low)}, {Operand::Reg(arg.reg)}).src_type = wide;
  return Operand::Reg(low);
}

}  // namespace ws::ir::reader
