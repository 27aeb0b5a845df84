// ws_mutate: plants faults in programs that are right and has the judge find them.
//
//   ws_mutate [--per-operator N] [--seed S] [--jobs J] [--epsilon E] [--out FILE] TASK SOURCE
//   ws_mutate --list SOURCE     the mutants alone, not judged
//   ws_mutate --operators       what there is to plant
//
// One JSON line per mutant goes to FILE (or standard output); those that FILE has already are not
// judged again, so that a run that was cut off goes on where it stopped.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "base/format.h"
#include "base/hash.h"
#include "base/json.h"
#include "tests/mutation/trial.h"

namespace ws::mutation {
namespace {

struct Options {
  size_t per_operator = 0;
  uint64_t seed = 1;
  uint32_t jobs = 1;
  double epsilon = 0.01;  // of the judge
  std::string out;
  bool list = false;
  std::vector<std::string> files;
};

int Usage() {
  std::cerr
      << "usage: ws_mutate [--per-operator N] [--seed S] [--jobs J] [--epsilon E] [--out FILE] "
         "TASK SOURCE\n"
         "       ws_mutate --list SOURCE | --operators\n";
  return 2;
}

template <typename T>
bool ReadNumber(std::string_view text, T* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size();
}

bool ReadText(const std::string& path, std::string* text) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  *text = all.str();
  return static_cast<bool>(file);
}

// The keys of the lines that are there; a line cut off at the end counts for nothing.
std::set<std::string> KeysIn(const std::string& path) {
  std::set<std::string> keys;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto json = ParseJson(line);
    if (json.ok() && json.value().contains("key")) keys.insert(json.value()["key"]);
  }
  return keys;
}

void PrintOperators() {
  for (const Operator& op : Operators()) std::cout << Format("{:24}{}\n", op.name, op.plants);
}

int List(const Options& options, const std::string& path) {
  std::string text;
  if (!ReadText(path, &text)) return Usage();
  const Subject subject(path, text);
  if (!subject.ok()) {
    std::cerr << path << " does not compile\n";
    return 2;
  }
  for (const Mutant& m : Sample(MakeMutants(subject), options.per_operator, options.seed)) {
    std::cout << Format("{}:{}: {}\n  - {}\n  + {}\n", path, m.line, m.op->name, m.before, m.after);
  }
  return 0;
}

int Judge(const Options& options) {
  std::string text;
  const std::string& path = options.files[1];
  if (!ReadText(path, &text)) return Usage();
  auto bench =
      Bench::Make(options.files[0], path, text, {.epsilon = options.epsilon, .jobs = options.jobs});
  if (!bench.ok()) {
    std::cerr << bench.error().message << "\n";
    return 2;
  }
  const std::set<std::string> done =
      options.out.empty() ? std::set<std::string>() : KeysIn(options.out);
  std::ofstream file;
  if (!options.out.empty()) file.open(options.out, std::ios::app);
  std::ostream& out = options.out.empty() ? std::cout : file;
  for (const Mutant& mutant :
       Sample(MakeMutants(bench.value()->subject()), options.per_operator, options.seed)) {
    const std::string key = Format("{}:{:016x}", path, HashText(mutant.source));
    if (done.contains(key)) {
      bench.value()->Skip(mutant);
      continue;
    }
    const auto begin = std::chrono::steady_clock::now();
    Json line = bench.value()->Try(mutant);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    Json record = {{"key", key}, {"program", path}};
    record.update(line);
    record["seconds"] = took.count();
    out << DumpJson(record) << std::endl;  // a line lost is a mutant judged again
  }
  return out.good() ? 0 : 3;
}

int Main(std::span<char*> words) {
  Options options;
  for (size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const std::string_view value = i + 1 < words.size() ? words[i + 1] : "";
    bool ok = true;
    if (word == "--operators") {
      PrintOperators();
      return 0;
    }
    if (word == "--list") {
      options.list = true;
    } else if (word == "--per-operator") {
      ok = ReadNumber(value, &options.per_operator), ++i;
    } else if (word == "--seed") {
      ok = ReadNumber(value, &options.seed), ++i;
    } else if (word == "--jobs") {
      ok = ReadNumber(value, &options.jobs), ++i;
    } else if (word == "--epsilon") {
      ok = ReadNumber(value, &options.epsilon) && options.epsilon > 0 && options.epsilon < 1, ++i;
    } else if (word == "--out") {
      options.out = value, ++i;
    } else if (word.starts_with("--")) {
      ok = false;
    } else {
      options.files.emplace_back(word);
    }
    if (!ok) return Usage();
  }
  if (options.list && options.files.size() == 1) return List(options, options.files[0]);
  return !options.list && options.files.size() == 2 ? Judge(options) : Usage();
}

}  // namespace
}  // namespace ws::mutation

int main(int argc, char** argv) { return ws::mutation::Main({argv, static_cast<size_t>(argc)}); }
