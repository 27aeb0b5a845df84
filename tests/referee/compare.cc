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

Subject Case::Of(std::string text) const {
  return ptx ? Subject(std::move(text), seed, blocks, threads) : Subject(std::move(text), seed);
}

std::string Case::name() const { return Format("{}-{}", ptx ? "ptx" : "cuda", seed); }

Avoid Comparison::avoid() const {
  return {.clang = paths[static_cast<size_t>(Path::kClang)],
          .nvrtc = paths[static_cast<size_t>(Path::kNvrtc)]};
}

uint64_t Comparison::differences() const {
  uint64_t sum = 0;
  for (const Tally& tally : tallies) sum += tally.differed;
  return sum;
}

uint64_t Comparison::idle_paths() const {
  uint64_t sum = 0;
  for (size_t p = 0; p < paths.size(); ++p) sum += paths[p] && tallies[p].ran == 0;
  return sum;
}

void Comparison::Differs(const Case& c, Path path, const Outcome& other) {
  ++tallies[static_cast<size_t>(path)].differed;
  const auto differs = [&](const std::string& text) {
    Subject subject = c.Of(text);
    const Outcome native = subject.Run(Path::kNative, nullptr);
    if (path == Path::kNative) {
      return !native.problem.empty() && KindOf(native.problem) == KindOf(other.problem);
    }
    if (!native.problem.empty()) return false;
    const Outcome mine = subject.Run(path, nullptr);
    if (!other.problem.empty()) return KindOf(mine.problem) == KindOf(other.problem);
    return mine.problem.empty() && mine.bytes != native.bytes;
  };
  const std::string least =
      !reduce ? c.program.text
              : Reduce(c.program, differs, IsCompiler(path) ? 400 : 2000, path != Path::kNative);
  Subject subject = c.Of(least);
  const Outcome mine = subject.Run(path, nullptr);
  std::string what = mine.problem;
  if (other.problem.empty()) {
    what = FirstDifference(subject.Run(Path::kNative, nullptr).bytes, mine.bytes);
  }
  std::filesystem::create_directories(keep);
  const char* name = kPathNames[static_cast<size_t>(path)];
  const std::string file = Format("{}/{}-{}.{}", keep, name, c.name(), c.ptx ? "ptx" : "cu");
  std::ofstream(file) << least;
  printf("%s: %s differs: %s: %s\n", c.name().c_str(), name, file.c_str(), what.c_str());
  fflush(stdout);
}

Outcome Comparison::RunOwn(const Case& c) {
  Subject subject = c.Of(c.program.text);
  std::array<Outcome, kPathNames.size()> outcomes;
  for (size_t p = 0; p < kPathNames.size(); ++p) {
    const Path path = static_cast<Path>(p);
    if ((paths[p] || path == Path::kNative) && !IsCompiler(path)) {
      outcomes[p] = subject.Run(path, &covered.operations);
      ++tallies[p].ran;
    }
    if (path == Path::kNative && outcomes[p].problem.empty()) covered.kernels += subject.kernels();
  }
  Outcome& native = outcomes[static_cast<size_t>(Path::kNative)];
  if (!native.problem.empty()) {
    Differs(c, Path::kNative, native);
    return native;
  }
  for (size_t p = 0; p < kPathNames.size(); ++p) {
    const Path path = static_cast<Path>(p);
    if (paths[p] && !IsCompiler(path) && !Same(native, outcomes[p])) Differs(c, path, outcomes[p]);
  }
  return native;
}

void Comparison::RunCompiler(const std::vector<const Case*>& cases,
                             const std::vector<Outcome>& natives, Path path) {
  std::vector<Seeded> programs;
  for (const Case* c : cases) programs.push_back({&c->program, c->seed});
  const std::vector<Outcome> together = RunTogether(programs, path, &covered.operations);
  bool strange = false;
  Tally& tally = tallies[static_cast<size_t>(path)];
  for (size_t i = 0; i < cases.size(); ++i) {
    ++tally.ran;
    if (!together.empty() && Same(natives[i], together[i])) continue;
    const Outcome alone = cases[i]->Of(cases[i]->program.text).Run(path, &covered.operations);
    if (alone.no_compiler) {
      --tally.ran;
      ++tally.not_run;
      printf("%s: %s did not run: %s\n", cases[i]->name().c_str(),
             kPathNames[static_cast<size_t>(path)], alone.problem.c_str());
      fflush(stdout);
      continue;
    }
    strange |= !together.empty() && Same(natives[i], alone);
    if (!Same(natives[i], alone)) Differs(*cases[i], path, alone);
  }
  if (!strange) return;
  // A program alone is right, and among others it is not.
  ++tally.differed;
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
    Outcome native = RunOwn(*c);
    if (c->ptx || !native.problem.empty()) continue;
    right.push_back(c.get());
    natives.push_back(std::move(native));
  }
  for (const Path path : {Path::kNvrtc, Path::kClang}) {
    if (paths[static_cast<size_t>(path)] && !right.empty()) RunCompiler(right, natives, path);
  }
}

}  // namespace ws::referee
