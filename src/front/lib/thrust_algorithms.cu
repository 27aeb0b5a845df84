// Copies, transformations, reductions and scans of Thrust in the dialect. Each algorithm is there
// with a policy in front; without one, its iterators say where it runs.
#include <thrust/__functional>
#include <thrust/__iterators>
#include <thrust/__launch>

namespace thrust {

#define WS_AT [=] __host__ __device__(long i) mutable

// --- for each

template <int S, typename I, typename N, typename F>
__host__ __device__ I for_each_n(const __policy<S>& policy, I first, N count, F f) {
  auto in = __as<S>(first);
  __for(policy, (long)count, WS_AT { f(in[i]); });
  return first + (long)count;
}
template <typename I, typename N, typename F>
__host__ I for_each_n(I first, N count, F f) {
  return for_each_n(typename __where<I>::type(), first, count, f);
}
template <int S, typename I, typename F>
__host__ __device__ I for_each(const __policy<S>& policy, I first, I last, F f) {
  return for_each_n(policy, first, last - first, f);
}
template <typename I, typename F>
__host__ I for_each(I first, I last, F f) {
  return for_each_n(typename __where<I>::type(), first, last - first, f);
}

// --- copies, between the host and the device too

template <int S, typename I, typename O>
__host__ __device__ O copy(const __policy<S>& policy, I first, I last, O out) {
  auto in = __as<S>(first);
  auto to = __as<S>(out);
  __for(policy, last - first, WS_AT { to[i] = in[i]; });
  return out + (last - first);
}
// From one side to the other: elements lie one after the other in memory on both sides.
template <typename I, typename O>
__host__ O __copy_across(I first, long count, O out) {
  using T = __value_of<I>;
  using U = __value_of<O>;
  if (count <= 0) return out;
  if constexpr (__system_of<O>::value == __on_device) {
    U* const staged = new U[count];
    for (long i = 0; i < count; ++i) staged[i] = first[i];
    if constexpr (std::is_pointer<typename __raw_of<O>::type>::value) {
      cudaMemcpy(__raw_of<O>::get(out), staged, count * sizeof(U), cudaMemcpyHostToDevice);
    } else {
      const __temporary<U> there(count);
      cudaMemcpy(there.at, staged, count * sizeof(U), cudaMemcpyHostToDevice);
      copy(device, (const U*)there.at, (const U*)there.at + count, out);
    }
    delete[] staged;
  } else {
    T* const staged = new T[count];
    if constexpr (std::is_pointer<typename __raw_of<I>::type>::value) {
      cudaMemcpy(staged, __raw_of<I>::get(first), count * sizeof(T), cudaMemcpyDeviceToHost);
    } else {
      const __temporary<T> there(count);
      copy(device, first, first + count, there.at);
      cudaMemcpy(staged, there.at, count * sizeof(T), cudaMemcpyDeviceToHost);
    }
    O to = out;
    for (long i = 0; i < count; ++i, ++to) *to = staged[i];
    delete[] staged;
  }
  return out + count;
}
template <typename I, typename O>
__host__ O copy(I first, I last, O out) {
  if constexpr (__join(__system_of<I>::value, __system_of<O>::value) < 0) {
    return __copy_across(first, last - first, out);
  } else {
    return copy(typename __where<I, O>::type(), first, last, out);
  }
}
template <int S, typename I, typename N, typename O>
__host__ __device__ O copy_n(const __policy<S>& policy, I first, N count, O out) {
  return copy(policy, first, first + (long)count, out);
}
template <typename I, typename N, typename O>
__host__ O copy_n(I first, N count, O out) {
  return copy(first, first + (long)count, out);
}
template <int S, typename I, typename O>
__host__ __device__ O uninitialized_copy(const __policy<S>& policy, I first, I last, O out) {
  return copy(policy, first, last, out);
}
template <typename I, typename O>
__host__ O uninitialized_copy(I first, I last, O out) {
  return copy(first, last, out);
}
template <int S, typename I, typename J>
__host__ __device__ J swap_ranges(const __policy<S>& policy, I first, I last, J other) {
  auto a = __as<S>(first);
  auto b = __as<S>(other);
  __for(policy, last - first, WS_AT {
    const __value_of<I> x = a[i];
    const __value_of<I> y = b[i];
    a[i] = y;
    b[i] = x;
  });
  return other + (last - first);
}
template <typename I, typename J>
__host__ J swap_ranges(I first, I last, J other) {
  return swap_ranges(typename __where<I, J>::type(), first, last, other);
}
template <int S, typename I>
__host__ __device__ void reverse(const __policy<S>& policy, I first, I last) {
  auto at = __as<S>(first);
  const long count = last - first;
  __for(policy, count / 2, WS_AT {
    const __value_of<I> x = at[i];
    const __value_of<I> y = at[count - 1 - i];
    at[i] = y;
    at[count - 1 - i] = x;
  });
}
template <typename I>
__host__ void reverse(I first, I last) {
  reverse(typename __where<I>::type(), first, last);
}
template <int S, typename I, typename O>
__host__ __device__ O reverse_copy(const __policy<S>& policy, I first, I last, O out) {
  return copy(policy, reverse_iterator<I>(last), reverse_iterator<I>(first), out);
}
template <typename I, typename O>
__host__ O reverse_copy(I first, I last, O out) {
  return copy(reverse_iterator<I>(last), reverse_iterator<I>(first), out);
}

// --- values

template <int S, typename I, typename N, typename T>
__host__ __device__ I fill_n(const __policy<S>& policy, I first, N count, const T& value) {
  auto to = __as<S>(first);
  const T x = value;
  __for(policy, (long)count, WS_AT { to[i] = x; });
  return first + (long)count;
}
template <typename I, typename N, typename T>
__host__ I fill_n(I first, N count, const T& value) {
  return fill_n(typename __where<I>::type(), first, count, value);
}
template <int S, typename I, typename T>
__host__ __device__ void fill(const __policy<S>& policy, I first, I last, const T& value) {
  fill_n(policy, first, last - first, value);
}
template <typename I, typename T>
__host__ void fill(I first, I last, const T& value) {
  fill_n(typename __where<I>::type(), first, last - first, value);
}
template <int S, typename I, typename T>
__host__ __device__ void uninitialized_fill(const __policy<S>& policy, I first, I last,
                                            const T& value) {
  fill_n(policy, first, last - first, value);
}
template <typename I, typename T>
__host__ void uninitialized_fill(I first, I last, const T& value) {
  fill_n(typename __where<I>::type(), first, last - first, value);
}
template <int S, typename I, typename T, typename D>
__host__ __device__ void sequence(const __policy<S>& policy, I first, I last, T init, D step) {
  auto to = __as<S>(first);
  __for(policy, last - first, WS_AT { to[i] = init + (T)i * step; });
}
template <int S, typename I, typename T>
__host__ __device__ void sequence(const __policy<S>& policy, I first, I last, T init) {
  auto to = __as<S>(first);
  __for(policy, last - first, WS_AT { to[i] = init + (T)i; });
}
template <int S, typename I>
__host__ __device__ void sequence(const __policy<S>& policy, I first, I last) {
  auto to = __as<S>(first);
  __for(policy, last - first, WS_AT { to[i] = (__value_of<I>)i; });
}
template <typename I, typename T, typename D>
__host__ void sequence(I first, I last, T init, D step) {
  sequence(typename __where<I>::type(), first, last, init, step);
}
template <typename I, typename T>
__host__ void sequence(I first, I last, T init) {
  sequence(typename __where<I>::type(), first, last, init);
}
template <typename I>
__host__ void sequence(I first, I last) {
  sequence(typename __where<I>::type(), first, last);
}
template <int S, typename I, typename N, typename F>
__host__ __device__ I generate_n(const __policy<S>& policy, I first, N count, F make) {
  auto to = __as<S>(first);
  __for(policy, (long)count, WS_AT {
    const __value_of<I> x = make();
    to[i] = x;
  });
  return first + (long)count;
}
template <typename I, typename N, typename F>
__host__ I generate_n(I first, N count, F make) {
  return generate_n(typename __where<I>::type(), first, count, make);
}
template <int S, typename I, typename F>
__host__ __device__ void generate(const __policy<S>& policy, I first, I last, F make) {
  generate_n(policy, first, last - first, make);
}
template <typename I, typename F>
__host__ void generate(I first, I last, F make) {
  generate_n(typename __where<I>::type(), first, last - first, make);
}
template <int S, typename I, typename F>
__host__ __device__ void tabulate(const __policy<S>& policy, I first, I last, F f) {
  auto to = __as<S>(first);
  __for(policy, last - first, WS_AT {
    const auto x = f(i);
    to[i] = x;
  });
}
template <typename I, typename F>
__host__ void tabulate(I first, I last, F f) {
  tabulate(typename __where<I>::type(), first, last, f);
}

// --- functions of elements

template <int S, typename I, typename O, typename F>
__host__ __device__ O transform(const __policy<S>& policy, I first, I last, O out, F f) {
  auto in = __as<S>(first);
  auto to = __as<S>(out);
  __for(policy, last - first, WS_AT {
    const auto x = f(in[i]);
    to[i] = x;
  });
  return out + (last - first);
}
template <typename I, typename O, typename F>
__host__ O transform(I first, I last, O out, F f) {
  return transform(typename __where<I, O>::type(), first, last, out, f);
}
template <int S, typename I, typename J, typename O, typename F>
__host__ __device__ O transform(const __policy<S>& policy, I first, I last, J other, O out, F f) {
  auto a = __as<S>(first);
  auto b = __as<S>(other);
  auto to = __as<S>(out);
  __for(policy, last - first, WS_AT {
    const auto x = f(a[i], b[i]);
    to[i] = x;
  });
  return out + (last - first);
}
template <typename I, typename J, typename O, typename F>
__host__ O transform(I first, I last, J other, O out, F f) {
  return transform(typename __where<I, J, O>::type(), first, last, other, out, f);
}
template <int S, typename I, typename O, typename F, typename Q>
__host__ __device__ O transform_if(const __policy<S>& policy, I first, I last, O out, F f, Q holds) {
  auto in = __as<S>(first);
  auto to = __as<S>(out);
  __for(policy, last - first, WS_AT {
    if (holds(in[i])) {
      const auto x = f(in[i]);
      to[i] = x;
    }
  });
  return out + (last - first);
}
template <typename I, typename O, typename F, typename Q>
__host__ O transform_if(I first, I last, O out, F f, Q holds) {
  return transform_if(typename __where<I, O>::type(), first, last, out, f, holds);
}
template <int S, typename I, typename J, typename O, typename F, typename Q>
__host__ __device__ O transform_if(const __policy<S>& policy, I first, I last, J stencil, O out, F f,
                                   Q holds) {
  auto in = __as<S>(first);
  auto asked = __as<S>(stencil);
  auto to = __as<S>(out);
  __for(policy, last - first, WS_AT {
    if (holds(asked[i])) {
      const auto x = f(in[i]);
      to[i] = x;
    }
  });
  return out + (last - first);
}
template <typename I, typename J, typename O, typename F, typename Q>
__host__ O transform_if(I first, I last, J stencil, O out, F f, Q holds) {
  return transform_if(typename __where<I, J, O>::type(), first, last, stencil, out, f, holds);
}
template <int S, typename I, typename O, typename F>
__host__ __device__ O adjacent_difference(const __policy<S>& policy, I first, I last, O out, F f) {
  auto in = __as<S>(first);
  auto to = __as<S>(out);
  using T = __value_of<I>;
  const long count = last - first;
  if constexpr (S == __on_device) {
    // The source may be the destination.
    const __temporary<T> held(count);
    T* const copied = held.at;
    __for(policy, count, WS_AT { copied[i] = in[i]; });
    __for(policy, count, WS_AT {
      if (i == 0) {
        to[i] = copied[i];
      } else {
        const auto x = f(copied[i], copied[i - 1]);
        to[i] = x;
      }
    });
  } else {
    if (count <= 0) return out;
    T before = in[0];
    to[0] = before;
    for (long i = 1; i < count; ++i) {
      const T x = in[i];
      to[i] = f(x, before);
      before = x;
    }
  }
  return out + count;
}
template <int S, typename I, typename O>
__host__ __device__ O adjacent_difference(const __policy<S>& policy, I first, I last, O out) {
  return adjacent_difference(policy, first, last, out, minus<__value_of<I>>());
}
template <typename I, typename O, typename F>
__host__ O adjacent_difference(I first, I last, O out, F f) {
  return adjacent_difference(typename __where<I, O>::type(), first, last, out, f);
}
template <typename I, typename O>
__host__ O adjacent_difference(I first, I last, O out) {
  return adjacent_difference(typename __where<I, O>::type(), first, last, out,
                             minus<__value_of<I>>());
}

// --- elements by index

template <int S, typename M, typename I, typename O>
__host__ __device__ O gather(const __policy<S>& policy, M first, M last, I elements, O out) {
  auto map = __as<S>(first);
  auto in = __as<S>(elements);
  auto to = __as<S>(out);
  __for(policy, last - first, WS_AT { to[i] = in[(long)map[i]]; });
  return out + (last - first);
}
template <typename M, typename I, typename O>
__host__ O gather(M first, M last, I elements, O out) {
  return gather(typename __where<M, I, O>::type(), first, last, elements, out);
}
template <int S, typename M, typename J, typename I, typename O, typename Q>
__host__ __device__ O gather_if(const __policy<S>& policy, M first, M last, J stencil, I elements,
                                O out, Q holds) {
  auto map = __as<S>(first);
  auto asked = __as<S>(stencil);
  auto in = __as<S>(elements);
  auto to = __as<S>(out);
  __for(policy, last - first, WS_AT {
    if (holds(asked[i])) to[i] = in[(long)map[i]];
  });
  return out + (last - first);
}
template <typename M, typename J, typename I, typename O, typename Q>
__host__ O gather_if(M first, M last, J stencil, I elements, O out, Q holds) {
  return gather_if(typename __where<M, J, I, O>::type(), first, last, stencil, elements, out, holds);
}
template <typename M, typename J, typename I, typename O>
__host__ O gather_if(M first, M last, J stencil, I elements, O out) {
  return gather_if(typename __where<M, J, I, O>::type(), first, last, stencil, elements, out,
                   identity<__value_of<J>>());
}
template <int S, typename I, typename M, typename O>
__host__ __device__ void scatter(const __policy<S>& policy, I first, I last, M places, O out) {
  auto in = __as<S>(first);
  auto map = __as<S>(places);
  auto to = __as<S>(out);
  __for(policy, last - first, WS_AT { to[(long)map[i]] = in[i]; });
}
template <typename I, typename M, typename O>
__host__ void scatter(I first, I last, M places, O out) {
  scatter(typename __where<I, M, O>::type(), first, last, places, out);
}
template <int S, typename I, typename M, typename J, typename O, typename Q>
__host__ __device__ void scatter_if(const __policy<S>& policy, I first, I last, M places, J stencil,
                                    O out, Q holds) {
  auto in = __as<S>(first);
  auto map = __as<S>(places);
  auto asked = __as<S>(stencil);
  auto to = __as<S>(out);
  __for(policy, last - first, WS_AT {
    if (holds(asked[i])) to[(long)map[i]] = in[i];
  });
}
template <typename I, typename M, typename J, typename O, typename Q>
__host__ void scatter_if(I first, I last, M places, J stencil, O out, Q holds) {
  scatter_if(typename __where<I, M, J, O>::type(), first, last, places, stencil, out, holds);
}
template <typename I, typename M, typename J, typename O>
__host__ void scatter_if(I first, I last, M places, J stencil, O out) {
  scatter_if(typename __where<I, M, J, O>::type(), first, last, places, stencil, out,
             identity<__value_of<J>>());
}
#undef WS_AT

}  // namespace thrust
