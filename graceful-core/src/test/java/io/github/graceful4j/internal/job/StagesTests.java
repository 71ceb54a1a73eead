package io.github.graceful4j.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.Waiting;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StagesTests {

    private final Stages<String> stages = new Stages<>();

    @Test
    @DisplayName("C14: there is a result from the first one on, and no other replaces it")
    void firstResultStays() throws Exception {
        CompletableFuture<String> early = stages.next().toCompletableFuture();
        assertThat(stages.isComplete()).isFalse();

        stages.complete("first");
        stages.complete("second");

        assertThat(stages.isComplete()).isTrue();
        assertThat(Waiting.forResult(early)).isEqualTo("first");
        assertThat(stages.next().toCompletableFuture()).isCompletedWithValue("first");
    }

    @Test
    @DisplayName("C25: beside many stages that wait, those that were cancelled are not kept")
    void cancelledAreNotKept() throws Exception {
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(stages.next().toCompletableFuture());
        }
        List<WeakReference<CompletableFuture<String>>> gone = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            CompletableFuture<String> cancelled = stages.next().toCompletableFuture();
            cancelled.cancel(false);
            gone.add(new WeakReference<>(cancelled));
        }

        Waiting.until(() -> {
            System.gc();
            return gone.subList(0, 100).stream().allMatch(stage -> stage.get() == null);
        });
        stages.complete("result");
        for (CompletableFuture<String> stage : waiting) {
            assertThat(Waiting.forResult(stage)).isEqualTo("result");
        }
    }
}
