// The reference at a bench size: one complete run in IEEE arithmetic, and shadows of what sampled
// blocks write.
#ifndef WARPSMITH_VERIFY_FULL_REFERENCE_H_
#define WARPSMITH_VERIFY_FULL_REFERENCE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "verify/pool.h"

namespace ws::verify {

// What one complete run may cost here, in warp instructions and bytes of data.
inline constexpr uint64_t kFullRunFuel = uint64_t{1} << 29;
inline constexpr uint64_t kFullRunBytes = uint64_t{512} << 20;

// One element of an output as shadows tell it.
struct ShadowedElement {
  uint64_t element = 0;
  double value = 0, tolerance = 0;
  bool ambiguous = false;
};

class FullReference {
 public:
  // `fuel`: warp instructions that a complete run may take.
  static std::unique_ptr<FullReference> Make(const Reference& reference, const task::Sizes& sizes,
                                             uint64_t seed, uint64_t fuel = kFullRunFuel);

  // Why nothing can be compared here; empty if it can.
  const std::string& problem() const { return problem_; }
  uint64_t seed() const { return seed_; }
  const std::vector<task::Array>& inputs() const { return inputs_; }
  const std::vector<task::Array>& outputs() const { return outputs_; }
  uint64_t cost() const { return cost_; }  // warp instructions
  // Whether the reference rounds anywhere; without, integers have no tolerance.
  bool has_rounding() const { return reference_.has_rounding; }

  // What the sampled blocks write, by output, elements ascending; empty where no shadow is known.
  const std::vector<std::vector<ShadowedElement>>& sample() const { return sample_; }

  // Shadows of these elements (ascending) of an output, as far as they can be had: runs the blocks
  // that write them.
  std::vector<ShadowedElement> ShadowsOf(size_t output, std::span<const uint64_t> elements) const;

 private:
  FullReference(const Reference& reference, task::Sizes sizes, uint64_t seed, uint64_t fuel)
      : reference_(reference), sizes_(std::move(sizes)), seed_(seed), fuel_(fuel) {}

  void Run();
  uint64_t EstimateCost() const;
  std::vector<uint32_t> SampleBlocks() const;
  std::vector<std::vector<ShadowedElement>> RunShadows(const std::vector<uint32_t>& blocks) const;

  const Reference& reference_;
  task::Sizes sizes_;
  uint64_t seed_;
  uint64_t fuel_;
  std::string problem_;
  std::vector<task::Array> inputs_, outputs_;
  std::vector<exec::Launch> launches_;
  uint64_t cost_ = 0;
  std::vector<std::vector<ShadowedElement>> sample_;
};

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_FULL_REFERENCE_H_
