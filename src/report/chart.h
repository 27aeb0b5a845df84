// The chart of a report: speedup over candidates, as inline SVG. Internal to report/.
#ifndef WARPSMITH_REPORT_CHART_H_
#define WARPSMITH_REPORT_CHART_H_

#include <string>

#include "report/report.h"

namespace ws::report {

// One mark per attempt (height: low end of the speedup, on a logarithmic scale; those not accepted
// on the floor), the best so far as a line, and the roofline bound.
std::string SpeedupChart(const Run& run);

}  // namespace ws::report

#endif  // WARPSMITH_REPORT_CHART_H_
