// A function of a module, and everything it calls, made ready for the interpreter.
//
// Code is one array of instructions in which lower positions run first when lanes diverge (callees
// before callers, blocks in ExecutionOrder). Operands are byte offsets into the registers of a
// warp: [8 bytes per predicate: mask, definedness][128 bytes per 32-bit register, 256 per 64-bit
// one][constants, special registers and kernel parameters, broadcast]. Each function has registers
// and a local frame of its own. Functions that call themselves, directly or through others, have
// their frame where the thread's stack ends, and keep on a stack beside what is alive over a call
// that may come back to them (vm/stack.h).
#ifndef WARPSMITH_EXEC_PROGRAM_H_
#define WARPSMITH_EXEC_PROGRAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ir/module.h"

namespace ws::exec {

enum class VmOp : uint16_t {
#define VM_1(name, D, A, expr) k##name,
#define VM_2(name, D, A, B, expr) k##name,
#define VM_3(name, D, A, B, C, expr) k##name,
#define VM_DIV(name, D, A, B, expr) k##name,
#define VM_ALONE(name, T, value, expr) k##name,
#define VM_F1(name, expr) k##name, k##name##Ftz,
#define VM_F2(name, expr) k##name, k##name##Ftz,
#define VM_F3(name, expr) k##name, k##name##Ftz,
#define VM_CMP(name, T, expr) k##name,
#define VM_X(name) k##name,
#include "exec/vm/vm_ops.def"
#undef VM_1
#undef VM_2
#undef VM_3
#undef VM_DIV
#undef VM_ALONE
#undef VM_F1
#undef VM_F2
#undef VM_F3
#undef VM_CMP
#undef VM_X
  kCount
};

// One instruction of the interpreter; fields as vm_ops.def says.
struct VmInst {
  VmOp op = VmOp::kGeneric;
  uint8_t sub = 0;
  uint8_t vec = 1;
  uint32_t d = 0, a = 0, b = 0, c = 0;
  int32_t imm = 0;
};
static_assert(sizeof(VmInst) == 24);

enum class Width : uint8_t { kPred, k32, k64 };

struct SlotRef {
  uint32_t offset = 0;
  Width width = Width::k32;
};

// Operands of an instruction in full, for what is not a fast path.
struct GenericInfo {
  uint32_t inst = 0;  // in Module::insts
  uint8_t num_dsts = 0, num_srcs = 0;
  std::vector<SlotRef> operands;  // destinations, then sources (slot operands only)
};

struct AccessInfo {
  uint32_t inst = 0;
  ir::Space space = ir::Space::kGeneric;
  ir::Effect effect = ir::Effect::Load;
  ir::Type type = ir::Type::kNone;
  uint8_t bytes = 4;  // of one element
  uint8_t vec = 1;
  bool strong = false;    // volatile, relaxed or stronger
  bool acquires = false;  // it orders what comes behind it
  bool tolerant = false;  // a load that feeds a compare-and-swap (RaceClass::kTolerant)
  bool polls = false;     // a strong load that decides whether a loop ends
  bool decides = false;   // a strong load that decides a branch
  bool inserts = false;   // a load of a word in which bits are replaced (LoadRoles)
  bool later = false;     // a store of cp.async
  ir::Atomic atomic = ir::Atomic::kAdd;
  bool is_mbarrier = false;
  ir::Mbarrier mbarrier = ir::Mbarrier::kInit;
  SlotRef address;
  int32_t offset = 0;
  bool has_dst = false;      // atomics: the old value is wanted
  SlotRef dsts[4], srcs[4];  // loaded or stored values; atomics: dsts[0]; b, c in srcs
};

// A call: where arguments and results lie, for domains that evaluate math functions themselves.
struct CallInfo {
  uint32_t inst = 0;
  ir::MathFn math = ir::MathFn::kNone;
  std::vector<SlotRef> args;  // as the callee sees them
  SlotRef result;             // the caller's register
  uint32_t id = 0;            // counts calls of math functions in the program
};

struct ConstantSlot {
  SlotRef slot;
  uint64_t bits;
};
struct ParamSlot {
  SlotRef slot;
  uint32_t param_offset;
  ir::Type type;
};
struct SpecialSlot {
  SlotRef slot;
  ir::Special special;
};
// A range of code [first, next entry's first) that is one block of the module.
struct CodeBlock {
  uint32_t first = 0;
  uint32_t block = 0;  // in Module::blocks
};

// What a function keeps while it calls one that may call it: VmOp::kPush and kPop.
struct SavedSlots {
  std::vector<SlotRef> slots;
  uint32_t bytes = 0;  // that the call takes of a thread's stack on a device, at least
};

// The frame of a function that may be called while it runs: VmOp::kEnter and kLeave.
struct StackFrame {
  uint32_t function = 0;        // in Module::functions
  uint32_t declared_bytes = 0;  // of its variables
  std::vector<uint8_t> state;   // per byte, as it begins: a gap or not
  SlotRef base, narrow_base;    // where it lies in local memory, in 64 and 32 bits
};

// A variable in a thread's local memory.
struct LocalVariable {
  uint32_t offset = 0;
  uint32_t bytes = 0;
};

// Where a function of a program keeps the position that it goes on at when it returns, by lane.
struct ReturnSlot {
  uint32_t first_inst = 0, end_inst = 0;  // of Module::insts: the function's
  uint32_t offset = 0;                    // in registers
};

struct Program {
  ir::FunctionId function;
  std::vector<VmInst> code;
  std::vector<uint32_t> origin;  // code -> Module::insts
  // code -> Module::insts, where executing it counts as executing that instruction; else the number
  // of instructions of the module.
  std::vector<uint32_t> count_index;
  uint32_t entry = 0;
  std::vector<GenericInfo> generics;
  std::vector<AccessInfo> accesses;
  std::vector<CallInfo> calls;
  std::vector<ReturnSlot> returns;
  std::vector<ConstantSlot> constants;
  std::vector<ParamSlot> params;  // kernels
  std::vector<SpecialSlot> specials;
  std::vector<SlotRef> host_params;  // host functions; then their result, where there is one
  std::vector<CodeBlock> blocks;
  uint32_t predicate_bytes = 0;
  uint32_t register_bytes = 0;  // predicates and registers of functions, without constants
  uint32_t total_bytes = 0;
  uint32_t frame_bytes = 0;           // local memory of a thread, with gaps between variables
  uint32_t declared_frame_bytes = 0;  // without
  std::vector<LocalVariable> locals;  // ascending
  std::vector<uint8_t> frame_state;   // per byte, as a thread begins: a gap or not
  // Of functions that call themselves; their frames lie behind the others.
  std::vector<SavedSlots> saves;
  std::vector<StackFrame> stack_frames;
  // Shared variables: offset of each global (kNoOffset: not used here) and the gaps between.
  std::vector<uint32_t> shared_offset;
  uint32_t static_shared_bytes = 0;  // as the program declares them
  uint32_t shared_bytes = 0;         // with gaps, without the dynamic part
  uint32_t dynamic_shared_offset = 0;
  bool uses_param_memory = false;
  SlotRef param_memory;  // constant holding the address of the parameter block
  bool has_barrier = false;
  bool has_fence = false;
  bool has_late_copies = false;  // cp.async

  static constexpr uint32_t kNoOffset = 0xffffffffu;

  bool recursive() const { return !saves.empty(); }
  // Bytes of local memory that a thread with a stack of `limit` bytes has.
  uint64_t LocalBytes(uint64_t limit) const;
};

// `byte 8 of a local variable of 8 bytes`: the variable that is nearest to an offset in local
// memory.
std::string DescribeLocal(const Program& program, uint64_t offset);

// Builds the program of `function`. global_address[g] is the address of each module variable that
// does not lie in shared memory. On failure returns a message.
std::string Predecode(const ir::Module& module, ir::FunctionId function,
                      const std::vector<uint64_t>& global_address, Program& program);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_PROGRAM_H_
