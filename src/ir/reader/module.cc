// Directives of a module. device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// Whether a directive of the module begins here.
WS_HD bool Reader::BeginsDirective(const Token& t) {
  if (t.kind != TokenKind::kDot) return false;
  switch (Words::ModOf(t.word)) {
    case Mod::kVersion:
    case Mod::kTarget:
    case Mod::kAddressSize:
    case Mod::kVisible:
    case Mod::kExtern:
    case Mod::kEntry:
    case Mod::kFunc:
    case Mod::kGlobal:
    case Mod::kConst:
    case Mod::kShared:
    case Mod::kSection:
      return true;
    default:
      return false;
  }
}

// .version, .target and .address_size, in this order, the last one where it is.
WS_HD bool Reader::ReadHead() {
  if (!Accept(Mod::kVersion)) {
    ReportExpected("'.version'");
    return false;
  }
  ReadVersion();
  if (failed_) return false;
  if (!Accept(Mod::kTarget)) {
    ReportExpected("'.target'");
    return false;
  }
  ReadTarget();
  if (failed_ || !Accept(Mod::kAddressSize)) return !failed_;
  const Token size = Now();
  uint64_t bits = 0;
  if (ReadCount(&bits) && bits != 64) {
    Report(diag::Kind::kPtxUnsupported, size, "an address size other than 64");
  }
  return true;
}

WS_HD void Reader::ReadModule() {
  failed_ = false;
  if (!ReadHead()) return;
  while (!AtEnd() && !stopped()) {
    failed_ = false;
    const uint32_t begin = at_;
    if (Now().kind == TokenKind::kDot) {
      ReadDirective();
    } else {
      ReportExpected("a directive");
      ++at_;
    }
    if (failed_ && !(at_ > begin && tokens_[at_ - 1].Is(';'))) {
      // To behind the next semicolon, or to the next directive.
      while (!AtEnd() && !BeginsDirective(Now()) && !Accept(';')) {
        if (Now().Is('{')) {
          SkipBraces();
        } else {
          ++at_;
        }
      }
    }
  }
  for (const Extern& e : externs_) {
    if (is_extern_[e.variable.index] != 0) {
      Report(diag::Kind::kPtxUndefined, tokens_[e.token], TextOf(tokens_[e.token]));
    }
  }
}

// A warning for each function without a body, where it is called first.
WS_HD void Reader::WarnOfUndefined() {
  Vec<uint8_t> is_told(*arena_);
  is_told.append(module_->functions.size(), uint8_t{0});
  if (arena_->failed()) return;
  for (const Call& call : calls_) {
    const Function& f = module_->functions[call.callee.index];
    if (f.num_blocks > 0 || is_told[call.callee.index] != 0) continue;
    is_told[call.callee.index] = 1;
    const Token& t = tokens_[call.token];
    sink_->Report(diag::Kind::kPtxUndefinedFunction, LocOf(t), t.length, f.name);
  }
}

// A directive of the module; what links it stands before it, once.
WS_HD void Reader::ReadDirective() {
  Linkage linkage = Linkage::kNone;
  if (Accept(Mod::kAttribute) && !ReadAttribute()) return;
  if (Accept(Mod::kVisible)) {
    linkage = Linkage::kVisible;
  } else if (Accept(Mod::kExtern)) {
    linkage = Linkage::kExtern;
  } else if (Accept(Mod::kWeak)) {
    linkage = Linkage::kWeak;
  } else if (Accept(Mod::kCommon)) {
    linkage = Linkage::kCommon;
  }
  const Token t = Now();
  if (t.kind != TokenKind::kDot) {
    ReportExpected("a directive");
    return;
  }
  ++at_;
  const Mod mod = Words::ModOf(t.word);
  const bool links = InfoOf(mod).cls == ModClass::kSpace || mod == Mod::kEntry || mod == Mod::kFunc;
  if ((linkage != Linkage::kNone && !links) ||
      (linkage == Linkage::kCommon && mod != Mod::kGlobal)) {
    Report(diag::Kind::kPtxDirective, t, TextOf(t));
    return;
  }
  switch (mod) {
    case Mod::kFile:
      ReadFile();
      return;
    case Mod::kSection:
      ReadSection();
      return;
    case Mod::kPragma:
      ReadPragma();
      return;
    case Mod::kAlias:
      ReadAlias();
      return;
    case Mod::kGlobal:
      ReadVariable(Space::kGlobal, linkage);
      return;
    case Mod::kConst:
      ReadVariable(Space::kConst, linkage);
      return;
    case Mod::kShared:
      ReadVariable(Space::kShared, linkage);
      return;
    case Mod::kEntry:
      ReadFunction(true, linkage);
      return;
    case Mod::kFunc:
      ReadFunction(false, linkage);
      return;
    default:
      Report(diag::Kind::kPtxDirective, t, TextOf(t));
  }
}

// .version major.minor
WS_HD void Reader::ReadVersion() {
  constexpr uint32_t kLatest[] = {0, 5, 3, 2, 3, 1, 5, 8, 8, 0};  // minor, by major
  const Token t = Now();
  const std::string_view text = TextOf(t);
  const char* const p = text.data();
  uint32_t major = 0;
  size_t at = 0;
  for (; at < text.size() && p[at] >= '0' && p[at] <= '9' && major < 10; ++at) {
    major = 10 * major + static_cast<uint32_t>(p[at] - '0');
  }
  const bool digits = at + 1 < text.size() && p[at] == '.' && p[at + 1] >= '0' && p[at + 1] <= '9';
  if (t.kind != TokenKind::kFloat64 || !digits) {
    ReportExpected("a version, as in 7.8");
    return;
  }
  ++at_;
  const uint32_t minor = static_cast<uint32_t>(p[at + 1] - '0');
  platform_.version = 10 * major + minor;
  if (major == 0 || major > 9 || minor > kLatest[major]) Report(diag::Kind::kPtxVersion, t, text);
}

// .target sm_90, debug
WS_HD void Reader::ReadTarget() {
  do {
    const Token t = Now();
    if (!Expect(TokenKind::kWord, "a target")) return;
    ++at_;
    const std::string_view text = TextOf(t);
    bool known = false;
    for (const std::string_view option :
         {"texmode_unified", "texmode_independent", "debug", "map_f64_to_f32"}) {
      known = known || SameText(text, option);
    }
    if (known) continue;
    uint32_t since = 0;
    if (!FindTarget(text, &platform_.number, &since)) {
      Report(diag::Kind::kPtxTarget, t, text);
      return;
    }
    size_t line = 0;
    while (text.data()[line] != '_') ++line;
    platform_.target = {text.data() + line + 1, text.size() - line - 1};
    if (platform_.version < since) {
      Report(diag::Kind::kPtxNeedsVersion, t, text, since / 10, since % 10);
      return;
    }
  } while (Accept(','));
}

// .pragma "words", ...;
WS_HD void Reader::ReadPragma() {
  do {
    if (!Expect(TokenKind::kString, "a string")) return;
    ++at_;
  } while (Accept(','));
  Expect(';');
}

// .alias name, of;   both are functions that stand before it, the first one without a body
WS_HD void Reader::ReadAlias() {
  FunctionId both[2];
  const Token alias = Now();
  for (uint32_t i = 0; i < 2; ++i) {
    const Token name = Now();
    if (!Expect(TokenKind::kWord, "the name of a function")) return;
    const Binding known = Find(name.word);
    if (known.meaning != Meaning::kFunction) {
      ReportUnknown(name);
      return;
    }
    both[i] = FunctionId(known.index);
    ++at_;
    if (!(i == 0 ? Expect(',') : Expect(';'))) return;
  }
  const uint32_t own = signature_of_[both[0].index], of = signature_of_[both[1].index];
  if (module_->functions[both[0].index].num_blocks > 0 || both[0] == both[1]) {
    Report(diag::Kind::kRedeclared, alias, TextOf(alias));
  } else if (own == 0xffffffffu || of == 0xffffffffu ||
             !SameSignature(signatures_[own], signatures_[of])) {
    Report(diag::Kind::kPtxSignature, alias, TextOf(alias));
  } else {
    aliases_.push_back({both[0], both[1]});
  }
}

// .file number "name" [, time, size]: read before everything else, by FindSourceFile.
WS_HD void Reader::ReadFile() {
  uint64_t number = 0;
  if (!ReadCount(&number) || !Expect(TokenKind::kString, "the name of a file")) return;
  ++at_;
  while (Accept(',')) {
    if (!ReadCount(&number)) return;
  }
}

// The `.file` that is the source whose lines `.loc` tells; compilers write it at the end.
WS_HD void Reader::FindSourceFile() {
  if (options_.lines_of >= module_->sources.size()) return;
  const diag::SourceFile& source = module_->sources.file(options_.lines_of);
  for (uint32_t i = 0; i + 2 < tokens_.size(); ++i) {
    const Token &number = tokens_[i + 1], &name = tokens_[i + 2];
    if (tokens_[i].kind != TokenKind::kDot || Words::ModOf(tokens_[i].word) != Mod::kFile ||
        number.kind != TokenKind::kInteger || name.kind != TokenKind::kString || name.length < 2) {
      continue;
    }
    // Whole paths stand there where a relative one was given.
    const size_t length = name.length - size_t{2}, wanted = source.name.size();
    const char* const written = text_.data() + name.begin + 1;
    if (length < wanted || !SameText({written + length - wanted, wanted}, source.name) ||
        (length > wanted && written[length - wanted - 1] != '/')) {
      continue;
    }
    Value value;
    if (!NumberOf(number, &value)) return;
    lines_file_ = static_cast<uint32_t>(value.bits);
    has_lines_ = true;
    line_starts_.push_back(0);
    for (uint32_t k = 0; k < source.text.size(); ++k) {
      if (source.text.data()[k] == '\n') line_starts_.push_back(k + 1);
    }
    return;
  }
}

// .loc file line column [, function_name label[+n], inlined_at file line column]
WS_HD void Reader::ReadLoc() {
  uint64_t file = 0, line = 0, column = 0;
  if (!ReadCount(&file) || !ReadCount(&line) || !ReadCount(&column)) return;
  while (Accept(',')) {
    while (Now().kind == TokenKind::kWord && !AtEnd()) ++at_;
    if (Accept('+')) ++at_;
    // inlined_at: the place that counts stays the innermost
    while (Now().kind == TokenKind::kInteger) ++at_;
  }
  source_loc_ = {};
  if (!has_lines_ || file != lines_file_ || line == 0 || line > line_starts_.size()) return;
  const diag::SourceFile& source = module_->sources.file(options_.lines_of);
  const uint32_t begin = line_starts_[static_cast<uint32_t>(line) - 1];
  const uint64_t at = begin + (column > 0 ? column - 1 : 0);
  source_loc_ = {source.base +
                 static_cast<uint32_t>(at < source.text.size() ? at : source.text.size())};
}

// A block in braces that is not read.
WS_HD void Reader::SkipBraces() {
  const Token open = Now();
  if (!Expect('{')) return;
  for (uint32_t depth = 1; depth > 0; ++at_) {
    if (AtEnd()) {
      Report(diag::Kind::kUnclosedBracket, open, "'{'");
      return;
    }
    if (Now().Is('{')) ++depth;
    if (Now().Is('}')) --depth;
  }
}

// .section .name { label: .b8 1, 2 .b64 label+4 .b32 label-label ... }: what debuggers read.
WS_HD void Reader::ReadSection() {
  if (!Expect(TokenKind::kDot, "the name of a section")) return;
  ++at_;
  const Token open = Now();
  if (!Expect('{')) return;
  while (!Accept('}')) {
    if (AtEnd()) {
      Report(diag::Kind::kUnclosedBracket, open, "'{'");
      return;
    }
    if (Now().kind == TokenKind::kWord) {
      ++at_;
      if (!Expect(':')) return;
      continue;
    }
    const Mod size = Now().kind == TokenKind::kDot ? Words::ModOf(Now().word) : Mod::kCount;
    if (size != Mod::kB8 && size != Mod::kB16 && size != Mod::kB32 && size != Mod::kB64) {
      ReportExpected("'.b8', '.b16', '.b32', '.b64' or a label");
      return;
    }
    ++at_;
    if (!ReadSectionData()) return;
  }
}

// Integers, or a place: a label or a section with a number added, or less another one.
WS_HD bool Reader::ReadSectionData() {
  if (Now().kind == TokenKind::kWord || Now().kind == TokenKind::kDot) {
    ++at_;
    if (Accept('+')) {
      if (!Expect(TokenKind::kInteger, "a number")) return false;
      ++at_;
    } else if (Accept('-')) {
      if (!Expect(TokenKind::kWord, "a label")) return false;
      ++at_;
    }
    return true;
  }
  do {
    Accept('-');
    if (!Expect(TokenKind::kInteger, "a number")) return false;
    ++at_;
  } while (Accept(','));
  return true;
}

// (.managed) or (.unified(number, number)), behind .attribute
WS_HD bool Reader::ReadAttribute() {
  if (!Expect('(')) return false;
  do {
    if (Accept(Mod::kUnified)) {
      uint64_t unused = 0;
      if (!Expect('(') || !ReadCount(&unused) || !Expect(',') || !ReadCount(&unused) ||
          !Expect(')')) {
        return false;
      }
    } else if (!Accept(Mod::kManaged)) {
      ReportExpected("'.managed' or '.unified'");
      return false;
    }
  } while (Accept(','));
  return Expect(')');
}

}  // namespace ws::ir::reader
