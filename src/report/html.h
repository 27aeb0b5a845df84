// Small pieces of HTML. Internal to report/.
#ifndef WARPSMITH_REPORT_HTML_H_
#define WARPSMITH_REPORT_HTML_H_

#include <string>
#include <string_view>

namespace ws::report {

// Fit for text and for quoted attributes: markup is made harmless, control characters and bytes
// that are not UTF-8 become U+FFFD.
std::string Escape(std::string_view text);

// "12.3", "4.56", "1,234": a positive number in at least three digits.
std::string Number(double value);
std::string Microseconds(double low, double high);  // "12.3 – 45.6 µs"
std::string Times(double low, double high);         // "3.1× – 4.2×"

}  // namespace ws::report

#endif  // WARPSMITH_REPORT_HTML_H_
