package io.github.graceful4j.spring.job;

import java.lang.reflect.Method;
import java.util.List;
import org.springframework.aop.Advisor;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Refuses methods whose call returns while their work goes on elsewhere: the job would be over at once, and the work
 * unknown to whoever waits for it. Used by the thread that starts the context only.
 */
final class OwnThread {

    /** By name, since nobody has to have them. */
    private static final List<String> ASYNCHRONOUS =
            List.of("org.springframework.scheduling.annotation.Async", "jakarta.ejb.Asynchronous");

    private OwnThread() {}

    /**
     * Checks that a method works on the thread that calls it.
     *
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if it does not
     */
    static void check(JobMethod jobMethod, Object bean) {
        Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
        for (String annotation : ASYNCHRONOUS) {
            if (isPresent(annotation, jobMethod.method(), type)) {
                throw invalid(jobMethod, "is @" + annotation.substring(annotation.lastIndexOf('.') + 1));
            }
        }
        if (bean instanceof Advised advised) {
            for (Advisor advisor : advised.getAdvisors()) {
                if (advisor.getAdvice() instanceof AsyncExecutionInterceptor
                        && advisor instanceof PointcutAdvisor pointcut
                        && pointcut.getPointcut().getMethodMatcher().matches(jobMethod.method(), type)) {
                    throw invalid(
                            jobMethod,
                            "is called through an "
                                    + advisor.getAdvice().getClass().getSimpleName());
                }
            }
        }
    }

    private static boolean isPresent(String annotation, Method method, Class<?> type) {
        return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(annotation)
                || MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).isPresent(annotation)
                || MergedAnnotations.from(method.getDeclaringClass(), SearchStrategy.TYPE_HIERARCHY)
                        .isPresent(annotation);
    }

    private static RuntimeException invalid(JobMethod jobMethod, String what) {
        return jobMethod.invalid(
                what + ", so it returns at once and its work goes on where nobody waits for it",
                "Leave that out: a job has a thread of its own.");
    }
}
