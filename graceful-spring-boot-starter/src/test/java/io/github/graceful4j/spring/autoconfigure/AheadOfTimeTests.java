package io.github.graceful4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.Compiled;
import org.springframework.core.test.tools.TestCompiler;

/** A context that is processed ahead of time, as for a native image, compiled, and run on the JVM. */
@Timeout(120)
class AheadOfTimeTests {

    private final TestGenerationContext generation = new TestGenerationContext();

    @Test
    @DisplayName("S3: ahead of time, every job method gets a hint that it is called, wherever it is declared")
    void jobMethodsGetHints() {
        process();

        assertThat(List.of(
                        invocation(Jobs.class, "hidden"),
                        invocation(BaseJobs.class, "inherited"),
                        invocation(JobInterface.class, "declared"),
                        invocation(Jobs.class, "marked"),
                        invocation(Jobs.class, "flush")))
                .allMatch(predicate -> predicate.test(generation.getRuntimeHints()));
        assertThat(invocation(Jobs.class, "noJob")).rejects(generation.getRuntimeHints());
    }

    @Test
    @DisplayName("S3: ahead of time, the properties get hints that they are bound by their constructors")
    void propertiesGetHints() {
        process();

        assertThat(Stream.concat(
                        Stream.of(GracefulProperties.class), Stream.of(GracefulProperties.class.getDeclaredClasses())))
                .filteredOn(type -> !type.isEnum())
                .hasSizeGreaterThan(6)
                .allMatch(type -> construction(type).test(generation.getRuntimeHints()));
    }

    @Test
    @DisplayName("S3: ahead of time, what a time limit is read with gets a hint that it is called")
    void timeLimitGetsHint() {
        process();

        assertThat(invocation(TimeLimit.class, "of")).accepts(generation.getRuntimeHints());
    }

    @Test
    @CompileWithForkedClassLoader
    @DisplayName("S3: S5: a context that was processed ahead of time runs its jobs, and ends them when it is closed")
    void jobsRunInTheProcessedContext() {
        process();

        TestCompiler.forSystem().with(generation).compile(AheadOfTimeTests::runAndClose);
    }

    private void process() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(LifecycleAutoConfiguration.class, GracefulAutoConfiguration.class);
        context.registerBean("jobs", Jobs.class);
        new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        generation.writeGeneratedContent();
    }

    @SuppressWarnings("unchecked") // what is generated initializes any generic context
    private static void runAndClose(Compiled compiled) {
        GenericApplicationContext context = new GenericApplicationContext();
        compiled.getInstance(ApplicationContextInitializer.class).initialize(context);
        context.refresh();
        assertThat(context.getBeanNamesForType(GracefulAutoConfiguration.class)).hasSize(1);
        Jobs jobs = context.getBean(Jobs.class);

        context.close();

        assertThat(jobs.events)
                .containsOnlyOnce("hidden ended", "inherited ended", "declared ended", "marked ended")
                .endsWith("flushed");
    }

    private static Predicate<RuntimeHints> invocation(Class<?> type, String method) {
        return RuntimeHintsPredicates.reflection().onMethodInvocation(type, method);
    }

    private static Predicate<RuntimeHints> construction(Class<?> type) {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        return RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor);
    }

    interface JobInterface {

        @RunningJob
        void declared(JobContext context) throws InterruptedException;
    }

    static class BaseJobs {

        final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        @RunningJob
        void inherited(JobContext context) throws InterruptedException {
            work("inherited", context);
        }

        void work(String name, JobContext context) throws InterruptedException {
            context.awaitCancellation();
            events.add(name + " ended");
        }
    }

    static class Jobs extends BaseJobs implements JobInterface {

        @RunningJob
        @SuppressWarnings("UnusedMethod") // found by its annotation
        private void hidden(JobContext context) throws InterruptedException {
            work("hidden", context);
        }

        @Override
        public void declared(JobContext context) throws InterruptedException {
            work("declared", context);
        }

        @Marked
        void marked(JobContext context) throws InterruptedException {
            work("marked", context);
        }

        @ShutdownJob
        void flush() {
            events.add("flushed");
        }

        void noJob() {}
    }

    /** An application's own annotation. */
    @RunningJob
    @Retention(RetentionPolicy.RUNTIME)
    @interface Marked {}
}
