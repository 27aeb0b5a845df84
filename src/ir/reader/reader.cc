// device-clean
#include "ir/reader/reader.h"

namespace ws::ir {
namespace reader {

WS_HD Reader::Reader(Arena& arena, std::string_view text, uint32_t base,
                     const PtxReadOptions& options, diag::Sink& sink, Module& module)
    : arena_(&arena),
      text_(text),
      places_{base, nullptr},
      options_(options),
      sink_(&sink),
      module_(&module),
      words_(arena, static_cast<uint32_t>(text.size() / 64)),
      tokens_(arena),
      errors_before_(sink.errors()),
      grammar_(arena, words_),
      signatures_(arena),
      params_(arena),
      signature_of_(arena),
      address_taken_(arena),
      is_address_taken_(arena),
      dispatchers_(arena),
      aliases_(arena),
      kernel_params_(arena),
      externs_(arena),
      calls_(arena),
      linkage_(arena),
      is_extern_(arena),
      line_starts_(arena),
      undo_(arena),
      scope_starts_(arena),
      ranges_(arena),
      vectors_(arena),
      labels_(arena),
      scope_labels_(arena),
      frame_(arena),
      func_params_(arena),
      written_(arena),
      targets_(arena),
      target_tokens_(arena),
      args_(arena),
      elements_(arena) {
  // Rows that the module has already.
  signature_of_.append(module.functions.size(), 0xffffffffu);
  is_address_taken_.append(module.functions.size(), uint8_t{0});
  linkage_.append(module.functions.size(), uint8_t{0});
}

WS_HD bool Reader::Run() {
  Lex(text_, places_, words_, *sink_, tokens_);
  if (arena_->failed()) return false;
  FindSourceFile();
  ReadModule();
  if (!stopped()) WriteAliases();
  if (!stopped()) WriteDispatchers();
  WarnOfUndefined();
  return !arena_->failed() && sink_->errors() == errors_before_;
}

WS_HD std::string_view Reader::TextOf(const Token& t) const {
  return {text_.data() + t.begin, t.length};
}

WS_HD void Reader::Report(diag::Kind kind, const Token& t, diag::Arg a, diag::Arg b, diag::Arg c) {
  failed_ = true;
  sink_->Report(kind, LocOf(t), t.length > 0 ? t.length : 1, a, b, c);
}

WS_HD void Reader::ReportExpected(const char* what) {
  Report(diag::Kind::kExpected, Now(), what, AtEnd() ? std::string_view(EndText()) : TextOf(Now()));
}

WS_HD bool Reader::Accept(char c) {
  if (!Now().Is(c)) return false;
  ++at_;
  return true;
}

WS_HD bool Reader::Accept(Mod mod) {
  if (Now().kind != TokenKind::kDot || Words::ModOf(Now().word) != mod) return false;
  ++at_;
  return true;
}

WS_HD bool Reader::Expect(char c) {
  if (Accept(c)) return true;
  // A message wants its text for as long as the sink lives.
  constexpr std::string_view kAll = "'{''}''['']''('')''<''>'',''='';'':'";
  const char* const all = kAll.data();
  std::string_view what = "a sign";
  for (size_t i = 0; i + 2 < kAll.size(); i += 3) {
    if (all[i + 1] == c) what = std::string_view(all + i, 3);
  }
  Report(diag::Kind::kExpected, Now(), what, AtEnd() ? std::string_view(EndText()) : TextOf(Now()));
  return false;
}

WS_HD bool Reader::Expect(TokenKind kind, const char* what) {
  if (Now().kind == kind) return true;
  ReportExpected(what);
  return false;
}

WS_HD void Reader::Recover() {
  for (; !AtEnd() && !Now().Is(';') && !Now().Is('}'); ++at_) {
    if (!Now().Is('{')) continue;
    // A block, or a vector among the operands.
    const Token& before = tokens_[at_ - 1];
    if (before.Is(';') || before.Is('{') || before.Is('}') || before.Is(':')) break;
    while (!AtEnd() && !Now().Is('}') && !Now().Is(';')) ++at_;
    if (!Now().Is('}')) break;
  }
  Accept(';');
}

// --- names

WS_HD void Reader::OpenScope() {
  ++depth_;
  scope_starts_.push_back(undo_.size());
}

WS_HD void Reader::CloseScope() {
  if (scope_starts_.empty()) return;
  for (uint32_t i = undo_.size(); i > scope_starts_.back(); --i) {
    const Undo& u = undo_[i - 1];
    if (u.is_range) {
      words_[u.word].range = u.range;
    } else {
      words_[u.word].binding = u.binding;
    }
  }
  undo_.truncate(scope_starts_.back());
  scope_starts_.pop_back();
  --depth_;
}

WS_HD void Reader::Bind(const Token& name, WordId word, Meaning meaning, uint32_t index) {
  if (!word.valid()) return;
  const Binding before = words_[word].binding;
  uint32_t number = 0;
  const uint32_t range = meaning == Meaning::kLabel ? 0 : FindRange(word, &number);
  if ((before.meaning != Meaning::kNone && before.depth == depth_) ||
      (range != 0 && ranges_[range - 1].depth == depth_)) {
    Report(diag::Kind::kRedeclared, name, words_.text(word));
    return;
  }
  if (depth_ > 0) undo_.push_back({word, before, 0, false});
  words_[word].binding = {meaning, index, depth_};
}

// 1 + the range that the word is a register of, 0 if of none; and which register.
WS_HD uint32_t Reader::FindRange(WordId word, uint32_t* number) {
  words_.Split(word);
  if (arena_->failed()) return 0;
  const WordId prefix = words_[word].prefix;
  if (!prefix.valid()) return 0;
  *number = words_[word].number;
  uint32_t range = words_[prefix].range;
  while (range != 0 && *number >= ranges_[range - 1].count) range = ranges_[range - 1].outer;
  if (range != 0 || !digits_before_range_) return range;
  // r1<5> has the register r14, whose number has fewer digits than stand there.
  const std::string_view text = words_.text(word);
  for (size_t begin = words_.text(prefix).size() + 1; begin < text.size() && range == 0; ++begin) {
    const WordId longer = words_.Intern({text.data(), begin});
    if (arena_->failed()) return 0;
    *number = 0;
    for (size_t i = begin; i < text.size(); ++i) {
      *number = 10 * *number + static_cast<uint32_t>(text.data()[i] - '0');
    }
    range = words_[longer].range;
    while (range != 0 && *number >= ranges_[range - 1].count) range = ranges_[range - 1].outer;
  }
  return range;
}

WS_HD uint32_t Reader::AddVector(Type type, uint32_t count, bool is_wide) {
  vectors_.push_back({count, RegId(builder_->num_regs()), is_wide});
  for (uint32_t i = 0; i < count; ++i) builder_->NewReg(type);
  return vectors_.size() - 1;
}

WS_HD Binding Reader::FindName(WordId word) {
  uint32_t number = 0;
  const uint32_t range = FindRange(word, &number);
  const Binding own = words_[word].binding;
  if (range == 0) return own;
  const Range r = ranges_[range - 1];
  if (own.meaning != Meaning::kNone && own.depth > r.depth) return own;
  const Meaning meaning = r.vector > 1 ? Meaning::kVector : Meaning::kRegister;
  // A register has one row, however many zeros its number begins with.
  const WordId row = Canonical(word);
  if (!row.valid()) return {};
  if (words_[row].cached_range != range) {
    words_[row].cached_range = range;
    words_[row].cached_reg =
        r.vector > 1 ? AddVector(r.type, r.vector, r.is_wide) : builder_->NewReg(r.type).index;
  }
  return {meaning, words_[row].cached_reg, r.depth};
}

// %r7 for %r007.
WS_HD WordId Reader::Canonical(WordId word) {
  const std::string_view text = words_.text(word);
  const size_t prefix = words_.text(words_[word].prefix).size();
  if (text.data()[prefix] != '0' || prefix + 1 == text.size()) return word;
  size_t zeros = 0;
  while (prefix + zeros + 1 < text.size() && text.data()[prefix + zeros] == '0') ++zeros;
  char* const shorter = static_cast<char*>(arena_->Allocate(text.size() - zeros));
  if (shorter == nullptr) return {};
  memcpy(shorter, text.data(), prefix);
  memcpy(shorter + prefix, text.data() + prefix + zeros, text.size() - zeros - prefix);
  const WordId row = words_.Intern({shorter, text.size() - zeros});
  if (row.valid()) words_.Split(row);
  return row;
}

// What the name stands for where the reader is; also of an element of a vector, as in v.x.
WS_HD Binding Reader::Find(WordId word) {
  if (!word.valid()) return {};
  const Binding whole = FindName(word);
  const std::string_view text = words_.text(word);
  if (whole.meaning != Meaning::kNone || text.size() < 3 || text.data()[text.size() - 2] != '.') {
    return whole;
  }
  const WordId base = words_.Intern({text.data(), text.size() - 2});
  if (!base.valid()) return {};
  const Binding vector = FindName(base);
  if (vector.meaning != Meaning::kVector || vectors_[vector.index].is_wide) return {};
  uint32_t element = 4;
  for (uint32_t i = 0; i < 4; ++i) {
    if (text.data()[text.size() - 1] == "xyzw"[i] || text.data()[text.size() - 1] == "rgba"[i]) {
      element = i;
    }
  }
  const VectorRegister v = vectors_[vector.index];
  if (element >= v.count) return {};
  return {Meaning::kRegister, v.first.index + element, vector.depth};
}

WS_HD void Reader::ReportUnknown(const Token& name) {
  Report(diag::Kind::kPtxUnknownName, name, TextOf(name));
}

}  // namespace reader

WS_HD bool ReadPtx(Arena& arena, std::string_view name, std::string_view text,
                   const PtxReadOptions& options, diag::Sink& sink, Module& module) {
  if (text.size() >= (uint32_t{1} << 30)) {
    sink.Report(diag::Kind::kProgramTooLarge, {}, 1, "PTX of 1 GiB or more");
    return false;
  }
  const uint32_t file = module.sources.Add(name, text);
  if (arena.failed()) return false;
  void* const memory = arena.Allocate(sizeof(reader::Reader));
  if (memory == nullptr) return false;
  auto* const r = new (memory)
      reader::Reader(arena, text, module.sources.file(file).base, options, sink, module);
  const bool ok = r->Run();
  if (arena.failed()) sink.Report(diag::Kind::kProgramTooLarge, {}, 1, "memory is used up");
  return ok && !arena.failed();
}

}  // namespace ws::ir
