// Bodies for the functions of the bridge: the native front end compiles one function for each, and
// these are copied behind what calls them.
#include <map>

#include "base/format.h"
#include "base/macros.h"
#include "cxx/bridge.h"
#include "cxx/bridge_row.h"
#include "front/compiled.h"

namespace ws::cxx {
namespace {

// Functions of one module copied to another, with what they call and the variables they name.
class Copier {
 public:
  Copier(const ir::Module& from, ir::Module& to) : from_(from), to_(to) {}

  // The body of `function` for the row `into` of the other module, which keeps its name.
  void CopyInto(ir::FunctionId function, ir::FunctionId into) {
    functions_[function.index] = into.index;
    const std::string_view name = to_.functions[into.index].name;
    to_.functions[into.index] = RowFor(function);
    to_.functions[into.index].name = name;
    work_.emplace_back(function.index, into.index);
    while (!work_.empty()) {
      const auto [source, target] = work_.back();
      work_.pop_back();
      CopyBody(source, target);
    }
  }

 private:
  std::string_view Kept(std::string_view text) {
    return CopyText(*to_.arena, text.data(), text.size());
  }

  ir::Function RowFor(ir::FunctionId function) {
    ir::Function f = from_.functions[function.index];
    const uint32_t first_param = f.first_param;
    f.name = Kept(f.name);
    f.first_param = to_.params.size();
    for (uint32_t i = 0; i < f.num_params; ++i) {
      ir::Param p = from_.params[first_param + i];
      p.name = Kept(p.name);
      to_.params.push_back(p);
    }
    f.num_blocks = 0;
    f.loc = {};
    return f;
  }

  uint32_t FunctionOf(uint32_t function) {
    const auto known = functions_.find(function);
    if (known != functions_.end()) return known->second;
    const uint32_t copy = to_.functions.size();
    const ir::Function row = RowFor(ir::FunctionId(function));
    to_.functions.push_back(row);
    functions_[function] = copy;
    work_.emplace_back(function, copy);
    return copy;
  }

  uint32_t GlobalOf(uint32_t global) {
    const auto known = globals_.find(global);
    if (known != globals_.end()) return known->second;
    ir::Global g = from_.globals[global];
    WS_CHECK(g.addresses.empty());  // tables of numbers
    g.name = Kept(g.name);
    const std::string_view bytes =
        Kept({reinterpret_cast<const char*>(g.init.data()), g.init.size()});
    g.init = {reinterpret_cast<const uint8_t*>(bytes.data()), g.init.size()};
    g.loc = {};
    if (g.owner.valid()) g.owner = ir::FunctionId(FunctionOf(g.owner.index));
    globals_[global] = to_.globals.size();
    to_.globals.push_back(g);
    return globals_[global];
  }

  ir::Operand Moved(ir::Operand o, uint32_t first_block, uint32_t to_block) {
    switch (o.kind) {
      case ir::OperandKind::kImm:
        return to_.Imm(from_.ImmBits(o));
      case ir::OperandKind::kBlock:
        o.index = o.index - first_block + to_block;
        return o;
      case ir::OperandKind::kFunction:
        o.index = FunctionOf(o.index);
        return o;
      case ir::OperandKind::kGlobal:
        o.index = GlobalOf(o.index);
        return o;
      default:
        return o;
    }
  }

  void CopyBody(uint32_t source, uint32_t target) {
    const ir::Function from = from_.functions[source];
    const uint32_t first_block = to_.blocks.size();
    for (const ir::Block& block : from_.Blocks(from)) {
      ir::Block out = block;
      out.first_inst = to_.insts.size();
      out.loc = {};
      to_.blocks.push_back(out);
      for (const ir::Inst& inst : from_.Insts(block)) {
        ir::Inst moved = inst;
        moved.loc = {};
        moved.operands = to_.operands.size();
        const uint32_t count = uint32_t{inst.num_dsts} + inst.num_srcs;
        for (uint32_t k = 0; k < count; ++k) {
          to_.operands.push_back(
              Moved(from_.operands[inst.operands + k], from.first_block, first_block));
        }
        to_.insts.push_back(moved);
      }
    }
    ir::Function& f = to_.functions[target];
    f.first_block = first_block;
    f.num_blocks = from.num_blocks;
    f.first_reg = to_.reg_types.size();
    f.num_regs = from.num_regs;
    for (uint32_t r = 0; r < from.num_regs; ++r) {
      to_.reg_types.push_back(from_.reg_types[from.first_reg + r]);
    }
  }

  const ir::Module& from_;
  ir::Module& to_;
  std::map<uint32_t, uint32_t> functions_, globals_;
  std::vector<std::pair<uint32_t, uint32_t>> work_;
};

// `__device__ int __ws_7_f(float a0) { return (int)f((float)a0); }`
std::string Definition(uint16_t builtin, const std::vector<BridgeType>& types) {
  std::string parameters, arguments;
  for (size_t i = 1; i < types.size(); ++i) {
    AppendFormat(parameters, "{}{} a{}", i > 1 ? ", " : "", types[i].native, i - 1);
    const bool is_half = types[i].code == 'h' && !types[i].is_pointer;
    const char* convert = is_half ? "__ushort_as_half((unsigned short)" : "(";
    AppendFormat(arguments, "{}{}{}a{})", i > 1 ? ", " : "", convert,
                 is_half ? std::string() : Format("({})", types[i].name), i - 1);
  }
  const char* spelling = front::RowOf(builtin).spelling;
  std::string body = Format("{}({})", spelling, arguments);
  if (types[0].code == 'h') body = Format("__half_as_ushort({})", body);
  if (types[0].code != 'v') body = Format("return ({}){}", types[0].native, body);
  return Format("__device__ {} {}({}) {{ {}; }}\n", types[0].native, BridgeName(builtin),
                parameters, body);
}

bool SameShape(const ir::Module& a, const ir::Function& f, const ir::Module& b,
               const ir::Function& g) {
  if (f.num_params != g.num_params || ir::BytesOf(f.result) != ir::BytesOf(g.result)) return false;
  for (uint32_t i = 0; i < f.num_params; ++i) {
    if (a.params[f.first_param + i].bytes != b.params[g.first_param + i].bytes) return false;
  }
  return true;
}

}  // namespace

std::vector<std::string> LinkBridge(ir::Module& module) {
  std::vector<std::pair<uint32_t, uint16_t>> wanted;  // functions and their rows
  std::string text = "#include <cuda_fp16.h>\n";
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const ir::Function& f = module.functions[i];
    if (f.kind != ir::FunctionKind::kDevice || f.num_blocks > 0) continue;
    const std::optional<uint16_t> row = BridgeRowOf(f.name);
    if (!row) continue;
    const auto types = BridgeSignature(front::RowOf(*row));
    if (!types) continue;
    text += Definition(*row, *types);
    wanted.emplace_back(i, *row);
  }
  std::vector<std::string> names;
  if (wanted.empty()) return names;
  const auto compiled = front::CompileText("bridge.cu", text);
  if (!compiled->ok()) {
    CheckFailed(diag::ToText(compiled->diagnostics()).c_str(), __FILE__, __LINE__);
  }
  const ir::Module& bridge = std::as_const(*compiled).module();
  Copier copier(bridge, module);
  for (const auto& [function, row] : wanted) {
    const ir::FunctionId body = bridge.Find(BridgeName(row));
    WS_CHECK(body.valid());
    if (!SameShape(module, module.functions[function], bridge, bridge.functions[body.index])) {
      continue;
    }
    names.emplace_back(module.functions[function].name);
    copier.CopyInto(body, ir::FunctionId(function));
  }
  return names;
}

}  // namespace ws::cxx
