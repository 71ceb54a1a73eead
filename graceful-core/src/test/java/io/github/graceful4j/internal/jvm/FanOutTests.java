package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FanOutTests {

    private static List<Integer> numbers(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "9, 1", "10, 4", "11, 4", "1000, 3", "1000, 1", "12, 100"})
    @DisplayName("C22: each of many is dealt with once, however the many are split")
    void eachOnce(int size, int width) {
        ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();

        new FanOut(9, width).forEach(numbers(size), seen::add);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(numbers(size));
    }

    @Test
    @DisplayName("C22: few are dealt with by the calling thread alone")
    void fewStayOnTheCallingThread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();

        new FanOut(10, 4).forEach(numbers(10), number -> threads.add(Thread.currentThread()));

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    @DisplayName("C22: many are dealt with by several threads side by side")
    void manyAreShared() {
        CyclicBarrier allAtWork = new CyclicBarrier(4);

        new FanOut(3, 4).forEach(numbers(4), number -> {
            try {
                allAtWork.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                // The barrier is broken then, which the test finds.
            }
        });

        assertThat(allAtWork.isBroken()).isFalse();
    }
}
