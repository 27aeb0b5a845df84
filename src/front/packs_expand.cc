// device-clean
// Parameter packs: patterns and folds as lists of tokens.
#include "front/bytes.h"
#include "front/pack_expander.h"

namespace ws::front {
namespace {

using K = TokenKind;

WS_HD bool IsOperator(K k) {
  switch (k) {
    case K::kPlus:
    case K::kMinus:
    case K::kStar:
    case K::kSlash:
    case K::kPercent:
    case K::kAnd:
    case K::kOr:
    case K::kXor:
    case K::kAndAnd:
    case K::kOrOr:
    case K::kComma:
    case K::kEqualEqual:
    case K::kNotEqual:
    case K::kLess:
    case K::kGreater:
    case K::kLessEqual:
    case K::kGreaterEqual:
    case K::kLessLess:
    case K::kGreaterGreater:
    case K::kEqual:
    case K::kPlusEqual:
    case K::kMinusEqual:
    case K::kStarEqual:
      return true;
    default:
      return false;
  }
}

// A number below 100 in decimal; returns its length.
WS_HD size_t WriteNumber(uint32_t n, char* to) {
  size_t length = 0;
  if (n >= 10) to[length++] = static_cast<char>('0' + n / 10);
  to[length++] = static_cast<char>('0' + n % 10);
  return length;
}

}  // namespace

// Every ... among the tokens, the first one first.
WS_HD void PackExpander::ExpandIn(const Variadic& v, uint32_t n, Vec<Token>& work) {
  uint32_t at = 0;
  while (!arena_.failed()) {
    while (at < work.size() && work[at].kind != K::kEllipsis) ++at;
    if (at >= work.size() || work.size() > kMostTokens) return;
    Vec<Token> next(arena_);
    uint32_t from = at, to = at + 1;  // what is replaced
    Vec<Token> made(arena_);
    const K before = work[at - 1].kind;
    if (!IsOurs(v, work, at)) {
      ++at;
      continue;
    }
    if (before == K::kSizeof) {
      // sizeof...(Ts)
      to = at + 4;
      from = at - 1;
      made.push_back(Number(work[at], n));
    } else if (before == K::kLeftParen && at + 1 < work.size() && IsOperator(work[at + 1].kind)) {
      from = at - 1;
      to = BehindBracket(work.span(), from);
      Fold(v, n, {work.data() + at + 2, to - 1 - (at + 2)}, {}, work[at + 1], true, made);
    } else if (IsOperator(before) && at + 1 < work.size() && work[at + 1].kind == before) {
      from = OpenBefore(work.span(), at);
      to = BehindBracket(work.span(), from);
      const std::span<const Token> left(work.data() + from + 1, at - 1 - (from + 1));
      const std::span<const Token> right(work.data() + at + 2, to - 1 - (at + 2));
      const bool pack_left = HasPack(v, left);
      Fold(v, n, pack_left ? left : right, pack_left ? right : left, work[at - 1], !pack_left,
           made);
    } else if (IsOperator(before) && at + 1 < work.size() && work[at + 1].kind == K::kRightParen) {
      from = OpenBefore(work.span(), at);
      to = at + 2;
      Fold(v, n, {work.data() + from + 1, at - 1 - (from + 1)}, {}, work[at - 1], false, made);
    } else {
      Repeat(v, n, work, at, &from, &to, made);
    }
    for (uint32_t i = 0; i < from; ++i) next.push_back(work[i]);
    for (const Token& t : made) next.push_back(t);
    for (uint32_t i = to; i < work.size(); ++i) next.push_back(work[i]);
    at = from;
    work = next;
  }
}

// Whether the ... at `at` expands the pack, and not one of a template inside.
WS_HD bool PackExpander::IsOurs(const Variadic& v, const Vec<Token>& work, uint32_t at) {
  if (!v.is_class) return true;
  if (work[at - 1].kind == K::kSizeof) return at + 2 < work.size() && IsPack(v, work[at + 2]);
  const uint32_t open = OpenBefore(work.span(), at);
  const bool fold = IsOperator(work[at - 1].kind) && work[at - 1].kind != K::kComma &&
                    work[at - 1].kind != K::kLess && work[at - 1].kind != K::kAnd &&
                    work[at - 1].kind != K::kAndAnd && work[at - 1].kind != K::kStar;
  const bool left = work[at - 1].kind == K::kLeftParen && IsOperator(work[at + 1].kind);
  if (fold || left) {
    const uint32_t end = BehindBracket(work.span(), open);
    return HasPack(v, {work.data() + open, end - open});
  }
  const uint32_t begin = PatternBegin(work.span(), at);
  if (HasPack(v, {work.data() + begin, at - begin})) return true;
  // (args, ...) and (args && ...)
  return IsOperator(work[at - 1].kind) && at + 1 < work.size() &&
         work[at + 1].kind == K::kRightParen && HasPack(v, {work.data() + open, at - open});
}

// (E0 op E1 op E2) in the order of evaluation that the fold asks for.
WS_HD void PackExpander::Fold(const Variadic& v, uint32_t n, std::span<const Token> pattern,
                              std::span<const Token> init, const Token& op, bool from_left,
                              Vec<Token>& made) {
  const Token open = Made(op, K::kLeftParen, "("), close = Made(op, K::kRightParen, ")");
  const auto element = [&](uint32_t k) {
    made.push_back(open);
    Append(v, pattern, k, made);
    made.push_back(close);
  };
  const auto put_init = [&] {
    made.push_back(open);
    for (const Token& t : init) made.push_back(t);
    made.push_back(close);
  };
  made.push_back(open);
  if (n == 0 && init.empty()) {
    if (op.kind == K::kAndAnd) {
      made.push_back(Made(op, K::kTrue, "true"));
    } else if (op.kind == K::kOrOr) {
      made.push_back(Made(op, K::kFalse, "false"));
    } else if (op.kind == K::kComma) {
      made.push_back(Made(op, K::kVoid, "void"));
      made.push_back(open);
      made.push_back(close);
    } else {  // ill-formed where it is used
      Token empty = Made(op, K::kIdentifier, "an empty fold");
      empty.name = names_.Intern(empty.view());
      made.push_back(empty);
    }
  } else if (n == 0) {
    put_init();
  } else if (from_left) {
    const uint32_t opened = n - 1 + (init.empty() ? 0 : 1);
    for (uint32_t k = 0; k < opened; ++k) made.push_back(open);
    if (!init.empty()) {
      put_init();
      made.push_back(op);
    }
    for (uint32_t k = 0; k < n; ++k) {
      if (k > 0) made.push_back(op);
      element(k);
      if (k > 0 || !init.empty()) made.push_back(close);
    }
  } else {
    for (uint32_t k = 0; k < n; ++k) {
      if (k > 0) made.push_back(op);
      const bool last = k + 1 == n && init.empty();
      if (!last) made.push_back(open);
      element(k);
    }
    if (!init.empty()) {
      made.push_back(op);
      put_init();
    }
    const uint32_t opened = init.empty() ? n - 1 : n;
    for (uint32_t k = 0; k < opened; ++k) made.push_back(close);
  }
  made.push_back(close);
}

// pattern... : the pattern again and again, with commas between; of members, semicolons.
WS_HD void PackExpander::Repeat(const Variadic& v, uint32_t n, const Vec<Token>& work, uint32_t at,
                                uint32_t* from, uint32_t* to, Vec<Token>& made) {
  const uint32_t begin = PatternBegin(work.span(), at);
  uint32_t end = at + 1;
  // The name behind it, where it declares the function's pack.
  const bool declares =
      end < work.size() && work[end].kind == K::kIdentifier && IsValues(v, work[end].name);
  if (declares) ++end;
  *from = begin;
  *to = end;
  const bool members = declares && end < work.size() && work[end].kind == K::kSemicolon;
  const Token between =
      members ? Made(work[at], K::kSemicolon, ";") : Made(work[at], K::kComma, ",");
  for (uint32_t k = 0; k < n; ++k) {
    if (k > 0) made.push_back(between);
    Append(v, {work.data() + begin, at - begin}, k, made);
    if (declares) made.push_back(Renamed(work[at + 1], k));
  }
  if (n > 0) return;
  // Nothing is left of it, nor of a comma beside it.
  if (begin > 0 && work[begin - 1].kind == K::kComma) {
    --*from;
  } else if (end < work.size() && (work[end].kind == K::kComma || members)) {
    ++*to;
  } else if (begin > 0 && work[begin - 1].kind == K::kColon && end < work.size() &&
             work[end].kind == K::kLeftBrace) {
    --*from;  // no base, nothing to initialise
  }
}

WS_HD void PackExpander::Append(const Variadic& v, std::span<const Token> pattern, uint32_t k,
                                Vec<Token>& to) {
  for (const Token& t : pattern) to.push_back(IsPack(v, t) ? Renamed(t, k) : t);
}

WS_HD bool PackExpander::IsPack(const Variadic& v, const Token& t) const {
  if (t.kind != K::kIdentifier) return false;
  return t.name == v.pack || IsValues(v, t.name);
}

// Whether it is the name of a function's pack.
WS_HD bool PackExpander::IsValues(const Variadic& v, NameId name) const {
  if (!v.is_class) return v.values.valid() && name == v.values;
  for (const NameId value : values_) {
    if (value == name) return true;
  }
  return false;
}

WS_HD bool PackExpander::HasPack(const Variadic& v, std::span<const Token> tokens) const {
  for (const Token& t : tokens) {
    if (IsPack(v, t)) return true;
  }
  return false;
}

// The number of arguments, as a program writes it.
WS_HD Token PackExpander::Number(const Token& like, uint32_t n) {
  char* text = static_cast<char*>(arena_.Allocate(3));
  if (text == nullptr) return like;
  text[WriteNumber(n, text)] = 0;
  return Made(like, K::kIntNumber, text);
}

// Ts...[2]
WS_HD NameId PackExpander::Element(NameId pack, uint32_t index, std::string_view* text) {
  const std::string_view name = names_.view(pack);
  char* made = static_cast<char*>(arena_.Allocate(name.size() + 8));
  if (made == nullptr) return {};
  size_t length = 0;
  for (; length < name.size(); ++length) made[length] = name.data()[length];
  for (const char* c = "...["; *c != 0; ++c) made[length++] = *c;
  length += WriteNumber(index, made + length);
  made[length++] = ']';
  *text = {made, length};
  return names_.Intern(*text);
}

WS_HD Token PackExpander::Renamed(Token t, uint32_t index) {
  std::string_view text;
  t.name = Element(t.name, index, &text);
  t.text = text.data();
  t.length = static_cast<uint32_t>(text.size());
  return t;
}

WS_HD Token PackExpander::Made(const Token& like, K kind, const char* text) const {
  Token t = like;
  t.kind = kind;
  t.text = text;
  t.length = 0;
  while (text[t.length] != 0) ++t.length;
  t.name = NameId();
  return t;
}

}  // namespace ws::front
