// Breadth-first search over a CSR graph, level-synchronous with mask arrays.
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <vector>
#include <cuda_runtime.h>

#define CUDA_CHECK(call)                                                              \
    do {                                                                              \
        cudaError_t err_ = (call);                                                    \
        if (err_ != cudaSuccess) {                                                    \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(err_)); \
            exit(EXIT_FAILURE);                                                       \
        }                                                                             \
    } while (0)

struct Node {
    int starting;
    int no_of_edges;
};

__global__ void __launch_bounds__(256)
expand(const Node* __restrict__ nodes, const int* __restrict__ edges, bool* mask,
       bool* updating, const bool* visited, int* cost, int n)
{
    const int tid = blockIdx.x * blockDim.x + threadIdx.x;
    if (tid >= n || !mask[tid]) return;
    mask[tid] = false;
    const Node nd = nodes[tid];
    const int c = cost[tid] + 1;
    for (int i = nd.starting; i < nd.starting + nd.no_of_edges; ++i) {
        const int id = __ldg(&edges[i]);
        if (!visited[id]) {
            atomicMin(&cost[id], c);
            // several parents may flag the same child: go through a 32-bit word
            unsigned* w = reinterpret_cast<unsigned*>(updating) + (id >> 2);
            atomicOr(w, 1u << ((id & 3) * 8));
        }
    }
}

__global__ void settle(bool* mask, bool* updating, bool* visited, int* again, int n)
{
    const int tid = blockIdx.x * blockDim.x + threadIdx.x;
    if (tid < n && updating[tid]) {
        mask[tid] = true;
        visited[tid] = true;
        updating[tid] = false;
        atomicExch(again, 1);
    }
}

static unsigned lcg_state = 12345u;
static unsigned lcg() { return lcg_state = lcg_state * 1664525u + 1013904223u; }

int main(int argc, char** argv)
{
    const int n = argc > 1 ? atoi(argv[1]) : 5000;
    const int padded = (n + 3) & ~3;
    std::vector<Node> nodes(n);
    std::vector<int> edges;
    for (int i = 0; i < n; ++i) {
        nodes[i].starting = static_cast<int>(edges.size());
        int deg = 1 + (lcg() >> 16) % 6;
        for (int k = 0; k < deg; ++k) edges.push_back((lcg() >> 8) % n);
        nodes[i].no_of_edges = deg;
    }

    // host reference
    std::vector<int> ref(n, 1 << 30);
    std::queue<int> q;
    ref[0] = 0;
    q.push(0);
    while (!q.empty()) {
        int u = q.front();
        q.pop();
        for (int k = 0; k < nodes[u].no_of_edges; ++k) {
            int v = edges[nodes[u].starting + k];
            if (ref[v] == 1 << 30) { ref[v] = ref[u] + 1; q.push(v); }
        }
    }

    Node* d_nodes; int *d_edges, *d_cost, *d_again;
    bool *d_mask, *d_upd, *d_vis;
    CUDA_CHECK(cudaMalloc((void**)&d_nodes, sizeof(Node) * n));
    CUDA_CHECK(cudaMalloc((void**)&d_edges, sizeof(int) * edges.size()));
    CUDA_CHECK(cudaMalloc((void**)&d_cost, sizeof(int) * n));
    CUDA_CHECK(cudaMalloc((void**)&d_again, sizeof(int)));
    CUDA_CHECK(cudaMalloc((void**)&d_mask, padded));
    CUDA_CHECK(cudaMalloc((void**)&d_upd, padded));
    CUDA_CHECK(cudaMalloc((void**)&d_vis, padded));
    CUDA_CHECK(cudaMemcpy(d_nodes, nodes.data(), sizeof(Node) * n, cudaMemcpyHostToDevice));
    CUDA_CHECK(cudaMemcpy(d_edges, edges.data(), sizeof(int) * edges.size(), cudaMemcpyHostToDevice));
    CUDA_CHECK(cudaMemset(d_mask, 0, padded));
    CUDA_CHECK(cudaMemset(d_upd, 0, padded));
    CUDA_CHECK(cudaMemset(d_vis, 0, padded));
    std::vector<int> cost(n, 1 << 30);
    cost[0] = 0;
    CUDA_CHECK(cudaMemcpy(d_cost, cost.data(), sizeof(int) * n, cudaMemcpyHostToDevice));
    const bool yes = true;
    CUDA_CHECK(cudaMemcpy(d_mask, &yes, sizeof(bool), cudaMemcpyHostToDevice));
    CUDA_CHECK(cudaMemcpy(d_vis, &yes, sizeof(bool), cudaMemcpyHostToDevice));

    int levels = 0, again;
    do {
        again = 0;
        CUDA_CHECK(cudaMemcpy(d_again, &again, sizeof(int), cudaMemcpyHostToDevice));
        expand<<<(n + 255) / 256, 256>>>(d_nodes, d_edges, d_mask, d_upd, d_vis, d_cost, n);
        settle<<<(n + 255) / 256, 256>>>(d_mask, d_upd, d_vis, d_again, n);
        CUDA_CHECK(cudaGetLastError());
        CUDA_CHECK(cudaMemcpy(&again, d_again, sizeof(int), cudaMemcpyDeviceToHost));
        ++levels;
    } while (again);

    CUDA_CHECK(cudaMemcpy(cost.data(), d_cost, sizeof(int) * n, cudaMemcpyDeviceToHost));
    CUDA_CHECK(cudaFree(d_nodes)); CUDA_CHECK(cudaFree(d_edges)); CUDA_CHECK(cudaFree(d_cost));
    CUDA_CHECK(cudaFree(d_again)); CUDA_CHECK(cudaFree(d_mask)); CUDA_CHECK(cudaFree(d_upd));
    CUDA_CHECK(cudaFree(d_vis));

    for (int i = 0; i < n; ++i)
        if (cost[i] != ref[i]) {
            printf("FAIL node %d: %d, expected %d\n", i, cost[i], ref[i]);
            return 1;
        }
    printf("PASS bfs: %d nodes, %zu edges, %d levels\n", n, edges.size(), levels);
    return 0;
}
