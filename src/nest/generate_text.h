// Small tools of the generator: lines with indentation, unique names, vector types, helper
// functions. Host code.
#ifndef WARPSMITH_NEST_GENERATE_TEXT_H_
#define WARPSMITH_NEST_GENERATE_TEXT_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "nest/program.h"

namespace ws::nest {

// Collects lines; Open and Close write braces and move the indentation.
class Code {
 public:
  explicit Code(int indent = 0) : indent_(indent) {}

  void Line(std::string_view text);
  void Raw(std::string_view text) { text_ += text; }
  void Blank();
  void Open(std::string_view head);  // "for (...)": adds " {"
  void Close();
  void Else(std::string_view head = {});  // "if (...)": } else if (...) {
  void Unroll() { Line("#pragma unroll"); }
  int depth() const { return indent_; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  int indent_;
};

// Names in one scope of generated code.
class NameSet {
 public:
  NameSet();
  void Reserve(const std::string& name) { used_.insert(name); }
  bool IsTaken(const std::string& name) const { return used_.count(name) > 0; }
  // `wish` made an identifier, with a number behind it if it is taken.
  std::string Unique(std::string_view wish);

 private:
  std::set<std::string> used_;
};

std::string CamelCase(std::string_view snake);  // col_sum -> ColSum

// How `elements` neighbouring elements of a type are loaded at once: `count` carriers of at most 16
// bytes. `name` is null where there is no such type.
struct VectorType {
  const char* name = nullptr;
  uint32_t per_carrier = 1;
  uint32_t count = 1;
  bool packed_halves = false;  // half elements inside integers

  uint32_t Bytes(ir::Type element) const { return per_carrier * ir::BytesOf(element); }
};
VectorType VectorOf(ir::Type element, uint32_t elements);

// Element `lane` of carriers named `carrier` (with [i] behind it if there are several).
std::string LaneText(const VectorType& type, const std::string& carrier, uint32_t lane);
// Name of carrier `i`.
std::string CarrierText(const VectorType& type, const std::string& carrier, uint32_t i);
// Statements that set carrier `i` from the lanes' values; values are those of that carrier alone.
std::vector<std::string> PackLines(const VectorType& type, const std::string& carrier,
                                   const std::vector<std::string>& values);

// Helper functions that generated text needs, each once.
class Helpers {
 public:
  // Name of the function that reduces over aligned groups of lanes, or over a row of a block's
  // warps.
  std::string WarpReduce(Reduction reduction, ir::Type type);
  std::string BlockReduce(Reduction reduction, ir::Type type);
  void NeedPackedHalves() { packed_halves_ = true; }
  void NeedFloatLimits() { float_limits_ = true; }
  bool needs_float_limits() const { return float_limits_; }
  // Adds a function whose name is written as @ in `text`; equal texts are one function. Returns its
  // name: `wish`, or with a number behind it.
  std::string Add(const std::string& wish, const std::string& text);
  std::string text() const;

 private:
  std::vector<std::pair<Reduction, ir::Type>> warp_, block_;
  std::vector<std::pair<std::string, std::string>> functions_;  // name, text with @
  bool packed_halves_ = false;
  bool float_limits_ = false;
};

// "a = fmaxf(a, b);"
std::string CombineStatement(Reduction reduction, ir::Type type, const std::string& a,
                             const std::string& b);
// "fmaxf(a, b)"
std::string CombineText(Reduction reduction, ir::Type type, const std::string& a,
                        const std::string& b);
std::string IdentityText(Reduction reduction, ir::Type type);
std::string ZeroOf(ir::Type type);  // 0.0f
// "a + b"; a or b may be empty or "0".
std::string SumText(const std::string& a, const std::string& b);
// "a && b && c"
std::string AndText(const std::vector<std::string>& conditions);
// `text` of type `from` as a value of type `to`.
std::string ConvertText(ir::Type from, ir::Type to, const std::string& text);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_GENERATE_TEXT_H_
