// Exchanges with a language model, as a run records them.
#ifndef WARPSMITH_KNOW_EXCHANGE_H_
#define WARPSMITH_KNOW_EXCHANGE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

namespace ws::know {

struct Exchange {
  std::string key;      // hash of the request
  std::string request;  // its JSON body; no headers, so no key to any server
  std::string reply;    // the body that came back with status 200
  std::string error;    // why there is none
  uint32_t tries = 1;
  double seconds = 0;
};

// Where exchanges are made durable and found again. Thread-safe.
class ExchangeRecord {
 public:
  virtual ~ExchangeRecord() = default;
  virtual std::optional<Exchange> FindExchange(const std::string& key) const = 0;
  virtual Status CommitExchange(const Exchange& exchange) = 0;
};

// What `from` holds, copied to `to` when it is found: a replay leaves a whole record of its own.
// The two outlive it.
class CopiedRecord : public ExchangeRecord {
 public:
  CopiedRecord(const ExchangeRecord& from, ExchangeRecord& to) : from_(from), to_(to) {}

  std::optional<Exchange> FindExchange(const std::string& key) const override {
    std::optional<Exchange> found = from_.FindExchange(key);
    if (found && !to_.CommitExchange(*found).ok()) return std::nullopt;
    return found;
  }
  Status CommitExchange(const Exchange& exchange) override { return to_.CommitExchange(exchange); }

 private:
  const ExchangeRecord& from_;
  ExchangeRecord& to_;
};

}  // namespace ws::know

#endif  // WARPSMITH_KNOW_EXCHANGE_H_
