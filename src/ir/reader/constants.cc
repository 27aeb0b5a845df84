// Numbers and constant expressions (PTX ISA, "Constants"). device-clean
#include "base/decimal.h"
#include "ir/float_ops.h"
#include "ir/reader/reader.h"

namespace ws::ir::reader {
namespace {

WS_HD int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

// Base 16, 10, 8 or 2 by its prefix, with or without U behind it; false on other digits and beyond
// 64 bits.
WS_HD bool IntegerOf(std::string_view text, uint64_t* bits) {
  const char* p = text.data();
  size_t size = text.size();
  if (size > 1 && (p[size - 1] == 'U' || p[size - 1] == 'u')) --size;
  uint64_t base = 10;
  size_t i = 0;
  if (size > 1 && p[0] == '0') {
    const char kind = p[1];
    base = kind == 'x' || kind == 'X' ? 16 : (kind == 'b' || kind == 'B' ? 2 : 8);
    i = base == 8 ? 1 : 2;
  }
  if (i == size) return false;
  uint64_t value = 0;
  for (; i < size; ++i) {
    const int digit = DigitOf(p[i]);
    if (digit >= static_cast<int>(base)) return false;
    if (value > (~uint64_t{0} - static_cast<uint64_t>(digit)) / base) return false;
    value = value * base + static_cast<uint64_t>(digit);
  }
  *bits = value;
  return true;
}

WS_HD uint64_t HexOf(std::string_view text) {
  uint64_t value = 0;
  for (size_t i = 2; i < text.size(); ++i) {
    value = value << 4 | static_cast<uint64_t>(DigitOf(text.data()[i]));
  }
  return value;
}

struct Level {
  const char* op;  // one or two characters
  uint32_t level;
};
// Weakest first.
constexpr uint32_t kLevels = 10;
WS_HD Level LevelOf(char a, char b) {
  if (a == '|' && b == '|') return {"||", 0};
  if (a == '&' && b == '&') return {"&&", 1};
  if (a == '|') return {"|", 2};
  if (a == '^') return {"^", 3};
  if (a == '&') return {"&", 4};
  if (a == '=' && b == '=') return {"==", 5};
  if (a == '!' && b == '=') return {"!=", 5};
  if (a == '<' && b == '<') return {"<<", 7};
  if (a == '>' && b == '>') return {">>", 7};
  if (a == '<' && b == '=') return {"<=", 6};
  if (a == '>' && b == '=') return {">=", 6};
  if (a == '<') return {"<", 6};
  if (a == '>') return {">", 6};
  if (a == '+') return {"+", 8};
  if (a == '-') return {"-", 8};
  if (a == '*') return {"*", 9};
  if (a == '/') return {"/", 9};
  if (a == '%') return {"%", 9};
  return {"", kLevels};
}

// Both as signed integers, as constants without U are.
WS_HD uint64_t Apply(const char* op, uint64_t a, uint64_t b) {
  const int64_t x = static_cast<int64_t>(a), y = static_cast<int64_t>(b);
  switch (op[0]) {
    case '|':
      return op[1] == '|' ? a != 0 || b != 0 : a | b;
    case '&':
      return op[1] == '&' ? a != 0 && b != 0 : a & b;
    case '^':
      return a ^ b;
    case '=':
      return a == b;
    case '!':
      return a != b;
    case '<':
      if (op[1] == '<') return b < 64 ? a << b : 0;
      return op[1] == '=' ? x <= y : x < y;
    case '>':
      if (op[1] == '>') return static_cast<uint64_t>(x >> (b < 63 ? b : 63));
      return op[1] == '=' ? x >= y : x > y;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return y == 0 ? 0 : (y == -1 ? 0 - a : static_cast<uint64_t>(x / y));
    default:
      return y == 0 || y == -1 ? 0 : static_cast<uint64_t>(x % y);
  }
}

}  // namespace

WS_HD bool Reader::NumberOf(const Token& t, Value* value) {
  const std::string_view text = TextOf(t);
  bool ok = true;
  if (t.kind == TokenKind::kInteger) {
    value->kind = Value::Kind::kInteger;
    ok = IntegerOf(text, &value->bits);
  } else if (t.kind == TokenKind::kFloat32) {
    value->kind = Value::Kind::kFloat32;
    value->bits = HexOf(text);
  } else {
    value->kind = Value::Kind::kFloat64;
    const char kind = text.size() > 1 ? text.data()[1] : '0';
    if (text.data()[0] == '0' && (kind == 'd' || kind == 'D')) {
      value->bits = HexOf(text);
    } else {
      Decimal decimal;
      size_t at = 0;
      ok = decimal.Read(text, &at) == nullptr && at == text.size();
      value->bits = BitsOf(decimal.Round(false));
    }
  }
  if (!ok) Report(diag::Kind::kPtxBadNumber, t);
  return ok;
}

WS_HD bool Reader::ReadUnary(Value* value) {
  // Signs stack up: -(-(1)).
  char signs[64];
  uint32_t count = 0;
  while (Now().Is('-') || Now().Is('!') || Now().Is('~') || Now().Is('+')) {
    if (count == sizeof(signs)) {
      Report(diag::Kind::kNestedTooDeep, Now(), static_cast<uint32_t>(sizeof(signs)));
      return false;
    }
    signs[count++] = Now().punct;
    ++at_;
  }
  const Token t = Now();
  switch (t.kind) {
    case TokenKind::kInteger:
    case TokenKind::kFloat32:
    case TokenKind::kFloat64:
      ++at_;
      if (!NumberOf(t, value)) return false;
      break;
    case TokenKind::kPunct:
      if (!t.Is('(')) {
        ReportExpected("a constant");
        return false;
      }
      ++at_;
      if (Now().kind == TokenKind::kDot) ++at_;  // (.s64): integers are of 64 bits anyway
      if (Behind(0).Is(')')) {
        ++at_;
        if (!ReadUnary(value)) return false;
        break;
      }
      if (++depth_of_value_ > 100) {
        Report(diag::Kind::kNestedTooDeep, t, 100u);
        return false;
      }
      if (!ReadBinary(0, value) || !Expect(')')) return false;
      --depth_of_value_;
      break;
    case TokenKind::kWord: {
      const std::string_view text = TextOf(t);
      if (SameText(text, "WARP_SZ")) {
        value->bits = 32;
        ++at_;
        break;
      }
      if (SameText(text, "generic") && Behind(1).Is('(')) {
        at_ += 2;
        if (++depth_of_value_ > 100 || !ReadBinary(0, value) || !Expect(')')) return false;
        --depth_of_value_;
        break;
      }
      const Binding b = Find(t.word);
      if (b.meaning != Meaning::kGlobal && b.meaning != Meaning::kFunction) {
        if (b.meaning == Meaning::kNone) {
          ReportUnknown(t);
        } else {
          ReportExpected("a constant");
        }
        return false;
      }
      ++at_;
      value->kind = Value::Kind::kSymbol;
      value->symbol = b;
      value->bits = 0;
      break;
    }
    default:
      ReportExpected("a constant");
      return false;
  }
  for (uint32_t i = count; i > 0; --i) {
    const char sign = signs[i - 1];
    if (value->kind == Value::Kind::kFloat64 && sign == '-') {
      value->bits ^= uint64_t{1} << 63;
    } else if (value->kind == Value::Kind::kFloat32 && sign == '-') {
      value->bits ^= uint64_t{1} << 31;
    } else if (value->kind == Value::Kind::kInteger) {
      value->bits = sign == '-'   ? 0 - value->bits
                    : sign == '~' ? ~value->bits
                    : sign == '!' ? (value->bits == 0 ? 1 : 0)
                                  : value->bits;
    } else if (sign != '+') {
      Report(diag::Kind::kPtxBadConstant, t);
      return false;
    }
  }
  return true;
}

WS_HD bool Reader::ReadBinary(uint32_t level, Value* value) {
  if (!ReadUnary(value)) return false;
  for (;;) {
    const Token t = Now();
    if (t.kind != TokenKind::kPunct) return true;
    const Token next = Behind(1);
    const bool adjacent = next.kind == TokenKind::kPunct && next.begin == t.begin + 1;
    const Level found = LevelOf(t.punct, adjacent ? next.punct : char{0});
    if (found.level >= kLevels || found.level < level) return true;
    at_ += found.op[1] != 0 ? 2 : 1;
    Value right;
    if (!ReadBinary(found.level + 1, &right)) return false;
    const bool plus = found.op[0] == '+', minus = found.op[0] == '-';
    if (right.kind == Value::Kind::kSymbol && value->kind == Value::Kind::kInteger && plus) {
      const uint64_t bits = value->bits;
      *value = right;
      value->bits += bits;
    } else if (right.kind == Value::Kind::kInteger &&
               (value->kind == Value::Kind::kInteger ||
                (value->kind == Value::Kind::kSymbol && (plus || minus)))) {
      value->bits = Apply(found.op, value->bits, right.bits);
    } else {
      Report(diag::Kind::kPtxBadConstant, t);
      return false;
    }
  }
}

WS_HD bool Reader::ReadValue(Value* value) {
  *value = Value();
  depth_of_value_ = 0;
  return ReadBinary(0, value);
}

WS_HD bool Reader::ReadCount(uint64_t* count) {
  const Token t = Now();
  Value value;
  if (!ReadValue(&value)) return false;
  if (value.kind != Value::Kind::kInteger) {
    Report(diag::Kind::kPtxBadConstant, t);
    return false;
  }
  *count = value.bits;
  return true;
}

WS_HD uint64_t Reader::BitsIn(const Value& value, Type type) const {
  const bool is_float = value.kind == Value::Kind::kFloat32 || value.kind == Value::Kind::kFloat64;
  if (is_float) {
    const uint64_t wide =
        value.kind == Value::Kind::kFloat64
            ? value.bits
            : BitsOf(static_cast<double>(AsF32(static_cast<uint32_t>(value.bits))));
    if (BytesOf(type) == 8) return wide;
    return value.kind == Value::Kind::kFloat32 ? value.bits
                                               : BitsOf(static_cast<float>(AsF64(wide)));
  }
  if (type == Type::kPred) return value.bits != 0 ? 1 : 0;
  const uint32_t bytes = BytesOf(type);
  return bytes >= 8 || bytes == 0 ? value.bits : value.bits & ((uint64_t{1} << (8 * bytes)) - 1);
}

}  // namespace ws::ir::reader
