// Run-length histogram and norms with Thrust: sort, reduce_by_key, transform_reduce, functors.
#include <cmath>
#include <cstdio>
#include <map>
#include <thrust/copy.h>
#include <thrust/device_vector.h>
#include <thrust/functional.h>
#include <thrust/host_vector.h>
#include <thrust/iterator/constant_iterator.h>
#include <thrust/reduce.h>
#include <thrust/sort.h>
#include <thrust/transform_reduce.h>

struct square {
    __host__ __device__ float operator()(float x) const { return x * x; }
};

struct saxpy {
    const float a;
    explicit saxpy(float v) : a(v) {}
    __host__ __device__ float operator()(const float& x, const float& y) const { return a * x + y; }
};

__global__ void scale(float* p, int n, float f)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) p[i] *= f;
}

int main()
{
    const int n = 2000;
    thrust::host_vector<int> h(n);
    thrust::host_vector<float> x(n), y(n);
    std::map<int, int> ref;
    unsigned s = 33;
    double norm = 0;
    for (int i = 0; i < n; ++i) {
        s = s * 1664525u + 1013904223u;
        h[i] = (int)(s >> 27) * 3;
        ++ref[h[i]];
        x[i] = (float)(s >> 28);
        y[i] = (float)(i % 5);
        norm += 4.0 * (2 * x[i] + y[i]) * (2 * x[i] + y[i]);
    }
    thrust::device_vector<int> keys = h, unique(n), counts(n);
    thrust::sort(keys.begin(), keys.end());
    auto ends = thrust::reduce_by_key(keys.begin(), keys.end(), thrust::constant_iterator<int>(1), unique.begin(), counts.begin());
    const int bins = (int)(ends.first - unique.begin());
    thrust::device_vector<float> dx = x, dy = y;
    thrust::transform(dx.begin(), dx.end(), dy.begin(), dy.begin(), saxpy(2.0f));
    scale<<<(n + 127) / 128, 128>>>(thrust::raw_pointer_cast(dy.data()), n, 2.0f);
    const float sum = thrust::transform_reduce(dy.begin(), dy.end(), square(), 0.0f, thrust::plus<float>());
    int wrong = bins != (int)ref.size();
    int k = 0;
    for (const auto& [key, count] : ref) {
        wrong += unique[k] != key || counts[k] != count;
        ++k;
    }
    if (wrong || std::fabs(sum - norm) > 1e-4 * norm || cudaDeviceSynchronize() != cudaSuccess) { printf("FAIL %d wrong, %g and %g\n", wrong, sum, norm); return 1; }
    printf("PASS thrust: %d bins\n", bins);
    return 0;
}
