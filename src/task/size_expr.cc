#include "task/size_expr.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <type_traits>

#include "base/format.h"
#include "task/limits.h"

namespace ws::task {
namespace {

constexpr int kMaxDepth = 32;

bool IsNameStart(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool IsNameChar(char c) { return IsNameStart(c) || IsDigit(c); }

// Recursive descent that evaluates while it reads. After the first error everything is 0.
template <typename T>
class Parser {
 public:
  // `sizes` null: names are collected and stand for 1.
  Parser(std::string_view text, const Sizes* sizes, std::vector<std::string>* names)
      : text_(text), sizes_(sizes), names_(names) {}

  Result<T> Parse() {
    if (text_.size() > kMaxExpression) {
      return Error{Format("`{}...`: an expression has at most {} characters", text_.substr(0, 40),
                          kMaxExpression)};
    }
    const T value = Sum();
    Skip();
    if (error_.empty() && at_ < text_.size()) Fail(Format("unexpected `{}`", text_.substr(at_)));
    if (!error_.empty()) return Error{Format("`{}`: {}", text_, error_)};
    return value;
  }

 private:
  void Fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    at_ = text_.size();
  }
  void Skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool Eat(char c) {
    Skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  T Combine(char op, T a, T b) {
    if constexpr (std::is_integral_v<T>) {
      if ((op == '/' || op == '%') && b == 0) {
        Fail("division by zero");
        return 0;
      }
      if ((op == '/' || op == '%') && b == -1) {
        a = op == '%' ? 0 : a;
        op = '*';
      }
      T result = 0;
      bool overflow = false;
      switch (op) {
        case '+':
          overflow = __builtin_add_overflow(a, b, &result);
          break;
        case '-':
          overflow = __builtin_sub_overflow(a, b, &result);
          break;
        case '*':
          overflow = __builtin_mul_overflow(a, b, &result);
          break;
        case '/':
          result = a / b;
          break;
        case '%':
          result = a % b;
          break;
      }
      if (overflow) Fail("the value does not fit 64 bits");
      return result;
    } else {
      if (op == '%') Fail("% needs integers");
      if (op == '/' && b == 0) Fail("division by zero");
      if (!error_.empty()) return 0;
      return op == '+' ? a + b : op == '-' ? a - b : op == '*' ? a * b : a / b;
    }
  }

  T Sum() {
    T value = Product();
    while (error_.empty()) {
      if (Eat('+')) {
        value = Combine('+', value, Product());
      } else if (Eat('-')) {
        value = Combine('-', value, Product());
      } else {
        break;
      }
    }
    return value;
  }

  T Product() {
    T value = Unary();
    while (error_.empty()) {
      if (Eat('*')) {
        value = Combine('*', value, Unary());
      } else if (Eat('/')) {
        value = Combine('/', value, Unary());
      } else if (Eat('%')) {
        value = Combine('%', value, Unary());
      } else {
        break;
      }
    }
    return value;
  }

  T Unary() {
    if (++depth_ > kMaxDepth) Fail("nested too deeply");
    T value = 0;
    if (!error_.empty()) {
      // Nothing more to read.
    } else if (Eat('-')) {
      value = Combine('-', 0, Unary());
    } else {
      value = Primary();
    }
    --depth_;
    return value;
  }

  T Primary() {
    if (Eat('(')) {
      const T value = Sum();
      if (error_.empty() && !Eat(')')) Fail("`)` is missing");
      return value;
    }
    if (at_ >= text_.size()) {
      Fail("a value is missing at the end");
      return 0;
    }
    if (IsDigit(text_[at_]) || text_[at_] == '.') return Number();
    if (IsNameStart(text_[at_])) return Name();
    Fail(Format("unexpected `{}`", text_.substr(at_)));
    return 0;
  }

  T Number() {
    T value = 0;
    const char* const end = text_.data() + text_.size();
    const auto [next, code] = std::from_chars(text_.data() + at_, end, value);
    if (code != std::errc()) {
      Fail(Format("`{}` is no number in range", text_.substr(at_)));
      return 0;
    }
    at_ = static_cast<size_t>(next - text_.data());
    if (at_ < text_.size() && (IsNameChar(text_[at_]) || text_[at_] == '.')) {
      Fail(Format("`{}` does not belong to an integer", text_.substr(at_)));
    }
    return value;
  }

  T Name() {
    const size_t begin = at_;
    while (at_ < text_.size() && IsNameChar(text_[at_])) ++at_;
    const std::string name(text_.substr(begin, at_ - begin));
    if (name == "ceil_div" || name == "min" || name == "max") return Function(name);
    if (sizes_ == nullptr) {
      if (std::ranges::find(*names_, name) == names_->end()) names_->push_back(name);
      return 1;
    }
    const auto it = sizes_->find(name);
    if (it == sizes_->end()) {
      Fail(Format("unknown size `{}`", name));
      return 0;
    }
    return static_cast<T>(it->second);
  }

  T Function(const std::string& name) {
    if (!Eat('(')) Fail(Format("`(` is missing behind {}", name));
    const T a = error_.empty() ? Sum() : 0;
    if (error_.empty() && !Eat(',')) Fail(Format("{} takes two values", name));
    const T b = error_.empty() ? Sum() : 0;
    if (error_.empty() && !Eat(')')) Fail(Format("{} takes two values", name));
    if (!error_.empty()) return 0;
    if (name == "min") return std::min(a, b);
    if (name == "max") return std::max(a, b);
    if constexpr (std::is_integral_v<T>) {
      if (b <= 0 || a < 0) {
        Fail("ceil_div needs a >= 0 and b > 0");
        return 0;
      }
      return a / b + (a % b != 0 ? 1 : 0);
    } else {
      Fail("ceil_div needs integers");
      return 0;
    }
  }

  std::string_view text_;
  const Sizes* sizes_;
  std::vector<std::string>* names_;
  size_t at_ = 0;
  int depth_ = 0;
  std::string error_;
};

}  // namespace

Result<int64_t> EvaluateInteger(std::string_view text, const Sizes& sizes) {
  return Parser<int64_t>(text, &sizes, nullptr).Parse();
}

Result<double> EvaluateReal(std::string_view text, const Sizes& sizes) {
  return Parser<double>(text, &sizes, nullptr).Parse();
}

Result<std::vector<std::string>> NamesIn(std::string_view text) {
  std::vector<std::string> names;
  // Values do not matter here, so that what fails by value (a division) fails in double only if the
  // text itself is wrong: every name is 1.
  const auto real = Parser<double>(text, nullptr, &names).Parse();
  if (real.ok()) return names;
  names.clear();
  TRY([[maybe_unused]] const int64_t integer, Parser<int64_t>(text, nullptr, &names).Parse());
  return names;
}

Result<int64_t> Evaluate(const SizeExpr& expr, const Sizes& sizes) {
  return EvaluateInteger(expr.text, sizes);
}

}  // namespace ws::task
