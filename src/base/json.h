// JSON: nlohmann/json behind an alias and two functions that do not throw. Objects keep the order
// in which keys were added, so that output is deterministic. The only header that includes
// nlohmann. A member access that the document does not fit throws: test with contains() and is_*()
// first.
#ifndef WARPSMITH_BASE_JSON_H_
#define WARPSMITH_BASE_JSON_H_

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ws {

using Json = nlohmann::ordered_json;

// An error says what is wrong and where when `text` is not one JSON value.
Result<Json> ParseJson(std::string_view text);

// One line when `indent` is negative. Bytes that are not UTF-8 become U+FFFD.
std::string DumpJson(const Json& value, int indent = -1);

}  // namespace ws

#endif  // WARPSMITH_BASE_JSON_H_
