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

// Base 16, 10, 8 or 2 by its prefix, with or without U behind it; false on other digits. Of more
// than 64 bits the lowest count, as ptxas has it, which sees an overflow only where the value of
// the digits so far gets less.
WS_HD bool IntegerOf(std::string_view text, uint64_t* bits, bool* is_unsigned) {
  const char* p = text.data();
  size_t size = text.size();
  *is_unsigned = size > 1 && p[size - 1] == 'U';
  if (*is_unsigned) --size;
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
    const uint64_t scaled = value * base;
    if (scaled < value && base == 10) return false;
    value = scaled + static_cast<uint64_t>(digit);
  }
  *is_unsigned = *is_unsigned || value > ~uint64_t{0} >> 1;
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

// Both as unsigned integers if one of them is. Not for division by zero.
WS_HD uint64_t Apply(const char* op, uint64_t a, uint64_t b, bool is_unsigned) {
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
      if (op[1] == '<') return a << (b & 63);
      if (is_unsigned) return op[1] == '=' ? a <= b : a < b;
      return op[1] == '=' ? x <= y : x < y;
    case '>':
      if (op[1] == '>') return is_unsigned ? a >> (b & 63) : static_cast<uint64_t>(x >> (b & 63));
      if (is_unsigned) return op[1] == '=' ? a >= b : a > b;
      return op[1] == '=' ? x >= y : x > y;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (is_unsigned) return a / b;
      return y == -1 ? 0 - a : static_cast<uint64_t>(x / y);
    default:  // ptxas takes the remainder of unsigned values
      return a % b;
  }
}

// False for operators that floats do not have; comparisons give an integer.
WS_HD bool ApplyToFloats(const char* op, double a, double b, bool* is_integer, uint64_t* bits) {
  bool holds = false;
  *is_integer = false;
  switch (op[0]) {
    case '+':
      *bits = BitsOf(a + b);
      return true;
    case '-':
      *bits = BitsOf(a - b);
      return true;
    case '*':
      *bits = BitsOf(a * b);
      return true;
    case '/':
      *bits = BitsOf(a / b);
      return true;
    case '<':
      if (op[1] == '<') return false;
      holds = op[1] == '=' ? a <= b : a < b;
      break;
    case '>':
      if (op[1] == '>') return false;
      holds = op[1] == '=' ? a >= b : a > b;
      break;
    case '=':
      holds = a == b;
      break;
    case '!':
      holds = a != b;
      break;
    default:
      return false;
  }
  *is_integer = true;
  *bits = holds ? 1 : 0;
  return true;
}

}  // namespace

WS_HD bool Reader::NumberOf(const Token& t, Value* value) {
  const std::string_view text = TextOf(t);
  bool ok = true;
  *value = Value();
  if (t.kind == TokenKind::kInteger) {
    value->kind = Value::Kind::kInteger;
    ok = IntegerOf(text, &value->bits, &value->is_unsigned);
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
      // Beyond the normal numbers of a double.
      constexpr uint64_t kLeast = uint64_t{1} << 52, kInfinite = uint64_t{0x7ff} << 52;
      const bool zero = decimal.IsZero();
      if (ok && !zero && (value->bits < kLeast || value->bits >= kInfinite)) {
        Report(diag::Kind::kPtxLimit, t, text, "a number",
               "decimals lie between 2.3e-308 and 1.7e308; 0d writes the bits of any double");
        return false;
      }
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
  const std::string_view written = TextOf(t);
  switch (t.kind) {
    case TokenKind::kFloat32:
    case TokenKind::kFloat64:
      // The bits of a float have their sign.
      if (count > 0 && written.data()[0] == '0' && written.size() > 9) {
        Report(diag::Kind::kPtxBadConstant, t);
        return false;
      }
      [[fallthrough]];
    case TokenKind::kInteger:
      ++at_;
      if (!NumberOf(t, value)) return false;
      break;
    case TokenKind::kDot:  // .5
      if (written.size() < 2 || written.data()[1] < '0' || written.data()[1] > '9') {
        ReportExpected("a constant");
        return false;
      }
      ++at_;
      if (!NumberOf(t, value)) return false;
      break;
    case TokenKind::kPunct:
      if (!t.Is('(')) {
        ReportExpected("a constant");
        return false;
      }
      ++at_;
      if (++depth_of_value_ > 100) {
        Report(diag::Kind::kNestedTooDeep, t, 100u);
        return false;
      }
      if ((Words::ModOf(Now().word) == Mod::kS64 || Words::ModOf(Now().word) == Mod::kU64) &&
          Now().kind == TokenKind::kDot && Behind(1).Is(')')) {
        const bool to_unsigned = Words::ModOf(Now().word) == Mod::kU64;
        at_ += 2;
        if (!ReadUnary(value)) return false;
        if (value->kind != Value::Kind::kInteger) {
          Report(diag::Kind::kPtxBadConstant, t);
          return false;
        }
        value->is_unsigned = to_unsigned;
      } else if (!ReadBinary(0, value) || !ReadChoice(value) || !Expect(')')) {
        return false;
      }
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
    const bool divides = found.op[0] == '/' || found.op[0] == '%';
    const bool integers =
        right.kind == Value::Kind::kInteger && value->kind == Value::Kind::kInteger;
    bool is_integer = false;
    if (integers && divides && right.bits == 0) {
      Report(diag::Kind::kPtxDivideByZero, t);
      return false;
    }
    if (integers) {
      const bool shifts = found.level == 7,
                 compares = found.level < 2 || (found.level > 4 && !shifts && found.level < 7);
      const bool is_unsigned = value->is_unsigned || (right.is_unsigned && !shifts);
      value->bits = Apply(found.op, value->bits, right.bits, is_unsigned);
      value->is_unsigned = is_unsigned && !compares;
    } else if (right.kind == Value::Kind::kInteger && value->kind == Value::Kind::kSymbol &&
               (plus || minus)) {
      value->bits += plus ? right.bits : 0 - right.bits;
    } else if (right.kind == Value::Kind::kFloat64 && value->kind == Value::Kind::kFloat64 &&
               ApplyToFloats(found.op, AsF64(value->bits), AsF64(right.bits), &is_integer,
                             &value->bits)) {
      if (is_integer) value->kind = Value::Kind::kInteger;
    } else {
      Report(diag::Kind::kPtxBadConstant, t);
      return false;
    }
  }
}

// What stands behind a condition: ? a : b, of which b may be one more choice.
WS_HD bool Reader::ReadChoice(Value* value) {
  bool decided = false;
  Value result;
  while (Now().Is('?')) {
    if (value->kind != Value::Kind::kInteger) {
      Report(diag::Kind::kPtxBadConstant, Now());
      return false;
    }
    ++at_;
    const bool holds = value->bits != 0;
    Value first;
    if (!ReadBinary(0, &first) || !Expect(':') || !ReadBinary(0, value)) return false;
    if (holds && !decided) {
      decided = true;
      result = first;
    }
  }
  if (decided) *value = result;
  return true;
}

WS_HD bool Reader::ReadValue(Value* value) {
  *value = Value();
  depth_of_value_ = 0;
  return ReadBinary(0, value) && ReadChoice(value);
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
