// Reading and writing the files that a command line names.
#ifndef WARPSMITH_DRIVER_FILES_H_
#define WARPSMITH_DRIVER_FILES_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "driver/verb.h"

namespace ws::driver {

// The whole file, at most 1 MiB: sources are small; PTX (.ptx) may have 256 MiB. The error names
// the file.
Result<std::string> ReadSource(const std::string& path);
Status WriteFile(const std::string& path, std::string_view text);
// Like WriteFile, but a reader sees either the old content or all of the new.
Status ReplaceFile(const std::string& path, std::string_view text);

// Prints the error and returns the exit status that its blame asks for.
int Fail(Context& context, const Error& error);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_FILES_H_
