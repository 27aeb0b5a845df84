// Each fuzz target on its corpus and on seeded mutations of it.
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/rng.h"
#include "tests/test.h"

namespace ws::fuzz {
namespace {

namespace fs = std::filesystem;

struct Input {
  std::string name, text;
};

std::vector<Input> Corpus(const FuzzTarget& target) {
  std::vector<Input> inputs;
  for (const auto& entry :
       fs::directory_iterator(test::RepoPath("tests/fuzz/corpus/") + target.name)) {
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    inputs.push_back({entry.path().filename().string(), text.str()});
  }
  std::ranges::sort(inputs, {}, &Input::name);
  return inputs;
}

// One to four changes of the kinds that fuzzers make.
std::string Mutated(std::string text, const std::vector<Input>& corpus, Rng& rng) {
  const auto below = [&](size_t bound) { return static_cast<size_t>(rng.Below(bound)); };
  for (size_t changes = 1 + below(4); changes > 0; --changes) {
    const size_t at = below(text.size() + 1);
    const size_t length = std::min(text.size() - at, 1 + below(32));
    switch (below(5)) {
      case 0:
        text.resize(at);
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      default: {
        const std::string& other = corpus[below(corpus.size())].text;
        const size_t from = below(other.size() + 1);
        text.replace(at, length, other.substr(from, 1 + below(64)));
        break;
      }
    }
  }
  return text;
}

class FuzzTest : public ::testing::TestWithParam<const FuzzTarget*> {};

TEST_P(FuzzTest, FindsNothingInItsCorpus) {
  const std::vector<Input> corpus = Corpus(*GetParam());
  ASSERT_FALSE(corpus.empty());
  for (const Input& input : corpus) EXPECT_EQ(GetParam()->run(input.text), "") << input.name;
}

TEST_P(FuzzTest, FindsNothingInMutations) {
  const std::vector<Input> corpus = Corpus(*GetParam());
  ASSERT_FALSE(corpus.empty());
  Rng rng(HashText(GetParam()->name));
  for (int round = 0; round < 100; ++round) {
    const Input& input = corpus[rng.Below(corpus.size())];
    const std::string text = Mutated(input.text, corpus, rng);
    EXPECT_EQ(GetParam()->run(text), "") << input.name << ", round " << round << ":\n" << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, FuzzTest, ::testing::ValuesIn(FuzzTargets()),
                         [](const auto& info) { return std::string(info.param->name); });

}  // namespace
}  // namespace ws::fuzz
