// `--schedule TEXT`: how a lifted program is to be executed.
#ifndef WARPSMITH_DRIVER_SCHEDULE_OPTION_H_
#define WARPSMITH_DRIVER_SCHEDULE_OPTION_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "nest/analysis.h"
#include "nest/schedule.h"

namespace ws::driver {

// What the text may be, for --help.
std::string ScheduleHelp();

// `naive` or nothing; steps as `optimize` prints them, `TECHNIQUE NAME=VALUE ...` with `;` or line
// ends between them, taken one after the other from the naive schedule; or a schedule's own text
// (nest::ToText). `sizes` are the bench sizes that steps are chosen for; may be empty. Errors name
// the step and what stands against it.
Result<nest::Schedule> ReadSchedule(std::string_view text, const nest::Program& program,
                                    const nest::SizeValues& sizes);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_SCHEDULE_OPTION_H_
