// Every atomic function, scopes, and compare-and-swap loops for types that have none.
#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

struct Cells {
    int add, sub, mx, mn, andv, orv, xorv;
    unsigned inc, dec, exch, casv;
    unsigned long long add64, max64, and64, or64, xor64;
    long long min64;
    float fadd, fmul, fmax;
    double dadd, dmax;
    unsigned short cas16;
    __half2 h2;
    float block_sum;
};

__device__ float atomicMulFloat(float* address, float v)
{
    int* p = (int*)address;
    int old = *p, assumed;
    do {
        assumed = old;
        old = atomicCAS(p, assumed, __float_as_int(v * __int_as_float(assumed)));
    } while (assumed != old);
    return __int_as_float(old);
}

__device__ double atomicMaxDouble(double* address, double v)
{
    unsigned long long* p = reinterpret_cast<unsigned long long*>(address);
    unsigned long long old = atomicAdd(p, 0ull), assumed;
    do {
        assumed = old;
        if (__longlong_as_double((long long)assumed) >= v) break;
        old = atomicCAS(p, assumed, (unsigned long long)__double_as_longlong(v));
    } while (assumed != old);
    return __longlong_as_double((long long)old);
}

__device__ float atomicMaxFloat(float* address, float v)
{
    return v >= 0 ? __int_as_float(atomicMax((int*)address, __float_as_int(v)))
                  : __uint_as_float(atomicMin((unsigned*)address, __float_as_uint(v)));
}

__global__ void all_of_them(Cells* c)
{
    __shared__ float s;
    __shared__ unsigned long long s64;
    if (threadIdx.x == 0) { s = 0; s64 = 0; }
    __syncthreads();
    const int t = blockIdx.x * blockDim.x + threadIdx.x;
    atomicAdd(&c->add, 10);
    atomicSub(&c->sub, 10);
    atomicMax(&c->mx, t);
    atomicMin(&c->mn, -t);
    atomicAnd(&c->andv, 2 * t + 7);
    atomicOr(&c->orv, 1 << (t % 31));
    atomicXor(&c->xorv, t);
    atomicInc(&c->inc, 17);
    atomicDec(&c->dec, 137);
    atomicExch(&c->exch, t);
    atomicCAS(&c->casv, (unsigned)t, (unsigned)t + 1);
    atomicAdd(&c->add64, 1ull << 33);
    atomicMax(&c->max64, (unsigned long long)t << 30);
    atomicMin(&c->min64, -((long long)t << 30));
    atomicAnd(&c->and64, ~(1ull << (t % 64)));
    atomicOr(&c->or64, 1ull << (t % 50));
    atomicXor(&c->xor64, 0x100000001ull * t);
    atomicAdd(&c->fadd, 0.5f);
    if (t < 10) atomicMulFloat(&c->fmul, 2.0f);
    atomicMaxFloat(&c->fmax, (float)t - 100.5f);
    atomicAdd(&c->dadd, 0.25);
    atomicMaxDouble(&c->dmax, t * 1.5);
    if (threadIdx.x == 5) {
        unsigned short seen = c->cas16, want;
        do {
            want = seen;
            seen = atomicCAS(&c->cas16, want, (unsigned short)(want + 3));
        } while (seen != want);
    }
    atomicAdd(&c->h2, __floats2half2_rn(1.0f, 0.5f));
    atomicAdd_block(&s, 1.0f);
    atomicAdd(&s64, 2ull);
    __syncthreads();
    if (threadIdx.x == 0) atomicAdd_system(&c->block_sum, s + (float)s64);
}

int main()
{
    const int blocks = 4, threads = 128, n = blocks * threads;
    Cells h;
    memset(&h, 0, sizeof h);
    h.andv = h.mn = INT_MAX;
    h.mx = INT_MIN;
    h.and64 = ~0ull;
    h.min64 = LLONG_MAX;
    h.fmul = 1.0f;
    h.fmax = -1e30f;
    h.dmax = -1;
    Cells* d;
    cudaMalloc(&d, sizeof(Cells));
    cudaMemcpy(d, &h, sizeof h, cudaMemcpyHostToDevice);
    all_of_them<<<blocks, threads>>>(d);
    cudaMemcpy(&h, d, sizeof h, cudaMemcpyDeviceToHost);
    cudaFree(d);
    int andv = INT_MAX, orv = 0, xorv = 0;
    unsigned inc = 0, dec = 0;
    unsigned long long and64 = ~0ull, or64 = 0, xor64 = 0;
    for (int t = 0; t < n; t++) {
        andv &= 2 * t + 7;
        orv |= 1 << (t % 31);
        xorv ^= t;
        inc = inc >= 17 ? 0 : inc + 1;
        dec = dec == 0 || dec > 137 ? 137 : dec - 1;
        and64 &= ~(1ull << (t % 64));
        or64 |= 1ull << (t % 50);
        xor64 ^= 0x100000001ull * t;
    }
    int bad = cudaGetLastError() != cudaSuccess;
#define CHECK(c) if (!(c)) { printf("FAIL %s\n", #c); ++bad; }
    CHECK(h.add == 10 * n); CHECK(h.sub == -10 * n); CHECK(h.mx == n - 1); CHECK(h.mn == 1 - n);
    CHECK(h.andv == andv); CHECK(h.orv == orv); CHECK(h.xorv == xorv); CHECK(h.inc == inc); CHECK(h.dec == dec);
    CHECK(h.exch < (unsigned)n); CHECK(h.casv >= 1 && h.casv <= (unsigned)n);
    CHECK(h.add64 == (unsigned long long)n << 33); CHECK(h.max64 == (unsigned long long)(n - 1) << 30);
    CHECK(h.min64 == -((long long)(n - 1) << 30)); CHECK(h.and64 == and64); CHECK(h.or64 == or64); CHECK(h.xor64 == xor64);
    CHECK(h.fadd == 0.5f * n); CHECK(h.fmul == 1024.0f); CHECK(h.fmax == n - 101.5f); CHECK(h.dadd == 0.25 * n);
    CHECK(h.dmax == 1.5 * (n - 1)); CHECK(h.cas16 == 3 * blocks);
    CHECK(__low2float(h.h2) == (float)n && __high2float(h.h2) == 0.5f * n); CHECK(h.block_sum == 3.0f * n);
    if (bad) return 1;
    printf("PASS atomics: %d threads\n", n);
    return 0;
}
