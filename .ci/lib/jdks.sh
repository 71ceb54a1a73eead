# Finds JDKs. To be read with `source`.

# Prints each directory that may hold a JDK, one a line.
candidate_homes() {
    local variable javac
    [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
    if javac=$(command -v javac); then
        javac=$(readlink -f "$javac" 2>/dev/null || echo "$javac")
        echo "${javac%/bin/javac}"
    fi
    for variable in "${!JAVA_HOME_@}"; do # as in JAVA_HOME_25_X64
        echo "${!variable}"
    done
    printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /opt/hostedtoolcache/Java_*/*/* \
        "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home
}

# Prints the feature version of the JDK in directory $1, as in 17; nothing if there is none.
version_of() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    "$1/bin/java" -XshowSettings:properties -version 2>&1 \
        | sed -n 's/^ *java\.specification\.version = \([0-9.]*\).*/\1/p' || true
}

# Prints the first JDK whose feature version is from $1 to $2; nothing if there is none.
find_jdk() {
    local home version
    while IFS= read -r home; do
        version=$(version_of "$home")
        case $version in
            '' | *.*) continue ;; # no JDK, or 1.8
        esac
        if [ "$version" -ge "$1" ] && [ "$version" -le "$2" ]; then
            echo "$home"
            return
        fi
    done <<<"$(candidate_homes)"
}
