// device-clean
#include "front/library_text.h"

#include <cstring>

#include "front/bytes.h"
#include "front/lex.h"
#include "front/words.h"

namespace ws::front {
namespace {

enum Scope : uint8_t { kStd, kChrono };
enum class What : uint8_t { kNone, kAlgorithm, kRuntime, kName, kTemplate, kStream };

struct Row {
  What what = What::kNone;
  Scope scope = kStd;
  LibraryFile file = kNumLibraryFiles;
  const char* meaning = "";
};

// The file that another one wants, which stands before it in LibraryFile; kNumLibraryFiles: none.
WS_HD LibraryFile WantedBy(LibraryFile file) {
  switch (file) {
    case kAlgorithmsText:
    case kTupleText:
      return kClassTemplatesText;
    case kOrderedText:
    case kHashedText:
    case kQueuesText:
      return kContainersText;
    case kStreamText:
    case kExceptionsText:
      return kStringText;
    default:
      return kNumLibraryFiles;
  }
}

WS_HD Row FindRow(std::string_view name) {
  switch (HashName(name)) {
#define WS_ROW(spelling, ...)                            \
  case HashName(#spelling):                              \
    if (SameText(name, #spelling)) return {__VA_ARGS__}; \
    break;
#define ALGORITHM(spelling) \
  WS_ROW(spelling, What::kAlgorithm, kStd, kAlgorithmsText, "__std_" #spelling)
#define STD_FUNCTION(spelling, file) \
  WS_ROW(spelling, What::kAlgorithm, kStd, file, "__std_" #spelling)
#define RUNTIME(spelling) WS_ROW(spelling, What::kRuntime, kStd, kRuntimeText)
#define STD_NAME(spelling, scope, file, meaning) \
  WS_ROW(spelling, What::kName, scope, file, #meaning)
#define STREAM(spelling, meaning) WS_ROW(spelling, What::kStream, kStd, kStreamText, #meaning)
#define STD_TEMPLATE(spelling, scope, file) \
  WS_ROW(spelling, What::kTemplate, scope, file, "__std_" #spelling)
#include "front/library.def"
#undef ALGORITHM
#undef STD_FUNCTION
#undef RUNTIME
#undef STD_NAME
#undef STREAM
#undef STD_TEMPLATE
#undef WS_ROW
    default:
      break;
  }
  return {};
}

class Reader {
 public:
  WS_HD Reader(Arena& arena, const LibraryTexts& texts, diag::Sink& sink, Names& names,
               Vec<Token>& tokens)
      : arena_(arena), texts_(texts), sink_(sink), names_(names), tokens_(tokens), out_(arena) {}

  WS_HD void Run() {
    if (!NamesLibrary()) return;
    FindOpen();
    FindObjectVectors();
    bool found = needed_[kObjectVectorText];
    for (uint32_t i = tokens_.size(); i > 0 && !arena_.failed(); --i) {
      const bool replaced = Replace(i - 1);
      found |= replaced;
      if (!replaced) out_.push_back(tokens_[i - 1]);
    }
    if (!found || arena_.failed()) return;
    Assemble();
  }

 private:
  // Vectors whose elements are objects of structs may want more than those of numbers.
  WS_HD void FindObjectVectors() {
    bool structs = false;
    bool vectors = false;
    for (const Token& t : tokens_.span()) {
      structs |= t.kind == TokenKind::kStruct || t.kind == TokenKind::kClass ||
                 (t.kind == TokenKind::kIdentifier && names_.is_library(t.name));
      vectors |= t.kind == TokenKind::kIdentifier && t.name.valid() &&
                 names_.builtin_type(t.name) == BuiltinTypeName::kVector;
    }
    needed_[kObjectVectorText] = structs && vectors && !texts_.files[kObjectVectorText].empty();
  }

  // Whether the program says `std` or names what the runtime's text defines. Most variables called
  // `count` or `copy` have nothing to do with the library.
  WS_HD bool NamesLibrary() {
    if (!names_.names_library() && !Says("vector")) return false;
    const NameId std_name = names_.Intern("std");
    for (const Token& t : tokens_.span()) {
      if (t.kind != TokenKind::kIdentifier) continue;
      if (t.name == std_name) return true;
      if (names_.is_library(t.name) && FindRow(t.view()).what == What::kRuntime) return true;
    }
    return false;
  }

  // Whether the word stands anywhere in the program.
  WS_HD bool Says(std::string_view word) {
    const uint32_t known = names_.size();
    names_.Intern(word);
    return names_.size() == known;
  }

  // Which namespaces are open everywhere, and whether streams are named or asked.
  WS_HD void FindOpen() {
    for (uint32_t i = 1; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == TokenKind::kIdentifier && names_.is_library(tokens_[i].name)) {
        const Row row = FindRow(tokens_[i].view());
        const bool of_std = open_std_ || tokens_[i - 1].kind == TokenKind::kColonColon;
        streams_ |= of_std && row.file == kStreamText &&
                    (row.what != What::kStream || KindAt(i + 1) == TokenKind::kDot);
      }
      if (tokens_[i].kind == TokenKind::kNamespace && tokens_[i - 1].kind == TokenKind::kUsing &&
          Is(i + 1, "std")) {
        if (KindAt(i + 2) == TokenKind::kSemicolon) open_std_ = true;
        if (Is(i + 3, "chrono")) open_chrono_ = true;
      }
    }
  }

  WS_HD TokenKind KindAt(uint32_t i) const {
    return i < tokens_.size() ? tokens_[i].kind : TokenKind::kEof;
  }
  WS_HD bool Is(uint32_t i, std::string_view word) const {
    return KindAt(i) == TokenKind::kIdentifier && SameText(tokens_[i].view(), word);
  }
  // The k-th token to the right of the one looked at, as far as it has been replaced.
  WS_HD const Token& Right(uint32_t k) const { return out_[out_.size() - 1 - k]; }
  WS_HD TokenKind RightKind(uint32_t k) const {
    return k < out_.size() ? Right(k).kind : TokenKind::kEof;
  }
  WS_HD bool RightIs(uint32_t k, std::string_view word) const {
    return RightKind(k) == TokenKind::kIdentifier && SameText(Right(k).view(), word);
  }

  // Token i and what stands right of it; true if it has been put out.
  WS_HD bool Replace(uint32_t i) {
    const Token& t = tokens_[i];
    if (t.kind != TokenKind::kIdentifier) return false;
    const TokenKind before = i > 0 ? tokens_[i - 1].kind : TokenKind::kEof;
    const bool qualified = before == TokenKind::kColonColon || before == TokenKind::kDot ||
                           before == TokenKind::kArrow;
    uint32_t taken = 0;  // tokens to the right that belong to the name
    const Token* name = &t;
    Scope scope = open_chrono_ ? kChrono : kStd;
    bool bare = true;
    if (!qualified && RightKind(0) == TokenKind::kColonColon &&
        (SameText(t.view(), "std") || (open_std_ && SameText(t.view(), "chrono")))) {
      bare = false;
      scope = SameText(t.view(), "chrono") ? kChrono : kStd;
      taken = 2;
      if (RightIs(1, "chrono") && RightKind(2) == TokenKind::kColonColon) {
        scope = kChrono;
        taken = 4;
      }
      if (RightKind(taken - 1) != TokenKind::kIdentifier) return false;
      name = &Right(taken - 1);
    }
    if (!names_.is_library(name->name)) return false;
    const Row row = FindRow(name->view());
    if (row.what == What::kNone || texts_.files[row.file].empty()) return false;
    if (row.what == What::kStream && !streams_) return false;
    if (row.what == What::kRuntime) {
      if (!bare || qualified) return false;
      needed_[row.file] = true;
      out_.push_back(t);
      return true;
    }
    if (bare) {
      // Headers of the library that are written in the dialect have names of their own.
      if (!t.loc.valid()) return false;
      if (qualified || (row.scope == kStd ? !open_std_ : !open_chrono_)) return false;
      if (row.what == What::kTemplate && RightKind(0) != TokenKind::kLess) return false;
      // `cin` alone is a number of channels more often.
      const TokenKind after = RightKind(0);
      if (SameText(t.view(), "cin") && after != TokenKind::kGreaterGreater &&
          after != TokenKind::kDot && !(i >= 2 && Is(i - 2, "getline"))) {
        return false;
      }
      const bool call = RightKind(0) == TokenKind::kLeftParen;
      if (row.what == What::kAlgorithm && !call) return false;
      // A declaration of the program's own, unless it goes on as one of the library's type does:
      // template <typename T> ostream& f().
      const bool behind_type =
          row.what == What::kName && (after == TokenKind::kAnd || after == TokenKind::kIdentifier);
      if (before == TokenKind::kIdentifier || before == TokenKind::kStruct ||
          (before == TokenKind::kGreater && !behind_type) || IsBuiltinType(i)) {
        return false;
      }
    } else if (row.scope != scope) {
      return false;
    }
    needed_[row.file] = true;
    const NameId meaning = names_.Intern(row.meaning);
    if (row.what == What::kAlgorithm) {
      // std :: stays, so that the name is looked for as the library's own.
      if (bare) {
        Token renamed = t;
        renamed.name = meaning;
        out_.push_back(renamed);
        return true;
      }
      out_[out_.size() - taken].name = meaning;
      out_.push_back(t);
      return true;
    }
    // The constructors of a base: std::runtime_error::runtime_error.
    if (RightKind(taken) == TokenKind::kColonColon && RightIs(taken + 1, name->view())) {
      out_[out_.size() - 2 - taken].name = meaning;
    }
    Merge(t, taken, meaning);
    return true;
  }

  // Whether the token before i is a type's name, so that i is what is declared.
  WS_HD bool IsBuiltinType(uint32_t i) const {
    if (i == 0 || !tokens_[i - 1].name.valid()) return false;
    return names_.builtin_type(tokens_[i - 1].name) != BuiltinTypeName::kNone;
  }

  // One identifier in the place of token `t` and the next `taken`.
  WS_HD void Merge(const Token& t, uint32_t taken, NameId meaning) {
    Token merged = t;
    uint32_t length = t.length;
    for (uint32_t k = 0; k < taken; ++k) length += Right(k).length;
    char* text = static_cast<char*>(arena_.Allocate(length + kTextPadding));
    if (text == nullptr) return;
    memcpy(text, t.text, t.length);
    uint32_t at = t.length;
    for (uint32_t k = 0; k < taken; ++k) {
      memcpy(text + at, Right(k).text, Right(k).length);
      at += Right(k).length;
      merged.loc_end = Right(k).loc_end;
    }
    merged.text = text;
    merged.length = length;
    merged.name = meaning;
    out_.truncate(out_.size() - taken);
    out_.push_back(merged);
  }

  WS_HD void Lex(LibraryFile file, Vec<Token>& to) {
    const std::string_view text = texts_.files[file];
    // With zeros behind it, as the lexer wants it.
    char* copy = static_cast<char*>(arena_.Allocate(text.size() + kTextPadding));
    if (copy == nullptr) return;
    memcpy(copy, text.data(), text.size());
    memset(copy + text.size(), 0, kTextPadding);
    Lexer lexer(arena_, names_, sink_, {copy, text.size()}, diag::Loc{});
    for (Token t; !arena_.failed();) {
      lexer.Next(t);
      if (t.kind == TokenKind::kEof) break;
      if (t.kind == TokenKind::kIdentifier) Respell(t);
      to.push_back(t);
    }
  }
  // Messages show __std_name as programs write it.
  WS_HD void Respell(Token& t) {
    constexpr uint32_t kMine = 6, kTheirs = 5;
    if (t.length <= kMine || !SameText(t.view().substr(0, kMine), "__std_")) return;
    char* text = static_cast<char*>(arena_.Allocate(t.length));
    if (text == nullptr) return;
    memcpy(text, "std::", kTheirs);
    memcpy(text + kTheirs, t.text + kMine, t.length - kMine);
    t.text = text;
    t.length -= kMine - kTheirs;
  }

  // The files and the program.
  WS_HD void Assemble() {
    needed_[kStringText] |= needed_[kStreamText];
    needed_[kExceptionsText] |= needed_[kStringText];
    for (uint32_t file = kNumLibraryFiles; file > 0; --file) {
      const LibraryFile wanted = WantedBy(static_cast<LibraryFile>(file - 1));
      if (needed_[file - 1] && wanted != kNumLibraryFiles) needed_[wanted] = true;
    }
    Vec<Token> all(arena_);
    all.reserve(tokens_.size() + 4096);
    // What keys are compared with stands before the containers.
    if (needed_[kStringText]) Lex(kStringText, all);
    for (uint32_t file = 0; file < kNumLibraryFiles; ++file) {
      if (needed_[file] && file != kStringText) Lex(static_cast<LibraryFile>(file), all);
    }
    for (uint32_t i = out_.size(); i > 0; --i) all.push_back(out_[i - 1]);
    tokens_ = all;
  }

  Arena& arena_;
  const LibraryTexts& texts_;
  diag::Sink& sink_;
  Names& names_;
  Vec<Token>& tokens_;
  Vec<Token> out_;  // the program from its end on
  bool needed_[kNumLibraryFiles] = {};
  bool open_std_ = false, open_chrono_ = false;
  bool streams_ = false;
};

WS_HD bool BeginsWith(std::string_view text, std::string_view beginning) {
  return text.size() >= beginning.size() && SameText(text.substr(0, beginning.size()), beginning);
}

// cuda::std::name is the library's std::name, but for what <cuda/atomic> and <cuda/barrier> declare
// in the namespace cuda.
WS_HD void JoinCudaStd(Names& names, Vec<Token>& tokens) {
  const uint32_t known = names.size();
  const NameId cuda = names.Intern("cuda");
  if (names.size() != known) return;  // no one says it
  const NameId standard = names.Intern("std");
  const auto is = [&](uint32_t i, NameId name) {
    return i + 1 < tokens.size() && tokens[i].kind == TokenKind::kIdentifier &&
           tokens[i].name == name && tokens[i + 1].kind == TokenKind::kColonColon;
  };
  uint32_t kept = 0;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    if (is(i, cuda) && is(i + 2, standard) && i + 4 < tokens.size()) {
      const std::string_view name = tokens[i + 4].view();
      const bool of_cuda = BeginsWith(name, "memory_order") || BeginsWith(name, "atomic") ||
                           BeginsWith(name, "barrier");
      const uint32_t from = of_cuda ? i : i + 2;
      tokens[kept++] = tokens[from];
      tokens[kept++] = tokens[from + 1];
      i += 3;
      continue;
    }
    tokens[kept++] = tokens[i];
  }
  tokens.truncate(kept);
}

// Makes `t` a token of another kind and spelling, at its place in the source.
WS_HD void Respell(Token& t, TokenKind kind, std::string_view text) {
  t.kind = kind;
  t.text = text.data();
  t.length = static_cast<uint32_t>(text.size());
  t.name = NameId();
}

// va_arg(list, T) is (*(T*)__ws_va_next(list)).
WS_HD void RespellVaArg(Arena& arena, Names& names, Vec<Token>& tokens) {
  const uint32_t known = names.size();
  const NameId va_arg = names.Intern("va_arg");
  if (names.size() != known) return;  // no one says it
  const NameId next = names.Intern("__ws_va_next");
  Vec<Token> out(arena);
  const auto add = [&](Token t, TokenKind kind) {
    const bool is_name = kind == TokenKind::kIdentifier;
    Respell(t, kind, is_name ? names.view(next) : SpellingOf(kind));
    if (is_name) t.name = next;
    out.push_back(t);
  };
  uint32_t i = 0;
  while (i < tokens.size() && !arena.failed()) {
    const Token name = tokens[i];
    const bool is_it = name.kind == TokenKind::kIdentifier && name.name == va_arg;
    uint32_t comma = 0;
    uint32_t close = 0;
    int depth = 0;
    for (uint32_t k = i + 1; is_it && k < tokens.size() && close == 0; ++k) {
      const TokenKind kind = tokens[k].kind;
      if (kind == TokenKind::kSemicolon || (k == i + 1 && kind != TokenKind::kLeftParen)) break;
      if (kind == TokenKind::kLeftParen) ++depth;
      if (kind == TokenKind::kRightParen && --depth == 0) close = k;
      if (kind == TokenKind::kComma && depth == 1) comma = k;
    }
    if (close == 0 || comma == 0) {
      out.push_back(name);
      ++i;
      continue;
    }
    const Token open = tokens[i + 1];
    add(open, TokenKind::kLeftParen);
    add(name, TokenKind::kStar);
    add(open, TokenKind::kLeftParen);
    for (uint32_t k = comma + 1; k < close; ++k) out.push_back(tokens[k]);
    add(name, TokenKind::kStar);
    out.push_back(tokens[close]);
    add(name, TokenKind::kIdentifier);
    add(open, TokenKind::kLeftParen);
    for (uint32_t k = i + 2; k < comma; ++k) out.push_back(tokens[k]);
    out.push_back(tokens[close]);
    out.push_back(tokens[close]);
    i = close + 1;
  }
  tokens = out;
}

// generate(..., rand) calls a function without arguments, which is no object: [] { return rand();
// }.
WS_HD void RespellRand(Arena& arena, Names& names, Vec<Token>& tokens) {
  const uint32_t known = names.size();
  const NameId rand_name = names.Intern("rand");
  const NameId generate = names.Intern("generate");
  const NameId generate_n = names.Intern("generate_n");
  if (names.size() > known + 1) return;  // no one says both
  constexpr uint32_t kFarthest = 40;     // tokens of a call
  const auto is_argument = [&](uint32_t i) {
    if (i == 0 || i + 1 >= tokens.size() || tokens[i].kind != TokenKind::kIdentifier ||
        tokens[i].name != rand_name || tokens[i - 1].kind != TokenKind::kComma ||
        tokens[i + 1].kind != TokenKind::kRightParen) {
      return false;
    }
    for (uint32_t k = i; k > 0 && k + kFarthest > i; --k) {
      const Token& t = tokens[k - 1];
      if (t.kind == TokenKind::kSemicolon) return false;
      if (t.kind == TokenKind::kIdentifier && (t.name == generate || t.name == generate_n)) {
        return true;
      }
    }
    return false;
  };
  Vec<Token> out(arena);
  bool found = false;
  for (uint32_t i = 0; i < tokens.size() && !arena.failed(); ++i) {
    const Token name = tokens[i];
    if (!is_argument(i)) {
      out.push_back(name);
      continue;
    }
    found = true;
    constexpr TokenKind kBefore[] = {TokenKind::kLeftBracket, TokenKind::kRightBracket,
                                     TokenKind::kLeftBrace, TokenKind::kReturn};
    constexpr TokenKind kBehind[] = {TokenKind::kLeftParen, TokenKind::kRightParen,
                                     TokenKind::kSemicolon, TokenKind::kRightBrace};
    Token other = name;
    for (const TokenKind kind : kBefore) {
      Respell(other, kind, SpellingOf(kind));
      out.push_back(other);
    }
    out.push_back(name);
    for (const TokenKind kind : kBehind) {
      Respell(other, kind, SpellingOf(kind));
      out.push_back(other);
    }
  }
  if (found) tokens = out;
}

}  // namespace

WS_HD void AddLibrary(Arena& arena, const LibraryTexts& texts, diag::Sink& sink, Names& names,
                      Vec<Token>& tokens) {
  JoinCudaStd(names, tokens);
  RespellVaArg(arena, names, tokens);
  RespellRand(arena, names, tokens);
  Reader(arena, texts, sink, names, tokens).Run();
}

}  // namespace ws::front
