package io.github.graceful4j.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Timeout(60)
class ContextPropagationTests {

    private final ThreadLocal<String> tenant = new ThreadLocal<>();
    private final ContextRegistry registry = new ContextRegistry()
            .registerThreadLocalAccessor("tenant", tenant)
            .registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withBean(
                    ContextSnapshotFactory.class,
                    () -> ContextSnapshotFactory.builder()
                            .contextRegistry(registry)
                            .build());

    @AfterEach
    void forget() {
        tenant.remove();
        MDC.clear();
    }

    private String describe() {
        return Thread.currentThread().getName() + ": tenant " + tenant.get() + ", MDC " + MDC.get("request") + " and "
                + MDC.get("job");
    }

    private void runJobs(ApplicationContextRunner runner) {
        CompletableFuture<String> inRunningJob = new CompletableFuture<>();
        CompletableFuture<String> inShutdownJob = new CompletableFuture<>();
        runner.run(context -> {
            GracefulManager manager = context.getBean(GracefulManager.class);
            tenant.set("blue");
            MDC.put("request", "17");
            manager.addRunningJob("export", job -> {
                inRunningJob.complete(describe());
                job.awaitCancellation();
            });
            manager.addShutdownJob("upload", job -> inShutdownJob.complete(describe()));
            tenant.set("green");
            MDC.put("request", "18");
            assertThat(inRunningJob.get(30, TimeUnit.SECONDS))
                    .isEqualTo("graceful-job-export: tenant blue, MDC 17 and export");
        });

        assertThat(inShutdownJob).isCompletedWithValue("graceful-job-upload: tenant blue, MDC 17 and upload");
    }

    @Test
    @DisplayName("S15: the context that was current where a job was registered is current on its thread")
    void contextIsPropagated() {
        runJobs(contextRunner);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @DisplayName("S15: contexts and the MDC reach jobs on virtual threads")
    void contextIsPropagatedToVirtualThreads() {
        CompletableFuture<String> thread = new CompletableFuture<>();
        ApplicationContextRunner virtual = contextRunner.withPropertyValues("spring.threads.virtual.enabled=true");

        runJobs(virtual);
        virtual.run(context -> {
            context.getBean(GracefulManager.class)
                    .addRunningJob(
                            "where",
                            job -> thread.complete(Thread.currentThread().toString()));
            assertThat(thread.get(30, TimeUnit.SECONDS)).startsWith("VirtualThread");
        });
    }

    @Test
    @DisplayName("S15: the context is gone from the thread after the job")
    void contextIsGoneAfterTheJob() throws Exception {
        ContextPropagation propagation = new ContextPropagation(
                ContextSnapshotFactory.builder().contextRegistry(registry).build());
        CompletableFuture<String> after = new CompletableFuture<>();
        tenant.set("blue");
        GracefulManager manager = GracefulManager.builder()
                .signals(false)
                .jobDecorator((job, name, kind, phase) -> context -> {
                    job.run(context);
                    after.complete("tenant " + tenant.get());
                })
                .jobDecorator(propagation)
                .build();

        manager.addRunningJob("export", JobContext::awaitCancellation);
        manager.close();

        assertThat(after).isCompletedWithValue("tenant null");
    }

    @Test
    @DisplayName("S15: without the library, jobs run as ever")
    void libraryIsOptional() {
        contextRunnerWithout("io.micrometer.context")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(GracefulManager.class)
                        .doesNotHaveBean("gracefulContextPropagation"));
    }

    @Test
    @DisplayName("S18: without Micrometer's observations, jobs run as ever")
    void observationIsOptional() {
        contextRunnerWithout("io.micrometer")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(GracefulManager.class)
                        .doesNotHaveBean("gracefulObservedJobs")
                        .doesNotHaveBean("gracefulShutdownObservations"));
    }

    private static ApplicationContextRunner contextRunnerWithout(String library) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withClassLoader(new FilteredClassLoader(library));
    }

    @EnableAutoConfiguration
    static class Application {}
}
