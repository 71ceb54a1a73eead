/** Tells the service registries of Spring Cloud that the application is out of service, where there are any. */
@NullMarked
package io.github.graceful4j.spring.registry;

import org.jspecify.annotations.NullMarked;
