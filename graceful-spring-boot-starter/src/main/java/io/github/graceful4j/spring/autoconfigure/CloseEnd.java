package io.github.graceful4j.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * Tells that a context has destroyed its beans: Spring does so in reverse, and this bean is made before all that are no
 * post-processors.
 *
 * <p>Thread-safe: {@code management} is volatile.
 */
final class CloseEnd implements DisposableBean {

    private volatile @Nullable Management management;

    /** Has something told. */
    void tell(Management told) {
        management = told;
    }

    @Override
    public void destroy() {
        Management told = management;
        if (told != null) {
            told.closed();
        }
    }
}
