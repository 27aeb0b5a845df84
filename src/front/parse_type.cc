// device-clean
//
// Looking ahead for types; type names and template arguments.
#include "front/parser.h"
#include "front/type_traits.h"

namespace ws::front {

using diag::Kind;

namespace {

WS_HD bool IsTypeKeyword(TokenKind kind) {
  return kind >= TokenKind::kVoid && kind <= TokenKind::kAuto;
}

}  // namespace

WS_HD bool Parser::IsTypeStart(uint32_t i) const {
  const TokenKind kind = KindAt(i);
  if (IsTypeKeyword(kind) || kind == TokenKind::kConst || kind == TokenKind::kVolatile ||
      kind == TokenKind::kTypename || kind == TokenKind::kDecltype) {
    return true;
  }
  const bool keyed = kind == TokenKind::kStruct || kind == TokenKind::kClass ||
                     kind == TokenKind::kEnum || kind == TokenKind::kUnion;
  if (keyed) return true;  // struct Name
  i = SkipNamespaces(i);
  if (KindAt(i) != TokenKind::kIdentifier) return false;
  if (IsStd(i)) {
    const NameId name = At(i + 2).name;
    if (name.valid() && names_->builtin_type(name) != BuiltinTypeName::kNone) return true;
    return KindAt(i + 3) == TokenKind::kLess && FindTrait(At(i + 2).view()).is_type;
  }
  const Meaning meaning = MeaningAt(i);
  if (meaning == Meaning::kType && KindAt(i + 1) == TokenKind::kColonColon) {
    const uint32_t last = SkipQualifiers(i);
    return IsNestedType(last) && IsTypeChain(last);
  }
  if (meaning == Meaning::kTypeTemplate && KindAt(i + 1) == TokenKind::kLess) {
    return IsTypeChain(i);
  }
  return meaning == Meaning::kType || meaning == Meaning::kTypeTemplate;
}

WS_HD bool Parser::IsTypeIn(NameId scope, NameId name) const {
  for (const NestedType& type : nested_types_) {
    if (type.scope == scope && type.name == name) return true;
  }
  return false;
}

WS_HD bool Parser::IsTypeChain(uint32_t i) const {
  for (;;) {
    uint32_t end = i + 1;
    if (KindAt(end) == TokenKind::kLess) {
      end = QualifyingAngles(end);
      if (end == 0) return true;
    }
    if (KindAt(end) != TokenKind::kColonColon) return true;
    const uint32_t next = KindAt(end + 1) == TokenKind::kTemplate ? end + 2 : end + 1;
    if (KindAt(next) != TokenKind::kIdentifier || !IsTypeIn(At(i).name, At(next).name)) {
      return false;
    }
    i = next;
  }
}

WS_HD bool Parser::HasMemberArgs(uint32_t i) const {
  if (KindAt(i) != TokenKind::kIdentifier || KindAt(i + 1) != TokenKind::kLess) return false;
  if (KindAt(i - 1) == TokenKind::kTemplate) return true;
  bool known = false;
  for (const NameId name : member_templates_) known = known || name == At(i).name;
  if (!known) return false;
  bool inside = false;
  const uint32_t end = SkipAngles(i + 1, &inside);
  if (end == i + 1) return false;
  // The name of a variable template means nothing without them; a call has parameters behind.
  return inside || KindAt(i - 1) == TokenKind::kColonColon || KindAt(end) == TokenKind::kLeftParen;
}

WS_HD void Parser::DeclareMemberTemplate(NameId name) {
  if (!name.valid()) return;
  bool known = false;
  for (const NameId other : member_templates_) known = known || other == name;
  if (!known) member_templates_.push_back(name);
}

WS_HD bool Parser::IsNestedType(uint32_t i) const {
  if (KindAt(i - 1) == TokenKind::kTemplate) return false;  // a function, without typename
  const NameId scope = At(i - 2).name, name = At(i).name;
  bool declares = false, somewhere = false;
  for (const NestedType& type : nested_types_) {
    if (type.scope == scope && type.name == name) return true;
    declares = declares || type.scope == scope;
    somewhere = somewhere || type.name == name;
  }
  // `scope` may be another name of the struct that declares it; then only a type makes sense here.
  return somewhere && !declares && KindAt(i + 1) == TokenKind::kIdentifier;
}

WS_HD bool Parser::IsInjected(uint32_t i) const {
  if (KindAt(i + 1) == TokenKind::kLess) return false;
  for (const StructScope& scope : struct_scopes_) {
    if (scope.name == At(i).name) return true;
  }
  return false;
}

// `inside`: whether it ended within a >> that closes other arguments too.
WS_HD uint32_t Parser::SkipAngles(uint32_t i, bool* inside) const {
  constexpr uint32_t kFarthest = 256;
  uint32_t depth = 0;
  for (uint32_t at = i; at < i + kFarthest; ++at) {
    const TokenKind k = KindAt(at);
    if (k == TokenKind::kLeftParen || k == TokenKind::kLeftBracket || k == TokenKind::kLeftBrace) {
      at = SkipBalanced(at) - 1;
      continue;
    }
    if (k == TokenKind::kLess) ++depth;
    const uint32_t closed = k == TokenKind::kGreater          ? 1
                            : k == TokenKind::kGreaterGreater ? 2
                            : k == TokenKind::kLaunchClose    ? 3
                                                              : 0;
    if (closed > 0 && closed >= depth) {
      if (inside != nullptr) *inside = closed > depth;
      return at + 1;
    }
    depth -= closed;
    if (k == TokenKind::kSemicolon || k == TokenKind::kEof) return i;
  }
  return i;
}

WS_HD bool Parser::IsDeclarationStart(uint32_t i) const {
  switch (KindAt(i)) {
    case TokenKind::kDecltype:
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
    case TokenKind::kStruct:
    case TokenKind::kClass:
    case TokenKind::kUnion:
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
  if (IsStd(i) && MeaningAt(i + 2) == Meaning::kOrdinary) {
    const bool has_args = KindAt(i + 3) == TokenKind::kLess;
    return KindAt(has_args ? SkipAngles(i + 3) : i + 3) == TokenKind::kIdentifier;
  }
  return KindAt(i + 1) == TokenKind::kStar && KindAt(i + 2) == TokenKind::kIdentifier &&
         KindAt(i + 3) == TokenKind::kEqual && MeaningAt(i + 2) == Meaning::kOrdinary &&
         KindAt(i - 1) == TokenKind::kSemicolon;
}

WS_HD uint32_t Parser::SkipType(uint32_t i) const {
  const uint32_t begin = i;
  bool named = false;
  bool is_typename = false;  // whatever is named behind it is a type
  for (;; ++i) {
    const TokenKind kind = KindAt(i);
    if (IsTypeKeyword(kind)) {
      named = true;
    } else if (kind == TokenKind::kConst || kind == TokenKind::kVolatile ||
               kind == TokenKind::kTypename) {
      is_typename = is_typename || kind == TokenKind::kTypename;
      continue;
    } else if (!named && kind == TokenKind::kDecltype) {
      named = true;
      i = SkipBalanced(i + 1) - 1;
    } else if (!named && (IsTypeStart(i) || (is_typename && kind == TokenKind::kIdentifier))) {
      named = true;
      i = SkipNamespaces(i);
      if (IsStd(i)) i += 2;
      if (kind == TokenKind::kStruct || kind == TokenKind::kClass || kind == TokenKind::kEnum ||
          kind == TokenKind::kUnion) {
        ++i;
      }
      i = SkipQualifiers(i);
      if (KindAt(i + 1) != TokenKind::kLess) continue;
      // Template arguments, and what they qualify.
      const uint32_t end = SkipAngles(i + 1);
      if (end == i + 1) return begin;
      i = end - 1;
      while (KindAt(i + 1) == TokenKind::kColonColon) {
        i = KindAt(i + 2) == TokenKind::kTemplate ? i + 3 : i + 2;
        const uint32_t behind = KindAt(i + 1) == TokenKind::kLess ? SkipAngles(i + 1) : i + 1;
        i = behind - 1;
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

}  // namespace ws::front
