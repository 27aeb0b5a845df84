// RUN: run %s --front native
template <class T> constexpr T pi = T(3.25);
template <class T, int N> inline constexpr int bits = N * sizeof(T);
template <class T> constexpr bool is_f = false; template <> constexpr bool is_f<float> = true; template <class T> constexpr bool is_f<T*> = true;
template <class T> inline constexpr bool is_f_v = is_f<T>;
__global__ void k(float* o) { *o = pi<float> + bits<double, 2> + (is_f<float> ? 1 : 0) + (is_f<int> ? 100 : 0) + is_f_v<float>; }
int main() { float* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); float h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 21.25f || !is_f<int*>; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
