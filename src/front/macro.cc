// device-clean
//
// Definition of macros; expansion is in macro_expand.cc.
#include "front/macro.h"

#include "front/words.h"

namespace ws::front {

WS_HD void MacroTable::Define(Lexer& lexer, diag::Loc directive) {
  Token name;
  lexer.Next(name);
  if (!name.name.valid()) {
    sink_->Report(diag::Kind::kMalformedDefine, directive, 1, "define", "a macro name is missing");
    return;
  }
  Macro macro;
  macro.name = name.name;
  macro.of_library = reads_library_;
  Vec<NameId> parameters(*arena_);
  if (lexer.AtLeftParen()) {
    macro.function_like = true;
    if (!ReadParameters(lexer, macro, parameters)) {
      sink_->Report(diag::Kind::kMalformedDefine, name.loc, name.length, "define",
                    "malformed parameter list");
      return;
    }
  }
  ReadReplacement(lexer, macro, parameters);
  const uint32_t old = names_->macro(name.name);
  if (old < Names::kBuiltinMacro && !SameReplacement(macros_[old], macro)) {
    sink_->Report(diag::Kind::kMacroRedefined, name.loc, name.length, name.view());
  }
  names_->SetMacro(name.name, macros_.size());
  macros_.push_back(macro);
}

// Reads `(a, b, ...)`; the closing parenthesis is passed over.
WS_HD bool MacroTable::ReadParameters(Lexer& lexer, Macro& macro, Vec<NameId>& parameters) {
  Token t;
  lexer.Next(t);  // (
  lexer.Next(t);
  if (t.kind == TokenKind::kRightParen) return true;
  for (;; lexer.Next(t)) {
    if (t.kind == TokenKind::kEllipsis) {
      parameters.push_back(names_->Intern("__VA_ARGS__"));
      macro.variadic = true;
      lexer.Next(t);
    } else if (t.name.valid()) {
      parameters.push_back(t.name);
      lexer.Next(t);
      if (t.kind == TokenKind::kEllipsis) {
        macro.variadic = true;
        lexer.Next(t);
      }
    } else {
      return false;
    }
    macro.parameters = parameters.size();
    if (t.kind == TokenKind::kRightParen) return true;
    if (t.kind != TokenKind::kComma || macro.variadic) return false;
  }
}

WS_HD void MacroTable::ReadReplacement(Lexer& lexer, Macro& macro, const Vec<NameId>& parameters) {
  macro.begin = pool_.size();
  bool after_hash = false;
  for (;;) {
    Token t;
    lexer.Next(t);
    if (t.kind == TokenKind::kLineEnd) {
      if (after_hash) {
        sink_->Report(diag::Kind::kMalformedDefine, t.loc, 1, "define", "# needs a parameter");
      }
      break;
    }
    uint32_t parameter = 0;
    if (t.name.valid()) {
      for (uint32_t i = 0; i < parameters.size() && parameter == 0; ++i) {
        if (parameters[i] == t.name) parameter = i + 1;
      }
    }
    if (after_hash && parameter == 0) {
      sink_->Report(diag::Kind::kMalformedDefine, t.loc, t.length, "define", "# needs a parameter");
      after_hash = false;
    }
    after_hash = macro.function_like && t.kind == TokenKind::kHash;
    if (parameter != 0 || after_hash || t.kind == TokenKind::kHashHash) macro.plain = false;
    t.loc = diag::Loc{parameter};
    t.flags &= token_flag::kSpaceBefore;
    pool_.push_back(t);
  }
  macro.end = pool_.size();
  if (macro.begin < macro.end && !arena_->failed() &&
      (pool_[macro.begin].kind == TokenKind::kHashHash ||
       pool_[macro.end - 1].kind == TokenKind::kHashHash)) {
    sink_->Report(diag::Kind::kMalformedDefine, lexer.loc(), 1, "define",
                  "## needs a token on each side");
    macro.end = macro.begin;
  }
}

WS_HD bool MacroTable::SameReplacement(const Macro& a, const Macro& b) const {
  if (a.function_like != b.function_like || a.variadic != b.variadic ||
      a.parameters != b.parameters || a.end - a.begin != b.end - b.begin) {
    return false;
  }
  for (uint32_t i = 0; i < a.end - a.begin; ++i) {
    const Token& x = pool_[a.begin + i];
    const Token& y = pool_[b.begin + i];
    if (x.kind != y.kind || !(x.loc == y.loc) || !SameText(x.view(), y.view())) return false;
  }
  return true;
}

WS_HD uint32_t MacroTable::DefineBuiltin(NameId name, uint32_t row) {
  Macro macro;
  macro.name = name;
  macro.of_library = true;
  macro.begin = pool_.size();
  const std::string_view text = BuiltinMacroText(row);
  char* copy = static_cast<char*>(arena_->Allocate(text.size() + kTextPadding));
  if (text.empty() || copy == nullptr) {
    macro.plain = false;  // __LINE__, __FILE__: see DynamicToken
  } else {
    memcpy(copy, text.data(), text.size());
    memset(copy + text.size(), 0, kTextPadding);
    Lexer lexer(*arena_, *names_, *sink_, {copy, text.size()}, diag::Loc{});
    for (;;) {
      Token t;
      lexer.Next(t);
      if (t.kind == TokenKind::kEof) break;
      t.flags &= token_flag::kSpaceBefore;
      pool_.push_back(t);
    }
  }
  macro.end = pool_.size();
  names_->SetMacro(name, macros_.size());
  macros_.push_back(macro);
  return macros_.size() - 1;
}

WS_HD uint32_t MacroTable::MacroOf(NameId name) {
  const uint32_t macro = names_->macro(name);
  if (macro == Names::kNoMacro || macro < Names::kBuiltinMacro) return macro;
  return DefineBuiltin(name, macro & ~Names::kBuiltinMacro);
}

}  // namespace ws::front
