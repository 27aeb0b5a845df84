#include <cstdlib>

#include "base/format.h"
#include "base/hash.h"
#include "cxx/clang.h"
#include "cxx/device_source.h"
#include "cxx/request.h"

namespace ws::cxx {
namespace {

// Headers whose names structs may use that host and device share, for a compiler that has them; not
// <cmath> and what includes it, which declares the mathematics of the host once more.
constexpr std::string_view kOfHost[] = {
    "vector",   "string",   "memory",   "map",     "set",       "unordered_map", "queue",
    "deque",    "list",     "optional", "variant", "chrono",    "cstdlib",       "cstdio",
    "cstring",  "iostream", "sstream",  "iomanip", "stdexcept", "iterator",      "stdio.h",
    "stdlib.h", "string.h", "time.h",   "ctime"};

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

}  // namespace

bool HasClang() { return TheClang() != nullptr; }

Result<DeviceCode> AskClang(Asked& asked, const front::Compiled& compiled,
                            const KernelSource& source) {
  const Clang* clang = TheClang();
  if (clang == nullptr) {
    const char* given = std::getenv("WARPSMITH_CLANG");
    const bool is_given = given != nullptr && *given != 0;
    return NotHere(is_given ? Format("clang 16 or later at $WARPSMITH_CLANG, `{}`", given)
                            : std::string("clang 16 or later here"));
  }
  // Our own headers belong to the compiler; nobody else writes them, so that a hash will do.
  uint64_t own = 0;
  for (const Header& header : ClangHeaders()) own = HashText(header.text, own);
  const std::string identity = Format("{}, headers {:016x}", clang->version, own);
  const auto ask = [&](const std::vector<std::string_view>& kept) -> Result<DeviceCode> {
    asked = AskForDevice(compiled, kept);
    DeviceRequest& request = asked.request;
    TRY_OK(CheckIncludes(request, "clang"));
    request.options = ClangOptions(source);
    return CompileCached(identity, request,
                         [&](const DeviceRequest& one) { return clang->Compile(one); });
  };
  TRY(DeviceCode made, ask(KeptHeaders({StandardHeaders()})));
  if (made.accepted) return made;
  // Structs may have members that are for the host; their headers take clang longer to read.
  const Result<DeviceCode> again = ask(KeptHeaders({StandardHeaders(), kOfHost}));
  return again.ok() && again.value().accepted ? again : Result<DeviceCode>(std::move(made));
}

}  // namespace ws::cxx
