package io.github.graceful4j.spring.worksource;

import io.github.graceful4j.work.WorkSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.util.ReflectionUtils;

/**
 * The executions of batch jobs in this process. Listener and execution are in another package in each line of Spring
 * Batch, so it listens through a proxy.
 *
 * <p>Thread-safe: the sets are concurrent and {@code stopping} volatile. An execution is in the set before it looks at
 * {@code stopping}, and who stops sets that before it looks at the set.
 */
final class BatchSource implements WorkSource, InvocationHandler {

    private static final int ATTEMPTS = 10;

    private static final String REGISTER = "registerJobExecutionListener";

    /** Tells an execution to stop, as the operator of jobs does. */
    @FunctionalInterface
    interface Stop {

        /** Tells it, without waiting for it; returns whether it was told. */
        boolean stop(long execution) throws Exception;
    }

    private final Stop operator;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final Set<Thread> ending = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    BatchSource(Stop operator) {
        this.operator = operator;
    }

    void listenTo(AbstractJob job) {
        for (Method method : AbstractJob.class.getMethods()) {
            if (method.getName().equals(REGISTER)) {
                Class<?> listener = method.getParameterTypes()[0];
                ReflectionUtils.invokeMethod(
                        method,
                        job,
                        Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, this));
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the proxy would ask here again
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        return switch (method.getName()) {
            case "beforeJob" -> {
                began(idOf(Objects.requireNonNull(first)));
                yield null;
            }
            case "afterJob" -> {
                ended(idOf(Objects.requireNonNull(first)));
                yield null;
            }
            case "equals" -> proxy == first;
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "graceful's listener";
        };
    }

    private static long idOf(Object execution) {
        Method id = Objects.requireNonNull(ReflectionUtils.findMethod(execution.getClass(), "getId"));
        return ((Number) Objects.requireNonNull(ReflectionUtils.invokeMethod(id, execution))).longValue();
    }

    private void began(long execution) {
        running.add(execution);
        if (stopping) {
            try {
                stop(execution);
            } catch (Exception e) {
                // It goes on to its end, and is waited for.
            }
        }
    }

    private void ended(long execution) {
        if (stopping) {
            ending.add(Thread.currentThread());
        }
        running.remove(execution);
    }

    @Override
    public void stopTaking() throws Exception {
        stopping = true;
        Exception first = null;
        for (long execution : running) {
            try {
                stop(execution);
            } catch (Exception e) {
                first = first == null ? e : first; // the others are told all the same
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** A step that has just written itself keeps it from being written that its execution is to stop. */
    private void stop(long execution) throws Exception {
        for (int attempt = 1; true; attempt++) {
            try {
                operator.stop(execution);
                return;
            } catch (JobExecutionNotRunningException e) {
                return; // it has ended meanwhile, or was told before
            } catch (OptimisticLockingFailureException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public long underWay() {
        int over = running.size();
        ending.removeIf(thread -> !isInJob(thread));
        return (long) over + ending.size();
    }

    /** How an execution ended is written only after listeners have heard of it. */
    private static boolean isInJob(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals(AbstractJob.class.getName())) {
                return true;
            }
        }
        return false;
    }
}
