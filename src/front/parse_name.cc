// device-clean
//
// Names in expressions, with what qualifies them and their template arguments.
#include "front/known_names.h"
#include "front/parser.h"
#include "front/type_traits.h"

namespace ws::front {

using diag::Kind;

// Identifiers, with what qualifies them and their template arguments; false after an error.
WS_HD bool Parser::NameOperand() {
  const uint32_t begin = pos_;
  uint32_t at = SkipNamespaces(pos_);
  const bool std_name = IsStd(at);
  if (std_name) at += 2;
  if (KindAt(at) != TokenKind::kIdentifier) {
    pos_ = at;
    FailExpected("a name");
    return false;
  }
  if (const uint32_t last = SkipQualifiers(at);
      !std_name && KindAt(last + 1) == TokenKind::kColonColon &&
      KindAt(last + 2) == TokenKind::kOperator && MeaningAt(at) == Meaning::kType) {
    pos_ = last + 2;  // Base::operator()
    const uint32_t name = ReadOperatorName();
    if (name == 0) return false;
    Advance();
    Add(NodeKind::kName, name, 5, tree_->size(), begin);
    return true;
  }
  const bool qualified =
      !std_name && KindAt(at + 1) == TokenKind::kColonColon && MeaningAt(at) == Meaning::kType;
  if (qualified && !IsNestedType(SkipQualifiers(at))) {
    pos_ = SkipQualifiers(at);
    const uint32_t name = pos_;
    if (KindAt(pos_ + 1) == TokenKind::kColonColon) {
      FailUnsupported(pos_, "this qualified name");
      return false;
    }
    Advance();
    if (HasMemberArgs(name)) {
      Push({.st = St::kNameAfterArgs,
            .first = tree_->size(),
            .begin = begin,
            .token = name,
            .data = 4});
      StartTemplateArgs();
      return true;
    }
    Add(NodeKind::kName, name, 4, tree_->size(), begin);
    return true;
  }
  if (qualified) {  // Struct::Template<...>::name
    const uint32_t last = SkipQualifiers(at);
    if (KindAt(last + 1) == TokenKind::kLess && !IsTypeChain(last)) {
      Push({.st = St::kQualifiedName, .first = tree_->size(), .begin = begin});
      specs_ = Specs{};
      specs_.begin = begin;
      pos_ = last + 1;
      PutOffSpecs(St::kSpecsAfterArgs, last);
      StartTemplateArgs();
      return true;
    }
  }
  if (KindAt(at + 1) == TokenKind::kColonColon && !qualified) {
    const std::string_view what = KnownUnsupported(At(at).view());
    if (what.empty()) {
      FailUnsupported(at, "a name in a namespace or class other than std");
    } else {
      Fail(Kind::kKnownUnsupported, at, At(at).view(), what);
    }
    return false;
  }
  if (!std_name && MeaningAt(at) == Meaning::kTypeTemplate && KindAt(at + 1) == TokenKind::kLess) {
    if (!IsTypeChain(at)) {
      Push({.st = St::kQualifiedName, .first = tree_->size(), .begin = begin});
      specs_ = Specs{};
      specs_.begin = begin;
      pos_ = at + 1;
      PutOffSpecs(St::kSpecsAfterArgs, at);
      StartTemplateArgs();
      return true;
    }
  }
  Meaning meaning = MeaningAt(at);
  if (std_name && names_->builtin_type(At(at).name) == BuiltinTypeName::kNone) {
    meaning = IsTypeStart(at - 2) ? Meaning::kType : Meaning::kOrdinary;
  }
  if (meaning == Meaning::kType || meaning == Meaning::kTypeTemplate) {
    Push({.st = St::kConstructorType, .first = tree_->size(), .begin = begin, .token = begin});
    StartSpecs();
    return true;
  }
  pos_ = at;
  const bool arguments =
      KindAt(at + 1) == TokenKind::kLess &&
      (std_name || meaning == Meaning::kFunctionTemplate || (begin == at && HasMemberArgs(at)));
  Advance();
  if (!arguments) {
    Add(NodeKind::kName, at, std_name ? 1 : 0, tree_->size(), begin);
    return true;
  }
  Push({.st = St::kNameAfterArgs,
        .first = tree_->size(),
        .begin = begin,
        .token = at,
        .data = std_name ? 1u : 0u});
  StartTemplateArgs();
  return true;
}

// Behind Template<...>, which qualifies a name.
WS_HD void Parser::StepQualifiedName() {
  State& s = Top();
  if (!Expect(TokenKind::kColonColon, "'::'")) return;
  if (Kind() == TokenKind::kOperator) {
    s.token = ReadOperatorName();
    if (s.token == 0) return;
    s.data = 5;
    Advance();
    return Finish(NodeKind::kName);
  }
  if (Kind() == TokenKind::kTemplate) Advance();
  s.token = pos_;
  s.data = 4;
  if (!Expect(TokenKind::kIdentifier, "a name")) return;
  if (!HasMemberArgs(s.token)) return Finish(NodeKind::kName);
  s.st = St::kQualifiedArgs;
  StartTemplateArgs();
}

WS_HD void Parser::StepQualifiedArgs() { Finish(NodeKind::kName); }

// Behind object.name<...>.
WS_HD void Parser::StepMemberName() {
  const State s = Top();
  Pop();
  Add(NodeKind::kMember, s.token, s.data, s.first, s.begin);
}

// ::value behind a trait's arguments, or what converts an object of the trait. True after an error.
WS_HD bool Parser::ReadTraitValue() {
  State& s = Top();
  const TraitName trait = FindTrait(At(s.token).view());
  if (trait.trait == TypeTrait::kCount || trait.is_type) return false;
  s.data = 3;
  if (trait.is_short) return false;
  const TokenKind close = Kind() == TokenKind::kLeftBrace   ? TokenKind::kRightBrace
                          : Kind() == TokenKind::kLeftParen ? TokenKind::kRightParen
                                                            : TokenKind::kEof;
  if (close != TokenKind::kEof && KindAt(pos_ + 1) == close) {
    pos_ += 2;
    return false;
  }
  if (!Expect(TokenKind::kColonColon, "'::value'")) return true;
  if (!IsWord(pos_, "value")) {
    FailExpected("'value'");
    return true;
  }
  Advance();
  return false;
}

WS_HD void Parser::StepNameAfterArgs() {
  State& s = Top();
  if (s.data == 1 && ReadTraitValue()) return;
  if (s.data == 1 && IsWord(s.token, "numeric_limits")) {
    if (!Expect(TokenKind::kColonColon, "'::'")) return;
    if (Kind() != TokenKind::kIdentifier) return FailExpected("a member of std::numeric_limits");
    s.token = pos_;
    s.data = 2;
    Advance();
  }
  Finish(NodeKind::kName);
}

}  // namespace ws::front
