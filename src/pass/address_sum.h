// Addresses as sums of products of registers, for the passes that rewrite them. Host only.
#ifndef WARPSMITH_PASS_ADDRESS_SUM_H_
#define WARPSMITH_PASS_ADDRESS_SUM_H_

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "ir/cfg.h"
#include "ir/module.h"
#include "pass/body.h"

namespace ws::pass {

// How a register enters a sum: a 64-bit register, a 32-bit one extended by sign or with zeros, the
// 64-bit product of two extended by sign, or a 32-bit register in a 32-bit sum.
enum class TermKind : uint8_t { kWide, kSigned, kUnsigned, kSignedWide, k32 };

struct AddressTerm {
  TermKind kind = TermKind::kWide;
  uint32_t a = 0;
  uint32_t b = ir::kUnreachable;  // the other factor, if any; a <= b
  int64_t coefficient = 1;

  auto Key() const { return std::tuple(kind, a, b); }
};
// constant + the sum of the terms; sums of more than kMaxTerms terms are not ok.
struct AddressSum {
  static constexpr size_t kMaxTerms = 6;

  bool ok = true;
  int64_t constant = 0;
  std::vector<AddressTerm> terms;  // by Key

  void Add(const AddressTerm& term) {
    for (AddressTerm& t : terms) {
      if (t.Key() != term.Key()) continue;
      t.coefficient += term.coefficient;
      if (t.coefficient == 0) terms.erase(terms.begin() + (&t - terms.data()));
      return;
    }
    if (term.coefficient != 0) terms.push_back(term);
    if (terms.size() > kMaxTerms) ok = false;
  }
  void Add(const AddressSum& other, int64_t times) {
    ok = ok && other.ok;
    constant += other.constant * times;
    for (AddressTerm t : other.terms) {
      t.coefficient *= times;
      Add(t);
    }
  }
};

// What the registers of a function stand for at a place. Takes signed 32-bit arithmetic not to
// overflow, as C++ allows and nvcc does: for timing only. Valid until the function is rewritten.
class AddressSums {
 public:
  struct Place {
    uint32_t block = 0, position = 0;  // instruction within the block, from 1
  };

  AddressSums(ir::Module& module, ir::FunctionId function);

  // The address of a load, store or atomic at `use`, its offset left out; not ok where it is none.
  AddressSum OfAccess(const ir::Inst& access, Place use);
  // A 64-bit value, and a 32-bit one whose sums wrap.
  AddressSum Wide(ir::Operand o, Place use);
  AddressSum Modular(ir::Operand o, Place use);

  // The depth of the innermost loop around `block` that changes the register or term; 0 if none
  // does.
  uint32_t Varies(uint32_t reg, uint32_t block) const;
  uint32_t Varies(const AddressTerm& t, uint32_t block) const;
  // The sum's value without its constant, in instructions added to `out`; what changes least often
  // in `block` comes first.
  ir::Operand Emit(Body& body, const AddressSum& sum, uint32_t block, diag::Loc loc,
                   std::vector<ir::Inst>& out) const;
  // Whether Emit can write the terms and an instruction's offset holds the constant.
  static bool Encodes(const AddressSum& sum, int32_t offset);

  const ir::Cfg& cfg() const { return cfg_; }
  const Defs& defs() const { return defs_; }
  // Writes of a register that is written more than once.
  const std::vector<Place>& Writes(uint32_t reg) const { return places_[reg]; }
  std::span<const ir::Inst> Insts(uint32_t b) const {
    return m_.Insts(m_.blocks[F().first_block + b]);
  }

 private:
  const ir::Function& F() const { return m_.functions[function_.index]; }
  bool Stable(ir::Operand o, Place from) const;
  const ir::Inst* DefOf(ir::Operand o, int depth) const;
  AddressSum Wide(ir::Operand o, int depth);
  AddressSum Narrow(ir::Operand o, int depth);
  AddressSum Modular(ir::Operand o, int depth);
  int64_t Bits(ir::Operand o) const { return static_cast<int64_t>(m_.ImmBits(o)); }
  int64_t Signed32(ir::Operand o) const {
    return static_cast<int32_t>(static_cast<uint32_t>(m_.ImmBits(o)));
  }

  ir::Module& m_;
  const ir::FunctionId function_;
  const ir::Cfg cfg_;
  const Defs defs_;
  std::vector<std::vector<Place>> places_;  // writes of registers written more than once
  Place use_ = {};
};

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_ADDRESS_SUM_H_
