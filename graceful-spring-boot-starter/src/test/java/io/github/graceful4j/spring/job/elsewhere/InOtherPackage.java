package io.github.graceful4j.spring.job.elsewhere;

import io.github.graceful4j.spring.RunningJob;

/** Has a job that nobody outside of its package sees. */
public class InOtherPackage {

    @RunningJob
    void run() {}
}
