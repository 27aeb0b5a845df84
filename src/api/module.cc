// Modules of warpsmith.h.
#include "api/handles.h"
#include "base/format.h"
#include "ir/names.h"

using ws::api::DeviceState;
using ws::api::Fail;
using ws::api::Guarded;

namespace {

std::span<const ws::ir::Param> ParamsOf(const ws_module* module, const char* function) {
  if (module == nullptr || function == nullptr) return {};
  ws::ir::FunctionId id = module->program->FindKernel(function);
  if (!id.valid()) id = module->program->FindHost(function);
  const ws::ir::Module& ir = module->program->module();
  if (!id.valid()) return {};
  return ir.Params(ir.functions[id.index]);
}

// The parameter of a kernel or host function; null where there is none.
const ws::ir::Param* ParamOf(const ws_module* module, const char* function, size_t param) {
  const auto params = ParamsOf(module, function);
  return param < params.size() ? &params[param] : nullptr;
}

}  // namespace

ws_status ws_module_load(ws_device* device, const char* text, size_t bytes, const char* name,
                         ws_language language, ws_module** module) {
  if (device == nullptr || text == nullptr || module == nullptr) {
    return Fail(WS_INVALID, "an argument is null");
  }
  if (language != WS_CUDA && language != WS_PTX) {
    return Fail(WS_INVALID, "the language is neither WS_CUDA nor WS_PTX");
  }
  return Guarded([&] {
    const auto as = language == WS_CUDA ? ws::api::Language::kCuda : ws::api::Language::kPtx;
    auto made = std::make_unique<ws_module>();
    made->device = device->state;
    DeviceState& state = *device->state;
    ws::cxx::KernelSource kernels;
    {
      const std::lock_guard lock(state.lock);
      kernels = state.kernels;
      made->purpose = state.purpose;
    }
    if (made->purpose == ws::api::Purpose::kTiming &&
        kernels.path != ws::cxx::KernelPath::kNative && language == WS_CUDA) {
      return Fail(WS_INVALID, "a device that profiles compiles CUDA with the front end `native`");
    }
    const std::string title = name != nullptr && *name != 0 ? name
                              : language == WS_CUDA         ? "module.cu"
                                                            : "module.ptx";
    auto loaded =
        ws::api::Program::Load(std::string(text, bytes), title, as, made->purpose, kernels);
    if (!loaded.ok()) {
      const ws::Error& error = loaded.error();
      const bool ours = error.blame == ws::Blame::kInfrastructure;
      const bool internal = ours && error.message.starts_with("internal: ");
      return Fail(!ours ? WS_REFUSED : internal ? WS_INTERNAL : WS_UNAVAILABLE, error.message);
    }
    made->program = std::move(loaded).value();
    const ws::ir::Module& ir = made->program->module();
    for (uint32_t f = 0; f < ir.functions.size(); ++f) {
      if (!ws::api::IsKernel(ir.functions[f])) continue;
      made->kernels.push_back(ws::ir::FunctionId(f));
      made->kernel_names.emplace_back(ir.functions[f].name);
    }
    const std::lock_guard lock(state.lock);
    if (made->purpose == ws::api::Purpose::kTiming) {
      made->registers = ws::target::cuda::FindRegisters(ir, *state.arch, true);
    }
    made->instance = std::make_unique<ws::exec::Instance>(ir, state.memory);
    *module = made.release();
    return WS_OK;
  });
}

void ws_module_unload(ws_module* module) {
  if (module == nullptr) return;
  const std::shared_ptr<DeviceState> device = module->device;
  const std::lock_guard lock(device->lock);
  delete module;
}

const char* ws_module_log(const ws_module* module) {
  return module == nullptr ? "" : module->program->log().c_str();
}

size_t ws_kernel_count(const ws_module* module) {
  return module == nullptr ? 0 : module->kernels.size();
}

const char* ws_kernel_name(const ws_module* module, size_t kernel) {
  if (module == nullptr || kernel >= module->kernels.size()) return "";
  return module->kernel_names[kernel].c_str();
}

int ws_has_kernel(const ws_module* module, const char* name) {
  return module != nullptr && name != nullptr && module->program->FindKernel(name).valid() ? 1 : 0;
}

int ws_has_function(const ws_module* module, const char* name) {
  return module != nullptr && name != nullptr && module->program->FindHost(name).valid() ? 1 : 0;
}

size_t ws_params(const ws_module* module, const char* function) {
  return ParamsOf(module, function).size();
}

size_t ws_param_bytes(const ws_module* module, const char* function, size_t param) {
  const ws::ir::Param* p = ParamOf(module, function, param);
  return p == nullptr ? 0 : std::max<size_t>(p->bytes, ws::ir::BytesOf(p->type));
}

const char* ws_param_type(const ws_module* module, const char* function, size_t param) {
  const ws::ir::Param* p = ParamOf(module, function, param);
  if (p == nullptr) return "";
  if (p->by_address) return ws::ir::NameOf(ws::ir::Type::kB8);
  return p->is_pointer ? "ptr" : ws::ir::NameOf(p->type);
}

ws_status ws_variable(ws_module* module, const char* name, ws_ptr* ptr, size_t* bytes) {
  if (module == nullptr || name == nullptr) return Fail(WS_INVALID, "an argument is null");
  return Guarded([&] {
    const ws::ir::Module& ir = module->program->module();
    for (uint32_t g = 0; g < ir.globals.size(); ++g) {
      if (ir.globals[g].name != name || ir.globals[g].space == ws::ir::Space::kShared) continue;
      const uint64_t address = module->instance->AddressOf(ws::ir::GlobalId(g));
      if (address == 0) return Fail(WS_NO_MEMORY, ws::Format("`{}` has no room", name));
      if (ptr != nullptr) *ptr = address;
      if (bytes != nullptr) *bytes = ir.globals[g].bytes;
      return WS_OK;
    }
    return Fail(WS_INVALID, ws::Format("the module has no variable `{}`", name));
  });
}
