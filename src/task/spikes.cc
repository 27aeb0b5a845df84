#include "task/spikes.h"

#include <vector>

#include "task/element.h"

namespace ws::task {
namespace {

// The axis along which lines run: across the rows one of the longer ones, if there is any.
size_t AxisOf(const Array& array, Family family, Rng rng) {
  const size_t innermost = array.shape.size() - 1;
  if (family == Family::kSpikes || innermost == 0) return innermost;
  std::vector<size_t> axes;
  for (size_t k = 0; k < innermost; ++k) {
    if (array.shape[k] > 1) axes.push_back(k);
  }
  return axes.empty() ? innermost - 1 : axes[rng.Below(axes.size())];
}

}  // namespace

Spikes::Spikes(const Array& array, Family family, uint64_t seed, const Rng& rng) {
  if (!HasSpikes(family) || array.shape.empty() || ElementCount(array) == 0) return;
  const size_t axis = AxisOf(array, family, rng.Fork(0));
  extent_ = static_cast<uint64_t>(array.shape[axis]);
  for (size_t k = axis + 1; k < array.shape.size(); ++k) {
    stride_ *= static_cast<uint64_t>(array.shape[k]);
  }
  first_kind_ = seed % kKinds;
  salt_ = rng.Fork(1).Next();
}

int Spikes::At(uint64_t index) const {
  if (extent_ == 0) return 0;
  const uint64_t place = index / stride_ % extent_;
  const uint64_t line = index / stride_ / extent_ * stride_ + index % stride_;
  const uint64_t kind = (first_kind_ + line) % kKinds;
  uint64_t spike = 0;
  if (kind % 3 == 0) spike = extent_ - 1;
  if (kind % 3 == 2) spike = Rng(HashCombine(salt_, line)).Below(extent_);
  if (place != spike) return 0;
  return kind < 3 ? 1 : -1;
}

}  // namespace ws::task
