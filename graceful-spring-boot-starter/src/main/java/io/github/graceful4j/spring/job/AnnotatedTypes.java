package io.github.graceful4j.spring.job;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Knows which types have a method with an annotation at all, of their own or inherited. Most beans have none, and to
 * find that out is far cheaper than to look for certain annotations, which may be on other annotations. Confined to the
 * thread that starts the context.
 */
final class AnnotatedTypes {

    private final Map<Class<?>, Boolean> known = new HashMap<>();

    boolean contains(@Nullable Class<?> type) {
        if (type == null || type == Object.class) {
            return false;
        }
        Boolean annotated = known.get(type);
        if (annotated == null) {
            annotated = isAnnotated(type)
                    || contains(type.getSuperclass())
                    || Stream.of(type.getInterfaces()).anyMatch(this::contains);
            known.put(type, annotated);
        }
        return annotated;
    }

    /** Spring has the methods of a class at hand, since others have looked for annotations before. */
    private static boolean isAnnotated(Class<?> type) {
        AtomicBoolean annotated = new AtomicBoolean();
        ReflectionUtils.doWithLocalMethods(type, method -> annotated.compareAndSet(false, isAnnotated(method)));
        return annotated.get();
    }

    private static boolean isAnnotated(Method method) {
        return method.getDeclaredAnnotations().length > 0;
    }
}
