package io.github.graceful4j.spring.job;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ReflectionUtils;

/**
 * Knows which types have a method with an annotation at all, of their own or inherited. Most beans have none, and to
 * find that out is far cheaper than to look for certain annotations, which may be on other annotations.
 *
 * <p>Types are looked at when the first bean of each is created: Spring goes through its methods then, too, so the
 * processor has them at hand, and among thousands of types that is what most of the time goes into. Thread-safe, since
 * beans may be created by several threads: {@code known} is a concurrent map, and {@code forgotten} volatile.
 */
public final class AnnotatedTypes implements MergedBeanDefinitionPostProcessor {

    private final Map<Class<?>, Boolean> known = new ConcurrentHashMap<>();
    private volatile boolean forgotten;

    /** Creates a memory that knows no type yet. */
    public AnnotatedTypes() {}

    @Override
    public void postProcessMergedBeanDefinition(RootBeanDefinition definition, Class<?> type, String beanName) {
        if (!forgotten) {
            contains(type);
        }
    }

    /** Forgets all types, and remembers none of those that beans are created of from now on. */
    void forget() {
        forgotten = true;
        known.clear();
    }

    boolean contains(Class<?> type) {
        Boolean annotated = known.get(type);
        if (annotated == null) {
            annotated = isAnnotated(type) || inheritsAnnotated(type);
            known.put(type, annotated);
        }
        return annotated;
    }

    private boolean inheritsAnnotated(Class<?> type) {
        Class<?> superclass = type.getSuperclass();
        if (superclass != null && superclass != Object.class && contains(superclass)) {
            return true;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (contains(implemented)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnnotated(Class<?> type) {
        for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
            if (method.getDeclaredAnnotations().length > 0) {
                return true;
            }
        }
        return false;
    }
}
