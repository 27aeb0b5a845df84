// Rewrites as text edits of the main file, so that comments and macros survive where nothing
// changed. Host only.
//
// Edits name tokens, as nodes do. An edit that touches a part of a macro invocation replaces the
// whole invocation with its expanded text, with the edit made in it; other invocations stay.
#ifndef WARPSMITH_FRONT_EDIT_H_
#define WARPSMITH_FRONT_EDIT_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "diag/source.h"
#include "front/token.h"
#include "front/tree.h"

namespace ws::front {

// The tokens [begin, end) become `text`; begin == end inserts before token `begin`.
struct Edit {
  TokenId begin;
  TokenId end;
  std::string text;
};

// An edit that replaces a node.
Edit ReplaceNode(const Tree& tree, NodeId node, std::string text);

// The bytes [begin, end) of the main file become `text`; nothing may expand there.
struct TextEdit {
  diag::Loc begin;
  diag::Loc end;
  std::string text;
};

// Edits of tokens as edits of text, sorted by position. Fails, naming the reason, when two edits
// overlap or when an edit lies in another file than `file` (an index of `sources`).
Result<std::vector<TextEdit>> ToTextEdits(const Vec<Token>& tokens, const diag::SourceMap& sources,
                                          uint32_t file, std::vector<Edit> edits);

// The file's text with the edits made. Fails as ToTextEdits does.
Result<std::string> ApplyTextEdits(const diag::SourceMap& sources, uint32_t file,
                                   std::vector<TextEdit> edits);
Result<std::string> ApplyEdits(const Vec<Token>& tokens, const diag::SourceMap& sources,
                               uint32_t file, std::vector<Edit> edits);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_EDIT_H_
