package io.github.graceful4j.spring.report;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where reports are kept.
 *
 * @param file the file with the report of the last shutdown, or {@code null} if none is kept
 * @param html whether the report is written as a page as well, beside that file
 * @param terminationMessage the file that Kubernetes reads the termination message of the container from; nothing is
 *     written if it does not exist
 */
public record ReportSettings(@Nullable Path file, boolean html, Path terminationMessage) {}
