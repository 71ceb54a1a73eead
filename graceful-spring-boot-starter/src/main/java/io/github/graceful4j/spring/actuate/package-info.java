/** The Actuator endpoint that shows what the manager is doing. */
@NullMarked
package io.github.graceful4j.spring.actuate;

import org.jspecify.annotations.NullMarked;
