// RUN: run %s --front native
// Full specialisations whose arguments follow from parameters and result.
struct bf { unsigned short x; };
template <typename To, typename From> __host__ __device__ To cast(From f) { return To(f); } template <> __host__ __device__ float cast<float, bf>(bf b) { return b.x; } template <> __host__ __device__ inline int cast(bf b) { return b.x + 1; }
template <typename T> struct Vec; template <> struct Vec<float> { using T2 = float2; }; template <typename T> __device__ float sum(T v); template <> __device__ float sum(float v) { return v; } template <> __device__ float sum(float2 v) { return v.x + v.y; } template <> __device__ float sum(float4 v) { return v.x + v.y + v.z + v.w; }
template <typename Acc, typename A, typename B> __device__ Acc mul(A a, B b); template <> __device__ float mul<float, float>(float a, float b) { return a * b; } template <> __device__ float2 mul(float2 a, float2 b) { return make_float2(a.x * b.x, a.y * b.y); } template <> __device__ float2 mul(float a, float2 b) { return make_float2(a * b.x, a * b.y); }
template <class T> __device__ __forceinline__ void from_float(T& d, float s) {} template <> __device__ __forceinline__ void from_float(float& d, float s) { d = s; } template <> __device__ __forceinline__ void from_float(int& d, float s) { d = (int)s * 2; }
__global__ void k(float* o) { float2 a = make_float2(1, 2); int i; float f; from_float(i, 3.f); from_float(f, 0.5f); *o = sum(mul<float2, float2, float2>(a, a)) + sum(mul<float2>(2.f, a)) + mul<float>(2.f, 3.f) + i + f + cast<float>(bf{3}) + cast<int>(bf{4}) + cast<int>(1.5f); }
int main() { float* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); float h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 5 + 6 + 6 + 6 + 0.5f + 3 + 5 + 1; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
