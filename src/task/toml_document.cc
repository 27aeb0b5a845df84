#include "task/toml_document.h"

#include <algorithm>

#include "base/format.h"
#include "task/toml_scan.h"

namespace ws::task {
namespace {

// Parses; nothing where toml++ comes upon a state that it takes for impossible.
std::optional<toml::parse_result> Parse(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const TomlAssertion&) {
    return std::nullopt;
  }
}

// The byte at which parsing `text` comes upon such a state: the last one of the shortest prefix
// that has it.
size_t UnparsableAt(std::string_view text) {
  size_t good = 0;
  size_t bad = text.size();
  while (bad - good > 1) {
    const size_t middle = good + (bad - good) / 2;
    (Parse(text.substr(0, middle)) ? good : bad) = middle;
  }
  return good;
}

}  // namespace

TomlDocument::TomlDocument(std::string_view name, std::string_view text)
    : map_(memory_.arena()), sink_(memory_.arena()), text_(text) {
  map_.Add(name, text);
  if (const std::optional<StrayCharacter> stray = FindStray(text)) {
    sink_.Report(diag::Kind::kTaskSyntax, diag::Loc{static_cast<uint32_t>(stray->at) + 1},
                 static_cast<uint32_t>(stray->bytes),
                 Keep(Format("unexpected {}: only comments hold more than ASCII text, strings hold "
                             "it as \\u00e9",
                             stray->name)));
    return;
  }
  std::optional<toml::parse_result> result = Parse(text);
  if (!result) {
    const size_t at = UnparsableAt(text);
    sink_.Report(diag::Kind::kTaskSyntax, diag::Loc{static_cast<uint32_t>(at) + 1}, 1,
                 Keep(Format("unexpected `{}`", text.substr(at, 1))));
  } else if (*result) {
    root_ = std::move(*result).table();
  } else {
    Report(diag::Kind::kTaskSyntax, result->error().source(), result->error().description());
  }
}

std::string_view TomlDocument::Keep(std::string_view text) {
  if (text.empty()) return {};
  return CopyText(memory_.arena(), text.data(), text.size());
}

diag::Loc TomlDocument::LocOf(const toml::source_region& region, uint32_t* length) const {
  *length = 1;
  if (region.begin.line == 0) return diag::Loc{1};  // the document as a whole
  size_t at = 0;
  for (uint32_t line = 1; line < region.begin.line; ++line) {
    const size_t end = text_.find('\n', at);
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  at = std::min(at + region.begin.column - 1, text_.size());
  if (region.end.line == region.begin.line && region.end.column > region.begin.column) {
    *length = region.end.column - region.begin.column;
  }
  return diag::Loc{static_cast<uint32_t>(at) + 1};
}

void TomlDocument::Report(diag::Kind kind, const toml::source_region& region, std::string_view a,
                          std::string_view b, std::string_view c) {
  uint32_t length = 1;
  const diag::Loc loc = LocOf(region, &length);
  sink_.Report(kind, loc, length, Keep(a), Keep(b), Keep(c));
}

std::vector<diag::Rendered> TomlDocument::Rendered() const {
  std::vector<diag::Diagnostic> list(sink_.list().begin(), sink_.list().end());
  std::ranges::stable_sort(list, {}, [](const diag::Diagnostic& d) { return d.loc.offset; });
  return diag::Render(list, map_);
}

void TomlDocument::CheckKeys(const toml::table& table, std::string_view where,
                             std::span<const std::string_view> known) {
  for (const auto& [key, value] : table) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    const std::string_view nearest = Nearest(key.str(), known);
    const std::string hint = nearest.empty() ? Format("known keys: {}", Join(known, ", "))
                                             : Format("did you mean `{}`?", nearest);
    Report(diag::Kind::kTaskUnknownKey, key.source(), key.str(), where, hint);
  }
}

const toml::node* TomlDocument::Get(const toml::table& table, std::string_view key,
                                    std::string_view where, bool required, std::string_view hint) {
  const toml::node* node = table.get(key);
  if (node == nullptr && required) {
    Report(diag::Kind::kTaskMissing, table.source(), key, where, hint);
  }
  return node;
}

std::optional<std::string> TomlDocument::Text(const toml::table& table, std::string_view key,
                                              std::string_view where, bool required,
                                              std::string_view hint) {
  const toml::node* node = Get(table, key, where, required, hint);
  if (node == nullptr) return std::nullopt;
  if (const auto* text = node->as_string()) return text->get();
  Report(diag::Kind::kTaskWrongType, node->source(), key, "a text in quotes", hint);
  return std::nullopt;
}

const toml::table* TomlDocument::Table(const toml::table& table, std::string_view key,
                                       std::string_view where, bool required,
                                       std::string_view hint) {
  const toml::node* node = Get(table, key, where, required, hint);
  if (node == nullptr) return nullptr;
  if (const auto* result = node->as_table()) return result;
  Report(diag::Kind::kTaskWrongType, node->source(), key, "a table", hint);
  return nullptr;
}

const toml::array* TomlDocument::Array(const toml::table& table, std::string_view key,
                                       std::string_view where, bool required,
                                       std::string_view hint) {
  const toml::node* node = Get(table, key, where, required, hint);
  if (node == nullptr) return nullptr;
  if (const auto* result = node->as_array()) return result;
  Report(diag::Kind::kTaskWrongType, node->source(), key, "an array", hint);
  return nullptr;
}

}  // namespace ws::task
