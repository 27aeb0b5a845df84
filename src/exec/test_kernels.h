// Modules written by hand, for tests of the engine.
#ifndef WARPSMITH_EXEC_TEST_KERNELS_H_
#define WARPSMITH_EXEC_TEST_KERNELS_H_

#include <bit>
#include <cstring>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "base/arena_memory.h"
#include "exec/engine.h"
#include "ir/builder.h"

namespace ws::exec {

// A module with short ways to write instructions. One function at a time.
class Writer {
 public:
  Writer() : memory(size_t{64} << 20), module(memory.arena()) {}

  ir::FunctionId Start(std::string_view name, ir::FunctionKind kind,
                       std::initializer_list<ir::Type> params) {
    ir::Function f;
    f.name = name;
    f.kind = kind;
    f.first_param = module.params.size();
    f.num_params = static_cast<uint32_t>(params.size());
    module.functions.push_back(f);
    id = ir::FunctionId(module.functions.size() - 1);
    builder = std::make_unique<ir::FunctionBuilder>(module, id);
    args.clear();
    uint32_t offset = 0;
    for (const ir::Type t : params) {
      const uint32_t bytes = ir::BytesOf(t);
      offset = (offset + bytes - 1) / bytes * bytes;
      ir::Param p;
      p.type = t;
      p.offset = offset;
      p.bytes = bytes;
      if (kind != ir::FunctionKind::kKernel) p.reg = builder->NewReg(t);
      args.push_back(p.reg);
      module.params.push_back(p);
      offset += bytes;
    }
    module.functions[id.index].param_bytes = offset;
    Block(builder->NewBlock());
    if (kind == ir::FunctionKind::kKernel) {
      for (uint32_t k = 0; k < params.size(); ++k) {
        const ir::Param& p = module.params[module.functions[id.index].first_param + k];
        ir::Inst i;
        i.op = ir::Op::kLd;
        i.type = p.type;
        i.space = ir::Space::kParam;
        args[k] = builder->NewReg(p.type);
        const uint32_t at = p.offset;
        Emit(i, {R(args[k])}, {ir::Operand::Param(at)});
      }
    }
    return id;
  }
  void Finish() {
    builder->Finish();
    builder.reset();
  }

  static ir::Operand R(ir::RegId r) { return ir::Operand::Reg(r); }
  ir::Operand Imm(uint64_t bits) { return module.Imm(bits); }
  ir::Operand F(float v) { return module.Imm(std::bit_cast<uint32_t>(v)); }
  static ir::Operand Special(ir::Special s) { return ir::Operand::SpecialReg(s); }

  ir::BlockId Label() { return builder->NewBlock(); }
  void Block(ir::BlockId b) { builder->StartBlock(b, Loc()); }
  diag::Loc Loc() { return {++loc}; }

  ir::Inst& Emit(ir::Inst i, std::initializer_list<ir::Operand> dsts,
                 std::initializer_list<ir::Operand> srcs) {
    i.loc = Loc();
    return builder->Emit(i, dsts, srcs);
  }
  ir::RegId Do(ir::Op op, ir::Type type, std::initializer_list<ir::Operand> srcs,
               ir::Type dst = ir::Type::kNone) {
    return builder->Value(op, type, srcs, dst == ir::Type::kNone ? type : dst, Loc());
  }
  void To(ir::RegId d, ir::Op op, ir::Type type, std::initializer_list<ir::Operand> srcs) {
    ir::Inst i;
    i.op = op;
    i.type = type;
    Emit(i, {R(d)}, srcs);
  }
  ir::RegId Compare(ir::Cmp cmp, ir::Type type, ir::Operand a, ir::Operand b) {
    ir::Inst i;
    i.op = ir::Op::kSetp;
    i.type = type;
    i.cmp = cmp;
    const ir::RegId d = builder->NewReg(ir::Type::kPred);
    Emit(i, {R(d)}, {a, b});
    return d;
  }
  ir::RegId Convert(ir::Type to, ir::Type from, ir::Operand a, ir::Round round) {
    ir::Inst i;
    i.op = ir::Op::kCvt;
    i.type = to;
    i.src_type = from;
    i.round = round;
    const ir::RegId d = builder->NewReg(to);
    Emit(i, {R(d)}, {a});
    return d;
  }
  ir::RegId Load(ir::Space space, ir::Type type, ir::Operand address, int32_t offset = 0) {
    ir::Inst i;
    i.op = ir::Op::kLd;
    i.type = type;
    i.space = space;
    i.offset = offset;
    const ir::RegId d = builder->NewReg(type);
    Emit(i, {R(d)}, {address});
    return d;
  }
  void Store(ir::Space space, ir::Type type, ir::Operand address, ir::Operand value,
             int32_t offset = 0) {
    ir::Inst i;
    i.op = ir::Op::kSt;
    i.type = type;
    i.space = space;
    i.offset = offset;
    Emit(i, {}, {address, value});
  }
  void Branch(ir::BlockId to) {
    ir::Inst i;
    i.op = ir::Op::kBra;
    Emit(i, {}, {ir::Operand::Block(to)});
  }
  void Branch(ir::RegId p, ir::BlockId yes, ir::BlockId no) {
    ir::Inst i;
    i.op = ir::Op::kCondBra;
    Emit(i, {}, {R(p), ir::Operand::Block(yes), ir::Operand::Block(no)});
  }
  void Return() {
    ir::Inst i;
    i.op = ir::Op::kRet;
    Emit(i, {}, {});
  }
  void Barrier() {
    ir::Inst i;
    i.op = ir::Op::kBarSync;
    Emit(i, {}, {Imm(0)});
  }
  ir::RegId Shuffle(ir::Shuffle kind, ir::RegId a, uint32_t b, uint32_t c, uint32_t mask) {
    ir::Inst i;
    i.op = ir::Op::kShfl;
    i.type = ir::Type::kB32;
    i.sub = static_cast<uint8_t>(kind);
    const ir::RegId d = builder->NewReg(builder->RegType(a));
    Emit(i, {R(d)}, {R(a), Imm(b), Imm(c), Imm(mask)});
    return d;
  }
  // base + index * size
  ir::RegId Index(ir::RegId base, ir::RegId index, uint32_t size) {
    return Do(ir::Op::kMadWide, ir::Type::kU32, {R(index), Imm(size), R(base)}, ir::Type::kU64);
  }
  // ctaid.x * ntid.x + tid.x
  ir::RegId GlobalThread() {
    const ir::RegId c = Do(ir::Op::kMov, ir::Type::kU32, {Special(ir::Special::kCtaidX)});
    const ir::RegId n = Do(ir::Op::kMov, ir::Type::kU32, {Special(ir::Special::kNtidX)});
    const ir::RegId t = Do(ir::Op::kMov, ir::Type::kU32, {Special(ir::Special::kTidX)});
    return Do(ir::Op::kMad, ir::Type::kU32, {R(c), R(n), R(t)});
  }
  ir::RegId Thread() { return Do(ir::Op::kMov, ir::Type::kU32, {Special(ir::Special::kTidX)}); }
  ir::GlobalId Shared(std::string_view name, uint64_t bytes) {
    ir::Global g;
    g.name = name;
    g.space = ir::Space::kShared;
    g.bytes = bytes;
    g.align = 16;
    g.owner = id;
    module.globals.push_back(g);
    return ir::GlobalId(module.globals.size() - 1);
  }
  // Address of word `index` of a shared variable.
  ir::RegId SharedWord(ir::GlobalId g, ir::RegId index) {
    const ir::RegId base = Do(ir::Op::kMov, ir::Type::kU32, {ir::Operand::Global(g)});
    return Do(ir::Op::kMad, ir::Type::kU32, {R(index), Imm(4), R(base)});
  }
  void Runtime(ir::RtFn fn, std::initializer_list<ir::Operand> srcs) {
    ir::Inst i;
    i.op = ir::Op::kRt;
    i.sub = static_cast<uint8_t>(fn);
    const ir::Type result = ir::InfoOf(fn).result;
    if (result == ir::Type::kNone) {
      Emit(i, {}, srcs);
    } else {
      Emit(i, {R(builder->NewReg(result))}, srcs);
    }
  }

  ArenaMemory memory;
  ir::Module module;
  ir::FunctionId id;
  std::unique_ptr<ir::FunctionBuilder> builder;
  std::vector<ir::RegId> args;
  uint32_t loc = 0;
};

template <typename T>
DevicePtr Upload(Instance& instance, const std::vector<T>& values, std::string_view name) {
  const DevicePtr p = instance.Allocate(values.size() * sizeof(T), name);
  instance.Write(p, {reinterpret_cast<const uint8_t*>(values.data()), values.size() * sizeof(T)});
  return p;
}
template <typename T>
std::vector<T> Download(const Instance& instance, DevicePtr p) {
  const auto bytes = instance.Read(p);
  std::vector<T> values(bytes.size() / sizeof(T));
  memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

// A launch of `kernel` whose parameters are these 64- and 32-bit values in order.
struct LaunchOf {
  LaunchOf(const ir::Module& m, ir::FunctionId kernel, uint32_t grid, uint32_t block,
           std::initializer_list<uint64_t> params) {
    launch.kernel = kernel;
    launch.grid = {grid, 1, 1};
    launch.block = {block, 1, 1};
    const ir::Function& f = m.functions[kernel.index];
    launch.params.resize(f.param_bytes);
    uint32_t k = 0;
    for (const uint64_t value : params) {
      const ir::Param& p = m.Params(f)[k++];
      memcpy(launch.params.data() + p.offset, &value, p.bytes);
    }
  }
  Launch launch;
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_TEST_KERNELS_H_
