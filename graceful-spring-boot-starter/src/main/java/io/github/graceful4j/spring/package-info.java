/** What an application writes to have its beans' methods run as jobs. */
@NullMarked
package io.github.graceful4j.spring;

import org.jspecify.annotations.NullMarked;
