// Shadows of stored bits: loads, stores and atomics.
#include "exec/domain/shadow.h"
#include "ir/eval.h"

namespace ws::exec {

using ir::Type;
using Register = ShadowBank::Register;

ShadowValue StoredShadow(const ShadowMap* map, uint64_t offset, Type type, uint64_t bits) {
  const uint32_t bytes = ir::BytesOf(type);
  bits &= ir::MaskOf(type);
  if (map != nullptr && bytes >= 2 && offset / 2 < map->entries.size()) {
    const ShadowEntry& e = map->entries[offset / 2];
    if (e.bytes == bytes && e.bits == bits) return e.value;
  }
  return ExactShadow(ValueOf(type, bits));
}

void ShadowLoad(Vm* vm, const ShadowMap* map, uint64_t offset, Type type, uint32_t bytes,
                uint64_t bits, const SlotRef& slot, uint32_t lane) {
  (void)type;
  Register& r = vm->shadows->At(slot.offset);
  r.Drop(1u << lane);
  if (bytes < 2) return;
  const uint64_t mask = bytes >= 8 ? ~0ull : (1ull << (8 * bytes)) - 1;
  const ShadowEntry& whole = map->entries[offset / 2];
  if (whole.bytes == bytes) {
    if (whole.bits == (bits & mask)) r.Set(0, lane, whole.value, static_cast<uint8_t>(bytes));
    return;
  }
  // Two values of half the size loaded together.
  const uint32_t half = bytes / 2;
  if (half < 2) return;
  for (uint32_t part = 0; part < 2; ++part) {
    const ShadowEntry& e = map->entries[(offset + part * half) / 2];
    const uint64_t part_bits = bits >> (8 * half * part) & ((1ull << (8 * half)) - 1);
    if (e.bytes == half && e.bits == part_bits) {
      r.Set(part, lane, e.value, static_cast<uint8_t>(half));
    }
  }
}

void ShadowStore(Vm* vm, ShadowMap* map, uint64_t offset, Type type, uint32_t bytes, uint64_t bits,
                 const SlotRef& slot, uint32_t lane) {
  if (bytes < 2) return;
  for (uint32_t at = 0; at < bytes; at += 2) map->entries[(offset + at) / 2].bytes = 0;
  const Register* r = vm->shadows->Find(slot.offset);
  if (r == nullptr) return;
  const uint64_t mask = bytes >= 8 ? ~0ull : (1ull << (8 * bytes)) - 1;
  if (r->Has(0, lane, static_cast<uint8_t>(bytes))) {
    map->entries[offset / 2] = {r->values[0][lane], bits & mask, static_cast<uint8_t>(bytes)};
    return;
  }
  const uint32_t half = bytes / 2;
  bool any = false;
  for (uint32_t part = 0; half >= 2 && part < 2; ++part) {
    if (!r->Has(part, lane, static_cast<uint8_t>(half))) continue;
    map->entries[(offset + part * half) / 2] = {
        r->values[part][lane], bits >> (8 * half * part) & ((1ull << (8 * half)) - 1),
        static_cast<uint8_t>(half)};
    any = true;
  }
  if (any || (r->tainted >> lane & 1) == 0) return;
  ShadowValue lost = ExactShadow(ValueOf(type, bits));
  lost.lost = true;
  map->entries[offset / 2] = {lost, bits & mask, static_cast<uint8_t>(bytes)};
}

void ShadowAtomic(Vm* vm, ShadowMap* map, uint64_t offset, const AccessInfo& info, uint64_t old,
                  uint64_t result, uint32_t lane) {
  const uint8_t bytes = info.bytes;
  const ShadowValue before = StoredShadow(map, offset, info.type, old);
  const bool was_stored = bytes >= 2 && map->entries[offset / 2].bytes == bytes;
  const Register* r = vm->shadows->Find(info.srcs[0].offset);
  ShadowValue operand;
  if (r != nullptr && r->Has(0, lane, bytes)) {
    operand = r->values[0][lane];
  } else {
    operand = ExactShadow(ValueOf(info.type, ReadLane(vm->regs, info.srcs[0], lane)));
    operand.lost = r != nullptr && (r->tainted >> lane & 1) != 0;
  }
  if (info.has_dst) {
    Register& d = vm->shadows->At(info.dsts[0].offset);
    d.Drop(1u << lane);
    if (was_stored) d.Set(0, lane, before, bytes);
  }
  if (bytes < 2) return;
  for (uint32_t at = 0; at < bytes; at += 2) map->entries[(offset + at) / 2].bytes = 0;
  const bool is_float = ir::IsFloat(info.type) && !IsPacked(info.type);
  ShadowValue v;
  switch (info.atomic) {
    case ir::Atomic::kAdd:
      if (!is_float) return;
      v = AddShadow(before, operand, 1);
      break;
    case ir::Atomic::kExch:
      v = operand;
      break;
    case ir::Atomic::kCas: {
      if (result == old) {
        v = before;
        break;
      }
      const Register* c = vm->shadows->Find(info.srcs[1].offset);
      if (c == nullptr) return;
      if (c->Has(0, lane, bytes)) {
        v = c->values[0][lane];
        break;
      }
      if ((c->tainted >> lane & 1) == 0) return;
      v = ExactShadow(ValueOf(info.type, result));
      v.lost = true;
      break;
    }
    case ir::Atomic::kMin:
    case ir::Atomic::kMax:
      v = result == old ? before : operand;
      break;
    case ir::Atomic::kAnd:
    case ir::Atomic::kOr:
    case ir::Atomic::kXor:
    case ir::Atomic::kInc:
    case ir::Atomic::kDec:
      return;
  }
  map->entries[offset / 2] = {v, result & ir::MaskOf(info.type), bytes};
}

}  // namespace ws::exec
