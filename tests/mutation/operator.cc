#include "tests/mutation/operator.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.h"
#include "base/hash.h"
#include "base/rng.h"

namespace ws::mutation {

#define OPERATOR(name, function, plants) \
  void function(const Subject& subject, NodeId node, Planter& planter);
#include "tests/mutation/operators.def"
#undef OPERATOR

namespace {

constexpr Operator kOperators[] = {
#define OPERATOR(name, function, plants) {name, plants, &(function)},
#include "tests/mutation/operators.def"
#undef OPERATOR
};

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string JoinTrimmed(std::span<const std::string_view> lines) {
  std::string text;
  for (std::string_view line : lines) {
    const size_t first = line.find_first_not_of(' ');
    if (first == line.npos) continue;
    if (!text.empty()) text += " ";
    text += line.substr(first);
  }
  return text;
}

// Fills line, before and after from the first to the last line that differs.
void Describe(std::string_view original, Mutant& mutant) {
  const std::vector<std::string_view> a = Lines(original), b = Lines(mutant.source);
  size_t head = 0, tail = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  while (tail < a.size() - head && tail < b.size() - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
    ++tail;
  }
  mutant.before = JoinTrimmed(std::span(a).subspan(head, a.size() - head - tail));
  mutant.after = JoinTrimmed(std::span(b).subspan(head, b.size() - head - tail));
}

// The source with the edits made; empty where they cannot be.
std::string Apply(const Subject& subject, std::vector<front::Edit> edits) {
  const front::Program& program = subject.compiled().program();
  auto text = front::ApplyEdits(*program.tokens, *program.sources, 0, std::move(edits));
  return text.ok() ? std::move(text).value() : "";  // inside of an included file
}

}  // namespace

std::span<const Operator> Operators() { return kOperators; }

void Planter::Replace(NodeId n, std::string text) {
  Add({front::ReplaceNode(subject_.tree(), n, std::move(text))});
}

void Planter::ReplaceToken(NodeId n, std::string text) {
  const front::TokenId token = subject_.tree().token(n);
  Add({{token, front::TokenId(token.index + 1), std::move(text)}});
}

void Planter::InsertBefore(NodeId n, std::string text) {
  const front::TokenId token = subject_.tree().begin_token(n);
  Add({{token, token, std::move(text)}});
}

void Planter::InsertBehind(NodeId n, std::string text) {
  const front::TokenId token = subject_.tree().end_token(n);
  Add({{token, token, std::move(text)}});
}

void Planter::Swap(NodeId a, NodeId b) {
  Add({front::ReplaceNode(subject_.tree(), a, subject_.Text(b)),
       front::ReplaceNode(subject_.tree(), b, subject_.Text(a))});
}

void Planter::ReplaceWith(NodeId n, std::string text, const char* header) {
  Replace(n, std::move(text));
  planted_.back().header = header;
}

std::vector<Mutant> MakeMutants(const Subject& subject) {
  std::vector<Mutant> mutants;
  if (!subject.ok()) return mutants;
  std::set<std::string> seen = {subject.source()};
  const std::string name(subject.compiled().name());
  for (uint32_t i = 0; i < subject.tree().size(); ++i) {
    const NodeId node(i);
    if (!subject.IsLive(node)) continue;
    for (const Operator& op : kOperators) {
      Planter planter(subject);
      op.plant(subject, node, planter);
      for (Planter::Planted& planted : planter.planted()) {
        Mutant mutant;
        mutant.op = &op;
        mutant.line = subject.Line(node);
        mutant.source = Apply(subject, std::move(planted.edits));
        if (mutant.source.empty() || !seen.insert(mutant.source).second) continue;
        Describe(subject.source(), mutant);
        if (planted.header != nullptr && mutant.source.find(planted.header) == std::string::npos) {
          mutant.source = Format("#include <{}>\n", planted.header) + mutant.source;
        }
        if (!Subject(name, mutant.source).ok()) continue;
        mutants.push_back(std::move(mutant));
      }
    }
  }
  return mutants;
}

std::vector<Mutant> Sample(std::vector<Mutant> mutants, size_t per_operator, uint64_t seed) {
  if (per_operator == 0) return mutants;
  std::map<std::string_view, std::vector<size_t>> by_operator;
  for (size_t i = 0; i < mutants.size(); ++i) by_operator[mutants[i].op->name].push_back(i);
  std::set<size_t> chosen;
  for (auto& [name, indices] : by_operator) {
    Rng rng(HashText(name, seed));
    for (size_t k = 0; k < per_operator && !indices.empty(); ++k) {
      const size_t at = rng.Below(indices.size());
      chosen.insert(indices[at]);
      indices.erase(indices.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
  std::vector<Mutant> sample;
  for (const size_t i : chosen) sample.push_back(std::move(mutants[i]));
  return sample;
}

}  // namespace ws::mutation
