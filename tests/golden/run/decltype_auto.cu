// RUN: run %s --front native
struct V { float d[4]; __host__ __device__ decltype(auto) operator[](int i) { return (d[i]); } __host__ __device__ decltype(auto) at(int i) const { return d[i]; } };
template <class F, class... A> __host__ __device__ decltype(auto) call(F&& f, A&&... a) { return f(a...); }
__global__ void k(float* o) { V v{}; v[1] = 3.f; decltype(auto) r = v[1]; r += 1; decltype(auto) x = v.d[0]; *o = v.at(1) + call([](float a, int b) { return a + b; }, 1.f, 2); }
int main() { float* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); float h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 7.f; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
