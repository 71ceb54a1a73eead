package io.github.graceful4j.spring.job;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/** Calls a method of a bean, through its proxy if it has one. Thread-safe, as it is immutable. */
final class MethodJob implements Job {

    /** What a suspend function of Kotlin takes as its last parameter. */
    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private final Object bean;
    private final Method method;
    private final boolean takesContext;
    private final ResultAwaiter results;

    private MethodJob(Object bean, Method method, ResultAwaiter results) {
        this.bean = bean;
        this.method = method;
        this.results = results;
        this.takesContext = method.getParameterCount() == 1;
    }

    /**
     * Returns the job that calls a method on a bean.
     *
     * @throws io.github.graceful4j.spring.failure.MisconfigurationException if it cannot be called, or has the wrong
     *     signature
     */
    static MethodJob of(JobMethod jobMethod, Object bean) {
        checkParameters(jobMethod);
        ResultAwaiter results = resultsOf(jobMethod);
        OwnThread.check(jobMethod, bean);
        Method invocable = invocable(jobMethod, bean);
        ReflectionUtils.makeAccessible(invocable);
        return new MethodJob(bean, invocable, results);
    }

    private static void checkParameters(JobMethod jobMethod) {
        Method method = jobMethod.method();
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 0 && parameters[parameters.length - 1].getName().equals(CONTINUATION)) {
            throw jobMethod.invalid(
                    "is a suspend function, which nobody here can resume",
                    "Make it an ordinary function that calls runBlocking { … }, or that returns"
                            + " kotlinx.coroutines.reactor.mono { … }, which is waited for.");
        }
        if (parameters.length > 1 || (parameters.length == 1 && parameters[0] != JobContext.class)) {
            throw jobMethod.invalid(
                    "takes parameters that a job can't be given",
                    "Let it take nothing, or one parameter of type " + JobContext.class.getName() + ".");
        }
    }

    private static ResultAwaiter resultsOf(JobMethod jobMethod) {
        ResultAwaiter results = ResultAwaiter.of(jobMethod.method());
        if (results == null) {
            throw jobMethod.invalid(
                    "returns " + jobMethod.method().getReturnType().getSimpleName() + ", which nobody would receive",
                    "Let it return void, or a CompletionStage or a reactive type such as Mono, which is waited for.");
        }
        return results;
    }

    private static Method invocable(JobMethod jobMethod, Object bean) {
        Method method = jobMethod.method();
        if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
            throw jobMethod.invalid(
                    "is final, so it can't be called through the CGLIB proxy of its bean",
                    "Remove 'final' from the method.");
        }
        if (AopUtils.isCglibProxy(bean) && isHiddenFrom(bean.getClass(), method)) {
            throw jobMethod.invalid(
                    "is package-private and inherited from another package, so it can't be called through the CGLIB proxy"
                            + " of its bean",
                    "Make the method protected or public.");
        }
        try {
            return AopUtils.selectInvocableMethod(method, bean.getClass());
        } catch (IllegalStateException e) {
            throw jobMethod.invalid(
                    "can't be called through the proxy of its bean",
                    AopUtils.isJdkDynamicProxy(bean)
                            ? "Declare the method in an interface of the bean, or have the bean proxied by class"
                                    + " (proxyTargetClass=true)."
                            : "Make the method at least package-private.",
                    e);
        }
    }

    /** Returns whether a proxy can't override a method, which would then be run on the proxy's own, empty fields. */
    private static boolean isHiddenFrom(Class<?> proxy, Method method) {
        int outside = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE | Modifier.STATIC;
        Class<?> declaring = method.getDeclaringClass();
        return (method.getModifiers() & outside) == 0
                && !(declaring.getPackageName().equals(proxy.getPackageName())
                        && Objects.equals(declaring.getClassLoader(), proxy.getClassLoader()));
    }

    @Override
    public void run(JobContext context) throws Exception {
        try {
            Object result = takesContext ? method.invoke(bean, context) : method.invoke(bean);
            results.await(result, context);
        } catch (InvocationTargetException e) {
            rethrow(e.getTargetException());
        }
    }

    private static void rethrow(Throwable thrown) throws Exception {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof Exception exception) {
            throw exception;
        }
        throw new IllegalStateException("A job method threw what is neither an Exception nor an Error", thrown);
    }
}
