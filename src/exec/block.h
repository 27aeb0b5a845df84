// One resident block: its warps, shared memory and barriers, and the scheduling of its warps.
#ifndef WARPSMITH_EXEC_BLOCK_H_
#define WARPSMITH_EXEC_BLOCK_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "base/rng.h"
#include "exec/domain/bank.h"
#include "exec/domain/shadow_map.h"
#include "exec/launch.h"
#include "exec/machine.h"
#include "exec/vm/stack.h"
#include "exec/vm/vm.h"
#include "ir/barriers.h"

namespace ws::exec {

// What memory and registers hold before anything is written: NaN in every floating-point type, so
// that a value left out shows in the results even where zero times it is added.
inline constexpr uint8_t kPoison = 0xff;

enum class BlockStatus : uint8_t {
  kDone,
  kSpinning,   // it cannot go on without other blocks, or not at all
  kPreempted,  // others have their turn
  kStopped
};

class ResidentBlock {
 public:
  // Room for a block of the launch; used for one block after another.
  ResidentBlock(Machine& machine, LaunchState& launch);

  // Makes it block `linear` at its beginning.
  void Start(uint32_t linear);
  // Runs until the block is done, cannot go on alone (kSpinning), or the call stops.
  BlockStatus Run(Vm& vm, Rng& rng, bool random);
  uint32_t linear() const { return linear_; }
  // What decides how the block goes on, apart from memory.
  uint64_t StateHash() const;
  // Whether it could not go on when it last had its turn, and nothing has gone on since.
  bool IsStuck() const { return stuck_at_ == launch_.progress; }
  // Says that nothing goes on any more, at the place where the first warp waits.
  void ReportDeadlock(Vm& vm, size_t blocks);

 private:
  void Enter(Vm& vm, Warp& warp);
  void NextEpoch();
  // A warp that waits for a value has found no other since it last had its turn.
  static bool IsIdle(const Warp& warp) { return warp.polls > kIdlePolls; }
  // Lets warps go on whose barrier is complete; false if none is.
  bool ReleaseBarriers(Vm& vm);
  // The lanes of a warp that wait at barrier `id` and that it may let go; and their first group.
  uint32_t LanesAt(const Warp& w, uint32_t id, const Group** first = nullptr) const;
  bool SameBarrier(const Group& a, const Group& b) const;
  // Those who are let go from barrier `id`, which is for part of the block, know what all of them
  // did before, and what those did who arrived there without waiting.
  void OrderThoseAt(Vm& vm, uint32_t id);
  // Gives the warps that are let go from barrier `id` what bar.red is to give them.
  void Reduce(Vm& vm, uint32_t id);
  uint32_t PlaceOf(const Warp& warp) const;  // where it goes on
  void ReportBarrier(Vm& vm);

  Machine& machine_;
  LaunchState& launch_;
  const Program& program_;
  bool checks_;
  uint32_t linear_ = 0;
  uint32_t threads_ = 0;
  uint32_t epoch_ = 0;
  uint32_t block_epoch_ = 0;  // first of the unbroken range of epochs that ends with epoch_
  uint64_t shared_bytes_ = 0;
  std::unique_ptr<char[], void (*)(void*)> registers_;
  std::vector<uint32_t> defs_;
  std::vector<uint8_t> local_, local_state_;
  uint64_t local_stride_ = 0;      // bytes of local memory of a thread
  std::vector<CallStack> stacks_;  // per warp, where functions call themselves
  std::vector<uint8_t> shared_, shared_state_;
  uint32_t start_epoch_ = 0;
  uint64_t stuck_at_ = 0;
  RaceMap shared_races_;
  std::vector<WarpSync> syncs_;  // per warp
  std::unique_ptr<ShadowMap> shared_shadows_;
  std::vector<std::unique_ptr<ShadowMap>> local_shadows_;  // per warp
  std::vector<std::unique_ptr<ShadowBank>> shadows_;       // per warp
  std::vector<Warp> warps_;
  uint32_t arrivals_[ir::kClusterBarrier + 1] = {};  // Vm::arrivals
  uint32_t passing_ = ~0u;  // warps that the barrier being looked at lets go
};

// Fills the slots of `program` that hold constants, parameters and special registers.
void FillConstants(const Program& program, char* regs, uint32_t* defs);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_BLOCK_H_
