#include "ir/ptx_function.h"

#include "ir/barriers.h"
#include "ir/names.h"
#include "ir/ptx_opcode.h"
#include "ir/ptx_printer.h"

namespace ws::ir {
namespace {

const char* KernelParamType(Type type) {
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

std::string CopyGroupText(const Inst& inst) {
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

}  // namespace

std::string PtxPrinter::Signature() const {
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

std::string PtxPrinter::Run() {
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
    out += Format("\t.local .align %u .b8 frame%u[%u];\n", f_.frame_align, index_, f_.frame_bytes);
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

// The blocks that a printed branch names: others are reached from the one before alone.
std::vector<bool> PtxPrinter::BranchTargets() const {
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

void PtxPrinter::Print(const Inst& inst) {
  guard_.clear();
  if (inst.guard.valid()) guard_ = (inst.guard_negated ? "@!" : "@") + Reg(inst.guard) + " ";
  const Type t = inst.type;
  switch (inst.op) {
    case Op::kMov:
      PrintMov(inst);
      return;
    case Op::kPack:
      PrintPack(inst);
      return;
    case Op::kUnpack:
      PrintUnpack(inst);
      return;
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
      Simple(inst, Format("vote.sync.%s.%s", NameOf(vote), vote == Vote::kBallot ? "b32" : "pred"));
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

// "opcode d, a, b, ..." over all operands.
void PtxPrinter::Simple(const Inst& inst, const std::string& opcode) {
  std::string text = opcode + " " + Dst(inst);
  for (uint32_t i = 0; i < inst.num_srcs; ++i) text += ", " + Src(inst, i);
  Emit(text);
}

void PtxPrinter::PrintBranch(const Inst& inst) {
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

std::string PtxSignature(const Module& module, const PtxSymbols& symbols, uint32_t index) {
  return PtxPrinter(module, symbols, index).Signature();
}

std::string PtxFunction(const Module& module, const PtxSymbols& symbols, uint32_t index) {
  return PtxPrinter(module, symbols, index).Run();
}

}  // namespace ws::ir
