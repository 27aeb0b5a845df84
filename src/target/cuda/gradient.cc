#include "target/cuda/gradient.h"

#include <algorithm>

#include "base/format.h"

namespace ws::target::cuda {
namespace {

constexpr size_t kResources = static_cast<size_t>(Resource::kCount);

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

// Low time of the launch if `resource` cost nothing.
double LowWithout(const LaunchTime& time, Resource resource) {
  double most = 0;
  for (size_t r = 0; r < kResources; ++r) {
    if (r != static_cast<size_t>(resource) && r != static_cast<size_t>(Resource::kLaunch)) {
      most = std::max(most, time.resource_us[r]);
    }
  }
  const bool launch_stays = resource != Resource::kLaunch;
  return most + (launch_stays ? time.resource_us[static_cast<size_t>(Resource::kLaunch)] : 0);
}

// A share of 1 as per cent; what is not nothing is not rounded to it.
std::string Percent(double share) {
  return share > 0 && share < 0.01 ? "less than 1 %" : Format("{:.0f} %", 100 * share);
}

// Three digits, and never as a power of ten.
std::string Short(double value) {
  return value >= 1000 ? Format("{:.0f}", value) : Format("{:.3g}", value);
}

void DescribeLine(const ir::Module& module, const LaunchProfile& launch, std::string& out) {
  if (launch.time.lines.empty()) return;
  const LineShare& line = launch.time.lines.front();
  const double share = line.share[static_cast<size_t>(launch.time.limiter)];
  if (share <= 0) return;
  const diag::LineColumn at = diag::FindLine(module.sources, line.loc);
  if (at.line == 0) return;
  const std::string_view file = module.sources.file(module.sources.FileOf(line.loc)).name;
  AppendFormat(out, " {:.0f} % of that is at {}:{}: `{}`.", 100 * share, file, at.line,
               Trim(at.line_text));
}

// What the counters show beside the limiter, each only where it is out of the ordinary.
void DescribeCounters(const Arch& arch, const LaunchProfile& launch, std::string& out) {
  const Counters& c = launch.counters;
  const auto ratio = [](double a, double b) { return b > 0 ? a / b : 0; };
  const double load_sectors = ratio(c.global_load_sectors, c.global_load_requests);
  if (load_sectors > 8) {
    AppendFormat(out,
                 " Global loads touch {:.1f} sectors per request; 32 floats fill 4, 32 float4 16.",
                 load_sectors);
  }
  const double store_sectors = ratio(c.global_store_sectors, c.global_store_requests);
  if (store_sectors > 8) {
    AppendFormat(out,
                 " Global stores touch {:.1f} sectors per request; 32 floats fill 4, 32 float4 16.",
                 store_sectors);
  }
  if (c.shared_wavefronts > 0 && c.shared_conflicts > 0.1 * c.shared_wavefronts) {
    AppendFormat(out, " {:.0f} % of the passes through shared memory are bank conflicts.",
                 100 * c.shared_conflicts / c.shared_wavefronts);
  }
  const double lanes = ratio(c.thread_inst_executed, c.inst_executed);
  if (lanes > 0 && lanes < 28) {
    AppendFormat(out, " On average {:.1f} of 32 lanes are active.", lanes);
  }
  if (c.local_requests > 0) {
    AppendFormat(out, " {:.3g} accesses go to local memory.", c.local_requests);
  }
  if (launch.time.waves < 1) {
    const double blocks =
        static_cast<double>(launch.grid[0]) * launch.grid[1] * static_cast<double>(launch.grid[2]);
    AppendFormat(out, " {:.0f} block{} of {} threads fill{} {} of the chip once.", blocks,
                 blocks == 1 ? "" : "s", launch.block[0] * launch.block[1] * launch.block[2],
                 blocks == 1 ? "s" : "", Percent(launch.time.waves));
  }
  if (launch.time.occupancy.fraction(arch) < 0.5) {
    AppendFormat(out, " Occupancy is {}, limited by {}.",
                 Percent(launch.time.occupancy.fraction(arch)), Name(launch.time.occupancy.limit));
  }
}

}  // namespace

std::string TextualGradient(const Arch& arch, const ir::Module& module, const SizeProfile& size) {
  if (size.launches.empty()) return "No kernel was launched.";
  const auto slowest = std::max_element(
      size.launches.begin(), size.launches.end(),
      [](const auto& a, const auto& b) { return a.time.time.low_us < b.time.time.low_us; });
  const LaunchProfile& launch = *slowest;
  const Resource limiter = launch.time.limiter;
  const double low = launch.time.time.low_us;
  std::string out;
  AppendFormat(out, "`{}` takes {} to {} us (modelled, uncalibrated)", launch.kernel, Short(low),
               Short(launch.time.time.high_us));
  if (size.launches.size() > 1) {
    AppendFormat(out, ", {:.0f} % of the {} launches' time", 100 * low / size.time.low_us,
                 size.launches.size());
  }
  AppendFormat(out, "; it is limited by {} ({} us).", Name(limiter),
               Short(launch.time.resource_us[static_cast<size_t>(limiter)]));
  DescribeLine(module, launch, out);
  const double without = LowWithout(launch.time, limiter);
  if (without > 0 && without < low) {
    AppendFormat(out, " Removing it could give up to {}x.", Short(low / without));
  }
  if (size.roofline_us > 0) {
    AppendFormat(out, " The roofline bound of the task is {} us, {}x below.",
                 Short(size.roofline_us), Short(size.time.low_us / size.roofline_us));
  }
  DescribeCounters(arch, launch, out);
  return out;
}

std::string HintText(std::span<const TechniqueHint> hints) {
  if (hints.empty()) return {};
  std::string out = " Techniques that apply:";
  for (size_t i = 0; i < hints.size(); ++i) {
    AppendFormat(out, "{} {}", i == 0 ? "" : ";", hints[i].name);
    if (!hints[i].record.empty()) AppendFormat(out, " ({})", hints[i].record);
  }
  return out + ".";
}

}  // namespace ws::target::cuda
