#include "ir/ptx.h"

#include "ir/names.h"
#include "ir/ptx_function.h"
#include "ir/ptx_names.h"

namespace ws::ir {
namespace {

std::string Variable(const Module& module, const PtxSymbols& symbols, uint32_t index) {
  const Global& g = module.globals[index];
  const std::string name = symbols.global(index);
  const uint32_t align = g.align == 0 ? 1 : g.align;
  if (g.is_dynamic_shared) {
    return Format(".extern .shared .align %u .b8 %s[];\n", align < 16 ? 16 : align, name.c_str());
  }
  const char* visible = g.space == Space::kShared ? "" : ".visible ";
  std::string out =
      Format("%s.%s .align %u .b8 %s[%llu]", visible, NameOf(g.space), align, name.c_str(),
             static_cast<unsigned long long>(g.bytes == 0 ? 1 : g.bytes));
  if (!g.init.empty()) {
    out += " = {";
    for (size_t i = 0; i < g.init.size(); ++i)
      out += (i > 0 ? "," : "") + std::to_string(g.init[i]);
    out += "}";
  }
  return out + ";\n";
}

// Whether device code prints.
bool Prints(const Module& module) {
  for (const Function& f : module.functions) {
    if (f.kind == FunctionKind::kHost) continue;
    for (const Block& block : module.Blocks(f)) {
      for (const Inst& inst : module.Insts(block)) {
        if (inst.op == Op::kPrint) return true;
      }
    }
  }
  return false;
}

}  // namespace

std::string PtxSymbol(const Module& module, FunctionId function) {
  return PtxSymbols(module).function(function.index);
}

std::string ToPtx(const Module& module, const PtxOptions& options) {
  std::string out = Format(".version %d.%d\n.target sm_%d\n.address_size 64\n\n",
                           options.version / 10, options.version % 10, options.sm);
  const PtxSymbols symbols(module);
  if (Prints(module)) {
    out += ".extern .func (.param .b32 r) vprintf (.param .b64 format, .param .b64 values);\n";
  }
  for (uint32_t i = 0; i < module.globals.size(); ++i) out += Variable(module, symbols, i);
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const Function& f = module.functions[i];
    if (f.kind == FunctionKind::kDevice && f.num_blocks > 0) {
      out += PtxSignature(module, symbols, i) + ";\n";
    }
  }
  out += "\n";
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const Function& f = module.functions[i];
    if (f.kind == FunctionKind::kHost || f.num_blocks == 0) continue;
    out += PtxFunction(module, symbols, i);
  }
  return out;
}

}  // namespace ws::ir
