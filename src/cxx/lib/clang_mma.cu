// <mma.h> for clang without an SDK: fragments of matrices, loaded, stored and multiplied by the wmma
// instructions of PTX. A fragment's elements lie as its registers do.
#include <cuda_bf16.h>
namespace nvcuda {
namespace wmma {

struct matrix_a;
struct matrix_b;
struct accumulator;
struct row_major;
struct col_major;
namespace precision {
struct tf32;
}
enum layout_t { mem_row_major, mem_col_major };
template <class Use, int M, int N, int K, class T, class Layout = void> class fragment;

template <class T, int count> struct __align__(8) __ws_elements {
  static constexpr int num_elements = count, num_storage_elements = count;
  T x[count];
};
// The registers of a fragment, and back.
template <class R, class Fragment> inline __device__ void __ws_take(R* registers, const Fragment& f) {
  __builtin_memcpy(registers, f.x, sizeof(f.x));
}
template <class R, class Fragment> inline __device__ void __ws_give(Fragment& f, const R* registers) {
  __builtin_memcpy(f.x, registers, sizeof(f.x));
}

#define __WS_NAMED_1(p) "{%[" p "0]}"
#define __WS_NAMED_2(p) "{%[" p "0], %[" p "1]}"
#define __WS_NAMED_4(p) "{%[" p "0], %[" p "1], %[" p "2], %[" p "3]}"
#define __WS_NAMED_8(p)                                                                     \
  "{%[" p "0], %[" p "1], %[" p "2], %[" p "3], %[" p "4], %[" p "5], %[" p "6], %[" p "7]}"
#define __WS_BIND_1(p, c, r) [p##0] c(r[0])
#define __WS_BIND_2(p, c, r) __WS_BIND_1(p, c, r), [p##1] c(r[1])
#define __WS_BIND_4(p, c, r) __WS_BIND_2(p, c, r), [p##2] c(r[2]), [p##3] c(r[3])
#define __WS_BIND_8(p, c, r) \
  __WS_BIND_4(p, c, r), [p##4] c(r[4]), [p##5] c(r[5]), [p##6] c(r[6]), [p##7] c(r[7])

// One operand, in both layouts: `words` registers of type R (constraint c), `count` elements E.
#define __WS_OPERAND_AS(Use, use, M, N, K, T, E, count, Memory, type, words, R, c, Layout, layout)   \
  template <> class fragment<Use, M, N, K, T, Layout> : public __ws_elements<E, count> {};           \
  inline __device__ void load_matrix_sync(fragment<Use, M, N, K, T, Layout>& f, const Memory* p,     \
                                          unsigned stride) {                                         \
    R r[words];                                                                                      \
    asm volatile("wmma.load." use ".sync.aligned." layout ".m" #M "n" #N "k" #K "." type             \
                 " " __WS_NAMED_##words("r") ", [%[p]], %[s];"                                       \
                 : __WS_BIND_##words(r, "=" c, r) : [p] "l"(p), [s] "r"(stride) : "memory");         \
    __ws_give(f, r);                                                                                 \
  }
#define __WS_OPERAND(...)                                 \
  __WS_OPERAND_AS(__VA_ARGS__, row_major, "row")          \
  __WS_OPERAND_AS(__VA_ARGS__, col_major, "col")

#define __WS_ACCUMULATOR(M, N, K, T, count, type, words, R, c)                                       \
  template <> class fragment<accumulator, M, N, K, T> : public __ws_elements<T, count> {};           \
  inline __device__ void load_matrix_sync(fragment<accumulator, M, N, K, T>& f, const T* p,          \
                                          unsigned stride, layout_t layout) {                        \
    R r[words];                                                                                      \
    if (layout == mem_row_major) {                                                                   \
      asm volatile("wmma.load.c.sync.aligned.row.m" #M "n" #N "k" #K "." type                        \
                   " " __WS_NAMED_##words("r") ", [%[p]], %[s];"                                     \
                   : __WS_BIND_##words(r, "=" c, r) : [p] "l"(p), [s] "r"(stride) : "memory");       \
    } else {                                                                                         \
      asm volatile("wmma.load.c.sync.aligned.col.m" #M "n" #N "k" #K "." type                        \
                   " " __WS_NAMED_##words("r") ", [%[p]], %[s];"                                     \
                   : __WS_BIND_##words(r, "=" c, r) : [p] "l"(p), [s] "r"(stride) : "memory");       \
    }                                                                                                \
    __ws_give(f, r);                                                                                 \
  }                                                                                                  \
  inline __device__ void store_matrix_sync(T* p, const fragment<accumulator, M, N, K, T>& f,         \
                                           unsigned stride, layout_t layout) {                       \
    R r[words];                                                                                      \
    __ws_take(r, f);                                                                                 \
    if (layout == mem_row_major) {                                                                   \
      asm volatile("wmma.store.d.sync.aligned.row.m" #M "n" #N "k" #K "." type                       \
                   " [%[p]], " __WS_NAMED_##words("r") ", %[s];"                                     \
                   :: __WS_BIND_##words(r, c, r), [p] "l"(p), [s] "r"(stride) : "memory");           \
    } else {                                                                                         \
      asm volatile("wmma.store.d.sync.aligned.col.m" #M "n" #N "k" #K "." type                       \
                   " [%[p]], " __WS_NAMED_##words("r") ", %[s];"                                     \
                   :: __WS_BIND_##words(r, c, r), [p] "l"(p), [s] "r"(stride) : "memory");           \
    }                                                                                                \
  }

#define __WS_MULTIPLY_AS(M, N, K, T, types, an, bn, RI, ci, D, dn, RD, cd, C, cn, RC, cc, LA, la,    \
                         LB, lb)                                                                     \
  inline __device__ void mma_sync(fragment<accumulator, M, N, K, D>& d,                              \
                                  const fragment<matrix_a, M, N, K, T, LA>& a,                       \
                                  const fragment<matrix_b, M, N, K, T, LB>& b,                       \
                                  const fragment<accumulator, M, N, K, C>& s) {                      \
    RI x[an], y[bn];                                                                                 \
    RC z[cn];                                                                                        \
    RD w[dn];                                                                                        \
    __ws_take(x, a);                                                                                 \
    __ws_take(y, b);                                                                                 \
    __ws_take(z, s);                                                                                 \
    asm volatile("wmma.mma.sync.aligned." la "." lb ".m" #M "n" #N "k" #K "." types                  \
                 " " __WS_NAMED_##dn("w") ", " __WS_NAMED_##an("x") ", " __WS_NAMED_##bn("y") ", "   \
                 __WS_NAMED_##cn("z") ";"                                                            \
                 : __WS_BIND_##dn(w, "=" cd, w)                                                      \
                 : __WS_BIND_##an(x, ci, x), __WS_BIND_##bn(y, ci, y), __WS_BIND_##cn(z, cc, z));    \
    __ws_give(d, w);                                                                                 \
  }
#define __WS_MULTIPLY(...)                                                            \
  __WS_MULTIPLY_AS(__VA_ARGS__, row_major, "row", row_major, "row")                   \
  __WS_MULTIPLY_AS(__VA_ARGS__, row_major, "row", col_major, "col")                   \
  __WS_MULTIPLY_AS(__VA_ARGS__, col_major, "col", row_major, "row")                   \
  __WS_MULTIPLY_AS(__VA_ARGS__, col_major, "col", col_major, "col")

// --- halves: any shape; sums are floats or halves
#define __WS_HALVES(M, N, K)                                                                         \
  __WS_OPERAND(matrix_a, "a", M, N, K, __half, __half, 16, __half, "f16", 8, unsigned, "r")          \
  __WS_OPERAND(matrix_b, "b", M, N, K, __half, __half, 16, __half, "f16", 8, unsigned, "r")          \
  __WS_ACCUMULATOR(M, N, K, float, 8, "f32", 8, float, "f")                                          \
  __WS_ACCUMULATOR(M, N, K, __half, 8, "f16", 4, unsigned, "r")                                      \
  __WS_MULTIPLY(M, N, K, __half, "f32.f32", 8, 8, unsigned, "r", float, 8, float, "f", float, 8,     \
                float, "f")                                                                          \
  __WS_MULTIPLY(M, N, K, __half, "f16.f16", 8, 8, unsigned, "r", __half, 4, unsigned, "r", __half,   \
                4, unsigned, "r")                                                                    \
  __WS_MULTIPLY(M, N, K, __half, "f32.f16", 8, 8, unsigned, "r", float, 8, float, "f", __half, 4,    \
                unsigned, "r")                                                                       \
  __WS_MULTIPLY(M, N, K, __half, "f16.f32", 8, 8, unsigned, "r", __half, 4, unsigned, "r", float,    \
                8, float, "f")
__WS_HALVES(16, 16, 16)
__WS_HALVES(32, 8, 16)
__WS_HALVES(8, 32, 16)

// --- bytes and bf16, whose operands are as large as their side of the shape
#define __WS_BYTES(M, N, K, an, bn, ae, be, T, type)                                                 \
  __WS_OPERAND(matrix_a, "a", M, N, K, T, T, ae, T, type, an, unsigned, "r")                         \
  __WS_OPERAND(matrix_b, "b", M, N, K, T, T, be, T, type, bn, unsigned, "r")                         \
  __WS_MULTIPLY(M, N, K, T, "s32." type "." type ".s32", an, bn, unsigned, "r", int, 8, int, "r",    \
                int, 8, int, "r")
#define __WS_BRAINS(M, N, K, an, bn, ae, be)                                                         \
  __WS_OPERAND(matrix_a, "a", M, N, K, __nv_bfloat16, __nv_bfloat16, ae, __nv_bfloat16, "bf16", an,  \
               unsigned, "r")                                                                        \
  __WS_OPERAND(matrix_b, "b", M, N, K, __nv_bfloat16, __nv_bfloat16, be, __nv_bfloat16, "bf16", bn,  \
               unsigned, "r")                                                                        \
  __WS_MULTIPLY(M, N, K, __nv_bfloat16, "f32.bf16.bf16.f32", an, bn, unsigned, "r", float, 8, float, \
                "f", float, 8, float, "f")
#define __WS_SHAPE(M, N, K, an, bn, ae, be)                        \
  __WS_ACCUMULATOR(M, N, K, int, 8, "s32", 8, int, "r")            \
  __WS_BYTES(M, N, K, an, bn, ae, be, signed char, "s8")           \
  __WS_BYTES(M, N, K, an, bn, ae, be, unsigned char, "u8")
__WS_SHAPE(16, 16, 16, 2, 2, 8, 8)
__WS_SHAPE(32, 8, 16, 4, 1, 16, 4)
__WS_SHAPE(8, 32, 16, 1, 4, 4, 16)
__WS_BRAINS(16, 16, 16, 4, 4, 8, 8)
__WS_BRAINS(32, 8, 16, 8, 2, 16, 4)
__WS_BRAINS(8, 32, 16, 2, 8, 4, 16)

// --- tf32 and doubles
__WS_OPERAND(matrix_a, "a", 16, 16, 8, precision::tf32, float, 4, float, "tf32", 4, unsigned, "r")
__WS_OPERAND(matrix_b, "b", 16, 16, 8, precision::tf32, float, 4, float, "tf32", 4, unsigned, "r")
__WS_ACCUMULATOR(16, 16, 8, float, 8, "f32", 8, float, "f")
__WS_MULTIPLY(16, 16, 8, precision::tf32, "f32.tf32.tf32.f32", 4, 4, unsigned, "r", float, 8, float,
              "f", float, 8, float, "f")
__WS_OPERAND(matrix_a, "a", 8, 8, 4, double, double, 1, double, "f64", 1, double, "d")
__WS_OPERAND(matrix_b, "b", 8, 8, 4, double, double, 1, double, "f64", 1, double, "d")
__WS_ACCUMULATOR(8, 8, 4, double, 2, "f64", 2, double, "d")
__WS_MULTIPLY(8, 8, 4, double, "f64.f64.f64.f64", 1, 1, double, "d", double, 2, double, "d", double,
              2, double, "d")

inline __device__ float __float_to_tf32(float x) {
  float y;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(*(unsigned*)&y) : "f"(x));
  return y;
}
template <class Use, int M, int N, int K, class T, class Layout, class V>
inline __device__ void fill_fragment(fragment<Use, M, N, K, T, Layout>& f, V value) {
  for (int i = 0; i < f.num_elements; ++i) f.x[i] = value;
}

}  // namespace wmma
}  // namespace nvcuda
