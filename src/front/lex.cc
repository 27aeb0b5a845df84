// device-clean
#include "front/lex.h"

#include "front/words.h"

namespace ws::front {
namespace {

enum CharClass : uint8_t {
  kOther,
  kSpace,
  kNewline,
  kLetter,  // and _
  kDigit,
  kQuote,
  kDot,
  kSlash,
  kBackslash,
  kSimple,    // a punctuator that begins no longer one
  kCompound,  // a punctuator that may
};

struct CharTable {
  CharClass of[256] = {};
  TokenKind alone[256] = {};  // of punctuators: the one of this byte alone
};

WS_HD constexpr CharTable MakeCharTable() {
  CharTable table;
  for (int c = 'a'; c <= 'z'; ++c) table.of[c] = kLetter;
  for (int c = 'A'; c <= 'Z'; ++c) table.of[c] = kLetter;
  table.of[static_cast<int>('_')] = kLetter;
  for (int c = '0'; c <= '9'; ++c) table.of[c] = kDigit;
  const auto set = [&](std::string_view bytes, CharClass of) {
    for (const char c : bytes) table.of[static_cast<int>(c)] = of;
  };
  set(" \t\r\v\f", kSpace);
  set("\n", kNewline);
  set("\"'", kQuote);
  set(".", kDot);
  set("/", kSlash);
  set("\\", kBackslash);
  set("()[]{};,?~", kSimple);
  set(":#!+-*%<>=&^|", kCompound);
#define TOKEN(name, spelling)
#define PUNCTUATOR(name, spelling) \
  if (sizeof(spelling) == 2) table.alone[static_cast<int>(spelling[0])] = TokenKind::k##name;
#define KEYWORD(name, spelling)
#include "front/tokens.def"
#undef TOKEN
#undef PUNCTUATOR
#undef KEYWORD
  return table;
}

WS_HD inline const CharTable& Chars() {
  static constexpr CharTable kTable = MakeCharTable();
  return kTable;
}
WS_HD inline CharClass ClassOf(char c) { return Chars().of[static_cast<unsigned char>(c)]; }
WS_HD inline bool IsWordPart(char c) {
  const CharClass k = ClassOf(c);
  return k == kLetter || k == kDigit;
}

// Behind the spaces at p.
WS_HD inline const char* SkipBlanks(const char* p) {
  for (;;) {
    const uint64_t others = ~MarkEqual(LoadBytes(p), ' ') & kMarks;
    p += BytesBefore(others);
    if (others != 0) return p;
  }
}

}  // namespace

WS_HD uint32_t Lexer::Continuation(const char* p) const {
  if (*p != '\\') return 0;
  if (p[1] == '\n') return 2;
  return p[1] == '\r' && p + 2 < end_ && p[2] == '\n' ? 3 : 0;
}

WS_HD std::string_view Lexer::Joined(const char* begin, const char* end) {
  char* copy = static_cast<char*>(arena_->Allocate(end - begin));
  if (copy == nullptr) return {begin, 1};
  size_t size = 0;
  for (const char* p = begin; p < end;) {
    if (const uint32_t skip = Continuation(p)) {
      p += skip;
    } else {
      copy[size++] = *p++;
    }
  }
  return {copy, size};
}

WS_HD WS_FORCE_INLINE void Lexer::Finish(Token& token, TokenKind kind, const char* begin,
                                         const char* end) {
  const auto length = static_cast<uint32_t>(end - begin);
  const diag::Loc loc = LocOf(begin);
  token.kind = kind;
  token.flags = flags_;
  token.length = length;
  token.text = begin;
  token.name = NameId();
  token.loc = loc;
  token.loc_end = loc.valid() ? diag::Loc{loc.offset + length} : loc;
  flags_ = 0;
  at_ = end;
}

WS_HD void Lexer::SkipLineComment() {
  for (;;) {
    const uint64_t bytes = LoadBytes(at_);
    const uint64_t stops = MarkEqual(bytes, '\n') | MarkEqual(bytes, '\\') | MarkEqual(bytes, 0);
    at_ += BytesBefore(stops);
    if (stops == 0) continue;
    if (*at_ == '\n' || (*at_ == 0 && at_ == end_)) return;
    const uint32_t skip = Continuation(at_);
    at_ += skip > 0 ? skip : 1;
  }
}

WS_HD bool Lexer::SkipBlockComment() {
  const char* begin = at_;
  for (at_ += 2; at_ < end_; ++at_) {
    if (*at_ == '*' && at_[1] == '/') {
      at_ += 2;
      return true;
    }
  }
  at_ = end_;
  sink_->Report(diag::Kind::kUnterminatedComment, LocOf(begin), 2);
  return false;
}

// Passes over space and comments; false at the end of a directive's line.
WS_HD bool Lexer::SkipSpace(uint8_t& flags) {
  for (;;) {
    switch (*at_) {
      case ' ':
      case '\t':
      case '\r':
      case '\v':
      case '\f':
        flags |= token_flag::kSpaceBefore;
        ++at_;
        break;
      case '\n':
        if (in_directive_) return false;
        flags |= token_flag::kSpaceBefore | token_flag::kLineStart;
        ++at_;
        break;
      case '/':
        if (at_[1] == '/') {
          SkipLineComment();
        } else if (at_[1] == '*') {
          SkipBlockComment();
        } else {
          return true;
        }
        flags |= token_flag::kSpaceBefore;
        break;
      case '\\': {
        const uint32_t skip = Continuation(at_);
        if (skip == 0) return true;
        flags |= token_flag::kSpaceBefore;
        at_ += skip;
        break;
      }
      default:
        return true;
    }
  }
}

WS_HD WS_FORCE_INLINE void Lexer::LexIdentifier(Token& token, const char* begin) {
  const char* p = begin;
  uint64_t bytes = LoadBytes(p);
  uint64_t ends = ~MarkWordParts(bytes) & kMarks;
  uint64_t head = bytes;
  uint64_t hash = 0;
  while (ends == 0) {
    hash = HashStep(hash, bytes);
    p += 8;
    bytes = LoadBytes(p);
    ends = ~MarkWordParts(bytes) & kMarks;
  }
  const uint32_t last = BytesBefore(ends);
  if (last > 0) {
    bytes = KeepBefore(bytes, ends);
    hash = HashStep(hash, bytes);
    if (p == begin) head = bytes;
    p += last;
  }
  if (*p == '"' || *p == '\\') [[unlikely]] {
    at_ = begin;
    return LexBrokenIdentifier(token, p);
  }
  Finish(token, TokenKind::kIdentifier, begin, p);
  token.name = names_->Intern(begin, token.length, head, HashEnd(hash));
  if (token.name.valid()) token.kind = names_->token_kind(token.name);
}

WS_HD WS_FORCE_INLINE void Lexer::Read(Token& token) {
  const CharTable& chars = Chars();
  const char* p = at_;
  for (;;) {
    const auto c = static_cast<unsigned char>(*p);
    switch (chars.of[c]) {
      case kSpace:
        flags_ |= token_flag::kSpaceBefore;
        ++p;
        continue;
      case kNewline:
        if (in_directive_) return Finish(token, TokenKind::kLineEnd, p, p);
        flags_ |= token_flag::kSpaceBefore | token_flag::kLineStart;
        p = SkipBlanks(p + 1);
        continue;
      case kLetter:
        return LexIdentifier(token, p);
      case kSimple:
        return Finish(token, chars.alone[c], p, p + 1);
      case kCompound:
        return LexPunctuator(token, p);
      case kDot:
        if (ClassOf(p[1]) != kDigit) return LexPunctuator(token, p);
        [[fallthrough]];
      case kDigit:
        at_ = p;
        return LexNumber(token);
      case kQuote:
        at_ = p;
        return LexQuoted(token, static_cast<char>(c));
      case kSlash:
        at_ = p;
        if (!SkipSpace(flags_)) return Finish(token, TokenKind::kLineEnd, at_, at_);
        if (at_ == p) return LexPunctuator(token, p);
        p = at_;
        continue;
      case kBackslash:
        if (const uint32_t skip = Continuation(p)) {
          flags_ |= token_flag::kSpaceBefore;
          p += skip;
          continue;
        }
        break;
      case kOther:
        if (p == end_) {
          Finish(token, in_directive_ ? TokenKind::kLineEnd : TokenKind::kEof, p, p);
          if (!in_directive_) token.flags |= token_flag::kLineStart;
          return;
        }
        break;
    }
    at_ = p;
    ReportStray();
    p = at_;
  }
}

WS_HD void Lexer::Next(Token& token) { Read(token); }

WS_HD void Lexer::ReadPlain(Vec<Token>& tokens, uint32_t limit) {
  while (tokens.size() < limit) {
    Token* const slot = tokens.extend(1);
    if (slot == nullptr) return;
    Read(*slot);
    if (slot->name.valid()) {
      if (names_->macro(slot->name) != Names::kNoMacro) return;
    } else if (slot->kind == TokenKind::kHash) {
      if ((slot->flags & token_flag::kLineStart) != 0) return;
    } else if (slot->kind == TokenKind::kEof) {
      return;
    }
  }
}

WS_HD void Lexer::ReportStray() {
  const char* begin = at_++;
  const bool ascii = static_cast<unsigned char>(*begin) < 0x80;
  if (!ascii) {
    while (static_cast<unsigned char>(*at_) >= 0x80) ++at_;
  }
  const auto length = static_cast<uint32_t>(at_ - begin);
  if (ascii && static_cast<unsigned char>(*begin) > 0x20 && *begin != 0x7f) {
    sink_->Report(diag::Kind::kStrayCharacter, LocOf(begin), length,
                  std::string_view(begin, length));
  } else {
    sink_->Report(diag::Kind::kStrayByte, LocOf(begin), length,
                  static_cast<int>(static_cast<unsigned char>(*begin)));
  }
}

// An identifier that a quote or a backslash follows, perhaps one that goes on in the next line.
WS_HD void Lexer::LexBrokenIdentifier(Token& token, const char* end) {
  const char* const begin = at_;
  const char* p = end;
  std::string_view text(begin, p - begin);
  if (*p == '\\' && Continuation(p) != 0 && IsWordPart(p[Continuation(p)])) {
    while (IsWordPart(*p) || Continuation(p) != 0) p += IsWordPart(*p) ? 1 : Continuation(p);
    text = Joined(begin, p);
  }
  if (*p == '"' && (SameText(text, "R") || SameText(text, "u8R"))) {
    const char* const behind = EndOfRaw(p + 1);
    if (behind != nullptr) return Finish(token, TokenKind::kString, begin, behind);
  }
  if (*p == '"' &&
      (SameText(text, "L") || SameText(text, "u8") || SameText(text, "u") || SameText(text, "U"))) {
    sink_->Report(diag::Kind::kUnsupported, LocOf(begin), static_cast<uint32_t>(text.size()),
                  "a string literal with a prefix");
  }
  Finish(token, TokenKind::kIdentifier, begin, p);
  token.text = text.data();
  token.length = static_cast<uint32_t>(text.size());
  token.name = names_->Intern(text);
  if (token.name.valid()) token.kind = names_->token_kind(token.name);
}

WS_HD void Lexer::LexNumber(Token& token) {
  const char* begin = at_;
  const char* p = begin;
  const bool hex = p[0] == '0' && (p[1] == 'x' || p[1] == 'X');
  bool is_float = false;
  bool joined = false;
  for (;;) {
    const char c = *p;
    if (c == '.') {
      is_float = true;
    } else if (hex ? c == 'p' || c == 'P' : c == 'e' || c == 'E') {
      is_float = true;
      if (p[1] == '+' || p[1] == '-') ++p;
    } else if (const uint32_t skip = Continuation(p)) {
      joined = true;
      p += skip - 1;
    } else if (!IsWordPart(c) && !(c == '\'' && IsWordPart(p[1]))) {
      break;
    }
    ++p;
  }
  // 1f is no C++, but a float is what everyone who writes it means.
  if (!hex && !is_float && (p[-1] == 'f' || p[-1] == 'F')) is_float = true;
  Finish(token, is_float ? TokenKind::kFloatNumber : TokenKind::kIntNumber, begin, p);
  if (joined) {
    const std::string_view text = Joined(begin, p);
    token.text = text.data();
    token.length = static_cast<uint32_t>(text.size());
  }
}

WS_HD void Lexer::LexQuoted(Token& token, char quote) {
  const char* begin = at_;
  const char* p = begin + 1;
  bool joined = false;
  bool closed = false;
  while (p < end_) {
    const char c = *p;
    if (c == quote) {
      ++p;
      closed = true;
      break;
    }
    if (c == '\n') break;
    if (c == '\\') {
      const uint32_t skip = Continuation(p);
      joined = joined || skip > 0;
      p += skip > 0 ? skip : p + 1 < end_ && p[1] != '\n' ? 2 : 1;
    } else {
      ++p;
    }
  }
  const bool string = quote == '"';
  Finish(token, string ? TokenKind::kString : TokenKind::kChar, begin, p);
  if (joined) {
    const std::string_view text = Joined(begin, p);
    token.text = text.data();
    token.length = static_cast<uint32_t>(text.size());
  }
  if (!closed) {
    sink_->Report(diag::Kind::kUnterminatedLiteral, LocOf(begin), token.length,
                  string ? "string" : "character");
  }
}

WS_HD void Lexer::LexPunctuator(Token& token, const char* p) {
  const char c1 = p[1];
  TokenKind kind = Chars().alone[static_cast<unsigned char>(*p)];
  uint32_t length = 1;
  // Takes `longer` if the next byte is `next`.
  const auto two = [&](char next, TokenKind longer) {
    if (c1 != next) return false;
    kind = longer;
    length = 2;
    return true;
  };
  switch (*p) {
    case ':':
      two(':', TokenKind::kColonColon);
      break;
    case '.':
      if (c1 == '.' && p[2] == '.') {
        kind = TokenKind::kEllipsis;
        length = 3;
      }
      break;
    case '#':
      two('#', TokenKind::kHashHash);
      break;
    case '!':
      two('=', TokenKind::kNotEqual);
      break;
    case '+':
      if (!two('+', TokenKind::kPlusPlus)) two('=', TokenKind::kPlusEqual);
      break;
    case '-':
      if (!two('-', TokenKind::kMinusMinus) && !two('=', TokenKind::kMinusEqual)) {
        two('>', TokenKind::kArrow);
      }
      break;
    case '*':
      two('=', TokenKind::kStarEqual);
      break;
    case '/':
      two('=', TokenKind::kSlashEqual);
      break;
    case '%':
      two('=', TokenKind::kPercentEqual);
      break;
    case '=':
      two('=', TokenKind::kEqualEqual);
      break;
    case '&':
      if (!two('&', TokenKind::kAndAnd)) two('=', TokenKind::kAndEqual);
      break;
    case '|':
      if (!two('|', TokenKind::kOrOr)) two('=', TokenKind::kOrEqual);
      break;
    case '^':
      two('=', TokenKind::kXorEqual);
      break;
    case '<':
      if (two('<', TokenKind::kLessLess)) {
        if (p[2] == '<' || p[2] == '=') {
          kind = p[2] == '<' ? TokenKind::kLaunchOpen : TokenKind::kLessLessEqual;
          length = 3;
        }
      } else {
        two('=', TokenKind::kLessEqual);
      }
      break;
    case '>':
      if (two('>', TokenKind::kGreaterGreater)) {
        if (p[2] == '>' || p[2] == '=') {
          kind = p[2] == '>' ? TokenKind::kLaunchClose : TokenKind::kGreaterGreaterEqual;
          length = 3;
        }
      } else {
        two('=', TokenKind::kGreaterEqual);
      }
      break;
    default:
      break;
  }
  Finish(token, kind, p, p + length);
}

WS_HD void Lexer::LeaveDirective() {
  uint8_t ignored = 0;
  bool lone_quote = false;
  while (SkipSpace(ignored) && at_ < end_) {
    // A literal may hide what looks like a comment; a quote that is never closed hides nothing.
    const char* const end = ClassOf(*at_) == kQuote && !lone_quote ? EndOfQuoted() : nullptr;
    if (ClassOf(*at_) == kQuote && end == nullptr) lone_quote = true;
    at_ = end != nullptr ? end : at_ + 1;
  }
  in_directive_ = false;
}

// Behind the literal that begins here; null if it is not closed on its line.
WS_HD const char* Lexer::EndOfQuoted() const {
  const char quote = *at_;
  for (const char* p = at_ + 1; p < end_ && *p != '\n';) {
    if (*p == quote) return p + 1;
    const uint32_t skip = Continuation(p);
    p += skip > 0 ? skip : *p == '\\' && p + 1 < end_ && p[1] != '\n' ? 2 : 1;
  }
  return nullptr;
}

WS_HD bool Lexer::PeekLeftParen() const {
  // A copy may run ahead, but must not report.
  const char* p = at_;
  for (;;) {
    switch (*p) {
      case ' ':
      case '\t':
      case '\r':
      case '\v':
      case '\f':
        ++p;
        break;
      case '\n':
        if (in_directive_) return false;
        ++p;
        break;
      case '\\':
        if (Continuation(p) == 0) return false;
        p += Continuation(p);
        break;
      case '/':
        if (p[1] == '/') {
          while (p < end_ && *p != '\n') p += Continuation(p) > 0 ? Continuation(p) : 1;
        } else if (p[1] == '*') {
          for (p += 2; p < end_ && !(*p == '*' && p[1] == '/'); ++p) {
          }
          if (p >= end_) return false;
          p += 2;
        } else {
          return false;
        }
        break;
      default:
        return *p == '(';
    }
  }
}

WS_HD bool Lexer::SkipToDirective() {
  in_directive_ = true;
  for (;;) {
    LeaveDirective();  // to the end of the line
    if (at_ >= end_) return false;
    ++at_;  // the line end
    in_directive_ = true;
    uint8_t ignored = 0;
    if (SkipSpace(ignored) && *at_ == '#' && at_[1] != '#') {
      ++at_;
      return true;
    }
  }
}

WS_HD std::string_view Lexer::HeaderName(bool& angled) {
  uint8_t ignored = 0;
  angled = false;
  if (!SkipSpace(ignored) || (*at_ != '<' && *at_ != '"')) return {};
  angled = *at_ == '<';
  const char close = angled ? '>' : '"';
  const char* p = at_ + 1;
  while (p < end_ && *p != close && *p != '\n') ++p;
  if (p >= end_ || *p != close) return {};
  const std::string_view name(at_ + 1, p - at_ - 1);
  at_ = p + 1;
  return name;
}

}  // namespace ws::front
