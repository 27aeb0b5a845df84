// Streams with pinned memory, events between streams, a host callback and a stream-ordered allocation.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <cuda_runtime.h>

#define CHECK(call)                                                                    \
    {                                                                                  \
        cudaError_t const status = (call);                                             \
        if (status != cudaSuccess) {                                                   \
            printf("FAIL %s: %s\n", cudaGetErrorName(status), cudaGetErrorString(status)); \
            return EXIT_FAILURE;                                                       \
        }                                                                              \
    }

__global__ void init_array(int* g_data, const int* factor, int num_iterations)
{
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    for (int i = 0; i < num_iterations; i++) g_data[idx] += *factor;
}

__global__ void saxpy(int n, float a, const float* x, float* y)
{
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += blockDim.x * gridDim.x) y[i] = a * x[i] + y[i];
}

struct Payload {
    int calls;
    int last;
};

static void CUDART_CB on_done(void* user)
{
    Payload* p = static_cast<Payload*>(user);
    p->calls++;
    p->last = 42;
}

int main(int argc, char** argv)
{
    const int nstreams = 4, niterations = 5, n = 4096;
    const int nbytes = n * sizeof(int);
    int *a = 0, *d_a = 0, *d_c = 0, c = 3;
    CHECK(cudaSetDevice(0));
    CHECK(cudaMallocHost((void**)&a, nbytes));
    CHECK(cudaMalloc((void**)&d_a, nbytes));
    CHECK(cudaMemset(d_a, 0x0, nbytes));
    CHECK(cudaMalloc((void**)&d_c, sizeof(int)));
    CHECK(cudaMemcpy(d_c, &c, sizeof(int), cudaMemcpyHostToDevice));
    cudaStream_t* streams = (cudaStream_t*)malloc(nstreams * sizeof(cudaStream_t));
    for (int i = 0; i < nstreams; i++) CHECK(cudaStreamCreate(&(streams[i])));
    cudaEvent_t start_event, stop_event, ready;
    CHECK(cudaEventCreateWithFlags(&start_event, cudaEventBlockingSync));
    CHECK(cudaEventCreateWithFlags(&stop_event, cudaEventBlockingSync));
    CHECK(cudaEventCreateWithFlags(&ready, cudaEventDisableTiming));

    dim3 threads(128, 1), blocks(n / (nstreams * threads.x), 1);
    memset(a, 255, nbytes);
    CHECK(cudaEventRecord(start_event, 0));
    for (int k = 0; k < 3; k++) {
        for (int i = 0; i < nstreams; i++) init_array<<<blocks, threads, 0, streams[i]>>>(d_a + i * n / nstreams, d_c, niterations);
        for (int i = 0; i < nstreams; i++)
            CHECK(cudaMemcpyAsync(a + i * n / nstreams, d_a + i * n / nstreams, nbytes / nstreams, cudaMemcpyDeviceToHost, streams[i]));
    }
    CHECK(cudaEventRecord(stop_event, 0));
    CHECK(cudaEventSynchronize(stop_event));
    float elapsed = -1;
    CHECK(cudaEventElapsedTime(&elapsed, start_event, stop_event));
    CHECK(cudaDeviceSynchronize());
    int wrong = elapsed < 0;
    for (int i = 0; i < n; i++) wrong += a[i] != c * niterations * 3;

    // producer on one stream, consumer on another, joined by an event
    float *x, *y;
    CHECK(cudaMallocAsync((void**)&x, n * sizeof(float), streams[0]));
    CHECK(cudaMallocAsync((void**)&y, n * sizeof(float), streams[0]));
    std::vector<float> hx(n), hy(n), out(n);
    for (int i = 0; i < n; i++) {
        hx[i] = (float)(i % 100);
        hy[i] = (float)(i % 7);
    }
    CHECK(cudaMemcpyAsync(x, hx.data(), n * sizeof(float), cudaMemcpyHostToDevice, streams[0]));
    CHECK(cudaMemcpyAsync(y, hy.data(), n * sizeof(float), cudaMemcpyHostToDevice, streams[0]));
    saxpy<<<8, 128, 0, streams[0]>>>(n, 2.0f, x, y);
    CHECK(cudaEventRecord(ready, streams[0]));
    CHECK(cudaStreamWaitEvent(streams[1], ready, 0));
    saxpy<<<8, 128, 0, streams[1]>>>(n, -1.0f, x, y);
    CHECK(cudaMemcpyAsync(out.data(), y, n * sizeof(float), cudaMemcpyDeviceToHost, streams[1]));
    Payload payload = {0, 0};
    CHECK(cudaLaunchHostFunc(streams[1], on_done, &payload));
    CHECK(cudaFreeAsync(x, streams[1]));
    CHECK(cudaFreeAsync(y, streams[1]));
    CHECK(cudaStreamSynchronize(streams[1]));
    while (cudaStreamQuery(streams[0]) == cudaErrorNotReady) {}
    for (int i = 0; i < n; i++) wrong += out[i] != hx[i] + hy[i];
    wrong += payload.calls != 1 || payload.last != 42;

    for (int i = 0; i < nstreams; i++) CHECK(cudaStreamDestroy(streams[i]));
    CHECK(cudaEventDestroy(start_event));
    CHECK(cudaEventDestroy(stop_event));
    CHECK(cudaEventDestroy(ready));
    CHECK(cudaFreeHost(a));
    CHECK(cudaFree(d_a));
    CHECK(cudaFree(d_c));
    free(streams);
    if (wrong) { printf("FAIL %d wrong\n", wrong); return EXIT_FAILURE; }
    printf("PASS simplestreams: %d streams\n", nstreams);
    return EXIT_SUCCESS;
}
