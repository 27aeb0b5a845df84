#include "search/llm/chat.h"

#include "base/format.h"
#include "base/json.h"

namespace ws::search::llm {
namespace {

constexpr std::string_view kFence = "```";

// The text of `content`: a string, or a list of parts of which those of type text count.
std::string TextOf(const Json& content) {
  if (content.is_string()) return content.get<std::string>();
  std::string text;
  if (!content.is_array()) return text;
  for (const Json& part : content) {
    if (part.is_object() && part.contains("text") && part["text"].is_string()) {
      text += part["text"].get<std::string>();
    }
  }
  return text;
}

uint64_t CountOf(const Json& usage, const char* key) {
  if (!usage.is_object() || !usage.contains(key) || !usage[key].is_number_unsigned()) return 0;
  return usage[key].get<uint64_t>();
}

// The fenced blocks of a text; one that is not closed reaches to the end.
std::vector<std::string_view> FencedBlocks(std::string_view text) {
  std::vector<std::string_view> blocks;
  size_t at = 0;
  while ((at = text.find(kFence, at)) != std::string_view::npos) {
    const size_t line_end = text.find('\n', at);
    if (line_end == std::string_view::npos) break;
    const size_t begin = line_end + 1;
    const size_t close = text.find("\n```", line_end);
    const size_t end = close == std::string_view::npos ? text.size() : close + 1;
    blocks.push_back(text.substr(begin, end < begin ? 0 : end - begin));
    if (close == std::string_view::npos) break;
    at = close + 1 + kFence.size();
  }
  return blocks;
}

}  // namespace

std::string ToJsonText(const ChatRequest& request) {
  Json messages = Json::array();
  for (const Message& m : request.messages) {
    messages.push_back({{"role", m.role}, {"content", m.text}});
  }
  return DumpJson({{"model", request.model},
                   {"messages", std::move(messages)},
                   {"temperature", request.temperature},
                   {"max_tokens", request.most_tokens},
                   {"seed", request.seed},
                   {"stream", false}});
}

Result<ChatReply> ParseReply(std::string_view body, std::string_view request_body) {
  const auto broken = [](std::string why) {
    return Error{"the model's reply " + std::move(why), Blame::kInfrastructure};
  };
  if (body.empty()) return broken("is empty");
  const Result<Json> parsed = ParseJson(body);
  if (!parsed.ok()) return broken("is no JSON: " + parsed.error().message);
  const Json& json = parsed.value();
  if (!json.is_object() || !json.contains("choices") || !json["choices"].is_array() ||
      json["choices"].empty()) {
    return broken("has no `choices`");
  }
  const Json& choice = json["choices"][0];
  if (!choice.is_object() || !choice.contains("message") || !choice["message"].is_object() ||
      !choice["message"].contains("content")) {
    return broken("has no `choices[0].message.content`");
  }
  ChatReply reply;
  reply.text = TextOf(choice["message"]["content"]);
  if (reply.text.empty()) return broken("holds no text");
  if (choice.contains("finish_reason") && choice["finish_reason"].is_string()) {
    reply.cut_off = choice["finish_reason"].get<std::string>() == "length";
  }
  if (json.contains("usage")) {
    reply.usage.prompt_tokens = CountOf(json["usage"], "prompt_tokens");
    reply.usage.answer_tokens = CountOf(json["usage"], "completion_tokens");
  }
  if (reply.usage.total() == 0) {
    reply.usage = {request_body.size() / 4 + 1, reply.text.size() / 4 + 1};
  }
  return reply;
}

Result<std::string> FindProgram(std::string_view answer, std::string_view entry) {
  const std::vector<std::string_view> blocks = FencedBlocks(answer);
  for (size_t i = blocks.size(); i-- > 0;) {
    if (blocks[i].find(entry) != std::string_view::npos) return std::string(blocks[i]);
  }
  if (!blocks.empty()) return std::string(blocks.back());
  if (answer.find(entry) != std::string_view::npos &&
      answer.find("__global__") != std::string_view::npos) {
    return std::string(answer);
  }
  return Error{Format("the answer holds no fenced code block and no `{}`", entry),
               Blame::kInfrastructure};
}

}  // namespace ws::search::llm
