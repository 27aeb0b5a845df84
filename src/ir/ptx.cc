#include "ir/ptx.h"

#include <algorithm>

#include "ir/names.h"
#include "ir/ptx_function.h"
#include "ir/ptx_names.h"
#include "ir/tensor.h"

namespace ws::ir {
namespace {

std::string AddressIn(const PtxSymbols& symbols, const Relocation& r) {
  std::string out = "generic(" + symbols.global(r.target.index) + ")";
  if (r.addend != 0) out += (r.addend > 0 ? "+" : "") + std::to_string(r.addend);
  return out;
}

// The variable's space, and that both sides see it where they do.
std::string SpaceOf(const Global& g) {
  return std::string(NameOf(g.space)) + (g.is_managed ? " .attribute(.managed)" : "");
}

// A variable that holds parts of addresses: bytes, each with its mask.
std::string VariableOfBytes(const Module& module, const PtxSymbols& symbols, uint32_t index) {
  const Global& g = module.globals[index];
  std::vector<std::string> bytes(g.bytes, "0");
  for (size_t i = 0; i < bytes.size() && i < g.init.size(); ++i) {
    bytes[i] = std::to_string(g.init[i]);
  }
  for (const Relocation& r : g.addresses) {
    for (uint32_t i = 0; i < r.bytes; ++i) {
      bytes[r.offset + i] =
          "0xff" + std::string(2 * (r.first + size_t{i}), '0') + "(" + AddressIn(symbols, r) + ")";
    }
  }
  std::string out = Format(".%s .align %u .b8 %s[%zu] = {", SpaceOf(g).c_str(), g.align,
                           symbols.global(index).c_str(), bytes.size());
  for (size_t i = 0; i < bytes.size(); ++i) out += (i > 0 ? "," : "") + bytes[i];
  return out + "};\n";
}

// A variable that holds whole addresses (which lie at multiples of 8 in it).
std::string VariableOfWords(const Module& module, const PtxSymbols& symbols, uint32_t index) {
  const Global& g = module.globals[index];
  std::vector<std::string> words((g.bytes + 7) / 8);
  for (size_t w = 0; w < words.size(); ++w) {
    uint64_t bits = 0;
    for (size_t i = 8 * w; i < 8 * w + 8 && i < g.init.size(); ++i) {
      bits |= static_cast<uint64_t>(g.init[i]) << (8 * (i % 8));
    }
    words[w] = std::to_string(bits);
  }
  for (const Relocation& r : g.addresses) words[r.offset / 8] = AddressIn(symbols, r);
  std::string out = Format(".%s .align %u .u64 %s[%zu] = {", SpaceOf(g).c_str(),
                           g.align < 8 ? 8 : g.align, symbols.global(index).c_str(), words.size());
  for (size_t w = 0; w < words.size(); ++w) out += (w > 0 ? "," : "") + words[w];
  return out + "};\n";
}

std::string Variable(const Module& module, const PtxSymbols& symbols, uint32_t index) {
  const Global& g = module.globals[index];
  const std::string name = symbols.global(index);
  const uint32_t align = g.align == 0 ? 1 : g.align;
  if (g.is_dynamic_shared) {
    return Format(".extern .shared .align %u .b8 %s[];\n", align < 16 ? 16 : align, name.c_str());
  }
  const char* visible = g.space == Space::kShared ? "" : ".visible ";
  for (const Relocation& r : g.addresses) {
    if (r.bytes != 8) return visible + VariableOfBytes(module, symbols, index);
  }
  if (!g.addresses.empty()) return visible + VariableOfWords(module, symbols, index);
  std::string out =
      Format("%s.%s .align %u .b8 %s[%llu]", visible, SpaceOf(g).c_str(), align, name.c_str(),
             static_cast<unsigned long long>(g.bytes == 0 ? 1 : g.bytes));
  if (!g.init.empty()) {
    out += " = {";
    for (size_t i = 0; i < g.init.size(); ++i)
      out += (i > 0 ? "," : "") + std::to_string(g.init[i]);
    out += "}";
  }
  return out + ";\n";
}

// The variables, each behind those whose addresses it holds where no circle forbids that.
std::string Variables(const Module& module, const PtxSymbols& symbols) {
  std::string out;
  std::vector<bool> written(module.globals.size(), false);
  bool forced = false;
  for (size_t left = written.size(); left > 0;) {
    const size_t before = left;
    for (uint32_t i = 0; i < written.size(); ++i) {
      if (written[i]) continue;
      bool ready = true;
      for (const Relocation& r : module.globals[i].addresses) {
        ready &= written[r.target.index] || r.target.index == i;
      }
      if (!ready && !forced) continue;
      out += Variable(module, symbols, i);
      written[i] = true;
      forced = false;
      --left;
    }
    forced = left == before;
  }
  return out;
}

// By function, whether device code calls it.
std::vector<bool> CalledByDevice(const Module& module) {
  std::vector<bool> called(module.functions.size(), false);
  for (const Function& f : module.functions) {
    if (f.kind == FunctionKind::kHost) continue;
    for (const Block& block : module.Blocks(f)) {
      for (const Inst& inst : module.Insts(block)) {
        if (inst.op == Op::kCall) called[module.Srcs(inst)[0].index] = true;
      }
    }
  }
  return called;
}

// Whether device code has the operation.
bool Has(const Module& module, Op op) {
  for (const Function& f : module.functions) {
    if (f.kind == FunctionKind::kHost) continue;
    for (const Block& block : module.Blocks(f)) {
      for (const Inst& inst : module.Insts(block)) {
        if (inst.op == op) return true;
      }
    }
  }
  return false;
}

}  // namespace

std::string PtxSymbol(const Module& module, FunctionId function) {
  return PtxSymbols(module).function(function.index);
}

// The version of PTX that the module's newest instructions need.
static int NeededVersion(const Module& module) {
  int version = 0;
  const auto is_byte = [](Type t) { return t == Type::kE4M3 || t == Type::kE5M2; };
  for (const Inst& i : module.insts) {
    const bool bytes = is_byte(i.type) || is_byte(i.src_type);
    if (i.op == Op::kMma && (bytes || MmaFormOf(i).ordered)) return 87;
    if (bytes || i.type == Type::kTF32 || i.op == Op::kMbar) version = 81;
  }
  return version;
}

std::string ToPtx(const Module& module, const PtxOptions& options) {
  const int version = std::max(options.version, NeededVersion(module));
  std::string out = Format(".version %d.%d\n.target sm_%d\n.address_size 64\n\n", version / 10,
                           version % 10, options.sm);
  const PtxSymbols symbols(module);
  if (Has(module, Op::kPrint)) {
    out += ".extern .func (.param .b32 r) vprintf (.param .b64 format, .param .b64 values);\n";
  }
  if (Has(module, Op::kMalloc)) {
    out += ".extern .func (.param .b64 r) malloc (.param .b64 size);\n";
  }
  if (Has(module, Op::kFree)) out += ".extern .func free (.param .b64 address);\n";
  out += Variables(module, symbols);
  const std::vector<bool> called = CalledByDevice(module);
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const Function& f = module.functions[i];
    if (f.kind != FunctionKind::kDevice || (f.num_blocks == 0 && !called[i])) continue;
    out += (f.num_blocks == 0 ? ".extern " : "") + PtxSignature(module, symbols, i) + ";\n";
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
