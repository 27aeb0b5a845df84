// Several small integers in a word; see math_forms.cu for the names. Each function is a loop over
// the parts: sx and sy are two parts with their sign, ux and uy without.

#define WS_PARTS(name, count, width, largest, expression)                            \
  __device__ unsigned int ws___v##name##count##_uu(unsigned int a, unsigned int b) { \
    unsigned int result = 0;                                                         \
    for (int i = 0; i < 32; i += width) {                                            \
      const unsigned int ux = (a >> i) & largest;                                    \
      const unsigned int uy = (b >> i) & largest;                                    \
      const int sx = (int)(ux << (32 - width)) >> (32 - width);                      \
      const int sy = (int)(uy << (32 - width)) >> (32 - width);                      \
      result |= ((unsigned int)(expression)&largest) << i;                           \
    }                                                                                \
    return result;                                                                   \
  }
#define WS_BOTH(name, expression)        \
  WS_PARTS(name, 4, 8, 255u, expression) \
  WS_PARTS(name, 2, 16, 65535u, expression)

// Between -half - 1 and half.
__device__ int ws_saturate(int x, int half) {
  return x > half ? half : (x < -half - 1 ? -half - 1 : x);
}
__device__ unsigned int ws_distance(int x, int y) {
  return x > y ? (unsigned int)(x - y) : (unsigned int)(y - x);
}

WS_BOTH(add, ux + uy)
WS_BOTH(sub, ux - uy)
WS_PARTS(addss, 4, 8, 255u, ws_saturate(sx + sy, 127))
WS_PARTS(addss, 2, 16, 65535u, ws_saturate(sx + sy, 32767))
WS_PARTS(subss, 4, 8, 255u, ws_saturate(sx - sy, 127))
WS_PARTS(subss, 2, 16, 65535u, ws_saturate(sx - sy, 32767))
WS_PARTS(addus, 4, 8, 255u, ux + uy > 255u ? 255u : ux + uy)
WS_PARTS(addus, 2, 16, 65535u, ux + uy > 65535u ? 65535u : ux + uy)
WS_BOTH(subus, ux > uy ? ux - uy : 0u)
WS_BOTH(avgs, (sx + sy + (sx + sy >= 0 ? 1 : 0)) >> 1)
WS_BOTH(avgu, (ux + uy + 1u) >> 1)
WS_BOTH(haddu, (ux + uy) >> 1)
WS_BOTH(maxs, sx > sy ? sx : sy)
WS_BOTH(maxu, ux > uy ? ux : uy)
WS_BOTH(mins, sx < sy ? sx : sy)
WS_BOTH(minu, ux < uy ? ux : uy)
WS_BOTH(absdiffs, ws_distance(sx, sy))
WS_BOTH(absdiffu, ws_distance((int)ux, (int)uy))
#define WS_RELATION(name, relation)          \
  WS_BOTH(cmp##name, relation ? 65535u : 0u) \
  WS_BOTH(set##name, relation ? 1u : 0u)
WS_RELATION(eq, ux == uy)
WS_RELATION(ne, ux != uy)
WS_RELATION(ges, sx >= sy)
WS_RELATION(geu, ux >= uy)
WS_RELATION(gts, sx > sy)
WS_RELATION(gtu, ux > uy)
WS_RELATION(les, sx <= sy)
WS_RELATION(leu, ux <= uy)
WS_RELATION(lts, sx < sy)
WS_RELATION(ltu, ux < uy)

#define WS_SUMS(name, count, width, largest)                                       \
  __device__ unsigned int ws___vsads##count##_uu(unsigned int a, unsigned int b) { \
    unsigned int sum = 0;                                                          \
    for (int i = 0; i < 32; i += width) {                                          \
      const int sx = (int)(a << (32 - width - i)) >> (32 - width);                 \
      const int sy = (int)(b << (32 - width - i)) >> (32 - width);                 \
      sum += ws_distance(sx, sy);                                                  \
    }                                                                              \
    return sum;                                                                    \
  }                                                                                \
  __device__ unsigned int ws___vsadu##count##_uu(unsigned int a, unsigned int b) { \
    unsigned int sum = 0;                                                          \
    for (int i = 0; i < 32; i += width) {                                          \
      sum += ws_distance((int)((a >> i) & largest), (int)((b >> i) & largest));    \
    }                                                                              \
    return sum;                                                                    \
  }
WS_SUMS(sad, 4, 8, 255u)
WS_SUMS(sad, 2, 16, 65535u)

__device__ unsigned int ws___vneg4_u(unsigned int a) { return ws___vsub4_uu(0u, a); }
__device__ unsigned int ws___vneg2_u(unsigned int a) { return ws___vsub2_uu(0u, a); }
__device__ unsigned int ws___vnegss4_u(unsigned int a) { return ws___vsubss4_uu(0u, a); }
__device__ unsigned int ws___vnegss2_u(unsigned int a) { return ws___vsubss2_uu(0u, a); }
__device__ unsigned int ws___vabs4_u(unsigned int a) { return ws___vabsdiffs4_uu(a, 0u); }
__device__ unsigned int ws___vabs2_u(unsigned int a) { return ws___vabsdiffs2_uu(a, 0u); }
__device__ unsigned int ws___vabsss4_u(unsigned int a) {
  return ws___vminu4_uu(ws___vabsdiffs4_uu(a, 0u), 0x7f7f7f7fu);
}
__device__ unsigned int ws___vabsss2_u(unsigned int a) {
  return ws___vminu2_uu(ws___vabsdiffs2_uu(a, 0u), 0x7fff7fffu);
}

// --- sums and extrema of three words

#define WS_THREE(sign, letter, type)                                                        \
  __device__ type ws___vimax3_##sign##_##letter##letter##letter(type a, type b, type c) {   \
    return max(max(a, b), c);                                                               \
  }                                                                                         \
  __device__ type ws___vimin3_##sign##_##letter##letter##letter(type a, type b, type c) {   \
    return min(min(a, b), c);                                                               \
  }                                                                                         \
  __device__ type ws___viaddmax_##sign##_##letter##letter##letter(type a, type b, type c) { \
    return max(a + b, c);                                                                   \
  }                                                                                         \
  __device__ type ws___viaddmin_##sign##_##letter##letter##letter(type a, type b, type c) { \
    return min(a + b, c);                                                                   \
  }
WS_THREE(s32, i, int)
WS_THREE(u32, u, unsigned int)
__device__ int ws___vimax3_s32_relu_iii(int a, int b, int c) { return max(max(max(a, b), c), 0); }
__device__ int ws___vimin3_s32_relu_iii(int a, int b, int c) { return max(min(min(a, b), c), 0); }
__device__ int ws___viaddmax_s32_relu_iii(int a, int b, int c) { return max(max(a + b, c), 0); }
__device__ int ws___viaddmin_s32_relu_iii(int a, int b, int c) { return max(min(a + b, c), 0); }
__device__ int ws___vimax_s32_relu_ii(int a, int b) { return max(max(a, b), 0); }
__device__ int ws___vimin_s32_relu_ii(int a, int b) { return max(min(a, b), 0); }

// The same of two integers of 16 bits.
#define WS_THREE_PAIRS(kind, letter, last)                                                       \
  __device__ unsigned int ws___vimax3_##kind##_uuu(unsigned int a, unsigned int b,               \
                                                   unsigned int c) {                             \
    return last(ws___vmax##letter##2_uu(ws___vmax##letter##2_uu(a, b), c));                      \
  }                                                                                              \
  __device__ unsigned int ws___vimin3_##kind##_uuu(unsigned int a, unsigned int b,               \
                                                   unsigned int c) {                             \
    return last(ws___vmin##letter##2_uu(ws___vmin##letter##2_uu(a, b), c));                      \
  }                                                                                              \
  __device__ unsigned int ws___viaddmax_##kind##_uuu(unsigned int a, unsigned int b,             \
                                                     unsigned int c) {                           \
    return last(ws___vmax##letter##2_uu(ws___vadd2_uu(a, b), c));                                \
  }                                                                                              \
  __device__ unsigned int ws___viaddmin_##kind##_uuu(unsigned int a, unsigned int b,             \
                                                     unsigned int c) {                           \
    return last(ws___vmin##letter##2_uu(ws___vadd2_uu(a, b), c));                                \
  }
__device__ unsigned int ws_same_word(unsigned int a) { return a; }
__device__ unsigned int ws_positive_parts(unsigned int a) { return ws___vmaxs2_uu(a, 0u); }
WS_THREE_PAIRS(s16x2, s, ws_same_word)
WS_THREE_PAIRS(u16x2, u, ws_same_word)
WS_THREE_PAIRS(s16x2_relu, s, ws_positive_parts)
__device__ unsigned int ws___vimax_s16x2_relu_uu(unsigned int a, unsigned int b) {
  return ws_positive_parts(ws___vmaxs2_uu(a, b));
}
__device__ unsigned int ws___vimin_s16x2_relu_uu(unsigned int a, unsigned int b) {
  return ws_positive_parts(ws___vmins2_uu(a, b));
}

// --- extrema that tell whether they are the first argument

#define WS_CHOICE(name, letter, type, relation)                                      \
  __device__ type ws___##name##_##letter##letter##pb(type a, type b, bool* first) {  \
    *first = a relation b;                                                           \
    return a relation b ? a : b;                                                     \
  }
WS_CHOICE(vibmax_s32, i, int, >=)
WS_CHOICE(vibmax_u32, u, unsigned int, >=)
WS_CHOICE(vibmin_s32, i, int, <=)
WS_CHOICE(vibmin_u32, u, unsigned int, <=)
#define WS_CHOICE_PAIR(name, extreme, relation)                                                  \
  __device__ unsigned int ws___##name##_uupbpb(unsigned int a, unsigned int b, bool* first_high, \
                                               bool* first_low) {                                \
    unsigned int first = relation(a, b);                                                         \
    *first_high = first >> 16 != 0u;                                                             \
    *first_low = (first & 65535u) != 0u;                                                         \
    return extreme(a, b);                                                                        \
  }
WS_CHOICE_PAIR(vibmax_s16x2, ws___vmaxs2_uu, ws___vsetges2_uu)
WS_CHOICE_PAIR(vibmax_u16x2, ws___vmaxu2_uu, ws___vsetgeu2_uu)
WS_CHOICE_PAIR(vibmin_s16x2, ws___vmins2_uu, ws___vsetles2_uu)
WS_CHOICE_PAIR(vibmin_u16x2, ws___vminu2_uu, ws___vsetleu2_uu)
