package io.github.graceful4j.compatibility.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import com.netflix.eureka.registry.PeerAwareInstanceRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A real registry and a real client, and what the one knows of the other while it drains. */
@Timeout(300)
@ResourceLock(Resources.SYSTEM_OUT)
class EurekaIT {

    private static ConfigurableApplicationContext server;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableEurekaServer
    static class Server {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Client {}

    @BeforeAll
    static void startServer() {
        server = run(
                Server.class,
                "--eureka.client.register-with-eureka=false",
                "--eureka.client.fetch-registry=false",
                "--eureka.server.wait-time-in-ms-when-sync-empty=0");
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }

    @Test
    @DisplayName("S8: a service registry shows the application as out of service while it drains, and then no more")
    void registryIsToldOfTheDrain() {
        ConfigurableApplicationContext client = runClient("told", "--graceful.drain.delay=20s");
        awaitStatus("told", InstanceStatus.UP);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(client::close, work -> new Thread(work).start());
        awaitStatus("told", InstanceStatus.OUT_OF_SERVICE);

        assertThat(closed).isNotDone();
        assertThat(closed.join()).isNull();
        assertThat(instance("told")).isNull();
    }

    @Test
    @DisplayName("S8: a property keeps the service registry from being told")
    void registryIsNotToldOnRequest() {
        ConfigurableApplicationContext client =
                runClient("untold", "--graceful.drain.delay=2s", "--graceful.drain.service-registry=false");
        awaitStatus("untold", InstanceStatus.UP);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(client::close, work -> new Thread(work).start());
        while (!closed.isDone()) {
            InstanceInfo seen = instance("untold");
            assertThat(seen == null ? null : seen.getStatus()).isIn(InstanceStatus.UP, InstanceStatus.DOWN, null);
        }

        assertThat(instance("untold")).isNull();
    }

    private static ConfigurableApplicationContext runClient(String name, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 4);
        all[arguments.length] = "--spring.application.name=" + name;
        all[arguments.length + 1] = "--eureka.instance.instance-id=" + name;
        all[arguments.length + 3] = "--eureka.client.jersey.enabled=false";
        all[arguments.length + 2] = "--eureka.client.service-url.defaultZone=http://localhost:"
                + server.getEnvironment().getProperty("local.server.port") + "/eureka/";
        return run(Client.class, all);
    }

    private static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
        SpringApplication runnable = new SpringApplicationBuilder(application)
                .properties("server.port=0", "logging.level.root=warn", "logging.level.com.netflix=off")
                .build();
        return runnable.run(arguments);
    }

    /** The client registers itself in the background. */
    private static void awaitStatus(String name, InstanceStatus status) {
        InstanceInfo seen = instance(name);
        while (seen == null || seen.getStatus() != status) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            seen = instance(name);
        }
    }

    private static @Nullable InstanceInfo instance(String name) {
        return server.getBean(PeerAwareInstanceRegistry.class)
                .getInstanceByAppAndId(name.toUpperCase(Locale.ROOT), name);
    }
}
