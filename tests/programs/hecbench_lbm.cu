// Lattice Boltzmann D2Q9, lid-driven cavity, structure of arrays, pull scheme with bounce-back.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define Q 9
#define NX 40
#define NY 32
#define TAU 0.6

__constant__ int ex[Q], ey[Q], opp[Q];
__constant__ double wt[Q];

static const int hex_[Q] = {0, 1, 0, -1, 0, 1, -1, -1, 1};
static const int hey[Q] = {0, 0, 1, 0, -1, 1, 1, -1, -1};
static const int hopp[Q] = {0, 3, 4, 1, 2, 7, 8, 5, 6};
static const double hw[Q] = {4. / 9, 1. / 9, 1. / 9, 1. / 9, 1. / 9, 1. / 36, 1. / 36, 1. / 36, 1. / 36};

struct Lattice {
    double* f[Q];
};

__host__ __device__ inline double equilibrium(double w, double rho, double cu, double uu)
{
    return w * rho * (1.0 + 3.0 * cu + 4.5 * cu * cu - 1.5 * uu);
}

__global__ void collide_stream(const Lattice src, Lattice dst, double lid)
{
    const int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
    if (x >= NX || y >= NY) return;
    const int at = y * NX + x;
    double f[Q], rho = 0, ux = 0, uy = 0;
#pragma unroll
    for (int q = 0; q < Q; ++q) {
        const int sx = x - ex[q], sy = y - ey[q];
        if (sx < 0 || sx >= NX || sy < 0) f[q] = src.f[opp[q]][at];
        else if (sy >= NY) f[q] = src.f[opp[q]][at] + 6.0 * wt[q] * ex[q] * lid;
        else f[q] = src.f[q][sy * NX + sx];
        rho += f[q];
        ux += ex[q] * f[q];
        uy += ey[q] * f[q];
    }
    ux /= rho;
    uy /= rho;
    const double uu = ux * ux + uy * uy;
#pragma unroll
    for (int q = 0; q < Q; ++q) dst.f[q][at] = f[q] - (f[q] - equilibrium(wt[q], rho, ex[q] * ux + ey[q] * uy, uu)) / TAU;
}

__global__ void fill(Lattice l)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < NX * NY)
        for (int q = 0; q < Q; ++q) l.f[q][i] = wt[q];
}

int main(void)
{
    const int steps = 25;
    const double lid = 0.08;
    cudaMemcpyToSymbol(ex, hex_, sizeof(hex_));
    cudaMemcpyToSymbol(ey, hey, sizeof(hey));
    cudaMemcpyToSymbol(opp, hopp, sizeof(hopp));
    cudaMemcpyToSymbol(wt, hw, sizeof(hw));
    Lattice a, b;
    double* storage;
    cudaMalloc(&storage, 2 * Q * NX * NY * sizeof(double));
    for (int q = 0; q < Q; ++q) {
        a.f[q] = storage + q * NX * NY;
        b.f[q] = storage + (Q + q) * NX * NY;
    }
    fill<<<(NX * NY + 127) / 128, 128>>>(a);
    dim3 block(16, 8), grid((NX + 15) / 16, (NY + 7) / 8);
    for (int s = 0; s < steps; ++s) {
        collide_stream<<<grid, block>>>(a, b, lid);
        Lattice t = a;
        a = b;
        b = t;
    }
    std::vector<double> out(Q * NX * NY);
    for (int q = 0; q < Q; ++q) cudaMemcpy(&out[q * NX * NY], a.f[q], NX * NY * sizeof(double), cudaMemcpyDeviceToHost);
    cudaFree(storage);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }

    // the host pushes instead: collide first in the layout [cell][direction]
    std::vector<double> f(NX * NY * Q), g(NX * NY * Q);
    for (int i = 0; i < NX * NY; ++i)
        for (int q = 0; q < Q; ++q) f[i * Q + q] = hw[q];
    for (int s = 0; s < steps; ++s) {
        for (int y = 0; y < NY; ++y)
            for (int x = 0; x < NX; ++x)
                for (int q = 0; q < Q; ++q) {
                    const int tx = x + hex_[q], ty = y + hey[q];
                    const double v = f[(y * NX + x) * Q + q];
                    if (tx < 0 || tx >= NX || ty < 0) g[(y * NX + x) * Q + hopp[q]] = v;
                    else if (ty >= NY) g[(y * NX + x) * Q + hopp[q]] = v - 6.0 * hw[q] * hex_[q] * lid;
                    else g[(ty * NX + tx) * Q + q] = v;
                }
        for (int i = 0; i < NX * NY; ++i) {
            double rho = 0, ux = 0, uy = 0;
            for (int q = 0; q < Q; ++q) { rho += g[i * Q + q]; ux += hex_[q] * g[i * Q + q]; uy += hey[q] * g[i * Q + q]; }
            ux /= rho; uy /= rho;
            for (int q = 0; q < Q; ++q)
                f[i * Q + q] = g[i * Q + q] - (g[i * Q + q] - equilibrium(hw[q], rho, hex_[q] * ux + hey[q] * uy, ux * ux + uy * uy)) / TAU;
        }
    }
    double worst = 0, mass = 0;
    for (int i = 0; i < NX * NY; ++i)
        for (int q = 0; q < Q; ++q) {
            worst = fmax(worst, fabs(out[q * NX * NY + i] - f[i * Q + q]));
            mass += out[q * NX * NY + i];
        }
    if (!(worst < 1e-12) || fabs(mass - NX * NY) > 1e-8) { printf("FAIL error %g, mass %.12g\n", worst, mass); return 1; }
    printf("PASS lbm: %d steps, error %.2g, mass %.6f\n", steps, worst, mass);
    return 0;
}
