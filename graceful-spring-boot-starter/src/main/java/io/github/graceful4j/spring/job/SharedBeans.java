package io.github.graceful4j.spring.job;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Tells beans that are there once from those that have an instance for each request, session or use, on which a job
 * would be run an unknown number of times, or on an instance that nobody else has. Used by the thread that starts the
 * context only.
 */
final class SharedBeans {

    /** What is behind a proxy of another scope may be there once, as with the one that refreshes beans. */
    private static final Set<String> NOT_SHARED = Set.of("prototype", "request", "session", "websocket");

    private final ConfigurableListableBeanFactory beanFactory;

    SharedBeans(ConfigurableListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /**
     * Checks that the bean of a method is there once.
     *
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if it is not
     */
    void check(JobMethod method) {
        String scope = scopeOfTarget(method.beanName());
        if (!beanFactory.isSingleton(method.beanName()) || (scope != null && NOT_SHARED.contains(scope))) {
            throw method.invalid(
                    "belongs to a bean that is not a singleton"
                            + (scope == null ? "" : " but of scope '" + scope + "'")
                            + ", so it is not known how often and on which instance to run it",
                    "Move the method to a singleton bean.");
        }
    }

    /** Returns the scope of the bean, or of what is behind it if it is a scoped proxy. */
    private @Nullable String scopeOfTarget(String beanName) {
        String target = ScopedProxyUtils.getTargetBeanName(beanName);
        String defined = beanFactory.containsBeanDefinition(target) ? target : beanName;
        return beanFactory.containsBeanDefinition(defined)
                ? beanFactory.getMergedBeanDefinition(defined).getScope()
                : null;
    }
}
