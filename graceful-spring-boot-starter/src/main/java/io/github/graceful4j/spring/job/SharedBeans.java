package io.github.graceful4j.spring.job;

import io.github.graceful4j.spring.RunningJob;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Tells beans that are there once from those that have an instance for each request, session or use, on which a job
 * would be run an unknown number of times, or on an instance that nobody else has. For a running job the instance has
 * to be the same for the life of the context, too: a scope that exchanges it would do so under the job, or wait for it.
 * Used by the thread that starts the context only.
 */
final class SharedBeans {

    /** What is behind a proxy of another scope is there once at a time, as with the one that refreshes beans. */
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
        if (method.annotation() instanceof RunningJob && scope != null && !isSingleton(scope)) {
            throw method.invalid(
                    "belongs to a bean of scope '" + scope
                            + "', whose instance may be exchanged while the job runs, or whose calls wait for the job",
                    "Move the method to a singleton bean, and let that use the bean of scope '" + scope + "'.");
        }
    }

    private static boolean isSingleton(String scope) {
        return scope.isEmpty() || scope.equals(ConfigurableBeanFactory.SCOPE_SINGLETON);
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
