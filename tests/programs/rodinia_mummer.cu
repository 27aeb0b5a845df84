// Longest matches of queries in a reference through a suffix array and packed two-bit sequences.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <random>
#include <string>
#include <vector>
#include <cuda_runtime.h>

struct Match {
    int ref_pos;
    int length;
};

union Packed {
    uint32_t word;
    uchar4 bytes;
};

static_assert(sizeof(Packed) == 4, "four bytes");

__device__ __forceinline__ int base_at(const Packed* __restrict__ s, int i)
{
    const Packed p = s[i >> 4];
    const unsigned in_byte = (i & 3) * 2;
    switch ((i >> 2) & 3) {
    case 0: return (p.bytes.x >> in_byte) & 3;
    case 1: return (p.bytes.y >> in_byte) & 3;
    case 2: return (p.bytes.z >> in_byte) & 3;
    default: return (p.bytes.w >> in_byte) & 3;
    }
}

// compares query [q, qend) with the suffix at r; returns the sign, matched gets the common length
__device__ int compare(const Packed* ref, int n, int r, const Packed* query, int q, int qend, int& matched)
{
    int k = 0;
    while (q + k < qend && r + k < n) {
        const int a = base_at(query, q + k), b = base_at(ref, r + k);
        if (a != b) {
            matched = k;
            return a < b ? -1 : 1;
        }
        ++k;
    }
    matched = k;
    return q + k == qend ? 0 : 1;
}

__global__ void match_kernel(const Packed* __restrict__ ref, int n, const int* __restrict__ sa, const Packed* queries,
                             const int* offsets, int nq, int min_len, Match* out)
{
    const int total = offsets[nq];
    for (int pos = blockIdx.x * blockDim.x + threadIdx.x; pos < total; pos += gridDim.x * blockDim.x) {
        int lo = 0, hi = nq;
        while (hi - lo > 1) {
            const int mid = (lo + hi) >> 1;
            if (offsets[mid] <= pos) lo = mid; else hi = mid;
        }
        const int qend = offsets[lo + 1];
        int l = 0, r = n - 1;
        Match best = {-1, 0};
        while (l <= r) {
            const int mid = (l + r) / 2;
            int m = 0;
            const int c = compare(ref, n, sa[mid], queries, pos, qend, m);
            if (m > best.length) { best.length = m; best.ref_pos = sa[mid]; }
            if (c == 0) break;
            if (c < 0) r = mid - 1; else l = mid + 1;
        }
        if (best.length < min_len) best = Match{-1, 0};
        out[pos] = best;
    }
}

static std::vector<Packed> pack(const std::string& s)
{
    std::vector<Packed> out((s.size() + 15) / 16);
    for (auto& p : out) p.word = 0;
    for (size_t i = 0; i < s.size(); ++i) out[i / 16].word |= (uint32_t)std::string("ACGT").find(s[i]) << (i % 16 * 2);
    return out;
}

#define OK(x) if ((x) != cudaSuccess) { std::printf("FAIL %s\n", #x); return 1; }

int main()
{
    std::mt19937 rng(1234);
    std::uniform_int_distribution<int> letter(0, 3), where(0, 700), len(20, 60), percent(0, 99);
    std::string ref;
    for (int i = 0; i < 800; ++i) ref += "ACGT"[letter(rng)];
    std::vector<std::string> reads;
    for (int i = 0; i < 24; ++i) {
        std::string r = ref.substr(where(rng), len(rng));
        for (char& c : r)
            if (percent(rng) < 6) c = "ACGT"[letter(rng)];
        reads.push_back(r);
    }
    std::vector<int> sa(ref.size());
    std::iota(sa.begin(), sa.end(), 0);
    std::sort(sa.begin(), sa.end(), [&](int a, int b) { return ref.compare(a, std::string::npos, ref, b, std::string::npos) < 0; });

    std::string all;
    std::vector<int> offsets{0};
    for (const auto& r : reads) { all += r; offsets.push_back((int)all.size()); }
    const auto pr = pack(ref), pq = pack(all);
    Packed *dr, *dq; int *dsa, *doff; Match* dm;
    OK(cudaMalloc(&dr, pr.size() * sizeof(Packed)));
    OK(cudaMalloc(&dq, pq.size() * sizeof(Packed)));
    OK(cudaMalloc(&dsa, sa.size() * sizeof(int)));
    OK(cudaMalloc(&doff, offsets.size() * sizeof(int)));
    OK(cudaMalloc(&dm, all.size() * sizeof(Match)));
    OK(cudaMemcpy(dr, pr.data(), pr.size() * sizeof(Packed), cudaMemcpyHostToDevice));
    OK(cudaMemcpy(dq, pq.data(), pq.size() * sizeof(Packed), cudaMemcpyHostToDevice));
    OK(cudaMemcpy(dsa, sa.data(), sa.size() * sizeof(int), cudaMemcpyHostToDevice));
    OK(cudaMemcpy(doff, offsets.data(), offsets.size() * sizeof(int), cudaMemcpyHostToDevice));
    const int minLen = 8;
    match_kernel<<<4, 128>>>(dr, (int)ref.size(), dsa, dq, doff, (int)reads.size(), minLen, dm);
    OK(cudaGetLastError());
    std::vector<Match> m(all.size());
    OK(cudaMemcpy(m.data(), dm, m.size() * sizeof(Match), cudaMemcpyDeviceToHost));
    OK(cudaFree(dr)); OK(cudaFree(dq)); OK(cudaFree(dsa)); OK(cudaFree(doff)); OK(cudaFree(dm));

    int longest = 0, at = 0;
    for (size_t q = 0; q < reads.size(); ++q)
        for (size_t i = 0; i < reads[q].size(); ++i, ++at) {
            int best = 0;
            for (size_t r = 0; r < ref.size(); ++r) {
                int k = 0;
                while (i + k < reads[q].size() && r + k < ref.size() && reads[q][i + k] == ref[r + k]) ++k;
                best = std::max(best, k);
            }
            if (best < minLen) best = 0;
            longest = std::max(longest, best);
            const bool same = m[at].length == best &&
                              (best == 0 ? m[at].ref_pos == -1 : ref.compare(m[at].ref_pos, best, reads[q], i, best) == 0);
            if (!same) { std::printf("FAIL read %zu at %zu: %d, expected %d\n", q, i, m[at].length, best); return 1; }
        }
    std::printf("PASS mummer: %zu reads, longest match %d\n", reads.size(), longest);
    return 0;
}
