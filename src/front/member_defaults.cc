// device-clean
#include "front/member_defaults.h"

#include "front/token_lists.h"

namespace ws::front {
namespace {

using K = TokenKind;

// A member with an initialiser.
struct Candidate {
  uint32_t type_begin = 0, type_end = 0;  // what is written of the type for all declarators
  uint32_t stars = 0;                     // the declarator's * and &, up to its name
  uint32_t name = 0;
  uint32_t end = 0;  // of the initialiser, which begins behind the name
};

// Tokens between the word and the { of a struct that are looked at.
constexpr uint32_t kMostHeader = 1024;

// How many < are open behind a token, of so many before it.
WS_HD uint32_t Angles(uint32_t open, K k) {
  if (k == K::kLess) return open + 1;
  const uint32_t closed = k == K::kGreater          ? 1
                          : k == K::kGreaterGreater ? 2
                          : k == K::kLaunchClose    ? 3
                                                    : 0;
  return open < closed ? 0 : open - closed;
}

class Writer {
 public:
  WS_HD Writer(Arena& arena, Names& names, Vec<Token>& tokens)
      : arena_(arena),
        names_(names),
        tokens_(tokens),
        match_(arena),
        found_(arena),
        first_at_(arena),
        is_dropped_(arena),
        out_(arena) {}

  WS_HD void Run() {
    MatchBrackets();
    for (uint32_t i = 0; i < tokens_.size() && !arena_.failed(); ++i) {
      if (Kind(i) != K::kStruct && Kind(i) != K::kClass) continue;
      const uint32_t body = BodyOf(i);
      if (body != 0) ReadBody(body + 1, match_[body]);
    }
    if (found_.empty() || arena_.failed()) return;
    Write();
  }

 private:
  WS_HD K Kind(uint32_t i) const { return i < tokens_.size() ? tokens_[i].kind : K::kEof; }

  // For each bracket that opens, the one that closes it; 0 without one.
  WS_HD void MatchBrackets() {
    match_.append(tokens_.size(), 0u);
    Vec<uint32_t> open(arena_);
    for (uint32_t i = 0; i < tokens_.size() && !arena_.failed(); ++i) {
      const K k = Kind(i);
      if (Opens(k)) open.push_back(i);
      if (!Closes(k)) continue;
      const K opener = k == K::kRightBrace   ? K::kLeftBrace
                       : k == K::kRightParen ? K::kLeftParen
                                             : K::kLeftBracket;
      while (!open.empty() && Kind(open.back()) != opener) open.pop_back();
      if (open.empty()) continue;
      match_[open.back()] = i;
      open.pop_back();
    }
  }
  // Behind what stands at `i`, a pair of brackets at once; at the end if the pair is open.
  WS_HD uint32_t Behind(uint32_t i, uint32_t end) const {
    if (!Opens(Kind(i))) return i + 1;
    return match_[i] == 0 || match_[i] >= end ? end : match_[i] + 1;
  }

  // The { of the struct that the word at `i` begins; 0 if it defines none.
  WS_HD uint32_t BodyOf(uint32_t i) const {
    if (i > 0 && Kind(i - 1) == K::kEnum) return 0;
    bool bases = false;
    uint32_t angles = 0;
    const uint32_t end = i + kMostHeader < tokens_.size() ? i + kMostHeader : tokens_.size();
    for (++i; i < end; ++i) {
      const K k = Kind(i);
      if (k == K::kLeftBrace) return match_[i] == 0 ? 0 : i;
      const bool aligns = k == K::kLeftParen &&
                          (Kind(i - 1) == K::kAlign || Kind(i - 1) == K::kAlignas || angles > 0);
      if (aligns && match_[i] != 0) {
        i = match_[i];
      } else if (k == K::kColon) {
        bases = true;
      } else if (k == K::kLess || angles > 0) {
        angles = Angles(angles, k);
      } else if (!(k == K::kIdentifier || k == K::kColonColon || k == K::kVirtual ||
                   k == K::kPublic || k == K::kPrivate || k == K::kProtected || k == K::kAlign ||
                   k == K::kAlignas || k == K::kTypename || (k == K::kComma && bases))) {
        return 0;
      }
    }
    return 0;
  }

  // The members of a struct.
  WS_HD void ReadBody(uint32_t begin, uint32_t end) {
    const uint32_t first = found_.size();
    for (uint32_t at = begin; at < end;) {
      const bool label =
          Kind(at + 1) == K::kColon &&
          (Kind(at) == K::kPublic || Kind(at) == K::kPrivate || Kind(at) == K::kProtected);
      at = label ? at + 2 : ReadMember(at, end);
    }
    uint32_t kept = first;
    for (uint32_t c = first; c < found_.size(); ++c) {
      if (!IsLiteral(found_[c])) found_[kept++] = found_[c];
    }
    found_.truncate(kept);
    if (kept == first) return;
    if (first_at_.empty()) {
      first_at_.append(tokens_.size(), 0u);
      is_dropped_.append(tokens_.size(), uint8_t{0});
    }
    if (arena_.failed()) return;
    for (uint32_t c = first; c < kept; ++c) {
      const Candidate& made = found_[c];
      if (first_at_[made.type_begin] == 0) first_at_[made.type_begin] = c + 1;
      for (uint32_t i = made.name + 1; i < made.end; ++i) is_dropped_[i] = 1;
    }
  }

  WS_HD static bool IsNoData(K k) {
    switch (k) {
      case K::kStruct:
      case K::kClass:
      case K::kUnion:
      case K::kEnum:
      case K::kUsing:
      case K::kTypedef:
      case K::kFriend:
      case K::kTemplate:
      case K::kStatic:
      case K::kConstexpr:
      case K::kStaticAssert:
      case K::kOperator:
      case K::kExtern:
      case K::kInline:
      case K::kShared:
      case K::kDevice:
      case K::kConstant:
      case K::kAuto:
        return true;
      default:
        return false;
    }
  }

  // Reads what is declared at `at`; to behind it.
  WS_HD uint32_t ReadMember(uint32_t at, uint32_t end) {
    const uint32_t begin = at;
    bool data = true, called = false;
    uint32_t type_end = 0, angles = 0;
    uint32_t declarator = begin;
    for (; at < end; at = Behind(at, end)) {
      const K k = Kind(at);
      data = data && !IsNoData(k);
      angles = Angles(angles, k);
      if (k == K::kSemicolon) return at + 1;
      called |= k == K::kLeftParen;
      if (k == K::kLeftBracket) data = false;
      if (k == K::kLeftBrace && (called || !data)) {
        // A body, or one of a constructor's initialisers.
        const uint32_t behind = Behind(at, end);
        if (Kind(behind) != K::kComma && Kind(behind) != K::kLeftBrace) {
          return Kind(behind) == K::kSemicolon ? behind + 1 : behind;
        }
        continue;
      }
      const bool begins = k == K::kEqual || k == K::kLeftBrace;
      if (called || !data || (!begins && k != K::kComma)) continue;
      if (at == begin || Kind(at - 1) != K::kIdentifier) continue;
      if (k == K::kComma && angles > 0) continue;
      if (type_end == 0) {
        type_end = at - 1;
        while (type_end > begin && IsDeclarator(Kind(type_end - 1))) --type_end;
        declarator = type_end;
      }
      if (begins) {
        if (type_end <= begin) return SkipMember(at, end);
        Candidate c = {begin, type_end, declarator, at - 1, 0};
        c.end = EndOfInit(at, end);
        found_.push_back(c);
        at = c.end;
        if (Kind(at) != K::kComma) return SkipMember(at, end);
      }
      declarator = at + 1;
    }
    return end;
  }
  WS_HD static bool IsDeclarator(K k) {
    return k == K::kStar || k == K::kAnd || k == K::kAndAnd || k == K::kRestrict ||
           k == K::kRestrict2;
  }
  WS_HD uint32_t SkipMember(uint32_t at, uint32_t end) const {
    while (at < end && Kind(at) != K::kSemicolon) at = Behind(at, end);
    return at < end ? at + 1 : end;
  }
  WS_HD uint32_t EndOfInit(uint32_t at, uint32_t end) const {
    if (Kind(at) == K::kLeftBrace) return Behind(at, end);
    uint32_t angles = 0;
    for (++at; at < end; at = Behind(at, end)) {
      if (Kind(at) == K::kSemicolon || (Kind(at) == K::kComma && angles == 0)) return at;
      angles = Angles(angles, Kind(at));
    }
    return end;
  }

  // int n = 3, float x{-1.5f}, T* p = nullptr, T t{}: these are constant.
  WS_HD bool IsLiteral(const Candidate& c) const {
    bool simple = true;
    for (uint32_t i = c.type_begin; i < c.type_end; ++i) {
      const K k = Kind(i);
      simple = simple && ((k >= K::kVoid && k <= K::kDouble) || k == K::kConst || k == K::kMutable);
    }
    simple = simple || c.stars < c.name;
    uint32_t i = c.name + 1, end = c.end;
    if (Kind(i) == K::kLeftBrace) --end;
    ++i;
    if (i < end && (Kind(i) == K::kMinus || Kind(i) == K::kPlus)) ++i;
    if (i == end) return true;
    if (!simple) return false;
    const K k = Kind(i);
    return i + 1 == end && (k == K::kIntNumber || k == K::kFloatNumber || k == K::kChar ||
                            k == K::kTrue || k == K::kFalse || k == K::kNullptr);
  }

  WS_HD void Write() {
    for (uint32_t i = 0; i < tokens_.size(); ++i) {
      if (first_at_[i] != 0) {
        for (uint32_t c = first_at_[i] - 1; c < found_.size() && found_[c].type_begin == i; ++c) {
          WriteFunction(found_[c]);
        }
      }
      if (is_dropped_[i] == 0) out_.push_back(tokens_[i]);
    }
    if (arena_.failed()) return;
    tokens_.clear();
    for (const Token& t : out_) tokens_.push_back(t);
  }

  WS_HD void Put(K kind, const char* text, uint32_t at) {
    Token t = tokens_[at];
    t.kind = kind;
    t.text = text;
    t.length = static_cast<uint32_t>(std::string_view(text).size());
    if (kind == K::kIdentifier) t.name = names_.Intern(text);
    out_.push_back(t);
  }
  WS_HD void PutType(const Candidate& c) {
    for (uint32_t i = c.type_begin; i < c.type_end; ++i) {
      if (Kind(i) != K::kMutable) out_.push_back(tokens_[i]);
    }
    for (uint32_t i = c.stars; i < c.name; ++i) out_.push_back(tokens_[i]);
  }
  WS_HD void WriteFunction(const Candidate& c) {
    const std::string_view member = tokens_[c.name].view();
    char* const name = static_cast<char*>(arena_.Allocate(kDefaultOf.size() + member.size() + 1));
    if (name == nullptr) return;
    memcpy(name, kDefaultOf.data(), kDefaultOf.size());
    memcpy(name + kDefaultOf.size(), member.data(), member.size());
    name[kDefaultOf.size() + member.size()] = 0;
    Put(K::kHost, "__host__", c.name);
    Put(K::kDevice, "__device__", c.name);
    Put(K::kAuto, "auto", c.name);
    Put(K::kIdentifier, name, c.name);
    Put(K::kLeftParen, "(", c.name);
    Put(K::kRightParen, ")", c.name);
    Put(K::kLeftBrace, "{", c.name);
    PutType(c);
    Put(K::kIdentifier, "ws_value", c.name);
    for (uint32_t i = c.name + 1; i < c.end; ++i) out_.push_back(tokens_[i]);
    Put(K::kSemicolon, ";", c.name);
    Put(K::kReturn, "return", c.name);
    Put(K::kIdentifier, "ws_value", c.name);
    Put(K::kSemicolon, ";", c.name);
    Put(K::kRightBrace, "}", c.name);
  }

  Arena& arena_;
  Names& names_;
  Vec<Token>& tokens_;
  Vec<uint32_t> match_;
  Vec<Candidate> found_;    // in the order of structs, and of members in each
  Vec<uint32_t> first_at_;  // by token: 1 + the first candidate declared here
  Vec<uint8_t> is_dropped_;
  Vec<Token> out_;
};

}  // namespace

WS_HD void WriteMemberDefaults(Arena& arena, Names& names, Vec<Token>& tokens) {
  Writer(arena, names, tokens).Run();
}

}  // namespace ws::front
