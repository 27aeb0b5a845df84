// Integer intrinsics and SIMD-in-a-word against plain loops: Morton codes, popcounts, byte permutations, saturating adds.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define OUTS 24

__device__ uint32_t spread(uint32_t x)
{
    x &= 0xffff;
    x = (x | x << 8) & 0x00ff00ff;
    x = (x | x << 4) & 0x0f0f0f0f;
    x = (x | x << 2) & 0x33333333;
    x = (x | x << 1) & 0x55555555;
    return x;
}

__global__ void bits(const uint32_t* a, const uint32_t* b, uint64_t* out, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    const uint32_t x = a[i], y = b[i];
    const uint64_t w = (uint64_t)x << 32 | y;
    uint64_t* o = out + (size_t)i * OUTS;
    o[0] = __popc(x) + 100 * __popcll(w);
    o[1] = __clz(x) + 100 * __clzll(w);
    o[2] = __ffs(x) + 100 * __ffsll(w);
    o[3] = __brev(x);
    o[4] = __brevll(w);
    o[5] = __byte_perm(x, y, 0x5140 | (x & 7));
    o[6] = __funnelshift_l(x, y, y & 31);
    o[7] = __funnelshift_r(x, y, y & 31);
    o[8] = __umulhi(x, y);
    o[9] = __umul64hi(w, w ^ 0x5555555555555555ull);
    o[10] = (uint32_t)__mulhi((int)x, (int)y);
    o[11] = (uint64_t)__mul64hi((long long)w, (long long)(w << 1));
    o[12] = __usad(x, y, 7) + (uint64_t)__sad((int)x, (int)y, 1u);
    o[13] = (uint32_t)__mul24((int)x, (int)y) + (uint64_t)__umul24(x, y);
    o[14] = (uint32_t)__hadd((int)x, (int)y) + ((uint64_t)__urhadd(x, y) << 32);
    o[15] = __vadd4(x, y);
    o[16] = __vabsdiffu4(x, y);
    o[17] = __vaddus2(x, y);
    o[18] = __vcmpgtu4(x, y);
    o[19] = __vavgu4(x, y);
    o[20] = (uint32_t)__dp4a((int)x, (int)y, 5);
    o[21] = __dp4a(x, y, 5u);
    o[22] = spread(x) | spread(y) << 1;
    o[23] = __vmaxs2(x, y);
}

static int byteOf(uint32_t v, int k) { return v >> (8 * k) & 255; }

static void reference(uint32_t x, uint32_t y, uint64_t* o)
{
    const uint64_t w = (uint64_t)x << 32 | y;
    int pop = 0, popll = 0, clz = 32, clzll = 64, f = 0, fll = 0;
    uint64_t r = 0, rll = 0;
    for (int k = 0; k < 64; k++) {
        if (k < 32 && (x >> k & 1)) { pop++; clz = 31 - k; if (!f) f = k + 1; r |= 1ull << (31 - k); }
        if (w >> k & 1) { popll++; clzll = 63 - k; if (!fll) fll = k + 1; rll |= 1ull << (63 - k); }
    }
    o[0] = pop + 100 * popll; o[1] = clz + 100 * clzll; o[2] = f + 100 * fll; o[3] = r; o[4] = rll;
    const uint32_t sel = 0x5140 | (x & 7);
    uint32_t p = 0;
    for (int k = 0; k < 4; k++) { const int s = sel >> (4 * k) & 7; p |= (uint32_t)byteOf(s < 4 ? x : y, s & 3) << (8 * k); }
    o[5] = p;
    const uint64_t yx = (uint64_t)y << 32 | x;
    o[6] = (uint32_t)((yx << (y & 31)) >> 32);
    o[7] = (uint32_t)(yx >> (y & 31));
    o[8] = (uint64_t)x * y >> 32;
    const uint64_t v = w ^ 0x5555555555555555ull;
    {   // 64 x 64 -> high 64 by halves
        const uint64_t a0 = (uint32_t)w, a1 = w >> 32, b0 = (uint32_t)v, b1 = v >> 32;
        const uint64_t m = a1 * b0 + (a0 * b0 >> 32), t = a0 * b1 + (uint32_t)m;
        o[9] = a1 * b1 + (m >> 32) + (t >> 32);
    }
    o[10] = (uint32_t)((int64_t)(int32_t)x * (int32_t)y >> 32);
    {
        const uint64_t c = w << 1;
        const uint64_t a0 = (uint32_t)w, a1 = w >> 32, b0 = (uint32_t)c, b1 = c >> 32;
        const uint64_t m = a1 * b0 + (a0 * b0 >> 32), t = a0 * b1 + (uint32_t)m;
        o[11] = a1 * b1 + (m >> 32) + (t >> 32) - ((int64_t)w < 0 ? c : 0) - ((int64_t)c < 0 ? w : 0);
    }
    const int64_t d = (int64_t)(int32_t)x - (int32_t)y;
    o[12] = (uint32_t)((x > y ? x - y : y - x) + 7) + (uint64_t)(uint32_t)((uint32_t)(d < 0 ? -d : d) + 1u);
    const int32_t x24 = (int32_t)(x << 8) >> 8, y24 = (int32_t)(y << 8) >> 8;
    o[13] = (uint32_t)((int64_t)x24 * y24) + (uint64_t)(uint32_t)((uint64_t)(x & 0xffffff) * (y & 0xffffff));
    o[14] = (uint32_t)(((int64_t)(int32_t)x + (int32_t)y) >> 1) + ((((uint64_t)x + y + 1) >> 1) << 32);
    uint32_t add = 0, ad = 0, gt = 0, avg = 0, us = 0, mx = 0, dpu = 5;
    int dps = 5;
    for (int k = 0; k < 4; k++) {
        const int p8 = byteOf(x, k), q8 = byteOf(y, k);
        add |= (uint32_t)((p8 + q8) & 255) << 8 * k;
        ad |= (uint32_t)abs(p8 - q8) << 8 * k;
        gt |= (p8 > q8 ? 255u : 0u) << 8 * k;
        avg |= (uint32_t)((p8 + q8 + 1) >> 1) << 8 * k;
        dpu += p8 * q8;
        dps += (int8_t)p8 * (int8_t)q8;
    }
    for (int k = 0; k < 2; k++) {
        const uint32_t p16 = x >> 16 * k & 0xffff, q16 = y >> 16 * k & 0xffff;
        us |= (p16 + q16 > 0xffff ? 0xffff : p16 + q16) << 16 * k;
        mx |= (uint32_t)(uint16_t)((int16_t)p16 > (int16_t)q16 ? p16 : q16) << 16 * k;
    }
    o[15] = add; o[16] = ad; o[17] = us; o[18] = gt; o[19] = avg; o[20] = (uint32_t)dps; o[21] = dpu;
    uint32_t morton = 0;
    for (int k = 0; k < 16; k++) morton |= (x >> k & 1) << (2 * k) | (y >> k & 1) << (2 * k + 1);
    o[22] = morton;
    o[23] = mx;
}

int main()
{
    const int n = 300;
    std::vector<uint32_t> a(n), b(n);
    std::vector<uint64_t> out(n * OUTS), ref(n * OUTS);
    uint32_t s = 99;
    for (int i = 0; i < n; i++) {
        s = s * 1664525u + 1013904223u; a[i] = i == 0 ? 0 : i == 1 ? 0xffffffffu : s ^ s >> 13;
        s = s * 1664525u + 1013904223u; b[i] = i == 0 ? 0 : i == 2 ? 0x80000000u : s ^ s >> 11;
    }
    uint32_t *da, *db;
    uint64_t* dout;
    cudaMalloc(&da, n * 4);
    cudaMalloc(&db, n * 4);
    cudaMalloc(&dout, n * OUTS * 8);
    cudaMemcpy(da, a.data(), n * 4, cudaMemcpyHostToDevice);
    cudaMemcpy(db, b.data(), n * 4, cudaMemcpyHostToDevice);
    bits<<<(n + 127) / 128, 128>>>(da, db, dout, n);
    cudaMemcpy(out.data(), dout, n * OUTS * 8, cudaMemcpyDeviceToHost);
    cudaFree(da); cudaFree(db); cudaFree(dout);
    for (int i = 0; i < n; i++) reference(a[i], b[i], &ref[i * OUTS]);
    int bad[OUTS] = {}, any = cudaGetLastError() != cudaSuccess;
    for (int i = 0; i < n * OUTS; i++) bad[i % OUTS] += out[i] != ref[i];
    for (int k = 0; k < OUTS; k++)
        if (bad[k]) { printf("FAIL output %d: %d wrong\n", k, bad[k]); any = 1; }
    if (any) return 1;
    printf("PASS bittricks: %d outputs of %d pairs\n", OUTS, n);
    return 0;
}
