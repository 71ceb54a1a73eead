package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

@Timeout(60)
class BlockingBeansTests {

    private static final Gate GATE = new Gate();

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final BlockingBeans blockingBeans = new BlockingBeans(context.getBeanFactory());

    private List<String> beansThatBlockTheClose() throws InterruptedException {
        GATE.reset();
        context.refresh();
        Thread closing = new Thread(context::close);
        closing.start();
        GATE.awaitEntered();

        List<String> beans = blockingBeans.in(closing.getStackTrace());

        GATE.open();
        closing.join();
        return beans;
    }

    @Test
    @DisplayName("S7: a bean that hangs in its @PreDestroy method is known")
    void preDestroyMethod() throws InterruptedException {
        context.registerBean("other", String.class, () -> "other");
        context.registerBean("annotated", Annotated.class);

        assertThat(beansThatBlockTheClose()).containsExactly("annotated");
    }

    @Test
    @DisplayName("S7: a bean that hangs in its destroy method is known, also when another class does the waiting")
    void destroyMethod() throws InterruptedException {
        context.registerBean("pool", AutoCloseable.class, () -> new Pool());

        assertThat(beansThatBlockTheClose()).containsExactly("pool");
    }

    @Test
    @DisplayName("S7: a bean that is a lambda is known")
    void lambda() throws InterruptedException {
        context.register(Lambdas.class);

        assertThat(beansThatBlockTheClose()).containsExactly("lambda");
    }

    @Test
    @DisplayName("S7: of two beans of one class, both are named")
    void twoOfOneClass() throws InterruptedException {
        context.registerBean("first", AutoCloseable.class, () -> new Pool());
        context.registerBean("second", AutoCloseable.class, () -> new Pool());

        assertThat(beansThatBlockTheClose()).containsExactly("first", "second");
    }

    @Test
    @DisplayName("S7: a bean that blocks in its stop method is known")
    void stopMethod() throws InterruptedException {
        context.registerBean("consumer", Consumer.class);

        assertThat(beansThatBlockTheClose()).containsExactly("consumer");
    }

    @Test
    @DisplayName("S7: a bean that blocks as a listener of the close is known")
    void listener() throws InterruptedException {
        context.registerBean("listener", Listener.class);

        assertThat(beansThatBlockTheClose()).containsExactly("listener");
    }

    @Test
    @DisplayName("S7: a stack without a bean names none")
    void noBean() {
        context.refresh();

        assertThat(blockingBeans.in(Thread.currentThread().getStackTrace())).isEmpty();
        context.close();
    }

    static class Annotated {

        @PreDestroy
        void end() {
            GATE.pass();
        }
    }

    static class Pool implements AutoCloseable {

        @Override
        public void close() {
            GATE.pass();
        }
    }

    @Configuration
    static class Lambdas {

        @Bean
        DisposableBean lambda() {
            return () -> GATE.pass();
        }
    }

    static class Consumer implements Lifecycle {

        @Override
        public void start() {}

        @Override
        public void stop() {
            GATE.pass();
        }

        @Override
        public boolean isRunning() {
            return true;
        }
    }

    static class Listener implements ApplicationListener<ContextClosedEvent> {

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            GATE.pass();
        }
    }

    /** Where a bean waits until the test has looked at it. */
    private static final class Gate {

        private CountDownLatch entered = new CountDownLatch(1);
        private CountDownLatch opened = new CountDownLatch(1);

        void reset() {
            entered = new CountDownLatch(1);
            opened = new CountDownLatch(1);
        }

        void pass() {
            entered.countDown();
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        void awaitEntered() throws InterruptedException {
            entered.await();
        }

        void open() {
            opened.countDown();
        }
    }
}
