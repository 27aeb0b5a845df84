#include "tests/mutation/survivors.h"

#include <fstream>
#include <sstream>

#include "base/format.h"

namespace ws::mutation {
namespace {

bool IsKind(std::string_view word) {
  for (const std::string_view kind :
       {"equivalent", "tolerance", "beyond-task", "undefined", "hole"}) {
    if (word == kind) return true;
  }
  return false;
}

}  // namespace

Result<std::vector<Survivor>> ReadSurvivors(const std::string& path) {
  std::ifstream file(path);
  if (!file) return Error{Format("cannot read {}", path)};
  std::vector<Survivor> survivors;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    std::string* part = nullptr;
    if (!survivors.empty() && line.size() > 2 && line[1] == ' ') {
      Survivor& last = survivors.back();
      if (line[0] == '-') part = &last.before;
      if (line[0] == '+') part = &last.after;
      if (line[0] == '=') part = &last.reason;
    }
    if (part != nullptr) {
      *part = line.substr(2);
      continue;
    }
    Survivor next;
    std::istringstream words(line);
    words >> next.kind >> next.program >> next.op;
    if (next.op.empty() || !IsKind(next.kind)) {
      return Error{Format("{}:{}: not a row of survivors: {}", path, number, line)};
    }
    survivors.push_back(std::move(next));
  }
  return survivors;
}

const Survivor* FindSurvivor(std::span<const Survivor> survivors, std::string_view program,
                             const Mutant& mutant) {
  for (const Survivor& s : survivors) {
    if (s.program == program && s.op == mutant.op->name && s.before == mutant.before &&
        s.after == mutant.after) {
      return &s;
    }
  }
  return nullptr;
}

}  // namespace ws::mutation
