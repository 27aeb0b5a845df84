// Point and range queries in a B+ tree stored as an array of nodes; a block per query.
#include <cassert>
#include <cstdio>
#include <cstring>
#include <vector>
#include <algorithm>
#include <cuda_runtime.h>

#define ORDER 16

struct record { int value; };

struct knode {
    int location;
    int indices[ORDER + 1];
    int keys[ORDER + 1];
    bool is_leaf;
    int num_keys;
};

__global__ void findK(long height, const knode* knodesD, long* currKnodeD, long* offsetD, const int* keysD,
                      const record* recordsD, record* ansD)
{
    const int thid = threadIdx.x, bid = blockIdx.x;
    for (int i = 0; i < height; i++) {
        if (thid < ORDER && knodesD[currKnodeD[bid]].keys[thid] <= keysD[bid] &&
            knodesD[currKnodeD[bid]].keys[thid + 1] > keysD[bid])
            offsetD[bid] = knodesD[currKnodeD[bid]].indices[thid];
        __syncthreads();
        if (thid == 0) currKnodeD[bid] = offsetD[bid];
        __syncthreads();
    }
    if (thid < ORDER && knodesD[currKnodeD[bid]].keys[thid] == keysD[bid])
        ansD[bid].value = recordsD[knodesD[currKnodeD[bid]].indices[thid]].value;
}

__global__ void findRangeK(int height, const knode* __restrict__ nodes, int2* range, int* startIdx, int* length)
{
    __shared__ int lo, hi, nextLo, nextHi, first, last;
    const int t = threadIdx.x;
    const int2 r = range[blockIdx.x];
    if (t == 0) { lo = hi = 0; first = last = -1; }
    __syncthreads();
    for (int level = 0; level < height; ++level) {
        const knode* a = nodes + lo;
        const knode* b = nodes + hi;
        if (a->keys[t] <= r.x && a->keys[t + 1] > r.x) nextLo = a->indices[t];
        if (b->keys[t] <= r.y && b->keys[t + 1] > r.y) nextHi = b->indices[t];
        __syncthreads();
        if (t == 0) { lo = nextLo; hi = nextHi; }
        __syncthreads();
    }
    if (nodes[lo].keys[t] == r.x) first = nodes[lo].indices[t];
    if (nodes[hi].keys[t] == r.y) last = nodes[hi].indices[t];
    __syncthreads();
    if (t == 0) {
        startIdx[blockIdx.x] = first;
        length[blockIdx.x] = first >= 0 && last >= first ? last - first + 1 : 0;
    }
}

static const int kInf = 0x7fffffff;

// builds level by level, bottom up; children before parents are moved so that the root is node 0
static int build(const std::vector<int>& keys, std::vector<knode>& out)
{
    struct Span { int node, least; };
    std::vector<std::vector<knode>> levels;
    std::vector<knode> leaf;
    for (size_t at = 0; at < keys.size(); at += ORDER) {
        knode k;
        memset(&k, 0, sizeof k);
        k.is_leaf = true;
        for (int i = 0; i <= ORDER; ++i) k.keys[i] = kInf;
        for (int i = 0; i < ORDER && at + i < keys.size(); ++i) {
            k.keys[i] = keys[at + i];
            k.indices[i] = (int)(at + i);
            ++k.num_keys;
        }
        leaf.push_back(k);
    }
    levels.push_back(leaf);
    while (levels.back().size() > 1) {
        const std::vector<knode>& below = levels.back();
        std::vector<knode> above;
        for (size_t at = 0; at < below.size(); at += ORDER) {
            knode k;
            memset(&k, 0, sizeof k);
            for (int i = 0; i <= ORDER; ++i) k.keys[i] = kInf;
            for (int i = 0; i < ORDER && at + i < below.size(); ++i) {
                k.keys[i] = at + i == 0 ? -1 : below[at + i].keys[0];
                k.indices[i] = (int)(at + i);
                ++k.num_keys;
            }
            if (at == 0) k.keys[0] = -1;
            above.push_back(k);
        }
        levels.push_back(above);
    }
    std::reverse(levels.begin(), levels.end());
    int base = 0;
    for (size_t l = 0; l < levels.size(); ++l) {
        const int next = base + (int)levels[l].size();
        for (knode& k : levels[l]) {
            k.location = (int)out.size();
            if (!k.is_leaf)
                for (int i = 0; i < k.num_keys; ++i) k.indices[i] += next;
            out.push_back(k);
        }
        base = next;
    }
    return (int)levels.size() - 1;
}

int main()
{
    const int n = 3000, q = 200;
    std::vector<int> keys(n);
    unsigned s = 5;
    int key = 0;
    for (int i = 0; i < n; ++i) { s = s * 1664525u + 1013904223u; key += 1 + (s >> 28); keys[i] = key; }
    std::vector<record> records(n);
    for (int i = 0; i < n; ++i) records[i].value = keys[i] * 3 + 1;
    std::vector<knode> nodes;
    const int height = build(keys, nodes);
    assert(height >= 2);

    std::vector<int> want(q);
    std::vector<int2> ranges(q);
    for (int i = 0; i < q; ++i) {
        s = s * 1664525u + 1013904223u;
        want[i] = i % 4 == 3 ? (int)((s >> 8) % key) + 1 : keys[(s >> 8) % n];
        int a = (s >> 4) % n, b = std::min(n - 1, a + (int)(s % 97));
        ranges[i] = make_int2(keys[a], keys[b]);
    }
    knode* dn; long *dc, *doff; int *dk, *dst, *dl; record *dr, *da; int2* drange;
    cudaMalloc(&dn, nodes.size() * sizeof(knode));
    cudaMalloc(&dc, q * sizeof(long));
    cudaMalloc(&doff, q * sizeof(long));
    cudaMalloc(&dk, q * sizeof(int));
    cudaMalloc(&dst, q * sizeof(int));
    cudaMalloc(&dl, q * sizeof(int));
    cudaMalloc(&dr, n * sizeof(record));
    cudaMalloc(&da, q * sizeof(record));
    cudaMalloc(&drange, q * sizeof(int2));
    cudaMemcpy(dn, nodes.data(), nodes.size() * sizeof(knode), cudaMemcpyHostToDevice);
    cudaMemset(dc, 0, q * sizeof(long));
    cudaMemset(doff, 0, q * sizeof(long));
    cudaMemset(da, 0xff, q * sizeof(record));
    cudaMemcpy(dk, want.data(), q * sizeof(int), cudaMemcpyHostToDevice);
    cudaMemcpy(dr, records.data(), n * sizeof(record), cudaMemcpyHostToDevice);
    cudaMemcpy(drange, ranges.data(), q * sizeof(int2), cudaMemcpyHostToDevice);
    findK<<<q, ORDER>>>(height, dn, dc, doff, dk, dr, da);
    findRangeK<<<q, ORDER>>>(height, dn, drange, dst, dl);
    std::vector<record> ans(q);
    std::vector<int> start(q), len(q);
    cudaMemcpy(ans.data(), da, q * sizeof(record), cudaMemcpyDeviceToHost);
    cudaMemcpy(start.data(), dst, q * sizeof(int), cudaMemcpyDeviceToHost);
    cudaMemcpy(len.data(), dl, q * sizeof(int), cudaMemcpyDeviceToHost);
    const bool fine = cudaGetLastError() == cudaSuccess;
    for (void* p : {(void*)dn, (void*)dc, (void*)doff, (void*)dk, (void*)dst, (void*)dl, (void*)dr, (void*)da, (void*)drange}) cudaFree(p);
    int found = 0;
    for (int i = 0; i < q; ++i) {
        auto it = std::lower_bound(keys.begin(), keys.end(), want[i]);
        const int expect = it != keys.end() && *it == want[i] ? records[it - keys.begin()].value : -1;
        const int a = (int)(std::lower_bound(keys.begin(), keys.end(), ranges[i].x) - keys.begin());
        const int b = (int)(std::lower_bound(keys.begin(), keys.end(), ranges[i].y) - keys.begin());
        if (!fine || ans[i].value != expect || start[i] != a || len[i] != b - a + 1) {
            printf("FAIL query %d: %d not %d, range %d+%d not %d+%d\n", i, ans[i].value, expect, start[i], len[i], a, b - a + 1);
            return 1;
        }
        found += expect >= 0;
    }
    printf("PASS btree: height %d, %d of %d keys found\n", height, found, q);
    return 0;
}
