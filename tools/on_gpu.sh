#!/usr/bin/env bash
# Everything that wants an NVIDIA GPU, in under ten minutes: device objects, PTX through ptxas, and on
# the chip the conformance tables, generated programs, and the examples' naive kernels and winners,
# their results and times beside ours.
#
#   tools/on_gpu.sh [OUT] [--winners DIR] [--seconds N] [--programs N]
#
# OUT (default build/on_gpu) receives dumps and logs, and measured.md, which is to be put under
# docs/measured. Winners are DIR/EXAMPLE/best.cu where they are there, else `optimize` searches N
# seconds for each (default 20). N programs (default 200) are generated in CUDA, and as many in PTX.
# What this machine lacks is named, and what can be done without it is done. OUT may also be made on
# another machine and copied here: where Warpsmith cannot be built, the dumps in it are used.
# Exit status 0, also without a GPU; 1 if a result is wrong; 2 for bad arguments.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=build/on_gpu winners="" seconds=20 programs=200
while [[ $# -gt 0 ]]; do
  case $1 in
    --winners) winners=${2:?--winners DIR} && shift 2 ;;
    --seconds) seconds=${2:?--seconds N} && shift 2 ;;
    --programs) programs=${2:?--programs N} && shift 2 ;;
    -*) sed -n '2,15p' "${BASH_SOURCE[0]}" && exit 2 ;;
    *) out=$1 && shift ;;
  esac
done
mkdir -p "$out"
begin=$SECONDS
say() { printf '%4ds  %s\n' $((SECONDS - begin)) "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }

# find NAME: a tool on the PATH or where CUDA is installed; nothing if it is hidden or not there.
find() {
  [[ ,${WARPSMITH_HIDE:-}, == *,$1,* ]] && return
  command -v "$1" || { [[ -x /usr/local/cuda/bin/$1 ]] && echo "/usr/local/cuda/bin/$1"; }
}
nvcc=$(find nvcc) ptxas=$(find ptxas)
if have nvidia-smi; then
  nvidia-smi --query-gpu=name,driver_version,clocks.max.sm --format=csv,noheader | sed 's/^/gpu: /'
else
  echo "nvidia-smi: not found"
fi
[[ -n $nvcc ]] && echo "nvcc: $nvcc" || echo "nvcc: not found; device-clean sources are not compiled"
[[ -n $ptxas ]] && echo "ptxas: $ptxas" || echo "ptxas: not found; PTX is assembled by the driver alone"

# Warpsmith itself, built here or brought along.
bin=build/release/warpsmith
referee=build/release/ws_referee
if "$bin" --version >/dev/null 2>&1 && [[ -x $referee ]]; then
  say "warpsmith: $bin is there"
elif ! have cmake || ! have ninja || ! have g++ || ! have python3; then
  say "warpsmith: cannot be built: needs cmake, ninja, g++ and python3 (tools/packages.txt)"
  bin=""
elif cmake --preset release >"$out/build.log" 2>&1 &&
     timeout 400 cmake --build --preset release --target warpsmith ws_referee >>"$out/build.log" 2>&1; then
  say "warpsmith: built"
else
  say "warpsmith: cannot be built: $(grep -hE 'error|not find|No such file' "$out/build.log" | head -1)"
  echo "       Debian packages not installed:" \
    "$(grep -v '^#' tools/packages.txt | xargs -n1 sh -c 'dpkg -s "$0" >/dev/null 2>&1 || echo "$0"' | xargs)"
  bin=""
fi

# dump EXAMPLE VERSION SOURCE: launches, and the modelled time beside them.
dump() {
  local folder=$out/$1/$2
  "$bin" run "$3" --task "examples/$1" --dump-launches "$folder" >"$out/$1.$2.log" 2>&1 || return 1
  "$bin" profile "$3" --task "examples/$1" --kb none --json 2>/dev/null |
    python3 -c 'import json, sys
size = max(json.load(sys.stdin)["sizes"], key=lambda size: size["weight"])
print(size["time"]["low_us"], size["time"]["high_us"])' >"$folder/modelled.txt"
}
if [[ -n $bin ]]; then
  for folder in examples/*/; do
    example=$(basename "$folder")
    dump "$example" naive "$folder/naive.cu" || say "$example naive: $(head -1 "$out/$example.naive.log")"
    best=$winners/$example/best.cu
    if [[ -z $winners || ! -f $best ]]; then
      rm -rf "$out/$example/run"
      "$bin" optimize "examples/$example" --budget "${seconds}s" --kb none -o "$out/$example/run" \
        >"$out/$example.optimize.log" 2>&1
      best=$out/$example/run/best.cu
    fi
    if [[ -f $best ]]; then
      dump "$example" winner "$best" || say "$example winner: $(head -1 "$out/$example.winner.log")"
    else
      say "$example winner: $(head -1 "$out/$example.optimize.log")"
    fi
  done
fi
# What instructions give by the PTX ISA's text, and programs whose results are defined to the bit.
more=()
if have python3 && python3 -B tools/conformance "$out/tables" >"$out/tables.log" 2>&1; then
  say "tables: $(cat "$out"/tables/*.txt | grep -c '^== ') forms in $out/tables"
fi
[[ -d $out/tables ]] && more+=(--tables "$out/tables")
if [[ -n $bin && -x $referee ]]; then
  rm -rf "$out/generated"
  for language in cuda ptx; do
    say "$("$referee" --language $language --count "$programs" --dump "$out/generated" | tail -1)"
  done
fi
[[ -d $out/generated ]] && more+=(--generated "$out/generated")

versions=()
for folder in "$out"/*/naive "$out"/*/winner; do
  [[ -f $folder/check/launches.txt ]] && versions+=("$folder")
done
mapfile -t versions < <(printf '%s\n' "${versions[@]}" | sort)
say "dumped: ${#versions[@]} programs in $out"

if [[ -n $nvcc && -n $bin ]] && have ninja; then
  if timeout 240 nice ninja -C build/release ws_device >"$out/device.log" 2>&1; then
    say "device objects: $(ls -R build/release/device 2>/dev/null | grep -c '\.o$') compiled by nvcc"
  else
    say "device objects: failed or not done in 240 s; see $out/device.log"
  fi
fi

if [[ -n $ptxas ]]; then
  good=0 bad=0
  for file in "$out"/generated/*/kernels.ptx; do
    [[ -f $file ]] || continue
    if "$ptxas" -arch=sm_90 -O0 -o /dev/null "$file" >>"$out/ptxas.log" 2>&1; then
      good=$((good + 1))
    else
      bad=$((bad + 1))
      say "ptxas refuses $file"
    fi
  done
  for folder in "${versions[@]}"; do
    for part in check time; do
      if "$ptxas" -arch=sm_90 -o /dev/null "$folder/$part/kernels.ptx" >>"$out/ptxas.log" 2>&1; then
        good=$((good + 1))
      else
        bad=$((bad + 1))
        say "ptxas refuses $folder/$part/kernels.ptx"
      fi
    done
  done
  say "ptxas: takes $good of $((good + bad)) PTX files"
fi

runner=build/release/gpu_runner
if have g++; then
  g++ -std=c++20 -O2 -o "$out/gpu_runner" tools/gpu_runner/*.cc -ldl && runner=$out/gpu_runner
fi
[[ -x $runner ]] || { say "gpu_runner: needs g++"; exit 0; }
"$runner" "${more[@]}" "${versions[@]}" | tee "$out/table.txt"
status=${PIPESTATUS[0]}
if grep -Eq '^no device|^device: .*no GPU' "$out/table.txt"; then
  say "done; nothing ran on a GPU"
else
  {
    echo "# $(grep -m1 '^device: ' "$out/table.txt" | cut -d' ' -f2- | cut -d, -f1), $(date -u +%F)"
    printf '\n`tools/on_gpu.sh`, commit %s:\n\n```\n' "$(git rev-parse --short HEAD 2>/dev/null)"
    cat "$out/table.txt"
    printf '```\n'
  } >"$out/measured.md"
  say "done; table in $out/table.txt, for docs/measured in $out/measured.md"
fi
exit "$status"
