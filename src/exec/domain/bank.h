// Shadow values of one warp's registers: two per 32-bit lane (packed halves), of which the first
// serves every other type. A register without one stands for its exact IEEE value.
#ifndef WARPSMITH_EXEC_DOMAIN_BANK_H_
#define WARPSMITH_EXEC_DOMAIN_BANK_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "exec/domain/value.h"

namespace ws::exec {

struct ShadowBank {
  struct Register {
    uint32_t valid[2] = {0, 0};
    uint8_t bytes[2] = {0, 0};  // of the values that the shadows belong to
    // Integers made of the bits of rounded values: a float made of such bits is lost.
    uint32_t tainted = 0;
    ShadowValue values[2][32];

    void Set(uint32_t part, uint32_t lane, const ShadowValue& value, uint8_t size) {
      if (bytes[part] != size) valid[part] = 0;
      bytes[part] = size;
      valid[part] |= 1u << lane;
      values[part][lane] = value;
    }
    bool Has(uint32_t part, uint32_t lane, uint8_t size) const {
      return (valid[part] >> lane & 1) != 0 && bytes[part] == size;
    }
    void Drop(uint32_t lanes) {
      valid[0] &= ~lanes;
      valid[1] &= ~lanes;
      tainted &= ~lanes;
    }
    // Nothing is known: integers and addresses mostly.
    bool Empty() const { return (valid[0] | valid[1] | tainted) == 0; }
  };
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
  }

  std::vector<std::unique_ptr<Register>> registers;
  std::vector<uint32_t> ambiguous;  // by predicate
  // Results of math functions under way, by CallInfo::id.
  std::vector<std::unique_ptr<Register>> pending;
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DOMAIN_BANK_H_
