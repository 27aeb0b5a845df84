// What several targets do with an input: compile it with little memory.
#ifndef WARPSMITH_TESTS_FUZZ_COMPILED_TEXT_H_
#define WARPSMITH_TESTS_FUZZ_COMPILED_TEXT_H_

#include <memory>
#include <string>
#include <string_view>

#include "diag/render.h"
#include "front/compiled.h"
#include "ir/verify.h"

namespace ws::fuzz {

// The first fault the IR verifier finds, with a word about when; empty if there is none.
inline std::string FaultOf(const ir::Module& module, std::string_view when) {
  const std::vector<std::string> faults = ir::Verify(module);
  return faults.empty() ? "" : std::string(when) + ": " + faults[0];
}

inline std::unique_ptr<front::Compiled> CompileInput(std::string_view input) {
  return front::CompileText("input.cu", std::string(input));
}

}  // namespace ws::fuzz

#endif  // WARPSMITH_TESTS_FUZZ_COMPILED_TEXT_H_
