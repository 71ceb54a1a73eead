package io.github.graceful4j.spring.lifecycle;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds the bean whose method holds up the close of its context. Spring tells nobody which bean it is about to stop or
 * destroy, so the bean is known by its class in the stack of the closing thread.
 *
 * <p>Thread-safe, as it is immutable.
 */
final class BlockingBeans {

    /** What of Spring calls methods of beans while it closes a context. */
    private static final Set<String> CALLERS = Set.of(
            "org.springframework.beans.factory.support.DisposableBeanAdapter",
            "org.springframework.context.support.DefaultLifecycleProcessor",
            "org.springframework.context.event.SimpleApplicationEventMulticaster");

    private static final String LAMBDA = "$$Lambda";

    private final ConfigurableListableBeanFactory beanFactory;

    BlockingBeans(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /** Returns the names of the beans that the stack may be in: one, several of the same class, or none. */
    List<String> in(StackTraceElement[] stack) {
        return classesCalled(stack).stream()
                .map(this::beansOf)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** The classes that Spring called into, those nearest to Spring first. */
    private static List<String> classesCalled(StackTraceElement[] stack) {
        Deque<String> called = new ArrayDeque<>();
        for (StackTraceElement frame : stack) {
            if (CALLERS.stream().anyMatch(frame.getClassName()::startsWith)) {
                return List.copyOf(called);
            }
            called.addFirst(frame.getClassName());
        }
        return List.of();
    }

    private List<String> beansOf(String className) {
        return Arrays.stream(beanFactory.getSingletonNames())
                .filter(name -> isOf(className, beanFactory.getSingleton(name)))
                .toList();
    }

    /** Post-processors are in the stack of every bean that they call. */
    private static boolean isOf(String className, @Nullable Object bean) {
        if (bean == null || bean instanceof BeanPostProcessor) {
            return false;
        }
        Class<?> type = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
        if (type.getName().startsWith(className + LAMBDA)) {
            return true;
        }
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
                .anyMatch(each -> each.getName().equals(className));
    }
}
