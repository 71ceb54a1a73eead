# The commands of README.md, each of which is typed by .ci/run or .ci/readme. To be read with `source`; needs
# lib/fail.sh and lib/markdown.sh.

readonly TEST_COMMAND='./mvnw -B verify'
readonly SAMPLE_COMMAND='./mvnw -B -q package -Dmaven.test.skip -pl sample-app -am && java -jar sample-app/target/sample-app.jar --sample.load.enabled=true'
readonly INSTALL_COMMAND='./mvnw -B install -Dmaven.test.skip -pl graceful-spring-boot-starter -am'

# Checks that the dependencies in README.md have the version of the project: another one may still be in the local
# repository, and would be taken for what was built.
check_versions() {
    local version
    version=$(awk '/<artifactId>graceful-parent</ && getline > 0 { gsub(/.*<version>|<.*/, ""); print; exit }' pom.xml)
    [ -n "$version" ] || fail "found no version in pom.xml"
    ! awk '/<artifactId>graceful-/ && getline > 0 { gsub(/.*<version>|<.*/, ""); print }
           match($0, /io\.github\.graceful4j:graceful-[a-z-]*:[^"\047)]*/) {
               named = substr($0, RSTART, RLENGTH); sub(/.*:/, "", named); print named }' README.md \
        | grep -vxF "$version" >&2 \
        || fail "README.md has a dependency whose version is not $version"
}

# Checks that README.md has these commands and no others, which nobody would try.
check_commands() {
    diff <(printf '%s\n' "$TEST_COMMAND" "$SAMPLE_COMMAND" "$INSTALL_COMMAND") <(shell_commands README.md) >&2 \
        || fail "README.md has commands that are not tried (>), or lacks some that are (<): change both together"
    ! grep -nE '^ *(\$ )?(\./mvnw|mvn|gradle|\./gradlew) ' README.md | grep -vF -e "$TEST_COMMAND" -e "$SAMPLE_COMMAND" -e "$INSTALL_COMMAND" >&2 \
        || fail "README.md has a command in a block that is not marked as shell, where it would not be tried"
    ! grep -nE '`(\./mvnw|java|mvn|gradle|\./gradlew|docker) [^`]*`' README.md >&2 \
        || fail "README.md has a command outside of a shell block, where it would not be tried"
}
