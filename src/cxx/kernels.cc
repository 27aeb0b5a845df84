#include "cxx/kernels.h"

#include <algorithm>

#include "base/format.h"
#include "cxx/bridge.h"
#include "cxx/name_table.h"
#include "cxx/request.h"
#include "ir/ptx.h"
#include "ir/ptx_names.h"

namespace ws::cxx {
namespace {

// What an other compiler is asked by, and whether it is here.
using Ask = Result<DeviceCode> (*)(Asked& asked, const front::Compiled& compiled,
                                   const KernelSource& source);

struct PathRow {
  KernelPath path;
  const char* name;
  const char* title;
  Ask ask = nullptr;
  bool (*is_here)() = nullptr;
};
// Of the other compilers the one that is to be asked first stands first.
constexpr PathRow kPaths[] = {{KernelPath::kNative, "native", "the native front end"},
                              {KernelPath::kPrinted, "printed", "the native front end, as PTX"},
                              {KernelPath::kNvrtc, "nvrtc", "NVRTC", &AskNvrtc, &HasNvrtc},
                              {KernelPath::kNvcc, "nvcc", "nvcc", &AskNvcc, &HasNvcc},
                              {KernelPath::kClang, "clang", "clang", &AskClang, &HasClang},
                              {KernelPath::kAuto, "auto", ""}};

const PathRow& RowOf(KernelPath path) { return kPaths[static_cast<size_t>(path)]; }

// Whether a warning is about one of these functions, which have their bodies by now.
bool IsAboutOne(const diag::Rendered& warning, const std::vector<std::string>& functions) {
  if (warning.id != "ptx-undefined-function") return false;
  return std::ranges::any_of(functions, [&](const std::string& name) {
    return warning.message.starts_with(Format("'{}' ", name));
  });
}

}  // namespace

const char* NameOf(KernelPath path) { return RowOf(path).name; }
const char* TitleOf(KernelPath path) { return RowOf(path).title; }

KernelPath PathOf(std::string_view name) {
  for (const PathRow& row : kPaths) {
    if (name == row.name) return row.path;
  }
  return KernelPath::kNative;
}

bool IsOtherCompiler(KernelPath path) { return RowOf(path).ask != nullptr; }

bool TakeKernels(ir::Module& module, std::string_view name, std::string_view ptx,
                 const std::vector<ir::PtxLink>& links, std::vector<diag::Rendered>& diagnostics) {
  Arena& arena = *module.arena;
  for (const ir::PtxLink& link : links) {
    if (link.kernel.valid()) module.functions[link.kernel.index].num_blocks = 0;
  }
  diag::Sink sink(arena);
  ir::PtxReadOptions options;
  options.links = links;
  if (module.sources.size() > 0) options.lines_of = 0;
  const bool ok = ir::ReadPtx(arena, CopyText(arena, name.data(), name.size()),
                              CopyText(arena, ptx.data(), ptx.size()), options, sink, module);
  std::vector<std::string> linked;
  if (ok) linked = LinkBridge(module);
  for (diag::Rendered& r : diag::Render(sink.list(), module.sources)) {
    const bool is_rest = ok && r.id == "too-many-errors";  // warnings about more of the linked ones
    if (!is_rest && !IsAboutOne(r, linked)) diagnostics.push_back(std::move(r));
  }
  return ok;
}

bool TakePrintedKernels(ir::Module& module, std::vector<diag::Rendered>& diagnostics) {
  const std::string ptx = ir::ToPtx(module);
  const ir::PtxSymbols symbols(module);
  std::vector<ir::PtxLink> links;
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const ir::Function& f = module.functions[i];
    if (f.kind != ir::FunctionKind::kKernel || f.num_blocks == 0) continue;
    links.push_back(
        {CopyText(*module.arena, symbols.function(i).data(), symbols.function(i).size()),
         ir::FunctionId(i),
         {}});
  }
  for (uint32_t i = 0; i < module.globals.size(); ++i) {
    if (module.globals[i].space == ir::Space::kShared) continue;
    links.push_back({CopyText(*module.arena, symbols.global(i).data(), symbols.global(i).size()),
                     {},
                     ir::GlobalId(i)});
  }
  return TakeKernels(module, "printed.ptx", ptx, links, diagnostics);
}

std::vector<KernelPath> CompilersHere() {
  std::vector<KernelPath> here;
  for (const PathRow& row : kPaths) {
    if (row.is_here != nullptr && row.is_here()) here.push_back(row.path);
  }
  return here;
}

Result<MadeKernels> MakeKernels(const front::Compiled& compiled, const KernelSource& source) {
  Asked asked;
  TRY(DeviceCode code, RowOf(source.path).ask(asked, compiled, source));
  if (!code.accepted) return Error{code.log};
  MadeKernels made{source.path, std::move(code.ptx), std::move(asked.links),
                   std::move(code.symbols)};
  for (const Managed& variable : asked.managed) {
    made.links.push_back(variable.link);
    made.symbols.push_back(SymbolOf(variable.name, made.ptx));  // empty: no kernel uses it
  }
  return made;
}

bool TakeKernels(ir::Module& module, const MadeKernels& made,
                 std::vector<diag::Rendered>& diagnostics) {
  std::vector<ir::PtxLink> known;
  for (size_t i = 0; i < made.links.size(); ++i) {
    const std::string& symbol = made.symbols[i];
    if (symbol.empty()) continue;
    known.push_back(made.links[i]);
    known.back().symbol = CopyText(*module.arena, symbol.data(), symbol.size());
  }
  return TakeKernels(module, Format("{}.ptx", NameOf(made.path)), made.ptx, known, diagnostics);
}

}  // namespace ws::cxx
