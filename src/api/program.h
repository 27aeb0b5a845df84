// A CUDA or PTX text compiled for the engine.
#ifndef WARPSMITH_API_PROGRAM_H_
#define WARPSMITH_API_PROGRAM_H_

#include <memory>
#include <string>

#include "base/result.h"
#include "cxx/kernels.h"
#include "front/compiled.h"
#include "ir/ptx_program.h"
#include "task/program.h"

namespace ws::api {

enum class Language : uint8_t { kCuda, kPtx };
enum class Purpose : uint8_t {
  kExecution,  // the bits and findings of the program as it is written
  kTiming,     // what ptxas would make of it, to be counted; last bits may differ
};

// Owns everything of one text. Immutable.
class Program {
 public:
  // An error holds the compiler's messages, or says what is missing here (Blame::kInfrastructure).
  static Result<std::unique_ptr<Program>> Load(std::string text, std::string name,
                                               Language language, Purpose purpose,
                                               const cxx::KernelSource& kernels = {});

  const ir::Module& module() const { return *module_; }
  const std::string& log() const { return log_; }  // warnings

  // The kernel, or the host function, of this name, or invalid. A kernel may also be named by its
  // PTX symbol, and must be where several have one name.
  ir::FunctionId FindKernel(std::string_view name) const;
  ir::FunctionId FindHost(std::string_view name) const;

 private:
  std::unique_ptr<task::Program> cuda_;
  std::unique_ptr<front::Compiled> timed_;
  std::unique_ptr<ir::PtxProgram> ptx_;
  const ir::Module* module_ = nullptr;
  std::string log_;
};

// Whether `function` is a kernel with a body.
bool IsKernel(const ir::Function& function);

}  // namespace ws::api

#endif  // WARPSMITH_API_PROGRAM_H_
