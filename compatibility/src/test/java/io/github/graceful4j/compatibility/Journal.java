package io.github.graceful4j.compatibility;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.beans.factory.DisposableBean;

/** What happened, in order; also printed after "> ", for those who watch from another process. Thread-safe. */
final class Journal implements DisposableBean {

    private final BlockingQueue<String> entries = new LinkedBlockingQueue<>();

    void write(String entry) {
        entries.add(entry);
        System.out.println("> " + entry);
    }

    /** Waits for the next entry that was not taken yet. */
    String take() throws InterruptedException {
        return entries.take();
    }

    BlockingQueue<String> entries() {
        return entries;
    }

    /** Whoever writes depends on this bean, so it is destroyed after them. */
    @Override
    public void destroy() {
        write("beans destroyed");
    }
}
