#include "report/steps.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "target/cuda/technique.h"

namespace ws::report {

using know::Attempt;

std::vector<const Attempt*> Lineage(std::span<const Attempt> attempts, uint64_t sequence) {
  std::vector<const Attempt*> chain;
  const auto last = std::ranges::find(attempts, sequence, &Attempt::sequence);
  const Attempt* at = last == attempts.end() ? nullptr : &*last;
  while (at != nullptr) {
    chain.push_back(at);
    const Attempt* parent = nullptr;
    for (const Attempt& other : attempts) {
      const bool before = other.sequence < at->sequence;
      if (before && !at->parent.empty() && other.child == at->parent) parent = &other;
    }
    at = parent;  // each has a smaller number: this ends
  }
  std::ranges::reverse(chain);
  return chain;
}

std::vector<std::pair<std::string, std::string>> Meanings(std::string_view technique,
                                                          std::string_view parameters) {
  std::vector<std::pair<std::string, std::string>> meanings;
  const target::cuda::Technique* row = target::cuda::FindTechnique(technique);
  if (row == nullptr) return meanings;
  std::istringstream words{std::string(parameters)};
  for (std::string word; words >> word;) {
    const std::string_view meaning =
        target::cuda::MeaningOf(*row, std::string_view(word).substr(0, word.find('=')));
    if (!meaning.empty()) meanings.emplace_back(word, meaning);
  }
  return meanings;
}

std::vector<TechniqueCount> CountTechniques(std::span<const Attempt> attempts) {
  constexpr double kWin = 0.01;  // smaller gains of the logarithm are none
  std::map<std::string, TechniqueCount> counts;
  for (const Attempt& a : attempts) {
    if (!a.is_step()) continue;
    TechniqueCount& count = counts[a.technique];
    count.technique = a.technique;
    ++count.tried;
    if (!a.stands()) continue;
    ++count.accepted;
    const double effect = know::LogEffect(a);
    if (effect > kWin) ++count.won;
    count.best_gain = std::max(count.best_gain, std::exp(effect));
  }
  std::vector<TechniqueCount> list;
  for (auto& [name, count] : counts) list.push_back(std::move(count));
  std::ranges::stable_sort(list, std::greater<>(), &TechniqueCount::best_gain);
  return list;
}

}  // namespace ws::report
