package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.JobState;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AliasFor;

@Timeout(60)
class JobMethodsTests {

    private final ApplicationContextRunner contextRunner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class));

    @Test
    @DisplayName("S1: annotating a bean's method is all that is needed")
    void annotatedMethodsRun() {
        Recorder worker = new Recorder();

        contextRunner.withBean("worker", Recorder.class, () -> worker).run(context -> {
            assertThat(worker.started.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.events).containsExactly("run");
        });

        assertThat(worker.events).containsExactly("run", "cancelled", "flush");
    }

    @Test
    @DisplayName("S1: methods without a parameter are jobs, too")
    void methodsWithoutParameterRun() {
        WithoutParameter bean = new WithoutParameter();

        contextRunner.withBean(WithoutParameter.class, () -> bean).run(context -> awaitEnded(context, 1));

        assertThat(bean.runs).hasValue(1);
        assertThat(bean.flushes).hasValue(1);
    }

    @Test
    @DisplayName("S2: a job is named after its bean and method, and stops in the default phases")
    void attributesHaveDefaults() {
        contextRunner
                .withBean("worker", Recorder.class, Recorder::new)
                .run(context -> assertThat(jobs(context))
                        .extracting(JobSnapshot::job, JobSnapshot::kind, JobSnapshot::phase)
                        .containsExactlyInAnyOrder(
                                tuple("worker.run", JobKind.RUNNING, Integer.MAX_VALUE - 1280),
                                tuple("worker.flush", JobKind.SHUTDOWN, Integer.MAX_VALUE / 4)));
    }

    @Test
    @DisplayName("S2: attributes take placeholders and expressions")
    void attributesAreResolved() {
        contextRunner
                .withBean(WithAttributes.class)
                .withPropertyValues("job.name=from-property", "job.copies=2", "job.timeout=7s")
                .run(context -> assertThat(jobs(context))
                        .extracting(JobSnapshot::job, JobSnapshot::phase)
                        .containsExactlyInAnyOrder(
                                tuple("from-property-1", Integer.MAX_VALUE - 512),
                                tuple("from-property-2", Integer.MAX_VALUE - 512),
                                tuple("flush", 17),
                                tuple("balance", 17)));
    }

    @Test
    @DisplayName("S2: a shutdown job runs after those it names")
    void shutdownJobRunsAfterNamed() {
        List<String> events = Collections.synchronizedList(new ArrayList<>());

        contextRunner.withBean(Ordered.class, () -> new Ordered(events)).run(context -> {});

        assertThat(events).containsExactly("first", "second", "third");
    }

    @Test
    @DisplayName("S2: both annotations work as meta-annotations")
    void metaAnnotationsAreFound() {
        contextRunner
                .withBean(MetaAnnotated.class)
                .run(context ->
                        assertThat(jobs(context)).extracting(JobSnapshot::job).containsExactly("from-meta"));
    }

    @Test
    @DisplayName("S3: inherited methods are found")
    void inheritedMethodIsFound() {
        contextRunner
                .withBean("sub", Inheriting.class, Inheriting::new)
                .run(context -> assertJobRanOnce(context, "sub.work"));
    }

    @Test
    @DisplayName("S3: overriding methods without the annotation are found, once")
    void overriddenMethodIsFound() {
        contextRunner
                .withBean("sub", Overriding.class, Overriding::new)
                .run(context -> assertJobRanOnce(context, "sub.work"));
    }

    @Test
    @DisplayName("S3: interface methods are found")
    void interfaceMethodIsFound() {
        contextRunner
                .withBean("impl", Implementing.class, Implementing::new)
                .run(context -> assertJobRanOnce(context, "impl.work"));
    }

    @Test
    @DisplayName("S3: generic methods with a bridge are found once")
    void bridgedMethodIsFoundOnce() {
        contextRunner
                .withBean("bridged", Bridged.class, Bridged::new)
                .run(context -> assertJobRanOnce(context, "bridged.work"));
    }

    @Test
    @DisplayName("S3: a bean whose declared type is an interface is looked at as what it is")
    void declaredTypeDoesNotHideMethods() {
        contextRunner
                .withUserConfiguration(DeclaredAsInterface.class)
                .run(context -> assertJobRanOnce(context, "hidden.work"));
    }

    @Test
    @DisplayName("S3: a job is called through a JDK proxy")
    void jdkProxyIsCalled() {
        Counted.CALLS.set(0);

        contextRunner
                .withBean("impl", Implementing.class, Implementing::new)
                .withUserConfiguration(JdkProxying.class)
                .run(context -> {
                    assertThat(AopUtils.isJdkDynamicProxy(context.getBean("impl")))
                            .isTrue();
                    assertJobRanOnce(context, "impl.work");
                });

        assertThat(Counted.CALLS).hasValue(1);
    }

    @Test
    @DisplayName("S3: a job is called through a CGLIB proxy")
    void cglibProxyIsCalled() {
        Counted.CALLS.set(0);

        contextRunner
                .withBean("impl", Inheriting.class, Inheriting::new)
                .withUserConfiguration(CglibProxying.class)
                .run(context -> {
                    assertThat(AopUtils.isCglibProxy(context.getBean("impl"))).isTrue();
                    assertJobRanOnce(context, "impl.work");
                });

        assertThat(Counted.CALLS).hasValue(1);
    }

    @Test
    @DisplayName("S3: private and static methods of beans without a proxy are found")
    void privateAndStaticMethodsAreFound() {
        contextRunner
                .withBean("odd", PrivateAndStatic.class, PrivateAndStatic::new)
                .run(context -> {
                    awaitEnded(context, 2);
                    assertThat(jobs(context))
                            .extracting(JobSnapshot::job)
                            .containsExactlyInAnyOrder("odd.hidden", "odd.shared");
                });
    }

    @Test
    @DisplayName("S3: the product of a factory bean is found")
    void factoryBeanProductIsFound() {
        contextRunner
                .withBean("made", Factory.class, Factory::new)
                .run(context -> assertJobRanOnce(context, "made.work"));
    }

    @Test
    @DisplayName("S3: lazy beans are found")
    void lazyBeanIsFound() {
        contextRunner
                .withUserConfiguration(LazyConfiguration.class)
                .run(context -> assertJobRanOnce(context, "lazyWorker.work"));
    }

    @Test
    @DisplayName("S3: jobs start with spring.main.lazy-initialization=true, and nothing else is created for it")
    void globallyLazyBeansAreFound() {
        contextRunner
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean("worker", Inheriting.class, Inheriting::new)
                .withBean("bystander", StringBuilder.class, StringBuilder::new)
                .run(context -> {
                    assertJobRanOnce(context, "worker.work");
                    assertThat(context.getSourceApplicationContext()
                                    .getBeanFactory()
                                    .containsSingleton("bystander"))
                            .isFalse();
                });
    }

    private static List<JobSnapshot> jobs(ApplicationContext context) {
        return context.getBean(GracefulManager.class).jobs();
    }

    private static void assertJobRanOnce(ApplicationContext context, String name) throws InterruptedException {
        awaitEnded(context, 1);
        assertThat(jobs(context)).extracting(JobSnapshot::job).containsExactly(name);
    }

    private static void awaitEnded(ApplicationContext context, int expected) throws InterruptedException {
        JobContext shutdown = context.getBean(GracefulManager.class).shutdownContext();
        while (jobs(context).stream()
                        .filter(job -> job.kind() == JobKind.RUNNING && job.state() == JobState.ENDED)
                        .count()
                < expected) {
            shutdown.awaitCancellation(Duration.ofMillis(2));
        }
    }

    static class Recorder {

        private final List<String> events = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch started = new CountDownLatch(1);

        @RunningJob
        void run(JobContext context) throws InterruptedException {
            events.add("run");
            started.countDown();
            context.awaitCancellation();
            events.add("cancelled");
        }

        @ShutdownJob
        void flush(JobContext context) {
            events.add("flush");
        }
    }

    static class WithoutParameter {

        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger flushes = new AtomicInteger();

        @RunningJob
        void run() {
            runs.incrementAndGet();
        }

        @ShutdownJob
        void flush() {
            flushes.incrementAndGet();
        }
    }

    static class WithAttributes {

        @RunningJob(
                name = "${job.name}",
                phase = "#{T(Integer).MAX_VALUE - 512}",
                timeout = "${job.timeout}",
                concurrency = "${job.copies}")
        void run() {}

        @ShutdownJob(name = "flush", phase = "${job.phase:17}", timeout = "PT5S")
        void flush() {}

        @ShutdownJob(name = "balance", phase = "17", after = "#{'fl' + 'ush'}")
        void balance() {}
    }

    record Ordered(List<String> events) {

        @ShutdownJob(
                name = "third",
                after = {"second", "first"})
        void third() {
            events.add("third");
        }

        @ShutdownJob(name = "second", after = "first")
        void second() {
            events.add("second");
        }

        @ShutdownJob(name = "first")
        void first() {
            events.add("first");
        }
    }

    @RunningJob
    @Retention(RetentionPolicy.RUNTIME)
    @interface Worker {

        @AliasFor(annotation = RunningJob.class)
        String name();
    }

    static class MetaAnnotated {

        @Worker(name = "from-meta")
        void run() {}
    }

    static class Base {

        @RunningJob
        public void work() {}
    }

    static class Inheriting extends Base {}

    static class Overriding extends Base {

        @Override
        public void work() {}
    }

    interface Working {

        @RunningJob
        void work();
    }

    static class Implementing implements Working {

        @Override
        public void work() {}
    }

    abstract static class Generic<T> {

        @RunningJob
        public abstract void work(T context);
    }

    static class Bridged extends Generic<JobContext> {

        @Override
        public void work(JobContext context) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class DeclaredAsInterface {

        @Bean
        Runnable hidden() {
            return new RunnableWithJob();
        }
    }

    static class RunnableWithJob implements Runnable {

        @Override
        public void run() {}

        @RunningJob
        void work() {}
    }

    @SuppressWarnings("UnusedMethod")
    static class PrivateAndStatic {

        @RunningJob
        private void hidden() {}

        @RunningJob
        static void shared() {}
    }

    static class Factory implements FactoryBean<Inheriting> {

        @Override
        public Inheriting getObject() {
            return new Inheriting();
        }

        @Override
        public Class<?> getObjectType() {
            return Inheriting.class;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyConfiguration {

        @Bean
        @Lazy
        Inheriting lazyWorker() {
            return new Inheriting();
        }
    }

    static final class Counted {

        static final AtomicInteger CALLS = new AtomicInteger();

        private Counted() {}

        static BeanNameAutoProxyCreator proxying(boolean byClass) {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setBeanNames("impl");
            creator.setProxyTargetClass(byClass);
            creator.setInterceptorNames("countingInterceptor");
            return creator;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class JdkProxying {

        @Bean
        static BeanNameAutoProxyCreator proxyCreator() {
            return Counted.proxying(false);
        }

        @Bean
        static MethodInterceptor countingInterceptor() {
            return CountingInterceptor.INSTANCE;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class CglibProxying {

        @Bean
        static BeanNameAutoProxyCreator proxyCreator() {
            return Counted.proxying(true);
        }

        @Bean
        static MethodInterceptor countingInterceptor() {
            return CountingInterceptor.INSTANCE;
        }
    }

    enum CountingInterceptor implements MethodInterceptor {
        INSTANCE;

        @Override
        public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
            if (invocation.getMethod().getName().equals("work")) {
                Counted.CALLS.incrementAndGet();
            }
            return invocation.proceed();
        }
    }
}
