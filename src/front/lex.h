// One file's bytes to preprocessing tokens, one at a time. Device-clean.
//
// Comments and spaces become flags of the next token. Bytes that begin no token are reported and
// skipped. A backslash before a line end joins lines everywhere except inside punctuators; a token
// that was broken over lines gets a joined copy of its text.
#ifndef WARPSMITH_FRONT_LEX_H_
#define WARPSMITH_FRONT_LEX_H_

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "diag/diag.h"
#include "front/bytes.h"
#include "front/names.h"
#include "front/token.h"

namespace ws::front {

class Lexer {
 public:
  // kTextPadding bytes behind the text must be readable, the first of them 0. `base` is the
  // position of the first byte; invalid for text that lies in no file (tokens then have no
  // position).
  WS_HD Lexer(Arena& arena, Names& names, diag::Sink& sink, std::string_view text, diag::Loc base)
      : arena_(&arena),
        names_(&names),
        sink_(&sink),
        begin_(text.data()),
        at_(text.data()),
        end_(text.data() + text.size()),
        base_(base) {}

  // Reads the next token; Eof at the end, again and again. Inside a directive the end of the line
  // is a LineEnd token, which is not passed over.
  WS_HD void Next(Token& token);

  // Appends tokens up to one that asks for something: a # at the start of a line, the name of a
  // macro, or Eof, which is appended too; or until there are `limit` of them.
  WS_HD void ReadPlain(Vec<Token>& tokens, uint32_t limit);

  WS_HD void EnterDirective() { in_directive_ = true; }
  // Passes over the rest of the directive's line.
  WS_HD void LeaveDirective();

  // Whether the next token, if it comes before any directive, is `(`. Reads nothing.
  WS_HD bool PeekLeftParen() const;

  // Whether the very next byte is `(`: what makes a macro function-like.
  WS_HD bool AtLeftParen() const { return *at_ == '('; }

  // Passes over lines until one begins with `#`, and over that `#`; false at the end of the file.
  // Used for groups that a conditional leaves out. Leaves the lexer inside the directive.
  WS_HD bool SkipToDirective();

  // <name> or "name" at the current place of a directive, without its delimiters; empty if there is
  // none. `angled` says which.
  WS_HD std::string_view HeaderName(bool& angled);

  WS_HD diag::Loc loc() const { return LocOf(at_); }

 private:
  WS_HD diag::Loc LocOf(const char* p) const {
    return base_.valid() ? diag::Loc{base_.offset + static_cast<uint32_t>(p - begin_)}
                         : diag::Loc{};
  }
  WS_HD void Read(Token& token);
  WS_HD void Finish(Token& token, TokenKind kind, const char* begin, const char* end);
  WS_HD void LexIdentifier(Token& token, const char* begin);
  WS_HD void LexBrokenIdentifier(Token& token, const char* end);
  WS_HD void LexNumber(Token& token);
  WS_HD void LexQuoted(Token& token, char quote);
  WS_HD const char* EndOfRaw(const char* p) const;
  WS_HD void LexPunctuator(Token& token, const char* p);
  WS_HD bool SkipSpace(uint8_t& flags);
  WS_HD const char* EndOfQuoted() const;
  WS_HD void SkipLineComment();
  WS_HD bool SkipBlockComment();
  WS_HD void ReportStray();
  // Bytes of a line continuation at p; 0 if there is none.
  WS_HD uint32_t Continuation(const char* p) const;
  WS_HD std::string_view Joined(const char* begin, const char* end);

  Arena* arena_;
  Names* names_;
  diag::Sink* sink_;
  const char* begin_;
  const char* at_;
  const char* end_;
  diag::Loc base_;
  uint8_t flags_ = token_flag::kLineStart;  // of the next token, from what was passed over
  bool in_directive_ = false;
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_LEX_H_
