#include "task/npy.h"

#include "base/format.h"
#include "task/element.h"

namespace ws::task {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";

std::string_view DescrOf(DType dtype) {
  switch (dtype) {
    case DType::kF16:
      return "<f2";
    case DType::kBF16:
      return "<u2";  // NumPy has no bf16; its bits
    case DType::kF32:
      return "<f4";
    case DType::kF64:
      return "<f8";
    case DType::kI8:
      return "|i1";
    case DType::kU8:
      return "|u1";
    case DType::kI16:
      return "<i2";
    case DType::kI32:
      return "<i4";
    case DType::kU32:
      return "<u4";
    case DType::kI64:
      return "<i8";
    case DType::kBool:
      return "|b1";
  }
  return "";
}

// The text between quotes behind `'key':` in the header's dictionary.
std::string_view Quoted(std::string_view header, std::string_view key) {
  const size_t at = header.find(key);
  if (at == std::string_view::npos) return {};
  const size_t open = header.find('\'', at + key.size());
  if (open == std::string_view::npos) return {};
  const size_t close = header.find('\'', open + 1);
  if (close == std::string_view::npos) return {};
  return header.substr(open + 1, close - open - 1);
}

}  // namespace

bool IsNpy(std::string_view file) { return file.starts_with(kMagic); }

Result<std::string_view> NpyData(std::string_view file, DType dtype) {
  const auto byte = [&](size_t i) { return static_cast<size_t>(static_cast<uint8_t>(file[i])); };
  if (file.size() < 12) return Error{"the .npy file is too short"};
  const bool is_v1 = byte(6) == 1;
  const size_t begin = is_v1 ? 10 : 12;
  const size_t length = byte(8) | byte(9) << 8 | (is_v1 ? 0 : (byte(10) << 16 | byte(11) << 24));
  if (length > file.size() - begin) return Error{"the .npy file is too short"};
  const std::string_view header = file.substr(begin, length);
  const std::string_view descr = Quoted(header, "'descr':");
  if (descr != DescrOf(dtype)) {
    return Error{
        Format("the .npy file has elements `{}`; {} is `{}`", descr, Name(dtype), DescrOf(dtype))};
  }
  if (header.find("'fortran_order': False") == std::string_view::npos) {
    return Error{"the .npy file is in Fortran order; save it in C order"};
  }
  return file.substr(begin + length);
}

}  // namespace ws::task
