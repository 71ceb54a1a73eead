package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.spi.ShutdownDelegate;
import io.github.graceful4j.work.WorkSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the list of {@link ForeignCode} complete: whoever calls foreign code from a new place has to add it. */
class ForeignCallSitesTests {

    private static final String[] KNOWN = {
        "GracefulManagerBuilder.<init> -> org.slf4j.LoggerFactory.getLogger",
        "internal.job.Cancellation.callOurs -> java.lang.Runnable.run",
        "internal.job.Cancellation.follow -> java.lang.Runnable.run",
        "internal.job.JobRun.run -> job.Job.run",
        "internal.job.JobRun.runCallback -> java.lang.Runnable.run",
        "internal.job.Supervisor.run -> job.Job.run",
        "internal.jvm.JvmExit.runSpareWork -> java.lang.Runnable.run",
        "internal.jvm.Relay$Relayed.handOn -> java.lang.Runnable.run",
        "internal.jvm.SignalHub.leave -> java.lang.Runnable.run",
        "internal.jvm.SignalHub.onLastingThread -> java.lang.Runnable.run",
        "internal.jvm.SignalHub$Wait.run -> java.lang.Runnable.run",
        "internal.jvm.Threads.runApart -> java.lang.Runnable.run",
        "internal.jvm.SystemSignals$Adapter.isHub -> java.lang.Object.toString",
        "internal.jvm.SystemSignals$SunSignal.isNative -> java.lang.Object.toString",
        "internal.jvm.SystemSignals$SunSignal.unwrap -> java.lang.Throwable.getMessage",
        "internal.jvm.SystemSignals.install -> java.lang.Throwable.getMessage",
        "internal.jvm.SystemSignals.install -> java.util.concurrent.CompletableFuture.complete",
        "internal.observe.JobMdc.put -> org.slf4j.MDC.put",
        "internal.observe.JobMdc.remove -> org.slf4j.MDC.remove",
        "internal.observe.Log.as -> java.lang.Runnable.run",
        "internal.observe.Log.debug -> org.slf4j.Logger.debug",
        "internal.observe.Log.error -> org.slf4j.Logger.error",
        "internal.observe.Log.info -> org.slf4j.Logger.info",
        "internal.observe.Log.log -> org.slf4j.spi.LoggingEventBuilder.log",
        "internal.observe.Log.log -> org.slf4j.spi.LoggingEventBuilder.setCause",
        "internal.observe.Log.lookForDebug -> org.slf4j.Logger.isDebugEnabled",
        "internal.observe.Log.post -> java.lang.Runnable.run",
        "internal.observe.Log.recordProblem -> org.slf4j.Logger.warn",
        "internal.observe.Log.sayHowManyHaveNoPlace -> org.slf4j.Logger.warn",
        "internal.observe.Log.warn -> org.slf4j.Logger.warn",
        "internal.observe.Log.warnOf -> org.slf4j.Logger.warn",
        "internal.observe.Log.withFields -> org.slf4j.Logger.atLevel",
        "internal.observe.Log.withFields -> org.slf4j.Logger.debug",
        "internal.observe.Log.withFields -> org.slf4j.Logger.info",
        "internal.observe.Log.withFields -> org.slf4j.Logger.warn",
        "internal.observe.Log.writeEnd -> org.slf4j.Logger.debug",
        "internal.observe.Log.writeEnd -> org.slf4j.Logger.isDebugEnabled",
        "internal.observe.LogFields.addTo -> org.slf4j.spi.LoggingEventBuilder.addKeyValue",
        "internal.observe.Mailbox.run -> java.lang.Runnable.run",
        "internal.observe.Observers.jobBegan -> report.ShutdownListener.jobBegan",
        "internal.observe.Observers.jobEnded -> report.ShutdownListener.jobEnded",
        "internal.observe.Observers.jobEnded -> report.ShutdownListener.jobFailed",
        "internal.observe.Observers.jobFailed -> report.ShutdownListener.jobFailed",
        "internal.observe.Observers.jobRestarted -> report.ShutdownListener.jobRestarted",
        "internal.observe.Observers.phaseBegan -> report.ShutdownListener.phaseBegan",
        "internal.observe.Observers.phaseEnded -> report.ShutdownListener.phaseEnded",
        "internal.observe.Observers.shutdownBegan -> report.ShutdownListener.shutdownBegan",
        "internal.observe.Observers.shutdownEnded -> report.ShutdownListener.shutdownEnded",
        "internal.stop.JobControls.decorated -> job.Job.run",
        "internal.stop.JobControls.decorated -> job.JobDecorator.decorate",
        "internal.stop.ShutdownContext.run -> java.lang.Runnable.run",
        "internal.stop.SourceStop.interrupt -> work.WorkSource.interrupt",
        "internal.stop.SourceStop.isUnderWay -> work.WorkSource.underWay",
        "internal.stop.SourceStop.stopTaking -> work.WorkSource.stopTaking",
        "internal.stop.ShutdownCoordinator.follow -> job.JobContext.name",
        "internal.stop.ShutdownCoordinator.follow -> job.JobContext.onCancel",
        "internal.stop.ShutdownCoordinator.follow -> job.JobContext.remaining",
        "internal.stop.ShutdownCoordinator$Background.run -> java.lang.Runnable.run",
        "internal.stop.ShutdownCoordinator$Background.run -> java.util.concurrent.CompletableFuture.complete",
        "internal.stop.ShutdownCoordinator.startOrRun -> java.lang.Runnable.run",
        "internal.stop.ShutdownCoordinator.isEndedBy -> spi.ShutdownDelegate.shutdownRequested",
        "work.WorkTracker.completeWaiting -> java.util.concurrent.CompletableFuture.complete",
        "work.WorkTracker.onThreadOfItsOwn -> java.lang.Runnable.run",
        "work.WorkTracker.wrap -> java.lang.Runnable.run",
    };

    @Test
    @DisplayName("C23: foreign code is called from known places only, each of which is among those that are tested")
    void foreignCodeIsCalledFromKnownPlaces() {
        Set<String> sites = new ClassFileImporter()
                        .importUrl(GracefulManager.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())
                        .stream()
                        .filter(type -> type.getPackageName().contains(".internal.")
                                || type.getPackageName().equals("io.github.graceful4j")
                                || type.getPackageName().endsWith(".work"))
                        .filter(type -> !type.getSimpleName().equals("Rehearsal"))
                        .flatMap(type -> type.getCodeUnits().stream())
                        .flatMap(unit -> unit.getCallsFromSelf().stream())
                        .filter(ForeignCallSitesTests::isForeign)
                        .map(call -> nameOf(call.getOrigin()) + " -> " + nameOf(call.getTarget()))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(sites).containsExactlyInAnyOrder(KNOWN);
    }

    private static boolean isForeign(JavaCall<?> call) {
        CodeUnitCallTarget target = call.getTarget();
        String owner = target.getOwner().getFullName();
        String method = target.getName();
        if (method.equals("getClass")) {
            return false; // nobody can put anything of his own there
        }
        return owner.startsWith("org.slf4j.")
                || isOneOf(
                        owner,
                        ShutdownListener.class,
                        JobDecorator.class,
                        ShutdownDelegate.class,
                        Job.class,
                        WorkSource.class)
                || (isOneOf(owner, JobContext.class) && !method.equals("awaitCancellation"))
                || (isOneOf(owner, Runnable.class) && method.equals("run"))
                || (target.getOwner().isAssignableTo(Throwable.class) && isTelling(method))
                || (owner.equals("java.util.concurrent.CompletableFuture") && method.equals("complete"))
                || (owner.equals("java.lang.Object") && method.equals("toString"));
    }

    private static boolean isTelling(String method) {
        return Set.of("toString", "getMessage", "getLocalizedMessage", "getStackTrace", "getCause", "printStackTrace")
                .contains(method);
    }

    private static boolean isOneOf(String owner, Class<?>... types) {
        for (Class<?> type : types) {
            if (owner.equals(type.getName())) {
                return true;
            }
        }
        return false;
    }

    private static String nameOf(JavaCodeUnit unit) {
        return shortened(unit.getOwner().getFullName()) + "." + unit.getName();
    }

    private static String nameOf(CodeUnitCallTarget target) {
        return shortened(target.getOwner().getFullName()) + "." + target.getName();
    }

    private static String shortened(String name) {
        return name.replace("io.github.graceful4j.", "");
    }
}
