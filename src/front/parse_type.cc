// device-clean
//
// Specifiers, type names, template arguments and declarators.
#include "front/literal.h"
#include "front/parser.h"

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

WS_HD bool IsTypeKeyword(TokenKind kind) {
  return kind >= TokenKind::kVoid && kind <= TokenKind::kAuto;
}

}  // namespace

// The words of C's type names seen so far.
struct SpecifierWords {
  uint32_t seen = 0;
  uint32_t name = 0;      // token of a named type
  bool has_args = false;  // it is a template
};

namespace {

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

// --- looking ahead

WS_HD bool Parser::IsTypeStart(uint32_t i) const {
  const TokenKind kind = KindAt(i);
  if (IsTypeKeyword(kind) || kind == TokenKind::kConst || kind == TokenKind::kVolatile ||
      kind == TokenKind::kTypename || kind == TokenKind::kDecltype) {
    return true;
  }
  if (kind == TokenKind::kColonColon) ++i;
  if (KindAt(i) != TokenKind::kIdentifier) return false;
  if (IsStd(i)) {
    const NameId name = At(i + 2).name;
    return name.valid() && names_->builtin_type(name) != BuiltinTypeName::kNone;
  }
  const Meaning meaning = MeaningAt(i);
  return meaning == Meaning::kType || meaning == Meaning::kTypeTemplate;
}

WS_HD bool Parser::IsDeclarationStart(uint32_t i) const {
  switch (KindAt(i)) {
    case TokenKind::kStatic:
    case TokenKind::kExtern:
    case TokenKind::kInline:
    case TokenKind::kConstexpr:
    case TokenKind::kRegister:
    case TokenKind::kThreadLocal:
    case TokenKind::kGlobal:
    case TokenKind::kDevice:
    case TokenKind::kHost:
    case TokenKind::kShared:
    case TokenKind::kConstant:
    case TokenKind::kManaged:
    case TokenKind::kForceInline:
    case TokenKind::kNoInline:
    case TokenKind::kInline2:
    case TokenKind::kLaunchBounds:
    case TokenKind::kAlign:
    case TokenKind::kAlignas:
    case TokenKind::kAttribute:
    case TokenKind::kEnum:
      return true;
    case TokenKind::kLeftBracket:
      return KindAt(i + 1) == TokenKind::kLeftBracket;
    default:
      return IsTypeStart(i);
  }
}

// `name name` and `name * name =` can only be a declaration with a type that is not known.
WS_HD bool Parser::LooksLikeUnknownType(uint32_t i) const {
  if (KindAt(i) != TokenKind::kIdentifier) return false;
  if (KindAt(i + 1) == TokenKind::kIdentifier) return true;
  return KindAt(i + 1) == TokenKind::kStar && KindAt(i + 2) == TokenKind::kIdentifier &&
         KindAt(i + 3) == TokenKind::kEqual && MeaningAt(i + 2) == Meaning::kOrdinary &&
         KindAt(i - 1) == TokenKind::kSemicolon;
}

WS_HD uint32_t Parser::SkipType(uint32_t i) const {
  const uint32_t begin = i;
  bool named = false;
  for (;; ++i) {
    const TokenKind kind = KindAt(i);
    if (IsTypeKeyword(kind)) {
      named = true;
    } else if (kind == TokenKind::kConst || kind == TokenKind::kVolatile ||
               kind == TokenKind::kTypename) {
      continue;
    } else if (!named && IsTypeStart(i)) {
      named = true;
      if (KindAt(i) == TokenKind::kColonColon) ++i;
      if (IsStd(i)) i += 2;
      if (KindAt(i + 1) != TokenKind::kLess) continue;
      // Template arguments, to the matching >.
      constexpr uint32_t kFarthest = 256;
      uint32_t depth = 0;
      const uint32_t limit = i + kFarthest;
      for (++i; i < limit; ++i) {
        const TokenKind k = KindAt(i);
        if (k == TokenKind::kLess) ++depth;
        const uint32_t closed = k == TokenKind::kGreater          ? 1
                                : k == TokenKind::kGreaterGreater ? 2
                                : k == TokenKind::kLaunchClose    ? 3
                                                                  : 0;
        if (closed >= depth) break;
        depth -= closed;
        if (k == TokenKind::kSemicolon || k == TokenKind::kEof) return begin;
      }
    } else {
      return named ? i : begin;
    }
  }
}

WS_HD bool Parser::IsCast(uint32_t i) const {
  if (!IsTypeStart(i + 1)) return false;
  i = SkipType(i + 1);
  for (;; ++i) {
    switch (KindAt(i)) {
      case TokenKind::kStar:
      case TokenKind::kAnd:
      case TokenKind::kAndAnd:
      case TokenKind::kConst:
      case TokenKind::kVolatile:
      case TokenKind::kRestrict:
      case TokenKind::kRestrict2:
        break;
      case TokenKind::kRightParen:
        return true;
      case TokenKind::kLeftBracket:
        return true;
      case TokenKind::kLeftParen:
        // T(*)[n], but not the constructor call T(*p)
        return (KindAt(i + 1) == TokenKind::kStar || KindAt(i + 1) == TokenKind::kAnd) &&
               KindAt(i + 2) == TokenKind::kRightParen;
      default:
        return false;
    }
  }
}

// --- specifiers

// Reads declaration specifiers and appends a TypeSpec; specs_ holds the rest of what they say when
// the state below is on top again.
WS_HD void Parser::StartSpecs() {
  specs_ = Specs{};
  specs_.begin = pos_;
  SpecifierWords words;
  while (ReadSpecifier(words)) {
    if (given_up_) return;
    if (words.has_args) {
      // Template arguments are states of their own; the rest is read behind them.
      const uint32_t bits = specs_.quals | specs_.storage << 3 | specs_.function << 15;
      Push({.st = St::kSpecsAfterArgs,
            .first = tree_->size(),
            .begin = specs_.begin,
            .token = words.name,
            .data = bits,
            .extra = specs_.bounds});
      return StartTemplateArgs();
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
    Report(Kind::kUnknownType, pos_, Found(pos_));
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

WS_HD void Parser::StepSpecsAfterArgs() {
  const State s = Top();
  Pop();
  specs_ = Specs{};
  specs_.quals = s.data & 7;
  specs_.storage = s.data >> 3 & 0xfff;
  specs_.function = s.data >> 15;
  specs_.bounds = s.extra;
  specs_.begin = s.begin;
  while (Kind() == TokenKind::kConst || Kind() == TokenKind::kVolatile) {
    specs_.quals |= Kind() == TokenKind::kConst ? qualifier::kConst : qualifier::kVolatile;
    Advance();
  }
  Add(NodeKind::kTypeSpec, s.token, specs_.quals, s.first, s.begin);
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
    case TokenKind::kRegister:
    case TokenKind::kGridConstant:
      break;
    case TokenKind::kGlobal:
      function(function_flag::kGlobal);
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
      pos_ = SkipBalanced(pos_ + 1);
      return true;
    case TokenKind::kLeftBracket:
      if (KindAt(pos_ + 1) != TokenKind::kLeftBracket) return false;
      pos_ = SkipBalanced(pos_);
      return true;
    case TokenKind::kAlign:
    case TokenKind::kAlignas:
      return ReadAlignment();
    case TokenKind::kEnum:
      if (KindAt(pos_ + 1) != TokenKind::kIdentifier || words.seen != 0) return false;
      Advance();
      words.seen = kSeenNamed;
      words.name = pos_;
      break;
    case TokenKind::kManaged:
    case TokenKind::kThreadLocal:
    case TokenKind::kDecltype:
    case TokenKind::kStruct:
    case TokenKind::kClass:
    case TokenKind::kUnion:
    case TokenKind::kMaxNReg:
    case TokenKind::kClusterDims:
    case TokenKind::kMutable:
    case TokenKind::kFriend:
    case TokenKind::kVirtual: {
      const uint32_t at = pos_;
      Fail(Kind::kUnsupported, at, At(at).view());
      split_ = 0xffffffffu;
      return false;
    }
    case TokenKind::kIdentifier:
    case TokenKind::kColonColon: {
      if (words.seen != 0 || !IsTypeStart(pos_)) return false;
      if (Kind() == TokenKind::kColonColon) Advance();
      if (IsStd(pos_)) pos_ += 2;
      words.seen = kSeenNamed;
      words.name = pos_;
      words.has_args = MeaningAt(pos_) == Meaning::kTypeTemplate;
      Advance();
      return true;
    }
    default:
      return false;
  }
  Advance();
  return true;
}

// __align__(n) and alignas(n); n must be a power of two written as a number, or sizeof of a type,
// which asks for no more than the type's own alignment and is dropped.
WS_HD bool Parser::ReadAlignment() {
  const uint32_t at = pos_;
  Advance();
  const bool number =
      KindAt(pos_ + 1) == TokenKind::kIntNumber && KindAt(pos_ + 2) == TokenKind::kRightParen;
  const uint64_t value = number ? ParseInteger(At(pos_ + 1).view()).value : 0;
  if (Kind() != TokenKind::kLeftParen || !number || value == 0 || (value & (value - 1)) != 0 ||
      value > 8192) {
    FailUnsupported(at, "an alignment that is not a power of two written as a number");
    split_ = 0xffffffffu;
    return false;
  }
  uint32_t log2 = 0;
  while ((uint64_t{1} << log2) < value) ++log2;
  specs_.storage |= (log2 + 1) << storage_flag::kAlignShift;
  pos_ += 3;
  return true;
}

// --- type names and template arguments

WS_HD void Parser::StartTypeId() {
  Push({.st = St::kTypeIdAfterSpecs, .first = tree_->size(), .begin = pos_});
  StartSpecs();
}

WS_HD void Parser::StepTypeIdAfterSpecs() {
  const State s = Top();
  Pop();
  StartDeclarator(Context::kTypeId, s.first, s.begin);
}

WS_HD void Parser::StartTemplateArgs() {
  const uint32_t begin = pos_;
  if (!Expect(TokenKind::kLess, "'<' and template arguments")) return;
  Push({.st = St::kTemplateArgs, .first = tree_->size(), .begin = begin, .token = begin});
}

// Before an argument, or behind one.
WS_HD void Parser::StepTemplateArgs() {
  const bool fresh = pos_ == Top().begin + 1;
  const bool closing = Kind() == TokenKind::kGreater || Kind() == TokenKind::kGreaterGreater ||
                       Kind() == TokenKind::kLaunchClose;
  if (closing) {
    if (CloseAngle()) Finish(NodeKind::kTemplateArgs);
    return;
  }
  if (!fresh && !Take(TokenKind::kComma)) return FailExpected("',' or '>'");
  if (IsTypeStart(pos_)) return StartTypeId();
  PushExpr(kAssignPrec, kNoGreater);
}

// --- declarators

// Reads * and & with their qualifiers.
WS_HD void Parser::ReadPointerOps() {
  for (;;) {
    const uint32_t token = pos_;
    if (Kind() == TokenKind::kStar) {
      Advance();
      uint32_t quals = 0;
      for (bool more = true; more;) {
        switch (Kind()) {
          case TokenKind::kConst:
            quals |= qualifier::kConst;
            break;
          case TokenKind::kVolatile:
            quals |= qualifier::kVolatile;
            break;
          case TokenKind::kRestrict:
          case TokenKind::kRestrict2:
            quals |= qualifier::kRestrict;
            break;
          default:
            more = false;
            break;
        }
        if (more) Advance();
      }
      Add(NodeKind::kPtrOp, token, quals, tree_->size(), token);
    } else if (Kind() == TokenKind::kAnd || Kind() == TokenKind::kAndAnd) {
      AddLeaf(NodeKind::kRefOp, Kind() == TokenKind::kAndAnd);
      while (Kind() == TokenKind::kRestrict || Kind() == TokenKind::kRestrict2) Advance();
    } else {
      return;
    }
  }
}

WS_HD void Parser::StartDeclarator(Context context, uint32_t first, uint32_t begin) {
  Push({.st = St::kDeclarator,
        .precedence = static_cast<uint8_t>(context),
        .first = first,
        .begin = begin});
}

WS_HD void Parser::StepDeclarator() {
  ReadPointerOps();
  Top().st = St::kDeclaratorName;
}

// The name, or a declarator in parentheses around it. The latter is passed over here and read when
// the array bounds behind it are done, because they apply first; `extra` keeps where it is.
WS_HD void Parser::StepDeclaratorName() {
  State& s = Top();
  const auto context = static_cast<Context>(s.precedence);
  s.token = pos_;
  s.st = St::kDeclaratorArray;
  s.extra = 0;
  const TokenKind inner = KindAt(pos_ + 1);
  if (Kind() == TokenKind::kLeftParen &&
      (inner == TokenKind::kStar || inner == TokenKind::kAnd || inner == TokenKind::kAndAnd)) {
    s.extra = pos_ + 1;
    pos_ = SkipBalanced(pos_);
    if (Kind() == TokenKind::kLeftParen) return FailUnsupported(pos_, "a pointer to a function");
    return;
  }
  if (context == Context::kTypeId) return;
  if (Kind() == TokenKind::kIdentifier) {
    Declare(At(pos_).name, context == Context::kTypedef ? Meaning::kType : Meaning::kOrdinary);
    Advance();
  } else if (context == Context::kVariable || context == Context::kTypedef) {
    if (Kind() == TokenKind::kLeftBracket) return FailUnsupported(pos_, "a structured binding");
    if (Kind() == TokenKind::kOperator) return FailUnsupported(pos_, "an operator function");
    return FailExpected("a name");
  }
}

WS_HD void Parser::StepDeclaratorArray() {
  State& s = Top();
  if (s.data != 0) {  // behind a bound
    const uint32_t first = s.data - 1;
    const uint32_t open = tree_->begin_token(NodeId(tree_->size() - 1)).index - 1;
    s.data = 0;
    if (!Expect(TokenKind::kRightBracket, "']'")) return;
    Add(NodeKind::kArrayOp, open, 0, first, open);
  }
  if (Kind() == TokenKind::kLeftBracket) {
    if (KindAt(pos_ + 1) == TokenKind::kRightBracket) {
      const uint32_t open = pos_;
      pos_ += 2;
      Add(NodeKind::kArrayOp, open, 0, tree_->size(), open);
      return;
    }
    Advance();
    s.data = tree_->size() + 1;
    return PushExpr(kConditionalPrec);
  }
  if (s.extra != 0) {
    const uint32_t behind = pos_;
    pos_ = s.extra;
    s.extra = behind;
    ReadPointerOps();
    Top().token = pos_;
    const auto context = static_cast<Context>(s.precedence);
    if (context != Context::kTypeId && Kind() == TokenKind::kIdentifier) {
      Declare(At(pos_).name, context == Context::kTypedef ? Meaning::kType : Meaning::kOrdinary);
      Advance();
    } else if (context == Context::kVariable || context == Context::kTypedef) {
      return FailExpected("a name");
    }
    s.st = St::kDeclaratorInner;
    return;
  }
  s.st = St::kDeclaratorInit;
}

// Array bounds inside the parentheses of a declarator.
WS_HD void Parser::StepDeclaratorInner() {
  State& s = Top();
  if (s.data != 0) {
    const uint32_t first = s.data - 1;
    const uint32_t open = tree_->begin_token(NodeId(tree_->size() - 1)).index - 1;
    s.data = 0;
    if (!Expect(TokenKind::kRightBracket, "']'")) return;
    Add(NodeKind::kArrayOp, open, 0, first, open);
  }
  if (Take(TokenKind::kLeftBracket)) {
    s.data = tree_->size() + 1;
    return PushExpr(kConditionalPrec);
  }
  if (Kind() == TokenKind::kLeftParen) return FailUnsupported(pos_, "a pointer to a function");
  if (!Expect(TokenKind::kRightParen, "')' of the declarator")) return;
  pos_ = s.extra;
  s.st = St::kDeclaratorInit;
}

WS_HD void Parser::StepDeclaratorInit() {
  State& s = Top();
  const auto context = static_cast<Context>(s.precedence);
  if (context == Context::kTypeId) return Finish(NodeKind::kTypeId);
  s.st = St::kDeclaratorEnd;
  s.data = 0;
  if (context == Context::kTypedef) return;
  if (Kind() == TokenKind::kEqual) {
    s.data = tree_->size() + 1;
    s.extra = pos_;
    Advance();
    return PushInitializer(context == Context::kTemplateValue ? kNoGreater : 0);
  }
  if (context != Context::kVariable) return;
  if (Kind() == TokenKind::kLeftBrace) return PushInitializer();
  if (Kind() == TokenKind::kColon) {
    FailUnsupported(pos_, "a range-based for");
    // Its body would only complain about the variable.
    if (Kind() == TokenKind::kLeftBrace) pos_ = SkipBalanced(pos_);
    return;
  }
  if (Kind() != TokenKind::kLeftParen) return;
  Push({.st = St::kInitParen, .first = tree_->size(), .begin = pos_, .token = pos_});
  Advance();
  if (Take(TokenKind::kRightParen)) return Finish(NodeKind::kInitParen);
  PushInitializer();
}

WS_HD void Parser::StepInitParen() {
  if (Take(TokenKind::kComma)) return PushInitializer();
  if (Expect(TokenKind::kRightParen, "',' or ')'")) Finish(NodeKind::kInitParen);
}

WS_HD void Parser::StepDeclaratorEnd() {
  State& s = Top();
  if (s.data != 0) {
    Add(NodeKind::kInitEq, s.extra, 0, s.data - 1, s.extra);
    s.data = 0;
  }
  Finish(NodeKind::kDeclarator);
}

}  // namespace ws::front
