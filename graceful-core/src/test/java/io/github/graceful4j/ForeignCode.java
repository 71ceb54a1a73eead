package io.github.graceful4j;

import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.job.JobResult;
import io.github.graceful4j.job.RunningJobOptions;
import io.github.graceful4j.job.ShutdownJobOptions;
import io.github.graceful4j.report.PhaseResult;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.report.ShutdownReport;
import io.github.graceful4j.time.Deadline;
import io.github.graceful4j.time.Ticker;
import io.github.graceful4j.work.WorkSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;

/**
 * Every point at which a manager calls code that is not its own, each with what a user can put there.
 *
 * <p>{@link ForeignCallSitesTests} fails where the library calls such code from a place that is not in its list; who
 * adds a place there adds the point here.
 */
enum ForeignCode {
    LOGGER {
        @Override
        void putInto(Setup setup) {
            setup.builder.logger(new CallingLogger(setup.foreign));
        }
    },
    LISTENER_SHUTDOWN_BEGAN {
        @Override
        void putInto(Setup setup) {
            setup.builder.listener(new ShutdownListener() {
                @Override
                public void shutdownBegan(ShutdownReason reason, Duration gracePeriod) {
                    setup.foreign.run();
                }
            });
        }
    },
    LISTENER_PHASE_BEGAN {
        @Override
        void putInto(Setup setup) {
            setup.builder.listener(new ShutdownListener() {
                @Override
                public void phaseBegan(int phase) {
                    setup.foreign.run();
                }
            });
        }
    },
    LISTENER_JOB_BEGAN {
        @Override
        void putInto(Setup setup) {
            setup.builder.listener(new ShutdownListener() {
                @Override
                public void jobBegan(String job, JobKind kind) {
                    setup.foreign.run();
                }
            });
        }
    },
    LISTENER_JOB_ENDED {
        @Override
        void putInto(Setup setup) {
            setup.builder.listener(new ShutdownListener() {
                @Override
                public void jobEnded(JobResult result) {
                    setup.foreign.run();
                }
            });
        }
    },
    LISTENER_PHASE_ENDED {
        @Override
        void putInto(Setup setup) {
            setup.builder.listener(new ShutdownListener() {
                @Override
                public void phaseEnded(PhaseResult result) {
                    setup.foreign.run();
                }
            });
        }
    },
    LISTENER_SHUTDOWN_ENDED {
        @Override
        void putInto(Setup setup) {
            setup.builder.listener(new ShutdownListener() {
                @Override
                public void shutdownEnded(ShutdownReport report) {
                    setup.foreign.run();
                }
            });
        }
    },
    JOB {
        @Override
        Job job(Setup setup) {
            return context -> {
                setup.endIfRunning(context);
                setup.foreign.run();
            };
        }
    },
    JOB_DECORATOR {
        @Override
        void putInto(Setup setup) {
            setup.builder.jobDecorator((job, name, kind, phase) -> context -> {
                job.run(context);
                setup.foreign.run();
            });
        }
    },
    CANCELLATION_CALLBACK {
        @Override
        Job job(Setup setup) {
            return context -> {
                context.onCancel(setup.foreign);
                setup.endIfRunning(context);
            };
        }
    },
    SHUTDOWN_CALLBACK {
        @Override
        void use(Setup setup, GracefulManager manager) {
            manager.shutdownContext().onCancel(setup.foreign);
        }
    },
    DEPENDENT_OF_DONE {
        @Override
        void use(Setup setup, GracefulManager manager) {
            manager.done().thenRun(setup.foreign);
        }
    },
    DEPENDENT_OF_A_JOBS_END {
        @Override
        void registered(Setup setup, Registration registration) {
            registration.ended().thenRun(setup.foreign);
        }
    },
    DEPENDENT_OF_A_DRAIN {
        @Override
        void use(Setup setup, GracefulManager manager) {
            manager.addShutdownJob(
                    "enter", context -> {}, ShutdownJobOptions.defaults().withPhase(-1));
            manager.workTracker().enter().close();
            manager.shutdownContext()
                    .onCancel(() -> manager.workTracker().drain().thenRun(setup.foreign));
        }
    },
    DEPENDENT_OF_A_STOP {
        @Override
        void registered(Setup setup, Registration registration) {
            // The stop of a job that has not begun is over at once, and what hangs on it runs where it is hung.
            Thread hanging = new Thread(() -> registration.stop().thenRun(setup.foreign));
            hanging.setDaemon(true);
            hanging.start();
        }
    },
    THROWN_OBJECT {
        @Override
        Job job(Setup setup) {
            return context -> {
                setup.endIfRunning(context);
                throw new ForeignThrowable(setup.foreign);
            };
        }
    },
    REASON {
        @Override
        ShutdownReason reason(Setup setup) {
            return ShutdownReason.jobFailed("another", new ForeignThrowable(setup.foreign));
        }
    },
    PARENT {
        @Override
        void putInto(Setup setup) {
            GracefulManager parent = GracefulManager.builder()
                    .signals(false)
                    .ticker(setup.ticker)
                    .build();
            parent.shutdownContext().onCancel(setup.foreign);
            setup.builder.parent(parent.shutdownContext());
            setup.requester = () -> parent.shutdown(setup.reason);
        }
    },
    WORK_SOURCE_STOP_TAKING {
        @Override
        void use(Setup setup, GracefulManager manager) {
            manager.addWorkSource("source", new CallingSource(setup.foreign, () -> {}, 0, () -> {}));
        }
    },
    WORK_SOURCE_UNDER_WAY {
        @Override
        void use(Setup setup, GracefulManager manager) {
            manager.addWorkSource("source", new CallingSource(() -> {}, setup.foreign, 0, () -> {}));
        }
    },
    WORK_SOURCE_INTERRUPT {
        @Override
        void use(Setup setup, GracefulManager manager) {
            manager.addWorkSource("source", new CallingSource(() -> {}, () -> {}, 1, setup.foreign));
        }
    },
    DELEGATE {
        @Override
        void putInto(Setup setup) {
            setup.builder.delegate(reason -> setup.foreign.run());
        }
    };

    /** Sets up a manager with foreign code in it. */
    static final class Setup {

        final Ticker ticker;
        final GracefulManagerBuilder builder;
        final Runnable foreign;
        final JobKind kind;
        ShutdownReason reason = ShutdownReason.requested("test");

        @Nullable
        Runnable requester;

        Setup(Runnable foreign, JobKind kind, Ticker ticker) {
            this.foreign = foreign;
            this.kind = kind;
            this.ticker = ticker;
            this.builder = GracefulManager.builder().signals(false).ticker(ticker);
        }

        /** A running job does what it is about when it was told to end. */
        void endIfRunning(JobContext context) throws InterruptedException {
            if (kind == JobKind.RUNNING) {
                context.awaitCancellation();
            }
        }

        GracefulManager build(ForeignCode point, Duration gracePeriod) {
            builder.gracePeriod(gracePeriod);
            point.putInto(this);
            reason = point.reason(this);
            GracefulManager manager = builder.build();
            Job job = point.job(this);
            point.registered(
                    this,
                    kind == JobKind.RUNNING
                            ? manager.addRunningJob("job", job, RunningJobOptions.defaults())
                            : manager.addShutdownJob("job", job));
            point.use(this, manager);
            return manager;
        }

        void request(GracefulManager manager) {
            Runnable other = requester;
            if (other == null) {
                manager.shutdown(reason, Deadline.UNLIMITED);
            } else {
                other.run();
            }
        }
    }

    void putInto(Setup setup) {}

    void use(Setup setup, GracefulManager manager) {}

    void registered(Setup setup, Registration registration) {}

    Job job(Setup setup) {
        return setup::endIfRunning;
    }

    ShutdownReason reason(Setup setup) {
        return setup.reason;
    }

    /** A work source all of whose methods run foreign code. */
    private record CallingSource(Runnable onStop, Runnable onLook, long underWay, Runnable onInterrupt)
            implements WorkSource {

        @Override
        public void stopTaking() {
            onStop.run();
        }

        // What a source has under way is foreign, and so is the number.
        @Override
        public long underWay() {
            onLook.run();
            return underWay;
        }

        @Override
        public void interrupt() {
            onInterrupt.run();
        }
    }

    /** A throwable all of whose methods run foreign code. */
    static final class ForeignThrowable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Runnable foreign;

        ForeignThrowable(Runnable foreign) {
            this.foreign = foreign;
        }

        @Override
        public String toString() {
            foreign.run();
            return "foreign";
        }

        @Override
        public String getMessage() {
            foreign.run();
            return "foreign";
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            foreign.run();
            return new StackTraceElement[0];
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** A logger that has everything enabled, and runs foreign code for each line. */
    private static final class CallingLogger extends AbstractLogger {

        private static final long serialVersionUID = 1L;

        private final transient Runnable foreign;

        private CallingLogger(Runnable foreign) {
            this.foreign = foreign;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String message,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            foreign.run();
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isTraceEnabled(@Nullable Marker marker) {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled(@Nullable Marker marker) {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled(@Nullable Marker marker) {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled(@Nullable Marker marker) {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled(@Nullable Marker marker) {
            return true;
        }
    }
}
