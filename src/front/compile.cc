// device-clean
#include "front/compile.h"

#include "front/lower.h"
#include "front/member_defaults.h"
#include "front/packs.h"
#include "front/parse.h"
#include "front/preprocess.h"
#include "front/sema.h"

namespace ws::front {
namespace {

// An object in the arena; null when it is full.
template <typename T, typename... Args>
WS_HD T* Make(Arena& arena, Args&&... args) {
  void* memory = arena.Allocate(sizeof(T));
  return memory == nullptr ? nullptr : new (memory) T(static_cast<Args&&>(args)...);
}

WS_HD bool TooLarge(Arena& arena, diag::Sink& sink, const char* what) {
  if (!arena.failed()) return false;
  sink.Report(diag::Kind::kProgramTooLarge, {}, 1, what);
  return true;
}

}  // namespace

WS_HD bool Compile(Arena& arena, SourceText main, const CompileOptions& options, diag::Sink& sink,
                   Program& program) {
  program = Program();
  program.sources = Make<diag::SourceMap>(arena, arena);
  program.tokens = Make<Vec<Token>>(arena, arena);
  const uint32_t expected = static_cast<uint32_t>(main.text.size() / 16);
  program.names = Make<Names>(arena, arena, expected);
  if (TooLarge(arena, sink, "memory is used up while reading")) return false;
  const uint32_t file = program.sources->Add(main.name, main.text);
  bool ok =
      Preprocess(arena, *program.sources, file, options, sink, *program.names, *program.tokens);
  AddLibrary(arena, options.library_texts, sink, *program.names, *program.tokens);
  WriteMemberDefaults(arena, *program.names, *program.tokens);
  ExpandPacks(arena, sink, *program.names, *program.tokens);
  if (TooLarge(arena, sink, "memory is used up while reading")) return false;
  program.tree = Make<Tree>(arena, arena);
  if (TooLarge(arena, sink, "memory is used up while parsing")) return false;
  ok &= Parse(arena, *program.tokens, *program.names, sink, *program.tree, options.host_only);
  if (TooLarge(arena, sink, "memory is used up while parsing")) return false;
  if (program.tree->is_cut_short) return false;
  // A tree with Error nodes is analysed too, so that one run shows all mistakes.
  program.sema = Make<Sema>(arena, arena, *program.tree, *program.tokens, *program.names, sink);
  if (TooLarge(arena, sink, "memory is used up in analysis")) return false;
  ok &= program.sema->Analyse(options.is_library);
  if (TooLarge(arena, sink, "memory is used up in analysis") || !ok) return false;
  ir::Module* lowered = Make<ir::Module>(arena, arena);
  if (TooLarge(arena, sink, "memory is used up while lowering")) return false;
  lowered->sources = *program.sources;
  ok = Lower(arena, *program.sema, options.library, sink, *lowered);
  if (TooLarge(arena, sink, "memory is used up while lowering") || !ok) return false;
  program.module = lowered;
  return true;
}

}  // namespace ws::front
