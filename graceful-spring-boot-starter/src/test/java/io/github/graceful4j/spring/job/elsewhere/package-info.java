/** Another package than that of the tests. */
@NullMarked
package io.github.graceful4j.spring.job.elsewhere;

import org.jspecify.annotations.NullMarked;
