// Diagnostics: what is wrong with a user's input, where, and how to mend it. Device-clean core.
//
// A phase reports into a Sink and goes on, so that one run shows all mistakes. Rendering as text
// (with the source line and a caret) and as JSON is in diag/render.h, on the host.
#ifndef WARPSMITH_DIAG_DIAG_H_
#define WARPSMITH_DIAG_DIAG_H_

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "base/macros.h"
#include "diag/source.h"

namespace ws::diag {

enum class Severity : uint8_t { Error, Warning, Note };

enum class Kind : uint16_t {
#define DIAG(name, severity, message, hint) k##name,
#include "diag/diagnostics.def"
#undef DIAG
  kCount
};

// What the table says of a kind.
struct KindInfo {
  const char* name;  // CamelCase
  Severity severity;
  const char* message;
  const char* hint;
};
KindInfo InfoOf(Kind kind);  // host

// An argument of a message: a text that outlives the sink, or a number.
struct Arg {
  std::string_view text;
  int64_t number = 0;
  bool is_number = false;

  Arg() = default;
  WS_HD Arg(std::string_view t) : text(t) {}                        // NOLINT: implicit by design
  WS_HD Arg(const char* t) : text(t) {}                             // NOLINT: implicit by design
  WS_HD Arg(int64_t n) : number(n), is_number(true) {}              // NOLINT: implicit by design
  WS_HD Arg(int n) : number(n), is_number(true) {}                  // NOLINT: implicit by design
  WS_HD Arg(uint32_t n) : number(n), is_number(true) {}             // NOLINT: implicit by design
};

struct Diagnostic {
  Kind kind;
  Severity severity;
  Loc loc;
  uint32_t length = 1;  // bytes to underline
  Arg args[3];
};

// Collects diagnostics of one program, at most kLimit; what comes later is only counted.
class Sink {
 public:
  static constexpr uint32_t kLimit = 64;

  WS_HD explicit Sink(Arena& arena) : list_(arena) {}

  WS_HD void Report(Kind kind, Loc loc, uint32_t length, Arg a = {}, Arg b = {}, Arg c = {});
  WS_HD bool has_errors() const { return errors_ > 0; }
  WS_HD uint32_t errors() const { return errors_; }
  WS_HD std::span<const Diagnostic> list() const { return list_.span(); }

 private:
  Vec<Diagnostic> list_;
  uint32_t errors_ = 0;
};

WS_HD Severity SeverityOf(Kind kind);

}  // namespace ws::diag

#endif  // WARPSMITH_DIAG_DIAG_H_
