// <thrust/system_error.h> in the dialect: what programs catch, and what no algorithm throws here.
#include <thrust/__core>

namespace thrust {

struct system_error : public std::runtime_error {
  system_error(int, const char* what) : std::runtime_error(what) {}
};
namespace system {
using thrust::system_error;
}

}  // namespace thrust
