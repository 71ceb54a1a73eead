package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.util.ReflectionUtils;

/** Where annotated methods may be, beyond what {@link JobMethodsTests} has, and what looking for them must not do. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class DiscoveryTests {

    private final ApplicationContextRunner contextRunner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class));

    @Test
    @DisplayName("S3: trap 7: both annotations on one method make two jobs of it")
    void bothAnnotations() {
        Both bean = new Both();

        contextRunner
                .withBean("both", Both.class, () -> bean)
                .run(context -> assertThat(jobs(context))
                        .extracting(JobSnapshot::job, JobSnapshot::kind)
                        .containsExactlyInAnyOrder(
                                tuple("both.work", JobKind.RUNNING), tuple("both.work", JobKind.SHUTDOWN)));

        assertThat(bean.calls).hasSize(2);
    }

    @Test
    @DisplayName("S3: trap 7: a method is started once for each bean of its class")
    void twoBeansOfOneClass() {
        Flushing one = new Flushing();
        Flushing two = new Flushing();

        contextRunner
                .withBean("one", Flushing.class, () -> one)
                .withBean("two", Flushing.class, () -> two)
                .run(context -> assertJobs(context, "one.flush", "two.flush"));

        assertThat(one.calls).containsExactly("flush");
        assertThat(two.calls).containsExactly("flush");
    }

    @Test
    @DisplayName("S3: trap 7: a bean with an alias is one bean")
    void aliasIsNoSecondBean() {
        contextRunner.withUserConfiguration(WithAlias.class).run(context -> assertJobs(context, "flushing.flush"));
    }

    @Test
    @DisplayName("S3: trap 7: a method that the class, its parent and an interface annotate is found once")
    void annotatedEverywhereIsFoundOnce() {
        contextRunner.withBean("bean", AnnotatedEverywhere.class).run(context -> assertJobs(context, "bean.flush"));
    }

    @Test
    @DisplayName("S3: trap 7: the annotation of the overriding method wins")
    void overridingAnnotationWins() {
        contextRunner
                .withBean("bean", OverridingWithAnnotation.class)
                .run(context -> assertJobs(context, "overriding"));
    }

    @Test
    @DisplayName("S3: trap 7: a default method of an interface is found")
    void defaultMethodIsFound() {
        contextRunner.withBean("bean", WithDefaultMethod.class).run(context -> assertJobs(context, "bean.flush"));
    }

    @Test
    @DisplayName("S3: trap 7: an interface method with a type parameter is found once, through its bridge")
    void genericInterfaceMethodIsFoundOnce() {
        contextRunner.withBean("bean", GenericSink.class).run(context -> assertJobs(context, "bean.flush"));
    }

    @Test
    @DisplayName("S3: trap 7: a package-private method of a bean without a proxy runs")
    void packagePrivateMethodRuns() {
        PackagePrivate bean = new PackagePrivate();

        contextRunner
                .withBean("bean", PackagePrivate.class, () -> bean)
                .run(context -> assertJobs(context, "bean.flush"));

        assertThat(bean.calls).containsExactly("flush");
    }

    @Test
    @DisplayName("S3: trap 7: a package-private method is called through a CGLIB proxy, on the bean behind it")
    void packagePrivateMethodOfProxyRuns() {
        PackagePrivate bean = new PackagePrivate();
        List<String> intercepted = Collections.synchronizedList(new ArrayList<>());

        contextRunner
                .withBean("bean", PackagePrivate.class, () -> bean)
                .withUserConfiguration(CglibProxying.class)
                .withBean("interceptor", MethodInterceptor.class, () -> interceptor(intercepted))
                .run(context -> {
                    assertThat(AopUtils.isCglibProxy(context.getBean("bean"))).isTrue();
                    assertJobs(context, "bean.flush");
                });

        assertThat(bean.calls).containsExactly("flush");
        assertThat(intercepted).contains("flush");
    }

    @Test
    @DisplayName("S3: trap 7: private and final methods of a configuration class run, for it is no proxy")
    void configurationClassIsNoProxy() {
        List<String> calls = Collections.synchronizedList(new ArrayList<>());

        contextRunner
                .withBean("calls", List.class, () -> calls)
                .withUserConfiguration(ConfigurationWithJobs.class)
                .run(context -> assertThat(jobs(context))
                        .extracting(JobSnapshot::job)
                        .containsExactlyInAnyOrder("hidden", "final"));

        assertThat(calls).containsExactlyInAnyOrder("hidden", "final");
    }

    @Test
    @DisplayName("S3: trap 7: @ShutdownJob works as a meta-annotation, with aliases for its attributes")
    void shutdownMetaAnnotation() {
        contextRunner
                .withBean("bean", MetaAnnotated.class)
                .run(context -> assertThat(jobs(context))
                        .extracting(JobSnapshot::job, JobSnapshot::phase)
                        .containsExactly(tuple("from-meta", 3)));
    }

    @Test
    @DisplayName("S3: trap 7: a job of a scoped proxy is found once, and called through the proxy")
    void scopedProxy() {
        RefreshableConfiguration.CALLS.clear();

        contextRunner
                .withUserConfiguration(RefreshableConfiguration.class)
                .run(context -> assertJobs(context, "byClass.flush", "byInterface.flush"));

        assertThat(RefreshableConfiguration.CALLS).containsExactlyInAnyOrder("flush", "flush");
    }

    @Test
    @DisplayName("S4: trap 6: a lazy bean, and a lazy factory, without a job are not created by looking for jobs")
    void lazyBeansAreNotCreated() {
        contextRunner.withUserConfiguration(LazyConfiguration.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getSourceApplicationContext().getBeanFactory().getSingletonNames())
                    .doesNotContain("lazyBystander", "lazyFactory");
        });
    }

    @Test
    @DisplayName("S4: trap 6: beans are created in their own order, and all pass every post-processor")
    void nothingIsCreatedEarly(CapturedOutput output) {
        List<String> created = new ArrayList<>();

        contextRunner
                .withBean("a", Flushing.class, Flushing::new)
                .withBean("b", StringBuilder.class, StringBuilder::new)
                .withBean("c", Flushing.class, Flushing::new)
                .withBean("recorder", BeanPostProcessor.class, () -> recorder(created))
                .run(context -> assertThat(created).containsSubsequence("a", "b", "c"));

        assertThat(created).contains("gracefulManager");
        assertThat(output).doesNotContain("not eligible");
    }

    @Test
    @DisplayName("S4: an application without annotated methods keeps nothing per bean")
    void nothingIsKeptPerBean() {
        ApplicationContextRunner crowded = contextRunner;
        for (int number = 0; number < 200; number++) {
            crowded = crowded.withBean("text" + number, StringBuilder.class, StringBuilder::new)
                    .withBean("list" + number, ArrayList.class, () -> new ArrayList<>());
        }
        List<Integer> sizes = new ArrayList<>();

        contextRunner.run(context -> sizes.add(sizeOfOwnBeans(context)));
        crowded.run(context -> sizes.add(sizeOfOwnBeans(context)));

        assertThat(sizes.get(0)).isPositive();
        assertThat(sizes.get(1)).isEqualTo(sizes.get(0));
    }

    /** Counts what the library's beans hold: its own objects and the entries of its collections, but no one else's. */
    private static int sizeOfOwnBeans(ApplicationContext context) throws IllegalAccessException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        for (String name : context.getBeanDefinitionNames()) {
            open.add(context.getBean(name));
        }
        open.removeIf(bean -> !isOwn(bean));
        int size = 0;
        for (Object next = open.poll(); next != null; next = open.poll()) {
            if (!seen.add(next)) {
                continue;
            }
            size++;
            if (next instanceof Map<?, ?> map) {
                open.addAll(map.keySet());
                open.addAll(map.values());
            } else if (next instanceof Collection<?> collection) {
                open.addAll(collection);
            } else if (isOwn(next)) {
                open.addAll(fieldsOf(next));
            }
        }
        return size;
    }

    private static boolean isOwn(Object object) {
        return object.getClass().getName().startsWith("io.github.graceful4j.");
    }

    private static List<Object> fieldsOf(Object object) throws IllegalAccessException {
        List<Object> values = new ArrayList<>();
        for (Class<?> type = object.getClass(); isOwnType(type); type = type.getSuperclass()) {
            Field[] fields = type.getDeclaredFields();
            AccessibleObject.setAccessible(fields, true);
            for (Field field : fields) {
                Object value = ReflectionUtils.getField(field, object);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static boolean isOwnType(Class<?> type) {
        return type != null && type.getName().startsWith("io.github.graceful4j.");
    }

    private static List<JobSnapshot> jobs(ApplicationContext context) {
        return context.getBean(GracefulManager.class).jobs();
    }

    private static void assertJobs(AssertableApplicationContext context, String... names) {
        assertThat(context).hasNotFailed();
        assertThat(jobs(context)).extracting(JobSnapshot::job).containsExactlyInAnyOrder(names);
    }

    private static MethodInterceptor interceptor(List<String> intercepted) {
        return invocation -> {
            intercepted.add(invocation.getMethod().getName());
            return invocation.proceed();
        };
    }

    private static BeanPostProcessor recorder(List<String> created) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String beanName) {
                created.add(beanName);
                return bean;
            }
        };
    }

    static class Both {

        private final Collection<String> calls = new ConcurrentLinkedQueue<>();

        @RunningJob
        @ShutdownJob
        void work() {
            calls.add("work");
        }
    }

    static class Flushing {

        private final Collection<String> calls = new ConcurrentLinkedQueue<>();

        @ShutdownJob
        public void flush() {
            calls.add("flush");
        }
    }

    static class PackagePrivate {

        private final Collection<String> calls = new ConcurrentLinkedQueue<>();

        @ShutdownJob
        void flush() {
            calls.add("flush");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithAlias {

        @Bean({"flushing", "alias"})
        Flushing flushing() {
            return new Flushing();
        }
    }

    interface Sink {

        @ShutdownJob
        void flush();
    }

    static class AnnotatedParent implements Sink {

        @Override
        @ShutdownJob
        public void flush() {}
    }

    static class AnnotatedEverywhere extends AnnotatedParent implements Sink {

        @Override
        @ShutdownJob
        public void flush() {}
    }

    static class OverridingWithAnnotation extends AnnotatedParent {

        @Override
        @ShutdownJob(name = "overriding")
        public void flush() {}
    }

    interface DefaultSink {

        @ShutdownJob
        default void flush() {}
    }

    static class WithDefaultMethod implements DefaultSink {}

    interface TypedSink<T> {

        @ShutdownJob
        T flush();
    }

    static class GenericSink implements TypedSink<CompletionStage<String>> {

        @Override
        public CompletableFuture<String> flush() {
            return CompletableFuture.completedFuture("flushed");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class CglibProxying {

        @Bean
        static BeanNameAutoProxyCreator proxyCreator() {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setBeanNames("bean");
            creator.setProxyTargetClass(true);
            creator.setInterceptorNames("interceptor");
            return creator;
        }
    }

    @Configuration
    static class ConfigurationWithJobs {

        private final List<String> calls;

        ConfigurationWithJobs(List<String> calls) {
            this.calls = calls;
        }

        @SuppressWarnings("UnusedMethod")
        @ShutdownJob(name = "hidden")
        private void hidden() {
            calls.add("hidden");
        }

        @ShutdownJob(name = "final")
        final void cannotBeOverridden() {
            calls.add("final");
        }
    }

    @ShutdownJob(phase = "3")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Flush {

        @AliasFor(annotation = ShutdownJob.class, attribute = "name")
        String value();
    }

    static class MetaAnnotated {

        @Flush("from-meta")
        void run() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class RefreshableConfiguration {

        static final Collection<String> CALLS = new ConcurrentLinkedQueue<>();

        @Bean
        static CustomScopeConfigurer scopes() {
            CustomScopeConfigurer scopes = new CustomScopeConfigurer();
            scopes.addScope("refresh", new RefreshScope());
            return scopes;
        }

        @Bean
        @Scope(scopeName = "refresh", proxyMode = ScopedProxyMode.TARGET_CLASS)
        RefreshableSink byClass() {
            return new RefreshableSink();
        }

        @Bean
        @Scope(scopeName = "refresh", proxyMode = ScopedProxyMode.INTERFACES)
        RefreshableSink byInterface() {
            return new RefreshableSink();
        }
    }

    interface Flushable {

        void flush();
    }

    static class RefreshableSink implements Flushable {

        @Override
        @ShutdownJob
        public void flush() {
            RefreshableConfiguration.CALLS.add("flush");
        }
    }

    /** Like the scope of Spring Cloud, one instance for all. */
    static final class RefreshScope extends SimpleThreadScope {

        private final Map<String, Object> beans = new ConcurrentHashMap<>();

        @Override
        public Object get(String name, ObjectFactory<?> factory) {
            return beans.computeIfAbsent(name, key -> factory.getObject());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyConfiguration {

        @Bean
        @Lazy
        StringBuilder lazyBystander() {
            return new StringBuilder();
        }

        @Bean
        @Lazy
        static LazyFactory lazyFactory() {
            return new LazyFactory();
        }
    }

    static class LazyFactory implements FactoryBean<StringBuilder> {

        @Override
        public StringBuilder getObject() {
            return new StringBuilder();
        }

        @Override
        public Class<?> getObjectType() {
            return StringBuilder.class;
        }
    }
}
