package io.github.graceful4j.spring.autoconfigure;

import io.github.graceful4j.spring.lifecycle.DrainListener;
import io.github.graceful4j.spring.registry.OutOfService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/** Tells the service registries of Spring Cloud of a drain, where there are any. */
@AutoConfiguration
@ConditionalOnClass(ServiceRegistry.class)
@Conditional(OnGracefulEnabled.class)
@ConditionalOnProperty(name = "graceful.drain.service-registry", matchIfMissing = true)
public final class GracefulServiceRegistryAutoConfiguration {

    @Bean
    @Lazy
    DrainListener gracefulServiceRegistry(
            ObjectProvider<ServiceRegistry<?>> registries, ObjectProvider<Registration> registrations) {
        return new OutOfService(
                () -> registries.orderedStream().toList(),
                () -> registrations.orderedStream().toList());
    }
}
