#include "ir/ptx_names.h"

#include <cstdarg>
#include <cstdio>
#include <string_view>
#include <unordered_map>

#include "ir/names.h"

namespace ws::ir {
namespace {

std::string Sanitized(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool known = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '$';
    out += known ? c : '_';
  }
  return out.empty() ? "_" : out;
}

}  // namespace

std::string Format(const char* format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  std::string text(static_cast<size_t>(vsnprintf(nullptr, 0, format, args)), 0);
  vsnprintf(text.data(), text.size() + 1, format, again);
  va_end(again);
  va_end(args);
  return text;
}

std::string Dot(const char* part) { return *part != 0 ? std::string(".") + part : ""; }

const char* PtxBitsName(Type type) {
  switch (BytesOf(type)) {
    case 8:
      return "b64";
    case 4:
      return "b32";
    default:
      return type == Type::kPred ? "pred" : "b16";
  }
}

const char* PtxArithName(Type type) {
  switch (type) {
    case Type::kB8:
    case Type::kU8:
    case Type::kB16:
      return "u16";
    case Type::kS8:
      return "s16";
    case Type::kB32:
      return "u32";
    case Type::kB64:
      return "u64";
    default:
      return NameOf(type);
  }
}

const char* PtxSignedName(Type type) {
  switch (BytesOf(type)) {
    case 8:
      return "s64";
    case 4:
      return "s32";
    default:
      return "s16";
  }
}

const char* PtxCvtName(Type type) {
  switch (type) {
    case Type::kB8:
      return "u8";
    case Type::kB16:
      return "u16";
    case Type::kB32:
      return "u32";
    case Type::kB64:
      return "u64";
    default:
      return NameOf(type);
  }
}

const char* PtxMemoryName(Type type) {
  switch (type) {
    case Type::kF16:
    case Type::kBF16:
      return "b16";
    case Type::kF16x2:
    case Type::kBF16x2:
      return "b32";
    case Type::kPred:
      return "u8";
    default:
      return NameOf(type);
  }
}
PtxSymbols::PtxSymbols(const Module& module) {
  // Kernels and functions that are defined elsewhere keep their names, the first of several of one
  // name; a variable only a name that no function and no other variable has.
  std::unordered_map<std::string, uint32_t> functions, globals;
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const Function& f = module.functions[i];
    const std::string name = Sanitized(f.name);
    const bool first = functions[name]++ == 0;
    const bool outside = f.kind == FunctionKind::kDevice && f.num_blocks == 0;
    const bool keeps = first && (f.kind == FunctionKind::kKernel || outside) && name == f.name;
    functions_.push_back(keeps ? name : name + "_" + std::to_string(i));
  }
  for (const Global& g : module.globals) ++globals[Sanitized(g.name)];
  for (const std::string& symbol : functions_) ++globals[symbol];
  for (uint32_t i = 0; i < module.globals.size(); ++i) {
    const Global& g = module.globals[i];
    const std::string name = Sanitized(g.name);
    const bool keeps =
        name == g.name && g.space != Space::kShared && name.size() > 5 && globals[name] == 1;
    globals_.push_back(keeps ? name : name + "_v" + std::to_string(i));
  }
}

}  // namespace ws::ir
