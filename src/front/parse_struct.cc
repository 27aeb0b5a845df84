// device-clean
//
// Structs with their members, and enumerations: specifiers of a declaration, each with a body.
#include "front/operators.h"
#include "front/parser.h"
#include "front/specifier_words.h"

namespace ws::front {

using diag::Kind;

namespace {

WS_HD uint32_t StructFlag(TokenKind keyword) {
  if (keyword == TokenKind::kClass) return struct_flag::kClass;
  return keyword == TokenKind::kUnion ? struct_flag::kUnion : 0u;
}

}  // namespace

// Says that the struct or union at hand is not supported, and takes its name for a type so that its
// uses are not reported as well.
WS_HD void Parser::SkipStruct(const char* what) {
  const uint32_t at = pos_;
  if (KindAt(pos_ + 1) == TokenKind::kIdentifier) {
    names_->SetMeaning(At(pos_ + 1).name, Meaning::kType);
  }
  Fail(Kind::kUnsupported, at, what);
  // typedef union { ... } Name;
  if (KindAt(pos_ - 1) == TokenKind::kRightBrace && Kind() == TokenKind::kIdentifier &&
      KindAt(pos_ + 1) == TokenKind::kSemicolon) {
    names_->SetMeaning(At(pos_).name, Meaning::kType);
    pos_ += 2;
  }
}

// `struct`, `class` or `union`, attributes, alignment and the name; stops at the { if the members
// follow.
WS_HD bool Parser::ReadStructHead(SpecifierWords& words) {
  const uint32_t keyword = pos_;
  Advance();
  const uint32_t outer = specs_.storage;
  specs_.storage = 0;
  for (;;) {
    if (Kind() == TokenKind::kAlign || Kind() == TokenKind::kAlignas) {
      if (!ReadAlignment(&words.align)) return false;
    } else if (Kind() == TokenKind::kAttribute) {
      if (!SkipAttribute(true)) return false;
    } else if (Kind() == TokenKind::kLeftBracket) {
      pos_ = SkipBalanced(pos_);
    } else {
      break;
    }
  }
  const uint32_t align = specs_.storage & storage_flag::kAlignMask;
  specs_.storage = outer;
  const bool named = Kind() == TokenKind::kIdentifier;
  words.name = named ? pos_ : keyword;
  words.keyword = keyword;
  const auto refuse = [&](const char* what) {
    pos_ = keyword;
    SkipStruct(what);
    split_ = 0xffffffffu;
    return false;
  };
  if (named) Advance();
  if (IsWord(pos_, "final")) Advance();
  if (Kind() == TokenKind::kColon && !ReadBaseClause(words)) {
    return refuse("this form of a base");
  }
  words.flags = align | StructFlag(KindAt(keyword));
  words.is_template = named && (Top().flags & kTemplate) != 0 && IsStructTemplate(keyword);
  // That of a member is one in its struct alone.
  const bool is_member = words.is_template && Top().st == St::kMemberAfterSpecs;
  const auto declare_template = [&] {
    if (is_member) {
      Declare(At(words.name).name, Meaning::kTypeTemplate);
    } else {
      names_->SetMeaning(At(words.name).name, Meaning::kTypeTemplate);
    }
  };
  if (words.bases != 0 && words.body != 0) {
    if (words.is_template) declare_template();
    return true;
  }
  if (named && Kind() == TokenKind::kLess) {
    if (!words.is_template) return refuse("a specialisation of a struct template here");
    words.is_special = true;
    return true;
  }
  if (words.is_template) declare_template();
  if (Kind() == TokenKind::kLeftBrace) {
    words.body = pos_;
    return true;
  }
  if (!named) {
    FailExpected("a name or '{' after struct");
    split_ = 0xffffffffu;
    return false;
  }
  if (!words.is_template) Declare(At(words.name).name, Meaning::kType);
  specs_.quals |= qualifier::kElaborated;
  return true;
}

// Looks for the members behind the bases, which are read when the struct is known: at its colon.
WS_HD bool Parser::ReadBaseClause(SpecifierWords& words) {
  constexpr uint32_t kFarthest = 1024;
  uint32_t at = pos_ + 1;
  while (KindAt(at) != TokenKind::kLeftBrace && KindAt(at) != TokenKind::kEof &&
         KindAt(at) != TokenKind::kSemicolon && at < pos_ + kFarthest) {
    const TokenKind k = KindAt(at);
    const uint32_t end = k == TokenKind::kLess        ? SkipAngles(at)
                         : k == TokenKind::kLeftParen ? SkipBalanced(at)
                                                      : at + 1;
    at = end > at ? end : at + 1;
  }
  if (KindAt(at) != TokenKind::kLeftBrace) return false;
  words.bases = pos_ + 1;
  words.body = at;
  return true;
}

// Behind the arguments that a specialisation is for.
WS_HD void Parser::StepStructAfterArgs() {
  const State s = Top();
  Pop();
  SpecifierWords words;
  if (Kind() == TokenKind::kColon) {
    if (!ReadBaseClause(words)) return FailUnsupported(pos_, "this form of a base");
  } else if (Kind() != TokenKind::kLeftBrace) {
    FailUnsupported(s.begin, "a specialisation without its members");
    return;
  } else {
    words.body = pos_;
  }
  words.name = s.token;
  words.keyword = s.begin;
  words.flags = s.data;
  words.is_template = true;
  StartStructBody(words, s.first);
}

WS_HD bool Parser::IsStructTemplate(uint32_t i) const {
  while (KindAt(i) != TokenKind::kIdentifier) {
    ++i;
    if (KindAt(i) == TokenKind::kLeftParen || KindAt(i) == TokenKind::kLeftBracket) {
      i = SkipBalanced(i);
    }
    if (KindAt(i) == TokenKind::kEof || KindAt(i) == TokenKind::kLeftBrace) return false;
  }
  const TokenKind next = KindAt(i + 1);
  return next == TokenKind::kLeftBrace || next == TokenKind::kSemicolon ||
         next == TokenKind::kColon || next == TokenKind::kLess || IsWord(i + 1, "final");
}

WS_HD void Parser::StartStructBody(const SpecifierWords& words, uint32_t first) {
  const bool is_class = (words.flags & struct_flag::kClass) != 0;
  const NameId name = words.name != words.keyword ? At(words.name).name : NameId();
  if (!words.is_template) Declare(name, Meaning::kType);
  Push({.st = St::kStruct,
        .precedence = static_cast<uint8_t>(words.flags >> struct_flag::kAlignShift),
        .flags = static_cast<uint8_t>(kScope | (is_class ? kPrivate : 0)),
        .first = first,
        .begin = words.keyword,
        .token = words.name});
  OpenScope();
  struct_scopes_.push_back({scopes_.size(), name});
  pos_ = words.body + 1;
  AddMarker(NodeKind::kStructBegin);
  if (words.bases != 0) {
    pos_ = words.bases;
    Push({.st = St::kStructBases});
  }
  if (words.align == 0) return;
  // The alignment is the first thing in the struct; then back to here.
  Push({.st = St::kStructAlign,
        .first = tree_->size(),
        .begin = words.align,
        .token = words.align,
        .extra = pos_});
  pos_ = words.align + 1;
  if (!IsTypeStart(pos_)) return PushExpr(kCommaPrec);
  Push({.st = St::kSizeofType,
        .first = tree_->size(),
        .begin = words.align,
        .token = words.align,
        .data = 1});
  StartTypeId();
}

// Behind the alignment of a struct. A type's has taken the parenthesis.
WS_HD void Parser::StepStructAlign() {
  State& s = Top();
  if (KindAt(pos_ - 1) != TokenKind::kRightParen || KindAt(pos_) == TokenKind::kRightParen) {
    if (!Expect(TokenKind::kRightParen, "')'")) return;
  }
  s.data = 1;
  const uint32_t back = s.extra;
  Finish(NodeKind::kStaticAssert);
  pos_ = back;
}

// Before a base: how it is seen, and its type.
WS_HD void Parser::StepStructBases() {
  const TokenKind keyword = KindAt(stack_[stack_.size() - 2].begin);
  bool is_private = keyword == TokenKind::kClass;
  const uint32_t begin = pos_;
  for (bool more = true; more;) {
    switch (Kind()) {
      case TokenKind::kPublic:
        is_private = false;
        Advance();
        break;
      case TokenKind::kPrivate:
      case TokenKind::kProtected:
        is_private = true;
        Advance();
        break;
      case TokenKind::kVirtual:
        Report(Kind::kUnsupported, pos_, "a virtual base");
        Advance();
        break;
      default:
        more = false;
        break;
    }
  }
  Push({.st = St::kStructBase,
        .first = tree_->size(),
        .begin = begin,
        .token = begin,
        .data = is_private ? 1u : 0u});
  StartSpecs();
}

// Behind the type of a base. Types that it declares are types in what derives from it.
WS_HD void Parser::StepStructBase() {
  const NodeId spec(tree_->size() - 1);
  const NameId base = At(tree_->token(spec).index).name;
  Finish(NodeKind::kBase);
  const NameId own = struct_scopes_.empty() ? NameId() : struct_scopes_.back().name;
  const uint32_t known = nested_types_.size();
  for (uint32_t i = 0; base.valid() && i < known; ++i) {
    if (nested_types_[i].scope != base) continue;
    const NestedType type = nested_types_[i];
    Declare(type.name, type.meaning);
    if (own.valid() && !IsTypeIn(own, type.name)) {
      nested_types_.push_back({own, type.name, type.meaning});
    }
  }
  if (Take(TokenKind::kComma)) return;
  Pop();
  Expect(TokenKind::kLeftBrace, "'{' or ',' behind the base");
}

// The list of members. `data` and `extra` keep where the current one began.
WS_HD void Parser::StepStruct() {
  if (const uint32_t end = host_only_ ? EndOfDeviceFunction(pos_) : 0; end != 0) {
    pos_ = end;
    return;
  }
  State& s = Top();
  s.data = tree_->size();
  s.extra = pos_;
  switch (Kind()) {
    case TokenKind::kEof:
    case TokenKind::kRightBrace:
      if (Kind() == TokenKind::kEof) {
        Report(Kind::kUnclosedBracket, s.begin, "struct");
      } else {
        Advance();
      }
      s.data = uint32_t{s.precedence} << struct_flag::kAlignShift | StructFlag(KindAt(s.begin)) |
               ((s.flags & kNested) != 0 ? struct_flag::kInherits : 0u);
      return Finish(NodeKind::kStruct);
    case TokenKind::kSemicolon:
      Advance();
      return;
    case TokenKind::kPublic:
    case TokenKind::kPrivate:
    case TokenKind::kProtected: {
      s.flags = static_cast<uint8_t>(s.flags & ~kPrivate);
      if (Kind() != TokenKind::kPublic) s.flags |= kPrivate;
      Advance();
      Expect(TokenKind::kColon, "':'");
      return;
    }
    case TokenKind::kStaticAssert:
      return StartStaticAssert();
    case TokenKind::kUsing:
      return StartUsing(false);
    case TokenKind::kTypedef:
      Push({.st = St::kTypedefAfterSpecs, .first = tree_->size(), .begin = pos_, .token = pos_});
      Advance();
      return StartSpecs();
    case TokenKind::kTemplate: {
      Push({.st = St::kMemberAfterTemplate,
            .flags = static_cast<uint8_t>((s.flags & kPrivate) | kScope | kTemplate),
            .first = tree_->size(),
            .begin = pos_});
      OpenScope();
      Advance();
      const uint32_t open = pos_;
      if (!Expect(TokenKind::kLess, "'<' and template parameters")) return;
      return Push(
          {.st = St::kTemplateParams, .first = tree_->size(), .begin = open, .token = open});
    }
    default:
      return StartMember();
  }
}

// Behind the parameters of a member template.
WS_HD void Parser::StepMemberAfterTemplate() {
  switch (Kind()) {
    case TokenKind::kStruct:
    case TokenKind::kClass:
    case TokenKind::kUnion:
      break;
    case TokenKind::kUsing:
      Advance();
      if (Kind() != TokenKind::kIdentifier || KindAt(pos_ + 1) != TokenKind::kEqual) {
        return FailExpected("'name =' of the alias template");
      }
      Top().st = St::kAliasTemplateEnd;
      Top().token = pos_;
      Top().data = 1;
      pos_ += 2;
      return StartTypeId();
    case TokenKind::kTemplate:
      return FailUnsupported(pos_, "a template of a template");
    default:
      break;
  }
  const NameId own = struct_scopes_.empty() ? NameId() : struct_scopes_.back().name;
  uint32_t at = pos_;
  while (KindAt(at) == TokenKind::kHost || KindAt(at) == TokenKind::kDevice ||
         KindAt(at) == TokenKind::kInline || KindAt(at) == TokenKind::kForceInline ||
         KindAt(at) == TokenKind::kConstexpr || KindAt(at) == TokenKind::kExplicit) {
    ++at;
  }
  if (own.valid() && KindAt(at) == TokenKind::kIdentifier && At(at).name == own &&
      KindAt(at + 1) == TokenKind::kLeftParen) {
    specs_ = Specs{};
    SpecifierWords words;
    while (pos_ < at && ReadSpecifier(words)) {
    }
    return StartMemberFunction(at, function_flag::kConstructor);
  }
  Top().st = St::kMemberAfterSpecs;
  StartSpecs();
}

WS_HD void Parser::StartMember() {
  const uint8_t access = Top().flags & kPrivate;
  if (StartConstructor()) return;
  Push({.st = St::kMemberAfterSpecs, .flags = access, .first = tree_->size(), .begin = pos_});
  StartSpecs();
}

// Behind the words that may stand before any function.
WS_HD uint32_t Parser::BehindFunctionWords(uint32_t at) const {
  for (;; ++at) {
    switch (KindAt(at)) {
      case TokenKind::kHost:
      case TokenKind::kDevice:
      case TokenKind::kForceInline:
      case TokenKind::kNoInline:
      case TokenKind::kInline:
      case TokenKind::kInline2:
      case TokenKind::kConstexpr:
        break;
      default:
        return at;
    }
  }
}

// A constructor; what else has no type of its own is named. False if there is a type.
WS_HD bool Parser::StartConstructor() {
  uint32_t at = BehindFunctionWords(pos_);
  while (KindAt(at) == TokenKind::kExplicit || KindAt(at) == TokenKind::kVirtual) {
    at = BehindFunctionWords(at + 1);
  }
  const NameId name = struct_scopes_.empty() ? NameId() : struct_scopes_.back().name;
  const uint8_t access = Top().flags & kPrivate;
  const auto begin_member = [&](St st) {
    Push({.st = st, .flags = access, .first = tree_->size(), .begin = pos_});
    specs_ = Specs{};
    SpecifierWords words;
    while (pos_ < at && ReadSpecifier(words)) {
    }
  };
  if (KindAt(at) == TokenKind::kTilde && KindAt(at + 1) == TokenKind::kIdentifier &&
      At(at + 1).name == name && KindAt(at + 2) == TokenKind::kLeftParen) {
    begin_member(St::kMemberAfterSpecs);
    StartMemberFunction(at + 1, function_flag::kDestructor);
    return true;
  }
  if (KindAt(at) == TokenKind::kOperator && IsTypeStart(at + 1)) {
    begin_member(St::kConversion);
    Top().data = specs_.function;
    pos_ = at + 1;
    StartSpecs();
    return true;
  }
  if (!name.valid() || KindAt(at) != TokenKind::kIdentifier || At(at).name != name ||
      KindAt(at + 1) != TokenKind::kLeftParen) {
    return false;
  }
  begin_member(St::kMemberAfterSpecs);
  StartMemberFunction(at, function_flag::kConstructor);
  return true;
}

// Behind `operator` and the specifiers of the type that it converts to.
WS_HD void Parser::StepConversion() {
  ReadPointerOps();
  specs_.function = Top().data;
  if (Kind() != TokenKind::kLeftParen) return FailExpected("'('");
  StartMemberFunction(pos_ - 1, function_flag::kConversion);
}

// The state on top becomes the function's.
WS_HD void Parser::StartMemberFunction(uint32_t name, uint32_t flags) {
  State& s = Top();
  if ((specs_.function & function_flag::kFriend) == 0) flags |= function_flag::kMember;
  if ((s.flags & kPrivate) != 0) flags |= function_flag::kPrivate;
  s.flags &= kTemplate | kScope;
  constexpr uint32_t kUnnamed =
      function_flag::kConstructor | function_flag::kDestructor | function_flag::kConversion;
  if ((flags & kUnnamed) == 0 && At(name).name.valid()) {
    if ((s.flags & kTemplate) != 0) {
      DeclareMemberTemplate(At(name).name);
    } else if (names_->meaning(At(name).name) != Meaning::kFunctionTemplate) {
      Declare(At(name).name, Meaning::kOrdinary);
    }
  }
  StartFunction(s, name, flags);
}

// The token that names the operator, its last one; 0 after an error.
WS_HD uint32_t Parser::ReadOperatorName() {
  const uint32_t begin = pos_;
  Advance();
  const TokenKind kind = Kind();
  if ((kind == TokenKind::kNew || kind == TokenKind::kDelete) &&
      KindAt(pos_ + 1) == TokenKind::kLeftParen) {
    specs_.function |= function_flag::kStatic;
    return pos_;
  }
  const bool pair = kind == TokenKind::kLeftParen || kind == TokenKind::kLeftBracket;
  const TokenKind close =
      kind == TokenKind::kLeftParen ? TokenKind::kRightParen : TokenKind::kRightBracket;
  if (pair && KindAt(pos_ + 1) == close) Advance();
  if ((pair && Kind() != close) || !IsOverloadable(kind) ||
      KindAt(pos_ + 1) != TokenKind::kLeftParen) {
    FailUnsupported(begin, "this operator function");
    return 0;
  }
  return pos_;
}

WS_HD void Parser::StepMemberAfterSpecs() {
  const uint32_t ops = tree_->size();
  const uint32_t ops_begin = pos_;
  const State s = Top();
  const uint32_t storage = specs_.storage | storage_flag::kMember |
                           ((s.flags & kPrivate) != 0 ? storage_flag::kPrivate : 0u);
  if (Take(TokenKind::kSemicolon)) {  // a struct or enumeration alone
    Top().token = s.begin;
    Top().data = storage;
    Finish(NodeKind::kVarDecl);
    if ((s.flags & kTemplate) == 0) return;
    const NodeId spec(tree_->size() - 2);  // in the struct's scope the template has a name
    NodeId named = spec;
    if (tree_->subtree_size(spec) > 1 && tree_->kind(NodeId(spec.index - 1)) == NodeKind::kStruct) {
      named = NodeId(spec.index - 1);
    }
    Declare(At(tree_->token(named).index).name, Meaning::kTypeTemplate);
    return;
  }
  ReadPointerOps();
  const bool of_arrays =
      Kind() == TokenKind::kOperator &&
      (KindAt(pos_ + 1) == TokenKind::kNew || KindAt(pos_ + 1) == TokenKind::kDelete) &&
      KindAt(pos_ + 2) == TokenKind::kLeftBracket;
  if (of_arrays) {  // not read; what would call it is refused
    while (Kind() != TokenKind::kLeftParen && Kind() != TokenKind::kEof) Advance();
    pos_ = SkipBalanced(pos_);
    while (Kind() != TokenKind::kLeftBrace && Kind() != TokenKind::kSemicolon &&
           Kind() != TokenKind::kEof) {
      Advance();
    }
    pos_ = Kind() == TokenKind::kLeftBrace ? SkipBalanced(pos_) : pos_ + 1;
    Top().token = s.begin;
    return Finish(NodeKind::kEmptyStmt);
  }
  if (Kind() == TokenKind::kOperator) {
    const uint32_t name = ReadOperatorName();
    if (name != 0) StartMemberFunction(name, 0);
    return;
  }
  if (Kind() == TokenKind::kIdentifier && KindAt(pos_ + 1) == TokenKind::kLeftParen) {
    return StartMemberFunction(pos_, 0);
  }
  if (Kind() == TokenKind::kColon ||
      (Kind() == TokenKind::kIdentifier && KindAt(pos_ + 1) == TokenKind::kColon)) {
    return FailUnsupported(pos_, "a bit-field");
  }
  if ((s.flags & kTemplate) != 0) {
    if (Kind() != TokenKind::kIdentifier) return FailExpected("the name of the variable template");
    DeclareMemberTemplate(At(pos_).name);
    return StartVariableTemplate(ops, ops_begin, storage);
  }
  Pop();
  Push({.st = St::kVarDeclNext,
        .first = s.first,
        .begin = s.begin,
        .token = s.begin,
        .data = storage});
  Push({.st = St::kDeclaratorName,
        .precedence = static_cast<uint8_t>(Context::kVariable),
        .first = ops,
        .begin = ops_begin});
}

// The initialisers of members before a constructor's body; again behind each.
WS_HD void Parser::StepMemberInits() {
  const uint32_t token = pos_;
  const TokenKind next = KindAt(pos_ + 1);
  if (Kind() == TokenKind::kTypename || next == TokenKind::kLess ||
      next == TokenKind::kColonColon) {  // Base<T>(...)
    Push({.st = St::kMemberInitType, .first = tree_->size(), .begin = token, .token = token});
    return StartSpecs();
  }
  if (!Expect(TokenKind::kIdentifier, "the name of a member")) return;
  Push({.st = St::kMemberInit, .first = tree_->size(), .begin = token, .token = token});
  StartMemberInit();
}

// Behind the base that is initialised.
WS_HD void Parser::StepMemberInitType() {
  Top().st = St::kMemberInit;
  StartMemberInit();
}

WS_HD void Parser::StartMemberInit() {
  if (Kind() == TokenKind::kLeftBrace) return PushInitializer();
  const uint32_t open = pos_;
  if (!Expect(TokenKind::kLeftParen, "'(' or '{' after the member")) return;
  Push({.st = St::kInitParen, .first = tree_->size(), .begin = open, .token = open});
  if (Take(TokenKind::kRightParen)) return Finish(NodeKind::kInitParen);
  PushInitializer();
}

WS_HD void Parser::StepMemberInit() {
  Finish(NodeKind::kMemberInit);
  if (!Take(TokenKind::kComma)) Top().st = St::kFunctionBody;
}

// --- enumerations

// `enum`, `class`, the name and the underlying type's colon; stops at the { if enumerators follow.
WS_HD bool Parser::ReadEnumHead(SpecifierWords& words) {
  words.keyword = pos_;
  Advance();
  if (Take(TokenKind::kClass) || Take(TokenKind::kStruct)) words.flags = 1;
  const bool named = Kind() == TokenKind::kIdentifier;
  words.name = named ? pos_ : words.keyword;
  if (named) Advance();
  if (Kind() == TokenKind::kLeftBrace || Kind() == TokenKind::kColon) {
    words.body = pos_;
    return true;
  }
  if (named && words.flags == 0) return true;
  FailExpected("a name or '{' after enum");
  split_ = 0xffffffffu;
  return false;
}

WS_HD void Parser::StartEnumBody(const SpecifierWords& words) {
  if (words.name != words.keyword) Declare(At(words.name).name, Meaning::kType);
  const bool based = Kind() == TokenKind::kColon;
  Push({.st = based ? St::kEnumBase : St::kEnum,
        .flags = words.flags != 0 ? kScope : uint8_t{0},
        .first = tree_->size(),
        .begin = words.keyword,
        .token = words.name,
        .data = words.flags,
        .extra = pos_});
  if (words.flags != 0) OpenScope();  // its enumerators are not seen outside
  AddMarker(NodeKind::kEnumBegin);
  Advance();
  if (based) StartSpecs();
}

// Behind the underlying type.
WS_HD void Parser::StepEnumBase() {
  Top().st = St::kEnum;
  Top().extra = pos_;
  Expect(TokenKind::kLeftBrace, "'{'");
}

WS_HD void Parser::StepEnum() {
  const bool fresh = pos_ == Top().extra + 1;
  if (!fresh && Kind() != TokenKind::kRightBrace && !Take(TokenKind::kComma)) {
    return FailExpected("',' or '}'");
  }
  if (Take(TokenKind::kRightBrace)) return Finish(NodeKind::kEnum);
  if (Kind() != TokenKind::kIdentifier) return FailExpected("the name of an enumerator");
  Declare(At(pos_).name, Meaning::kOrdinary);
  Push({.st = St::kEnumValue, .first = tree_->size(), .begin = pos_, .token = pos_});
  Advance();
  if (Take(TokenKind::kEqual)) PushExpr(kConditionalPrec);
}

WS_HD void Parser::StepEnumValue() { Finish(NodeKind::kEnumerator); }

}  // namespace ws::front
