#include "cxx/request.h"

#include <functional>

#include "base/format.h"
#include "cxx/device_source.h"
#include "cxx/include_scan.h"
#include "front/names.h"
#include "front/sema.h"

namespace ws::cxx {
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

// The names of its kernels and variables, and the rows that wait for them.
void AskForNames(const front::Compiled& compiled, Asked& asked) {
  const ir::Module& module = compiled.module();
  const front::Program& program = compiled.program();
  DeviceRequest& request = asked.request;
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const ir::Function& f = module.functions[i];
    if (f.kind != ir::FunctionKind::kKernel || f.num_blocks == 0) continue;
    request.names.push_back(SpacesOf(program, f.loc) + std::string(f.name));
    asked.links.push_back({{}, ir::FunctionId(i), {}});
  }
  for (uint32_t i = 0; i < module.globals.size(); ++i) {
    const ir::Global& g = module.globals[i];
    if (g.space == ir::Space::kShared || !g.loc.valid() || g.name.empty() || g.owner.valid()) {
      continue;
    }
    const std::string name = SpacesOf(program, g.loc) + std::string(g.name);
    const ir::PtxLink link = {{}, {}, ir::GlobalId(i)};
    if (g.is_managed) {
      asked.managed.push_back({link, name});
    } else {
      request.names.push_back("&" + name);
      asked.links.push_back(link);
    }
  }
}

// The program's texts, as the compiler is to see them.
void AddTexts(const front::Compiled& compiled,
              const std::function<std::string(uint32_t file)>& text_of, Asked& asked) {
  asked.request.name = std::string(compiled.name());
  asked.request.source = text_of(0);
  const diag::SourceMap& sources = *compiled.program().sources;
  for (uint32_t i = 1; i < sources.size(); ++i) {
    asked.request.headers.push_back({std::string(sources.file(i).name), text_of(i)});
  }
}

}  // namespace

Asked AskForWhole(const front::Compiled& compiled) {
  Asked asked;
  AskForNames(compiled, asked);
  AddTexts(
      compiled, [&](uint32_t file) { return WholeSource(compiled.program(), file); }, asked);
  return asked;
}

Asked AskForDevice(const front::Compiled& compiled, const std::vector<std::string_view>& kept) {
  Asked asked;
  AskForNames(compiled, asked);
  const front::Program& program = compiled.program();
  const std::vector<front::NodeId> host = HostDeclarations(program, asked.request.names);
  AddTexts(
      compiled, [&](uint32_t file) { return DeviceSource(program, file, kept, host); }, asked);
  return asked;
}

Error NotHere(std::string_view who) {
  return {Format("there is no {}", who), Blame::kInfrastructure, "`warpsmith doctor` says more"};
}

Status CheckIncludes(const DeviceRequest& request, std::string_view who) {
  bool unknown = ReadsUnknownFiles(request.source);
  for (const Header& header : request.headers) unknown |= ReadsUnknownFiles(header.text);
  if (!unknown) return Ok();
  return Error{Format("{} is not given programs that read files by #include of what a macro names, "
                      "#include_next, #import or #embed",
                      who),
               Blame::kUser, "write #include and the file's name"};
}

std::string ArchNumber(std::string_view arch) {
  return std::string(arch.substr(arch.find('_') + 1));
}

}  // namespace ws::cxx
