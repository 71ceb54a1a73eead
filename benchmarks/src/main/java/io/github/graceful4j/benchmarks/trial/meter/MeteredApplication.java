package io.github.graceful4j.benchmarks.trial.meter;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.benchmarks.trial.process.BareApplication;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application with the starter and a registry that has its meters and no others. */
public final class MeteredApplication {

    /** Creates the candidate. */
    public MeteredApplication() {}

    PrometheusMeterRegistry start(int jobs) throws InterruptedException {
        ConfigurableApplicationContext context =
                BareApplication.run(Configured.class, "--spring.threads.virtual.enabled=true");
        GracefulManager manager = context.getBean(GracefulManager.class);
        CountDownLatch begun = new CountDownLatch(jobs);
        for (int job = 0; job < jobs; job++) {
            manager.addRunningJob("job-" + job, running -> {
                begun.countDown();
                running.awaitCancellation();
            });
        }
        begun.await();
        return context.getBean(PrometheusMeterRegistry.class);
    }

    /** What Spring Boot would set up with its module for meters. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Configured {

        /** Creates the configuration. */
        public Configured() {}

        @Bean
        PrometheusMeterRegistry meterRegistry(ObjectProvider<MeterBinder> binders) {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            binders.forEach(binder -> binder.bindTo(registry));
            return registry;
        }
    }
}
