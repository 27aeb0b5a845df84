#include "know/portable.h"

#include "base/format.h"
#include "base/json.h"

namespace ws::know {
namespace {

// One row per field of text: its key and where it is kept.
struct TextField {
  const char* key;
  std::string& (*of)(Attempt&);
};
constexpr TextField kTextFields[] = {
    {"op_class", [](Attempt& a) -> std::string& { return a.context.op_class; }},
    {"dtype", [](Attempt& a) -> std::string& { return a.context.dtype; }},
    {"shape_bucket", [](Attempt& a) -> std::string& { return a.context.shape_bucket; }},
    {"features", [](Attempt& a) -> std::string& { return a.context.features; }},
    {"target", [](Attempt& a) -> std::string& { return a.context.target; }},
    {"arch", [](Attempt& a) -> std::string& { return a.context.arch; }},
    {"bottleneck", [](Attempt& a) -> std::string& { return a.bottleneck; }},
    {"technique", [](Attempt& a) -> std::string& { return a.technique; }},
    {"parameters", [](Attempt& a) -> std::string& { return a.parameters; }},
    {"proposer", [](Attempt& a) -> std::string& { return a.proposer; }},
    {"parent", [](Attempt& a) -> std::string& { return a.parent; }},
    {"child", [](Attempt& a) -> std::string& { return a.child; }},
    {"plan", [](Attempt& a) -> std::string& { return a.plan; }},
    {"diff", [](Attempt& a) -> std::string& { return a.diff; }},
    {"version", [](Attempt& a) -> std::string& { return a.version; }},
};

Error Bad(const char* key) { return Error{Format("`{}` is missing or of another kind", key)}; }

Result<double> NumberAt(const Json& object, const char* key) {
  if (!object.contains(key) || !object[key].is_number()) return Bad(key);
  return object[key].get<double>();
}

Result<uint64_t> WholeAt(const Json& object, const char* key) {
  if (!object.contains(key) || !object[key].is_number_unsigned()) return Bad(key);
  return object[key].get<uint64_t>();
}

Result<Assessment> AssessmentAt(const Json& object, const char* key) {
  if (!object.contains(key) || !object[key].is_object()) return Bad(key);
  return AssessmentFromJson(DumpJson(object[key]));
}

}  // namespace

std::string ToLine(const Attempt& attempt) {
  Attempt a = attempt;  // the table hands out references
  Json object = {{"sequence", a.sequence}};
  for (const TextField& field : kTextFields) object[field.key] = field.of(a);
  object["state"] = a.state;
  object["before_low_us"] = a.before_low_us;
  object["before_high_us"] = a.before_high_us;
  object["created"] = a.created < 0 ? 0 : a.created;
  object["result"] = ToJson(a.result);
  object["certificate"] = static_cast<unsigned>(a.certificate);
  if (a.certificate != Certificate::kNone) object["certification"] = ToJson(a.certification);
  return DumpJson(object);
}

Result<Attempt> FromLine(std::string_view line) {
  const Result<Json> parsed = ParseJson(line);
  if (!parsed.ok() || !parsed.value().is_object()) return Error{"this is no JSON object"};
  const Json& object = parsed.value();
  Attempt a;
  TRY(a.sequence, WholeAt(object, "sequence"));
  for (const TextField& field : kTextFields) {
    if (!object.contains(field.key) || !object[field.key].is_string()) return Bad(field.key);
    field.of(a) = object[field.key].get<std::string>();
  }
  if (!object.contains("state") || !object["state"].is_array()) return Bad("state");
  for (const Json& share : object["state"]) {
    if (!share.is_number()) return Bad("state");
    a.state.push_back(share.get<double>());
  }
  TRY(a.before_low_us, NumberAt(object, "before_low_us"));
  TRY(a.before_high_us, NumberAt(object, "before_high_us"));
  TRY(const uint64_t created, WholeAt(object, "created"));
  a.created = static_cast<int64_t>(created);
  TRY(a.result, AssessmentAt(object, "result"));
  TRY(const uint64_t certificate, WholeAt(object, "certificate"));
  if (certificate > static_cast<uint64_t>(Certificate::kFailed)) return Bad("certificate");
  a.certificate = static_cast<Certificate>(certificate);
  if (a.certificate != Certificate::kNone) {
    TRY(a.certification, AssessmentAt(object, "certification"));
  }
  return a;
}

Result<std::vector<Attempt>> FromLines(std::string_view text) {
  std::vector<Attempt> attempts;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    Result<Attempt> attempt = FromLine(line);
    if (!attempt.ok()) return Error{Format("line {}: {}", number, attempt.error().message)};
    attempts.push_back(std::move(attempt).value());
  }
  return attempts;
}

}  // namespace ws::know
