package io.github.graceful4j.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Reads single properties that few applications set: a binder is expensive, and only needed where there is a value. */
final class RareProperty {

    private RareProperty() {}

    /**
     * Returns the value of a property, or the default where it is not set.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException with the name of the property, if its
     *     value is not of the type
     */
    static <T> T get(Environment environment, String name, Class<T> type, T defaultValue) {
        return environment.containsProperty(name)
                ? Binder.get(environment).bind(name, type).orElse(defaultValue)
                : defaultValue;
    }
}
