// Open-addressing hash table with 64-bit compare-and-swap: insert, find, erase, histogram of probes.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>
#include <vector>
#include <cuda_runtime.h>

struct KeyValue {
    uint32_t key;
    uint32_t value;
};

constexpr uint32_t kCapacity = 1u << 12;
constexpr uint32_t kEmpty = 0xffffffffu;

__device__ __host__ inline uint32_t hash(uint32_t k)
{
    k ^= k >> 16;
    k *= 0x85ebca6b;
    k ^= k >> 13;
    k *= 0xc2b2ae35;
    k ^= k >> 16;
    return k & (kCapacity - 1);
}

union Slot {
    unsigned long long word;
    KeyValue kv;
};

__global__ void insert(unsigned long long* table, const KeyValue* items, int n, unsigned* maxProbe)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    const KeyValue kv = items[i];
    uint32_t slot = hash(kv.key);
    unsigned probes = 1;
    for (;; slot = (slot + 1) & (kCapacity - 1), ++probes) {
        Slot fresh;
        fresh.kv = kv;
        unsigned long long seen = atomicCAS(&table[slot], ~0ull, fresh.word);
        if (seen == ~0ull) break;
        Slot old;
        old.word = seen;
        if (old.kv.key == kv.key) {
            // same key: the larger value stays
            while (old.kv.value < kv.value) {
                const unsigned long long got = atomicCAS(&table[slot], old.word, fresh.word);
                if (got == old.word) break;
                old.word = got;
            }
            break;
        }
    }
    atomicMax(maxProbe, probes);
}

__global__ void lookup(const unsigned long long* __restrict__ table, const uint32_t* keys, uint32_t* values, int n)
{
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
        uint32_t slot = hash(keys[i]);
        uint32_t found = kEmpty;
        while (true) {
            Slot s;
            s.word = table[slot];
            if (s.kv.key == keys[i]) { found = s.kv.value; break; }
            if (s.word == ~0ull) break;
            slot = (slot + 1) & (kCapacity - 1);
        }
        values[i] = found;
    }
}

__global__ void erase(unsigned long long* table, const uint32_t* keys, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    uint32_t slot = hash(keys[i]);
    while (true) {
        Slot s;
        s.word = atomicAdd(&table[slot], 0ull);
        if (s.word == ~0ull) return;
        if (s.kv.key == keys[i]) {
            s.kv.value = kEmpty;
            atomicExch(&table[slot], s.word);
            return;
        }
        slot = (slot + 1) & (kCapacity - 1);
    }
}

int main()
{
    const int n = 3000;
    std::vector<KeyValue> items(n);
    std::unordered_map<uint32_t, uint32_t> ref;
    uint32_t s = 91;
    for (int i = 0; i < n; ++i) {
        s = s * 1664525u + 1013904223u;
        items[i] = {(s >> 8) % 2500 * 7u, (s >> 4) & 0xffffu};
        auto [it, fresh] = ref.emplace(items[i].key, items[i].value);
        if (!fresh && it->second < items[i].value) it->second = items[i].value;
    }
    std::vector<uint32_t> keys;
    for (uint32_t k = 0; k < 2500 * 7u; k += 3) keys.push_back(k);
    std::vector<uint32_t> gone(keys.begin(), keys.begin() + 1000);
    unsigned long long* table;
    KeyValue* dItems;
    uint32_t *dKeys, *dVals;
    unsigned* dProbe;
    cudaMalloc(&table, kCapacity * sizeof(*table));
    cudaMalloc(&dItems, n * sizeof(KeyValue));
    cudaMalloc(&dKeys, keys.size() * 4);
    cudaMalloc(&dVals, keys.size() * 4);
    cudaMalloc(&dProbe, 4);
    cudaMemset(table, 0xff, kCapacity * sizeof(*table));
    cudaMemset(dProbe, 0, 4);
    cudaMemcpy(dItems, items.data(), n * sizeof(KeyValue), cudaMemcpyHostToDevice);
    cudaMemcpy(dKeys, keys.data(), keys.size() * 4, cudaMemcpyHostToDevice);
    insert<<<(n + 127) / 128, 128>>>(table, dItems, n, dProbe);
    erase<<<(1000 + 127) / 128, 128>>>(table, dKeys, 1000);
    lookup<<<4, 128>>>(table, dKeys, dVals, (int)keys.size());
    std::vector<uint32_t> vals(keys.size());
    unsigned probe;
    cudaMemcpy(vals.data(), dVals, vals.size() * 4, cudaMemcpyDeviceToHost);
    cudaMemcpy(&probe, dProbe, 4, cudaMemcpyDeviceToHost);
    for (void* p : {(void*)table, (void*)dItems, (void*)dKeys, (void*)dVals, (void*)dProbe}) cudaFree(p);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    for (uint32_t k : gone) ref.erase(k);
    int hits = 0;
    for (size_t i = 0; i < keys.size(); ++i) {
        const auto it = ref.find(keys[i]);
        const uint32_t e = it == ref.end() ? kEmpty : it->second;
        hits += e != kEmpty;
        if (vals[i] != e) { printf("FAIL key %u: %u, expected %u\n", keys[i], vals[i], e); return 1; }
    }
    printf("PASS hashtable: %d hits, longest probe %s\n", hits, probe < 200 ? "short" : "long");
    return 0;
}
