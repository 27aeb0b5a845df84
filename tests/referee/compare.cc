#include "tests/referee/compare.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/format.h"
#include "tests/referee/generate_ptx.h"
#include "tests/referee/reduce.h"

namespace ws::referee {
namespace {

bool Same(const Outcome& a, const Outcome& b) {
  return a.problem.empty() && b.problem.empty() && a.bytes == b.bytes;
}

// The first line of what went wrong without its numbers: two programs fail alike if it is the same.
std::string KindOf(const std::string& problem) {
  std::string kind;
  for (const char c : problem.substr(0, problem.find('\n'))) {
    if (c < '0' || c > '9') kind += c;
  }
  return kind;
}

}  // namespace

Case::Case(uint64_t s, bool in_ptx, Avoid avoid) : ptx(in_ptx), seed(s) {
  if (!ptx) {
    program = Generate(seed, avoid);
    return;
  }
  PtxKernel kernel = GeneratePtx(seed);
  program = std::move(kernel.program);
  blocks = kernel.blocks;
  threads = kernel.threads;
}

Outcome Case::Run(const std::string& text, Path path, Coverage* coverage) const {
  return ptx ? RunPtxPath(text, blocks, threads, path, seed, coverage)
             : RunPath(text, path, seed, coverage);
}

std::string Case::name() const { return Format("{}-{}", ptx ? "ptx" : "cuda", seed); }

Avoid Comparison::avoid() const {
  return {.clang = paths[static_cast<size_t>(Path::kClang)],
          .nvrtc = paths[static_cast<size_t>(Path::kNvrtc)]};
}

bool Comparison::any() const {
  for (const Tally& tally : tallies) {
    if (tally.differed > 0) return true;
  }
  return false;
}

void Comparison::Differs(const Case& c, Path path, const Outcome& other) {
  ++tallies[static_cast<size_t>(path)].differed;
  const auto differs = [&](const std::string& text) {
    if (path == Path::kNative) {
      const Outcome a = c.Run(text, path, nullptr);
      return !a.problem.empty() && KindOf(a.problem) == KindOf(other.problem);
    }
    const Outcome a = c.Run(text, Path::kNative, nullptr);
    if (!a.problem.empty()) return false;
    const Outcome b = c.Run(text, path, nullptr);
    if (!other.problem.empty()) return KindOf(b.problem) == KindOf(other.problem);
    return b.problem.empty() && b.bytes != a.bytes;
  };
  const std::string least =
      !reduce ? c.program.text
              : Reduce(c.program, differs, IsCompiler(path) ? 400 : 2000, path != Path::kNative);
  std::string what = other.problem;
  if (what.empty()) {
    what = FirstDifference(c.Run(least, Path::kNative, nullptr).bytes,
                           c.Run(least, path, nullptr).bytes);
  } else {
    what = c.Run(least, path, nullptr).problem;
  }
  std::filesystem::create_directories(keep);
  const char* name = kPathNames[static_cast<size_t>(path)];
  const std::string file = Format("{}/{}-{}.{}", keep, name, c.name(), c.ptx ? "ptx" : "cu");
  std::ofstream(file) << least;
  printf("%s: %s differs: %s: %s\n", c.name().c_str(), name, file.c_str(), what.c_str());
  fflush(stdout);
}

void Comparison::RunOwn(const Case& c, const Outcome& native) {
  for (size_t p = 1; p < kPathNames.size(); ++p) {
    const Path path = static_cast<Path>(p);
    if (!paths[p] || IsCompiler(path)) continue;
    ++tallies[p].ran;
    const Outcome other = c.Run(c.program.text, path, &covered.operations);
    if (!Same(native, other)) Differs(c, path, other);
  }
}

void Comparison::RunCompiler(const std::vector<const Case*>& cases,
                             const std::vector<Outcome>& natives, Path path) {
  std::vector<Seeded> programs;
  for (const Case* c : cases) programs.push_back({&c->program, c->seed});
  const std::vector<Outcome> together = RunTogether(programs, path, &covered.operations);
  bool strange = false;
  for (size_t i = 0; i < cases.size(); ++i) {
    ++tallies[static_cast<size_t>(path)].ran;
    if (!together.empty() && Same(natives[i], together[i])) continue;
    const Outcome alone = cases[i]->Run(cases[i]->program.text, path, &covered.operations);
    strange |= !together.empty() && Same(natives[i], alone);
    if (!Same(natives[i], alone)) Differs(*cases[i], path, alone);
  }
  if (!strange) return;
  // A program alone is right, and among others it is not.
  ++tallies[static_cast<size_t>(path)].differed;
  std::filesystem::create_directories(keep);
  const std::string file =
      Format("{}/{}-together-{}.cu", keep, kPathNames[static_cast<size_t>(path)], cases[0]->seed);
  std::ofstream(file) << Together(programs);
  printf("%s: differs among others alone\n", file.c_str());
  fflush(stdout);
}

void Comparison::Run(const std::vector<std::unique_ptr<Case>>& cases) {
  std::vector<const Case*> right;
  std::vector<Outcome> natives;
  for (const auto& c : cases) {
    covered.Add(c->program);
    ++(c->ptx ? covered.ptx : covered.cuda);
    Outcome native = c->Run(c->program.text, Path::kNative, &covered.operations);
    ++tallies[0].ran;
    if (!native.problem.empty()) {
      Differs(*c, Path::kNative, native);
      continue;
    }
    RunOwn(*c, native);
    if (c->ptx) continue;
    right.push_back(c.get());
    natives.push_back(std::move(native));
  }
  for (const Path path : {Path::kNvrtc, Path::kClang}) {
    if (paths[static_cast<size_t>(path)] && !right.empty()) RunCompiler(right, natives, path);
  }
}

}  // namespace ws::referee
