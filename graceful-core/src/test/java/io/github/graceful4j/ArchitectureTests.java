package io.github.graceful4j;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.graceful4j.internal.job.Cancellation;
import io.github.graceful4j.internal.job.RegisteredJob;
import io.github.graceful4j.job.FailurePolicy;
import java.util.List;

/** The house: a room for each package, and arrows between them that go one way. */
@AnalyzeClasses(packages = "io.github.graceful4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String ROOT = "io.github.graceful4j";
    private static final String TIME = ROOT + ".time";
    private static final String JOB = ROOT + ".job";
    private static final String WORK = ROOT + ".work";
    private static final String REPORT = ROOT + ".report";
    private static final String SPI = ROOT + ".spi";
    private static final String INTERNAL = ROOT + ".internal";
    private static final String OBSERVE = INTERNAL + ".observe";
    private static final String JVM = INTERNAL + ".jvm";
    private static final String RUN = INTERNAL + ".job";
    private static final String STOP = INTERNAL + ".stop";
    private static final String FLIGHT_RECORDER = "jdk.jfr..";
    private static final String[] LIBRARIES = {"java..", "org.slf4j..", "org.jspecify.."};
    private static final List<String> ROOMS = List.of(ROOT, TIME, JOB, WORK, REPORT, SPI, OBSERVE, JVM, RUN, STOP);

    @ArchTest
    static final ArchRule thereAreNoOtherRooms = classes()
            .should()
            .resideInAnyPackage(ROOMS.toArray(String[]::new))
            .because("a room that nobody knows has arrows that nobody checks");

    @ArchTest
    static final ArchRule timeIsALeaf = onlyDependsOn(TIME);

    @ArchTest
    static final ArchRule jobsKnowTimeOnly = onlyDependsOn(JOB, TIME);

    @ArchTest
    static final ArchRule workKnowsTimeOnly = onlyDependsOn(WORK, TIME).allowEmptyShould(true);

    @ArchTest
    static final ArchRule reportsKnowJobsOnly = onlyDependsOn(REPORT, JOB, TIME);

    @ArchTest
    static final ArchRule frameworksKnowJobsAndReports = onlyDependsOn(SPI, JOB, REPORT);

    // The JDK's module jdk.jfr is optional too: a runtime may lack it, and then FlightLog does without JfrGate.
    @ArchTest
    static final ArchRule observersKnowReports = onlyDependsOn(OBSERVE, TIME, JOB, REPORT, FLIGHT_RECORDER);

    @ArchTest
    static final ArchRule whatTouchesTheJvmKnowsNoJobs = onlyDependsOn(JVM, TIME, OBSERVE);

    @ArchTest
    static final ArchRule runsKnowNoShutdown = onlyDependsOn(RUN, TIME, JOB, REPORT, OBSERVE, JVM);

    @ArchTest
    static final ArchRule theShutdownKnowsAllButTheRoot =
            onlyDependsOn(STOP, TIME, JOB, WORK, REPORT, SPI, OBSERVE, JVM, RUN);

    @ArchTest
    static final ArchRule theRootKnowsAll = onlyDependsOn(ROOT, TIME, JOB, WORK, REPORT, SPI, OBSERVE, JVM, RUN, STOP);

    @ArchTest
    static final ArchRule nobodyElseKnowsWhatIsInternal = noClasses()
            .that()
            .resideInAnyPackage(TIME, JOB, WORK, REPORT, SPI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(INTERNAL + "..");

    @ArchTest
    static final ArchRule nothingInternalIsHandedOut = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage(INTERNAL + "..")
            .should()
            .notHaveRawReturnType(internal())
            .andShould()
            .notHaveRawParameterTypes(describe(
                    "with one that is internal", types -> types.stream().anyMatch(internal())));

    @ArchTest
    static final ArchRule flightRecorderIsBehindOneDoor = noClasses()
            .that()
            .haveNameNotMatching(".*\\.Jfr[^.]*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FLIGHT_RECORDER);

    @ArchTest
    static final ArchRule nobodyKnowsTheRoot = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(ROOT + ".(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule internalRoomsAreFreeOfCycles =
            slices().matching(INTERNAL + ".(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingStaticChanges =
            fields().that().areStatic().should().beFinal();

    // Those classes that have subclasses are sealed.
    @ArchTest
    static final ArchRule classesAreFinalOrInterfaces = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .doNotHaveFullyQualifiedName(FailurePolicy.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(Cancellation.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(RegisteredJob.class.getName())
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static DescribedPredicate<JavaClass> internal() {
        return JavaClass.Predicates.resideInAPackage(INTERNAL + "..");
    }

    private static ArchRule onlyDependsOn(String from, String... allowed) {
        String[] packages = new String[LIBRARIES.length + allowed.length + 1];
        System.arraycopy(LIBRARIES, 0, packages, 0, LIBRARIES.length);
        System.arraycopy(allowed, 0, packages, LIBRARIES.length, allowed.length);
        packages[packages.length - 1] = from;
        return classes()
                .that()
                .resideInAPackage(from)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages);
    }
}
