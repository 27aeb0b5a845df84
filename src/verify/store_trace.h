// A tracer that chooses the blocks of launches and notes which output elements are written.
#ifndef WARPSMITH_VERIFY_STORE_TRACE_H_
#define WARPSMITH_VERIFY_STORE_TRACE_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "verify/execute.h"

namespace ws::verify {

// Corners, middle and, up to `most`, random blocks of a grid, ascending; all of them if there are
// no more than `most`.
std::vector<uint32_t> SpreadBlocks(const exec::Dim3& grid, uint64_t most, uint64_t seed);

class StoreTrace {
 public:
  // One store to an element of an output.
  struct Store {
    size_t arg;
    uint64_t element;
    uint32_t launch, block;
    bool is_atomic;
  };
  // Which blocks of launch number i to run; an empty list: all.
  using Choose = std::function<std::vector<uint32_t>(uint32_t launch, const exec::Launch&)>;
  using OnStore = std::function<void(const Store&)>;

  // `session` is the one that will run.
  StoreTrace(const Session& session, const task::Task& task, Choose choose, OnStore on_store)
      : session_(session),
        task_(task),
        choose_(std::move(choose)),
        on_store_(std::move(on_store)) {}

  exec::Tracer tracer();
  uint64_t blocks_run() const { return blocks_run_; }

 private:
  struct Range {
    size_t arg;
    uint64_t begin, end;  // flat addresses
  };
  void Begin(const exec::Launch& launch, std::vector<uint32_t>& blocks);
  void OnAccess(const exec::Access& access);

  const Session& session_;
  const task::Task& task_;
  Choose choose_;
  OnStore on_store_;
  std::vector<Range> ranges_;
  uint32_t launch_ = 0;  // number of launches begun
  uint64_t blocks_run_ = 0;
};

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_STORE_TRACE_H_
