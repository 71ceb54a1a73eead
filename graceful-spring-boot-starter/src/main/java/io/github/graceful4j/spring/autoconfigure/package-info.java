/** Wires everything up in a Spring Boot application. */
@NullMarked
package io.github.graceful4j.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
