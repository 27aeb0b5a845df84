#include "pass/alias.h"

namespace ws::pass {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::Space;

bool MayOverlap(const Region& a, const Region& b) {
  if (a.space != b.space) return a.space == Space::kGeneric || b.space == Space::kGeneric;
  const bool told_apart = a.param != b.param && a.param != Region::kAny && b.param != Region::kAny;
  return !(told_apart && (a.is_restrict || b.is_restrict));
}

Regions::Regions(const ir::Module& module, ir::FunctionId function)
    : m_(module), f_(module.functions[function.index]), roots_(f_.num_regs, kUnseen) {
  if (f_.kind != ir::FunctionKind::kKernel) {
    roots_.assign(f_.num_regs, kSeveral);
    return;
  }
  // Registers may be written again, as running pointers are: what all writes agree on.
  for (bool changed = true; changed;) {
    changed = false;
    for (const ir::Block& block : m_.Blocks(f_)) {
      for (const Inst& inst : m_.Insts(block)) {
        const std::span<const Operand> dsts = m_.Dsts(inst);
        const uint32_t root = dsts.empty() ? kUnseen : RootOf(inst);
        if (root == kUnseen) continue;
        for (const Operand o : dsts) {
          uint32_t& known = roots_[o.index];
          if (known == root || known == kSeveral) continue;
          known = known == kUnseen ? root : static_cast<uint32_t>(kSeveral);
          changed = true;
        }
      }
    }
  }
}

uint32_t Regions::RootOf(const Operand& o) const { return o.IsReg() ? roots_[o.index] : kNumber; }

uint32_t Regions::RootOf(const Inst& inst) const {
  const std::span<const Operand> s = m_.Srcs(inst);
  // Of a sum the part that is an address.
  const auto sum = [](uint32_t a, uint32_t b) -> uint32_t {
    if (a == kUnseen || b == kUnseen) return kUnseen;
    if (a == kNumber || b == kNumber) return a == kNumber ? b : a;
    return kSeveral;
  };
  switch (inst.op) {
    case Op::kMov:
    case Op::kCvta:
    case Op::kCvtaTo:
      return RootOf(s[0]);
    case Op::kAdd:
    case Op::kSub:
      return sum(RootOf(s[0]), RootOf(s[1]));
    case Op::kMad:
    case Op::kMadWide:
      return RootOf(s[2]);
    case Op::kSelp: {
      const uint32_t a = RootOf(s[0]), b = RootOf(s[1]);
      if (a == kUnseen || b == kUnseen) return kUnseen;
      return a == b ? a : static_cast<uint32_t>(kSeveral);
    }
    case Op::kLd: {
      if (ir::BytesOf(inst.type) != 8) return kNumber;
      if (inst.space != Space::kParam) return kSeveral;
      if (s[0].kind != ir::OperandKind::kParam) return kSeveral;
      const uint32_t at = s[0].index + static_cast<uint32_t>(inst.offset);
      const std::span<const ir::Param> params = m_.Params(f_);
      for (uint32_t i = 0; i < params.size(); ++i) {
        if (at < params[i].offset || at >= params[i].offset + params[i].bytes) continue;
        if (params[i].is_pointer) return i;
        return params[i].type == ir::Type::kB8 ? static_cast<uint32_t>(kSeveral) : kNumber;
      }
      return kSeveral;
    }
    default:
      // What is not computed from an address is none.
      for (const Operand& o : s) {
        const uint32_t root = RootOf(o);
        if (root == kUnseen) return kUnseen;
        if (root != kNumber) return kSeveral;
      }
      return kNumber;
  }
}

Region Regions::Of(const Inst& access) const {
  Region region;
  region.space = access.space;
  const uint32_t root = RootOf(m_.Srcs(access)[0]);
  if (root >= m_.Params(f_).size()) return region;
  region.param = root;
  region.is_restrict = m_.Params(f_)[root].is_restrict;
  return region;
}

}  // namespace ws::pass
