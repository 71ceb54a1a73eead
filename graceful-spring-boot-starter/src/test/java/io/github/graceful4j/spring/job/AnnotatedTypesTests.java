package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.CachedIntrospectionResults;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

class AnnotatedTypesTests {

    private final AnnotatedTypes types = new AnnotatedTypes();

    @Test
    @DisplayName("S3: an annotated method may be inherited from a class or an interface")
    void inherited() {
        assertThat(types.contains(Plain.class)).isFalse();
        assertThat(types.contains(Annotated.class)).isTrue();
        assertThat(types.contains(Subclass.class)).isTrue();
        assertThat(types.contains(Implementation.class)).isTrue();
    }

    @Test
    @DisplayName("S4: nothing is kept per bean: what looked at the beans of a context keeps none of their classes")
    void nothingIsKept() {
        List<WeakReference<Class<?>>> classes = new ArrayList<>();

        AnnotatedTypes used = useInContext(classes);

        emptySpringsCaches();
        for (int tries = 0; tries < 50 && !isUnloaded(classes); tries++) {
            System.gc();
        }
        assertThat(isUnloaded(classes)).isTrue();
        assertThat(used.contains(Annotated.class)).as("it is alive itself").isTrue();
    }

    /** Lets it look at a bean that is created with the context, and at one that is created when this has started. */
    private static AnnotatedTypes useInContext(List<WeakReference<Class<?>>> classes) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(GracefulAutoConfiguration.class);
            classes.add(registerBeanOfNewClass(context, "early", false));
            classes.add(registerBeanOfNewClass(context, "late", true));
            context.refresh();
            context.getBean("late");
            return context.getBean(AnnotatedTypes.class);
        }
    }

    private static WeakReference<Class<?>> registerBeanOfNewClass(
            AnnotationConfigApplicationContext context, String name, boolean isLazy) {
        Class<?> type = ManyBeanClasses.make(1).get(0);
        context.registerBean(name, type, definition -> definition.setLazyInit(isLazy));
        return new WeakReference<>(type);
    }

    /** Spring has caches for all contexts, and empties them itself at the end of each start. */
    private static void emptySpringsCaches() {
        ReflectionUtils.clearCache();
        AnnotationUtils.clearCache();
        ResolvableType.clearCache();
        CachedIntrospectionResults.clearClassLoader(AnnotatedTypesTests.class.getClassLoader());
    }

    private static boolean isUnloaded(List<WeakReference<Class<?>>> classes) {
        return classes.stream().allMatch(type -> type.refersTo(null));
    }

    static class Plain {

        void work() {}
    }

    static class Annotated {

        @ShutdownJob
        void flush() {}
    }

    static class Subclass extends Annotated {}

    interface Flushing {

        @ShutdownJob
        default void flush() {}
    }

    static class Implementation implements Flushing {}
}
