// Runs of warpsmith.h, and their reports.
#include <cstring>

#include "api/handles.h"
#include "base/format.h"
#include "base/json.h"
#include "target/cuda/collect.h"
#include "target/cuda/host_cost.h"
#include "target/cuda/model.h"
#include "verify/execute.h"
#include "verify/verdict_text.h"

namespace ws::api {
namespace {

const char* StatusWord(ws_status status) {
  return status == WS_OK ? "ok" : status == WS_FINDINGS ? "findings" : "stopped";
}

Json Array(const exec::Dim3& d) { return Json{d[0], d[1], d[2]}; }

// Adds what one launch counted: sums, but for what a launch has one of.
void AddCounters(const target::cuda::Counters& counted, ws_report& report, Json& launch) {
  for (const target::cuda::CounterInfo& info : target::cuda::CounterTable()) {
    const double value = counted.*info.value;
    double& sum = report.counters[info.metric];
    const bool is_sum = std::string_view(info.metric).ends_with(".sum");
    sum = is_sum ? sum + value : std::max(sum, value);
    launch["counters"][info.metric] = value;
  }
}

// Prices the launches; false and a failure where the chip could not run one.
bool Price(ws_module& module, const exec::RunReport& run, target::cuda::Collector& collector,
           ws_report& report, Json& launches) {
  DeviceState& device = *module.device;
  double low = 0, high = 0;
  size_t index = 0;
  for (const target::cuda::LaunchStats& stats : collector.Take()) {
    target::cuda::Counters counted;
    const auto priced = target::cuda::PriceLaunch(*device.arch, module.program->module(), stats,
                                                  device.l2, counted);
    if (priced.occupancy.blocks == 0) {
      Fail(WS_STOPPED,
           Format("{} cannot be launched on {}: too many threads, registers or bytes of shared "
                  "memory per block",
                  module.program->module().functions[stats.launch.kernel.index].name,
                  device.arch->name));
      return false;
    }
    low += priced.time.low_us;
    high += priced.time.high_us;
    if (index >= run.launches.size()) continue;
    Json& launch = launches[index++];
    AddCounters(counted, report, launch);
    launch["time_us"] = {{"low", priced.time.low_us}, {"high", priced.time.high_us}};
    launch["limiter"] = target::cuda::StateName(priced.limiter);
  }
  for (const auto& call : target::cuda::PriceHostWork(*device.arch, collector.TakeHostWork())) {
    low += call.time.low_us;
    high += call.time.high_us;
  }
  report.counters["time_low_us"] = low;
  report.counters["time_high_us"] = high;
  return true;
}

// Executes `run(options)` with the device's options and tells how it went.
template <typename F>
ws_status Execute(ws_module* module, ws_report** out, F run) {
  DeviceState& device = *module->device;
  exec::RunOptions options = device.options;
  std::optional<target::cuda::Collector> collector;
  exec::Tracer tracer;
  const bool profiles = module->purpose == Purpose::kTiming;
  if (profiles) {
    options.checks = false;
    collector.emplace(
        module->program->module(), *device.arch,
        [&](ir::FunctionId kernel) { return module->registers.Of(kernel); },
        target::cuda::Sampling{.all = true, .spread = {}});
    tracer = collector->tracer();
    options.tracer = &tracer;
  }
  exec::RunReport ran = run(options);
  // Variables of a module are there to be kept from launch to launch.
  std::erase_if(ran.findings, [](const exec::Finding& f) {
    return f.is_note && f.kind == exec::FindingKind::kStateKept;
  });
  auto report = std::make_unique<ws_report>();
  report->status = ran.status != exec::RunStatus::kOk ? WS_STOPPED
                   : ran.clean()                      ? WS_OK
                                                      : WS_FINDINGS;
  if (out == nullptr) {
    if (report->status != WS_OK) {
      std::string text;
      for (const exec::Finding& f : ran.findings) {
        text += verify::ToText(verify::Render(f, module->program->module()));
      }
      Fail(report->status, std::move(text));
    }
    return report->status;
  }
  Json findings = Json::array(), launches = Json::array();
  std::string text;
  for (const exec::Finding& f : ran.findings) {
    report->findings.push_back(verify::Render(f, module->program->module()));
    findings.push_back(verify::ToJson(report->findings.back()));
    text += verify::ToText(report->findings.back());
  }
  for (const exec::Launch& l : ran.launches) {
    launches.push_back({{"kernel", module->program->module().functions[l.kernel.index].name},
                        {"grid", Array(l.grid)},
                        {"block", Array(l.block)},
                        {"dynamic_shared_bytes", l.dynamic_shared_bytes},
                        {"warp_instructions", l.warp_instructions}});
  }
  if (report->status != WS_OK) Fail(report->status, std::move(text));
  if (profiles && report->status == WS_OK && !Price(*module, ran, *collector, *report, launches)) {
    report->status = WS_STOPPED;
  }
  report->printed = std::move(ran.printed);
  report->warp_instructions = ran.warp_instructions;
  Json json = {{"status", StatusWord(report->status)},
               {"findings", std::move(findings)},
               {"printed", report->printed},
               {"warp_instructions", report->warp_instructions},
               {"launches", std::move(launches)}};
  if (profiles) {
    json["basis"] = "modelled-uncalibrated";
    for (const auto& [name, value] : report->counters) json["counters"][name] = value;
  }
  report->json = DumpJson(json);
  const ws_status status = report->status;
  *out = report.release();
  return status;
}

// The values that `args` points to, one by one: use(param, data).
template <typename F>
ws_status ReadArgs(std::string_view name, std::span<const ir::Param> params,
                   const void* const* args, size_t num_args, F use) {
  if (num_args != params.size()) {
    return Fail(WS_INVALID, Format("{} takes {} arguments, not {}", name, params.size(), num_args));
  }
  for (size_t i = 0; i < params.size(); ++i) {
    if (args == nullptr || args[i] == nullptr) {
      return Fail(WS_INVALID, Format("argument {} of {} is null", i, name));
    }
    use(params[i], args[i]);
  }
  return WS_OK;
}

}  // namespace
}  // namespace ws::api

using ws::api::Fail;
using ws::api::Guarded;

ws_status ws_launch(ws_module* module, const char* kernel, const uint32_t grid[3],
                    const uint32_t block[3], uint32_t dynamic_shared_bytes, const void* const* args,
                    size_t num_args, ws_report** report) {
  if (report != nullptr) *report = nullptr;
  if (module == nullptr || kernel == nullptr || grid == nullptr || block == nullptr) {
    return Fail(WS_INVALID, "an argument is null");
  }
  return Guarded([&] {
    const ws::ir::Module& ir = module->program->module();
    const ws::ir::FunctionId id = module->program->FindKernel(kernel);
    if (!id.valid()) return Fail(WS_INVALID, ws::Format("the module has no kernel `{}`", kernel));
    ws::exec::Launch launch{.kernel = id,
                            .grid = {grid[0], grid[1], grid[2]},
                            .block = {block[0], block[1], block[2]},
                            .dynamic_shared_bytes = dynamic_shared_bytes,
                            .params = {}};
    launch.params.resize(ir.functions[id.index].param_bytes);
    const ws_status status =
        ws::api::ReadArgs(kernel, ir.Params(ir.functions[id.index]), args, num_args,
                          [&](const ws::ir::Param& param, const void* value) {
                            memcpy(launch.params.data() + param.offset, value, param.bytes);
                          });
    if (status != WS_OK) return status;
    const std::lock_guard lock(module->device->lock);
    return ws::api::Execute(module, report, [&](const ws::exec::RunOptions& options) {
      return module->instance->LaunchKernel(launch, options);
    });
  });
}

ws_status ws_call(ws_module* module, const char* function, const void* const* args, size_t num_args,
                  ws_report** report) {
  if (report != nullptr) *report = nullptr;
  if (module == nullptr || function == nullptr) return Fail(WS_INVALID, "an argument is null");
  return Guarded([&] {
    const ws::ir::Module& ir = module->program->module();
    const ws::ir::FunctionId id = module->program->FindHost(function);
    if (!id.valid()) {
      return Fail(WS_INVALID, ws::Format("the module has no host function `{}`", function));
    }
    std::vector<ws::exec::ArgValue> values;
    bool scalars = true;
    const ws_status status = ws::api::ReadArgs(
        function, ir.Params(ir.functions[id.index]), args, num_args,
        [&](const ws::ir::Param& param, const void* value) {
          ws::exec::ArgValue& v = values.emplace_back(ws::exec::ArgValue{param.type, 0});
          scalars = scalars && param.type != ws::ir::Type::kB8 && !param.by_address;
          memcpy(&v.bits, value, std::min<size_t>(ws::ir::BytesOf(param.type), sizeof v.bits));
        });
    if (status != WS_OK) return status;
    if (!scalars) {
      return Fail(
          WS_INVALID,
          ws::Format("`{}` has a parameter that is neither a number nor a pointer", function));
    }
    const std::lock_guard lock(module->device->lock);
    return ws::api::Execute(module, report, [&](const ws::exec::RunOptions& options) {
      return module->instance->Call(id, values, options);
    });
  });
}

void ws_report_destroy(ws_report* report) { delete report; }

const char* ws_report_printed(const ws_report* report) {
  return report == nullptr ? "" : report->printed.c_str();
}

uint64_t ws_report_warp_instructions(const ws_report* report) {
  return report == nullptr ? 0 : report->warp_instructions;
}

size_t ws_report_findings(const ws_report* report) {
  return report == nullptr ? 0 : report->findings.size();
}

ws_status ws_report_finding(const ws_report* report, size_t index, ws_finding* finding) {
  if (report == nullptr || finding == nullptr) return Fail(WS_INVALID, "an argument is null");
  if (index >= report->findings.size()) {
    return Fail(WS_INVALID, ws::Format("the report has {} findings", report->findings.size()));
  }
  const ws::verify::RenderedFinding& f = report->findings[index];
  *finding = {.kind = f.id.c_str(),
              .message = f.message.c_str(),
              .hint = f.hint.c_str(),
              .file = f.file.c_str(),
              .line = f.line,
              .column = f.column,
              .kernel = f.kernel.c_str(),
              .block = {f.block[0], f.block[1], f.block[2]},
              .thread = {f.thread[0], f.thread[1], f.thread[2]},
              .count = f.count,
              .is_note = f.is_note ? 1 : 0};
  return WS_OK;
}

ws_status ws_report_counter(const ws_report* report, const char* name, double* value) {
  if (report == nullptr || name == nullptr || value == nullptr) {
    return Fail(WS_INVALID, "an argument is null");
  }
  const auto found = report->counters.find(std::string_view(name));
  if (found == report->counters.end()) {
    return Fail(WS_INVALID, report->counters.empty()
                                ? "only a device that profiles counts"
                                : ws::Format("there is no counter `{}`", name));
  }
  *value = found->second;
  return WS_OK;
}

const char* ws_report_json(const ws_report* report) {
  return report == nullptr ? "" : report->json.c_str();
}
