// Sums, extrema and choices of two integers in a word, __fns and products of vectors. What is
// expected is what NVRTC makes of CUDA's own headers.
// RUN: run %s --front native
#include <cstdio>
#define THREE(name) \
  printf(#name " %08x %08x\n", __vi##name(a[0], b[0], c[0]), __vi##name(a[1], b[1], c[1]));
#define TWO(name) printf(#name " %08x %08x\n", __vi##name(a[0], b[0]), __vi##name(a[1], b[1]));
#define CHOICE(name)                              \
  {                                               \
    bool h, l;                                    \
    unsigned r = __vib##name(a[0], b[0], &h, &l); \
    printf(#name " %08x %d%d", r, h, l);          \
    r = __vib##name(a[1], b[1], &h, &l);          \
    printf(" %08x %d%d", r, h, l);                \
    r = __vib##name(a[1], a[1], &h, &l);          \
    printf(" %08x %d%d\n", r, h, l);              \
  }
#define CHOICE1(name)                         \
  {                                           \
    bool h;                                   \
    unsigned r = __vib##name(a[0], b[0], &h); \
    printf(#name " %08x %d", r, h);           \
    r = __vib##name(a[1], b[1], &h);          \
    printf(" %08x %d", r, h);                 \
    r = __vib##name(a[1], a[1], &h);          \
    printf(" %08x %d\n", r, h);               \
  }
__global__ void k() {
  const unsigned a[2] = {0x80ff7f01u, 0xfffe0003u}, b[2] = {0x01807f80u, 0x0001fffdu},
                 c[2] = {0xffff0001u, 0x8000fffeu};
  THREE(max3_s16x2)
  THREE(max3_u16x2) THREE(max3_s16x2_relu) THREE(min3_s16x2) THREE(min3_u16x2)
      THREE(min3_s16x2_relu) THREE(addmax_s16x2) THREE(addmax_u16x2) THREE(addmax_s16x2_relu)
          THREE(addmin_s16x2) THREE(addmin_u16x2) THREE(addmin_s16x2_relu) TWO(max_s16x2_relu)
              TWO(min_s16x2_relu) CHOICE(max_s16x2) CHOICE(max_u16x2) CHOICE(min_s16x2)
                  CHOICE(min_u16x2) CHOICE1(max_s32) CHOICE1(max_u32) CHOICE1(min_s32)
                      CHOICE1(min_u32)
                          printf("fns %d %d %d %d %d\n", __fns(0xf0f0, 0, 3), __fns(0xf0f0, 31, -2),
                                 __fns(0xf0f0, 5, 0), __fns(0xf0f0, 4, 0), __fns(1, 0, 2));
  printf("dp %d %u %d %u %d %u\n",
         __dp4a(make_char4(-1, 2, 3, -128), make_char4(5, 6, -7, -128), 9),
         __dp4a(make_uchar4(255, 2, 3, 4), make_uchar4(255, 6, 7, 8), 9u),
         __dp2a_lo(make_short2(-300, 400), make_char4(5, -6, 7, 8), 1),
         __dp2a_lo(make_ushort2(65535, 400), make_uchar4(255, 6, 7, 8), 1u),
         __dp2a_hi(make_short2(-300, 400), make_char4(5, -6, 7, -8), 1),
         __dp2a_hi(make_ushort2(65535, 400), make_uchar4(5, 6, 255, 8), 1u));
}
int main() {
  k<<<1, 1>>>();
  cudaDeviceSynchronize();
  bool h, l;
  unsigned r = __vibmax_s16x2(0x00018000u, 0xffff7fffu, &h, &l);
  printf("host %08x %d%d %08x\n", r, h, l,
         __viaddmax_s16x2_relu(0xffff0001u, 0xffff0001u, 0x80008000u));
}
// STDOUT:
// max3_s16x2 01807f80 00010003
// max3_u16x2 ffff7f80 fffefffe
// max3_s16x2_relu 01807f80 00010003
// min3_s16x2 80ff0001 8000fffd
// min3_u16x2 01800001 00010003
// min3_s16x2_relu 00000001 00000000
// addmax_s16x2 ffff0001 ffff0000
// addmax_u16x2 fffffe81 fffffffe
// addmax_s16x2_relu 00000001 00000000
// addmin_s16x2 827ffe81 8000fffe
// addmin_u16x2 827f0001 80000000
// addmin_s16x2_relu 00000000 00000000
// max_s16x2_relu 01807f80 00010003
// min_s16x2_relu 00007f01 00000000
// max_s16x2 01807f80 00 00010003 01 fffe0003 11
// max_u16x2 80ff7f80 10 fffefffd 10 fffe0003 11
// min_s16x2 80ff7f01 11 fffefffd 10 fffe0003 11
// min_u16x2 01807f01 01 00010003 01 fffe0003 11
// max_s32 01807f80 0 0001fffd 0 fffe0003 1
// max_u32 80ff7f01 1 fffe0003 1 fffe0003 1
// min_s32 80ff7f01 1 fffe0003 1 fffe0003 1
// min_u32 01807f80 0 0001fffd 0 fffe0003 1
// fns 6 14 5 4 -1
// dp 16379 65099 -3899 16713826 -5299 16714626
// host 00017fff 10 00000002
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
