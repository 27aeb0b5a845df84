// The command line: `warpsmith VERB ... [common options]`.
//
// One file per verb in driver/verb/, listed by CMake (verb.h says what a file defines). The common
// options (verb.h, Options) are parsed here, once, and shown by every verb's --help.
//
// Exit status: 0 done, or the candidate is accepted; 1 rejected or outside; 2 usage or bad task;
// 3 infrastructure; 130 and 143 interrupted by SIGINT and SIGTERM (what stands was written).
// Results go to standard output, progress and errors to standard error.
#ifndef WARPSMITH_DRIVER_DRIVER_H_
#define WARPSMITH_DRIVER_DRIVER_H_

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace ws::driver {

// Runs a command line (without the program's name) and appends what it prints. Standard input is
// `in`, or empty. May be called from several threads at once.
int Run(std::span<const std::string_view> args, std::string& out, std::string& err,
        std::istream* in = nullptr);

// Runs the process's own command line on its own streams.
int Main(int argc, char** argv);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_DRIVER_H_
