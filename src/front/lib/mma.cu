// <mma.h> in the dialect: matrix functions of a warp, each an instruction of PTX. How many elements a
// thread has of a matrix is as in CUDA; which ones, PTX leaves open.
namespace nvcuda {
namespace wmma {

enum layout_t { mem_row_major, mem_col_major };
struct row_major { static constexpr bool __row = true; };
struct col_major { static constexpr bool __row = false; };
struct matrix_a {};
struct matrix_b {};
struct accumulator {};
namespace precision {
struct tf32 {};
}  // namespace precision
namespace experimental {
namespace precision {
struct u4 {};
struct s4 {};
struct b1 {};
}  // namespace precision
enum bmmaBitOp { bmmaBitOpXOR = 1, bmmaBitOpAND = 2 };
enum bmmaAccumulateOp { bmmaAccumulateOpPOPC = 1 };
}  // namespace experimental

template <typename Use, int m, int n, int k, typename T, typename Layout = void>
class fragment;

// `size` elements of T in `words` objects of the type Storage.
#define WS_FRAGMENT(Use, m, n, k, T, Storage, size, words)       \
  template <typename Layout>                                     \
  class __align__(8) fragment<Use, m, n, k, T, Layout> {         \
   public:                                                       \
    typedef T element_type;                                      \
    typedef Storage storage_element_type;                        \
    static constexpr int num_elements = size;                    \
    static constexpr int num_storage_elements = words;           \
    Storage x[words];                                            \
  };
#define WS_FACTORS(m, n, k, T, Storage, of_a, of_b)       \
  WS_FRAGMENT(matrix_a, m, n, k, T, Storage, of_a, of_a)  \
  WS_FRAGMENT(matrix_b, m, n, k, T, Storage, of_b, of_b)
#define WS_SHAPE(m, n, of_a, of_b)                                           \
  WS_FACTORS(m, n, 16, __half, __half, 16, 16)                               \
  WS_FACTORS(m, n, 16, __nv_bfloat16, __nv_bfloat16, of_a, of_b)             \
  WS_FACTORS(m, n, 16, signed char, signed char, of_a, of_b)                 \
  WS_FACTORS(m, n, 16, unsigned char, unsigned char, of_a, of_b)             \
  WS_FRAGMENT(accumulator, m, n, 16, __half, __half, 8, 8)                   \
  WS_FRAGMENT(accumulator, m, n, 16, float, float, 8, 8)                     \
  WS_FRAGMENT(accumulator, m, n, 16, int, int, 8, 8)
WS_SHAPE(16, 16, 8, 8)
WS_SHAPE(32, 8, 16, 4)
WS_SHAPE(8, 32, 4, 16)
WS_FACTORS(16, 16, 8, precision::tf32, float, 4, 4)
WS_FRAGMENT(accumulator, 16, 16, 8, float, float, 8, 8)
WS_FACTORS(8, 8, 4, double, double, 1, 1)
WS_FRAGMENT(accumulator, 8, 8, 4, double, double, 2, 2)
WS_FRAGMENT(matrix_a, 8, 8, 32, experimental::precision::s4, unsigned, 8, 1)
WS_FRAGMENT(matrix_b, 8, 8, 32, experimental::precision::s4, unsigned, 8, 1)
WS_FRAGMENT(matrix_a, 8, 8, 32, experimental::precision::u4, unsigned, 8, 1)
WS_FRAGMENT(matrix_b, 8, 8, 32, experimental::precision::u4, unsigned, 8, 1)
WS_FRAGMENT(accumulator, 8, 8, 32, int, int, 2, 2)
WS_FRAGMENT(matrix_a, 8, 8, 128, experimental::precision::b1, unsigned, 32, 1)
WS_FRAGMENT(matrix_b, 8, 8, 128, experimental::precision::b1, unsigned, 32, 1)
WS_FRAGMENT(accumulator, 8, 8, 128, int, int, 2, 2)
#undef WS_SHAPE
#undef WS_FACTORS
#undef WS_FRAGMENT

template <typename Use, int m, int n, int k, typename T, typename Layout, typename Value>
__device__ inline void fill_fragment(fragment<Use, m, n, k, T, Layout>& f, const Value value) {
#pragma unroll
  for (int i = 0; i < f.num_storage_elements; ++i) f.x[i] = value;
}

// Registers as operands and in texts; r, a, b, c and d are arrays of them.
#define WS_TEXT_1 "{%0}"
#define WS_TEXT_2 "{%0,%1}"
#define WS_TEXT_4 "{%0,%1,%2,%3}"
#define WS_TEXT_8 "{%0,%1,%2,%3,%4,%5,%6,%7}"
#define WS_REGS_1(c, r) c(r[0])
#define WS_REGS_2(c, r) c(r[0]), c(r[1])
#define WS_REGS_4(c, r) c(r[0]), c(r[1]), c(r[2]), c(r[3])
#define WS_REGS_8(c, r) \
  c(r[0]), c(r[1]), c(r[2]), c(r[3]), c(r[4]), c(r[5]), c(r[6]), c(r[7])

// wmma.load and wmma.store: the address and the stride stand behind the registers.
#define WS_BEHIND_1 " [%1], %2;"
#define WS_BEHIND_2 " [%2], %3;"
#define WS_BEHIND_4 " [%4], %5;"
#define WS_BEHIND_8 " [%8], %9;"
#define WS_STORE_1 " [%1], {%0}, %2;"
#define WS_STORE_2 " [%2], {%0,%1}, %3;"
#define WS_STORE_4 " [%4], {%0,%1,%2,%3}, %5;"
#define WS_STORE_8 " [%8], {%0,%1,%2,%3,%4,%5,%6,%7}, %9;"
#define WS_LOAD(N, c, name)                                              \
  asm volatile("wmma.load." name " " WS_TEXT_##N "," WS_BEHIND_##N       \
               : WS_REGS_##N("=" c, r)                                   \
               : "l"(p), "r"(ldm)                                        \
               : "memory")
#define WS_STORE(N, c, name)                                             \
  asm volatile("wmma.store." name WS_STORE_##N                           \
               :                                                         \
               : WS_REGS_##N(c, r), "l"(p), "r"(ldm)                     \
               : "memory")
// By the layout, which is known at compile time for factors only.
#define WS_LOAD_FACTOR(N, c, use, shape, type)                               \
  {                                                                          \
    if constexpr (Layout::__row) {                                           \
      WS_LOAD(N, c, use ".sync.aligned.row." shape "." type);                \
    } else {                                                                 \
      WS_LOAD(N, c, use ".sync.aligned.col." shape "." type);                \
    }                                                                        \
  }
#define WS_MOVE_SUM(MOVE, N, c, use, shape, type)                            \
  {                                                                          \
    if (layout == mem_row_major) {                                           \
      MOVE(N, c, use ".sync.aligned.row." shape "." type);                   \
    } else {                                                                 \
      MOVE(N, c, use ".sync.aligned.col." shape "." type);                   \
    }                                                                        \
  }
#define WS_LOADS(Use, T, m, n, k, P, Word, N, c, use, shape, type)                             \
  template <typename Layout>                                                                   \
  __device__ inline void load_matrix_sync(fragment<Use, m, n, k, T, Layout>& f, const P* p,    \
                                          unsigned ldm) {                                      \
    Word* const r = reinterpret_cast<Word*>(f.x);                                              \
    WS_LOAD_FACTOR(N, c, use, shape, type)                                                     \
  }
#define WS_SHAPE_LOADS(T, P, type, m, n, shape, A, B)                               \
  WS_LOADS(matrix_a, T, m, n, 16, P, unsigned, A, "r", "a", shape, type)            \
  WS_LOADS(matrix_b, T, m, n, 16, P, unsigned, B, "r", "b", shape, type)
WS_SHAPE_LOADS(__half, __half, "f16", 16, 16, "m16n16k16", 8, 8)
WS_SHAPE_LOADS(__half, __half, "f16", 32, 8, "m32n8k16", 8, 8)
WS_SHAPE_LOADS(__half, __half, "f16", 8, 32, "m8n32k16", 8, 8)
WS_SHAPE_LOADS(__nv_bfloat16, __nv_bfloat16, "bf16", 16, 16, "m16n16k16", 4, 4)
WS_SHAPE_LOADS(__nv_bfloat16, __nv_bfloat16, "bf16", 32, 8, "m32n8k16", 8, 2)
WS_SHAPE_LOADS(__nv_bfloat16, __nv_bfloat16, "bf16", 8, 32, "m8n32k16", 2, 8)
WS_SHAPE_LOADS(signed char, signed char, "s8", 16, 16, "m16n16k16", 2, 2)
WS_SHAPE_LOADS(signed char, signed char, "s8", 32, 8, "m32n8k16", 4, 1)
WS_SHAPE_LOADS(signed char, signed char, "s8", 8, 32, "m8n32k16", 1, 4)
WS_SHAPE_LOADS(unsigned char, unsigned char, "u8", 16, 16, "m16n16k16", 2, 2)
WS_SHAPE_LOADS(unsigned char, unsigned char, "u8", 32, 8, "m32n8k16", 4, 1)
WS_SHAPE_LOADS(unsigned char, unsigned char, "u8", 8, 32, "m8n32k16", 1, 4)
WS_LOADS(matrix_a, precision::tf32, 16, 16, 8, float, unsigned, 4, "r", "a", "m16n16k8", "tf32")
WS_LOADS(matrix_b, precision::tf32, 16, 16, 8, float, unsigned, 4, "r", "b", "m16n16k8", "tf32")
WS_LOADS(matrix_a, double, 8, 8, 4, double, double, 1, "d", "a", "m8n8k4", "f64")
WS_LOADS(matrix_b, double, 8, 8, 4, double, double, 1, "d", "b", "m8n8k4", "f64")
WS_LOADS(matrix_a, experimental::precision::s4, 8, 8, 32, void, unsigned, 1, "r", "a", "m8n8k32", "s4")
WS_LOADS(matrix_b, experimental::precision::s4, 8, 8, 32, void, unsigned, 1, "r", "b", "m8n8k32", "s4")
WS_LOADS(matrix_a, experimental::precision::u4, 8, 8, 32, void, unsigned, 1, "r", "a", "m8n8k32", "u4")
WS_LOADS(matrix_b, experimental::precision::u4, 8, 8, 32, void, unsigned, 1, "r", "b", "m8n8k32", "u4")
WS_LOADS(matrix_a, experimental::precision::b1, 8, 8, 128, void, unsigned, 1, "r", "a", "m8n8k128", "b1")
WS_LOADS(matrix_b, experimental::precision::b1, 8, 8, 128, void, unsigned, 1, "r", "b", "m8n8k128", "b1")

#define WS_SUMS(T, m, n, k, Word, N, c, shape, type)                                            \
  __device__ inline void load_matrix_sync(fragment<accumulator, m, n, k, T>& f, const T* p,     \
                                          unsigned ldm, layout_t layout) {                      \
    Word* const r = reinterpret_cast<Word*>(f.x);                                               \
    WS_MOVE_SUM(WS_LOAD, N, c, "c", shape, type)                                                \
  }                                                                                             \
  __device__ inline void store_matrix_sync(T* p, const fragment<accumulator, m, n, k, T>& f,    \
                                           unsigned ldm, layout_t layout) {                     \
    const Word* const r = reinterpret_cast<const Word*>(f.x);                                   \
    WS_MOVE_SUM(WS_STORE, N, c, "d", shape, type)                                               \
  }
#define WS_SHAPE_SUMS(m, n, shape)                          \
  WS_SUMS(__half, m, n, 16, unsigned, 4, "r", shape, "f16") \
  WS_SUMS(float, m, n, 16, float, 8, "f", shape, "f32")     \
  WS_SUMS(int, m, n, 16, int, 8, "r", shape, "s32")
WS_SHAPE_SUMS(16, 16, "m16n16k16")
WS_SHAPE_SUMS(32, 8, "m32n8k16")
WS_SHAPE_SUMS(8, 32, "m8n32k16")
WS_SUMS(float, 16, 16, 8, float, 8, "f", "m16n16k8", "f32")
WS_SUMS(double, 8, 8, 4, double, 2, "d", "m8n8k4", "f64")
WS_SUMS(int, 8, 8, 32, int, 2, "r", "m8n8k32", "s32")
WS_SUMS(int, 8, 8, 128, int, 2, "r", "m8n8k128", "s32")

// wmma.mma: D registers of the result, A, B and C of the operands; `ab`, `dw` and `cw` are the letters
// of their constraints.
#define WS_MMA_4_8_8_4                                                                            \
  "{%0,%1,%2,%3}, {%4,%5,%6,%7,%8,%9,%10,%11}, {%12,%13,%14,%15,%16,%17,%18,%19}, "               \
  "{%20,%21,%22,%23};"
#define WS_MMA_4_8_8_8                                                                            \
  "{%0,%1,%2,%3}, {%4,%5,%6,%7,%8,%9,%10,%11}, {%12,%13,%14,%15,%16,%17,%18,%19}, "               \
  "{%20,%21,%22,%23,%24,%25,%26,%27};"
#define WS_MMA_8_8_8_4                                                                            \
  "{%0,%1,%2,%3,%4,%5,%6,%7}, {%8,%9,%10,%11,%12,%13,%14,%15}, "                                  \
  "{%16,%17,%18,%19,%20,%21,%22,%23}, {%24,%25,%26,%27};"
#define WS_MMA_8_8_8_8                                                                            \
  "{%0,%1,%2,%3,%4,%5,%6,%7}, {%8,%9,%10,%11,%12,%13,%14,%15}, "                                  \
  "{%16,%17,%18,%19,%20,%21,%22,%23}, {%24,%25,%26,%27,%28,%29,%30,%31};"
#define WS_MMA_8_4_4_8                                                                            \
  "{%0,%1,%2,%3,%4,%5,%6,%7}, {%8,%9,%10,%11}, {%12,%13,%14,%15}, "                               \
  "{%16,%17,%18,%19,%20,%21,%22,%23};"
#define WS_MMA_8_8_2_8                                                                            \
  "{%0,%1,%2,%3,%4,%5,%6,%7}, {%8,%9,%10,%11,%12,%13,%14,%15}, {%16,%17}, "                       \
  "{%18,%19,%20,%21,%22,%23,%24,%25};"
#define WS_MMA_8_2_8_8                                                                            \
  "{%0,%1,%2,%3,%4,%5,%6,%7}, {%8,%9}, {%10,%11,%12,%13,%14,%15,%16,%17}, "                       \
  "{%18,%19,%20,%21,%22,%23,%24,%25};"
#define WS_MMA_8_2_2_8                                                                            \
  "{%0,%1,%2,%3,%4,%5,%6,%7}, {%8,%9}, {%10,%11}, {%12,%13,%14,%15,%16,%17,%18,%19};"
#define WS_MMA_8_4_1_8                                                                            \
  "{%0,%1,%2,%3,%4,%5,%6,%7}, {%8,%9,%10,%11}, {%12}, {%13,%14,%15,%16,%17,%18,%19,%20};"
#define WS_MMA_8_1_4_8                                                                            \
  "{%0,%1,%2,%3,%4,%5,%6,%7}, {%8}, {%9,%10,%11,%12}, {%13,%14,%15,%16,%17,%18,%19,%20};"
#define WS_MMA_2_1_1_2 "{%0,%1}, {%2}, {%3}, {%4,%5};"
#define WS_MMA(D, A, B, C, ab, dw, cw, name)                                                \
  asm volatile("wmma.mma." name " " WS_MMA_##D##_##A##_##B##_##C                            \
               : WS_REGS_##D("=" dw, d)                                                     \
               : WS_REGS_##A(ab, a), WS_REGS_##B(ab, b), WS_REGS_##C(cw, c))
#define WS_MMA_LAYOUTS(D, A, B, C, ab, dw, cw, before, behind)                               \
  {                                                                                          \
    if constexpr (LayoutA::__row && LayoutB::__row) {                                        \
      WS_MMA(D, A, B, C, ab, dw, cw, before "row.row." behind);                              \
    } else if constexpr (LayoutA::__row) {                                                   \
      WS_MMA(D, A, B, C, ab, dw, cw, before "row.col." behind);                              \
    } else if constexpr (LayoutB::__row) {                                                   \
      WS_MMA(D, A, B, C, ab, dw, cw, before "col.row." behind);                              \
    } else {                                                                                 \
      WS_MMA(D, A, B, C, ab, dw, cw, before "col.col." behind);                              \
    }                                                                                        \
  }
#define WS_PRODUCT(T, TD, TC, m, n, k, AB, WD, WC, D, A, B, C, ab, dw, cw, behind)           \
  template <typename LayoutA, typename LayoutB>                                              \
  __device__ inline void mma_sync(fragment<accumulator, m, n, k, TD>& fd,                    \
                                  const fragment<matrix_a, m, n, k, T, LayoutA>& fa,         \
                                  const fragment<matrix_b, m, n, k, T, LayoutB>& fb,         \
                                  const fragment<accumulator, m, n, k, TC>& fc) {            \
    WD* const d = reinterpret_cast<WD*>(fd.x);                                               \
    const AB* const a = reinterpret_cast<const AB*>(fa.x);                                   \
    const AB* const b = reinterpret_cast<const AB*>(fb.x);                                   \
    const WC* const c = reinterpret_cast<const WC*>(fc.x);                                   \
    WS_MMA_LAYOUTS(D, A, B, C, ab, dw, cw, "sync.aligned.", behind)                          \
  }
// Sums that saturate: within the finite values of their type, NaN as zero.
__device__ inline float __finite(float x) {
  return x != x ? 0.0f : fminf(fmaxf(x, -3.402823466e38f), 3.402823466e38f);
}
__device__ inline __half __finite(__half x) {
  const __half most = __ushort_as_half((unsigned short)0x7bff);
  return __hisnan(x) ? __ushort_as_half((unsigned short)0) : __hmin(__hmax(x, __hneg(most)), most);
}
#define WS_HALF_PRODUCT(TD, TC, m, n, WD, WC, D, C, dw, cw, behind)                          \
  WS_PRODUCT(__half, TD, TC, m, n, 16, unsigned, WD, WC, D, 8, 8, C, "r", dw, cw, behind)    \
  template <typename LayoutA, typename LayoutB>                                              \
  __device__ inline void mma_sync(fragment<accumulator, m, n, 16, TD>& fd,                   \
                                  const fragment<matrix_a, m, n, 16, __half, LayoutA>& fa,   \
                                  const fragment<matrix_b, m, n, 16, __half, LayoutB>& fb,   \
                                  const fragment<accumulator, m, n, 16, TC>& fc, bool satf) {\
    mma_sync(fd, fa, fb, fc);                                                                \
    for (int i = 0; satf && i < fd.num_elements; ++i) fd.x[i] = __finite(fd.x[i]);           \
  }
// The same for integers, which have it in the instruction.
#define WS_SATURATED(T, TD, TC, m, n, k, AB, WD, WC, D, A, B, C, ab, dw, cw, behind)         \
  template <typename LayoutA, typename LayoutB>                                              \
  __device__ inline void mma_sync(fragment<accumulator, m, n, k, TD>& fd,                    \
                                  const fragment<matrix_a, m, n, k, T, LayoutA>& fa,         \
                                  const fragment<matrix_b, m, n, k, T, LayoutB>& fb,         \
                                  const fragment<accumulator, m, n, k, TC>& fc,              \
                                  bool satf = false) {                                       \
    WD* const d = reinterpret_cast<WD*>(fd.x);                                               \
    const AB* const a = reinterpret_cast<const AB*>(fa.x);                                   \
    const AB* const b = reinterpret_cast<const AB*>(fb.x);                                   \
    const WC* const c = reinterpret_cast<const WC*>(fc.x);                                   \
    if (satf) {                                                                              \
      WS_MMA_LAYOUTS(D, A, B, C, ab, dw, cw, "sync.aligned.", behind ".satfinite")           \
    } else {                                                                                 \
      WS_MMA_LAYOUTS(D, A, B, C, ab, dw, cw, "sync.aligned.", behind)                        \
    }                                                                                        \
  }
#define WS_SHAPE_PRODUCTS(m, n, shape, A, B, A8, B8)                                              \
  WS_HALF_PRODUCT(float, float, m, n, float, float, 8, 8, "f", "f", shape ".f32.f32")             \
  WS_HALF_PRODUCT(__half, __half, m, n, unsigned, unsigned, 4, 4, "r", "r", shape ".f16.f16")     \
  WS_HALF_PRODUCT(float, __half, m, n, float, unsigned, 8, 4, "f", "r", shape ".f32.f16")         \
  WS_HALF_PRODUCT(__half, float, m, n, unsigned, float, 4, 8, "r", "f", shape ".f16.f32")         \
  WS_PRODUCT(__nv_bfloat16, float, float, m, n, 16, unsigned, float, float, 8, A, B, 8, "r", "f", \
             "f", shape ".f32.bf16.bf16.f32")                                                     \
  WS_SATURATED(signed char, int, int, m, n, 16, unsigned, int, int, 8, A8, B8, 8, "r", "r", "r",  \
               shape ".s32.s8.s8.s32")                                                            \
  WS_SATURATED(unsigned char, int, int, m, n, 16, unsigned, int, int, 8, A8, B8, 8, "r", "r",     \
               "r", shape ".s32.u8.u8.s32")
WS_SHAPE_PRODUCTS(16, 16, "m16n16k16", 4, 4, 2, 2)
WS_SHAPE_PRODUCTS(32, 8, "m32n8k16", 8, 2, 4, 1)
WS_SHAPE_PRODUCTS(8, 32, "m8n32k16", 2, 8, 1, 4)
WS_PRODUCT(precision::tf32, float, float, 16, 16, 8, unsigned, float, float, 8, 4, 4, 8, "r", "f",
           "f", "m16n16k8.f32.tf32.tf32.f32")
WS_PRODUCT(double, double, double, 8, 8, 4, double, double, double, 2, 1, 1, 2, "d", "d", "d",
           "m8n8k4.f64.f64.f64.f64")
WS_SATURATED(experimental::precision::s4, int, int, 8, 8, 32, unsigned, int, int, 2, 1, 1, 2, "r",
             "r", "r", "m8n8k32.s32.s4.s4.s32")
WS_SATURATED(experimental::precision::u4, int, int, 8, 8, 32, unsigned, int, int, 2, 1, 1, 2, "r",
             "r", "r", "m8n8k32.s32.u4.u4.s32")

template <typename LayoutA, typename LayoutB>
__device__ inline void bmma_sync(
    fragment<accumulator, 8, 8, 128, int>& fd,
    const fragment<matrix_a, 8, 8, 128, experimental::precision::b1, LayoutA>& fa,
    const fragment<matrix_b, 8, 8, 128, experimental::precision::b1, LayoutB>& fb,
    const fragment<accumulator, 8, 8, 128, int>& fc,
    experimental::bmmaBitOp op = experimental::bmmaBitOpXOR,
    experimental::bmmaAccumulateOp = experimental::bmmaAccumulateOpPOPC) {
  int* const d = fd.x;
  const unsigned* const a = fa.x;
  const unsigned* const b = fb.x;
  const int* const c = fc.x;
  if (op == experimental::bmmaBitOpXOR) {
    WS_MMA(2, 1, 1, 2, "r", "r", "r",
           "xor.popc.sync.aligned.row.col.m8n8k128.s32.b1.b1.s32");
  } else {
    WS_MMA(2, 1, 1, 2, "r", "r", "r",
           "and.popc.sync.aligned.row.col.m8n8k128.s32.b1.b1.s32");
  }
}

__device__ inline float __float_to_tf32(float value) {
  unsigned bits;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(value));
  return __uint_as_float(bits);
}

#undef WS_SHAPE_PRODUCTS
#undef WS_SATURATED
#undef WS_HALF_PRODUCT
#undef WS_PRODUCT
#undef WS_MMA_LAYOUTS
#undef WS_MMA
#undef WS_MMA_4_8_8_4
#undef WS_MMA_4_8_8_8
#undef WS_MMA_8_8_8_4
#undef WS_MMA_8_8_8_8
#undef WS_MMA_8_4_4_8
#undef WS_MMA_8_8_2_8
#undef WS_MMA_8_2_8_8
#undef WS_MMA_8_2_2_8
#undef WS_MMA_8_4_1_8
#undef WS_MMA_8_1_4_8
#undef WS_MMA_2_1_1_2
#undef WS_SHAPE_SUMS
#undef WS_SUMS
#undef WS_SHAPE_LOADS
#undef WS_LOADS
#undef WS_MOVE_SUM
#undef WS_LOAD_FACTOR
#undef WS_STORE
#undef WS_LOAD
#undef WS_STORE_1
#undef WS_STORE_2
#undef WS_STORE_4
#undef WS_STORE_8
#undef WS_BEHIND_1
#undef WS_BEHIND_2
#undef WS_BEHIND_4
#undef WS_BEHIND_8
#undef WS_REGS_1
#undef WS_REGS_2
#undef WS_REGS_4
#undef WS_REGS_8
#undef WS_TEXT_1
#undef WS_TEXT_2
#undef WS_TEXT_4
#undef WS_TEXT_8

}  // namespace wmma
}  // namespace nvcuda
