# Starts processes, stops them as a person or a platform would, and reads what they wrote. To be read with `source`;
# needs lib/fail.sh.

started=()

# Starts the command $2... in the background, with its output in file $1; `$!` is its id. It leads a group of its own, in
# which SIGINT is not ignored, as at a terminal, even if whoever started this was told to ignore it.
start() {
    local log=$1 heeding=()
    shift
    ! env --default-signal=INT true 2>/dev/null || heeding=(env --default-signal=INT)
    set -m
    ${heeding[@]+"${heeding[@]}"} "$@" >"$log" 2>&1 &
    set +m
    started+=("$!")
}

# Fails, with what is in file $1, as $2... says.
fail_with_log() {
    local log=$1
    shift
    cat "$log" >&2
    fail "$@"
}

readonly SECONDS_UNTIL_WRITTEN=300

# Waits until process $1 has written $3 to file $2.
await_text() {
    local until=$((SECONDS + SECONDS_UNTIL_WRITTEN))
    until grep -qF -- "$3" "$2"; do
        [ "$SECONDS" -lt "$until" ] || fail_with_log "$2" "it did not write '$3' in $SECONDS_UNTIL_WRITTEN s"
        kill -0 "$1" 2>/dev/null || fail_with_log "$2" "it ended and never wrote '$3'"
        sleep 0.2
    done
}

# Sends signal $3 to the group of process $1, which writes to file $2, and checks that its exit code is $4.
stop() {
    kill "-$3" -- "-$1"
    expect_exit "$@"
}

# Waits for the end of process $1, which writes to file $2, and checks that its exit code is $4; $3 says what ended it.
expect_exit() {
    local code=0
    wait "$1" || code=$?
    [ "$code" -eq "$4" ] || fail_with_log "$2" "after $3, its exit code is $code and not $4"
}

# Checks that file $1 has lines with the texts $2..., in this order.
expect_in_order() {
    local log=$1 text line=0
    shift
    for text in "$@"; do
        line=$(awk -v after="$line" -v text="$text" '
            NR > after && index($0, text) { print NR; found = 1; exit }
            END { exit !found }
        ' "$log") || fail_with_log "$log" "it did not write '$text', or not in its turn"
    done
}

# Ends all processes that still run, when the script ends early.
end_processes() {
    local id
    for id in ${started[@]+"${started[@]}"}; do
        kill -KILL -- "-$id" 2>/dev/null || true
    done
}
