package io.github.graceful4j.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.graceful4j.job.JobKind;
import io.github.graceful4j.report.ShutdownListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MissingClassTests {

    private final ErrorLog errors = new ErrorLog();
    private final Log log = new Log(LoggerFactory.getLogger(MissingClassTests.class), () -> 0, errors);

    private boolean hearOfJobs(ShutdownListener listener) {
        return new Listeners(List.of(listener), () -> 0, errors, log).hearOfJobs();
    }

    @Test
    @DisplayName("C18: a listener hears of jobs only if it wants to, or if nobody can tell whether it does")
    void whoHearsOfJobs() throws Exception {
        ShutdownListener unclear = (ShutdownListener)
                new Forgetful().loadAgain(Unclear.class).getConstructor().newInstance();

        assertThat(hearOfJobs(new ShutdownListener() {})).isFalse();
        assertThat(hearOfJobs(new ShutdownListener() {
                    @Override
                    public void jobBegan(String job, JobKind kind) {
                        // It is only about being told.
                    }
                }))
                .isTrue();
        assertThat(hearOfJobs(unclear)).isTrue();
    }

    /** What a method of a listener takes, and what is not there where it runs. */
    public static final class Missing {}

    /** A listener that also does something else. */
    public static final class Unclear implements ShutdownListener {

        private final AtomicInteger taken = new AtomicInteger();

        public void take(Missing missing) {
            taken.incrementAndGet();
        }
    }

    private static final class Forgetful extends ClassLoader {

        private Forgetful() {
            super(MissingClassTests.class.getClassLoader());
        }

        private Class<?> loadAgain(Class<?> known) throws IOException {
            String file = known.getName().replace('.', '/') + ".class";
            try (InputStream content = Objects.requireNonNull(getResourceAsStream(file))) {
                byte[] bytes = content.readAllBytes();
                return defineClass(known.getName(), bytes, 0, bytes.length);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Missing.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
