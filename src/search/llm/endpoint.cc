#include "search/llm/endpoint.h"

#include <cstdlib>

#include "base/format.h"
#include "base/hash.h"

namespace ws::search::llm {
namespace {

std::string Variable(const char* first, const char* second) {
  for (const char* name : {first, second}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != 0) return value;
  }
  return {};
}

// `text` with every occurrence of the key blotted out.
std::string WithoutKey(std::string text, const std::string& key) {
  if (key.empty()) return text;
  for (size_t at = 0; (at = text.find(key, at)) != std::string::npos;) {
    text.replace(at, key.size(), "***");
    at += 3;
  }
  return text;
}

Result<ChatReply> AnswerOf(const know::Exchange& exchange) {
  if (!exchange.error.empty()) return Error{exchange.error, Blame::kInfrastructure};
  return ParseReply(exchange.reply, exchange.request);
}

}  // namespace

Result<Endpoint> EndpointFromEnvironment() {
  Endpoint endpoint;
  std::string base = Variable("WARPSMITH_LLM_URL", "OPENAI_BASE_URL");
  endpoint.model = Variable("WARPSMITH_LLM_MODEL", "OPENAI_MODEL");
  endpoint.key = Variable("WARPSMITH_LLM_KEY", "OPENAI_API_KEY");
  if (base.empty() || endpoint.model.empty()) {
    return Error{Format("the language model is not set up: set {}{}{} in the environment",
                        base.empty() ? "WARPSMITH_LLM_URL" : "",
                        base.empty() && endpoint.model.empty() ? " and " : "",
                        endpoint.model.empty() ? "WARPSMITH_LLM_MODEL" : "")};
  }
  const size_t host = base.find("://");
  if (host == std::string::npos || base.find('@') != std::string::npos) {
    return Error{
        "the language model's address must be http://HOST/PATH or https://HOST/PATH, "
        "without a user or password; the key goes into WARPSMITH_LLM_KEY"};
  }
  while (base.ends_with('/')) base.pop_back();
  endpoint.url = base + "/chat/completions";
  return endpoint;
}

Result<std::vector<Result<ChatReply>>> Asker::Ask(const std::vector<ChatRequest>& requests,
                                                  bool past, const std::function<bool()>& stop) {
  std::vector<know::Exchange> exchanges(requests.size());
  std::vector<std::string> bodies;
  std::vector<size_t> open;
  for (size_t i = 0; i < requests.size(); ++i) {
    know::Exchange& exchange = exchanges[i];
    exchange.request = ToJsonText(requests[i]);
    exchange.key = Format("{:016x}", HashText(exchange.request));
    const std::optional<know::Exchange> recorded = record_.FindExchange(exchange.key);
    if (recorded && (recorded->error.empty() || past || !endpoint_)) {
      exchange = *recorded;
    } else if (!endpoint_) {
      return Error{
          Format("the replayed run holds no exchange {}: it was made with other "
                 "parameters or by another version",
                 exchange.key)};
    } else {
      open.push_back(i);
      bodies.push_back(exchange.request);
    }
  }
  if (!open.empty()) {
    std::vector<Result<HttpReply>> replies =
        PostAll(endpoint_->url, endpoint_->key, bodies, endpoint_->limits, stop);
    for (size_t n = 0; n < open.size(); ++n) {
      know::Exchange& exchange = exchanges[open[n]];
      if (replies[n].ok()) {
        exchange.reply = WithoutKey(std::move(replies[n]).value().body, endpoint_->key);
        exchange.tries = replies[n].value().tries;
        exchange.seconds = replies[n].value().seconds;
      } else {
        if (stop && stop()) return Error{"interrupted", Blame::kInfrastructure};
        exchange.error = WithoutKey(replies[n].error().message, endpoint_->key);
        if (replies[n].error().blame == Blame::kUser) return Error{exchange.error};
      }
      TRY_OK(record_.CommitExchange(exchange));
    }
  }
  std::vector<Result<ChatReply>> answers;
  for (const know::Exchange& exchange : exchanges) {
    answers.push_back(AnswerOf(exchange));
    if (!answers.back().ok()) continue;
    const Usage& used = answers.back().value().usage;
    usage_.prompt_tokens += used.prompt_tokens;
    usage_.answer_tokens += used.answer_tokens;
  }
  return answers;
}

}  // namespace ws::search::llm
