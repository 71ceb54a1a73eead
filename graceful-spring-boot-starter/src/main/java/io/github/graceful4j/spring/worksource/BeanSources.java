package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.work.WorkSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * A work source for each bean of a type, named like the bean. Immutable and thread-safe.
 *
 * @param beans the beans of the context
 * @param type the type of the beans
 * @param adapter makes a source out of a bean that is there when the phase stops
 * @param <T> the type of the beans
 */
record BeanSources<T>(ConfigurableListableBeanFactory beans, Class<T> type, Function<T, WorkSource> adapter)
        implements WorkSources {

    @Override
    public void register(GracefulManager manager) {
        for (String name : names()) {
            manager.addWorkSource(name, new Late(name));
        }
    }

    /** Registers the sources in a phase of their own. */
    void register(GracefulManager manager, int phase) {
        for (String name : names()) {
            manager.addWorkSource(name, new Late(name), phase);
        }
    }

    private String[] names() {
        return beans.getBeanNamesForType(type, false, false);
    }

    /** A source whose bean is looked for when it is told to stop: a lazy one that nobody has used is not made. */
    private final class Late implements WorkSource {

        private final String name;

        /** Only ever touched by the one thread that stops it. */
        private @Nullable WorkSource source;

        private Late(String name) {
            this.name = name;
        }

        @Override
        public void stopTaking() throws Exception {
            if (beans.containsSingleton(name)) {
                WorkSource found = adapter.apply(beans.getBean(name, type));
                source = found;
                found.stopTaking();
            }
        }

        @Override
        public long underWay() throws Exception {
            return source == null ? 0 : source.underWay();
        }

        @Override
        public void interrupt() throws Exception {
            if (source != null) {
                source.interrupt();
            }
        }
    }
}
