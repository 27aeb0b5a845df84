// A TOML document with positions: toml++ behind what the task reader needs. Throws nothing.
// The only header that includes toml++.
#ifndef WARPSMITH_TASK_TOML_DOCUMENT_H_
#define WARPSMITH_TASK_TOML_DOCUMENT_H_

#ifndef TOML_EXCEPTIONS
#define TOML_EXCEPTIONS 0
#endif
namespace ws::task {
// What toml++ takes for impossible is possible in a hostile text: it must not end the process.
struct TomlAssertion {};
[[noreturn]] inline void FailTomlAssertion() { throw TomlAssertion(); }
}  // namespace ws::task
// NDEBUG would turn the checks into assumptions.
#ifdef NDEBUG
#error "toml++ is compiled with its assertions"
#endif
#define TOML_ASSERT(condition) \
  (static_cast<bool>(condition) ? static_cast<void>(0) : ::ws::task::FailTomlAssertion())
#include <toml++/toml.h>

#include <string>
#include <string_view>

#include "base/arena_memory.h"
#include "base/nearest.h"
#include "diag/diag.h"
#include "diag/render.h"

namespace ws::task {

// The text of one file, its table, and the mistakes found in it.
class TomlDocument {
 public:
  // Parses; a syntax error goes to the sink and leaves an empty table. Texts must outlive this.
  TomlDocument(std::string_view name, std::string_view text);

  const toml::table& root() const { return root_; }
  bool has_errors() const { return sink_.has_errors(); }

  // Reports at a region of the document; arguments are copied.
  void Report(diag::Kind kind, const toml::source_region& region, std::string_view a = {},
              std::string_view b = {}, std::string_view c = {});
  // All mistakes, in the order of their positions.
  std::vector<diag::Rendered> Rendered() const;

  // Reports every key of `table` that is not in `known`, with the nearest known key as a hint.
  void CheckKeys(const toml::table& table, std::string_view where,
                 std::span<const std::string_view> known);

  // The value of `key`, or null after reporting that it is missing (`required`) or of another type
  // (`kind` names the type: "a text", ...).
  const toml::node* Get(const toml::table& table, std::string_view key, std::string_view where,
                        bool required, std::string_view hint = {});
  // Typed forms; nothing if absent or reported.
  std::optional<std::string> Text(const toml::table& table, std::string_view key,
                                  std::string_view where, bool required,
                                  std::string_view hint = {});
  const toml::table* Table(const toml::table& table, std::string_view key, std::string_view where,
                           bool required, std::string_view hint = {});
  const toml::array* Array(const toml::table& table, std::string_view key, std::string_view where,
                           bool required, std::string_view hint = {});

  // Copies a text so that a diagnostic may point to it.
  std::string_view Keep(std::string_view text);

 private:
  diag::Loc LocOf(const toml::source_region& region, uint32_t* length) const;

  ArenaMemory memory_{size_t{4} << 20};
  diag::SourceMap map_;
  diag::Sink sink_;
  std::string_view text_;
  toml::table root_;
};

}  // namespace ws::task

#endif  // WARPSMITH_TASK_TOML_DOCUMENT_H_
