package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

class InvalidJobMethodsTests {

    private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(GracefulAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class));

    @Test
    @DisplayName("S1: a parameter other than the context fails the start, and the message says what to write")
    void wrongParameter() {
        FailureAnalysis analysis = analyze(WrongParameter.class);

        assertThat(analysis.getDescription())
                .contains("@RunningJob", "WrongParameter.run(String)", "'bean'", "takes parameters");
        assertThat(analysis.getAction()).contains("take nothing", "io.github.graceful4j.job.JobContext");
    }

    @Test
    @DisplayName("S1: two parameters fail the start")
    void tooManyParameters() {
        assertThat(analyze(TooManyParameters.class).getDescription())
                .contains("TooManyParameters.flush(JobContext, JobContext)");
    }

    @Test
    @DisplayName("S1: a result that nobody would receive fails the start")
    void wrongReturnType() {
        FailureAnalysis analysis = analyze(WrongReturnType.class);

        assertThat(analysis.getDescription()).contains("WrongReturnType.run()", "returns int");
        assertThat(analysis.getAction()).contains("void");
    }

    @Test
    @DisplayName("S2: a timeout that is no duration fails the start")
    void badDuration() {
        FailureAnalysis analysis = analyze(BadDuration.class);

        assertThat(analysis.getDescription()).contains("BadDuration.run()", "timeout = \"soon\"", "not valid");
        assertThat(analysis.getAction()).contains("timeout = \"5s\"");
    }

    @Test
    @DisplayName("S2: a negative timeout fails the start")
    void negativeTimeout() {
        FailureAnalysis analysis = analyze(NegativeTimeout.class);

        assertThat(analysis.getDescription()).contains("NegativeTimeout.flush()", "timeout = \"-5s\"", "negative");
        assertThat(analysis.getAction()).contains("not negative");
    }

    @Test
    @DisplayName("S2: a phase that is no number fails the start")
    void badPhase() {
        FailureAnalysis analysis = analyze(BadPhase.class);

        assertThat(analysis.getDescription()).contains("BadPhase.run()", "phase = \"early\"");
        assertThat(analysis.getAction()).contains("whole number");
    }

    @Test
    @DisplayName("S2: fewer than one copy fails the start")
    void badConcurrency() {
        FailureAnalysis analysis = analyze(BadConcurrency.class);

        assertThat(analysis.getDescription()).contains("concurrency = \"0\"");
        assertThat(analysis.getAction()).contains("from 1 up");
    }

    @Test
    @DisplayName("S2: a placeholder that does not resolve fails the start")
    void unresolvablePlaceholder() {
        FailureAnalysis analysis = analyze(UnresolvablePlaceholder.class);

        assertThat(analysis.getDescription()).contains("name = \"${no.such.property}\"", "can't be resolved");
        assertThat(analysis.getAction()).contains("${name:default}");
    }

    @Test
    @DisplayName("S2: two jobs of one name fail the start")
    void duplicateName() {
        FailureAnalysis analysis = analyze(DuplicateName.class);

        assertThat(analysis.getDescription()).contains("Can't register job 'same'", "registered already");
        assertThat(analysis.getAction()).contains("a name of its own");
    }

    @Test
    @DisplayName("S3: a job of a prototype fails the start")
    void prototype() {
        FailureAnalysis analysis = analyze(PrototypeConfiguration.class, Function.identity());

        assertThat(analysis.getDescription()).contains("'prototype'", "not a singleton");
        assertThat(analysis.getAction()).contains("singleton");
    }

    @Test
    @DisplayName("S3: a final method on a CGLIB proxy fails the start")
    void finalMethodOnProxy() {
        FailureAnalysis analysis =
                analyze(FinalMethod.class, runner -> runner.withUserConfiguration(CglibProxying.class));

        assertThat(analysis.getDescription()).contains("FinalMethod.run()", "is final");
        assertThat(analysis.getAction()).contains("Remove 'final'");
    }

    @Test
    @DisplayName("S3: a private method on a CGLIB proxy fails the start")
    void privateMethodOnProxy() {
        FailureAnalysis analysis =
                analyze(PrivateMethod.class, runner -> runner.withUserConfiguration(CglibProxying.class));

        assertThat(analysis.getDescription()).contains("PrivateMethod.run()", "through the proxy");
        assertThat(analysis.getAction()).contains("package-private");
    }

    private FailureAnalysis analyze(Class<?> bean) {
        return analyze(bean, Function.identity());
    }

    private FailureAnalysis analyze(
            Class<?> type, Function<ApplicationContextRunner, ApplicationContextRunner> customizer) {
        ApplicationContextRunner runner = type.isAnnotationPresent(Configuration.class)
                ? contextRunner.withUserConfiguration(type)
                : withBean(type);
        CompletableFuture<FailureAnalysis> analysis = new CompletableFuture<>();
        customizer.apply(runner).run(context -> {
            assertThat(context).hasFailed();
            analysis.complete(
                    new InvalidJobMethodFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())));
        });
        assertThat(analysis.join()).isNotNull();
        return analysis.join();
    }

    private <T> ApplicationContextRunner withBean(Class<T> type) {
        return contextRunner.withBean("bean", type);
    }

    static class WrongParameter {

        @RunningJob
        void run(String text) {}
    }

    static class TooManyParameters {

        @ShutdownJob
        void flush(JobContext one, JobContext two) {}
    }

    static class WrongReturnType {

        @RunningJob
        int run() {
            return 1;
        }
    }

    static class BadDuration {

        @RunningJob(timeout = "soon")
        void run() {}
    }

    static class NegativeTimeout {

        @ShutdownJob(timeout = "-5s")
        void flush() {}
    }

    static class BadPhase {

        @RunningJob(phase = "early")
        void run() {}
    }

    static class BadConcurrency {

        @RunningJob(concurrency = "0")
        void run() {}
    }

    static class UnresolvablePlaceholder {

        @RunningJob(name = "${no.such.property}")
        void run() {}
    }

    static class DuplicateName {

        @RunningJob(name = "same")
        void one() {}

        @RunningJob(name = "same")
        void two() {}
    }

    static class FinalMethod {

        @RunningJob
        final void run() {}
    }

    @SuppressWarnings("UnusedMethod")
    static class PrivateMethod {

        @RunningJob
        private void run() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class PrototypeConfiguration {

        @Bean
        @Scope("prototype")
        Prototype prototype() {
            return new Prototype();
        }
    }

    static class Prototype {

        @RunningJob
        void run() {}
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

        @Bean
        static MethodInterceptor interceptor() {
            return MethodInvocation::proceed;
        }
    }
}
