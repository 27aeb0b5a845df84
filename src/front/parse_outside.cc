// device-clean
//
// Members defined outside of their class: Struct::function(...) {...}, int Struct::member = 1;
//
// The nodes are those of members, at file scope; sema finds the class by the tokens before the
// name.
#include "front/operators.h"
#include "front/parser.h"
#include "front/specifier_words.h"

namespace ws::front {

// Behind Space::Struct<arguments>:: at i; 0 if nothing qualifies the name there. `scope` is the
// last name before it.
WS_HD uint32_t Parser::BehindScopes(uint32_t i, uint32_t* scope) const {
  uint32_t behind = 0;
  while (KindAt(i) == TokenKind::kIdentifier) {
    const uint32_t end = KindAt(i + 1) == TokenKind::kLess ? SkipAngles(i + 1) : i + 1;
    if (KindAt(end) != TokenKind::kColonColon) break;
    *scope = i;
    behind = i = end + 1;
  }
  return behind;
}

// The types that the struct declares have their names in its member too.
WS_HD void Parser::EnterStruct(uint32_t scope) {
  const NameId own = At(scope).name;
  const uint32_t known = nested_types_.size();
  for (uint32_t i = 0; i < known; ++i) {
    if (nested_types_[i].scope == own) Declare(nested_types_[i].name, nested_types_[i].meaning);
  }
  struct_scopes_.push_back({scopes_.size(), own});
}

// A constructor, destructor or conversion function, which has no type before it; false if it is
// none. The state for it is pushed, or is on top already behind the parameters of a template.
WS_HD bool Parser::StartOutsideUntyped(uint8_t flags) {
  const uint32_t at = BehindFunctionWords(pos_);
  uint32_t scope = 0;
  const uint32_t name = BehindScopes(at, &scope);
  if (name == 0) return false;
  const bool destroys = KindAt(name) == TokenKind::kTilde;
  const bool converts = KindAt(name) == TokenKind::kOperator && IsTypeStart(name + 1);
  const uint32_t last = destroys ? name + 1 : name;
  const bool own = KindAt(last) == TokenKind::kIdentifier && At(last).name == At(scope).name &&
                   KindAt(last + 1) == TokenKind::kLeftParen;
  if (!converts && !own) return false;
  if (converts) {
    FailUnsupported(name, "a conversion function defined outside its class");
    return true;
  }
  if ((Top().flags & kTemplate) == 0) {
    Push({.st = St::kTopAfterSpecs, .flags = flags, .first = tree_->size(), .begin = pos_});
  }
  specs_ = Specs{};
  specs_.begin = pos_;
  SpecifierWords words;
  while (pos_ < at && ReadSpecifier(words)) {
  }
  StartFunction(Top(), last,
                function_flag::kMember |
                    (destroys ? function_flag::kDestructor : function_flag::kConstructor));
  EnterStruct(scope);
  return true;
}

// Behind the type of a member; false if what follows is none. The state's data and extra are the
// node and the token where the operators of the type begin.
WS_HD bool Parser::StartOutsideMember() {
  uint32_t scope = 0;
  const uint32_t name = BehindScopes(pos_, &scope);
  if (name == 0) return false;
  const Meaning meaning = MeaningAt(scope);
  const bool special = (Top().flags & kSpecial) != 0;
  if (special || (meaning != Meaning::kType && meaning != Meaning::kTypeTemplate)) {
    FailUnsupported(pos_, special ? "a specialisation of a member"
                                  : "a definition outside of the namespace or class");
    return true;
  }
  const State variable = Top();
  Top().extra = 0;
  pos_ = name;
  uint32_t token = name;
  if (Kind() == TokenKind::kOperator) {
    token = ReadOperatorName();
    if (token == 0) return true;
  }
  if (KindAt(token + 1) == TokenKind::kLeftParen) {
    StartFunction(Top(), token, function_flag::kMember);
    EnterStruct(scope);
    return true;
  }
  State& s = Top();
  if ((s.flags & kTemplate) != 0) {
    FailUnsupported(pos_, "a static member of a template defined outside");
    return true;
  }
  Pop();
  Push({.st = St::kVarDeclNext,
        .first = variable.first,
        .begin = variable.begin,
        .token = variable.begin,
        .data = specs_.storage | storage_flag::kMember});
  Push({.st = St::kDeclaratorName,
        .precedence = static_cast<uint8_t>(Context::kVariable),
        .first = variable.data,
        .begin = variable.extra});
  return true;
}

}  // namespace ws::front
