// Generated programs as files that run without Warpsmith: kernels in PTX, launches, inputs and what
// must come out, as driver/launch_dump.h describes them. tools/gpu_runner runs them on a GPU.
#ifndef WARPSMITH_TESTS_REFEREE_DUMP_H_
#define WARPSMITH_TESTS_REFEREE_DUMP_H_

#include <cstdint>
#include <string>

#include "base/result.h"

namespace ws::referee {

// Program `text`, run on inputs drawn from the seed, into a folder of its own.
Status DumpCuda(const std::string& text, uint64_t seed, const std::string& folder);
Status DumpPtx(const std::string& text, uint32_t blocks, uint32_t threads, uint64_t seed,
               const std::string& folder);

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_DUMP_H_
