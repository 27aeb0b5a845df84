// Function bodies: scopes, labels, statements. device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

WS_HD void Reader::BindParams(FunctionId id, const Signature& signature) {
  const Function f = module_->functions[id.index];
  func_params_.clear();
  written_.clear();
  if (in_kernel_) {
    for (uint32_t i = 0; i < kernel_params_.size(); ++i) {
      Bind(tokens_[kernel_params_[i].token], kernel_params_[i].name, Meaning::kKernelParam,
           kernel_params_[i].row);
    }
    return;
  }
  uint32_t next = f.first_param;
  for (uint32_t i = 0; i < uint32_t{signature.num_results} + signature.num_params; ++i) {
    const SignatureParam p = params_[signature.first + i];
    const bool is_param = i >= signature.num_results || p.bytes > 0;
    const RegId reg = builder_->NewReg(is_param ? module_->params[next].type : p.type);
    if (is_param) module_->params[next++].reg = reg;
    func_params_.push_back(reg);
    if (!p.name.valid()) continue;
    Bind(Now(), p.name, p.is_register ? Meaning::kRegister : Meaning::kFuncParam,
         p.is_register ? reg.index : i);
  }
}

// A word in front of a colon is a label in the scope of its braces, also before it stands there.
// Labels of targets and prototypes are bound where they are read.
WS_HD void Reader::FindLabels() {
  labels_.clear();
  scope_labels_.clear();
  scope_labels_.push_back(0);
  Vec<uint32_t> open(*arena_);
  open.push_back(0);
  for (uint32_t i = at_; i + 1 < tokens_.size() && !open.empty() && !arena_->failed(); ++i) {
    const Token& t = tokens_[i];
    if (t.kind == TokenKind::kWord && tokens_[i + 1].Is(':')) {
      ++i;
      if (tokens_[i + 1].kind == TokenKind::kDot) {
        const Mod mod = Words::ModOf(tokens_[i + 1].word);
        if (mod == Mod::kBranchtargets || mod == Mod::kCalltargets || mod == Mod::kCallprototype) {
          continue;
        }
      }
      labels_.push_back({i - 1, scope_labels_[open.back()]});
      scope_labels_[open.back()] = labels_.size();
    } else if (t.Is('{')) {
      // Braces of operands open no scope.
      const Token& before = tokens_[i - 1];
      const bool is_operand = before.kind == TokenKind::kDot || before.Is(',') || before.Is('=') ||
                              before.Is('(') || before.Is('[');
      if (is_operand) {
        while (i + 1 < tokens_.size() && !tokens_[i].Is('}') && !tokens_[i].Is(';')) ++i;
      } else {
        scope_labels_.push_back(0);
        open.push_back(scope_labels_.size() - 1);
      }
    } else if (t.Is('}')) {
      open.pop_back();
    }
  }
}

WS_HD void Reader::BindLabels(uint32_t scope) {
  if (scope >= scope_labels_.size()) return;
  for (uint32_t i = scope_labels_[scope]; i != 0; i = labels_[i - 1].next) {
    const Token& t = tokens_[labels_[i - 1].token];
    Bind(t, t.word, Meaning::kLabel, builder_->NewBlock().index);
  }
}

WS_HD void Reader::EnsureBlock() {
  if (!builder_->open()) builder_->StartBlock(builder_->NewBlock(), LocOf(Now()));
}

WS_HD uint32_t Reader::AddFrame(uint64_t bytes, uint32_t align, Type element) {
  frame_bytes_ = (frame_bytes_ + align - 1) / align * align;
  uint32_t& frame_align = module_->functions[function_.index].frame_align;
  if (align > frame_align) frame_align = align;
  if (bytes > kMaxLocalBytes || frame_bytes_ + bytes > kMaxLocalBytes) {
    Report(diag::Kind::kPtxUnsupported, Now(), "a thread's local memory of this size");
    return 0;
  }
  frame_.push_back(
      {static_cast<uint32_t>(frame_bytes_), static_cast<uint32_t>(bytes), align, element});
  frame_bytes_ += bytes;
  return frame_.size() - 1;
}

// A new scope, of which nothing is known yet.
WS_HD void Reader::BeginBody() {
  frame_.clear();
  vectors_.clear();
  targets_.clear();
  target_tokens_.clear();
  stack_ = RegId();
  source_loc_ = {};
  next_scope_ = 0;
  failed_ = false;
  OpenScope();
}

// To behind the brace that closes all scopes inside of scope `outside`; of inline assembly to the
// end.
WS_HD void Reader::ReadStatements(const Token& open, uint32_t outside) {
  while (!stopped() && depth_ > outside) {
    const bool is_outermost = is_inline() && depth_ == outside + 1;
    if (AtEnd()) {
      if (!is_outermost) Report(diag::Kind::kUnclosedBracket, open, "'{'");
      break;
    }
    failed_ = false;
    if (is_outermost && Now().Is('}')) {
      ReportExpected("an instruction");
      ++at_;
    } else if (Accept('}')) {
      CloseScope();
    } else {
      const uint32_t begin = at_;
      ReadStatement();
      if (failed_ && !(at_ > begin && tokens_[at_ - 1].Is(';'))) Recover();
    }
  }
  while (depth_ > outside) CloseScope();
  failed_ = false;
}

WS_HD void Reader::ReadBody(FunctionId id, const Signature& signature) {
  const Token open = Now();
  ++at_;
  FunctionBuilder builder(*module_, id);
  builder_ = &builder;
  function_ = id;
  in_kernel_ = module_->functions[id.index].kind == FunctionKind::kKernel;
  signature_ = signature;
  frame_bytes_ = 0;
  carry_ = RegId();
  const uint32_t outside = depth_;
  BeginBody();
  BindParams(id, signature);
  FindLabels();
  BindLabels(0);
  builder.StartBlock(builder.NewBlock(), LocOf(open));
  BeginStack();
  if (in_kernel_ && cluster_token_ != 0) {  // a block is a cluster by itself here
    guard_ = RegId();
    opcode_ = cluster_token_;
    num_mods_ = 0;
    Refuse();
  }
  ReadStatements(open, outside);
  if (stopped()) return;
  if (builder.open()) {  // a body may end without ret
    guard_ = RegId();
    args_.clear();
    ReadReturn();
  }
  if (sink_->errors() == errors_before_) {
    builder.Finish();
    module_->functions[id.index].frame_bytes = static_cast<uint32_t>(frame_bytes_ + 15) / 16 * 16;
  } else {
    module_->functions[id.index].num_blocks = 1;  // it was defined, though not well
  }
  builder_ = nullptr;
}

WS_HD void Reader::ReadStatement() {
  const Token t = Now();
  if (t.Is('{')) {
    if (depth_ >= kMaxDepth) {
      Report(diag::Kind::kNestedTooDeep, t, kMaxDepth);
      SkipBraces();
      return;
    }
    ++at_;
    OpenScope();
    BindLabels(++next_scope_);
    return;
  }
  if (t.kind == TokenKind::kDot) {
    ReadBodyDirective();
    return;
  }
  guard_ = RegId();
  guard_negated_ = false;
  if (Accept('@')) {
    guard_negated_ = Accept('!');
    const Token name = Now();
    if (!Expect(TokenKind::kWord, "a predicate")) return;
    ++at_;
    const Binding b = Find(name.word);
    if (b.meaning != Meaning::kRegister || builder_->RegType(RegId(b.index)) != Type::kPred) {
      if (b.meaning == Meaning::kNone) {
        ReportUnknown(name);
      } else {
        Report(diag::Kind::kPtxOperand, name, TextOf(name), "a predicate");
      }
      return;
    }
    guard_ = RegId(b.index);
  } else if (t.kind == TokenKind::kWord && Behind(1).Is(':')) {
    at_ += 2;
    const Mod mod = Now().kind == TokenKind::kDot ? Words::ModOf(Now().word) : Mod::kCount;
    if (mod == Mod::kBranchtargets || mod == Mod::kCalltargets || mod == Mod::kCallprototype) {
      ReadTargets(t.word);
      return;
    }
    const Binding b = words_[t.word].binding;
    if (b.meaning != Meaning::kLabel) return;  // what it hides was reported
    const BlockId label(b.index);
    guard_ = RegId();
    if (builder_->open()) Emit(Op::kBra, Type::kNone, {}, {Operand::Block(label)});
    builder_->StartBlock(label, LocOf(t));
    return;
  }
  ReadInstruction();
}

// The name with a number behind it.
WS_HD WordId Reader::Numbered(WordId name, uint32_t number) {
  const std::string_view text = words_.text(name);
  char* const out = static_cast<char*>(arena_->Allocate(text.size() + 10));
  if (out == nullptr) return {};
  memcpy(out, text.data(), text.size());
  size_t digits = 1;
  for (uint32_t n = number; n > 9; n /= 10) ++digits;
  for (size_t i = digits; i > 0; --i, number /= 10) {
    out[text.size() + i - 1] = static_cast<char>('0' + number % 10);
  }
  return words_.Intern({out, text.size() + digits});
}

// .branchtargets a, b, c;   .callprototype (...) _ (...);
WS_HD void Reader::ReadTargets(WordId name) {
  const Token at = Now();
  const Mod mod = Words::ModOf(at.word);
  ++at_;
  if (mod == Mod::kCallprototype) {
    Signature signature;
    signature.first = params_.size();
    if (Now().Is('(') && !ReadParamList(&signature, true)) return;
    if (!Accept('_')) {
      ReportExpected("'_'");
      return;
    }
    if (Now().Is('(') && !ReadParamList(&signature, false)) return;
    while (Accept(Mod::kNoreturn)) {
    }
    signatures_.push_back(signature);
    Bind(at, name, Meaning::kPrototype, signatures_.size() - 1);
    Expect(';');
    return;
  }
  Targets targets{target_tokens_.size(), 0};
  do {
    const Token first = Now();
    if (!Expect(TokenKind::kWord, "a name")) return;
    ++at_;
    if (!Accept('<')) {
      target_tokens_.push_back({first.word, at_ - 1});
      ++targets.count;
      continue;
    }
    // L<3> are L0, L1 and L2.
    Value value;
    const Token size = Now();
    if (!ReadUnary(&value) || !Expect('>')) return;
    if (value.kind != Value::Kind::kInteger || value.bits > kMaxTargets) {
      Report(diag::Kind::kPtxBadConstant, size);
      return;
    }
    for (uint32_t i = 0; i < value.bits && !arena_->failed(); ++i) {
      target_tokens_.push_back({Numbered(first.word, i), at_ - 1});
      ++targets.count;
    }
  } while (Accept(','));
  targets_.push_back(targets);
  Bind(at, name, Meaning::kTargets, targets_.size() - 1);
  Expect(';');
}

// What only a module that is read as a whole can have.
WS_HD void Reader::RefuseInline(const char* what) {
  Report(diag::Kind::kPtxUnsupported, tokens_[at_ > 0 ? at_ - 1 : 0], what);
}

WS_HD void Reader::ReadModuleVariable(Space space) {
  if (is_inline()) return RefuseInline("a variable declared in inline assembly");
  ReadVariable(space, Linkage::kNone);
}

WS_HD void Reader::ReadBodyDirective() {
  const Token t = Now();
  ++at_;
  switch (Words::ModOf(t.word)) {
    case Mod::kReg:
      ReadRegisters();
      return;
    case Mod::kLocal:
      ReadLocalVariable(Space::kLocal);
      return;
    case Mod::kParam:
      ReadLocalVariable(Space::kParam);
      return;
    case Mod::kShared:
      ReadModuleVariable(Space::kShared);
      return;
    case Mod::kGlobal:
      ReadModuleVariable(Space::kGlobal);
      return;
    case Mod::kConst:
      ReadModuleVariable(Space::kConst);
      return;
    case Mod::kLoc:
      ReadLoc();
      return;
    case Mod::kPragma: {
      const bool nounroll =
          Now().kind == TokenKind::kString && SameText(TextOf(Now()), "\"nounroll\"");
      if (nounroll && builder_->open()) builder_->SetUnroll(1);
      ReadPragma();
      return;
    }
    default:
      Report(diag::Kind::kPtxDirective, t, TextOf(t));
  }
}

// The type of registers: .v4 .f32, .b128; bits of 128 are two halves.
WS_HD bool Reader::ReadRegisterType(Type* type, uint32_t* vector, bool* is_wide) {
  *vector = 1;
  const Token begin = Now();
  if (Accept(Mod::kAlign)) {
    uint64_t unused = 0;
    if (!ReadCount(&unused)) return false;
  }
  const ModInfo first =
      InfoOf(Now().kind == TokenKind::kDot ? Words::ModOf(Now().word) : Mod::kCount);
  if (first.cls == ModClass::kVector) {
    *vector = first.value;
    ++at_;
  }
  const Token t = Now();
  const Mod mod = t.kind == TokenKind::kDot ? Words::ModOf(t.word) : Mod::kCount;
  *is_wide = mod == Mod::kB128;
  *type = *is_wide ? Type::kB64 : static_cast<Type>(InfoOf(mod).value);
  const bool known = *is_wide || (InfoOf(mod).cls == ModClass::kType && *type != Type::kBF16 &&
                                  *type != Type::kBF16x2);
  if (!known) {
    ReportExpected("a type");
    return false;
  }
  ++at_;
  if (*vector > 1 && *type == Type::kPred) {
    Report(diag::Kind::kPtxLimit, t, TextOf(t), "an element of a vector",
           "declare predicates one by one");
    return false;
  }
  if (*vector * BytesOf(*type) * (*is_wide ? 2 : 1) > kMaxVectorBytes || *vector > 4) {
    Report(diag::Kind::kPtxLimit, begin, TextOf(begin), "a vector of this type",
           "a vector has 2 or 4 elements, together at most 16 bytes");
    return false;
  }
  if (*is_wide) *vector = 2;
  return true;
}

WS_HD bool Reader::HidesNames(const Token& name, uint64_t count) {
  for (uint32_t i = scope_starts_.empty() ? 0 : scope_starts_.back(); i < undo_.size(); ++i) {
    const WordId word = undo_[i].word;
    if (undo_[i].is_range || words_[word].binding.meaning == Meaning::kLabel) continue;
    words_.Split(word);
    if (words_[word].prefix.index != name.word.index || words_[word].number >= count) continue;
    Report(diag::Kind::kRedeclared, name, words_.text(word));
    return true;
  }
  return false;
}

// .reg .type name, name<count>, ...;
WS_HD void Reader::ReadRegisters() {
  Type type = Type::kNone;
  uint32_t vector = 1;
  bool is_wide = false;
  if (!ReadRegisterType(&type, &vector, &is_wide)) return;
  do {
    const Token name = Now();
    if (!Expect(TokenKind::kWord, "the name of a register")) return;
    ++at_;
    if (Accept('<')) {
      const Token size = Now();
      // The closing > is no comparison here.
      Value value;
      if (!ReadUnary(&value)) return;
      const uint64_t count = value.bits;
      if (value.kind != Value::Kind::kInteger || count > (uint64_t{1} << 31)) {
        Report(diag::Kind::kPtxBadConstant, size);
        return;
      }
      if (!Expect('>') || HidesNames(name, count)) return;
      const uint32_t before = words_[name.word].range;
      if (before != 0 && ranges_[before - 1].depth == depth_) {
        Report(diag::Kind::kRedeclared, name, TextOf(name));
        return;
      }
      const char last = text_.data()[name.begin + name.length - 1];
      digits_before_range_ = digits_before_range_ || (last >= '0' && last <= '9');
      undo_.push_back({name.word, {}, before, true});
      ranges_.push_back({type, static_cast<uint32_t>(count), depth_, before, vector, is_wide});
      words_[name.word].range = ranges_.size();
      continue;
    }
    if (vector == 1) {
      Bind(name, name.word, Meaning::kRegister, builder_->NewReg(type).index);
    } else {
      Bind(name, name.word, Meaning::kVector, AddVector(type, vector, is_wide));
    }
  } while (Accept(','));
  Expect(';');
}

WS_HD void Reader::ReadLocalVariable(Space space) {
  Declared declared;
  if (!ReadType(&declared)) return;
  do {
    const Token name = Now();
    if (!Expect(TokenKind::kWord, "the name of a variable")) return;
    ++at_;
    const Token here = Now();
    Dimensions dimensions;
    if (!ReadDimensions(&dimensions)) return;
    const bool is_array = dimensions.count > 0 || declared.vector > 1;
    if (space == Space::kParam && !is_array) {
      Bind(name, name.word, Meaning::kScratch, builder_->NewReg(declared.type).index);
      continue;
    }
    if (dimensions.elements == 0) {
      Report(diag::Kind::kArrayWithoutSize, here, TextOf(name));
      return;
    }
    const uint64_t bytes = dimensions.elements * declared.bytes;
    const uint32_t index = AddFrame(bytes, declared.align, declared.type);
    if (failed_) return;
    Bind(name, name.word, Meaning::kFrame, index);
  } while (Accept(','));
  Expect(';');
}

WS_HD void Reader::ReadInstruction() {
  const Token t = Now();
  if (!Expect(TokenKind::kWord, "an instruction")) return;
  opcode_ = at_;
  ++at_;
  EnsureBlock();
  num_mods_ = 0;
  while (Now().kind == TokenKind::kDot) {
    if (num_mods_ == kMaxModifiers) {
      Report(diag::Kind::kPtxForm, Now(), TextOf(t), TextOf(Now()));
      return;
    }
    mods_[num_mods_++] = {Words::ModOf(Now().word), false, at_};
    ++at_;
  }
  const uint32_t row = Words::OpcodeOf(t.word);
  if (row == kNumOpcodes) {
    Report(diag::Kind::kPtxInstruction, t, TextOf(t));
    return;
  }
  const OpcodeInfo info = OpcodeAt(row);
  op_ = info.op;
  if (!FitsGrammar(row)) return;
  if (info.form == Form::kNotExecuted) {
    ReadNotExecuted();
    return;
  }
  if (!ReadOperands()) return;
  for (uint32_t i = 0; i < args_.size(); ++i) {
    const bool no_pair = i > 0 || !GivesPredicate(info.form);
    if ((args_[i].second.valid() && no_pair) || (args_[i].has_sink && i > 0)) {
      BadOperand(args_[i], "one register");
      return;
    }
  }
  if (args_.size() > 0 && args_[0].kind == Arg::Kind::kSink && !MayDiscard(info.form)) {
    BadOperand(args_[0], "a register: the result of this instruction is not left out");
    return;
  }
  Dispatch(info.form);
  if (!failed_) CheckAllTaken();
}

// Forms whose result may be _.
WS_HD bool Reader::MayDiscard(Form form) {
  switch (form) {
    case Form::kCompare:
    case Form::kAtomic:
    case Form::kLop3:
    case Form::kMatch:
    case Form::kElect:
    case Form::kMbarrier:  // arrivals; ReadMbarrier refuses the others
      return true;
    default:
      return false;
  }
}

// Forms whose first operand may be d|p.
WS_HD bool Reader::GivesPredicate(Form form) {
  switch (form) {
    case Form::kCompare:
    case Form::kLop3:
    case Form::kShuffle:
    case Form::kMatch:
    case Form::kElect:
      return true;
    default:
      return false;
  }
}

WS_HD void Reader::Dispatch(Form form) {
  switch (form) {
#define FORM(name)    \
  case Form::k##name: \
    Read##name();     \
    break;
#include "ir/reader/forms.def"
#undef FORM
  }
}

WS_HD void Reader::ReadNotExecuted() {
  while (!AtEnd() && !Now().Is(';')) ++at_;
  Expect(';');
  Refuse();
}

// What the engine cannot do becomes a trap that says so when it is reached.
WS_HD void Reader::Refuse() {
  const Token t = tokens_[opcode_];
  sink_->Report(diag::Kind::kPtxNotExecuted, LocOf(t), t.length, TextOf(t));
  for (uint32_t i = 0; i < num_mods_; ++i) mods_[i].taken = true;
  Emit(Op::kTrap, Type::kNone, {}, {}).sub = kTrapNotExecuted;
}

}  // namespace ws::ir::reader
