// Three-dimensional memory: cudaMalloc3D, cudaMemcpy3D, pitched pointers; a 7-point stencil marching in z with registers.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <cuda_runtime.h>

#define NX 37
#define NY 22
#define NZ 14

__device__ __host__ inline size_t lin(int x, int y, int z) { return ((size_t)z * NY + y) * NX + x; }

__device__ float* row(cudaPitchedPtr p, int y, int z) { return (float*)((char*)p.ptr + ((size_t)z * p.ysize + y) * p.pitch); }

__global__ void heat(cudaPitchedPtr in, cudaPitchedPtr out, float c)
{
    __shared__ float tile[10][34];
    const int x = blockIdx.x * 32 + threadIdx.x, y = blockIdx.y * 8 + threadIdx.y;
    const int lx = threadIdx.x + 1, ly = threadIdx.y + 1;
    const bool in_plane = x < NX && y < NY;
    const bool inner = in_plane && x > 0 && x < NX - 1 && y > 0 && y < NY - 1;
    float below = 0.f, here = in_plane ? row(in, y, 0)[x] : 0.f, above;
    if (in_plane) row(out, y, 0)[x] = here;
    above = in_plane ? row(in, y, 1)[x] : 0.f;
    for (int z = 1; z < NZ - 1; ++z) {
        below = here;
        here = above;
        above = in_plane ? row(in, y, z + 1)[x] : 0.f;
        __syncthreads();
        tile[ly][lx] = here;
        if (threadIdx.x == 0) tile[ly][0] = x > 0 && in_plane ? row(in, y, z)[x - 1] : 0.f;
        if (threadIdx.x == 31) tile[ly][33] = x + 1 < NX && y < NY ? row(in, y, z)[x + 1] : 0.f;
        if (threadIdx.y == 0) tile[0][lx] = y > 0 && in_plane ? row(in, y - 1, z)[x] : 0.f;
        if (threadIdx.y == 7) tile[9][lx] = y + 1 < NY && x < NX ? row(in, y + 1, z)[x] : 0.f;
        __syncthreads();
        if (inner) row(out, y, z)[x] = here + c * (tile[ly][lx - 1] + tile[ly][lx + 1] + tile[ly - 1][lx] + tile[ly + 1][lx] + below + above - 6.f * here);
        else if (in_plane) row(out, y, z)[x] = here;
    }
    if (in_plane) row(out, y, NZ - 1)[x] = above;
}

int main()
{
    std::vector<float> a(NX * NY * NZ), b, out(NX * NY * NZ);
    unsigned s = 16;
    for (float& v : a) { s = s * 1664525u + 1013904223u; v = (float)(s >> 24); }
    const cudaExtent extent = make_cudaExtent(NX * sizeof(float), NY, NZ);
    cudaPitchedPtr d[2];
    for (int i = 0; i < 2; ++i)
        if (cudaMalloc3D(&d[i], extent) != cudaSuccess) { printf("FAIL cudaMalloc3D\n"); return 1; }
    cudaMemcpy3DParms p;
    memset(&p, 0, sizeof p);
    p.srcPtr = make_cudaPitchedPtr(a.data(), NX * sizeof(float), NX, NY);
    p.dstPtr = d[0];
    p.extent = extent;
    p.kind = cudaMemcpyHostToDevice;
    if (cudaMemcpy3D(&p) != cudaSuccess) { printf("FAIL cudaMemcpy3D\n"); return 1; }
    const dim3 grid((NX + 31) / 32, (NY + 7) / 8), block(32, 8);
    const int steps = 5;
    for (int k = 0; k < steps; ++k) heat<<<grid, block>>>(d[k & 1], d[~k & 1], 0.125f);
    cudaMemcpy3DParms q = {0};
    q.srcPtr = d[steps & 1];
    q.dstPtr = make_cudaPitchedPtr(out.data(), NX * sizeof(float), NX, NY);
    q.extent = extent;
    q.kind = cudaMemcpyDeviceToHost;
    cudaMemcpy3D(&q);
    cudaFree(d[0].ptr);
    cudaFree(d[1].ptr);
    b = a;
    for (int k = 0; k < steps; ++k) {
        for (int z = 1; z < NZ - 1; ++z)
            for (int y = 1; y < NY - 1; ++y)
                for (int x = 1; x < NX - 1; ++x)
                    b[lin(x, y, z)] = a[lin(x, y, z)] + 0.125f * (a[lin(x - 1, y, z)] + a[lin(x + 1, y, z)] + a[lin(x, y - 1, z)] + a[lin(x, y + 1, z)] +
                                      a[lin(x, y, z - 1)] + a[lin(x, y, z + 1)] - 6.f * a[lin(x, y, z)]);
        a = b;
    }
    float worst = 0;
    for (int i = 0; i < NX * NY * NZ; ++i) worst = fmaxf(worst, fabsf(a[i] - out[i]));
    if (cudaGetLastError() != cudaSuccess || !(worst < 1e-3f)) { printf("FAIL error %g\n", worst); return 1; }
    printf("PASS heat3d: %d steps, error %.2g\n", steps, worst);
    return 0;
}
