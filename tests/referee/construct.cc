#include "tests/referee/construct.h"

#include <cstdlib>

#include "base/macros.h"

namespace ws::referee {
namespace {

// Constructs that forms make.
constexpr Construct kOfForms[] = {
    {.name = "integer arithmetic"},
    {.name = "integer functions"},
    {.name = "narrow integers"},
    {.name = "conversions"},
    {.name = "comparisons"},
    {.name = "ternaries"},
    {.name = "comma"},
    {.name = "float arithmetic"},
    {.name = "half arithmetic"},
    {.name = "bfloat16 arithmetic",
     .heads = Bit(kBf16Head),
     .not_clang = "its headers have conversions alone"},
    {.name = "8-bit floats", .heads = Bit(kFp8Head), .not_clang = "there is no such header for it"},
    {.name = "video instructions"},
    {.name = "DPX"},
};

template <typename T>
void Append(std::vector<T>& list, std::span<const T> more) {
  list.insert(list.end(), more.begin(), more.end());
}

}  // namespace

const std::vector<Construct>& Constructs() {
  static const std::vector<Construct> kAll = [] {
    std::vector<Construct> all;
    for (const auto family :
         {std::span<const Construct>(kOfForms), ControlConstructs(), MemoryConstructs(),
          FunctionConstructs(), ObjectConstructs(), LambdaConstructs(), WarpConstructs(),
          AsmConstructs(), AsyncConstructs(), MatrixConstructs()}) {
      Append(all, family);
    }
    return all;
  }();
  return kAll;
}

const std::vector<Form>& Forms() {
  static const std::vector<Form> kAll = [] {
    std::vector<Form> all;
    Append(all, IntegerForms());
    Append(all, FloatForms());
    return all;
  }();
  return kAll;
}

uint32_t ConstructOf(std::string_view name) {
  for (uint32_t i = 0; i < Constructs().size(); ++i) {
    if (name == Constructs()[i].name) return i;
  }
  WS_CHECK(false);
  return 0;
}

}  // namespace ws::referee
