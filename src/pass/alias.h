// Which accesses of a kernel may touch the same memory. Host only.
#ifndef WARPSMITH_PASS_ALIAS_H_
#define WARPSMITH_PASS_ALIAS_H_

#include <cstdint>
#include <vector>

#include "ir/module.h"

namespace ws::pass {

// Memory apart from other memory: a state space, or what a pointer parameter leads to.
struct Region {
  static constexpr uint32_t kAny = 0xffffffff;

  ir::Space space = ir::Space::kGeneric;
  uint32_t param = kAny;     // of the kernel
  bool is_restrict = false;  // the parameter is __restrict__
  bool operator==(const Region&) const = default;
};

// Accesses of different state spaces do not meet, and what is reached through a `__restrict__`
// parameter is reached through no other (CUDA C++ guide, "__restrict__").
bool MayOverlap(const Region& a, const Region& b);

class Regions {
 public:
  Regions(const ir::Module& module, ir::FunctionId function);
  // Of a load, store or atomic.
  Region Of(const ir::Inst& access) const;

 private:
  // The parameter that an address is computed from.
  enum : uint32_t { kUnseen = 0xfffffffd, kNumber = 0xfffffffe, kSeveral = Region::kAny };
  uint32_t RootOf(const ir::Operand& o) const;
  uint32_t RootOf(const ir::Inst& inst) const;

  const ir::Module& m_;
  const ir::Function& f_;
  std::vector<uint32_t> roots_;  // by register: a parameter's number, or one of the above
};

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_ALIAS_H_
