#include "table.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gpu {
namespace {

uint32_t BitsOfType(const std::string& type) {
  if (type == "pred") return 1;
  if (type == "f16x2" || type == "bf16x2") return 32;
  return static_cast<uint32_t>(std::stoul(type.substr(type.find_first_of("0123456789"))));
}
bool IsFloatType(const std::string& type) { return type.find('f') != std::string::npos; }

// As a register is declared.
std::string RegisterType(const std::string& type) {
  if (type == "f16" || type == "bf16") return "b16";
  if (type == "f16x2" || type == "bf16x2") return "b32";
  return type;
}

double HalfValue(uint64_t bits) {
  const auto exponent = static_cast<int>(bits >> 10 & 31), fraction = static_cast<int>(bits & 1023);
  const double sign = (bits & 0x8000) != 0 ? -1.0 : 1.0;
  if (exponent == 31) return fraction != 0 ? NAN : sign * INFINITY;
  return sign *
         (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25));
}

double ValueOf(const std::string& type, uint64_t bits) {
  if (type == "f64") {
    double value = 0;
    std::memcpy(&value, &bits, 8);
    return value;
  }
  if (type != "f32" && type != "bf16") return HalfValue(bits);
  const auto word = static_cast<uint32_t>(type == "bf16" ? bits << 16 : bits);
  float value = 0;
  std::memcpy(&value, &word, 4);
  return value;
}

// Bits in the order of the values, so that neighbours differ by 1.
int64_t Ordered(uint64_t bits, uint32_t width) {
  const uint64_t sign = uint64_t{1} << (width - 1);
  return (bits & sign) != 0 ? -static_cast<int64_t>(bits & (sign - 1)) : static_cast<int64_t>(bits);
}

std::string Hex(uint64_t value) {
  char text[20];
  std::snprintf(text, sizeof text, "%llx", static_cast<unsigned long long>(value));
  return text;
}

// The two halves of a packed type, each against its part of what is expected.
bool PairMeets(const std::string& half, const std::string& expected, uint64_t got) {
  const size_t tilde = expected.find('~');
  const uint64_t bits = expected == "nan" ? 0 : std::stoull(expected, nullptr, 16);
  const std::string bound = tilde == std::string::npos ? "" : expected.substr(tilde);
  const auto part = [&](uint64_t b) {
    return expected == "nan" ? expected : Hex(b & 0xffff) + bound;
  };
  return Meets(half, part(bits), got & 0xffff) && Meets(half, part(bits >> 16), got >> 16);
}

void Replace(std::string& text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

uint32_t Section::results() const {
  return static_cast<uint32_t>(std::ranges::count_if(operands, &Operand::is_result));
}
uint32_t Section::sources() const { return static_cast<uint32_t>(operands.size()) - results(); }

std::vector<Section> ReadTable(const std::string& path) {
  std::vector<Section> sections;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("== ")) {
      sections.push_back({std::filesystem::path(path).filename().string(), line.substr(3), {}, {}});
      continue;
    }
    if (sections.empty()) continue;
    std::istringstream words(line);
    std::string word;
    if (line.starts_with("types ")) {
      words >> word;
      while (words >> word) sections.back().operands.push_back({word[0], word.substr(2)});
      continue;
    }
    Section::Row row;
    bool behind = false;
    while (words >> word) {
      if (word == "=") {
        behind = true;
      } else if (behind) {
        row.results.push_back(word);
      } else {
        row.sources.push_back(std::stoull(word, nullptr, 16));
      }
    }
    sections.back().rows.push_back(row);
  }
  return sections;
}

std::string TableHead(const std::string& version, int sm) {
  return ".version " + version + "\n.target sm_" + std::to_string(sm) + "\n.address_size 64\n";
}

std::string KernelOf(const Section& section, const std::string& name) {
  std::string text = ".visible .entry " + name +
                     "(.param .u64 in, .param .u64 out) {\n"
                     "  .reg .u32 %t, %flag;\n  .reg .u64 %in, %out, %at;\n";
  for (const Section::Operand& o : section.operands) {
    text += "  .reg ." + RegisterType(o.type) + " %" + o.name + ";\n";
  }
  text += "  ld.param.u64 %in, [in];\n  ld.param.u64 %out, [out];\n  mov.u32 %t, %tid.x;\n";
  text += "  mul.wide.u32 %at, %t, " + std::to_string(8 * section.sources()) +
          ";\n  add.s64 %in, %in, %at;\n  mul.wide.u32 %at, %t, " +
          std::to_string(8 * section.results()) + ";\n  add.s64 %out, %out, %at;\n";
  std::string body = "  " + section.text + "\n", stores;
  uint32_t source = 0, result = 0;
  for (const Section::Operand& o : section.operands) {
    const std::string own = std::string("%") + o.name;
    const uint32_t bits = BitsOfType(o.type);
    const std::string of_bits = ".b" + std::to_string(bits);
    if (o.is_result()) {
      const std::string at = "[%out+" + std::to_string(8 * result++) + "]";
      stores += bits == 1
                    ? "  selp.u32 %flag, 1, 0, " + own + ";\n  st.global.u32 " + at + ", %flag;\n"
                    : "  st.global" + of_bits + " " + at + ", " + own + ";\n";
    } else {
      const std::string at = "[%in+" + std::to_string(8 * source++) + "]";
      text += bits == 1
                  ? "  ld.global.u32 %flag, " + at + ";\n  setp.ne.u32 " + own + ", %flag, 0;\n"
                  : "  ld.global" + of_bits + " " + own + ", " + at + ";\n";
    }
    Replace(body, std::string("{") + o.name + "}", own);
  }
  return text + body + stores + "  ret;\n}\n";
}

std::string ModuleOf(std::span<const Section> sections, const std::string& version, int sm) {
  std::string text = TableHead(version, sm);
  for (size_t i = 0; i < sections.size(); ++i) {
    text += KernelOf(sections[i], "k" + std::to_string(i));
  }
  return text;
}

bool Meets(const std::string& type, const std::string& expected, uint64_t got) {
  const size_t tilde = expected.find('~');
  if (type.ends_with("x2") && (expected == "nan" || tilde != std::string::npos)) {
    return PairMeets(type == "f16x2" ? "f16" : "bf16", expected, got);
  }
  if (expected == "nan") return std::isnan(ValueOf(type, got));
  const uint64_t bits = std::stoull(expected, nullptr, 16);
  if (tilde == std::string::npos || bits == got) return bits == got;
  if (!IsFloatType(type) || type.ends_with("x2")) return false;
  const std::string bound = expected.substr(tilde + 1);
  const std::string amount = bound.substr(bound.find('=') + 1);
  const double most =
      amount.starts_with("2^") ? std::exp2(std::stod(amount.substr(2))) : std::stod(amount);
  const double want = ValueOf(type, bits), have = ValueOf(type, got);
  if (!std::isfinite(want) || !std::isfinite(have)) return false;
  if (bound.starts_with("ulp")) {
    const uint32_t width = BitsOfType(type);
    return std::fabs(static_cast<double>(Ordered(bits, width) - Ordered(got, width))) <= most;
  }
  // These are bounds against the exact result, from which `want` is half a unit away.
  const double half = std::fabs(ValueOf(type, bits ^ 1) - want) / 2;
  if (bound.starts_with("rel")) return std::fabs(want - have) <= most * std::fabs(want) + half;
  return std::fabs(want - have) <= most + half;
}

std::string Difference(const Section& section, const Section::Row& row, uint32_t k, uint64_t got) {
  std::string text = section.text + " of";
  for (const uint64_t source : row.sources) text += " " + Hex(source);
  return text + ": " + Hex(got) + ", not " + row.results[k];
}

}  // namespace gpu
