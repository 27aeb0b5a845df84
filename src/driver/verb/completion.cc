// `warpsmith completion SHELL`: the script that lets a shell complete verbs, options and values. It
// is made from the verbs and options themselves.
#include <string>
#include <vector>

#include "base/format.h"
#include "driver/values.h"
#include "driver/verb.h"

namespace ws::driver {
namespace {

std::vector<std::string> PartNames(const VerbShape& verb) {
  std::vector<std::string> names;
  for (const VerbShape& part : verb.parts) names.push_back(part.name);
  return names;
}

// The verb's options with those of its parts.
std::vector<OptionShape> AllOptions(const VerbShape& verb) {
  std::vector<OptionShape> options = verb.options;
  for (const VerbShape& part : verb.parts) {
    for (const OptionShape& option : part.options) {
      if (option.name != "help") options.push_back(option);
    }
  }
  return options;
}

std::string Replaced(std::string text, std::string_view chars, std::string_view with) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (chars.find(text[i]) == std::string_view::npos) continue;
    text.replace(i, 1, with);
    i += with.size() - 1;
  }
  return text;
}

std::string Bash(const std::vector<VerbShape>& verbs) {
  std::vector<std::string> names = {"--help", "--version"};
  std::string values, options;
  for (const VerbShape& verb : verbs) {
    names.push_back(verb.name);
    std::vector<std::string> words;
    for (const OptionShape& option : AllOptions(verb)) {
      words.push_back("--" + option.name);
      if (option.values.empty()) continue;
      AppendFormat(values, "    \"{} --{}\") words=\"{}\" ;;\n", verb.name, option.name,
                   Join(option.values, " "));
    }
    AppendFormat(
        options,
        "    {})\n      if [[ $cur == -* ]]; then words=\"{}\"; else words=\"{}\"; fi ;;\n",
        verb.name, Join(words, " "), Join(PartNames(verb), " "));
  }
  return Format(
      R"(# bash completion for warpsmith; in ~/.bashrc: source <(warpsmith completion bash)
_warpsmith() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} verb=${{COMP_WORDS[1]}} words=
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "{}" -- "$cur"))
    return
  fi
  case "$verb $prev" in
{}  esac
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    return
  fi
  case $verb in
{}  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if [[ $cur != -* ]]; then COMPREPLY+=($(compgen -f -- "$cur")); fi
}}
complete -o filenames -F _warpsmith warpsmith
)",
      Join(names, " "), values, options);
}

std::string Zsh(const std::vector<VerbShape>& verbs) {
  std::string list, cases;
  const auto quoted = [](const std::string& text) { return Replaced(text, "'", "'\\''"); };
  for (const VerbShape& verb : verbs) {
    AppendFormat(list, "    '{}:{}'\n", verb.name, quoted(Replaced(verb.summary, ":", "\\:")));
    AppendFormat(cases, "    {})\n      _arguments \\\n", verb.name);
    for (const OptionShape& option : AllOptions(verb)) {
      std::string help = Replaced(option.help, "[", "(");
      help = quoted(Replaced(Replaced(help, "]", ")"), ":", "\\:"));
      std::string value;
      if (option.takes_value) {
        value = option.values.empty() ? ":value:_files"
                                      : Format(":value:({})", Join(option.values, " "));
      }
      AppendFormat(cases, "        '*--{}[{}]{}' \\\n", option.name, help, value);
    }
    AppendFormat(cases, "        '{}' '*:file:_files' ;;\n",
                 verb.parts.empty() ? std::string("1:file:_files")
                                    : Format("1:part:({})", Join(PartNames(verb), " ")));
  }
  return Format(R"(#compdef warpsmith
# zsh completion for warpsmith; save it as _warpsmith in a folder of $fpath
_warpsmith() {{
  local -a verbs=(
{}  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
{}  esac
}}
compdef _warpsmith warpsmith
)",
                list, cases);
}

std::string Fish(const std::vector<VerbShape>& verbs) {
  std::string text =
      "# fish completion for warpsmith; save it as ~/.config/fish/completions/warpsmith.fish\n";
  const auto quoted = [](const std::string& s) { return Replaced(s, "'", "\\'"); };
  for (const VerbShape& verb : verbs) {
    AppendFormat(text, "complete -c warpsmith -n __fish_use_subcommand -a {} -d '{}'\n", verb.name,
                 quoted(verb.summary));
    const std::string seen =
        Format("complete -c warpsmith -n '__fish_seen_subcommand_from {}'", verb.name);
    for (const VerbShape& part : verb.parts) {
      AppendFormat(text, "{} -a {} -d '{}'\n", seen, part.name, quoted(part.summary));
    }
    for (const OptionShape& option : AllOptions(verb)) {
      AppendFormat(text, "{} -l {}", seen, option.name);
      if (!option.values.empty()) {
        AppendFormat(text, " -x -a '{}'", Join(option.values, " "));
      } else if (option.takes_value) {
        text += " -r";
      }
      AppendFormat(text, " -d '{}'\n", quoted(option.help));
    }
  }
  return text;
}

class CompletionCommand : public Command {
 public:
  explicit CompletionCommand(CLI::App& app) {
    app.add_option("SHELL", shell_, "bash, zsh or fish")
        ->required()
        ->check(Choice({"bash", "zsh", "fish"}));
  }

  int Run(Context& context) override {
    const std::vector<VerbShape> verbs = VerbShapes();
    context.Out(shell_ == "bash" ? Bash(verbs) : shell_ == "zsh" ? Zsh(verbs) : Fish(verbs));
    return kExitOk;
  }

 private:
  std::string shell_;
};

}  // namespace

extern const Verb kCompletion = {"completion", "a script that lets bash, zsh or fish complete",
                                 MakeCommand<CompletionCommand>};

}  // namespace ws::driver
