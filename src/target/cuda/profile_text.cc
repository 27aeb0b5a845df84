// A profile as JSON for programs and as tables for people.
#include "base/format.h"
#include "target/cuda/profile.h"

namespace ws::target::cuda {
namespace {

constexpr size_t kResources = static_cast<size_t>(Resource::kCount);

Json ToJson(const TimeRange& time) {
  return Json{{"low_us", time.low_us}, {"high_us", time.high_us}};
}

Json ToJson(const LaunchProfile& launch) {
  Json counters = Json::object();
  for (const CounterInfo& info : CounterTable()) {
    counters[info.metric] = launch.counters.*info.value;
  }
  Json resources = Json::object();
  for (size_t r = 0; r < kResources; ++r) {
    resources[StateName(static_cast<Resource>(r))] = launch.time.resource_us[r];
  }
  Json lines = Json::array();
  for (const LineShare& line : launch.time.lines) {
    Json shares = Json::object();
    for (size_t r = 0; r < kResources; ++r) {
      if (line.share[r] > 0) shares[StateName(static_cast<Resource>(r))] = line.share[r];
    }
    lines.push_back({{"line", line.line}, {"share", std::move(shares)}});
  }
  return Json{{"kernel", launch.kernel},
              {"grid", launch.grid},
              {"block", launch.block},
              {"sampled", launch.sampled},
              {"blocks_run", launch.blocks_run},
              {"sampling_error", launch.sampling_error},
              {"registers_from", launch.registers_from},
              {"time", ToJson(launch.time.time)},
              {"limiter", StateName(launch.time.limiter)},
              {"occupancy_limit", Name(launch.time.occupancy.limit)},
              {"resources_us", std::move(resources)},
              {"counters", std::move(counters)},
              {"lines", std::move(lines)}};
}

std::string SizesText(const task::Sizes& sizes) {
  std::string out;
  for (const auto& [name, value] : sizes) {
    AppendFormat(out, "{}{}={}", out.empty() ? "" : " ", name, value);
  }
  return out;
}

void AppendLaunch(const LaunchProfile& launch, std::string& out) {
  AppendFormat(out, "  {} <<<({}, {}, {}), ({}, {}, {})>>>  {:.4g} .. {:.4g} us, limited by {}\n",
               launch.kernel, launch.grid[0], launch.grid[1], launch.grid[2], launch.block[0],
               launch.block[1], launch.block[2], launch.time.time.low_us, launch.time.time.high_us,
               Name(launch.time.limiter));
  out += "    if it alone took time:\n";
  for (size_t r = 0; r < kResources; ++r) {
    if (launch.time.resource_us[r] <= 0) continue;
    AppendFormat(out, "      {:<36} {:>12.4g} us\n", Name(static_cast<Resource>(r)),
                 launch.time.resource_us[r]);
  }
  AppendFormat(out, "    counters ({}; registers: {}; occupancy limited by {}):\n",
               launch.sampled ? Format("sampled, {} blocks run, standard error {:.1f} %",
                                       launch.blocks_run, 100 * launch.sampling_error)
                              : std::string("all blocks run"),
               launch.registers_from, Name(launch.time.occupancy.limit));
  for (const CounterInfo& info : CounterTable()) {
    const double value = launch.counters.*info.value;
    if (value == 0) continue;
    AppendFormat(out, "      {:<66} {:>12.5g} {}\n", info.metric, value, info.unit);
  }
}

}  // namespace

Json ToJson(const Profile& profile) {
  Json sizes = Json::array();
  for (const SizeProfile& size : profile.sizes) {
    Json launches = Json::array();
    for (const LaunchProfile& launch : size.launches) launches.push_back(ToJson(launch));
    Json host_calls = Json::array();
    for (const HostCallProfile& call : size.host_calls) {
      host_calls.push_back({{"name", call.name},
                            {"calls", call.calls},
                            {"bytes", call.bytes},
                            {"time", ToJson(call.time)}});
    }
    sizes.push_back({{"sizes", size.sizes},
                     {"weight", size.weight},
                     {"time", ToJson(size.time)},
                     {"roofline_us", size.roofline_us},
                     {"launches", std::move(launches)},
                     {"host_calls", std::move(host_calls)}});
  }
  Json state = Json::object();
  for (size_t r = 0; r < profile.state.size(); ++r) {
    state[StateName(static_cast<Resource>(r))] = profile.state[r];
  }
  return Json{{"arch", profile.arch},
              {"basis", profile.basis},
              {"time", ToJson(profile.time)},
              {"sampling_error", profile.sampling_error},
              {"roofline_us", profile.roofline_us},
              {"limiter", StateName(profile.limiter)},
              {"gradient", profile.gradient},
              {"state", std::move(state)},
              {"sizes", std::move(sizes)},
              {"front", profile.front},
              {"front_note", profile.front_note.empty() ? Json() : Json(profile.front_note)}};
}

std::string ToText(const Profile& profile) {
  std::string out;
  AppendFormat(out, "{}: {:.4g} .. {:.4g} us ({}); roofline bound {:.4g} us\n", profile.arch,
               profile.time.low_us, profile.time.high_us, profile.basis, profile.roofline_us);
  for (const SizeProfile& size : profile.sizes) {
    AppendFormat(out, "{} (weight {:g}): {:.4g} .. {:.4g} us\n", SizesText(size.sizes), size.weight,
                 size.time.low_us, size.time.high_us);
    for (const LaunchProfile& launch : size.launches) AppendLaunch(launch, out);
    for (const HostCallProfile& call : size.host_calls) {
      AppendFormat(out, "  {} x {}, {} bytes  {:.4g} .. {:.4g} us (assumed)\n", call.name,
                   call.calls, call.bytes, call.time.low_us, call.time.high_us);
    }
  }
  out += profile.gradient + "\n";
  return out;
}

}  // namespace ws::target::cuda
