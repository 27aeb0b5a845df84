// device-clean
#include "front/condition.h"

#include "front/literal.h"

namespace ws::front {
namespace {

struct Value {
  int64_t bits = 0;
  bool is_unsigned = false;
  bool undefined = false;  // divided by zero; an error only if the value is used
};

struct Operator {
  TokenKind kind;
  uint8_t precedence;  // 0: an open parenthesis or `?` that waits for its partner
  bool unary = false;
};

constexpr uint8_t kUnaryPrecedence = 20;

// 0: no binary operator.
WS_HD uint8_t PrecedenceOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kComma:
      return 1;
    case TokenKind::kQuestion:
      return 2;
    case TokenKind::kOrOr:
      return 3;
    case TokenKind::kAndAnd:
      return 4;
    case TokenKind::kOr:
      return 5;
    case TokenKind::kXor:
      return 6;
    case TokenKind::kAnd:
      return 7;
    case TokenKind::kEqualEqual:
    case TokenKind::kNotEqual:
      return 8;
    case TokenKind::kLess:
    case TokenKind::kGreater:
    case TokenKind::kLessEqual:
    case TokenKind::kGreaterEqual:
      return 9;
    case TokenKind::kLessLess:
    case TokenKind::kGreaterGreater:
      return 10;
    case TokenKind::kPlus:
    case TokenKind::kMinus:
      return 11;
    case TokenKind::kStar:
    case TokenKind::kSlash:
    case TokenKind::kPercent:
      return 12;
    default:
      return 0;
  }
}

WS_HD Value ApplyUnary(TokenKind kind, Value v) {
  const auto bits = static_cast<uint64_t>(v.bits);
  switch (kind) {
    case TokenKind::kMinus:
      v.bits = static_cast<int64_t>(0 - bits);
      break;
    case TokenKind::kTilde:
      v.bits = static_cast<int64_t>(~bits);
      break;
    case TokenKind::kNot:
      v.bits = v.bits == 0;
      v.is_unsigned = false;
      break;
    default:
      break;
  }
  return v;
}

WS_HD Value ApplyBinary(TokenKind kind, Value a, Value b) {
  const auto ua = static_cast<uint64_t>(a.bits);
  const auto ub = static_cast<uint64_t>(b.bits);
  const bool is_unsigned = a.is_unsigned || b.is_unsigned;
  Value r;
  r.undefined = a.undefined || b.undefined;
  const auto arithmetic = [&](uint64_t bits) {
    r.bits = static_cast<int64_t>(bits);
    r.is_unsigned = is_unsigned;
  };
  const bool less = is_unsigned ? ua < ub : a.bits < b.bits;
  switch (kind) {
    case TokenKind::kComma:
      r = b;
      break;
    case TokenKind::kOrOr:
      r.bits = a.bits != 0 || b.bits != 0;
      r.undefined = a.undefined || (a.bits == 0 && b.undefined);
      break;
    case TokenKind::kAndAnd:
      r.bits = a.bits != 0 && b.bits != 0;
      r.undefined = a.undefined || (a.bits != 0 && b.undefined);
      break;
    case TokenKind::kOr:
      arithmetic(ua | ub);
      break;
    case TokenKind::kXor:
      arithmetic(ua ^ ub);
      break;
    case TokenKind::kAnd:
      arithmetic(ua & ub);
      break;
    case TokenKind::kEqualEqual:
      r.bits = ua == ub;
      break;
    case TokenKind::kNotEqual:
      r.bits = ua != ub;
      break;
    case TokenKind::kLess:
      r.bits = less;
      break;
    case TokenKind::kGreaterEqual:
      r.bits = !less;
      break;
    case TokenKind::kGreater:
      r.bits = !less && ua != ub;
      break;
    case TokenKind::kLessEqual:
      r.bits = less || ua == ub;
      break;
    case TokenKind::kLessLess:
      arithmetic(ub < 64 ? ua << ub : 0);
      r.is_unsigned = a.is_unsigned;
      break;
    case TokenKind::kGreaterGreater: {
      const uint64_t count = ub < 64 ? ub : 63;
      arithmetic(a.is_unsigned ? (ub < 64 ? ua >> ub : 0) : static_cast<uint64_t>(a.bits >> count));
      r.is_unsigned = a.is_unsigned;
      break;
    }
    case TokenKind::kPlus:
      arithmetic(ua + ub);
      break;
    case TokenKind::kMinus:
      arithmetic(ua - ub);
      break;
    case TokenKind::kStar:
      arithmetic(ua * ub);
      break;
    case TokenKind::kSlash:
    case TokenKind::kPercent: {
      const bool quotient = kind == TokenKind::kSlash;
      if (ub == 0) {
        r.undefined = true;
      } else if (is_unsigned) {
        arithmetic(quotient ? ua / ub : ua % ub);
      } else if (b.bits == -1) {
        arithmetic(quotient ? 0 - ua : 0);
      } else {
        arithmetic(static_cast<uint64_t>(quotient ? a.bits / b.bits : a.bits % b.bits));
      }
      break;
    }
    default:
      break;
  }
  return r;
}

class Evaluator {
 public:
  WS_HD Evaluator(Arena& arena, std::span<const Token> tokens)
      : values_(arena), operators_(arena), tokens_(tokens) {}

  WS_HD ConditionResult Run() {
    bool want_operand = true;
    for (const Token* t = tokens_.data(); t != tokens_.data() + tokens_.size(); ++t) {
      if (want_operand ? !TakeOperand(*t, want_operand) : !TakeOperator(*t, want_operand)) {
        return {false, problem_, t};
      }
    }
    if (want_operand) return {false, "an operand is missing", nullptr};
    Reduce(1);
    if (!operators_.empty()) {
      const bool paren = operators_.back().kind == TokenKind::kLeftParen;
      return {false, paren ? "( is not closed" : "? has no :", nullptr};
    }
    if (values_.size() != 1) return {false, "it is too large", nullptr};
    if (values_[0].undefined) return {false, "division by zero", nullptr};
    return {values_[0].bits != 0, nullptr, nullptr};
  }

 private:
  WS_HD bool Fail(const char* problem) {
    problem_ = problem;
    return false;
  }

  WS_HD bool TakeOperand(const Token& t, bool& want_operand) {
    switch (t.kind) {
      case TokenKind::kLeftParen:
        operators_.push_back({t.kind, 0});
        return true;
      case TokenKind::kPlus:
      case TokenKind::kMinus:
      case TokenKind::kTilde:
      case TokenKind::kNot:
        operators_.push_back({t.kind, kUnaryPrecedence, true});
        return true;
      case TokenKind::kIntNumber: {
        const IntegerValue v = ParseIntegerLiteral(t.view());
        if (v.problem != nullptr) return Fail("malformed number");
        values_.push_back({static_cast<int64_t>(v.value),
                           v.suffix_u || static_cast<int64_t>(v.value) < 0, false});
        break;
      }
      case TokenKind::kChar: {
        int64_t value = 0;
        if (ParseCharacter(t.view(), &value) != nullptr) return Fail("malformed character");
        values_.push_back({value, false, false});
        break;
      }
      case TokenKind::kFloatNumber:
        return Fail("floating-point numbers do not belong in it");
      default:
        if (!t.name.valid()) return Fail("an operand is missing");
        values_.push_back({t.kind == TokenKind::kTrue, false, false});
        break;
    }
    want_operand = false;
    return true;
  }

  WS_HD bool TakeOperator(const Token& t, bool& want_operand) {
    if (t.kind == TokenKind::kRightParen) {
      Reduce(1);
      if (operators_.empty() || operators_.back().kind != TokenKind::kLeftParen) {
        return Fail(") without (");
      }
      operators_.pop_back();
      return true;
    }
    want_operand = true;
    if (t.kind == TokenKind::kColon) {
      Reduce(1);
      if (operators_.empty() || operators_.back().kind != TokenKind::kQuestion ||
          operators_.back().precedence != 0) {
        return Fail(": without ?");
      }
      operators_.back() = {TokenKind::kColon, PrecedenceOf(TokenKind::kQuestion)};
      return true;
    }
    const uint8_t precedence = PrecedenceOf(t.kind);
    if (precedence == 0) return Fail("an operator is missing");
    if (t.kind == TokenKind::kQuestion) {
      Reduce(precedence + 1);
      operators_.push_back({t.kind, 0});
      return true;
    }
    Reduce(precedence);
    operators_.push_back({t.kind, precedence});
    return true;
  }

  // Applies the operators on the stack that bind at least as tightly.
  WS_HD void Reduce(uint8_t precedence) {
    while (!operators_.empty() && operators_.back().precedence >= precedence &&
           operators_.back().precedence > 0) {
      const Operator op = operators_.back();
      operators_.pop_back();
      if (op.unary) {
        values_.back() = ApplyUnary(op.kind, values_.back());
        continue;
      }
      const Value b = values_.back();
      values_.pop_back();
      Value& a = values_.back();
      if (op.kind == TokenKind::kColon) {
        values_.pop_back();
        Value& condition = values_.back();
        const bool undefined = condition.undefined;
        condition = condition.bits != 0 ? a : b;
        condition.undefined = condition.undefined || undefined;
      } else {
        a = ApplyBinary(op.kind, a, b);
      }
    }
  }

  Vec<Value> values_;
  Vec<Operator> operators_;
  std::span<const Token> tokens_;
  const char* problem_ = nullptr;
};

}  // namespace

WS_HD ConditionResult EvaluateCondition(Arena& arena, std::span<const Token> tokens) {
  return Evaluator(arena, tokens).Run();
}

}  // namespace ws::front
