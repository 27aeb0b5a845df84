#include "ir/ptx_function.h"

#include "ir/barriers.h"
#include "ir/names.h"
#include "ir/ptx_opcode.h"
#include "ir/ptx_operands.h"
#include "ir/tensor.h"
#include "ir/verify.h"

namespace ws::ir {
namespace {

class FunctionPrinter : private PtxOperands {
 public:
  FunctionPrinter(const Module& module, const PtxSymbols& symbols, uint32_t index)
      : PtxOperands(module, symbols, index) {}

  std::string Signature() const {
    const bool kernel = f_.kind == FunctionKind::kKernel;
    std::string out = kernel ? ".visible .entry " : ".func ";
    if (!kernel && f_.result != Type::kNone) {
      out += Format("(.param .%s ret%u) ", ParamBits(f_.result), index_);
    }
    out += symbols_.function(index_) + "(";
    for (uint32_t i = 0; i < f_.num_params; ++i) {
      const Param& p = m_.Params(f_)[i];
      if (i > 0) out += ",";
      out += "\n\t.param ";
      const bool aggregate = kernel && (p.type == Type::kB8 || p.bytes != BytesOf(p.type));
      if (aggregate) {
        uint32_t align = 16;
        while (align > 1 && (p.offset % align != 0 || align > p.bytes)) align /= 2;
        out += Format(".align %u .b8 %s[%u]", align, ParamName(index_, i).c_str(), p.bytes);
      } else {
        const char* type = kernel ? KernelParamType(p.type) : ParamBits(p.type);
        out += Format(".%s %s", type, ParamName(index_, i).c_str());
      }
    }
    out += f_.num_params > 0 ? "\n)" : ")";
    if (kernel && f_.max_threads > 0) {
      const uint16_t* exact = f_.exact_threads;
      out += exact[0] > 0 ? Format("\n.reqntid %u, %u, %u", exact[0], exact[1], exact[2])
                          : Format("\n.maxntid %u, 1, 1", f_.max_threads);
      if (f_.min_blocks > 0) out += Format("\n.minnctapersm %u", f_.min_blocks);
    }
    return out;
  }

  std::string Run() {
    for (uint32_t i = 0; i < f_.num_params && f_.kind != FunctionKind::kKernel; ++i) {
      const Param& p = m_.Params(f_)[i];
      if (!p.reg.valid()) continue;
      LoadParam(Reg(p.reg), p.type, ParamName(index_, i));
    }
    const std::vector<bool> is_target = BranchTargets();
    for (uint32_t b = 0; b < f_.num_blocks; ++b) {
      block_ = b;
      if (is_target[b]) body_ += Label(f_.first_block + b) + ":\n";
      for (const Inst& inst : m_.Insts(m_.Blocks(f_)[b])) Print(inst);
    }
    std::string out = Signature() + "\n{\n";
    if (f_.frame_bytes > 0) {
      out +=
          Format("\t.local .align %u .b8 frame%u[%u];\n", f_.frame_align, index_, f_.frame_bytes);
    }
    if (printed_bytes_ > 0) {
      out += Format("\t.local .align 8 .b8 printed%u[%u];\n", index_, printed_bytes_);
    }
    uint32_t counts[4] = {};
    for (uint32_t r = 0; r < f_.num_regs; ++r) {
      const Type type = m_.reg_types[f_.first_reg + r];
      ++counts[type == Type::kPred ? 0 : (BytesOf(type) == 8 ? 3 : (BytesOf(type) == 4 ? 2 : 1))];
    }
    const char* kNames[] = {"pred %p", "b16 %h", "b32 %r", "b64 %d"};
    for (int i = 0; i < 4; ++i) {
      if (counts[i] > 0) out += Format("\t.reg .%s<%u>;\n", kNames[i], f_.num_regs);
      if (temps_[i] > 0) out += Format("\t.reg .%st<%u>;\n", kNames[i], temps_[i]);
    }
    return out + body_ + "}\n\n";
  }

 private:
  // The blocks that a printed branch names: others are reached from the one before alone.
  std::vector<bool> BranchTargets() const {
    std::vector<bool> is_target(f_.num_blocks, false);
    for (uint32_t b = 0; b < f_.num_blocks; ++b) {
      const Inst& last = m_.Insts(m_.Blocks(f_)[b]).back();
      const std::span<const Operand> srcs = m_.Srcs(last);
      const uint32_t next = f_.first_block + b + 1;
      const bool swapped = last.op == Op::kCondBra && srcs[1].index == next;
      for (size_t i = 0; i < srcs.size(); ++i) {
        if (srcs[i].kind != OperandKind::kBlock) continue;
        const bool falls =
            srcs[i].index == next && (i + 1 == srcs.size() || swapped) && !(swapped && i == 2);
        if (!falls) is_target[srcs[i].index - f_.first_block] = true;
      }
    }
    return is_target;
  }

  static const char* KernelParamType(Type type) {
    switch (type) {
      case Type::kPred:
        return "u8";
      case Type::kF16:
      case Type::kBF16:
        return "b16";
      case Type::kF16x2:
      case Type::kBF16x2:
        return "b32";
      default:
        return NameOf(type);
    }
  }

  // "opcode d, a, b, ..." over all operands.
  void Simple(const Inst& inst, const std::string& opcode) {
    std::string text = opcode + " " + Dst(inst);
    for (uint32_t i = 0; i < inst.num_srcs; ++i) text += ", " + Src(inst, i);
    Emit(text);
  }

  std::string MemoryModifiers(const Inst& inst) const {
    std::string out;
    if (inst.order != Order::kNone && inst.order != Order::kWeak) {
      out += Dot(NameOf(inst.order));
      if (inst.order != Order::kVolatile) {
        out += Dot(NameOf(inst.scope == Scope::kNone ? Scope::kGpu : inst.scope));
      }
    }
    if (inst.cache == Cache::kNc) return out + ".global.nc";
    out += Dot(NameOf(inst.space));
    if (inst.order == Order::kNone || inst.order == Order::kWeak) out += Dot(NameOf(inst.cache));
    return out;
  }

  // A word of four bytes, which stand in registers of 16 bits or more: `mov` would want such of 8.
  void PackBytes(const Inst& inst) {
    std::string word = InWidth(m_.Srcs(inst)[0], Type::kB32);
    for (uint32_t i = 1; i < 4; ++i) {
      const std::string next = i == 3 ? Dst(inst) : Temp(Type::kB32);
      Emit(Format("bfi.b32 %s, %s, %s, %u, 8", next.c_str(),
                  InWidth(m_.Srcs(inst)[i], Type::kB32).c_str(), word.c_str(), 8 * i));
      word = next;
    }
  }
  void UnpackBytes(const Inst& inst) {
    const std::string word = InReg(m_.Srcs(inst)[0], Type::kB32);
    for (uint32_t i = 0; i < 4; ++i) {
      const bool wide = IsWideReg(m_.Dsts(inst)[i]);
      const std::string byte = wide ? Dst(inst, i) : Temp(Type::kB32);
      Emit(Format("bfe.u32 %s, %s, %u, 8", byte.c_str(), word.c_str(), 8 * i));
      if (!wide) Emit("cvt.u16.u32 " + Dst(inst, i) + ", " + byte);
    }
  }

  void Print(const Inst& inst) {
    guard_.clear();
    if (inst.guard.valid()) guard_ = (inst.guard_negated ? "@!" : "@") + Reg(inst.guard) + " ";
    const Type t = inst.type;
    switch (inst.op) {
      case Op::kMov:
        PrintMov(inst);
        return;
      case Op::kPack: {
        if (inst.num_srcs == 4 && BytesOf(t) == 4) return PackBytes(inst);
        std::string text = Format("mov.%s %s, {", PtxBitsName(t), Dst(inst).c_str());
        for (uint32_t i = 0; i < inst.num_srcs; ++i) {
          text += (i > 0 ? ", " : "") + InWidth(m_.Srcs(inst)[i], SrcType(m_, inst, i));
        }
        Emit(text + "}");
        return;
      }
      case Op::kUnpack: {
        if (inst.num_dsts == 4 && BytesOf(t) == 4) return UnpackBytes(inst);
        const bool halves = BytesOf(t) == 2 * inst.num_dsts;
        std::string text = Format("mov.%s {", PtxBitsName(t)), behind[4];
        for (uint32_t i = 0; i < inst.num_dsts; ++i) {
          const bool wide = halves && IsWideReg(m_.Dsts(inst)[i]);
          behind[i] = wide ? Temp(Type::kB16) : std::string();
          text += (i > 0 ? ", " : "") + (wide ? behind[i] : Dst(inst, i));
        }
        Emit(text + "}, " + InReg(m_.Srcs(inst)[0], t));
        for (uint32_t i = 0; i < inst.num_dsts; ++i) {
          if (!behind[i].empty()) Emit("cvt.u32.u16 " + Dst(inst, i) + ", " + behind[i]);
        }
        return;
      }
      case Op::kCvt:
        PrintCvt(inst);
        return;
      case Op::kCvta:
      case Op::kCvtaTo:
        PrintCvta(inst);
        return;
      case Op::kAnd:
      case Op::kOr:
      case Op::kXor:
      case Op::kNot:
        PrintBits(inst, PtxOpcode(inst));
        return;
      case Op::kLop3:
        Emit("lop3.b32 " + Dst(inst) + ", " + Src(inst, 0) + ", " + Src(inst, 1) + ", " +
             Src(inst, 2) + Format(", 0x%x", inst.sub));
        return;
      case Op::kLd:
      case Op::kSt:
        PrintMemory(inst);
        return;
      case Op::kAtom:
      case Op::kRed:
        PrintAtomic(inst);
        return;
      case Op::kMbar:
        PrintMbarrier(inst);
        return;
      case Op::kMalloc:
      case Op::kFree:
        PrintHeap(inst);
        return;
      case Op::kFence:
        Emit(inst.scope == Scope::kNone ? "fence.acq_rel.gpu"
                                        : "fence.acq_rel" + Dot(NameOf(inst.scope)));
        return;
      case Op::kCopyGroup:
        Emit(CopyGroupText(inst));
        return;
      case Op::kBarSync: {
        if (inst.sub == kSyncCluster) {
          Emit("barrier.cluster.arrive");
          Emit("barrier.cluster.wait");
          return;
        }
        std::string text = (inst.sub == kSyncLanes ? "barrier.sync " : "bar.sync ") + Src(inst, 0);
        if (inst.num_srcs > 1) text += ", " + Src(inst, 1);
        Emit(text);
        return;
      }
      case Op::kBarArrive:
        Emit("bar.arrive " + Src(inst, 0) + ", " + Src(inst, 1));
        return;
      case Op::kBarRed: {
        constexpr const char* kSums[] = {"bar.red.popc.u32 ", "bar.red.and.pred ",
                                         "bar.red.or.pred "};
        std::string text = kSums[inst.sub] + Dst(inst) + ", " + Src(inst, 0);
        if (inst.num_srcs > 2) text += ", " + Src(inst, 2);
        Emit(text + ", " + InReg(m_.Srcs(inst)[1], Type::kPred));
        return;
      }
      case Op::kBarWarp:
        Emit("bar.warp.sync " + Src(inst, 0));
        return;
      case Op::kShfl: {
        std::string text =
            Format("shfl.sync.%s.b32 ", NameOf(static_cast<Shuffle>(inst.sub))) + Dst(inst);
        if (inst.num_dsts > 1) text += "|" + Dst(inst, 1);
        text += ", " + InReg(m_.Srcs(inst)[0], Type::kB32);
        for (uint32_t i = 1; i < 4; ++i) text += ", " + Src(inst, i);
        Emit(text);
        return;
      }
      case Op::kVote: {
        const Vote vote = static_cast<Vote>(inst.sub);
        Simple(inst,
               Format("vote.sync.%s.%s", NameOf(vote), vote == Vote::kBallot ? "b32" : "pred"));
        return;
      }
      case Op::kMatch:
        Simple(inst, std::string(InfoOf(inst.op).ptx) + "." + PtxBitsName(t));
        return;
      case Op::kRedux: {
        const Atomic a = static_cast<Atomic>(inst.sub);
        const bool bits = a == Atomic::kAnd || a == Atomic::kOr || a == Atomic::kXor;
        Simple(inst, Format("redux.sync.%s.%s", NameOf(a), bits ? "b32" : PtxArithName(t)));
        return;
      }
      case Op::kMma:
        PrintMma(inst);
        return;
      case Op::kActivemask:
        Emit("activemask.b32 " + Dst(inst));
        return;
      case Op::kPrint:
        PrintVprintf(inst);
        return;
      case Op::kBra:
      case Op::kCondBra:
        PrintBranch(inst);
        return;
      case Op::kRet:
        if (inst.num_srcs > 0 && f_.result != Type::kNone) {
          StoreParam(Format("ret%u", index_), m_.Srcs(inst)[0], f_.result);
        }
        Emit("ret");
        return;
      case Op::kExit:
        Emit("exit");
        return;
      case Op::kTrap:
        Emit("trap");
        return;
      case Op::kCall:
        PrintCall(inst);
        return;
      case Op::kRt:
      case Op::kLaunch:
        EmitPlain(std::string("// host operation ") + InfoOf(inst.op).ptx);
        return;
      default:
        Simple(inst, PtxOpcode(inst));
        return;
    }
  }

  // mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {d}, {a}, {b}, {c}
  void PrintMma(const Inst& inst) {
    const MmaForm f = MmaFormOf(inst);
    const char* const sparse = !f.sparse ? "" : f.ordered ? ".sp::ordered_metadata" : ".sp";
    std::string text = Format("mma%s.sync.aligned.m%un8k%u.%s.%s%s%s", sparse, f.m, f.k,
                              f.a_columns ? "col" : "row", f.b_rows ? "row" : "col",
                              inst.sat ? ".satfinite" : "", Dot(NameOf(inst.round)).c_str());
    for (const Type t : {f.d, f.a, f.b, f.c}) text += Dot(NameOf(t));
    if (f.a == Type::kB1) text += f.b1_and ? ".and.popc" : ".xor.popc";
    text += " {";
    for (uint32_t i = 0; i < inst.num_dsts; ++i) text += (i > 0 ? ", " : "") + Dst(inst, i);
    uint32_t next = 0;
    for (const uint32_t count : {f.a_regs(), f.b_regs(), f.c_regs()}) {
      text += "}, {";
      for (uint32_t i = 0; i < count; ++i) {
        text += (i > 0 ? ", " : "") + InReg(m_.Srcs(inst)[next], SrcType(m_, inst, next));
        ++next;
      }
    }
    text += "}";
    if (f.sparse)
      text += ", " + InReg(m_.Srcs(inst)[next], Type::kB32) + Format(", %u", f.selector);
    Emit(text);
  }

  // mbarrier.arrive.shared.b64 state, [address], count
  static std::string CopyGroupText(const Inst& inst) {
    switch (static_cast<CopyStep>(inst.sub)) {
      case CopyStep::kCommit:
        return "cp.async.commit_group";
      case CopyStep::kWaitGroup:
        return Format("cp.async.wait_group %d", inst.offset);
      case CopyStep::kWaitAll:
        return "cp.async.wait_all";
    }
    return {};
  }

  void PrintMbarrier(const Inst& inst) {
    const auto what = static_cast<Mbarrier>(inst.sub);
    std::string order;
    const bool counts_bytes = what == Mbarrier::kExpectTx || what == Mbarrier::kCompleteTx;
    if (inst.order == Order::kRelaxed || counts_bytes) {
      order = inst.scope == Scope::kGpu ? ".relaxed.cluster" : ".relaxed.cta";
    }
    const bool copies = what == Mbarrier::kArriveCopies;
    std::string text = (copies ? "cp.async.mbarrier." : "mbarrier.") + std::string(NameOf(what)) +
                       order + Dot(NameOf(inst.space)) + ".b64 ";
    const bool arrives = what == Mbarrier::kArrive || what == Mbarrier::kArriveDrop;
    if (inst.num_dsts > 0) {
      text += Dst(inst) + ", ";
    } else if (arrives) {
      text += Temp(Type::kB64) + ", ";
    }
    text += Address(inst);
    if (inst.num_srcs > 1) text += ", " + InReg(m_.Srcs(inst)[1], SrcType(m_, inst, 1));
    Emit(text);
  }

  void PrintHeap(const Inst& inst) {
    const std::string value = InReg(m_.Srcs(inst)[0], Type::kB64);
    EmitPlain("{");
    body_.erase(body_.size() - 2, 1);  // no semicolon after the brace
    EmitPlain(".param .b64 a1");
    EmitPlain("st.param.b64 [a1], " + value);
    if (inst.op == Op::kFree) {
      Emit("call free, (a1)");
    } else {
      EmitPlain(".param .b64 r");
      Emit("call (r), malloc, (a1)");
      Emit("ld.param.b64 " + Dst(inst) + ", [r]");
    }
    body_ += "\t}\n";
  }

  // A bit operation, on halves too where it is one of 32 bits.
  void PrintBits(const Inst& inst, const std::string& opcode) {
    const bool narrow = BytesOf(inst.type) == 4 && !IsWideReg(m_.Dsts(inst)[0]);
    const std::string to = narrow ? Temp(Type::kB32) : Dst(inst);
    std::string text = opcode + " " + to;
    for (uint32_t i = 0; i < inst.num_srcs; ++i) {
      const Operand o = m_.Srcs(inst)[i];
      text += ", " + (o.IsReg() ? InWidth(o, inst.type) : Src(inst, i));
    }
    Emit(text);
    if (narrow) Emit("cvt.u16.u32 " + Dst(inst) + ", " + to);
  }

  void PrintMov(const Inst& inst) {
    const Operand o = m_.Srcs(inst)[0];
    if (inst.type == Type::kPred) {
      if (o.IsReg()) {
        Emit("mov.pred " + Dst(inst) + ", " + Reg(o.reg()));
      } else {
        Emit("setp.ne.u32 " + Dst(inst) + ", " + Literal(m_.ImmBits(o), Type::kPred) + ", 0");
      }
      return;
    }
    const Type bits =
        BytesOf(inst.type) == 8 ? Type::kB64 : (BytesOf(inst.type) == 4 ? Type::kB32 : Type::kB16);
    const bool wide = BytesOf(inst.type) == 4 && IsWideReg(m_.Dsts(inst)[0]);
    if (o.IsReg() && BytesOf(inst.type) == 4 && IsWideReg(o) != wide) {
      Emit((wide ? "cvt.u32.u16 " : "cvt.u16.u32 ") + Dst(inst) + ", " + Reg(o.reg()));
    } else if (o.IsReg()) {
      const bool halves = BytesOf(inst.type) == 4 && !wide;
      Emit(Format("mov.%s ", halves ? "b16" : PtxBitsName(inst.type)) + Dst(inst) + ", " +
           Reg(o.reg()));
    } else if (o.IsImm()) {
      Emit(Format("mov.%s ", PtxBitsName(inst.type)) + Dst(inst) + ", " +
           Literal(m_.ImmBits(o), bits));
    } else {
      Emit(Format("mov.u%u ", 8 * BytesOf(inst.type)) + Dst(inst) + ", " + Symbol(o));
    }
  }

  void PrintCvt(const Inst& inst) {
    const Type to = inst.type, from = inst.src_type;
    const bool to_float = IsFloat(to), from_float = IsFloat(from);
    if (from == Type::kBF16 && to == Type::kF32) {  // the upper half of a float
      const std::string zero = Temp(Type::kB16);
      EmitPlain("mov.b16 " + zero + ", 0");
      Emit("mov.b32 " + Dst(inst) + ", {" + zero + ", " + InReg(m_.Srcs(inst)[0], from) + "}");
      return;
    }
    if (to == from && (!to_float || inst.round == Round::kNone) && !inst.sat && !inst.ftz &&
        inst.sub == 0) {
      Emit(Format("mov.%s ", PtxBitsName(to)) + Dst(inst) + ", " + InReg(m_.Srcs(inst)[0], from));
      return;
    }
    if (BytesOf(to) == 1 && to_float) {  // two at once: the upper one is zero
      const std::string flags = (inst.sub & kFloatRelu) != 0 ? ".relu." : ".";
      const std::string opcode = "cvt.rn.satfinite" + flags + NameOf(to) + "x2.";
      if (from == Type::kF32) {
        Emit(opcode + "f32 " + Dst(inst) + ", 0f00000000, " + InReg(m_.Srcs(inst)[0], from));
        return;
      }
      const std::string zero = Temp(Type::kB16), both = Temp(Type::kB32);
      EmitPlain("mov.b16 " + zero + ", 0");
      EmitPlain("mov.b32 " + both + ", {" + InWidth(m_.Srcs(inst)[0], from) + ", " + zero + "}");
      Emit(opcode + "f16x2 " + Dst(inst) + ", " + both);
      return;
    }
    if (BytesOf(from) == 1 && from_float) {
      const std::string both = Temp(Type::kB32), upper = Temp(Type::kB16);
      Emit(std::string("cvt.rn") + ((inst.sub & kFloatRelu) != 0 ? ".relu" : "") + ".f16x2." +
           NameOf(from) + "x2 " + both + ", " + InReg(m_.Srcs(inst)[0], from));
      Emit("mov.b32 {" + Dst(inst) + ", " + upper + "}, " + both);
      return;
    }
    Round round = inst.round;
    if (round == Round::kNone) {
      if (from_float && !to_float) round = Round::kRzi;
      if (!from_float && to_float) round = Round::kRn;
      if (from_float && to_float && BytesOf(to) < BytesOf(from)) round = Round::kRn;
    }
    const bool widens = from_float && to_float && BytesOf(to) > BytesOf(from);
    const bool integral = round >= Round::kRni && round <= Round::kRpi;
    if (widens && !integral) round = Round::kNone;
    const bool ftz = inst.ftz && (to == Type::kF32 || from == Type::kF32);
    // From and to integers of 8 bits the register is wider than the type, which cvt allows.
    Emit("cvt" + Dot(NameOf(round)) + ((inst.sub & kFloatRelu) != 0 ? ".relu" : "") +
         ((inst.sub & kFloatSatfinite) != 0 ? ".satfinite" : "") + (ftz ? ".ftz" : "") +
         (inst.sat ? ".sat" : "") + "." + PtxCvtName(to) + "." + PtxCvtName(from) + " " +
         Dst(inst) + ", " + InReg(m_.Srcs(inst)[0], from));
  }

  void PrintCvta(const Inst& inst) {
    const Operand o = m_.Srcs(inst)[0];
    const Type have = o.IsReg() ? m_.RegType(f_, o.reg()) : Type::kU64;
    std::string src = InReg(o, Type::kU64);
    if (BytesOf(have) == 4) {
      const std::string wide = Temp(Type::kU64);
      EmitPlain("cvt.u64.u32 " + wide + ", " + src);
      src = wide;
    }
    const Type dst_type = m_.RegType(f_, m_.Dsts(inst)[0].reg());
    const std::string opcode =
        (inst.op == Op::kCvta ? "cvta" : "cvta.to") + Dot(NameOf(inst.space)) + ".u64 ";
    if (BytesOf(dst_type) == 8) {
      Emit(inst.space == Space::kGeneric ? "mov.b64 " + Dst(inst) + ", " + src
                                         : opcode + Dst(inst) + ", " + src);
      return;
    }
    const std::string wide = Temp(Type::kU64);
    EmitPlain(opcode + wide + ", " + src);
    Emit("cvt.u32.u64 " + Dst(inst) + ", " + wide);
  }

  void PrintMemory(const Inst& inst) {
    const bool load = inst.op == Op::kLd;
    const std::span<const Operand> elements =
        load ? m_.Dsts(inst) : m_.Srcs(inst).subspan(1, inst.vec);
    // The registers of a vector are of one width.
    uint32_t wide = 0;
    for (const Operand& o : elements) wide += IsWideReg(o) ? 1 : 0;
    const bool mixed = BytesOf(inst.type) <= 2 && wide > 0 && wide < inst.vec;
    std::string values;
    std::vector<std::string> behind;
    for (uint32_t i = 0; i < inst.vec; ++i) {
      if (i > 0) values += ", ";
      if (!mixed || !IsWideReg(elements[i])) {
        values += load ? Dst(inst, i) : InReg(elements[i], inst.type);
      } else if (load) {
        const std::string narrow = Temp(Type::kB16);
        values += narrow;
        behind.push_back((IsSigned(inst.type) ? "cvt.s32.s16 " : "cvt.u32.u16 ") + Dst(inst, i) +
                         ", " + narrow);
      } else {
        values += InWidth(elements[i], Type::kB16);
      }
    }
    if (inst.vec > 1) values = "{" + values + "}";
    std::string opcode = (load ? "ld" : "st") + MemoryModifiers(inst);
    if (inst.vec > 1) opcode += Format(".v%u", inst.vec);
    opcode += Dot(PtxMemoryName(inst.type));
    Emit(opcode + " " + (load ? values + ", " + Address(inst) : Address(inst) + ", " + values));
    for (const std::string& widened : behind) Emit(widened);
  }

  void PrintAtomic(const Inst& inst) {
    const Atomic a = static_cast<Atomic>(inst.sub);
    const Type t = inst.type;
    // red has no exch and no cas
    const bool wants = inst.op == Op::kAtom || a == Atomic::kExch || a == Atomic::kCas;
    std::string opcode = wants ? "atom" : "red";
    if (inst.order != Order::kNone && inst.order != Order::kWeak &&
        inst.order != Order::kVolatile) {
      opcode += Dot(NameOf(inst.order));
    }
    opcode += Dot(NameOf(inst.scope)) + Dot(NameOf(inst.space)) + Dot(NameOf(a));
    const bool bits = a == Atomic::kAnd || a == Atomic::kOr || a == Atomic::kXor ||
                      a == Atomic::kExch || a == Atomic::kCas;
    if (bits) {
      opcode += Dot(PtxBitsName(t));
    } else if (IsHalf(t)) {
      opcode += std::string(".noftz.") + NameOf(t);
    } else if (t == Type::kS64 && a == Atomic::kAdd) {
      opcode += ".u64";
    } else {
      opcode += Dot(PtxArithName(t));
    }
    // A register of 16 bits for what has 16 bits.
    const bool narrow = inst.num_dsts > 0 && BytesOf(t) == 2 && IsWideReg(m_.Dsts(inst)[0]);
    const std::string to = !wants                         ? std::string()
                           : narrow || inst.num_dsts == 0 ? Temp(t)
                                                          : Dst(inst);
    std::string text = wants ? to + ", " : "";
    text += Address(inst);
    for (uint32_t i = 1; i < inst.num_srcs; ++i) text += ", " + InWidth(m_.Srcs(inst)[i], t);
    Emit(opcode + " " + text);
    if (narrow) Emit("cvt.u32.u16 " + Dst(inst) + ", " + to);
  }

  void PrintBranch(const Inst& inst) {
    const std::span<const Operand> srcs = m_.Srcs(inst);
    const uint32_t next = f_.first_block + block_ + 1;
    if (inst.op == Op::kBra) {
      if (srcs[0].index != next) Emit("bra " + Label(srcs[0].index));
      return;
    }
    const std::string p = InReg(srcs[0], Type::kPred);
    if (srcs[1].index == next) {
      Emit("@!" + p + " bra " + Label(srcs[2].index));
      return;
    }
    Emit("@" + p + " bra " + Label(srcs[1].index));
    if (srcs[2].index != next) Emit("bra " + Label(srcs[2].index));
  }

  void PrintCall(const Inst& inst) {
    const std::span<const Operand> srcs = m_.Srcs(inst);
    const Function& callee = m_.functions[srcs[0].index];
    EmitPlain("{");
    body_.erase(body_.size() - 2, 1);  // no semicolon after the brace
    std::string args;
    for (uint32_t i = 1; i < srcs.size(); ++i) {
      const Type type = m_.Params(callee)[i - 1].type;
      EmitPlain(Format(".param .%s a%u", ParamBits(type), i));
      StoreParam(Format("a%u", i), srcs[i], type);
      args += (i > 1 ? ", " : "") + Format("a%u", i);
    }
    std::string call = "call ";
    if (callee.result != Type::kNone) {
      EmitPlain(Format(".param .%s r", ParamBits(callee.result)));
      call += "(r), ";
    }
    call += symbols_.function(srcs[0].index);
    Emit(args.empty() ? call : call + ", (" + args + ")");
    if (inst.num_dsts > 0) LoadParam(Dst(inst), callee.result, "r");
    body_ += "\t}\n";
  }

  // As nvcc does: the values lie in local memory as a va_list would have them.
  void PrintVprintf(const Inst& inst) {
    const std::span<const Operand> srcs = m_.Srcs(inst);
    const std::string buffer = Format("printed%u", index_);
    uint32_t bytes = 0;
    for (uint32_t i = 1; i < srcs.size() && inst.sub != kPrintFromBuffer; ++i) {
      const bool wide = (static_cast<uint32_t>(inst.offset) >> (i - 1) & 1) != 0;
      const uint32_t size = wide ? 8 : 4;
      bytes = (bytes + size - 1) / size * size;
      std::string value = InReg(srcs[i], Type::kB64);
      if (!wide) {
        const std::string low = Temp(Type::kB32);
        EmitPlain("cvt.u32.u64 " + low + ", " + value);
        value = low;
      }
      EmitPlain(Format("st.local.b%u [%s+%u], %s", 8 * size, buffer.c_str(), bytes, value.c_str()));
      bytes += size;
    }
    printed_bytes_ = bytes > printed_bytes_ ? bytes : printed_bytes_;
    const std::string format = InReg(srcs[0], Type::kB64);
    std::string values;
    if (inst.sub == kPrintFromBuffer) {
      values = InReg(srcs[1], Type::kB64);
    } else {
      values = Temp(Type::kB64);
      EmitPlain("mov.u64 " + values + ", " + (bytes > 0 ? buffer : "0"));
      if (bytes > 0) EmitPlain("cvta.local.u64 " + values + ", " + values);
    }
    EmitPlain("{");
    body_.erase(body_.size() - 2, 1);  // no semicolon after the brace
    EmitPlain(".param .b64 a1");
    EmitPlain("st.param.b64 [a1], " + format);
    EmitPlain(".param .b64 a2");
    EmitPlain("st.param.b64 [a2], " + values);
    EmitPlain(".param .b32 r");
    Emit("call (r), vprintf, (a1, a2)");
    if (inst.num_dsts > 0) LoadParam(Dst(inst), Type::kS32, "r");
    body_ += "\t}\n";
  }

  uint32_t block_ = 0;
  uint32_t printed_bytes_ = 0;  // most values of one vprintf
};

}  // namespace

std::string PtxSignature(const Module& module, const PtxSymbols& symbols, uint32_t index) {
  return FunctionPrinter(module, symbols, index).Signature();
}

std::string PtxFunction(const Module& module, const PtxSymbols& symbols, uint32_t index) {
  return FunctionPrinter(module, symbols, index).Run();
}

}  // namespace ws::ir
