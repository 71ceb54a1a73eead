package io.github.graceful4j.benchmarks.trial.process;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application without a bean of its own. Whether it has the starter is up to the class path. */
public final class BareApplication implements Application {

    /** Creates the candidate. */
    public BareApplication() {}

    @Override
    public void start() {
        run(Configured.class);
    }

    /**
     * Runs a Spring Boot application that has no web server.
     *
     * @param configuration its configuration
     * @param args its arguments
     * @return its context
     */
    public static ConfigurableApplicationContext run(Class<?> configuration, String... args) {
        SpringApplication application = new SpringApplication(configuration);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        return application.run(args);
    }

    /** What every Spring Boot application has. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Configured {

        /** Creates the configuration. */
        public Configured() {}
    }
}
