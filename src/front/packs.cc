// device-clean
#include "front/packs.h"

#include "front/bytes.h"

namespace ws::front {
namespace {

using K = TokenKind;

constexpr uint32_t kMostArguments = 32;  // of one pack
constexpr uint32_t kMostUnknown = 16;    // of an index sequence whose length is no number
constexpr uint32_t kMostPasses = 4;      // templates with packs, one in the other
constexpr uint32_t kMostTokens = 1u << 21;

// A function or struct template with a pack.
struct Variadic {
  uint32_t begin = 0, end = 0;            // its tokens
  uint32_t header = 0;                    // the < of its parameters
  uint32_t header_end = 0;                // behind the >
  uint32_t params = 0;                    // the ( of the function's parameters
  uint32_t params_end = 0;                // behind the )
  NameId name;                            // of the function; invalid: an operator
  NameId pack;                            // of the template's parameters
  uint32_t pack_begin = 0, pack_end = 0;  // typename... Ts, in the header
  NameId values;                          // the function's pack, if it has one
  uint32_t fixed = 0;                     // the function's other parameters
  uint32_t fixed_types = 0;               // the template's
  bool has_values = false;
  bool is_class = false;
  bool is_special = false;  // of a struct: arguments stand behind its name
  bool has_body = false;    // of a struct
  uint32_t name_at = 0;     // of a struct: its name
};

class Expander {
 public:
  WS_HD Expander(Arena& arena, diag::Sink& sink, Names& names, Vec<Token>& tokens)
      : arena_(arena),
        sink_(sink),
        names_(names),
        tokens_(tokens),
        out_(arena),
        found_(arena),
        values_(arena) {}

  WS_HD void Run() {
    DropForward();
    NameSequences();
    // Templates in templates are left over by the first pass.
    for (uint32_t pass = 0; pass < kMostPasses && HasPacks(); ++pass) {
      found_.clear();
      out_.clear();
      FindVariadics();
      if (found_.empty() || arena_.failed()) return;
      if (!Expand()) return;
    }
  }

 private:
  // False after an error.
  WS_HD bool Expand() {
    const uint32_t most = MostArguments();
    uint32_t at = 0;
    for (const Variadic& v : found_) {
      Copy(at, v.begin);
      if (v.is_class) {
        if (!WriteClass(v, most)) return false;
        at = v.end;
        continue;
      }
      for (uint32_t n = 0; n <= most && !arena_.failed(); ++n) {
        if (n == 0 && HasTemplateOf(v)) continue;
        if (out_.size() > kMostTokens) {
          Report(diag::Kind::kProgramTooLarge, v.begin, "the expansion of parameter packs");
          return false;
        }
        Write(v, n);
      }
      at = v.end;
    }
    Copy(at, tokens_.size());
    if (arena_.failed()) return false;
    tokens_ = out_;
    return true;
  }

  // The declaration of a struct template, which takes up to `most` arguments in its pack, and its
  // members for each number of them. An ellipsis in front of the parameters says that the last
  // ones may be missing; of a specialisation, that it is what the template itself is.
  WS_HD bool WriteClass(const Variadic& v, uint32_t most) {
    FindValues(v);
    if (!v.is_special) {
      for (uint32_t i = v.begin; i <= v.header; ++i) out_.push_back(tokens_[i]);
      out_.push_back(Made(tokens_[v.header], K::kEllipsis, "..."));
      for (uint32_t i = v.header + 1; i < v.pack_begin; ++i) out_.push_back(tokens_[i]);
      WriteParams(v, most, out_);
      for (uint32_t i = v.pack_end; i <= v.name_at; ++i) out_.push_back(tokens_[i]);
      out_.push_back(Made(tokens_[v.name_at], K::kSemicolon, ";"));
      if (!v.has_body) return true;
    }
    for (uint32_t n = 0; n <= most && !arena_.failed(); ++n) {
      if (out_.size() > kMostTokens) {
        Report(diag::Kind::kProgramTooLarge, v.begin, "the expansion of parameter packs");
        return false;
      }
      Vec<Token> work(arena_);
      for (uint32_t i = v.begin; i <= v.header; ++i) work.push_back(tokens_[i]);
      if (!v.is_special) work.push_back(Made(tokens_[v.header], K::kEllipsis, "..."));
      Vec<Token> names(arena_);
      WriteFixed(v, n > 0, work, names);
      WriteParams(v, n, work);
      for (uint32_t i = v.pack_end; i <= v.name_at; ++i) work.push_back(tokens_[i]);
      if (!v.is_special) {
        work.push_back(Made(tokens_[v.name_at], K::kLess, "<"));
        for (uint32_t i = 0; i < names.size(); ++i) {
          if (i > 0) work.push_back(Made(tokens_[v.name_at], K::kComma, ","));
          work.push_back(names[i]);
        }
        for (uint32_t k = 0; k < n; ++k) {
          if (k > 0 || !names.empty()) work.push_back(Made(tokens_[v.name_at], K::kComma, ","));
          work.push_back(Renamed(tokens_[v.pack_end - 1], k));
        }
        work.push_back(Made(tokens_[v.name_at], K::kGreater, ">"));
      }
      for (uint32_t i = v.name_at + 1; i < v.end; ++i) work.push_back(tokens_[i]);
      ExpandIn(v, n, work);
      for (const Token& t : work) out_.push_back(t);
    }
    return true;
  }

  // The parameters before the pack, without their defaults, and their names.
  WS_HD void WriteFixed(const Variadic& v, bool comma, Vec<Token>& to, Vec<Token>& names) {
    bool in_default = false, any = false;
    Token name;
    for (uint32_t i = v.header + 1; i < v.pack_begin; i = Next(i)) {
      const K k = KindAt(i);
      const bool last = k == K::kComma;
      if (last) {
        names.push_back(name);
        in_default = false;
        if (Next(i) >= v.pack_begin && !comma) return;
      } else if (k == K::kEqual) {
        in_default = true;
      }
      if (k == K::kIdentifier && !in_default) name = tokens_[i];
      any = true;
      if (in_default) continue;
      for (uint32_t t = i; t < Next(i); ++t) to.push_back(tokens_[t]);
    }
    (void)any;
  }

  // The pack as `n` parameters.
  WS_HD void WriteParams(const Variadic& v, uint32_t n, Vec<Token>& to) {
    for (uint32_t k = 0; k < n; ++k) {
      if (k > 0) to.push_back(Made(tokens_[v.header], K::kComma, ","));
      for (uint32_t i = v.pack_begin; i < v.pack_end; ++i) {
        if (tokens_[i].kind == K::kEllipsis) continue;
        to.push_back(i + 1 == v.pack_end ? Renamed(tokens_[i], k) : tokens_[i]);
      }
    }
  }

  // The parameters of functions in a struct that are packs: Ts... name.
  WS_HD void FindValues(const Variadic& v) {
    values_.clear();
    for (uint32_t i = v.name_at; i + 2 < v.end; ++i) {
      if (KindAt(i) != K::kEllipsis || KindAt(i + 1) != K::kIdentifier) continue;
      if (KindAt(i + 2) != K::kComma && KindAt(i + 2) != K::kRightParen) continue;
      const uint32_t begin = PatternBegin(tokens_.span(), i);
      for (uint32_t k = begin; k < i; ++k) {
        if (KindAt(k) != K::kIdentifier || tokens_[k].name != v.pack) continue;
        values_.push_back(tokens_[i + 1].name);
        break;
      }
    }
  }

  // std::index_sequence<...> is std::integer_sequence<unsigned long, ...>, and so of those that
  // make one.
  WS_HD void NameSequences() {
    struct Pair {
      const char* from;
      const char* to;
    };
    constexpr Pair kPairs[] = {{"__std_index_sequence", "__std_integer_sequence"},
                               {"__std_make_index_sequence", "__std_make_integer_sequence"}};
    const auto meant = [&](uint32_t i) {
      const Pair* found = nullptr;
      if (KindAt(i) != K::kIdentifier || KindAt(i + 1) != K::kLess) return found;
      if (!tokens_[i].name.valid()) return found;
      for (const Pair& pair : kPairs) {
        if (SameText(names_.view(tokens_[i].name), pair.from)) found = &pair;
      }
      return found;
    };
    bool any = false;
    for (uint32_t i = 0; i < tokens_.size() && !any; ++i) any = meant(i) != nullptr;
    if (!any) return;
    Vec<Token> kept(arena_);
    for (uint32_t i = 0; i < tokens_.size(); ++i) {
      const Pair* pair = meant(i);
      kept.push_back(tokens_[i]);
      if (pair == nullptr) continue;
      kept.back().name = names_.Intern(pair->to);
      kept.push_back(tokens_[++i]);
      kept.push_back(Made(tokens_[i], K::kUnsigned, "unsigned"));
      kept.push_back(Made(tokens_[i], K::kLong, "long"));
      const K next = KindAt(i + 1);
      const bool empty =
          next == K::kGreater || next == K::kGreaterGreater || next == K::kLaunchClose;
      if (!empty) kept.push_back(Made(tokens_[i], K::kComma, ","));
    }
    if (!arena_.failed()) tokens_ = kept;
  }

  WS_HD K KindAt(uint32_t i) const { return i < tokens_.size() ? tokens_[i].kind : K::kEof; }
  WS_HD void Report(diag::Kind kind, uint32_t at, const char* what) {
    sink_.Report(kind, tokens_[at].loc, tokens_[at].length, what);
  }
  WS_HD bool HasPacks() const {
    for (uint32_t i = 1; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == K::kEllipsis) return true;
    }
    return false;
  }
  WS_HD void Copy(uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; ++i) out_.push_back(tokens_[i]);
  }
  WS_HD static bool Opens(K k) {
    return k == K::kLeftParen || k == K::kLeftBracket || k == K::kLeftBrace;
  }
  WS_HD static bool Closes(K k) {
    return k == K::kRightParen || k == K::kRightBracket || k == K::kRightBrace;
  }
  // Behind the partner of the bracket at i.
  WS_HD uint32_t Behind(uint32_t i) const { return BehindIn(tokens_.span(), i); }
  // Behind the > of the template parameters that begin at i; 0 if it is not found.
  WS_HD uint32_t BehindAngles(uint32_t i) const { return BehindAnglesIn(tokens_.span(), i); }
  // `within`: where a >> closes other arguments too, the place of that.
  WS_HD static uint32_t BehindAnglesIn(std::span<const Token> tokens, uint32_t i,
                                       bool within = false) {
    uint32_t depth = 0;
    for (; i < tokens.size(); ++i) {
      const K k = tokens[i].kind;
      if (Opens(k)) {
        i = BehindIn(tokens, i) - 1;
        continue;
      }
      if (k == K::kSemicolon || Closes(k)) return 0;
      if (k == K::kLess) ++depth;
      const uint32_t closed = k == K::kGreater          ? 1
                              : k == K::kGreaterGreater ? 2
                              : k == K::kLaunchClose    ? 3
                                                        : 0;
      if (closed >= depth && closed > 0) return closed == depth ? i + 1 : within ? i : 0;
      depth -= closed;
    }
    return 0;
  }

  // Behind the > of the template arguments or parameters that the < at i begins; 0 if it compares.
  WS_HD static uint32_t BehindList(std::span<const Token> tokens, uint32_t i) {
    const K before = tokens[i - 1].kind;
    const bool may = before == K::kIdentifier || before == K::kTemplate || IsCast(before);
    return may ? BehindAnglesIn(tokens, i, true) : 0;
  }

  // std::forward<T>(x) is static_cast<T&&>(x).
  WS_HD void DropForward() {
    uint32_t first = 0;
    while (first < tokens_.size() && !IsForward(first)) ++first;
    if (first == tokens_.size()) return;
    Vec<Token> kept(arena_);
    for (uint32_t i = 0; i < tokens_.size(); ++i) {
      const uint32_t end = IsForward(i) ? BehindAngles(i + 3) : 0;
      if (end == 0) {
        kept.push_back(tokens_[i]);
        continue;
      }
      kept.push_back(Made(tokens_[i], K::kStaticCast, "static_cast"));
      for (uint32_t k = i + 3; k + 1 < end; ++k) kept.push_back(tokens_[k]);
      // The last > closes the cast; another one before it the arguments of T.
      const Token last = tokens_[end - 1];
      if (last.kind != K::kGreater) kept.push_back(Made(last, K::kGreater, ">"));
      if (last.kind == K::kLaunchClose) kept.push_back(Made(last, K::kGreater, ">"));
      kept.push_back(Made(last, K::kAndAnd, "&&"));
      kept.push_back(Made(last, K::kGreater, ">"));
      i = end - 1;
    }
    if (!arena_.failed()) tokens_ = kept;
  }
  WS_HD bool IsForward(uint32_t i) const {
    return KindAt(i) == K::kIdentifier && SameText(tokens_[i].view(), "std") &&
           KindAt(i + 1) == K::kColonColon && KindAt(i + 2) == K::kIdentifier &&
           SameText(tokens_[i + 2].view(), "forward") && KindAt(i + 3) == K::kLess;
  }

  // --- finding

  WS_HD void FindVariadics() {
    for (uint32_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (KindAt(i) != K::kTemplate || KindAt(i + 1) != K::kLess) continue;
      Variadic v;
      v.begin = i;
      v.header = i + 1;
      if (!ReadHeader(v) || (!ReadClass(v) && !ReadSignature(v))) continue;
      found_.push_back(v);
      i = v.end - 1;
    }
  }

  // The token behind the one at i, or behind the bracket or the list that it begins.
  WS_HD uint32_t Next(uint32_t i) const {
    if (Opens(KindAt(i))) return Behind(i);
    const uint32_t end = KindAt(i) == K::kLess ? BehindList(tokens_.span(), i) : 0;
    return end != 0 ? end : i + 1;
  }

  // The last parameter is a pack with a name.
  WS_HD bool ReadHeader(Variadic& v) {
    v.header_end = BehindAngles(v.header);
    if (v.header_end == 0) return false;
    uint32_t begin = v.header + 1;
    for (uint32_t i = v.header + 1; i + 1 < v.header_end; i = Next(i)) {
      const K k = KindAt(i);
      if (k == K::kComma) {
        begin = i + 1;
        ++v.fixed_types;
      }
      if (k != K::kEllipsis) continue;
      if (KindAt(i + 1) != K::kIdentifier || i + 3 != v.header_end) return false;
      v.pack = tokens_[i + 1].name;
      v.pack_begin = begin;
      v.pack_end = i + 2;
    }
    return v.pack.valid();
  }

  // The struct behind the header; false if there is none.
  WS_HD bool ReadClass(Variadic& v) {
    uint32_t i = v.header_end;
    if (KindAt(i) != K::kStruct && KindAt(i) != K::kClass && KindAt(i) != K::kUnion) return false;
    ++i;
    while (KindAt(i) == K::kAlign || KindAt(i) == K::kAlignas || KindAt(i) == K::kAttribute) {
      i = Behind(i + 1);
    }
    if (KindAt(i) != K::kIdentifier) return false;
    v.name_at = i;
    v.name = tokens_[i].name;
    uint32_t end = i + 1;
    if (KindAt(end) == K::kLess) {
      v.is_special = true;
      end = BehindAngles(end);
      if (end == 0) return false;
    }
    while (KindAt(end) != K::kLeftBrace && KindAt(end) != K::kSemicolon && KindAt(end) != K::kEof) {
      if (KindAt(end) == K::kLeftParen && !v.is_special && KindAt(end - 1) != K::kDecltype) {
        return false;  // a function that returns one
      }
      ++end;
    }
    v.has_body = KindAt(end) == K::kLeftBrace;
    if (v.has_body) end = Behind(end);
    if (KindAt(end) != K::kSemicolon) return false;
    v.end = end + 1;
    v.is_class = true;
    return true;
  }

  // The function behind the header: its name, parameters and end.
  WS_HD bool ReadSignature(Variadic& v) {
    uint32_t i = v.header_end;
    for (;; ++i) {
      const K k = KindAt(i);
      if (k == K::kStruct || k == K::kClass || k == K::kUnion || k == K::kUsing || k == K::kEof ||
          k == K::kSemicolon || k == K::kLeftBrace || k == K::kTemplate || k == K::kEqual) {
        return false;
      }
      if (k == K::kLaunchBounds || k == K::kAttribute || k == K::kDecltype || k == K::kAlignas) {
        i = Behind(i + 1) - 1;
        continue;
      }
      if (k == K::kLess) {
        const uint32_t end = BehindAngles(i);
        if (end == 0) return false;
        i = end - 1;
        continue;
      }
      if (k == K::kLeftParen) break;
    }
    if (KindAt(i - 1) != K::kIdentifier) return false;
    v.name = tokens_[i - 1].name;
    v.params = i;
    v.params_end = Behind(i);
    uint32_t count = v.params_end > v.params + 2 ? 1 : 0;
    for (uint32_t p = v.params + 1; p + 1 < v.params_end; p = Next(p)) {
      const K k = KindAt(p);
      if (k == K::kComma) ++count;
      if (k != K::kEllipsis) continue;
      if (p + 3 < v.params_end) return false;  // behind the name of a pack there is nothing
      v.has_values = true;
      if (KindAt(p + 1) == K::kIdentifier) v.values = tokens_[p + 1].name;
    }
    v.fixed = count - (v.has_values ? 1 : 0);
    for (i = v.params_end;; ++i) {
      const K k = KindAt(i);
      if (k == K::kEof) return false;
      if (k == K::kSemicolon) {
        v.end = i + 1;
        return true;
      }
      if (k == K::kLeftBrace) {
        v.end = Behind(i);
        return true;
      }
      if (k == K::kLeftParen) i = Behind(i) - 1;
    }
  }

  WS_HD bool IsVariadicName(NameId name) const {
    for (const Variadic& v : found_) {
      if (v.name == name) return true;
    }
    return false;
  }

  // Another template of the name takes as many parameters: with no arguments left it is meant.
  WS_HD bool HasTemplateOf(const Variadic& v) const {
    if (!v.has_values) return false;
    for (uint32_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (KindAt(i) != K::kTemplate || KindAt(i + 1) != K::kLess) continue;
      const uint32_t end = BehindAngles(i + 1);
      if (end == 0) continue;
      for (const Variadic& other : found_) {
        if (other.begin == i) i = other.end;
      }
      if (i >= end) {
        --i;
        continue;
      }
      uint32_t at = end;
      while (KindAt(at) != K::kLeftParen && KindAt(at) != K::kSemicolon &&
             KindAt(at) != K::kLeftBrace && KindAt(at) != K::kEof) {
        ++at;
      }
      if (KindAt(at) != K::kLeftParen || tokens_[at - 1].name != v.name) continue;
      if (CountList(at) == v.fixed) return true;
    }
    return false;
  }

  // Elements of the list in the bracket at i.
  WS_HD uint32_t CountList(uint32_t i) const {
    const uint32_t end = Behind(i) - 1;
    if (end == i + 1) return 0;
    uint32_t count = 1;
    for (uint32_t k = i + 1; k < end; ++k) {
      if (Opens(KindAt(k))) k = Behind(k) - 1;
      if (KindAt(k) == K::kComma) ++count;
    }
    return count;
  }

  WS_HD bool HasEllipsis(uint32_t i) const {
    const uint32_t end = Behind(i);
    while (i < end && KindAt(i) != K::kEllipsis) ++i;
    return i < end;
  }

  // Reports a list behind the name at i that is longer than any template of that name takes.
  WS_HD void CheckCount(uint32_t i, uint32_t count, bool types) {
    for (const Variadic& v : found_) {
      if (v.name != tokens_[i].name) continue;
      if (count <= kMostArguments + (types ? v.fixed_types : v.fixed)) return;
    }
    Report(diag::Kind::kUnsupported, i, "a parameter pack of more than 32 arguments");
  }

  // The second of the arguments that begin at i, as far as it is a number.
  WS_HD uint32_t SequenceLength(uint32_t i) const {
    while (KindAt(i) != K::kComma && KindAt(i) != K::kSemicolon && KindAt(i) != K::kEof) ++i;
    if (KindAt(i + 1) != K::kIntNumber) return kMostUnknown;
    uint32_t value = 0;
    for (const char c : tokens_[i + 1].view()) {
      if (c < '0' || c > '9' || value > 1000) break;
      value = value * 10 + static_cast<uint32_t>(c - '0');
    }
    return value;
  }

  // The most arguments that a call can give to a pack: those of any list behind such a name.
  WS_HD uint32_t MostArguments() {
    uint32_t most = 0, passed_on = 0;
    for (uint32_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (KindAt(i) != K::kIdentifier) continue;
      if (KindAt(i + 1) == K::kLess && tokens_[i].name.valid() &&
          SameText(names_.view(tokens_[i].name), "__std_make_integer_sequence")) {
        const uint32_t length = SequenceLength(i + 1);
        if (length > most) most = length;
      }
      if (!IsVariadicName(tokens_[i].name)) continue;
      uint32_t at = i + 1;
      if (KindAt(at) == K::kLess) {
        const uint32_t end = BehindAngles(at);
        if (end == 0) continue;
        uint32_t count = 1;
        for (uint32_t k = at + 1; k + 1 < end; ++k) {
          if (Opens(KindAt(k))) k = Behind(k) - 1;
          if (KindAt(k) == K::kComma) ++count;
        }
        if (count > most) most = count;
        CheckCount(i, count, true);
        at = end;
      }
      if (KindAt(at) == K::kLaunchOpen) {
        while (KindAt(at) != K::kLaunchClose && KindAt(at) != K::kSemicolon &&
               KindAt(at) != K::kEof) {
          ++at;
        }
        ++at;
      }
      if (KindAt(at) != K::kLeftParen) continue;
      const uint32_t count = CountList(at);
      if (count > most) most = count;
      if (HasEllipsis(at) && count > passed_on) passed_on = count;
      CheckCount(i, count, false);
    }
    // A pack that is passed on with others beside it.
    if (passed_on > 1) most += passed_on - 1;
    return most < kMostArguments ? most : kMostArguments;
  }

  // --- writing

  // Ts...[2]
  WS_HD NameId Element(NameId pack, uint32_t index, std::string_view* text) {
    const std::string_view name = names_.view(pack);
    char* made = static_cast<char*>(arena_.Allocate(name.size() + 8));
    if (made == nullptr) return {};
    size_t length = 0;
    for (; length < name.size(); ++length) made[length] = name.data()[length];
    for (const char* c = "...["; *c != 0; ++c) made[length++] = *c;
    if (index >= 10) made[length++] = static_cast<char>('0' + index / 10);
    made[length++] = static_cast<char>('0' + index % 10);
    made[length++] = ']';
    *text = {made, length};
    return names_.Intern(*text);
  }
  WS_HD Token Renamed(Token t, uint32_t index) {
    std::string_view text;
    t.name = Element(t.name, index, &text);
    t.text = text.data();
    t.length = static_cast<uint32_t>(text.size());
    return t;
  }
  WS_HD Token Made(const Token& like, K kind, const char* text) const {
    Token t = like;
    t.kind = kind;
    t.text = text;
    t.length = 0;
    while (text[t.length] != 0) ++t.length;
    t.name = NameId();
    return t;
  }
  WS_HD bool IsPack(const Variadic& v, const Token& t) const {
    if (t.kind != K::kIdentifier) return false;
    return t.name == v.pack || IsValues(v, t.name);
  }
  // Whether it is the name of a function's pack.
  WS_HD bool IsValues(const Variadic& v, NameId name) const {
    if (!v.is_class) return v.values.valid() && name == v.values;
    for (const NameId value : values_) {
      if (value == name) return true;
    }
    return false;
  }

  // The template with a pack of `n`.
  WS_HD void Write(const Variadic& v, uint32_t n) {
    Vec<Token> work(arena_);
    for (uint32_t i = v.begin; i <= v.header; ++i) work.push_back(tokens_[i]);
    // Its own parameters.
    const bool first = v.pack_begin == v.header + 1;
    if (n > 0 || !first) {
      for (uint32_t i = v.header + 1; i + (n == 0 ? 1 : 0) < v.pack_begin; ++i) {
        work.push_back(tokens_[i]);
      }
    } else {
      // An empty list would be a specialisation.
      work.push_back(Made(tokens_[v.header], K::kTypename, "typename"));
      work.push_back(Made(tokens_[v.header], K::kEqual, "="));
      work.push_back(Made(tokens_[v.header], K::kInt, "int"));
    }
    for (uint32_t k = 0; k < n; ++k) {
      if (k > 0) work.push_back(Made(tokens_[v.header], K::kComma, ","));
      for (uint32_t i = v.pack_begin; i < v.pack_end; ++i) {
        if (tokens_[i].kind == K::kEllipsis) continue;
        work.push_back(i + 1 == v.pack_end ? Renamed(tokens_[i], k) : tokens_[i]);
      }
    }
    for (uint32_t i = v.pack_end; i < v.end; ++i) work.push_back(tokens_[i]);
    ExpandIn(v, n, work);
    for (const Token& t : work) out_.push_back(t);
  }

  // Every ... among the tokens, the first one first.
  WS_HD void ExpandIn(const Variadic& v, uint32_t n, Vec<Token>& work) {
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
        made.push_back(Made(work[at], K::kIntNumber, NumberText(n)));
      } else if (before == K::kLeftParen && at + 1 < work.size() && IsOperator(work[at + 1].kind)) {
        from = at - 1;
        to = BehindIn(work.span(), from);
        Fold(v, n, {work.data() + at + 2, to - 1 - (at + 2)}, {}, work[at + 1], true, made);
      } else if (IsOperator(before) && at + 1 < work.size() && work[at + 1].kind == before) {
        from = OpenBefore(work.span(), at);
        to = BehindIn(work.span(), from);
        const std::span<const Token> left(work.data() + from + 1, at - 1 - (from + 1));
        const std::span<const Token> right(work.data() + at + 2, to - 1 - (at + 2));
        const bool pack_left = HasPack(v, left);
        Fold(v, n, pack_left ? left : right, pack_left ? right : left, work[at - 1], !pack_left,
             made);
      } else if (IsOperator(before) && at + 1 < work.size() &&
                 work[at + 1].kind == K::kRightParen) {
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
  WS_HD bool IsOurs(const Variadic& v, const Vec<Token>& work, uint32_t at) {
    if (!v.is_class) return true;
    if (work[at - 1].kind == K::kSizeof) return at + 2 < work.size() && IsPack(v, work[at + 2]);
    const uint32_t open = OpenBefore(work.span(), at);
    const bool fold = IsOperator(work[at - 1].kind) && work[at - 1].kind != K::kComma &&
                      work[at - 1].kind != K::kLess && work[at - 1].kind != K::kAnd &&
                      work[at - 1].kind != K::kAndAnd && work[at - 1].kind != K::kStar;
    const bool left = work[at - 1].kind == K::kLeftParen && IsOperator(work[at + 1].kind);
    if (fold || left) {
      const uint32_t end = BehindIn(work.span(), open);
      return HasPack(v, {work.data() + open, end - open});
    }
    const uint32_t begin = PatternBegin(work.span(), at);
    if (HasPack(v, {work.data() + begin, at - begin})) return true;
    // (args, ...) and (args && ...)
    return IsOperator(work[at - 1].kind) && at + 1 < work.size() &&
           work[at + 1].kind == K::kRightParen && HasPack(v, {work.data() + open, at - open});
  }

  WS_HD static const char* NumberText(uint32_t n) {
    switch (n) {
#define WS_NUMBER(x) \
  case x:            \
    return #x;
      WS_NUMBER(0)
      WS_NUMBER(1)
      WS_NUMBER(2)
      WS_NUMBER(3)
      WS_NUMBER(4)
      WS_NUMBER(5)
      WS_NUMBER(6)
      WS_NUMBER(7)
      WS_NUMBER(8)
      WS_NUMBER(9)
      WS_NUMBER(10)
      WS_NUMBER(11)
      WS_NUMBER(12)
      WS_NUMBER(13)
      WS_NUMBER(14)
      WS_NUMBER(15)
      WS_NUMBER(16)
      WS_NUMBER(17)
      WS_NUMBER(18)
      WS_NUMBER(19)
      WS_NUMBER(20)
      WS_NUMBER(21)
      WS_NUMBER(22)
      WS_NUMBER(23)
      WS_NUMBER(24)
      WS_NUMBER(25)
      WS_NUMBER(26)
      WS_NUMBER(27)
      WS_NUMBER(28)
      WS_NUMBER(29)
      WS_NUMBER(30)
      WS_NUMBER(31)
      WS_NUMBER(32)
#undef WS_NUMBER
      default:
        return "0";
    }
  }

  WS_HD static bool IsCast(K k) {
    return k == K::kStaticCast || k == K::kReinterpretCast || k == K::kConstCast ||
           k == K::kDynamicCast;
  }
  WS_HD static bool IsOperator(K k) {
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
  WS_HD bool HasPack(const Variadic& v, std::span<const Token> tokens) const {
    for (const Token& t : tokens) {
      if (IsPack(v, t)) return true;
    }
    return false;
  }
  WS_HD static uint32_t BehindIn(std::span<const Token> work, uint32_t i) {
    uint32_t depth = 0;
    for (; i < work.size(); ++i) {
      if (Opens(work[i].kind)) ++depth;
      if (Closes(work[i].kind) && --depth == 0) return i + 1;
    }
    return i;
  }
  // The bracket around the token at i.
  WS_HD static uint32_t OpenBefore(std::span<const Token> work, uint32_t i) {
    uint32_t depth = 0;
    while (i > 0) {
      --i;
      if (Closes(work[i].kind)) ++depth;
      if (!Opens(work[i].kind)) continue;
      if (depth == 0) return i;
      --depth;
    }
    return 0;
  }

  WS_HD void Append(const Variadic& v, std::span<const Token> pattern, uint32_t k, Vec<Token>& to) {
    for (const Token& t : pattern) to.push_back(IsPack(v, t) ? Renamed(t, k) : t);
  }

  // (E0 op E1 op E2) in the order of evaluation that the fold asks for.
  WS_HD void Fold(const Variadic& v, uint32_t n, std::span<const Token> pattern,
                  std::span<const Token> init, const Token& op, bool from_left, Vec<Token>& made) {
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

  // Where the pattern begins that the ... at `at` ends: behind the comma, the bracket or the < of
  // template arguments before it. Any other < compares.
  WS_HD static uint32_t PatternBegin(std::span<const Token> work, uint32_t at) {
    uint32_t begin = OpenBefore(work, at) + 1;
    for (uint32_t i = begin; i < at; ++i) {
      const K k = work[i].kind;
      if (Opens(k)) {
        i = BehindIn(work, i) - 1;
      } else if (k == K::kComma || k == K::kSemicolon) {
        begin = i + 1;
      } else if (k == K::kLess) {
        const uint32_t end = BehindList(work, i);
        if (end > at) begin = i + 1;
        if (end != 0 && end <= at) i = end - 1;
      }
    }
    return begin;
  }

  // pattern... : the pattern again and again, with commas between.
  WS_HD void Repeat(const Variadic& v, uint32_t n, const Vec<Token>& work, uint32_t at,
                    uint32_t* from, uint32_t* to, Vec<Token>& made) {
    const uint32_t begin = PatternBegin(work.span(), at);
    uint32_t end = at + 1;
    // The name behind it, where it declares the function's pack.
    const bool declares =
        end < work.size() && work[end].kind == K::kIdentifier && IsValues(v, work[end].name);
    if (declares) ++end;
    *from = begin;
    *to = end;
    for (uint32_t k = 0; k < n; ++k) {
      if (k > 0) made.push_back(Made(work[at], K::kComma, ","));
      Append(v, {work.data() + begin, at - begin}, k, made);
      if (declares) made.push_back(Renamed(work[at + 1], k));
    }
    if (n > 0) return;
    // Nothing is left of it, nor of a comma beside it.
    if (begin > 0 && work[begin - 1].kind == K::kComma) {
      --*from;
    } else if (end < work.size() && work[end].kind == K::kComma) {
      ++*to;
    } else if (begin > 0 && work[begin - 1].kind == K::kColon && end < work.size() &&
               work[end].kind == K::kLeftBrace) {
      --*from;  // no base, nothing to initialise
    }
  }

  Arena& arena_;
  diag::Sink& sink_;
  Names& names_;
  Vec<Token>& tokens_;
  Vec<Token> out_;
  Vec<Variadic> found_;
  Vec<NameId> values_;  // of the struct being written: the packs of its functions
};

}  // namespace

WS_HD void ExpandPacks(Arena& arena, diag::Sink& sink, Names& names, Vec<Token>& tokens) {
  Expander(arena, sink, names, tokens).Run();
}

}  // namespace ws::front
