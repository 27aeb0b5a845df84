#include "verify/surroundings.h"

#include <set>
#include <string_view>

#include "base/format.h"

namespace ws::verify {
namespace {

constexpr size_t kMostNotes = 4;

// Functions of the library that give a constant for what differs elsewhere.
struct Row {
  std::string_view function, asks_for;
};
constexpr Row kConstants[] = {{"ws_getenv_Z", "the environment"}, {"ws_time_p", "the time"}};

// What an instruction asks for by itself; empty: nothing.
std::string_view OwnQuestion(const ir::Module& module, const ir::Inst& inst) {
  const auto rt = static_cast<ir::RtFn>(inst.sub);
  if (inst.op == ir::Op::kRt && (rt == ir::RtFn::kTime || rt == ir::RtFn::kEventElapsed)) {
    return "the time";
  }
  for (const ir::Operand& o : module.Srcs(inst)) {
    if (o.kind != ir::OperandKind::kSpecial) continue;
    const auto special = static_cast<ir::Special>(o.index);
    if (special == ir::Special::kClock || special == ir::Special::kClock64) return "the clock";
  }
  return {};
}

// The function that a call calls.
ir::FunctionId CalleeOf(const ir::Module& module, const ir::Inst& inst) {
  return ir::FunctionId(module.Srcs(inst)[0].index);
}

// By function, what it or a function that it calls asks for.
std::vector<std::string_view> Questions(const ir::Module& module) {
  std::vector<std::string_view> asks(module.functions.size());
  for (size_t f = 0; f < asks.size(); ++f) {
    for (const Row& row : kConstants) {
      if (module.functions[static_cast<uint32_t>(f)].name == row.function) asks[f] = row.asks_for;
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t f = 0; f < asks.size(); ++f) {
      for (const ir::Block& block : module.Blocks(module.functions[f])) {
        for (const ir::Inst& inst : module.Insts(block)) {
          if (!asks[f].empty()) break;
          asks[f] = inst.op == ir::Op::kCall ? asks[CalleeOf(module, inst).index]
                                             : OwnQuestion(module, inst);
          changed = changed || !asks[f].empty();
        }
      }
    }
  }
  return asks;
}

// The functions that a call of `entry` may come to.
std::vector<bool> Reachable(const ir::Module& module, ir::FunctionId entry) {
  std::vector<bool> reached(module.functions.size());
  std::vector<uint32_t> work;
  const auto reach = [&](uint32_t f) {
    if (!reached[f]) work.push_back(f);
    reached[f] = true;
  };
  if (entry.valid()) reach(entry.index);
  while (!work.empty()) {
    const ir::Function& function = module.functions[work.back()];
    work.pop_back();
    for (const ir::Block& block : module.Blocks(function)) {
      for (const ir::Inst& inst : module.Insts(block)) {
        for (const ir::Operand& o : module.Srcs(inst)) {
          if (o.kind == ir::OperandKind::kFunction) reach(o.index);
        }
      }
    }
  }
  return reached;
}

}  // namespace

std::vector<RenderedFinding> SurroundingsNotes(const Candidate& candidate, std::string_view entry) {
  const ir::Module& module = candidate.program->written();
  const std::vector<bool> reached = Reachable(module, module.Find(entry));
  const std::vector<std::string_view> asks = Questions(module);
  // The program's own files are those of its kernels; the rest is the library.
  std::set<uint32_t> files;
  for (const ir::Function& f : module.functions) {
    if (f.kind == ir::FunctionKind::kKernel) files.insert(module.sources.FileOf(f.loc));
  }
  std::vector<RenderedFinding> notes;
  for (uint32_t f = 0; f < asks.size(); ++f) {
    const bool is_own = files.contains(module.sources.FileOf(module.functions[f].loc));
    if (!reached[f] || !is_own || asks[f].empty()) continue;
    for (const ir::Block& block : module.Blocks(module.functions[f])) {
      for (const ir::Inst& inst : module.Insts(block)) {
        std::string_view question = OwnQuestion(module, inst);
        if (inst.op == ir::Op::kCall) {
          // What a function of the program asks for is told there.
          const ir::FunctionId callee = CalleeOf(module, inst);
          const diag::Loc at = module.functions[callee.index].loc;
          if (!files.contains(module.sources.FileOf(at))) question = asks[callee.index];
        }
        if (question.empty()) continue;
        exec::Finding note;
        note.kind = exec::FindingKind::kAsksSurroundings;
        note.message = Format("the program asks for {}", question);
        note.loc = inst.loc;
        note.is_note = true;
        notes.push_back(Render(note, module));
        if (notes.size() == kMostNotes) return notes;
      }
    }
  }
  return notes;
}

}  // namespace ws::verify
