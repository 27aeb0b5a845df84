// A value or an error message, for what can fail on the host. User mistakes in sources go to
// diag::Sink instead; this is for files, tools, databases and other surroundings.
#ifndef WARPSMITH_BASE_RESULT_H_
#define WARPSMITH_BASE_RESULT_H_

#include <string>
#include <utility>
#include <variant>

#include "base/macros.h"

namespace ws {

// Whose fault a failure is; maps to the exit status (DESIGN §6): user mistakes 2, ours 3.
enum class Blame : uint8_t { kUser, kInfrastructure };

struct Error {
  std::string message;  // one sentence: what and where
  Blame blame = Blame::kUser;
  std::string hint = {};  // how to mend it, if the message does not say
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::move(error)) {}  // NOLINT: implicit by design

  bool ok() const { return state_.index() == 0; }
  T& value() & {
    WS_CHECK(ok());
    return std::get<0>(state_);
  }
  const T& value() const& {
    WS_CHECK(ok());
    return std::get<0>(state_);
  }
  T&& value() && {
    WS_CHECK(ok());
    return std::get<0>(std::move(state_));
  }
  const Error& error() const {
    WS_CHECK(!ok());
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

struct Unit {};
using Status = Result<Unit>;
inline Status Ok() { return Unit{}; }

}  // namespace ws

#define WS_CONCAT_INNER(a, b) a##b
#define WS_CONCAT(a, b) WS_CONCAT_INNER(a, b)
// TRY(auto x, F()): x is F's value, or the enclosing function returns F's error.
#define TRY(declaration, expression)                               \
  auto WS_CONCAT(try_, __LINE__) = (expression);                   \
  if (!WS_CONCAT(try_, __LINE__).ok()) return WS_CONCAT(try_, __LINE__).error(); \
  declaration = std::move(WS_CONCAT(try_, __LINE__)).value()
// TRY_OK(F()): goes on if F succeeded, else returns its error.
#define TRY_OK(expression)                                         \
  do {                                                             \
    auto try_status = (expression);                                \
    if (!try_status.ok()) return try_status.error();               \
  } while (false)

#endif  // WARPSMITH_BASE_RESULT_H_
