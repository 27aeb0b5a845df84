// Loop unrolling. Host only.
#ifndef WARPSMITH_PASS_UNROLL_H_
#define WARPSMITH_PASS_UNROLL_H_

#include "ir/module.h"

namespace ws::pass {

// Unrolls innermost loops completely whose number of turns is known: a counter that starts at a
// constant before the loop, is tested against a constant in the header, and is stepped by a
// constant once on every turn. Without a pragma loops of at most 32 turns and 512 instructions in
// all are taken, 2,048 where they use local arrays; with `#pragma unroll` up to 4,096 instructions;
// `#pragma unroll 1` forbids. Loops whose number of turns is not known are left alone, pragma or
// not. True if anything changed.
bool Unroll(ir::Module& module, ir::FunctionId function);

// Innermost loops that Unroll leaves and whose counter moves by a constant towards a limit are
// preceded by a loop that makes four turns (or as many as the pragma says) at a time; the loop
// itself makes the rest. Loops of up to 120 instructions that are left from their header alone and
// hold no barrier, shuffle or call but of the math library: what nvcc does by default. Exact. True
// if anything changed.
bool UnrollPartially(ir::Module& module, ir::FunctionId function);

// Loops that UnrollPartially made without being asked and whose turn is still at most 48 machine
// instructions make four turns as one once more: what ptxas does (sixteen turns of a dot product's
// loop, seen with nvcc 13.0 for sm_90). Exact. True if anything changed.
bool UnrollAgain(ir::Module& module, ir::FunctionId function);

// Unroll for functions that have local memory, so that arrays in it can become registers.
bool UnrollForFrame(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_UNROLL_H_
