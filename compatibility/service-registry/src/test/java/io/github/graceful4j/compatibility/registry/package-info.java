/** The starter in an application that is registered with Eureka. */
@NullMarked
package io.github.graceful4j.compatibility.registry;

import org.jspecify.annotations.NullMarked;
