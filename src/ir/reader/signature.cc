// Functions: parameters, attributes, and calls through pointers. device-clean
#include "ir/function_address.h"
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// A parameter is a scalar, or an array of them.
WS_HD bool Reader::ReadParamType(Declared* declared) {
  const Token t = Now();
  if (!ReadType(declared)) return false;
  if (declared->vector == 1 && declared->type != Type::kF16x2) return true;
  Report(diag::Kind::kPtxLimit, t, TextOf(t), "the type of a parameter",
         "pass an array: .align 8 .b8 name[8]");
  return false;
}

// Behind .ptr: a state space, then .align and a number; both may be missing.
WS_HD bool Reader::ReadPointer() {
  Accept(Mod::kGlobal) || Accept(Mod::kConst) || Accept(Mod::kLocal) || Accept(Mod::kShared);
  if (!Accept(Mod::kAlign)) return true;
  const Token t = Now();
  uint64_t align = 0;
  if (!ReadCount(&align)) return false;
  if (align != 0 && (align & (align - 1)) == 0) return true;
  Report(diag::Kind::kPtxLimit, t, TextOf(t), "an alignment", "it is a power of two");
  return false;
}

// .param or .reg, [.align n] .type [.ptr ...] name [dimensions]
WS_HD bool Reader::ReadSignatureParam() {
  const bool is_reg = Accept(Mod::kReg);
  if (!is_reg && !Accept(Mod::kParam)) {
    ReportExpected("'.param'");
    return false;
  }
  Declared declared;
  if (is_reg ? !ReadType(&declared) : !ReadParamType(&declared)) return false;
  if (Accept(Mod::kPtr) && !ReadPointer()) return false;
  SignatureParam param;
  param.type = declared.type;
  param.is_register = is_reg;
  param.align = declared.align;
  if (!Accept('_')) {
    if (!Expect(TokenKind::kWord, "the name of a parameter")) return false;
    param.name = Now().word;
    ++at_;
  }
  Dimensions dimensions;
  const Token t = Now();
  if (!ReadDimensions(&dimensions)) return false;
  if (dimensions.count > 0 || declared.is_wide) {
    const uint64_t bytes = dimensions.elements * declared.bytes;
    if (bytes == 0 || bytes > kMaxLocalBytes) {
      Report(diag::Kind::kPtxUnsupported, t, "a parameter of this size");
      return false;
    }
    param.bytes = static_cast<uint32_t>(bytes);
  }
  params_.push_back(param);
  return true;
}

WS_HD bool Reader::ReadParamList(Signature* signature, bool results) {
  uint32_t count = 0;
  const Token open = Now();
  if (!Expect('(')) return false;
  if (!Now().Is(')')) {
    do {
      if (!ReadSignatureParam()) return false;
      ++count;
    } while (Accept(','));
  }
  if (!Expect(')')) return false;
  if (count > kMaxCallOperands) {
    Report(diag::Kind::kPtxUnsupported, open, "a function of so many parameters");
    return false;
  }
  (results ? signature->num_results : signature->num_params) = static_cast<uint8_t>(count);
  return true;
}

WS_HD bool Reader::ReadKernelParams(Function* function) {
  const bool fresh = function->num_params == 0 && function->first_param == 0;
  uint32_t offset = 0, count = 0;
  if (fresh) function->first_param = module_->params.size();
  if (!Expect('(')) return false;
  if (!Now().Is(')')) {
    do {
      const Token t = Now();
      if (!Accept(Mod::kParam)) {
        ReportExpected("'.param'");
        return false;
      }
      Declared declared;
      if (!ReadParamType(&declared)) return false;
      Param p;
      p.type = declared.type;
      p.is_pointer = Accept(Mod::kPtr);
      if (p.is_pointer && !ReadPointer()) return false;
      if (!Expect(TokenKind::kWord, "the name of a parameter")) return false;
      const Token name = Now();
      ++at_;
      p.name = TextOf(name);
      Dimensions dimensions;
      if (!ReadDimensions(&dimensions)) return false;
      const uint64_t bytes = dimensions.elements * declared.bytes;
      offset = (offset + declared.align - 1) / declared.align * declared.align;
      if (bytes == 0 || bytes > 32764 || offset + bytes > 32764) {
        Report(diag::Kind::kPtxUnsupported, name, "parameters of more than 32764 bytes");
        return false;
      }
      p.offset = offset;
      p.bytes = static_cast<uint32_t>(bytes);
      if (dimensions.count > 0 || declared.is_wide) p.type = Type::kB8;
      offset += p.bytes;
      const uint32_t row = count;
      if (fresh) {
        module_->params.push_back(p);
      } else {
        // An array may be several parameters of the declaration, as the components of a vector are.
        uint32_t covered = 0;
        for (; count < function->num_params && covered < p.bytes; ++count) {
          const Param& known = module_->params[function->first_param + count];
          if (known.offset != p.offset + covered) break;
          covered += known.bytes;
        }
        if (covered != p.bytes) {
          Report(diag::Kind::kPtxSignature, t, function->name);
          return false;
        }
      }
      kernel_params_.push_back({name.word, at_ - 1, row});
      if (fresh) ++count;
    } while (Accept(','));
  }
  if (!fresh && count != function->num_params) {
    Report(diag::Kind::kPtxSignature, Now(), function->name);
    return false;
  }
  if (fresh) {
    function->num_params = count;
    function->param_bytes = offset;
  }
  return Expect(')');
}

WS_HD bool Reader::FindAttribute(Mod mod, bool is_kernel, Attribute* attribute) {
  enum Of : uint8_t { kFunction, kKernel };
  constexpr struct {
    Mod mod;
    Of of;
    uint32_t numbers, least, version;
  } kRows[] = {
#define ATTRIBUTE(mod, of, numbers, least, version) {Mod::k##mod, k##of, numbers, least, version},
#include "ir/reader/attributes.def"
#undef ATTRIBUTE
  };
  for (const auto& row : kRows) {
    if (row.mod != mod || (row.of == kKernel) != is_kernel) continue;
    *attribute = {row.numbers, row.least, row.version};
    return true;
  }
  return false;
}

WS_HD void Reader::ReadAttributes(Function* function, bool has_results) {
  const bool is_kernel = function->kind == FunctionKind::kKernel;
  Mod seen[kMaxAttributes];
  uint32_t num_seen = 0;
  const auto saw = [&](Mod mod) {
    for (uint32_t i = 0; i < num_seen; ++i) {
      if (seen[i] == mod) return true;
    }
    return false;
  };
  cluster_token_ = 0;
  for (;;) {
    const Token t = Now();
    if (t.kind != TokenKind::kDot || BeginsDirective(t)) {
      if (saw(Mod::kBlocksareclusters) && !(saw(Mod::kReqntid) && saw(Mod::kReqnctapercluster))) {
        Report(diag::Kind::kPtxLimit, t, ".blocksareclusters", "alone",
               "put .reqntid and .reqnctapercluster beside it");
      }
      return;
    }
    const uint32_t begin = at_++;
    const Mod mod = Words::ModOf(t.word);
    if (mod == Mod::kPragma && is_kernel) {
      ReadPragma();
      if (failed_) return;
      continue;
    }
    Attribute attribute;
    const bool again = mod == Mod::kNoreturn && (has_results || saw(mod));
    if (!FindAttribute(mod, is_kernel, &attribute) || again || num_seen == kMaxAttributes) {
      Report(diag::Kind::kPtxDirective, t, TextOf(t));
      return;
    }
    if (platform_.version < attribute.version) {
      Report(diag::Kind::kPtxNeedsVersion, t, TextOf(t), attribute.version / 10,
             attribute.version % 10);
      return;
    }
    seen[num_seen++] = mod;
    if (saw(Mod::kMaxntid) && saw(Mod::kReqntid)) {
      Report(diag::Kind::kPtxLimit, t, TextOf(t), "an addition to .maxntid or .reqntid",
             "keep one of them: .reqntid tells the exact size, .maxntid the largest");
      return;
    }
    if (saw(Mod::kMaxclusterrank) && saw(Mod::kReqnctapercluster)) {
      Report(diag::Kind::kPtxLimit, t, TextOf(t),
             "an addition to .reqnctapercluster or .maxclusterrank", "keep one of them");
      return;
    }
    uint64_t sizes[3] = {1, 1, 1};
    uint32_t count = 0;
    while (count < attribute.numbers) {
      const Token number = Now();
      Value value;
      if (!Expect(TokenKind::kInteger, "a number")) return;
      ++at_;
      if (!NumberOf(number, &value)) return;
      if (value.bits < attribute.least) {
        Report(diag::Kind::kPtxLimit, number, TextOf(number), TextOf(t), "write 1 or more");
        return;
      }
      sizes[count++] = value.bits < (1u << 20) ? value.bits : (1u << 20);
      if (count == attribute.numbers || !Accept(',')) break;
    }
    const uint64_t product = sizes[0] * sizes[1] * sizes[2];
    if (mod == Mod::kReqntid) {
      for (uint32_t k = 0; k < 3; ++k) {
        function->exact_threads[k] = static_cast<uint16_t>(sizes[k] < 0xffff ? sizes[k] : 0xffff);
      }
    }
    if (mod == Mod::kMaxntid || mod == Mod::kReqntid) {
      function->max_threads = product < 0xffffffff ? static_cast<uint32_t>(product) : 0;
    } else if (mod == Mod::kMinnctapersm) {
      function->min_blocks = static_cast<uint32_t>(sizes[0]);
    } else if (mod == Mod::kReqnctapercluster && product > 1) {
      cluster_token_ = begin;
    }
  }
}

// Rows of Module::params for a device function: the address for a result that is an array, then
// the parameters.
WS_HD void Reader::FillParams(FunctionId id, const Signature& signature) {
  const uint32_t first = module_->params.size();
  const auto add = [&](const SignatureParam& from) {
    Param p;
    p.name = from.name.valid() ? words_.text(from.name) : std::string_view("p");
    p.type = from.bytes > 0 ? Type::kB64 : from.type;
    p.bytes = BytesOf(p.type);
    module_->params.push_back(p);
  };
  Function& f = module_->functions[id.index];
  f.result = Type::kNone;
  for (uint32_t i = 0; i < signature.num_results; ++i) {
    const SignatureParam result = params_[signature.first + i];
    if (result.bytes > 0) {
      add(result);
    } else {
      f.result = result.type;
    }
  }
  for (uint32_t i = 0; i < signature.num_params; ++i) {
    add(params_[signature.first + signature.num_results + i]);
  }
  f.first_param = first;
  f.num_params = module_->params.size() - first;
}

WS_HD void Reader::ReadFunction(bool is_kernel, Linkage linkage) {
  Signature signature;
  signature.first = params_.size();
  if (Accept(Mod::kAttribute) && !ReadAttribute()) return;
  if (!is_kernel && Now().Is('(') && !ReadParamList(&signature, true)) return;
  const Token name = Now();
  if (!Expect(TokenKind::kWord, "the name of a function")) return;
  ++at_;
  Binding known = words_[name.word].binding;
  FunctionId id;
  if (known.meaning == Meaning::kFunction) {
    id = FunctionId(known.index);
  } else {
    for (const PtxLink& link : options_.links) {
      if (is_kernel && link.kernel.valid() && SameText(link.symbol, TextOf(name))) id = link.kernel;
    }
    if (!id.valid()) {
      Function f;
      f.name = TextOf(name);
      f.kind = is_kernel ? FunctionKind::kKernel : FunctionKind::kDevice;
      f.loc = LocOf(name);
      module_->functions.push_back(f);
      id = FunctionId(module_->functions.size() - 1);
      AddRows();
    }
    if (stopped()) return;
    Bind(name, name.word, Meaning::kFunction, id.index);
    if (failed_) return;
  }
  const bool was_kernel = module_->functions[id.index].kind == FunctionKind::kKernel;
  const bool was_extern = linkage_[id.index] == static_cast<uint8_t>(Linkage::kExtern);
  if (was_kernel != is_kernel || (was_extern && linkage != Linkage::kExtern)) {
    Report(diag::Kind::kRedeclared, name, TextOf(name));
    return;
  }
  kernel_params_.clear();
  Function f = module_->functions[id.index];
  if (is_kernel) {
    if (Now().Is('(')) {
      if (!ReadKernelParams(&f)) return;
    } else if (f.num_params > 0) {
      Report(diag::Kind::kPtxSignature, name, f.name);
      return;
    }
  } else if (Now().Is('(') && !ReadParamList(&signature, false)) {
    return;
  }
  linkage_[id.index] = static_cast<uint8_t>(linkage);
  ReadAttributes(&f, signature.num_results > 0);
  if (failed_) return;
  module_->functions[id.index] = f;
  if (!is_kernel) {
    const uint32_t before = signature_of_[id.index];
    if (before != 0xffffffffu && (!SameSignature(signatures_[before], signature) ||
                                  !SameTypes(signatures_[before], signature))) {
      Report(diag::Kind::kPtxSignature, name, TextOf(name));
      return;
    }
    signatures_.push_back(signature);
    signature_of_[id.index] = signatures_.size() - 1;
    FillParams(id, signature);
  }
  if (stopped() || Accept(';')) return;
  if (!Now().Is('{')) {
    // A missing semicolon is common there.
    if (linkage == Linkage::kExtern && BeginsDirective(Now())) return;
    ReportExpected("'{'");
    return;
  }
  if (module_->functions[id.index].num_blocks > 0) {
    Report(diag::Kind::kRedeclared, name, TextOf(name));
    return;
  }
  for (uint32_t i = 0; i < uint32_t{signature.num_results} + signature.num_params; ++i) {
    if (params_[signature.first + i].name.valid()) continue;
    Report(diag::Kind::kPtxLimit, name, "_", "a parameter of a function with a body",
           "give it a name");
    return;
  }
  if (signature.num_results > 1) {  // what calls it stops
    SkipBraces();
    return;
  }
  ReadBody(id, signature);
}

WS_HD void Reader::AddRows() {
  signature_of_.push_back(0xffffffffu);
  is_address_taken_.push_back(0);
  linkage_.push_back(0);
}

// As redeclarations must.
WS_HD bool Reader::SameTypes(const Signature& a, const Signature& b) const {
  for (uint32_t i = 0; i < uint32_t{a.num_results} + a.num_params; ++i) {
    if (params_[a.first + i].type != params_[b.first + i].type) return false;
  }
  return true;
}

WS_HD bool Reader::SameSignature(const Signature& a, const Signature& b) const {
  if (a.num_results != b.num_results || a.num_params != b.num_params) return false;
  for (uint32_t i = 0; i < uint32_t{a.num_results} + a.num_params; ++i) {
    if (!(params_[a.first + i] == params_[b.first + i])) return false;
  }
  return true;
}

// The function that calls the one whose address its first parameter is; written at the end, when
// all addresses that are taken are known.
WS_HD FunctionId Reader::Dispatcher(const Signature& signature) {
  for (const Indirect& d : dispatchers_) {
    if (SameSignature(d.signature, signature)) return d.dispatcher;
  }
  Function f;
  f.name = "call through a pointer";
  f.kind = FunctionKind::kDevice;
  module_->functions.push_back(f);
  const FunctionId id(module_->functions.size() - 1);
  signatures_.push_back(signature);
  AddRows();
  signature_of_.back() = signatures_.size() - 1;
  if (arena_->failed()) return id;
  FillParams(id, signature);
  // The address comes behind the others.
  Param target;
  target.name = "function";
  target.type = Type::kU64;
  target.bytes = 8;
  module_->params.push_back(target);
  ++module_->functions[id.index].num_params;
  dispatchers_.push_back({signature, id});
  return id;
}

namespace {

// The body of a function that calls others with what it is given.
struct Forwarder {
  WS_HD Forwarder(Module& module, FunctionId function)
      : builder(module, function), num_params(module.functions[function.index].num_params) {
    const Function f = module.functions[function.index];
    for (uint32_t i = 0; i < f.num_params; ++i) {
      Param& p = module.params[f.first_param + i];
      p.reg = builder.NewReg(p.type);
      args[i + 1] = Operand::Reg(p.reg);
    }
    if (f.result != Type::kNone) result = builder.NewReg(f.result);
  }
  // Calls with the first `count` parameters, and returns what that gives.
  WS_HD void Call(FunctionId callee, uint32_t count) {
    args[0] = Operand::Function(callee);
    const Operand dst = Operand::Reg(result);
    const std::span<const Operand> results(&dst, result.valid() ? 1 : 0);
    builder.Append(Op::kCall, results, std::span<const Operand>(args, count + 1));
    builder.Append(Op::kRet, {}, results);
  }

  FunctionBuilder builder;
  uint32_t num_params;
  Operand args[kMaxCallOperands + 4];
  RegId result;
};

}  // namespace

WS_HD void Reader::WriteAliases() {
  for (const Alias& a : aliases_) {
    const Function& alias = module_->functions[a.alias.index];
    if (alias.num_blocks > 0 || alias.num_params > kMaxCallOperands) continue;
    Forwarder f(*module_, a.alias);
    f.builder.StartBlock(f.builder.NewBlock());
    f.Call(a.of, f.num_params);
    f.builder.Finish();
  }
}

WS_HD void Reader::WriteDispatchers() {
  for (const Indirect& d : dispatchers_) {
    Forwarder f(*module_, d.dispatcher);
    FunctionBuilder& builder = f.builder;
    const Operand target = f.args[f.num_params];
    builder.StartBlock(builder.NewBlock());
    for (const FunctionId candidate : address_taken_) {
      const uint32_t s = signature_of_[candidate.index];
      if (s == 0xffffffffu || !SameSignature(signatures_[s], d.signature)) continue;
      const RegId is_it = builder.NewReg(Type::kPred);
      Inst compare;
      compare.op = Op::kSetp;
      compare.type = Type::kU64;
      compare.cmp = Cmp::kEq;
      builder.Emit(compare, {Operand::Reg(is_it)},
                   {target, module_->Imm(FunctionAddress(candidate.index))});
      const BlockId hit = builder.NewBlock(), miss = builder.NewBlock();
      Inst branch;
      branch.op = Op::kCondBra;
      builder.Emit(branch, {}, {Operand::Reg(is_it), Operand::Block(hit), Operand::Block(miss)});
      builder.StartBlock(hit);
      f.Call(candidate, f.num_params - 1);
      builder.StartBlock(miss);
    }
    builder.Append(Op::kTrap, {}, {}).sub = kTrapBadTarget;
    builder.Finish();
  }
}

}  // namespace ws::ir::reader
