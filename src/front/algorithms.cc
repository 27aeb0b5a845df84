// device-clean
#include "front/algorithms.h"

#include <cstring>

#include "front/bytes.h"
#include "front/lex.h"

namespace ws::front {
namespace {

// __std_name, in the arena; invalid if there is no such algorithm.
WS_HD NameId FunctionOf(Names& names, std::string_view name) {
#define ALGORITHM(spelling) \
  if (SameText(name, #spelling)) return names.Intern("__std_" #spelling);
#include "front/algorithms.def"
#undef ALGORITHM
  return {};
}

}  // namespace

WS_HD void AddAlgorithms(Arena& arena, std::string_view text, diag::Sink& sink, Names& names,
                         Vec<Token>& tokens) {
  if (!names.names_algorithm() || text.empty()) return;
  bool found = false;
  for (uint32_t i = 2; i < tokens.size(); ++i) {
    Token& t = tokens[i];
    if (t.kind != TokenKind::kIdentifier || tokens[i - 1].kind != TokenKind::kColonColon ||
        !SameText(tokens[i - 2].view(), "std")) {
      continue;
    }
    const NameId function = FunctionOf(names, t.view());
    if (!function.valid()) continue;
    t.name = function;
    found = true;
  }
  if (!found) return;
  Vec<Token> all(arena);
  // With zeros behind it, as the lexer wants it.
  char* copy = static_cast<char*>(arena.Allocate(text.size() + kTextPadding));
  if (copy == nullptr) return;
  memcpy(copy, text.data(), text.size());
  memset(copy + text.size(), 0, kTextPadding);
  Lexer lexer(arena, names, sink, {copy, text.size()}, diag::Loc{});
  for (Token t; !arena.failed();) {
    lexer.Next(t);
    if (t.kind == TokenKind::kEof) break;
    all.push_back(t);
  }
  all.reserve(all.size() + tokens.size());
  for (const Token& t : tokens) all.push_back(t);
  tokens = all;
}

}  // namespace ws::front
