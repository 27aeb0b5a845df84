#include "report/chart.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "report/html.h"

namespace ws::report {
namespace {

constexpr double kWidth = 860, kHeight = 300;
constexpr double kLeft = 56, kRight = 16, kTop = 16, kBottom = 44;
constexpr double kFloor = 14;  // a strip below the axis for what was not accepted

// From data to the picture.
struct Scale {
  double last = 1;           // sequence at the right edge
  double low = 1, high = 1;  // speedups at the edges

  double X(double sequence) const { return kLeft + sequence / last * (kWidth - kLeft - kRight); }
  double Y(double speedup) const {
    const double share = std::log(speedup / low) / std::log(high / low);
    return kHeight - kBottom - std::clamp(share, 0.0, 1.0) * (kHeight - kTop - kBottom);
  }
};

Scale ScaleOf(const Run& run, double bound) {
  Scale scale;
  scale.low = 0.5;
  scale.high = 2;
  for (const know::Attempt& a : run.attempts) {
    scale.last = std::max(scale.last, static_cast<double>(a.sequence));
    if (a.stands() && a.result.timed) scale.high = std::max(scale.high, a.result.speedup_low * 1.3);
  }
  if (bound > 0 && bound < scale.high * 4) scale.high = std::max(scale.high, bound * 1.1);
  return scale;
}

std::string Grid(const Scale& scale) {
  std::string out;
  for (double decade = 0.1; decade < scale.high; decade *= 10) {
    for (const double step : {1.0, 2.0, 5.0}) {
      const double value = decade * step;
      if (value < scale.low || value > scale.high) continue;
      AppendFormat(
          out,
          "<line class=\"grid\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>"
          "<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{:g}×</text>\n",
          kLeft, scale.Y(value), kWidth - kRight, scale.Y(value), kLeft - 6, scale.Y(value) + 4,
          value);
    }
  }
  double step = std::pow(10, std::floor(std::log10(std::max(scale.last, 10.0) / 4)));
  while (scale.last / step > 8) step *= 2;
  for (double x = 0; x <= scale.last; x += step) {
    AppendFormat(
        out, "<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:g}</text>\n",
        scale.X(x), kHeight - kBottom + kFloor + 16, x);
  }
  return out;
}

std::string Mark(const Run& run, const know::Attempt& a, const Scale& scale) {
  const std::string label =
      Format("{}: {} {}", a.sequence, a.technique,
             a.stands() && a.result.timed ? Number(a.result.speedup_low) + "×" : a.result.outcome);
  const double x = scale.X(static_cast<double>(a.sequence));
  if (!a.stands() || !a.result.timed) {
    const double y = kHeight - kBottom + kFloor - 4;
    return Format(
        "<path class=\"refused\" d=\"M{0:.1f} {2:.1f}L{1:.1f} {3:.1f}M{0:.1f} {3:.1f}"
        "L{1:.1f} {2:.1f}\"><title>{4}</title></path>\n",
        x - 2.5, x + 2.5, y - 2.5, y + 2.5, Escape(label));
  }
  const bool best = a.sequence == run.best;
  return Format(
      "<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"><title>{}</title>"
      "</circle>\n",
      best ? "best" : "accepted", x, scale.Y(a.result.speedup_low), best ? 5 : 3, Escape(label));
}

}  // namespace

std::string SpeedupChart(const Run& run) {
  if (run.attempts.empty()) return "";
  const know::Assessment& baseline = run.attempts.front().result;
  const double bound = baseline.roofline_us > 0 ? baseline.low_us / baseline.roofline_us : 0;
  const Scale scale = ScaleOf(run, bound);
  std::string out = Format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Modelled speedup over candidates\">\n",
      kWidth, kHeight);
  out += Grid(scale);
  if (bound > scale.low && bound <= scale.high) {
    AppendFormat(
        out,
        "<line class=\"bound\" x1=\"{0:.1f}\" y1=\"{2:.1f}\" x2=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
        "<text class=\"tick\" x=\"{1:.1f}\" y=\"{3:.1f}\" text-anchor=\"end\">roofline "
        "bound {4}×</text>\n",
        kLeft, kWidth - kRight, scale.Y(bound), scale.Y(bound) - 4, Number(bound));
  }
  double best = 0;
  std::string path;
  for (const know::Attempt& a : run.attempts) {
    if (a.certificate == know::Certificate::kFailed || !a.stands() || !a.result.timed) continue;
    if (a.result.speedup_low <= best) continue;
    const double x = scale.X(static_cast<double>(a.sequence));
    const double y = scale.Y(a.result.speedup_low);
    path += path.empty() ? Format("M{:.1f} {:.1f}", x, y) : Format("H{:.1f}V{:.1f}", x, y);
    best = a.result.speedup_low;
  }
  AppendFormat(out, "<path class=\"record\" d=\"{}H{:.1f}\"/>\n", path, kWidth - kRight);
  for (const know::Attempt& a : run.attempts) out += Mark(run, a, scale);
  AppendFormat(out,
               "<text class=\"tick\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">candidate"
               "</text>\n</svg>\n",
               (kLeft + kWidth - kRight) / 2, kHeight - 4);
  out +=
      "<p class=\"dim\">Low end of the modelled speedup over the baseline, logarithmic. "
      "<span class=\"key accepted\"></span> accepted <span class=\"key best\"></span> best "
      "<span class=\"key record\"></span> best so far <span class=\"key bound\"></span> no version "
      "is faster <span class=\"rejected-text\">×</span> refused</p>\n";
  return out;
}

}  // namespace ws::report
