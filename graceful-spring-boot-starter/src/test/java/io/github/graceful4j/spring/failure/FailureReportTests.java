package io.github.graceful4j.spring.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is printed when an application cannot start. */
@ExtendWith(OutputCaptureExtension.class)
class FailureReportTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parameter | $WrongParameter.work(String)' of bean 'wrongParameter' | Let it take nothing, or one parameter"
                        + " of type io.github.graceful4j.job.JobContext.",
                "name | Can't run job 'unknownName.close' after 'unknownName.flsh' | Did you mean 'unknownName.flush'?",
                "cycle | Egg.hatch()' of bean 'egg' | Let at least one of them run without waiting",
                "cycle | Chicken.lay()' of bean 'chicken' | Let at least one of them run without waiting",
                "placeholder | 'no.such.timeout' | Define what the placeholder or expression refers to",
                "processor | The bean 'lifecycleProcessor' is a | Let it extend org.springframework",
            })
    @DisplayName("S1: jobs that can't work stop the start with Boot's failure report, and no stack trace")
    void failureReportIsPrinted(String broken, String description, String action, CapturedOutput output) {
        SpringApplicationBuilder application =
                new SpringApplicationBuilder(BrokenApplication.class).web(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run("--broken=" + broken)).isNotNull();

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", "Description:", description, "Action:", action)
                .doesNotContain("\tat ");
    }
}
