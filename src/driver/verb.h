// What a subcommand is. A file driver/verb/<stem>.cc defines, in namespace ws::driver:
//
//   class DoctorCommand : public Command {
//    public:
//     explicit DoctorCommand(CLI::App& app) { app.add_flag("--all", all_, "..."); }
//     int Run(Context& context) override;
//    private:
//     bool all_ = false;
//   };
//   extern const Verb kDoctor = {"doctor", "what was found here", MakeCommand<DoctorCommand>};
//
// and nothing else is to be edited. The command object lives for one command line, so the options
// it binds are its members; commands run concurrently in tests and share no state.
#ifndef WARPSMITH_DRIVER_VERB_H_
#define WARPSMITH_DRIVER_VERB_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ws::driver {

enum ExitStatus : int {
  kExitOk = 0,
  kExitRejected = 1,        // also `outside`
  kExitUsage = 2,           // also a bad task
  kExitInfrastructure = 3,  // ours, or the machine's
  kExitSignal = 128,        // plus the number of the signal that ended the run: 130, 143
};

// The options every verb takes.
struct Options {
  bool json = false;            // --json: print one object
  uint64_t seed = 1;            // --seed
  std::string target = "cuda";  // --target
  std::string arch = "sm_90";   // --arch
  std::string device = "cpu";   // --device cpu|cuda[:N]
  int jobs = 0;                 // --jobs: threads; 0 in the command line means one per core
  std::map<std::string, std::string, std::less<>> settings;  // --set key=value

  int sm() const;  // the number in --arch: 90
};

// Where a command reads and writes. Out() is for results, Err() for progress and errors; text is
// passed on as it is, newlines included.
struct Context {
  Options options;
  std::function<void(std::string_view)> Out;
  std::function<void(std::string_view)> Err;
  std::istream* in = nullptr;    // never null when a command runs
  bool err_is_terminal = false;  // a live progress line makes sense
  bool owns_process = false;     // signals are the command's to handle
};

class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  // Returns an ExitStatus. Called once, after the options were parsed.
  virtual int Run(Context& context) = 0;
};

template <typename T>
std::unique_ptr<Command> MakeCommand(CLI::App& app) {
  return std::make_unique<T>(app);
}

struct Verb {
  const char* name;     // as typed
  const char* summary;  // one line for --help
  std::unique_ptr<Command> (*make)(CLI::App& app);
  std::string_view settings = {};  // keys that --set takes, separated by spaces
  bool handles_signals = false;    // else, with --json, one ends it with an object that says so
};

// All verbs, sorted by name.
std::span<const Verb* const> Verbs();

// What can be typed after a verb, for shell completion; common options included.
struct OptionShape {
  std::string name;  // without the dashes
  std::string help;
  bool takes_value = false;
  std::vector<std::string> values;  // all there are; empty: any
};
struct VerbShape {
  std::string name, summary;
  std::vector<OptionShape> options;
  std::vector<VerbShape> parts;  // `kb stats` and its like
};
std::vector<VerbShape> VerbShapes();

// With --json, an error is an object on standard output as well: {"error": MESSAGE, "hint": HINT}.
void OutError(Context& context, std::string_view message, std::string_view hint = {});

// Prints `error: MESSAGE` and, if there is one, `  hint: HINT`; returns kExitUsage.
int UsageError(Context& context, std::string_view message, std::string_view hint = {});

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_VERB_H_
