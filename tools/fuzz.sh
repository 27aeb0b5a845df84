#!/usr/bin/env bash
# Builds the fuzz targets (preset `fuzz`: clang, libFuzzer, AddressSanitizer and
# UndefinedBehaviorSanitizer), runs one after another, and prints a table.
#   tools/fuzz.sh [SECONDS [TARGET...]]     default: 60 seconds for each of all targets
#   tools/fuzz.sh --keep [TARGET...]        writes the least inputs that reach what was reached to
#                                           tests/fuzz/corpus/TARGET
# On a machine that does much else, FUZZ_TIMEOUT=60 says how many seconds count as a hang (10).
# Inputs grow in build/fuzz/corpus/TARGET from one run to the next; what crashes, hangs, leaks
# or takes over 2 GiB lies in build/fuzz/found/TARGET-*. Exit status 1 if anything was found.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=build/fuzz
most_input_bytes=8192

keep=false
[[ ${1:-} == --keep ]] && keep=true && shift
seconds=60
[[ ${1:-} =~ ^[0-9]+$ ]] && seconds=$1 && shift
targets=("$@")
if [[ ${#targets[@]} -eq 0 ]]; then
  for file in tests/fuzz/target/*.cc; do targets+=("$(basename "$file" .cc)"); done
fi

[[ -f $build/build.ninja ]] || cmake --preset fuzz >/dev/null || exit 2
nice ninja -C "$build" fuzz >"$build/fuzz.log" 2>&1 || { tail -30 "$build/fuzz.log"; exit 2; }

# The language of a target's inputs, and the folder of seeds in it: what the tree has of them.
language() { sed -n 's/.*FuzzTarget k[A-Za-z]* = {"[a-z_]*", "\([a-z]*\)".*/\1/p' "tests/fuzz/target/$1.cc"; }
for pair in cuda:cu ptx:ptx toml:toml; do
  seeds=$build/seeds/${pair%:*}
  rm -rf "$seeds" && mkdir -p "$seeds"
  find tests examples bench src/front/lib -name "*.${pair#*:}" -size -"$((most_input_bytes / 1024 + 1))"k |
    while read -r file; do cp "$file" "$seeds/${file//\//_}"; done
done

caps=(-rss_limit_mb=2048 -timeout="${FUZZ_TIMEOUT:-10}" -max_len="$most_input_bytes" -verbosity=1)

if $keep; then
  for target in "${targets[@]}"; do
    kept=tests/fuzz/corpus/$target least=$build/least
    rm -rf "$least" && mkdir -p "$least" "$kept"
    "$build/fuzz_$target" "${caps[@]}" -merge=1 -use_counters=0 "$least" "$kept" \
      "$build/corpus/$target" "$build/seeds/$(language "$target")" >"$build/keep-$target.log" 2>&1 ||
      { tail -5 "$build/keep-$target.log"; exit 2; }
    # Files with a name of their own once failed and stay.
    find "$kept" -regextype posix-extended -regex '.*/[0-9a-f]{40}' -delete
    cp "$least"/* "$kept"
    echo "$target: $(find "$kept" -type f | wc -l) inputs, $(du -sb "$kept" | cut -f1) bytes"
  done
  exit 0
fi

found_any=0
mkdir -p "$build/found"
printf '%-14s %10s %8s %8s %6s\n' target executions exec/s edges found
for target in "${targets[@]}"; do
  mkdir -p "$build/corpus/$target"
  end=$((SECONDS + seconds)) executions=0 edges=0 found=0 began=$SECONDS
  while ((SECONDS < end)); do
    log=$build/run-$target.log
    "$build/fuzz_$target" "${caps[@]}" -max_total_time=$((end - SECONDS)) -print_final_stats=1 \
      -dict="$build/fuzz/$(language "$target").dict" -artifact_prefix="$build/found/$target-" \
      "$build/corpus/$target" tests/fuzz/corpus/"$target" "$build/seeds/$(language "$target")" \
      >"$log" 2>&1 || { found=$((found + 1)); grep -m3 -E 'ERROR|SUMMARY|runtime error|broken' "$log"; }
    ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -1)
    reached=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -1)
    executions=$((executions + ${ran:-0}))
    ((${reached:-0} > edges)) && edges=$reached
  done
  took=$((SECONDS - began))
  printf '%-14s %10d %8d %8d %6d\n' "$target" "$executions" "$((executions / (took > 0 ? took : 1)))" "$edges" "$found"
  ((found > 0)) && found_any=1
done
exit $found_any
