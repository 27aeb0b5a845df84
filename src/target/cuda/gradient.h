// The textual gradient: a few sentences, from numbers alone, about what limits a run, on which
// line, how much removing it could give, and what to try (DESIGN §7). People read it, prompts carry
// it.
#ifndef WARPSMITH_TARGET_CUDA_GRADIENT_H_
#define WARPSMITH_TARGET_CUDA_GRADIENT_H_

#include <span>
#include <string>
#include <vector>

#include "ir/module.h"
#include "target/cuda/profile.h"

namespace ws::target::cuda {

// A technique that applies here, and how it fared before (empty if never tried).
struct TechniqueHint {
  std::string name;
  std::string record;
};

// Text for one bench size; `module` is the one that was profiled (its sources give the lines).
std::string TextualGradient(const Arch& arch, const ir::Module& module, const SizeProfile& size);

// The sentence about what to try, to follow that text; empty without hints.
std::string HintText(std::span<const TechniqueHint> hints);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_GRADIENT_H_
