// device-clean
#include "diag/diag.h"

namespace ws::diag {

WS_HD Severity SeverityOf(Kind kind) {
  constexpr Severity kSeverities[] = {
#define DIAG(name, severity, message, hint) Severity::severity,
#include "diag/diagnostics.def"
#undef DIAG
  };
  return kSeverities[static_cast<uint16_t>(kind)];
}

WS_HD void Sink::Report(Kind kind, Loc loc, uint32_t length, Arg a, Arg b, Arg c) {
  const Severity severity = SeverityOf(kind);
  if (severity == Severity::Error) ++errors_;
  if (list_.size() >= kLimit) return;
  if (list_.size() + 1 == kLimit) {
    kind = Kind::kTooManyErrors;
    a = b = c = Arg();
  }
  // The same message at the same place twice says nothing new.
  for (const Diagnostic& d : list_) {
    if (d.kind == kind && d.loc == loc) return;
  }
  list_.push_back({kind, severity, loc, length == 0 ? 1 : length, {a, b, c}});
}

}  // namespace ws::diag
