// device-clean
#include "ir/reader/lex.h"

namespace ws::ir::reader {
namespace {

WS_HD bool IsDigit(char c) { return c >= '0' && c <= '9'; }
WS_HD bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
WS_HD bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
WS_HD bool IsStart(char c) { return IsLetter(c) || c == '_' || c == '$' || c == '%'; }
WS_HD bool IsName(char c) { return IsLetter(c) || IsDigit(c) || c == '_' || c == '$'; }

class Lexer {
 public:
  WS_HD Lexer(std::string_view text, const TextPlaces& places, Words& words, diag::Sink& sink,
              Vec<Token>& tokens)
      : text_(text), places_(places), words_(words), sink_(sink), tokens_(tokens) {}

  WS_HD void Run() {
    while (sink_.list().size() < diag::Sink::kLimit && SkipSpace()) Next();
    Add(TokenKind::kEnd, at_);
  }

 private:
  WS_HD char At(size_t i) const { return i < text_.size() ? text_.data()[i] : 0; }

  WS_HD void Add(TokenKind kind, size_t begin, char punct = 0) {
    Token t;
    t.begin = static_cast<uint32_t>(begin);
    t.length = static_cast<uint32_t>(at_ - begin);
    t.kind = kind;
    t.punct = punct;
    if (kind == TokenKind::kWord || kind == TokenKind::kDot) {
      t.word = words_.Intern(std::string_view(text_.data() + begin, at_ - begin));
    }
    tokens_.push_back(t);
  }

  // # 12 "file.cu", as a preprocessor writes it.
  WS_HD bool IsLineMark() const {
    size_t i = at_ + 1;
    while (At(i) == ' ' || At(i) == '\t') ++i;
    return At(at_) == '#' && IsDigit(At(i));
  }

  // To the next token; false at the end of the text.
  WS_HD bool SkipSpace() {
    for (;;) {
      const char c = At(at_);
      if (at_ >= text_.size()) return false;
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        ++at_;
      } else if ((c == '/' && At(at_ + 1) == '/') || IsLineMark()) {
        while (at_ < text_.size() && At(at_) != '\n') ++at_;
      } else if (c == '/' && At(at_ + 1) == '*') {
        const size_t begin = at_;
        at_ += 2;
        while (at_ < text_.size() && !(At(at_) == '*' && At(at_ + 1) == '/')) ++at_;
        if (at_ >= text_.size()) {
          sink_.Report(diag::Kind::kUnterminatedComment, LocOf(begin), 2);
          return false;
        }
        at_ += 2;
      } else {
        return true;
      }
    }
  }

  WS_HD diag::Loc LocOf(size_t at) const { return places_.At(at); }

  WS_HD void Next() {
    const size_t begin = at_;
    const char c = At(at_);
    if (IsStart(c)) {
      const bool alone = (c == '_' || c == '$' || c == '%') && !IsName(At(at_ + 1));
      ++at_;
      if (alone && c == '_') return Add(TokenKind::kPunct, begin, '_');
      if (alone && c == '%') return Add(TokenKind::kPunct, begin, '%');
      while (IsName(At(at_))) ++at_;
      // An element of a special or vector register.
      const char element = At(at_ + 1);
      const char end = At(at_ + 2);
      const bool ends = c == '%' || end == ',' || end == ';' || end == '}' || end == ']';
      const bool is_color = element == 'r' || element == 'g' || element == 'b' || element == 'a';
      const bool is_element = (element >= 'w' && element <= 'z') || (ends && is_color);
      if (At(at_) == '.' && is_element && !IsName(At(at_ + 2))) at_ += 2;
      return Add(TokenKind::kWord, begin);
    }
    if (c == '.' && (IsName(At(at_ + 1)))) {
      ++at_;
      while (IsName(At(at_)) || (At(at_) == ':' && At(at_ + 1) == ':')) {
        at_ += At(at_) == ':' ? 2 : 1;
      }
      return Add(TokenKind::kDot, begin);
    }
    if (IsDigit(c)) return Number();
    if (c == '"') return String();
    ++at_;
    switch (c) {
      case '{':
      case '}':
      case '[':
      case ']':
      case '(':
      case ')':
      case '<':
      case '>':
      case ',':
      case ';':
      case ':':
      case '@':
      case '!':
      case '+':
      case '-':
      case '*':
      case '/':
      case '|':
      case '&':
      case '=':
      case '~':
      case '^':
      case '?':
        return Add(TokenKind::kPunct, begin, c);
      default:
        sink_.Report(diag::Kind::kPtxStrayByte, LocOf(begin), 1,
                     static_cast<uint32_t>(static_cast<unsigned char>(c)));
    }
  }

  WS_HD void Number() {
    const size_t begin = at_;
    const char kind = At(at_ + 1);
    if (At(at_) == '0' && (kind == 'f' || kind == 'F' || kind == 'd' || kind == 'D')) {
      const size_t digits = kind == 'f' || kind == 'F' ? 8 : 16;
      size_t n = 0;
      while (n < digits && IsHex(At(at_ + 2 + n))) ++n;
      if (n == digits && !IsName(At(at_ + 2 + n))) {
        at_ += 2 + n;
        return Add(digits == 8 ? TokenKind::kFloat32 : TokenKind::kFloat64, begin);
      }
      at_ += 2;
      while (IsName(At(at_))) ++at_;
      sink_.Report(diag::Kind::kPtxBadNumber, LocOf(begin), static_cast<uint32_t>(at_ - begin));
      return Add(TokenKind::kInteger, begin);
    }
    bool is_float = false;
    const bool hex = At(at_) == '0' && (kind == 'x' || kind == 'X');
    while (IsName(At(at_)) || (!hex && At(at_) == '.' && IsDigit(At(at_ + 1)))) {
      const char c = At(at_);
      const bool exponent = !hex && (c == 'e' || c == 'E');
      is_float = is_float || c == '.' || exponent;
      ++at_;
      if (exponent && (At(at_) == '+' || At(at_) == '-')) ++at_;
    }
    if (!hex && At(at_) == '.' && !IsName(At(at_ + 1))) {  // `1.`
      is_float = true;
      ++at_;
    }
    Add(is_float ? TokenKind::kFloat64 : TokenKind::kInteger, begin);
  }

  WS_HD void String() {
    const size_t begin = at_++;
    while (at_ < text_.size() && At(at_) != '"' && At(at_) != '\n') {
      at_ += At(at_) == '\\' && At(at_ + 1) != '\n' ? 2 : 1;
    }
    if (at_ >= text_.size() || At(at_) != '"') {
      at_ = at_ < text_.size() ? at_ : text_.size();
      sink_.Report(diag::Kind::kUnterminatedLiteral, LocOf(begin), 1, "the string");
    } else {
      ++at_;
    }
    Add(TokenKind::kString, begin);
  }

  std::string_view text_;
  TextPlaces places_;
  Words& words_;
  diag::Sink& sink_;
  Vec<Token>& tokens_;
  size_t at_ = 0;
};

}  // namespace

WS_HD bool Lex(std::string_view text, const TextPlaces& places, Words& words, diag::Sink& sink,
               Vec<Token>& tokens) {
  Lexer(text, places, words, sink, tokens).Run();
  return true;
}

}  // namespace ws::ir::reader
