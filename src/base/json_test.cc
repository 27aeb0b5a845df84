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
  const Result<Json> result = ParseJson("{\"a\": ");
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().message.find("parse error"), std::string::npos);
}

TEST(Json, InvalidUtf8IsReplaced) {
  EXPECT_EQ(DumpJson(Json(std::string("a\xff"))), "\"a\xef\xbf\xbd\"");
}

}  // namespace
}  // namespace ws
