package io.github.graceful4j.spring.lifecycle;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The same for a bean that says when it has stopped. Spring counts how often it is called back in a phase; so it is
 * called back once for each bean of the phase, whatever the bean does, and not for one of another phase that is stopped
 * in this one, since it depends on a bean of it. A bean of the library's own keeps its time itself; it is waited for
 * before the next phase begins, and not by Spring.
 */
final class StoppingSmartBean extends StoppingBean implements SmartLifecycle, Runnable {

    private final SmartLifecycle bean;
    private boolean idle;
    private volatile @Nullable Runnable callback;

    StoppingSmartBean(String name, SmartLifecycle bean, boolean ours, BeanStops stops) {
        super(name, bean, ours, stops);
        this.bean = bean;
    }

    @Override
    public boolean isAutoStartup() {
        return bean.isAutoStartup();
    }

    /** A bean that does not run would be counted as if it had been called back for. */
    @Override
    public boolean isRunning() {
        idle = !super.isRunning();
        return !idle || stops.isOfAnotherPhase(this);
    }

    @Override
    public void stop(Runnable springs) {
        if (idle) {
            return;
        }
        began();
        if (isOurs() || stops.isOfAnotherPhase(this)) {
            stops.awaitInPlaceOfSpring(this);
        } else {
            callback = springs;
        }
        try {
            bean.stop(this);
        } catch (Throwable e) {
            ended();
            if (!stops.isOfAnotherPhase(this)) {
                throw e;
            }
            LoggerFactory.getLogger(GracefulLifecycleProcessor.class).warn("Failed to stop bean '{}'", name(), e);
        } finally {
            stops.bound();
        }
        if (isOurs()) {
            springs.run();
        }
    }

    /** The bean says that it has stopped. */
    @Override
    public void run() {
        if (ended()) {
            Runnable springs = callback;
            if (springs != null) {
                springs.run();
            }
        }
    }
}
