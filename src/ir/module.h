// The IR: virtual-register PTX (DESIGN §4). Device-clean.
//
// A module holds functions and global variables. A function is a contiguous range of basic blocks,
// the first being its entry; a block is a contiguous range of instructions, the last of which is
// its only terminator. Registers are mutable and typed, numbered per function; there are no phis.
// An instruction's operands lie in one pool: destinations first, then sources. Everything lives in
// one arena and is append-only: a pass that changes a function writes it anew at the end of the
// tables and moves the function's ranges (see FunctionBuilder).
//
// Addresses: Ld, St, Atom and Red take a base operand plus `offset` bytes. With Space::kGeneric the
// base is a generic address; with Space::kShared, kLocal or kConst it is an address in that space
// (32 or 64 bits), or a symbol; with kGlobal the two are the same; with kParam it is a Param.
// Kernels read their parameters with Ld in kParam space; .func and host functions receive theirs in
// the registers named by `params`, and return values through Ret.
#ifndef WARPSMITH_IR_MODULE_H_
#define WARPSMITH_IR_MODULE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/id.h"
#include "diag/source.h"
#include "ir/ops.h"
#include "ir/types.h"

namespace ws::ir {

using RegId = Id<struct RegTag>;            // within a function
using BlockId = Id<struct BlockTag>;        // within a module
using FunctionId = Id<struct FunctionTag>;  // within a module
using GlobalId = Id<struct GlobalTag>;      // within a module

enum class OperandKind : uint8_t {
  kNone,
  kReg,       // index: register of the function
  kImm,       // index: into Module::constants; raw bits of the instruction's type
  kSpecial,   // index: Special
  kGlobal,    // index: GlobalId; address in the variable's own space
  kFrame,     // index: byte offset in the function's local frame; address in local space
  kParam,     // index: byte offset in the kernel's parameter block
  kBlock,     // index: BlockId
  kFunction,  // index: FunctionId
};

struct Operand {
  OperandKind kind = OperandKind::kNone;
  uint32_t index = 0;

  WS_HD static constexpr Operand Reg(RegId id) { return {OperandKind::kReg, id.index}; }
  WS_HD static constexpr Operand Block(BlockId id) { return {OperandKind::kBlock, id.index}; }
  WS_HD static constexpr Operand Function(FunctionId id) {
    return {OperandKind::kFunction, id.index};
  }
  WS_HD static constexpr Operand Global(GlobalId id) { return {OperandKind::kGlobal, id.index}; }
  WS_HD static constexpr Operand Frame(uint32_t offset) { return {OperandKind::kFrame, offset}; }
  WS_HD static constexpr Operand Param(uint32_t offset) { return {OperandKind::kParam, offset}; }
  WS_HD static constexpr Operand SpecialReg(Special s) {
    return {OperandKind::kSpecial, static_cast<uint32_t>(s)};
  }
  WS_HD constexpr bool IsReg() const { return kind == OperandKind::kReg; }
  WS_HD constexpr bool IsImm() const { return kind == OperandKind::kImm; }
  WS_HD constexpr RegId reg() const { return RegId(index); }
  WS_HD constexpr bool operator==(const Operand& o) const {
    return kind == o.kind && index == o.index;
  }
};

struct Inst {
  Op op = Op::kMov;
  Type type = Type::kNone;
  Type src_type = Type::kNone;  // Cvt: source; others none
  Round round = Round::kNone;
  bool ftz = false;
  bool sat = false;
  Cmp cmp = Cmp::kNone;           // Setp
  Space space = Space::kGeneric;  // Ld, St, Atom, Red, Cvta, CvtaTo
  uint8_t vec = 1;                // Ld, St: elements of `type`
  uint8_t sub = 0;                // Atomic, Shuffle, Vote, RtFn, by op; Trap
  Cache cache = Cache::kNone;
  Order order = Order::kNone;
  Scope scope = Scope::kNone;
  bool guard_negated = false;
  uint8_t num_dsts = 0;
  uint8_t num_srcs = 0;
  RegId guard = {};       // predicate register; executes where it is true
  int32_t offset = 0;     // bytes added to the address; Print: widths of values
  uint32_t operands = 0;  // first operand in Module::operands
  diag::Loc loc = {};
};

struct Block {
  uint32_t first_inst = 0;
  uint32_t num_insts = 0;
  diag::Loc loc = {};
  // Loop pragma of the source on the block that heads a loop: 0 none, 1 forbids, n unrolls by n,
  // 0xffff asks for complete unrolling.
  uint16_t unroll = 0;
};

enum class FunctionKind : uint8_t { kKernel, kDevice, kHost };

struct Param {
  std::string_view name;
  Type type = Type::kNone;  // kB8 for an aggregate passed by value
  uint32_t offset = 0;      // kernels: byte offset in the parameter block
  uint32_t bytes = 0;
  bool is_pointer = false;
  bool is_const_pointer = false;  // points to const
  bool is_restrict = false;
  bool by_address = false;     // host functions: a struct or reference, given by its address
  bool is_handle = false;      // a stream or event; 0: the default stream
  Type pointee = Type::kNone;  // element type behind a pointer, where it is a scalar
  RegId reg = {};              // .func and host functions
};

struct Function {
  std::string_view name;  // unmangled; instances of templates carry their arguments: f<4>
  FunctionKind kind = FunctionKind::kDevice;
  MathFn math = MathFn::kNone;
  uint32_t first_block = 0;
  uint32_t num_blocks = 0;  // 0: declared, not defined
  uint32_t first_reg = 0;   // into Module::reg_types
  uint32_t num_regs = 0;
  uint32_t first_param = 0;  // into Module::params
  uint32_t num_params = 0;
  uint32_t param_bytes = 0;
  Type result = Type::kNone;
  uint32_t frame_bytes = 0;   // local memory per thread
  uint32_t frame_align = 16;  // of its first byte, if some object in it wants more
  uint32_t max_threads = 0;   // __launch_bounds__; 0 none
  uint32_t min_blocks = 0;
  uint16_t exact_threads[3] = {};  // of a block (.reqntid); 0: none said
  diag::Loc loc = {};
};

// The tag of a function's address as a value: what comes behind it is made up by who writes the
// module, who also writes the functions that call through such a value, by comparing.
inline constexpr uint64_t kFunctionAddress = uint64_t{0xf} << 60;

// Bytes of a variable that hold an address, that of another one or of itself, or a part of one.
struct Relocation {
  uint64_t offset = 0;  // bytes from the variable's beginning
  GlobalId target = {};
  int64_t addend = 0;  // bytes from the target's beginning
  uint8_t bytes = 8;   // 8, or fewer where only these bytes of the address lie there
  uint8_t first = 0;   // the lowest of them
};

struct Global {
  std::string_view name;
  Space space = Space::kGlobal;  // kGlobal, kShared, kConst
  Type type = Type::kB8;         // element type, for printing
  uint64_t bytes = 0;            // 0 for extern shared (dynamic)
  uint32_t align = 1;
  bool is_dynamic_shared = false;
  bool is_managed = false;             // __managed__: host code reads and writes it too
  bool is_device = false;              // in device memory even where host code alone names it
  FunctionId owner = {};               // shared variables: the kernel or function that declares it
  std::span<const uint8_t> init = {};  // empty: zero (globals), undefined (shared)
  std::span<const Relocation> addresses = {};  // what `init` leaves zero; by offset
  diag::Loc loc = {};
};

class Module {
 public:
  explicit WS_HD Module(Arena& a)
      : arena(&a),
        functions(a),
        globals(a),
        params(a),
        blocks(a),
        insts(a),
        operands(a),
        constants(a),
        reg_types(a),
        sources(a) {}

  WS_HD std::span<const Operand> Dsts(const Inst& i) const {
    return {operands.data() + i.operands, i.num_dsts};
  }
  WS_HD std::span<const Operand> Srcs(const Inst& i) const {
    return {operands.data() + i.operands + i.num_dsts, i.num_srcs};
  }
  WS_HD std::span<const Inst> Insts(const Block& b) const {
    return {insts.data() + b.first_inst, b.num_insts};
  }
  WS_HD std::span<const Block> Blocks(const Function& f) const {
    return {blocks.data() + f.first_block, f.num_blocks};
  }
  WS_HD std::span<const Param> Params(const Function& f) const {
    return {params.data() + f.first_param, f.num_params};
  }
  WS_HD Type RegType(const Function& f, RegId r) const { return reg_types[f.first_reg + r.index]; }
  WS_HD Operand Imm(uint64_t bits) {
    constants.push_back(bits);
    return {OperandKind::kImm, constants.size() - 1};
  }
  WS_HD uint64_t ImmBits(Operand o) const { return constants[o.index]; }

  // The function of this name and kind; invalid if there is none.
  WS_HD FunctionId Find(std::string_view name) const {
    for (uint32_t i = 0; i < functions.size(); ++i) {
      if (SameText(functions[i].name, name)) return FunctionId(i);
    }
    return FunctionId();
  }

  Arena* arena;
  Vec<Function> functions;
  Vec<Global> globals;
  Vec<Param> params;
  Vec<Block> blocks;
  Vec<Inst> insts;
  Vec<Operand> operands;
  Vec<uint64_t> constants;
  Vec<Type> reg_types;
  diag::SourceMap sources;  // where Inst::loc points
};

}  // namespace ws::ir

#endif  // WARPSMITH_IR_MODULE_H_
