// `warpsmith kb`: what is remembered from earlier runs.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "base/format.h"
#include "base/json.h"
#include "driver/files.h"
#include "driver/verb.h"
#include "know/knowledge_base.h"
#include "know/portable.h"
#include "know/run_file.h"

namespace ws::driver {
namespace {

Json ToJson(const know::Lesson& l) {
  return {{"technique", l.technique},
          {"bottleneck", l.bottleneck},
          {"op_class", l.op_class},
          {"tried", l.tried},
          {"accepted", l.accepted},
          {"won", l.won},
          {"success_rate", l.success_rate()},
          {"mean_speedup", std::exp(l.effect_mean)},
          {"log_speedup_sd", std::sqrt(l.effect_variance)}};
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
    merge_->add_option("FILE", files_, "knowledge bases, or run.sqlite of runs")->required();
  }

  int Run(Context& context) override {
    const auto path = know::KnowledgeBasePath(file_);
    if (!path) {
      return UsageError(context, "there is no knowledge base: it is switched off",
                        "name one with --kb FILE");
    }
    const bool adds = *import_ || *merge_;
    Result<know::KnowledgeBase> base = know::KnowledgeBase::Open(*path, /*create=*/adds);
    if (!base.ok()) {
      const int status = Fail(context, base.error());
      if (!std::filesystem::exists(*path)) context.Err("  hint: `warpsmith optimize` makes it\n");
      return status;
    }
    if (adds) return Add(context, base.value());
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
    const Status written = WriteFile(output_, text);
    if (!written.ok()) return Fail(context, written.error());
    const size_t count = attempts.value().size();
    context.Out(context.options.json ? DumpJson({{"written", output_}, {"attempts", count}}) + "\n"
                                     : Format("wrote {} attempts to {}\n", count, output_));
    return kExitOk;
  }

  // The attempts of one file that the command line names.
  Result<std::vector<know::Attempt>> Read(Context& context, const std::string& file) const {
    if (*import_) {
      std::ostringstream text;
      if (file == "-") {
        text << context.in->rdbuf();
      } else {
        std::ifstream stream(file, std::ios::binary);
        if (!stream) return Error{Format("cannot read `{}`", file)};
        text << stream.rdbuf();
      }
      Result<std::vector<know::Attempt>> attempts = know::FromLines(text.str());
      if (attempts.ok()) return attempts;
      return Error{Format("{}: {}", file, attempts.error().message), Blame::kUser,
                   "`kb import` reads what `kb export` writes; for SQLite files: `kb merge`"};
    }
    Result<know::KnowledgeBase> other = know::KnowledgeBase::Open(file, /*create=*/false);
    if (other.ok()) return other.value().Attempts();
    Result<std::unique_ptr<know::RunFile>> run = know::RunFile::Open(file);
    if (run.ok()) return run.value()->Attempts();
    return other.error();
  }

  int Add(Context& context, know::KnowledgeBase& base) {
    uint64_t fresh = 0, read = 0;
    for (const std::string& file : files_) {
      const Result<std::vector<know::Attempt>> attempts = Read(context, file);
      if (!attempts.ok()) return Fail(context, attempts.error());
      const Result<uint64_t> merged = base.Merge(attempts.value());
      if (!merged.ok()) return Fail(context, merged.error());
      for (const know::Attempt& a : attempts.value()) read += a.is_step() ? 1 : 0;
      fresh += merged.value();
    }
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

  int Show(Context& context, know::KnowledgeBase& base) {
    const Result<std::vector<know::Lesson>> lessons = base.Lessons();
    if (!lessons.ok()) return Fail(context, lessons.error());
    Json list = Json::array();
    std::string text = Format("{:<22} {:<9} {:<17} {:>6} {:>8} {:>5} {:>13}\n", "technique",
                              "limit", "operation", "tried", "accepted", "won", "speedup");
    for (const know::Lesson& l : lessons.value()) {
      if (!technique_.empty() && l.technique != technique_) continue;
      list.push_back(ToJson(l));
      std::string effect = "-";
      if (l.accepted > 0) {
        const double sd = std::sqrt(l.effect_variance);
        effect = Format("{:.2f} ({:.2f}-{:.2f})", std::exp(l.effect_mean),
                        std::exp(l.effect_mean - sd), std::exp(l.effect_mean + sd));
      }
      AppendFormat(text, "{:<22} {:<9} {:<17} {:>6.0f} {:>8.0f} {:>5.0f} {}\n", l.technique,
                   l.bottleneck, l.op_class, l.tried, l.accepted, l.won, effect);
    }
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
