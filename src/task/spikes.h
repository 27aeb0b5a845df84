// Outliers: where an array of the families of spikes has its large values. Along one axis of the
// array each line has one, of the six kinds below in turn; all other values are small. A maximum
// that leaves out the first or last element of a line, or an exponential that overflows, shows.
#ifndef WARPSMITH_TASK_SPIKES_H_
#define WARPSMITH_TASK_SPIKES_H_

#include <cstdint>

#include "base/rng.h"
#include "task/task.h"

namespace ws::task {

class Spikes {
 public:
  // At the last, the first and a random place of the line, positive; then the same, negative.
  static constexpr uint64_t kKinds = 6;

  // No spikes unless the family has them. Lines run along the innermost axis (kSpikes), or along
  // one of the others (kSpikesAcross; of an array of one dimension along that one). The first
  // line's kind is `seed` % kKinds; the rest follows from `rng`.
  Spikes(const Array& array, Family family, uint64_t seed, const Rng& rng);

  // The sign of the spike at an element; 0: there is none.
  int At(uint64_t index) const;

 private:
  uint64_t extent_ = 0;      // of a line; 0: no spikes
  uint64_t stride_ = 1;      // elements from one place of a line to the next
  uint64_t first_kind_ = 0;  // of line 0
  uint64_t salt_ = 0;
};

inline bool HasSpikes(Family family) {
  return family == Family::kSpikes || family == Family::kSpikesAcross;
}

}  // namespace ws::task

#endif  // WARPSMITH_TASK_SPIKES_H_
