#include "know/attempt.h"

#include <cmath>

#include "base/format.h"
#include "base/hash.h"

namespace ws::know {
namespace {

// Reads fields of a JSON object and remembers the first that does not fit.
class Reader {
 public:
  explicit Reader(const Json& object) : object_(object) {}

  void Read(const char* key, std::string& value) {
    if (const Json* field = Find(key, &Json::is_string)) value = field->get<std::string>();
  }
  void Read(const char* key, double& value) {
    if (const Json* field = Find(key, &Json::is_number)) value = field->get<double>();
  }
  void Read(const char* key, uint64_t& value) {
    if (const Json* field = Find(key, &Json::is_number)) value = field->get<uint64_t>();
  }
  void Read(const char* key, bool& value) {
    if (const Json* field = Find(key, &Json::is_boolean)) value = field->get<bool>();
  }
  void Read(const char* key, std::vector<std::string>& values) {
    for (const Json& item : Items(key)) {
      if (Check(item.is_string(), key)) values.push_back(item.get<std::string>());
    }
  }
  void Read(const char* key, std::vector<double>& values) {
    for (const Json& item : Items(key)) {
      if (Check(item.is_number(), key)) values.push_back(item.get<double>());
    }
  }
  const Json& Items(const char* key) {
    static const Json empty = Json::array();
    const Json* field = Find(key, &Json::is_array);
    return field == nullptr ? empty : *field;
  }
  bool Check(bool fits, const std::string& key) {
    if (!fits && bad_.empty()) bad_ = key;
    return fits;
  }
  const std::string& bad() const { return bad_; }

 private:
  const Json* Find(const char* key, bool (Json::*is)() const noexcept) {
    const bool there = object_.is_object() && object_.contains(key);
    if (!Check(there && (object_[key].*is)(), key)) return nullptr;
    return &object_[key];
  }

  const Json& object_;
  std::string bad_;
};

}  // namespace

std::string AttemptId(const Attempt& a) {
  uint64_t low = 1, high = 2;
  for (const std::string* text :
       {&a.context.op_class, &a.context.dtype, &a.context.shape_bucket, &a.context.features,
        &a.context.target, &a.context.arch, &a.technique, &a.parameters, &a.proposer, &a.parent,
        &a.child, &a.version}) {
    low = HashCombine(low, HashText(*text, 1));
    high = HashCombine(high, HashText(*text, 2));
  }
  return Format("{:016x}{:016x}", high, low);
}

double LogEffect(const Attempt& a) {
  const Assessment& after = a.result;
  if (!after.timed || a.before_low_us <= 0 || a.before_high_us <= 0) return 0;
  if (after.low_us <= 0 || after.high_us <= 0) return 0;
  return 0.5 *
         (std::log(a.before_low_us / after.low_us) + std::log(a.before_high_us / after.high_us));
}

Json ToJson(const Assessment& a) {
  Json evidence = Json::array();
  for (const RungEvidence& e : a.evidence) {
    evidence.push_back({{"rung", e.rung},
                        {"summary", e.summary},
                        {"runs", e.runs},
                        {"n", e.n},
                        {"epsilon", e.epsilon},
                        {"delta", e.delta},
                        {"k", e.k},
                        {"sizes", e.sizes},
                        {"worst_error_ratio", e.worst_error_ratio}});
  }
  Json metrics = Json::array();
  for (const Metric& m : a.metrics) {
    metrics.push_back({{"name", m.name}, {"unit", m.unit}, {"value", m.value}});
  }
  return {{"outcome", a.outcome},
          {"rung", a.rung},
          {"failed_rung", a.failed_rung},
          {"reason", a.reason},
          {"details", a.details},
          {"evidence", std::move(evidence)},
          {"timed", a.timed},
          {"low_us", a.low_us},
          {"high_us", a.high_us},
          {"roofline_us", a.roofline_us},
          {"speedup_low", a.speedup_low},
          {"speedup_high", a.speedup_high},
          {"basis", a.basis},
          {"bottleneck", a.bottleneck},
          {"state", a.state},
          {"gradient", a.gradient},
          {"metrics", std::move(metrics)},
          {"cost_ms", a.cost_ms}};
}

Result<Assessment> AssessmentFromJson(std::string_view text) {
  TRY(const Json json, ParseJson(text));
  Assessment a;
  Reader reader(json);
  reader.Read("outcome", a.outcome);
  reader.Read("rung", a.rung);
  reader.Read("failed_rung", a.failed_rung);
  reader.Read("reason", a.reason);
  reader.Read("details", a.details);
  for (const Json& item : reader.Items("evidence")) {
    RungEvidence e;
    Reader fields(item);
    fields.Read("rung", e.rung);
    fields.Read("summary", e.summary);
    fields.Read("runs", e.runs);
    fields.Read("n", e.n);
    fields.Read("epsilon", e.epsilon);
    fields.Read("delta", e.delta);
    fields.Read("k", e.k);
    fields.Read("sizes", e.sizes);
    fields.Read("worst_error_ratio", e.worst_error_ratio);
    reader.Check(fields.bad().empty(), "evidence." + fields.bad());
    a.evidence.push_back(std::move(e));
  }
  reader.Read("timed", a.timed);
  reader.Read("low_us", a.low_us);
  reader.Read("high_us", a.high_us);
  reader.Read("roofline_us", a.roofline_us);
  reader.Read("speedup_low", a.speedup_low);
  reader.Read("speedup_high", a.speedup_high);
  reader.Read("basis", a.basis);
  reader.Read("bottleneck", a.bottleneck);
  reader.Read("state", a.state);
  reader.Read("gradient", a.gradient);
  for (const Json& item : reader.Items("metrics")) {
    Metric m;
    Reader fields(item);
    fields.Read("name", m.name);
    fields.Read("unit", m.unit);
    fields.Read("value", m.value);
    reader.Check(fields.bad().empty(), "metrics." + fields.bad());
    a.metrics.push_back(std::move(m));
  }
  reader.Read("cost_ms", a.cost_ms);
  if (!reader.bad().empty()) return Error{"a recorded assessment lacks `" + reader.bad() + "`"};
  return a;
}

}  // namespace ws::know
