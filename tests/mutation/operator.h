// Mutation operators: each plants one kind of fault that people and language models make in GPU
// code, as text edits found on the tree.
//
// An operator is a row of operators.def and a function that looks at one node and plants a fault
// there, none or several. Mutants come in the order of the tree and depend on the source alone.
// What does not compile any more is no mutant, nor what is the same text as another one.
#ifndef WARPSMITH_TESTS_MUTATION_OPERATOR_H_
#define WARPSMITH_TESTS_MUTATION_OPERATOR_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "front/edit.h"
#include "tests/mutation/subject.h"

namespace ws::mutation {

class Planter;

struct Operator {
  const char* name;    // kebab-case
  const char* plants;  // the fault, for people
  void (*plant)(const Subject& subject, NodeId node, Planter& planter);
};

// All of them, in the order of operators.def.
std::span<const Operator> Operators();

struct Mutant {
  const Operator* op = nullptr;
  uint32_t line = 0;          // of the original
  std::string before, after;  // the lines that differ, without indentation
  std::string source;         // the whole program with the fault
};

// Collects what operators plant at one node.
class Planter {
 public:
  explicit Planter(const Subject& subject) : subject_(subject) {}

  // Each call is one mutant: the node, or the token that stands for it, becomes `text`; text is
  // put before or behind the node.
  void Replace(NodeId n, std::string text);
  void ReplaceToken(NodeId n, std::string text);
  void InsertBefore(NodeId n, std::string text);
  void InsertBehind(NodeId n, std::string text);
  void Swap(NodeId a, NodeId b);
  void Add(std::vector<front::Edit> edits) { planted_.push_back(std::move(edits)); }
  // As Replace, in a program that includes this header of CUDA.
  void ReplaceWith(NodeId n, std::string text, const char* header);

  struct Planted {
    std::vector<front::Edit> edits;
    const char* header = nullptr;
    Planted(std::vector<front::Edit> e) : edits(std::move(e)) {}  // NOLINT: one step
  };
  std::vector<Planted>& planted() { return planted_; }

 private:
  const Subject& subject_;
  std::vector<Planted> planted_;
};

// All mutants of a program that compiles.
std::vector<Mutant> MakeMutants(const Subject& subject);

// A choice of at most `per_operator` mutants of each operator, seeded, in their old order; 0: all.
std::vector<Mutant> Sample(std::vector<Mutant> mutants, size_t per_operator, uint64_t seed);

}  // namespace ws::mutation

#endif  // WARPSMITH_TESTS_MUTATION_OPERATOR_H_
