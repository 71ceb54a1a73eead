package io.github.graceful4j.spring.process;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * A service that is told to end in many ways, and at bad moments, as its properties say. Prints what happens after ">
 * ".
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SignalledApplication {

    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> print("other hook begins")));
        ConfigurableApplicationContext context = new SpringApplicationBuilder(SignalledApplication.class)
                .web(WebApplicationType.NONE)
                .run(args);
        Environment environment = context.getEnvironment();
        if (environment.containsProperty("slow-hook")) {
            Runtime.getRuntime().addShutdownHook(new Thread(SignalledApplication::runSlowHook));
        }
        if (environment.containsProperty("print-handlers")) {
            printHandlers();
        }
        print("main ended");
        switch (environment.getProperty("end-by", "nothing")) {
            case "exit" -> System.exit(3);
            case "spring-exit" -> System.exit(SpringApplication.exit(context));
            case "devtools" -> restart();
            default -> {}
        }
    }

    /** Prints who handles signals, and the names of the JVM's hooks, which the JVM has to be opened for. */
    private static void printHandlers() throws ReflectiveOperationException {
        Map<?, ?> handlers = (Map<?, ?>) valueOf("jdk.internal.misc.Signal", "handlers");
        handlers.forEach((signal, handler) ->
                print("handler of " + signal + " is " + handler.getClass().getName()));
        Map<?, ?> hooks = (Map<?, ?>) valueOf("java.lang.ApplicationShutdownHooks", "hooks");
        hooks.keySet().forEach(hook -> print("hook " + ((Thread) hook).getName()));
    }

    private static Object valueOf(String type, String field) throws ReflectiveOperationException {
        Field found = Class.forName(type).getDeclaredField(field);
        found.setAccessible(true);
        return found.get(null);
    }

    /** DevTools is not on the class path of the test. */
    private static void restart() throws ReflectiveOperationException {
        Class<?> restarter = Class.forName("org.springframework.boot.devtools.restart.Restarter");
        Object instance = restarter.getMethod("getInstance").invoke(null);
        restarter.getMethod("restart").invoke(instance);
    }

    private static void runSlowHook() {
        sleep(1);
        print("slow hook ended");
    }

    /** A sleep, since Spring interrupts a start that waits without a limit. */
    private static void sleep(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(String event) {
        System.out.println("> " + event);
    }

    @Bean
    @ConditionalOnProperty(name = "jobs", matchIfMissing = true)
    Jobs jobs() {
        return new Jobs();
    }

    @Bean
    @ConditionalOnProperty(name = "slow", havingValue = "bean")
    SlowBean slowBean(Environment environment) {
        return new SlowBean(environment.getRequiredProperty("seconds", int.class));
    }

    @Bean
    @ConditionalOnProperty(name = "slow", havingValue = "start")
    SlowStart slowStart(Environment environment) {
        return new SlowStart(environment.getRequiredProperty("seconds", int.class));
    }

    static class Jobs {

        @RunningJob
        void work(JobContext context) throws InterruptedException {
            print("work began");
            context.awaitCancellation();
            print("work ended");
        }

        @ShutdownJob
        void flush() {
            print("flushed");
        }
    }

    @Bean
    @ConditionalOnProperty("hanging-job")
    HangingJob hangingJob() {
        return new HangingJob();
    }

    static class HangingJob {

        @ShutdownJob
        void hang() throws InterruptedException {
            print("hangs");
            new CountDownLatch(1).await();
        }
    }

    /** Takes its time before there is any manager. */
    static class SlowBean implements InitializingBean {

        private final int seconds;

        SlowBean(int seconds) {
            this.seconds = seconds;
        }

        @Override
        public void afterPropertiesSet() {
            print("start blocks");
            sleep(seconds);
            print("start goes on");
        }
    }

    /** Takes its time when the jobs have started. */
    static class SlowStart implements SmartLifecycle {

        private final int seconds;

        SlowStart(int seconds) {
            this.seconds = seconds;
        }

        @Override
        public void start() {
            print("start blocks");
            sleep(seconds);
            print("start goes on");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
