#include <cuda_runtime.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

__global__ void __launch_bounds__(128) compute_C(float* __restrict__ C, const float* __restrict__ A,
    const float* __restrict__ B, int M, int N, int K) {
  constexpr int kRowTile = 128;
  constexpr int kColTile = 64;
  constexpr int kKTile = 16;
  constexpr int kThreads = 128;
  constexpr int kRowItems = 8;
  constexpr int kColItems = 8;
  constexpr int kColVectors = 2;
  __shared__ __align__(16) float A_tile[2][kKTile][kRowTile + 4];
  __shared__ __align__(16) float B_tile[2][kKTile][kColTile];
  const int thread = threadIdx.y * 8 + threadIdx.x;
  const int row_tile = blockIdx.y * kRowTile;
  const int row_base = row_tile + threadIdx.y * 4;
  const int col_tile = blockIdx.x * kColTile;
  const int col_base = col_tile + threadIdx.x * 4;
  float C_acc[8][8];
#pragma unroll
  for (int i = 0; i < 8; ++i) {
#pragma unroll
    for (int j = 0; j < 8; ++j) {
      C_acc[i][j] = 0.0f;
    }
  }
  float4 A_next[4];
  float4 B_next[2];
#pragma unroll
  for (int step = 0; step < 4; ++step) {
    const int at = thread + step * kThreads;
    const int row_in = at / 4;
    const int k_in = at % 4 * 4;
    A_next[step] = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
    if (row_tile + row_in < M && k_in < K) A_next[step] =
        *reinterpret_cast<const float4*>(&A[(row_tile + row_in) * K + k_in]);
  }
#pragma unroll
  for (int step = 0; step < 2; ++step) {
    const int at = thread + step * kThreads;
    const int k_in = at / 16;
    const int col_in = at % 16 * 4;
    B_next[step] = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
    if (k_in < K && col_tile + col_in < N) B_next[step] =
        *reinterpret_cast<const float4*>(&B[k_in * N + (col_tile + col_in)]);
  }
#pragma unroll
  for (int step = 0; step < 4; ++step) {
    const int at = thread + step * kThreads;
    const int row_in = at / 4;
    const int k_in = at % 4 * 4;
    A_tile[0][k_in][row_in] = A_next[step].x;
    A_tile[0][k_in + 1][row_in] = A_next[step].y;
    A_tile[0][k_in + 2][row_in] = A_next[step].z;
    A_tile[0][k_in + 3][row_in] = A_next[step].w;
  }
#pragma unroll
  for (int step = 0; step < 2; ++step) {
    const int at = thread + step * kThreads;
    const int k_in = at / 16;
    const int col_in = at % 16 * 4;
    *reinterpret_cast<float4*>(&B_tile[0][k_in][col_in]) = B_next[step];
  }
  __syncthreads();
  int buffer = 0;
  for (int k_tile = 0; k_tile < K; k_tile += kKTile) {
    const int k_next = k_tile + kKTile;
    if (k_next < K) {
#pragma unroll
      for (int step = 0; step < 4; ++step) {
        const int at = thread + step * kThreads;
        const int row_in = at / 4;
        const int k_in = at % 4 * 4;
        A_next[step] = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
        if (row_tile + row_in < M && k_next + k_in < K) A_next[step] =
            *reinterpret_cast<const float4*>(&A[(row_tile + row_in) * K + (k_next + k_in)]);
      }
#pragma unroll
      for (int step = 0; step < 2; ++step) {
        const int at = thread + step * kThreads;
        const int k_in = at / 16;
        const int col_in = at % 16 * 4;
        B_next[step] = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
        if (k_next + k_in < K && col_tile + col_in < N) B_next[step] =
            *reinterpret_cast<const float4*>(&B[(k_next + k_in) * N + (col_tile + col_in)]);
      }
    }
#pragma unroll
    for (int k_in = 0; k_in < kKTile; ++k_in) {
      float A_frag[kRowItems];
#pragma unroll
      for (int i = 0; i < 2; ++i) {
        const float4 A4 = *reinterpret_cast<const float4*>(&A_tile[buffer][k_in][threadIdx.y * 4 +
            i * 64]);
        A_frag[i * 4] = A4.x;
        A_frag[i * 4 + 1] = A4.y;
        A_frag[i * 4 + 2] = A4.z;
        A_frag[i * 4 + 3] = A4.w;
      }
      float B_frag[kColItems];
#pragma unroll
      for (int i = 0; i < 2; ++i) {
        const float4 B4 = *reinterpret_cast<const float4*>(&B_tile[buffer][k_in][threadIdx.x * 4 +
            i * 32]);
        B_frag[i * 4] = B4.x;
        B_frag[i * 4 + 1] = B4.y;
        B_frag[i * 4 + 2] = B4.z;
        B_frag[i * 4 + 3] = B4.w;
      }
#pragma unroll
      for (int row_item = 0; row_item < kRowItems; ++row_item) {
#pragma unroll
        for (int col_item = 0; col_item < kColItems; ++col_item) {
          C_acc[row_item][col_item] += A_frag[row_item] * B_frag[col_item];
        }
      }
    }
    if (k_next < K) {
#pragma unroll
      for (int step = 0; step < 4; ++step) {
        const int at = thread + step * kThreads;
        const int row_in = at / 4;
        const int k_in = at % 4 * 4;
        A_tile[1 - buffer][k_in][row_in] = A_next[step].x;
        A_tile[1 - buffer][k_in + 1][row_in] = A_next[step].y;
        A_tile[1 - buffer][k_in + 2][row_in] = A_next[step].z;
        A_tile[1 - buffer][k_in + 3][row_in] = A_next[step].w;
      }
#pragma unroll
      for (int step = 0; step < 2; ++step) {
        const int at = thread + step * kThreads;
        const int k_in = at / 16;
        const int col_in = at % 16 * 4;
        *reinterpret_cast<float4*>(&B_tile[1 - buffer][k_in][col_in]) = B_next[step];
      }
    }
    __syncthreads();
    buffer = 1 - buffer;
  }
#pragma unroll
  for (int row_item = 0; row_item < kRowItems; ++row_item) {
    const int row = row_base + row_item / 4 * 64 + row_item % 4;
#pragma unroll
    for (int col_item = 0; col_item < kColVectors; ++col_item) {
      const int col = col_base + col_item * 32;
      if (row < M && col < N) {
        float4 C4;
        C4.x = C_acc[row_item][col_item * 4 + 0];
        C4.y = C_acc[row_item][col_item * 4 + 1];
        C4.z = C_acc[row_item][col_item * 4 + 2];
        C4.w = C_acc[row_item][col_item * 4 + 3];
        *reinterpret_cast<float4*>(&C[row * N + col]) = C4;
      }
    }
  }
}

__global__ void __launch_bounds__(128) compute_C_any(float* __restrict__ C,
    const float* __restrict__ A, const float* __restrict__ B, int M, int N, int K) {
  constexpr int kRowTile = 128;
  constexpr int kColTile = 64;
  constexpr int kKTile = 16;
  constexpr int kThreads = 128;
  constexpr int kRowItems = 8;
  constexpr int kColItems = 8;
  __shared__ __align__(16) float A_tile[2][kKTile][kRowTile + 4];
  __shared__ __align__(16) float B_tile[2][kKTile][kColTile];
  const int thread = threadIdx.y * 8 + threadIdx.x;
  const int row_tile = (static_cast<int>(blockIdx.x) / ((N + 63) / 64)) * kRowTile;
  const int row_base = row_tile + threadIdx.y;
  const int col_tile = static_cast<int>(blockIdx.x) % ((N + 63) / 64) * kColTile;
  const int col_base = col_tile + threadIdx.x;
  float C_acc[8][8];
#pragma unroll
  for (int i = 0; i < 8; ++i) {
#pragma unroll
    for (int j = 0; j < 8; ++j) {
      C_acc[i][j] = 0.0f;
    }
  }
  float A_next[16];
  float B_next[8];
#pragma unroll
  for (int step = 0; step < 16; ++step) {
    const int at = thread + step * kThreads;
    const int row_in = at / 16;
    const int k_in = at % 16;
    A_next[step] = 0.0f;
    if (row_tile + row_in < M && k_in < K) A_next[step] = A[(row_tile + row_in) * K + k_in];
  }
#pragma unroll
  for (int step = 0; step < 8; ++step) {
    const int at = thread + step * kThreads;
    const int k_in = at / 64;
    const int col_in = at % 64;
    B_next[step] = 0.0f;
    if (k_in < K && col_tile + col_in < N) B_next[step] = B[k_in * N + (col_tile + col_in)];
  }
#pragma unroll
  for (int step = 0; step < 16; ++step) {
    const int at = thread + step * kThreads;
    const int row_in = at / 16;
    const int k_in = at % 16;
    A_tile[0][k_in][row_in] = A_next[step];
  }
#pragma unroll
  for (int step = 0; step < 8; ++step) {
    const int at = thread + step * kThreads;
    const int k_in = at / 64;
    const int col_in = at % 64;
    B_tile[0][k_in][col_in] = B_next[step];
  }
  __syncthreads();
  int buffer = 0;
  for (int k_tile = 0; k_tile < K; k_tile += kKTile) {
    const int k_next = k_tile + kKTile;
    if (k_next < K) {
#pragma unroll
      for (int step = 0; step < 16; ++step) {
        const int at = thread + step * kThreads;
        const int row_in = at / 16;
        const int k_in = at % 16;
        A_next[step] = 0.0f;
        if (row_tile + row_in < M && k_next + k_in < K) A_next[step] =
            A[(row_tile + row_in) * K + (k_next + k_in)];
      }
#pragma unroll
      for (int step = 0; step < 8; ++step) {
        const int at = thread + step * kThreads;
        const int k_in = at / 64;
        const int col_in = at % 64;
        B_next[step] = 0.0f;
        if (k_next + k_in < K && col_tile + col_in < N) B_next[step] =
            B[(k_next + k_in) * N + (col_tile + col_in)];
      }
    }
#pragma unroll
    for (int k_in = 0; k_in < kKTile; ++k_in) {
      float A_frag[kRowItems];
#pragma unroll
      for (int row_item = 0; row_item < kRowItems; ++row_item) {
        A_frag[row_item] = A_tile[buffer][k_in][threadIdx.y + row_item * 16];
      }
      float B_frag[kColItems];
#pragma unroll
      for (int col_item = 0; col_item < kColItems; ++col_item) {
        B_frag[col_item] = B_tile[buffer][k_in][threadIdx.x + col_item * 8];
      }
#pragma unroll
      for (int row_item = 0; row_item < kRowItems; ++row_item) {
#pragma unroll
        for (int col_item = 0; col_item < kColItems; ++col_item) {
          C_acc[row_item][col_item] += A_frag[row_item] * B_frag[col_item];
        }
      }
    }
    if (k_next < K) {
#pragma unroll
      for (int step = 0; step < 16; ++step) {
        const int at = thread + step * kThreads;
        const int row_in = at / 16;
        const int k_in = at % 16;
        A_tile[1 - buffer][k_in][row_in] = A_next[step];
      }
#pragma unroll
      for (int step = 0; step < 8; ++step) {
        const int at = thread + step * kThreads;
        const int k_in = at / 64;
        const int col_in = at % 64;
        B_tile[1 - buffer][k_in][col_in] = B_next[step];
      }
    }
    __syncthreads();
    buffer = 1 - buffer;
  }
#pragma unroll
  for (int row_item = 0; row_item < kRowItems; ++row_item) {
    const int row = row_base + row_item * 16;
#pragma unroll
    for (int col_item = 0; col_item < kColItems; ++col_item) {
      const int col = col_base + col_item * 8;
      if (row < M && col < N) {
        C[row * N + col] = C_acc[row_item][col_item];
      }
    }
  }
}

extern "C" void launch(float* C, const float* A, const float* B, int M, int N, int K) {
  if (M % 4 == 0 && N % 4 == 0 && K % 4 == 0 && reinterpret_cast<size_t>(A) % 16 == 0 &&
      reinterpret_cast<size_t>(B) % 16 == 0 && reinterpret_cast<size_t>(C) % 16 == 0 &&
      (M + 127) / 128 <= 65535) {
    compute_C<<<dim3((N + 63) / 64, (M + 127) / 128), dim3(8, 16)>>>(C, A, B, M, N, K);
  } else {
    compute_C_any<<<(M + 127) / 128 * ((N + 63) / 64), dim3(8, 16)>>>(C, A, B, M, N, K);
  }
  cudaDeviceSynchronize();
}
