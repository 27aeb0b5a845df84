// Memory accesses in full: every space, every failure, and the records that checks, domains and
// tracers ask for.
#include <bit>
#include <cstring>

#include "base/format.h"
#include "base/hash.h"
#include "exec/domain/bank.h"
#include "exec/domain/shadow.h"
#include "exec/launch.h"
#include "exec/machine.h"
#include "exec/races.h"
#include "exec/vm/atomic.h"
#include "exec/vm/race_text.h"
#include "exec/vm/vm.h"
#include "ir/eval.h"

namespace ws::exec {
namespace {

using ir::Effect;
using ir::Space;

// Fuel for a race found and for a release or acquire.
constexpr int64_t kRaceFuel = 8, kSyncFuel = 2;

// Where one lane's access goes.
struct Place {
  Space space = Space::kGlobal;
  uint8_t* data = nullptr;
  uint8_t* state = nullptr;
  uint64_t offset = 0;        // in the allocation, the shared memory or the frame
  AllocView* view = nullptr;  // global, const, host
};

class Accessor {
 public:
  Accessor(Vm* vm, const VmInst* i, uint32_t lanes)
      : vm_(*vm),
        i_(i),
        lanes_(lanes),
        info_(vm->program->accesses[i->c]),
        bytes_(uint32_t{info_.bytes} * info_.vec) {}

  bool Run() {
    if (vm_.checks) {
      const uint32_t undefined = lanes_ & ~*DefinedLanes(vm_.regs, vm_.defs, info_.address);
      if (undefined != 0) {
        ReportAt(&vm_, i_, undefined, FindingKind::kUninitializedAddress,
                 "an address depends on an uninitialised value");
      }
    }
    for (uint32_t rest = lanes_; rest != 0; rest &= rest - 1) {
      const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
      places_.of[lane] = Place();
      if (!Resolve(lane, places_.of[lane])) return false;
    }
    if (vm_.executed != nullptr) Trace();
    if (vm_.rng != nullptr && info_.effect != Effect::Load) {
      // No order of the lanes is promised.
      uint8_t order[32];
      uint32_t n = 0;
      for (uint32_t rest = lanes_; rest != 0; rest &= rest - 1) {
        order[n++] = static_cast<uint8_t>(std::countr_zero(rest));
      }
      for (uint32_t k = n; k > 0; --k) {
        std::swap(order[k - 1], order[vm_.rng->Below(k)]);
        Do(order[k - 1]);
        if (failed_) return false;
      }
    } else {
      for (uint32_t rest = lanes_; rest != 0; rest &= rest - 1) {
        Do(static_cast<uint32_t>(std::countr_zero(rest)));
        if (failed_) return false;
      }
    }
    if (info_.strong || info_.has_dst) NotePoll();
    return true;
  }

 private:
  void Do(uint32_t lane) {
    const Place& place = places_.of[lane];
    switch (info_.effect) {
      case Effect::Load:
        Load(lane, place);
        break;
      case Effect::Store:
        Store(lane, place);
        break;
      default:
        info_.is_mbarrier ? Mbarrier(lane, place) : Atomic(lane, place);
        break;
    }
  }

  // An atomic or volatile load that finds the same again and again waits for somebody else: the
  // warp ends its turn at its next branch.
  void NotePoll() {
    Warp& w = *vm_.warp;
    if (info_.effect == Effect::Store || vm_.launch == nullptr) return;
    w.poll_inst = info_.inst;
    w.poll_lanes = lanes_;
    w.poll_mbarrier = 0;
    if (info_.is_mbarrier) {
      w.poll_mbarrier = static_cast<uint32_t>(places_.of[std::countr_zero(lanes_)].offset) + 1;
    }
    const uint64_t place = HashCombine(info_.inst, lanes_);
    uint64_t found = 1;
    for (uint32_t rest = lanes_; rest != 0; rest &= rest - 1) {
      found = HashCombine(
          found, ReadLane(vm_.regs, info_.dsts[0], static_cast<uint32_t>(std::countr_zero(rest))));
    }
    Warp::Poll* poll = nullptr;
    for (Warp::Poll& p : w.poll_states) {
      if (p.place == place) poll = &p;
    }
    if (poll == nullptr || poll->found != found) {
      if (poll == nullptr) poll = &w.poll_states[w.next_poll++ % std::size(w.poll_states)];
      *poll = {place, found};
      w.polls = 0;
      return;
    }
    if (++w.polls < kIdlePolls) return;
    vm_.starved = true;
    if (vm_.slice < 0) return;
    vm_.fuel += vm_.slice + 1;
    vm_.slice = -1;
  }

  bool Fail(uint32_t lane, FindingKind kind, std::string message) {
    ReportAt(&vm_, i_, 1u << lane, kind, std::move(message));
    vm_.stop = Stop::kFatal;
    failed_ = true;
    return false;
  }
  const char* Verb() const {
    switch (info_.effect) {
      case Effect::Load:
        return "load";
      case Effect::Store:
        return "store";
      default:
        return info_.is_mbarrier ? "mbarrier" : "atomic";
    }
  }
  std::string What() const { return Format("{} of {} bytes", Verb(), bytes_); }

  bool Resolve(uint32_t lane, Place& place) {
    uint64_t address = ReadLane(vm_.regs, info_.address, lane);
    const bool wide = info_.address.width == Width::k64;
    if (wide) {
      address += static_cast<uint64_t>(int64_t{info_.offset});
    } else {
      address = static_cast<uint32_t>(address + static_cast<uint32_t>(info_.offset));
    }
    const Tag tag = TagOf(address);
    Space space = info_.space;
    if (space == Space::kGeneric) {
      space = tag == Tag::kShared                            ? Space::kShared
              : tag == Tag::kLocal || tag == Tag::kHostLocal ? Space::kLocal
              : tag == Tag::kConst                           ? Space::kConst
                                                             : Space::kGlobal;
    }
    place.space = space;
    if (info_.is_mbarrier && space != Space::kShared) {
      return Fail(lane, FindingKind::kWrongSpace, "an mbarrier that is not in shared memory");
    }
    if (space == Space::kShared) return InShared(lane, address, wide, place);
    if (space == Space::kLocal) return InLocal(lane, address, wide, place);
    const bool is_const = space == Space::kConst;
    if (tag == Tag::kShared || tag == Tag::kLocal || (is_const && tag == Tag::kGlobal)) {
      return Fail(lane, FindingKind::kWrongSpace,
                  Format("{} in {} memory through a pointer to other memory", What(),
                         is_const ? "constant" : "global"));
    }
    return InTable(lane, address, place);
  }

  template <typename Where>
  bool Aligned(uint32_t lane, uint64_t offset, const Where& where) {
    if (offset % bytes_ == 0) return true;
    return Fail(lane, FindingKind::kMisaligned,
                Format("{} at {} is not aligned to {} bytes", What(), where(), bytes_));
  }

  bool InShared(uint32_t lane, uint64_t address, bool wide, Place& place) {
    const Tag tag = wide ? TagOf(address) : Tag::kNone;
    if (tag != Tag::kNone && tag != Tag::kShared) {
      return Fail(lane, FindingKind::kWrongSpace,
                  Format("{} in shared memory through a pointer to other memory", What()));
    }
    const uint64_t offset = address & kOffsetMask;
    const bool inside = offset <= vm_.shared_bytes && bytes_ <= vm_.shared_bytes - offset;
    bool gap = !inside;
    for (uint32_t k = 0; inside && vm_.shared_state != nullptr && k < bytes_; ++k) {
      gap = gap || (vm_.shared_state[offset + k] & kByteGap) != 0;
    }
    if (gap) {
      return Fail(lane, FindingKind::kOutOfBounds,
                  Format("{} at {}", What(), DescribeShared(vm_, offset)));
    }
    if (!Aligned(lane, offset, [&] { return DescribeShared(vm_, offset); })) return false;
    place.offset = offset;
    place.data = vm_.shared + offset;
    place.state = vm_.shared_state != nullptr ? vm_.shared_state + offset : nullptr;
    return true;
  }

  bool InLocal(uint32_t lane, uint64_t address, bool wide, Place& place) {
    const Tag tag = wide ? TagOf(address) : Tag::kNone;
    if (tag == Tag::kHostLocal && !vm_.is_host) {
      return Fail(
          lane, FindingKind::kWrongSpace,
          Format("a kernel dereferences a host pointer: {} of a local variable of host code",
                 What()));
    }
    if (tag != Tag::kNone && tag != (vm_.is_host ? Tag::kHostLocal : Tag::kLocal)) {
      return Fail(lane, FindingKind::kWrongSpace,
                  Format("{} of a local variable through a pointer to other memory", What()));
    }
    const uint64_t offset = address & kOffsetMask;
    const bool inside = offset <= vm_.local_stride && bytes_ <= vm_.local_stride - offset;
    uint8_t* states = vm_.checks ? vm_.warp->local_state : nullptr;
    place.offset = offset + lane * vm_.local_stride;
    bool gap = !inside;
    for (uint32_t k = 0; inside && states != nullptr && k < bytes_; ++k) {
      gap = gap || (states[place.offset + k] & kByteGap) != 0;
    }
    if (gap) {
      return Fail(lane, FindingKind::kOutOfBounds,
                  Format("{} at {}", What(), DescribeLocal(*vm_.program, offset)));
    }
    if (!Aligned(lane, offset, [&] { return DescribeLocal(*vm_.program, offset); })) return false;
    place.data = vm_.local + place.offset;
    place.state = states != nullptr ? states + place.offset : nullptr;
    return true;
  }

  bool InTable(uint32_t lane, uint64_t address, Place& place) {
    Memory& memory = vm_.machine->memory;
    const AllocView* view = nullptr;
    int64_t offset = 0;
    const AccessError error = memory.Check(address, bytes_, &view, &offset);
    switch (error) {
      case AccessError::kNone:
        break;
      case AccessError::kNoMemory:
        return Fail(lane, FindingKind::kBadAddress,
                    address < 4096 ? Format("{} through a null pointer", What())
                                   : Format("{} at {:#x}, which is no address", What(), address));
      case AccessError::kFreed:
        return Fail(lane, FindingKind::kUseAfterFree,
                    Format("{} at byte {} of {}, which was freed", What(), offset,
                           memory.InfoOf(*view).name));
      case AccessError::kOutOfBounds:
        return Fail(lane, FindingKind::kOutOfBounds,
                    Format("{} at {}", What(), vm_.machine->Describe(*view, offset)));
    }
    const Tag tag = TagOf(view->key << kOffsetBits);
    if (vm_.is_host != (tag == Tag::kHost) && !view->managed) {
      return Fail(lane, FindingKind::kWrongSpace,
                  Format("{}: {} at {}",
                         vm_.is_host ? "host code dereferences a device pointer"
                                     : "a kernel dereferences a host pointer",
                         What(), vm_.machine->Describe(*view, offset)));
    }
    if (info_.effect != Effect::Load && view->read_only) {
      return Fail(lane, FindingKind::kWriteToConst,
                  Format("{} at {}", What(), vm_.machine->Describe(*view, offset)));
    }
    const auto where = [&] { return vm_.machine->Describe(*view, offset); };
    if (!Aligned(lane, static_cast<uint64_t>(offset), where)) return false;
    place.space = tag == Tag::kConst ? Space::kConst : Space::kGlobal;
    place.view = const_cast<AllocView*>(view);
    place.offset = static_cast<uint64_t>(offset);
    place.data = view->data + offset;
    if (vm_.checks && !view->foreign) {
      memory.NeedState(*place.view);
      place.state = view->state + offset;
    }
    return true;
  }

  void Trace() {
    uint64_t offsets[32] = {};
    for (uint32_t rest = lanes_; rest != 0; rest &= rest - 1) {
      const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
      offsets[lane] = places_.of[lane].offset;
    }
    const Place& first = places_.of[std::countr_zero(lanes_)];
    TraceMoved(&vm_, i_, lanes_, first.space, first.view, offsets);
  }

  // Whether happens-before is followed at this place.
  bool IsOrdered(const Place& p) const {
    return vm_.checks && vm_.launch != nullptr && p.space != Space::kLocal &&
           p.space != Space::kConst && (p.view == nullptr || !p.view->foreign);
  }

  bool IsBlockScope() const {
    return info_.effect == Effect::Atomic &&
           vm_.machine->module.insts[info_.inst].scope == ir::Scope::kCta;
  }

  RaceClass ClassAt(const Place& p) const {
    // An mbarrier that is made over one in use is a race. One that is ended is none with waiting
    // for it: a wait that comes later is told by what it finds.
    if (info_.is_mbarrier && info_.mbarrier == ir::Mbarrier::kInit) return RaceClass::kPlain;
    if (info_.effect == Effect::Atomic) return RaceClass::kAtomic;
    if (info_.strong) {
      const bool waits = p.space == Space::kShared ? info_.polls : info_.decides;
      const bool data = info_.effect == Effect::Load && !waits && !info_.acquires;
      return data ? RaceClass::kTolerant : RaceClass::kVolatile;
    }
    return info_.tolerant ? RaceClass::kTolerant : RaceClass::kPlain;
  }

  // A volatile load of data does not race with a store that the lane has waited for.
  RaceClass ClassAfterWaiting(uint32_t lane, const Place& p, const RaceMap& map) const {
    const RaceClass plain = ClassAt(p);
    if (!info_.strong || info_.effect != Effect::Load || map.words == nullptr) return plain;
    const uint64_t grain = p.offset >> map.grain_log2;
    const WarpSync::Seen now = {KeyOf(p), map.Field(kWriteEpoch)[grain],
                                map.Field(kWriteWho)[grain]};
    WarpSync::Seen& seen = vm_.warp->sync->seen[lane];
    if (plain == RaceClass::kVolatile) seen = now;
    return seen == now ? RaceClass::kVolatile : plain;
  }

  std::string Describe(uint32_t lane, const Place& p) const {
    if (p.view != nullptr) {
      return vm_.machine->Describe(*p.view, static_cast<int64_t>(p.offset));
    }
    if (p.space == Space::kShared) return DescribeShared(vm_, p.offset);
    return DescribeLocal(*vm_.program, p.offset - lane * vm_.local_stride);
  }

  // Reports an access of host code to managed memory that a launch uses which may not be over.
  void NoteHostRace(uint32_t lane, const Place& p, bool is_write) {
    if (p.view == nullptr || !p.view->managed || p.view->races == nullptr) return;
    const RaceFound found =
        FindHostRace(*p.view->races, p.offset, bytes_, is_write, vm_.machine->unsynced_epoch);
    if (!found.found) return;
    ReportAt(&vm_, i_, 1u << lane, FindingKind::kRaceHost,
             HostRaceText(Describe(lane, p), is_write, found),
             vm_.machine->module.insts[found.other_inst].loc);
  }

  // Marks lane's access for race detection; reports a race.
  void NoteRace(uint32_t lane, const Place& p, bool is_write, bool keeps_value) {
    if (vm_.is_host && vm_.checks) NoteHostRace(lane, p, is_write);
    if (!IsOrdered(p)) return;
    const bool is_shared = p.space == Space::kShared;
    RaceMap* map = vm_.shared_races;
    uint64_t size = vm_.shared_bytes;
    if (!is_shared) {
      if (p.view->races == nullptr) p.view->races = new RaceMap;
      map = p.view->races;
      size = p.view->size;
    }
    const RaceFound found = NoteAccess(&vm_, *map, size,
                                       {.offset = p.offset,
                                        .bytes = bytes_,
                                        .lane = lane,
                                        .inst = info_.inst,
                                        .kind = ClassAfterWaiting(lane, p, *map),
                                        .is_write = is_write,
                                        .keeps_value = keeps_value,
                                        .is_shared = is_shared,
                                        .block_scope = IsBlockScope()});
    if (found.found) ReportRace(lane, p, is_write, found);
  }

  void ReportRace(uint32_t lane, const Place& p, bool is_write, const RaceFound& found) {
    const bool is_shared = p.space == Space::kShared;
    const FindingKind kind = found.benign ? FindingKind::kBenignRace
                             : is_shared  ? FindingKind::kRaceShared
                                          : FindingKind::kRaceGlobal;
    vm_.surcharge += kRaceFuel;
    if (vm_.machine->CountRepeat(
            kind, {.loc = vm_.machine->module.insts[info_.inst].loc, .kernel = KernelName()},
            found.benign)) {
      return;
    }
    const uint32_t thread = vm_.warp->index * 32 + lane;
    const bool is_own = IsOwnRecord(vm_, thread, found);
    const std::string message = RaceText(vm_, thread, Describe(lane, p), is_write, found);
    const diag::Loc other = is_own ? diag::Loc{} : vm_.machine->module.insts[found.other_inst].loc;
    ReportAt(&vm_, i_, 1u << lane, kind, message, other, found.benign);
  }
  std::string_view KernelName() const {
    return vm_.machine->module.functions[vm_.launch->launch->kernel.index].name;
  }

  // The place an atomic or volatile access synchronises at.
  uint64_t KeyOf(const Place& p) const {
    const uint64_t at = p.offset & ~uint64_t{3};
    if (p.space != Space::kShared) return p.view->key << kOffsetBits | at;
    return KeyOfShared(vm_.launch->current_block, at);
  }
  void Synchronise(uint32_t lane, const Place& p, bool reads, bool writes) {
    if (!vm_.has_fence || !IsOrdered(p)) return;
    SyncTable& sync = vm_.launch->sync;
    vm_.surcharge += kSyncFuel;
    if (reads) sync.Acquire(&vm_, lane, KeyOf(p));
    if (writes) sync.Release(&vm_, lane, KeyOf(p), info_.effect == Effect::Atomic);
  }

  void SetDefined(const SlotRef& slot, uint32_t lane, bool defined) {
    uint32_t& word = *DefinedLanes(vm_.regs, vm_.defs, slot);
    word = defined ? word | 1u << lane : word & ~(1u << lane);
  }
  bool IsDefined(const SlotRef& slot, uint32_t lane) const {
    return (*DefinedLanes(vm_.regs, vm_.defs, slot) >> lane & 1) != 0;
  }
  static bool Initialised(const uint8_t* state, uint32_t bytes) {
    for (uint32_t k = 0; k < bytes; ++k) {
      if ((state[k] & kByteInit) == 0) return false;
    }
    return true;
  }

  // Of a size known only here a copy is slow: bytes written one way and read another.
  static uint64_t ReadBytes(const uint8_t* data, uint32_t bytes) {
    const auto read = [data](auto value) {
      memcpy(&value, data, sizeof(value));
      return uint64_t{value};
    };
    switch (bytes) {
      case 1:
        return read(uint8_t{});
      case 2:
        return read(uint16_t{});
      case 4:
        return read(uint32_t{});
      default:
        return read(uint64_t{});
    }
  }

  // Reports the use of what an earlier call left in a variable of the module.
  void NoteKept(uint32_t lane, const Place& p) {
    if (p.state == nullptr || p.view == nullptr) return;
    uint8_t any = 0;
    for (uint32_t k = 0; k < bytes_; ++k) any |= p.state[k];
    if ((any & kByteKept) == 0) return;
    for (uint32_t k = 0; k < bytes_; ++k) p.state[k] &= static_cast<uint8_t>(~kByteKept);
    ReportAt(&vm_, i_, 1u << lane, FindingKind::kStateKept,
             Format("{} has what an earlier call left there",
                    vm_.machine->Describe(*p.view, static_cast<int64_t>(p.offset))),
             vm_.machine->memory.InfoOf(*p.view).loc, true);
  }

  void Load(uint32_t lane, const Place& p) {
    NoteKept(lane, p);
    NoteRace(lane, p, false, false);
    if (info_.strong) Synchronise(lane, p, true, false);
    for (uint32_t e = 0; e < info_.vec; ++e) {
      uint64_t bits = ReadBytes(p.data + e * info_.bytes, info_.bytes);
      const SlotRef& d = info_.dsts[e];
      if (ir::IsSigned(info_.type) && info_.bytes < 8 && (bits >> (8 * info_.bytes - 1) & 1) != 0) {
        bits |= ~uint64_t{0} << (8 * info_.bytes);
      }
      WriteLane(vm_.regs, d, lane, bits);
      if (p.state != nullptr) {
        const bool known = info_.inserts || Initialised(p.state + e * info_.bytes, info_.bytes);
        SetDefined(d, lane, known);
        if (!known) {
          NoteUndefinedRead(lane, p);
          NotePartial(d, lane, p.state + e * info_.bytes);
        }
      } else if (vm_.checks) {
        SetDefined(d, lane, true);  // what the process holds counts as initialised
      }
      if (vm_.shadows != nullptr) {
        const ShadowMap* map = p.view != nullptr ? p.view->shadows : MapOf(p);
        ShadowLoad(&vm_, map, p.offset + e * info_.bytes, info_.bytes, bits, info_, d, lane);
      }
    }
  }

  void Store(uint32_t lane, const Place& p) {
    uint64_t values[4];
    bool same = IsOrdered(p);  // else nobody asks, and the old value may be far away
    for (uint32_t e = 0; e < info_.vec; ++e) {
      values[e] = ReadLane(vm_.regs, info_.srcs[e], lane);
      same = same && memcmp(p.data + e * info_.bytes, &values[e], info_.bytes) == 0;
    }
    NoteRace(lane, p, true, same);
    if (info_.strong) Synchronise(lane, p, false, true);
    const bool later = info_.later && p.state != nullptr && vm_.warp->sync != nullptr;
    for (uint32_t e = 0; e < info_.vec; ++e) {
      memcpy(p.data + e * info_.bytes, &values[e], info_.bytes);
      if (p.state != nullptr) {
        const bool defined = IsDefined(info_.srcs[e], lane);
        const bool now = defined && !later;
        if (defined && later) {
          vm_.warp->sync->late.Add(lane, p.state + e * info_.bytes, info_.bytes);
        }
        memset(p.state + e * info_.bytes, now ? kByteInit | kByteWritten : kByteWritten,
               info_.bytes);
        if (!defined && !later && vm_.warp->sync != nullptr) {
          const uint32_t mask =
              vm_.warp->sync->partial_values.MaskOf(info_.srcs[e].offset, lane, values[e]);
          for (uint32_t k = 0; mask != 0 && k < info_.bytes; ++k) {
            if ((mask >> k & 1) != 0) p.state[e * info_.bytes + k] |= kByteInit;
          }
        }
        if (!defined && p.view != nullptr) NoteUndefinedStore(p);
      }
      if (vm_.shadows != nullptr) {
        ShadowStore(&vm_, MapOf(p), p.offset + e * info_.bytes, info_.type, info_.bytes, values[e],
                    info_, info_.srcs[e], lane);
      }
    }
  }

  void NotePartial(const SlotRef& slot, uint32_t lane, const uint8_t* state) {
    if (vm_.warp->sync == nullptr) return;
    uint32_t mask = 0;
    for (uint32_t k = 0; k < info_.bytes; ++k) mask |= (state[k] & kByteInit) != 0 ? 1u << k : 0;
    vm_.warp->sync->partial_values.Note(slot.offset, lane, ReadLane(vm_.regs, slot, lane), mask);
  }

  // Remembers where an undefined value came from.
  void NoteUndefinedRead(uint32_t lane, const Place& p) {
    Machine& machine = *vm_.machine;
    if (!machine.undefined_read_text.empty()) return;
    machine.undefined_read = SiteOf(&vm_, info_.inst, lane);
    const bool late = vm_.program->has_late_copies && p.space == Space::kShared;
    machine.undefined_read_text = Format(
        "the first read of uninitialised memory in this run: {}{}", Describe(lane, p),
        late ? "; what cp.async copies there is defined once cp.async.wait_group says so" : "");
  }

  void NoteUndefinedStore(const Place& p) {
    Allocation& a = vm_.machine->memory.InfoOf(*p.view);
    if (a.undefined_stored) return;
    a.undefined_stored = true;
    a.undefined_loc = vm_.machine->module.insts[info_.inst].loc;
  }

  void Atomic(uint32_t lane, const Place& p) {
    uint64_t old = 0;
    memcpy(&old, p.data, info_.bytes);
    const uint64_t b = ReadLane(vm_.regs, info_.srcs[0], lane);
    const uint64_t c =
        info_.atomic == ir::Atomic::kCas ? ReadLane(vm_.regs, info_.srcs[1], lane) : 0;
    const uint64_t result =
        AtomicValue(info_.atomic, info_.type, old, b, c, p.space == Space::kGlobal);
    if (info_.atomic != ir::Atomic::kExch || info_.has_dst) NoteKept(lane, p);
    NoteRace(lane, p, true, false);
    const bool fails = info_.atomic == ir::Atomic::kCas && old != (b & ir::MaskOf(info_.type));
    Synchronise(lane, p, info_.has_dst, !fails);
    memcpy(p.data, &result, info_.bytes);
    if (ir::IsFloat(info_.type) || info_.has_dst) {
      vm_.machine->report.has_order_dependent_atomics = true;
    }
    if (p.state != nullptr) {
      const bool known = Initialised(p.state, info_.bytes);
      const bool stays = info_.atomic == ir::Atomic::kExch || known;
      const bool defined = IsDefined(info_.srcs[0], lane) && stays;
      memset(p.state, defined ? kByteInit | kByteWritten : kByteWritten, info_.bytes);
      if (!defined && p.view != nullptr) NoteUndefinedStore(p);
      if (info_.has_dst) SetDefined(info_.dsts[0], lane, known);
      if (!known && (info_.has_dst || info_.atomic != ir::Atomic::kExch))
        NoteUndefinedRead(lane, p);
    } else if (vm_.checks && info_.has_dst) {
      SetDefined(info_.dsts[0], lane, true);
    }
    if (vm_.shadows != nullptr) {
      ShadowAtomic(&vm_, MapOf(p), p.offset, info_, old, result, lane);
    }
    if (info_.has_dst) WriteLane(vm_.regs, info_.dsts[0], lane, old);
  }

  // Arrivals and completed bytes release what the lane has done, unless they are relaxed; who sees
  // the phase complete knows it.
  void Mbarrier(uint32_t lane, const Place& p) {
    const ir::Mbarrier what = info_.mbarrier;
    const bool tests = what >= ir::Mbarrier::kTestState, makes = what == ir::Mbarrier::kInit;
    uint64_t word = 0;
    memcpy(&word, p.data, 8);
    if (!makes && p.state != nullptr && !Initialised(p.state, 8)) {
      Fail(lane, FindingKind::kBadMbarrier,
           Format("{} is no mbarrier: nothing has made it one", Describe(lane, p)));
      return;
    }
    const uint64_t value = ReadLane(vm_.regs, info_.srcs[0], lane);
    const ir::MbarrierStep step = ir::StepMbarrier(what, word, value);
    NoteRace(lane, p, !tests, false);
    if (step.fault != ir::MbarrierFault::kNone) {
      Fail(lane, FindingKind::kBadMbarrier,
           MbarrierFaultText(step.fault, word, value, Describe(lane, p)));
      return;
    }
    if (makes && vm_.launch != nullptr) vm_.launch->mbarriers[p.offset] = info_.inst;
    if (IsOrdered(p)) {
      SyncTable& sync = vm_.launch->sync;
      const bool arrives = what >= ir::Mbarrier::kArrive && what <= ir::Mbarrier::kArriveCopies &&
                           what != ir::Mbarrier::kExpectTx;
      const bool relaxed = vm_.machine->module.insts[info_.inst].order == ir::Order::kRelaxed;
      vm_.surcharge += kSyncFuel;
      if (what <= ir::Mbarrier::kInval) sync.ForgetPhases(KeyOf(p));
      if (arrives && !relaxed) sync.Arrive(&vm_, lane, KeyOf(p));
      if (step.completes) sync.Complete(KeyOf(p));
      if (tests && step.result != 0 && !relaxed) sync.Wait(&vm_, lane, KeyOf(p));
    }
    memcpy(p.data, &step.word, 8);
    if (p.state != nullptr && !tests) {
      memset(p.state, what == ir::Mbarrier::kInval ? kByteWritten : kByteInit | kByteWritten, 8);
    }
    if (!info_.has_dst) return;
    WriteLane(vm_.regs, info_.dsts[0], lane, step.result);
    if (vm_.checks) SetDefined(info_.dsts[0], lane, true);
    if (vm_.shadows != nullptr && info_.dsts[0].width != Width::kPred) {
      vm_.shadows->Drop(info_.dsts[0].offset, 1u << lane);
    }
  }

  ShadowMap* MapOf(const Place& p) {
    if (p.space == Space::kShared) return vm_.shared_shadows;
    if (p.space == Space::kLocal) return vm_.local_shadows;
    if (p.view->shadows == nullptr) p.view->shadows = new ShadowMap(p.view->size);
    return p.view->shadows;
  }

  Vm& vm_;
  const VmInst* i_;
  uint32_t lanes_;
  const AccessInfo& info_;
  uint32_t bytes_;  // of the whole access of one lane
  bool failed_ = false;
  union Places {  // of the lanes that are active; most are one lane's alone
    Places() {}
    Place of[32];
  };
  Places places_;
};

}  // namespace

const VmInst* AccessSlow(Vm* vm, const VmInst* i, uint32_t lanes) {
  if (lanes == 0) return i + 1;
  vm->touching = i;
  vm->surcharge += std::popcount(lanes) / kLanesPerFuel;
  return Accessor(vm, i, lanes).Run() ? i + 1 : nullptr;
}

}  // namespace ws::exec
