# The commands of README.md, each of which is typed by .ci/run or .ci/readme. To be read with `source`; needs
# lib/fail.sh and lib/markdown.sh.

readonly TEST_COMMAND='./mvnw -B verify'
readonly SAMPLE_COMMAND='./mvnw -B -q package -Dmaven.test.skip -pl sample-app -am && java -jar sample-app/target/sample-app.jar --sample.load.enabled=true'
readonly INSTALL_COMMAND='./mvnw -B install -Dmaven.test.skip -pl graceful-spring-boot-starter -am'

# Checks that README.md has these commands and no others, which nobody would try.
check_commands() {
    diff <(printf '%s\n' "$TEST_COMMAND" "$SAMPLE_COMMAND" "$INSTALL_COMMAND") <(shell_commands README.md) >&2 \
        || fail "README.md has commands that are not tried (>), or lacks some that are (<): change both together"
    ! grep -nE '`(\./mvnw|java|mvn) [^`]*`' README.md >&2 \
        || fail "README.md has a command outside of a shell block, where it would not be tried"
}
