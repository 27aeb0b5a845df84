#include "program.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <sstream>

namespace gpu {
namespace {

std::vector<uint8_t> ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

double FromHalf(uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  const double sign = (bits & 0x8000) != 0 ? -1.0 : 1.0;
  if (exponent == 31) return fraction != 0 ? NAN : sign * INFINITY;
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  return sign * std::ldexp(1024 + fraction, exponent - 25);
}

// Numbers near zero alone, where no rounding is needed to write them.
uint16_t ToHalf(double value) {
  const auto steps = static_cast<int>(std::lround(value * 256));  // multiples of 1/256
  const int magnitude = std::min(std::abs(steps), 2047);
  if (magnitude == 0) return 0;
  const int top = 31 - __builtin_clz(static_cast<unsigned>(magnitude));
  const int fraction = top > 10 ? magnitude >> (top - 10) : magnitude << (10 - top);
  return static_cast<uint16_t>((steps < 0 ? 0x8000 : 0) | (top - 8 + 15) << 10 | (fraction & 1023));
}

// Element `i` of raw bytes as a number.
double Element(const std::string& dtype, const uint8_t* bytes, uint64_t i) {
  const auto as = [&]<typename T>(T value) {
    std::memcpy(&value, bytes + i * sizeof(T), sizeof(T));
    return value;
  };
  if (dtype == "f32") return as(float{});
  if (dtype == "f64") return as(double{});
  if (dtype == "f16") return FromHalf(as(uint16_t{}));
  if (dtype == "bf16") {
    const uint32_t bits = static_cast<uint32_t>(as(uint16_t{})) << 16;
    float value = 0;
    std::memcpy(&value, &bits, 4);
    return value;
  }
  if (dtype == "i8") return as(int8_t{});
  if (dtype == "i16") return as(int16_t{});
  if (dtype == "i32") return as(int32_t{});
  if (dtype == "u32") return as(uint32_t{});
  if (dtype == "i64") return static_cast<double>(as(int64_t{}));
  return as(uint8_t{});
}

uint64_t BytesOf(const std::string& dtype) {
  if (dtype == "f64" || dtype == "i64") return 8;
  if (dtype == "f32" || dtype == "i32" || dtype == "u32") return 4;
  return dtype == "f16" || dtype == "bf16" || dtype == "i16" ? 2 : 1;
}

// How far apart results may be when operations round in another order or more coarsely.
double Tolerance(const std::string& dtype) {
  if (dtype == "f64") return 1e-12;
  if (dtype == "f32") return 1e-5;
  return dtype == "f16" || dtype == "bf16" ? 1e-2 : 0;
}

std::vector<uint8_t> Draw(const std::string& dtype, uint64_t bytes) {
  std::mt19937_64 engine(1);
  std::normal_distribution<float> normal;
  std::vector<uint8_t> data(bytes);
  const uint64_t size = BytesOf(dtype);
  for (uint64_t i = 0; i < bytes / size; ++i) {
    const float value = normal(engine);
    uint8_t* const at = data.data() + i * size;
    if (dtype == "f32") {
      std::memcpy(at, &value, 4);
    } else if (dtype == "f64") {
      const double wide = value;
      std::memcpy(at, &wide, 8);
    } else if (dtype == "f16") {
      const uint16_t half = ToHalf(value);
      std::memcpy(at, &half, 2);
    } else if (dtype == "bf16") {
      std::memcpy(at, reinterpret_cast<const uint8_t*>(&value) + 2, 2);
    }
  }
  return data;
}

}  // namespace

Program::Program(const Driver& driver, const std::string& folder)
    : driver_(driver), folder_(folder) {
  std::vector<uint8_t> ptx = ReadBytes(Path("kernels.ptx"));
  ptx.push_back(0);
  char log[8192] = "";
  int options[] = {kJitErrorLog, kJitErrorLogBytes};
  void* values[] = {log, reinterpret_cast<void*>(sizeof log)};
  const int status = driver_.LoadModule(&module_, ptx.data(), 2, options, values);
  driver_.Check(status, Path("kernels.ptx") + (log[0] == 0 ? "" : std::string(": ") + log));
  std::ifstream file(Path("launches.txt"));
  if (!file) throw std::runtime_error("cannot read " + Path("launches.txt"));
  for (std::string line; std::getline(file, line);) ReadLine(line);
}

Program::~Program() {
  for (const Buffer& buffer : buffers_) driver_.Free(buffer.address);
  if (module_ != nullptr) driver_.UnloadModule(module_);
}

void Program::ReadLine(const std::string& line) {
  std::istringstream words(line);
  std::string kind, text;
  size_t index = 0;
  words >> kind;
  const auto buffer = [&]() -> Buffer& {
    words >> index;
    if (!words || index >= buffers_.size()) throw std::runtime_error("bad line: " + line);
    return buffers_[index];
  };
  if (kind == "size") {
    std::getline(words >> std::ws, size_);
  } else if (kind == "buffer") {
    Buffer& b = buffers_.emplace_back();
    words >> index >> b.role >> b.bytes >> b.dtype;
    driver_.Check(driver_.Alloc(&b.address, std::max<uint64_t>(b.bytes, 1)), "memory for a buffer");
  } else if (kind == "data") {
    Buffer& b = buffer();
    words >> b.data;
  } else if (kind == "random") {
    Buffer& b = buffer();
    words >> b.random;
  } else if (kind == "expect") {
    Buffer& b = buffer();
    words >> b.expected;
  } else if (kind == "launch") {
    Step& step = steps_.emplace_back();
    std::string symbol, hex, pointers;
    words >> symbol >> step.grid[0] >> step.grid[1] >> step.grid[2] >> step.block[0] >>
        step.block[1] >> step.block[2] >> step.shared >> hex >> pointers;
    if (!words) throw std::runtime_error("bad line: " + line);
    for (size_t i = 0; hex != "-" && i + 1 < hex.size(); i += 2) {
      step.parameters.push_back(static_cast<uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    std::istringstream list(pointers == "-" ? "" : pointers);
    for (std::string item; std::getline(list, item, ',');) {
      unsigned long long offset = 0, which = 0, displacement = 0;
      if (std::sscanf(item.c_str(), "%llu:%llu:%llu", &offset, &which, &displacement) != 3 ||
          which >= buffers_.size() || offset + 8 > step.parameters.size()) {
        throw std::runtime_error("bad line: " + line);
      }
      const Pointer address = buffers_[which].address + displacement;
      std::memcpy(step.parameters.data() + offset, &address, 8);
    }
    driver_.Check(driver_.GetFunction(&step.function, module_, symbol.c_str()), symbol);
    if (step.shared > 48 * 1024) {
      driver_.Check(driver_.SetFunctionAttribute(step.function, kFunctionDynamicShared,
                                                 static_cast<int>(step.shared)),
                    symbol + " with more than 48 KiB of shared memory");
    }
  }
}

void Program::Prepare() {
  for (const Buffer& b : buffers_) {
    if (b.data.empty() && b.random.empty()) {
      driver_.Check(driver_.Set(b.address, 0xa5, b.bytes), "filling a buffer");
      continue;
    }
    const std::vector<uint8_t> bytes =
        b.data.empty() ? Draw(b.random, b.bytes) : ReadBytes(Path(b.data));
    driver_.Check(driver_.CopyIn(b.address, bytes.data(), std::min<size_t>(bytes.size(), b.bytes)),
                  "copying to the device");
  }
}

void Program::Launch() const {
  for (const Step& step : steps_) {
    size_t size = step.parameters.size();
    // CU_LAUNCH_PARAM_BUFFER_POINTER, _SIZE, _END
    void* extra[] = {reinterpret_cast<void*>(1), const_cast<uint8_t*>(step.parameters.data()),
                     reinterpret_cast<void*>(2), &size, nullptr};
    driver_.Check(
        driver_.Launch(step.function, step.grid[0], step.grid[1], step.grid[2], step.block[0],
                       step.block[1], step.block[2], step.shared, nullptr, nullptr, extra),
        "launch");
  }
}

Comparison Program::Compare() const {
  Comparison all;
  for (const Buffer& b : buffers_) {
    if (b.expected.empty()) continue;
    const std::vector<uint8_t> expected = ReadBytes(Path(b.expected));
    std::vector<uint8_t> got(b.bytes);
    driver_.Check(driver_.CopyOut(got.data(), b.address, b.bytes), "copying from the device");
    const uint64_t size = BytesOf(b.dtype), count = std::min(expected.size(), got.size()) / size;
    double scale = 0, largest = 0;
    for (uint64_t i = 0; i < count; ++i) {
      const double want = Element(b.dtype, expected.data(), i);
      if (std::isfinite(want)) scale = std::max(scale, std::abs(want));
    }
    for (uint64_t i = 0; i < count; ++i) {
      ++all.elements;
      if (std::memcmp(expected.data() + i * size, got.data() + i * size, size) == 0) continue;
      const double want = Element(b.dtype, expected.data(), i),
                   is = Element(b.dtype, got.data(), i);
      if (std::isnan(want) && std::isnan(is)) continue;  // any NaN is as good
      ++all.different;
      const double apart = std::abs(want - is) / (scale > 0 ? scale : 1);
      largest = std::max(largest, std::isnan(apart) ? INFINITY : apart);
    }
    all.largest = std::max(all.largest, largest);
    if (largest > Tolerance(b.dtype)) all.close = false;
  }
  return all;
}

}  // namespace gpu
