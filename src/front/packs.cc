// device-clean
// Parameter packs: what takes the place of each template with one.
#include "front/bytes.h"
#include "front/pack_expander.h"

namespace ws::front {

WS_HD void PackExpander::Run() {
  DropForward();
  NameSequences();
  // Templates in templates are left over by the first pass.
  for (uint32_t pass = 0; pass < kMostPasses && HasPacks(); ++pass) {
    found_.clear();
    out_ = Vec<Token>(arena_);  // tokens_ lies where it was
    FindVariadics();
    if (found_.empty() || arena_.failed()) return;
    if (!Expand()) return;
  }
}

// False after an error.
WS_HD bool PackExpander::Expand() {
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
WS_HD bool PackExpander::WriteClass(const Variadic& v, uint32_t most) {
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
WS_HD void PackExpander::WriteFixed(const Variadic& v, bool comma, Vec<Token>& to,
                                    Vec<Token>& names) {
  bool in_default = false;
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
    if (in_default) continue;
    for (uint32_t t = i; t < Next(i); ++t) to.push_back(tokens_[t]);
  }
}

// The pack as `n` parameters.
WS_HD void PackExpander::WriteParams(const Variadic& v, uint32_t n, Vec<Token>& to) {
  for (uint32_t k = 0; k < n; ++k) {
    if (k > 0) to.push_back(Made(tokens_[v.header], K::kComma, ","));
    for (uint32_t i = v.pack_begin; i < v.pack_end; ++i) {
      if (tokens_[i].kind == K::kEllipsis) continue;
      to.push_back(i + 1 == v.pack_end ? Renamed(tokens_[i], k) : tokens_[i]);
    }
  }
}

// The parameters of functions in a struct that are packs: Ts... name; in the library's own texts,
// which have no positions, the struct's members too.
WS_HD void PackExpander::FindValues(const Variadic& v) {
  values_.clear();
  for (uint32_t i = v.name_at; i + 2 < v.end; ++i) {
    if (KindAt(i) != K::kEllipsis || KindAt(i + 1) != K::kIdentifier) continue;
    const K behind = KindAt(i + 2);
    const bool member = behind == K::kSemicolon && !tokens_[i].loc.valid();
    if (behind != K::kComma && behind != K::kRightParen && !member) continue;
    const uint32_t begin = PatternBegin(tokens_.span(), i);
    for (uint32_t k = begin; k < i; ++k) {
      if (KindAt(k) != K::kIdentifier || tokens_[k].name != v.pack) continue;
      values_.push_back(tokens_[i + 1].name);
      break;
    }
  }
}

// The template with a pack of `n`.
WS_HD void PackExpander::Write(const Variadic& v, uint32_t n) {
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
  WriteParams(v, n, work);
  for (uint32_t i = v.pack_end; i < v.end; ++i) work.push_back(tokens_[i]);
  ExpandIn(v, n, work);
  for (const Token& t : work) out_.push_back(t);
}

// std::index_sequence<...> is std::integer_sequence<unsigned long, ...>, and so of those that
// make one.
WS_HD void PackExpander::NameSequences() {
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
    const bool empty = next == K::kGreater || next == K::kGreaterGreater || next == K::kLaunchClose;
    if (!empty) kept.push_back(Made(tokens_[i], K::kComma, ","));
  }
  if (!arena_.failed()) tokens_ = kept;
}

// std::forward<T>(x) is static_cast<T&&>(x).
WS_HD void PackExpander::DropForward() {
  uint32_t first = 0;
  while (first < tokens_.size() && !IsForward(first)) ++first;
  if (first == tokens_.size()) return;
  Vec<Token> kept(arena_);
  for (uint32_t i = 0; i < tokens_.size(); ++i) {
    const uint32_t end = IsForward(i) ? AnglesEnd(i + 3) : 0;
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

WS_HD bool PackExpander::IsForward(uint32_t i) const {
  return KindAt(i) == K::kIdentifier && SameText(tokens_[i].view(), "std") &&
         KindAt(i + 1) == K::kColonColon && KindAt(i + 2) == K::kIdentifier &&
         SameText(tokens_[i + 2].view(), "forward") && KindAt(i + 3) == K::kLess;
}

WS_HD bool PackExpander::HasPacks() const {
  for (uint32_t i = 1; i < tokens_.size(); ++i) {
    if (tokens_[i].kind == K::kEllipsis) return true;
  }
  return false;
}

WS_HD void ExpandPacks(Arena& arena, diag::Sink& sink, Names& names, Vec<Token>& tokens) {
  PackExpander(arena, sink, names, tokens).Run();
}

}  // namespace ws::front
