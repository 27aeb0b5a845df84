// `warpsmith doctor`: what was found here, and what each absence costs.
#include <string>
#include <vector>

#include "base/cpu.h"
#include "base/format.h"
#include "base/json.h"
#include "base/tools.h"
#include "cxx/cache.h"
#include "cxx/clang.h"
#include "driver/verb.h"
#include "search/llm/endpoint.h"

namespace ws::driver {
namespace {

template <bool is_library>
std::optional<std::string> Find(const char* name) {
  return is_library ? FindLibrary(name) : FindTool(name);
}
std::optional<std::string> FindClang(const char*) {
  const std::optional<cxx::Clang> clang = cxx::Clang::Find();
  return clang ? std::optional(Format("{} ({})", clang->path, clang->version)) : std::nullopt;
}

struct Part {
  const char* name;  // as WARPSMITH_HIDE spells it
  std::optional<std::string> (*find)(const char* name);
  const char* use;      // what Warpsmith does with it
  const char* without;  // what its absence costs
};

// Only uses that the code has: a row is added with the code that looks for the part.
constexpr Part kParts[] = {
    {"nvcc", &Find<false>,
     "compiles device code of whole programs (`--front nvcc`), and the device-clean sources when "
     "Warpsmith is built",
     "NVRTC or clang do the same for most programs; the build does not check that the sources stay "
     "device-clean"},
    {"ptxas", &Find<false>,
     "counts registers for `profile` and `optimize`; assembles printed PTX in the tests",
     "registers are estimated from liveness; those tests are skipped"},
    {"nvrtc", &Find<true>,
     "compiles device code outside the dialect (`--front`); the peer of `bench compile`",
     "such programs are refused; `bench compile` has no peer to compare with"},
    {"cuda", &Find<true>, "the GPU driver",
     "candidates run on the CPU and times are modelled, not measured"},
    {"clang", &FindClang, "compiles device code outside the dialect where NVRTC is not (`--front`)",
     "without NVRTC such programs are refused"},
};

double InMebibytes(uint64_t bytes) { return static_cast<double>(bytes) / (1 << 20); }

class DoctorCommand : public Command {
 public:
  explicit DoctorCommand(CLI::App&) {}

  int Run(Context& context) override {
    Json parts = Json::array();
    std::string text = Format("cpu        {} core{}, SIMD {}\n", CoreCount(),
                              CoreCount() == 1 ? "" : "s", SimdName(SimdLevelHere()));
    for (const Part& part : kParts) {
      const auto path = part.find(part.name);
      const char* absence = IsHidden(part.name) ? "hidden by WARPSMITH_HIDE" : "not found";
      if (path) {
        AppendFormat(text, "{:<10} {}: {}\n", part.name, *path, part.use);
      } else {
        AppendFormat(text, "{:<10} {}: {}\n", part.name, absence, part.without);
      }
      parts.push_back({{"name", part.name},
                       {"found", path.has_value()},
                       {"path", path ? Json(*path) : Json()},
                       {"hidden", IsHidden(part.name)},
                       {"use", part.use},
                       {"without", part.without}});
    }
    const Result<search::llm::Endpoint> model = search::llm::EndpointFromEnvironment();
    AppendFormat(
        text, "{:<10} {}\n", "llm",
        model.ok() ? Format("{} at {}, {}: proposes with `--proposer llm`", model.value().model,
                            model.value().url, model.value().key.empty() ? "no key" : "with a key")
                   : model.error().message + "; `optimize` has the rule proposer alone");
    const cxx::Cache cache = cxx::Cache::FromEnvironment();
    const cxx::Cache::Use use = cache.Measure();
    const bool keeps = !cache.folder().empty() && cache.most_bytes() > 0;
    AppendFormat(text, "{:<10} {}\n", "cache",
                 keeps ? Format("{}: {} compilation{}, {:.1f} of {} MiB", cache.folder(),
                                use.entries, use.entries == 1 ? "" : "s", InMebibytes(use.bytes),
                                cache.most_bytes() >> 20)
                       : "off: what compilers of device code make is not kept");
    const Json llm = {{"configured", model.ok()},
                      {"url", model.ok() ? Json(model.value().url) : Json()},
                      {"model", model.ok() ? Json(model.value().model) : Json()},
                      {"key", model.ok() && !model.value().key.empty()}};
    if (context.options.json) {
      const Json object = {{"cores", CoreCount()},
                           {"simd", SimdName(SimdLevelHere())},
                           {"parts", std::move(parts)},
                           {"llm", llm},
                           {"cache",
                            {{"folder", keeps ? Json(cache.folder()) : Json()},
                             {"entries", use.entries},
                             {"bytes", use.bytes},
                             {"most_bytes", cache.most_bytes()}}}};
      context.Out(DumpJson(object) + "\n");
    } else {
      context.Out(text);
    }
    return kExitOk;
  }
};

}  // namespace

extern const Verb kDoctor = {"doctor", "what was found here, and what each absence costs",
                             MakeCommand<DoctorCommand>};

}  // namespace ws::driver
