#include "cxx/bridge_instruction.h"

#include "base/format.h"
#include "ir/names.h"

namespace ws::cxx {
namespace {

using front::BuiltinHow;
using front::BuiltinRow;

// How inline assembly holds a value: the constraint, the variable's type, and PTX's word in cvt.
struct Carrier {
  const char* constraint = nullptr;  // null: not at all
  const char* type = "";
  const char* word = "";
};

Carrier CarrierOf(const BridgeType& type) {
  if (type.is_pointer) return {"l", "const void*", "b64"};
  switch (type.code) {
    case 'h':
      return {"h", "unsigned short", "f16"};
    case 'H':
      return {"r", "unsigned", "f16x2"};
    case 's':
      return {"h", "short", "s16"};
    case 't':
      return {"h", "unsigned short", "u16"};
    case 'i':
      return {"r", "int", "s32"};
    case 'u':
      return {"r", "unsigned", "u32"};
    case 'l':
      return {"l", "long", "s64"};
    case 'x':
      return {"l", "long long", "s64"};
    case 'm':
      return {"l", "unsigned long", "u64"};
    case 'y':
      return {"l", "unsigned long long", "u64"};
    case 'f':
      return {"f", "float", "f32"};
    case 'd':
      return {"d", "double", "f64"};
    default:
      return {};
  }
}

std::string Dotted(const char* word) { return *word == 0 ? std::string() : Format(".{}", word); }

// `R name(T0 a0, ...) { r = opcode a0, ...; return r; }`; a pointer is what is loaded from and
// stored to.
std::string Define(const BuiltinRow& row, const std::vector<BridgeType>& types,
                   std::string_view opcode, bool touches_memory, const char* negate_second = "") {
  std::string parameters, operands, inputs;
  for (size_t i = 1; i < types.size(); ++i) {
    const Carrier carrier = CarrierOf(types[i]);
    if (carrier.constraint == nullptr) return {};
    AppendFormat(parameters, "{}{} a{}", i > 1 ? ", " : "", types[i].name, i - 1);
    operands += types[i].is_pointer ? Format(", [%{}]", i) : Format(", %{}", i);
    const char* negate = i == 2 ? negate_second : "";
    AppendFormat(inputs, "{}\"{}\"({}{})", i > 1 ? ", " : "", carrier.constraint, negate,
                 types[i].is_pointer ? Format("a{}", i - 1)
                                     : Format("__builtin_bit_cast({}, a{})", carrier.type, i - 1));
  }
  const Carrier result = CarrierOf(types[0]);
  if (result.constraint == nullptr || types[0].is_pointer) return {};
  return Format(
      "inline __device__ {0} {1}({2}) {{\n  {3} r;\n"
      "  asm{4}(\"{5} %0{6};\" : \"={7}\"(r) : {8}{9});\n"
      "  return __builtin_bit_cast({0}, r);\n}}\n",
      types[0].name, row.spelling, parameters, result.type, touches_memory ? " volatile" : "",
      opcode, operands, result.constraint, inputs, touches_memory ? " : \"memory\"" : "");
}

std::string DefineAtomic(const BuiltinRow& row, std::vector<BridgeType> types) {
  const auto what = static_cast<ir::Atomic>(row.extra & 0xff);
  const auto scope = static_cast<ir::Scope>(row.extra >> 8);
  const bool is_half =
      ir::IsFloat(row.type) && ir::BytesOf(row.type) <= 4 && row.type != ir::Type::kF32;
  // Floats are exchanged as bits.
  if (what == ir::Atomic::kExch && types[0].code == 'f') {
    return Format(
        "inline __device__ float {0}(float* a0, float a1) {{\n  return __builtin_bit_cast(float, "
        "{0}((unsigned*)a0, __builtin_bit_cast(unsigned, a1)));\n}}\n",
        row.spelling);
  }
  const std::string opcode =
      Format("atom{}.{}{}.{}", scope == ir::Scope::kGpu ? "" : Dotted(ir::NameOf(scope)),
             ir::NameOf(what), is_half ? ".noftz" : "", ir::NameOf(row.type));
  return Define(row, types, opcode, true, row.how == BuiltinHow::kAtomicSub ? "-" : "");
}

std::string DefineMinMax(const BuiltinRow& row, const std::vector<BridgeType>& types) {
  if (types[0].code == 'f' || types[0].code == 'd') {
    if (types[1].code != types[2].code) return {};
    return Define(row, types, Format("{}.{}", ir::InfoOf(row.op).ptx, ir::NameOf(row.type)), false);
  }
  return Format(
      "inline __device__ {0} {1}({2} a0, {3} a1) {{ return ({0})a0 {4} ({0})a1 ? ({0})a0 : "
      "({0})a1; }}\n",
      types[0].name, row.spelling, types[1].name, types[2].name,
      row.op == ir::Op::kMin ? "<" : ">");
}

}  // namespace

std::string InstructionText(const BuiltinRow& row, const std::vector<BridgeType>& types) {
  switch (row.how) {
    case BuiltinHow::kAtomic:
    case BuiltinHow::kAtomicSub:
      return DefineAtomic(row, types);
    case BuiltinHow::kMinMax:
      return DefineMinMax(row, types);
    case BuiltinHow::kCvt:
      if (types.size() != 2) return {};
      return Define(row, types,
                    Format("cvt{}.{}.{}", Dotted(ir::NameOf(static_cast<ir::Round>(row.extra))),
                           CarrierOf(types[0]).word, CarrierOf(types[1]).word),
                    false);
    case BuiltinHow::kOp:
      if (!ir::IsFloat(row.type) || types.size() < 2) return {};
      return Define(
          row, types,
          Format("{}{}.{}", ir::InfoOf(row.op).ptx,
                 Dotted(ir::NameOf(static_cast<ir::Round>(row.extra))), ir::NameOf(row.type)),
          false);
    default:
      return {};
  }
}

}  // namespace ws::cxx
