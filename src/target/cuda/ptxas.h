// Registers per thread as NVIDIA's assembler assigns them, where it is found.
#ifndef WARPSMITH_TARGET_CUDA_PTXAS_H_
#define WARPSMITH_TARGET_CUDA_PTXAS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ws::target::cuda {

// Assembles `ptx` for `arch` ("sm_90") with `ptxas -v`; registers by entry symbol. Errors: ptxas is
// not found or hidden, it does not accept the text, it does not end within a few seconds.
Result<std::map<std::string, uint32_t>> PtxasRegisters(const std::string& ptx,
                                                       std::string_view arch);

// Reads the same from what `ptxas -v` prints.
std::map<std::string, uint32_t> ParsePtxasOutput(std::string_view text);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_PTXAS_H_
