// report.html: one self-contained page about a run. No external resources; readable without
// JavaScript (which only sorts and filters the table of attempts); light and dark; printable.
//
// Everything that comes from a candidate (source, messages, parameters) is hostile text and is
// escaped where it enters the page.
#ifndef WARPSMITH_REPORT_REPORT_H_
#define WARPSMITH_REPORT_REPORT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "know/attempt.h"

namespace ws::report {

struct Run {
  std::string title;         // what was optimised
  std::string command;       // how to repeat the run
  std::string command_note;  // what to know about that; may be empty
  std::string end;           // how it ended, one sentence
  std::map<std::string, std::string> parameters;
  std::vector<know::Attempt> attempts;  // in order of submission; the baseline first
  uint64_t best = 0;                    // sequence of the best
  std::string baseline_source, best_source;
};

std::string RenderHtml(const Run& run);

}  // namespace ws::report

#endif  // WARPSMITH_REPORT_REPORT_H_
