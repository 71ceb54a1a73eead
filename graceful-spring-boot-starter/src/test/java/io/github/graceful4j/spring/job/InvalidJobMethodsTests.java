package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.job.FailurePolicy.Action;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobSnapshot;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.spring.FailureReport;
import io.github.graceful4j.spring.Restart;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import io.github.graceful4j.spring.job.elsewhere.InOtherPackage;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

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

        assertThat(analysis.getDescription()).contains("NegativeTimeout.flush()", "timeout = \"-5s\"", "not positive");
        assertThat(analysis.getAction()).contains("is positive", "leave it out");
    }

    @Test
    @DisplayName("S2: a timeout of zero fails the start, since it does not mean 'unlimited'")
    void zeroTimeout() {
        FailureAnalysis analysis = analyze(ZeroTimeout.class);

        assertThat(analysis.getDescription()).contains("ZeroTimeout.run()", "timeout = \"0s\"", "not positive");
        assertThat(analysis.getAction()).contains("is positive", "leave it out");
    }

    @Test
    @DisplayName("S2: thenShutDown without a limit to the restarts fails the start, as nothing would ever come of it")
    void thenShutDownWithoutLimit() {
        FailureAnalysis analysis = analyze(ThenShutDownWithoutLimit.class);

        assertThat(analysis.getDescription())
                .contains("ThenShutDownWithoutLimit.run()", "thenShutDown=true", "a limit that is not there");
        assertThat(analysis.getAction()).contains("maxRestarts = \"5\"");
    }

    @Test
    @DisplayName("S2: a while in which restarts are counted fails the start without a limit to their number")
    void withinWithoutLimit() {
        FailureAnalysis analysis = analyze(WithinWithoutLimit.class);

        assertThat(analysis.getDescription()).contains("WithinWithoutLimit.run()", "10m", "a limit that is not there");
        assertThat(analysis.getAction()).contains("maxRestarts = \"5\"");
    }

    @Test
    @DisplayName("S2: no restart at all is no restart policy, and fails the start")
    void zeroRestarts() {
        FailureAnalysis analysis = analyze(ZeroRestarts.class);

        assertThat(analysis.getDescription()).contains("ZeroRestarts.run()", "at most 0 times");
        assertThat(analysis.getAction()).contains("from 1 up");
    }

    @Test
    @DisplayName("S2: a restart without a delay fails the start")
    void zeroDelay() {
        FailureAnalysis analysis = analyze(ZeroDelay.class);

        assertThat(analysis.getDescription()).contains("ZeroDelay.run()", "delay = \"0s\"", "not positive");
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
    @DisplayName("S2: an expression that can't be evaluated fails the start")
    void brokenExpression() {
        FailureAnalysis analysis = analyze(BrokenExpression.class);

        assertThat(analysis.getDescription())
                .contains("BrokenExpression.run()", "timeout = \"#{noSuchBean.timeout}\"", "can't be resolved");
        assertThat(analysis.getAction()).contains("Define what the placeholder or expression refers to");
    }

    @Test
    @DisplayName("S2: two jobs of one name fail the start, and the message names both methods")
    void duplicateName() {
        FailureAnalysis analysis = analyze(DuplicateName.class);

        assertThat(analysis.getDescription())
                .contains("Can't register job 'same'", "registered already")
                .contains("DuplicateName.one()' of bean 'bean'", "DuplicateName.two()' of bean 'bean'");
        assertThat(analysis.getAction()).isEqualTo("Give each running job a name of its own.");
    }

    @Test
    @DisplayName("S2: two shutdown jobs of one name on two beans fail the start, and the message names both")
    void duplicateNameOfTwoBeans() {
        FailureAnalysis analysis =
                analyze(TwoNamesakes.class, runner -> runner.withBean("other", TwoNamesakes.class, TwoNamesakes::new));

        assertThat(analysis.getDescription())
                .contains("TwoNamesakes.flush()' of bean 'bean'", "TwoNamesakes.flush()' of bean 'other'");
        assertThat(analysis.getAction()).isEqualTo("Give each shutdown job a name of its own.");
    }

    @Test
    @DisplayName("S2: a name that a bean has registered with the manager itself is taken, too")
    void nameTakenByTheApplication() {
        FailureAnalysis analysis =
                analyze(Duplicated.class, runner -> runner.withUserConfiguration(RegisteringItself.class));

        assertThat(analysis.getDescription())
                .contains("Duplicated.flush()' of bean 'bean'", "'own': a shutdown job of that name");
        assertThat(analysis.getAction()).isEqualTo("Give each shutdown job a name of its own.");
    }

    @Test
    @DisplayName("S2: a cycle across beans fails the start, and the message names its jobs and methods")
    void cycleAcrossBeans() {
        FailureAnalysis analysis = analyze(
                CycleOne.class, runner -> runner.withBean("two", CycleTwo.class).withBean("three", CycleThree.class));

        assertThat(analysis.getDescription())
                .contains("in a cycle: ", "bean.one -> ", "two.two -> ", "three.three -> ")
                .contains("CycleOne.one()' of bean 'bean'")
                .contains("CycleTwo.two()' of bean 'two'")
                .contains("CycleThree.three()' of bean 'three'");
        assertThat(analysis.getAction()).isEqualTo("Let at least one of them run without waiting for the next.");
    }

    @Test
    @DisplayName("S2: a job that waits for itself fails the start")
    void cycleOfOne() {
        assertThat(analyze(AfterItself.class).getDescription())
                .contains("AfterItself.flush()", "in a cycle: bean.flush -> bean.flush");
    }

    @Test
    @DisplayName("S2: a job after one of a lower phase fails the start, and the message names both methods")
    void afterLowerPhase() {
        FailureAnalysis analysis = analyze(AfterLowerPhase.class);

        assertThat(analysis.getDescription())
                .contains("'high' after 'low'", "AfterLowerPhase.high()", "AfterLowerPhase.low()");
        assertThat(analysis.getAction()).isEqualTo("Give 'high' phase 1 or a lower one.");
    }

    @Test
    @DisplayName(
            "S2: 'after' with a name that no shutdown job has fails the start, and the message says which was meant")
    void unknownName() {
        FailureAnalysis analysis = analyze(AfterMistyped.class);

        assertThat(analysis.getDescription())
                .contains("Can't run job 'bean.close' after 'bean.flsh'", "registered are [", "bean.flush");
        assertThat(analysis.getAction()).startsWith("Did you mean 'bean.flush'?");
    }

    @Test
    @DisplayName("S2: 'after' with the name of a method instead of a job says which job was meant")
    void nameOfMethod() {
        assertThat(analyze(AfterMethodName.class).getAction()).startsWith("Did you mean 'bean.flush'?");
    }

    @Test
    @DisplayName("S2: 'after' with the name of a running job says that this has ended by then")
    void nameOfRunningJob() {
        assertThat(analyze(AfterRunningJob.class).getAction())
                .startsWith("Name a shutdown job that exists; running jobs have ended by then anyway.");
    }

    @Test
    @DisplayName("S2: what a bean registers with the manager itself is explained, too")
    void programmaticRegistration() {
        FailureAnalysis analysis = analyze(RegisteringTwice.class, Function.identity());

        assertThat(analysis.getDescription())
                .isEqualTo("Can't register job 'own': a shutdown job of that name is registered already.");
        assertThat(analysis.getAction()).isEqualTo("Give each shutdown job a name of its own.");
    }

    @Test
    @DisplayName("S3: a job of a prototype fails the start")
    void prototype() {
        FailureAnalysis analysis = analyze(PrototypeConfiguration.class, Function.identity());

        assertThat(analysis.getDescription())
                .contains("Prototype.run()' of bean 'prototype'", "not a singleton but of scope 'prototype'");
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

    @Test
    @DisplayName("S3: a job of a bean in a custom scope without a proxy fails the start")
    void customScope() {
        FailureAnalysis analysis = analyze(CustomScopeConfiguration.class, Function.identity());

        assertThat(analysis.getDescription()).contains("'scoped'", "not a singleton but of scope 'custom'");
    }

    @Test
    @DisplayName("S3: a job of a scoped proxy with an instance for each use fails the start")
    void scopedProxyOfPrototype() {
        FailureAnalysis analysis = analyze(ScopedProxyConfiguration.class, Function.identity());

        assertThat(analysis.getDescription()).contains("'proxied'", "not a singleton but of scope 'prototype'");
        assertThat(analysis.getAction()).contains("singleton");
    }

    @Test
    @DisplayName("S3: a method that the JDK proxy of its bean does not have fails the start")
    void methodBeyondJdkProxy() {
        FailureAnalysis analysis =
                analyze(NotInInterface.class, runner -> runner.withUserConfiguration(JdkProxying.class));

        assertThat(analysis.getDescription()).contains("NotInInterface.work()", "through the proxy");
        assertThat(analysis.getAction()).contains("in an interface", "proxyTargetClass=true");
    }

    @Test
    @DisplayName("S3: a running job on a bean that another scope may exchange fails the start; a shutdown job does not")
    void scopeThatExchangesItsBeans() {
        FailureAnalysis analysis = analyze(ExchangedConfiguration.class, Function.identity());

        assertThat(analysis.getDescription())
                .contains(
                        "Exchanged.run()' of bean 'exchanged'", "of scope 'custom'", "may be exchanged while the job");
        assertThat(analysis.getAction()).contains("singleton bean, and let that use the bean of scope 'custom'");
    }

    @Test
    @DisplayName("S1: a method that is asynchronous, by itself, by its class or by a proxy, fails the start")
    void asynchronous() {
        for (Class<?> type : List.of(AsyncMethod.class, AsyncClass.class)) {
            FailureAnalysis analysis = analyze(type, runner -> runner.withUserConfiguration(AsyncConfiguration.class));

            assertThat(analysis.getDescription())
                    .contains(type.getSimpleName() + ".run()", "is @Async", "nobody waits for it");
            assertThat(analysis.getAction()).contains("a job has a thread of its own");
        }
        assertThat(analyze(OwnAsyncMethod.class, runner -> runner.withUserConfiguration(OwnAsyncConfiguration.class))
                        .getDescription())
                .contains("is called through an AnnotationAsyncExecutionInterceptor");
    }

    @Test
    @DisplayName("S3: a package-private method that is inherited from another package fails the start behind CGLIB")
    void hiddenFromProxy() {
        FailureAnalysis analysis =
                analyze(Inheriting.class, runner -> runner.withUserConfiguration(CglibProxying.class));

        assertThat(analysis.getDescription()).contains("InOtherPackage.run()", "inherited from another package");
        assertThat(analysis.getAction()).contains("protected or public");
        contextRunner
                .withBean("bean", Inheriting.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    @DisplayName("S2: limits to restarts without restarts fail the start")
    void restartWithoutRestarts() {
        FailureAnalysis analysis = analyze(RestartWithoutRestarts.class);

        assertThat(analysis.getDescription())
                .contains("RestartWithoutRestarts.run()", "maxRestarts=\"3\"", "is not restarted: onFailure is RECORD");
        assertThat(analysis.getAction()).contains("onFailure = FailurePolicy.Action.RESTART");
    }

    @Test
    @DisplayName("S1: S26: a suspend function fails the start, in words for Kotlin")
    void suspendFunction() {
        FailureAnalysis analysis = analyze(SuspendFunction.class);

        assertThat(analysis.getDescription()).contains("is a suspend function");
        assertThat(analysis.getAction()).contains("runBlocking", "kotlinx.coroutines.reactor.mono");
    }

    @Test
    @DisplayName("S3: jobs of mocks are not run, those of spies are")
    void mocks() {
        contextRunner
                .withBean("mock", NamedJob.class, () -> Mockito.mock(NamedJob.class))
                .withBean("spy", NamedJob.class, () -> Mockito.spy(new NamedJob()))
                .run(context -> {
                    assertThat(context.getBean(GracefulManager.class).jobs())
                            .extracting(JobSnapshot::job)
                            .containsExactly("spy.flush");
                    Mockito.verifyNoInteractions(context.getBean("mock"));
                });
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
            analysis.complete(FailureReport.of(Objects.requireNonNull(context.getStartupFailure())));
        });
        return analysis.join();
    }

    private <T> ApplicationContextRunner withBean(Class<T> type) {
        return contextRunner.withBean("bean", type);
    }

    @Configuration(proxyBeanMethods = false)
    static class ExchangedConfiguration {

        @Bean
        static CustomScopeConfigurer scopes() {
            CustomScopeConfigurer scopes = new CustomScopeConfigurer();
            scopes.addScope("custom", new SimpleThreadScope());
            return scopes;
        }

        @Bean
        @Scope(scopeName = "custom", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Exchanged exchanged() {
            return new Exchanged();
        }
    }

    static class Exchanged {

        @RunningJob
        void run() {}

        @ShutdownJob
        void flush() {}
    }

    @EnableAsync
    @Configuration(proxyBeanMethods = false)
    static class AsyncConfiguration {}

    @EnableAsync(annotation = OwnAsync.class)
    @Configuration(proxyBeanMethods = false)
    static class OwnAsyncConfiguration {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface OwnAsync {}

    static class AsyncMethod {

        @Async
        @RunningJob
        void run() {}
    }

    @Async
    static class AsyncClass {

        @RunningJob
        void run() {}
    }

    static class OwnAsyncMethod {

        @OwnAsync
        @ShutdownJob
        void flush() {}
    }

    static class Inheriting extends InOtherPackage {}

    static class RestartWithoutRestarts {

        @RunningJob(restart = @Restart(maxRestarts = "3"))
        void run() {}
    }

    static class SuspendFunction {

        @RunningJob
        Object run(Continuation<? super Unit> continuation) {
            return Unit.INSTANCE;
        }
    }

    static class NamedJob {

        @ShutdownJob
        void flush() {}
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

    static class ZeroTimeout {

        @RunningJob(timeout = "0s")
        void run() {}
    }

    static class ThenShutDownWithoutLimit {

        @RunningJob(onFailure = Action.RESTART, restart = @Restart(thenShutDown = true))
        void run() {}
    }

    static class WithinWithoutLimit {

        @RunningJob(onFailure = Action.RESTART, restart = @Restart(within = "10m"))
        void run() {}
    }

    static class ZeroRestarts {

        @RunningJob(onFailure = Action.RESTART, restart = @Restart(maxRestarts = "0"))
        void run() {}
    }

    static class ZeroDelay {

        @RunningJob(onFailure = Action.RESTART, restart = @Restart(delay = "0s"))
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

    static class BrokenExpression {

        @RunningJob(timeout = "#{noSuchBean.timeout}")
        void run() {}
    }

    static class TwoNamesakes {

        @ShutdownJob(name = "same")
        void flush() {}
    }

    static class Duplicated {

        @ShutdownJob(name = "own")
        void flush() {}
    }

    static class CycleOne {

        @ShutdownJob(after = "two.two")
        void one() {}
    }

    static class CycleTwo {

        @ShutdownJob(after = "three.three")
        void two() {}
    }

    static class CycleThree {

        @ShutdownJob(after = "bean.one")
        void three() {}
    }

    static class AfterItself {

        @ShutdownJob(after = "bean.flush")
        void flush() {}
    }

    static class AfterLowerPhase {

        @ShutdownJob(name = "high", phase = "2", after = "low")
        void high() {}

        @ShutdownJob(name = "low", phase = "1")
        void low() {}
    }

    static class AfterMistyped {

        @ShutdownJob
        void flush() {}

        @ShutdownJob(after = "bean.flsh")
        void close() {}
    }

    static class AfterMethodName {

        @ShutdownJob
        void flush() {}

        @ShutdownJob(after = "flush")
        void close() {}
    }

    static class AfterRunningJob {

        @RunningJob
        void work() {}

        @ShutdownJob(after = "bean.work")
        void close() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class RegisteringItself {

        RegisteringItself(GracefulManager manager) {
            manager.addShutdownJob("own", context -> {});
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class RegisteringTwice {

        RegisteringTwice(GracefulManager manager) {
            manager.addShutdownJob("own", context -> {});
            manager.addShutdownJob("own", context -> {}, ShutdownJobOptions.defaults());
        }
    }

    static class NotInInterface implements Runnable {

        @Override
        public void run() {}

        @RunningJob
        public void work() {}
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
    static class CustomScopeConfiguration {

        @Bean
        static CustomScopeConfigurer scopes() {
            CustomScopeConfigurer scopes = new CustomScopeConfigurer();
            scopes.addScope("custom", new SimpleThreadScope());
            return scopes;
        }

        @Bean
        @Scope("custom")
        Prototype scoped() {
            return new Prototype();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedProxyConfiguration {

        @Bean
        @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Prototype proxied() {
            return new Prototype();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class JdkProxying {

        @Bean
        static BeanNameAutoProxyCreator proxyCreator() {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setBeanNames("bean");
            creator.setInterceptorNames("interceptor");
            return creator;
        }

        @Bean
        static MethodInterceptor interceptor() {
            return MethodInvocation::proceed;
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

        @Bean
        static MethodInterceptor interceptor() {
            return MethodInvocation::proceed;
        }
    }
}
