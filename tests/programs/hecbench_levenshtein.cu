// Edit distances: bit-parallel (Myers) per thread against a warp wavefront with shuffles.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>
#include <cuda_runtime.h>

constexpr int MAXLEN = 64;
constexpr int ALPHABET = 8;

struct Word {
    char text[MAXLEN];
    int length;
};

__device__ int myers(const Word& p, const Word& t)
{
    uint64_t peq[ALPHABET];
    for (int c = 0; c < ALPHABET; ++c) peq[c] = 0;
    for (int i = 0; i < p.length; ++i) peq[p.text[i] - 'a'] |= 1ull << i;
    uint64_t pv = ~0ull, mv = 0;
    int score = p.length;
    const uint64_t last = 1ull << (p.length - 1);
    for (int j = 0; j < t.length; ++j) {
        const uint64_t eq = peq[t.text[j] - 'a'];
        const uint64_t xv = eq | mv;
        const uint64_t xh = (((eq & pv) + pv) ^ pv) | eq;
        uint64_t ph = mv | ~(xh | pv), mh = pv & xh;
        if (ph & last) ++score;
        if (mh & last) --score;
        ph = (ph << 1) | 1;
        mh <<= 1;
        pv = mh | ~(xv | ph);
        mv = ph & xv;
    }
    return score;
}

__global__ void pairwise_bits(const Word* words, int n, unsigned char* out)
{
    const int i = blockIdx.y * blockDim.y + threadIdx.y, j = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n && j < n) out[i * n + j] = (unsigned char)myers(words[i], words[j]);
}

// a warp per pair; lane l owns rows 2l+1 and 2l+2, columns move as a wavefront
__global__ void pairwise_warp(const Word* words, int n, unsigned char* out)
{
    const int pair = blockIdx.x, lane = threadIdx.x;
    const Word& a = words[pair / n];
    const Word& b = words[pair % n];
    const int r0 = 2 * lane + 1, r1 = r0 + 1;
    const char c0 = r0 <= a.length ? a.text[r0 - 1] : 0, c1 = r1 <= a.length ? a.text[r1 - 1] : 0;
    int left0 = r0, left1 = r1, diag = r0 - 1, bottom = r1;
    for (int step = 0; step < b.length + 31; ++step) {
        const int col = step - lane + 1;
        const int fromAbove = __shfl_up_sync(0xffffffff, bottom, 1);
        if (col >= 1 && col <= b.length) {
            const int up = lane == 0 ? col : fromAbove;
            const char ch = b.text[col - 1];
            const int v0 = min(min(left0, up) + 1, diag + (ch != c0));
            const int v1 = min(min(left1, v0) + 1, left0 + (ch != c1));
            diag = up;
            left0 = v0;
            left1 = v1;
            bottom = v1;
        }
    }
    if (r0 == a.length) out[pair] = (unsigned char)left0;
    if (r1 == a.length) out[pair] = (unsigned char)left1;
}

static int reference(const std::string& a, const std::string& b)
{
    std::vector<int> d(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) d[j] = (int)j;
    for (size_t i = 1; i <= a.size(); ++i) {
        int diag = d[0];
        d[0] = (int)i;
        for (size_t j = 1; j <= b.size(); ++j) {
            const int t = d[j];
            d[j] = std::min(std::min(d[j], d[j - 1]) + 1, diag + (a[i - 1] != b[j - 1] ? 1 : 0));
            diag = t;
        }
    }
    return d[b.size()];
}

int main()
{
    const int n = 20;
    std::vector<std::string> s(n);
    std::vector<Word> words(n);
    unsigned r = 6;
    for (int i = 0; i < n; ++i) {
        r = r * 1664525u + 1013904223u;
        const int len = 1 + (r >> 20) % MAXLEN;
        for (int k = 0; k < len; ++k) {
            r = r * 1664525u + 1013904223u;
            s[i] += i % 2 && k < (int)s[i - 1].size() && (r >> 28) ? s[i - 1][k] : (char)('a' + (r >> 20) % ALPHABET);
        }
        memset(&words[i], 0, sizeof(Word));
        memcpy(words[i].text, s[i].data(), s[i].size());
        words[i].length = (int)s[i].size();
    }
    Word* dw;
    unsigned char *d1, *d2;
    cudaMalloc(&dw, n * sizeof(Word));
    cudaMalloc(&d1, n * n);
    cudaMalloc(&d2, n * n);
    cudaMemcpy(dw, words.data(), n * sizeof(Word), cudaMemcpyHostToDevice);
    pairwise_bits<<<dim3(2, 3), dim3(16, 8)>>>(dw, n, d1);
    pairwise_warp<<<n * n, 32>>>(dw, n, d2);
    std::vector<unsigned char> bits(n * n), warp(n * n);
    cudaMemcpy(bits.data(), d1, n * n, cudaMemcpyDeviceToHost);
    cudaMemcpy(warp.data(), d2, n * n, cudaMemcpyDeviceToHost);
    cudaFree(dw);
    cudaFree(d1);
    cudaFree(d2);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    long sum = 0;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) {
            const int e = reference(s[i], s[j]);
            if (bits[i * n + j] != e || warp[i * n + j] != e) {
                printf("FAIL %d %d: %d and %d, expected %d\n", i, j, bits[i * n + j], warp[i * n + j], e);
                return 1;
            }
            sum += e;
        }
    printf("PASS levenshtein: %d pairs, sum %ld\n", n * n, sum);
    return 0;
}
