#include "task/toml_scan.h"

#include "base/format.h"
#include "task/toml_document.h"
#include "tests/test.h"

namespace ws::task {
namespace {

// The position at which a text is refused; -1 if it is not.
int64_t StrayAt(std::string_view text) {
  const auto stray = FindStray(text);
  return stray ? static_cast<int64_t>(stray->at) : -1;
}

TEST(TomlScan, CommentsMayHoldAnything) {
  EXPECT_EQ(StrayAt(""), -1);
  EXPECT_EQ(StrayAt("a = 1 # é\nb = 'u#' # ü\nc = \"\\\"o\" # ö"), -1);
  EXPECT_EQ(StrayAt("a = \"\"\"\n\"#\"\n\\\"\"\"\" # é\nb = '''\n'#'\n''' # ß"), -1);
  EXPECT_EQ(StrayAt("a = \"\"\"e\"\"\"\" # é"), -1);
  EXPECT_EQ(StrayAt("\xef\xbb\xbf"
                    "a = 1\r\n\tb = 2"),
            -1);
}

TEST(TomlScan, PointsToWhatIsStray) {
  EXPECT_EQ(StrayAt("a = é"), 4);
  EXPECT_EQ(StrayAt("a = 'ok' é"), 9);
  EXPECT_EQ(StrayAt("'a' = \"x\nü"), 9);  // the string ends with its line
  EXPECT_EQ(StrayAt("a = '# ü'"), 7);
  EXPECT_EQ(StrayAt("a = 1979-06-27T{\"# ü"), 19);  // no string to toml++
  EXPECT_EQ(StrayAt("# ok\n\x01"), 5);
  EXPECT_EQ(FindStray("a = é")->name, "`é`");
  EXPECT_EQ(FindStray("a = \xff")->name, "byte 0xff");
  EXPECT_EQ(FindStray("a = \xf0\x9f\x98\x80")->bytes, 4U);
}

// None of these may end the process or be accepted; each gives an error with its place.
TEST(TomlScan, HostileTextsGiveErrors) {
  const std::string kTexts[] = {
      "\xc3\xa9 = 1",                // a bare key
      "a.\xc3\xa9 = 1",              // within a dotted key
      "[\xc3\xa9]",                  // a table
      "[[a.\xe2\x82\xac]]",          // an array of tables
      "a = \xc3\xa9",                // a value
      "a = 1\xc3\xa9",               // behind a number
      "a = 0x\xc3\xa9",              // digits
      "a = 1979-05-27\xe2\x80\x83",  // behind a date
      "a = 07:32:\xd9\xa3\xd9\xa3",  // Arabic digits in a time
      "a = 1e\xef\xbc\x91",          // a full-width digit in an exponent
      "a = tru\xd0\xb5",             // a Cyrillic letter in a word
      "a = in\xc6\x92",              // in `inf`
      "a = [1,\xc2\xa0"
      "2]",  // a no-break space in an array
      "a = {\xe2\x80\x8b"
      "b = 1}",            // a zero-width space in an inline table
      "a\xe2\x80\xa8= 1",  // a line separator
      "a = 1\xc2\x85",     // next line
      "\xff\xfe"
      "a = 1",                          // UTF-16's byte order mark
      "a = \x80",                       // a continuation byte
      "a = \xf5\x80\x80\x80",           // beyond Unicode
      "a = \xed\xa0\x80",               // half a surrogate pair
      "a = \xc3",                       // cut off at the end
      std::string("a = 1\0b = 2", 11),  // a zero
      "a = \"\x01\"",                   // a control character in a string
      "a = \"\xff\"",                   // no UTF-8 in a string
      "# \xc0\xaf\na = 1",              // an overlong form in a comment
      "a = \"\"\"\xe2\x82",             // cut off in a string
  };
  for (const std::string& text : kTexts) {
    const TomlDocument document("task.toml", text);
    ASSERT_TRUE(document.has_errors()) << text;
    EXPECT_TRUE(document.root().empty()) << text;
    const std::string message = diag::ToText(document.Rendered());
    EXPECT_TRUE(message.starts_with("task.toml:")) << message;
  }
}

}  // namespace
}  // namespace ws::task
