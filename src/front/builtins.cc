// device-clean
#include "front/builtins.h"

#include <bit>

#include "base/arena.h"
#include "front/types.h"

namespace ws::front {
namespace {

// The hash of names in the table's index.
WS_HD constexpr uint32_t HashSpelling(std::string_view name) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < name.size(); ++i) {
    hash = (hash ^ static_cast<unsigned char>(name.data()[i])) * 16777619u;
  }
  return hash ^ hash >> 15;
}

constexpr uint32_t kNumRows = 0
#define BUILTIN(name, signature, how, op, type, extra) +1
#include "front/builtins.def"
#undef BUILTIN
    ;
constexpr uint32_t kSlots = 4096;
static_assert(kNumRows * 2 < kSlots && kNumRows < 0xffff);

struct BuiltinTable {
  BuiltinRow rows[kNumRows] = {};
  BuiltinRange slots[kSlots] = {};  // open addressing by HashSpelling
};

constexpr uint64_t Bits(double value) { return std::bit_cast<uint64_t>(value); }

constexpr BuiltinTable MakeTable() {
  using ir::Atomic;
  using ir::Cache;
  using ir::Cmp;
  using ir::MathFn;
  using ir::Round;
  using ir::RtFn;
  using ir::Scope;
  using ir::Shuffle;
  using ir::Special;
  using ir::Vote;
  const BuiltinRow written[] = {
#define BUILTIN(name, signature, how, op, type, extra) \
  {#name, signature, BuiltinHow::k##how, ir::Op::op, ir::Type::type, static_cast<uint64_t>(extra)},
#include "front/builtins.def"
#undef BUILTIN
  };
  BuiltinTable table;
  // Overloads are brought together: count, then place.
  uint32_t slot_of[kNumRows] = {};
  std::string_view slot_name[kSlots] = {};
  for (uint32_t i = 0; i < kNumRows; ++i) {
    const std::string_view name = written[i].spelling;
    uint32_t slot = HashSpelling(name) % kSlots;
    while (!slot_name[slot].empty() && slot_name[slot] != name) slot = (slot + 1) % kSlots;
    slot_name[slot] = name;
    slot_of[i] = slot;
    ++table.slots[slot].count;
  }
  uint16_t next = 0;
  for (uint32_t slot = 0; slot < kSlots; ++slot) {
    table.slots[slot].first = next;
    next = static_cast<uint16_t>(next + table.slots[slot].count);
  }
  uint16_t filled[kSlots] = {};
  for (uint32_t i = 0; i < kNumRows; ++i) {
    const uint32_t slot = slot_of[i];
    table.rows[table.slots[slot].first + filled[slot]++] = written[i];
  }
  return table;
}

constexpr BuiltinTable kTable = MakeTable();
#if defined(__CUDACC__)
__device__ constexpr BuiltinTable kDeviceTable = MakeTable();
#endif

WS_HD const BuiltinTable& Table() {
#if defined(__CUDA_ARCH__)
  return kDeviceTable;
#else
  return kTable;
#endif
}

}  // namespace

WS_HD const BuiltinRow& RowOf(uint16_t builtin) { return Table().rows[builtin]; }

WS_HD uint32_t NumBuiltinRows() { return kNumRows; }

WS_HD BuiltinRange FindBuiltin(std::string_view name) {
  const BuiltinTable& table = Table();
  uint32_t slot = HashSpelling(name) % kSlots;
  while (table.slots[slot].count > 0) {
    const BuiltinRange range = table.slots[slot];
    const char* spelling = table.rows[range.first].spelling;
    size_t i = 0;
    while (i < name.size() && spelling[i] != 0 && spelling[i] == name.data()[i]) ++i;
    if (i == name.size() && spelling[i] == 0) return range;
    slot = (slot + 1) % kSlots;
  }
  return {};
}

}  // namespace ws::front
