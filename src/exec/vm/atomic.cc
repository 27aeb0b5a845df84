#include "exec/vm/atomic.h"

#include "base/format.h"
#include "ir/eval.h"

namespace ws::exec {

uint64_t AtomicValue(ir::Atomic atomic, ir::Type type, uint64_t old, uint64_t b, uint64_t c,
                     bool flushes) {
  const uint64_t mask = ir::MaskOf(type);
  ir::Inst inst;
  inst.type = type;
  switch (atomic) {
    case ir::Atomic::kAdd:
      inst.op = ir::Op::kAdd;
      inst.ftz = flushes && type == ir::Type::kF32;
      break;
    case ir::Atomic::kMin:
      inst.op = ir::Op::kMin;
      break;
    case ir::Atomic::kMax:
      inst.op = ir::Op::kMax;
      break;
    case ir::Atomic::kAnd:
      return old & b & mask;
    case ir::Atomic::kOr:
      return (old | b) & mask;
    case ir::Atomic::kXor:
      return (old ^ b) & mask;
    case ir::Atomic::kExch:
      return b & mask;
    case ir::Atomic::kCas:
      return old == (b & mask) ? c & mask : old;
    case ir::Atomic::kInc:
      return old >= (b & mask) ? 0 : old + 1;
    case ir::Atomic::kDec:
      return old == 0 || old > (b & mask) ? b & mask : old - 1;
  }
  const uint64_t srcs[2] = {old, b};
  uint64_t result = old;
  ir::Eval(inst, srcs, result);
  return result;
}

std::string MbarrierWaitText(uint64_t word, const std::string& where) {
  const ir::MbarrierWord w = ir::MbarrierWord::Of(word);
  std::string text = Format("the mbarrier at {}, whose phase still wants {} of {} arrivals", where,
                            w.pending, w.expected);
  if (w.tx > 0) {
    AppendFormat(text, " and {} bytes, which expect_tx announced and nothing has copied", w.tx);
  } else if (w.tx < 0) {
    AppendFormat(text, " and expect_tx for {} bytes, which were copied and not announced", -w.tx);
  } else if (w.pending == w.expected) {
    text += ", as it did when it began: none has arrived";
  }
  return text;
}

std::string MbarrierFaultText(ir::MbarrierFault fault, uint64_t word, uint64_t value,
                              const std::string& where) {
  const ir::MbarrierWord w = ir::MbarrierWord::Of(word);
  switch (fault) {
    case ir::MbarrierFault::kNone:
      break;
    case ir::MbarrierFault::kCount:
      return Format("a count of {} arrivals at {}; 1 to {} are possible", value, where,
                    ir::kMaxArrivals);
    case ir::MbarrierFault::kTooMany:
      return Format("{} arrivals at {}, whose phase waits for {}", value, where, w.pending);
    case ir::MbarrierFault::kTx:
      return Format("{} more bytes than {}, which waits for {}, can count", value, where, w.tx);
    case ir::MbarrierFault::kState:
      return Format("a state of {} that is older than its last phase", where);
  }
  return {};
}

}  // namespace ws::exec
