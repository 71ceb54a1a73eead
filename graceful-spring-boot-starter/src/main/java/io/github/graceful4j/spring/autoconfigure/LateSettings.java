package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.lifecycle.CloseSettings;
import java.util.function.Supplier;
import org.springframework.core.env.ConfigurableEnvironment;

/** Tells how the close of an application goes that has not come far enough to have asked for it. Immutable. */
record LateSettings(ConfigurableEnvironment environment) implements Supplier<CloseSettings> {

    @Override
    public CloseSettings get() {
        return ManagerFactory.closeSettings(
                environment, RareProperty.bind(environment, "graceful", GracefulProperties.class));
    }
}
