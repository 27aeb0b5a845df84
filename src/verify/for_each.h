// Work on independent items, some threads at a time. The result must not depend on the order.
#ifndef WARPSMITH_VERIFY_FOR_EACH_H_
#define WARPSMITH_VERIFY_FOR_EACH_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

namespace ws::verify {

// Calls body(i) for every i of [0, count), on up to `jobs` threads.
template <typename F>
void ForEach(uint32_t jobs, size_t count, const F& body) {
  const size_t threads = std::min<size_t>(std::max<uint32_t>(jobs, 1), count);
  if (threads <= 1) {
    for (size_t i = 0; i < count; ++i) body(i);
    return;
  }
  std::atomic<size_t> next = 0;
  std::vector<std::jthread> workers;
  for (size_t t = 0; t < threads; ++t) {
    workers.emplace_back([&] {
      for (size_t i = next++; i < count; i = next++) body(i);
    });
  }
}

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_FOR_EACH_H_
