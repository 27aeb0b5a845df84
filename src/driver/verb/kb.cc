// `warpsmith kb`: what is remembered from earlier runs.
#include <cmath>
#include <string>
#include <vector>

#include "base/format.h"
#include "base/json.h"
#include "driver/files.h"
#include "driver/verb.h"
#include "know/knowledge_base.h"

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
    for (const char* name : {"export", "import", "merge"}) {
      CLI::App* later = app.add_subcommand(name, "not there yet");
      later->allow_extras();
      later->callback([this, name] { later_ = name; });
    }
  }

  int Run(Context& context) override {
    if (!later_.empty()) {
      return UsageError(context, Format("`kb {}` is not there yet", later_),
                        "the knowledge base is one SQLite file: copy it, or let runs write to the "
                        "same one with --kb");
    }
    const auto path = know::KnowledgeBasePath(file_);
    if (!path) return UsageError(context, "no knowledge base: it is switched off (none)");
    Result<know::KnowledgeBase> base = know::KnowledgeBase::Open(*path, /*create=*/false);
    if (!base.ok()) {
      const int status = Fail(context, base.error());
      if (file_.empty()) context.Err("  hint: `warpsmith optimize` makes it\n");
      return status;
    }
    return *stats_ ? Stats(context, base.value()) : Show(context, base.value());
  }

 private:
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

  std::string file_, technique_, later_;
  CLI::App* stats_ = nullptr;
  CLI::App* show_ = nullptr;
};

}  // namespace

extern const Verb kKb = {"kb", "what is remembered from earlier runs", MakeCommand<KbCommand>};

}  // namespace ws::driver
