// Forms of half and half2 beside the operations; see math_forms.cu for the names. Those of bfloat16
// are this text with other names (compiled.cc).

// Comparisons of two halves at a time: 1 or 0 in each place, a mask, or whether both hold.
#define WS_COMPARE(name)                                                                       \
  __device__ half2 ws_##name##2_HH(half2 a, half2 b) {                                         \
    unsigned int low = name(__low2half(a), __low2half(b)) ? 0x3c00u : 0u;                      \
    unsigned int high = name(__high2half(a), __high2half(b)) ? 0x3c00u : 0u;                   \
    return __halves2half2(__ushort_as_half((unsigned short)low),                               \
                          __ushort_as_half((unsigned short)high));                             \
  }                                                                                            \
  __device__ unsigned int ws_##name##2_mask_HH(half2 a, half2 b) {                             \
    return (name(__low2half(a), __low2half(b)) ? 0xffffu : 0u) |                               \
           (name(__high2half(a), __high2half(b)) ? 0xffff0000u : 0u);                          \
  }
#define WS_COMPARE_BOTH(both, name)                                                            \
  __device__ bool ws_##both##_HH(half2 a, half2 b) {                                           \
    return name(__low2half(a), __low2half(b)) && name(__high2half(a), __high2half(b));         \
  }
WS_COMPARE(__heq)
WS_COMPARE(__hne)
WS_COMPARE(__hlt)
WS_COMPARE(__hle)
WS_COMPARE(__hgt)
WS_COMPARE(__hge)
WS_COMPARE(__hequ)
WS_COMPARE(__hneu)
WS_COMPARE(__hltu)
WS_COMPARE(__hleu)
WS_COMPARE(__hgtu)
WS_COMPARE(__hgeu)
WS_COMPARE_BOTH(__hbeq2, __heq)
WS_COMPARE_BOTH(__hbne2, __hne)
WS_COMPARE_BOTH(__hblt2, __hlt)
WS_COMPARE_BOTH(__hble2, __hle)
WS_COMPARE_BOTH(__hbgt2, __hgt)
WS_COMPARE_BOTH(__hbge2, __hge)
WS_COMPARE_BOTH(__hbequ2, __hequ)
WS_COMPARE_BOTH(__hbneu2, __hneu)
WS_COMPARE_BOTH(__hbltu2, __hltu)
WS_COMPARE_BOTH(__hbleu2, __hleu)
WS_COMPARE_BOTH(__hbgtu2, __hgtu)
WS_COMPARE_BOTH(__hbgeu2, __hgeu)
#undef WS_COMPARE
#undef WS_COMPARE_BOTH

__device__ half2 ws___hisnan2_H(half2 a) {
  return __halves2half2(__ushort_as_half((unsigned short)(__hisnan(__low2half(a)) ? 0x3c00 : 0)),
                        __ushort_as_half((unsigned short)(__hisnan(__high2half(a)) ? 0x3c00 : 0)));
}

// Results clamped to [0, 1], NaN to 0; the lower bound alone.
__device__ half ws_clamp(half x) {
  half zero = __ushort_as_half((unsigned short)0);
  half one = __ushort_as_half((unsigned short)0x3c00);
  return __hgt(x, zero) ? (__hgt(x, one) ? one : x) : zero;
}
__device__ half ws_positive(half x) {
  half zero = __ushort_as_half((unsigned short)0);
  return __hisnan(x) ? x : (__hgt(x, zero) ? x : zero);
}
__device__ half2 ws_clamp2(half2 x) {
  return __halves2half2(ws_clamp(__low2half(x)), ws_clamp(__high2half(x)));
}
__device__ half ws___hadd_sat_hh(half a, half b) { return ws_clamp(__hadd(a, b)); }
__device__ half ws___hsub_sat_hh(half a, half b) { return ws_clamp(__hsub(a, b)); }
__device__ half ws___hmul_sat_hh(half a, half b) { return ws_clamp(__hmul(a, b)); }
__device__ half ws___hfma_sat_hhh(half a, half b, half c) { return ws_clamp(__hfma(a, b, c)); }
__device__ half ws___hfma_relu_hhh(half a, half b, half c) { return ws_positive(__hfma(a, b, c)); }
__device__ half2 ws___hadd2_sat_HH(half2 a, half2 b) { return ws_clamp2(__hadd2(a, b)); }
__device__ half2 ws___hsub2_sat_HH(half2 a, half2 b) { return ws_clamp2(__hsub2(a, b)); }
__device__ half2 ws___hmul2_sat_HH(half2 a, half2 b) { return ws_clamp2(__hmul2(a, b)); }
__device__ half2 ws___hfma2_sat_HHH(half2 a, half2 b, half2 c) {
  return ws_clamp2(__hfma2(a, b, c));
}
__device__ half2 ws___hfma2_relu_HHH(half2 a, half2 b, half2 c) {
  half2 r = __hfma2(a, b, c);
  return __halves2half2(ws_positive(__low2half(r)), ws_positive(__high2half(r)));
}
__device__ half ws___hmax_nan_hh(half a, half b) {
  return __hisnan(a) || __hisnan(b) ? __ushort_as_half((unsigned short)0x7fff) : __hmax(a, b);
}
__device__ half ws___hmin_nan_hh(half a, half b) {
  return __hisnan(a) || __hisnan(b) ? __ushort_as_half((unsigned short)0x7fff) : __hmin(a, b);
}
__device__ half2 ws___hmax2_nan_HH(half2 a, half2 b) {
  return __halves2half2(ws___hmax_nan_hh(__low2half(a), __low2half(b)),
                        ws___hmax_nan_hh(__high2half(a), __high2half(b)));
}
__device__ half2 ws___hmin2_nan_HH(half2 a, half2 b) {
  return __halves2half2(ws___hmin_nan_hh(__low2half(a), __low2half(b)),
                        ws___hmin_nan_hh(__high2half(a), __high2half(b)));
}

// a * b + c of complex numbers, the real part in the low half.
__device__ half2 ws___hcmadd_HHH(half2 a, half2 b, half2 c) {
  const half ax = __low2half(a);
  const half ay = __high2half(a);
  half x = __hfma(ax, __low2half(b), __low2half(c));
  half y = __hfma(ax, __high2half(b), __high2half(c));
  x = __hfma(__hneg(ay), __high2half(b), x);
  y = __hfma(ay, __low2half(b), y);
  return __halves2half2(x, y);
}

// To integers of 8 bits: the nearest that there is, toward zero; NaN becomes 0.
__device__ signed char ws___half2char_rz_h(half x) {
  int i = __half2int_rz(x);
  return (signed char)(i > 127 ? 127 : (i < -128 ? -128 : i));
}
__device__ unsigned char ws___half2uchar_rz_h(half x) {
  int i = __half2int_rz(x);
  return (unsigned char)(i > 255 ? 255 : (i < 0 ? 0 : i));
}
