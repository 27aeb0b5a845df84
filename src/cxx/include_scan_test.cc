#include "cxx/include_scan.h"

#include "tests/test.h"

namespace ws::cxx {
namespace {

std::string Plain(std::string_view text) {
  const std::vector<IncludeLine> found = FindIncludes(text);
  return found.size() == 1 && found[0].is_plain ? found[0].header : "";
}

TEST(IncludeScan, PlainLinesGiveTheirNames) {
  EXPECT_EQ(Plain("#include <a.h>\n"), "a.h");
  EXPECT_EQ(Plain("int x;\n  # \t include \"b/c.h\" // why\n"), "b/c.h");
  EXPECT_EQ(Plain("/* a\n b */ #include <a.h>"), "a.h");
  EXPECT_EQ(Plain("#/**/include/* <z.h> */<a.h>"), "a.h");
  const std::vector<IncludeLine> found = FindIncludes("x\n #include <a> b\n#include \"c\"\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].begin, 3u);
  EXPECT_EQ(found[0].end, 15u);
  EXPECT_EQ(found[1].header, "c");
}

TEST(IncludeScan, OtherSpellingsAreSeen) {
  EXPECT_EQ(Plain("%:include <a.h>"), "a.h");
  EXPECT_EQ(Plain("%\\\n:include <a.h>"), "a.h");
  EXPECT_EQ(Plain("#\\\ninc\\\nlude \"a\\\n.h\""), "a.h");
  EXPECT_EQ(Plain("#\\  \ninclude <a.h>"), "a.h");
  EXPECT_EQ(Plain("\\\n#include <a.h>"), "a.h");
  EXPECT_EQ(Plain("\xef\xbb\xbf#include <a.h>"), "a.h");
  EXPECT_EQ(Plain("int x;\r#include <a.h>"), "a.h");
  EXPECT_EQ(Plain("#\xc2\xa0include <a.h>"), "a.h");
  EXPECT_EQ(Plain("#/\\\n* *\\\n/include <a.h>"), "a.h");
}

TEST(IncludeScan, WhatOnlyTheCompilerKnows) {
  EXPECT_TRUE(ReadsUnknownFiles("#include NAME\n"));
  EXPECT_TRUE(ReadsUnknownFiles("  #  include_next <vector>\n"));
  EXPECT_TRUE(ReadsUnknownFiles("#import <vector>\n"));
  EXPECT_TRUE(ReadsUnknownFiles("int a[] = {\n#embed \"a\"\n};"));
  EXPECT_TRUE(ReadsUnknownFiles("#include <a\n"));
  EXPECT_TRUE(ReadsUnknownFiles("#include"));
  EXPECT_FALSE(
      ReadsUnknownFiles("#include <a>\n#define A include B\n#if A\n#includes\n#pragma x\n"));
}

TEST(IncludeScan, OtherTextIsNone) {
  EXPECT_TRUE(FindIncludes("int a = b #include <c>\n").empty());
  EXPECT_TRUE(FindIncludes("// see #include <c>\nx = a % include;\n").empty());
  EXPECT_TRUE(FindIncludes("a \\\n#include <c>\n").empty());
  EXPECT_TRUE(FindIncludes("#").empty());
  EXPECT_TRUE(FindIncludes("#/* ").empty());
}

}  // namespace
}  // namespace ws::cxx
