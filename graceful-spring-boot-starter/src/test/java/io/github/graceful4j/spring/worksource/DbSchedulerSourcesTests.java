package io.github.graceful4j.spring.worksource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

@Timeout(120)
class DbSchedulerSourcesTests {

    private static final String TABLE = """
            create table scheduled_tasks (task_name varchar(100), task_instance varchar(100), task_data blob,
            execution_time timestamp with time zone, picked boolean, picked_by varchar(50),
            last_success timestamp with time zone, last_failure timestamp with time zone, consecutive_failures int,
            last_heartbeat timestamp with time zone, version bigint, priority int, state varchar(20),
            primary key (task_name, task_instance))""";

    private final Trial trial =
            new Trial(Application.class, "scheduler", "db-scheduler", DbSchedulerSourcesTests::begin);

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        DataSource dataSource() {
            DataSource database = new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .generateUniqueName(true)
                    .build();
            new JdbcTemplate(database).execute(TABLE);
            return database;
        }

        @Bean
        OneTimeTask<Void> oneTimeTask(Task task) {
            return Tasks.oneTime("task").execute((instance, context) -> task.work());
        }

        @Bean(destroyMethod = "stop")
        Scheduler scheduler(DataSource dataSource, OneTimeTask<Void> oneTimeTask) {
            Scheduler scheduler = Scheduler.create(dataSource, oneTimeTask)
                    .threads(2)
                    .pollingInterval(Duration.ofMillis(100))
                    .build();
            scheduler.start();
            return scheduler;
        }
    }

    private static void begin(ConfigurableApplicationContext context, Task task) {
        TaskInstance<?> instance = context.getBean(OneTimeTask.class).instance("1");
        context.getBean(Scheduler.class).schedule(instance, Instant.now());
    }

    @Test
    @DisplayName("S21: no execution of db-scheduler is under way before shutdown jobs run")
    void shutdownJobsWait() throws Exception {
        trial.shutdownJobsWait();
    }

    @Test
    @DisplayName("S21: switched off, shutdown jobs do not wait for an execution of db-scheduler")
    void shutdownJobsDoNotWaitIfSwitchedOff() throws Exception {
        trial.shutdownJobsDoNotWaitIfSwitchedOff();
    }

    @Test
    @DisplayName("S21: an execution of db-scheduler that hangs is given up in time, and named")
    void hangingTaskIsGivenUp() throws Exception {
        trial.busySourceIsGivenUp();
    }

    @Test
    @DisplayName("S21: a stop and a start of the context leaves the scheduler as it is")
    void stopAndStartLeavesItAlone() throws Exception {
        trial.stopAndStartLeavesItAlone();
    }
}
