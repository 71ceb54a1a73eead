package io.github.graceful4j.spring.lifecycle;

import io.github.graceful4j.spring.failure.MisconfigurationException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * A lifecycle processor that is the application's own. While its context is closed, what it takes for the bean factory
 * hands it each bean as {@link BeanStops} wants it, so that each is seen and each phase bounded as with ours. Until
 * then, and for all else, it has the real one. What it was set to it tells nobody, so that is read out of its fields.
 *
 * <p>Thread-safe: what changes is confined to the thread that closes the context, or volatile.
 */
final class ForeignProcessor implements InvocationHandler, DisposableBean {

    private final DefaultLifecycleProcessor processor;
    private final ConfigurableApplicationContext context;
    private final ConfigurableListableBeanFactory beanFactory;
    private final WatchedClose close;
    private volatile @Nullable BeanStops stops;
    private long setPerPhase;
    private Map<Integer, Long> setForPhases = Map.of();

    ForeignProcessor(DefaultLifecycleProcessor processor, ConfigurableApplicationContext context, WatchedClose close) {
        this.processor = processor;
        this.context = context;
        this.beanFactory = context.getBeanFactory();
        this.close = close;
    }

    /**
     * Returns a processor that is not ours as one that can be watched.
     *
     * @param name the name of its bean
     * @throws MisconfigurationException if it can't be
     */
    static DefaultLifecycleProcessor watchable(String name, LifecycleProcessor processor) {
        if (processor instanceof DefaultLifecycleProcessor watchable) {
            return watchable;
        }
        throw unfit(
                "The bean '" + name + "' is a " + processor.getClass().getName() + " and not a "
                        + DefaultLifecycleProcessor.class.getSimpleName(),
                null);
    }

    private static MisconfigurationException unfit(String why, @Nullable Throwable cause) {
        return new MisconfigurationException(
                why + ", so the phases of the application can't be fitted into one grace period.",
                "Let it extend " + DefaultLifecycleProcessor.class.getName()
                        + ", or do without jobs by setting graceful.enabled to false.",
                cause);
    }

    /**
     * Puts this between the processor and its bean factory, by its field: a setter might be overridden.
     *
     * @throws MisconfigurationException if that can't be done, or not be read what it is set to
     */
    void watch() {
        try {
            readTimeouts();
            field("beanFactory")
                    .set(
                            processor,
                            Proxy.newProxyInstance(
                                    ForeignProcessor.class.getClassLoader(),
                                    new Class<?>[] {ConfigurableListableBeanFactory.class},
                                    this));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw unfit(
                    "The lifecycle processor " + processor.getClass().getName() + " can't be watched (" + e + ")", e);
        }
    }

    @SuppressWarnings("unchecked") // as the field is declared
    private void readTimeouts() throws ReflectiveOperationException {
        setPerPhase = (long) field("timeoutPerShutdownPhase").get(processor);
        setForPhases = Map.copyOf(
                (Map<Integer, Long>) field("timeoutsForShutdownPhases").get(processor));
    }

    private static Field field(String name) throws ReflectiveOperationException {
        Field field = DefaultLifecycleProcessor.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Bounds a phase that stops now; what it was set to is never exceeded. */
    void bound(int phase, long atMost) {
        processor.setTimeoutForShutdownPhase(phase, Math.min(setForPhases.getOrDefault(phase, setPerPhase), atMost));
    }

    /** Is asked for the names of all beans with a lifecycle, and then for each of them. */
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getBeanNamesForType")) {
            phasesBegin();
        }
        Object result;
        try {
            result = method.invoke(beanFactory, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
        BeanStops stopped = stops;
        return stopped != null
                        && stopped.isOnClosingThread()
                        && isGetBean(method)
                        && arguments != null
                        && result instanceof Lifecycle bean
                        && !processor.equals(bean)
                ? stopped.watch(BeanFactoryUtils.transformedBeanName((String) arguments[0]), bean)
                : result;
    }

    private static boolean isGetBean(Method method) {
        return method.getDeclaringClass().equals(BeanFactory.class)
                && method.getName().equals("getBean")
                && method.getParameterCount() == 1
                && method.getParameterTypes()[0].equals(String.class);
    }

    /** It has stopped no beans, or got them from somebody else. */
    void sayThatNothingWasSeen() {
        LoggerFactory.getLogger(ForeignProcessor.class)
                .warn(
                        "The report of the close of '{}' lacks what was stopped in phases, and these had no limit: {} did"
                                + " not take its beans from super.getLifecycleBeans()",
                        context.getId(),
                        processor.getClass().getName());
    }

    private void phasesBegin() throws ReflectiveOperationException {
        if (stops == null && context.isClosed()) {
            readTimeouts(); // as the application may have set them anew
            // The last one that is registered is the first to be destroyed, which is right after all phases.
            ((DefaultSingletonBeanRegistry) beanFactory).registerDisposableBean("gracefulPhasesEnd", this);
            BeanStops begun = new BeanStops(close);
            stops = begun;
            close.phasesBegan(begun);
        }
    }

    @Override
    public void destroy() {
        BeanStops stopped = stops;
        if (stopped != null) {
            stopped.end();
            close.phasesEnded();
        }
    }
}
