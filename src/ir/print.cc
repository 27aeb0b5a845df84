#include "ir/print.h"

#include <cstdio>

#include "ir/names.h"
#include "ir/verify.h"

namespace ws::ir {
namespace {

class Dumper {
 public:
  Dumper(const Module& module, FunctionId id) : m_(module), f_(module.functions[id.index]) {}

  std::string Run() {
    constexpr const char* kKinds[] = {"kernel ", "device ", "host "};
    out_ = kKinds[static_cast<int>(f_.kind)];
    out_ += std::string(f_.name) + "(";
    for (uint32_t i = 0; i < f_.num_params; ++i) {
      const Param& p = m_.Params(f_)[i];
      if (i > 0) out_ += ", ";
      out_ += std::string(NameOf(p.type)) + " " + std::string(p.name);
      if (p.reg.valid()) out_ += " %" + std::to_string(p.reg.index);
    }
    out_ += ")";
    if (f_.result != Type::kNone) out_ += std::string(" -> ") + NameOf(f_.result);
    if (f_.frame_bytes > 0) out_ += " frame " + std::to_string(f_.frame_bytes);
    if (f_.max_threads > 0) out_ += " threads " + std::to_string(f_.max_threads);
    if (f_.exact_threads[0] > 0) {
      out_ += " exactly";
      for (const uint16_t size : f_.exact_threads) out_ += " " + std::to_string(size);
    }
    if (f_.num_blocks == 0) return out_ + "\n";
    out_ += " {\n";
    for (uint32_t b = 0; b < f_.num_blocks; ++b) {
      const Block& block = m_.Blocks(f_)[b];
      out_ += "b" + std::to_string(b) + ":";
      if (block.unroll == 0xffff) out_ += " unroll";
      if (block.unroll != 0 && block.unroll != 0xffff) {
        out_ += " unroll " + std::to_string(block.unroll);
      }
      out_ += "\n";
      for (const Inst& inst : m_.Insts(block)) Line(inst);
    }
    return out_ + "}\n";
  }

 private:
  void Line(const Inst& inst) {
    out_ += "  ";
    if (inst.guard.valid()) {
      out_ += inst.guard_negated ? "@!%" : "@%";
      out_ += std::to_string(inst.guard.index) + " ";
    }
    for (uint32_t i = 0; i < inst.num_dsts; ++i) {
      const Operand o = m_.Dsts(inst)[i];
      out_ += (i > 0 ? ", " : "") + Text(o, Type::kNone);
      if (o.IsReg()) out_ += std::string(":") + NameOf(m_.RegType(f_, o.reg()));
    }
    if (inst.num_dsts > 0) out_ += " = ";
    Opcode(inst);
    uint32_t i = 0;
    const std::span<const Operand> srcs = m_.Srcs(inst);
    const Effect effect = InfoOf(inst.op).effect;
    if (effect == Effect::Load || effect == Effect::Store || effect == Effect::Atomic) {
      out_ += " [" + Text(srcs[0], Type::kU64);
      if (inst.offset != 0) out_ += (inst.offset > 0 ? "+" : "") + std::to_string(inst.offset);
      out_ += "]";
      i = 1;
      if (i < srcs.size()) out_ += ",";
    }
    for (bool first = true; i < srcs.size(); ++i, first = false) {
      Type type = SrcType(m_, inst, i);
      if (type == Type::kNone) type = Type::kS64;
      out_ += (first ? " " : ", ") + Text(srcs[i], type);
    }
    out_ += "\n";
  }

  void Opcode(const Inst& inst) {
    if (inst.op == Op::kRt) {
      out_ += std::string("rt.") + InfoOf(static_cast<RtFn>(inst.sub)).spelling;
      return;
    }
    out_ += InfoOf(inst.op).ptx;
    const auto part = [&](const char* text) {
      if (*text != 0) out_ += std::string(".") + text;
    };
    if (inst.op == Op::kShfl) part(NameOf(static_cast<Shuffle>(inst.sub)));
    if (inst.op == Op::kVote) part(NameOf(static_cast<Vote>(inst.sub)));
    part(NameOf(inst.order));
    part(NameOf(inst.scope));
    part(NameOf(inst.space));
    if (inst.op == Op::kAtom || inst.op == Op::kRed || inst.op == Op::kRedux) {
      part(NameOf(static_cast<Atomic>(inst.sub)));
    }
    part(NameOf(inst.cache));
    part(NameOf(inst.cmp));
    part(NameOf(inst.round));
    if (inst.ftz) part("ftz");
    if (inst.sat) part("sat");
    if (inst.vec > 1) part(("v" + std::to_string(inst.vec)).c_str());
    if (inst.type != Type::kNone) part(NameOf(inst.type));
    if (inst.op == Op::kCvt) part(NameOf(inst.src_type));
  }

  std::string Text(Operand o, Type type) const {
    switch (o.kind) {
      case OperandKind::kNone:
        return "none";
      case OperandKind::kReg:
        return "%" + std::to_string(o.index);
      case OperandKind::kImm:
        return Number(m_.ImmBits(o), type);
      case OperandKind::kSpecial:
        return std::string("%") + NameOf(static_cast<Special>(o.index));
      case OperandKind::kGlobal:
        return std::string(m_.globals[o.index].name);
      case OperandKind::kFrame:
        return "frame+" + std::to_string(o.index);
      case OperandKind::kParam: {
        for (const Param& p : m_.Params(f_)) {
          if (o.index < p.offset || o.index >= p.offset + p.bytes) continue;
          std::string name(p.name);
          return o.index == p.offset ? name : name + "+" + std::to_string(o.index - p.offset);
        }
        return "param+" + std::to_string(o.index);
      }
      case OperandKind::kBlock:
        return "b" + std::to_string(o.index - f_.first_block);
      case OperandKind::kFunction:
        return std::string(m_.functions[o.index].name);
    }
    return "?";
  }

  static std::string Number(uint64_t bits, Type type) {
    char text[40];
    switch (type) {
      case Type::kF32: {
        float value;
        const uint32_t low = static_cast<uint32_t>(bits);
        memcpy(&value, &low, 4);
        snprintf(text, sizeof text, "%.9g", static_cast<double>(value));
        return text;
      }
      case Type::kF64: {
        double value;
        memcpy(&value, &bits, 8);
        snprintf(text, sizeof text, "%.17g", value);
        return text;
      }
      case Type::kF16:
      case Type::kBF16:
      case Type::kF16x2:
      case Type::kBF16x2:
      case Type::kB8:
      case Type::kB16:
      case Type::kB32:
      case Type::kB64:
        snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(bits));
        return text;
      case Type::kS8:
        return std::to_string(static_cast<int8_t>(bits));
      case Type::kS16:
        return std::to_string(static_cast<int16_t>(bits));
      case Type::kS32:
        return std::to_string(static_cast<int32_t>(bits));
      case Type::kS64:
        return std::to_string(static_cast<int64_t>(bits));
      default:
        return std::to_string(bits);
    }
  }

  const Module& m_;
  const Function& f_;
  std::string out_;
};

}  // namespace

std::string Dump(const Module& module, FunctionId function) {
  return Dumper(module, function).Run();
}

std::string Dump(const Module& module) {
  std::string out;
  for (uint32_t i = 0; i < module.globals.size(); ++i) {
    const Global& g = module.globals[i];
    out += std::string(NameOf(g.space)) + " " + NameOf(g.type) + " " + std::string(g.name) +
           (g.is_dynamic_shared ? " dynamic" : " bytes " + std::to_string(g.bytes)) + " align " +
           std::to_string(g.align);
    for (const Relocation& r : g.addresses) {
      out += " [" + std::to_string(r.offset) +
             "]=" + std::string(module.globals[r.target.index].name) + "+" +
             std::to_string(r.addend);
      if (r.bytes != 8) {
        out += " bytes " + std::to_string(r.first) + "-" + std::to_string(r.first + r.bytes - 1);
      }
    }
    out += "\n";
  }
  for (uint32_t i = 0; i < module.functions.size(); ++i) out += Dump(module, FunctionId(i));
  return out;
}

}  // namespace ws::ir
