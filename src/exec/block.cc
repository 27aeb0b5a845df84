#include "exec/block.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/format.h"
#include "base/hash.h"
#include "exec/vm/atomic.h"
#include "exec/vm/race_text.h"
#include "ir/barriers.h"

namespace ws::exec {
namespace {

constexpr uint32_t kSpinRounds = 2;  // rounds without progress before other blocks are tried
constexpr uint32_t kSharedTail = 128;

void Fill(char* regs, uint32_t* defs, SlotRef slot, uint64_t bits) {
  for (uint32_t lane = 0; lane < 32; ++lane) WriteLane(regs, slot, lane, bits);
  *DefinedLanes(regs, defs, slot) = kAllLanes;
}

uint64_t ParamBits(const Launch& launch, const ParamSlot& p) {
  uint64_t bits = 0;
  const uint32_t bytes = ir::BytesOf(p.type);
  if (uint64_t{p.param_offset} + bytes > launch.params.size()) return 0;
  memcpy(&bits, launch.params.data() + p.param_offset, bytes);
  if (ir::IsSigned(p.type) && bytes < 4 && (bits >> (8 * bytes - 1) & 1) != 0) {
    bits |= ~uint64_t{0} << (8 * bytes);
  }
  return bits;
}

}  // namespace

void FillConstants(const Program& program, char* regs, uint32_t* defs) {
  for (const ConstantSlot& c : program.constants) {
    if (c.slot.width == Width::kPred) {
      uint32_t* word = reinterpret_cast<uint32_t*>(regs + c.slot.offset);
      word[0] = c.bits != 0 ? kAllLanes : 0;
      word[1] = kAllLanes;
    } else {
      Fill(regs, defs, c.slot, c.bits);
    }
  }
}

ResidentBlock::ResidentBlock(Machine& machine, LaunchState& launch)
    : machine_(machine),
      launch_(launch),
      program_(*launch.program),
      checks_(machine.options.checks),
      registers_(nullptr, &std::free) {
  const Dim3& size = launch.launch->block;
  threads_ = size[0] * size[1] * size[2];
  const uint32_t num_warps = (threads_ + 31) / 32;
  const size_t warp_bytes = program_.total_bytes;
  const size_t warp_words = program_.total_bytes / 128 + 1;
  registers_.reset(static_cast<char*>(std::aligned_alloc(128, num_warps * warp_bytes + 128)));
  for (uint32_t w = 0; w < num_warps; ++w) {
    char* const bank = registers_.get() + w * warp_bytes;
    memset(bank, 0, program_.predicate_bytes);
    memset(bank + program_.predicate_bytes, kPoison, warp_bytes - program_.predicate_bytes);
  }
  defs_.assign(num_warps * warp_words, 0);
  local_stride_ = program_.LocalBytes(machine.StackBytes());
  local_.assign(size_t{num_warps} * 32 * local_stride_ + 64, kPoison);
  if (program_.recursive()) stacks_.resize(num_warps);
  if (checks_) local_state_.assign(local_.size(), 0);
  shared_bytes_ = program_.shared_bytes;
  if (launch.launch->dynamic_shared_bytes > 0) {
    shared_bytes_ = program_.dynamic_shared_offset + launch.launch->dynamic_shared_bytes;
  }
  shared_.assign(shared_bytes_ + kSharedTail, kPoison);
  if (checks_) shared_state_.resize(shared_.size());
  if (machine.options.domain != Domain::kNone) {
    shared_shadows_ = std::make_unique<ShadowMap>(shared_.size());
  }
  warps_.resize(num_warps);
  if (checks_) {
    syncs_.resize(num_warps);
    shared_races_.Prepare(shared_.size(), 4);
  }
  for (uint32_t w = 0; w < num_warps; ++w) {
    Warp& warp = warps_[w];
    warp.index = w;
    warp.regs = registers_.get() + w * warp_bytes;
    warp.defs = defs_.data() + w * warp_words;
    warp.local = local_.data() + size_t{w} * 32 * local_stride_;
    warp.stack = stacks_.empty() ? nullptr : &stacks_[w];
    warp.local_state = checks_ ? local_state_.data() + (warp.local - local_.data()) : nullptr;
    warp.sync = checks_ ? &syncs_[w] : nullptr;
    const uint32_t left = threads_ - w * 32;
    warp.lanes = left >= 32 ? kAllLanes : (1u << left) - 1;
    FillConstants(program_, warp.regs, warp.defs);
    for (const ParamSlot& p : program_.params) {
      Fill(warp.regs, warp.defs, p.slot, ParamBits(*launch.launch, p));
    }
    if (program_.uses_param_memory) {
      Fill(warp.regs, warp.defs, program_.param_memory, launch.param_memory);
    }
    if (machine.options.domain != Domain::kNone) {
      shadows_.push_back(std::make_unique<ShadowBank>(program_.total_bytes));
      local_shadows_.push_back(std::make_unique<ShadowMap>(32 * local_stride_));
    }
  }
}

void ResidentBlock::NextEpoch() {
  // If another block has begun an epoch since, this block's epochs are no longer one range.
  if (machine_.memory.next_epoch != epoch_ + 1) block_epoch_ = machine_.memory.next_epoch;
  const uint32_t last = epoch_;
  epoch_ = machine_.memory.next_epoch++;
  launch_.epoch_block.resize(epoch_ - launch_.first_epoch + 1, linear_);
  if (!checks_) return;
  KnowledgeId all = 0;
  for (const Warp& w : warps_) {
    all = launch_.sync.Join(all, w.sync->known[0]);
    if (w.sync->dirty) all = launch_.sync.JoinLanes(*w.sync, w.lanes, all);
  }
  if (std::ranges::any_of(syncs_, &WarpSync::fenced_in_epoch)) {
    std::vector<SyncTable::Party> all;
    for (WarpSync& s : syncs_) all.push_back({&s, kAllLanes});
    launch_.sync.MeetAfterFences(all, 0, last);
  }
  for (Warp& w : warps_) w.sync->Begin(w.index, all);
}

void ResidentBlock::Start(uint32_t linear) {
  linear_ = linear;
  stuck_at_ = 0;
  memset(arrivals_, 0, sizeof(arrivals_));
  epoch_ = machine_.memory.next_epoch - 1;
  block_epoch_ = start_epoch_ = machine_.memory.next_epoch;
  const Dim3 block = launch_.BlockIndex(linear);
  const Dim3 &size = launch_.launch->block, &grid = launch_.launch->grid;
  if (checks_) {
    memset(shared_.data(), kPoison, shared_.size());
    memset(shared_state_.data(), kByteGap, shared_state_.size());
    const ir::Module& m = machine_.module;
    for (uint32_t g = 0; g < m.globals.size(); ++g) {
      const uint32_t at = program_.shared_offset[g];
      if (at == Program::kNoOffset) continue;
      const uint64_t bytes = m.globals[g].is_dynamic_shared ? launch_.launch->dynamic_shared_bytes
                                                            : m.globals[g].bytes;
      if (at + bytes <= shared_bytes_) memset(shared_state_.data() + at, 0, bytes);
    }
    for (size_t at = 0; local_stride_ > 0 && at + local_stride_ <= local_.size();
         at += local_stride_) {
      memcpy(local_state_.data() + at, program_.frame_state.data(), program_.frame_bytes);
      memset(local_state_.data() + at + program_.frame_bytes, kByteGap,
             local_stride_ - program_.frame_bytes);
    }
  }
  if (shared_shadows_ != nullptr) {
    std::fill(shared_shadows_->entries.begin(), shared_shadows_->entries.end(), ShadowEntry{});
  }
  for (Warp& w : warps_) {
    w.live = w.lanes;
    if (w.stack != nullptr) w.stack->Reset(program_, machine_.StackBytes());
    w.num_groups = 1;
    w.groups[0] = {program_.entry, w.lanes, 0, GroupState::kReady};
    w.at_barrier = false;
    w.voters = w.votes = w.reduction = 0;
    w.vote_undefined = false;
    w.polls = 0;
    std::fill(std::begin(w.poll_states), std::end(w.poll_states), Warp::Poll{});
    if (checks_) {
      w.sync->Reset(program_.has_fence);
      // Registers of functions start undefined; the slots behind them are constants.
      for (uint32_t at = 4; at < program_.predicate_bytes; at += 8) {
        memset(w.regs + at, 0, 4);
      }
      memset(w.defs, 0, program_.register_bytes / 128 * 4);
    }
    for (const SpecialSlot& s : program_.specials) {
      for (uint32_t lane = 0; lane < 32; ++lane) {
        const uint32_t t = w.index * 32 + lane;
        uint64_t v = 0;
        switch (s.special) {
          case ir::Special::kTidX:
            v = t % size[0];
            break;
          case ir::Special::kTidY:
            v = t / size[0] % size[1];
            break;
          case ir::Special::kTidZ:
            v = t / (size[0] * size[1]);
            break;
          case ir::Special::kNtidX:
            v = size[0];
            break;
          case ir::Special::kNtidY:
            v = size[1];
            break;
          case ir::Special::kNtidZ:
            v = size[2];
            break;
          case ir::Special::kCtaidX:
            v = block[0];
            break;
          case ir::Special::kCtaidY:
            v = block[1];
            break;
          case ir::Special::kCtaidZ:
            v = block[2];
            break;
          case ir::Special::kNctaidX:
            v = grid[0];
            break;
          case ir::Special::kNctaidY:
            v = grid[1];
            break;
          case ir::Special::kNctaidZ:
            v = grid[2];
            break;
          case ir::Special::kLaneid:
            v = lane;
            break;
          case ir::Special::kWarpid:
            v = w.index;
            break;
          case ir::Special::kNwarpid:
            v = warps_.size();
            break;
          case ir::Special::kLanemaskEq:
            v = 1u << lane;
            break;
          case ir::Special::kLanemaskLt:
            v = (1u << lane) - 1;
            break;
          case ir::Special::kLanemaskLe:
            v = (2u << lane) - 1;
            break;
          case ir::Special::kLanemaskGt:
            v = ~((2u << lane) - 1);
            break;
          case ir::Special::kLanemaskGe:
            v = ~((1u << lane) - 1);
            break;
          case ir::Special::kNsmid:
            v = 1;
            break;
          case ir::Special::kDynamicSmemSize:
            v = launch_.launch->dynamic_shared_bytes;
            break;
          case ir::Special::kTotalSmemSize:
            v = uint64_t{program_.static_shared_bytes} + launch_.launch->dynamic_shared_bytes;
            break;
          case ir::Special::kEnvreg1:
            v = launch_.workspace >> 32;
            break;
          case ir::Special::kEnvreg2:
            v = launch_.workspace;
            break;
          case ir::Special::kClock:
          case ir::Special::kClock64:
          case ir::Special::kSmid:
          case ir::Special::kGridid:
          case ir::Special::kCount:
            break;
        }
        WriteLane(w.regs, s.slot, lane, v & (s.slot.width == Width::k64 ? ~0ull : 0xffffffffull));
      }
      *DefinedLanes(w.regs, w.defs, s.slot) = kAllLanes;
    }
    if (!shadows_.empty()) shadows_[w.index]->Clear();
  }
  NextEpoch();
}

void ResidentBlock::Enter(Vm& vm, Warp& warp) {
  vm.warp = &warp;
  vm.regs = warp.regs;
  vm.defs = warp.defs;
  vm.local = warp.local;
  vm.local_stride = local_stride_;
  vm.shared = shared_.data();
  vm.shared_bytes = shared_bytes_;
  vm.shared_state = checks_ ? shared_state_.data() : nullptr;
  vm.shared_races = &shared_races_;
  vm.epoch = epoch_;
  vm.first_epoch = launch_.first_epoch;
  vm.block_epoch = block_epoch_;
  vm.shared_epoch = start_epoch_;
  vm.epoch_block = launch_.epoch_block.data();
  vm.block = linear_;
  vm.has_fence = program_.has_fence;
  vm.arrivals = arrivals_;
  if (!shadows_.empty()) {
    vm.shadows = shadows_[warp.index].get();
    vm.shared_shadows = shared_shadows_.get();
    vm.local_shadows = local_shadows_[warp.index].get();
  }
  launch_.current_block = linear_;
}

BlockStatus ResidentBlock::Run(Vm& vm, Rng& rng, bool random) {
  std::vector<uint32_t> order(warps_.size());
  for (uint32_t w = 0; w < order.size(); ++w) order[w] = w;
  uint32_t spins = 0;
  while (true) {
    if (random) {
      for (size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[rng.Below(k)]);
    }
    bool waiting = false, yielded = false, progress = false;
    if (random && rng.Below(8) == 0) return BlockStatus::kPreempted;
    for (const uint32_t w : order) {
      Warp& warp = warps_[w];
      if (warp.at_barrier) {
        waiting = true;
        continue;
      }
      if (warp.num_groups == 0) continue;
      Enter(vm, warp);
      RunWarp(vm);
      switch (vm.stop) {
        case Stop::kDone:
          progress = true;
          break;
        case Stop::kBarrier:
          warp.at_barrier = true;
          waiting = true;
          progress = true;
          break;
        case Stop::kYield:
          yielded = true;
          progress = progress || !IsIdle(warp);
          break;
        case Stop::kFuel:
          machine_.Report(FindingKind::kNoFuel, SiteOf(&vm, program_.origin[PlaceOf(warp)], 0),
                          Format("the budget of {} warp instructions is used up",
                                 machine_.options.limits.fuel));
          return BlockStatus::kStopped;
        case Stop::kFatal:
          return BlockStatus::kStopped;
      }
    }
    if (yielded) {
      // Threads that all have come to a barrier with a count do not wait for those that spin.
      if (!progress && waiting && ReleaseBarriers(vm)) {
        ++launch_.barriers;
        progress = true;
      }
      spins = progress ? 0 : spins + 1;
      launch_.progress += progress ? 1 : 0;
      if (spins < kSpinRounds) continue;
      stuck_at_ = launch_.progress;
      return BlockStatus::kSpinning;
    }
    if (!waiting) return BlockStatus::kDone;
    if (!ReleaseBarriers(vm)) {
      ReportBarrier(vm);
      return BlockStatus::kStopped;
    }
    ++launch_.barriers;
    ++launch_.progress;
    spins = 0;
  }
}

uint32_t ResidentBlock::PlaceOf(const Warp& warp) const {
  uint32_t lowest = warp.num_groups == 0 ? program_.entry : warp.groups[0].position;
  for (uint32_t g = 1; g < warp.num_groups; ++g) {
    lowest = std::min(lowest, warp.groups[g].position);
  }
  return lowest;
}

uint32_t ResidentBlock::LanesAt(const Warp& w, uint32_t id, const Group** first) const {
  uint32_t lanes = 0;
  if (w.index >= passing_) return 0;
  for (uint32_t g = 0; w.at_barrier && g < w.num_groups; ++g) {
    const Group& group = w.groups[g];
    if (group.state != GroupState::kBarrier || group.barrier != id) continue;
    lanes |= group.lanes;
    if (first != nullptr && *first == nullptr) *first = &group;
  }
  return lanes;
}

bool ResidentBlock::ReleaseBarriers(Vm& vm) {
  bool released = false, whole = false;
  for (uint32_t id = 0; id <= ir::kClusterBarrier; ++id) {
    uint32_t arrived = arrivals_[id], threads = 0, ended = 0, bypassed = 0;
    const Group* first = nullptr;
    bool same = true, same_count = true, all = true;
    passing_ = static_cast<uint32_t>(warps_.size());
    for (const Warp& w : warps_) {
      const Group* own = nullptr;
      const uint32_t lanes = LanesAt(w, id, &own);
      all = all && lanes == w.lanes;
      if (lanes == 0) continue;
      if (first == nullptr) first = own;
      same = same && (SameBarrier(*own, *first) || (own->apart && first->apart));
      same_count = same_count && own->threads == first->threads;
      threads += static_cast<uint32_t>(__builtin_popcount(lanes));
      arrived += ThreadsAtBarrier(w, lanes, own->apart);
      if (first->threads != 0 && arrived >= first->threads && w.index + 1 < warps_.size()) {
        // The others are the next to meet.
        all = false;
        passing_ = w.index + 1;
        break;
      }
    }
    if (first == nullptr) continue;
    for (const Warp& w : warps_) {
      ended += static_cast<uint32_t>(__builtin_popcount(w.lanes & ~w.live));
      if (checks_) bypassed |= BypassedBy(&vm, w, BarrierOf(program_, *first));
    }
    const bool complete = first->threads != 0
                              ? arrived >= first->threads
                              : threads + ended == threads_ && same && bypassed == 0;
    if (!complete || !same_count) continue;
    released = true;
    whole = whole || all || first->threads == 0;
    arrivals_[id] = 0;
    Reduce(vm, id);
    if (checks_ && !whole) OrderThoseAt(vm, id);
    for (Warp& w : warps_) {
      if (LanesAt(w, id) == 0) continue;
      for (uint32_t g = 0; g < w.num_groups; ++g) {
        Group& group = w.groups[g];
        if (group.state != GroupState::kBarrier || group.barrier != id) continue;
        group = {group.position, group.lanes, group.turn, GroupState::kReady};
        w.at_barrier = false;
      }
    }
  }
  passing_ = static_cast<uint32_t>(warps_.size());
  if (whole) NextEpoch();
  return released;
}

void ResidentBlock::OrderThoseAt(Vm& vm, uint32_t id) {
  SyncTable& sync = launch_.sync;
  const uint64_t key = KeyOfBarrier(linear_, id);
  std::vector<SyncTable::Party> here;
  bool fenced = false;
  for (Warp& w : warps_) {
    const uint32_t lanes = LanesAt(w, id);
    here.push_back({w.sync, lanes});
    if (lanes == 0) continue;
    Enter(vm, w);
    sync.MeetLanes(&vm, lanes);
    fenced |= w.sync->fenced_in_epoch;
    for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
      sync.Arrive(&vm, static_cast<uint32_t>(__builtin_ctz(rest)), key);
      if (lanes == w.lanes) break;  // one of them knows what all did
    }
  }
  sync.Complete(key);
  for (Warp& w : warps_) {
    Enter(vm, w);
    for (uint32_t rest = here[w.index].lanes; rest != 0; rest &= rest - 1) {
      sync.Wait(&vm, static_cast<uint32_t>(__builtin_ctz(rest)), key);
    }
  }
  if (fenced) sync.MeetAfterFences(here, 0, epoch_);
}

void ResidentBlock::Reduce(Vm& vm, uint32_t id) {
  uint32_t voters = 0, votes = 0;
  bool undefined = false;
  for (const Warp& w : warps_) {
    if (LanesAt(w, id) == 0 || w.reduction == 0) continue;
    voters += w.voters;
    votes += w.votes;
    undefined |= w.vote_undefined;
  }
  for (Warp& w : warps_) {
    const uint32_t lanes = LanesAt(w, id);
    if (lanes == 0 || w.reduction == 0) continue;
    const GenericInfo& info = program_.generics[w.reduction - 1];
    uint64_t value = votes;
    const auto sum = static_cast<ir::BarrierSum>(machine_.module.insts[info.inst].sub);
    if (sum == ir::BarrierSum::kAnd) value = votes == voters ? 1 : 0;
    if (sum == ir::BarrierSum::kOr) value = votes != 0 ? 1 : 0;
    const SlotRef& to = info.operands[0];
    for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
      WriteLane(w.regs, to, static_cast<uint32_t>(__builtin_ctz(rest)), value);
    }
    if (checks_) {
      uint32_t& defined = *DefinedLanes(w.regs, w.defs, to);
      defined = undefined ? defined & ~lanes : defined | lanes;
    }
    if (!shadows_.empty() && to.width != Width::kPred) {
      Enter(vm, w);
      vm.shadows->Drop(to.offset, lanes);
    }
    w.voters = w.votes = w.reduction = 0;
    w.vote_undefined = false;
  }
}

bool ResidentBlock::SameBarrier(const Group& a, const Group& b) const {
  const ir::Module& m = machine_.module;
  return m.insts[BarrierOf(program_, a)].loc == m.insts[BarrierOf(program_, b)].loc;
}

void ResidentBlock::ReportBarrier(Vm& vm) {
  uint32_t waiting = 0, exited = 0;
  Warp* warp = nullptr;
  const Group* first = nullptr;
  diag::Loc other;
  uint32_t other_count = 0;
  bool counts_differ = false;
  for (Warp& w : warps_) {
    if (!w.at_barrier) continue;
    waiting += static_cast<uint32_t>(__builtin_popcount(w.live));
    for (uint32_t g = 0; g < w.num_groups; ++g) {
      const Group& group = w.groups[g];
      if (group.state != GroupState::kBarrier) continue;
      if (first == nullptr) {
        warp = &w;
        first = &group;
      } else if (!SameBarrier(group, *first)) {
        other = machine_.module.insts[BarrierOf(program_, group)].loc;
      }
      if (group.barrier == first->barrier && group.threads != first->threads) {
        counts_differ = true;
        other_count = group.threads;
      }
    }
  }
  Enter(vm, *warp);
  const uint32_t inst = BarrierOf(program_, *first);
  for (const Warp& w : warps_) {
    const uint32_t lanes = checks_ ? BypassedBy(&vm, w, inst) : w.lanes & ~w.live;
    exited += static_cast<uint32_t>(__builtin_popcount(lanes));
  }
  const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(first->lanes));
  std::string message =
      other.valid()
          ? Format("{} of {} threads wait at barriers, but not all at the same one", waiting,
                   threads_)
          : Format("{} of {} threads wait at the barrier; {} have ended without reaching it",
                   waiting, threads_, exited);
  if (counts_differ) {
    const auto count = [&](uint32_t threads) { return threads != 0 ? threads : threads_; };
    message = Format("barrier {} is for {} threads here and for {} there", first->barrier,
                     count(first->threads), count(other_count));
  }
  machine_.Report(FindingKind::kDivergentBarrier, SiteOf(&vm, inst, lane), std::move(message),
                  other);
}

uint64_t ResidentBlock::StateHash() const {
  uint64_t hash = linear_;
  for (const Warp& w : warps_) {
    hash = HashCombine(hash, w.live | uint64_t{w.at_barrier} << 32);
    const auto bytes = [&](const void* data, size_t size) {
      hash = HashCombine(hash, HashText({static_cast<const char*>(data), size}));
    };
    bytes(w.regs, program_.register_bytes);
    if (local_stride_ > 0) bytes(w.local, size_t{32} * local_stride_);
    for (uint32_t lane = 0; w.stack != nullptr && lane < 32; ++lane) {
      const std::vector<uint32_t>& words = w.stack->words[lane];
      bytes(words.data(), words.size() * sizeof(uint32_t));
    }
    uint64_t groups = 0;  // in whatever order
    for (uint32_t g = 0; g < w.num_groups; ++g) {
      groups += MixBits(uint64_t{w.groups[g].position} << 32 | w.groups[g].lanes);
    }
    hash = HashCombine(hash, groups);
  }
  return hash;
}

void ResidentBlock::ReportDeadlock(Vm& vm, size_t blocks) {
  uint32_t polling = 0, waiting = 0, ended = 0;
  Warp* first = nullptr;
  for (Warp& w : warps_) {
    ended += static_cast<uint32_t>(__builtin_popcount(w.lanes & ~w.live));
    const uint32_t live = static_cast<uint32_t>(__builtin_popcount(w.live));
    if (w.num_groups == 0) continue;
    (w.at_barrier ? waiting : polling) += live;
    if (!w.at_barrier && first == nullptr) first = &w;
  }
  if (first == nullptr) return;
  Enter(vm, *first);
  std::string what = "a value that no thread will write";
  diag::Loc made;
  if (first->poll_mbarrier != 0) {
    const uint64_t offset = first->poll_mbarrier - 1;
    uint64_t word = 0;
    memcpy(&word, vm.shared + offset, sizeof(word));
    what = MbarrierWaitText(word, DescribeShared(vm, offset));
    const auto at = vm.launch->mbarriers.find(offset);
    if (at != vm.launch->mbarriers.end()) made = machine_.module.insts[at->second].loc;
  }
  const uint32_t lanes = first->poll_lanes != 0 ? first->poll_lanes : first->live;
  machine_.Report(
      FindingKind::kDeadlock,
      SiteOf(&vm, first->poll_inst, static_cast<uint32_t>(__builtin_ctz(lanes))),
      Format(
          "the thread waits for {}: of its block {} threads wait like it, {} at a barrier, {} have "
          "ended{}",
          what, polling, waiting, ended,
          blocks > 1 ? Format("; {} other blocks wait too", blocks - 1) : std::string()),
      made);
}

}  // namespace ws::exec
