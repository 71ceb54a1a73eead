package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * What looking for jobs adds to the start of an application, against what {@link EnableScheduling} adds to the same
 * one. Counted is the time of the processor, of one thread: the time on the wall says more about the machine.
 */
@Timeout(300)
class DiscoveryCostIT {

    private static final int BEANS = 10_000;
    private static final int ROUNDS = 5;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private enum Variant {
        BARE(Bare.class),
        SCHEDULING(WithScheduling.class),
        JOBS(WithJobs.class);

        private final Class<?> configuration;

        Variant(Class<?> configuration) {
            this.configuration = configuration;
        }

        Duration start() {
            List<Class<?>> classes = ManyBeanClasses.make(BEANS);
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
                context.register(configuration);
                classes.forEach(type -> context.registerBean(type.getSimpleName(), type));
                long began = THREADS.getCurrentThreadCpuTime();
                context.refresh();
                return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - began);
            }
        }
    }

    @Test
    @DisplayName("S4: with 10,000 beans, looking for jobs costs no more than looking for scheduled methods")
    void lookingForJobsCostsNoMoreThanScheduling() {
        Map<Variant, List<Duration>> times = new EnumMap<>(Variant.class);
        for (int round = 0; round < ROUNDS; round++) {
            for (Variant variant : Variant.values()) {
                times.computeIfAbsent(variant, key -> new ArrayList<>()).add(variant.start());
            }
        }

        Duration bare = median(times, Variant.BARE);
        Duration scheduling = median(times, Variant.SCHEDULING).minus(bare);
        Duration jobs = median(times, Variant.JOBS).minus(bare);
        System.out.printf(
                "%d beans start in %d ms; scheduling adds %d ms, jobs add %d ms (medians of %d)%n",
                BEANS, bare.toMillis(), scheduling.toMillis(), jobs.toMillis(), ROUNDS);
        assertThat(jobs).isLessThanOrEqualTo(scheduling);
    }

    private static Duration median(Map<Variant, List<Duration>> times, Variant variant) {
        return times.getOrDefault(variant, List.of()).stream().sorted().toList().get(ROUNDS / 2);
    }

    @Configuration(proxyBeanMethods = false)
    static class Bare {}

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class WithScheduling {

        @Scheduled(fixedDelay = 3_600_000, initialDelay = 3_600_000)
        void tick() {}
    }

    @Configuration(proxyBeanMethods = false)
    @Import(GracefulAutoConfiguration.class)
    static class WithJobs {

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
        }
    }
}
