// Operands and modifiers of instructions. device-clean
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
  constexpr struct {
    std::string_view name, stands_for;
  } kOthers[] = {
      {"globaltimer", "clock64"},  // deterministic, as all clocks are
      {"globaltimer_lo", "clock"},
      {"aggr_smem_size", "total_smem_size"},  // nothing is reserved beside it
      {"clusterid.x", "ctaid.x"},             // each block is a cluster
      {"clusterid.y", "ctaid.y"},
      {"clusterid.z", "ctaid.z"},
      {"nclusterid.x", "nctaid.x"},
      {"nclusterid.y", "nctaid.y"},
      {"nclusterid.z", "nctaid.z"},
  };
  for (const auto& other : kOthers) {
    if (SameText(name, other.name)) name = other.stands_for;
  }
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
      {"%clusterid.w", 0},
      {"%nclusterid.w", 0},
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
  for (const std::string_view name : {"%tid", "%ntid", "%ctaid", "%nctaid", "%cluster_ctaid",
                                      "%cluster_nctaid", "%clusterid", "%nclusterid"}) {
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
  while (Accept('+')) {
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

// a[i] is the address of an element of the array, i a constant or a register; in brackets of memory
// instructions it does not stand.
WS_HD bool Reader::ReadIndex(Arg* arg) {
  const Binding b = arg->binding;
  uint32_t bytes = 0;
  if (b.meaning == Meaning::kGlobal) bytes = BytesOf(module_->globals[b.index].type);
  if (b.meaning == Meaning::kFrame) bytes = BytesOf(frame_[b.index].element);
  if (bytes == 0) {
    BadOperand(*arg, "an array, where an index stands behind it");
    return false;
  }
  ++at_;
  Binding index;
  if (Now().kind == TokenKind::kWord) index = Find(Now().word);
  if (index.meaning == Meaning::kRegister) {
    const Type type = builder_->RegType(RegId(index.index));
    if (IsFloat(type) || BytesOf(type) < 4) {
      ReportExpected("a register of 32 or 64 bits, or a constant");
      return false;
    }
    ++at_;
    const Operand base = AddressOf(b, 0, Type::kU64), i = Operand::Reg(RegId(index.index));
    const Operand at = BytesOf(type) == 8
                           ? Value1(Op::kMad, Type::kU64, {i, Imm(bytes), base})
                           : ValueOf(Op::kMadWide, IsSigned(type) ? Type::kS32 : Type::kU32,
                                     Type::kU64, {i, Imm(bytes), base});
    arg->kind = Arg::Kind::kRegister;
    arg->is_address = true;
    arg->reg = at.reg();
  } else {
    uint64_t count = 0;
    if (!ReadCount(&count)) return false;
    arg->offset = static_cast<int64_t>(count * bytes);
  }
  arg->is_element = true;
  return Expect(']');
}

// %r1+4 as a value.
WS_HD bool Reader::AddToRegister(Arg* arg) {
  ++at_;
  uint64_t count = 0;
  if (!ReadCount(&count)) return false;
  const Type have = builder_->RegType(arg->reg);
  const uint32_t bytes = BytesOf(have);
  if (have == Type::kPred || have == Type::kF32 || have == Type::kF64 || bytes < 2) {
    BadOperand(*arg, "a register of integers, where a constant is added");
    return false;
  }
  const Type sum = bytes == 8 ? Type::kU64 : bytes == 4 ? Type::kU32 : Type::kU16;
  const RegId to = Temp(have);
  Emit(Op::kAdd, sum, {Operand::Reg(to)},
       {Operand::Reg(arg->reg), Imm(BitsIn({Value::Kind::kInteger, count, {}}, sum))});
  arg->reg = to;
  arg->is_sum = true;
  return true;
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
    const bool list =
        t.Is('{') || op_ == Op::kCall ||
        (Behind(1).kind == TokenKind::kWord && !SameText(TextOf(Behind(1)), "WARP_SZ"));
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
      if (Now().Is('+') && !arg->IsVideo()) return AddToRegister(arg);
      if (Accept('|')) {
        const Token other = Now();
        arg->has_sink = Accept('_');
        if (arg->has_sink) return true;
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
      if (Now().Is('[')) return ReadIndex(arg);
      if (Accept('+')) {
        uint64_t offset = 0;
        if (!ReadCount(&offset)) return false;
        arg->offset = static_cast<int64_t>(offset);
        arg->is_sum = true;
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
      arg->is_fixed = true;
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

}  // namespace ws::ir::reader
