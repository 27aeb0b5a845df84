// Pi by drawing points, as the samples of Thrust do: an engine a thread, transform_reduce over counted
// numbers, mean and variance in one reduction of tuples.
#include <cmath>
#include <cstdio>
#include <thrust/device_vector.h>
#include <thrust/functional.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/random.h>
#include <thrust/transform_reduce.h>
#include <thrust/tuple.h>

struct estimate_pi {
    __host__ __device__ float operator()(unsigned int id)
    {
        float sum = 0;
        const unsigned int n = 64;
        thrust::default_random_engine rng(id * 9781u + 11u);
        thrust::uniform_real_distribution<float> u01(0, 1);
        for (unsigned int i = 0; i < n; ++i) {
            const float x = u01(rng), y = u01(rng);
            if (sqrtf(x * x + y * y) <= 1.0f) sum += 1.0f;
        }
        return sum * 4.0f / n;
    }
};
typedef thrust::tuple<double, double, int> Moments;
struct to_moments {
    __host__ __device__ Moments operator()(float x) const { return Moments(x, (double)x * x, 1); }
};
struct add_moments {
    __host__ __device__ Moments operator()(const Moments& a, const Moments& b) const
    {
        return thrust::make_tuple(thrust::get<0>(a) + thrust::get<0>(b),
                                  thrust::get<1>(a) + thrust::get<1>(b),
                                  thrust::get<2>(a) + thrust::get<2>(b));
    }
};

int main()
{
    const int m = 3000;
    const float sum = thrust::transform_reduce(thrust::counting_iterator<int>(0), thrust::counting_iterator<int>(m),
                                               estimate_pi(), 0.0f, thrust::plus<float>());
    const float pi = sum / m;
    thrust::device_vector<float> each(m);
    thrust::transform(thrust::counting_iterator<int>(0), thrust::counting_iterator<int>(m), each.begin(), estimate_pi());
    const Moments all = thrust::transform_reduce(each.begin(), each.end(), to_moments(), Moments(0, 0, 0), add_moments());
    const double mean = thrust::get<0>(all) / thrust::get<2>(all);
    const double variance = thrust::get<1>(all) / thrust::get<2>(all) - mean * mean;
    double host = 0;
    for (int i = 0; i < m; ++i) host += estimate_pi()(i);
    const bool ok = std::fabs(pi - 3.14159265f) < 0.02f && std::fabs(mean - host / m) < 1e-4 && variance > 0.02 && variance < 0.08;
    printf("%s pi is about %.2f\n", ok ? "PASS" : "FAIL", pi);
    return ok ? 0 : 1;
}
