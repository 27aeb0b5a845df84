// <thrust/...> in the dialect: all but what is for itself.
#include <thrust/__vector>
#include <thrust/__select>
#include <thrust/__sort>
#include <thrust/__search>
