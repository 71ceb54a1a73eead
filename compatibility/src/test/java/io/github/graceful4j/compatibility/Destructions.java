package io.github.graceful4j.compatibility;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.util.ClassUtils;

/**
 * Tells of each bean which jobs had ended when it was destroyed; the report only names those that take a while.
 * Thread-safe.
 */
final class Destructions implements DestructionAwareBeanPostProcessor {

    private final Map<String, StopRow.Place> places = new ConcurrentHashMap<>();
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private volatile @Nullable Journal journal;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof Journal created) {
            journal = created;
        }
        return bean;
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String name) {
        types.put(name, ClassUtils.getUserClass(bean).getSimpleName());
        places.putIfAbsent(
                name,
                new StopRow.Place(
                        "destruction",
                        wasWritten("settled, ") ? "after" : "before",
                        wasWritten("summed up, ") ? "after" : "before"));
    }

    private boolean wasWritten(String begin) {
        Journal written = journal;
        return written != null && written.entries().stream().anyMatch(entry -> entry.startsWith(begin));
    }

    /** Returns where beans were destroyed, by their names. */
    Map<String, StopRow.Place> places() {
        return Map.copyOf(places);
    }

    /** Returns the class of a bean that was destroyed, without its package. */
    String typeOf(String name) {
        return types.getOrDefault(name, "");
    }
}
