#include "ir/verify.h"

#include <array>
#include <string>

#include "ir/names.h"
#include "ir/tensor.h"

namespace ws::ir {
namespace {

Type Widened(Type type) {
  switch (type) {
    case Type::kU8:
    case Type::kB8:
      return Type::kU16;
    case Type::kS8:
      return Type::kS16;
    case Type::kU16:
    case Type::kB16:
      return Type::kU32;
    case Type::kS16:
      return Type::kS32;
    case Type::kS32:
      return Type::kS64;
    default:
      return Type::kU64;
  }
}

Type ElementType(const Inst& inst, uint32_t parts) {
  const uint32_t bytes = parts == 0 ? 0 : BytesOf(inst.type) / parts;
  return bytes >= 4 ? Type::kB32 : (bytes == 2 ? Type::kB16 : Type::kB8);
}

}  // namespace

Type DstType(const Module& module, const Inst& inst, uint32_t index) {
  switch (inst.op) {
    case Op::kSetp:
    case Op::kIsSpace:
      return Type::kPred;
    case Op::kMulWide:
    case Op::kMadWide:
      return Widened(inst.type);
    case Op::kPopc:
    case Op::kClz:
    case Op::kBfind:
    case Op::kMatch:
    case Op::kActivemask:
      return Type::kU32;
    case Op::kUnpack:
      return ElementType(inst, inst.num_dsts);
    case Op::kShfl:
      return index == 0 ? inst.type : Type::kPred;
    case Op::kVote:
      return inst.sub == static_cast<uint8_t>(Vote::kBallot) ? Type::kB32 : Type::kPred;
    case Op::kCall: {
      const Operand callee = module.Srcs(inst)[0];
      return callee.index < module.functions.size() ? module.functions[callee.index].result
                                                    : Type::kNone;
    }
    case Op::kMma:
      return inst.type == Type::kF16 ? Type::kB32 : inst.type;
    case Op::kMbar: {
      const auto what = static_cast<Mbarrier>(inst.sub);
      const bool tests = what == Mbarrier::kTestState || what == Mbarrier::kTestParity;
      return tests ? Type::kPred : Type::kB64;
    }
    case Op::kPrint:
      return Type::kS32;
    case Op::kRt:
      return InfoOf(static_cast<RtFn>(inst.sub)).result;
    default:
      return inst.type;
  }
}

Type SrcType(const Module& module, const Inst& inst, uint32_t index) {
  switch (inst.op) {
    case Op::kCvt:
      return inst.src_type;
    case Op::kSelp:
      return index == 2 ? Type::kPred : inst.type;
    case Op::kMadWide:
      return index == 2 ? Widened(inst.type) : inst.type;
    case Op::kPack:
      return ElementType(inst, inst.num_srcs);
    case Op::kShl:
    case Op::kShr:
      return index == 1 ? Type::kU32 : inst.type;
    case Op::kBfe:
      return index >= 1 ? Type::kU32 : inst.type;
    case Op::kBfi:
      return index >= 2 ? Type::kU32 : inst.type;
    case Op::kShfL:
    case Op::kShfR:
      return Type::kU32;
    case Op::kLd:
      return Type::kNone;
    case Op::kSt:
    case Op::kAtom:
    case Op::kRed:
      return index == 0 ? Type::kNone : inst.type;
    case Op::kBarSync:
    case Op::kBarArrive:
    case Op::kBarWarp:
      return Type::kU32;
    case Op::kBarRed:
      return index == 1 ? Type::kPred : Type::kU32;
    case Op::kMma:
      return inst.type == Type::kF64 && index + 1 < inst.num_srcs ? Type::kF64 : Type::kB32;
    case Op::kMbar:
      if (index == 0) return Type::kNone;
      return inst.sub == static_cast<uint8_t>(Mbarrier::kTestState) ? Type::kB64 : Type::kU32;
    case Op::kShfl:
      return index >= 1 ? Type::kU32 : inst.type;
    case Op::kVote:
      return index == 0 ? Type::kPred : Type::kU32;
    case Op::kMatch:
    case Op::kRedux:
      return index == 1 ? Type::kU32 : inst.type;
    case Op::kBra:
      return Type::kNone;
    case Op::kCondBra:
      return index == 0 ? Type::kPred : Type::kNone;
    case Op::kCvta:
    case Op::kCvtaTo:
      return Type::kNone;
    case Op::kCall: {
      if (index == 0) return Type::kNone;
      const Operand callee = module.Srcs(inst)[0];
      if (callee.index >= module.functions.size()) return Type::kNone;
      const Function& f = module.functions[callee.index];
      return index - 1 < f.num_params ? module.params[f.first_param + index - 1].type : Type::kNone;
    }
    case Op::kPrint:
      return Type::kB64;
    case Op::kRt:
    case Op::kLaunch:
    case Op::kRet:
      return Type::kNone;
    default:
      return inst.type;
  }
}

namespace {

// InfoOf by index.
constexpr std::array kOps = [] {
  std::array<OpInfo, static_cast<size_t>(Op::kCount)> rows{};
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = InfoOf(static_cast<Op>(i));
  return rows;
}();

// The kinds of types (op_types) that operations for a type name.
constexpr std::array kKinds = [] {
  using namespace op_types;
  std::array<uint8_t, 256> kinds{};
  for (size_t i = 0; i < kinds.size(); ++i) {
    const Type t = static_cast<Type>(i);
    if (t == Type::kPred) kinds[i] = P;
    if (IsUnsigned(t) || IsSigned(t) || (t >= Type::kB8 && t <= Type::kB64)) kinds[i] = I | B;
    if (t == Type::kF32 || t == Type::kF64) kinds[i] = F | B;
    if (t >= Type::kF16 && t <= Type::kBF16x2) kinds[i] = H | B;
  }
  return kinds;
}();

class Verifier {
 public:
  Verifier(const Module& module, FunctionId id, std::vector<std::string>& errors)
      : m_(module), f_(module.functions[id.index]), errors_(errors) {}

  void Run() {
    if (f_.num_blocks == 0) return;
    if (uint64_t{f_.first_block} + f_.num_blocks > m_.blocks.size() ||
        uint64_t{f_.first_reg} + f_.num_regs > m_.reg_types.size() ||
        uint64_t{f_.first_param} + f_.num_params > m_.params.size()) {
      errors_.push_back(std::string(f_.name) + ": ranges lie outside the module");
      return;
    }
    for (block_ = 0; block_ < f_.num_blocks; ++block_) VerifyBlock(m_.Blocks(f_)[block_]);
  }

 private:
  void Fail(const std::string& what) {
    std::string where = std::string(f_.name) + ": b" + std::to_string(block_);
    if (inst_ != nullptr) {
      where += " #" + std::to_string(position_) + " " + InfoOf(inst_->op).name;
    }
    errors_.push_back(where + ": " + what);
  }

  void VerifyBlock(const Block& block) {
    inst_ = nullptr;
    if (block.num_insts == 0 || uint64_t{block.first_inst} + block.num_insts > m_.insts.size()) {
      Fail("is empty or lies outside the module");
      return;
    }
    const std::span<const Inst> insts = m_.Insts(block);
    for (position_ = 0; position_ < insts.size(); ++position_) {
      inst_ = &insts[position_];
      if (inst_->op >= Op::kCount) {
        Fail("no such operation");
        continue;
      }
      const bool last = position_ + 1 == insts.size();
      if (IsTerminator(inst_->op) != last) Fail(last ? "does not end the block" : "ends it early");
      VerifyInst();
    }
  }

  void VerifyInst() {
    const Inst& inst = *inst_;
    const OpInfo& info = kOps[static_cast<size_t>(inst.op)];
    if (info.dsts >= 0 && inst.num_dsts != info.dsts) {
      // A call for effect, and operations whose result is unused, still name their destinations.
      Fail("has " + std::to_string(inst.num_dsts) + " destinations, not " +
           std::to_string(info.dsts));
      return;
    }
    if (info.srcs >= 0 && inst.num_srcs != info.srcs) {
      Fail("has " + std::to_string(inst.num_srcs) + " sources, not " + std::to_string(info.srcs));
      return;
    }
    if (uint64_t{inst.operands} + inst.num_dsts + inst.num_srcs > m_.operands.size()) {
      Fail("operands lie outside the module");
      return;
    }
    VerifyType(info);
    if (!VerifyCounts()) return;
    if (inst.guard.valid()) {
      if (IsTerminator(inst.op) && inst.op != Op::kExit && inst.op != Op::kTrap) {
        Fail("a terminator cannot be guarded");
      }
      if (inst.guard.index >= f_.num_regs || m_.RegType(f_, inst.guard) != Type::kPred) {
        Fail("guard is no predicate register");
      }
    }
    for (uint32_t i = 0; i < inst.num_dsts; ++i) {
      const Operand o = m_.Dsts(inst)[i];
      if (!o.IsReg() || o.index >= f_.num_regs) {
        Fail("destination " + std::to_string(i) + " is no register of the function");
      } else {
        CheckWidth("destination", i, m_.RegType(f_, o.reg()), DstType(m_, inst, i));
      }
    }
    for (uint32_t i = 0; i < inst.num_srcs; ++i) VerifySource(i, m_.Srcs(inst)[i]);
  }

  void VerifyType(const OpInfo& info) {
    using namespace op_types;
    const Type t = inst_->type;
    if (info.types == N) return;
    // These are converted and moved, and nothing else is made of them.
    const bool narrow = t == Type::kE4M3 || t == Type::kE5M2 || t == Type::kTF32;
    if (narrow ? inst_->op != Op::kCvt && inst_->op != Op::kMov
               : (info.types & kKinds[static_cast<size_t>(t)]) == 0) {
      Fail(std::string("does not take type ") + NameOf(t));
    }
    if (inst_->op == Op::kCvt &&
        (inst_->src_type == Type::kNone || inst_->src_type == Type::kPred)) {
      Fail("has no source type");
    }
    if (inst_->op == Op::kSetp && inst_->cmp == Cmp::kNone) Fail("has no comparison");
  }

  bool VerifyCounts() {
    const Inst& inst = *inst_;
    bool ok = true;
    switch (inst.op) {
      case Op::kLd:
        ok = inst.num_dsts == inst.vec && ValidVec();
        break;
      case Op::kSt:
        ok = inst.num_srcs == inst.vec + 1u && ValidVec();
        break;
      case Op::kAtom:
      case Op::kRed:
        ok = inst.num_srcs == (inst.sub == static_cast<uint8_t>(Atomic::kCas) ? 3 : 2);
        break;
      case Op::kPack:
        ok = inst.num_srcs == 2 || inst.num_srcs == 4;
        break;
      case Op::kUnpack:
        ok = inst.num_dsts == 2 || inst.num_dsts == 4;
        break;
      case Op::kShfl:
        ok = inst.num_dsts == 1 || inst.num_dsts == 2;
        break;
      case Op::kMma: {
        const MmaForm form = MmaFormOf(inst);
        ok = IsMma(form) && inst.num_dsts == form.d_regs() && inst.num_srcs == form.num_regs() + 1u;
        break;
      }
      case Op::kMbar: {
        const auto what = static_cast<Mbarrier>(inst.sub);
        const bool tests = what == Mbarrier::kTestState || what == Mbarrier::kTestParity;
        const bool alone = what == Mbarrier::kInval || what == Mbarrier::kArriveCopies;
        const bool arrives = what == Mbarrier::kArrive || what == Mbarrier::kArriveDrop;
        ok = what <= Mbarrier::kTestParity && inst.num_srcs == (alone ? 1 : 2) &&
             (tests ? inst.num_dsts == 1 : inst.num_dsts <= (arrives ? 1 : 0));
        break;
      }
      case Op::kBarRed:
        ok = inst.num_srcs == 2 || inst.num_srcs == 3;
        break;
      case Op::kBarSync:
        ok = inst.num_srcs == 1 || inst.num_srcs == 2;
        break;
      case Op::kCall:
        ok = VerifyCall();
        break;
      case Op::kPrint:
        ok = inst.num_dsts <= 1 && inst.num_srcs >= 1 && inst.num_srcs <= kMaxPrinted + 1 &&
             (inst.sub != kPrintFromBuffer || inst.num_srcs == 2);
        break;
      case Op::kRt:
        ok = inst.num_dsts <= 1 && inst.sub < static_cast<uint8_t>(RtFn::kCount);
        break;
      case Op::kLaunch:
        ok = inst.num_srcs >= 9 && IsFunction(0);
        break;
      case Op::kRet:
        ok = inst.num_srcs <= 1;
        break;
      default:
        break;
    }
    if (!ok) Fail("has the wrong number of operands");
    return ok;
  }
  bool ValidVec() const { return inst_->vec == 1 || inst_->vec == 2 || inst_->vec == 4; }
  bool IsFunction(uint32_t index) const {
    const Operand o = m_.Srcs(*inst_)[index];
    return o.kind == OperandKind::kFunction && o.index < m_.functions.size();
  }
  bool VerifyCall() const {
    if (inst_->num_srcs == 0 || !IsFunction(0)) return false;
    const Function& callee = m_.functions[m_.Srcs(*inst_)[0].index];
    return inst_->num_srcs == callee.num_params + 1 &&
           inst_->num_dsts <= (callee.result == Type::kNone ? 0 : 1);
  }

  void VerifySource(uint32_t i, Operand o) {
    const auto bad = [&](const char* what) { Fail("source " + std::to_string(i) + " " + what); };
    const Type want = SrcType(m_, *inst_, i);
    switch (o.kind) {
      case OperandKind::kNone:
        bad("is missing");
        return;
      case OperandKind::kReg:
        if (o.index >= f_.num_regs) {
          bad("is no register of the function");
        } else if (inst_->op == Op::kBra || (inst_->op == Op::kCondBra && i > 0)) {
          bad("is no block");
        } else {
          CheckWidth("source", i, m_.RegType(f_, o.reg()), want);
        }
        return;
      case OperandKind::kImm:
        if (o.index >= m_.constants.size()) bad("is no constant of the module");
        return;
      case OperandKind::kSpecial:
        if (o.index >= static_cast<uint32_t>(Special::kCount)) bad("is no special register");
        return;
      case OperandKind::kGlobal:
        if (o.index >= m_.globals.size()) bad("is no variable of the module");
        return;
      case OperandKind::kFrame:
        if (o.index > f_.frame_bytes) bad("lies outside the frame");
        return;
      case OperandKind::kParam:
        if (o.index >= f_.param_bytes) bad("lies outside the parameters");
        return;
      case OperandKind::kBlock:
        if (o.index < f_.first_block || o.index >= f_.first_block + f_.num_blocks) {
          bad("branches out of the function");
        }
        return;
      case OperandKind::kFunction:
        if (o.index >= m_.functions.size()) bad("is no function of the module");
        return;
    }
  }

  void CheckWidth(const char* what, uint32_t i, Type have, Type want) {
    if (have == want || want == Type::kNone) return;
    const bool same =
        (have == Type::kPred) == (want == Type::kPred) && IsWide(have) == IsWide(want);
    if (!same) {
      Fail(std::string(what) + " " + std::to_string(i) + " is " + NameOf(have) + ", not " +
           NameOf(want));
    }
  }

  const Module& m_;
  const Function& f_;
  std::vector<std::string>& errors_;
  uint32_t block_ = 0;
  uint32_t position_ = 0;
  const Inst* inst_ = nullptr;
};

}  // namespace

std::vector<std::string> Verify(const Module& module, FunctionId function) {
  std::vector<std::string> errors;
  Verifier(module, function, errors).Run();
  return errors;
}

std::vector<std::string> Verify(const Module& module) {
  std::vector<std::string> errors;
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    Verifier(module, FunctionId(i), errors).Run();
  }
  for (const Global& g : module.globals) {
    for (const Relocation& r : g.addresses) {
      const bool whole = r.bytes == 8 && r.first == 0;
      const bool inside = r.offset < g.bytes && g.bytes - r.offset >= r.bytes &&
                          (whole ? r.offset % 8 == 0 : r.first + r.bytes <= 8);
      const bool known = r.target.index < module.globals.size() &&
                         module.globals[r.target.index].space != Space::kShared;
      if (!inside || !known) errors.push_back(std::string(g.name) + ": an address in it is wrong");
    }
  }
  return errors;
}

}  // namespace ws::ir
