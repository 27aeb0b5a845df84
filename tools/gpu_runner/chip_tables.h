// The conformance tables on the chip: every section a kernel, every result held against its row.
#ifndef WARPSMITH_TOOLS_GPU_RUNNER_CHIP_TABLES_H_
#define WARPSMITH_TOOLS_GPU_RUNNER_CHIP_TABLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "driver.h"
#include "table.h"

namespace gpu {

struct TableResult {
  std::string file;
  uint64_t sections = 0, rows = 0;
  uint64_t wrong_sections = 0, wrong_rows = 0;
  std::vector<std::string> differences;  // the first of each wrong section
  std::vector<std::string> refused;      // sections that the driver or the chip does not take
};

// Runs the tables (*.txt) of a folder on a device of compute capability `sm`.
std::vector<TableResult> RunTables(const Driver& driver, const std::string& folder, int sm);

// One line a table, what differs, and a sum; whether nothing does.
bool PrintTables(const std::vector<TableResult>& results);

}  // namespace gpu

#endif  // WARPSMITH_TOOLS_GPU_RUNNER_CHIP_TABLES_H_
