// The chat-completions format that OpenAI's interface made common: a request as JSON text, and what
// a reply holds.
#ifndef WARPSMITH_SEARCH_LLM_CHAT_H_
#define WARPSMITH_SEARCH_LLM_CHAT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ws::search::llm {

struct Message {
  std::string role;  // system | user | assistant
  std::string text;
};

struct ChatRequest {
  std::string model;
  std::vector<Message> messages;
  double temperature = 0.7;
  uint32_t most_tokens = 16384;  // of the answer
  uint64_t seed = 0;             // asks for different answers to one prompt; below 2^53
};

struct Usage {
  uint64_t prompt_tokens = 0;
  uint64_t answer_tokens = 0;
  uint64_t total() const { return prompt_tokens + answer_tokens; }
};

struct ChatReply {
  std::string text;
  Usage usage;
  bool cut_off = false;  // the answer met the limit on its length
};

// The request's body: equal requests give equal bytes.
std::string ToJsonText(const ChatRequest& request);

// The error says what is missing or of the wrong kind. A reply without usage counts one token for
// four bytes, so that a token budget ends.
Result<ChatReply> ParseReply(std::string_view body, std::string_view request_body);

// The program in an answer: the last fenced block that holds a launcher of this name, else the last
// fenced block, else, if the answer has no fence and names the launcher, all of it. The error says
// what the answer lacks.
Result<std::string> FindProgram(std::string_view answer, std::string_view entry);

}  // namespace ws::search::llm

#endif  // WARPSMITH_SEARCH_LLM_CHAT_H_
