// device-clean
//
// Declaration specifiers.
#include "front/known_names.h"
#include "front/literal.h"
#include "front/parser.h"
#include "front/specifier_words.h"
#include "front/type_traits.h"

namespace ws::front {

using diag::Kind;

namespace {

// Bits of SpecifierWords::seen.
enum : uint32_t {
  kSeenVoid = 1,
  kSeenBool = 2,
  kSeenChar = 4,
  kSeenShort = 8,
  kSeenInt = 16,
  kSeenLong = 32,
  kSeenLongLong = 64,
  kSeenSigned = 128,
  kSeenUnsigned = 256,
  kSeenFloat = 512,
  kSeenDouble = 1024,
  kSeenAuto = 2048,
  kSeenNamed = 4096,
};

// kNamed when the words do not make a type together.
WS_HD BuiltinType TypeOfWords(uint32_t seen) {
  switch (seen) {
    case kSeenVoid:
      return BuiltinType::kVoid;
    case kSeenBool:
      return BuiltinType::kBool;
    case kSeenChar:
      return BuiltinType::kChar;
    case kSeenSigned | kSeenChar:
      return BuiltinType::kSChar;
    case kSeenUnsigned | kSeenChar:
      return BuiltinType::kUChar;
    case kSeenShort:
    case kSeenShort | kSeenInt:
    case kSeenSigned | kSeenShort:
    case kSeenSigned | kSeenShort | kSeenInt:
      return BuiltinType::kShort;
    case kSeenUnsigned | kSeenShort:
    case kSeenUnsigned | kSeenShort | kSeenInt:
      return BuiltinType::kUShort;
    case kSeenInt:
    case kSeenSigned:
    case kSeenSigned | kSeenInt:
      return BuiltinType::kInt;
    case kSeenUnsigned:
    case kSeenUnsigned | kSeenInt:
      return BuiltinType::kUInt;
    case kSeenLong:
    case kSeenLong | kSeenInt:
    case kSeenSigned | kSeenLong:
    case kSeenSigned | kSeenLong | kSeenInt:
      return BuiltinType::kLong;
    case kSeenUnsigned | kSeenLong:
    case kSeenUnsigned | kSeenLong | kSeenInt:
      return BuiltinType::kULong;
    case kSeenLongLong:
    case kSeenLongLong | kSeenInt:
    case kSeenSigned | kSeenLongLong:
    case kSeenSigned | kSeenLongLong | kSeenInt:
      return BuiltinType::kLongLong;
    case kSeenUnsigned | kSeenLongLong:
    case kSeenUnsigned | kSeenLongLong | kSeenInt:
      return BuiltinType::kULongLong;
    case kSeenFloat:
      return BuiltinType::kFloat;
    case kSeenDouble:
      return BuiltinType::kDouble;
    case kSeenAuto:
      return BuiltinType::kAuto;
    default:
      return BuiltinType::kNamed;
  }
}

}  // namespace

// Keeps the specifiers read so far until what follows them, such as template arguments, is read.
WS_HD void Parser::PutOffSpecs(St st, uint32_t name, bool is_typename) {
  Push({.st = st,
        .precedence = static_cast<uint8_t>(is_typename),
        .first = tree_->size(),
        .begin = specs_.begin,
        .token = name,
        .data = specs_.quals | specs_.storage << 4 | specs_.function << 16,
        .extra = specs_.bounds});
}

// Reads declaration specifiers and appends a TypeSpec; specs_ holds the rest of what they say when
// the state below is on top again.
WS_HD void Parser::StartSpecs() {
  specs_ = Specs{};
  specs_.begin = pos_;
  SpecifierWords words;
  while (ReadSpecifier(words)) {
    if (given_up_) return;
    if (words.is_decltype && Kind() == TokenKind::kLeftParen &&
        KindAt(pos_ + 1) == TokenKind::kAuto && KindAt(pos_ + 2) == TokenKind::kRightParen) {
      words.is_decltype = false;
      words.seen = kSeenAuto;
      specs_.quals |= qualifier::kDecltype;
      pos_ += 3;
      continue;
    }
    if (words.is_decltype) {
      PutOffSpecs(St::kDecltypeEnd, words.name, words.is_typename);
      if (!Expect(TokenKind::kLeftParen, "'(' after decltype")) return;
      AddMarker(NodeKind::kSizeofBegin);
      return PushExpr(kCommaPrec);
    }
    if (words.has_args) {
      // Template arguments are states of their own; the rest is read behind them.
      PutOffSpecs(St::kSpecsAfterArgs, words.name, words.is_typename);
      return StartTemplateArgs();
    }
    if (words.is_special) {
      PutOffSpecs(St::kSpecsAfterArgs, words.name);
      Push({.st = St::kStructAfterArgs,
            .first = tree_->size(),
            .begin = words.keyword,
            .token = words.name,
            .data = words.flags});
      return StartTemplateArgs();
    }
    if (words.body != 0) {
      PutOffSpecs(St::kSpecsAfterArgs, words.name);
      return KindAt(words.keyword) == TokenKind::kEnum ? StartEnumBody(words)
                                                       : StartStructBody(words, tree_->size());
    }
  }
  if (split_ == 0xffffffffu) {
    split_ = 0;  // a specifier was in error and has been recovered from
    return;
  }
  specs_.type = TypeOfWords(words.seen);
  if (words.seen == 0) {
    if (Kind() != TokenKind::kIdentifier) return FailExpected("a type");
    // An unknown type: said once, then taken for one.
    if (IsStd(pos_) && KindAt(pos_ + 2) == TokenKind::kIdentifier) pos_ += 2;
    const std::string_view what = KnownUnsupported(At(pos_).view());
    if (what.empty()) {
      Report(Kind::kUnknownType, pos_, Found(pos_));
    } else {
      Report(Kind::kKnownUnsupported, pos_, At(pos_).view(), what);
    }
    if (KindAt(pos_ + 1) == TokenKind::kColonColon || KindAt(pos_ + 1) == TokenKind::kLess) {
      return Recover(pos_);
    }
    names_->SetMeaning(At(pos_).name, Meaning::kType);
    words.name = pos_;
    Advance();
  } else if (words.seen != kSeenNamed && specs_.type == BuiltinType::kNamed) {
    return Fail(Kind::kRedundantType, pos_ - 1, Found(pos_ - 1));
  }
  const uint32_t token = specs_.type == BuiltinType::kNamed ? words.name : specs_.begin;
  Add(NodeKind::kTypeSpec, token, static_cast<uint32_t>(specs_.type) << 8 | specs_.quals,
      tree_->size(), specs_.begin);
}

WS_HD void Parser::StepDecltypeEnd() {
  if (!Expect(TokenKind::kRightParen, "')' of decltype")) return;
  const uint32_t marker = Top().first;
  const uint32_t spec = tree_->size();
  StepSpecsAfterArgs();
  tree_->SetData(NodeId(marker), spec);  // what it skips
}

WS_HD void Parser::StepSpecsAfterArgs() {
  const State s = Top();
  Pop();
  specs_ = Specs{};
  specs_.quals = s.data & 15;
  specs_.storage = s.data >> 4 & 0xfff;
  specs_.function = s.data >> 16;
  specs_.bounds = s.extra;
  specs_.begin = s.begin;
  if ((specs_.quals & qualifier::kTrait) != 0 && !FindTrait(At(s.token).view()).is_short) {
    if (!Expect(TokenKind::kColonColon, "'::type'")) return;
    if (!IsWord(pos_, "type")) return FailExpected("'type'");
    Advance();
  }
  // Template<...>::name: a type of its own for what qualifies the name.
  uint32_t name = s.token;
  while (Kind() == TokenKind::kColonColon) {
    const uint32_t next = KindAt(pos_ + 1) == TokenKind::kTemplate ? pos_ + 2 : pos_ + 1;
    if (KindAt(next) != TokenKind::kIdentifier ||
        (s.precedence == 0 && !IsTypeIn(At(name).name, At(next).name))) {
      break;
    }
    Add(NodeKind::kTypeSpec, name, 0, s.first, s.begin);
    name = next;
    pos_ = next + 1;
    if (Kind() != TokenKind::kLess) continue;
    State again = s;
    again.token = name;
    Push(again);
    return StartTemplateArgs();
  }
  while (Kind() == TokenKind::kConst || Kind() == TokenKind::kVolatile) {
    specs_.quals |= Kind() == TokenKind::kConst ? qualifier::kConst : qualifier::kVolatile;
    Advance();
  }
  Add(NodeKind::kTypeSpec, name, specs_.quals, s.first, s.begin);
}

// Takes one specifier; false when the next token is none, or after an error (then split_ says so).
WS_HD bool Parser::ReadSpecifier(SpecifierWords& words) {
  const auto type_word = [&](uint32_t bit) {
    if ((words.seen & bit) != 0 || (words.seen & kSeenNamed) != 0) bit |= kSeenNamed | kSeenVoid;
    words.seen |= bit;
  };
  const auto function = [&](uint32_t bit) { specs_.function |= bit; };
  const auto storage = [&](uint32_t bit) { specs_.storage |= bit; };
  switch (Kind()) {
    case TokenKind::kVoid:
      type_word(kSeenVoid);
      break;
    case TokenKind::kBool:
      type_word(kSeenBool);
      break;
    case TokenKind::kCharType:
      type_word(kSeenChar);
      break;
    case TokenKind::kShort:
      type_word(kSeenShort);
      break;
    case TokenKind::kInt:
      type_word(kSeenInt);
      break;
    case TokenKind::kLong:
      if ((words.seen & kSeenLong) != 0) {
        words.seen = (words.seen & ~kSeenLong) | kSeenLongLong;
      } else {
        type_word(kSeenLong);
      }
      break;
    case TokenKind::kSigned:
      type_word(kSeenSigned);
      break;
    case TokenKind::kUnsigned:
      type_word(kSeenUnsigned);
      break;
    case TokenKind::kFloat:
      type_word(kSeenFloat);
      break;
    case TokenKind::kDouble:
      type_word(kSeenDouble);
      break;
    case TokenKind::kAuto:
      type_word(kSeenAuto);
      break;
    case TokenKind::kConst:
      specs_.quals |= qualifier::kConst;
      break;
    case TokenKind::kVolatile:
      specs_.quals |= qualifier::kVolatile;
      break;
    case TokenKind::kRestrict:
    case TokenKind::kRestrict2:
      specs_.quals |= qualifier::kRestrict;
      break;
    case TokenKind::kTypename:
      words.is_typename = true;
      break;
    case TokenKind::kStatic:
      storage(storage_flag::kStatic);
      function(function_flag::kStatic);
      break;
    case TokenKind::kExtern:
      if (KindAt(pos_ + 1) == TokenKind::kString) {
        Advance();
        function(function_flag::kExternC);
      } else {
        storage(storage_flag::kExtern);
      }
      break;
    case TokenKind::kInline:
    case TokenKind::kInline2:
      function(function_flag::kInline);
      break;
    case TokenKind::kConstexpr:
      storage(storage_flag::kConstexpr);
      function(function_flag::kConstexpr);
      break;
    case TokenKind::kExplicit:
      function(function_flag::kExplicit);
      break;
    case TokenKind::kFriend:
      function(function_flag::kFriend);
      break;
    case TokenKind::kRegister:
    case TokenKind::kGridConstant:
      break;
    case TokenKind::kGlobal:
      function(function_flag::kGlobal);
      break;
    case TokenKind::kVirtual:
      if (struct_scopes_.empty()) return false;
      function(function_flag::kVirtual);
      break;
    case TokenKind::kDevice:
      storage(storage_flag::kDevice);
      function(function_flag::kDevice);
      break;
    case TokenKind::kHost:
      function(function_flag::kHost);
      break;
    case TokenKind::kForceInline:
      function(function_flag::kForceInline);
      break;
    case TokenKind::kNoInline:
      function(function_flag::kNoInline);
      break;
    case TokenKind::kShared:
      storage(storage_flag::kShared);
      break;
    case TokenKind::kConstant:
      storage(storage_flag::kConstant);
      break;
    case TokenKind::kLaunchBounds:
      specs_.bounds = pos_;
      pos_ = SkipBalanced(pos_ + 1);
      return true;
    case TokenKind::kAttribute:
      return SkipAttribute(true);
    case TokenKind::kLeftBracket:
      if (KindAt(pos_ + 1) != TokenKind::kLeftBracket) return false;
      pos_ = SkipBalanced(pos_);
      return true;
    case TokenKind::kAlign:
    case TokenKind::kAlignas:
      return ReadAlignment();
    case TokenKind::kEnum:
      if (words.seen != 0) return false;
      words.seen = kSeenNamed;
      return ReadEnumHead(words);
    case TokenKind::kStruct:
    case TokenKind::kClass:
    case TokenKind::kUnion:
      if (words.seen != 0) return false;
      words.seen = kSeenNamed;
      return ReadStructHead(words);
    case TokenKind::kDecltype:
      if (words.seen != 0) return false;
      words.seen = kSeenNamed;
      words.name = pos_;
      words.is_decltype = true;
      Advance();
      return true;
    case TokenKind::kManaged:
      storage(storage_flag::kDevice | storage_flag::kManaged);
      break;
    case TokenKind::kThreadLocal:
    case TokenKind::kMaxNReg:
    case TokenKind::kClusterDims:
    case TokenKind::kMutable: {
      const uint32_t at = pos_;
      Fail(Kind::kUnsupported, at, At(at).view());
      split_ = 0xffffffffu;
      return false;
    }
    case TokenKind::kIdentifier:
    case TokenKind::kColonColon: {
      if (words.seen != 0 || (!words.is_typename && !IsTypeStart(pos_))) return false;
      pos_ = SkipNamespaces(pos_);
      if (KindAt(pos_) != TokenKind::kIdentifier) return false;
      const bool is_std = IsStd(pos_);
      const uint32_t own = pos_;
      pos_ = is_std ? pos_ + 2 : SkipQualifiers(pos_);
      words.seen = kSeenNamed;
      words.name = pos_;
      const bool known = !is_std || names_->builtin_type(At(pos_).name) != BuiltinTypeName::kNone;
      if (!known) specs_.quals |= qualifier::kTrait;
      words.has_args = !known || (MeaningAt(pos_) == Meaning::kTypeTemplate && !IsInjected(pos_));
      if (!is_std && pos_ != own) words.has_args = KindAt(pos_ + 1) == TokenKind::kLess;
      Advance();
      return true;
    }
    default:
      return false;
  }
  Advance();
  return true;
}

// Bytes of a builtin type; 0 of others.
WS_HD uint32_t Parser::BytesOfBuiltin(uint32_t at) const {
  const auto scalar = [](BuiltinType type) -> uint32_t {
    switch (type) {
      case BuiltinType::kChar:
      case BuiltinType::kSChar:
      case BuiltinType::kUChar:
      case BuiltinType::kBool:
        return 1;
      case BuiltinType::kShort:
      case BuiltinType::kUShort:
        return 2;
      case BuiltinType::kInt:
      case BuiltinType::kUInt:
      case BuiltinType::kFloat:
        return 4;
      case BuiltinType::kVoid:
      case BuiltinType::kAuto:
      case BuiltinType::kNamed:
        return 0;
      default:
        return 8;
    }
  };
  switch (KindAt(at)) {
    case TokenKind::kCharType:
      return 1;
    case TokenKind::kShort:
      return 2;
    case TokenKind::kInt:
    case TokenKind::kUnsigned:
    case TokenKind::kFloat:
      return 4;
    case TokenKind::kDouble:
      return 8;
    case TokenKind::kIdentifier:
      break;
    default:
      return 0;
  }
  const BuiltinTypeName name = names_->builtin_type(At(at).name);
  if (name == BuiltinTypeName::kNone) return 0;
  const BuiltinTypeInfo info = InfoOf(name);
  switch (info.kind) {
    case BuiltinTypeKind::kScalar:
      return scalar(info.scalar);
    case BuiltinTypeKind::kVector:
      return scalar(info.scalar) * info.count;
    case BuiltinTypeKind::kHalf:
    case BuiltinTypeKind::kBf16:
      return 2;
    case BuiltinTypeKind::kHalf2:
    case BuiltinTypeKind::kBf162:
      return 4;
    default:
      return 0;
  }
}

// __align__(n) and alignas(n); n must be a power of two written as a number, or as a builtin type
// or its size or alignment: alignas(float4), __align__(sizeof(float4)).
WS_HD bool Parser::ReadAlignment(uint32_t* later) {
  const uint32_t at = pos_;
  Advance();
  const uint32_t end = SkipBalanced(pos_);  // behind the )
  const bool nested =
      (KindAt(pos_ + 1) == TokenKind::kSizeof || KindAt(pos_ + 1) == TokenKind::kAlignof) &&
      KindAt(pos_ + 2) == TokenKind::kLeftParen && end == pos_ + 6;
  uint64_t value = 0;
  if (Kind() == TokenKind::kLeftParen && (nested || end == pos_ + 3)) {
    const uint32_t what = nested ? pos_ + 3 : pos_ + 1;
    const bool number = !nested && KindAt(what) == TokenKind::kIntNumber;
    value = number ? ParseIntegerLiteral(At(what).view()).value : BytesOfBuiltin(what);
    // Only vectors of four doubles are aligned to less than their size.
    const bool is_size = nested && KindAt(pos_ + 1) == TokenKind::kSizeof;
    if (!number && !is_size && value > 16) value = 16;
  }
  if (value == 0 && later != nullptr && Kind() == TokenKind::kLeftParen) {
    *later = pos_;
    pos_ = end;
    return true;
  }
  if (value == 0 || (value & (value - 1)) != 0 || value > 8192) {
    FailUnsupported(at, "an alignment that is not a power of two written as a number or type");
    split_ = 0xffffffffu;
    return false;
  }
  uint32_t log2 = 0;
  while ((uint64_t{1} << log2) < value) ++log2;
  specs_.storage |= (log2 + 1) << storage_flag::kAlignShift;
  pos_ = end;
  return true;
}

// __attribute__((...)): what changes a layout is taken, or named; the rest means nothing here.
WS_HD bool Parser::SkipAttribute(bool takes_alignment) {
  const uint32_t end = SkipBalanced(pos_ + 1);
  for (uint32_t i = pos_ + 1; i < end; ++i) {
    const bool aligned = IsWord(i, "aligned") || IsWord(i, "__aligned__");
    if (aligned && takes_alignment) {
      pos_ = i;
      if (!ReadAlignment()) return false;
    } else if (aligned || IsWord(i, "packed") || IsWord(i, "__packed__")) {
      Report(Kind::kUnsupported, i,
             aligned ? "the attribute aligned here" : "the attribute packed");
    }
  }
  pos_ = end;
  return true;
}

}  // namespace ws::front
