// Runs generated programs along several paths and compares what comes out.
//   ws_referee [--language cuda|ptx|both] [--from SEED] [--count N] [--paths a,b,...] [--keep DIR]
//              [--together N] [--reduce yes|no]
//   ws_referee [--language cuda|ptx] --show SEED
//   ws_referee [--language cuda|ptx] [--from SEED] [--count N] --dump DIR
// Without --paths: all of our own, not those of other compilers. N is of each language; with other
// compilers --together programs are compiled as one. Differences are reduced and written to DIR. At
// the end tables: per path how many programs ran, how many differed, and for how many the compiler
// was not there or had no time; how often each construct was made; the operations no program had.
// Exit status 1 after a difference, where a path ran nothing, or where many programs left out a
// construct or an operation. --dump runs them once and writes each into a folder of DIR,
// with its inputs and results, for tools/gpu_runner.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/format.h"
#include "tests/referee/compare.h"
#include "tests/referee/dump.h"

namespace ws::referee {
namespace {

struct Arguments {
  uint64_t from = 1, count = 1000, together = 24;
  bool show = false;
  bool cuda = true, ptx = false;
  Comparison comparison;
  std::string dump;
};

bool ReadArguments(int argc, char** argv, Arguments* arguments) {
  auto& paths = arguments->comparison.paths;
  for (size_t p = 0; p < paths.size(); ++p) paths[p] = !IsCompiler(static_cast<Path>(p));
  arguments->comparison.keep = "build/referee";
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    if (name == "--from") {
      arguments->from = std::stoull(value);
    } else if (name == "--count") {
      arguments->count = std::stoull(value);
    } else if (name == "--together") {
      arguments->together = std::max<uint64_t>(1, std::stoull(value));
    } else if (name == "--show") {
      arguments->from = std::stoull(value);
      arguments->show = true;
    } else if (name == "--language" && (value == "cuda" || value == "ptx" || value == "both")) {
      arguments->cuda = value != "ptx";
      arguments->ptx = value != "cuda";
    } else if (name == "--dump") {
      arguments->dump = value;
    } else if (name == "--reduce" && (value == "yes" || value == "no")) {
      arguments->comparison.reduce = value == "yes";
    } else if (name == "--keep") {
      arguments->comparison.keep = value;
    } else if (name == "--paths") {
      for (size_t p = 0; p < kPathNames.size(); ++p) {
        paths[p] = ("," + value + ",").find(Format(",{},", kPathNames[p])) != std::string::npos;
      }
    } else {
      return false;
    }
  }
  return argc % 2 == 1;
}

// Writes each program into DIR/LANGUAGE-SEED; whether all could be.
bool Dump(const Arguments& arguments) {
  uint64_t written = 0;
  for (uint64_t seed = arguments.from; seed < arguments.from + arguments.count; ++seed) {
    const Case c(seed, arguments.ptx, {});
    const std::string folder = arguments.dump + "/" + c.name();
    const std::string& text = c.program.text;
    const Status status =
        c.ptx ? DumpPtx(text, c.blocks, c.threads, seed, folder) : DumpCuda(text, seed, folder);
    if (status.ok()) {
      ++written;
    } else {
      printf("seed %lu: %s\n", static_cast<unsigned long>(seed), status.error().message.c_str());
    }
  }
  printf("wrote %lu of %lu programs to %s\n", static_cast<unsigned long>(written),
         static_cast<unsigned long>(arguments.count), arguments.dump.c_str());
  return written == arguments.count;
}

int Main(Arguments& arguments) {
  Comparison& comparison = arguments.comparison;
  const Avoid avoid = comparison.avoid();
  if (arguments.show) {
    fputs(Case(arguments.from, arguments.ptx, avoid).program.text.c_str(), stdout);
    return 0;
  }
  if (!arguments.dump.empty()) return Dump(arguments) ? 0 : 1;
  // Nothing of these programs is asked for again.
  setenv("WARPSMITH_CACHE_MIB", "0", 1);
  auto told = std::chrono::steady_clock::now();
  const uint64_t end = arguments.from + arguments.count;
  for (uint64_t seed = arguments.from; seed < end; seed += arguments.together) {
    std::vector<std::unique_ptr<Case>> cases;
    for (uint64_t s = seed; s < std::min(end, seed + arguments.together); ++s) {
      if (arguments.cuda) cases.push_back(std::make_unique<Case>(s, false, avoid));
      if (arguments.ptx) cases.push_back(std::make_unique<Case>(s, true, avoid));
    }
    comparison.Run(cases);
    const auto now = std::chrono::steady_clock::now();
    if (now - told > std::chrono::seconds(60)) {
      told = now;
      fprintf(stderr, "%lu of %lu seeds, %lu kernels, %lu differences\n",
              static_cast<unsigned long>(std::min(end, seed + arguments.together) - arguments.from),
              static_cast<unsigned long>(arguments.count),
              static_cast<unsigned long>(comparison.covered.kernels),
              static_cast<unsigned long>(comparison.differences()));
    }
  }
  printf("%-14s %10s %10s %10s\n", "path", "programs", "differ", "not run");
  for (size_t p = 0; p < kPathNames.size(); ++p) {
    const Tally& tally = comparison.tallies[p];
    if (tally.ran + tally.not_run == 0) continue;
    printf("%-14s %10lu %10lu %10lu\n", kPathNames[p], static_cast<unsigned long>(tally.ran),
           static_cast<unsigned long>(tally.differed), static_cast<unsigned long>(tally.not_run));
  }
  printf("%lu kernels\n", static_cast<unsigned long>(comparison.covered.kernels));
  fputs(TableOf(comparison.covered, avoid).c_str(), stdout);
  const std::vector<std::string> missing = Missing(comparison.covered, avoid);
  for (const std::string& row : missing) printf("no program had %s\n", row.c_str());
  const bool whole = comparison.idle_paths() == 0 && missing.empty();
  return comparison.differences() == 0 && whole ? 0 : 1;
}

}  // namespace
}  // namespace ws::referee

int main(int argc, char** argv) {
  ws::referee::Arguments arguments;
  if (!ws::referee::ReadArguments(argc, argv, &arguments)) {
    fputs(
        "usage: ws_referee [--language cuda|ptx|both] [--from SEED] [--count N] [--paths a,b,...] "
        "[--together N] [--reduce yes|no] [--keep DIR] | --show SEED | --dump DIR\n",
        stderr);
    return 2;
  }
  return ws::referee::Main(arguments);
}
