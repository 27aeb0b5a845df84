#include "cxx/device_code.h"

#include "cxx/cache.h"
#include "cxx/include_scan.h"

namespace ws::cxx {
namespace {

std::string TextOf(std::string_view compiler, const DeviceRequest& request) {
  std::vector<std::string_view> texts = {compiler, request.source, request.name};
  const auto add = [&](const std::vector<std::string>& list) {
    const std::vector<std::string_view> views(list.begin(), list.end());
    return PackTexts(views);
  };
  const std::string options = add(request.options), names = add(request.names);
  texts.push_back(options);
  texts.push_back(names);
  for (const Header& header : request.headers) {
    texts.push_back(header.name);
    texts.push_back(header.text);
  }
  return PackTexts(texts);
}

}  // namespace

std::string Packed(const DeviceCode& code) {
  std::vector<std::string_view> texts = {code.accepted ? "1" : "0", code.ptx, code.log};
  texts.insert(texts.end(), code.symbols.begin(), code.symbols.end());
  return PackTexts(texts);
}

std::optional<DeviceCode> Unpacked(std::string_view text, size_t names) {
  std::optional<std::vector<std::string>> texts = UnpackTexts(text);
  if (!texts || texts->size() < 3) return std::nullopt;
  DeviceCode code;
  code.accepted = (*texts)[0] == "1";
  code.ptx = std::move((*texts)[1]);
  code.log = std::move((*texts)[2]);
  for (size_t i = 3; i < texts->size(); ++i) code.symbols.push_back(std::move((*texts)[i]));
  if (code.accepted && code.symbols.size() != names) return std::nullopt;
  return code;
}

Result<DeviceCode> CompileCached(
    std::string_view compiler, const DeviceRequest& request,
    const std::function<Result<DeviceCode>(const DeviceRequest&)>& compile) {
  bool may_keep = !ReadsUnknownFiles(request.source);
  for (const Header& header : request.headers) may_keep &= !ReadsUnknownFiles(header.text);
  if (!may_keep) return compile(request);
  const Cache cache = Cache::FromEnvironment();
  const std::string key = TextOf(compiler, request);
  if (const std::optional<std::string> found = cache.Find(key)) {
    if (std::optional<DeviceCode> code = Unpacked(*found, request.names.size())) {
      return std::move(*code);
    }
  }
  TRY(DeviceCode code, compile(request));
  const Status kept = cache.Keep(key, Packed(code));
  if (!kept.ok()) {
    NoteCacheTrouble("what is compiled is not kept for the next run: " + kept.error().message);
  }
  return code;
}

}  // namespace ws::cxx
