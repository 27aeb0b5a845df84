#include "tests/mutation/equivalence.h"

#include "base/hash.h"
#include "ir/print.h"
#include "verify/sizes.h"

namespace ws::mutation {
namespace {

constexpr uint64_t kDataBytes = 1 << 20;  // of a drawn size

bool SameBits(const std::vector<task::Array>& a, const std::vector<task::Array>& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i].bytes != b[i].bytes) return false;
  }
  return a.size() == b.size();
}

}  // namespace

uint64_t CodeHash(const task::Program& program) {
  uint64_t hash = HashText(ir::Dump(program.module()));
  for (const ir::Global& global : program.module().globals) {  // a dump leaves their contents out
    const auto* init = reinterpret_cast<const char*>(global.init.data());
    hash = HashCombine(hash, HashText({init, global.init.size()}));
  }
  return hash;
}

Result<Agreement> CompareBits(const task::Task& task, const verify::Candidate& original,
                              const verify::Candidate& mutant, size_t drawn, uint64_t seed) {
  std::vector<task::Sizes> sizes = task.test_sizes;
  const verify::SizeSpace space(task);
  for (task::Sizes& further : space.Screen(seed, kDataBytes, drawn)) {
    sizes.push_back(std::move(further));
  }
  Agreement agreement;
  exec::RunOptions options;
  options.checks = false;
  options.limits.fuel = uint64_t{1} << 26;
  for (size_t i = 0; i < sizes.size(); ++i) {
    for (const task::Family family : {task::Family::kFromInit, task::Family::kCancelling}) {
      TRY(const std::vector<task::Array> inputs,
          task::MakeInputs(task, sizes[i], family, HashCombine(seed, i)));
      TRY(const verify::RunResult a,
          verify::Session(original, task).Run(inputs, sizes[i], options));
      if (!a.clean) continue;
      TRY(const verify::RunResult b, verify::Session(mutant, task).Run(inputs, sizes[i], options));
      ++agreement.runs;
      if (b.clean && SameBits(a.outputs, b.outputs)) ++agreement.same_bits;
    }
  }
  return agreement;
}

}  // namespace ws::mutation
