// device-clean
#include "front/lex.h"

#include "front/words.h"

namespace ws::front {
namespace {

enum CharClass : uint8_t {
  kOther,
  kLetter,  // and _
  kDigit,
  kQuote,
  kPunctuation,
};

struct CharTable {
  uint8_t of[256] = {};
};

WS_HD constexpr CharTable MakeCharTable() {
  CharTable table;
  for (int c = 'a'; c <= 'z'; ++c) table.of[c] = kLetter;
  for (int c = 'A'; c <= 'Z'; ++c) table.of[c] = kLetter;
  table.of[static_cast<int>('_')] = kLetter;
  for (int c = '0'; c <= '9'; ++c) table.of[c] = kDigit;
  table.of[static_cast<int>('"')] = kQuote;
  table.of[static_cast<int>('\'')] = kQuote;
  for (char c : std::string_view("()[]{};,.:?#~!+-*/%<>=&^|")) {
    table.of[static_cast<int>(c)] = kPunctuation;
  }
  return table;
}

WS_HD inline CharClass ClassOf(char c) {
  static constexpr CharTable kTable = MakeCharTable();
  return static_cast<CharClass>(kTable.of[static_cast<unsigned char>(c)]);
}
WS_HD inline bool IsWordPart(char c) {
  const CharClass k = ClassOf(c);
  return k == kLetter || k == kDigit;
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

WS_HD void Lexer::Finish(Token& token, TokenKind kind, const char* begin, const char* end) {
  token.kind = kind;
  token.flags = flags_;
  token.length = static_cast<uint32_t>(end - begin);
  token.text = begin;
  token.name = NameId();
  token.loc = LocOf(begin);
  token.loc_end = LocOf(end);
  flags_ = 0;
  at_ = end;
}

WS_HD void Lexer::SkipLineComment() {
  for (;;) {
    const char c = *at_;
    if (c == '\n' || (c == 0 && at_ == end_)) return;
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

WS_HD void Lexer::Next(Token& token) {
  for (;;) {
    if (!SkipSpace(flags_)) {
      Finish(token, TokenKind::kLineEnd, at_, at_);
      return;
    }
    switch (ClassOf(*at_)) {
      case kLetter:
        return LexIdentifier(token);
      case kDigit:
        return LexNumber(token);
      case kQuote:
        return LexQuoted(token, *at_);
      case kPunctuation:
        if (*at_ == '.' && ClassOf(at_[1]) == kDigit) return LexNumber(token);
        if (LexPunctuator(token)) return;
        break;
      case kOther:
        if (at_ == end_) {
          Finish(token, in_directive_ ? TokenKind::kLineEnd : TokenKind::kEof, at_, at_);
          if (!in_directive_) token.flags |= token_flag::kLineStart;
          return;
        }
        break;
    }
    ReportStray();
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

WS_HD void Lexer::LexIdentifier(Token& token) {
  const char* begin = at_;
  const char* p = begin;
  uint32_t hash = 0;
  do {
    hash = HashStep(hash, *p++);
  } while (IsWordPart(*p));
  std::string_view text(begin, p - begin);
  if (*p == '\\' && Continuation(p) != 0 && IsWordPart(p[Continuation(p)])) {
    while (IsWordPart(*p) || Continuation(p) != 0) p += IsWordPart(*p) ? 1 : Continuation(p);
    text = Joined(begin, p);
    hash = 0;
    for (size_t i = 0; i < text.size(); ++i) hash = HashStep(hash, text.data()[i]);
  }
  if (*p == '"' && (SameText(text, "R") || SameText(text, "L") || SameText(text, "u8") ||
                    SameText(text, "u") || SameText(text, "U"))) {
    sink_->Report(diag::Kind::kUnsupported, LocOf(begin), static_cast<uint32_t>(text.size()),
                  "a string literal with a prefix");
  }
  Finish(token, TokenKind::kIdentifier, begin, p);
  token.text = text.data();
  token.length = static_cast<uint32_t>(text.size());
  token.name = names_->Intern(text.data(), token.length, HashEnd(hash));
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

WS_HD bool Lexer::LexPunctuator(Token& token) {
  const char* p = at_;
  const char c1 = p[1];
  TokenKind kind;
  uint32_t length = 1;
  // Takes `longer` if the next byte is `next`.
  const auto two = [&](char next, TokenKind longer) {
    if (c1 != next) return false;
    kind = longer;
    length = 2;
    return true;
  };
  // clang-format off
  switch (*p) {
    case '(': kind = TokenKind::kLeftParen; break;
    case ')': kind = TokenKind::kRightParen; break;
    case '[': kind = TokenKind::kLeftBracket; break;
    case ']': kind = TokenKind::kRightBracket; break;
    case '{': kind = TokenKind::kLeftBrace; break;
    case '}': kind = TokenKind::kRightBrace; break;
    case ';': kind = TokenKind::kSemicolon; break;
    case ',': kind = TokenKind::kComma; break;
    case '?': kind = TokenKind::kQuestion; break;
    case '~': kind = TokenKind::kTilde; break;
    case ':':
      kind = TokenKind::kColon;
      two(':', TokenKind::kColonColon);
      break;
    case '.':
      kind = TokenKind::kDot;
      if (c1 == '.' && p[2] == '.') {
        kind = TokenKind::kEllipsis;
        length = 3;
      }
      break;
    case '#':
      kind = TokenKind::kHash;
      two('#', TokenKind::kHashHash);
      break;
    case '!':
      kind = TokenKind::kNot;
      two('=', TokenKind::kNotEqual);
      break;
    case '+':
      kind = TokenKind::kPlus;
      if (!two('+', TokenKind::kPlusPlus)) two('=', TokenKind::kPlusEqual);
      break;
    case '-':
      kind = TokenKind::kMinus;
      if (!two('-', TokenKind::kMinusMinus) && !two('=', TokenKind::kMinusEqual)) {
        two('>', TokenKind::kArrow);
      }
      break;
    case '*':
      kind = TokenKind::kStar;
      two('=', TokenKind::kStarEqual);
      break;
    case '/':
      kind = TokenKind::kSlash;
      two('=', TokenKind::kSlashEqual);
      break;
    case '%':
      kind = TokenKind::kPercent;
      two('=', TokenKind::kPercentEqual);
      break;
    case '=':
      kind = TokenKind::kEqual;
      two('=', TokenKind::kEqualEqual);
      break;
    case '&':
      kind = TokenKind::kAnd;
      if (!two('&', TokenKind::kAndAnd)) two('=', TokenKind::kAndEqual);
      break;
    case '|':
      kind = TokenKind::kOr;
      if (!two('|', TokenKind::kOrOr)) two('=', TokenKind::kOrEqual);
      break;
    case '^':
      kind = TokenKind::kXor;
      two('=', TokenKind::kXorEqual);
      break;
    case '<':
      kind = TokenKind::kLess;
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
      kind = TokenKind::kGreater;
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
      return false;
  }
  // clang-format on
  Finish(token, kind, p, p + length);
  return true;
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
