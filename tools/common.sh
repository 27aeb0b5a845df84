# Shared by ./quickstart and ./test; sourced from the root of the repository.

# Installs the Debian packages of tools/packages.txt that are missing. Without root and passwordless
# sudo it lists them and stops with exit status 2.
install_packages() {
  local missing=() package
  while read -r package; do
    [[ -z $package || $package == \#* ]] && continue
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
      missing+=("$package")
  done < tools/packages.txt
  [[ ${#missing[@]} -eq 0 ]] && return
  local sudo=()
  if [[ $EUID -ne 0 ]]; then
    if ! sudo -n true 2>/dev/null; then
      echo "These Debian packages are missing; install them and run this again:" >&2
      echo "  sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
      exit 2
    fi
    sudo=(sudo -n)
  fi
  echo "Installing Debian packages with apt-get: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  "${sudo[@]}" apt-get update -qq || { echo "apt-get update failed" >&2; exit 3; }
  "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    { echo "apt-get could not install them" >&2; exit 3; }
}

# Builds a preset (default: everything in it); quiet unless it fails.
build() {
  local preset=$1 log
  shift
  log=build/$preset.log
  mkdir -p build
  echo "Building build/$preset (log: $log)"
  if ! { cmake --preset "$preset" && cmake --build --preset "$preset" "$@"; } >"$log" 2>&1; then
    grep -E 'error|FAILED|Error' "$log" | head -40 >&2
    tail -5 "$log" >&2
    echo "The build failed; see $log" >&2
    return 1
  fi
}
