// How Thrust's algorithms run, in the dialect: one after the other on the host or in a thread, as
// kernels on the device.
#include <thrust/__core>

namespace thrust {

template <typename F>
__global__ void __each(long count, F f) {
  const long i = blockIdx.x * (long)blockDim.x + threadIdx.x;
  if (i < count) f(i);
}

// f(0), f(1) and so on; on the device each in a thread of its own.
template <int kSystem, typename F>
__host__ __device__ inline void __for(const __policy<kSystem>& policy, long count, F f) {
  if constexpr (kSystem == __on_device) {
    if (count <= 0) return;
    __each<<<(unsigned)((count + 255) / 256), 256, 0, policy.__stream>>>(count, f);
    cudaStreamSynchronize(policy.__stream);
  } else {
    for (long i = 0; i < count; ++i) f(i);
  }
}

template <typename T>
__host__ inline void __read(cudaStream_t stream, T* to, const T* from) {
  cudaMemcpyAsync(to, from, sizeof(T), cudaMemcpyDeviceToHost, stream);
  cudaStreamSynchronize(stream);
}

// init and value(0), value(1) and so on, as f joins them; on the device in any order.
template <int kSystem, typename V, typename T, typename F>
__host__ __device__ inline T __fold(const __policy<kSystem>& policy, long count, V value, T init,
                                    F f) {
  if constexpr (kSystem == __on_device) {
    if (count <= 0) return init;
    constexpr long kEach = 32;
    long width = (count + kEach - 1) / kEach;
    __temporary<T> first(width);
    __temporary<T> second((width + kEach - 1) / kEach);
    T* from = first.at;
    T* to = second.at;
    __for(policy, width, [=] __host__ __device__(long t) mutable {
      T sum = value(t);
      for (long i = t + width; i < count; i += width) {
        const T x = value(i);
        sum = f(sum, x);
      }
      if (width == 1) sum = f(init, sum);
      from[t] = sum;
    });
    while (width > 1) {
      const long length = width;
      width = (length + kEach - 1) / kEach;
      const long step = width;
      const T* const in = from;
      T* const out = to;
      __for(policy, step, [=] __host__ __device__(long t) mutable {
        T sum = in[t];
        for (long i = t + step; i < length; i += step) {
          const T x = in[i];
          sum = f(sum, x);
        }
        if (step == 1) sum = f(init, sum);
        out[t] = sum;
      });
      to = from;
      from = out;
    }
    T result = init;
    __read(policy.__stream, &result, from);
    return result;
  } else {
    for (long i = 0; i < count; ++i) {
      const T x = value(i);
      init = f(init, x);
    }
    return init;
  }
}

// Running sums: of all up to i (kInclusive), with init before them (kStarted), or of init and all
// before i (kExclusive). Each thread has a run of elements.
enum __scan_kind { __scan_inclusive, __scan_started, __scan_exclusive };
template <__scan_kind kKind, int kSystem, typename I, typename O, typename T, typename F>
__host__ __device__ inline void __scan(const __policy<kSystem>& policy, long count, I in, O out,
                                       T init, F f) {
  if (count <= 0) return;
  if constexpr (kSystem == __on_device) {
    constexpr long kEach = 32;
    const long width = (count + kEach - 1) / kEach;
    __temporary<T> held(width);
    T* const sums = held.at;
    if (width > 1) {
      __for(policy, width, [=] __host__ __device__(long t) mutable {
        const long end = (t + 1) * kEach < count ? (t + 1) * kEach : count;
        T sum = in[t * kEach];
        for (long i = t * kEach + 1; i < end; ++i) {
          const T x = in[i];
          sum = f(sum, x);
        }
        sums[t] = sum;
      });
      __scan<__scan_inclusive>(policy, width, sums, sums, init, f);
    }
    __for(policy, width, [=] __host__ __device__(long t) mutable {
      const long end = (t + 1) * kEach < count ? (t + 1) * kEach : count;
      long i = t * kEach;
      T sum = init;
      if constexpr (kKind == __scan_inclusive) {
        sum = in[i];
        if (t > 0) sum = f(sums[t - 1], sum);
        out[i] = sum;
        ++i;
      } else {
        if (t > 0) sum = f(init, sums[t - 1]);
      }
      for (; i < end; ++i) {
        const T x = in[i];
        if constexpr (kKind == __scan_exclusive) {
          out[i] = sum;
          sum = f(sum, x);
        } else {
          sum = f(sum, x);
          out[i] = sum;
        }
      }
    });
  } else {
    long i = 0;
    T sum = init;
    if constexpr (kKind == __scan_inclusive) {
      sum = in[0];
      out[0] = sum;
      i = 1;
    }
    for (; i < count; ++i) {
      const T x = in[i];
      if constexpr (kKind == __scan_exclusive) {
        out[i] = sum;
        sum = f(sum, x);
      } else {
        sum = f(sum, x);
        out[i] = sum;
      }
    }
  }
}

// Calls put(i, place) for each i that is kept, with how many were kept before it; gives how many are.
template <int kSystem, typename K, typename P>
__host__ __device__ inline long __select(const __policy<kSystem>& policy, long count, K keep, P put) {
  if (count <= 0) return 0;
  if constexpr (kSystem == __on_device) {
    constexpr long kEach = 32;
    const long width = (count + kEach - 1) / kEach;
    __temporary<long> held(width);
    long* const places = held.at;
    __for(policy, width, [=] __host__ __device__(long t) mutable {
      const long end = (t + 1) * kEach < count ? (t + 1) * kEach : count;
      long kept = 0;
      for (long i = t * kEach; i < end; ++i) {
        if (keep(i)) ++kept;
      }
      places[t] = kept;
    });
    __scan<__scan_inclusive>(policy, width, places, places, 0l,
                             [] __host__ __device__(long a, long b) { return a + b; });
    __for(policy, width, [=] __host__ __device__(long t) mutable {
      const long end = (t + 1) * kEach < count ? (t + 1) * kEach : count;
      long place = t > 0 ? places[t - 1] : 0;
      for (long i = t * kEach; i < end; ++i) {
        if (keep(i)) {
          put(i, place);
          ++place;
        }
      }
    });
    long all = 0;
    __read(policy.__stream, &all, places + (width - 1));
    return all;
  } else {
    long place = 0;
    for (long i = 0; i < count; ++i) {
      if (keep(i)) {
        put(i, place);
        ++place;
      }
    }
    return place;
  }
}

}  // namespace thrust
