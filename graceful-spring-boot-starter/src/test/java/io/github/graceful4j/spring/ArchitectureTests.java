package io.github.graceful4j.spring;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.graceful4j.spring", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String ROOT = "io.github.graceful4j.spring";

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("application")
            .definedBy(ROOT)
            .layer("failure")
            .definedBy(ROOT + ".failure..")
            .layer("job")
            .definedBy(ROOT + ".job..")
            .layer("lifecycle")
            .definedBy(ROOT + ".lifecycle..")
            .layer("report")
            .definedBy(ROOT + ".report..")
            .layer("metrics")
            .definedBy(ROOT + ".metrics..")
            .layer("actuate")
            .definedBy(ROOT + ".actuate..")
            .layer("observation")
            .definedBy(ROOT + ".observation..")
            .layer("registry")
            .definedBy(ROOT + ".registry..")
            .layer("worksource")
            .definedBy(ROOT + ".worksource..")
            .layer("autoconfigure")
            .definedBy(ROOT + ".autoconfigure..")
            .whereLayer("autoconfigure")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("failure")
            .mayOnlyBeAccessedByLayers("job", "lifecycle")
            .whereLayer("job")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("lifecycle")
            .mayOnlyBeAccessedByLayers("registry", "autoconfigure")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("metrics", "actuate", "autoconfigure")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("actuate")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("observation")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("worksource")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("application")
            .mayOnlyBeAccessedByLayers("job", "autoconfigure");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();
}
