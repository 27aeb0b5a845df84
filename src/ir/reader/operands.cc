// Operands and modifiers of instructions. device-clean
#include "ir/function_address.h"
#include "ir/names.h"
#include "ir/reader/reader.h"

namespace ws::ir::reader {
namespace {

struct SpecialName {
  const char* name;
  Special special;
};
WS_HD bool FindSpecial(std::string_view text, uint32_t* index) {
  if (text.size() < 2 || text.data()[0] != '%') return false;
  std::string_view name(text.data() + 1, text.size() - 1);
  if (SameText(name, "globaltimer")) name = "clock64";  // deterministic, as all clocks are
  if (SameText(name, "globaltimer_lo")) name = "clock";
  if (SameText(name, "aggr_smem_size")) name = "total_smem_size";  // nothing is reserved beside it
  for (uint32_t i = 0; i < static_cast<uint32_t>(Special::kCount); ++i) {
    const char* const known = NameOf(static_cast<Special>(i));
    size_t size = 0;
    while (known[size] != 0) ++size;
    if (SameText(name, {known, size})) {
      *index = i;
      return true;
    }
  }
  return false;
}

// Special registers whose value is the same for all threads of a launch here: one block is a
// cluster by itself.
WS_HD bool FindConstantSpecial(std::string_view text, uint64_t* bits) {
  constexpr struct {
    const char* name;
    uint64_t bits;
  } kRows[] = {
      {"%cluster_ctarank", 0},
      {"%cluster_nctarank", 1},
      {"%cluster_ctaid.x", 0},
      {"%cluster_ctaid.y", 0},
      {"%cluster_ctaid.z", 0},
      {"%cluster_nctaid.x", 1},
      {"%cluster_nctaid.y", 1},
      {"%cluster_nctaid.z", 1},
      {"%cluster_ctaid.w", 0},
      {"%cluster_nctaid.w", 0},
      {"%is_explicit_cluster", 0},
      // Clocks fit into their lower half; counters of performance and graphs there are none.
      {"%clock_hi", 0},
      {"%globaltimer_hi", 0},
      {"%current_graph_exec", 0},
      {"%tid.w", 0},
      {"%ntid.w", 0},
      {"%ctaid.w", 0},
      {"%nctaid.w", 0},
  };
  for (const auto& row : kRows) {
    size_t size = 0;
    while (row.name[size] != 0) ++size;
    if (!SameText(text, {row.name, size})) continue;
    *bits = row.bits;
    return true;
  }
  // What the driver leaves there: nothing.
  for (const std::string_view family : {"%envreg", "%pm", "%reserved_smem_"}) {
    if (text.size() > family.size() && SameText({text.data(), family.size()}, family)) return true;
  }
  return false;
}

// Special registers of four elements, of which x, y and z have names of their own.
WS_HD bool FindVectorSpecial(std::string_view text) {
  for (const std::string_view name :
       {"%tid", "%ntid", "%ctaid", "%nctaid", "%cluster_ctaid", "%cluster_nctaid"}) {
    if (SameText(text, name)) return true;
  }
  return false;
}

}  // namespace

// One element of such a register.
WS_HD Operand Reader::SpecialElement(const Arg& arg, uint32_t element) {
  char name[24] = {};
  const std::string_view text = TextOf(tokens_[arg.token]);
  size_t size = 0;
  for (; size < text.size() && size < 20; ++size) name[size] = text.data()[size];
  name[size++] = '.';
  name[size++] = "xyzw"[element];
  uint32_t special = 0;
  uint64_t bits = 0;
  if (FindSpecial({name, size}, &special)) {
    return Operand::SpecialReg(static_cast<Special>(special));
  }
  FindConstantSpecial({name, size}, &bits);
  return Imm(bits);
}

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
  const auto untyped = [](Type t) { return t >= Type::kB8 && t <= Type::kB64; };
  return untyped(have) || untyped(want) || IsFloat(have) == IsFloat(want);
}

// --- reading

WS_HD bool Reader::ReadAddress(Arg* arg) {
  const Token open = Now();
  ++at_;
  arg->is_address = true;
  const Token t = Now();
  Binding b;
  if (t.kind == TokenKind::kWord) b = Find(t.word);
  if (b.meaning == Meaning::kRegister) {
    ++at_;
    arg->kind = Arg::Kind::kRegister;
    arg->reg = RegId(b.index);
  } else if (t.kind == TokenKind::kWord && b.meaning != Meaning::kNone) {
    ++at_;
    arg->kind = Arg::Kind::kSymbol;
    arg->binding = b;
  } else if (t.kind == TokenKind::kWord && !SameText(TextOf(t), "WARP_SZ")) {
    ReportUnknown(t);
    return false;
  } else {
    Value value;
    if (!ReadValue(&value)) return false;
    if (value.kind == Value::Kind::kSymbol) {
      arg->kind = Arg::Kind::kSymbol;
      arg->binding = value.symbol;
      arg->offset = static_cast<int64_t>(value.bits);
    } else if (value.kind == Value::Kind::kInteger) {
      arg->kind = Arg::Kind::kInteger;
      arg->bits = value.bits;
    } else {
      Report(diag::Kind::kPtxBadConstant, t);
      return false;
    }
  }
  if (Accept('+')) {
    uint64_t offset = 0;
    if (!ReadCount(&offset)) return false;
    arg->offset += static_cast<int64_t>(offset);
  }
  bool of_tensor = false;
  for (uint32_t i = 0; i < num_mods_; ++i) of_tensor = of_tensor || mods_[i].mod == Mod::kTensor;
  if (of_tensor && Accept(',')) {
    if (!Now().Is('{')) {
      ReportExpected("the coordinates, as in {x, y}");
      return false;
    }
    Arg coordinates;
    if (!ReadVector(&coordinates, 1)) return false;
    arg->index = coordinates.index;
    arg->count = coordinates.count;
  }
  if (Accept(']')) return true;
  Report(diag::Kind::kUnclosedBracket, open, "'['");
  return false;
}

WS_HD bool Reader::ReadVector(Arg* arg, uint32_t depth) {
  const Token open = Now();
  const char close = open.Is('{') ? '}' : ')';
  ++at_;
  if (depth > 1) {
    Report(diag::Kind::kNestedTooDeep, open, 1u);
    return false;
  }
  arg->kind = Arg::Kind::kVector;
  arg->is_list = true;
  arg->index = elements_.size();
  if (!Now().Is(close)) {
    do {
      Arg element;
      if (!ReadOperand(&element, depth + 1)) return false;
      if (element.kind == Arg::Kind::kVector) {
        Report(diag::Kind::kPtxOperand, tokens_[element.token], "this", "one element");
        return false;
      }
      elements_.push_back(element);
    } while (Accept(','));
  }
  arg->count = elements_.size() - arg->index;
  bool any = arg->count == 0 || op_ == Op::kCall;
  for (uint32_t i = 0; i < arg->count; ++i) {
    any = any || elements_[arg->index + i].kind != Arg::Kind::kSink;
  }
  if (!any) {
    Report(diag::Kind::kPtxOperand, open, TextOf(open), "registers, at least one");
    return false;
  }
  if (Accept(close)) return true;
  Report(diag::Kind::kUnclosedBracket, open, close == '}' ? "'{'" : "'('");
  return false;
}

WS_HD bool Reader::ReadOperand(Arg* arg, uint32_t depth) {
  *arg = Arg();
  arg->token = at_;
  const bool ok = ReadOperandText(arg, depth);
  arg->end = at_;
  return ok;
}

WS_HD Token Reader::Whole(const Arg& arg) const {
  Token t = tokens_[arg.token];
  if (arg.end <= arg.token) return t;
  const Token& last = tokens_[arg.end - 1];
  t.length = last.begin + last.length - t.begin;
  return t;
}

WS_HD bool Reader::ReadOperandText(Arg* arg, uint32_t depth) {
  const Token t = Now();
  if (t.Is('[')) return ReadAddress(arg);
  if (t.Is('{') || t.Is('(')) {
    // (1 + 2) is a constant, (%r1, %r2) a list.
    const bool list = t.Is('{') || op_ == Op::kCall || Behind(1).kind == TokenKind::kWord;
    if (list) return ReadVector(arg, depth);
  }
  if (t.Is('_')) {
    ++at_;
    arg->kind = Arg::Kind::kSink;
    if (Accept('|')) {  // _|p
      Arg second;
      if (!ReadOperand(&second, depth)) return false;
      if (second.kind != Arg::Kind::kRegister) {
        BadOperand(second, "a predicate");
        return false;
      }
      arg->second = second.reg;
    }
    return true;
  }
  if (t.Is('!') && Behind(1).kind == TokenKind::kWord) {
    ++at_;
    arg->negated = true;
  }
  if (t.Is('-') && Behind(1).kind == TokenKind::kWord &&
      Find(Behind(1).word).meaning == Meaning::kRegister) {
    ++at_;
    arg->minus = true;
  }
  if (Now().kind == TokenKind::kWord && !SameText(TextOf(Now()), "WARP_SZ")) {
    const Token name = Now();
    const std::string_view text = TextOf(name);
    const Binding b = Find(name.word);
    ++at_;
    if (b.meaning == Meaning::kRegister) {
      arg->kind = Arg::Kind::kRegister;
      arg->reg = RegId(b.index);
      if (Now().kind == TokenKind::kDot) arg->selector = at_++;
      if (Accept('|')) {
        const Token other = Now();
        const bool sink = Accept('_');
        if (sink) return true;
        if (!Expect(TokenKind::kWord, "a predicate")) return false;
        ++at_;
        const Binding second = Find(other.word);
        if (second.meaning != Meaning::kRegister) {
          ReportUnknown(other);
          return false;
        }
        arg->second = RegId(second.index);
      }
      return true;
    }
    if (b.meaning == Meaning::kVector) {
      const VectorRegister v = vectors_[b.index];
      arg->kind = Arg::Kind::kVector;
      arg->is_wide = v.is_wide;
      arg->index = elements_.size();
      arg->count = v.count;
      for (uint32_t i = 0; i < v.count; ++i) {
        Arg element;
        element.kind = Arg::Kind::kRegister;
        element.reg = RegId(v.first.index + i);
        element.token = arg->token;
        elements_.push_back(element);
      }
      return true;
    }
    if (b.meaning != Meaning::kNone) {
      arg->kind = Arg::Kind::kSymbol;
      arg->binding = b;
      if (Accept('+')) {
        uint64_t offset = 0;
        if (!ReadCount(&offset)) return false;
        arg->offset = static_cast<int64_t>(offset);
      }
      return true;
    }
    uint32_t special = 0;
    if (FindSpecial(text, &special)) {
      arg->kind = Arg::Kind::kSpecial;
      arg->index = special;
      return true;
    }
    if (FindVectorSpecial(text)) {
      arg->kind = Arg::Kind::kVectorSpecial;
      return true;
    }
    if (FindConstantSpecial(text, &arg->bits)) {
      arg->kind = Arg::Kind::kInteger;
      return true;
    }
    arg->kind = Arg::Kind::kName;
    return true;
  }
  Value value;
  if (!ReadValue(&value)) return false;
  arg->bits = value.bits;
  switch (value.kind) {
    case Value::Kind::kInteger:
      arg->kind = Arg::Kind::kInteger;
      break;
    case Value::Kind::kFloat32:
      arg->kind = Arg::Kind::kFloat32;
      break;
    case Value::Kind::kFloat64:
      arg->kind = Arg::Kind::kFloat64;
      break;
    case Value::Kind::kSymbol:
      arg->kind = Arg::Kind::kSymbol;
      arg->binding = value.symbol;
      arg->offset = static_cast<int64_t>(value.bits);
      break;
  }
  return true;
}

WS_HD bool Reader::ReadOperands() {
  args_.clear();
  elements_.clear();
  if (Accept(';')) return true;
  do {
    Arg arg;
    if (!ReadOperand(&arg, 0)) {
      failed_ = true;
      return false;
    }
    args_.push_back(arg);
  } while (Accept(','));
  return Expect(';');
}

WS_HD bool Reader::NeedArgs(uint32_t least, uint32_t most) {
  if (failed_) return false;
  if (args_.size() >= least && args_.size() <= most) return true;
  Report(diag::Kind::kPtxOperandCount, tokens_[opcode_], OpcodeText(),
         args_.size() < least ? least : most, args_.size());
  return false;
}

WS_HD void Reader::BadOperand(const Arg& arg, const char* wanted) {
  if (failed_) return;
  const Token t = Whole(arg);
  if (arg.kind == Arg::Kind::kName) {
    ReportUnknown(t);
    return;
  }
  Report(diag::Kind::kPtxOperand, t, TextOf(t), wanted);
}

// --- values

WS_HD std::span<const Arg> Reader::ElementsOf(const Arg& arg) const {
  if (arg.kind != Arg::Kind::kVector) return {&arg, 1};
  return {elements_.data() + arg.index, arg.count};
}

WS_HD Operand Reader::DstOf(const Arg& arg, Type type) {
  if (arg.kind == Arg::Kind::kSink) return Operand::Reg(Temp(type));
  if (arg.kind != Arg::Kind::kRegister || arg.is_address || arg.negated || arg.IsVideo()) {
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
      if (IsFloat(type)) break;
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
      if (arg.binding.meaning == Meaning::kScratch || (op_ != Op::kMov && op_ != Op::kCvta)) {
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
  if (arg.kind != Arg::Kind::kRegister || arg.is_address) return false;
  const Type have = builder_->RegType(arg.reg);
  const bool untyped = have >= Type::kB8 && have <= Type::kB64;
  return have != Type::kPred && BytesOf(have) > BytesOf(type) && (untyped || !IsFloat(type));
}

WS_HD void Reader::WidenTo(const Arg& arg, Type type, RegId from) {
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
