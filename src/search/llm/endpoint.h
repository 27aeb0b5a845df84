// The model that is asked: where it is, what it is called, and what an exchange with it is.
//
//   WARPSMITH_LLM_URL    base address, to which /chat/completions is added
//   WARPSMITH_LLM_MODEL  the model's name
//   WARPSMITH_LLM_KEY    the key; may be missing for a server that asks for none
//
// OPENAI_BASE_URL, OPENAI_MODEL and OPENAI_API_KEY are read where these are not set. The key is
// held in memory alone: it is in no message, no file and no log, and where a server repeats it, it
// is blotted out.
#ifndef WARPSMITH_SEARCH_LLM_ENDPOINT_H_
#define WARPSMITH_SEARCH_LLM_ENDPOINT_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "know/exchange.h"
#include "search/llm/chat.h"
#include "search/llm/http.h"

namespace ws::search::llm {

struct Endpoint {
  std::string url;  // complete
  std::string model;
  std::string key;
  HttpLimits limits;
};

// The error names the variables that are missing.
Result<Endpoint> EndpointFromEnvironment();

// Asks; answers come from the record where it has them. Every exchange with the network is recorded
// before its answer is used, so that a run that goes on, or is replayed, sees the same answers.
class Asker {
 public:
  // Without an endpoint nothing but the record is asked (a replay). `record` outlives the asker.
  Asker(std::optional<Endpoint> endpoint, know::ExchangeRecord& record)
      : endpoint_(std::move(endpoint)), record_(record) {}

  // One answer per request, all asked side by side. An answer that failed (the network, a reply
  // that is none) is an error in its place. A status of its own: the record cannot be written, a
  // replay lacks the exchange, or `stop` said so.
  // Failures on record count where `past` says that the run went on from them; else they are tried
  // again, if there is an endpoint.
  Result<std::vector<Result<ChatReply>>> Ask(const std::vector<ChatRequest>& requests, bool past,
                                             const std::function<bool()>& stop);

  // Of all answers given so far, recorded ones too.
  const Usage& usage() const { return usage_; }

 private:
  std::optional<Endpoint> endpoint_;
  know::ExchangeRecord& record_;
  Usage usage_;
};

}  // namespace ws::search::llm

#endif  // WARPSMITH_SEARCH_LLM_ENDPOINT_H_
