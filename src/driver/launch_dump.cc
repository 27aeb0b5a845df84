#include "driver/launch_dump.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/format.h"
#include "diag/render.h"
#include "driver/files.h"
#include "exec/engine.h"
#include "exec/memory.h"
#include "front/compiled.h"
#include "ir/ptx.h"
#include "pass/pipeline.h"
#include "task/element.h"
#include "task/program.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

struct Buffer {
  exec::DevicePtr base = 0;
  uint64_t bytes = 0;
  std::string role, dtype, name;
};

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
  Recorder(const ir::Module& module, const exec::Instance& instance, std::vector<Buffer>& buffers,
           bool execute)
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
        why_not_ = Format("kernel parameter {} is a struct", param.name);
      }
      if (!param.is_pointer || param.offset + 8 > launch.params.size()) continue;
      uint64_t address = 0;
      std::memcpy(&address, launch.params.data() + param.offset, 8);
      if (address != 0) recorded.pointers.push_back(Resolve(param.offset, address));
    }
    launches_.push_back(std::move(recorded));
  }

  // The buffer that an address lies in; a temporary that was not met before is added.
  Pointer Resolve(uint32_t offset, uint64_t address) {
    const exec::DevicePtr base = address & ~exec::kOffsetMask;
    const auto it = std::ranges::find(buffers_, base, &Buffer::base);
    const auto index = static_cast<uint32_t>(it - buffers_.begin());
    if (it == buffers_.end()) {
      buffers_.push_back({base, instance_.Read(base).size(), "temporary", "u8", "temporary"});
    }
    return {offset, index, address & exec::kOffsetMask};
  }

  const ir::Module& module_;
  const exec::Instance& instance_;
  std::vector<Buffer>& buffers_;
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

// One of the two folders.
struct Part {
  std::string folder;
  task::Sizes sizes;
  bool execute = false;  // all blocks, with data and expected outputs
};

Status DumpPart(const Candidate& candidate, const ir::Module& module, ir::FunctionId entry,
                uint64_t seed, int sm, const Part& part) {
  const task::Task& task = candidate.task;
  std::error_code code;
  fs::create_directories(part.folder, code);
  if (code) return Error{Format("cannot make the folder {}", part.folder), Blame::kInfrastructure};
  TRY(const std::vector<task::Array> arrays,
      task::MakeInputs(task, part.sizes, task::Family::kFromInit, seed));
  exec::Instance instance(module);
  std::vector<Buffer> buffers;
  std::vector<exec::ArgValue> args;
  std::string text = Format("warpsmith-launches 1\nsize {}\n", task::ToText(part.sizes));
  const auto params = module.Params(module.functions[entry.index]);
  std::string data;
  for (size_t i = 0; i < task.args.size(); ++i) {
    const task::Arg& arg = task.args[i];
    exec::ArgValue value{params[i].type, 0};
    if (arg.role == task::Role::kScalar) {
      TRY(value.bits, task::ScalarBits(task, i, part.sizes));
    } else {
      const task::Array& array = arrays[i];
      value.bits = instance.Allocate(array.bytes.size(), arg.name);
      if (value.bits == 0) return Error{"no memory for " + arg.name, Blame::kInfrastructure};
      const size_t index = buffers.size();
      buffers.push_back(
          {value.bits, array.bytes.size(), task::Name(arg.role), task::Name(arg.dtype), arg.name});
      if (arg.role != task::Role::kOutput) {
        instance.Write(value.bits, array.bytes);
        const bool drawn =
            arg.init.kind == task::InitKind::kNormal || arg.init.kind == task::InitKind::kUniform;
        if (!part.execute && drawn && task::IsFloat(arg.dtype)) {
          AppendFormat(data, "random {} {}\n", index, task::Name(arg.dtype));
        } else {
          AppendFormat(data, "data {0} in{0}.bin\n", index);
          TRY_OK(WriteBytes(Format("{}/in{}.bin", part.folder, index), array.bytes));
        }
      }
    }
    args.push_back(value);
  }
  Recorder recorder(module, instance, buffers, part.execute);
  exec::RunOptions options;
  options.checks = false;
  options.tracer = recorder.tracer();
  const exec::RunReport report = instance.Call(entry, args, options);
  if (report.status != exec::RunStatus::kOk) {
    return Error{Format("{} does not run to its end at {}; `warpsmith run` says why",
                        candidate.file, task::ToText(part.sizes))};
  }
  if (!recorder.why_not().empty()) {
    return Error{Format("the launches of {} cannot be written down: {}", candidate.file,
                        recorder.why_not())};
  }
  for (size_t i = 0; i < buffers.size(); ++i) {
    const Buffer& b = buffers[i];
    AppendFormat(text, "buffer {} {} {} {} {}\n", i, b.role, b.bytes, b.dtype, b.name);
  }
  text += data;
  for (const Recorded& recorded : recorder.launches()) text += LaunchLine(module, recorded);
  for (size_t i = 0; part.execute && i < buffers.size(); ++i) {
    if (buffers[i].role != "output" && buffers[i].role != "inout") continue;
    AppendFormat(text, "expect {0} out{0}.bin\n", i);
    TRY_OK(WriteBytes(Format("{}/out{}.bin", part.folder, i), instance.Read(buffers[i].base)));
  }
  TRY_OK(WriteFile(part.folder + "/kernels.ptx", ir::ToPtx(module, {.sm = sm})));
  return WriteFile(part.folder + "/launches.txt", text);
}

double BytesAt(const task::Task& task, const task::Sizes& sizes) {
  double total = 0;
  for (const task::Arg& arg : task.args) {
    if (arg.role == task::Role::kScalar) continue;
    const auto bytes = task::BytesOfArray(arg, sizes);
    if (bytes.ok()) total += static_cast<double>(bytes.value());
  }
  return total;
}

}  // namespace

Status DumpLaunches(const Candidate& candidate, uint64_t seed, int sm, const std::string& folder) {
  const task::Task& task = candidate.task;
  const auto program = task::Program::Compile(candidate.source, candidate.file);
  std::vector<diag::Rendered> diagnostics = program->diagnostics();
  const auto entry = program->ok() ? program->FindEntry(task, diagnostics) : std::nullopt;
  if (!entry) return Error{diag::ToText(diagnostics)};
  const task::Sizes& largest = *std::ranges::max_element(
      task.test_sizes, {}, [&](const task::Sizes& sizes) { return BytesAt(task, sizes); });
  TRY_OK(DumpPart(candidate, program->module(), *entry, seed, sm,
                  {folder + "/check", largest, /*execute=*/true}));

  const auto compiled =
      front::CompileText(candidate.file, candidate.source, {.read_includes = true});
  pass::ForTiming(compiled->module());
  const task::Sizes& bench =
      std::ranges::max_element(task.bench_sizes, {}, &task::BenchSize::weight)->sizes;
  return DumpPart(candidate, compiled->module(), *entry, seed, sm,
                  {folder + "/time", bench, /*execute=*/false});
}

}  // namespace ws::driver
