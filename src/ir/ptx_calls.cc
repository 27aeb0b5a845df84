// Calls as PTX: of functions, of the device's heap and of vprintf.
#include "ir/ptx_printer.h"

namespace ws::ir {

void PtxPrinter::PrintCall(const Inst& inst) {
  const std::span<const Operand> srcs = m_.Srcs(inst);
  const Function& callee = m_.functions[srcs[0].index];
  body_ += "\t{\n";
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

void PtxPrinter::PrintHeap(const Inst& inst) {
  const std::string value = InReg(m_.Srcs(inst)[0], Type::kB64);
  body_ += "\t{\n";
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

// As nvcc does: the values lie in local memory as a va_list would have them.
void PtxPrinter::PrintVprintf(const Inst& inst) {
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
  body_ += "\t{\n";
  EmitPlain(".param .b64 a1");
  EmitPlain("st.param.b64 [a1], " + format);
  EmitPlain(".param .b64 a2");
  EmitPlain("st.param.b64 [a2], " + values);
  EmitPlain(".param .b32 r");
  Emit("call (r), vprintf, (a1, a2)");
  if (inst.num_dsts > 0) LoadParam(Dst(inst), Type::kS32, "r");
  body_ += "\t}\n";
}

}  // namespace ws::ir
