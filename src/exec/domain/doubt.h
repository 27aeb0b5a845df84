// Branches that a comparison within tolerance decides: what the ways write is ambiguous where they
// meet. Found per branch when first needed.
#ifndef WARPSMITH_EXEC_DOMAIN_DOUBT_H_
#define WARPSMITH_EXEC_DOMAIN_DOUBT_H_

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ws::exec {

struct VmInst;

// Two ways from a branch to where they meet.
struct BranchWays {
  uint32_t join = 0xffffffffu;      // position; none: at the end of the function
  std::vector<uint32_t> written;    // offsets of registers and predicates
  bool stores[2] = {false, false};  // whether only this way (taken, not taken) stores
};

struct DoubtTable {
  std::unordered_map<const VmInst*, BranchWays> ways;
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DOMAIN_DOUBT_H_
