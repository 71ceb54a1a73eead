package io.github.graceful4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.graceful4j.job.Job;
import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.job.JobDecorator;
import io.github.graceful4j.report.ShutdownListener;
import io.github.graceful4j.spi.ShutdownDelegate;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the list of {@link ForeignCode} complete: whoever calls foreign code from a new place has to add it. */
class ForeignCallSitesTests {

    private static final String OF_JOB = "internal.job.";
    private static final String OF_OBSERVERS = "internal.observe.";
    private static final String OF_STOP = "internal.stop.";

    @Test
    @DisplayName("C23: foreign code is called from known places only, each of which is among those that are tested")
    void foreignCodeIsCalledFromKnownPlaces() {
        Set<String> sites = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.graceful4j")
                .stream()
                .filter(type -> type.getPackageName().contains(".internal.")
                        || type.getPackageName().equals("io.github.graceful4j")
                        || type.getPackageName().endsWith(".work"))
                .filter(type -> !type.getFullName().contains("Rehearsal"))
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
        return owner.startsWith("org.slf4j.")
                || isOneOf(owner, ShutdownListener.class, JobDecorator.class, ShutdownDelegate.class, Job.class)
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

    private static final String[] KNOWN = {};
}
