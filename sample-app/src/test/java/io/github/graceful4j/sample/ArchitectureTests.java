package io.github.graceful4j.sample;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.graceful4j.sample", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule packagesDoNotKnowEachOther =
            slices().matching("io.github.graceful4j.sample.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule twoAnnotationsAndTheContextAreAllAnApplicationNeeds = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.graceful4j",
                    "io.github.graceful4j.report..",
                    "io.github.graceful4j.time..",
                    "io.github.graceful4j.spring.*..");
}
