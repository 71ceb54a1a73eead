package io.github.graceful4j.spring.job;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/**
 * Tells mocks of Mockito from beans that do something: a job of a mock would end at once, or begin again and again, and
 * be counted as a call of what a test looks at. A spy does what the bean does. Used by the thread that starts the
 * context only.
 */
final class Mocks {

    private static final Logger logger = LoggerFactory.getLogger(Mocks.class);

    private final @Nullable Class<?> mockito;

    Mocks(@Nullable ClassLoader classLoader) {
        this.mockito = ClassUtils.isPresent("org.mockito.Mockito", classLoader)
                ? ClassUtils.resolveClassName("org.mockito.Mockito", classLoader)
                : null;
    }

    /** Returns whether the bean of a method is a mock, and says so. */
    boolean isMock(JobMethod method, Object bean) {
        if (mockito == null || !isMock(mockito, bean)) {
            return false;
        }
        logger.info("The {} is not registered, since its bean is a mock", method.describe());
        return true;
    }

    private static boolean isMock(Class<?> mockito, Object bean) {
        try {
            Object details = mockito.getMethod("mockingDetails", Object.class).invoke(null, bean);
            return is("isMock", details) && !is("isSpy", details);
        } catch (ReflectiveOperationException e) {
            logger.debug(
                    "Mockito does not tell whether '{}' is a mock",
                    bean.getClass().getName(),
                    e);
            return false;
        }
    }

    private static boolean is(String question, Object details) throws ReflectiveOperationException {
        Method asked =
                ClassUtils.getInterfaceMethodIfPossible(details.getClass().getMethod(question), null);
        return Boolean.TRUE.equals(asked.invoke(details));
    }
}
