/** Applications in processes of their own, with real signals. */
@NullMarked
package io.github.graceful4j.spring.process;

import org.jspecify.annotations.NullMarked;
