# Ends a script. To be read with `source`.

fail() {
    echo "error: $*" >&2
    exit 1
}
