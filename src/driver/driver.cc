#include "driver/driver.h"

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <optional>
#include <sstream>
#include <vector>

#include "base/cpu.h"
#include "base/format.h"
#include "base/json.h"
#include "base/nearest.h"
#include "cxx/cache.h"
#include "driver/interrupt.h"
#include "driver/values.h"
#include "driver/verb.h"
#include "target/cuda/arch.h"
#include "version.h"

namespace ws::driver {

#define WS_ENTRY(stem, Camel) extern const Verb k##Camel;
#include "registry/driver_verb.inc"
#undef WS_ENTRY

namespace {

constexpr uint64_t kMostJobs = 4096;

constexpr std::string_view kTagline =
    "Warpsmith proposes programs for accelerators, judges them by the thousand with stated\n"
    "evidence, and remembers what won.\n";

std::string HelpText() {
  std::string text(kTagline);
  text += "\nusage: warpsmith VERB ... [options]\n\n";
  for (const Verb* verb : Verbs()) AppendFormat(text, "  {:<10} {}\n", verb->name, verb->summary);
  text +=
      "\nexit status: 0 done or accepted; 1 rejected or outside of what is supported; 2 usage or "
      "bad\n"
      "task; 3 failure of Warpsmith or the machine; 130, 143 interrupted (what was found is "
      "written).\n"
      "\nWith --json every verb prints one object; help, --version, completion and kb export are "
      "as\n"
      "without it.\n"
      "\n`warpsmith VERB --help` lists a verb's options; `warpsmith --version` the version.\n";
  return text;
}

void AddCommonOptions(CLI::App& app, Options& options, std::vector<std::string>& settings) {
  constexpr const char* kGroup = "Common options";
  app.add_flag("--json", options.json, "print one JSON object")->group(kGroup);
  app.add_option("--seed", options.seed, "seed of everything random")
      ->group(kGroup)
      ->check(WholeNumber(0, std::numeric_limits<uint64_t>::max()))
      ->capture_default_str();
  app.add_option("--target", options.target, "kind of accelerator; today: cuda")
      ->group(kGroup)
      ->capture_default_str();
  app.add_option("--arch", options.arch, "architecture of the target")
      ->group(kGroup)
      ->capture_default_str();
  app.add_option("--device", options.device, "where candidates run; today: cpu")
      ->group(kGroup)
      ->capture_default_str();
  app.add_option("--jobs", options.jobs,
                 "threads (default: one per core, which is also the most that are used)")
      ->group(kGroup)
      ->check(WholeNumber(1, kMostJobs));
  app.add_option("--set", settings, "a setting of the verb, key=value; may be repeated")
      ->group(kGroup)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

// What common options ask for and is not there is refused here, for every verb alike. Returns
// kExitOk or what UsageError returns.
int CheckCommonOptions(const Verb& verb, Context& context) {
  const Options& options = context.options;
  if (options.target != "cuda") {
    return UsageError(context, Format("--target {}: no such target", options.target),
                      "the only target today is cuda");
  }
  if (options.device != "cpu") {
    return UsageError(context,
                      Format("--device {}: candidates cannot run there yet", options.device),
                      "the only device today is cpu; times are modelled for --arch");
  }
  if (target::cuda::FindArch(options.arch) == nullptr) {
    std::string known;
    for (const target::cuda::Arch& arch : target::cuda::Archs()) {
      known += (known.empty() ? "" : ", ") + std::string(arch.name);
    }
    return UsageError(context, Format("--arch {}: unknown architecture", options.arch),
                      "one of " + known);
  }
  const std::string known = Format(" {} ", verb.settings);
  for (const auto& [key, value] : options.settings) {
    if (key.find(' ') != std::string::npos ||
        known.find(Format(" {} ", key)) == std::string::npos) {
      return UsageError(context, Format("--set {}: no such setting", key),
                        verb.settings.empty()
                            ? Format("{} has no settings", verb.name)
                            : Format("the settings of {}: {}", verb.name, verb.settings));
    }
  }
  return kExitOk;
}

VerbShape ShapeOf(const CLI::App& app, std::string name, std::string summary) {
  VerbShape shape;
  shape.name = std::move(name);
  shape.summary = std::move(summary);
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    OptionShape& o = shape.options.emplace_back();
    o.name = option->get_lnames()[0];
    o.help = option->get_description();
    o.takes_value = option->get_items_expected_max() > 0;
    // Of a set of values the type's name is TEXT:{one,two}.
    const std::string type = option->get_type_name();
    const size_t open = type.find('{'), close = type.find('}');
    if (open < close && close != std::string::npos) {
      std::istringstream values(type.substr(open + 1, close - open - 1));
      for (std::string value; std::getline(values, value, ',');) o.values.push_back(value);
    }
    if (o.name == "arch") {
      for (const target::cuda::Arch& arch : target::cuda::Archs()) o.values.emplace_back(arch.name);
    }
  }
  for (const CLI::App* part : app.get_subcommands([](const CLI::App*) { return true; })) {
    shape.parts.push_back(ShapeOf(*part, part->get_name(), part->get_description()));
  }
  return shape;
}

// The options of a verb and of its parts, with dashes.
std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const CLI::App* part : app.get_subcommands([](const CLI::App*) { return true; })) {
    for (std::string& name : OptionNames(*part)) names.push_back(std::move(name));
  }
  return names;
}

// Says what is wrong with a command line: a word that nothing knows comes before what CLI11 says,
// as that is often a consequence (`FILE is required`).
int BadWords(Context& context, const Verb& verb, const CLI::App& app, const CLI::ParseError& e) {
  const std::string see = Format("see `warpsmith {} --help`", verb.name);
  const std::vector<const CLI::App*> parts =
      app.get_subcommands([](const CLI::App*) { return true; });
  for (const std::string& word : app.remaining(/*recurse=*/true)) {
    if (word.starts_with('-') && word.size() > 1) {
      const std::string name = word.substr(0, word.find('='));
      const std::vector<std::string> names = OptionNames(app);
      const std::vector<std::string_view> known(names.begin(), names.end());
      return UsageError(context, Format("{} has no option {}", verb.name, name),
                        DidYouMean(name, known, see));
    }
    if (!parts.empty() && app.get_subcommands().empty()) {
      std::vector<std::string> names;
      for (const CLI::App* part : parts) names.push_back(part->get_name());
      const std::vector<std::string_view> known(names.begin(), names.end());
      return UsageError(context, Format("{} has no part `{}`", verb.name, word),
                        DidYouMean(word, known, Format("there is {}", Join(names, ", "))));
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&e) != nullptr) {
      return UsageError(context, Format("`{}` is one word too many", word), see);
    }
  }
  if (!parts.empty() && app.get_subcommands().empty() &&
      dynamic_cast<const CLI::RequiredError*>(&e) != nullptr) {
    std::vector<std::string> names;
    for (const CLI::App* part : parts) names.push_back(part->get_name());
    return UsageError(context, Format("which part of {}?", verb.name),
                      Format("there is {}", Join(names, ", ")));
  }
  return UsageError(context, e.what(), see);
}

// Parses `args` (without the verb) for `verb` and runs it.
int RunVerb(const Verb& verb, std::span<const std::string_view> args, Context& context) {
  CLI::App app(verb.summary, Format("warpsmith {}", verb.name));
  app.fallthrough();  // common options may stand after a verb's own subcommand
  const std::unique_ptr<Command> command = verb.make(app);
  std::vector<std::string> settings;
  AddCommonOptions(app, context.options, settings);
  std::vector<std::string> reversed(args.rbegin(), args.rend());  // as CLI11 takes them
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    context.Out(app.help());
    return kExitOk;
  } catch (const CLI::ParseError& e) {
    return BadWords(context, verb, app, e);
  }
  for (const std::string& setting : settings) {
    const size_t equals = setting.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return UsageError(context, Format("--set {}: not of the form key=value", setting));
    }
    context.options.settings[setting.substr(0, equals)] = setting.substr(equals + 1);
  }
  if (context.options.jobs == 0) context.options.jobs = CoreCount();
  if (const int status = CheckCommonOptions(verb, context); status != kExitOk) return status;
  std::optional<ErrorOnInterrupt> watch;
  if (context.owns_process && context.options.json && !verb.handles_signals) watch.emplace(context);
  const int status = command->Run(context);
  if (const std::string trouble = cxx::TakeCacheTrouble(); !trouble.empty()) {
    context.Err(Format("note: {}\n", trouble));
  }
  return status;
}

int Dispatch(std::span<const std::string_view> args, Context& context) {
  // Known before the options are parsed, so that errors in them are an object too.
  // What follows `--` is not ours.
  const auto own = args.first(static_cast<size_t>(std::ranges::find(args, "--") - args.begin()));
  context.options.json = std::ranges::find(own, "--json") != own.end();
  if (args.empty()) {
    context.Err(HelpText());
    return kExitUsage;
  }
  const std::string_view first = args[0];
  if (first == "help" && args.size() > 1 && !args[1].starts_with('-')) {
    const std::string_view of_verb[] = {args[1], "--help"};
    return Dispatch(of_verb, context);
  }
  if (first == "--help" || first == "-h" || first == "help") {
    context.Out(HelpText());
    return kExitOk;
  }
  if (first == "--version") {
    context.Out(Format("warpsmith {}\n", kVersion));
    return kExitOk;
  }
  if (first.starts_with('-')) {
    return UsageError(context, Format("{} before the verb", first),
                      "the verb comes first: warpsmith VERB ... [options]");
  }
  for (const Verb* verb : Verbs()) {
    if (first != verb->name) continue;
    try {
      return RunVerb(*verb, args.subspan(1), context);
    } catch (const std::exception& e) {
      if (context.options.json) OutError(context, Format("internal: {}", e.what()));
      context.Err(Format("error: internal: {}\n", e.what()));
      return kExitInfrastructure;
    }
  }
  std::vector<std::string_view> names;
  for (const Verb* verb : Verbs()) names.emplace_back(verb->name);
  return UsageError(context, Format("unknown verb `{}`", first),
                    DidYouMean(first, names, "`warpsmith --help` lists the verbs"));
}

}  // namespace

std::span<const Verb* const> Verbs() {
  static const std::vector<const Verb*> verbs = [] {
    std::vector<const Verb*> list = {
#define WS_ENTRY(stem, Camel) &k##Camel,
#include "registry/driver_verb.inc"
#undef WS_ENTRY
    };
    std::ranges::sort(list, {}, [](const Verb* verb) { return std::string_view(verb->name); });
    return list;
  }();
  return verbs;
}

std::vector<VerbShape> VerbShapes() {
  std::vector<VerbShape> shapes;
  for (const Verb* verb : Verbs()) {
    CLI::App app;
    const std::unique_ptr<Command> command = verb->make(app);
    Options options;
    std::vector<std::string> settings;
    AddCommonOptions(app, options, settings);
    shapes.push_back(ShapeOf(app, verb->name, verb->summary));
  }
  return shapes;
}

int Options::sm() const {
  const size_t digits = arch.find_first_of("0123456789");
  return digits == std::string::npos ? 90 : std::atoi(arch.c_str() + digits);
}

void OutError(Context& context, std::string_view message, std::string_view hint) {
  Json object = {{"error", message}};
  if (!hint.empty()) object["hint"] = hint;
  context.Out(DumpJson(object) + "\n");
}

int UsageError(Context& context, std::string_view message, std::string_view hint) {
  if (context.options.json) OutError(context, message, hint);
  context.Err(Format("error: {}\n", message));
  if (!hint.empty()) context.Err(Format("  hint: {}\n", hint));
  return kExitUsage;
}

int Run(std::span<const std::string_view> args, std::string& out, std::string& err,
        std::istream* in) {
  std::istringstream empty;
  Context context;
  context.Out = [&](std::string_view text) { out += text; };
  context.Err = [&](std::string_view text) { err += text; };
  context.in = in == nullptr ? &empty : in;
  return Dispatch(args, context);
}

int Main(int argc, char** argv) {
  const std::vector<std::string_view> args(argv + 1, argv + argc);
  Context context;
  bool lost = false;  // results that could not be written: a full disk, a closed pipe
  context.Out = [&lost](std::string_view text) {
    lost |= std::fwrite(text.data(), 1, text.size(), stdout) != text.size();
    lost |= std::fflush(stdout) != 0;
  };
  context.Err = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); };
  context.in = &std::cin;
  context.owns_process = true;
  context.err_is_terminal = isatty(STDERR_FILENO) == 1;
  const int status = Dispatch(args, context);
  if (!lost) return status;
  context.Err("error: standard output cannot be written\n");
  return kExitInfrastructure;
}

}  // namespace ws::driver
