// Comparing at bench sizes: what is right at small sizes alone is not right.
//
// The reference runs once per bench size in IEEE arithmetic, and once more with shadows on sampled
// blocks (corners, the middle, random ones), which gives the value and the tolerance of the
// elements that they write. A candidate runs completely, without checks; every output element must
// be near the reference's: elements of the sample within twice their tolerance, others within what
// the sample shows for values of their size. An element further off is a suspect: the blocks that
// write it are run with shadows, so that nothing is rejected but by a tolerance of its own. (Twice,
// because among millions of elements some err more than any among thousands, and finding a narrowed
// type is the business of test sizes.) Where no shadow can be had, only
// gross errors are found. Unwritten elements are NaN, or an unlikely integer, and so are found too.
//
// A failure counts only if the baseline is right there. What is too expensive is said so.
#ifndef WARPSMITH_VERIFY_FULL_SIZE_H_
#define WARPSMITH_VERIFY_FULL_SIZE_H_

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "verify/full_reference.h"
#include "verify/trial.h"

namespace ws::verify {

struct FullSizeResult {
  Trial trial;  // failed: at one of the sizes
  std::vector<FullSizeEvidence> evidence;
  uint64_t runs = 0;
};

// The bench sizes of a task. Prepared when first needed; thread-safe.
class FullSizes {
 public:
  FullSizes(const Reference& reference, const Candidate& baseline, uint64_t seed);
  ~FullSizes();

  FullSizeResult Compare(const Climb& climb) const;

 private:
  struct Place;
  // What the baseline does there.
  struct BaselineRun {
    std::string problem;  // it fails
    std::vector<task::Array> outputs;
  };

  const FullReference& ReferenceAt(Place& place) const;
  const BaselineRun& BaselineAt(Place& place) const;
  FullSizeEvidence CompareAt(Place& place, const Climb& climb, FullSizeResult& result) const;

  const Reference& reference_;
  const Candidate& baseline_;
  std::vector<std::unique_ptr<Place>> places_;
};

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_FULL_SIZE_H_
