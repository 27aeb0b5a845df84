// device-clean
//
// Namespaces, their aliases, and what is used of them.
#include "front/parser.h"

namespace ws::front {

using diag::Kind;

// A namespace is no node: what stands in it is declared in the list around it.
WS_HD bool Parser::StartNamespace() {
  const bool is_inline = Kind() == TokenKind::kInline;
  const uint32_t first = pos_ + (is_inline ? 2 : 1);
  const uint32_t outer = tree_->spaces.current();
  uint32_t at = first;
  while (KindAt(at) == TokenKind::kAttribute) at = SkipBalanced(at + 1);
  const auto enter = [&](NameId name, bool open) {
    if (tree_->spaces.Enter(name, open, tree_->size())) return;
    Report(Kind::kProgramTooLarge, first, "its namespaces");
  };
  if (KindAt(at) == TokenKind::kLeftBrace) {
    enter(NameId(), true);
  } else if (KindAt(at + 1) == TokenKind::kEqual) {
    ReadNamespaceAlias();
    return true;
  }
  while (KindAt(at) == TokenKind::kIdentifier) {
    const Meaning before = MeaningAt(at);
    if (before != Meaning::kNamespace && before != Meaning::kOrdinary) {
      FailUnsupported(at, "a namespace named like a type");
      return true;
    }
    names_->SetMeaning(At(at).name, Meaning::kNamespace);
    enter(At(at).name, is_inline);
    ++at;
    if (KindAt(at) == TokenKind::kColonColon) ++at;
    if (KindAt(at) == TokenKind::kInline) ++at;
  }
  if (KindAt(at) != TokenKind::kLeftBrace) {
    pos_ = at;
    FailExpected("'{' of the namespace");
    return true;
  }
  pos_ = at + 1;
  Push({.st = St::kTopLevel,
        .flags = static_cast<uint8_t>((Top().flags & kExternC) | kNested),
        .first = outer,
        .token = at});
  return true;
}

// namespace name = a::b; that of a library which is not known says so where it is used.
WS_HD void Parser::ReadNamespaceAlias() {
  const uint32_t name = pos_ + 1;
  pos_ += 3;
  const uint32_t target = ReadSpacePath();
  names_->SetMeaning(At(name).name,
                     target != Spaces::kNone ? Meaning::kNamespace : Meaning::kOrdinary);
  if (target != Spaces::kNone) tree_->spaces.AddAlias(At(name).name, target);
  ExpectSemicolon("the namespace alias");
}

// Reads a::b, and goes on behind it. kNone if that is no namespace of the program.
WS_HD uint32_t Parser::ReadSpacePath() {
  uint32_t space = tree_->spaces.current();
  bool outwards = true;
  if (Take(TokenKind::kColonColon)) {
    space = 0;
    outwards = false;
  }
  while (Kind() == TokenKind::kIdentifier) {
    if (space != Spaces::kNone) space = tree_->spaces.Find(At(pos_).name, space, outwards);
    outwards = false;
    Advance();
    if (!Take(TokenKind::kColonColon)) break;
  }
  return space;
}

// using namespace N; using N::name; those of std need nothing, because builtins are found without.
WS_HD void Parser::StartUsing(bool top) {
  const uint32_t begin = pos_;
  Advance();
  const bool directive = Take(TokenKind::kNamespace);
  const bool own = SkipNamespaces(pos_) != pos_;
  if (directive || own || (IsStd(pos_) && KindAt(pos_ + 2) == TokenKind::kIdentifier)) {
    if (directive) {
      const uint32_t target = ReadSpacePath();
      if (target != Spaces::kNone) {
        tree_->spaces.AddUse(target, NameId(), tree_->size(), !top);
      }
    } else if (own) {
      const uint32_t end = SkipNamespaces(pos_);
      uint32_t space = 0;
      bool outwards = KindAt(pos_) != TokenKind::kColonColon;
      if (outwards) space = tree_->spaces.current();
      for (; pos_ < end; Advance()) {
        if (Kind() != TokenKind::kIdentifier) continue;
        if (space != Spaces::kNone) space = tree_->spaces.Find(At(pos_).name, space, outwards);
        outwards = false;
      }
      if (Kind() != TokenKind::kIdentifier) return FailExpected("a name");
      if (space != Spaces::kNone) {
        tree_->spaces.AddUse(space, At(pos_).name, tree_->size(), !top);
      }
      Advance();
    } else {
      while (Kind() == TokenKind::kIdentifier || Kind() == TokenKind::kColonColon) Advance();
    }
    if (!ExpectSemicolon("using")) return;
    if (!top) Add(NodeKind::kEmptyStmt, begin, 0, tree_->size(), begin);
    return;
  }
  if (KindAt(pos_ + 1) != TokenKind::kEqual && !struct_scopes_.empty() && !directive &&
      Top().st == St::kStruct) {
    // using Base::name: what a base has is found without; its constructors are another thing.
    NameId last, before;
    const bool is_type = Kind() == TokenKind::kTypename;
    while (Kind() != TokenKind::kSemicolon && Kind() != TokenKind::kEof) {
      if (Kind() == TokenKind::kLess) {
        const uint32_t behind = SkipAngles(pos_);
        if (behind <= pos_) return FailExpected("the end of the arguments");
        pos_ = behind;
        continue;
      }
      if (Kind() == TokenKind::kIdentifier) {
        before = last;
        last = At(pos_).name;
      }
      Advance();
    }
    if (last.valid() && last == before) Top().flags |= kNested;
    if (last.valid() && last != before && (is_type || IsTypeIn(before, last))) {
      Declare(last, Meaning::kType);
    }
    ExpectSemicolon("using");
    return;
  }
  if (KindAt(pos_ + 1) != TokenKind::kEqual) {
    return FailUnsupported(begin, "this form of using");
  }
  const uint32_t name = pos_;
  if (Kind() != TokenKind::kIdentifier) return FailExpected("a name");
  pos_ += 2;
  Push({.st = St::kUsingEnd, .first = tree_->size(), .begin = begin, .token = name});
  StartTypeId();
}

}  // namespace ws::front
