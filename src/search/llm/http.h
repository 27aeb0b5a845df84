// HTTP POST requests to a model endpoint, several at once, with bounds on time and size.
//
// A request that meets a busy or broken server is repeated with growing pauses; what comes back is
// either a reply with status 200 or an error in one sentence. Neither errors nor replies ever hold
// the request's headers, where the key is.
#ifndef WARPSMITH_SEARCH_LLM_HTTP_H_
#define WARPSMITH_SEARCH_LLM_HTTP_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace ws::search::llm {

struct HttpLimits {
  double connect_seconds = 10;
  double total_seconds = 300;      // of one try
  double silence_seconds = 120;    // without a byte
  uint64_t reply_bytes = 4 << 20;  // beyond: an error
  uint32_t tries = 5;              // per request: after 408, 429, 5xx, and broken connections
  double first_pause_seconds = 1;  // doubled from try to try, unless the server says Retry-After
  double longest_pause_seconds = 60;
};

struct HttpReply {
  std::string body;
  uint32_t tries = 1;
  double seconds = 0;  // wall time, pauses included
};

// Posts each JSON body to `url` with `Authorization: Bearer key` (none if the key is empty); result
// i belongs to body i. All requests run side by side on the calling thread. `stop` is asked a few
// times a second; once it says true, what is not finished fails with "interrupted". Errors: blame
// the user for a refused key or an unknown address, the infrastructure for the rest.
std::vector<Result<HttpReply>> PostAll(const std::string& url, const std::string& key,
                                       std::span<const std::string> bodies,
                                       const HttpLimits& limits, const std::function<bool()>& stop);

}  // namespace ws::search::llm

#endif  // WARPSMITH_SEARCH_LLM_HTTP_H_
