package io.github.graceful4j.compatibility;

import io.github.graceful4j.job.JobContext;
import io.github.graceful4j.spring.RunningJob;
import io.github.graceful4j.spring.ShutdownJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A web service with a database and, where there is Actuator, a management port of its own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WebApplication {

    /** What tests lock that start it in their own JVM: the log would be that of several at once. */
    static final String IN_THIS_JVM = "application in this JVM";

    private static final String[] ARGUMENTS = {
        "--server.port=0",
        "--management.server.port=0",
        "--management.endpoints.web.exposure.include=*",
        "--management.endpoint.health.probes.enabled=true",
        "--management.endpoint.health.show-components=always",
        "--spring.main.banner-mode=off"
    };

    public static void main(String[] args) {
        start(args).getBean(Journal.class).write("started");
    }

    static ConfigurableApplicationContext start(String... args) {
        return start(WebApplication.class, args);
    }

    /** Starts the application with one more bean. */
    static ConfigurableApplicationContext start(Class<?> bean, String... args) {
        return SpringApplication.run(
                new Class<?>[] {WebApplication.class, bean},
                Stream.concat(Stream.of(ARGUMENTS), Stream.of(args)).toArray(String[]::new));
    }

    @Bean
    Journal journal() {
        return new Journal();
    }

    @Bean
    Orders orders(Journal journal, DataSource database) {
        return new Orders(journal, database);
    }

    /** Its jobs work with the database until the very last of them has ended. */
    static class Orders {

        private final Journal journal;
        private final DataSource database;

        Orders(Journal journal, DataSource database) {
            this.journal = journal;
            this.database = database;
        }

        @RunningJob
        void settle(JobContext context) throws InterruptedException, SQLException {
            journal.write("settling, cancelled: " + context.isCancelled());
            context.awaitCancellation();
            journal.write("settled, with database: " + isDatabaseThere());
        }

        @ShutdownJob
        void flush() throws SQLException {
            journal.write("flushed, with database: " + isDatabaseThere());
        }

        @ShutdownJob(after = "orders.flush")
        void sumUp() throws SQLException {
            journal.write("summed up, with database: " + isDatabaseThere());
        }

        private boolean isDatabaseThere() throws SQLException {
            try (Connection connection = database.getConnection()) {
                return connection.isValid(1);
            }
        }
    }
}
