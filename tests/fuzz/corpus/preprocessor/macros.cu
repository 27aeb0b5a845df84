#define CAT(a, b) a##b
#define STR(x) #x
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define LOG(fmt, ...) printf(fmt, ##__VA_ARGS__)
#if defined(BLOCK) && BLOCK > 128 || __CUDA_ARCH__ >= 700
#pragma unroll 4
int CAT(va, lue) = MAX(MAX(1, 2), BLOCK);
#elif 0x10 << 2 == 64
const char* s = STR("a\n" b);
#else
#error no \
  block
#endif
LOG("%d", 1.5e-3f, 'x', 0b101, 1'000u, "\x41\u00e9");
