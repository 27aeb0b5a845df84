// Macros: their table and their expansion. Device-clean.
//
// Expansion follows the standard (C++17 [cpp.replace], [cpp.rescan]) with two explicit stacks.
// Contexts are ranges of tokens being read: replacements of macros, each of which is disabled while
// its replacement is read, or arguments. Jobs expand one list of tokens each: the program's own
// text, and above it arguments, which are expanded alone before they are put into a replacement.
#ifndef WARPSMITH_FRONT_MACRO_H_
#define WARPSMITH_FRONT_MACRO_H_

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "diag/diag.h"
#include "front/lex.h"
#include "front/names.h"
#include "front/token.h"

namespace ws::front {

class MacroTable {
 public:
  WS_HD MacroTable(Arena& arena, const diag::SourceMap& sources, Names& names, diag::Sink& sink)
      : arena_(&arena),
        sources_(&sources),
        names_(&names),
        sink_(&sink),
        macros_(arena),
        pool_(arena),
        output_(arena),
        contexts_(arena),
        jobs_(arena),
        args_(arena) {}

  // Reads `NAME replacement` or `NAME(parameters) replacement` up to the end of the line.
  WS_HD void Define(Lexer& lexer, diag::Loc directive);
  WS_HD void Undefine(NameId name) { names_->SetMacro(name, Names::kNoMacro); }

  // Headers of the library that are written in the dialect know no macros of the program.
  WS_HD void ReadLibrary(bool reads) { reads_library_ = reads; }

  // `first` names a macro and was read from `file`. Appends what it expands to, reading arguments
  // from `file` where it needs them.
  WS_HD void ExpandInvocation(const Token& first, Lexer& file, Vec<Token>& out);

  // Expands tokens with no file behind them; the result is valid until the next call.
  WS_HD std::span<const Token> ExpandList(const Vec<Token>& list);

  // A limit was passed; nothing more should be expanded.
  WS_HD bool stopped() const { return stopped_ || arena_->failed(); }

 private:
  struct Macro {
    NameId name;
    uint32_t begin = 0;  // of the replacement in pool_; parameters carry their number + 1 in loc
    uint32_t end = 0;
    uint32_t parameters = 0;
    bool function_like = false;
    bool variadic = false;    // the last parameter takes the rest
    bool plain = true;        // no parameters, # or ## in the replacement
    bool disabled = false;    // its replacement is being read
    bool of_library = false;  // or the language's own
  };
  struct Range {
    uint32_t begin = 0;  // in pool_
    uint32_t end = 0;
  };
  struct Context {
    Range range;
    uint32_t macro = Names::kNoMacro;  // to be enabled again behind it
    uint8_t flags = 0;                 // where its first token stands
    bool at_start = false;             // that token was not read yet
  };
  struct Argument {
    Range raw;
    Range expanded;
  };
  struct Job {
    uint32_t contexts = 0;               // first context of its own
    uint32_t output = 0;                 // where its output begins
    uint32_t pending = Names::kNoMacro;  // macro whose arguments are being expanded
    uint32_t first_argument = 0;
    uint32_t next_argument = 0;
    uint8_t flags = 0;  // of the pending macro's name
  };

  WS_HD void Run(Lexer* file, Vec<Token>& out);
  WS_HD bool ReadContext(Token& token);
  WS_HD void Emit(const Token& token, Vec<Token>& out);
  WS_HD void Invoke(const Token& token, Lexer* file, Vec<Token>& out);
  WS_HD bool NextIsLeftParen(const Lexer* file) const;
  WS_HD bool Collect(const Macro& macro, Lexer* file);
  WS_HD bool CheckArguments(const Macro& macro, uint32_t first_argument);
  WS_HD void FinishJob();
  WS_HD void PushReplacement(uint32_t macro, Range range, uint8_t flags);
  WS_HD Range Substitute(const Macro& macro, uint32_t first_argument);
  WS_HD void CopyRange(Range range, uint8_t flags);
  WS_HD void Paste(const Token& right);
  WS_HD Token Stringify(Range range);
  WS_HD Token DynamicToken(std::string_view name);
  WS_HD uint32_t MacroOf(NameId name);
  WS_HD uint32_t DefineBuiltin(NameId name, uint32_t row);
  WS_HD bool ReadParameters(Lexer& lexer, Macro& macro, Vec<NameId>& parameters);
  WS_HD void ReadReplacement(Lexer& lexer, Macro& macro, const Vec<NameId>& parameters);
  WS_HD bool SameReplacement(const Macro& a, const Macro& b) const;
  WS_HD bool Produce(uint32_t count);
  WS_HD void Stop();

  Arena* arena_;
  const diag::SourceMap* sources_;
  Names* names_;
  diag::Sink* sink_;
  bool reads_library_ = false;
  Vec<Macro> macros_;
  Vec<Token> pool_;    // replacements, arguments, results of substitution
  Vec<Token> output_;  // a stack of what the jobs above the first have put out
  Vec<Context> contexts_;
  Vec<Job> jobs_;
  Vec<Argument> args_;
  Token invocation_;    // outermost macro name being expanded; where errors are reported
  diag::Loc last_loc_;  // end of the last token read from the file
  uint32_t produced_ = 0;
  bool stopped_ = false;
  uint32_t line_file_ = 0xffffffffu;  // cache of __LINE__
  uint32_t line_offset_ = 0;
  uint32_t line_ = 1;
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_MACRO_H_
