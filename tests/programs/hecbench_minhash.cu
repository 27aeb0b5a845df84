// MinHash signatures of documents (64 permutations), Jaccard estimates between all pairs.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define NUM_HASHES 64
#define SHINGLE 5
static constexpr uint64_t MERSENNE = (1ull << 61) - 1;

__constant__ uint64_t coef_a[NUM_HASHES];
__constant__ uint64_t coef_b[NUM_HASHES];

__device__ inline uint64_t mulmod(uint64_t a, uint64_t b)
{
    const uint64_t lo = a * b, hi = __umul64hi(a, b);
    uint64_t r = (lo & MERSENNE) + ((lo >> 61) | (hi << 3));
    r = (r & MERSENNE) + (r >> 61);
    return r == MERSENNE ? 0 : r;
}

__host__ __device__ inline uint32_t fnv1a(const char* s, int n)
{
    uint32_t h = 2166136261u;
    for (int i = 0; i < n; ++i) {
        h ^= (uint8_t)s[i];
        h *= 16777619u;
    }
    return h;
}

// a block per document, a thread per permutation; shingle hashes staged in shared memory
__global__ void signatures(const char* __restrict__ text, const int* __restrict__ offset, uint32_t* __restrict__ sig)
{
    __shared__ uint32_t stage[128];
    const int begin = offset[blockIdx.x], end = offset[blockIdx.x + 1];
    const int shingles = max(end - begin - SHINGLE + 1, 0);
    uint32_t least = UINT32_MAX;
    for (int base = 0; base < shingles; base += 128) {
        for (int i = threadIdx.x; i < 128 && base + i < shingles; i += blockDim.x) stage[i] = fnv1a(text + begin + base + i, SHINGLE);
        __syncthreads();
        const int here = min(128, shingles - base);
        for (int i = 0; i < here; ++i) {
            uint64_t v = mulmod(coef_a[threadIdx.x], stage[i]) + coef_b[threadIdx.x];
            v = v >= MERSENNE ? v - MERSENNE : v;
            least = min(least, (uint32_t)(v & 0xffffffffu));
        }
        __syncthreads();
    }
    sig[blockIdx.x * NUM_HASHES + threadIdx.x] = least;
}

// a warp per pair counts equal components with votes
__global__ void similarity(const uint32_t* sig, int docs, unsigned char* equal)
{
    const int pair = (blockIdx.x * blockDim.x + threadIdx.x) / 32, lane = threadIdx.x % 32;
    if (pair >= docs * docs) return;
    const uint32_t* a = sig + pair / docs * NUM_HASHES;
    const uint32_t* b = sig + pair % docs * NUM_HASHES;
    int same = 0;
#pragma unroll
    for (int k = 0; k < NUM_HASHES; k += 32) same += __popc(__ballot_sync(0xffffffff, a[k + lane] == b[k + lane]));
    if (lane == 0) equal[pair] = (unsigned char)same;
}

static uint64_t hostMulmod(uint64_t a, uint64_t b)
{
    // schoolbook doubling: independent of 128-bit products
    uint64_t r = 0;
    a %= MERSENNE;
    for (; b; b >>= 1) {
        if (b & 1) r = (r + a) % MERSENNE;
        a = (a << 1) % MERSENNE;
    }
    return r;
}

int main()
{
    const int docs = 12;
    std::vector<char> text;
    std::vector<int> offset(1, 0);
    uint64_t s = 3;
    for (int d = 0; d < docs; ++d) {
        const int len = 60 + 17 * d;
        for (int i = 0; i < len; ++i) {
            s = s * 6364136223846793005ull + 1442695040888963407ull;
            const bool shared = d > 0 && d % 3 != 0 && i < 50;
            text.push_back(shared ? text[offset[d - 1] + i] : (char)('a' + (s >> 59)));
        }
        offset.push_back((int)text.size());
    }
    uint64_t a[NUM_HASHES], b[NUM_HASHES];
    for (int k = 0; k < NUM_HASHES; ++k) {
        s = s * 6364136223846793005ull + 1442695040888963407ull; a[k] = (s >> 4) % (MERSENNE - 1) + 1;
        s = s * 6364136223846793005ull + 1442695040888963407ull; b[k] = (s >> 4) % MERSENNE;
    }
    char* dt; int* doff; uint32_t* dsig; unsigned char* de;
    cudaMalloc(&dt, text.size());
    cudaMalloc(&doff, offset.size() * sizeof(int));
    cudaMalloc(&dsig, docs * NUM_HASHES * sizeof(uint32_t));
    cudaMalloc(&de, docs * docs);
    cudaMemcpy(dt, text.data(), text.size(), cudaMemcpyHostToDevice);
    cudaMemcpy(doff, offset.data(), offset.size() * sizeof(int), cudaMemcpyHostToDevice);
    cudaMemcpyToSymbol(coef_a, a, sizeof a);
    cudaMemcpyToSymbol(coef_b, b, sizeof b);
    signatures<<<docs, NUM_HASHES>>>(dt, doff, dsig);
    similarity<<<(docs * docs * 32 + 127) / 128, 128>>>(dsig, docs, de);
    std::vector<uint32_t> sig(docs * NUM_HASHES), ref(docs * NUM_HASHES, UINT32_MAX);
    std::vector<unsigned char> equal(docs * docs);
    cudaMemcpy(sig.data(), dsig, sig.size() * 4, cudaMemcpyDeviceToHost);
    cudaMemcpy(equal.data(), de, equal.size(), cudaMemcpyDeviceToHost);
    cudaFree(dt); cudaFree(doff); cudaFree(dsig); cudaFree(de);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    for (int d = 0; d < docs; ++d)
        for (int i = offset[d]; i + SHINGLE <= offset[d + 1]; ++i) {
            const uint32_t h = fnv1a(&text[i], SHINGLE);
            for (int k = 0; k < NUM_HASHES; ++k) {
                const uint32_t v = (uint32_t)((hostMulmod(a[k], h) + b[k]) % MERSENNE);
                if (v < ref[d * NUM_HASHES + k]) ref[d * NUM_HASHES + k] = v;
            }
        }
    int likely = 0;
    for (int p = 0; p < docs; ++p)
        for (int q = 0; q < docs; ++q) {
            int same = 0;
            for (int k = 0; k < NUM_HASHES; ++k) same += ref[p * NUM_HASHES + k] == ref[q * NUM_HASHES + k];
            if (same != equal[p * docs + q]) { printf("FAIL pair %d %d: %d, expected %d\n", p, q, equal[p * docs + q], same); return 1; }
            likely += p < q && same > 10;
        }
    if (sig != ref) { printf("FAIL signatures\n"); return 1; }
    printf("PASS minhash: %d documents, %d pairs alike\n", docs, likely);
    return 0;
}
