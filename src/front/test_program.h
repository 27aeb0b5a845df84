// A program on its way through lexer, preprocessor and parser, for unit tests.
#ifndef WARPSMITH_FRONT_TEST_PROGRAM_H_
#define WARPSMITH_FRONT_TEST_PROGRAM_H_

#include <string>
#include <vector>

#include "base/arena_memory.h"
#include "diag/render.h"
#include "front/dump.h"
#include "front/names.h"
#include "front/parse.h"
#include "front/preprocess.h"
#include "front/unparse.h"

namespace ws::front {

struct TestProgram {
  explicit TestProgram(std::string source, std::vector<SourceText> files = {},
                       std::vector<SourceText> defines = {})
      : text(std::move(source)),
        includes(std::move(files)),
        sources(memory.arena()),
        sink(memory.arena()),
        names(memory.arena(), 64),
        tokens(memory.arena()),
        tree(memory.arena()) {
    main_file = sources.Add("test.cu", text);
    CompileOptions options;
    options.includes = includes;
    options.defines = defines;
    preprocessed = Preprocess(memory.arena(), sources, main_file, options, sink, names, tokens);
    parsed = Parse(memory.arena(), tokens, names, sink, tree);
  }

  // Spellings of all tokens with one space between them.
  std::string Spelled() const {
    std::string out;
    for (const Token& t : tokens) {
      if (t.kind == TokenKind::kEof) break;
      if (!out.empty()) out += ' ';
      out += t.view();
    }
    return out;
  }
  // "line:column id" of each diagnostic.
  std::vector<std::string> Diagnostics() const {
    std::vector<std::string> out;
    for (const diag::Rendered& d : diag::Render(sink.list(), sources)) {
      out.push_back(std::to_string(d.line) + ":" + std::to_string(d.column) + " " + d.id);
    }
    return out;
  }
  std::string Messages() const { return diag::ToText(diag::Render(sink.list(), sources)); }

  ArenaMemory memory;
  std::string text;
  std::vector<SourceText> includes;
  diag::SourceMap sources;
  diag::Sink sink;
  Names names;
  Vec<Token> tokens;
  Tree tree;
  uint32_t main_file = 0;
  bool preprocessed = false;
  bool parsed = false;
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_TEST_PROGRAM_H_
