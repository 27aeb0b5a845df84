#include "front/edit.h"

#include <algorithm>

#include "front/unparse.h"

namespace ws::front {
namespace {

// Do tokens i - 1 and i come out of the same invocation?
bool SameInvocation(const Vec<Token>& tokens, uint32_t i) {
  return i > 0 && i < tokens.size() && (tokens[i].flags & token_flag::kFromMacro) != 0 &&
         (tokens[i - 1].flags & token_flag::kFromMacro) != 0 && tokens[i].loc == tokens[i - 1].loc;
}

void AppendPiece(std::string& out, const std::string& piece) {
  if (!out.empty() && !piece.empty()) out += ' ';
  out += piece;
}

bool Contains(const diag::SourceMap& sources, uint32_t file, diag::Loc loc) {
  const diag::SourceFile& f = sources.file(file);
  return loc.offset >= f.base && loc.offset <= f.base + f.text.size();
}

}  // namespace

Edit ReplaceNode(const Tree& tree, NodeId node, std::string text) {
  return {tree.begin_token(node), tree.end_token(node), std::move(text)};
}

Result<std::vector<TextEdit>> ToTextEdits(const Vec<Token>& tokens, const diag::SourceMap& sources,
                                          uint32_t file, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::vector<TextEdit> out;
  for (size_t k = 0; k < edits.size();) {
    // A run of tokens with one or more edits; it grows over the invocations that it touches.
    uint32_t begin = edits[k].begin.index;
    uint32_t done = begin;  // tokens before it are in `text` or gone
    if (begin >= tokens.size()) return Error{"an edit lies behind the end of the file"};
    while (SameInvocation(tokens, begin)) --begin;
    std::string text = SpellTokens(tokens, TokenId(begin), TokenId(done));
    uint32_t end = begin;
    do {
      const Edit& edit = edits[k++];
      if (edit.begin.index < done || edit.end.index < edit.begin.index ||
          edit.end.index > tokens.size()) {
        return Error{"two edits overlap"};
      }
      AppendPiece(text, SpellTokens(tokens, TokenId(done), edit.begin));
      AppendPiece(text, edit.text);
      done = edit.end.index;
      end = done;
      while (SameInvocation(tokens, end)) ++end;
    } while (k < edits.size() && edits[k].begin.index < end);
    AppendPiece(text, SpellTokens(tokens, TokenId(done), TokenId(end)));
    const diag::Loc from = tokens[begin].loc;
    const diag::Loc to = end > begin ? tokens[end - 1].loc_end : from;
    if (!Contains(sources, file, from) || !Contains(sources, file, to)) {
      return Error{"an edit lies in an included file"};
    }
    out.push_back({from, to, std::move(text)});
  }
  return out;
}

Result<std::string> ApplyTextEdits(const diag::SourceMap& sources, uint32_t file,
                                   std::vector<TextEdit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const TextEdit& a, const TextEdit& b) {
    return a.begin.offset < b.begin.offset;
  });
  const diag::SourceFile& source = sources.file(file);
  std::string out;
  size_t done = 0;
  for (const TextEdit& edit : edits) {
    if (!Contains(sources, file, edit.begin) || !Contains(sources, file, edit.end)) {
      return Error{"an edit lies in an included file"};
    }
    const size_t begin = edit.begin.offset - source.base;
    const size_t end = edit.end.offset - source.base;
    if (begin < done || end < begin) return Error{"two edits overlap"};
    out += source.text.substr(done, begin - done);
    out += edit.text;
    done = end;
  }
  out += source.text.substr(done);
  return out;
}

Result<std::string> ApplyEdits(const Vec<Token>& tokens, const diag::SourceMap& sources,
                               uint32_t file, std::vector<Edit> edits) {
  TRY(std::vector<TextEdit> text_edits, ToTextEdits(tokens, sources, file, std::move(edits)));
  return ApplyTextEdits(sources, file, std::move(text_edits));
}

}  // namespace ws::front
