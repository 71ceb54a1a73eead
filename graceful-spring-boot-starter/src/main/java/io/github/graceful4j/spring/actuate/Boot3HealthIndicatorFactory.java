package io.github.graceful4j.spring.actuate;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.util.ClassUtils;

/**
 * Makes the health indicator for Spring Boot 3, where the types have other names than in Spring Boot 4. Both can't be
 * on one class path, so that this one goes through reflection: it needs one interface and a builder.
 *
 * <p>Thread-safe, as it is immutable.
 */
public final class Boot3HealthIndicatorFactory implements FactoryBean<Object> {

    private static final String PACKAGE = "org.springframework.boot.actuate.health.";

    private final Class<?> indicator;
    private final Method status;
    private final Method withDetails;
    private final Method build;
    private final Supplier<JobHealth> health;

    /**
     * Creates the factory.
     *
     * @param health gets how the jobs are doing, when it is asked for first
     * @param classLoader loads Spring Boot
     * @throws IllegalStateException if that is not Spring Boot 3
     */
    public Boot3HealthIndicatorFactory(Supplier<JobHealth> health, @Nullable ClassLoader classLoader) {
        this.health = health;
        this.indicator = ClassUtils.resolveClassName(PACKAGE + "HealthIndicator", classLoader);
        Class<?> builder = ClassUtils.resolveClassName(PACKAGE + "Health$Builder", classLoader);
        this.status = ClassUtils.getMethod(
                ClassUtils.resolveClassName(PACKAGE + "Health", classLoader), "status", String.class);
        this.withDetails = ClassUtils.getMethod(builder, "withDetails", Map.class);
        this.build = ClassUtils.getMethod(builder, "build");
    }

    @Override
    public Class<?> getObjectType() {
        return indicator;
    }

    @Override
    public Object getObject() {
        return Proxy.newProxyInstance(
                indicator.getClassLoader(), new Class<?>[] {indicator}, new Indicator(health.get()));
    }

    private final class Indicator implements InvocationHandler {

        private final JobHealth jobs;

        private Indicator(JobHealth jobs) {
            this.jobs = jobs;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return invokeObject(proxy, method, arguments);
            }
            return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : health();
        }

        @SuppressWarnings("ReferenceEquality") // equals of a proxy comes here, so it can't be called for that
        private Object invokeObject(Object proxy, Method method, Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "the health of graceful's jobs";
            };
        }

        private Object health() throws ReflectiveOperationException {
            JobHealth.Now now = jobs.now();
            try {
                Object builder = status.invoke(null, now.status());
                withDetails.invoke(builder, now.details());
                return build.invoke(builder);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException("Can't tell the health of the jobs: " + e.getCause(), e);
            }
        }
    }
}
