// Variables of a module and their initial values (PTX ISA, "Variables"). device-clean
#include "ir/float_ops.h"
#include "ir/function_address.h"
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// [.attribute(...)] [.align n] [.v4] .type
WS_HD bool Reader::ReadType(Declared* declared) {
  uint64_t align = 0;
  if (Accept(Mod::kAttribute) && !ReadAttribute()) return false;
  if (Accept(Mod::kAlign)) {
    const Token t = Now();
    if (!ReadCount(&align)) return false;
    if (align == 0 || (align & (align - 1)) != 0 || align > kMaxAlign) {
      Report(diag::Kind::kPtxBadConstant, t);
      return false;
    }
  }
  if (Now().kind != TokenKind::kDot) {
    ReportExpected("a type");
    return false;
  }
  ModInfo info = InfoOf(Words::ModOf(Now().word));
  const Token begin = Now();
  if (info.cls == ModClass::kVector) {
    declared->vector = info.value;
    ++at_;
    info = InfoOf(Words::ModOf(Now().word));
  }
  const Token t = Now();
  const Mod mod = t.kind == TokenKind::kDot ? Words::ModOf(t.word) : Mod::kCount;
  uint32_t bytes = 0;
  if (mod == Mod::kTexref || mod == Mod::kSamplerref || mod == Mod::kSurfref) {
    declared->type = Type::kB64;
    declared->is_opaque = true;
    bytes = 8;
  } else if (mod == Mod::kB128) {  // two halves
    declared->type = Type::kB64;
    declared->is_wide = true;
    bytes = 16;
  } else if (mod != Mod::kBF16 && mod != Mod::kBF16x2 && InfoOf(mod).cls == ModClass::kType) {
    declared->type = static_cast<Type>(info.value);
    bytes = BytesOf(declared->type);
  } else {
    ReportExpected("a type");
    return false;
  }
  if (declared->type == Type::kPred) {
    Report(diag::Kind::kPtxLimit, t, TextOf(t), "the type of a variable in memory",
           "predicates are registers; keep a .u8 or .u32 there");
    return false;
  }
  ++at_;
  declared->bytes = bytes * declared->vector;
  if (declared->vector > 4 || declared->bytes > kMaxVectorBytes) {
    Report(diag::Kind::kPtxLimit, begin, TextOf(begin), "a vector of this type",
           "a vector has 2 or 4 elements, together at most 16 bytes");
    return false;
  }
  const uint32_t natural = declared->bytes;
  declared->align = align > natural ? static_cast<uint32_t>(align) : natural;
  if (align != 0 && align < natural) declared->align = static_cast<uint32_t>(align);
  return true;
}

WS_HD bool Reader::ReadDimensions(Dimensions* dimensions) {
  *dimensions = Dimensions();
  while (Now().Is('[')) {
    const Token open = Now();
    ++at_;
    if (dimensions->count == Dimensions::kMost) {
      Report(diag::Kind::kNestedTooDeep, open, Dimensions::kMost);
      return false;
    }
    uint64_t size = 0;
    if (!Now().Is(']')) {
      Value value;
      const Token t = Now();
      if (!Expect(TokenKind::kInteger, "a size")) return false;
      ++at_;
      if (!NumberOf(t, &value)) return false;
      size = value.bits;
      if (size == 0 || dimensions->elements > (uint64_t{1} << 40) / size) {
        Report(diag::Kind::kPtxBadConstant, open);
        return false;
      }
    } else if (dimensions->count > 0) {
      ReportExpected("a size");
      return false;
    }
    if (!Expect(']')) return false;
    dimensions->sizes[dimensions->count++] = size;
    dimensions->elements *= size;
  }
  return true;
}

// An address, or of 0xff(v), 0xff00(v) and so on a byte of it.
WS_HD bool Reader::PutAddress(const Token& t, const Value& value, uint64_t mask,
                              const Declared& declared, uint64_t at, Initial* initial) {
  const Type type = declared.type;
  const uint32_t bytes = BytesOf(type);
  Relocation r{at, GlobalId(value.symbol.index), static_cast<int64_t>(value.bits)};
  if (mask != 0) {
    while ((mask & 0xff) == 0) {
      mask >>= 8;
      ++r.first;
    }
    r.bytes = 1;
    if (mask != 0xff) {
      Report(diag::Kind::kPtxLimit, t, TextOf(t), "a mask of an address",
             "0xff takes its lowest byte, 0xff00 the next one, and so on");
      return false;
    }
  } else if (type == Type::kU32) {
    r.bytes = 4;
  } else if (type != Type::kU64) {
    Report(diag::Kind::kPtxLimit, t, TextOf(t), "a value of this type",
           "addresses stand in .u64, .u32, or byte by byte as 0xff(name), 0xff00(name)");
    return false;
  }
  // A function's address is known while reading: it is no place in memory.
  if (value.symbol.meaning == Meaning::kFunction && value.bits != 0) {
    Report(diag::Kind::kPtxBadConstant, t);
    return false;
  }
  if (value.symbol.meaning == Meaning::kFunction) {
    const uint32_t f = value.symbol.index;
    if (is_address_taken_[f] == 0) address_taken_.push_back(FunctionId(f));
    is_address_taken_[f] = 1;
    const uint64_t address = FunctionAddress(f);
    for (uint32_t i = 0; i < r.bytes; ++i) {
      initial->bytes[static_cast<uint32_t>(at) + i] =
          static_cast<uint8_t>(address >> (8 * (r.first + i)));
    }
    return true;
  }
  if (module_->globals[value.symbol.index].space == Space::kShared ||
      (bytes == 8 && r.bytes == 8 && at % 8 != 0)) {
    Report(diag::Kind::kPtxLimit, t, TextOf(t), "an initial value",
           "name a variable of .global or .const");
    return false;
  }
  initial->addresses.push_back(r);
  return true;
}

WS_HD bool Reader::PutValue(const Declared& declared, uint64_t at, Initial* initial) {
  const Type type = declared.type;
  const uint32_t bytes = BytesOf(type);
  const Token t = Now();
  Value value;
  uint64_t mask = 0;
  if (t.kind == TokenKind::kInteger && Behind(1).Is('(')) {
    ++at_;
    if (!NumberOf(t, &value)) return false;
    mask = value.bits == 0 ? 1 : value.bits;  // 1 is no mask
    ++at_;
    if (!ReadValue(&value) || !Expect(')')) return false;
  } else if (!ReadValue(&value)) {
    return false;
  }
  if (at + bytes > initial->bytes.size()) {
    Report(diag::Kind::kPtxTooManyValues, t);
    return false;
  }
  if (value.kind == Value::Kind::kSymbol) {
    return PutAddress(t, value, mask, declared, at, initial);
  }
  const bool is_float = value.kind != Value::Kind::kInteger;
  const bool untyped = type >= Type::kB8 && type <= Type::kB64;
  if (mask != 0 || declared.is_wide || (IsFloat(type) ? !is_float : is_float && !untyped) ||
      (IsFloat(type) && bytes < 4)) {
    Report(diag::Kind::kPtxLimit, t, TextOf(t), "a value of this type",
           "floats take fractions, 0f or 0d numbers, integers take integers; write the bits of a "
           "half as .b16");
    return false;
  }
  const uint64_t bits = BitsIn(value, type);
  for (uint32_t i = 0; i < bytes; ++i) {
    initial->bytes[static_cast<uint32_t>(at) + i] = static_cast<uint8_t>(bits >> (8 * i));
  }
  return true;
}

// At level n the braces of dimension n, behind the last one those of the vector; each of them may
// hold fewer values than there is place for, but for a vector.
WS_HD bool Reader::ReadInitialValues(const Declared& declared, const Dimensions& dimensions,
                                     uint32_t level, uint64_t at, Initial* initial) {
  const bool is_vector = declared.vector > 1 && !declared.is_wide;
  const uint32_t levels = dimensions.count + (is_vector ? 1 : 0);
  const Token begin = Now();
  if (level == levels) {
    if (begin.Is('{')) {
      ReportExpected("a constant");
      return false;
    }
    return PutValue(declared, at, initial);
  }
  if (!Expect('{')) return false;
  const bool in_vector = level == dimensions.count;
  uint64_t row = in_vector ? BytesOf(declared.type) : declared.bytes;
  for (uint32_t i = level + 1; i < dimensions.count; ++i) row *= dimensions.sizes[i];
  uint64_t most = in_vector ? declared.vector : dimensions.sizes[level];
  uint64_t count = 0;
  if (Accept('}')) return true;
  do {
    if (stopped()) return false;
    const bool unsized = level == 0 && !in_vector && most == 0;
    if (!unsized && count == most) {
      Report(diag::Kind::kPtxTooManyValues, Now());
      return false;
    }
    if (!ReadInitialValues(declared, dimensions, level + 1, at, initial)) return false;
    at += row;
    ++count;
  } while (Accept(','));
  if (in_vector && count != most) {
    Report(diag::Kind::kPtxLimit, begin, "a list of fewer values", "a vector",
           "write a value for each element");
    return false;
  }
  return Expect('}');
}

// The constant variables of a module lie in one bank.
WS_HD bool Reader::AddConstant(const Token& name, uint64_t bytes, uint32_t align) {
  constant_bytes_ = (constant_bytes_ + align - 1) / align * align;
  if (bytes <= kMaxConstantBytes && constant_bytes_ + bytes <= kMaxConstantBytes) {
    constant_bytes_ += bytes;
    return true;
  }
  Report(diag::Kind::kPtxLimit, name, TextOf(name), "one more constant variable",
         "they have 65536 bytes together; put large tables into .global");
  return false;
}

WS_HD void Reader::ReadVariable(Space space, Linkage linkage) {
  const bool is_extern = linkage == Linkage::kExtern;
  Declared declared;
  if (!ReadType(&declared)) return;
  do {
    const uint32_t name_token = at_;
    const Token name = Now();
    if (!Expect(TokenKind::kWord, "the name of a variable")) return;
    ++at_;
    Dimensions dimensions;
    if (!ReadDimensions(&dimensions)) return;
    const Binding before = depth_ == 0 ? words_[name.word].binding : Binding();
    const bool was_extern = before.meaning == Meaning::kGlobal && is_extern_[before.index] != 0;
    uint32_t index = before.index;
    bool linked = false;
    if (!was_extern) {
      for (const PtxLink& link : options_.links) {
        if (!link.variable.valid() || !SameText(link.symbol, TextOf(name))) continue;
        index = link.variable.index;
        linked = true;
      }
      if (!linked) {
        Global g;
        g.name = TextOf(name);
        g.loc = LocOf(name);
        module_->globals.push_back(g);
        index = module_->globals.size() - 1;
      }
      while (is_extern_.size() <= index && is_extern_.append(1, uint8_t{0})) {
      }
      if (stopped()) return;
      Bind(name, name.word, Meaning::kGlobal, index);
      if (is_extern && !linked) {
        is_extern_[index] = 1;
        // The launch says how much of it there is.
        if (space != Space::kShared) externs_.push_back({GlobalId(index), name_token});
      }
    } else if (linkage == Linkage::kNone) {
      Report(diag::Kind::kRedeclared, name, TextOf(name));
      return;
    } else if (!is_extern) {
      is_extern_[index] = 0;
    }
    const uint64_t bytes = dimensions.elements * declared.bytes;
    if (dimensions.count > 0 && dimensions.sizes[0] == 0 && !is_extern && !Now().Is('=')) {
      Report(diag::Kind::kArrayWithoutSize, name, TextOf(name));
      return;
    }
    if (space == Space::kConst && !Now().Is('=') && !AddConstant(name, bytes, declared.align)) {
      return;
    }
    if (declared.is_opaque && Accept('=')) {  // { width = 5 }
      SkipBraces();
      if (failed_) return;
    }
    Initial initial{Vec<uint8_t>(*arena_), Vec<Relocation>(*arena_)};
    uint64_t counted = bytes;
    if (Accept('=')) {
      if (space == Space::kShared) {
        Report(diag::Kind::kSharedInitialized, name, TextOf(name));
        return;
      }
      if (is_extern) {
        Report(diag::Kind::kPtxLimit, name, "a value", "what an .extern variable holds",
               "leave .extern out: the variable is defined here");
        return;
      }
      if (dimensions.count > 0 && dimensions.sizes[0] == 0) {
        // The values say how many there are: commas of the outer braces, counted before.
        uint64_t rows = 0, depth = 0, row = declared.bytes;
        bool any = false;
        for (uint32_t i = at_; i < tokens_.size() && !tokens_[i].Is(';'); ++i) {
          if (tokens_[i].Is('{')) {
            any = any || ++depth > 1;
          } else if (tokens_[i].Is('}')) {
            --depth;
          } else {
            any = true;
            if (depth == 1 && tokens_[i].Is(',')) ++rows;
          }
        }
        for (uint32_t i = 1; i < dimensions.count; ++i) row *= dimensions.sizes[i];
        counted = (rows + (any ? 1 : 0)) * row;
      }
      if (counted > (uint64_t{1} << 30) ||
          !initial.bytes.append(static_cast<uint32_t>(counted), uint8_t{0})) {
        Report(diag::Kind::kProgramTooLarge, name, "an initialised variable");
        return;
      }
      if (!ReadInitialValues(declared, dimensions, 0, 0, &initial)) return;
      if (space == Space::kConst && !AddConstant(name, counted, declared.align)) return;
    }
    if (linked) continue;
    Global& g = module_->globals[index];
    g.space = space;
    g.type = declared.type;
    g.bytes = counted;
    g.align = declared.align;
    g.is_dynamic_shared =
        space == Space::kShared && dimensions.count > 0 && dimensions.sizes[0] == 0;
    if (g.is_dynamic_shared) g.bytes = 0;
    if (depth_ > 0 && space == Space::kShared) g.owner = function_;
    g.init = initial.bytes.span();
    g.addresses = initial.addresses.span();
  } while (Accept(','));
  Expect(';');
}

}  // namespace ws::ir::reader
