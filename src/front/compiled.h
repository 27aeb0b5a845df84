// A compiled program that owns everything it is made of. Host only.
#ifndef WARPSMITH_FRONT_COMPILED_H_
#define WARPSMITH_FRONT_COMPILED_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena_memory.h"
#include "diag/render.h"
#include "front/compile.h"

namespace ws::front {

struct TextOptions {
  std::vector<std::pair<std::string, std::string>> includes =
      {};  // name and text of files beside it
  std::vector<std::pair<std::string, std::string>> defines = {};  // -D name=text
  bool read_includes = false;  // the name is a path, and files beside it are read when included
  bool use_library = true;     // give calls of math functions their bodies
  bool host_only = false;      // leave the bodies of kernels empty
};

class Compiled {
 public:
  Compiled(std::string name, std::string text, TextOptions options);
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  // Whether there is a module. Warnings do not count.
  bool ok() const { return program_.module != nullptr; }
  const ir::Module& module() const { return *program_.module; }
  ir::Module& module() { return *program_.module; }
  // Tree, tokens and sema; each null if its phase was not reached.
  const Program& program() const { return program_; }
  Arena& arena() { return memory_.arena(); }
  const std::vector<diag::Rendered>& diagnostics() const { return diagnostics_; }
  std::string_view name() const { return name_; }
  std::string_view text() const { return text_; }

 private:
  std::string name_;
  std::string text_;
  TextOptions options_;
  ArenaMemory memory_;
  Program program_;
  std::vector<diag::Rendered> diagnostics_;
};

// Compiles source text. Never null; safe to call from several threads at once.
std::unique_ptr<Compiled> CompileText(std::string name, std::string text, TextOptions options = {});

// The math library of front/lib/math.cu, compiled once per process.
const ir::Module& MathLibrary();

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_COMPILED_H_
