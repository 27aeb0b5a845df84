#include "report/report.h"

#include "report/html.h"
#include "report/steps.h"
#include "tests/test.h"

namespace ws::report {
namespace {

know::Attempt At(uint64_t sequence, const char* technique, const char* outcome, double us) {
  know::Attempt a;
  a.sequence = sequence;
  a.technique = technique;
  a.parameters = "threads=256";
  a.child = "c" + std::to_string(sequence);
  a.parent = sequence == 0 ? "" : "c0";
  a.result.outcome = outcome;
  a.result.timed = us > 0;
  a.result.low_us = us;
  a.result.high_us = 2 * us;
  a.result.roofline_us = 3;
  a.result.speedup_low = a.result.speedup_high = us > 0 ? 100 / us : 0;
  a.result.basis = "modelled-uncalibrated";
  a.result.bottleneck = "dram";
  a.result.metrics = {{"dram__bytes_read.sum", "bytes", us * 1000}};
  a.result.evidence = {{"tested", "screened", 12, 0, 0, 0, 1, {"rows=3"}, 0.25}};
  return a;
}

Run SmallRun() {
  Run run;
  run.title = "softmax";
  run.command = "warpsmith optimize t --seed 1";
  run.end = "The budget was spent.";
  run.parameters = {{"seed", "1"}};
  run.attempts = {At(0, "baseline", "accepted", 100), At(2, "vectorise", "rejected", 0),
                  At(3, "block_shape", "accepted", 20)};
  run.attempts[1].result.reason = "<script>alert(1)</script>";
  run.attempts[2].certificate = know::Certificate::kPassed;
  run.attempts[2].certification = run.attempts[2].result;
  run.best = 3;
  run.baseline_source = "a\nb<c>\n";
  run.best_source = "a\nd</table>\n";
  return run;
}

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(Report, SaysWhatARunDependsOn) {
  report::Run run = SmallRun();
  EXPECT_EQ(RenderHtml(run).find("3 lessons"), std::string::npos);
  run.command_note = "It began with 3 lessons.";
  EXPECT_NE(RenderHtml(run).find("seed 1</pre>\n<p>It began with 3 lessons.</p>"),
            std::string::npos);
}

TEST(Report, EscapesMarkupControlsAndBadBytes) {
  EXPECT_EQ(Escape("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(Escape("tab\there\x01"), "tab\there\xef\xbf\xbd");
  EXPECT_EQ(Escape("\xff\xc3\xa9\xe2\x82"), "\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(Escape("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");  // a surrogate
}

TEST(Report, NumbersReadWell) {
  EXPECT_EQ(Number(0), "0");
  EXPECT_EQ(Number(3.14159), "3.14");
  EXPECT_EQ(Number(31.4159), "31.4");
  EXPECT_EQ(Number(1234567), "1,234,567");
  EXPECT_EQ(Number(-1234), "-1,234");
  EXPECT_EQ(Number(123), "123");
}

TEST(Report, HostileTextStaysText) {
  const std::string html = RenderHtml(SmallRun());
  EXPECT_EQ(Count(html, "<script>"), 1u);  // ours
  EXPECT_EQ(html.find("alert(1)</script>"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)"), std::string::npos);
  EXPECT_NE(html.find("d&lt;/table&gt;"), std::string::npos);
}

TEST(Report, ElementsAreClosed) {
  const std::string html = RenderHtml(SmallRun());
  for (const char* element :
       {"table", "div", "svg", "tr", "td", "p", "ol", "li", "h2", "span", "details", "pre"}) {
    const std::string name = element;
    EXPECT_EQ(Count(html, "<" + name + ">") + Count(html, "<" + name + " "),
              Count(html, "</" + name + ">"))
        << element;
  }
}

TEST(Report, LoadsNothingFromOutside) {
  const std::string html = RenderHtml(SmallRun());
  for (const char* way : {"http://", "https://", "src=", "href=", "url(", "@import"}) {
    EXPECT_EQ(html.find(way), std::string::npos) << way;
  }
}

TEST(Report, SaysWhatATimeIs) {
  const std::string html = RenderHtml(SmallRun());
  EXPECT_NE(html.find("modelled, uncalibrated"), std::string::npos);
  EXPECT_NE(html.find("5.00× – 5.00×"), std::string::npos);
  EXPECT_NE(html.find("certified on fresh inputs"), std::string::npos);
  EXPECT_NE(html.find("6.67×"), std::string::npos);  // against the roofline
}

TEST(Report, SaysWhatParametersAndCountersMean) {
  report::Run run = SmallRun();
  run.attempts[2].technique = "parallel_reduction";
  run.attempts[2].parameters = "kernel=0 threads=64";
  const std::string html = RenderHtml(run);
  EXPECT_NE(html.find("<code>kernel=0</code> which kernel, counted from 0"), std::string::npos);
  EXPECT_EQ(Meanings("parallel_reduction", "threads=64 nothing=1").size(), 1u);
  EXPECT_TRUE(Meanings("no_technique", "threads=64").empty());
  EXPECT_NE(html.find("<br><code>dram__bytes_read.sum</code>"), std::string::npos);
}

TEST(Report, LineageLeadsFromTheBaselineToTheBest) {
  report::Run run = SmallRun();
  run.attempts.push_back(At(4, "coalescing", "accepted", 10));
  run.attempts.back().parent = "c3";
  std::vector<uint64_t> sequence;
  for (const know::Attempt* a : Lineage(run.attempts, 4)) sequence.push_back(a->sequence);
  EXPECT_EQ(sequence, (std::vector<uint64_t>{0, 3, 4}));
  EXPECT_TRUE(Lineage(run.attempts, 77).empty());
}

TEST(Report, CountsWhatTechniquesDid) {
  const report::Run run = SmallRun();
  const std::vector<TechniqueCount> counts = CountTechniques(run.attempts);
  ASSERT_EQ(counts.size(), 2u);
  EXPECT_EQ(counts[1].tried + counts[1].accepted, 1u);  // the rejected one
}

TEST(Report, WithoutAttemptsItSaysHowTheRunEnded) {
  report::Run run;
  run.title = "empty";
  run.end = "The baseline is not accepted.";
  EXPECT_NE(RenderHtml(run).find("The baseline is not accepted."), std::string::npos);
}

}  // namespace
}  // namespace ws::report
