#include "driver/schedule_option.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "base/format.h"
#include "base/nearest.h"
#include "target/cuda/technique.h"

namespace ws::driver {
namespace {

namespace cuda = target::cuda;

constexpr size_t kShown = 4;  // steps that a message offers

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

Result<const cuda::Technique*> TechniqueNamed(std::string_view name) {
  const cuda::Technique* technique = cuda::FindTechnique(name);
  if (technique != nullptr && technique->space != nullptr) return technique;
  if (technique != nullptr) {
    return Error{Format("--schedule: {} changes source text, not schedules", name)};
  }
  std::vector<std::string_view> names;
  for (const cuda::Technique* known : cuda::Techniques()) {
    if (known->space != nullptr) names.emplace_back(known->name);
  }
  return Error{Format("--schedule: no technique `{}`", name), Blame::kUser,
               DidYouMean(name, names, Format("there is {}", Join(names, ", ")))};
}

// Takes one step. Only steps that a search could take here are: what a technique does with others
// is not defined.
Result<nest::Schedule> TakeStep(std::string_view step, const nest::Program& program,
                                const nest::Schedule& schedule, const nest::SizeValues& sizes) {
  const size_t blank = std::min(step.find_first_of(" \t"), step.size());
  TRY(const cuda::Technique* const technique, TechniqueNamed(step.substr(0, blank)));
  std::istringstream words{std::string(step.substr(blank))};
  std::vector<std::string> wanted;
  for (std::string word; words >> word;) wanted.push_back(word);
  std::ranges::sort(wanted);
  std::vector<std::string> open;
  static const nest::SizeValues kNoSizes;
  for (const nest::SizeValues* const at : {&sizes, &kNoSizes}) {
    const cuda::Situation situation{program, schedule, *at};
    for (const cuda::Parameters& parameters : technique->space(situation)) {
      const std::string text = cuda::ToText(parameters);
      std::istringstream parts{text};
      std::vector<std::string> offered;
      for (std::string word; parts >> word;) offered.push_back(word);
      std::ranges::sort(offered);
      if (offered == wanted) return technique->apply(situation, parameters);
      if (open.size() < kShown) open.push_back(Format("{} {}", technique->name, text));
    }
    if (sizes.empty()) break;
  }
  return Error{Format("--schedule: `{}` is no step that can be taken there", step), Blame::kUser,
               open.empty() ? Format("{} does not apply there", technique->name)
                            : Format("steps are chosen for the bench sizes of --task; others there "
                                     "are {}",
                                     Join(open, "; "))};
}

}  // namespace

std::string ScheduleHelp() {
  return "--schedule takes\n"
         "  naive                         one thread per output, everything else serial\n"
         "  TECHNIQUE NAME=VALUE ...; ... steps as `optimize` prints them, taken in this order\n"
         "  kernel0[(a0:xx256*1*1 ...)]   a schedule as --emit schedule prints it: of each "
         "kernel,\n"
         "                                from its first nest on, the axes a0, a1, ... with grid\n"
         "                                and thread dimension (x, y, z or -), then threads *\n"
         "                                items * vector; docs/search.md tells the rest";
}

Result<nest::Schedule> ReadSchedule(std::string_view text, const nest::Program& program,
                                    const nest::SizeValues& sizes) {
  text = Trim(text);
  nest::Schedule schedule = nest::DefaultSchedule(program);
  if (text.empty() || text == "naive") return schedule;
  if (text.find('[') != std::string_view::npos) {
    Result<nest::Schedule> read = nest::ParseSchedule(text);
    if (read.ok()) return read;
    return Error{Format("--schedule: {}", read.error().message), Blame::kUser,
                 "--emit schedule prints one; `warpsmith compile --help` tells what it says"};
  }
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(";\n"), text.size());
    const std::string_view step = Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (step.empty()) continue;
    TRY(schedule, TakeStep(step, program, schedule, sizes));
  }
  return schedule;
}

}  // namespace ws::driver
