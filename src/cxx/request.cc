#include "cxx/request.h"

#include <cstdlib>

#include "base/format.h"
#include "base/hash.h"
#include "cxx/bridge.h"
#include "cxx/clang.h"
#include "cxx/device_source.h"
#include "cxx/include_scan.h"
#include "cxx/nvrtc.h"
#include "cxx/nvrtc_apart.h"
#include "front/names.h"
#include "front/sema.h"

namespace ws::cxx {
namespace {

// Headers of the standard library whose names device code may use: types, and constexpr functions.
constexpr std::string_view kStandard[] = {
    "type_traits", "utility", "limits",           "array",    "tuple", "functional",
    "numeric",     "bit",     "initializer_list", "algorithm"};

// Headers whose names structs may use that host and device share, for a compiler that has them; not
// <cmath> and what includes it, which declares the mathematics of the host once more.
constexpr std::string_view kOfHost[] = {
    "vector",   "string",   "memory",   "map",     "set",       "unordered_map", "queue",
    "deque",    "list",     "optional", "variant", "chrono",    "cstdlib",       "cstdio",
    "cstring",  "iostream", "sstream",  "iomanip", "stdexcept", "iterator",      "stdio.h",
    "stdlib.h", "string.h", "time.h",   "ctime"};

using Names = std::span<const std::string_view>;

// The headers that stay in the text for one compiler.
std::vector<std::string_view> Kept(std::initializer_list<Names> lists) {
  std::vector<std::string_view> kept(HeadersOfCuda().begin(), HeadersOfCuda().end());
  for (const Names list : lists) kept.insert(kept.end(), list.begin(), list.end());
  return kept;
}

// The standard library for NVRTC: that of libcu++, where it is, under its own name.
void AddStandardHeaders(std::vector<Header>& headers) {
  for (const std::string_view name : kStandard) {
    if (name == "algorithm") continue;  // libcu++ has none
    headers.push_back({std::string(name),
                       Format("#include <cuda/std/{}>\nnamespace std {{ using namespace cuda::std; "
                              "}}\n",
                              name)});
  }
  headers.push_back({"algorithm", R"(#include <cuda/std/utility>
namespace std {
using namespace cuda::std;
template <class T>
__host__ __device__ constexpr const T& min(const T& a, const T& b) { return b < a ? b : a; }
template <class T>
__host__ __device__ constexpr const T& max(const T& a, const T& b) { return a < b ? b : a; }
}
)"});
}

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

std::string ArchNumber(std::string_view arch) {
  return std::string(arch.substr(arch.find('_') + 1));
}

const Nvrtc* TheNvrtc() {
  static const std::unique_ptr<Nvrtc> nvrtc = Nvrtc::Open();
  return nvrtc.get();
}

const Clang* TheClang() {
  static const std::optional<Clang> clang = Clang::Find();
  return clang ? &*clang : nullptr;
}

std::vector<std::string> ClangOptions(const KernelSource& source) {
  return {"-std=c++17",
          "-O2",
          "-S",
          "-w",
          "-nocudainc",
          "-nocudalib",
          "--cuda-path=/nonexistent",
          Format("--cuda-gpu-arch=sm_{}", ArchNumber(source.arch)),
          "-ffp-contract=off",
          "-fdeclspec",
          "-gline-tables-only",
          "-fno-caret-diagnostics",
          "-ferror-limit=20"};
}

// Programs are given their own files, and the compiler's: what decides of these is their text.
Status CheckIncludes(const DeviceRequest& request, const char* compiler) {
  bool unknown = ReadsUnknownFiles(request.source);
  for (const Header& header : request.headers) unknown |= ReadsUnknownFiles(header.text);
  if (!unknown) return Ok();
  return Error{Format("{} is not given programs that read files by #include of what a macro names, "
                      "#include_next, #import or #embed",
                      compiler),
               Blame::kUser, "write #include and the file's name"};
}

Error Missing(const std::string& what) {
  return {Format("there is no {}", what), Blame::kInfrastructure, "`warpsmith doctor` says more"};
}

}  // namespace

bool HasNvrtc() { return TheNvrtc() != nullptr; }
bool HasClang() { return TheClang() != nullptr; }

Asked AskFor(const front::Compiled& compiled, std::span<const std::string_view> kept_headers) {
  const ir::Module& module = compiled.module();
  const front::Program& program = compiled.program();
  Asked asked;
  DeviceRequest& request = asked.request;
  request.source = DeviceSource(program, 0, kept_headers);
  request.name = std::string(compiled.name());
  for (uint32_t i = 1; i < program.sources->size(); ++i) {
    request.headers.push_back(
        {std::string(program.sources->file(i).name), DeviceSource(program, i, kept_headers)});
  }
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
    request.names.push_back("&" + SpacesOf(program, g.loc) + std::string(g.name));
    asked.links.push_back({{}, {}, ir::GlobalId(i)});
  }
  return asked;
}

Result<DeviceCode> AskNvrtc(Asked& asked, const front::Compiled& compiled,
                            const KernelSource& source) {
  const Nvrtc* nvrtc = TheNvrtc();
  if (nvrtc == nullptr) return Missing("NVRTC here");
  const bool has_libcu = !nvrtc->include_options().empty();
  asked = AskFor(compiled, has_libcu ? Kept({kStandard}) : Kept({}));
  DeviceRequest& request = asked.request;
  TRY_OK(CheckIncludes(request, "NVRTC"));
  if (has_libcu) AddStandardHeaders(request.headers);
  std::string prelude = std::string(kDeviceTypes) + kDeviceConstants;
  if (source.keeps_math_calls) prelude += MathText();
  request.headers.push_back({"warpsmith_prelude.h", std::move(prelude)});
  request.options = {
      "--std=c++17",  Format("--gpu-architecture=compute_{}", ArchNumber(source.arch)),
      "--fmad=false", "--pre-include=warpsmith_prelude.h",
      "-lineinfo",    "--disable-warnings"};
  // What is declared and not defined stays a call.
  if (source.keeps_math_calls) request.options.emplace_back("--relocatable-device-code=true");
  for (const std::string& option : nvrtc->include_options()) request.options.push_back(option);
  const auto compile = [&](const DeviceRequest& one) { return CompileApart(*nvrtc, one); };
  TRY(DeviceCode made, CompileCached(nvrtc->identity(), request, compile));
  if (made.accepted) return made;
  // Host functions that could not be left out (members, constexpr) may pass for device functions.
  request.options.emplace_back("--device-as-default-execution-space");
  TRY(DeviceCode again, CompileCached(nvrtc->identity(), request, compile));
  return again.accepted ? again : made;
}

Result<DeviceCode> AskClang(Asked& asked, const front::Compiled& compiled,
                            const KernelSource& source) {
  const Clang* clang = TheClang();
  if (clang == nullptr) {
    const char* given = std::getenv("WARPSMITH_CLANG");
    const bool is_given = given != nullptr && *given != 0;
    return Missing(is_given ? Format("clang 14 or later at $WARPSMITH_CLANG, `{}`", given)
                            : std::string("clang 14 or later here"));
  }
  // Our own headers belong to the compiler; nobody else writes them, so that a hash will do.
  uint64_t own = 0;
  for (const Header& header : ClangHeaders()) own = HashText(header.text, own);
  const std::string identity = Format("{}, headers {:016x}", clang->version, own);
  const auto ask = [&](const std::vector<std::string_view>& kept) -> Result<DeviceCode> {
    asked = AskFor(compiled, kept);
    DeviceRequest& request = asked.request;
    TRY_OK(CheckIncludes(request, "clang"));
    request.options = ClangOptions(source);
    return CompileCached(identity, request,
                         [&](const DeviceRequest& one) { return clang->Compile(one); });
  };
  TRY(DeviceCode made, ask(Kept({kStandard})));
  if (made.accepted) return made;
  // Structs may have members that are for the host; their headers take clang longer to read.
  const Result<DeviceCode> again = ask(Kept({kStandard, kOfHost}));
  return again.ok() && again.value().accepted ? again : Result<DeviceCode>(std::move(made));
}

}  // namespace ws::cxx
