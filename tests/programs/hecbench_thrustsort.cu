// Sorting particles by cell with Thrust: keys from positions, sort_by_key, gather, ranges of cells by
// vectorised searches, sums per cell with reduce_by_key; checked against a host loop.
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <thrust/binary_search.h>
#include <thrust/device_vector.h>
#include <thrust/gather.h>
#include <thrust/host_vector.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/reduce.h>
#include <thrust/scan.h>
#include <thrust/sequence.h>
#include <thrust/sort.h>
#include <thrust/transform.h>

struct CellOf {
    int side;
    explicit CellOf(int s) : side(s) {}
    __host__ __device__ int operator()(const float2& p) const
    {
        return (int)(p.y * side) * side + (int)(p.x * side);
    }
};

int main(int argc, char** argv)
{
    const int n = argc > 1 ? atoi(argv[1]) : 5000;
    const int side = 8, cells = side * side;
    thrust::host_vector<float2> h(n);
    thrust::host_vector<float> mass(n);
    srand(7);
    for (int i = 0; i < n; ++i) {
        h[i] = make_float2(rand() / (RAND_MAX + 1.0f) * 0.999f, rand() / (RAND_MAX + 1.0f) * 0.999f);
        mass[i] = (float)(i % 9);
    }
    thrust::device_vector<float2> pos = h;
    thrust::device_vector<float> m = mass, sorted(n), sums(cells);
    thrust::device_vector<int> cell(n), order(n), begin(cells), end(cells), used(cells);
    thrust::transform(pos.begin(), pos.end(), cell.begin(), CellOf(side));
    thrust::sequence(order.begin(), order.end());
    thrust::sort_by_key(cell.begin(), cell.end(), order.begin());
    thrust::gather(order.begin(), order.end(), m.begin(), sorted.begin());
    thrust::counting_iterator<int> ids(0);
    thrust::lower_bound(cell.begin(), cell.end(), ids, ids + cells, begin.begin());
    thrust::upper_bound(cell.begin(), cell.end(), ids, ids + cells, end.begin());
    const auto last = thrust::reduce_by_key(cell.begin(), cell.end(), sorted.begin(), used.begin(), sums.begin());
    const int found = (int)(last.first - used.begin());

    std::vector<float> want(cells, 0.0f);
    std::vector<int> count(cells, 0);
    for (int i = 0; i < n; ++i) {
        want[CellOf(side)(h[i])] += mass[i];
        ++count[CellOf(side)(h[i])];
    }
    thrust::host_vector<int> hb = begin, he = end, hu = used;
    thrust::host_vector<float> hs = sums;
    int wrong = 0;
    for (int c = 0; c < cells; ++c) wrong += he[c] - hb[c] != count[c];
    for (int k = 0; k < found; ++k) wrong += hs[k] != want[hu[k]];
    if (wrong != 0) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS %d particles in %d cells\n", n, found);
    return 0;
}
