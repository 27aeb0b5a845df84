// Diagnostics as text for people and as JSON for programs. Host only.
#ifndef WARPSMITH_DIAG_RENDER_H_
#define WARPSMITH_DIAG_RENDER_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diag.h"

namespace ws::diag {

// A diagnostic made to outlive its program.
struct Rendered {
  Severity severity;
  std::string id;       // kebab-case name of the kind
  std::string message;  // arguments filled in
  std::string hint;     // may be empty
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t length = 1;
  std::string line_text;
};

std::vector<Rendered> Render(std::span<const Diagnostic> list, const SourceMap& map);

// `file:line:column: error: message [id]`, the source line, a caret line, `hint: ...`.
std::string ToText(std::span<const Rendered> list);
// A JSON array of objects with the fields of Rendered.
std::string ToJson(std::span<const Rendered> list);

// "UnknownName" -> "unknown-name".
std::string KebabCase(std::string_view camel);

}  // namespace ws::diag

#endif  // WARPSMITH_DIAG_RENDER_H_
