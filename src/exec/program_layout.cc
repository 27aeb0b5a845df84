#include "exec/program_layout.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/format.h"
#include "exec/memory.h"

namespace ws::exec {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::OperandKind;
using ir::Type;

constexpr uint32_t kMaxSharedBytes = 1u << 30;  // what is declared is counted up to there
// Behind each variable there is a gap of as many bytes as it has, within bounds.
constexpr uint32_t kLeastSharedGap = 128, kMostSharedGap = 1024;  // multiples of all banks
constexpr uint32_t kLeastLocalGap = 32, kMostLocalGap = 1024, kLocalAlign = 16;
constexpr uint32_t kMaxStackFrameBytes = 1u << 20;  // of a function that calls itself
// All gaps of a thread's local memory: as much as its variables, and so much more.
constexpr uint32_t kMoreLocalGaps = 4096;

Width WidthOf(Type type) {
  if (type == Type::kPred) return Width::kPred;
  return ir::IsWide(type) ? Width::k64 : Width::k32;
}

class LayoutMaker {
 public:
  LayoutMaker(const ir::Module& module, Program& program) : m_(module), p_(program) {}

  ProgramLayout Make(ir::FunctionId root) {
    p_.shared_offset.assign(m_.globals.size(), Program::kNoOffset);
    if (CollectFunctions(root)) {
      LayOutRegisters();
      if (!out_.error.empty()) return std::move(out_);
      LayOutShared();
      if (p_.frame_bytes <= kMaxFrameBytes) MarkGaps();
    }
    return std::move(out_);
  }

 private:
  // Callees before callers, as far as they do not call each other; an error on functions without a
  // body. Cycles are found by Tarjan's algorithm (SIAM J. Comput. 1, 1972).
  bool CollectFunctions(ir::FunctionId root) {
    struct Open {
      uint32_t function;
      std::vector<uint32_t> callees;
    };
    constexpr uint32_t kNew = 0xffffffffu, kDone = 0xfffffffeu;
    std::vector<uint32_t> number(m_.functions.size(), kNew), low(m_.functions.size());
    std::vector<Open> stack;
    std::vector<uint32_t> component;  // functions whose cycle is not complete
    std::vector<bool> calls_itself(m_.functions.size());
    uint32_t next = 0, cycles = 0;
    const auto open = [&](uint32_t f) {
      number[f] = low[f] = next++;
      component.push_back(f);
      stack.push_back({f, CalleesOf(f)});
    };
    open(root.index);
    while (!stack.empty()) {
      Open& top = stack.back();
      const uint32_t f = top.function;
      if (m_.functions[f].num_blocks == 0) {
        out_.error = Format("{} is declared but not defined", m_.functions[f].name);
        return false;
      }
      if (!top.callees.empty()) {
        const uint32_t callee = top.callees.back();
        top.callees.pop_back();
        calls_itself[f] = calls_itself[f] || callee == f;
        if (number[callee] == kNew) {
          open(callee);
        } else if (number[callee] != kDone) {
          low[f] = std::min(low[f], number[callee]);
        }
        continue;
      }
      out_.order.push_back(f);
      stack.pop_back();
      if (!stack.empty()) {
        const uint32_t caller = stack.back().function;
        low[caller] = std::min(low[caller], low[f]);
      }
      if (low[f] != number[f]) continue;
      const bool is_cycle = component.back() != f || calls_itself[f];
      if (is_cycle) ++cycles;
      for (uint32_t member = kNew; member != f;) {
        member = component.back();
        component.pop_back();
        number[member] = kDone;
        out_.functions[member].cycle = is_cycle ? cycles : 0;
      }
    }
    return true;
  }

  std::vector<uint32_t> CalleesOf(uint32_t f) const {
    std::vector<uint32_t> callees;
    for (const ir::Block& b : m_.Blocks(m_.functions[f])) {
      for (const Inst& i : m_.Insts(b)) {
        if (i.op == Op::kCall) callees.push_back(m_.Srcs(i)[0].index);
      }
    }
    std::reverse(callees.begin(), callees.end());
    return callees;
  }

  void NoteReturn(const ir::Function& fn, uint32_t slot) {
    ReturnSlot row = {.first_inst = 0xffffffff, .end_inst = 0, .offset = slot};
    for (const ir::Block& b : m_.Blocks(fn)) {
      row.first_inst = std::min(row.first_inst, b.first_inst);
      row.end_inst = std::max(row.end_inst, b.first_inst + b.num_insts);
    }
    p_.returns.push_back(row);
  }

  void LayOutRegisters() {
    uint32_t predicates = 0;
    for (const uint32_t f : out_.order) {
      const ir::Function& fn = m_.functions[f];
      for (uint32_t r = 0; r < fn.num_regs; ++r) {
        if (m_.RegType(fn, ir::RegId(r)) == Type::kPred) ++predicates;
      }
      if (fn.result == Type::kPred) ++predicates;
      for (const ir::Param& param : m_.Params(fn)) {
        if (param.type == Type::kPred && out_.functions[f].cycle != 0) ++predicates;
      }
    }
    p_.predicate_bytes = (8 * predicates + kSlotBytes - 1) / kSlotBytes * kSlotBytes;
    out_.next_slot = p_.predicate_bytes;
    uint32_t next_predicate = 0;
    const auto place = [&](Type type) {
      const Width width = WidthOf(type);
      SlotRef slot{out_.next_slot, width};
      if (width == Width::kPred) {
        slot.offset = next_predicate;
        next_predicate += 8;
      } else {
        out_.next_slot += width == Width::k64 ? 2 * kSlotBytes : kSlotBytes;
      }
      return slot;
    };
    for (const uint32_t f : out_.order) {
      const ir::Function& fn = m_.functions[f];
      FunctionLayout& layout = out_.functions[f];
      layout.regs.resize(fn.num_regs);
      for (uint32_t r = 0; r < fn.num_regs; ++r) {
        layout.regs[r] = place(m_.RegType(fn, ir::RegId(r)));
      }
      if (fn.result != Type::kNone) layout.result = place(fn.result);
      layout.return_slot = place(Type::kB32).offset;
      if (f != p_.function.index) NoteReturn(fn, layout.return_slot);
      if (layout.cycle == 0) {
        LayOutFrame(fn, layout);
      } else {
        StackFrame frame;
        frame.base = place(Type::kB64);
        frame.narrow_base = place(Type::kB32);
        for (const ir::Param& param : m_.Params(fn)) layout.staged.push_back(place(param.type));
        LayOutStackFrame(f, layout, std::move(frame));
      }
      if (out_.next_slot > kMaxRegisterBytes) break;
    }
    p_.register_bytes = out_.next_slot;
  }

  // The offsets of the frame's objects, by the operands that name their first bytes: each ends
  // where the next one begins.
  std::vector<uint32_t> ObjectsOf(const ir::Function& fn) const {
    std::vector<uint32_t> objects;
    if (fn.frame_bytes == 0) return objects;
    for (const ir::Block& b : m_.Blocks(fn)) {
      for (const Inst& i : m_.Insts(b)) {
        for (const Operand& o : m_.Srcs(i)) {
          if (o.kind == OperandKind::kFrame) objects.push_back(o.index);
        }
      }
    }
    std::ranges::sort(objects);
    objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
    return objects;
  }

  // The frame of a function that calls itself, from its own beginning on.
  void LayOutStackFrame(uint32_t f, FunctionLayout& layout, StackFrame frame) {
    const ir::Function& fn = m_.functions[f];
    const std::vector<uint32_t> objects = ObjectsOf(fn);
    frame.function = f;
    for (size_t k = 0; k < objects.size(); ++k) {
      const uint32_t next = k + 1 < objects.size() ? objects[k + 1] : fn.frame_bytes;
      const uint32_t bytes = next - std::min(next, objects[k]);
      if (frame.state.size() + bytes > kMaxStackFrameBytes) {
        out_.error = Format("{} calls itself and has more than {} bytes of local variables",
                            fn.name, kMaxStackFrameBytes);
        return;
      }
      layout.frame.push_back({objects[k], static_cast<uint32_t>(frame.state.size())});
      frame.state.resize(frame.state.size() + bytes, 0);
      const size_t end = (frame.state.size() + kLeastLocalGap + kLocalAlign - 1) / kLocalAlign;
      frame.state.resize(end * kLocalAlign, kByteGap);
      frame.declared_bytes += bytes;
    }
    layout.stack_frame = static_cast<uint32_t>(p_.stack_frames.size());
    p_.stack_frames.push_back(std::move(frame));
  }

  void LayOutFrame(const ir::Function& fn, FunctionLayout& layout) {
    const std::vector<uint32_t> objects = ObjectsOf(fn);
    if (objects.empty()) return;
    const uint32_t most = std::max(kLocalAlign, fn.frame_align);
    uint64_t end = p_.frame_bytes, declared = p_.declared_frame_bytes;
    for (size_t k = 0; k < objects.size(); ++k) {
      const uint32_t next = k + 1 < objects.size() ? objects[k + 1] : fn.frame_bytes;
      const uint32_t bytes = next - std::min(next, objects[k]);
      const uint32_t gap = std::clamp(bytes, kLeastLocalGap, kMostLocalGap);
      const bool has_gap = gaps_ + 2 * gap <= declared + bytes + kMoreLocalGaps;
      if (has_gap) gaps_ += 2 * gap;
      const uint32_t wanted = 1u << std::countr_zero(objects[k] | most);
      const uint32_t align = has_gap ? std::max(kLocalAlign, wanted) : wanted;
      const uint64_t at = (end + (has_gap ? gap : 0) + align - 1) / align * align;
      declared += bytes;
      end = at + bytes + (has_gap ? gap : 0);
      if (end > kMaxFrameBytes) {
        p_.frame_bytes = kMaxFrameBytes + kLocalAlign;
        return;
      }
      layout.frame.push_back({objects[k], static_cast<uint32_t>(at)});
      p_.locals.push_back({static_cast<uint32_t>(at), bytes});
    }
    p_.frame_bytes = static_cast<uint32_t>((end + most - 1) / most * most);
    p_.declared_frame_bytes = static_cast<uint32_t>(declared);
  }

  void MarkGaps() {
    p_.frame_state.assign(p_.frame_bytes, kByteGap);
    for (const LocalVariable& v : p_.locals) memset(p_.frame_state.data() + v.offset, 0, v.bytes);
  }

  void LayOutShared() {
    uint32_t declared = 0, placed = 0;
    uint32_t dynamic_align = 1;
    bool dynamic = false;
    for (const uint32_t f : out_.order) {
      for (const ir::Block& b : m_.Blocks(m_.functions[f])) {
        for (const Inst& i : m_.Insts(b)) {
          for (const Operand& o : m_.Srcs(i)) {
            if (o.kind != OperandKind::kGlobal) continue;
            const ir::Global& g = m_.globals[o.index];
            if (g.space != ir::Space::kShared || p_.shared_offset[o.index] != Program::kNoOffset) {
              continue;
            }
            if (g.is_dynamic_shared) {
              dynamic = true;
              dynamic_align = std::max(dynamic_align, g.align);
              continue;
            }
            const uint32_t align = std::max<uint32_t>(g.align, 1);
            const uint32_t bytes =
                static_cast<uint32_t>(std::min<uint64_t>(g.bytes, kMaxSharedBytes));
            // More than any device has, however much there is of it.
            if (declared > kMaxSharedBytes) continue;
            declared = (declared + align - 1) / align * align + bytes;
            placed = (placed + align - 1) / align * align;
            p_.shared_offset[o.index] = placed;
            placed = (placed + bytes + std::clamp(bytes, kLeastSharedGap, kMostSharedGap) + 127) /
                     128 * 128;
          }
        }
      }
    }
    p_.static_shared_bytes = declared;
    p_.dynamic_shared_offset = (placed + dynamic_align - 1) / dynamic_align * dynamic_align;
    p_.shared_bytes = placed;
    for (uint32_t g = 0; dynamic && g < m_.globals.size(); ++g) {
      if (m_.globals[g].is_dynamic_shared) p_.shared_offset[g] = p_.dynamic_shared_offset;
    }
  }

  const ir::Module& m_;
  Program& p_;
  ProgramLayout out_;
  uint64_t gaps_ = 0;  // bytes between local variables so far
};

}  // namespace

std::string DescribeLocal(const Program& program, uint64_t offset) {
  auto at = static_cast<int64_t>(offset);
  if (at >> 31 == 1) at -= int64_t{1} << 32;  // a negative one
  if (at >> (kOffsetBits - 1) == 1) at -= int64_t{1} << kOffsetBits;
  if (at >= program.frame_bytes && program.recursive()) {
    return Format("byte {} of the stack", at - program.frame_bytes);
  }
  const LocalVariable* nearest = nullptr;
  int64_t least = 0;
  for (const LocalVariable& v : program.locals) {
    const int64_t end = int64_t{v.offset} + v.bytes;
    const int64_t distance = at < v.offset ? v.offset - at : at >= end ? at - end + 1 : 0;
    if (nearest != nullptr && distance >= least) continue;
    nearest = &v;
    least = distance;
  }
  if (nearest == nullptr) return Format("byte {} of local memory", at);
  return Format("byte {} of a local variable of {} bytes", at - nearest->offset, nearest->bytes);
}

uint64_t Program::LocalBytes(uint64_t limit) const {
  uint64_t most = 0;
  for (const StackFrame& frame : stack_frames) {
    // A call takes 8 bytes of the stack at least.
    most = std::max(most, (limit / (frame.declared_bytes + 8) + 1) * frame.state.size());
  }
  return frame_bytes + most;
}

uint32_t FunctionLayout::LocalOffset(uint32_t offset) const {
  const auto after = std::ranges::upper_bound(frame, offset, {}, &Moved::from);
  if (after == frame.begin()) return offset;
  const Moved& object = *(after - 1);
  return object.to + (offset - object.from);
}

ProgramLayout LayOut(const ir::Module& module, ir::FunctionId root, Program& program) {
  return LayoutMaker(module, program).Make(root);
}

}  // namespace ws::exec
