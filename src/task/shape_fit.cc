#include "task/shape_fit.h"

#include <algorithm>
#include <optional>

#include "base/format.h"

namespace ws::task {
namespace {

constexpr size_t kMostNames = 5;      // all products of them are tried
constexpr uint32_t kMostPower = 2;    // of one size
constexpr uint64_t kMostFactor = 64;  // a constant extent beside sizes
constexpr int64_t kMostSummand = 8;

using Powers = std::vector<uint32_t>;  // by name

class Fitter {
 public:
  Fitter(const std::vector<uint64_t>& extents, const std::vector<Sizes>& sizes,
         const std::vector<std::string>& names)
      : extents_(extents), sizes_(sizes), names_(names) {
    names_.resize(std::min(names_.size(), kMostNames));
    ListProducts();
  }

  std::vector<std::string> Fit() const {
    if (std::ranges::all_of(extents_, [&](uint64_t e) { return e == extents_[0]; })) {
      return {std::to_string(extents_[0])};
    }
    for (const Powers& powers : products_) {
      if (Ratio(powers) == 1) return Words(powers);
    }
    for (const Powers& powers : products_) {
      const std::optional<uint64_t> ratio = Ratio(powers);
      if (!ratio || *ratio > kMostFactor) continue;
      std::vector<std::string> words = Words(powers);
      words.push_back(std::to_string(*ratio));
      return words;
    }
    for (const std::string& name : names_) {
      const auto difference = static_cast<int64_t>(extents_[0]) - sizes_[0].at(name);
      bool fits = std::abs(difference) <= kMostSummand;
      for (size_t i = 0; i < extents_.size(); ++i) {
        fits = fits && sizes_[i].at(name) + difference == static_cast<int64_t>(extents_[i]);
      }
      if (fits) {
        return {Format("{} {} {}", name, difference < 0 ? "-" : "+", std::abs(difference))};
      }
    }
    return FitBlocks();
  }

 private:
  void ListProducts() {
    Powers powers(names_.size(), 0);
    while (true) {
      size_t i = 0;
      while (i < powers.size() && powers[i] == kMostPower) powers[i++] = 0;
      if (i == powers.size()) break;
      ++powers[i];
      products_.push_back(powers);
    }
    // By degree; of these the plainer, and names that come first.
    std::ranges::stable_sort(products_, [](const Powers& a, const Powers& b) {
      const auto key = [](const Powers& p) {
        uint32_t degree = 0, most = 0;
        for (const uint32_t power : p) degree += power, most = std::max(most, power);
        return std::pair(degree, most);
      };
      return key(a) < key(b);
    });
  }

  uint64_t Product(const Powers& powers, const Sizes& sizes) const {
    uint64_t product = 1;
    for (size_t k = 0; k < powers.size(); ++k) {
      for (uint32_t p = 0; p < powers[k]; ++p)
        product *= static_cast<uint64_t>(sizes.at(names_[k]));
    }
    return product;
  }

  // extent / product, if that is the same whole number everywhere.
  std::optional<uint64_t> Ratio(const Powers& powers) const {
    std::optional<uint64_t> ratio;
    for (size_t i = 0; i < extents_.size(); ++i) {
      const uint64_t product = Product(powers, sizes_[i]);
      if (product == 0 || extents_[i] % product != 0) return std::nullopt;
      if (ratio && *ratio != extents_[i] / product) return std::nullopt;
      ratio = extents_[i] / product;
    }
    return ratio;
  }

  std::vector<std::string> Words(const Powers& powers) const {
    std::vector<std::string> words;
    for (size_t k = 0; k < powers.size(); ++k) words.insert(words.end(), powers[k], names_[k]);
    return words;
  }

  // Something per block of `width` elements of a product, as partial results are.
  std::vector<std::string> FitBlocks() const {
    for (const Powers& powers : products_) {
      for (uint64_t width = 1024; width >= 2; width /= 2) {
        bool fits = true;
        for (size_t i = 0; i < extents_.size(); ++i) {
          fits = fits && (Product(powers, sizes_[i]) + width - 1) / width == extents_[i];
        }
        if (fits) return {Format("ceil_div({}, {})", Join(Words(powers), " * "), width)};
      }
    }
    return {};
  }

  const std::vector<uint64_t>& extents_;
  const std::vector<Sizes>& sizes_;
  std::vector<std::string> names_;
  std::vector<Powers> products_;
};

}  // namespace

std::vector<std::string> FitShape(const std::vector<uint64_t>& extents,
                                  const std::vector<Sizes>& sizes,
                                  const std::vector<std::string>& names) {
  if (extents.empty() || names.empty()) return {};
  return Fitter(extents, sizes, names).Fit();
}

}  // namespace ws::task
