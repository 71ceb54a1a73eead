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

    /** How javac names the method with the body of a lambda, in the class that the lambda is written in. */
    private static final String LAMBDA_BODY = "lambda$";

    /** What the JVM adds to the name of that class for the class of the lambda; from JDK 19 on no stack shows it. */
    private static final String LAMBDA_CLASS = "$$Lambda";

    private final ConfigurableListableBeanFactory beanFactory;

    BlockingBeans(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /** Returns the names of the beans that the stack may be in: one, several of the same class, or none. */
    List<String> in(StackTraceElement[] stack) {
        return callsIntoBeans(stack).stream()
                .map(this::beansIn)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** What Spring called, that nearest to Spring first. */
    private static List<StackTraceElement> callsIntoBeans(StackTraceElement[] stack) {
        Deque<StackTraceElement> calls = new ArrayDeque<>();
        for (StackTraceElement frame : stack) {
            if (CALLERS.stream().anyMatch(frame.getClassName()::startsWith)) {
                return List.copyOf(calls);
            }
            calls.addFirst(frame);
        }
        return List.of();
    }

    private List<String> beansIn(StackTraceElement frame) {
        return Arrays.stream(beanFactory.getSingletonNames())
                .filter(name -> isIn(frame, beanFactory.getSingleton(name)))
                .toList();
    }

    /** Post-processors are in the stack of every bean that they call. */
    private static boolean isIn(StackTraceElement frame, @Nullable Object bean) {
        if (bean == null || bean instanceof BeanPostProcessor) {
            return false;
        }
        String className = frame.getClassName();
        Class<?> type = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
        if (frame.getMethodName().startsWith(LAMBDA_BODY)) {
            return type.getName().startsWith(className + LAMBDA_CLASS);
        }
        return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
                .anyMatch(each -> each.getName().equals(className));
    }
}
