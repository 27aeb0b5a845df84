// Directives and variables of a module. device-clean
#include "ir/float_ops.h"
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

WS_HD void Reader::ReadModule() {
  bool said = false;
  while (!AtEnd() && !stopped()) {
    failed_ = false;
    const uint32_t begin = at_;
    if (Now().kind == TokenKind::kDot) {
      said = said || Words::ModOf(Now().word) == Mod::kVersion;
      if (!said) {
        ReportExpected("'.version'");
        return;
      }
      ReadDirective();
    } else if (!Accept(';')) {
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
  if (!said && !stopped()) ReportExpected("'.version'");
  for (const Extern& e : externs_) {
    if (is_extern_[e.variable.index] != 0) {
      Report(diag::Kind::kPtxUndefined, tokens_[e.token], TextOf(tokens_[e.token]));
    }
  }
}

WS_HD void Reader::ReadDirective() {
  bool is_extern = false;
  while (Accept(Mod::kVisible) || Now().kind == TokenKind::kDot) {
    const Mod mod = Words::ModOf(Now().word);
    if (mod == Mod::kExtern) is_extern = true;
    if (mod != Mod::kExtern && mod != Mod::kWeak && mod != Mod::kCommon) break;
    ++at_;
  }
  const Token t = Now();
  if (t.kind != TokenKind::kDot) {
    ReportExpected("a directive");
    return;
  }
  ++at_;
  switch (Words::ModOf(t.word)) {
    case Mod::kVersion:
      ReadVersion();
      return;
    case Mod::kTarget:
      do {
        if (!Expect(TokenKind::kWord, "a target")) return;
        ++at_;
      } while (Accept(','));
      return;
    case Mod::kAddressSize: {
      const Token size = Now();
      uint64_t bits = 0;
      if (ReadCount(&bits) && bits != 64) {
        Report(diag::Kind::kPtxUnsupported, size, "an address size other than 64");
      }
      return;
    }
    case Mod::kFile:
      ReadFile();
      return;
    case Mod::kLoc:
      ReadLoc();
      return;
    case Mod::kSection:
      while (!AtEnd() && !Now().Is('{')) ++at_;
      SkipBraces();
      return;
    case Mod::kPragma:
    case Mod::kAlias:
      Recover();
      return;
    case Mod::kGlobal:
      ReadVariable(Space::kGlobal, is_extern);
      return;
    case Mod::kConst:
      ReadVariable(Space::kConst, is_extern);
      return;
    case Mod::kShared:
      ReadVariable(Space::kShared, is_extern);
      return;
    case Mod::kTex:
      ReadVariable(Space::kGlobal, false);
      return;
    case Mod::kEntry:
      ReadFunction(true, is_extern);
      return;
    case Mod::kFunc:
      ReadFunction(false, is_extern);
      return;
    default:
      Report(diag::Kind::kPtxDirective, t, TextOf(t));
  }
}

WS_HD void Reader::ReadVersion() {
  const Token t = Now();
  if (t.kind != TokenKind::kFloat64 && t.kind != TokenKind::kInteger) {
    ReportExpected("a version, as in 7.8");
    return;
  }
  ++at_;
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

WS_HD bool Reader::ReadType(Declared* declared) {
  uint64_t align = 0;
  if (Accept(Mod::kAttribute)) {
    if (!Expect('(')) return false;
    while (!AtEnd() && !Now().Is(')')) ++at_;
    if (!Expect(')')) return false;
  }
  if (Accept(Mod::kAlign)) {
    const Token t = Now();
    if (!ReadCount(&align)) return false;
    if (align == 0 || (align & (align - 1)) != 0 || align > 4096) {
      Report(diag::Kind::kPtxBadConstant, t);
      return false;
    }
  }
  if (Now().kind != TokenKind::kDot) {
    ReportExpected("a type");
    return false;
  }
  ModInfo info = InfoOf(Words::ModOf(Now().word));
  if (info.cls == ModClass::kVector) {
    declared->vector = info.value;
    ++at_;
    info = InfoOf(Words::ModOf(Now().word));
  }
  const Token t = Now();
  const Mod mod = t.kind == TokenKind::kDot ? Words::ModOf(t.word) : Mod::kCount;
  uint32_t bytes = 0;
  if (t.kind == TokenKind::kDot && info.cls == ModClass::kType) {
    declared->type = static_cast<Type>(info.value);
    bytes = BytesOf(declared->type);
  } else if (mod == Mod::kTexref || mod == Mod::kSamplerref || mod == Mod::kSurfref) {
    declared->type = Type::kB64;
    bytes = 8;
  } else if (mod == Mod::kB128) {
    Report(diag::Kind::kPtxUnsupported, t, "a variable of type .b128");
    return false;
  } else {
    ReportExpected("a type");
    return false;
  }
  ++at_;
  declared->bytes = bytes * declared->vector;
  const uint32_t natural = declared->bytes;
  declared->align = align > natural ? static_cast<uint32_t>(align) : natural;
  if (align != 0 && align < natural) declared->align = static_cast<uint32_t>(align);
  return true;
}

WS_HD bool Reader::ReadDimensions(Dimensions* dimensions) {
  *dimensions = Dimensions();
  while (Now().Is('[')) {
    const Token open = Now();
    ++at_;
    if (dimensions->count == Dimensions::kMost) {
      Report(diag::Kind::kNestedTooDeep, open, Dimensions::kMost);
      return false;
    }
    uint64_t size = 0;
    if (!Now().Is(']')) {
      if (!ReadCount(&size)) return false;
      if (size == 0 || dimensions->elements > (uint64_t{1} << 40) / size) {
        Report(diag::Kind::kPtxBadConstant, open);
        return false;
      }
    } else if (dimensions->count > 0) {
      ReportExpected("a size");
      return false;
    }
    if (!Expect(']')) return false;
    dimensions->sizes[dimensions->count++] = size;
    dimensions->elements *= size;
  }
  return true;
}

WS_HD bool Reader::PutValue(const Declared& declared, uint64_t at, Initial* initial) {
  const uint32_t bytes = BytesOf(declared.type);
  const Token t = Now();
  Value value;
  if (!ReadValue(&value)) return false;
  if (value.kind == Value::Kind::kSymbol && value.symbol.meaning == Meaning::kFunction) {
    const uint32_t f = value.symbol.index;
    if (is_address_taken_[f] == 0) address_taken_.push_back(FunctionId(f));
    is_address_taken_[f] = 1;
    value.bits += kFunctionAddress | (uint64_t{f} + 1);
    value.kind = Value::Kind::kInteger;
  }
  if (at + bytes > initial->bytes.size()) {
    Report(diag::Kind::kPtxTooManyValues, t);
    return false;
  }
  if (value.kind == Value::Kind::kSymbol) {
    const Global& target = module_->globals[value.symbol.index];
    if (bytes != 8 || at % 8 != 0 || target.space == Space::kShared) {
      Report(diag::Kind::kPtxUnsupported, t,
             "an address here: it wants 8 bytes of its own, of a global or constant variable");
      return false;
    }
    initial->addresses.push_back(
        {at, GlobalId(value.symbol.index), static_cast<int64_t>(value.bits)});
    return true;
  }
  const bool is_float = value.kind != Value::Kind::kInteger;
  if (is_float && !IsFloat(declared.type) && !(value.kind == Value::Kind::kFloat32 && bytes == 4) &&
      bytes != 8) {
    Report(diag::Kind::kPtxBadConstant, t);
    return false;
  }
  uint64_t bits = BitsIn(value, declared.type);
  // Here an integer is the value of a floating variable.
  if (!is_float && declared.type == Type::kF32) {
    bits = BitsOf(static_cast<float>(static_cast<int64_t>(value.bits)));
  }
  if (!is_float && declared.type == Type::kF64) {
    bits = BitsOf(static_cast<double>(static_cast<int64_t>(value.bits)));
  }
  for (uint32_t i = 0; i < bytes; ++i) {
    initial->bytes[static_cast<uint32_t>(at) + i] = static_cast<uint8_t>(bits >> (8 * i));
  }
  return true;
}

WS_HD bool Reader::ReadInitialValues(const Declared& declared, const Dimensions& dimensions,
                                     uint32_t level, uint64_t at, Initial* initial) {
  const uint64_t element = BytesOf(declared.type);
  if (!Now().Is('{')) return PutValue(declared, at, initial);
  if (level > dimensions.count) {
    ReportExpected("a constant");
    return false;
  }
  uint64_t row = declared.bytes;  // what a brace inside of this one fills
  for (uint32_t i = level + 1; i < dimensions.count; ++i) row *= dimensions.sizes[i];
  ++at_;
  while (!Now().Is('}')) {
    if (stopped()) return false;
    const bool inner = Now().Is('{');
    if (!ReadInitialValues(declared, dimensions, level + 1, at, initial)) return false;
    at += inner ? row : element;
    if (!Accept(',')) break;
  }
  return Expect('}');
}

WS_HD void Reader::ReadVariable(Space space, bool is_extern) {
  Declared declared;
  if (!ReadType(&declared)) return;
  do {
    const Token name = Now();
    if (!Expect(TokenKind::kWord, "the name of a variable")) return;
    ++at_;
    Dimensions dimensions;
    if (!ReadDimensions(&dimensions)) return;
    const Binding before = depth_ == 0 ? words_[name.word].binding : Binding();
    const bool was_extern = before.meaning == Meaning::kGlobal && is_extern_[before.index] != 0;
    uint32_t index = before.index;
    bool linked = false;
    if (!was_extern) {
      for (const PtxLink& link : options_.links) {
        if (!link.variable.valid() || !SameText(link.symbol, TextOf(name))) continue;
        index = link.variable.index;
        linked = true;
      }
      if (!linked) {
        Global g;
        g.name = TextOf(name);
        g.loc = LocOf(name);
        module_->globals.push_back(g);
        index = module_->globals.size() - 1;
      }
      while (is_extern_.size() <= index && is_extern_.append(1, uint8_t{0})) {
      }
      if (stopped()) return;
      Bind(name, name.word, Meaning::kGlobal, index);
      if (is_extern && !linked && space != Space::kShared) {
        externs_.push_back({GlobalId(index), at_ - 1});
        is_extern_[index] = 1;
      }
    } else if (!is_extern) {
      is_extern_[index] = 0;
    }
    const uint64_t bytes = dimensions.elements * declared.bytes;
    Initial initial{Vec<uint8_t>(*arena_), Vec<Relocation>(*arena_)};
    uint64_t counted = bytes;
    if (Accept('=')) {
      if (space == Space::kShared) {
        Report(diag::Kind::kSharedInitialized, name, TextOf(name));
        return;
      }
      if (dimensions.count > 0 && dimensions.sizes[0] == 0) {
        // The values say how many there are: commas of the outer braces, counted before.
        uint64_t rows = 0, depth = 0, row = declared.bytes;
        bool any = false;
        for (uint32_t i = at_; i < tokens_.size() && !tokens_[i].Is(';'); ++i) {
          if (tokens_[i].Is('{')) {
            any = any || ++depth > 1;
          } else if (tokens_[i].Is('}')) {
            --depth;
          } else {
            any = true;
            if (depth == 1 && tokens_[i].Is(',')) ++rows;
          }
        }
        for (uint32_t i = 1; i < dimensions.count; ++i) row *= dimensions.sizes[i];
        counted = (rows + (any ? 1 : 0)) * row;
      }
      if (counted > (uint64_t{1} << 30) ||
          !initial.bytes.append(static_cast<uint32_t>(counted), uint8_t{0})) {
        Report(diag::Kind::kProgramTooLarge, name, "an initialised variable");
        return;
      }
      if (!ReadInitialValues(declared, dimensions, 0, 0, &initial)) return;
    }
    if (linked) continue;
    Global& g = module_->globals[index];
    g.space = space;
    g.type = declared.type;
    g.bytes = counted;
    g.align = declared.align;
    g.is_dynamic_shared =
        space == Space::kShared && dimensions.count > 0 && dimensions.sizes[0] == 0;
    if (g.is_dynamic_shared) g.bytes = 0;
    if (depth_ > 0 && space == Space::kShared) g.owner = function_;
    g.init = initial.bytes.span();
    g.addresses = initial.addresses.span();
  } while (Accept(','));
  Expect(';');
}

}  // namespace ws::ir::reader
