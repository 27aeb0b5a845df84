// task.toml (DESIGN §5): every mistake is reported with its position, many per run.
#include "task/read_task.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/format.h"
#include "task/element.h"
#include "task/init_spec.h"
#include "task/limits.h"
#include "task/scalar.h"
#include "task/size_expr.h"
#include "task/task.h"
#include "task/toml_document.h"

namespace ws::task {
namespace {

using diag::Kind;
using std::string_view;

constexpr string_view kTaskKeys[] = {"name", "entry", "precision", "approx",
                                     "arg",  "sizes", "reference", "baseline"};
constexpr string_view kArgKeys[] = {"name", "role", "dtype", "shape", "init", "ctype", "value"};
constexpr string_view kSizesKeys[] = {"test", "bench"};
constexpr string_view kSourceKeys[] = {"source"};
constexpr string_view kRoles[] = {"output", "input", "inout", "scalar"};
constexpr string_view kPrecisions[] = {"f64", "f32", "tf32", "bf16", "f16"};

bool IsIdentifier(string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool IsTaskName(string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

// Whether `word` stands in `text` as a word of its own followed by `(`.
bool MentionsFunction(string_view text, string_view word) {
  const auto is_word_char = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  for (size_t at = text.find(word); at != string_view::npos; at = text.find(word, at + 1)) {
    if (at > 0 && is_word_char(text[at - 1])) continue;
    size_t next = at + word.size();
    while (next < text.size() && std::isspace(static_cast<unsigned char>(text[next])) != 0) ++next;
    if (next < text.size() && text[next] == '(') return true;
  }
  return false;
}

// A value as a message names it.
std::string ValueText(const toml::node& node) {
  if (const auto* integer = node.as_integer()) return Format("{}", integer->get());
  if (const auto* real = node.as_floating_point()) return Format("{}", real->get());
  if (const auto* text = node.as_string()) return Format("the text \"{}\"", text->get());
  if (const auto* boolean = node.as_boolean()) return boolean->get() ? "true" : "false";
  return node.is_array() ? "an array" : node.is_table() ? "a table" : "a date or time";
}

std::optional<std::string> ReadFile(const std::string& path, uint64_t limit, std::string* why) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) {
    *why = std::filesystem::exists(path, code) ? "not a file" : "no such file";
    return std::nullopt;
  }
  const auto bytes = std::filesystem::file_size(path, code);
  if (code || bytes > limit) {
    *why = Format("larger than {} KiB", limit / 1024);
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) {
    *why = "reading failed";
    return std::nullopt;
  }
  return text.str();
}

class TaskReader {
 public:
  TaskReader(const std::string& path, string_view text) : doc_(path, text) {
    task_.directory = std::filesystem::path(path).parent_path().string();
    if (task_.directory.empty()) task_.directory = ".";
  }

  Result<Task> Read() {
    if (!doc_.has_errors()) {
      ReadHead();
      ReadSizes();
      ReadArgs();
      ReadSource("reference", "the program that says what is right", task_.reference_file,
                 task_.reference_text);
      ReadSource("baseline", "the program that speedups are measured against", task_.baseline_file,
                 task_.baseline_text);
      if (!doc_.has_errors()) CheckAmounts();
    }
    if (!doc_.has_errors()) return std::move(task_);
    std::string text = diag::ToText(doc_.Rendered());
    if (text.ends_with('\n')) text.pop_back();
    return Error{std::move(text)};
  }

 private:
  // A value out of a list of words.
  bool OneOf(const toml::table& table, string_view key, const std::string& value,
             std::span<const string_view> words) {
    if (std::ranges::find(words, value) != words.end()) return true;
    const string_view nearest = Nearest(value, words);
    doc_.Report(Kind::kTaskBadValue, table.get(key)->source(),
                Format("`{}` cannot be `{}`", key, value),
                nearest.empty() ? Format("one of {}", Join(words, ", "))
                                : Format("did you mean `{}`?", nearest));
    return false;
  }

  void ReadHead() {
    const toml::table& root = doc_.root();
    doc_.CheckKeys(root, "the task", kTaskKeys);
    if (const auto name = doc_.Text(root, "name", "the task", true)) {
      task_.name = *name;
      if (!IsTaskName(*name)) {
        doc_.Report(Kind::kTaskBadValue, root.get("name")->source(),
                    Format("`name` cannot be `{}`", *name),
                    "up to 64 letters, digits, _ and -: it becomes the name of a folder");
      }
    }
    if (const auto entry = doc_.Text(root, "entry", "the task", false)) {
      task_.entry = *entry;
      if (!IsIdentifier(*entry)) {
        doc_.Report(Kind::kTaskBadValue, root.get("entry")->source(),
                    Format("`entry` cannot be `{}`", *entry), "the name of a C++ function");
      }
    }
    if (const auto precision = doc_.Text(root, "precision", "the task", false)) {
      if (OneOf(root, "precision", *precision, kPrecisions)) task_.precision = *precision;
    }
    if (const toml::node* approx = doc_.Get(root, "approx", "the task", false)) {
      if (const auto* value = approx->as_boolean()) {
        task_.approx = value->get();
      } else {
        doc_.Report(Kind::kTaskWrongType, approx->source(), "approx", "true or false");
      }
    }
  }

  // One `{ rows = 1, cols = 2 }`; bench entries may have a weight.
  void ReadSize(const toml::node& node, string_view key, bool is_bench) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      doc_.Report(Kind::kTaskWrongType, node.source(), key, "an array of { name = value }");
      return;
    }
    BenchSize size;
    std::set<std::string, std::less<>> names;  // with or without a right value
    for (const auto& [name, value] : *table) {
      if (is_bench && name.str() == "weight") {
        const auto weight = value.value<double>();
        if (weight && *weight > 0 && *weight <= 1e9) {
          size.weight = *weight;
        } else {
          doc_.Report(Kind::kTaskWrongType, value.source(), "weight", "a positive number");
        }
        continue;
      }
      names.emplace(name.str());
      const auto* integer = value.as_integer();
      if (!IsIdentifier(name.str())) {
        doc_.Report(Kind::kTaskBadValue, name.source(),
                    Format("`{}` cannot name a size", name.str()), "letters, digits and _");
      } else if (integer == nullptr || integer->get() < 0) {
        doc_.Report(Kind::kTaskBadValue, value.source(),
                    Format("the size `{}` cannot be {}", name.str(), ValueText(value)),
                    "an integer of at least 0");
      } else {
        size.sizes[std::string(name.str())] = integer->get();
      }
    }
    if (!has_sizes_) {
      has_sizes_ = true;
      size_names_ = names;
    }
    for (const std::string& name : size_names_) {
      if (!names.contains(name)) {
        doc_.Report(Kind::kTaskMissing, table->source(), name, Format("this entry of `{}`", key),
                    "every entry of [sizes] gives the same names");
      }
    }
    for (const std::string& name : names) {
      if (!size_names_.contains(name)) {
        doc_.Report(Kind::kTaskMissing, table->source(), name, "the first entry of `test`",
                    "every entry of [sizes] gives the same names");
      }
    }
    if (is_bench) {
      task_.bench_sizes.push_back(std::move(size));
    } else {
      task_.test_sizes.push_back(std::move(size.sizes));
    }
  }

  void ReadSizes() {
    const toml::table* sizes =
        doc_.Table(doc_.root(), "sizes", "the task", true,
                   "[sizes] gives `test` and `bench`, each an array of { name = value }");
    if (sizes == nullptr) return;
    doc_.CheckKeys(*sizes, "[sizes]", kSizesKeys);
    for (const string_view key : kSizesKeys) {
      const toml::array* list = doc_.Array(*sizes, key, "[sizes]", true);
      if (list == nullptr) continue;
      if (list->empty()) {
        doc_.Report(Kind::kTaskBadValue, list->source(), Format("`{}` is empty", key),
                    "at least one entry { name = value }");
      }
      if (list->size() > kMaxSizes) {
        doc_.Report(Kind::kTaskTooLarge, list->source(), Format("the number of `{}` sizes", key),
                    Format("{}", kMaxSizes));
        continue;
      }
      for (const toml::node& node : *list) ReadSize(node, key, key == "bench");
    }
  }

  // Checks an expression that stands at `node`.
  bool CheckExpression(const toml::node& node, const std::string& text) {
    const auto names = NamesIn(text);
    if (!names.ok()) {
      doc_.Report(Kind::kTaskBadValue, node.source(), names.error().message,
                  "integers, size names, + - * / % ( ), ceil_div(a, b), min(a, b), max(a, b)");
      return false;
    }
    bool good = true;
    for (const std::string& name : names.value()) {
      if (size_names_.contains(name) || !has_sizes_) continue;
      const std::vector<string_view> known(size_names_.begin(), size_names_.end());
      const string_view nearest = Nearest(name, known);
      doc_.Report(Kind::kTaskUnknownSize, node.source(), text, name,
                  nearest.empty() ? Format("known sizes: {}", Join(known, ", "))
                                  : Format("did you mean `{}`?", nearest));
      good = false;
    }
    return good;
  }

  // An expression may be written as a text or as a number.
  std::optional<std::string> ExpressionText(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* integer = node.as_integer()) return Format("{}", integer->get());
    if (const auto* real = node.as_floating_point()) return Format("{}", real->get());
    if (const auto* boolean = node.as_boolean()) return std::string(boolean->get() ? "1" : "0");
    return std::nullopt;
  }

  void ReadShape(const toml::table& table, string_view where, Arg& arg) {
    const toml::array* shape = doc_.Array(table, "shape", where, true,
                                          "shape = [\"rows\", \"cols\"]: expressions over sizes");
    if (shape == nullptr) return;
    if (shape->size() > kMaxDimensions) {
      doc_.Report(Kind::kTaskTooLarge, shape->source(), "the number of dimensions",
                  Format("{}", kMaxDimensions));
      return;
    }
    for (const toml::node& node : *shape) {
      const auto text = node.is_floating_point() ? std::nullopt : ExpressionText(node);
      if (!text) {
        doc_.Report(Kind::kTaskWrongType, node.source(), "shape", "an array of expressions");
      } else if (CheckExpression(node, *text)) {
        arg.shape.push_back({*text});
      }
    }
  }

  void ReadInit(const toml::table& table, string_view where, Arg& arg) {
    const toml::node* node = table.get("init");
    if (arg.role == Role::kOutput) {
      if (node != nullptr) {
        doc_.Report(Kind::kTaskBadValue, node->source(), "an output has no `init`",
                    "outputs start poisoned; role = \"inout\" starts with values");
      }
      return;
    }
    if (node == nullptr) {
      if (!IsFloat(arg.dtype)) {
        doc_.Report(Kind::kTaskMissing, table.source(), "init", where,
                    "which integers are legal? init = \"integers(0, n)\": 0 to n - 1");
      }
      return;
    }
    const auto text = doc_.Text(table, "init", where, true);
    if (!text) return;
    auto init = ParseInit(*text, arg.dtype);
    if (!init.ok()) {
      doc_.Report(Kind::kTaskBadValue, node->source(), init.error().message,
                  "normal, uniform(a, b), integers(a, b), ones, permutation, sorted(a, b), "
                  "csr(nonzeros), file(path)");
      return;
    }
    arg.init = std::move(init).value();
    if (arg.init.kind == InitKind::kFile) {
      const std::string path = (std::filesystem::path(task_.directory) / arg.init.args[0]).string();
      std::error_code code;
      if (!std::filesystem::is_regular_file(path, code)) {
        doc_.Report(Kind::kTaskFile, node->source(), arg.init.args[0], "no such file");
      }
      arg.init.args[0] = path;
      return;
    }
    for (const std::string& expression : arg.init.args) CheckExpression(*node, expression);
  }

  void ReadScalar(const toml::table& table, string_view where, Arg& arg) {
    for (const string_view key : {"dtype", "shape", "init"}) {
      if (const toml::node* node = table.get(key)) {
        doc_.Report(Kind::kTaskBadValue, node->source(), Format("a scalar has no `{}`", key),
                    "scalars have `ctype` and, unless they are named like a size, `value`");
      }
    }
    if (const auto ctype = doc_.Text(table, "ctype", where, true, "ctype = \"int\"")) {
      arg.ctype = *ctype;
      if (!ScalarTypeNamed(*ctype)) {
        doc_.Report(Kind::kTaskBadValue, table.get("ctype")->source(),
                    Format("`ctype` cannot be `{}`", *ctype),
                    Format("one of {}", Join(ScalarTypeNames(), ", ")));
      }
    }
    const toml::node* value = table.get("value");
    if (value == nullptr) {
      if (has_sizes_ && !arg.name.empty() && !size_names_.contains(arg.name)) {
        doc_.Report(Kind::kTaskMissing, table.source(), "value", where,
                    Format("no size is named `{}`, so the scalar needs a value", arg.name));
      }
      return;
    }
    const auto text = ExpressionText(*value);
    if (!text) {
      doc_.Report(Kind::kTaskWrongType, value->source(), "value", "a number or an expression");
    } else if (CheckExpression(*value, *text)) {
      arg.value = *text;
    }
  }

  void ReadArg(const toml::node& node, size_t index) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      doc_.Report(Kind::kTaskWrongType, node.source(), "arg", "an array of tables: [[arg]]");
      return;
    }
    Arg arg;
    std::string where = Format("argument {}", index + 1);
    if (const auto name = doc_.Text(*table, "name", where, true)) {
      arg.name = *name;
      where = Format("argument `{}`", *name);
      if (!IsIdentifier(*name)) {
        doc_.Report(Kind::kTaskBadValue, table->get("name")->source(),
                    Format("`{}` cannot name an argument", *name), "letters, digits and _");
      }
      if (!arg_names_.insert(*name).second) {
        doc_.Report(Kind::kTaskBadValue, table->get("name")->source(),
                    Format("two arguments are named `{}`", *name));
      }
    }
    doc_.CheckKeys(*table, where, kArgKeys);
    const auto role = doc_.Text(*table, "role", where, true, "output, input, inout or scalar");
    if (!role || !OneOf(*table, "role", *role, kRoles)) return;
    arg.role = static_cast<Role>(std::ranges::find(kRoles, *role) - std::begin(kRoles));
    if (arg.role == Role::kScalar) {
      ReadScalar(*table, where, arg);
    } else {
      for (const string_view key : {"ctype", "value"}) {
        if (const toml::node* extra = table->get(key)) {
          doc_.Report(Kind::kTaskBadValue, extra->source(), Format("an array has no `{}`", key),
                      "arrays have `dtype`, `shape` and, unless they are outputs, `init`");
        }
      }
      const auto dtype = doc_.Text(*table, "dtype", where, true, "dtype = \"f32\"");
      if (dtype) {
        const auto known = DTypeNamed(*dtype);
        if (known) {
          arg.dtype = *known;
        } else {
          doc_.Report(Kind::kTaskBadValue, table->get("dtype")->source(),
                      Format("`dtype` cannot be `{}`", *dtype),
                      "one of f16, bf16, f32, f64, i8, u8, i16, i32, u32, i64, bool");
        }
      }
      ReadShape(*table, where, arg);
      if (dtype && DTypeNamed(*dtype)) ReadInit(*table, where, arg);
    }
    task_.args.push_back(std::move(arg));
  }

  void ReadArgs() {
    const toml::array* args =
        doc_.Array(doc_.root(), "arg", "the task", true, "one [[arg]] per argument, in order");
    if (args == nullptr) return;
    if (args->size() > kMaxArgs) {
      doc_.Report(Kind::kTaskTooLarge, args->source(), "the number of arguments",
                  Format("{}", kMaxArgs));
      return;
    }
    for (size_t i = 0; i < args->size(); ++i) ReadArg(*args->get(i), i);
    const bool has_output = std::ranges::any_of(task_.args, [](const Arg& arg) {
      return arg.role == Role::kOutput || arg.role == Role::kInOut;
    });
    if (!has_output && !doc_.has_errors()) {
      doc_.Report(Kind::kTaskBadValue,
                  args->get(0) != nullptr ? args->get(0)->source() : args->source(),
                  "no argument is an output", "role = \"output\" or \"inout\"");
    }
  }

  void ReadSource(string_view key, string_view what, std::string& file, std::string& text) {
    const toml::table* table = doc_.Table(doc_.root(), key, "the task", true,
                                          Format("[{}] names {}: source = \"{}.cu\"", key, what,
                                                 key == "baseline" ? "naive" : "reference"));
    if (table == nullptr) return;
    const std::string where = Format("[{}]", key);
    doc_.CheckKeys(*table, where, kSourceKeys);
    const auto source = doc_.Text(*table, "source", where, true, "the name of a .cu file");
    if (!source) return;
    const toml::source_region& region = table->get("source")->source();
    file = (std::filesystem::path(task_.directory) / *source).lexically_normal().string();
    std::string why;
    auto content = ReadFile(file, kMaxSourceBytes, &why);
    if (!content) {
      doc_.Report(Kind::kTaskFile, region, *source, why);
      return;
    }
    text = std::move(*content);
    if (!MentionsFunction(text, task_.entry)) {
      doc_.Report(Kind::kTaskNoEntry, region, *source, task_.entry);
    }
  }

  // Evaluates everything at every size: values that are no sizes of arrays, and totals.
  void CheckAmounts() {
    for (const Sizes& sizes : task_.test_sizes) CheckAmount(sizes, "test", kMaxTestBytes);
    for (const BenchSize& size : task_.bench_sizes) {
      CheckAmount(size.sizes, "bench", kMaxBenchBytes);
    }
  }

  void CheckAmount(const Sizes& sizes, string_view key, uint64_t limit) {
    const toml::source_region region = doc_.root()["sizes"][key].node()->source();
    uint64_t total = 0;
    for (size_t i = 0; i < task_.args.size() && !doc_.has_errors(); ++i) {
      const Arg& arg = task_.args[i];
      if (arg.role == Role::kScalar) {
        const auto bits = ScalarBits(task_, i, sizes);
        if (!bits.ok()) doc_.Report(Kind::kTaskBadValue, region, bits.error().message);
        continue;
      }
      const auto bytes = BytesOfArray(arg, sizes);
      if (!bytes.ok()) {
        doc_.Report(Kind::kTaskBadValue, region, bytes.error().message);
      } else if (const Status init = CheckInit(arg, sizes); !init.ok()) {
        const toml::node* node = doc_.root()["arg"][i]["init"].node();
        doc_.Report(Kind::kTaskBadValue, node != nullptr ? node->source() : region,
                    init.error().message);
      } else if ((total += bytes.value()) > limit) {
        doc_.Report(Kind::kTaskTooLarge, region,
                    Format("the data of the `{}` size {}", key, ToText(sizes)),
                    Format("{} MiB", limit >> 20), "smaller sizes show the same mistakes");
      }
    }
  }

  TomlDocument doc_;
  Task task_;
  std::set<std::string, std::less<>> size_names_, arg_names_;
  bool has_sizes_ = false;
};

}  // namespace

std::string ToText(const Sizes& sizes) {
  std::string text;
  for (const auto& [name, value] : sizes) {
    AppendFormat(text, "{}{}={}", text.empty() ? "" : " ", name, value);
  }
  return text;
}

Result<uint64_t> BytesOfArray(const Arg& arg, const Sizes& sizes) {
  uint64_t bytes = BytesOf(arg.dtype);
  for (const SizeExpr& dimension : arg.shape) {
    const auto value = Evaluate(dimension, sizes);
    if (!value.ok()) {
      return Error{
          Format("shape of `{}` at {}: {}", arg.name, ToText(sizes), value.error().message)};
    }
    const int64_t extent = value.value();
    if (extent < 0 || extent > kMaxExtent) {
      return Error{Format("shape of `{}` at {}: `{}` is {}", arg.name, ToText(sizes),
                          dimension.text, extent)};
    }
    if (__builtin_mul_overflow(bytes, static_cast<uint64_t>(extent), &bytes) ||
        bytes > kMaxBenchBytes) {
      return Error{Format("`{}` at {} is larger than {} MiB", arg.name, ToText(sizes),
                          kMaxBenchBytes >> 20)};
    }
  }
  return bytes;
}

Result<Task> ReadTask(const std::string& file_or_folder) {
  std::error_code code;
  const bool is_folder = std::filesystem::is_directory(file_or_folder, code);
  const std::string path =
      is_folder ? (std::filesystem::path(file_or_folder) / "task.toml").string() : file_or_folder;
  std::string why;
  const auto text = ReadFile(path, kMaxTaskBytes, &why);
  if (!text) return Error{Format("cannot read the task `{}`: {}", path, why)};
  return ReadTaskText(path, *text);
}

Result<Task> ReadTaskText(const std::string& path, std::string_view text) {
  return TaskReader(path, text).Read();
}

}  // namespace ws::task
