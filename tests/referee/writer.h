// Writes one random program from rows of constructs and forms.
//
// In the text of a row
//   $u         is an expression of the kind with this letter (kinds.h)
//   $n         a number that is fresh for each use of the row
//   $<9>       a random number below 9
//   $[a$/b]    one of the texts
//   $;3        one to three statements
//   $+u:x;     nothing, but `x` is a variable of the kind from here to the end of the row
//   $=u:x;     the same, and statements may assign to it
//   $-         nothing, but the last of these variables is forgotten
//   $&u:f(uf); nothing, but `f` is a function that expressions may call from here on
// Everywhere `u0`, `l0`, `f0` and `d0` are variables of their kinds to leave results in; statements
// that are not kLane, and those of kernels, also see `tid` and `size`: the thread's number in its
// block, and how many there are.
#ifndef WARPSMITH_TESTS_REFEREE_WRITER_H_
#define WARPSMITH_TESTS_REFEREE_WRITER_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "tests/referee/construct.h"
#include "tests/referee/generate.h"

namespace ws::referee {

// A piece of program, with what of it may be left out.
struct Piece {
  std::string text;
  std::vector<std::pair<size_t, size_t>> parts;

  void Add(const Piece& other);
};

class Writer {
 public:
  Writer(uint64_t seed, Avoid avoid);

  Program Run();

  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(rng_.Below(n)); }
  bool Chance(uint32_t percent) { return Below(100) < percent; }
  Kind AnyKind();
  uint32_t Fresh() { return next_name_++; }
  std::string Expression(Kind kind, uint32_t depth);
  // Writes `text`, where `$n` is `number`.
  void Expand(std::string_view text, uint32_t depth, uint32_t number);
  // The same before the kernel, where its variables are not known.
  void ExpandOutside(std::string_view text, uint32_t number);
  void Know(Kind kind, std::string name, bool assignable);
  void Need(uint32_t heads) { heads_ |= heads; }
  // Whether expressions of this kind may be made: all headers are there.
  bool Has(Kind kind) const;
  void Assign();
  bool is_in_block() const { return scope_.where == Where::kBlock; }
  bool is_in_kernel() const { return scope_.in_kernel; }

 private:
  struct Variable {
    Kind kind;
    std::string name;
    bool assignable;
  };
  struct Callable {
    Kind result;
    std::string name;
    std::vector<Kind> parameters;
  };
  struct Scope {
    std::vector<Variable> variables;
    Where where = Where::kBlock;
    bool in_kernel = true;
    uint32_t nesting = 0;
  };

  bool IsAvoided(const Construct& row) const;
  bool IsAllowed(const Construct& row) const;
  void Count(uint32_t construct);
  void Statement();
  void Statements(uint32_t count);
  std::string Literal(Kind kind);
  std::string Leaf(Kind kind);
  std::string Call(const Callable& f, uint32_t depth);
  std::string Form(Kind kind, uint32_t depth);
  void Directive(std::string_view text, size_t* at, uint32_t depth, uint32_t number);
  void Kernel(uint32_t k);
  void Launch();

  Rng rng_;
  Avoid avoid_;
  Piece all_;             // what is done
  Piece* out_ = nullptr;  // where is written
  Scope scope_;
  std::vector<Callable> functions_;
  std::vector<std::string> launches_;
  uint32_t heads_ = Bit(kBaseHead);
  uint32_t next_name_ = 10;
  uint32_t statements_ = 0;
  uint32_t outsides_ = 0;
  bool full_warps_ = true;
  std::vector<uint32_t> constructs_, forms_;  // how often each was made
};

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_WRITER_H_
