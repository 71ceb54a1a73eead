package io.github.graceful4j.internal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FanOutTests {

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private static List<Integer> numbers(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "9, 1", "10, 4", "11, 4", "1000, 3", "1000, 1", "12, 100"})
    @DisplayName("C22: each of many is dealt with once, however the many are split")
    void eachOnce(int size, int width) {
        ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();

        new FanOut(9, width).forEach(size, seen::add, failures::add);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(numbers(size));
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName("C22: few are dealt with by the calling thread alone")
    void fewStayOnTheCallingThread() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();

        new FanOut(10, 4).forEach(10, number -> threads.add(Thread.currentThread()), failures::add);

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    @DisplayName("C22: many are dealt with by several threads side by side")
    void manyAreShared() {
        CyclicBarrier allAtWork = new CyclicBarrier(4);

        new FanOut(3, 4).forEach(4, number -> meet(allAtWork), failures::add);

        assertThat(allAtWork.isBroken()).isFalse();
        assertThat(failures).isEmpty();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "4"})
    @DisplayName("C23: one for which something is thrown keeps none of the others from its turn")
    void whatIsThrownStopsNothing(int width) {
        ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
        IntConsumer failingForSome = number -> {
            seen.add(number);
            if (number % 3 == 0) {
                throw new AssertionError(number);
            }
        };

        new FanOut(5, width).forEach(12, failingForSome, failures::add);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(numbers(12));
        assertThat(failures).hasSize(4).allMatch(AssertionError.class::isInstance);
    }

    @Test
    @DisplayName("C22: where there can't be another thread, the calling thread does it all")
    void withoutThreadsTheCallingThreadDoesItAll() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
        IntConsumer action = number -> {
            threads.add(Thread.currentThread());
            seen.add(number);
        };

        new FanOut(3, 4).forEach(20, action, failures::add, NoThreads.AT_ALL);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(numbers(20));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    @DisplayName("C22: a large machine lends no more threads than it takes")
    void widthIsBounded() {
        assertThat(FanOut.system().width()).isBetween(1, 8);
    }
}
