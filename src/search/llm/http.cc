#include "search/llm/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string_view>

#include "base/format.h"
#include "base/json.h"

namespace ws::search::llm {
namespace {

using Clock = std::chrono::steady_clock;

struct EasyCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiCloser {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListFreer {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyCloser>;
using Multi = std::unique_ptr<CURLM, MultiCloser>;
using List = std::unique_ptr<curl_slist, ListFreer>;

// libcurl's own state, set up once.
bool CurlIsReady() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

// One request on its way, through all of its tries.
struct Flight {
  Easy easy;
  bool in_multi = false;
  bool done = false;
  uint32_t tries = 0;
  Clock::time_point next_try;
  std::string body;
  uint64_t most_bytes = 0;
  bool too_large = false;
};

size_t TakeBytes(char* data, size_t size, size_t count, void* self) {
  auto* flight = static_cast<Flight*>(self);
  const size_t bytes = size * count;
  if (flight->body.size() + bytes > flight->most_bytes) {
    flight->too_large = true;
    return 0;
  }
  flight->body.append(data, bytes);
  return bytes;
}

bool IsWorthRepeating(long status) { return status == 408 || status == 429 || status >= 500; }

bool IsWorthRepeating(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return true;
    default:
      return false;
  }
}

// What the server says of an error, if it says it as these endpoints do.
std::string ServersWords(const std::string& body) {
  const Result<Json> json = ParseJson(body);
  if (!json.ok() || !json.value().is_object()) return {};
  const Json& value = json.value();
  const auto message = [](const Json& from) -> std::string {
    if (from.is_string()) return from.get<std::string>();
    if (from.is_object() && from.contains("message") && from["message"].is_string()) {
      return from["message"].get<std::string>();
    }
    return {};
  };
  std::string words = value.contains("error") ? message(value["error"]) : message(value);
  constexpr size_t kMost = 200;
  if (words.size() > kMost) words.resize(kMost);
  return words.empty() ? std::string() : Format(": {}", words);
}

class Batch {
 public:
  Batch(const std::string& url, const std::string& key, std::span<const std::string> bodies,
        const HttpLimits& limits)
      : url_(url), bodies_(bodies), limits_(limits), multi_(curl_multi_init()) {
    headers_.reset(curl_slist_append(nullptr, "Content-Type: application/json"));
    if (!key.empty()) {
      const std::string line = "Authorization: Bearer " + key;
      headers_.reset(curl_slist_append(headers_.release(), line.c_str()));
    }
    flights_.resize(bodies.size());
    results_.assign(bodies.size(), Error{"interrupted", Blame::kInfrastructure});
    for (size_t i = 0; i < flights_.size(); ++i) Prepare(i);
  }
  ~Batch() {
    for (Flight& f : flights_) {
      if (f.in_multi) curl_multi_remove_handle(multi_.get(), f.easy.get());
    }
  }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  std::vector<Result<HttpReply>> Run(const std::function<bool()>& stop) {
    while (!(stop && stop())) {
      StartDue();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      CollectFinished();
      if (std::ranges::all_of(flights_, &Flight::done)) break;
      constexpr int kPollMs = 200;
      curl_multi_poll(multi_.get(), nullptr, 0, kPollMs, nullptr);
    }
    return std::move(results_);
  }

 private:
  void Prepare(size_t i) {
    Flight& f = flights_[i];
    f.easy.reset(curl_easy_init());
    f.most_bytes = limits_.reply_bytes;
    f.next_try = Clock::now();
    CURL* h = f.easy.get();
    const auto ms = [](double seconds) { return static_cast<long>(seconds * 1000); };
    curl_easy_setopt(h, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);  // the key goes to the address given alone
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers_.get());
    curl_easy_setopt(h, CURLOPT_POSTFIELDS, bodies_[i].data());
    curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(bodies_[i].size()));
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, ms(limits_.connect_seconds));
    curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, ms(limits_.total_seconds));
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME,
                     std::max(1L, static_cast<long>(limits_.silence_seconds)));
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, &TakeBytes);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, &f);
    curl_easy_setopt(h, CURLOPT_PRIVATE, &f);
  }

  void StartDue() {
    const Clock::time_point now = Clock::now();
    for (Flight& f : flights_) {
      if (f.done || f.in_multi || f.next_try > now) continue;
      f.body.clear();
      ++f.tries;
      curl_multi_add_handle(multi_.get(), f.easy.get());
      f.in_multi = true;
    }
  }

  void CollectFinished() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      void* self = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
      auto* flight = static_cast<Flight*>(self);
      curl_multi_remove_handle(multi_.get(), flight->easy.get());
      flight->in_multi = false;
      Finish(*flight, code);
    }
  }

  void Finish(Flight& f, CURLcode code) {
    const auto index = static_cast<size_t>(&f - flights_.data());
    long status = 0;
    curl_easy_getinfo(f.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK && status == 200) {
      const std::chrono::duration<double> spent = Clock::now() - begin_;
      results_[index] =
          HttpReply{.body = std::move(f.body), .tries = f.tries, .seconds = spent.count()};
      f.done = true;
      return;
    }
    const bool repeat = code == CURLE_OK ? IsWorthRepeating(status) : IsWorthRepeating(code);
    if (repeat && !f.too_large && f.tries < limits_.tries) {
      f.next_try = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                      std::chrono::duration<double>(Pause(f)));
      return;
    }
    results_[index] = Describe(f, code, status);
    f.done = true;
  }

  double Pause(const Flight& f) const {
    curl_off_t asked = 0;
    curl_easy_getinfo(f.easy.get(), CURLINFO_RETRY_AFTER, &asked);
    double pause = limits_.first_pause_seconds;
    for (uint32_t i = 1; i < f.tries; ++i) pause *= 2;
    if (asked > 0) pause = static_cast<double>(asked);
    return std::min(pause, limits_.longest_pause_seconds);
  }

  Error Describe(const Flight& f, CURLcode code, long status) const {
    const std::string tries = f.tries > 1 ? Format(", {} tries", f.tries) : std::string();
    if (f.too_large) {
      return {Format("the reply is larger than {} bytes", limits_.reply_bytes),
              Blame::kInfrastructure};
    }
    if (code != CURLE_OK) {
      const bool users = code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL ||
                         code == CURLE_COULDNT_RESOLVE_HOST;
      return {Format("{}{}", curl_easy_strerror(code), tries),
              users ? Blame::kUser : Blame::kInfrastructure};
    }
    const bool users = status >= 400 && status < 500 && !IsWorthRepeating(status);
    return {Format("the server answers with status {}{}{}", status, tries, ServersWords(f.body)),
            users ? Blame::kUser : Blame::kInfrastructure};
  }

  const std::string& url_;
  const std::span<const std::string> bodies_;
  const HttpLimits& limits_;
  const Clock::time_point begin_ = Clock::now();
  List headers_;
  Multi multi_;
  std::vector<Flight> flights_;  // does not grow: libcurl holds pointers into it
  std::vector<Result<HttpReply>> results_;
};

}  // namespace

std::vector<Result<HttpReply>> PostAll(const std::string& url, const std::string& key,
                                       std::span<const std::string> bodies,
                                       const HttpLimits& limits,
                                       const std::function<bool()>& stop) {
  if (!CurlIsReady()) {
    return std::vector<Result<HttpReply>>(
        bodies.size(), Error{"libcurl cannot be set up", Blame::kInfrastructure});
  }
  return Batch(url, key, bodies, limits).Run(stop);
}

}  // namespace ws::search::llm
