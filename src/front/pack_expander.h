// Takes parameter packs apart; what packs.h declares does it with this. Device-clean.
#ifndef WARPSMITH_FRONT_PACK_EXPANDER_H_
#define WARPSMITH_FRONT_PACK_EXPANDER_H_

#include "front/packs.h"
#include "front/token_lists.h"

namespace ws::front {

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

class PackExpander {
 public:
  WS_HD PackExpander(Arena& arena, diag::Sink& sink, Names& names, Vec<Token>& tokens)
      : arena_(arena),
        sink_(sink),
        names_(names),
        tokens_(tokens),
        out_(arena),
        found_(arena),
        values_(arena) {}

  WS_HD void Run();

 private:
  using K = TokenKind;

  static constexpr uint32_t kMostArguments = 32;  // of one pack
  static constexpr uint32_t kMostUnknown = 16;    // of an index sequence whose length is no number
  static constexpr uint32_t kMostPasses = 4;      // templates with packs, one in the other
  static constexpr uint32_t kMostTokens = 1u << 21;

  WS_HD K KindAt(uint32_t i) const { return i < tokens_.size() ? tokens_[i].kind : K::kEof; }
  WS_HD void Report(diag::Kind kind, uint32_t at, const char* what) {
    sink_.Report(kind, tokens_[at].loc, tokens_[at].length, what);
  }
  WS_HD void Copy(uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; ++i) out_.push_back(tokens_[i]);
  }
  // Behind the partner of the bracket at i, or the > of the < there.
  WS_HD uint32_t Behind(uint32_t i) const { return BehindBracket(tokens_.span(), i); }
  WS_HD uint32_t AnglesEnd(uint32_t i) const { return BehindAngles(tokens_.span(), i); }

  // --- packs.cc
  WS_HD bool Expand();
  WS_HD bool WriteClass(const Variadic& v, uint32_t most);
  WS_HD void WriteFixed(const Variadic& v, bool comma, Vec<Token>& to, Vec<Token>& names);
  WS_HD void WriteParams(const Variadic& v, uint32_t n, Vec<Token>& to);
  WS_HD void FindValues(const Variadic& v);
  WS_HD void Write(const Variadic& v, uint32_t n);
  WS_HD void NameSequences();
  WS_HD void DropForward();
  WS_HD bool IsForward(uint32_t i) const;
  WS_HD bool HasPacks() const;

  // --- packs_find.cc
  WS_HD void FindVariadics();
  WS_HD uint32_t Next(uint32_t i) const;
  WS_HD bool ReadHeader(Variadic& v);
  WS_HD bool ReadClass(Variadic& v);
  WS_HD bool ReadSignature(Variadic& v);
  WS_HD bool IsVariadicName(NameId name) const;
  WS_HD bool HasTemplateOf(const Variadic& v) const;
  WS_HD uint32_t CountList(uint32_t i) const;
  WS_HD bool HasEllipsis(uint32_t i) const;
  WS_HD void CheckCount(uint32_t i, uint32_t count, bool types);
  WS_HD uint32_t SequenceLength(uint32_t i) const;
  WS_HD uint32_t MostArguments();

  // --- packs_expand.cc
  WS_HD void ExpandIn(const Variadic& v, uint32_t n, Vec<Token>& work);
  WS_HD bool IsOurs(const Variadic& v, const Vec<Token>& work, uint32_t at);
  WS_HD void Fold(const Variadic& v, uint32_t n, std::span<const Token> pattern,
                  std::span<const Token> init, const Token& op, bool from_left, Vec<Token>& made);
  WS_HD void Repeat(const Variadic& v, uint32_t n, const Vec<Token>& work, uint32_t at,
                    uint32_t* from, uint32_t* to, Vec<Token>& made);
  WS_HD void Append(const Variadic& v, std::span<const Token> pattern, uint32_t k, Vec<Token>& to);
  WS_HD bool IsPack(const Variadic& v, const Token& t) const;
  WS_HD bool IsValues(const Variadic& v, NameId name) const;
  WS_HD bool HasPack(const Variadic& v, std::span<const Token> tokens) const;
  WS_HD Token Number(const Token& like, uint32_t n);
  WS_HD NameId Element(NameId pack, uint32_t index, std::string_view* text);
  WS_HD Token Renamed(Token t, uint32_t index);
  WS_HD Token Made(const Token& like, K kind, const char* text) const;

  Arena& arena_;
  diag::Sink& sink_;
  Names& names_;
  Vec<Token>& tokens_;
  Vec<Token> out_;
  Vec<Variadic> found_;
  Vec<NameId> values_;  // of the struct being written: the packs of its functions
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_PACK_EXPANDER_H_
