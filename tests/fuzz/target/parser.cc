// Tokens to the tree, and back: what is printed parses to the same text again.
#include "front/dump.h"
#include "front/test_program.h"
#include "front/unparse.h"
#include "tests/fuzz/fuzz.h"

namespace ws::fuzz {
namespace {

std::string RunParser(std::string_view input) {
  const front::TestProgram program{std::string(input)};
  const std::string messages = program.Messages();
  const std::string dump = front::DumpTree(program.tree, program.tokens);
  if (!program.preprocessed || !program.parsed) {
    return messages.empty() ? "refused without a diagnostic" : "";
  }
  const std::string once = front::Unparse(program.tree, program.tokens);
  const front::TestProgram again(once);
  if (!again.parsed) return "printed text does not parse:\n" + once + again.Messages();
  const std::string twice = front::Unparse(again.tree, again.tokens);
  if (once != twice) return "printed text is printed otherwise:\n" + once + "---\n" + twice;
  return {};
}

}  // namespace

namespace targets {
extern const FuzzTarget kParser = {"parser", "cuda", RunParser};
}  // namespace targets

}  // namespace ws::fuzz
