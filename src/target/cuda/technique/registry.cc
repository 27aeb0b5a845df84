#include <algorithm>
#include <set>

#include "base/format.h"
#include "nest/generate.h"
#include "target/cuda/arch.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {

#define WS_ENTRY(stem, Camel) extern const Technique k##Camel;
#include "registry/target_cuda_technique.inc"
#undef WS_ENTRY

std::span<const Technique* const> Techniques() {
  static const std::vector<const Technique*> techniques = [] {
    std::vector<const Technique*> list = {
#define WS_ENTRY(stem, Camel) &k##Camel,
#include "registry/target_cuda_technique.inc"
#undef WS_ENTRY
    };
    std::ranges::sort(list, {}, [](const Technique* t) { return std::string_view(t->name); });
    return list;
  }();
  return techniques;
}

const Technique* FindTechnique(std::string_view name) {
  for (const Technique* technique : Techniques()) {
    if (name == technique->name) return technique;
  }
  return nullptr;
}

std::string_view MeaningOf(const Technique& technique, std::string_view name) {
  for (const ParameterMeaning& parameter : technique.parameters) {
    if (name == parameter.name) return parameter.meaning;
  }
  return {};
}

std::string ToText(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    AppendFormat(text, "{}{}={}", text.empty() ? "" : " ", name, value);
  }
  return text;
}

int64_t Get(const Parameters& parameters, std::string_view name, int64_t otherwise) {
  for (const auto& [known, value] : parameters) {
    if (known == name) return value;
  }
  return otherwise;
}

std::vector<Move> Moves(const Situation& situation) {
  std::vector<Move> moves;
  std::vector<nest::Schedule> seen{situation.schedule};
  for (const Technique* technique : Techniques()) {
    if (technique->space == nullptr) continue;
    for (Parameters& parameters : technique->space(situation)) {
      Result<nest::Schedule> schedule = technique->apply(situation, parameters);
      if (!schedule.ok()) continue;
      if (std::find(seen.begin(), seen.end(), schedule.value()) != seen.end()) continue;
      seen.push_back(schedule.value());
      if (!nest::Generate(situation.program, schedule.value()).ok()) continue;
      moves.push_back({technique, std::move(parameters), std::move(schedule).value()});
    }
  }
  return moves;
}

std::vector<TextMove> TextMoves(const TextSituation& situation) {
  std::vector<TextMove> moves;
  std::set<std::string, std::less<>> seen{std::string(situation.program.text())};
  for (const Technique* technique : Techniques()) {
    if (technique->on_text == nullptr) continue;
    for (Parameters& parameters : technique->on_text->space(situation)) {
      Result<std::string> source = technique->on_text->apply(situation, parameters);
      if (!source.ok() || !seen.insert(source.value()).second) continue;
      moves.push_back({technique, std::move(parameters), std::move(source).value()});
    }
  }
  return moves;
}

Result<std::string> GenerateSource(const nest::Program& program, const nest::Schedule& schedule,
                                   std::string_view arch) {
  if (FindArch(arch) == nullptr) return Error{Format("no architecture {}", arch)};
  return nest::Generate(program, schedule);
}

}  // namespace ws::target::cuda
