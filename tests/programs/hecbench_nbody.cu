// All-pairs gravitation with tiles of bodies in shared memory, leapfrog integration.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

template <typename T> struct vec3 { typedef float Type; };
template <> struct vec3<float> { typedef float3 Type; };
template <> struct vec3<double> { typedef double3 Type; };
template <typename T> struct vec4 { typedef float Type; };
template <> struct vec4<float> { typedef float4 Type; };
template <> struct vec4<double> { typedef double4 Type; };

template <typename T> __device__ T rsqrt_T(T x);
template <> __device__ float rsqrt_T<float>(float x) { return rsqrtf(x); }
template <> __device__ double rsqrt_T<double>(double x) { return rsqrt(x); }

__constant__ float softeningSquared;
__constant__ double softeningSquared_fp64;

template <typename T> __device__ T getSofteningSquared();
template <> __device__ inline float getSofteningSquared<float>() { return softeningSquared; }
template <> __device__ inline double getSofteningSquared<double>() { return softeningSquared_fp64; }

template <class T>
struct SharedMemory {
    __device__ inline operator T*()
    {
        extern __shared__ __align__(32) int __smem[];
        return (T*)__smem;
    }
    __device__ inline operator const T*() const
    {
        extern __shared__ __align__(32) int __smem[];
        return (T*)__smem;
    }
};

template <typename T>
__device__ typename vec3<T>::Type bodyBodyInteraction(typename vec3<T>::Type ai, typename vec4<T>::Type bi, typename vec4<T>::Type bj)
{
    typename vec3<T>::Type r;
    r.x = bj.x - bi.x;
    r.y = bj.y - bi.y;
    r.z = bj.z - bi.z;
    T distSqr = r.x * r.x + r.y * r.y + r.z * r.z;
    distSqr += getSofteningSquared<T>();
    T invDist = rsqrt_T(distSqr);
    T s = bj.w * invDist * invDist * invDist;
    ai.x += r.x * s;
    ai.y += r.y * s;
    ai.z += r.z * s;
    return ai;
}

template <typename T>
__global__ void integrateBodies(typename vec4<T>::Type* __restrict__ newPos, const typename vec4<T>::Type* __restrict__ oldPos,
                                typename vec4<T>::Type* vel, unsigned int numBodies, float deltaTime, int numTiles)
{
    const unsigned index = blockIdx.x * blockDim.x + threadIdx.x;
    typename vec4<T>::Type* sharedPos = SharedMemory<typename vec4<T>::Type>();
    const bool active = index < numBodies;
    typename vec4<T>::Type position = active ? oldPos[index] : typename vec4<T>::Type{};
    typename vec3<T>::Type accel = {0, 0, 0};
    for (int tile = 0; tile < numTiles; tile++) {
        const unsigned j = tile * blockDim.x + threadIdx.x;
        sharedPos[threadIdx.x] = j < numBodies ? oldPos[j] : typename vec4<T>::Type{};
        __syncthreads();
#pragma unroll 8
        for (unsigned int counter = 0; counter < blockDim.x; counter++)
            accel = bodyBodyInteraction<T>(accel, position, sharedPos[counter]);
        __syncthreads();
    }
    if (!active) return;
    typename vec4<T>::Type velocity = vel[index];
    velocity.x += accel.x * deltaTime;
    velocity.y += accel.y * deltaTime;
    velocity.z += accel.z * deltaTime;
    position.x += velocity.x * deltaTime;
    position.y += velocity.y * deltaTime;
    position.z += velocity.z * deltaTime;
    newPos[index] = position;
    vel[index] = velocity;
}

template <typename T>
double simulate(int n, int steps, float dt)
{
    typedef typename vec4<T>::Type V4;
    std::vector<V4> pos(n), vel(n);
    unsigned s = 1;
    for (int i = 0; i < n; i++) {
        T v[7];
        for (int k = 0; k < 7; k++) { s = s * 1664525u + 1013904223u; v[k] = T(s >> 8) / T(1 << 24) - T(0.5); }
        pos[i].x = v[0]; pos[i].y = v[1]; pos[i].z = v[2]; pos[i].w = T(1) / n;
        vel[i].x = v[3] * T(0.1); vel[i].y = v[4] * T(0.1); vel[i].z = v[5] * T(0.1); vel[i].w = 0;
    }
    V4 *d[2], *dv;
    cudaMalloc(&d[0], n * sizeof(V4));
    cudaMalloc(&d[1], n * sizeof(V4));
    cudaMalloc(&dv, n * sizeof(V4));
    cudaMemcpy(d[0], pos.data(), n * sizeof(V4), cudaMemcpyHostToDevice);
    cudaMemcpy(dv, vel.data(), n * sizeof(V4), cudaMemcpyHostToDevice);
    const int block = 64, grid = (n + block - 1) / block;
    int cur = 0;
    for (int k = 0; k < steps; k++, cur = 1 - cur)
        integrateBodies<T><<<grid, block, block * sizeof(V4)>>>(d[1 - cur], d[cur], dv, n, dt, grid);
    std::vector<V4> out(n);
    cudaMemcpy(out.data(), d[cur], n * sizeof(V4), cudaMemcpyDeviceToHost);
    cudaFree(d[0]); cudaFree(d[1]); cudaFree(dv);
    if (cudaGetLastError() != cudaSuccess) return 1e9;

    std::vector<double> p(3 * n), v(3 * n), a(3 * n);
    for (int i = 0; i < n; i++) {
        p[3 * i] = pos[i].x; p[3 * i + 1] = pos[i].y; p[3 * i + 2] = pos[i].z;
        v[3 * i] = vel[i].x; v[3 * i + 1] = vel[i].y; v[3 * i + 2] = vel[i].z;
    }
    for (int k = 0; k < steps; k++) {
        for (int i = 0; i < n; i++) {
            double acc[3] = {0, 0, 0};
            for (int j = 0; j < n; j++) {
                double r[3], d2 = 0.01;
                for (int c = 0; c < 3; c++) { r[c] = p[3 * j + c] - p[3 * i + c]; d2 += r[c] * r[c]; }
                const double w = (1.0 / n) / (d2 * sqrt(d2));
                for (int c = 0; c < 3; c++) acc[c] += r[c] * w;
            }
            for (int c = 0; c < 3; c++) a[3 * i + c] = acc[c];
        }
        for (int i = 0; i < 3 * n; i++) { v[i] += a[i] * dt; p[i] += v[i] * dt; }
    }
    double worst = 0;
    for (int i = 0; i < n; i++)
        worst = fmax(worst, fmax(fabs(out[i].x - p[3 * i]), fmax(fabs(out[i].y - p[3 * i + 1]), fabs(out[i].z - p[3 * i + 2]))));
    return worst;
}

int main()
{
    const float e = 0.01f;
    const double e2 = 0.01;
    cudaMemcpyToSymbol(softeningSquared, &e, sizeof(float), 0, cudaMemcpyHostToDevice);
    cudaMemcpyToSymbol(softeningSquared_fp64, &e2, sizeof(double), 0, cudaMemcpyHostToDevice);
    const double f = simulate<float>(200, 3, 0.01f), d = simulate<double>(130, 3, 0.01f);
    if (!(f < 1e-5) || !(d < 1e-12)) { printf("FAIL errors %g %g\n", f, d); return 1; }
    printf("PASS nbody: errors %.2g (float), %.2g (double)\n", f, d);
    return 0;
}
