// The control-flow graph of a function: order, dominators, loops, liveness.
//
// Blocks are numbered within their function here (0 is the entry). The numbering in reverse
// postorder is device-clean, because the VM schedules by it; the rest is host code for passes.
#ifndef WARPSMITH_IR_CFG_H_
#define WARPSMITH_IR_CFG_H_

#include <cstdint>
#include <span>
#include <vector>

#include "ir/dominators.h"
#include "ir/module.h"

namespace ws::ir {

// Successors of a block, as indices within its function; count 0, 1 or 2.
struct Successors {
  uint32_t count = 0;
  uint32_t block[2] = {0, 0};
};
WS_HD inline Successors SuccessorsOf(const Module& module, const Function& f, uint32_t block) {
  Successors s;
  const Block& b = module.blocks[f.first_block + block];
  if (b.num_insts == 0) return s;
  const Inst& last = module.insts[b.first_inst + b.num_insts - 1];
  const std::span<const Operand> srcs = module.Srcs(last);
  if (last.op == Op::kBra) {
    s.block[s.count++] = srcs[0].index - f.first_block;
  } else if (last.op == Op::kCondBra) {
    s.block[s.count++] = srcs[1].index - f.first_block;
    if (srcs[2].index != srcs[1].index) s.block[s.count++] = srcs[2].index - f.first_block;
  }
  return s;
}

// Reverse postorder without recursion. `order` receives the reachable blocks in that order, and
// `number[block]` a block's place in it (kUnreachable if none); both, and `stack` (working memory),
// hold num_blocks elements. Of two successors the branch's second is visited first, so that the
// first keeps the lower number. Returns the number of reachable blocks.
WS_HD inline uint32_t ReversePostorder(const Module& module, const Function& f,
                                       std::span<uint32_t> order, std::span<uint32_t> number,
                                       std::span<uint32_t> stack) {
  constexpr uint32_t kNew = 0xffffffffu;  // else: how many successors are still to be visited
  for (uint32_t i = 0; i < f.num_blocks; ++i) number[i] = kNew;
  uint32_t depth = 0, end = f.num_blocks;
  stack[depth++] = 0;
  number[0] = SuccessorsOf(module, f, 0).count;
  while (depth > 0) {
    const uint32_t block = stack[depth - 1];
    if (number[block] == 0) {
      --depth;
      order[--end] = block;  // finished blocks fill `order` from its end
      continue;
    }
    const uint32_t next = SuccessorsOf(module, f, block).block[--number[block]];
    if (number[next] != kNew) continue;
    number[next] = SuccessorsOf(module, f, next).count;
    stack[depth++] = next;
  }
  const uint32_t reachable = f.num_blocks - end;
  for (uint32_t i = 0; i < reachable; ++i) order[i] = order[end + i];
  for (uint32_t i = 0; i < f.num_blocks; ++i) number[i] = kUnreachable;
  for (uint32_t i = 0; i < reachable; ++i) number[order[i]] = i;
  return reachable;
}

struct Loop {
  uint32_t header = 0;
  std::vector<uint32_t> blocks;    // header first, then ascending
  std::vector<uint32_t> latches;   // blocks with a back edge to the header
  uint32_t parent = kUnreachable;  // index of the enclosing loop
  uint32_t depth = 1;
};

// What passes ask about a function; valid until the function is rewritten. Host only.
class Cfg {
 public:
  Cfg(const Module& module, FunctionId function);

  uint32_t num_blocks() const { return static_cast<uint32_t>(number_.size()); }
  // Reachable blocks in reverse postorder, and a block's place in it.
  std::span<const uint32_t> order() const { return order_; }
  uint32_t number(uint32_t block) const { return number_[block]; }
  bool Reachable(uint32_t block) const { return number_[block] != kUnreachable; }
  std::span<const uint32_t> Predecessors(uint32_t block) const { return predecessors_[block]; }
  // Immediate dominator; the entry's is itself.
  uint32_t idom(uint32_t block) const { return idom_[block]; }
  bool Dominates(uint32_t a, uint32_t b) const;
  // Immediate post-dominator; num_blocks() for the exit.
  uint32_t ipdom(uint32_t block) const { return ipdom_[block]; }
  // Natural loops, outer before inner.
  std::span<const Loop> loops() const { return loops_; }
  // Innermost loop of a block; kUnreachable if none.
  uint32_t LoopOf(uint32_t block) const { return loop_of_[block]; }

 private:
  void FindDominators();
  void FindPostDominators();
  void FindLoops();

  std::vector<uint32_t> order_, number_, loop_of_;
  Edges successors_, predecessors_;  // of blocks that are reachable
  std::vector<uint32_t> idom_, ipdom_;
  // Places in a walk over the tree of dominators: of each block, and behind all that it dominates.
  std::vector<uint32_t> enter_, leave_;
  std::vector<Loop> loops_;
};

// Which registers are live at the ends of blocks: one bit per register.
class Liveness {
 public:
  Liveness(const Module& module, FunctionId function, const Cfg& cfg);

  bool LiveIn(uint32_t block, RegId r) const { return Bit(in_, block, r.index); }
  bool LiveOut(uint32_t block, RegId r) const { return Bit(out_, block, r.index); }

 private:
  bool Bit(const std::vector<uint64_t>& bits, uint32_t block, uint32_t r) const {
    return (bits[size_t{block} * words_ + r / 64] >> (r % 64) & 1) != 0;
  }
  uint32_t words_;
  std::vector<uint64_t> in_, out_;
};

// Most registers live at once, in 32-bit registers (a 64-bit value counts two, a predicate none),
// callees' own included; the estimate for occupancy where ptxas is absent. ptxas spends a few more
// on addresses and fewer through rematerialisation.
uint32_t EstimateRegisters(const Module& module, FunctionId function);

}  // namespace ws::ir

#endif  // WARPSMITH_IR_CFG_H_
