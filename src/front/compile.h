// The native front end as one call: CUDA C++ source text to a module of IR. Device-clean.
//
//   text --Preprocess--> tokens --Parse--> tree --Sema--> types per instance --Lower--> module
//
// Everything is bounded and lives in the program's arena; mistakes go to the sink, and a program
// with errors has no module.
#ifndef WARPSMITH_FRONT_COMPILE_H_
#define WARPSMITH_FRONT_COMPILE_H_

#include <span>
#include <string_view>

#include "base/arena.h"
#include "diag/diag.h"
#include "front/library_text.h"
#include "front/token.h"
#include "front/tree.h"
#include "ir/module.h"

namespace ws::front {

class Sema;

struct SourceText {
  std::string_view name;
  std::string_view text;
};

struct CompileOptions {
  std::span<const SourceText> includes;  // files that #include "name" may find
  std::span<const SourceText> defines;   // -D name=text
  const ir::Module* library = nullptr;   // math library; functions are copied in when called
  LibraryTexts library_texts;            // read where they are needed
  bool is_library = false;               // every function is kept, called or not
  bool host_only = false;                // kernels have empty bodies: these come from elsewhere
};

// One program on its way through the front end; each pointer is set when its phase has run.
struct Program {
  diag::SourceMap* sources = nullptr;
  Vec<Token>* tokens = nullptr;
  Names* names = nullptr;
  Tree* tree = nullptr;
  Sema* sema = nullptr;
  ir::Module* module = nullptr;  // null if there were errors
};

// Compiles `main`; true if there were no errors. Kernels, host functions and the device functions
// they use are in the module under their source names. A template kernel is instantiated where it
// is launched or called.
WS_HD bool Compile(Arena& arena, SourceText main, const CompileOptions& options, diag::Sink& sink,
                   Program& program);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_COMPILE_H_
