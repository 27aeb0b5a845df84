// RUN: run %s --front native
template <class... T> struct Tup; template <> struct Tup<> {};
template <class H, class... T> struct Tup<H, T...> { H h; Tup<T...> t; };
template <int I, class T> struct At; template <class H, class... T> struct At<0, Tup<H, T...>> { using type = H; __host__ __device__ static H& get(Tup<H, T...>& t) { return t.h; } };
template <int I, class H, class... T> struct At<I, Tup<H, T...>> { using type = typename At<I - 1, Tup<T...>>::type; __host__ __device__ static type& get(Tup<H, T...>& t) { return At<I - 1, Tup<T...>>::get(t.t); } };
template <class... T> struct Count { static constexpr int value = sizeof...(T); };
template <int... N> struct Ints { static constexpr int sum = (N + ... + 0); static constexpr int v[] = {N...}; };
template <class... T> __host__ __device__ int size(const Tup<T...>&) { return sizeof...(T); }
__global__ void k(int* o) { Tup<int, float, char> t{1, {2.f, {'a', {}}}}; At<1, Tup<int, float, char>>::get(t) = 5.f; *o = t.h + (int)t.t.h + Count<int, int, char>::value + Ints<1, 2, 3>::sum + size(t); }
int main() { int* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); int h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 1 + 5 + 3 + 6 + 3; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
