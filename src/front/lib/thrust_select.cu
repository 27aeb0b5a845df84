// What of the elements stays, in the dialect: copy_if, remove, unique, partition, by key.
#include <thrust/__reduce>

namespace thrust {

#define WS_AT [=] __host__ __device__(long i) mutable

// --- copies of some

template <int S, typename I, typename J, typename O, typename Q>
__host__ __device__ O copy_if(const __policy<S>& policy, I first, I last, J stencil, O out,
                              Q holds) {
  auto in = __as<S>(first);
  auto asked = __as<S>(stencil);
  auto to = __as<S>(out);
  return out + __select(
                   policy, last - first, WS_AT { return (bool)holds(asked[i]); },
                   [=] __host__ __device__(long i, long place) mutable { to[place] = in[i]; });
}
template <int S, typename I, typename O, typename Q>
__host__ __device__ O copy_if(const __policy<S>& policy, I first, I last, O out, Q holds) {
  return copy_if(policy, first, last, first, out, holds);
}
template <typename I, typename J, typename O, typename Q>
__host__ O copy_if(I first, I last, J stencil, O out, Q holds) {
  return copy_if(typename __where<I, J, O>::type(), first, last, stencil, out, holds);
}
template <typename I, typename O, typename Q>
__host__ O copy_if(I first, I last, O out, Q holds) {
  return copy_if(typename __where<I, O>::type(), first, last, first, out, holds);
}
template <int S, typename I, typename O, typename Q>
__host__ __device__ O remove_copy_if(const __policy<S>& policy, I first, I last, O out, Q holds) {
  return copy_if(policy, first, last, first, out, not_fn(holds));
}
template <typename I, typename O, typename Q>
__host__ O remove_copy_if(I first, I last, O out, Q holds) {
  return copy_if(first, last, out, not_fn(holds));
}

// Those that are kept move to the front, in order.
template <int S, typename I, typename K>
__host__ __device__ I __keep(const __policy<S>& policy, I first, long count, K keep) {
  using T = __value_of<I>;
  auto at = __as<S>(first);
  if constexpr (S == __on_device) {
    const __temporary<T> held(count);
    T* const kept = held.at;
    const long all = __select(
        policy, count, keep,
        [=] __host__ __device__(long i, long place) mutable { kept[place] = at[i]; });
    __for(policy, all, WS_AT { at[i] = kept[i]; });
    return first + all;
  } else {
    return first + __select(policy, count, keep,
                            [=] __host__ __device__(long i, long place) mutable {
                              const T x = at[i];
                              at[place] = x;
                            });
  }
}
template <int S, typename I, typename Q>
__host__ __device__ I remove_if(const __policy<S>& policy, I first, I last, Q holds) {
  auto in = __as<S>(first);
  return __keep(policy, first, last - first, WS_AT { return !holds(in[i]); });
}
template <typename I, typename Q>
__host__ I remove_if(I first, I last, Q holds) {
  return remove_if(typename __where<I>::type(), first, last, holds);
}
template <int S, typename I, typename J, typename Q>
__host__ __device__ I remove_if(const __policy<S>& policy, I first, I last, J stencil, Q holds) {
  auto asked = __as<S>(stencil);
  return __keep(policy, first, last - first, WS_AT { return !holds(asked[i]); });
}
template <typename I, typename J, typename Q>
__host__ I remove_if(I first, I last, J stencil, Q holds) {
  return remove_if(typename __where<I, J>::type(), first, last, stencil, holds);
}
template <int S, typename I, typename T>
__host__ __device__ I remove(const __policy<S>& policy, I first, I last, const T& value) {
  auto in = __as<S>(first);
  const T x = value;
  return __keep(policy, first, last - first, WS_AT { return !(in[i] == x); });
}
template <typename I, typename T>
__host__ I remove(I first, I last, const T& value) {
  return remove(typename __where<I>::type(), first, last, value);
}

// --- replacements

template <int S, typename I, typename Q, typename T>
__host__ __device__ void replace_if(const __policy<S>& policy, I first, I last, Q holds,
                                    const T& value) {
  auto at = __as<S>(first);
  const T x = value;
  __for(policy, last - first, WS_AT {
    if (holds(at[i])) at[i] = x;
  });
}
template <typename I, typename Q, typename T>
__host__ void replace_if(I first, I last, Q holds, const T& value) {
  replace_if(typename __where<I>::type(), first, last, holds, value);
}
template <int S, typename I, typename J, typename Q, typename T>
__host__ __device__ void replace_if(const __policy<S>& policy, I first, I last, J stencil, Q holds,
                                    const T& value) {
  auto at = __as<S>(first);
  auto asked = __as<S>(stencil);
  const T x = value;
  __for(policy, last - first, WS_AT {
    if (holds(asked[i])) at[i] = x;
  });
}
template <typename I, typename J, typename Q, typename T>
__host__ void replace_if(I first, I last, J stencil, Q holds, const T& value) {
  replace_if(typename __where<I, J>::type(), first, last, stencil, holds, value);
}
template <int S, typename I, typename T>
__host__ __device__ void replace(const __policy<S>& policy, I first, I last, const T& old,
                                 const T& value) {
  auto at = __as<S>(first);
  const T x = value;
  const T y = old;
  __for(policy, last - first, WS_AT {
    if (at[i] == y) at[i] = x;
  });
}
template <typename I, typename T>
__host__ void replace(I first, I last, const T& old, const T& value) {
  replace(typename __where<I>::type(), first, last, old, value);
}

// --- partitions

template <int S, typename I, typename J, typename Q>
__host__ __device__ I __partition(const __policy<S>& policy, I first, long count, J stencil,
                                  Q holds) {
  using T = __value_of<I>;
  if (count <= 0) return first;
  auto at = __as<S>(first);
  auto asked = __as<S>(stencil);
  T* kept = nullptr;
  if constexpr (S == __on_device) {
    kept = __allocate<T>(count);
  } else {
    kept = new T[count];
  }
  const long ones = __select(
      policy, count, WS_AT { return (bool)holds(asked[i]); },
      [=] __host__ __device__(long i, long place) mutable { kept[place] = at[i]; });
  __select(
      policy, count, WS_AT { return !holds(asked[i]); },
      [=] __host__ __device__(long i, long place) mutable { kept[ones + place] = at[i]; });
  __for(policy, count, WS_AT { at[i] = kept[i]; });
  if constexpr (S == __on_device) {
    cudaFree(kept);
  } else {
    delete[] kept;
  }
  return first + ones;
}
template <int S, typename I, typename Q>
__host__ __device__ I partition(const __policy<S>& policy, I first, I last, Q holds) {
  return __partition(policy, first, last - first, first, holds);
}
template <typename I, typename Q>
__host__ I partition(I first, I last, Q holds) {
  return __partition(typename __where<I>::type(), first, last - first, first, holds);
}
template <int S, typename I, typename J, typename Q>
__host__ __device__ I partition(const __policy<S>& policy, I first, I last, J stencil, Q holds) {
  return __partition(policy, first, last - first, stencil, holds);
}
template <typename I, typename J, typename Q>
__host__ I partition(I first, I last, J stencil, Q holds) {
  return __partition(typename __where<I, J>::type(), first, last - first, stencil, holds);
}
template <int S, typename I, typename Q>
__host__ __device__ I stable_partition(const __policy<S>& policy, I first, I last, Q holds) {
  return __partition(policy, first, last - first, first, holds);
}
template <typename I, typename Q>
__host__ I stable_partition(I first, I last, Q holds) {
  return __partition(typename __where<I>::type(), first, last - first, first, holds);
}
template <int S, typename I, typename J, typename Q>
__host__ __device__ I stable_partition(const __policy<S>& policy, I first, I last, J stencil,
                                       Q holds) {
  return __partition(policy, first, last - first, stencil, holds);
}
template <typename I, typename J, typename Q>
__host__ I stable_partition(I first, I last, J stencil, Q holds) {
  return __partition(typename __where<I, J>::type(), first, last - first, stencil, holds);
}
template <int S, typename I, typename O, typename P, typename Q>
__host__ __device__ pair<O, P> partition_copy(const __policy<S>& policy, I first, I last, O yes,
                                              P no, Q holds) {
  const O end_yes = copy_if(policy, first, last, first, yes, holds);
  return pair<O, P>(end_yes, copy_if(policy, first, last, first, no, not_fn(holds)));
}
template <typename I, typename O, typename P, typename Q>
__host__ pair<O, P> partition_copy(I first, I last, O yes, P no, Q holds) {
  return partition_copy(typename __where<I, O, P>::type(), first, last, yes, no, holds);
}

// --- runs of equal elements

template <int S, typename I, typename Q>
__host__ __device__ I unique(const __policy<S>& policy, I first, I last, Q same) {
  auto in = __as<S>(first);
  return __keep(policy, first, last - first, WS_AT { return i == 0 || !same(in[i - 1], in[i]); });
}
template <int S, typename I>
__host__ __device__ I unique(const __policy<S>& policy, I first, I last) {
  return unique(policy, first, last, equal_to<__value_of<I>>());
}
template <typename I, typename Q>
__host__ I unique(I first, I last, Q same) {
  return unique(typename __where<I>::type(), first, last, same);
}
template <typename I>
__host__ I unique(I first, I last) {
  return unique(typename __where<I>::type(), first, last, equal_to<__value_of<I>>());
}
template <int S, typename I, typename O, typename Q>
__host__ __device__ O unique_copy(const __policy<S>& policy, I first, I last, O out, Q same) {
  auto in = __as<S>(first);
  auto to = __as<S>(out);
  return out + __select(
                   policy, last - first, WS_AT { return i == 0 || !same(in[i - 1], in[i]); },
                   [=] __host__ __device__(long i, long place) mutable { to[place] = in[i]; });
}
template <int S, typename I, typename O>
__host__ __device__ O unique_copy(const __policy<S>& policy, I first, I last, O out) {
  return unique_copy(policy, first, last, out, equal_to<__value_of<I>>());
}
template <typename I, typename O, typename Q>
__host__ O unique_copy(I first, I last, O out, Q same) {
  return unique_copy(typename __where<I, O>::type(), first, last, out, same);
}
template <typename I, typename O>
__host__ O unique_copy(I first, I last, O out) {
  return unique_copy(typename __where<I, O>::type(), first, last, out, equal_to<__value_of<I>>());
}
// Compares what lies first in pairs.
template <typename Q>
struct __of_keys {
  Q same;
  template <typename A, typename B>
  __host__ __device__ bool operator()(const A& a, const B& b) {
    return same(a.m0, b.m0);
  }
};
template <int S, typename K, typename V, typename Q>
__host__ __device__ pair<K, V> unique_by_key(const __policy<S>& policy, K first, K last, V values,
                                             Q same) {
  using Z = zip_iterator<tuple<K, V>>;
  const Z begin(tuple<K, V>(first, values));
  const long kept = unique(policy, begin, begin + (last - first), __of_keys<Q>{same}) - begin;
  return pair<K, V>(first + kept, values + kept);
}
template <int S, typename K, typename V>
__host__ __device__ pair<K, V> unique_by_key(const __policy<S>& policy, K first, K last, V values) {
  return unique_by_key(policy, first, last, values, equal_to<__value_of<K>>());
}
template <typename K, typename V, typename Q>
__host__ pair<K, V> unique_by_key(K first, K last, V values, Q same) {
  return unique_by_key(typename __where<K, V>::type(), first, last, values, same);
}
template <typename K, typename V>
__host__ pair<K, V> unique_by_key(K first, K last, V values) {
  return unique_by_key(typename __where<K, V>::type(), first, last, values,
                       equal_to<__value_of<K>>());
}

// --- by key: running sums that begin anew with each run of equal keys

template <typename T>
struct __run {
  T value;
  long runs;  // that begin here or before
  int begins;
};
template <typename F>
struct __join_runs {
  F f;
  template <typename T>
  __host__ __device__ __run<T> operator()(const __run<T>& a, const __run<T>& b) {
    __run<T> joined = b;
    joined.runs = a.runs + b.runs;
    joined.begins = a.begins | b.begins;
    if (b.begins == 0) joined.value = f(a.value, b.value);
    return joined;
  }
};
template <typename T, typename K, typename V, typename Q>
struct __runs_of {
  K keys;
  V values;
  Q same;
  __host__ __device__ __run<T> operator()(long i) {
    __run<T> run;
    run.value = values[i];
    run.begins = i == 0 || !same(keys[i - 1], keys[i]) ? 1 : 0;
    run.runs = run.begins;
    return run;
  }
};
template <typename T, int S, typename K, typename V, typename Q, typename F>
__host__ __device__ void __scan_runs(const __policy<S>& policy, long count, K keys, V values,
                                     Q same, F f, __run<T>* runs) {
  using G = __runs_of<T, K, V, Q>;
  const transform_iterator<G, counting_iterator<long>> in(counting_iterator<long>(0),
                                                          G{keys, values, same});
  __scan<__scan_inclusive>(policy, count, in, runs, __run<T>(), __join_runs<F>{f});
}
template <typename T, int S>
__host__ __device__ T* __room_for(const __policy<S>&, long count) {
  if constexpr (S == __on_device) {
    return __allocate<T>(count);
  } else {
    return new T[count];
  }
}
template <int S, typename T>
__host__ __device__ void __release(const __policy<S>&, T* at) {
  if constexpr (S == __on_device) {
    cudaFree(at);
  } else {
    delete[] at;
  }
}

template <int S, typename K, typename V, typename L, typename W, typename Q, typename F>
__host__ __device__ pair<L, W> reduce_by_key(const __policy<S>& policy, K first, K last, V values,
                                             L keys_out, W values_out, Q same, F f) {
  using T = __value_of<V>;
  const long count = last - first;
  if (count <= 0) return pair<L, W>(keys_out, values_out);
  auto keys = __as<S>(first);
  auto to = __as<S>(keys_out);
  auto sums = __as<S>(values_out);
  __run<T>* const runs = __room_for<__run<T>>(policy, count);
  __scan_runs<T>(policy, count, keys, __as<S>(values), same, f, runs);
  __for(policy, count, WS_AT {
    const long run = runs[i].runs;
    if (i == 0 || runs[i - 1].runs != run) to[run - 1] = keys[i];
    if (i == count - 1 || runs[i + 1].runs != run) sums[run - 1] = runs[i].value;
  });
  long all = 0;
  if constexpr (S == __on_device) {
    __read(policy.__stream, &all, (const long*)&runs[count - 1].runs);
  } else {
    all = runs[count - 1].runs;
  }
  __release(policy, runs);
  return pair<L, W>(keys_out + all, values_out + all);
}
template <int S, typename K, typename V, typename L, typename W, typename Q>
__host__ __device__ pair<L, W> reduce_by_key(const __policy<S>& policy, K first, K last, V values,
                                             L keys_out, W values_out, Q same) {
  return reduce_by_key(policy, first, last, values, keys_out, values_out, same,
                       plus<__value_of<V>>());
}
template <int S, typename K, typename V, typename L, typename W>
__host__ __device__ pair<L, W> reduce_by_key(const __policy<S>& policy, K first, K last, V values,
                                             L keys_out, W values_out) {
  return reduce_by_key(policy, first, last, values, keys_out, values_out,
                       equal_to<__value_of<K>>(), plus<__value_of<V>>());
}
template <typename K, typename V, typename L, typename W, typename Q, typename F>
__host__ pair<L, W> reduce_by_key(K first, K last, V values, L keys_out, W values_out, Q same,
                                  F f) {
  return reduce_by_key(typename __where<K, V, L, W>::type(), first, last, values, keys_out,
                       values_out, same, f);
}
template <typename K, typename V, typename L, typename W, typename Q>
__host__ pair<L, W> reduce_by_key(K first, K last, V values, L keys_out, W values_out, Q same) {
  return reduce_by_key(typename __where<K, V, L, W>::type(), first, last, values, keys_out,
                       values_out, same, plus<__value_of<V>>());
}
template <typename K, typename V, typename L, typename W>
__host__ pair<L, W> reduce_by_key(K first, K last, V values, L keys_out, W values_out) {
  return reduce_by_key(typename __where<K, V, L, W>::type(), first, last, values, keys_out,
                       values_out, equal_to<__value_of<K>>(), plus<__value_of<V>>());
}
template <int S, typename K, typename V, typename O, typename Q, typename F>
__host__ __device__ O inclusive_scan_by_key(const __policy<S>& policy, K first, K last, V values,
                                            O out, Q same, F f) {
  using T = __value_of<V>;
  const long count = last - first;
  if (count <= 0) return out;
  auto to = __as<S>(out);
  __run<T>* const runs = __room_for<__run<T>>(policy, count);
  __scan_runs<T>(policy, count, __as<S>(first), __as<S>(values), same, f, runs);
  __for(policy, count, WS_AT { to[i] = runs[i].value; });
  __release(policy, runs);
  return out + count;
}
template <int S, typename K, typename V, typename O>
__host__ __device__ O inclusive_scan_by_key(const __policy<S>& policy, K first, K last, V values,
                                            O out) {
  return inclusive_scan_by_key(policy, first, last, values, out, equal_to<__value_of<K>>(),
                               plus<__value_of<V>>());
}
template <typename K, typename V, typename O, typename Q, typename F>
__host__ O inclusive_scan_by_key(K first, K last, V values, O out, Q same, F f) {
  return inclusive_scan_by_key(typename __where<K, V, O>::type(), first, last, values, out, same,
                               f);
}
template <typename K, typename V, typename O>
__host__ O inclusive_scan_by_key(K first, K last, V values, O out) {
  return inclusive_scan_by_key(typename __where<K, V, O>::type(), first, last, values, out,
                               equal_to<__value_of<K>>(), plus<__value_of<V>>());
}
template <int S, typename K, typename V, typename O, typename T, typename Q, typename F>
__host__ __device__ O exclusive_scan_by_key(const __policy<S>& policy, K first, K last, V values,
                                            O out, T init, Q same, F f) {
  const long count = last - first;
  if (count <= 0) return out;
  auto to = __as<S>(out);
  __run<T>* const runs = __room_for<__run<T>>(policy, count);
  __scan_runs<T>(policy, count, __as<S>(first), __as<S>(values), same, f, runs);
  __for(policy, count, WS_AT {
    T sum = init;
    if (i > 0 && runs[i - 1].runs == runs[i].runs) sum = f(init, runs[i - 1].value);
    to[i] = sum;
  });
  __release(policy, runs);
  return out + count;
}
template <int S, typename K, typename V, typename O>
__host__ __device__ O exclusive_scan_by_key(const __policy<S>& policy, K first, K last, V values,
                                            O out) {
  return exclusive_scan_by_key(policy, first, last, values, out, __value_of<V>(),
                               equal_to<__value_of<K>>(), plus<__value_of<V>>());
}
template <typename K, typename V, typename O, typename T, typename Q, typename F>
__host__ O exclusive_scan_by_key(K first, K last, V values, O out, T init, Q same, F f) {
  return exclusive_scan_by_key(typename __where<K, V, O>::type(), first, last, values, out, init,
                               same, f);
}
template <typename K, typename V, typename O, typename T>
__host__ O exclusive_scan_by_key(K first, K last, V values, O out, T init) {
  return exclusive_scan_by_key(typename __where<K, V, O>::type(), first, last, values, out, init,
                               equal_to<__value_of<K>>(), plus<T>());
}
template <typename K, typename V, typename O>
__host__ O exclusive_scan_by_key(K first, K last, V values, O out) {
  return exclusive_scan_by_key(typename __where<K, V, O>::type(), first, last, values, out,
                               __value_of<V>());
}
#undef WS_AT

}  // namespace thrust
