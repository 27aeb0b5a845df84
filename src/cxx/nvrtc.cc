#include "cxx/nvrtc.h"

#include <dlfcn.h>

#include <filesystem>
#include <mutex>
#include <vector>

#include "base/forked.h"
#include "base/format.h"
#include "base/tools.h"
#include "cxx/nvrtc_apart.h"

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
  Status (*add_name)(Program, const char*) = nullptr;
  Status (*lowered_name)(Program, const char*, const char**) = nullptr;
};

namespace {

// Held where the library is used, and while a copy of the process is made for it: a copy in which
// its own locks are taken would wait for ever.
std::mutex& LibraryLock() {
  static std::mutex lock;
  return lock;
}
bool is_copy = false;

std::unique_lock<std::mutex> UseLibrary() {
  return is_copy ? std::unique_lock<std::mutex>() : std::unique_lock(LibraryLock());
}

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
  const auto lock = UseLibrary();
  if (library_ != nullptr) dlclose(library_);
}

std::unique_ptr<Nvrtc> Nvrtc::Open() {
  const std::optional<std::string> path = FindLibrary("nvrtc");
  if (!path) return nullptr;
  std::unique_ptr<Nvrtc> nvrtc(new Nvrtc());
  auto lock = UseLibrary();
  nvrtc->library_ = dlopen(path->c_str(), RTLD_NOW | RTLD_LOCAL);
  if (nvrtc->library_ == nullptr) {
    lock = {};
    return nullptr;
  }
  void* library = nvrtc->library_;
  Functions& f = *nvrtc->functions_;
  int major = 0, minor = 0;
  const bool complete =
      Load(library, "nvrtcVersion", f.version) &&
      Load(library, "nvrtcGetErrorString", f.error_text) &&
      Load(library, "nvrtcCreateProgram", f.create) &&
      Load(library, "nvrtcDestroyProgram", f.destroy) &&
      Load(library, "nvrtcCompileProgram", f.compile) &&
      Load(library, "nvrtcGetProgramLogSize", f.log_size) &&
      Load(library, "nvrtcGetProgramLog", f.log) && Load(library, "nvrtcGetPTXSize", f.ptx_size) &&
      Load(library, "nvrtcGetPTX", f.ptx) && Load(library, "nvrtcAddNameExpression", f.add_name) &&
      Load(library, "nvrtcGetLoweredName", f.lowered_name) && f.version(&major, &minor) == 0;
  lock = {};
  if (!complete) return nullptr;
  nvrtc->version_ = Format("{}.{}", major, minor);
  std::error_code code;
  nvrtc->library_bytes_ = std::filesystem::file_size(*path, code);
  const std::filesystem::path folder = std::filesystem::weakly_canonical(*path, code).parent_path();
  for (const char* up : {"../include", "../../include", "../../../include"}) {
    const std::filesystem::path include = (folder / up).lexically_normal();
    if (std::filesystem::is_regular_file(include / "cuda_fp16.h", code)) {
      nvrtc->include_options_.push_back("-I" + include.string());
      // cooperative groups want libcu++
      nvrtc->include_options_.push_back("-I" + (include / "cccl").string());
      break;
    }
  }
  return nvrtc;
}

std::string Nvrtc::identity() const { return Format("NVRTC {} ({})", version_, library_bytes_); }

Result<std::string> Nvrtc::Compile(const std::string& source, const std::string& name,
                                   std::span<const std::string> options) const {
  DeviceRequest request = {.source = source, .name = name};
  request.options.assign(options.begin(), options.end());
  TRY(DeviceCode code, CompileNamed(request));
  if (!code.accepted) return Error{code.log};
  return std::move(code.ptx);
}

Result<DeviceCode> Nvrtc::CompileNamed(const DeviceRequest& request) const {
  constexpr int kRefused = 6, kNoSuchName = 10;  // NVRTC_ERROR_COMPILATION, ..._NOT_VALID
  const auto lock = UseLibrary();
  const Functions& f = *functions_;
  Functions::Program program = nullptr;
  std::vector<const char*> header_texts, header_names, arguments;
  for (const Header& header : request.headers) {
    header_texts.push_back(header.text.c_str());
    header_names.push_back(header.name.c_str());
  }
  for (const std::string& option : request.options) arguments.push_back(option.c_str());
  int status =
      f.create(&program, request.source.c_str(), request.name.c_str(),
               static_cast<int>(request.headers.size()), header_texts.data(), header_names.data());
  if (status != 0) {
    return Error{Format("NVRTC: {}", f.error_text(status)), Blame::kInfrastructure};
  }
  for (const std::string& asked : request.names) {
    if (status == 0) status = f.add_name(program, asked.c_str());
  }
  if (status == 0) {
    status = f.compile(program, static_cast<int>(arguments.size()), arguments.data());
  }
  DeviceCode out;
  out.accepted = status == 0;
  if (status != 0) {
    out.log = Format("NVRTC: {}\n{}", f.error_text(status), Text(program, f.log_size, f.log));
  } else {
    out.ptx = Text(program, f.ptx_size, f.ptx);
    for (const std::string& asked : request.names) {
      const char* symbol = nullptr;
      if (f.lowered_name(program, asked.c_str(), &symbol) != 0) symbol = "";
      out.symbols.emplace_back(symbol);
    }
  }
  f.destroy(&program);
  if (status != 0 && status != kRefused && status != kNoSuchName) return Error{out.log};
  return out;
}

Result<DeviceCode> CompileApart(const Nvrtc& nvrtc, const DeviceRequest& request) {
  constexpr ProcessLimits kLimits = {.seconds = 60, .memory_bytes = uint64_t{4} << 30};
  const auto compile = [&] {
    is_copy = true;
    const Result<DeviceCode> code = nvrtc.CompileNamed(request);
    return code.ok() ? "1" + Packed(code.value()) : "0" + code.error().message;
  };
  const auto made = RunForked(compile, kLimits, &LibraryLock());
  if (!made.ok()) return Error{"NVRTC: " + made.error().message, made.error().blame};
  const std::string_view text = made.value();
  std::optional<DeviceCode> code;
  if (text.starts_with('1')) code = Unpacked(text.substr(1), request.names.size());
  if (code) return std::move(*code);
  return Error{text.empty() ? "NVRTC: no answer" : std::string(text.substr(1)),
               Blame::kInfrastructure};
}

}  // namespace ws::cxx
