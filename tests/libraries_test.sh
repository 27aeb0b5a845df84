#!/usr/bin/env bash
# Installs a build and uses its libraries as others would: C through pkg-config and CMake, ptx_run
# through C and ctypes, the wheel in a fresh virtual environment. What Python lacks here is skipped
# and said.
#   tests/libraries_test.sh BUILD_DIR
set -uo pipefail
build=$(cd "$1" && pwd) || exit 2
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
failed=0

# step NAME COMMAND...: one line about one step; what it printed only if it failed.
step() {
  local name=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    echo "$name: ok"
  else
    echo "$name: FAILED"
    tail -40 "$work/log"
    failed=1
    return 1
  fi
}

# A variable of the build's CMake cache.
cached() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }

# Programs that load libraries with sanitizers need them too.
flags=(-std=c99 -Wall -Wextra -Werror -pedantic)
if [[ $(cached WS_MODE) == asan ]]; then flags+=("-fsanitize=address,undefined"); fi

install_build() { cmake --install "$build" --prefix "$prefix"; }
step "installing" install_build || exit 1
libraries=$(dirname "$(find "$prefix" -name libwarpsmith.so)")

# What saxpy must say of its faulty kernel.
run_saxpy() {
  "$@" >"$work/saxpy.out" && cat "$work/saxpy.out" &&
    grep -q '^y\[0\] = 1, y\[1\] = 3, y\[999\] = 1999$' "$work/saxpy.out" &&
    grep -q '^saxpy\.cu:7: .*\[out-of-bounds\]$' "$work/saxpy.out" &&
    grep -q 'in unguarded, block (3, 0, 0), thread (232, 0, 0)$' "$work/saxpy.out"
}

with_pkg_config() {
  local options
  options=$(PKG_CONFIG_PATH=$libraries/pkgconfig \
    pkg-config --cflags --libs warpsmith) || return 1
  # shellcheck disable=SC2086  # options are words
  "${CC:-cc}" "${flags[@]}" bindings/c/saxpy.c $options -o "$work/saxpy" || return 1
  run_saxpy env LD_LIBRARY_PATH="$libraries" "$work/saxpy"
}
step "C with pkg-config" with_pkg_config

with_cmake() {
  cmake -S bindings/c -B "$work/c" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_C_FLAGS="${flags[*]}" &&
    cmake --build "$work/c" && run_saxpy "$work/c/saxpy"
}
step "C with CMake" with_cmake

with_ptx_run() {
  "${CC:-cc}" "${flags[@]}" bindings/c/ptx_run.c -L"$libraries" -lgpuocelot -o "$work/ptx_run" &&
    LD_LIBRARY_PATH=$libraries "$work/ptx_run"
}
step "ptx_run from C" with_ptx_run

if [[ $(cached WS_MODE) == asan ]]; then
  echo "ptx_run from Python: skipped: a library with sanitizers does not load into Python"
  echo "Python package: skipped: it is not built with sanitizers"
  exit $failed
fi

step "ptx_run from Python" \
  env WARPSMITH_FUEL=1000000 python3 -B bindings/c/ptx_run_test.py "$libraries/libgpuocelot.so"

# Modules of many kinds give what they must; with every check on nothing is said of them.
ptx_run_modules() {
  python3 -B tools/ptx_run_speed.py "$build" --launches 310 --runs 1 "$@" >"$work/modules" 2>&1 &&
    cat "$work/modules" && ! grep '^libgpuocelot: ' "$work/modules"
}
step "modules through ptx_run" ptx_run_modules
ptx_run_checked() { WARPSMITH_CHECKS=1 ptx_run_modules --no-c; }
step "modules through ptx_run, every check" ptx_run_checked

with_wheel() {
  "$python" -m venv --system-site-packages "$work/venv" &&
    "$work/venv/bin/pip" install -q --disable-pip-version-check --no-index --no-deps "$wheel" &&
    "$work/venv/bin/python" bindings/python/test_warpsmith.py
}
python=$(cached WS_PYTHON)
# shellcheck disable=SC2012  # names of wheels are plain
wheel=$(ls -t "$build"/python/warpsmith-*.whl 2>/dev/null | head -n 1)
if ! grep -q warpsmith_wheel "$build/build.ninja"; then
  echo "Python package: skipped: python3-dev or pybind11-dev is missing"
elif ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "Python package: skipped: python3-venv is missing for $python"
elif ! "$python" -c 'import numpy' 2>/dev/null; then
  echo "Python package: skipped: python3-numpy is missing for $python"
elif [[ -z $wheel ]]; then
  echo "Python package: FAILED: no wheel in $build/python"
  failed=1
else
  step "Python package" with_wheel
fi
exit $failed
