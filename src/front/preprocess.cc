// device-clean
#include "front/preprocess.h"

#include <cstring>

#include "front/condition.h"
#include "front/int128.h"
#include "front/lex.h"
#include "front/macro.h"

namespace ws::front {
namespace {

using diag::Kind;

WS_HD bool IsKnownHeader(std::string_view name) {
#define KNOWN_HEADER(spelling)
#define HEADER_TEXT(beginning, file)
#define KNOWN_FOLDER(beginning)                                   \
  if (name.size() >= sizeof beginning &&                          \
      SameText({name.data(), sizeof beginning - 1}, beginning)) { \
    return true;                                                  \
  }
#include "front/known_headers.def"
#undef KNOWN_HEADER
#undef HEADER_TEXT
#undef KNOWN_FOLDER
  // The labels prove that no two rows have the same hash.
  switch (HashName(name)) {
#define KNOWN_HEADER(spelling) \
  case HashName(spelling):     \
    return SameText(name, spelling);
#define HEADER_TEXT(beginning, file)
#define KNOWN_FOLDER(beginning)
#include "front/known_headers.def"
#undef KNOWN_HEADER
#undef HEADER_TEXT
#undef KNOWN_FOLDER
    default:
      return false;
  }
}

WS_HD bool Mentions(std::string_view text, std::string_view word) {
  for (size_t i = 0; i + word.size() <= text.size(); ++i) {
    if (text.data()[i] == word.data()[0] && SameText({text.data() + i, word.size()}, word)) {
      return true;
    }
  }
  return false;
}

// The file of lib/ that a known header is; kNumTexts if it reads nothing.
WS_HD uint32_t TextOfHeader(std::string_view name) {
#define KNOWN_HEADER(spelling)
#define KNOWN_FOLDER(beginning)
#define HEADER_TEXT(beginning, file)                              \
  if (name.size() >= sizeof beginning - 1 &&                      \
      SameText({name.data(), sizeof beginning - 1}, beginning)) { \
    return file;                                                  \
  }
#include "front/known_headers.def"
#undef KNOWN_HEADER
#undef HEADER_TEXT
#undef KNOWN_FOLDER
  return kNumTexts;
}

class Preprocessor {
 public:
  WS_HD Preprocessor(Arena& arena, diag::SourceMap& sources, const CompileOptions& options,
                     diag::Sink& sink, Names& names, Vec<Token>& tokens)
      : arena_(&arena),
        sources_(&sources),
        options_(&options),
        sink_(&sink),
        names_(&names),
        tokens_(&tokens),
        macros_(arena, sources, names, sink),
        lexer_(arena, names, sink, {}, {}),
        line_(arena),
        conditionals_(arena),
        files_(arena),
        once_(arena) {}

  WS_HD void Run(uint32_t main_file);

 private:
  struct Conditional {
    diag::Loc loc;
    bool taken;  // some group of it was read
    bool else_seen;
  };
  struct File {
    Lexer lexer;            // of the including file, behind the #include
    uint32_t conditionals;  // open in the including file
    uint32_t index;         // of the including file
    bool is_library;        // it is
  };

  WS_HD void DefineOptions();
  WS_HD bool OpenFile(uint32_t index, bool is_library = false);
  WS_HD void OpenInt128();
  WS_HD bool CloseFile();
  WS_HD bool stopped() const { return macros_.stopped() || include_limit_met_; }
  WS_HD void Directive(diag::Loc hash);
  WS_HD void If(const Token& name);
  WS_HD void Elif(const Token& name);
  WS_HD void Endif(const Token& name);
  WS_HD void SkipGroup();
  WS_HD bool Evaluate(const Token& name);
  WS_HD bool IfdefHolds(const Token& name);
  WS_HD bool ReadCondition(const Token& name);
  WS_HD void AskArch(const Token& token) {
    const bool asks = SameText(token.view(), "__CUDA_ARCH__");
    if (asks && !options_->host_only) names_->AskArch(tokens_->size());
  }
  WS_HD bool ReadDefined(Token& token);
  WS_HD bool ReadHasInclude(Token& token);
  WS_HD void SetNumber(Token& token, bool value);
  WS_HD bool FindInclude(std::string_view name, bool angled, uint32_t& found) const;
  WS_HD void Include(diag::Loc loc);
  WS_HD void Pragma(diag::Loc hash);
  WS_HD void Undef();
  WS_HD void Message(const Token& name);

  Arena* arena_;
  diag::SourceMap* sources_;
  const CompileOptions* options_;
  diag::Sink* sink_;
  Names* names_;
  Vec<Token>* tokens_;
  MacroTable macros_;
  Lexer lexer_;  // of the current file
  uint32_t file_ = 0;
  bool is_library_ = false;
  uint32_t main_file_ = 0;
  uint32_t included_ = 0;
  bool include_limit_met_ = false;
  bool has_int128_ = false;
  Vec<Token> line_;
  Vec<Conditional> conditionals_;
  Vec<File> files_;
  Vec<const char*> once_;  // texts of files with #pragma once
};

// What the library's own texts say has no position: messages point to where it is used.
WS_HD bool Preprocessor::OpenFile(uint32_t index, bool is_library) {
  std::string_view text = sources_->file(index).text;
  if (text.size() > kMaxSourceBytes) {
    sink_->Report(Kind::kProgramTooLarge, diag::Loc{sources_->file(index).base}, 1,
                  "a source file has more than 16 MiB");
    return false;
  }
  // A copy with zeros behind it lets the lexer look ahead without asking for the end.
  char* copy = static_cast<char*>(arena_->Allocate(text.size() + kTextPadding));
  if (copy == nullptr) return false;
  if (!text.empty()) memcpy(copy, text.data(), text.size());
  memset(copy + text.size(), 0, kTextPadding);
  uint32_t skip = 0;
  if (text.size() >= 3 && copy[0] == '\xef' && copy[1] == '\xbb' && copy[2] == '\xbf') skip = 3;
  file_ = index;
  is_library_ = is_library;
  macros_.ReadLibrary(is_library);
  lexer_ = Lexer(*arena_, *names_, *sink_, {copy + skip, text.size() - skip},
                 is_library ? diag::Loc{} : diag::Loc{sources_->file(index).base + skip});
  if (!is_library && !has_int128_ && Mentions(text, "int128")) OpenInt128();
  return true;
}

// Reads the text of __int128 before the file that was opened.
WS_HD void Preprocessor::OpenInt128() {
  const std::string_view text = options_->library_texts.files[kInt128Text];
  if (text.empty()) return;
  has_int128_ = true;
  files_.push_back({lexer_, conditionals_.size(), file_, is_library_});
  if (!OpenFile(sources_->Add("<__int128>", text), true)) CloseFile();
}

// At the end of a file: goes back to the including one; false at the end of the main file.
WS_HD bool Preprocessor::CloseFile() {
  const uint32_t open = files_.empty() ? 0 : files_.back().conditionals;
  while (conditionals_.size() > open) {
    sink_->Report(Kind::kUnterminatedConditional, conditionals_.back().loc, 1, "if");
    conditionals_.pop_back();
  }
  if (files_.empty()) return false;
  lexer_ = files_.back().lexer;
  file_ = files_.back().index;
  is_library_ = files_.back().is_library;
  macros_.ReadLibrary(is_library_);
  files_.pop_back();
  return true;
}

// -D name=text
WS_HD void Preprocessor::DefineOptions() {
  for (const SourceText& define : options_->defines) {
    const size_t size = define.name.size() + 1 + define.text.size();
    char* text = static_cast<char*>(arena_->Allocate(size + kTextPadding));
    if (text == nullptr) return;
    memcpy(text, define.name.data(), define.name.size());
    text[define.name.size()] = ' ';
    if (!define.text.empty()) {
      memcpy(text + define.name.size() + 1, define.text.data(), define.text.size());
    }
    memset(text + size, 0, kTextPadding);
    Lexer lexer(*arena_, *names_, *sink_, {text, size}, diag::Loc{});
    lexer.EnterDirective();
    macros_.Define(lexer, diag::Loc{});
  }
}

WS_HD void Preprocessor::Run(uint32_t main_file) {
  main_file_ = main_file;
  DefineOptions();
  if (options_->host_only) macros_.Undefine(names_->Intern("__CUDA_ARCH__"));
  if (!OpenFile(main_file)) return;
  while (!stopped()) {
    lexer_.ReadPlain(*tokens_, kMaxTokens);
    if (arena_->failed()) break;
    const Token token = tokens_->back();
    if (tokens_->size() >= kMaxTokens) {
      sink_->Report(Kind::kProgramTooLarge, token.loc, token.length, "more than a million tokens");
      tokens_->clear();
      break;
    }
    tokens_->pop_back();
    if (token.kind == TokenKind::kHash) {
      Directive(token.loc);
    } else if (token.name.valid()) {
      macros_.ExpandInvocation(token, lexer_, *tokens_);
    } else if (!CloseFile()) {
      break;
    }
  }
  // What a limit has cut short is not worth parsing.
  if (stopped()) tokens_->clear();
  if (has_int128_) JoinInt128(*names_, *tokens_);
  Token token;
  token.kind = TokenKind::kEof;
  token.loc = token.loc_end = lexer_.loc();
  tokens_->push_back(token);
}

WS_HD void Preprocessor::Directive(diag::Loc hash) {
  lexer_.EnterDirective();
  Token name;
  lexer_.Next(name);
  const std::string_view text = name.view();
  if (name.kind == TokenKind::kLineEnd || name.kind == TokenKind::kIntNumber) {
    // # alone, or a line marker of another preprocessor
  } else if (SameText(text, "define")) {
    macros_.Define(lexer_, name.loc);
  } else if (SameText(text, "include")) {
    return Include(name.loc);
  } else if (SameText(text, "pragma")) {
    Pragma(hash);
  } else if (SameText(text, "if") || SameText(text, "ifdef") || SameText(text, "ifndef")) {
    If(name);
  } else if (SameText(text, "elif") || SameText(text, "else")) {
    Elif(name);
  } else if (SameText(text, "endif")) {
    Endif(name);
  } else if (SameText(text, "undef")) {
    Undef();
  } else if (SameText(text, "error") || SameText(text, "warning")) {
    return Message(name);
  } else if (!SameText(text, "line") && !SameText(text, "ident")) {
    sink_->Report(Kind::kUnknownDirective, name.loc, name.length, text);
  }
  lexer_.LeaveDirective();
}

WS_HD void Preprocessor::Undef() {
  Token t;
  lexer_.Next(t);
  if (t.name.valid()) {
    macros_.Undefine(t.name);
  } else {
    sink_->Report(Kind::kMalformedDefine, t.loc, 1, "undef", "a macro name is missing");
  }
}

WS_HD void Preprocessor::Message(const Token& name) {
  const diag::Loc begin = lexer_.loc();
  lexer_.LeaveDirective();
  const uint32_t length = lexer_.loc().offset - begin.offset;
  std::string_view text = sources_->Text(begin, length);
  while (!text.empty() && (text.data()[0] == ' ' || text.data()[0] == '\t')) {
    text = {text.data() + 1, text.size() - 1};
  }
  const bool error = SameText(name.view(), "error");
  sink_->Report(error ? Kind::kErrorDirective : Kind::kWarningDirective, name.loc, name.length,
                text);
}

// --- conditionals

WS_HD void Preprocessor::If(const Token& name) {
  if (conditionals_.size() >= kMaxConditionalNesting) {
    sink_->Report(Kind::kConditionalTooDeep, name.loc, name.length, kMaxConditionalNesting);
  }
  const bool holds = SameText(name.view(), "if") ? Evaluate(name) : IfdefHolds(name);
  conditionals_.push_back({name.loc, holds, false});
  if (!holds) SkipGroup();
}

WS_HD void Preprocessor::Elif(const Token& name) {
  const uint32_t open = files_.empty() ? 0 : files_.back().conditionals;
  if (conditionals_.size() <= open || conditionals_.back().else_seen) {
    sink_->Report(Kind::kUnbalancedConditional, name.loc, name.length, name.view());
    return;
  }
  // We come here from a group that was read, so the rest is left out.
  if (name.kind == TokenKind::kElse) conditionals_.back().else_seen = true;
  SkipGroup();
}

WS_HD void Preprocessor::Endif(const Token& name) {
  const uint32_t open = files_.empty() ? 0 : files_.back().conditionals;
  if (conditionals_.size() <= open) {
    sink_->Report(Kind::kUnbalancedConditional, name.loc, name.length, "endif");
    return;
  }
  conditionals_.pop_back();
}

// Passes over a group and the groups behind it until one is to be read or the conditional ends.
WS_HD void Preprocessor::SkipGroup() {
  uint32_t depth = 0;
  while (lexer_.SkipToDirective()) {
    Token name;
    lexer_.Next(name);
    const std::string_view text = name.view();
    if (SameText(text, "if") || SameText(text, "ifdef") || SameText(text, "ifndef")) {
      ++depth;
    } else if (SameText(text, "endif")) {
      if (depth-- == 0) {
        conditionals_.pop_back();
        return;
      }
    } else if (depth == 0 && (SameText(text, "elif") || SameText(text, "else"))) {
      Conditional& conditional = conditionals_.back();
      if (conditional.else_seen) {
        sink_->Report(Kind::kUnbalancedConditional, name.loc, name.length, text);
      }
      const bool is_else = SameText(text, "else");
      if (is_else) conditional.else_seen = true;
      if (!conditional.taken && (is_else || Evaluate(name))) {
        conditional.taken = true;
        return;
      }
    }
  }
}

WS_HD bool Preprocessor::IfdefHolds(const Token& name) {
  Token t;
  lexer_.Next(t);
  if (!t.name.valid()) {
    sink_->Report(Kind::kBadCondition, name.loc, name.length, name.view(),
                  "a macro name is missing");
    return false;
  }
  AskArch(t);
  const bool defined = names_->macro(t.name) != Names::kNoMacro;
  return defined == SameText(name.view(), "ifdef");
}

WS_HD void Preprocessor::SetNumber(Token& token, bool value) {
  token.kind = TokenKind::kIntNumber;
  token.text = value ? "1" : "0";
  token.length = 1;
  token.name = NameId();
}

// `token` is `defined`; reads the rest of it and becomes 0 or 1.
WS_HD bool Preprocessor::ReadDefined(Token& token) {
  Token t;
  lexer_.Next(t);
  const bool paren = t.kind == TokenKind::kLeftParen;
  if (paren) lexer_.Next(t);
  if (!t.name.valid()) return false;
  AskArch(t);
  SetNumber(token, names_->macro(t.name) != Names::kNoMacro);
  if (paren) {
    lexer_.Next(t);
    if (t.kind != TokenKind::kRightParen) return false;
  }
  return true;
}

// The same for __has_include(<name>).
WS_HD bool Preprocessor::ReadHasInclude(Token& token) {
  Token t;
  lexer_.Next(t);
  if (t.kind != TokenKind::kLeftParen) return false;
  bool angled = false;
  const std::string_view header = lexer_.HeaderName(angled);
  uint32_t found = 0;
  SetNumber(token, FindInclude(header, angled, found) || IsKnownHeader(header));
  lexer_.Next(t);
  return !header.empty() && t.kind == TokenKind::kRightParen;
}

WS_HD bool Preprocessor::ReadCondition(const Token& name) {
  line_.clear();
  for (;;) {
    Token t;
    lexer_.Next(t);
    if (t.kind == TokenKind::kLineEnd) return true;
    const char* problem = nullptr;
    AskArch(t);
    if (t.name.valid() && SameText(t.view(), "defined")) {
      if (!ReadDefined(t)) problem = "defined needs a macro name";
    } else if (t.name.valid() && SameText(t.view(), "__has_include")) {
      if (!ReadHasInclude(t)) problem = "__has_include needs (<header>)";
    }
    if (problem != nullptr) {
      sink_->Report(Kind::kBadCondition, t.loc, t.length, name.view(), problem);
      return false;
    }
    line_.push_back(t);
  }
}

WS_HD bool Preprocessor::Evaluate(const Token& name) {
  if (!ReadCondition(name)) return false;
  const ConditionResult result = EvaluateCondition(*arena_, macros_.ExpandList(line_));
  if (macros_.stopped()) return false;
  if (result.problem != nullptr) {
    const bool placed = result.at != nullptr && result.at->loc.valid();
    sink_->Report(Kind::kBadCondition, placed ? result.at->loc : name.loc,
                  placed ? result.at->length : name.length, name.view(), result.problem);
  }
  return result.value;
}

// --- files and pragmas

// Whether `path` is the folder of the file `beside`, followed by `name`.
WS_HD bool IsBeside(std::string_view path, std::string_view beside, std::string_view name) {
  size_t folder = beside.size();
  while (folder > 0 && beside.data()[folder - 1] != '/') --folder;
  return path.size() == folder + name.size() && memcmp(path.data(), beside.data(), folder) == 0 &&
         memcmp(path.data() + folder, name.data(), name.size()) == 0;
}

// Beside the including file, then beside the main file. <name> of a known header is that header.
WS_HD bool Preprocessor::FindInclude(std::string_view name, bool angled, uint32_t& found) const {
  if (angled && IsKnownHeader(name)) return false;
  const uint32_t beside[] = {file_, main_file_};
  for (const uint32_t file : beside) {
    for (uint32_t i = 0; i < options_->includes.size(); ++i) {
      if (IsBeside(options_->includes[i].name, sources_->file(file).name, name)) {
        found = i;
        return true;
      }
    }
  }
  return false;
}

WS_HD void Preprocessor::Include(diag::Loc loc) {
  bool angled = false;
  std::string_view name = lexer_.HeaderName(angled);
  if (name.empty()) {
    // #include MACRO
    line_.clear();
    for (;;) {
      Token t;
      lexer_.Next(t);
      if (t.kind == TokenKind::kLineEnd) break;
      line_.push_back(t);
    }
    const std::span<const Token> expanded = macros_.ExpandList(line_);
    if (expanded.size() == 1 && expanded[0].kind == TokenKind::kString && expanded[0].length > 2) {
      name = {expanded[0].text + 1, expanded[0].length - 2};
    }
  }
  lexer_.LeaveDirective();
  if (name.empty()) {
    sink_->Report(Kind::kMalformedInclude, loc, 7);
    return;
  }
  uint32_t index = 0;
  bool is_library = false;
  SourceText source;
  if (FindInclude(name, angled, index)) {
    source = options_->includes[index];
  } else if (!IsKnownHeader(name)) {
    sink_->Report(Kind::kUnknownInclude, loc, 7, name);
    return;
  } else {
    const uint32_t text = TextOfHeader(name);
    if (text == kNumTexts) return;
    // In angles, so that no one takes it for a file of the program.
    char* const shown = static_cast<char*>(arena_->Allocate(name.size() + 2));
    if (shown == nullptr) return;
    shown[0] = '<';
    memcpy(shown + 1, name.data(), name.size());
    shown[name.size() + 1] = '>';
    source = {{shown, name.size() + 2}, options_->library_texts.files[text]};
    if (source.text.empty()) return;
    is_library = true;
  }
  for (const char* once : once_) {
    if (once == source.text.data()) return;
  }
  constexpr uint32_t kMaxIncluded = 1000;
  if (files_.size() >= kMaxIncludeDepth) {
    sink_->Report(Kind::kIncludeTooDeep, loc, 7, kMaxIncludeDepth);
    include_limit_met_ = true;
    return;
  }
  if (++included_ > kMaxIncluded) {
    sink_->Report(Kind::kProgramTooLarge, loc, 7, "files are included more than a thousand times");
    include_limit_met_ = true;
    return;
  }
  if (!FindInclude(name, angled, index)) once_.push_back(source.text.data());
  files_.push_back({lexer_, conditionals_.size(), file_, is_library_});
  if (!OpenFile(sources_->Add(source.name, source.text), is_library)) CloseFile();
}

WS_HD void Preprocessor::Pragma(diag::Loc hash) {
  Token name;
  lexer_.Next(name);
  if (SameText(name.view(), "once")) {
    once_.push_back(sources_->file(file_).text.data());
    return;
  }
  const bool nounroll = SameText(name.view(), "nounroll");
  if (!nounroll && !SameText(name.view(), "unroll")) return;
  Token pragma = name;
  pragma.kind = TokenKind::kPragmaUnroll;
  pragma.name = NameId();
  pragma.loc = hash;
  line_.clear();
  for (;;) {
    Token t;
    lexer_.Next(t);
    if (t.kind == TokenKind::kLineEnd) break;
    line_.push_back(t);
  }
  tokens_->push_back(pragma);
  for (Token t : macros_.ExpandList(line_)) {
    t.loc = line_[0].loc;
    t.loc_end = line_[line_.size() - 1].loc_end;
    tokens_->push_back(t);
  }
  pragma.kind = TokenKind::kPragmaEnd;
  pragma.loc = pragma.loc_end = lexer_.loc();
  tokens_->push_back(pragma);
}

// _Pragma("unroll 4") is #pragma unroll 4 within a line; other pragmas are dropped, as those are.
WS_HD void ReadPragmaOperators(Vec<Token>& tokens) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    const bool begins = tokens[i].kind == TokenKind::kIdentifier && i + 3 < tokens.size() &&
                        SameText(tokens[i].view(), "_Pragma") &&
                        tokens[i + 1].kind == TokenKind::kLeftParen &&
                        tokens[i + 2].kind == TokenKind::kString && tokens[i + 2].length >= 2 &&
                        tokens[i + 3].kind == TokenKind::kRightParen;
    if (!begins) {
      tokens[kept++] = tokens[i];
      continue;
    }
    const Token text = tokens[i + 2];
    const char* at = text.text + 1;
    const char* const end = text.text + text.length - 1;
    i += 3;
    const auto is = [](const char* from, const char* to, const char* chars) {
      const char* c = from;
      for (; c < to; ++c) {
        const char* k = chars;
        while (*k != 0 && *k != *c) ++k;
        if (*k == 0) break;
      }
      return c;
    };
    constexpr char kDigits[] = "0123456789";
    at = is(at, end, " ");
    const char* const word_end = is(at, end, "nourl");
    Token pragma = text;
    pragma.text = at;
    pragma.length = static_cast<uint32_t>(word_end - at);
    if (!SameText(pragma.view(), "unroll") && !SameText(pragma.view(), "nounroll")) continue;
    pragma.kind = TokenKind::kPragmaUnroll;
    pragma.name = NameId();
    tokens[kept++] = pragma;
    Token number = text;
    number.text = is(word_end, end, " (");
    number.length = static_cast<uint32_t>(is(number.text, end, kDigits) - number.text);
    number.kind = TokenKind::kIntNumber;
    if (number.length > 0) tokens[kept++] = number;
    pragma.kind = TokenKind::kPragmaEnd;
    tokens[kept++] = pragma;
  }
  tokens.truncate(kept);
}

}  // namespace

WS_HD bool Preprocess(Arena& arena, diag::SourceMap& sources, uint32_t main_file,
                      const CompileOptions& options, diag::Sink& sink, Names& names,
                      Vec<Token>& tokens) {
  const uint32_t errors = sink.errors();
  // Programs have about a token for every four bytes.
  const auto expected = static_cast<uint32_t>(sources.file(main_file).text.size() / 3) + 64;
  tokens.reserve(expected < kMaxTokens ? expected : kMaxTokens);
  Preprocessor(arena, sources, options, sink, names, tokens).Run(main_file);
  if (names.names_pragma()) ReadPragmaOperators(tokens);
  if (arena.failed()) sink.Report(Kind::kProgramTooLarge, {}, 1, "memory is used up");
  return sink.errors() == errors && !arena.failed();
}

}  // namespace ws::front
