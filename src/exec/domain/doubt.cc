#include "exec/domain/doubt.h"

#include <algorithm>
#include <bit>
#include <set>

#include "exec/domain/shadow.h"
#include "exec/machine.h"
#include "ir/cfg.h"

namespace ws::exec {
namespace {

// Adds the offsets that an instruction writes; true if it stores.
bool AddWritten(const Program& p, const VmInst& i, std::set<uint32_t>& written) {
  switch (i.op) {
    case VmOp::kLdGlobal:
    case VmOp::kLdShared:
    case VmOp::kLdLocal:
    case VmOp::kStGlobal:
    case VmOp::kStShared:
    case VmOp::kStLocal:
    case VmOp::kAccess: {
      const AccessInfo& info = p.accesses[i.c];
      const bool gives = info.effect == ir::Effect::Load || info.has_dst;
      for (uint32_t e = 0; gives && e < info.vec; ++e) written.insert(info.dsts[e].offset);
      return info.effect != ir::Effect::Load;
    }
    case VmOp::kGeneric:
    case VmOp::kCross: {
      const GenericInfo& info = p.generics[i.c];
      for (uint32_t k = 0; k < info.num_dsts; ++k) written.insert(info.operands[k].offset);
      return false;
    }
    case VmOp::kMathLeave:
      written.insert(p.calls[i.c].result.offset);
      return false;
    case VmOp::kBarSync:
      if (p.generics[i.c].num_dsts > 0) written.insert(p.generics[i.c].operands[0].offset);
      return false;
    case VmOp::kCallFn:  // what a function writes in memory is not followed
      return true;
    case VmOp::kCondBra:
    case VmOp::kBra:
    case VmOp::kGuard:
    case VmOp::kUnguard:
    case VmOp::kRetFn:
    case VmOp::kEnter:
    case VmOp::kLeave:
    case VmOp::kPush:
    case VmOp::kPop:
    case VmOp::kExit:
    case VmOp::kTrap:
    case VmOp::kFence:
    case VmOp::kCopyGroup:
    case VmOp::kHostCall:
    case VmOp::kMathEnter:
      return false;
    default:
      written.insert(i.d);
      return false;
  }
}

class WayFinder {
 public:
  WayFinder(const ir::Module& module, const Program& program) : m_(module), p_(program) {}

  BranchWays Of(uint32_t position) const {
    BranchWays ways;
    const size_t here = BlockAt(position);
    const uint32_t block = p_.blocks[here].block;
    const auto function = std::ranges::find_if(m_.functions, [&](const ir::Function& f) {
      return block >= f.first_block && block < f.first_block + f.num_blocks;
    });
    const ir::FunctionId id(static_cast<uint32_t>(&*function - m_.functions.data()));
    const ir::Cfg cfg(m_, id);
    const uint32_t join = cfg.ipdom(block - function->first_block);
    if (join < cfg.num_blocks()) ways.join = PositionOf(function->first_block + join);
    std::set<uint32_t> written;
    bool stores[2] = {false, false};
    const VmInst& branch = p_.code[position];
    for (int way = 0; way < 2; ++way) {
      const uint32_t start = p_.blocks[BlockAt(way == 0 ? branch.b : branch.c)].block;
      std::set<uint32_t> seen;
      std::vector<uint32_t> open = {start - function->first_block};
      while (!open.empty()) {
        const uint32_t b = open.back();
        open.pop_back();
        if (b == join || !seen.insert(b).second) continue;
        stores[way] |= AddBlock(function->first_block + b, written);
        const ir::Successors next = ir::SuccessorsOf(m_, *function, b);
        for (uint32_t k = 0; k < next.count; ++k) open.push_back(next.block[k]);
      }
    }
    ways.stores[0] = stores[0] && !stores[1];
    ways.stores[1] = stores[1] && !stores[0];
    ways.written.assign(written.begin(), written.end());
    return ways;
  }

 private:
  size_t BlockAt(uint32_t position) const {
    const auto after = std::ranges::upper_bound(p_.blocks, position, {}, &CodeBlock::first);
    return static_cast<size_t>(after - p_.blocks.begin()) - 1;
  }
  uint32_t PositionOf(uint32_t block) const {
    return std::ranges::find(p_.blocks, block, &CodeBlock::block)->first;
  }
  bool AddBlock(uint32_t block, std::set<uint32_t>& written) const {
    const auto at = std::ranges::find(p_.blocks, block, &CodeBlock::block);
    const uint32_t end =
        at + 1 == p_.blocks.end() ? static_cast<uint32_t>(p_.code.size()) : (at + 1)->first;
    bool stores = false;
    for (uint32_t k = at->first; k < end; ++k) stores |= AddWritten(p_, p_.code[k], written);
    return stores;
  }

  const ir::Module& m_;
  const Program& p_;
};

// Marks what a store that is not made would have written.
void MarkTarget(Vm* vm, const AccessInfo& info, uint32_t lane) {
  const uint64_t address =
      ReadLane(vm->regs, info.address, lane) + static_cast<uint64_t>(int64_t{info.offset});
  const uint32_t bytes = uint32_t{info.bytes} * info.vec;
  const Tag tag = info.address.width == Width::k64 ? TagOf(address) : Tag::kNone;
  ShadowMap* map = nullptr;
  const uint8_t* data = nullptr;
  uint64_t offset = address & kOffsetMask;
  if (info.space == ir::Space::kShared || tag == Tag::kShared) {
    if (offset > vm->shared_bytes || bytes > vm->shared_bytes - offset) return;
    map = vm->shared_shadows;
    data = vm->shared + offset;
  } else if (info.space == ir::Space::kLocal || tag == Tag::kLocal) {
    if (offset > vm->local_stride || bytes > vm->local_stride - offset) return;
    offset += lane * vm->local_stride;
    map = vm->local_shadows;
    data = vm->local + offset;
  } else {
    const AllocView* found = nullptr;
    int64_t at = 0;
    if (vm->machine->memory.Check(address, bytes, &found, &at) != AccessError::kNone) return;
    auto* view = const_cast<AllocView*>(found);
    if (view->shadows == nullptr) view->shadows = new ShadowMap(view->size);
    map = view->shadows;
    offset = static_cast<uint64_t>(at);
    data = view->data + offset;
  }
  if (info.bytes < 2 || offset % info.bytes != 0) {
    vm->machine->report.undecided = true;
    return;
  }
  for (uint32_t e = 0; e < info.vec; ++e, offset += info.bytes, data += info.bytes) {
    uint64_t bits = 0;
    memcpy(&bits, data, info.bytes);
    ShadowEntry& entry = map->entries[offset / 2];
    if (entry.bytes != info.bytes || entry.bits != bits) {
      entry = {.value = {}, .bits = bits, .bytes = info.bytes, .only_flag = true};
    }
    entry.value.ambiguous = true;
  }
}

void Begin(ShadowBank& bank, uint32_t join, uint32_t lanes, const std::vector<uint32_t>* written) {
  bank.in_doubt |= lanes;
  for (BranchInDoubt& known : bank.branches) {
    if (known.join == join && known.written == written) {
      known.lanes |= lanes;
      return;
    }
  }
  bank.branches.push_back({join, lanes, written});
}

// One instruction under a condition: a load or a store.
void DoubtGuard(Vm* vm, const VmInst* i, uint32_t lanes, uint32_t unsure) {
  const uint32_t p =
      *reinterpret_cast<const uint32_t*>(vm->regs + i->a) ^ (i->sub != 0 ? 0xffffffffu : 0);
  const auto position = static_cast<uint32_t>(i - vm->code);
  const uint32_t end = position + static_cast<uint32_t>(i->imm);
  BranchWays& ways = vm->machine->doubts.ways[i];
  if (ways.written.empty() && ways.join == 0xffffffffu) {
    std::set<uint32_t> written;
    for (uint32_t k = position + 1; k < end; ++k) {
      ways.stores[0] |= AddWritten(*vm->program, vm->code[k], written);
    }
    ways.written.assign(written.begin(), written.end());
    ways.join = end + 1;  // behind the end of the condition
  }
  Begin(*vm->shadows, ways.join, unsure, &ways.written);
  if (!ways.stores[0]) return;
  for (uint32_t k = position + 1; k < end; ++k) {
    const VmInst& inst = vm->code[k];
    const bool is_access = inst.op == VmOp::kAccess || inst.op == VmOp::kStGlobal ||
                           inst.op == VmOp::kStShared || inst.op == VmOp::kStLocal;
    if (!is_access) continue;
    for (uint32_t rest = unsure & lanes & ~p; rest != 0; rest &= rest - 1) {
      MarkTarget(vm, vm->program->accesses[inst.c], static_cast<uint32_t>(std::countr_zero(rest)));
    }
  }
}

}  // namespace

void DoubtBranch(Vm* vm, const VmInst* i, uint32_t lanes) {
  ShadowBank& bank = *vm->shadows;
  const uint32_t unsure = bank.AmbiguousLanes(i->a) & lanes;
  if (unsure == 0) return;
  if (i->op == VmOp::kGuard) {
    DoubtGuard(vm, i, lanes, unsure);
    return;
  }
  const auto [at, is_new] = vm->machine->doubts.ways.try_emplace(i);
  if (is_new) {
    at->second =
        WayFinder(vm->machine->module, *vm->program).Of(static_cast<uint32_t>(i - vm->code));
  }
  const BranchWays& ways = at->second;
  const uint32_t taken = *reinterpret_cast<const uint32_t*>(vm->regs + i->a);
  if ((ways.stores[0] && (unsure & ~taken) != 0) || (ways.stores[1] && (unsure & taken) != 0)) {
    vm->machine->report.undecided = true;
  }
  Begin(bank, ways.join, unsure, &ways.written);
}

void DoubtJoin(Vm* vm, uint32_t position, uint32_t lanes) {
  ShadowBank& bank = *vm->shadows;
  if ((bank.in_doubt & lanes) == 0) return;
  bank.in_doubt = 0;
  for (BranchInDoubt& branch : bank.branches) {
    const uint32_t arrived = branch.join == position ? branch.lanes & lanes : 0;
    branch.lanes &= ~arrived;
    bank.in_doubt |= branch.lanes;
    if (arrived == 0) continue;
    for (const uint32_t offset : *branch.written) {
      if (offset < vm->program->predicate_bytes) {
        bank.SetAmbiguous(offset, arrived, arrived);
      } else {
        bank.At(offset).ambiguous |= arrived;
      }
    }
  }
  std::erase_if(bank.branches, [](const BranchInDoubt& b) { return b.lanes == 0; });
}

}  // namespace ws::exec
