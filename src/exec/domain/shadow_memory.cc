// Shadow values through memory and over lanes.
#include <bit>

#include "exec/domain/shadow.h"
#include "exec/machine.h"
#include "ir/eval.h"

namespace ws::exec {
namespace {

using ir::Type;

bool IsAmbiguous(const Vm* vm, uint32_t offset, uint32_t lane) {
  const ShadowRegister* r = vm->shadows->Find(offset);
  return r != nullptr && (r->ambiguous >> lane & 1) != 0;
}

void PutEntry(ShadowRegister& r, uint32_t part, uint32_t lane, const ShadowEntry& entry) {
  if (entry.only_flag) {
    if (entry.value.ambiguous) r.ambiguous |= 1u << lane;
  } else {
    r.Set(part, lane, entry.value, entry.bytes);
  }
}

}  // namespace

ShadowValue StoredShadow(const ShadowMap* map, uint64_t offset, Type type, uint64_t bits) {
  const uint32_t bytes = ir::BytesOf(type);
  bits &= ir::MaskOf(type);
  ShadowValue v = ExactShadow(ValueOf(type, bits));
  if (map == nullptr) return v;
  v.ambiguous = map->scattered;
  if (bytes < 2 || offset / 2 >= map->entries.size()) return v;
  const ShadowEntry& e = map->entries[offset / 2];
  if (e.bytes != bytes || e.bits != bits) return v;
  const bool ambiguous = v.ambiguous || e.value.ambiguous;
  if (!e.only_flag) v = e.value;
  v.ambiguous = ambiguous;
  return v;
}

void ShadowLoad(Vm* vm, const ShadowMap* map, uint64_t offset, uint32_t bytes, uint64_t bits,
                const AccessInfo& info, const SlotRef& slot, uint32_t lane) {
  const bool unsure =
      IsAmbiguous(vm, info.address.offset, lane) || (map != nullptr && map->scattered);
  vm->shadows->Drop(slot.offset, 1u << lane);
  if (unsure) vm->shadows->At(slot.offset).ambiguous |= 1u << lane;
  if (bytes < 2 || map == nullptr) return;
  const uint64_t mask = bytes >= 8 ? ~0ull : (1ull << (8 * bytes)) - 1;
  const ShadowEntry& whole = map->entries[offset / 2];
  if (whole.bytes == bytes) {
    if (whole.bits == (bits & mask)) PutEntry(vm->shadows->At(slot.offset), 0, lane, whole);
    return;
  }
  // Two values of half the size loaded together.
  const uint32_t half = bytes / 2;
  if (half < 2) return;
  for (uint32_t part = 0; part < 2; ++part) {
    const ShadowEntry& e = map->entries[(offset + part * half) / 2];
    const uint64_t part_bits = bits >> (8 * half * part) & ((1ull << (8 * half)) - 1);
    if (e.bytes == half && e.bits == part_bits) {
      PutEntry(vm->shadows->At(slot.offset), part, lane, e);
    }
  }
}

void ShadowStore(Vm* vm, ShadowMap* map, uint64_t offset, Type type, uint32_t bytes, uint64_t bits,
                 const AccessInfo& info, const SlotRef& slot, uint32_t lane) {
  ShadowBank& bank = *vm->shadows;
  if (IsAmbiguous(vm, info.address.offset, lane)) map->scattered = true;
  const ShadowRegister* r = bank.Find(slot.offset);
  const bool unsure =
      (bank.in_doubt >> lane & 1) != 0 || (r != nullptr && (r->ambiguous >> lane & 1) != 0);
  if (bytes < 2) {
    if (unsure) map->scattered = true;  // bytes have no shadows of their own
    return;
  }
  for (uint32_t at = 0; at < bytes; at += 2) map->entries[(offset + at) / 2].bytes = 0;
  const uint64_t mask = bytes >= 8 ? ~0ull : (1ull << (8 * bytes)) - 1;
  const auto put = [&](uint32_t part, uint64_t at, uint64_t its_bits, uint32_t size) {
    ShadowValue v = r->Get(part, lane);
    v.ambiguous = unsure;
    map->entries[at / 2] = {v, its_bits, static_cast<uint8_t>(size), false};
  };
  if (r != nullptr && r->Has(0, lane, static_cast<uint8_t>(bytes))) {
    put(0, offset, bits & mask, bytes);
    return;
  }
  const uint32_t half = bytes / 2;
  bool any = false;
  for (uint32_t part = 0; r != nullptr && half >= 2 && part < 2; ++part) {
    if (!r->Has(part, lane, static_cast<uint8_t>(half))) continue;
    put(part, offset + part * half, bits >> (8 * half * part) & ((1ull << (8 * half)) - 1), half);
    any = true;
  }
  if (any) return;
  const bool lost = r != nullptr && (r->tainted >> lane & 1) != 0;
  if (!lost && !unsure) return;
  ShadowValue v = ExactShadow(ValueOf(type, bits));
  v.lost = lost;
  v.ambiguous = unsure;
  map->entries[offset / 2] = {v, bits & mask, static_cast<uint8_t>(bytes), !lost};
}

void ShadowAtomic(Vm* vm, ShadowMap* map, uint64_t offset, const AccessInfo& info, uint64_t old,
                  uint64_t result, uint32_t lane) {
  ShadowBank& bank = *vm->shadows;
  const uint8_t bytes = info.bytes;
  if (IsAmbiguous(vm, info.address.offset, lane)) map->scattered = true;
  const ShadowValue before = StoredShadow(map, offset, info.type, old);
  const bool was_stored =
      bytes >= 2 && map->entries[offset / 2].bytes == bytes && !map->entries[offset / 2].only_flag;
  const ShadowRegister* r = bank.Find(info.srcs[0].offset);
  ShadowValue operand;
  if (r != nullptr && r->Has(0, lane, bytes)) {
    operand = r->Get(0, lane);
  } else {
    operand = ExactShadow(ValueOf(info.type, ReadLane(vm->regs, info.srcs[0], lane)));
    operand.lost = r != nullptr && (r->tainted >> lane & 1) != 0;
    operand.ambiguous = r != nullptr && (r->ambiguous >> lane & 1) != 0;
  }
  const bool has_operand = r != nullptr && r->Has(0, lane, bytes);
  ShadowValue swapped;
  bool has_swapped = false;
  if (info.atomic == ir::Atomic::kCas) {
    const ShadowRegister* c = bank.Find(info.srcs[1].offset);
    if (c != nullptr && c->Has(0, lane, bytes)) {
      swapped = c->Get(0, lane);
      has_swapped = true;
    } else if (c != nullptr) {
      swapped = ExactShadow(ValueOf(info.type, result));
      swapped.lost = has_swapped = (c->tainted >> lane & 1) != 0;
      swapped.ambiguous = (c->ambiguous >> lane & 1) != 0;
    }
  }
  if (info.has_dst) {
    bank.Drop(info.dsts[0].offset, 1u << lane);
    if (was_stored) bank.At(info.dsts[0].offset).Set(0, lane, before, bytes);
    if (before.ambiguous) bank.At(info.dsts[0].offset).ambiguous |= 1u << lane;
  }
  const bool doubt = (bank.in_doubt >> lane & 1) != 0;
  if (bytes < 2) return;
  for (uint32_t at = 0; at < bytes; at += 2) map->entries[(offset + at) / 2].bytes = 0;
  const bool is_float = ir::IsFloat(info.type) && !IsPacked(info.type);
  ShadowValue v = ExactShadow(ValueOf(info.type, result));
  v.ambiguous = before.ambiguous || operand.ambiguous;
  bool only_flag = true;
  switch (info.atomic) {
    case ir::Atomic::kAdd:
      if (!is_float) break;
      v = AddShadow(before, operand, 1);
      only_flag = false;
      break;
    case ir::Atomic::kExch:
      v = operand;
      only_flag = !has_operand && !operand.lost;
      break;
    case ir::Atomic::kCas:
      v = result == old ? before : swapped;
      only_flag = result == old ? !was_stored : !has_swapped;
      break;
    case ir::Atomic::kMin:
    case ir::Atomic::kMax:  // also of floats seen as integers
      v = result == old ? before : operand;
      only_flag = result == old ? !was_stored : !has_operand && !operand.lost;
      break;
    case ir::Atomic::kAnd:
    case ir::Atomic::kOr:
    case ir::Atomic::kXor:
    case ir::Atomic::kInc:
    case ir::Atomic::kDec:
      break;
  }
  v.ambiguous |= doubt;
  if (only_flag && !v.ambiguous) return;
  map->entries[offset / 2] = {v, result & ir::MaskOf(info.type), bytes, only_flag};
}

void ShadowShuffle(Vm* vm, const SlotRef& d, const SlotRef& a, uint32_t who,
                   const uint32_t* sources) {
  const ShadowRegister* from = vm->shadows->Find(a.offset);
  if (from == nullptr) {
    vm->shadows->Drop(d.offset, who);
    return;
  }
  const ShadowRegister copy = *from;
  ShadowRegister& to = vm->shadows->At(d.offset);
  to.Drop(who);
  for (uint32_t rest = who; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    const uint32_t source = sources[lane];
    for (uint32_t part = 0; part < 2; ++part) {
      if ((copy.valid[part] >> source & 1) == 0) continue;
      to.Set(part, lane, copy.Get(part, source), copy.bytes[part]);
    }
    if ((copy.tainted >> source & 1) != 0) to.tainted |= 1u << lane;
    if ((copy.ambiguous >> source & 1) != 0) to.ambiguous |= 1u << lane;
  }
}

void ShadowMoved(Vm* vm, const VmInst* i, uint32_t lanes, ShadowMap* map, uint64_t map_bytes,
                 ShadowMap** make, const uint64_t* offsets) {
  const AccessInfo& info = vm->program->accesses[i->c];
  ShadowBank& bank = *vm->shadows;
  if ((lanes & ~bank.in_math) == 0) return;
  const bool is_load = info.effect == ir::Effect::Load;
  const ShadowRegister* address = bank.Find(info.address.offset);
  if (address != nullptr && address->ambiguous == 0) address = nullptr;
  if (map == nullptr && is_load && address == nullptr) {  // everything there is exact
    for (uint32_t e = 0; e < info.vec; ++e) bank.Drop(info.dsts[e].offset, lanes);
    return;
  }
  if (map == nullptr && !is_load) {
    bool any = address != nullptr || (bank.in_doubt & lanes) != 0;
    for (uint32_t e = 0; e < info.vec; ++e) any |= bank.Find(info.srcs[e].offset) != nullptr;
    if (!any) return;  // nothing but exact values there so far, and now
    map = *make = new ShadowMap(map_bytes);
  }
  for (uint32_t e = 0; e < info.vec; ++e) {
    const SlotRef& slot = is_load ? info.dsts[e] : info.srcs[e];
    for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
      const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
      const uint64_t offset = offsets[lane] + uint64_t{e} * info.bytes;
      const uint64_t bits = ReadLane(vm->regs, slot, lane);
      if (is_load) {
        ShadowLoad(vm, map, offset, info.bytes, bits, info, slot, lane);
      } else {
        ShadowStore(vm, map, offset, info.type, info.bytes, bits, info, slot, lane);
      }
    }
  }
}

}  // namespace ws::exec
