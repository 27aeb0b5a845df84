// device-clean
#include "front/known_names.h"

namespace ws::front {
namespace {

// `pattern` may end in *.
WS_HD bool Matches(const char* pattern, std::string_view name) {
  size_t i = 0;
  for (; pattern[i] != 0; ++i) {
    if (pattern[i] == '*' && pattern[i + 1] == 0) return true;
    if (i >= name.size() || pattern[i] != name.data()[i]) return false;
  }
  return i == name.size();
}

}  // namespace

WS_HD std::string_view KnownUnsupported(std::string_view name) {
#define KNOWN_NAME(spelling, what) \
  if (Matches(spelling, name)) return what;
#include "front/known_names.def"
#undef KNOWN_NAME
  return {};
}

WS_HD uint32_t EditDistance(std::string_view a, std::string_view b, uint32_t most) {
  constexpr size_t kLongest = 40;
  if (a.size() > kLongest || b.size() > kLongest) return most + 1;
  const size_t longer = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (longer > most) return most + 1;
  uint32_t row[kLongest + 1];
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<uint32_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    uint32_t diagonal = row[0];
    row[0] = static_cast<uint32_t>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const uint32_t replaced = diagonal + (a.data()[i - 1] != b.data()[j - 1] ? 1 : 0);
      diagonal = row[j];
      const uint32_t shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
      row[j] = shorter < replaced ? shorter : replaced;
    }
  }
  return row[b.size()] > most ? most + 1 : row[b.size()];
}

}  // namespace ws::front
