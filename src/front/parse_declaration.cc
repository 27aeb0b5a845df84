// device-clean
//
// Declarations: the top level, functions and templates, variables, typedef, using.
#include "front/operators.h"
#include "front/parser.h"

namespace ws::front {

using diag::Kind;

// The list of top-level declarations. `data` and `extra` keep where the current one began.
WS_HD void Parser::StepTopLevel() {
  State& s = Top();
  s.data = tree_->size();
  s.extra = pos_;
  switch (Kind()) {
    case TokenKind::kEof:
      if ((s.flags & kNested) != 0) {
        Report(Kind::kUnclosedBracket, s.token, "'{'");
        Pop();
        return;
      }
      Finish(NodeKind::kTranslationUnit);
      return;
    case TokenKind::kRightBrace:
      if ((s.flags & kNested) != 0) {
        if (tree_->spaces.current() != s.first) tree_->spaces.Return(s.first, tree_->size());
        Pop();
        Advance();
        return;
      }
      return FailExpected("a declaration");
    case TokenKind::kSemicolon:
      Advance();
      return;
    case TokenKind::kPragmaUnroll:
      Report(Kind::kMisplacedPragma, pos_);
      while (Kind() != TokenKind::kPragmaEnd && Kind() != TokenKind::kEof) Advance();
      Advance();
      return;
    default:
      break;
  }
  if (!StartTopDeclaration()) FailExpected("a declaration");
}

// False if nothing that declares something begins here.
WS_HD bool Parser::StartTopDeclaration() {
  const uint8_t flags = Top().flags & kExternC;
  if (const uint32_t end = host_only_ ? EndOfDeviceFunction(pos_) : 0; end != 0) {
    pos_ = end;
    return true;
  }
  switch (Kind()) {
    case TokenKind::kTemplate: {
      if (KindAt(pos_ + 1) != TokenKind::kLess) {
        // An explicit instantiation: instances are made where they are called.
        while (Kind() != TokenKind::kSemicolon && Kind() != TokenKind::kEof &&
               Kind() != TokenKind::kLeftBrace) {
          Advance();
        }
        ExpectSemicolon("the explicit instantiation");
        return true;
      }
      const bool special = KindAt(pos_ + 2) == TokenKind::kGreater;
      Push({.st = St::kTopAfterTemplate,
            .flags = static_cast<uint8_t>(flags | kScope | kTemplate | (special ? kSpecial : 0)),
            .first = tree_->size(),
            .begin = pos_});
      OpenScope();
      Advance();
      const uint32_t open = pos_;
      Advance();
      Push({.st = St::kTemplateParams, .first = tree_->size(), .begin = open, .token = open});
      return true;
    }
    case TokenKind::kTypedef:
      Push({.st = St::kTypedefAfterSpecs, .first = tree_->size(), .begin = pos_, .token = pos_});
      Advance();
      StartSpecs();
      return true;
    case TokenKind::kUsing:
      StartUsing(true);
      return true;
    case TokenKind::kNamespace:
      return StartNamespace();
    case TokenKind::kInline:
      if (KindAt(pos_ + 1) == TokenKind::kNamespace) return StartNamespace();
      break;
    case TokenKind::kStaticAssert:
      StartStaticAssert();
      return true;
    case TokenKind::kAsm:
    case TokenKind::kAsm2:
      FailUnsupported(pos_, "inline assembly outside of functions");
      return true;
    case TokenKind::kConcept:
    case TokenKind::kRequires:
      FailUnsupported(pos_, "a concept");
      return true;
    case TokenKind::kExtern:
      if (KindAt(pos_ + 1) == TokenKind::kString && KindAt(pos_ + 2) == TokenKind::kLeftBrace) {
        const uint32_t open = pos_ + 2;
        pos_ += 3;
        Push({.st = St::kTopLevel,
              .flags = static_cast<uint8_t>(kExternC | kNested),
              .first = tree_->spaces.current(),
              .token = open});
        return true;
      }
      break;
    default:
      break;
  }
  if (!IsDeclarationStart(pos_) && Kind() != TokenKind::kIdentifier &&
      Kind() != TokenKind::kDecltype && Kind() != TokenKind::kMaxNReg &&
      Kind() != TokenKind::kClusterDims) {
    return false;
  }
  if (StartOutsideUntyped(flags)) return true;
  Push({.st = St::kTopAfterSpecs, .flags = flags, .first = tree_->size(), .begin = pos_});
  StartSpecs();
  return true;
}

WS_HD uint32_t Parser::EndOfDeviceFunction(uint32_t i) const {
  bool device = false;
  while (KindAt(i) == TokenKind::kTemplate && KindAt(i + 1) == TokenKind::kLess) {
    i = SkipAngles(i + 1);
  }
  for (;; ++i) {
    switch (KindAt(i)) {
      case TokenKind::kDevice:
        device = true;
        continue;
      case TokenKind::kGlobal:
      case TokenKind::kHost:
      case TokenKind::kEof:
      case TokenKind::kSemicolon:
      case TokenKind::kEqual:
      case TokenKind::kLeftBrace:
      case TokenKind::kRightBrace:
      case TokenKind::kNamespace:
      case TokenKind::kTypedef:
      case TokenKind::kUsing:
        return 0;
      case TokenKind::kOperator:
        while (KindAt(i + 1) != TokenKind::kLeftParen && KindAt(i + 1) != TokenKind::kEof) ++i;
        if (KindAt(i + 2) == TokenKind::kRightParen && KindAt(i + 3) == TokenKind::kLeftParen) {
          i += 2;  // operator()
        }
        continue;
      case TokenKind::kLess:
        i = SkipAngles(i) - 1;
        continue;
      case TokenKind::kAttribute:
      case TokenKind::kLaunchBounds:
      case TokenKind::kAlign:
      case TokenKind::kAlignas:
      case TokenKind::kDecltype:
        i = SkipBalanced(i + 1) - 1;
        continue;
      case TokenKind::kLeftBracket:
        i = SkipBalanced(i) - 1;
        continue;
      case TokenKind::kLeftParen:
        break;
      default:
        continue;
    }
    break;
  }
  if (!device) return 0;
  for (i = SkipBalanced(i);; ++i) {
    switch (KindAt(i)) {
      case TokenKind::kSemicolon:
        return i + 1;
      case TokenKind::kLeftBrace:
        return SkipBalanced(i);
      case TokenKind::kLeftParen:
        i = SkipBalanced(i) - 1;
        break;
      case TokenKind::kEof:
        return 0;
      default:
        break;
    }
  }
}

// --- templates

WS_HD void Parser::StepTemplateParams() {
  State& s = Top();
  bool fresh = pos_ == s.begin + 1;
  if (fresh && Kind() == TokenKind::kEllipsis) {  // see packs.cc
    s.data = 1;
    s.begin = pos_;
    Advance();
    fresh = true;
  }
  // Of a >> whose first half ended a default argument the second half ends the list.
  if (Kind() == TokenKind::kGreater || split_ > 0) {
    if (CloseAngle()) Finish(NodeKind::kTemplateParams);
    return;
  }
  if (!fresh && !Take(TokenKind::kComma)) return FailExpected("',' or '>'");
  const uint32_t begin = pos_;
  // typename T, but a value of the type in typename Traits<T>::type x.
  const TokenKind behind = KindAt(pos_ + 2);
  const bool is_value = behind == TokenKind::kColonColon || behind == TokenKind::kLess;
  if ((Kind() == TokenKind::kTypename || Kind() == TokenKind::kClass) && !is_value) {
    Advance();
    if (Kind() == TokenKind::kEllipsis) return FailUnsupported(pos_, "a parameter pack");
    Push({.st = St::kTemplateTypeParam, .first = tree_->size(), .begin = begin, .token = pos_});
    if (Kind() == TokenKind::kIdentifier) {
      Declare(At(pos_).name, Meaning::kType);
      Advance();
    }
    if (Take(TokenKind::kEqual)) StartTypeId();
    return;
  }
  if (Kind() == TokenKind::kTemplate) return FailUnsupported(pos_, "a template template parameter");
  Push({.st = St::kParamDone,
        .first = tree_->size(),
        .begin = begin,
        .token = begin,
        .data = static_cast<uint32_t>(NodeKind::kTemplateValueParam)});
  Push({.st = St::kParamAfterSpecs, .data = static_cast<uint32_t>(Context::kTemplateValue)});
  StartSpecs();
}

WS_HD void Parser::StepTemplateTypeParam() { Finish(NodeKind::kTemplateTypeParam); }

WS_HD void Parser::StepTopAfterTemplate() {
  State& s = Top();
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
      s.st = St::kAliasTemplateEnd;
      s.token = pos_;
      pos_ += 2;
      return StartTypeId();
    case TokenKind::kTemplate:
      return FailUnsupported(pos_, "a member template");
    case TokenKind::kRequires:
    case TokenKind::kConcept:
      return FailUnsupported(pos_, "a concept");
    default:
      break;
  }
  s.st = St::kTopAfterSpecs;
  s.data = tree_->size();
  if (StartOutsideUntyped(0)) return;
  StartSpecs();
}

// --- functions and variables

namespace {

WS_HD uint32_t OperatorBits(const Token& name) {
  return name.kind == TokenKind::kIdentifier
             ? 0u
             : static_cast<uint32_t>(OperatorOf(name.kind)) << function_flag::kOperatorShift;
}

}  // namespace

WS_HD void Parser::StepTopAfterSpecs() {
  const uint32_t ops = tree_->size();
  const uint32_t ops_begin = pos_;
  const bool behind_body =
      KindAt(pos_ - 1) == TokenKind::kRightBrace && (At(pos_).flags & token_flag::kLineStart) != 0;
  if (Kind() == TokenKind::kSemicolon || behind_body) {  // a struct or enumeration alone
    Top().token = Top().begin;
    Top().data = specs_.storage;
    if (ExpectSemicolon("the struct or enumeration")) Finish(NodeKind::kVarDecl);
    return;
  }
  ReadPointerOps();
  // __launch_bounds__ and attributes may stand between type and name.
  while (Kind() == TokenKind::kLaunchBounds || Kind() == TokenKind::kAttribute) {
    if (Kind() == TokenKind::kAttribute) {
      if (!SkipAttribute(false)) return;
      continue;
    }
    specs_.bounds = pos_;
    pos_ = SkipBalanced(pos_ + 1);
  }
  while (Kind() == TokenKind::kGlobal || Kind() == TokenKind::kDevice ||
         Kind() == TokenKind::kHost || Kind() == TokenKind::kForceInline ||
         Kind() == TokenKind::kInline) {
    specs_.function |= Kind() == TokenKind::kGlobal   ? function_flag::kGlobal
                       : Kind() == TokenKind::kDevice ? function_flag::kDevice
                       : Kind() == TokenKind::kHost   ? function_flag::kHost
                       : Kind() == TokenKind::kInline ? function_flag::kInline
                                                      : function_flag::kForceInline;
    Advance();
  }
  if (Kind() == TokenKind::kOperator) {
    const uint32_t name = ReadOperatorName();
    if (name == 0) return;
    StartFunction(Top(), name);
    return;
  }
  const State declared = Top();
  Top().data = ops;
  Top().extra = ops_begin;
  if (StartOutsideMember()) return;
  Top().data = declared.data;
  Top().extra = declared.extra;
  const bool special = (Top().flags & kSpecial) != 0;
  constexpr uint32_t kOfFunctions = function_flag::kGlobal | function_flag::kHost |
                                    function_flag::kForceInline | function_flag::kNoInline;
  const bool named_paren =
      Kind() == TokenKind::kIdentifier && (KindAt(pos_ + 1) == TokenKind::kLeftParen ||
                                           (special && KindAt(pos_ + 1) == TokenKind::kLess &&
                                            KindAt(SkipAngles(pos_ + 1)) == TokenKind::kLeftParen));
  const bool function =
      named_paren &&
      (KindAt(pos_ + 2) == TokenKind::kRightParen || IsDeclarationStart(pos_ + 2) ||
       specs_.type == BuiltinType::kVoid || (specs_.function & kOfFunctions) != 0 ||
       LooksLikeUnknownType(pos_ + 2) || (Top().flags & kTemplate) != 0);
  State s = Top();
  if (function) {
    StartFunction(s, pos_);
    return;
  }
  if ((s.flags & kTemplate) != 0) {
    if (Kind() != TokenKind::kIdentifier) return FailExpected("the name of the variable template");
    names_->SetMeaning(At(pos_).name, Meaning::kFunctionTemplate);
    return StartVariableTemplate(ops, ops_begin, specs_.storage);
  }
  Pop();
  Push({.st = St::kVarDeclNext,
        .first = s.first,
        .begin = s.begin,
        .token = s.begin,
        .data = specs_.storage});
  Push({.st = St::kDeclaratorName,
        .precedence = static_cast<uint8_t>(Context::kVariable),
        .first = ops,
        .begin = ops_begin});
}

// template <...> type name = value; `first`: where the operators of the type begin. A
// specialisation has arguments behind the name.
WS_HD void Parser::StartVariableTemplate(uint32_t first, uint32_t begin, uint32_t storage) {
  State& s = Top();
  s.st = St::kVarDeclNext;
  s.token = s.begin;
  s.data = storage;
  s.extra = 0;
  Push({.st = St::kDeclaratorName,
        .precedence = static_cast<uint8_t>(Context::kVariable),
        .flags = kTemplate,
        .first = first,
        .begin = begin});
}

// The state on top becomes the function's; `flags` are those of a member.
WS_HD void Parser::StartFunction(const State& s, uint32_t name, uint32_t flags) {
  const bool is_template = (s.flags & kTemplate) != 0;
  const uint32_t function =
      specs_.function | flags | ((s.flags & kExternC) != 0 ? function_flag::kExternC : 0);
  const uint32_t bounds = specs_.bounds;
  if ((s.flags & kSpecial) == 0 && At(name).name.valid() && (flags & function_flag::kMember) == 0) {
    // Of several functions of the name one template is enough.
    const bool any = is_template || names_->meaning(At(name).name) == Meaning::kFunctionTemplate;
    names_->SetMeaning(At(name).name, any ? Meaning::kFunctionTemplate : Meaning::kOrdinary);
  }
  if (!is_template) OpenScope();
  State& top = Top();
  top.st = St::kFunctionAfterBounds;
  top.flags |= kScope;
  top.token = name;
  const bool is_conversion = (flags & function_flag::kConversion) != 0;
  top.data = function | (is_conversion ? 0 : OperatorBits(At(name)));
  if (bounds == 0) return;
  // Back to the bounds; the state keeps going at the name.
  Push({.st = St::kLaunchBounds,
        .first = tree_->size(),
        .begin = bounds,
        .token = bounds,
        .extra = name});
  pos_ = bounds + 1;
  if (!Expect(TokenKind::kLeftParen, "'(' after __launch_bounds__")) return;
  PushExpr(kAssignPrec);
}

WS_HD void Parser::StepLaunchBounds() {
  if (Take(TokenKind::kComma)) return PushExpr(kAssignPrec);
  if (!Expect(TokenKind::kRightParen, "')'")) return;
  const uint32_t name = Top().extra;
  Finish(NodeKind::kLaunchBounds);
  pos_ = name;
}

WS_HD void Parser::StepFunctionAfterBounds() {
  pos_ = Top().token + 1;
  if ((Top().flags & kSpecial) != 0 && Kind() == TokenKind::kLess) {
    Top().st = St::kSpecialArgs;
    return StartTemplateArgs();
  }
  StartFunctionParams();
}

// Behind the template arguments of a specialisation's name.
WS_HD void Parser::StepSpecialArgs() {
  if (Kind() != TokenKind::kLeftParen) return FailExpected("'('");
  StartFunctionParams();
}

WS_HD void Parser::StartFunctionParams() {
  Top().st = St::kFunctionBody;
  Push({.st = St::kParamList, .first = tree_->size(), .begin = pos_, .token = pos_});
  Advance();
}

// Before a parameter, or behind one.
WS_HD void Parser::StepParamList() {
  const bool fresh = pos_ == Top().begin + 1;
  if (fresh && Kind() == TokenKind::kVoid && KindAt(pos_ + 1) == TokenKind::kRightParen) Advance();
  if (Take(TokenKind::kRightParen)) return Finish(NodeKind::kParamList);
  if (!fresh && !Take(TokenKind::kComma)) return FailExpected("',' or ')'");
  if (Take(TokenKind::kEllipsis)) {
    Top().data = 1;
    if (Expect(TokenKind::kRightParen, "')'")) Finish(NodeKind::kParamList);
    return;
  }
  Push({.st = St::kParamDone,
        .first = tree_->size(),
        .begin = pos_,
        .token = pos_,
        .data = static_cast<uint32_t>(NodeKind::kParam)});
  Push({.st = St::kParamAfterSpecs, .data = static_cast<uint32_t>(Context::kParam)});
  StartSpecs();
}

WS_HD void Parser::StepParamAfterSpecs() {
  const auto context = static_cast<Context>(Top().data);
  Pop();
  if (Kind() == TokenKind::kEllipsis) return FailUnsupported(pos_, "a parameter pack");
  StartDeclarator(context, tree_->size(), pos_);
}

WS_HD void Parser::StepParamDone() {
  const auto kind = static_cast<NodeKind>(Top().data);
  Top().data = 0;
  Finish(kind);
}

// Behind the parameters, and again behind the body.
WS_HD void Parser::StepFunctionBody() {
  State& s = Top();
  if (s.extra != 0) {
    tree_->spaces.EndBlock(tree_->size());
    return Finish(NodeKind::kFunction);
  }
  const bool member = (s.data & function_flag::kMember) != 0;
  const bool lambda = (s.data & function_flag::kLambda) != 0;
  if (member && !lambda && Take(TokenKind::kConst)) s.data |= function_flag::kConst;
  if (lambda && Take(TokenKind::kMutable)) s.data &= ~uint32_t{function_flag::kConst};
  while (lambda && (Kind() == TokenKind::kConstexpr || Kind() == TokenKind::kDevice ||
                    Kind() == TokenKind::kHost)) {
    Advance();
  }
  while (Kind() == TokenKind::kNoexcept || Kind() == TokenKind::kAttribute ||
         (member && !lambda && IsVirtualWord(pos_))) {
    if (Kind() == TokenKind::kIdentifier) {
      Advance();
      continue;
    }
    const bool attribute = Take(TokenKind::kAttribute);
    if (!attribute) Advance();
    if (Kind() == TokenKind::kLeftParen) pos_ = SkipBalanced(pos_);
  }
  switch (Kind()) {
    case TokenKind::kSemicolon:
      Advance();
      return Finish(NodeKind::kFunction);
    case TokenKind::kLeftBrace:
      s.extra = 1;
      if (host_only_ && (s.data & function_flag::kGlobal) != 0) {
        const uint32_t open = pos_;
        pos_ = SkipBalanced(pos_);
        Add(NodeKind::kCompound, open, 0, tree_->size(), open);
        return;
      }
      Push({.st = St::kCompound, .first = tree_->size(), .begin = pos_, .token = pos_});
      Advance();
      return;
    case TokenKind::kColon:
      if ((s.data & function_flag::kConstructor) == 0) break;
      Advance();
      s.st = St::kMemberInits;
      return;
    case TokenKind::kEqual:
      if (!member) break;
      if (KindAt(pos_ + 1) == TokenKind::kDefault || KindAt(pos_ + 1) == TokenKind::kDelete) {
        s.data |= KindAt(pos_ + 1) == TokenKind::kDefault ? function_flag::kDefaulted
                                                          : function_flag::kDeleted;
        pos_ += 2;
        if (ExpectSemicolon("the function")) Finish(NodeKind::kFunction);
        return;
      }
      if ((s.data & function_flag::kVirtual) != 0 && At(pos_ + 1).view() == "0") {
        pos_ += 2;
        if (ExpectSemicolon("the function")) Finish(NodeKind::kFunction);
        return;
      }
      return FailExpected("'{' or ';' after the parameters");
    case TokenKind::kArrow:
      Advance();
      return StartTypeId();
    case TokenKind::kTry:
      if ((s.data & function_flag::kConstructor) != 0) {
        return FailUnsupported(pos_, "a function try block");
      }
      // As if it stood in the braces of a body.
      s.extra = 1;
      Push({.st = St::kWrapper, .first = tree_->size(), .begin = pos_, .token = pos_});
      return StartTry();
    default:
      break;
  }
  FailExpected("'{' or ';' after the parameters");
}

WS_HD void Parser::StartVarDecl(uint8_t flags) {
  Push({.st = St::kVarDecl, .flags = flags, .first = tree_->size(), .begin = pos_, .token = pos_});
  StartSpecs();
}

WS_HD void Parser::StepVarDecl() {
  State& s = Top();
  s.st = St::kVarDeclNext;
  s.data = specs_.storage;
  if (Take(TokenKind::kSemicolon)) return Finish(NodeKind::kVarDecl);  // a struct alone
  const bool caught = stack_[stack_.size() - 2].st == St::kCatchDecl;  // which needs no name
  StartDeclarator(caught ? Context::kParam : Context::kVariable, tree_->size(), pos_);
}

WS_HD void Parser::StepVarDeclNext() {
  if (Take(TokenKind::kComma)) {
    return StartDeclarator(Context::kVariable, tree_->size(), pos_);
  }
  const State& s = Top();
  if ((s.flags & kInHead) != 0) {
    const State& below = stack_[stack_.size() - 2];
    if (below.st == St::kCondDecl && Kind() == TokenKind::kRightParen) {
      return Finish(NodeKind::kVarDecl);
    }
    if (below.st == St::kCatchDecl && Kind() == TokenKind::kRightParen) {
      Top().data |= storage_flag::kCaught;
      return Finish(NodeKind::kVarDecl);
    }
    if (below.st == St::kForInit && Take(TokenKind::kColon)) {
      Top().data |= storage_flag::kRange;
      return Finish(NodeKind::kVarDecl);
    }
  }
  if (ExpectSemicolon("the declaration")) Finish(NodeKind::kVarDecl);
}

// --- typedef, using, static_assert

WS_HD void Parser::StepTypedefAfterSpecs() {
  Top().st = St::kTypedefNext;
  StartDeclarator(Context::kTypedef, tree_->size(), pos_);
}

WS_HD void Parser::StepTypedefNext() {
  if (Take(TokenKind::kComma)) {
    return StartDeclarator(Context::kTypedef, tree_->size(), pos_);
  }
  if (ExpectSemicolon("the typedef")) Finish(NodeKind::kTypedef);
}

WS_HD void Parser::StepUsingEnd() {
  Declare(At(Top().token).name, Meaning::kType);
  if (ExpectSemicolon("the alias")) Finish(NodeKind::kUsing);
}

WS_HD void Parser::StepAliasTemplateEnd() {
  const NameId name = At(Top().token).name;
  if (!ExpectSemicolon("the alias template")) return;
  Finish(NodeKind::kUsing);  // data 1: a member
  Declare(name, Meaning::kTypeTemplate);
}

WS_HD void Parser::StartStaticAssert() {
  Push({.st = St::kStaticAssert, .first = tree_->size(), .begin = pos_, .token = pos_});
  Advance();
  if (!Expect(TokenKind::kLeftParen, "'(' after static_assert")) return;
  PushExpr(kConditionalPrec);
}

WS_HD void Parser::StepStaticAssert() {
  if (Take(TokenKind::kComma)) {
    if (Kind() != TokenKind::kString) return FailExpected("a string literal");
    const uint32_t token = pos_;
    while (Take(TokenKind::kString)) {
    }
    Add(NodeKind::kStringLiteral, token, 0, tree_->size(), token);
  }
  if (!Expect(TokenKind::kRightParen, "')'")) return;
  if (ExpectSemicolon("static_assert")) Finish(NodeKind::kStaticAssert);
}

}  // namespace ws::front
