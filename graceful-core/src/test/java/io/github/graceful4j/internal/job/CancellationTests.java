package io.github.graceful4j.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.CancellationCallback;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CancellationTests {

    private final Cancellation cancellation = new Cancellation();
    private final List<String> calls = new ArrayList<>();

    @Test
    @DisplayName("C8: who cancels calls what follows of ours itself, and gets what is foreign to call")
    void oursIsCalledAtOnce() {
        Runnable foreign = () -> calls.add("foreign");
        cancellation.tryAdd(foreign);
        cancellation.follow(() -> calls.add("ours"));

        List<Runnable> left = cancellation.cancel();

        assertThat(calls).containsExactly("ours");
        assertThat(left).containsExactly(foreign);
        assertThat(cancellation.cancel()).isEmpty();
    }

    @Test
    @DisplayName("C8: a callback that was removed is not called, and is removed once")
    void removedOnce() {
        CancellationCallback added = cancellation.follow(() -> calls.add("ours"));
        CancellationCallback other = cancellation.follow(() -> calls.add("other"));

        assertThat(added.remove()).isTrue();
        assertThat(added.remove()).isFalse();
        cancellation.cancel();

        assertThat(calls).containsExactly("other");
        assertThat(other.remove()).isFalse();
    }

    @Test
    @DisplayName("C8: what comes too late to follow is called at once, and can't be removed; foreign code is refused")
    void lateIsCalledAtOnce() {
        cancellation.cancel();

        CancellationCallback late = cancellation.follow(() -> calls.add("ours"));

        assertThat(calls).containsExactly("ours");
        assertThat(late.remove()).isFalse();
        assertThat(cancellation.tryAdd(() -> calls.add("foreign"))).isNull();
        assertThat(calls).containsExactly("ours");
    }

    @Test
    @DisplayName("C8: callbacks that were forgotten are not called, and not removed any more")
    void forgottenIsNotCalled() {
        CancellationCallback added = Objects.requireNonNull(cancellation.tryAdd(() -> calls.add("foreign")));

        cancellation.clearCallbacks();

        assertThat(added.remove()).isFalse();
        assertThat(cancellation.cancel()).isEmpty();
        assertThat(cancellation.isCancelled()).isTrue();
    }
}
