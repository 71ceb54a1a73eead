package io.github.graceful4j.spring.metrics;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.spi.PhaseControl;
import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Lets the meter registries be closed when the shutdown is over, so that what a registry pushes last has the outcome of
 * all jobs and of the shutdown. Spring Boot closes them as the first thing of all, with a listener; that is taken away
 * from the context, and called later instead: once, and at the latest when beans are destroyed.
 *
 * <p>Nothing depends on this bean, or Spring would stop what does in this phase, too. Thread-safe: {@code pushed} lets
 * exactly one thread close the registries, and all other fields that change are volatile.
 */
public final class FinalPush implements ApplicationListener<ContextClosedEvent>, SmartLifecycle, DisposableBean {

    /** The name that the context knows it by. */
    static final String NAME = "gracefulFinalPush";

    /** The name of Spring Boot's listener; its type is hidden. */
    static final String CLOSER = "meterRegistryCloser";

    /** The name of what makes Spring Boot's registries; where it is, there must be something that closes them. */
    static final String POST_PROCESSOR = "meterRegistryPostProcessor";

    /** Below the phases of everything that works, above those of clients and connection pools. */
    private static final int LAST_PHASE = 2;

    /** What a push gets when the grace period is used up, as much as a shutdown job does. */
    private static final Duration FLOOR = Duration.ofMillis(500);

    private static final Logger logger = LoggerFactory.getLogger(FinalPush.class);

    private final ConfigurableApplicationContext context;
    private final GracefulManager manager;
    private final PhaseControl control;
    private final AtomicReference<@Nullable CompletableFuture<@Nullable Void>> pushed = new AtomicReference<>();
    private volatile @Nullable ApplicationListener<ContextClosedEvent> closer;
    private volatile boolean running = true;

    /**
     * Creates the final push of a context.
     *
     * @param context the context whose registries are closed
     * @param manager whose shutdown has to be over before
     */
    public FinalPush(ConfigurableApplicationContext context, GracefulManager manager) {
        this.context = context;
        this.manager = manager;
        this.control = manager.phaseControl();
    }

    /** Takes the listener away, and takes part in the close of the context. */
    public void begin() {
        takeCloser();
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        beans.registerSingleton(NAME, this);
        ((DefaultSingletonBeanRegistry) beans).registerDisposableBean(NAME, this);
        context.addApplicationListener(this);
    }

    void takeCloser() {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans.containsLocalBean(CLOSER) && beans.getBean(CLOSER) instanceof ApplicationListener<?> listener) {
            takeOff(listener);
        } else if (beans.containsLocalBean(POST_PROCESSOR)) {
            logger.warn(
                    "The last push of meter registries lacks the outcome of the shutdown: this version of Spring Boot"
                            + " has no listener '{}' that closes them; 'graceful.metrics.final-push=false' ends this"
                            + " warning",
                    CLOSER);
        }
    }

    /** The context knows its listeners by name and, once they are there, as objects. */
    @SuppressWarnings("unchecked") // it listens to this event; a canary test knows
    private void takeOff(ApplicationListener<?> listener) {
        context.getBean(
                        AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
                        ApplicationEventMulticaster.class)
                .removeApplicationListenerBean(CLOSER);
        context.removeApplicationListener(listener);
        closer = (ApplicationListener<ContextClosedEvent>) listener;
    }

    /** Pushes as soon as the shutdown is over, also where the close hangs and never comes to the phase. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext().equals(context)) {
            manager.done().thenRun(this::push);
        }
    }

    /** As the shutdown ends: below every phase that has a job now. */
    @Override
    public int getPhase() {
        SortedSet<Integer> phases = control.phases();
        long belowAll = phases.isEmpty() ? LAST_PHASE : phases.last() - 1L;
        return (int) Math.max(Integer.MIN_VALUE, Math.min(LAST_PHASE, belowAll));
    }

    /** There is nothing to start; so it does not matter whether it is there before the context starts. */
    @Override
    public void start() {}

    @Override
    public boolean isRunning() {
        return running;
    }

    /**
     * Returns that this takes no part in a pause. Spring Framework has this method from 7.0 on; with an override
     * annotation this would not compile with 6.2.
     */
    @SuppressWarnings("MissingOverride")
    public boolean isPauseable() {
        return false;
    }

    /** Lets the close wait for the push; but not for a backend that does not answer within the grace period. */
    @Override
    public void stop(Runnable callback) {
        if (!context.isClosed()) {
            callback.run();
            return;
        }
        manager.done()
                .thenCompose(report ->
                        push().copy().completeOnTimeout(null, timeLeft().toMillis(), TimeUnit.MILLISECONDS))
                .whenComplete((nothing, failure) -> {
                    running = false;
                    callback.run();
                });
    }

    private Duration timeLeft() {
        Duration remaining = manager.shutdownContext().remaining();
        return remaining.compareTo(FLOOR) > 0 ? remaining : FLOOR;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /**
     * Closes the registries of a context that was never closed in order, such as one that failed to start. A push that
     * is about to end has a moment for that: a registry that Spring closes meanwhile, as it does next, pushes once
     * more, and without what it has pushed already.
     */
    @Override
    public void destroy() {
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> before = pushed.compareAndExchange(null, mine);
        if (before == null) {
            closeRegistries(mine);
        } else {
            before.copy()
                    .completeOnTimeout(null, FLOOR.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /** Closes the registries on a thread of its own, which keeps neither the close waiting nor the process alive. */
    private CompletableFuture<@Nullable Void> push() {
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> before = pushed.compareAndExchange(null, mine);
        if (before != null) {
            return before;
        }
        Thread pushing = new Thread(() -> closeRegistries(mine), "graceful-final-push");
        pushing.setDaemon(true);
        pushing.start();
        return mine;
    }

    private void closeRegistries(CompletableFuture<@Nullable Void> end) {
        try {
            ApplicationListener<ContextClosedEvent> listener = closer;
            if (listener != null) {
                listener.onApplicationEvent(new ContextClosedEvent(context));
            }
        } catch (RuntimeException | Error e) {
            logger.warn("Can't close the meter registries, so their last push may be lost", e);
        } finally {
            end.complete(null);
        }
    }
}
