// What several passes need: a function taken apart, and where its registers are written. Host only.
//
// Registers are mutable (there are no phis), so passes reason about the registers that are written
// once: where that one definition dominates a use, the register is a value as in SSA form. Passes
// that only change or drop instructions work in place; those that move or add some take the
// function apart into a Body and write it anew at the end of the module's tables.
#ifndef WARPSMITH_PASS_BODY_H_
#define WARPSMITH_PASS_BODY_H_

#include <cstdint>
#include <vector>

#include "ir/cfg.h"
#include "ir/module.h"

namespace ws::pass {

// The definitions of a function's registers. Parameters count as written before the entry block; a
// guarded write counts twice, since the old value may survive it.
struct Defs {
  struct Place {
    uint32_t count = 0;
    uint32_t block = 0;     // within the function; of the last definition seen
    uint32_t position = 0;  // instruction within the block, from 1; 0 before the entry
  };
  std::vector<Place> regs;

  Defs(const ir::Module& module, ir::FunctionId function);
  bool Single(uint32_t reg) const { return regs[reg].count == 1; }
  // Whether the only definition of `reg` comes before every visit of the place given.
  bool Reaches(const ir::Cfg& cfg, uint32_t reg, uint32_t block, uint32_t position) const {
    const Place& p = regs[reg];
    if (p.count != 1) return false;
    return p.block == block ? p.position < position : cfg.Dominates(p.block, block);
  }
};

// Whether there is room for a function to be written again. Every pass may be left out.
bool HasRoom(const ir::Module& module);

// A function as lists of instructions. Block operands of branches are indices within the body.
class Body {
 public:
  struct BlockBody {
    std::vector<ir::Inst> insts;
    diag::Loc loc;
    uint16_t unroll = 0;
  };
  std::vector<BlockBody> blocks;

  Body(ir::Module& module, ir::FunctionId function);

  ir::RegId NewReg(ir::Type type);
  // A copy of `inst` with these operands.
  ir::Inst WithOperands(ir::Inst inst, std::span<const ir::Operand> dsts,
                        std::span<const ir::Operand> srcs);
  ir::Inst WithOperands(ir::Inst inst, std::initializer_list<ir::Operand> dsts,
                        std::initializer_list<ir::Operand> srcs);
  ir::Inst Branch(uint32_t block, diag::Loc loc);
  std::span<ir::Operand> Srcs(const ir::Inst& inst);
  // Targets of a block's terminator: pointers into its operands, null beyond.
  void Targets(const BlockBody& block, ir::Operand* targets[2]);
  // Writes the function at the end of the module.
  void Write();

 private:
  ir::Module& m_;
  ir::FunctionId function_;
  std::vector<ir::Type> new_regs_;
};

// A copy of the module's tables in the arena of `to`, which is empty. Names and initial values are
// shared with `from`, whose arena must live as long. For passes whose result stands beside the
// original (timing beside execution).
void CloneModule(const ir::Module& from, ir::Module& to);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_BODY_H_
