#include "know/rows.h"

#include "base/format.h"

namespace ws::know {

std::string Placeholders(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += i == 0 ? "?" : ",?";
  return text;
}

void BindAttempt(Statement& s, const Attempt& a) {
  const bool certified = a.certificate != Certificate::kNone;
  s.Bind(a.sequence)
      .Bind(a.context.op_class)
      .Bind(a.context.dtype)
      .Bind(a.context.shape_bucket)
      .Bind(a.context.features)
      .Bind(a.context.target)
      .Bind(a.context.arch)
      .Bind(DumpJson(Json(a.state)))
      .Bind(a.bottleneck)
      .Bind(a.technique)
      .Bind(a.parameters)
      .Bind(a.proposer)
      .Bind(a.parent)
      .Bind(a.child)
      .Bind(a.plan)
      .Bind(a.diff)
      .Bind(a.before_low_us)
      .Bind(a.before_high_us)
      .Bind(a.result.outcome)
      .Bind(LogEffect(a))
      .Bind(int64_t{static_cast<int>(a.certificate)})
      .Bind(a.created)
      .Bind(a.version)
      .Bind(DumpJson(ToJson(a.result)))
      .Bind(certified ? DumpJson(ToJson(a.certification)) : std::string());
}

namespace {

Result<Attempt> ReadColumns(Statement& s) {
  Attempt a;
  a.sequence = static_cast<uint64_t>(s.Int());
  a.context.op_class = s.Text();
  a.context.dtype = s.Text();
  a.context.shape_bucket = s.Text();
  a.context.features = s.Text();
  a.context.target = s.Text();
  a.context.arch = s.Text();
  const std::string state = s.Text();
  a.bottleneck = s.Text();
  a.technique = s.Text();
  a.parameters = s.Text();
  a.proposer = s.Text();
  a.parent = s.Text();
  a.child = s.Text();
  a.plan = s.Text();
  a.diff = s.Text();
  a.before_low_us = s.Real();
  a.before_high_us = s.Real();
  s.Text();  // outcome and effect follow from the result
  s.Real();
  const int64_t certificate = s.Int();
  a.created = s.Int();
  a.version = s.Text();
  const std::string result = s.Text();
  const std::string certification = s.Text();

  TRY(const Json shares, ParseJson(state));
  if (!shares.is_array()) return Error{"a recorded state vector is no array"};
  for (const Json& share : shares) {
    if (!share.is_number()) return Error{"a recorded state vector holds something else"};
    a.state.push_back(share.get<double>());
  }
  TRY(a.result, AssessmentFromJson(result));
  if (certificate < 0 || certificate > 2) {
    return Error{Format("a recorded certificate is {}", certificate)};
  }
  a.certificate = static_cast<Certificate>(certificate);
  if (a.certificate != Certificate::kNone) {
    TRY(a.certification, AssessmentFromJson(certification));
  }
  return a;
}

}  // namespace

Result<Attempt> ReadAttempt(Statement& s) {
  Result<Attempt> attempt = ReadColumns(s);
  if (!attempt.ok()) return s.database().Damaged("an attempt: " + attempt.error().message);
  return attempt;
}

}  // namespace ws::know
