// Shadow values of one warp's registers: two per 32-bit lane (packed halves), of which the first
// serves every other type. A register without one stands for its exact IEEE value. Arrays over
// lanes, so that loops over them vectorise.
#ifndef WARPSMITH_EXEC_DOMAIN_BANK_H_
#define WARPSMITH_EXEC_DOMAIN_BANK_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "exec/domain/value.h"

namespace ws::exec {

struct ShadowLanes {
  alignas(64) double value[32];
  alignas(64) double magnitude[32];
  alignas(64) double variance[32];
  alignas(64) float roundings[32];

  void Copy(const ShadowLanes& from, uint32_t lanes) {
    if (lanes == 0xffffffffu) {
      *this = from;
      return;
    }
    for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
      const int lane = __builtin_ctz(rest);
      value[lane] = from.value[lane];
      magnitude[lane] = from.magnitude[lane];
      variance[lane] = from.variance[lane];
      roundings[lane] = from.roundings[lane];
    }
  }
};

struct ShadowRegister {
  uint32_t valid[2] = {0, 0};
  uint32_t lost[2] = {0, 0};
  uint8_t bytes[2] = {0, 0};  // of the values that the shadows belong to
  // Integers made of the bits of rounded values: a float made of such bits is lost.
  uint32_t tainted = 0;
  // Lanes whose content, of any type, a comparison within tolerance decided.
  uint32_t ambiguous = 0;
  ShadowLanes parts[2];

  void Set(uint32_t part, uint32_t lane, const ShadowValue& v, uint8_t size) {
    Claim(part, 1u << lane, size);
    if (v.lost) lost[part] |= 1u << lane;
    if (v.ambiguous) ambiguous |= 1u << lane;
    parts[part].value[lane] = v.value;
    parts[part].magnitude[lane] = v.magnitude;
    parts[part].variance[lane] = v.variance;
    parts[part].roundings[lane] = v.roundings;
  }
  // Makes lanes valid, of values of `size` bytes, not lost; the caller fills them in.
  void Claim(uint32_t part, uint32_t lanes, uint8_t size) {
    if (bytes[part] != size) valid[part] = 0;
    bytes[part] = size;
    valid[part] |= lanes;
    lost[part] &= ~lanes;
  }
  uint32_t ValidOf(uint32_t part, uint8_t size) const {
    return bytes[part] == size ? valid[part] : 0;
  }
  bool Has(uint32_t part, uint32_t lane, uint8_t size) const {
    return (ValidOf(part, size) >> lane & 1) != 0;
  }
  ShadowValue Get(uint32_t part, uint32_t lane) const {
    return {parts[part].value[lane],       parts[part].magnitude[lane],
            parts[part].variance[lane],    parts[part].roundings[lane],
            (lost[part] >> lane & 1) != 0, (ambiguous >> lane & 1) != 0};
  }
  void Drop(uint32_t lanes) {
    valid[0] &= ~lanes;
    valid[1] &= ~lanes;
    tainted &= ~lanes;
    ambiguous &= ~lanes;
  }
  // Nothing is known: integers and addresses mostly.
  bool Empty() const { return (valid[0] | valid[1] | tainted | ambiguous) == 0; }
  // Lanes that hold a rounded value, or bits of one.
  uint32_t Rounded() const;
};

// Lanes that went different ways at a branch which a comparison within tolerance decided.
struct BranchInDoubt {
  uint32_t join = 0;  // the position where the ways meet
  uint32_t lanes = 0;
  const std::vector<uint32_t>* written = nullptr;  // offsets of registers that the ways write
};

struct ShadowBank {
  using Register = ShadowRegister;
  explicit ShadowBank(uint32_t total_bytes) : registers(total_bytes / 128 + 1) {}

  // The register at a byte offset, made when first needed.
  Register& At(uint32_t offset) {
    std::unique_ptr<Register>& r = registers[offset / 128];
    if (r == nullptr) r = std::make_unique<Register>();
    return *r;
  }
  const Register* Find(uint32_t offset) const {
    const Register* r = registers[offset / 128].get();
    return r != nullptr && !r->Empty() ? r : nullptr;
  }
  void Drop(uint32_t offset, uint32_t lanes) {
    Register* r = registers[offset / 128].get();
    if (r != nullptr) r->Drop(lanes);
  }
  // The lanes of a predicate that a comparison within tolerance decided.
  uint32_t AmbiguousLanes(uint32_t predicate) const {
    return predicate / 8 < ambiguous.size() ? ambiguous[predicate / 8] : 0;
  }
  void SetAmbiguous(uint32_t predicate, uint32_t lanes, uint32_t values) {
    if (predicate / 8 >= ambiguous.size()) ambiguous.resize(predicate / 8 + 1);
    uint32_t& word = ambiguous[predicate / 8];
    word = (word & ~lanes) | (values & lanes);
  }
  void Clear() {
    for (auto& r : registers) {
      if (r != nullptr) r->Drop(0xffffffffu);
    }
    ambiguous.assign(ambiguous.size(), 0);
    branches.clear();
    in_doubt = in_math = 0;
    std::fill(std::begin(math_depth), std::end(math_depth), uint8_t{0});
  }

  std::vector<std::unique_ptr<Register>> registers;
  std::vector<uint32_t> ambiguous;  // by predicate
  // Lanes that execute the body of a math function, and how deep; results under way, by
  // CallInfo::id.
  uint32_t in_math = 0;
  uint8_t math_depth[32] = {};
  std::vector<std::unique_ptr<Register>> pending;
  std::vector<BranchInDoubt> branches;  // under way
  uint32_t in_doubt = 0;                // the lanes of any of them
};

inline uint32_t ShadowRegister::Rounded() const {
  uint32_t rounded = tainted;
  for (uint32_t part = 0; part < 2; ++part) {
    for (uint32_t rest = valid[part]; rest != 0; rest &= rest - 1) {
      const int lane = __builtin_ctz(rest);
      if (parts[part].roundings[lane] > 0) rounded |= 1u << lane;
    }
  }
  return rounded;
}

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DOMAIN_BANK_H_
