/** The Actuator endpoint that shows what the manager is doing and lets it be operated, and its health. */
@NullMarked
package io.github.graceful4j.spring.actuate;

import org.jspecify.annotations.NullMarked;
