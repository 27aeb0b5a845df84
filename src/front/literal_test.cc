#include "front/literal.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/rng.h"
#include "tests/test.h"

namespace ws::front {
namespace {

TEST(Numbers, DecimalLiteralsRoundAsTheCLibraryDoes) {
  Rng rng(1);
  for (int i = 0; i < 20000; ++i) {
    char text[128];
    const uint64_t bits = rng.Next();
    double d;
    memcpy(&d, &bits, sizeof(d));
    if (!std::isfinite(d)) continue;
    snprintf(text, sizeof(text), i % 2 == 0 ? "%.17e" : "%.24e", std::fabs(d));
    EXPECT_EQ(ParseFloatingLiteral(text).value, strtod(text, nullptr)) << text;
    const std::string single = std::string(text) + "f";
    EXPECT_EQ(ParseFloatingLiteral(single).value, static_cast<double>(strtof(text, nullptr)))
        << text;
  }
}

TEST(Numbers, TiesBetweenFloatsGoToEvenWithOneRounding) {
  // Halfway between two floats, and a hair above: double rounding would lose the hair.
  EXPECT_EQ(ParseFloatingLiteral("1.00000005960464477539062500f").value, 1.0);
  EXPECT_EQ(ParseFloatingLiteral("1.00000005960464477539062500000000000000000001f").value,
            1.0 + 0x1p-23);
}

TEST(Numbers, HexadecimalFloats) {
  EXPECT_EQ(ParseFloatingLiteral("0x1.8p3").value, 12.0);
  EXPECT_EQ(ParseFloatingLiteral("0x1p-149f").value, 0x1p-149);
  EXPECT_NE(ParseFloatingLiteral("0x1.8").problem, nullptr);
}

TEST(Numbers, IntegerTypesFollowSuffixAndSize) {
  EXPECT_EQ(ParseIntegerLiteral("2147483647").type, TypeKind::kInt);
  EXPECT_EQ(ParseIntegerLiteral("2147483648").type, TypeKind::kLong);
  EXPECT_EQ(ParseIntegerLiteral("0x80000000").type, TypeKind::kUInt);
  EXPECT_EQ(ParseIntegerLiteral("1ull").type, TypeKind::kULongLong);
  EXPECT_EQ(ParseIntegerLiteral("0b1'01").value, 5u);
  EXPECT_NE(ParseIntegerLiteral("18446744073709551616").problem, nullptr);
  EXPECT_NE(ParseIntegerLiteral("09").problem, nullptr);
}

}  // namespace
}  // namespace ws::front
