// device-clean
// Parameter packs: the templates that have them, and how many arguments calls can give.
#include "front/bytes.h"
#include "front/pack_expander.h"

namespace ws::front {

WS_HD void PackExpander::FindVariadics() {
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
WS_HD uint32_t PackExpander::Next(uint32_t i) const {
  if (Opens(KindAt(i))) return Behind(i);
  const uint32_t end = KindAt(i) == K::kLess ? BehindList(tokens_.span(), i) : 0;
  return end != 0 ? end : i + 1;
}

// The last parameter is a pack with a name.
WS_HD bool PackExpander::ReadHeader(Variadic& v) {
  v.header_end = AnglesEnd(v.header);
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
    if (!tokens_[i + 1].name.valid()) return false;
    v.pack = tokens_[i + 1].name;
    v.pack_begin = begin;
    v.pack_end = i + 2;
  }
  return v.pack.valid();
}

// The struct behind the header; false if there is none.
WS_HD bool PackExpander::ReadClass(Variadic& v) {
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
    end = AnglesEnd(end);
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
WS_HD bool PackExpander::ReadSignature(Variadic& v) {
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
      const uint32_t end = AnglesEnd(i);
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

WS_HD bool PackExpander::IsVariadicName(NameId name) const {
  for (const Variadic& v : found_) {
    if (v.name == name) return true;
  }
  return false;
}

// Another template of the name takes as many parameters: with no arguments left it is meant.
WS_HD bool PackExpander::HasTemplateOf(const Variadic& v) const {
  if (!v.has_values) return false;
  for (uint32_t i = 0; i + 1 < tokens_.size(); ++i) {
    if (KindAt(i) != K::kTemplate || KindAt(i + 1) != K::kLess) continue;
    const uint32_t end = AnglesEnd(i + 1);
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
WS_HD uint32_t PackExpander::CountList(uint32_t i) const {
  const uint32_t end = Behind(i) - 1;
  if (end == i + 1) return 0;
  uint32_t count = 1;
  for (uint32_t k = i + 1; k < end; ++k) {
    if (Opens(KindAt(k))) k = Behind(k) - 1;
    if (KindAt(k) == K::kComma) ++count;
  }
  return count;
}

WS_HD bool PackExpander::HasEllipsis(uint32_t i) const {
  const uint32_t end = Behind(i);
  while (i < end && KindAt(i) != K::kEllipsis) ++i;
  return i < end;
}

// Reports a list behind the name at i that is longer than any template of that name takes.
WS_HD void PackExpander::CheckCount(uint32_t i, uint32_t count, bool types) {
  for (const Variadic& v : found_) {
    if (v.name != tokens_[i].name) continue;
    if (count <= kMostArguments + (types ? v.fixed_types : v.fixed)) return;
  }
  Report(diag::Kind::kUnsupported, i, "a parameter pack of more than 32 arguments");
}

// The second of the arguments that begin at i, as far as it is a number.
WS_HD uint32_t PackExpander::SequenceLength(uint32_t i) const {
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
WS_HD uint32_t PackExpander::MostArguments() {
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
      const uint32_t end = AnglesEnd(at);
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

}  // namespace ws::front
