// Runs generated programs along several paths and compares what comes out.
//   ws_referee [--language cuda|ptx] [--from SEED] [--count N] [--paths a,b,...] [--keep DIR]
//   ws_referee [--language cuda|ptx] --show SEED
//   ws_referee [--language cuda|ptx] [--from SEED] [--count N] --dump DIR
// Without --paths: all but nvrtc. Differences are reduced and written to DIR. At the end a table:
// per path how many programs ran and how many differed, and the operations no program had. Exit
// status 1 after a difference. --dump runs them once and writes each into a folder of DIR, with its
// inputs and results, for tools/gpu_runner.
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/format.h"
#include "tests/referee/dump.h"
#include "tests/referee/generate.h"
#include "tests/referee/generate_ptx.h"
#include "tests/referee/paths.h"
#include "tests/referee/reduce.h"

namespace ws::referee {
namespace {

struct Arguments {
  uint64_t from = 1, count = 1000;
  bool show = false;
  bool ptx = false;
  bool paths[static_cast<size_t>(Path::kCount)] = {true, true, true, true, true, true, false};
  std::string keep = "build/referee", dump;
};

bool ReadArguments(int argc, char** argv, Arguments* arguments) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    if (name == "--from") {
      arguments->from = std::stoull(value);
    } else if (name == "--count") {
      arguments->count = std::stoull(value);
    } else if (name == "--show") {
      arguments->from = std::stoull(value);
      arguments->show = true;
    } else if (name == "--language" && (value == "cuda" || value == "ptx")) {
      arguments->ptx = value == "ptx";
    } else if (name == "--dump") {
      arguments->dump = value;
    } else if (name == "--keep") {
      arguments->keep = value;
    } else if (name == "--paths") {
      for (size_t p = 1; p < kPathNames.size(); ++p) {
        arguments->paths[p] =
            ("," + value + ",").find(Format(",{},", kPathNames[p])) != std::string::npos;
      }
    } else {
      return false;
    }
  }
  return argc % 2 == 1;
}

// A generated program of either language, and how it is run.
struct Case {
  Program program;
  bool ptx = false;
  uint32_t blocks = 0, threads = 0;
  uint64_t seed = 0;

  Case(uint64_t s, bool in_ptx) : ptx(in_ptx), seed(s) {
    if (!ptx) {
      program = Generate(seed);
      return;
    }
    PtxKernel kernel = GeneratePtx(seed);
    program = std::move(kernel.program);
    blocks = kernel.blocks;
    threads = kernel.threads;
  }
  Outcome Run(const std::string& text, Path path, Coverage* coverage) const {
    return ptx ? RunPtxPath(text, blocks, threads, path, seed, coverage)
               : RunPath(text, path, seed, coverage);
  }
};

// Writes each program into DIR/LANGUAGE-SEED; whether all could be.
bool Dump(const Arguments& arguments) {
  uint64_t written = 0;
  for (uint64_t seed = arguments.from; seed < arguments.from + arguments.count; ++seed) {
    const Case c(seed, arguments.ptx);
    const std::string folder =
        Format("{}/{}-{}", arguments.dump, arguments.ptx ? "ptx" : "cuda", seed);
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

struct Tally {
  uint64_t ran = 0, differed = 0;
};

int Main(const Arguments& arguments) {
  if (arguments.show) {
    fputs(Case(arguments.from, arguments.ptx).program.text.c_str(), stdout);
    return 0;
  }
  if (!arguments.dump.empty()) return Dump(arguments) ? 0 : 1;
  Tally tallies[static_cast<size_t>(Path::kCount)];
  Coverage coverage[static_cast<size_t>(Path::kCount)] = {};
  bool any = false;
  for (uint64_t seed = arguments.from; seed < arguments.from + arguments.count; ++seed) {
    const Case c(seed, arguments.ptx);
    const Outcome native = c.Run(c.program.text, Path::kNative, &coverage[0]);
    ++tallies[0].ran;
    if (!native.problem.empty()) {
      any = true;
      ++tallies[0].differed;
      printf("seed %lu: %s\n", static_cast<unsigned long>(seed), native.problem.c_str());
      continue;
    }
    for (size_t p = 1; p < kPathNames.size(); ++p) {
      if (!arguments.paths[p] || (arguments.ptx && static_cast<Path>(p) == Path::kNvrtc)) continue;
      const Path path = static_cast<Path>(p);
      const Outcome other = c.Run(c.program.text, path, &coverage[p]);
      ++tallies[p].ran;
      if (other.problem.empty() && other.bytes == native.bytes) continue;
      any = true;
      ++tallies[p].differed;
      const auto differs = [&](const std::string& text) {
        const Outcome a = c.Run(text, Path::kNative, nullptr);
        if (!a.problem.empty()) return false;
        const Outcome b = c.Run(text, path, nullptr);
        return b.problem.empty() == other.problem.empty() && b.bytes != a.bytes;
      };
      const std::string least = Reduce(c.program, differs, path == Path::kNvrtc ? 400 : 2000);
      const std::string what = other.problem.empty()
                                   ? FirstDifference(c.Run(least, Path::kNative, nullptr).bytes,
                                                     c.Run(least, path, nullptr).bytes)
                                   : other.problem;
      std::filesystem::create_directories(arguments.keep);
      const std::string file =
          Format("{}/{}-{}.{}", arguments.keep, kPathNames[p], seed, arguments.ptx ? "ptx" : "cu");
      std::ofstream(file) << least;
      printf("seed %lu: %s differs: %s: %s\n", static_cast<unsigned long>(seed), kPathNames[p],
             file.c_str(), what.c_str());
      fflush(stdout);
    }
  }
  printf("%-14s %10s %10s\n", "path", "programs", "differ");
  for (size_t p = 0; p < kPathNames.size(); ++p) {
    if (tallies[p].ran == 0) continue;
    printf("%-14s %10lu %10lu\n", kPathNames[p], static_cast<unsigned long>(tallies[p].ran),
           static_cast<unsigned long>(tallies[p].differed));
  }
  printf("operations that no program had:");
  for (size_t op = 0; op < coverage[0].size(); ++op) {
    uint64_t sum = 0;
    for (const Coverage& c : coverage) sum += c[op];
    const ir::OpInfo info = ir::InfoOf(static_cast<ir::Op>(op));
    if (sum == 0 && info.effect != ir::Effect::Host) printf(" %s", info.name);
  }
  printf("\n");
  return any ? 1 : 0;
}

}  // namespace
}  // namespace ws::referee

int main(int argc, char** argv) {
  ws::referee::Arguments arguments;
  if (!ws::referee::ReadArguments(argc, argv, &arguments)) {
    fputs(
        "usage: ws_referee [--language cuda|ptx] [--from SEED] [--count N] [--paths a,b,...] "
        "[--keep DIR] | --show SEED | --dump DIR\n",
        stderr);
    return 2;
  }
  return ws::referee::Main(arguments);
}
