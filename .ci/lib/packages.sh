# Installs what is missing on the machine. To be read with `source`; needs lib/fail.sh.

# Installs the first of the packages that there is.
install_one_of() {
    local package as_root=()
    command -v apt-get >/dev/null || fail "Missing, and there is no apt-get to install it: $1"
    [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
    ${as_root[@]+"${as_root[@]}"} apt-get update -qq
    for package in "$@"; do
        if ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$package"; then
            return
        fi
    done
    fail "Could not install any of: $*"
}

# Succeeds if one of the commands is there.
has_one_of() {
    local name
    for name in "$@"; do
        ! command -v "$name" >/dev/null || return 0
    done
    return 1
}
