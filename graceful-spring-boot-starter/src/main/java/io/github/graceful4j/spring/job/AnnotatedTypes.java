package io.github.graceful4j.spring.job;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ReflectionUtils;

/**
 * Knows which types have a method with the annotation of a job, or one that is annotated with it in turn, of their own
 * or inherited. To find that out is far cheaper than to read the annotation, with all that may be merged into it.
 *
 * <p>Types are looked at when the first bean of each is created: Spring goes through its methods then, too, so the
 * processor has them at hand, and among thousands of types that is what most of the time goes into. Thread-safe, since
 * beans may be created by several threads: both maps are concurrent, and {@code forgotten} is volatile.
 */
public final class AnnotatedTypes implements MergedBeanDefinitionPostProcessor {

    /** By name, so that an application without jobs does not load the annotations. */
    private static final Set<String> NAMES =
            Set.of("io.github.graceful4j.spring.RunningJob", "io.github.graceful4j.spring.ShutdownJob");

    private final Map<Class<?>, Boolean> known = new ConcurrentHashMap<>();
    private final Map<Class<? extends Annotation>, Boolean> knownAnnotations = new ConcurrentHashMap<>();
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
        knownAnnotations.clear();
    }

    boolean contains(Class<?> type) {
        Boolean annotated = known.get(type);
        if (annotated == null) {
            annotated = !isForeign(type.getName()) && (isAnnotated(type) || inheritsAnnotated(type));
            known.put(type, annotated);
        }
        return annotated;
    }

    /**
     * Beans of Java and of Spring itself have no jobs, and to look at the methods of some loads many a class. Spring's
     * samples are applications.
     */
    private static boolean isForeign(String type) {
        return type.startsWith("java.")
                || (type.startsWith("org.springframework.") && !type.startsWith("org.springframework.samples."));
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

    private boolean isAnnotated(Class<?> type) {
        for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
            for (Annotation annotation : method.getDeclaredAnnotations()) {
                if (makesJob(annotation.annotationType())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean makesJob(Class<? extends Annotation> type) {
        Boolean makes = knownAnnotations.get(type);
        if (makes == null) {
            makes = makesJob(type, new HashSet<>());
            knownAnnotations.put(type, makes);
        }
        return makes;
    }

    /** Annotations may be annotated with each other, so those that were asked are not asked again. */
    private static boolean makesJob(Class<? extends Annotation> type, Set<Class<?>> asked) {
        String name = type.getName();
        if (NAMES.contains(name)) {
            return true;
        }
        if (name.startsWith("java.") || !asked.add(type)) {
            return false;
        }
        for (Annotation annotation : type.getDeclaredAnnotations()) {
            if (makesJob(annotation.annotationType(), asked)) {
                return true;
            }
        }
        return false;
    }
}
