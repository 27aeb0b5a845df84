#include "base/tools.h"

#include <cstdlib>

#include "tests/test.h"

namespace ws {
namespace {

// Sets WARPSMITH_HIDE for one test.
class HideScope {
 public:
  explicit HideScope(const char* value) {
    if (const char* old = std::getenv("WARPSMITH_HIDE")) old_ = old;
    setenv("WARPSMITH_HIDE", value, 1);
  }
  ~HideScope() { setenv("WARPSMITH_HIDE", old_.c_str(), 1); }

 private:
  std::string old_;
};

TEST(Tools, FindsTheShellOnThePath) {
  const HideScope nothing("");
  EXPECT_TRUE(FindTool("sh").has_value());
  EXPECT_FALSE(FindTool("no-such-tool-here").has_value());
}

TEST(Tools, HiddenToolsAreNotFound) {
  const HideScope scope("nvcc,sh");
  EXPECT_TRUE(IsHidden("nvcc"));
  EXPECT_FALSE(IsHidden("nv"));
  EXPECT_FALSE(FindTool("sh").has_value());
}

TEST(Tools, FindsTheLibraryOfTheCLanguage) {
  const HideScope nothing("");
  EXPECT_TRUE(FindLibrary("c").has_value());
  const HideScope scope("c");
  EXPECT_FALSE(FindLibrary("c").has_value());
}

}  // namespace
}  // namespace ws
