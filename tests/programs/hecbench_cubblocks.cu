#include <algorithm>
#include <cstdio>
#include <cub/cub.cuh>
#include <vector>

template <int THREADS, int ITEMS>
__global__ void sort_and_scan(const int* in, int* sorted, int* sums, int* total) {
  using Load = cub::BlockLoad<int, THREADS, ITEMS, cub::BLOCK_LOAD_WARP_TRANSPOSE>;
  using Store = cub::BlockStore<int, THREADS, ITEMS, cub::BLOCK_STORE_WARP_TRANSPOSE>;
  using Sort = cub::BlockRadixSort<int, THREADS, ITEMS>;
  using Scan = cub::BlockScan<int, THREADS>;
  using Reduce = cub::BlockReduce<int, THREADS>;
  __shared__ union {
    typename Load::TempStorage load;
    typename Store::TempStorage store;
    typename Sort::TempStorage sort;
    typename Scan::TempStorage scan;
    typename Reduce::TempStorage reduce;
  } temp;
  int items[ITEMS], prefix[ITEMS];
  const int at = blockIdx.x * THREADS * ITEMS;
  Load(temp.load).Load(in + at, items);
  __syncthreads();
  Sort(temp.sort).Sort(items);
  __syncthreads();
  int all = 0;
  Scan(temp.scan).ExclusiveSum(items, prefix, all);
  __syncthreads();
  const int most = Reduce(temp.reduce).Reduce(items, [](int a, int b) { return a > b ? a : b; });
  if (threadIdx.x == 0) {
    total[2 * blockIdx.x] = all;
    total[2 * blockIdx.x + 1] = most;
  }
  __syncthreads();
  Store(temp.store).Store(sorted + at, items);
  __syncthreads();
  Store(temp.store).Store(sums + at, prefix);
}

__global__ void warps(const float* in, float* out, int* ranks) {
  using Reduce = cub::WarpReduce<float>;
  using Scan = cub::WarpScan<int>;
  __shared__ typename Reduce::TempStorage reduce[4];
  __shared__ typename Scan::TempStorage scan[4];
  const int warp = threadIdx.x / 32;
  const float x = in[blockIdx.x * blockDim.x + threadIdx.x];
  const float sum = Reduce(reduce[warp]).Sum(x);
  if (threadIdx.x % 32 == 0) out[blockIdx.x * 4 + warp] = sum;
  int rank;
  Scan(scan[warp]).InclusiveSum(x > 0.5f ? 1 : 0, rank);
  ranks[blockIdx.x * blockDim.x + threadIdx.x] = rank;
}

__global__ void histogram(const unsigned char* in, unsigned* bins) {
  using Histogram = cub::BlockHistogram<unsigned char, 128, 4, 256>;
  __shared__ typename Histogram::TempStorage temp;
  __shared__ unsigned counts[256];
  unsigned char items[4];
  cub::LoadDirectStriped<128>(threadIdx.x, in, items);
  Histogram(temp).Histogram(items, counts);
  __syncthreads();
  for (int i = threadIdx.x; i < 256; i += 128) bins[i] = counts[i];
}

int main() {
  const int blocks = 3, threads = 64, items = 4, n = blocks * threads * items;
  std::vector<int> in(n), sorted(n), sums(n), total(2 * blocks);
  for (int i = 0; i < n; ++i) in[i] = (i * 7919) % 1009 - 300;
  int *d_in, *d_sorted, *d_sums, *d_total;
  cudaMalloc(&d_in, n * 4);
  cudaMalloc(&d_sorted, n * 4);
  cudaMalloc(&d_sums, n * 4);
  cudaMalloc(&d_total, 8 * blocks);
  cudaMemcpy(d_in, in.data(), n * 4, cudaMemcpyHostToDevice);
  sort_and_scan<threads, items><<<blocks, threads>>>(d_in, d_sorted, d_sums, d_total);
  cudaMemcpy(sorted.data(), d_sorted, n * 4, cudaMemcpyDeviceToHost);
  cudaMemcpy(sums.data(), d_sums, n * 4, cudaMemcpyDeviceToHost);
  cudaMemcpy(total.data(), d_total, 8 * blocks, cudaMemcpyDeviceToHost);
  int wrong = 0;
  for (int b = 0; b < blocks; ++b) {
    std::vector<int> expected(in.begin() + b * 256, in.begin() + (b + 1) * 256);
    std::sort(expected.begin(), expected.end());
    int sum = 0;
    for (int i = 0; i < 256; ++i) {
      wrong += sorted[b * 256 + i] != expected[i];
      wrong += sums[b * 256 + i] != sum;
      sum += expected[i];
    }
    wrong += total[2 * b] != sum || total[2 * b + 1] != expected[255];
  }
  std::vector<float> x(256), out(8);
  std::vector<int> ranks(256);
  for (int i = 0; i < 256; ++i) x[i] = (i * 37 % 64) / 64.0f;
  float *d_x, *d_out;
  int* d_ranks;
  cudaMalloc(&d_x, 1024);
  cudaMalloc(&d_out, 32);
  cudaMalloc(&d_ranks, 1024);
  cudaMemcpy(d_x, x.data(), 1024, cudaMemcpyHostToDevice);
  warps<<<2, 128>>>(d_x, d_out, d_ranks);
  cudaMemcpy(out.data(), d_out, 32, cudaMemcpyDeviceToHost);
  cudaMemcpy(ranks.data(), d_ranks, 1024, cudaMemcpyDeviceToHost);
  for (int w = 0; w < 8; ++w) {
    float sum = 0;
    int rank = 0;
    for (int i = 0; i < 32; ++i) {
      sum += x[w * 32 + i];
      rank += x[w * 32 + i] > 0.5f;
      wrong += ranks[w * 32 + i] != rank;
    }
    wrong += sum != out[w];
  }
  std::vector<unsigned char> bytes(512);
  std::vector<unsigned> bins(256), counts(256);
  for (int i = 0; i < 512; ++i) {
    bytes[i] = (unsigned char)(i * i % 251);
    ++counts[bytes[i]];
  }
  unsigned char* d_bytes;
  unsigned* d_bins;
  cudaMalloc(&d_bytes, 512);
  cudaMalloc(&d_bins, 1024);
  cudaMemcpy(d_bytes, bytes.data(), 512, cudaMemcpyHostToDevice);
  histogram<<<1, 128>>>(d_bytes, d_bins);
  cudaMemcpy(bins.data(), d_bins, 1024, cudaMemcpyDeviceToHost);
  for (int i = 0; i < 256; ++i) wrong += bins[i] != counts[i];
  cudaFree(d_in);
  cudaFree(d_sorted);
  cudaFree(d_sums);
  cudaFree(d_total);
  cudaFree(d_x);
  cudaFree(d_out);
  cudaFree(d_ranks);
  cudaFree(d_bytes);
  cudaFree(d_bins);
  printf(wrong == 0 ? "PASS\n" : "FAIL %d\n", wrong);
  return wrong != 0;
}
