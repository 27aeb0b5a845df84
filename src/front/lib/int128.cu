// __int128 and unsigned __int128, as two words with the operators of an integer.

__host__ __device__ inline unsigned long long __int128_product(unsigned long long a,
                                                               unsigned long long b,
                                                               unsigned long long& high) {
  const unsigned long long a0 = (unsigned)a, a1 = a >> 32, b0 = (unsigned)b, b1 = b >> 32;
  const unsigned long long low = a0 * b0;
  const unsigned long long middle = a1 * b0 + (low >> 32);
  const unsigned long long other = a0 * b1 + (unsigned)middle;
  high = a1 * b1 + (middle >> 32) + (other >> 32);
  return other << 32 | (unsigned)low;
}

// high:low by d, where high < d: two digits of 32 bits, each guessed from the highest digits.
__host__ __device__ inline unsigned long long __int128_digits(unsigned long long high,
                                                              unsigned long long low,
                                                              unsigned long long d,
                                                              unsigned long long& rest) {
  int shift = 0;
  while ((d >> 63) == 0) {
    d <<= 1;
    ++shift;
  }
  if (shift > 0) {
    high = high << shift | low >> (64 - shift);
    low <<= shift;
  }
  const unsigned long long d1 = d >> 32, d0 = (unsigned)d;
  unsigned long long quotient = 0;
  for (int digit = 1; digit >= 0; --digit) {
    const unsigned long long next = digit == 1 ? low >> 32 : (unsigned)low;
    unsigned long long q = high / d1, r = high % d1;
    while (q >> 32 != 0 || q * d0 > (r << 32 | next)) {
      --q;
      r += d1;
      if (r >> 32 != 0) break;
    }
    high = (high << 32 | next) - q * d;
    quotient = quotient << 32 | q;
  }
  rest = high >> shift;
  return quotient;
}

// Rounds once: the highest 64 bits, the last of which tells whether any bit behind them is set.
template <typename T>
__host__ __device__ void __int128_round(unsigned long long high, unsigned long long low, T& value) {
  T unit = 1;
  while (high != 0) {
    const unsigned long long last = low & 1;
    low = low >> 1 | high << 63 | last;
    high >>= 1;
    unit *= 2;
  }
  value = (T)low * unit;
}

// Conversions from and to a type of the language.
#define WS_INT128_OF(NAME, T)                                                               \
  __host__ __device__ NAME(T value)                                                         \
      : low((unsigned long long)value), high(value < (T)0 ? ~0ull : 0ull) {}                \
  __host__ __device__ operator T() const { return (T)low; }
// The magnitude of what a floating type holds, in units of 2^64 and the rest.
#define WS_INT128_OF_FLOATING(NAME, T)                                                      \
  __host__ __device__ NAME(T value) {                                                       \
    const T size = value < 0 ? -value : value;                                              \
    const T upper = (T)(unsigned long long)(size / (T)18446744073709551616.0);              \
    high = (unsigned long long)upper;                                                       \
    low = (unsigned long long)(size - upper * (T)18446744073709551616.0);                   \
    if (value < 0) {                                                                        \
      low = ~low + 1;                                                                       \
      high = ~high + (low == 0 ? 1 : 0);                                                    \
    }                                                                                       \
  }                                                                                         \
  __host__ __device__ operator T() const {                                                  \
    T value;                                                                                \
    if (__is_negative()) {                                                                  \
      __int128_round(~high + (low == 0 ? 1 : 0), ~low + 1, value);                          \
      return -value;                                                                        \
    }                                                                                       \
    __int128_round(high, low, value);                                                       \
    return value;                                                                           \
  }

// Behind NAME and whether it is signed: members that it alone has.
#define WS_INT128_TYPE(NAME, IS_SIGNED, ...)                                                \
  struct alignas(16) NAME {                                                                 \
    unsigned long long low, high;                                                           \
    NAME() = default;                                                                       \
    __host__ __device__ NAME(unsigned long long h, unsigned long long l) : low(l), high(h) {} \
    __VA_ARGS__                                                                             \
    WS_INT128_OF(NAME, char)                                                                \
    WS_INT128_OF(NAME, signed char)                                                         \
    WS_INT128_OF(NAME, unsigned char)                                                       \
    WS_INT128_OF(NAME, short)                                                               \
    WS_INT128_OF(NAME, unsigned short)                                                      \
    WS_INT128_OF(NAME, int)                                                                 \
    WS_INT128_OF(NAME, unsigned)                                                            \
    WS_INT128_OF(NAME, long)                                                                \
    WS_INT128_OF(NAME, unsigned long)                                                       \
    WS_INT128_OF(NAME, long long)                                                           \
    WS_INT128_OF(NAME, unsigned long long)                                                  \
    WS_INT128_OF_FLOATING(NAME, float)                                                      \
    WS_INT128_OF_FLOATING(NAME, double)                                                     \
    __host__ __device__ NAME(bool value) : low(value), high(0) {}                           \
    __host__ __device__ explicit operator bool() const { return (low | high) != 0; }        \
    __host__ __device__ bool __is_negative() const { return IS_SIGNED && high >> 63 != 0; } \
    __host__ __device__ NAME operator-() const {                                            \
      return NAME(~high + (low == 0 ? 1 : 0), ~low + 1);                                    \
    }                                                                                       \
    __host__ __device__ NAME operator+() const { return *this; }                            \
    __host__ __device__ NAME operator~() const { return NAME(~high, ~low); }                \
    __host__ __device__ bool operator!() const { return (low | high) == 0; }                \
    __host__ __device__ NAME& operator++() {                                                \
      high += ++low == 0 ? 1 : 0;                                                           \
      return *this;                                                                         \
    }                                                                                       \
    __host__ __device__ NAME& operator--() {                                                \
      high -= low-- == 0 ? 1 : 0;                                                           \
      return *this;                                                                         \
    }                                                                                       \
  };                                                                                        \
  __host__ __device__ inline NAME operator+(NAME a, NAME b) {                               \
    const unsigned long long low = a.low + b.low;                                           \
    return NAME(a.high + b.high + (low < a.low ? 1 : 0), low);                              \
  }                                                                                         \
  __host__ __device__ inline NAME operator-(NAME a, NAME b) {                               \
    return NAME(a.high - b.high - (a.low < b.low ? 1 : 0), a.low - b.low);                  \
  }                                                                                         \
  __host__ __device__ inline NAME operator*(NAME a, NAME b) {                               \
    unsigned long long high;                                                                \
    const unsigned long long low = __int128_product(a.low, b.low, high);                    \
    return NAME(high + a.low * b.high + a.high * b.low, low);                               \
  }                                                                                         \
  __host__ __device__ inline NAME operator&(NAME a, NAME b) {                               \
    return NAME(a.high & b.high, a.low & b.low);                                            \
  }                                                                                         \
  __host__ __device__ inline NAME operator|(NAME a, NAME b) {                               \
    return NAME(a.high | b.high, a.low | b.low);                                            \
  }                                                                                         \
  __host__ __device__ inline NAME operator^(NAME a, NAME b) {                               \
    return NAME(a.high ^ b.high, a.low ^ b.low);                                            \
  }                                                                                         \
  __host__ __device__ inline NAME operator<<(NAME a, int by) {                              \
    if (by == 0) return a;                                                                  \
    if (by >= 64) return NAME(a.low << (by - 64), 0ull);                                    \
    return NAME(a.high << by | a.low >> (64 - by), a.low << by);                            \
  }                                                                                         \
  __host__ __device__ inline NAME operator>>(NAME a, int by) {                              \
    if (by == 0) return a;                                                                  \
    const unsigned long long sign = a.__is_negative() ? ~0ull : 0ull;                       \
    if (by == 64) return NAME(sign, a.high);                                                \
    if (by > 64) return NAME(sign, a.high >> (by - 64) | (sign << 1) << (127 - by));        \
    return NAME(a.high >> by | (sign << 1) << (63 - by), a.low >> by | a.high << (64 - by)); \
  }                                                                                         \
  __host__ __device__ inline bool operator==(NAME a, NAME b) {                              \
    return a.low == b.low && a.high == b.high;                                              \
  }                                                                                         \
  __host__ __device__ inline bool operator!=(NAME a, NAME b) { return !(a == b); }          \
  __host__ __device__ inline bool operator<(NAME a, NAME b) {                               \
    if (a.high == b.high) return a.low < b.low;                                             \
    return IS_SIGNED ? (long long)a.high < (long long)b.high : a.high < b.high;             \
  }                                                                                         \
  __host__ __device__ inline bool operator>(NAME a, NAME b) { return b < a; }               \
  __host__ __device__ inline bool operator<=(NAME a, NAME b) { return !(b < a); }           \
  __host__ __device__ inline bool operator>=(NAME a, NAME b) { return !(a < b); }           \
  __host__ __device__ inline NAME operator/(NAME a, NAME b) {                               \
    NAME rest;                                                                              \
    const NAME quotient = __int128_divide(a.__is_negative() ? -a : a,                       \
                                          b.__is_negative() ? -b : b, rest);                \
    return a.__is_negative() != b.__is_negative() ? -quotient : quotient;                   \
  }                                                                                         \
  __host__ __device__ inline NAME operator%(NAME a, NAME b) {                               \
    NAME rest;                                                                              \
    __int128_divide(a.__is_negative() ? -a : a, b.__is_negative() ? -b : b, rest);          \
    return a.__is_negative() ? -rest : rest;                                                \
  }

// Of magnitudes.
template <typename T>
__host__ __device__ T __int128_divide(T a, T b, T& rest) {
  if (b.high == 0) {
    T quotient;
    quotient.high = a.high / b.low;
    quotient.low = __int128_digits(a.high % b.low, a.low, b.low, rest.low);
    rest.high = 0;
    return quotient;
  }
  // Bit by bit: at most 64 of them are in the quotient.
  T quotient(0ull, 0ull), left(0ull, a.high);
  for (int bit = 63; bit >= 0; --bit) {
    const bool over = left.high >> 63 != 0;
    left.high = left.high << 1 | left.low >> 63;
    left.low = left.low << 1 | (a.low >> bit & 1);
    quotient.low <<= 1;
    if (over || left.high > b.high || (left.high == b.high && left.low >= b.low)) {
      left.high -= b.high + (left.low < b.low ? 1 : 0);
      left.low -= b.low;
      quotient.low |= 1;
    }
  }
  rest = left;
  return quotient;
}

WS_INT128_TYPE(__int128_t, true)
WS_INT128_TYPE(
    __uint128_t, false,
    __host__ __device__ __uint128_t(__int128_t value) : low(value.low), high(value.high) {}
    __host__ __device__ operator __int128_t() const { return __int128_t(high, low); })

// With an integer of the language, which is converted; of the two types the unsigned one wins.
#define WS_INT128_MIXED(NAME, RESULT, OP)                                \
  template <typename T>                                                  \
  __host__ __device__ RESULT operator OP(NAME a, T b) {                  \
    return a OP NAME(b);                                                 \
  }                                                                      \
  template <typename T>                                                  \
  __host__ __device__ RESULT operator OP(T a, NAME b) {                  \
    return NAME(a) OP b;                                                 \
  }
#define WS_INT128_BOTH(OP, RESULT)                                                         \
  __host__ __device__ inline RESULT operator OP(__int128_t a, __uint128_t b) {             \
    return __uint128_t(a) OP b;                                                            \
  }                                                                                        \
  __host__ __device__ inline RESULT operator OP(__uint128_t a, __int128_t b) {             \
    return a OP __uint128_t(b);                                                            \
  }
#define WS_INT128_ARITHMETIC(OP)                  \
  WS_INT128_MIXED(__int128_t, __int128_t, OP)     \
  WS_INT128_MIXED(__uint128_t, __uint128_t, OP)   \
  WS_INT128_BOTH(OP, __uint128_t)
#define WS_INT128_COMPARISON(OP)           \
  WS_INT128_MIXED(__int128_t, bool, OP)    \
  WS_INT128_MIXED(__uint128_t, bool, OP)   \
  WS_INT128_BOTH(OP, bool)
WS_INT128_ARITHMETIC(+)
WS_INT128_ARITHMETIC(-)
WS_INT128_ARITHMETIC(*)
WS_INT128_ARITHMETIC(/)
WS_INT128_ARITHMETIC(%)
WS_INT128_ARITHMETIC(&)
WS_INT128_ARITHMETIC(|)
WS_INT128_ARITHMETIC(^)
WS_INT128_COMPARISON(==)
WS_INT128_COMPARISON(!=)
WS_INT128_COMPARISON(<)
WS_INT128_COMPARISON(<=)
WS_INT128_COMPARISON(>)
WS_INT128_COMPARISON(>=)

#define WS_INT128_ASSIGN(OP)                                       \
  template <typename T>                                            \
  __host__ __device__ __int128_t& operator OP##=(__int128_t& a, T b) {   \
    return a = (__int128_t)(a OP b);                               \
  }                                                                \
  template <typename T>                                            \
  __host__ __device__ __uint128_t& operator OP##=(__uint128_t& a, T b) { \
    return a = (__uint128_t)(a OP b);                              \
  }
WS_INT128_ASSIGN(+)
WS_INT128_ASSIGN(-)
WS_INT128_ASSIGN(*)
WS_INT128_ASSIGN(/)
WS_INT128_ASSIGN(%)
WS_INT128_ASSIGN(&)
WS_INT128_ASSIGN(|)
WS_INT128_ASSIGN(^)
WS_INT128_ASSIGN(<<)
WS_INT128_ASSIGN(>>)
