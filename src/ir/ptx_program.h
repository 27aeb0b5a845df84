// A PTX text read to a module that owns everything it is made of. Host only.
#ifndef WARPSMITH_IR_PTX_PROGRAM_H_
#define WARPSMITH_IR_PTX_PROGRAM_H_

#include <memory>
#include <string>
#include <vector>

#include "base/arena_memory.h"
#include "diag/render.h"
#include "ir/module.h"

namespace ws::ir {

class PtxProgram {
 public:
  PtxProgram(std::string name, std::string text);
  PtxProgram(const PtxProgram&) = delete;
  PtxProgram& operator=(const PtxProgram&) = delete;

  // Whether the module may be used. Warnings do not count.
  bool ok() const { return ok_; }
  const Module& module() const { return module_; }
  Module& module() { return module_; }
  const std::vector<diag::Rendered>& diagnostics() const { return diagnostics_; }

 private:
  std::string name_;
  std::string text_;
  ArenaMemory memory_;
  Module module_;
  bool ok_ = false;
  std::vector<diag::Rendered> diagnostics_;
};

}  // namespace ws::ir

#endif  // WARPSMITH_IR_PTX_PROGRAM_H_
