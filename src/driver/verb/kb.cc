// `warpsmith kb`: what is remembered from earlier runs.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "base/format.h"
#include "base/json.h"
#include "base/nearest.h"
#include "driver/files.h"
#include "driver/verb.h"
#include "know/knowledge_base.h"
#include "know/portable.h"
#include "know/run_file.h"
#include "target/cuda/technique.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

Json ToJson(const know::Lesson& l) {
  return {{"technique", l.technique},
          {"bottleneck", l.bottleneck},
          {"op_class", l.op_class},
          {"tried", l.tried},
          {"accepted", l.accepted},
          {"won", l.won},
          {"success_rate", l.success_rate()},
          {"mean_speedup", l.accepted > 0 ? Json(std::exp(l.effect_mean)) : Json()},
          {"log_speedup_sd", l.accepted > 0 ? Json(std::sqrt(l.effect_variance)) : Json()}};
}

class KbCommand : public Command {
 public:
  explicit KbCommand(CLI::App& app) {
    app.require_subcommand(1);
    app.add_option("--kb", file_,
                   "the knowledge base (default: $WARPSMITH_KB, else warpsmith/kb.sqlite in "
                   "$XDG_DATA_HOME or ~/.local/share)");
    stats_ = app.add_subcommand("stats", "how much is remembered");
    show_ = app.add_subcommand("show", "lessons: what each technique did where");
    show_->add_option("TECHNIQUE", technique_, "only this technique");
    export_ = app.add_subcommand("export", "write all attempts as JSON lines");
    export_->add_option("-o,--output", output_, "the file to write (default: standard output)");
    import_ = app.add_subcommand("import", "add the attempts that `kb export` wrote");
    import_->add_option("FILE", files_, "files of JSON lines; -: standard input")->required();
    merge_ = app.add_subcommand("merge", "add the attempts of other knowledge bases or runs");
    merge_->add_option("FILE", files_, "knowledge bases, run.sqlite of runs, or folders of runs")
        ->required();
  }

  int Run(Context& context) override {
    const auto path = know::KnowledgeBasePath(file_);
    if (!path) {
      return UsageError(context, "there is no knowledge base: it is switched off",
                        "name one with --kb FILE");
    }
    const bool adds = *import_ || *merge_;
    // Everything is read before anything is changed.
    std::vector<know::Attempt> attempts;
    for (size_t i = 0; adds && i < files_.size(); ++i) {
      const Result<std::vector<know::Attempt>> read =
          *import_ ? ReadLines(context, files_[i]) : ReadDatabase(files_[i]);
      if (!read.ok()) return Fail(context, read.error());
      attempts.insert(attempts.end(), read.value().begin(), read.value().end());
    }
    Result<know::KnowledgeBase> base = know::KnowledgeBase::Open(*path, /*create=*/adds);
    if (!base.ok()) {
      const int status = Fail(context, base.error());
      if (!fs::exists(*path)) context.Err("  hint: `warpsmith optimize` makes it\n");
      return status;
    }
    if (adds) return Add(context, attempts, base.value());
    if (*export_) return Export(context, base.value());
    return *stats_ ? Stats(context, base.value()) : Show(context, base.value());
  }

 private:
  int Export(Context& context, know::KnowledgeBase& base) {
    const Result<std::vector<know::Attempt>> attempts = base.Attempts();
    if (!attempts.ok()) return Fail(context, attempts.error());
    std::string text;
    for (const know::Attempt& attempt : attempts.value()) text += know::ToLine(attempt) + "\n";
    if (output_.empty()) {
      context.Out(text);
      return kExitOk;
    }
    std::error_code code;
    const fs::path folder = fs::path(output_).parent_path();
    if (!folder.empty() && !fs::is_directory(folder, code)) {
      return UsageError(context, Format("there is no folder {}", folder.string()));
    }
    const Status written = WriteFile(output_, text);
    if (!written.ok()) return Fail(context, written.error());
    const size_t count = attempts.value().size();
    context.Out(context.options.json ? DumpJson({{"written", output_}, {"attempts", count}}) + "\n"
                                     : Format("wrote {} attempts to {}\n", count, output_));
    return kExitOk;
  }

  // The attempts that `kb export` wrote to a file.
  static Result<std::vector<know::Attempt>> ReadLines(Context& context, const std::string& file) {
    std::ostringstream text;
    if (file == "-") {
      text << context.in->rdbuf();
    } else {
      std::error_code code;
      std::ifstream stream(file, std::ios::binary);
      if (!stream || fs::is_directory(file, code)) return Error{Format("cannot read `{}`", file)};
      text << stream.rdbuf();
    }
    Result<std::vector<know::Attempt>> attempts = know::FromLines(text.str());
    if (attempts.ok()) return attempts;
    return Error{Format("{}: {}", file, attempts.error().message), Blame::kUser,
                 "`kb import` reads what `kb export` writes; for SQLite files: `kb merge`"};
  }

  // The attempts of a knowledge base or a run; of a folder its run.sqlite.
  static Result<std::vector<know::Attempt>> ReadDatabase(std::string file) {
    std::error_code code;
    if (fs::is_directory(file, code)) {
      const fs::path inside = fs::path(file) / "run.sqlite";
      if (!fs::exists(inside, code)) {
        return Error{Format("{} is a folder without run.sqlite", file), Blame::kUser,
                     "`kb merge` takes knowledge bases, run.sqlite of runs, or folders of runs"};
      }
      file = inside.string();
    }
    Result<know::KnowledgeBase> base = know::KnowledgeBase::Open(file, /*create=*/false);
    if (base.ok()) return base.value().Attempts();
    const bool is_other = base.error().message.ends_with("but not a knowledge base");
    if (!is_other) return base.error();
    Result<std::unique_ptr<know::RunFile>> run = know::RunFile::Open(file);
    if (run.ok()) return run.value()->Attempts();
    if (!run.error().message.ends_with("but not a run file")) return run.error();
    return Error{Format("{} is an SQLite file, but neither a knowledge base nor a run's", file)};
  }

  static int Add(Context& context, const std::vector<know::Attempt>& attempts,
                 know::KnowledgeBase& base) {
    const Result<uint64_t> merged = base.Merge(attempts);
    if (!merged.ok()) return Fail(context, merged.error());
    const uint64_t fresh = merged.value();
    const auto read =
        static_cast<uint64_t>(std::ranges::count_if(attempts, &know::Attempt::is_step));
    if (context.options.json) {
      context.Out(DumpJson({{"file", base.path()}, {"read", read}, {"new", fresh}}) + "\n");
    } else {
      context.Out(Format("{} attempts read, {} of them new in {}\n", read, fresh, base.path()));
    }
    return kExitOk;
  }

  int Stats(Context& context, know::KnowledgeBase& base) {
    const Result<know::Statistics> result = base.Stats();
    if (!result.ok()) return Fail(context, result.error());
    const know::Statistics& s = result.value();
    if (context.options.json) {
      context.Out(DumpJson({{"file", base.path()},
                            {"attempts", s.attempts},
                            {"accepted", s.accepted},
                            {"won", s.won},
                            {"rejected", s.rejected},
                            {"outside", s.outside},
                            {"contexts", s.contexts},
                            {"op_classes", s.op_classes},
                            {"archs", s.archs},
                            {"techniques", s.techniques}}) +
                  "\n");
      return kExitOk;
    }
    std::string text = Format("file         {}\n", base.path());
    AppendFormat(text, "attempts     {} on {} kinds of task\n", s.attempts, s.contexts);
    AppendFormat(text, "accepted     {}, of these {} faster than their parent\n", s.accepted,
                 s.won);
    AppendFormat(text, "rejected     {}, outside {}\n", s.rejected, s.outside);
    AppendFormat(text, "operations   {}\n", Join(s.op_classes, ", "));
    AppendFormat(text, "archs        {}\n", Join(s.archs, ", "));
    AppendFormat(text, "techniques   {}\n", Join(s.techniques, ", "));
    context.Out(text);
    return kExitOk;
  }

  // Whether TECHNIQUE is remembered, or one that there is.
  int CheckTechnique(Context& context, const std::vector<know::Lesson>& lessons) const {
    if (technique_.empty()) return kExitOk;
    std::vector<std::string_view> names;
    for (const target::cuda::Technique* t : target::cuda::Techniques()) names.emplace_back(t->name);
    for (const know::Lesson& lesson : lessons) names.push_back(lesson.technique);
    if (std::ranges::find(names, technique_) != names.end()) return kExitOk;
    return UsageError(context, Format("no technique `{}`", technique_),
                      DidYouMean(technique_, names, "`warpsmith kb show` lists all"));
  }

  int Show(Context& context, know::KnowledgeBase& base) {
    const Result<std::vector<know::Lesson>> lessons = base.Lessons();
    if (!lessons.ok()) return Fail(context, lessons.error());
    const int known = CheckTechnique(context, lessons.value());
    if (known != kExitOk) return known;
    Json list = Json::array();
    size_t names = 9, classes = 9;  // widths
    for (const know::Lesson& l : lessons.value()) {
      names = std::max(names, l.technique.size());
      classes = std::max(classes, l.op_class.size());
    }
    const auto padded = [](std::string word, size_t width) {
      word.resize(std::max(width, word.size()), ' ');
      return word;
    };
    std::string text =
        Format("{} {:<9} {} {:>6} {:>8} {:>5} {:>13}\n", padded("technique", names), "limit",
               padded("operation", classes), "tried", "accepted", "won", "speedup");
    for (const know::Lesson& l : lessons.value()) {
      if (!technique_.empty() && l.technique != technique_) continue;
      list.push_back(ToJson(l));
      std::string effect = "-";
      if (l.accepted > 0) {
        const double sd = std::sqrt(l.effect_variance);
        effect = Format("{:.2f} ({:.2f}-{:.2f})", std::exp(l.effect_mean),
                        std::exp(l.effect_mean - sd), std::exp(l.effect_mean + sd));
      }
      AppendFormat(text, "{} {:<9} {} {:>6.0f} {:>8.0f} {:>5.0f} {}\n", padded(l.technique, names),
                   l.bottleneck, padded(l.op_class, classes), l.tried, l.accepted, l.won, effect);
    }
    if (list.empty()) text += "nothing is remembered yet\n";
    text += "speedup: over the parent, mean and one standard deviation, of accepted attempts\n";
    if (context.options.json) {
      context.Out(DumpJson({{"file", base.path()}, {"lessons", std::move(list)}}) + "\n");
    } else {
      context.Out(text);
    }
    return kExitOk;
  }

  std::string file_, technique_, output_;
  std::vector<std::string> files_;
  CLI::App* stats_ = nullptr;
  CLI::App* show_ = nullptr;
  CLI::App* export_ = nullptr;
  CLI::App* import_ = nullptr;
  CLI::App* merge_ = nullptr;
};

}  // namespace

extern const Verb kKb = {"kb", "what is remembered from earlier runs", MakeCommand<KbCommand>};

}  // namespace ws::driver
