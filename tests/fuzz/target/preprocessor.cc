// Source text to tokens. The input finds itself as "self.h", and a macro from the command line.
#include "base/arena_memory.h"
#include "diag/render.h"
#include "front/names.h"
#include "front/preprocess.h"
#include "tests/fuzz/fuzz.h"

namespace ws::fuzz {
namespace {

std::string RunPreprocessor(std::string_view input) {
  ArenaMemory memory;
  Arena& arena = memory.arena();
  diag::SourceMap sources(arena);
  diag::Sink sink(arena);
  front::Names names(arena, 64);
  Vec<front::Token> tokens(arena);
  const front::SourceText includes[] = {{"self.h", input}};
  const front::SourceText defines[] = {{"BLOCK", "256"}};
  const uint32_t main_file = sources.Add("input.cu", input);
  front::CompileOptions options;
  options.includes = includes;
  options.defines = defines;
  const bool ok = front::Preprocess(arena, sources, main_file, options, sink, names, tokens);
  if (ok == sink.has_errors()) return "the result and the diagnostics disagree";
  const std::string json = diag::ToJson(diag::Render(sink.list(), sources));
  if (arena.failed()) return {};
  if (tokens.empty() || tokens.back().kind != front::TokenKind::kEof) return "no Eof at the end";
  for (const front::Token& token : tokens) {
    if (!token.loc.valid() || sources.FileOf(token.loc) == sources.size()) {
      return "a token without a position";
    }
    if (token.loc_end.offset < token.loc.offset) return "a token ends before it begins";
  }
  return {};
}

}  // namespace

namespace targets {
extern const FuzzTarget kPreprocessor = {"preprocessor", "cuda", RunPreprocessor};
}  // namespace targets

}  // namespace ws::fuzz
