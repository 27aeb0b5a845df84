// device-clean
#include "front/library_text.h"

#include <cstring>

#include "front/bytes.h"
#include "front/lex.h"
#include "front/words.h"

namespace ws::front {
namespace {

enum Scope : uint8_t { kStd, kChrono };
enum class What : uint8_t { kNone, kAlgorithm, kRuntime, kName, kTemplate };

struct Row {
  What what = What::kNone;
  Scope scope = kStd;
  LibraryFile file = kNumLibraryFiles;
  uint32_t least = 0, most = 0;
  const char* meaning = "";
  const char* otherwise = "";
};

WS_HD Row FindRow(std::string_view name) {
  switch (HashName(name)) {
#define WS_ROW(spelling, ...)                            \
  case HashName(#spelling):                              \
    if (SameText(name, #spelling)) return {__VA_ARGS__}; \
    break;
#define ALGORITHM(spelling) \
  WS_ROW(spelling, What::kAlgorithm, kStd, kAlgorithmsText, 0, 0, "__std_" #spelling)
#define RUNTIME(spelling) WS_ROW(spelling, What::kRuntime, kStd, kRuntimeText)
#define STD_NAME(spelling, scope, file, meaning) \
  WS_ROW(spelling, What::kName, scope, file, 0, 0, #meaning)
#define STD_TEMPLATE(spelling, scope, least, most, otherwise)                                    \
  WS_ROW(spelling, What::kTemplate, scope, kClassTemplatesText, least, most, "__std_" #spelling, \
         otherwise)
#include "front/library.def"
#undef ALGORITHM
#undef RUNTIME
#undef STD_NAME
#undef STD_TEMPLATE
#undef WS_ROW
    default:
      break;
  }
  return {};
}

// A struct made from a template for its arguments.
struct Made {
  const char* from = nullptr;  // the template's name in lib/class_templates.cu
  std::string_view text;       // as the program writes it, spaces left out
  NameId name;
  uint32_t at = 0;                       // the token of the program before which it stands
  uint32_t first_arg = 0, num_args = 0;  // in args_, and bounds of each in bounds_
  uint32_t first_bound = 0;
};

class Reader {
 public:
  WS_HD Reader(Arena& arena, const LibraryTexts& texts, diag::Sink& sink, Names& names,
               Vec<Token>& tokens)
      : arena_(arena),
        texts_(texts),
        sink_(sink),
        names_(names),
        tokens_(tokens),
        out_(arena),
        starts_(arena),
        made_(arena),
        args_(arena),
        bounds_(arena) {}

  WS_HD void Run() {
    if (!NamesLibrary()) return;
    FindStarts();
    bool found = false;
    for (uint32_t i = tokens_.size(); i > 0 && !arena_.failed(); --i) {
      const bool replaced = Replace(i - 1);
      found |= replaced;
      if (!replaced) out_.push_back(tokens_[i - 1]);
    }
    if (!found || arena_.failed()) return;
    Assemble();
  }

 private:
  // Whether the program says `std` or names what the runtime's text defines. Most variables called
  // `count` or `copy` have nothing to do with the library.
  WS_HD bool NamesLibrary() {
    if (!names_.names_library()) return false;
    const NameId std_name = names_.Intern("std");
    for (const Token& t : tokens_.span()) {
      if (t.kind != TokenKind::kIdentifier) continue;
      if (t.name == std_name) return true;
      if (names_.is_library(t.name) && FindRow(t.view()).what == What::kRuntime) return true;
    }
    return false;
  }

  // Where declarations at file scope begin, and which namespaces are open everywhere.
  WS_HD void FindStarts() {
    uint32_t depth = 0;
    bool begins = true;
    for (uint32_t i = 0; i < tokens_.size(); ++i) {
      if (begins && depth == 0) starts_.push_back(i);
      const TokenKind k = tokens_[i].kind;
      begins = false;
      if (k == TokenKind::kLeftBrace || k == TokenKind::kLeftParen) ++depth;
      if ((k == TokenKind::kRightBrace || k == TokenKind::kRightParen) && depth > 0) --depth;
      begins = k == TokenKind::kSemicolon || k == TokenKind::kRightBrace;
      if (k == TokenKind::kNamespace && i >= 1 && tokens_[i - 1].kind == TokenKind::kUsing &&
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
    if (row.what == What::kRuntime) {
      if (!bare || qualified) return false;
      needed_[row.file] = true;
      out_.push_back(t);
      return true;
    }
    if (bare) {
      if (qualified || (row.scope == kStd ? !open_std_ : !open_chrono_)) return false;
      if (row.what == What::kTemplate && RightKind(0) != TokenKind::kLess) return false;
      const bool call = RightKind(0) == TokenKind::kLeftParen;
      if (row.what == What::kAlgorithm && !call) return false;
      // A declaration of the program's own.
      if (before == TokenKind::kIdentifier || before == TokenKind::kStruct ||
          before == TokenKind::kGreater || IsBuiltinType(i)) {
        return false;
      }
    } else if (row.scope != scope) {
      return false;
    }
    if (row.what == What::kTemplate) return MakeStruct(i, taken, row);
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

  // std::name<arguments>; false if it is not that.
  WS_HD bool MakeStruct(uint32_t i, uint32_t taken, const Row& row) {
    if (RightKind(taken) != TokenKind::kLess) return false;
    Made made;
    made.first_arg = args_.size();
    made.first_bound = bounds_.size();
    uint32_t k = taken + 1;
    uint32_t depth = 0;
    bool foreign = false;  // an argument may be a type of the program
    bool halved = false;   // the last token is >>, of which one > is ours
    for (;; ++k) {
      const TokenKind kind = RightKind(k);
      if (kind == TokenKind::kEof || kind == TokenKind::kSemicolon) return false;
      const bool closes = kind == TokenKind::kGreater || kind == TokenKind::kGreaterGreater;
      if (depth == 0 && (closes || kind == TokenKind::kComma)) {
        if (k > taken + 1) {
          bounds_.push_back(args_.size());
          ++made.num_args;
        }
        if (!closes) continue;
        halved = kind == TokenKind::kGreaterGreater;
        break;
      }
      if (kind == TokenKind::kLess || kind == TokenKind::kLeftParen) ++depth;
      if (kind == TokenKind::kGreater || kind == TokenKind::kRightParen) --depth;
      if (kind == TokenKind::kGreaterGreater) {
        if (depth < 2) return false;
        depth -= 2;
      }
      Token arg = Right(k);
      foreign |= kind == TokenKind::kIdentifier && !IsKnownType(arg);
      arg.loc = diag::Loc();
      args_.push_back(arg);
    }
    if (made.num_args < row.least || made.num_args > row.most) return false;
    if (halved) {
      // The second half stays.
      Token& last = out_[out_.size() - 1 - k];
      last.kind = TokenKind::kGreater;
      last.text += 1;
      last.length = 1;
      Token first = last;
      first.text -= 1;
      InsertRight(k, first);
    }
    const Token first = tokens_[i];
    Merge(first, k + 1, NameId());
    if (arena_.failed()) return true;
    Token& merged = out_[out_.size() - 1];
    made.from = row.meaning;
    made.text = merged.view();
    made.at = foreign ? StartBefore(i) : 0;
    needed_[kClassTemplatesText] = true;
    if (row.scope == kChrono) needed_[kChronoText] = true;
    if (SameText(row.meaning, "__std_normal_distribution") ||
        SameText(row.meaning, "__std_uniform_real_distribution")) {
      needed_[kRandomText] = true;
    }
    for (Made& other : made_) {
      if (!SameText(other.text, made.text)) continue;
      if (made.at < other.at) other.at = made.at;
      merged.name = other.name;
      return true;
    }
    made.name = names_.Intern(made.text);
    merged.name = made.name;
    made_.push_back(made);
    return true;
  }
  WS_HD void InsertRight(uint32_t k, const Token& t) {
    out_.push_back(t);
    for (uint32_t at = out_.size() - 1; at > out_.size() - 1 - k; --at) {
      const Token moved = out_[at];
      out_[at] = out_[at - 1];
      out_[at - 1] = moved;
    }
  }
  WS_HD bool IsKnownType(const Token& t) const {
    if (t.name.valid() && names_.builtin_type(t.name) != BuiltinTypeName::kNone) return true;
    const std::string_view text = t.view();
    if (SameText(text, "std")) return true;
    if (text.size() > 5 && SameText(text.substr(0, 5), "std::")) {
      for (const Made& made : made_) {
        if (made.name == t.name) return made.at == 0;
      }
      return true;
    }
    return false;
  }
  WS_HD uint32_t StartBefore(uint32_t i) const {
    uint32_t start = 0;
    for (uint32_t s : starts_) {
      if (s > i) break;
      start = s;
    }
    return start;
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

  // The tokens of a made struct, from the template's between `struct` and the ; behind its braces.
  WS_HD void Write(const Made& made, const Vec<Token>& templates, Vec<Token>& to) {
    const NameId from = names_.Intern(made.from);
    const NameId t0 = names_.Intern("T0");
    const NameId t1 = names_.Intern("T1");
    uint32_t at = 0;
    while (at + 1 < templates.size() &&
           !(templates[at].kind == TokenKind::kStruct && templates[at + 1].name == from)) {
      ++at;
    }
    uint32_t depth = 0;
    for (; at < templates.size(); ++at) {
      Token t = templates[at];
      const bool is_name = t.kind == TokenKind::kIdentifier;
      if (t.kind == TokenKind::kLeftBrace) ++depth;
      if (t.kind == TokenKind::kRightBrace) --depth;
      if (is_name && t.name == from) {
        t.name = made.name;
        t.text = made.text.data();
        t.length = static_cast<uint32_t>(made.text.size());
      }
      if (is_name && (t.name == t0 || t.name == t1)) {
        WriteArgument(made, t.name == t0 ? 0 : 1, t, to);
        continue;
      }
      to.push_back(t);
      if (depth == 0 && t.kind == TokenKind::kSemicolon) return;
    }
  }
  WS_HD void WriteArgument(const Made& made, uint32_t arg, Token t, Vec<Token>& to) {
    if (arg >= made.num_args) {
      const std::string_view otherwise = FindRow(std::string_view(made.from).substr(6)).otherwise;
      t.name = names_.Intern(otherwise);
      t.kind = names_.token_kind(t.name);
      t.text = otherwise.data();
      t.length = static_cast<uint32_t>(otherwise.size());
      to.push_back(t);
      return;
    }
    const uint32_t begin = arg == 0 ? made.first_arg : bounds_[made.first_bound + arg - 1];
    const uint32_t end = bounds_[made.first_bound + arg];
    for (uint32_t k = begin; k < end; ++k) to.push_back(args_[k]);
  }

  // The files, what is made, and the program.
  WS_HD void Assemble() {
    if (needed_[kClassTemplatesText]) needed_[kClassTemplatesText] = false;
    Vec<Token> all(arena_);
    all.reserve(tokens_.size() + 4096);
    // What keys are compared with stands before the containers.
    if (needed_[kStringText]) Lex(kStringText, all);
    for (uint32_t file = 0; file < kNumLibraryFiles; ++file) {
      if (needed_[file] && file != kStringText) Lex(static_cast<LibraryFile>(file), all);
    }
    Vec<Token> templates(arena_);
    if (!made_.empty()) Lex(kClassTemplatesText, templates);
    for (const Made& made : made_) {
      if (made.at == 0) Write(made, templates, all);
    }
    // Positions of the program's own tokens tell where the rest stands.
    uint32_t next = 0;  // of starts_
    for (uint32_t i = out_.size(); i > 0; --i) {
      const Token& t = out_[i - 1];
      while (next < starts_.size() && IsSame(tokens_[starts_[next]], t)) {
        for (const Made& made : made_) {
          if (made.at != 0 && made.at == starts_[next]) Write(made, templates, all);
        }
        ++next;
      }
      all.push_back(t);
    }
    tokens_ = all;
  }
  WS_HD static bool IsSame(const Token& a, const Token& b) {
    return a.loc == b.loc && a.loc_end == b.loc_end;
  }

  Arena& arena_;
  const LibraryTexts& texts_;
  diag::Sink& sink_;
  Names& names_;
  Vec<Token>& tokens_;
  Vec<Token> out_;  // the program from its end on
  Vec<uint32_t> starts_;
  Vec<Made> made_;
  Vec<Token> args_;
  Vec<uint32_t> bounds_;
  bool needed_[kNumLibraryFiles] = {};
  bool open_std_ = false, open_chrono_ = false;
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

}  // namespace

WS_HD void AddLibrary(Arena& arena, const LibraryTexts& texts, diag::Sink& sink, Names& names,
                      Vec<Token>& tokens) {
  JoinCudaStd(names, tokens);
  Reader(arena, texts, sink, names, tokens).Run();
}

}  // namespace ws::front
