#include "cxx/kernels.h"

#include "base/format.h"
#include "cxx/device_source.h"
#include "cxx/nvrtc.h"
#include "front/names.h"
#include "front/sema.h"
#include "ir/ptx.h"
#include "ir/ptx_names.h"

namespace ws::cxx {

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
  for (diag::Rendered& r : diag::Render(sink.list(), module.sources)) {
    diagnostics.push_back(std::move(r));
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

namespace {

// The namespaces of a function at file scope, each with :: behind it. `loc` is where its name
// stands.
std::string SpacesOf(const front::Program& program, diag::Loc loc) {
  const front::Tree& tree = *program.tree;
  for (front::NodeId n = tree.LastChild(tree.root()); n.valid();
       n = tree.PrevSibling(tree.root(), n)) {
    if (tree.kind(n) != front::NodeKind::kFunction && tree.kind(n) != front::NodeKind::kVarDecl) {
      continue;
    }
    const auto& tokens = *program.tokens;
    if (tree.begin_token(n).index >= tree.end_token(n).index) continue;
    const diag::Loc begin = tokens[tree.begin_token(n).index].loc;
    const diag::Loc end = tokens[tree.end_token(n).index - 1].loc_end;
    if (loc.offset < begin.offset || loc.offset >= end.offset) continue;
    std::string prefix;
    for (uint32_t space = tree.spaces.At(n.index); space != 0; space = tree.spaces[space].parent) {
      const front::NameId name = tree.spaces[space].name;
      if (name.valid()) prefix = std::string(program.names->view(name)) + "::" + prefix;
    }
    return prefix;
  }
  return {};
}

const Nvrtc* TheNvrtc() {
  static const std::unique_ptr<Nvrtc> nvrtc = Nvrtc::Open();
  return nvrtc.get();
}

}  // namespace

bool HasNvrtc() { return TheNvrtc() != nullptr; }

Result<bool> TakeNvrtcKernels(front::Compiled& compiled, std::string_view arch,
                              std::vector<diag::Rendered>& diagnostics) {
  const Nvrtc* nvrtc = TheNvrtc();
  if (nvrtc == nullptr) {
    return Error{"there is no NVRTC here", Blame::kInfrastructure, "`warpsmith doctor` says more"};
  }
  ir::Module& module = compiled.module();
  const front::Program& program = compiled.program();
  DeviceRequest request;
  request.source = DeviceSource(program, 0);
  request.name = std::string(compiled.name());
  request.headers = {{"warpsmith_prelude.h", kDevicePrelude}};
  for (uint32_t i = 1; i < program.sources->size(); ++i) {
    request.headers.push_back(
        {std::string(program.sources->file(i).name), DeviceSource(program, i)});
  }
  std::vector<ir::PtxLink> links;
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const ir::Function& f = module.functions[i];
    if (f.kind != ir::FunctionKind::kKernel || f.num_blocks == 0) continue;
    request.names.push_back(SpacesOf(program, f.loc) + std::string(f.name));
    links.push_back({{}, ir::FunctionId(i), {}});
  }
  for (uint32_t i = 0; i < module.globals.size(); ++i) {
    const ir::Global& g = module.globals[i];
    if (g.space == ir::Space::kShared || !g.loc.valid() || g.name.empty() || g.owner.valid())
      continue;
    request.names.push_back("&" + SpacesOf(program, g.loc) + std::string(g.name));
    links.push_back({{}, {}, ir::GlobalId(i)});
  }
  request.options = {
      "--std=c++17",  Format("--gpu-architecture=compute_{}", arch.substr(arch.find('_') + 1)),
      "--fmad=false", "--pre-include=warpsmith_prelude.h",
      "-lineinfo",    "--disable-warnings"};
  for (const std::string& option : nvrtc->include_options()) request.options.push_back(option);
  const auto compile = [&](const DeviceRequest& asked) { return nvrtc->CompileNamed(asked); };
  TRY(DeviceCode made, CompileCached(nvrtc->identity(), request, compile));
  if (!made.accepted) {
    // Host functions that could not be left out (members, constexpr) may pass for device functions.
    request.options.push_back("--device-as-default-execution-space");
    TRY(DeviceCode again, CompileCached(nvrtc->identity(), request, compile));
    if (again.accepted) made = std::move(again);
  }
  if (!made.accepted) return Error{made.log};
  std::vector<ir::PtxLink> known;
  for (size_t i = 0; i < links.size(); ++i) {
    const std::string& symbol = made.symbols[i];
    if (symbol.empty()) continue;
    links[i].symbol = CopyText(*module.arena, symbol.data(), symbol.size());
    known.push_back(links[i]);
  }
  return TakeKernels(module, "nvrtc.ptx", made.ptx, known, diagnostics);
}

}  // namespace ws::cxx
