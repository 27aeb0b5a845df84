// A breadth-first search whose frontier is compacted with Thrust: kernels on raw pointers between
// copy_if, fill, sort, unique and a reduction on a stream.
#include <cstdio>
#include <queue>
#include <vector>
#include <thrust/copy.h>
#include <thrust/device_vector.h>
#include <thrust/execution_policy.h>
#include <thrust/fill.h>
#include <thrust/sort.h>
#include <thrust/unique.h>

struct reached { __host__ __device__ bool operator()(int v) const { return v >= 0; } };

__global__ void expand(const int* first, const int* to, const int* frontier, int n, int degree, int level, int* level_of, int* next)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n * degree) return;
    const int v = frontier[i / degree];
    const int k = i % degree;
    next[i] = -1;
    if (k >= first[v + 1] - first[v]) return;
    const int w = to[first[v] + k];
    if (atomicCAS(&level_of[w], -1, level) == -1) next[i] = w;
}

int main()
{
    const int n = 600, degree = 4;
    std::vector<int> first(n + 1, 0), to;
    unsigned s = 5;
    for (int v = 0; v < n; ++v) {
        s = s * 1664525u + 1013904223u;
        const int d = 1 + (int)(s >> 24) % degree;
        for (int k = 0; k < d; ++k) {
            s = s * 1664525u + 1013904223u;
            to.push_back((int)((s >> 8) % n));
        }
        first[v + 1] = (int)to.size();
    }
    cudaStream_t stream;
    cudaStreamCreate(&stream);
    thrust::device_vector<int> df = first, dt = to, level_of(n), frontier(1, 0), next;
    thrust::fill(thrust::cuda::par.on(stream), level_of.begin(), level_of.end(), -1);
    level_of[0] = 0;
    for (int level = 1; !frontier.empty(); ++level) {
        const int m = (int)frontier.size();
        next.resize(m * degree);
        expand<<<(m * degree + 127) / 128, 128>>>(thrust::raw_pointer_cast(df.data()), thrust::raw_pointer_cast(&dt[0]),
                                                  thrust::raw_pointer_cast(frontier.data()), m, degree, level,
                                                  thrust::raw_pointer_cast(level_of.data()), thrust::raw_pointer_cast(next.data()));
        frontier.resize(next.size());
        auto end = thrust::copy_if(next.begin(), next.end(), frontier.begin(), reached());
        frontier.erase(end, frontier.end());
        thrust::sort(frontier.begin(), frontier.end());
        if (thrust::unique(frontier.begin(), frontier.end()) != frontier.end()) { printf("FAIL twice in a frontier\n"); return 1; }
    }
    std::vector<int> want(n, -1);
    std::queue<int> q;
    q.push(0);
    want[0] = 0;
    while (!q.empty()) {
        const int v = q.front();
        q.pop();
        for (int e = first[v]; e < first[v + 1]; ++e) {
            if (want[to[e]] < 0) { want[to[e]] = want[v] + 1; q.push(to[e]); }
        }
    }
    std::vector<int> got(n);
    thrust::copy(level_of.begin(), level_of.end(), got.begin());
    const int deepest = thrust::reduce(thrust::cuda::par.on(stream), level_of.begin(), level_of.end(), 0, thrust::maximum<int>());
    cudaStreamDestroy(stream);
    for (int v = 0; v < n; ++v) {
        if (got[v] != want[v]) { printf("FAIL vertex %d: %d, not %d\n", v, got[v], want[v]); return 1; }
    }
    printf("PASS %d levels\n", deepest);
    return 0;
}
