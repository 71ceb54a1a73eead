package io.github.graceful4j.spring.lifecycle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Starts and stops beans as Spring's own processor does. While a context is closed, it also sees each bean that is
 * stopped, and has each phase get no more time than it was set to and than is left when it begins.
 *
 * <p>Until then it does nothing of its own. Thread-safe, as far as Spring's is: what can be set is in a concurrent map
 * and a volatile field; all else is confined to the thread that closes the context.
 */
public class GracefulLifecycleProcessor extends DefaultLifecycleProcessor {

    private static final String NAME = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME;

    /** Spring's own default, which it tells nobody. */
    private static final long DEFAULT_PER_PHASE = 10_000;

    private final Map<Integer, Long> setForPhases = new ConcurrentHashMap<>();
    private volatile long setPerPhase = DEFAULT_PER_PHASE;
    private volatile @Nullable WatchedClose close;
    private volatile @Nullable BeanStops stops;

    /** Creates a processor, with Spring's own timeout per phase. */
    public GracefulLifecycleProcessor() {}

    /**
     * Returns the processor of a context. A context without one would make its own, but only after all beans are there.
     *
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if it can't be watched
     */
    static DefaultLifecycleProcessor of(ConfigurableApplicationContext context) {
        ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
        if (!beanFactory.containsLocalBean(NAME)) {
            GracefulLifecycleProcessor processor = new GracefulLifecycleProcessor();
            processor.setBeanFactory(beanFactory);
            beanFactory.registerSingleton(NAME, processor);
        }
        LifecycleProcessor processor = beanFactory.getBean(NAME, LifecycleProcessor.class);
        return processor instanceof GracefulLifecycleProcessor ours
                ? ours
                : ForeignProcessor.watchable(NAME, processor);
    }

    @Override
    public void setTimeoutsForShutdownPhases(Map<Integer, Long> phasesWithTimeouts) {
        setForPhases.putAll(phasesWithTimeouts);
        super.setTimeoutsForShutdownPhases(phasesWithTimeouts);
    }

    @Override
    public void setTimeoutForShutdownPhase(int phase, long timeout) {
        setForPhases.put(phase, timeout);
        super.setTimeoutForShutdownPhase(phase, timeout);
    }

    @Override
    public void setTimeoutPerShutdownPhase(long timeoutPerShutdownPhase) {
        setPerPhase = timeoutPerShutdownPhase;
        super.setTimeoutPerShutdownPhase(timeoutPerShutdownPhase);
    }

    /** The context is about to be closed: what is stopped from now on is watched. */
    final void watch(WatchedClose begun) {
        close = begun;
    }

    /** Bounds a phase that stops now; what it was set to is never exceeded. */
    final void bound(int phase, long atMost) {
        Long set = setForPhases.get(phase);
        super.setTimeoutForShutdownPhase(phase, Math.min(set == null ? setPerPhase : set, atMost));
    }

    @Override
    public void onClose() {
        WatchedClose watched = close;
        if (watched == null) {
            super.onClose();
            return;
        }
        BeanStops stopped = new BeanStops(watched);
        stops = stopped;
        watched.phasesBegan(stopped);
        try {
            super.onClose();
        } finally {
            stopped.end();
            stops = null;
            watched.phasesEnded();
        }
    }

    /** Spring asks for them once when it starts beans, and once when it stops them. */
    @Override
    protected Map<String, Lifecycle> getLifecycleBeans() {
        Map<String, Lifecycle> beans = super.getLifecycleBeans();
        BeanStops stopped = stops;
        if (stopped != null && stopped.isOnClosingThread()) {
            for (Map.Entry<String, Lifecycle> entry : beans.entrySet()) {
                entry.setValue(stopped.watch(entry.getKey(), entry.getValue()));
            }
        }
        return beans;
    }
}
