// How large a task may be; beyond it, an error says so.
#ifndef WARPSMITH_TASK_LIMITS_H_
#define WARPSMITH_TASK_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace ws::task {

inline constexpr uint64_t kMaxTaskBytes = uint64_t{1} << 18;    // a task.toml
inline constexpr uint64_t kMaxSourceBytes = uint64_t{1} << 20;  // a source it names
inline constexpr size_t kMaxArgs = 64;
inline constexpr size_t kMaxSizes = 64;  // entries of test, of bench
inline constexpr size_t kMaxDimensions = 8;
inline constexpr size_t kMaxExpression = 1024;  // characters; they are parsed again at every size
inline constexpr int64_t kMaxExtent = int64_t{1} << 31;
inline constexpr uint64_t kMaxTestBytes = uint64_t{256} << 20;    // all arrays of a test size
inline constexpr uint64_t kMaxBenchBytes = uint64_t{4096} << 20;  // all arrays of a bench size

}  // namespace ws::task

#endif  // WARPSMITH_TASK_LIMITS_H_
