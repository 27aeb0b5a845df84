// Unified memory: __managed__ variables, a linked structure built on the host and walked on the device, prefetch and advice.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cuda_runtime.h>

struct Element {
    char name[16];
    int key;
    float value;
    Element* next;
};

struct Table {
    int buckets;
    Element** heads;
};

__managed__ int found_total = 0;
__device__ __managed__ double sums[4];

__device__ bool same(const char* a, const char* b)
{
    while (*a && *a == *b) { ++a; ++b; }
    return *a == *b;
}

__global__ void lookup(Table* t, const int* keys, const char (*names)[16], float* out, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    out[i] = -1.0f;
    for (Element* e = t->heads[keys[i] % t->buckets]; e != nullptr; e = e->next)
        if (e->key == keys[i] && same(e->name, names[i])) {
            out[i] = e->value;
            atomicAdd(&found_total, 1);
            break;
        }
    if (out[i] >= 0) atomicAdd(&sums[i & 3], (double)out[i]);
}

__global__ void scale(Table* t, float f)
{
    for (int b = blockIdx.x * blockDim.x + threadIdx.x; b < t->buckets; b += gridDim.x * blockDim.x)
        for (Element* e = t->heads[b]; e; e = e->next) e->value *= f;
}

static Element* pool[200];

int main()
{
    const int elements = 200, queries = 150;
    Table* t;
    cudaMallocManaged((void**)&t, sizeof(Table));
    t->buckets = 37;
    cudaMallocManaged((void**)&t->heads, t->buckets * sizeof(Element*));
    for (int b = 0; b < t->buckets; b++) t->heads[b] = NULL;
    for (int i = 0; i < elements; i++) {
        Element* e;
        cudaMallocManaged((void**)&e, sizeof(Element), cudaMemAttachGlobal);
        snprintf(e->name, sizeof e->name, "item%d", i % 60);
        e->key = i * 7;
        e->value = (float)i + 0.5f;
        e->next = t->heads[e->key % t->buckets];
        t->heads[e->key % t->buckets] = e;
        pool[i] = e;
    }
    int* keys;
    char(*names)[16];
    float* out;
    cudaMallocManaged((void**)&keys, queries * sizeof(int));
    cudaMallocManaged((void**)&names, queries * 16);
    cudaMallocManaged((void**)&out, queries * sizeof(float));
    memset(names, 0, queries * 16);
    for (int i = 0; i < queries; i++) {
        keys[i] = i * 10 % (elements * 7);
        snprintf(names[i], 16, "item%d", i % 5 == 4 ? 99 : keys[i] / 7 % 60);
    }
    cudaStream_t s;
    cudaStreamCreate(&s);
    scale<<<1, 64, 0, s>>>(t, 2.0f);
    lookup<<<3, 64, 0, s>>>(t, keys, names, out, queries);
    cudaStreamSynchronize(s);
    int wrong = 0, found = 0;
    double ref[4] = {0, 0, 0, 0};
    for (int i = 0; i < queries; i++) {
        const bool hit = keys[i] % 7 == 0 && i % 5 != 4;
        const float e = hit ? 2.0f * (keys[i] / 7 + 0.5f) : -1.0f;
        wrong += out[i] != e;
        found += hit;
        if (hit) ref[i & 3] += e;
    }
    for (int k = 0; k < 4; k++) wrong += sums[k] != ref[k];
    wrong += found_total != found;
    // the host changes a managed variable between launches
    found_total = 1000;
    lookup<<<3, 64, 0, s>>>(t, keys, names, out, queries);
    cudaDeviceSynchronize();
    wrong += found_total != 1000 + found;
    cudaStreamDestroy(s);
    for (int i = 0; i < elements; i++) cudaFree(pool[i]);
    cudaFree(t->heads);
    cudaFree(t);
    cudaFree(keys);
    cudaFree(names);
    cudaFree(out);
    if (wrong || cudaGetLastError() != cudaSuccess) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS managed: %d found\n", found);
    return 0;
}
