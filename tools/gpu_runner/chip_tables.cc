#include "chip_tables.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <span>

namespace gpu {
namespace {

constexpr size_t kSectionsOfModule = 64;
constexpr int kNewestTarget = 90;  // of the instructions in the tables
constexpr size_t kMostShown = 20;

// Memory of the device that is given back.
class DeviceBytes {
 public:
  DeviceBytes(const Driver& driver, size_t bytes) : driver_(driver) {
    driver_.Check(driver_.Alloc(&address_, std::max<size_t>(bytes, 8)), "memory for a table");
  }
  ~DeviceBytes() { driver_.Free(address_); }
  DeviceBytes(const DeviceBytes&) = delete;
  DeviceBytes& operator=(const DeviceBytes&) = delete;
  Pointer address() const { return address_; }

 private:
  const Driver& driver_;
  Pointer address_ = 0;
};

class TableRunner {
 public:
  TableRunner(const Driver& driver, int sm)
      : driver_(driver), target_(std::min(sm, kNewestTarget)) {
    // The newest PTX that the tables want, or that the driver reads.
    for (const char* version : {"8.6", "8.0", "7.8", "7.4"}) {
      version_ = version;
      ModuleHandle* module = nullptr;
      std::string why;
      if (!Load(TableHead(version_, target_) + ".visible .entry k() { ret; }\n", &module, &why)) {
        continue;
      }
      driver_.UnloadModule(module);
      return;
    }
    throw std::runtime_error("the driver reads no PTX that the tables can be written in");
  }

  TableResult Run(const std::string& path) {
    const std::vector<Section> sections = ReadTable(path);
    result_ = {};
    result_.file = std::filesystem::path(path).stem().string();
    for (size_t first = 0; first < sections.size(); first += kSectionsOfModule) {
      const size_t count = std::min(kSectionsOfModule, sections.size() - first);
      RunSections({sections.data() + first, count});
    }
    return result_;
  }

 private:
  bool Load(const std::string& text, ModuleHandle** module, std::string* why) const {
    char log[4096] = "";
    int options[] = {kJitErrorLog, kJitErrorLogBytes};
    void* values[] = {log, reinterpret_cast<void*>(sizeof log)};
    const int status = driver_.LoadModule(module, text.c_str(), 2, options, values);
    if (status == 0) return true;
    *why = log[0] != 0 ? log : driver_.Text(status);
    return false;
  }

  // As one module, or where the driver refuses it as two of half the sections each.
  void RunSections(std::span<const Section> sections) {
    ModuleHandle* module = nullptr;
    std::string why;
    if (!Load(ModuleOf(sections, version_, target_), &module, &why)) {
      if (sections.size() == 1) {
        std::ranges::replace(why, '\n', ' ');
        result_.refused.push_back(sections[0].text + ": " + why.substr(0, 200));
        return;
      }
      const size_t half = sections.size() / 2;
      RunSections(sections.first(half));
      RunSections(sections.subspan(half));
      return;
    }
    for (size_t i = 0; i < sections.size(); ++i) {
      FunctionHandle* function = nullptr;
      driver_.Check(driver_.GetFunction(&function, module, ("k" + std::to_string(i)).c_str()),
                    sections[i].text);
      RunSection(sections[i], function);
    }
    driver_.UnloadModule(module);
  }

  void RunSection(const Section& section, FunctionHandle* function) {
    const auto rows = static_cast<uint32_t>(section.rows.size());
    const uint64_t wrong = result_.wrong_rows;
    for (uint32_t first = 0; first < rows; first += kTableThreads) {
      RunBlock(section, function, first, std::min(kTableThreads, rows - first));
    }
    ++result_.sections;
    result_.rows += rows;
    if (result_.wrong_rows != wrong) ++result_.wrong_sections;
  }

  void RunBlock(const Section& section, FunctionHandle* function, uint32_t first, uint32_t count) {
    std::vector<uint64_t> in;
    for (uint32_t r = 0; r < count; ++r) {
      const auto& sources = section.rows[first + r].sources;
      in.insert(in.end(), sources.begin(), sources.end());
    }
    const uint32_t results = section.results();
    std::vector<uint64_t> out(size_t{count} * results);
    const DeviceBytes from(driver_, 8 * in.size()), to(driver_, 8 * out.size());
    if (!in.empty()) {
      driver_.Check(driver_.CopyIn(from.address(), in.data(), 8 * in.size()), "copying a table");
    }
    driver_.Check(driver_.Set(to.address(), 0, 8 * out.size()), "clearing results");
    Pointer parameters[] = {from.address(), to.address()};
    size_t size = sizeof parameters;
    void* extra[] = {reinterpret_cast<void*>(1), parameters, reinterpret_cast<void*>(2), &size,
                     nullptr};
    driver_.Check(driver_.Launch(function, 1, 1, 1, count, 1, 1, 0, nullptr, nullptr, extra),
                  section.text);
    driver_.Check(driver_.Synchronize(), section.text);
    driver_.Check(driver_.CopyOut(out.data(), to.address(), 8 * out.size()), "copying results");
    for (uint32_t r = 0; r < count; ++r) {
      Compare(section, section.rows[first + r], out.data() + size_t{r} * results);
    }
  }

  void Compare(const Section& section, const Section::Row& row, const uint64_t* got) {
    uint32_t k = 0;
    for (const Section::Operand& o : section.operands) {
      if (!o.is_result()) continue;
      if (!Meets(o.type, row.results.at(k), got[k])) {
        ++result_.wrong_rows;
        if (result_.differences.size() <= result_.wrong_sections) {
          result_.differences.push_back(Difference(section, row, k, got[k]));
        }
        return;
      }
      ++k;
    }
  }

  const Driver& driver_;
  const int target_;
  std::string version_;
  TableResult result_;
};

}  // namespace

std::vector<TableResult> RunTables(const Driver& driver, const std::string& folder, int sm) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  if (files.empty()) throw std::runtime_error("no tables in " + folder);
  TableRunner runner(driver, sm);
  std::vector<TableResult> results;
  for (const std::string& file : files) results.push_back(runner.Run(file));
  return results;
}

bool PrintTables(const std::vector<TableResult>& results) {
  TableResult all;
  std::printf("%-16s %9s %9s %9s %9s\n", "table", "sections", "rows", "differ", "refused");
  const auto line = [](const char* name, const TableResult& r) {
    std::printf("%-16s %9llu %9llu %9llu %9zu\n", name, static_cast<unsigned long long>(r.sections),
                static_cast<unsigned long long>(r.rows),
                static_cast<unsigned long long>(r.wrong_rows), r.refused.size());
  };
  for (const TableResult& r : results) {
    line(r.file.c_str(), r);
    all.sections += r.sections;
    all.rows += r.rows;
    all.wrong_rows += r.wrong_rows;
    const auto add = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    add(all.differences, r.differences);
    add(all.refused, r.refused);
  }
  line("all", all);
  for (size_t i = 0; i < std::min(kMostShown, all.differences.size()); ++i) {
    std::printf("differs: %s\n", all.differences[i].c_str());
  }
  for (size_t i = 0; i < std::min(kMostShown, all.refused.size()); ++i) {
    std::printf("refused: %s\n", all.refused[i].c_str());
  }
  return all.wrong_rows == 0;
}

}  // namespace gpu
