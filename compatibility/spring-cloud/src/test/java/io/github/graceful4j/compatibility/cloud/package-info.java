/** The starter in applications with Spring Cloud. */
@NullMarked
package io.github.graceful4j.compatibility.cloud;

import org.jspecify.annotations.NullMarked;
