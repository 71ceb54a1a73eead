package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * What looking for jobs adds to the start of an application, against what {@link EnableScheduling} adds to the same
 * one.
 *
 * <p>Time is that of the processor on one thread, since the time on the wall says more about the machine. Even so, a
 * median varies by more than the two differ: what each adds is printed, and only a search that has become far more
 * expensive fails. The memory that a start takes is the same each time, and so is compared as it is: both do the same
 * kind of work, look at methods and remember what they found.
 */
@Timeout(600)
class DiscoveryCostIT {

    private static final int BEANS = 10_000;
    private static final int WARM_UP = 2;
    private static final double NOISE = 1.5;
    private static final int ROUNDS = 21;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private enum Variant {
        BARE(Bare.class),
        SCHEDULING(WithScheduling.class),
        JOBS(WithJobs.class);

        private final Class<?> configuration;

        Variant(Class<?> configuration) {
            this.configuration = configuration;
        }

        Cost start() {
            MeasuredContext context = new MeasuredContext(ManyBeanClasses.make(BEANS));
            SpringApplication application = new SpringApplication(configuration);
            application.setApplicationContextFactory(type -> context);
            application.setBannerMode(Banner.Mode.OFF);
            application.setRegisterShutdownHook(false);
            application.run().close();
            return context.cost;
        }
    }

    /** Measures its start by itself: not what comes before, which takes the same time whatever the beans do. */
    private static final class MeasuredContext extends AnnotationConfigApplicationContext {

        private Cost cost = new Cost(0, 0);

        MeasuredContext(List<Class<?>> beans) {
            beans.forEach(type -> registerBean(type.getSimpleName(), type));
        }

        @Override
        public void refresh() {
            long began = THREADS.getCurrentThreadCpuTime();
            long taken = THREADS.getCurrentThreadAllocatedBytes();
            super.refresh();
            cost = new Cost(
                    THREADS.getCurrentThreadAllocatedBytes() - taken, THREADS.getCurrentThreadCpuTime() - began);
        }
    }

    private record Cost(long bytes, long nanos) {}

    @Test
    @DisplayName("S4: with 10,000 beans, looking for jobs costs no more than looking for scheduled methods")
    void lookingForJobsCostsNoMoreThanScheduling() {
        Map<Variant, List<Cost>> costs = new EnumMap<>(Variant.class);
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            List<Variant> order = new ArrayList<>(List.of(Variant.values()));
            Collections.rotate(order, round);
            for (Variant variant : order) {
                Cost cost = variant.start();
                if (round >= WARM_UP) {
                    costs.computeIfAbsent(variant, key -> new ArrayList<>()).add(cost);
                }
            }
        }

        System.out.printf(
                "%d beans start in %d ms; scheduling adds %d ms, jobs add %d ms (medians of %d)%n",
                BEANS,
                median(costs, Variant.BARE, Cost::nanos) / 1_000_000,
                added(costs, Variant.SCHEDULING, Cost::nanos) / 1_000_000,
                added(costs, Variant.JOBS, Cost::nanos) / 1_000_000,
                ROUNDS);
        System.out.printf(
                "scheduling adds %d kB, jobs add %d kB%n",
                added(costs, Variant.SCHEDULING, Cost::bytes) / 1_000, added(costs, Variant.JOBS, Cost::bytes) / 1_000);
        assertThat(added(costs, Variant.JOBS, Cost::bytes))
                .isLessThanOrEqualTo(added(costs, Variant.SCHEDULING, Cost::bytes));
        assertThat((double) median(costs, Variant.JOBS, Cost::nanos))
                .isLessThanOrEqualTo(NOISE * median(costs, Variant.SCHEDULING, Cost::nanos));
    }

    private static long added(Map<Variant, List<Cost>> costs, Variant variant, ToLongFunction<Cost> part) {
        return median(costs, variant, part) - median(costs, Variant.BARE, part);
    }

    private static long median(Map<Variant, List<Cost>> costs, Variant variant, ToLongFunction<Cost> part) {
        return costs.getOrDefault(variant, List.of()).stream()
                .mapToLong(part)
                .sorted()
                .skip(ROUNDS / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Has what every Spring Boot application has, and looks at each bean as well. */
    @Configuration(proxyBeanMethods = false)
    @Import({ConfigurationPropertiesAutoConfiguration.class, LifecycleAutoConfiguration.class})
    static class Bare {}

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    static class WithScheduling extends Bare {

        @Scheduled(fixedDelay = 3_600_000, initialDelay = 3_600_000)
        void tick() {}
    }

    @Configuration(proxyBeanMethods = false)
    @Import(GracefulAutoConfiguration.class)
    static class WithJobs extends Bare {

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            context.awaitCancellation();
        }
    }
}
