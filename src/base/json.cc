#include "base/json.h"

namespace ws {

Result<Json> ParseJson(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const Json::exception& e) {
    // What the library says begins with the name of its exception in brackets.
    const std::string_view what = e.what();
    const size_t end = what.find("] ");
    return Error{"no JSON: " +
                 std::string(end == std::string_view::npos ? what : what.substr(end + 2))};
  }
}

std::string DumpJson(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace ws
