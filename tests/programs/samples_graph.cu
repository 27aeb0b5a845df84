// A CUDA graph captured from streams and launched repeatedly.
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

#define CHECK(x) if (cudaError_t e = (x); e != cudaSuccess) { printf("FAIL line %d: %s\n", __LINE__, cudaGetErrorString(e)); return 1; }

__global__ void axpy(float a, const float* x, float* y, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] += a * x[i];
}
__global__ void square(float* x, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) x[i] = x[i] * x[i] * 0.5f;
}

int main()
{
    const int n = 1000, launches = 4;
    std::vector<float> x(n), y(n, 0.0f), rx(n), ry(n, 0.0f);
    for (int i = 0; i < n; ++i) x[i] = rx[i] = (float)(i % 4) * 0.5f;
    float *dx, *dy;
    CHECK(cudaMalloc(&dx, n * sizeof(float)));
    CHECK(cudaMalloc(&dy, n * sizeof(float)));
    CHECK(cudaMemcpy(dx, x.data(), n * sizeof(float), cudaMemcpyHostToDevice));
    CHECK(cudaMemcpy(dy, y.data(), n * sizeof(float), cudaMemcpyHostToDevice));
    cudaStream_t s1, s2;
    cudaEvent_t fork, join;
    CHECK(cudaStreamCreate(&s1));
    CHECK(cudaStreamCreate(&s2));
    CHECK(cudaEventCreate(&fork));
    CHECK(cudaEventCreate(&join));
    cudaGraph_t graph;
    cudaGraphExec_t exec;
    CHECK(cudaStreamBeginCapture(s1, cudaStreamCaptureModeGlobal));
    axpy<<<(n + 127) / 128, 128, 0, s1>>>(2.0f, dx, dy, n);
    CHECK(cudaEventRecord(fork, s1));
    CHECK(cudaStreamWaitEvent(s2, fork, 0));
    square<<<(n + 127) / 128, 128, 0, s2>>>(dx, n);
    CHECK(cudaEventRecord(join, s2));
    CHECK(cudaStreamWaitEvent(s1, join, 0));
    axpy<<<(n + 127) / 128, 128, 0, s1>>>(-1.0f, dx, dy, n);
    CHECK(cudaStreamEndCapture(s1, &graph));
    size_t nodes = 0;
    CHECK(cudaGraphGetNodes(graph, nullptr, &nodes));
    CHECK(cudaGraphInstantiate(&exec, graph, 0));
    for (int k = 0; k < launches; ++k) CHECK(cudaGraphLaunch(exec, s1));
    CHECK(cudaStreamSynchronize(s1));
    CHECK(cudaMemcpy(y.data(), dy, n * sizeof(float), cudaMemcpyDeviceToHost));
    CHECK(cudaGraphExecDestroy(exec));
    CHECK(cudaGraphDestroy(graph));
    CHECK(cudaEventDestroy(fork));
    CHECK(cudaEventDestroy(join));
    CHECK(cudaStreamDestroy(s1));
    CHECK(cudaStreamDestroy(s2));
    CHECK(cudaFree(dx));
    CHECK(cudaFree(dy));
    int wrong = nodes != 3;
    for (int i = 0; i < n; ++i) {
        for (int k = 0; k < launches; ++k) {
            ry[i] += 2.0f * rx[i];
            rx[i] = rx[i] * rx[i] * 0.5f;
            ry[i] -= rx[i];
        }
        wrong += ry[i] != y[i];
    }
    if (wrong) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS graph: %zu nodes, %d launches\n", nodes, launches);
    return 0;
}
