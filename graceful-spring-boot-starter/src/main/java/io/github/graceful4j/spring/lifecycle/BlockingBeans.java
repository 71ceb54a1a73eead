package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.StepResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds the bean whose method holds up the close of its context. Spring tells nobody which bean it is about to stop or
 * destroy, so the bean is known by its class in the stack of the closing thread.
 *
 * <p>Confined to one thread at a time.
 */
final class BlockingBeans {

    /** What of Spring calls methods of beans while it closes a context. */
    private static final String DESTROYS = "org.springframework.beans.factory.support.DisposableBeanAdapter";

    private static final String STOPS = "org.springframework.context.support.DefaultLifecycleProcessor";

    private static final String TELLS = "org.springframework.context.event.SimpleApplicationEventMulticaster";

    private static final Set<String> CALLERS = Set.of(DESTROYS, STOPS, TELLS);

    /** How javac names the method with the body of a lambda, in the class that the lambda is written in. */
    private static final String LAMBDA_BODY = "lambda$";

    /** What the JVM adds to the name of that class for the class of the lambda; from JDK 19 on no stack shows it. */
    private static final String LAMBDA_CLASS = "$$Lambda";

    /** What is no more than on the way from Spring to whoever is called. */
    private static final Set<String> ON_THE_WAY =
            Set.of("java.", "javax.", "jdk.", "sun.", "org.springframework.", "io.github.graceful4j.spring.lifecycle.");

    private final ConfigurableListableBeanFactory beanFactory;
    private @Nullable Map<String, List<String>> namesByClass;

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

    /** Returns what Spring has called that the stack is in, and why; {@code null} if it is in nothing of the kind. */
    ClosingThreadSamples.@Nullable Seen seen(StackTraceElement[] stack) {
        List<StackTraceElement> calls = callsIntoBeans(stack);
        if (calls.isEmpty()) {
            return null;
        }
        StepResult.Kind kind = kindOf(stack[calls.size()]);
        for (StackTraceElement call : calls) {
            List<String> names = beansIn(call);
            if (!names.isEmpty()) {
                return new ClosingThreadSamples.Seen(kind, String.join(" or ", names), call.getClassName());
            }
        }
        for (StackTraceElement call : calls) {
            if (ON_THE_WAY.stream().noneMatch(call.getClassName()::startsWith)) {
                return new ClosingThreadSamples.Seen(kind, call.getClassName(), call.getClassName());
            }
        }
        return null;
    }

    private static StepResult.Kind kindOf(StackTraceElement caller) {
        if (caller.getClassName().startsWith(DESTROYS)) {
            return StepResult.Kind.DESTRUCTION;
        }
        return caller.getClassName().startsWith(STOPS) ? StepResult.Kind.LIFECYCLE_BEAN : StepResult.Kind.LISTENER;
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

    /** One that was destroyed is not there any more, which tells beans of one class apart. */
    private List<String> beansIn(StackTraceElement frame) {
        String className = frame.getClassName();
        String key = frame.getMethodName().startsWith(LAMBDA_BODY) ? className + LAMBDA_CLASS : className;
        return namesByClass().getOrDefault(key, List.of()).stream()
                .filter(beanFactory::containsSingleton)
                .toList();
    }

    /** Gone through once: a close that hangs is looked at again and again. */
    private Map<String, List<String>> namesByClass() {
        Map<String, List<String>> known = namesByClass;
        if (known == null) {
            known = new HashMap<>();
            for (String name : beanFactory.getSingletonNames()) {
                add(name, beanFactory.getSingleton(name), known);
            }
            namesByClass = known;
        }
        return known;
    }

    /** Post-processors are in the stack of every bean that they call; what is ours waits for jobs, which tell. */
    private static void add(String name, @Nullable Object bean, Map<String, List<String>> to) {
        if (bean == null || bean instanceof BeanPostProcessor || BeanStops.isOurs(name, bean)) {
            return;
        }
        Class<?> type = ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean));
        int lambda = type.getName().indexOf(LAMBDA_CLASS);
        if (lambda >= 0) {
            add(name, type.getName().substring(0, lambda) + LAMBDA_CLASS, to);
        }
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            add(name, each.getName(), to);
        }
    }

    private static void add(String name, String className, Map<String, List<String>> to) {
        to.computeIfAbsent(className, absent -> new ArrayList<>()).add(name);
    }
}
