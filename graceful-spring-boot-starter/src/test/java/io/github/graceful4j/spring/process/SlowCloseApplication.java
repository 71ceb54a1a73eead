package io.github.graceful4j.spring.process;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.Environment;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A web service that is slow to close: a request, a listener container, a listener of the close, and a bean that is
 * destroyed each take their time, which they tell after "> ". It has jobs only on request.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SlowCloseApplication {

    private static final CountDownLatch MESSAGE_BEGAN = new CountDownLatch(1);

    private static volatile long stopping;

    public static void main(String[] args) {
        Environment environment =
                SpringApplication.run(SlowCloseApplication.class, args).getEnvironment();
        print("port " + environment.getProperty("local.server.port"));
    }

    private static void print(String event) {
        System.out.println("> " + event);
    }

    /** Real time: this is about how long something takes. */
    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    @RestController
    static class Controller {

        private final CountDownLatch closing;

        Controller(CountDownLatch closing) {
            this.closing = closing;
        }

        @GetMapping("/slow")
        String slow() throws InterruptedException {
            MESSAGE_BEGAN.await();
            print("request and message began");
            closing.await();
            sleep(6_000);
            print("webServerGracefulShutdown " + millisSince(stopping));
            return "late";
        }

        @GetMapping("/stream")
        SseEmitter stream() throws IOException {
            SseEmitter emitter = new SseEmitter(0L);
            emitter.send("the first of many");
            print("stream began");
            return emitter;
        }
    }

    @Bean
    CountDownLatch closing() {
        return new CountDownLatch(1);
    }

    @Bean
    @ConditionalOnProperty("slow")
    SlowListener slowListener() {
        return new SlowListener();
    }

    @Bean
    @ConditionalOnProperty("slow")
    DisposableBean slowPool() {
        return new SlowPool();
    }

    @Bean(destroyMethod = "stop")
    @ConditionalOnProperty("slow")
    EmbeddedActiveMQ broker() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("vm", "vm://0");
        return new EmbeddedActiveMQ().setConfiguration(configuration).start();
    }

    @Bean
    @ConditionalOnProperty("slow")
    DefaultMessageListenerContainer slowContainer(CountDownLatch closing, EmbeddedActiveMQ broker) {
        DefaultMessageListenerContainer container = new TimedContainer(closing);
        container.setConnectionFactory(new ActiveMQConnectionFactory("vm://0"));
        container.setDestinationName("orders");
        container.setMessageListener((MessageListener) message -> {
            MESSAGE_BEGAN.countDown();
            try {
                closing.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            sleep(1_500);
        });
        return container;
    }

    @Bean
    @ConditionalOnProperty("jobs")
    Jobs jobs() {
        return new Jobs();
    }

    @Bean
    @ConditionalOnProperty("overrun")
    SlowOthers slowOthers(Environment environment) {
        return new SlowOthers(environment.getRequiredProperty("overrun", Long.class));
    }

    static class SlowListener implements ApplicationListener<ContextClosedEvent> {

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            long began = System.nanoTime();
            sleep(1_000);
            print("slowListener " + millisSince(began));
        }
    }

    static class SlowPool implements DisposableBean {

        @Override
        public void destroy() {
            long began = System.nanoTime();
            sleep(1_200);
            print("slowPool " + millisSince(began));
        }
    }

    /** Somebody else's bean, which takes longer than there is. */
    static class SlowOthers implements DisposableBean {

        private final long millis;

        SlowOthers(long millis) {
            this.millis = millis;
        }

        @Override
        public void destroy() {
            sleep(millis);
            print("others destroyed");
        }
    }

    static class TimedContainer extends DefaultMessageListenerContainer {

        private final CountDownLatch closing;

        TimedContainer(CountDownLatch closing) {
            this.closing = closing;
            setSessionAcknowledgeMode(Session.AUTO_ACKNOWLEDGE);
        }

        @Override
        public void start() {
            super.start();
            new JmsTemplate(Objects.requireNonNull(getConnectionFactory())).convertAndSend("orders", "an order");
        }

        @Override
        public void stop(Runnable callback) {
            long began = System.nanoTime();
            closing.countDown();
            super.stop(() -> {
                print("slowContainer " + millisSince(began));
                stopping = System.nanoTime(); // the next phase with something in it is that of the web server
                callback.run();
            });
        }
    }

    static class Jobs {

        @RunningJob
        void settle(JobContext context) throws InterruptedException {
            context.awaitCancellation();
            sleep(2_000);
            print("settled");
        }

        @ShutdownJob
        void flush() {
            print("flushed");
        }
    }
}
