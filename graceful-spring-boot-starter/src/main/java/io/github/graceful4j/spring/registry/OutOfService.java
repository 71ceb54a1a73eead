package io.github.graceful4j.spring.registry;

import io.github.graceful4j.spring.lifecycle.DrainListener;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.core.ResolvableType;

/**
 * Has each service registry show the application's registrations as out of service when a drain begins, so that callers
 * who find the application there go elsewhere. The registration itself stays until Spring Cloud takes it back.
 *
 * <p>Thread-safe, as it is immutable.
 */
public final class OutOfService implements DrainListener {

    /** The word for it that the registries of Spring Cloud have in common. */
    static final String STATUS = "OUT_OF_SERVICE";

    private static final Logger logger = LoggerFactory.getLogger(OutOfService.class);

    private final Supplier<List<ServiceRegistry<?>>> registries;
    private final Supplier<List<Registration>> registrations;

    /**
     * Creates what tells them.
     *
     * @param registries gets the registries, when there is something to tell
     * @param registrations gets what is registered there
     */
    public OutOfService(Supplier<List<ServiceRegistry<?>>> registries, Supplier<List<Registration>> registrations) {
        this.registries = registries;
        this.registrations = registrations;
    }

    /** Tells all of them; one that throws keeps no other from being told, and is thrown on in the end. */
    @Override
    public void drainBegins() {
        RuntimeException failure = null;
        for (Registration registration : registrations.get()) {
            for (ServiceRegistry<?> registry : registries.get()) {
                RuntimeException thrown = tell(registry, registration);
                failure = thrown == null ? failure : thrown;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @SuppressWarnings("unchecked") // each takes registrations of its own kind, which is looked at before
    private static @Nullable RuntimeException tell(ServiceRegistry<?> registry, Registration registration) {
        Class<?> kind = ResolvableType.forClass(AopUtils.getTargetClass(registry))
                .as(ServiceRegistry.class)
                .getGeneric()
                .resolve(Registration.class);
        if (!kind.isInstance(registration)) {
            return null;
        }
        try {
            ((ServiceRegistry<Registration>) registry).setStatus(registration, STATUS);
            logger.info("The service registry was told that '{}' is out of service", registration.getServiceId());
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }
}
