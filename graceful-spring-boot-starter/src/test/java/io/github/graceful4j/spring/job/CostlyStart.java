package io.github.graceful4j.spring.job;

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
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** The start of an application with many beans, each of a class of its own, and what it costs. */
enum CostlyStart {
    BARE(Bare.class),
    SCHEDULING(WithScheduling.class),
    JOBS(WithJobs.class);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Class<?> configuration;

    CostlyStart(Class<?> configuration) {
        this.configuration = configuration;
    }

    private Cost measure(int beans) {
        MeasuredContext context = new MeasuredContext(ManyBeanClasses.make(beans));
        SpringApplication application = new SpringApplication(configuration);
        application.setApplicationContextFactory(type -> context);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        application.run().close();
        return context.cost;
    }

    /** Measures all starts in turn, the first rounds only to warm up. */
    static Costs measureAll(int beans, int warmUp, int rounds) {
        Map<CostlyStart, List<Cost>> costs = new EnumMap<>(CostlyStart.class);
        for (int round = 0; round < warmUp + rounds; round++) {
            List<CostlyStart> order = new ArrayList<>(List.of(values()));
            Collections.rotate(order, round);
            for (CostlyStart start : order) {
                Cost cost = start.measure(beans);
                if (round >= warmUp) {
                    costs.computeIfAbsent(start, key -> new ArrayList<>()).add(cost);
                }
            }
        }
        return new Costs(costs);
    }

    /**
     * What one start cost.
     *
     * @param bytes the memory that its thread took
     * @param nanos the time of the processor that its thread took; that on the wall says more about the machine
     */
    record Cost(long bytes, long nanos) {}

    /**
     * What all starts cost.
     *
     * @param costs of each start, one for each round
     */
    record Costs(Map<CostlyStart, List<Cost>> costs) {

        /** Returns what a start costs more than the bare one. */
        long added(CostlyStart start, ToLongFunction<Cost> part) {
            return median(start, part) - median(BARE, part);
        }

        long median(CostlyStart start, ToLongFunction<Cost> part) {
            List<Cost> all = costs.getOrDefault(start, List.of());
            return all.stream()
                    .mapToLong(part)
                    .sorted()
                    .skip(all.size() / 2)
                    .findFirst()
                    .orElseThrow();
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
