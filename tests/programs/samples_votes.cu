// Votes, matches, warp reductions and shuffles of every width and type, within parts of a warp.
#include <cstdio>
#include <cstdlib>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

struct Results {
    unsigned any[32], all[32], uni[32], ballot[32], match[32], matchAll[32];
    int pred[32];
    unsigned rmin[32], rand_[32], ror[32], rxor[32];
    int rmax[32], radd[32];
    double shfl_d[32];
    long long shfl_ll[32];
    float shfl_w8[32], shfl_down5[32], up3[32];
    float2 pair[32];
    unsigned active_part[32];
    int prefix[32];
};

__device__ float2 shfl2(unsigned mask, float2 v, int src)
{
    v.x = __shfl_sync(mask, v.x, src);
    v.y = __shfl_sync(mask, v.y, src);
    return v;
}

__global__ void votes(const int* in, Results* r)
{
    const int l = threadIdx.x, v = in[l];
    const unsigned full = 0xffffffffu;
    r->any[l] = __any_sync(full, v == 17);
    r->all[l] = __all_sync(full, v >= 0);
    r->uni[l] = __uni_sync(full, v > 1000);
    r->ballot[l] = __ballot_sync(full, v & 1);
    r->match[l] = __match_any_sync(full, v % 5);
    int p;
    r->matchAll[l] = __match_all_sync(full, v > 1000, &p);
    r->pred[l] = p;
    r->rmin[l] = __reduce_min_sync(full, (unsigned)v);
    r->rmax[l] = __reduce_max_sync(full, -v);
    r->radd[l] = __reduce_add_sync(full, v);
    r->rand_[l] = __reduce_and_sync(full, (unsigned)v | 0x100u);
    r->ror[l] = __reduce_or_sync(full, (unsigned)v);
    r->rxor[l] = __reduce_xor_sync(full, (unsigned)v);
    r->shfl_d[l] = __shfl_xor_sync(full, v * 1.25, 13);
    r->shfl_ll[l] = __shfl_sync(full, (long long)v << 33, (l + 7) % 32);
    r->shfl_w8[l] = __shfl_sync(full, (float)v, 3, 8);
    r->shfl_down5[l] = __shfl_down_sync(full, (float)v, 5, 16);
    r->up3[l] = __shfl_up_sync(full, (float)v, 3, 4);
    r->pair[l] = shfl2(full, make_float2((float)v, (float)-v), 31 - l);
    if (l & 4) {
        const unsigned mask = 0xf0f0f0f0u;
        const __half2 h = __shfl_down_sync(mask, __floats2half2_rn((float)v, 1.0f), 1);
        r->active_part[l] = __ballot_sync(mask, v > 20) + 1000u * __reduce_min_sync(mask, (unsigned)v) + (l % 4 == 3 ? 0u : (unsigned)__low2float(h));
    } else {
        r->active_part[l] = __ballot_sync(0x0f0f0f0fu, v > 20);
    }
    __syncwarp();
    int x = v;
    for (int d = 1; d < 32; d *= 2) {
        const int y = __shfl_up_sync(full, x, d);
        x += l >= d ? y : 0;
    }
    r->prefix[l] = x;
}

int main()
{
    int h[32], *d;
    for (int i = 0; i < 32; i++) h[i] = (i * 13 + 4) % 41;
    Results *dr, r;
    cudaMalloc(&d, sizeof h);
    cudaMalloc(&dr, sizeof r);
    cudaMemcpy(d, h, sizeof h, cudaMemcpyHostToDevice);
    votes<<<1, 32>>>(d, dr);
    cudaMemcpy(&r, dr, sizeof r, cudaMemcpyDeviceToHost);
    cudaFree(d);
    cudaFree(dr);
    unsigned any = 0, ballot = 0, rmin = ~0u, rand_ = ~0u, ror = 0, rxor = 0, high = 0, low = 0, partMin = ~0u;
    int rmax = -1000, radd = 0, bad = cudaGetLastError() != cudaSuccess, run = 0;
    for (int i = 0; i < 32; i++) {
        any |= h[i] == 17;
        ballot |= (unsigned)(h[i] & 1) << i;
        rmin = (unsigned)h[i] < rmin ? h[i] : rmin;
        rmax = -h[i] > rmax ? -h[i] : rmax;
        radd += h[i];
        rand_ &= (unsigned)h[i] | 0x100u;
        ror |= (unsigned)h[i];
        rxor ^= (unsigned)h[i];
        if (i & 4) { high |= (unsigned)(h[i] > 20) << i; partMin = (unsigned)h[i] < partMin ? h[i] : partMin; }
        else low |= (unsigned)(h[i] > 20) << i;
    }
#define CHECK(c) if (!(c)) { printf("FAIL lane %d: %s\n", l, #c); ++bad; }
    for (int l = 0; l < 32 && bad < 5; l++) {
        unsigned match = 0;
        for (int k = 0; k < 32; k++) match |= (unsigned)(h[k] % 5 == h[l] % 5) << k;
        run += h[l];
        CHECK((r.any[l] != 0) == (any != 0)); CHECK(r.all[l] != 0); CHECK(r.uni[l] != 0); CHECK(r.ballot[l] == ballot); CHECK(r.match[l] == match);
        CHECK(r.matchAll[l] == 0xffffffffu && r.pred[l] != 0); CHECK(r.rmin[l] == rmin); CHECK(r.rmax[l] == rmax); CHECK(r.radd[l] == radd);
        CHECK(r.rand_[l] == rand_); CHECK(r.ror[l] == ror); CHECK(r.rxor[l] == rxor); CHECK(r.shfl_d[l] == 1.25 * h[l ^ 13]);
        CHECK(r.shfl_ll[l] == (long long)h[(l + 7) % 32] << 33); CHECK(r.shfl_w8[l] == h[l / 8 * 8 + 3]);
        CHECK(r.shfl_down5[l] == h[l % 16 + 5 < 16 ? l + 5 : l]); CHECK(r.up3[l] == h[l % 4 >= 3 ? l - 3 : l]);
        CHECK(r.pair[l].x == h[31 - l] && r.pair[l].y == -h[31 - l]);
        CHECK(r.active_part[l] == ((l & 4) ? high + 1000u * partMin + (l % 4 == 3 ? 0 : h[l + 1]) : low)); CHECK(r.prefix[l] == run);
    }
    if (bad) return 1;
    printf("PASS votes\n");
    return 0;
}
