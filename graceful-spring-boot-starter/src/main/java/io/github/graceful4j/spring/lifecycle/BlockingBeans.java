package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.report.StepResult;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationListener;
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

    /** What closes a context. */
    static final String CLOSES = "org.springframework.context.support.AbstractApplicationContext";

    /** The method that does. */
    static final String CLOSE = "doClose";

    /** What calls the methods of beans that listen, which need be no listeners themselves. */
    private static final String CALLS_METHODS = "org.springframework.context.event.ApplicationListenerMethodAdapter";

    private final ConfigurableListableBeanFactory beanFactory;
    private final int nesting;
    private @Nullable Map<String, List<String>> namesByClass;
    private @Nullable List<String> destroyedLater;

    /** Finds beans of a context that is not being closed. */
    BlockingBeans(ConfigurableListableBeanFactory beanFactory) {
        this(beanFactory, 0);
    }

    /**
     * Finds beans of a context.
     *
     * @param nesting the how many-th context it is that the thread closes, the first one being that which closes the
     *     others as it is closed
     */
    BlockingBeans(ConfigurableListableBeanFactory beanFactory, int nesting) {
        this.beanFactory = beanFactory;
        this.nesting = nesting;
    }

    /** Returns how many contexts a thread with a stack closes. */
    static int closesIn(StackTraceElement[] stack) {
        int closes = 0;
        for (StackTraceElement frame : stack) {
            if (isClose(frame)) {
                closes++;
            }
        }
        return closes;
    }

    private static boolean isClose(StackTraceElement frame) {
        return frame.getMethodName().equals(CLOSE) && frame.getClassName().equals(CLOSES);
    }

    /** Returns what the close of this context has called. */
    private StackTraceElement[] ofThisClose(StackTraceElement[] stack) {
        int closes = 0;
        for (int i = stack.length - 1; i >= 0; i--) {
            if (isClose(stack[i]) && ++closes == nesting) {
                return Arrays.copyOf(stack, i + 1);
            }
        }
        return stack;
    }

    /** Returns the names of the beans that the stack may be in: one, several of the same class, or none. */
    List<String> in(StackTraceElement[] wholeStack) {
        StackTraceElement[] stack = ofThisClose(wholeStack);
        if (nesting > 0 && closesIn(stack) > 1) {
            return List.of(); // it closes another one
        }
        return callsIntoBeans(stack).stream()
                .map(this::beansIn)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Returns what Spring has called that the stack is in, and why; {@code null} if it is in nothing of the kind. */
    ClosingThreadSamples.@Nullable Seen seen(StackTraceElement[] wholeStack) {
        StackTraceElement[] stack = ofThisClose(wholeStack);
        if (nesting > 0 && closesIn(stack) > 1) {
            return new ClosingThreadSamples.Seen(StepResult.Kind.LISTENER, "close of a child context", CLOSES);
        }
        List<StackTraceElement> calls = callsIntoBeans(stack);
        if (calls.isEmpty()) {
            return null;
        }
        StepResult.Kind kind = kindOf(stack[calls.size()]);
        for (StackTraceElement call : calls) {
            List<String> names = atIt(kind, beansIn(call), stack);
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

    /** Returns those of several beans of a class that may be at something of a kind. */
    private List<String> atIt(StepResult.Kind kind, List<String> names, StackTraceElement[] stack) {
        if (kind == StepResult.Kind.DESTRUCTION) {
            return inDestruction(names);
        }
        if (kind == StepResult.Kind.LISTENER && !isIn(stack, CALLS_METHODS)) {
            return names.stream()
                    .filter(name -> beanFactory.getSingleton(name) instanceof ApplicationListener)
                    .toList();
        }
        return names;
    }

    private static boolean isIn(StackTraceElement[] stack, String type) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals(type)) {
                return true;
            }
        }
        return false;
    }

    /** Spring takes a bean off its list and destroys it then, the last one first. */
    private List<String> inDestruction(List<String> names) {
        List<String> listed = names.size() < 2 ? null : toBeDestroyed();
        if (listed == null) {
            return names;
        }
        List<String> later = destroyedLater == null ? listed : destroyedLater;
        destroyedLater = later;
        List<String> taken =
                names.stream().filter(name -> !listed.contains(name)).toList();
        return taken.stream()
                .filter(later::contains)
                .min(Comparator.comparingInt(later::indexOf))
                .map(List::of)
                .orElse(taken.isEmpty() ? names : taken);
    }

    /** Returns the names of the beans that are still to be destroyed, which Spring tells nobody. */
    private @Nullable List<String> toBeDestroyed() {
        try {
            Field field = DefaultSingletonBeanRegistry.class.getDeclaredField("disposableBeans");
            field.setAccessible(true);
            Map<?, ?> disposable = (Map<?, ?>) field.get(beanFactory);
            synchronized (disposable) { // as Spring does
                return disposable.keySet().stream().map(String::valueOf).toList();
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
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
