package io.github.graceful4j.spring.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.spring.ShutdownJob;
import io.github.graceful4j.spring.autoconfigure.GracefulAutoConfiguration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AnnotatedTypesTests {

    private final AnnotatedTypes types = new AnnotatedTypes();

    @Test
    @DisplayName("S3: an annotated method may be inherited from a class or an interface")
    void inherited() {
        assertThat(types.contains(Plain.class)).isFalse();
        assertThat(types.contains(Annotated.class)).isTrue();
        assertThat(types.contains(Subclass.class)).isTrue();
        assertThat(types.contains(Implementation.class)).isTrue();
    }

    @Test
    @DisplayName("S4: nothing is kept per bean, also of those that are created after the start")
    void nothingIsKept() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(GracefulAutoConfiguration.class))
                .withBean(Annotated.class)
                .withBean(Plain.class, Plain::new, definition -> definition.setLazyInit(true))
                .run(context -> {
                    context.getBean(Plain.class);

                    assertThat(context.getBean(AnnotatedTypes.class))
                            .extracting("known")
                            .isEqualTo(Map.of());
                });
    }

    static class Plain {

        void work() {}
    }

    static class Annotated {

        @ShutdownJob
        void flush() {}
    }

    static class Subclass extends Annotated {}

    interface Flushing {

        @ShutdownJob
        default void flush() {}
    }

    static class Implementation implements Flushing {}
}
