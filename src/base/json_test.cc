#include "base/json.h"

#include "tests/test.h"

namespace ws {
namespace {

TEST(Json, KeepsKeyOrder) {
  Json object = Json::object();
  object["zeta"] = 1;
  object["alpha"] = "x";
  EXPECT_EQ(DumpJson(object), R"({"zeta":1,"alpha":"x"})");
}

TEST(Json, MalformedTextIsAnErrorNotAnException) {
  std::string error;
  EXPECT_FALSE(ParseJson("{\"a\": ", &error).has_value());
  EXPECT_NE(error.find("parse error"), std::string::npos) << error;
}

TEST(Json, InvalidUtf8IsReplaced) {
  EXPECT_EQ(DumpJson(Json(std::string("a\xff"))), "\"a\xef\xbf\xbd\"");
}

}  // namespace
}  // namespace ws
