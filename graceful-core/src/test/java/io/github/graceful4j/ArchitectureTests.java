package io.github.graceful4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.graceful4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String ROOT = "io.github.graceful4j";
    private static final String TIME = ROOT + ".time";
    private static final String JOB = ROOT + ".job";
    private static final String WORK = ROOT + ".work";
    private static final String REPORT = ROOT + ".report";
    private static final String FLIGHT_RECORDER = "jdk.jfr..";
    private static final String[] LIBRARIES = {"java..", "org.slf4j..", "org.jspecify.."};

    @ArchTest
    static final ArchRule timeIsALeaf = onlyDependsOn(TIME);

    @ArchTest
    static final ArchRule jobsKnowTimeOnly = onlyDependsOn(JOB, TIME);

    @ArchTest
    static final ArchRule workKnowsTimeOnly = onlyDependsOn(WORK, TIME).allowEmptyShould(true);

    @ArchTest
    static final ArchRule reportsKnowJobsOnly = onlyDependsOn(REPORT, JOB);

    // The JDK's module jdk.jfr is optional too: a runtime may lack it, and then FlightLog does without JfrGate.
    @ArchTest
    static final ArchRule theRootKnowsAll = onlyDependsOn(ROOT, TIME, JOB, WORK, REPORT, FLIGHT_RECORDER);

    @ArchTest
    static final ArchRule flightRecorderIsBehindOneDoor = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Jfr")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FLIGHT_RECORDER);

    @ArchTest
    static final ArchRule nobodyKnowsTheRoot = noClasses()
            .that()
            .resideInAnyPackage(TIME, JOB, WORK, REPORT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingStaticChanges =
            fields().that().areStatic().should().beFinal();

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
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

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
