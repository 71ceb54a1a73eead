package io.github.graceful4j.spring.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
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
    @DisplayName("S19: of several beans of one class, it is known which is destroyed, and which were before")
    void whichOfOneClass() {
        List<String> seen = new ArrayList<>();
        BlockingBeans looking = new BlockingBeans(context.getBeanFactory(), 1);
        for (String name : List.of("first", "second", "third")) {
            context.registerBean(name, Looking.class, () -> new Looking(looking, seen));
        }
        context.refresh();

        context.close();

        assertThat(seen).containsExactly("third (DESTRUCTION)", "second (DESTRUCTION)", "first (DESTRUCTION)");
    }

    @Test
    @DisplayName("S19: a listener that is no bean is not told of by beans of the same class")
    void listenerThatIsNoBean() {
        List<String> seen = new ArrayList<>();
        BlockingBeans looking = new BlockingBeans(context.getBeanFactory(), 1);
        context.registerBean("bystander", Looking.class, () -> new Looking(looking, new ArrayList<>()));
        context.refresh();
        context.addApplicationListener(Looking.listener(looking, seen));

        context.close();

        assertThat(seen).containsExactly("nothing"); // that is, not the bystander; and this package is never told of
    }

    @Test
    @DisplayName("S19: what a child context does as it is closed by its parent is not told of beans of the parent")
    void beansOfAChild() {
        List<String> seen = new ArrayList<>();
        BlockingBeans ofParent = new BlockingBeans(context.getBeanFactory(), 1);
        context.registerBean("ofParent", Looking.class, () -> new Looking(ofParent, new ArrayList<>()));
        context.refresh();
        AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext();
        BlockingBeans ofChild = new BlockingBeans(child.getBeanFactory(), 2);
        child.registerBean("ofChild", Looking.class, () -> new Looking(ofParent, seen));
        child.registerBean("other", Looking.class, () -> new Looking(ofChild, seen));
        child.refresh();
        context.addApplicationListener((ContextClosedEvent closed) -> child.close());

        context.close();

        assertThat(seen).containsExactly("other (DESTRUCTION)", "close of a child context (LISTENER)");
    }

    /** Looks at what its own thread is at when it is destroyed. */
    private static final class Looking implements DisposableBean {

        private final BlockingBeans looking;
        private final List<String> seen;

        private Looking(BlockingBeans looking, List<String> seen) {
            this.looking = looking;
            this.seen = seen;
        }

        static ApplicationListener<ContextClosedEvent> listener(BlockingBeans looking, List<String> seen) {
            return closed -> look(looking, seen);
        }

        private static void look(BlockingBeans looking, List<String> seen) {
            ClosingThreadSamples.Seen what = looking.seen(Thread.currentThread().getStackTrace());
            seen.add(what == null ? "nothing" : what.name() + " (" + what.kind() + ")");
        }

        @Override
        public void destroy() {
            look(looking, seen);
        }
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
