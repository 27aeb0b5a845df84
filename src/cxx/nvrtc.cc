#include "cxx/nvrtc.h"

#include <dlfcn.h>

#include <vector>

#include "base/format.h"
#include "base/tools.h"

namespace ws::cxx {

// The part of NVRTC's interface that is used (NVRTC documentation, "User Interface").
struct Nvrtc::Functions {
  using Program = void*;
  using Status = int;  // 0: success

  Status (*version)(int*, int*) = nullptr;
  const char* (*error_text)(Status) = nullptr;
  Status (*create)(Program*, const char*, const char*, int, const char* const*,
                   const char* const*) = nullptr;
  Status (*destroy)(Program*) = nullptr;
  Status (*compile)(Program, int, const char* const*) = nullptr;
  Status (*log_size)(Program, size_t*) = nullptr;
  Status (*log)(Program, char*) = nullptr;
  Status (*ptx_size)(Program, size_t*) = nullptr;
  Status (*ptx)(Program, char*) = nullptr;
};

namespace {

template <typename Function>
bool Load(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

// A text of NVRTC: its size counts the final zero.
template <typename Size, typename Get>
std::string Text(void* program, Size size_of, Get get) {
  size_t size = 0;
  if (size_of(program, &size) != 0 || size == 0) return {};
  std::string text(size, '\0');
  if (get(program, text.data()) != 0) return {};
  text.resize(size - 1);
  return text;
}

}  // namespace

Nvrtc::Nvrtc() : functions_(std::make_unique<Functions>()) {}

Nvrtc::~Nvrtc() {
  if (library_ != nullptr) dlclose(library_);
}

std::unique_ptr<Nvrtc> Nvrtc::Open() {
  const std::optional<std::string> path = FindLibrary("nvrtc");
  if (!path) return nullptr;
  std::unique_ptr<Nvrtc> nvrtc(new Nvrtc());
  nvrtc->library_ = dlopen(path->c_str(), RTLD_NOW | RTLD_LOCAL);
  if (nvrtc->library_ == nullptr) return nullptr;
  void* library = nvrtc->library_;
  Functions& f = *nvrtc->functions_;
  int major = 0, minor = 0;
  const bool complete = Load(library, "nvrtcVersion", f.version) &&
                        Load(library, "nvrtcGetErrorString", f.error_text) &&
                        Load(library, "nvrtcCreateProgram", f.create) &&
                        Load(library, "nvrtcDestroyProgram", f.destroy) &&
                        Load(library, "nvrtcCompileProgram", f.compile) &&
                        Load(library, "nvrtcGetProgramLogSize", f.log_size) &&
                        Load(library, "nvrtcGetProgramLog", f.log) &&
                        Load(library, "nvrtcGetPTXSize", f.ptx_size) &&
                        Load(library, "nvrtcGetPTX", f.ptx) && f.version(&major, &minor) == 0;
  if (!complete) return nullptr;
  nvrtc->version_ = Format("{}.{}", major, minor);
  return nvrtc;
}

Result<std::string> Nvrtc::Compile(const std::string& source, const std::string& name,
                                   std::span<const std::string> options) const {
  const Functions& f = *functions_;
  Functions::Program program = nullptr;
  if (const int status = f.create(&program, source.c_str(), name.c_str(), 0, nullptr, nullptr)) {
    return Error{Format("NVRTC: {}", f.error_text(status)), Blame::kInfrastructure};
  }
  std::vector<const char*> arguments;
  for (const std::string& option : options) arguments.push_back(option.c_str());
  const int status = f.compile(program, static_cast<int>(arguments.size()), arguments.data());
  std::string log, ptx;
  if (status != 0) {
    log = Text(program, f.log_size, f.log);
  } else {
    ptx = Text(program, f.ptx_size, f.ptx);
  }
  f.destroy(&program);
  if (status != 0) return Error{Format("NVRTC: {}\n{}", f.error_text(status), log)};
  return ptx;
}

}  // namespace ws::cxx
