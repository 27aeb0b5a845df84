// Unstructured finite volume solver for the Euler equations (flux and time step kernels).
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define GAMMA 1.4f
#define NDIM 3
#define NNB 4
#define RK 3
#define ff_mach 1.2f
#define VAR_DENSITY 0
#define VAR_MOMENTUM 1
#define VAR_DENSITY_ENERGY (VAR_MOMENTUM + NDIM)
#define NVAR (VAR_DENSITY_ENERGY + 1)
#define checkCudaErrors(v) check_((v), #v, __FILE__, __LINE__)

template <typename T>
void check_(T result, char const* const func, const char* const file, int const line)
{
    if (result) {
        fprintf(stderr, "CUDA error at %s:%d code=%d(%s) \"%s\" \n", file, line, static_cast<unsigned int>(result),
                cudaGetErrorName(result), func);
        exit(EXIT_FAILURE);
    }
}

template <typename T>
T* alloc(int N)
{
    T* t;
    checkCudaErrors(cudaMalloc((void**)&t, sizeof(T) * N));
    return t;
}
template <typename T>
void dealloc(T* array) { checkCudaErrors(cudaFree((void*)array)); }
template <typename T>
void upload(T* dst, const T* src, int N) { checkCudaErrors(cudaMemcpy((void*)dst, (void*)src, N * sizeof(T), cudaMemcpyHostToDevice)); }
template <typename T>
void download(T* dst, T* src, int N) { checkCudaErrors(cudaMemcpy((void*)dst, (void*)src, N * sizeof(T), cudaMemcpyDeviceToHost)); }
template <typename T>
void copy(T* dst, T* src, int N) { checkCudaErrors(cudaMemcpy((void*)dst, (void*)src, N * sizeof(T), cudaMemcpyDeviceToDevice)); }

__constant__ float ff_variable[NVAR];
__constant__ float3 ff_flux_contribution_momentum_x[1];

__device__ __host__ inline float compute_speed_sqd(const float3& v) { return v.x * v.x + v.y * v.y + v.z * v.z; }
__device__ __host__ inline float compute_pressure(const float& density, const float& energy, const float& speed_sqd)
{
    return (float(GAMMA) - 1.0f) * (energy - 0.5f * density * speed_sqd);
}
__device__ __host__ inline float compute_speed_of_sound(const float& density, const float& pressure)
{
    return sqrtf(GAMMA * pressure / density);
}
__device__ __host__ inline void compute_velocity(const float& density, const float3& momentum, float3& velocity)
{
    velocity.x = momentum.x / density;
    velocity.y = momentum.y / density;
    velocity.z = momentum.z / density;
}

// a simple central flux with scalar dissipation, shared by both sides in form but not in data layout
__device__ __host__ inline void face_flux(const float* a, const float* b, const float3& normal, float* flux)
{
    float3 va, vb;
    compute_velocity(a[0], make_float3(a[1], a[2], a[3]), va);
    compute_velocity(b[0], make_float3(b[1], b[2], b[3]), vb);
    const float pa = compute_pressure(a[0], a[4], compute_speed_sqd(va)), pb = compute_pressure(b[0], b[4], compute_speed_sqd(vb));
    const float un = 0.5f * ((va.x + vb.x) * normal.x + (va.y + vb.y) * normal.y + (va.z + vb.z) * normal.z);
    const float len = sqrtf(compute_speed_sqd(normal));
    const float lam = 0.5f * (sqrtf(compute_speed_sqd(va)) + sqrtf(compute_speed_sqd(vb)) + compute_speed_of_sound(a[0], pa) +
                              compute_speed_of_sound(b[0], pb));
    const float p = 0.5f * (pa + pb);
    for (int v = 0; v < NVAR; ++v) flux[v] = 0.5f * (a[v] + b[v]) * un - 0.5f * lam * len * (b[v] - a[v]);
    flux[1] += p * normal.x;
    flux[2] += p * normal.y;
    flux[3] += p * normal.z;
    flux[4] += p * un;
}

__global__ void cuda_initialize_variables(int nelr, float* variables)
{
    const int i = blockDim.x * blockIdx.x + threadIdx.x;
    if (i < nelr)
        for (int j = 0; j < NVAR; j++) variables[i + j * nelr] = ff_variable[j] * (j == 0 || j == 4 ? 1.0f + 0.1f * (i % 7) : 1.0f);
}

__global__ void cuda_compute_step_factor(int nelr, const float* variables, const float* areas, float* step_factors)
{
    const int i = blockDim.x * blockIdx.x + threadIdx.x;
    if (i >= nelr) return;
    const float density = variables[i + VAR_DENSITY * nelr];
    float3 momentum, velocity;
    momentum.x = variables[i + (VAR_MOMENTUM + 0) * nelr];
    momentum.y = variables[i + (VAR_MOMENTUM + 1) * nelr];
    momentum.z = variables[i + (VAR_MOMENTUM + 2) * nelr];
    compute_velocity(density, momentum, velocity);
    const float s2 = compute_speed_sqd(velocity);
    const float pressure = compute_pressure(density, variables[i + VAR_DENSITY_ENERGY * nelr], s2);
    step_factors[i] = 0.25f / (sqrtf(areas[i]) * (sqrtf(s2) + compute_speed_of_sound(density, pressure)));
}

__global__ void cuda_compute_flux(int nelr, const int* elements, const float* normals, const float* variables, float* fluxes)
{
    const int i = blockDim.x * blockIdx.x + threadIdx.x;
    if (i >= nelr) return;
    float me[NVAR], total[NVAR] = {0, 0, 0, 0, 0};
    for (int v = 0; v < NVAR; ++v) me[v] = variables[i + v * nelr];
#pragma unroll
    for (int j = 0; j < NNB; j++) {
        const int nb = elements[i + j * nelr];
        const float3 normal = make_float3(normals[i + (j + 0 * NNB) * nelr], normals[i + (j + 1 * NNB) * nelr], normals[i + (j + 2 * NNB) * nelr]);
        float other[NVAR], f[NVAR];
        for (int v = 0; v < NVAR; ++v) other[v] = nb >= 0 ? variables[nb + v * nelr] : nb == -1 ? me[v] : ff_variable[v];
        face_flux(me, other, normal, f);
        for (int v = 0; v < NVAR; ++v) total[v] -= f[v];
    }
    for (int v = 0; v < NVAR; ++v) fluxes[i + v * nelr] = total[v];
}

__global__ void cuda_time_step(int j, int nelr, const float* old_variables, float* variables, const float* step_factors, const float* fluxes)
{
    const int i = blockDim.x * blockIdx.x + threadIdx.x;
    if (i >= nelr) return;
    const float factor = step_factors[i] / float(RK + 1 - j);
    for (int v = 0; v < NVAR; ++v) variables[i + v * nelr] = old_variables[i + v * nelr] + factor * fluxes[i + v * nelr];
}

int main()
{
    const int nel = 500, block = 192, nelr = block * ((nel / block) + (nel % block != 0));
    std::vector<float> areas(nelr), normals(NDIM * NNB * nelr);
    std::vector<int> nbs(NNB * nelr);
    unsigned s = 3;
#define RND ((s = s * 1664525u + 1013904223u) >> 8)
    for (int i = 0; i < nelr; i++) {
        areas[i] = 1.0f + (RND & 255) / 256.0f;
        for (int j = 0; j < NNB; j++) {
            int r = RND % 20;
            nbs[i + j * nelr] = r == 0 ? -1 : r == 1 ? -2 : (int)(RND % nelr);
            for (int k = 0; k < NDIM; k++) normals[i + (j + k * NNB) * nelr] = ((int)(RND & 511) - 256) / 512.0f;
        }
    }
    float h_ff[NVAR] = {1.4f, 1.4f * ff_mach, 0.0f, 0.0f, 1.4f * (0.5f * ff_mach * ff_mach) + 1.0f / (GAMMA - 1.0f)};
    checkCudaErrors(cudaMemcpyToSymbol(ff_variable, h_ff, NVAR * sizeof(float)));

    int* d_nb = alloc<int>(NNB * nelr);
    float* d_normals = alloc<float>(NDIM * NNB * nelr);
    float* d_areas = alloc<float>(nelr);
    upload<int>(d_nb, nbs.data(), NNB * nelr);
    upload<float>(d_normals, normals.data(), NDIM * NNB * nelr);
    upload(d_areas, areas.data(), nelr);
    float *variables = alloc<float>(nelr * NVAR), *old_variables = alloc<float>(nelr * NVAR);
    float *fluxes = alloc<float>(nelr * NVAR), *step_factors = alloc<float>(nelr);
    dim3 Dg(nelr / block), Db(block);
    cuda_initialize_variables<<<Dg, Db>>>(nelr, variables);
    for (int it = 0; it < 3; it++) {
        copy<float>(old_variables, variables, nelr * NVAR);
        cuda_compute_step_factor<<<Dg, Db>>>(nelr, variables, d_areas, step_factors);
        for (int j = 0; j < RK; j++) {
            cuda_compute_flux<<<Dg, Db>>>(nelr, d_nb, d_normals, variables, fluxes);
            cuda_time_step<<<Dg, Db>>>(j, nelr, old_variables, variables, step_factors, fluxes);
            checkCudaErrors(cudaGetLastError());
        }
    }
    std::vector<float> out(nelr * NVAR);
    download(out.data(), variables, nelr * NVAR);
    dealloc<int>(d_nb); dealloc(d_normals); dealloc(d_areas); dealloc(variables); dealloc(old_variables); dealloc(fluxes); dealloc(step_factors);

    struct State { float v[NVAR]; };
    std::vector<State> cur(nelr), old, fl(nelr);
    for (int i = 0; i < nelr; i++)
        for (int v = 0; v < NVAR; v++) cur[i].v[v] = h_ff[v] * (v == 0 || v == 4 ? 1.0f + 0.1f * (i % 7) : 1.0f);
    for (int it = 0; it < 3; it++) {
        old = cur;
        for (int j = 0; j < RK; j++) {
            for (int i = 0; i < nelr; i++) {
                float tot[NVAR] = {}, f[NVAR];
                for (int k = 0; k < NNB; k++) {
                    const int nb = nbs[i + k * nelr];
                    face_flux(cur[i].v, nb >= 0 ? cur[nb].v : nb == -1 ? cur[i].v : h_ff,
                              make_float3(normals[i + k * nelr], normals[i + (k + NNB) * nelr], normals[i + (k + 2 * NNB) * nelr]), f);
                    for (int v = 0; v < NVAR; v++) tot[v] -= f[v];
                }
                for (int v = 0; v < NVAR; v++) fl[i].v[v] = tot[v];
            }
            for (int i = 0; i < nelr; i++) {
                float3 vel;
                compute_velocity(old[i].v[0], make_float3(old[i].v[1], old[i].v[2], old[i].v[3]), vel);
                const float s2 = compute_speed_sqd(vel), p = compute_pressure(old[i].v[0], old[i].v[4], s2);
                const float factor = 0.25f / (sqrtf(areas[i]) * (sqrtf(s2) + compute_speed_of_sound(old[i].v[0], p))) / float(RK + 1 - j);
                for (int v = 0; v < NVAR; v++) cur[i].v[v] = old[i].v[v] + factor * fl[i].v[v];
            }
        }
    }
    double worst = 0;
    for (int i = 0; i < nelr; i++)
        for (int v = 0; v < NVAR; v++) worst = fmax(worst, fabs(out[i + v * nelr] - cur[i].v[v]));
    if (!(worst < 2e-4)) { printf("FAIL error %g\n", worst); return 1; }
    printf("PASS cfd: %d elements, error %.2g\n", nelr, worst);
    return 0;
}
