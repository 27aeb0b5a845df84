#include "driver/launch_files.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <span>

#include "base/format.h"
#include "driver/files.h"
#include "exec/memory.h"
#include "ir/ptx.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

// Where an address goes in a launch's parameters.
struct Pointer {
  uint32_t offset = 0, buffer = 0;
  uint64_t displacement = 0;
};

struct Recorded {
  exec::Launch launch;
  std::vector<Pointer> pointers;
};

// Watches one call of the launcher.
class Recorder {
 public:
  Recorder(const ir::Module& module, const exec::Instance& instance,
           std::vector<LaunchBuffer>& buffers, bool execute)
      : module_(module), instance_(instance), buffers_(buffers) {
    tracer_.self = this;
    tracer_.host_work = [](void* self, const exec::HostWork& work) {
      if (work.to_device || work.from_device) {
        static_cast<Recorder*>(self)->why_not_ = "the launcher copies or sets device memory";
      }
    };
    if (!execute) {
      tracer_.choose_blocks = [](void*, const exec::Launch&, std::vector<uint32_t>& blocks) {
        blocks = {0};
      };
    }
    tracer_.launch_end = [](void* self, const exec::Launch& launch, std::span<const uint64_t>,
                            std::span<const uint64_t>,
                            uint32_t) { static_cast<Recorder*>(self)->Record(launch); };
  }
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  exec::Tracer* tracer() { return &tracer_; }
  const std::vector<Recorded>& launches() const { return launches_; }
  const std::string& why_not() const { return why_not_; }

 private:
  void Record(const exec::Launch& launch) {
    Recorded recorded{launch, {}};
    for (const ir::Param& param : module_.Params(module_.functions[launch.kernel.index])) {
      if (param.type == ir::Type::kB8 && param.bytes > 1) {
        for (uint32_t at = 0; at + 8 <= param.bytes; at += 8) {
          AddressInStruct(launch, param.offset + at, recorded);
        }
        continue;
      }
      if (param.bytes != 8 || param.offset + 8 > launch.params.size()) continue;
      uint64_t address = 0;
      std::memcpy(&address, launch.params.data() + param.offset, 8);
      // Kernels written in PTX do not say which of their parameters are pointers.
      if (address != 0 && (param.is_pointer || IsBuffer(address))) {
        recorded.pointers.push_back(Resolve(param.offset, address));
      }
    }
    launches_.push_back(std::move(recorded));
  }

  // A word of a struct that has the form of an address is one.
  void AddressInStruct(const exec::Launch& launch, uint32_t offset, Recorded& recorded) {
    if (offset + 8 > launch.params.size()) return;
    uint64_t address = 0;
    std::memcpy(&address, launch.params.data() + offset, 8);
    if (exec::TagOf(address) != exec::Tag::kGlobal) return;
    if (!IsBuffer(address & ~exec::kOffsetMask)) {
      why_not_ = "a kernel parameter is a struct with what may be an address in a temporary";
      return;
    }
    recorded.pointers.push_back(Resolve(offset, address));
  }

  bool IsBuffer(uint64_t address) const {
    return std::ranges::find(buffers_, address, &LaunchBuffer::base) != buffers_.end();
  }

  // The buffer that an address lies in; a temporary that was not met before is added.
  Pointer Resolve(uint32_t offset, uint64_t address) {
    const exec::DevicePtr base = address & ~exec::kOffsetMask;
    const auto it = std::ranges::find(buffers_, base, &LaunchBuffer::base);
    const auto index = static_cast<uint32_t>(it - buffers_.begin());
    if (it == buffers_.end()) {
      buffers_.push_back({.base = base,
                          .bytes = instance_.Read(base).size(),
                          .role = "temporary",
                          .dtype = "u8",
                          .name = "temporary"});
    }
    return {offset, index, address & exec::kOffsetMask};
  }

  const ir::Module& module_;
  const exec::Instance& instance_;
  std::vector<LaunchBuffer>& buffers_;
  exec::Tracer tracer_;
  std::vector<Recorded> launches_;
  std::string why_not_;
};

std::string LaunchLine(const ir::Module& module, const Recorded& recorded) {
  const exec::Launch& l = recorded.launch;
  std::string line =
      Format("launch {} {} {} {} {} {} {} {} ", ir::PtxSymbol(module, l.kernel), l.grid[0],
             l.grid[1], l.grid[2], l.block[0], l.block[1], l.block[2], l.dynamic_shared_bytes);
  for (const uint8_t byte : l.params) AppendFormat(line, "{:02x}", byte);
  if (l.params.empty()) line += '-';
  line += ' ';
  for (const Pointer& p : recorded.pointers) {
    AppendFormat(line, "{}{}:{}:{}", line.back() == ' ' ? "" : ",", p.offset, p.buffer,
                 p.displacement);
  }
  if (recorded.pointers.empty()) line += '-';
  return line + "\n";
}

Status WriteBytes(const std::string& path, std::span<const uint8_t> bytes) {
  return WriteFile(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

Status WriteLaunches(const LaunchCall& call, const std::string& ptx, const std::string& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) return Error{Format("cannot make the folder {}", folder), Blame::kInfrastructure};
  std::string text = Format("warpsmith-launches 1\nsize {}\n", call.size), data;
  std::vector<LaunchBuffer> buffers = call.buffers;
  for (size_t i = 0; i < buffers.size(); ++i) {
    if (buffers[i].is_random) AppendFormat(data, "random {} {}\n", i, buffers[i].dtype);
    if (!buffers[i].has_data) continue;
    AppendFormat(data, "data {0} in{0}.bin\n", i);
    TRY_OK(WriteBytes(Format("{}/in{}.bin", folder, i), call.instance.Read(buffers[i].base)));
  }
  Recorder recorder(call.module, call.instance, buffers, call.execute);
  exec::RunOptions options;
  options.checks = false;
  options.tracer = recorder.tracer();
  if (call.run(options).status != exec::RunStatus::kOk) {
    return Error{
        Format("{} does not run to its end at {}; `warpsmith run` says why", call.name, call.size)};
  }
  if (!recorder.why_not().empty()) {
    return Error{
        Format("the launches of {} cannot be written down: {}", call.name, recorder.why_not())};
  }
  for (size_t i = 0; i < buffers.size(); ++i) {
    const LaunchBuffer& b = buffers[i];
    AppendFormat(text, "buffer {} {} {} {} {}\n", i, b.role, b.bytes, b.dtype, b.name);
  }
  text += data;
  for (const Recorded& recorded : recorder.launches()) text += LaunchLine(call.module, recorded);
  for (size_t i = 0; call.execute && i < buffers.size(); ++i) {
    if (buffers[i].role != "output" && buffers[i].role != "inout") continue;
    AppendFormat(text, "expect {0} out{0}.bin\n", i);
    TRY_OK(WriteBytes(Format("{}/out{}.bin", folder, i), call.instance.Read(buffers[i].base)));
  }
  TRY_OK(WriteFile(folder + "/kernels.ptx", ptx));
  return WriteFile(folder + "/launches.txt", text);
}

}  // namespace ws::driver
