package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.lifecycle.CloseSettings;
import io.github.graceful4j.spring.lifecycle.ExitWatch;
import io.github.graceful4j.spring.lifecycle.SignalsDuringStart;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Watches for the exit of the JVM while an application starts, from before its first bean is made; and tells how the
 * close of one goes that has not come far enough to have asked for it. Thread-safe: the field is volatile, and its
 * events come one after the other.
 */
final class StartListener
        implements ApplicationListener<SpringApplicationEvent>,
                Function<ConfigurableApplicationContext, CloseSettings> {

    /** What Spring sets where it only looks at an application, which is never started then. */
    private static final String AHEAD_OF_TIME = "spring.aot.processing";

    private static final String HALT = "halt";
    private static final String SECOND_SIGNAL = "graceful.second-signal";

    private volatile @Nullable ExitWatch watch;
    private volatile @Nullable SignalsDuringStart signals;

    @Override
    public void onApplicationEvent(SpringApplicationEvent event) {
        ExitWatch known = watch;
        if (event instanceof ApplicationPreparedEvent prepared) {
            begin(prepared.getApplicationContext());
        } else if (known != null && event instanceof ApplicationStartedEvent started) {
            if (known.isOf(started.getApplicationContext())) { // events of a child context come by here as well
                known.started();
                signalsEnd();
            }
        } else if (known != null && event instanceof ApplicationFailedEvent failed) {
            if (known.isOf(failed.getApplicationContext())) {
                known.end();
                signalsEnd();
            }
        }
    }

    private void signalsEnd() {
        SignalsDuringStart known = signals;
        if (known != null) {
            known.end();
            signals = null;
        }
    }

    @Override
    public CloseSettings apply(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        return ManagerFactory.closeSettings(
                environment, RareProperty.bind(environment, "graceful", GracefulProperties.class));
    }

    private void begin(ConfigurableApplicationContext context) {
        if (!Boolean.getBoolean(AHEAD_OF_TIME) && OnGracefulEnabled.isMatch(context.getEnvironment())) {
            ExitWatch begun = new ExitWatch(context, this);
            context.getBeanFactory().registerSingleton(ExitWatch.BEAN, begun);
            begun.begin();
            watch = begun;
            ConfigurableEnvironment environment = context.getEnvironment();
            if (HALT.equalsIgnoreCase(environment.getProperty(SECOND_SIGNAL))) {
                signals = SignalsDuringStart.begin(context);
            }
        }
    }
}
