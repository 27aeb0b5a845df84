// Tables of what PTX instructions give, which tools/conformance writes (sections.py describes
// them): reading a table, a kernel for a section, and whether a result is what the table says.
// Needs nothing but the language, so that one reading of a table serves the tests and the chip.
#ifndef WARPSMITH_TOOLS_GPU_RUNNER_TABLE_H_
#define WARPSMITH_TOOLS_GPU_RUNNER_TABLE_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gpu {

struct Section {
  struct Operand {
    char name;         // a b c: sources; d e: results
    std::string type;  // as on the `types` line
    bool is_result() const { return name == 'd' || name == 'e'; }
  };
  struct Row {
    std::vector<uint64_t> sources;
    std::vector<std::string> results;  // bits, `nan`, or bits with a bound
  };
  std::string file, text;  // where it stands, the instructions
  std::vector<Operand> operands;
  std::vector<Row> rows;

  uint32_t sources() const;
  uint32_t results() const;
};

// Rows are the threads of blocks of this many, the last block as large as what is left.
inline constexpr uint32_t kTableThreads = 256;

// Empty if the file cannot be read.
std::vector<Section> ReadTable(const std::string& path);

// `.version`, `.target` and `.address_size` of a module of such kernels.
std::string TableHead(const std::string& version, int sm);
// `.entry NAME(.param .u64 in, .param .u64 out)`: thread r loads the sources of row r, executes the
// instructions and stores the results, 8 bytes for every value.
std::string KernelOf(const Section& section, const std::string& name);

// A module of them: k0, k1, ...
std::string ModuleOf(std::span<const Section> sections, const std::string& version, int sm);

// Whether the bits of a result of that type are what is expected.
bool Meets(const std::string& type, const std::string& expected, uint64_t got);

// `add.sat.s32 {d}, {a}, {b}; of 7fffffff 1: 80000000, not 7fffffff` for result `k` of a row.
std::string Difference(const Section& section, const Section::Row& row, uint32_t k, uint64_t got);

}  // namespace gpu

#endif  // WARPSMITH_TOOLS_GPU_RUNNER_TABLE_H_
