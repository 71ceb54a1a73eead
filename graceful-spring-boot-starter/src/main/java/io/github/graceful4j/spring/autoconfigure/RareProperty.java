package io.github.graceful4j.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Reads properties that few applications set: a binder is expensive, and only needed where there is a value. */
final class RareProperty {

    /** The name of the source that Spring Boot attaches; plain contexts have none. */
    private static final String ATTACHED = "configurationProperties";

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

    /** Returns whether there is, or may be, a property whose name begins with a prefix. */
    static boolean isAnySet(ConfigurableEnvironment environment, String prefix) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(prefix);
        for (ConfigurationPropertySource source : sources(environment)) {
            if (source.containsDescendantOf(name) != ConfigurationPropertyState.ABSENT) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns all properties whose names begin with a prefix, with defaults for those that are not set.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException with the name of a property whose value is
     *     wrong
     */
    static <T> T bind(ConfigurableEnvironment environment, String prefix, Class<T> type) {
        return new Binder(sources(environment), new PropertySourcesPlaceholdersResolver(environment))
                .bindOrCreate(prefix, type);
    }

    private static Iterable<ConfigurationPropertySource> sources(ConfigurableEnvironment environment) {
        return environment.getPropertySources().contains(ATTACHED)
                ? ConfigurationPropertySources.get(environment)
                : ConfigurationPropertySources.from(environment.getPropertySources());
    }
}
