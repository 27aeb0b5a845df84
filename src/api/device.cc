// Devices of warpsmith.h: options, memory, errors.
#include "target/cuda/device.h"

#include <charconv>
#include <cstring>

#include "api/handles.h"
#include "base/format.h"
#include "version.h"

namespace ws::api {
namespace {

thread_local std::string last_error;

ws_status BadValue(std::string_view name, std::string_view value, std::string_view takes) {
  return Fail(WS_INVALID, Format("option `{}` takes {}, not `{}`", name, takes, value));
}

ws_status SetFlag(std::string_view name, std::string_view value, bool& flag) {
  if (value != "on" && value != "off") return BadValue(name, value, "`on` or `off`");
  flag = value == "on";
  return WS_OK;
}

ws_status SetNumber(std::string_view name, std::string_view value, uint64_t& number) {
  uint64_t parsed = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
  if (error != std::errc() || end != value.data() + value.size() || value.empty()) {
    return BadValue(name, value, "a number");
  }
  number = parsed;
  return WS_OK;
}

void SetArch(DeviceState& state, const target::cuda::Arch& arch) {
  state.arch = &arch;
  state.kernels.arch = std::string(arch.name);
  state.options.limits.device = target::cuda::FactsOf(arch);
  // There is no call to opt in.
  state.options.limits.max_shared_bytes = arch.shared_bytes_per_block;
  state.options.limits.max_shared_bytes_opt_in = arch.shared_bytes_per_block;
}

ws_status Set(DeviceState& state, std::string_view name, std::string_view value) {
  if (name == "checks") return SetFlag(name, value, state.options.checks);
  if (name == "seed") return SetNumber(name, value, state.options.schedule_seed);
  if (name == "fuel") return SetNumber(name, value, state.options.limits.fuel);
  if (name == "memory") return SetNumber(name, value, state.options.limits.device_bytes);
  if (name == "arch") {
    const target::cuda::Arch* arch = target::cuda::FindArch(value);
    if (arch == nullptr) return BadValue(name, value, "an architecture such as `sm_90`");
    SetArch(state, *arch);
    return WS_OK;
  }
  if (name == "profile") {
    bool on = false;
    const ws_status status = SetFlag(name, value, on);
    if (status == WS_OK) state.purpose = on ? Purpose::kTiming : Purpose::kExecution;
    return status;
  }
  if (name == "front") {
    const cxx::KernelPath path = cxx::PathOf(value);
    if (value != "native" && !cxx::IsOtherCompiler(path)) {
      return BadValue(name, value, "`native`, `nvrtc`, `nvcc` or `clang`");
    }
    state.kernels.path = path;
    return WS_OK;
  }
  return Fail(WS_INVALID, Format("there is no option `{}`; there are checks, seed, fuel, memory, "
                                 "arch, profile and front",
                                 name));
}

// The `bytes` bytes at `ptr`; null and a failure where there is no such memory.
uint8_t* Find(DeviceState& state, ws_ptr ptr, size_t bytes, exec::AllocView** view) {
  const exec::AllocView* row = nullptr;
  int64_t offset = 0;
  const exec::AccessError error = state.memory->Check(ptr, bytes, &row, &offset);
  *view = const_cast<exec::AllocView*>(row);
  switch (error) {
    case exec::AccessError::kNone:
      return row->data + offset;
    case exec::AccessError::kNoMemory:
      Fail(WS_INVALID, Format("{:#x} is no address of this device", ptr));
      return nullptr;
    case exec::AccessError::kFreed:
      Fail(WS_INVALID, Format("the memory at {:#x} was freed", ptr));
      return nullptr;
    case exec::AccessError::kOutOfBounds:
      Fail(WS_INVALID, Format("{} bytes from byte {} go beyond {}, which has {}", bytes, offset,
                              state.memory->InfoOf(*row).name, row->size));
      return nullptr;
  }
  return nullptr;
}

// Calls f(data, view) for the bytes at `ptr`, under the lock.
template <typename F>
ws_status WithBytes(ws_device* device, ws_ptr ptr, size_t bytes, F f) {
  if (device == nullptr) return Fail(WS_INVALID, "the device is null");
  return Guarded([&] {
    DeviceState& state = *device->state;
    const std::lock_guard lock(state.lock);
    if (bytes == 0) return WS_OK;
    exec::AllocView* view = nullptr;
    uint8_t* data = Find(state, ptr, bytes, &view);
    if (data == nullptr) return WS_INVALID;
    f(data, *view, *state.memory);
    return WS_OK;
  });
}

}  // namespace

ws_status Fail(ws_status status, std::string message) {
  last_error = std::move(message);
  return status;
}

}  // namespace ws::api

using ws::api::DeviceState;
using ws::api::Fail;
using ws::api::Guarded;

int ws_api_version(void) { return WS_API_VERSION; }
const char* ws_version(void) { return ws::kVersion; }
const char* ws_error(void) { return ws::api::last_error.c_str(); }

ws_status ws_device_create(ws_device** device) {
  if (device == nullptr) return Fail(WS_INVALID, "where the device should go is null");
  return Guarded([&] {
    auto made = std::make_unique<ws_device>();
    ws::api::SetArch(*made->state, *ws::target::cuda::FindArch("sm_90"));
    *device = made.release();
    return WS_OK;
  });
}

void ws_device_destroy(ws_device* device) { delete device; }

ws_status ws_device_set(ws_device* device, const char* name, const char* value) {
  if (device == nullptr || name == nullptr || value == nullptr) {
    return Fail(WS_INVALID, "an argument is null");
  }
  return Guarded([&] {
    const std::lock_guard lock(device->state->lock);
    return ws::api::Set(*device->state, name, value);
  });
}

ws_status ws_malloc(ws_device* device, size_t bytes, ws_ptr* ptr) {
  if (device == nullptr || ptr == nullptr) return Fail(WS_INVALID, "an argument is null");
  return Guarded([&] {
    DeviceState& state = *device->state;
    const std::lock_guard lock(state.lock);
    const uint64_t live = state.memory->live_bytes(ws::exec::Tag::kGlobal);
    const uint64_t limit = state.options.limits.device_bytes;
    if (bytes > limit || live > limit - bytes) {
      return Fail(WS_NO_MEMORY,
                  ws::Format("{} bytes beside {} in use; the device has {}", bytes, live, limit));
    }
    const std::string name = ws::Format("allocation {}", ++state.num_allocations);
    *ptr = state.memory->Allocate(ws::exec::Tag::kGlobal, bytes, name, 0xa5, 0);
    if (*ptr != 0) return WS_OK;
    return Fail(WS_NO_MEMORY,
                ws::Format("no room for {} bytes: this machine's memory, or the table of {} "
                           "allocations, is full",
                           bytes, ws::exec::kMaxSlots));
  });
}

ws_status ws_free(ws_device* device, ws_ptr ptr) {
  if (device == nullptr) return Fail(WS_INVALID, "the device is null");
  if (ptr == 0) return WS_OK;
  return Guarded([&] {
    DeviceState& state = *device->state;
    const std::lock_guard lock(state.lock);
    const ws::exec::AllocView* view = state.memory->Find(ptr);
    if (view != nullptr && state.memory->InfoOf(*view).is_module) {
      return Fail(WS_INVALID, "a variable of a module cannot be freed");
    }
    if (state.memory->Free(ptr)) return WS_OK;
    return Fail(WS_INVALID, ws::Format("{:#x} is not where a live allocation begins", ptr));
  });
}

ws_status ws_copy_in(ws_device* device, ws_ptr ptr, const void* data, size_t bytes) {
  if (data == nullptr && bytes != 0) return Fail(WS_INVALID, "the data are null");
  return ws::api::WithBytes(
      device, ptr, bytes, [&](uint8_t* at, ws::exec::AllocView& view, ws::exec::Memory& memory) {
        memcpy(at, data, bytes);
        memory.SetState(view, static_cast<uint64_t>(at - view.data), bytes, ws::exec::kByteInit);
      });
}

ws_status ws_copy_out(ws_device* device, void* data, ws_ptr ptr, size_t bytes) {
  if (data == nullptr && bytes != 0) return Fail(WS_INVALID, "where the data should go is null");
  return ws::api::WithBytes(
      device, ptr, bytes,
      [&](uint8_t* at, ws::exec::AllocView&, ws::exec::Memory&) { memcpy(data, at, bytes); });
}

ws_status ws_fill(ws_device* device, ws_ptr ptr, int byte, size_t bytes) {
  return ws::api::WithBytes(
      device, ptr, bytes, [&](uint8_t* at, ws::exec::AllocView& view, ws::exec::Memory& memory) {
        memset(at, byte, bytes);
        memory.SetState(view, static_cast<uint64_t>(at - view.data), bytes, ws::exec::kByteInit);
      });
}
