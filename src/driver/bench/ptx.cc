// `warpsmith bench ptx`: PTX text to verified IR on one thread, in megabytes a second, against
// ptxas on text of the same kind in the same run. ptxas goes on to machine code, for which there is
// no switch.
//
//   --set files=PATH     a .ptx file or a folder of them (default: bench/ptx, built in, as one
//   text)
//   --set megabytes=N    size to which the functions of a text are repeated under other names (8);
//                        ptxas gets a sixteenth of it
//   --set runs=N         measured runs of each text (5); times are medians of processor time
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/format.h"
#include "base/tools.h"
#include "diag/render.h"
#include "driver/bench.h"
#include "driver/files.h"
#include "driver/values.h"
#include "embed/bench_ptx.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "target/cuda/ptxas.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kPartForPtxas = 16;

// A module taken apart at its head.
struct Source {
  std::string name;
  double version = 0;     // of .version
  uint32_t target = 0;    // the number of .target sm_*
  std::string suffix;     // `a` or `f` behind it
  std::string functions;  // what follows the head
};

struct Row {
  std::string name;
  size_t bytes = 0;
  double our_seconds = 0;
  double verify_seconds = 0;  // of these in ir::Verify
  size_t ptxas_bytes = 0;
  double ptxas_seconds = 0;  // 0: no peer

  double rate() const { return static_cast<double>(bytes) / 1e6 / our_seconds; }
  double ptxas_rate() const { return static_cast<double>(ptxas_bytes) / 1e6 / ptxas_seconds; }
};

bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' || c == '%';
}

// The text between the directive `name` and the end of its line; empty if it is not there.
std::string_view Directive(std::string_view text, std::string_view name) {
  const size_t at = text.find(name);
  if (at == std::string_view::npos) return {};
  const size_t begin = at + name.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

Result<Source> TakeApart(std::string name, std::string_view text) {
  Source source;
  source.name = std::move(name);
  const std::string target(Directive(text, ".target"));
  const size_t number = target.find("sm_");
  constexpr std::string_view kLast = ".address_size";
  const size_t last = text.find(kLast);
  if (number == std::string::npos || last == std::string_view::npos) {
    return Error{Format("{} does not begin as a PTX module: .version, .target sm_*, .address_size",
                        source.name)};
  }
  char* end = nullptr;
  source.version = std::strtod(std::string(Directive(text, ".version")).c_str(), nullptr);
  source.target = static_cast<uint32_t>(std::strtoul(target.c_str() + number + 3, &end, 10));
  if (*end == 'a' || *end == 'f') source.suffix = *end;
  source.functions = std::string(text.substr(std::min(text.find('\n', last), text.size())));
  return source;
}

// Calls word(begin, end, depth) for each word of PTX outside of comments and strings; depth counts
// parentheses and braces around it.
template <typename Word>
void ForEachWord(std::string_view text, const Word& word) {
  uint32_t depth = 0;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (text.substr(i, 2) == "//") {
      i = std::min(text.find('\n', i), text.size());
    } else if (text.substr(i, 2) == "/*") {
      i = std::min(text.find("*/", i), text.size() - 2) + 2;
    } else if (c == '"') {
      i = std::min(text.find('"', i + 1), text.size() - 1) + 1;
    } else if (IsWord(c) || c == '.') {
      const size_t begin = i++;
      while (i < text.size() && IsWord(text[i])) ++i;
      word(begin, i, depth);
    } else {
      if (c == '(' || c == '{') ++depth;
      if ((c == ')' || c == '}') && depth > 0) --depth;
      ++i;
    }
  }
}

// The names of functions and variables of the module. What is `.extern` keeps its name.
std::unordered_set<std::string_view> NamesOf(std::string_view text) {
  std::unordered_set<std::string_view> names, kept;
  bool is_extern = false;
  ForEachWord(text, [&](size_t begin, size_t end, uint32_t depth) {
    if (depth != 0) return;
    const std::string_view word = text.substr(begin, end - begin);
    if (word == ".extern") is_extern = true;
    if (word[0] == '.' || std::isdigit(static_cast<unsigned char>(word[0])) != 0) return;
    (is_extern ? kept : names).insert(word);
    is_extern = false;
  });
  for (const std::string_view name : kept) names.erase(name);
  return names;
}

// One module of the sources' functions, again and again under other names until it is that large.
std::string Repeated(const std::vector<Source>& sources, size_t bytes) {
  const auto newest = std::ranges::max_element(sources, {}, &Source::version);
  const auto latest = std::ranges::max_element(sources, {}, &Source::target);
  std::string text = Format(".version {:.1f}\n.target sm_{}{}\n.address_size 64\n", newest->version,
                            latest->target, latest->suffix);
  for (uint32_t copy = 0; text.size() < bytes; ++copy) {
    for (const Source& source : sources) {
      const std::string_view functions = source.functions;
      const auto names = NamesOf(functions);
      size_t done = 0;
      ForEachWord(functions, [&](size_t begin, size_t end, uint32_t) {
        if (!names.contains(functions.substr(begin, end - begin))) return;
        text += functions.substr(done, end - done);
        AppendFormat(text, "_{}", copy);
        done = end;
      });
      text += functions.substr(done);
    }
  }
  return text;
}

double Seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
}
double ProcessSeconds() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
// Of the processes that were started and have ended.
double ChildrenSeconds() {
  rusage usage = {};
  getrusage(RUSAGE_CHILDREN, &usage);
  return Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
}

Status MeasureOurs(const std::string& text, uint64_t runs, Row& row) {
  row.bytes = text.size();
  std::vector<double> times, verify_times;
  for (uint64_t i = 0; i < runs + 1; ++i) {
    const double begin = ProcessSeconds();
    const ir::PtxProgram program(row.name, text);
    const double read = ProcessSeconds();
    if (!program.ok()) {
      return Error{Format("{} cannot be read:\n{}", row.name,
                          diag::ToText(program.diagnostics()).substr(0, 2000))};
    }
    const std::vector<std::string> faults = ir::Verify(program.module());
    const double end = ProcessSeconds();
    if (!faults.empty()) {
      return Error{Format("{}: malformed IR: {}", row.name, faults[0]), Blame::kInfrastructure};
    }
    if (i == 0) continue;  // the first run touches the memory
    times.push_back(end - begin);
    verify_times.push_back(end - read);
  }
  row.our_seconds = Median(times);
  row.verify_seconds = Median(verify_times);
  return Ok();
}

Status MeasurePtxas(const std::string& text, const std::string& arch, uint64_t runs, Row& row) {
  row.ptxas_bytes = text.size();
  std::vector<double> times;
  for (uint64_t i = 0; i < runs; ++i) {
    const double begin = ChildrenSeconds();
    const auto registers = target::cuda::PtxasRegisters(text, arch);
    if (!registers.ok()) return Error{Format("{}: {}", row.name, registers.error().message)};
    times.push_back(ChildrenSeconds() - begin);
  }
  row.ptxas_seconds = Median(times);
  return Ok();
}

BenchResult Summarise(const std::vector<Row>& rows, uint64_t runs, bool peer) {
  BenchResult result;
  result.text = Format("PTX to verified IR on one thread, medians of {} runs\n", runs);
  AppendFormat(result.text, "{:<24} {:>9} {:>8} {:>10} {:>11} {:>8}\n", "text", "bytes", "MB/s",
               "verifying", "ptxas MB/s", "ratio");
  Json list = Json::array();
  double logs = 0;
  for (const Row& row : rows) {
    const double ratio = peer ? row.rate() / row.ptxas_rate() : 0;
    if (peer) logs += std::log(ratio);
    const double verifying = row.verify_seconds / row.our_seconds;
    list.push_back({{"text", row.name},
                    {"bytes", row.bytes},
                    {"mb_per_second", row.rate()},
                    {"verify_share", verifying},
                    {"ptxas_mb_per_second", peer ? Json(row.ptxas_rate()) : Json()},
                    {"ratio", peer ? Json(ratio) : Json()}});
    AppendFormat(result.text, "{:<24} {:>9} {:>8.1f} {:>9.0f}% {:>11} {:>8}\n", row.name, row.bytes,
                 row.rate(), 100 * verifying, peer ? Format("{:.3f}", row.ptxas_rate()) : "-",
                 peer ? Format("{:.0f}", ratio) : "-");
  }
  const double geomean = std::exp(logs / static_cast<double>(rows.size()));
  if (peer) {
    AppendFormat(result.text,
                 "ptxas, which goes on to machine code, takes {:.0f} times as long a byte "
                 "(geometric mean)\n",
                 geomean);
  } else {
    result.text +=
        "ptxas is not here (or hidden by WARPSMITH_HIDE): there is no peer to compare with\n";
  }
  result.object = {{"name", "ptx"},
                   {"unit", "megabytes of PTX per second, to verified IR, on one thread"},
                   {"runs", runs},
                   {"rows", std::move(list)},
                   {"ratio_geomean", peer ? Json(geomean) : Json()},
                   {"peer", peer ? Json("ptxas") : Json()}};
  return result;
}

// What is measured as one text each.
Result<std::vector<std::vector<Source>>> ReadTexts(const Options& options) {
  std::vector<std::vector<Source>> texts;
  const auto it = options.settings.find("files");
  if (it == options.settings.end()) {
    auto& all = texts.emplace_back();
    for (const auto& [name, text] : embed::kBenchPtx) {
      TRY(Source source, TakeApart(std::string(name), text));
      all.push_back(std::move(source));
    }
    return texts;
  }
  std::vector<std::string> paths;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(it->second, error)) {
    if (entry.path().extension() == ".ptx") paths.push_back(entry.path().string());
  }
  if (error) paths.push_back(it->second);
  if (paths.empty()) return Error{Format("no .ptx files in {}", it->second)};
  std::ranges::sort(paths);
  for (const std::string& path : paths) {
    TRY(const std::string text, ReadSource(path));
    TRY(Source source, TakeApart(fs::path(path).filename().string(), text));
    texts.emplace_back().push_back(std::move(source));
  }
  return texts;
}

Result<uint64_t> Setting(const Options& options, const char* key, uint64_t otherwise,
                         uint64_t most) {
  const auto it = options.settings.find(key);
  if (it == options.settings.end()) return otherwise;
  const Result<uint64_t> number = ParseWhole(it->second, 1, most);
  if (!number.ok()) return Error{Format("--set {}: {}", key, number.error().message)};
  return number;
}

Result<BenchResult> RunPtx(const Options& options) {
  TRY(const uint64_t runs, Setting(options, "runs", 5, 1000));
  TRY(const uint64_t megabytes, Setting(options, "megabytes", 8, 200));
  TRY(const auto texts, ReadTexts(options));
  const bool peer = FindTool("ptxas").has_value();
  std::vector<Row> rows;
  for (const std::vector<Source>& sources : texts) {
    Row& row = rows.emplace_back();
    row.name = sources.size() == 1 ? sources[0].name : Format("{} modules", sources.size());
    TRY_OK(MeasureOurs(Repeated(sources, megabytes * 1'000'000), runs, row));
    if (peer) {
      const std::string part = Repeated(sources, megabytes * 1'000'000 / kPartForPtxas);
      TRY_OK(MeasurePtxas(part, options.arch, std::min<uint64_t>(runs, 3), row));
    }
  }
  return Summarise(rows, runs, peer);
}

}  // namespace

namespace benches {
extern const Bench kPtx = {
    "ptx", "PTX to verified IR on one thread in MB/s, against ptxas to machine code",
    "files=PATH   a .ptx file or a folder of them (default: those built in, as one text)\n"
    "megabytes=N  size to which a text is repeated, 1 to 200 (8); for ptxas: a sixteenth\n"
    "runs=N       measured runs of each text, 1 to 1000 (5); ptxas: at most 3",
    RunPtx};
}  // namespace benches

}  // namespace ws::driver
