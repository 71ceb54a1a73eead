package io.github.graceful4j.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.ShutdownReason;
import io.github.graceful4j.spring.report.PreviousShutdown;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

@Timeout(60)
class GracefulPageExtensionTests {

    private static final PreviousShutdown UNKNOWN = new PreviousShutdown(PreviousShutdown.UNKNOWN, null, null);

    private final GracefulManager manager =
            GracefulManager.builder().signals(false).build();

    private WebEndpointResponse<String> page(
            PreviousShutdown previous, @Nullable String shutdown, @Nullable Boolean refresh) {
        return new GracefulPageExtension(() -> manager, () -> previous, List::of, Show.NEVER)
                .page(SecurityContext.NONE, shutdown, refresh);
    }

    private String current(@Nullable Boolean refresh) {
        return Objects.requireNonNull(page(UNKNOWN, null, refresh).getBody());
    }

    @Test
    @DisplayName("S13: before a shutdown the page lists the jobs, and links to the previous shutdown if one is known")
    void pageBeforeAShutdown() {
        manager.addShutdownJob("flush", context -> {});

        assertThat(current(null)).contains("No shutdown yet", "flush").doesNotContain("shutdown=previous");
        assertThat(page(new PreviousShutdown(PreviousShutdown.UNCLEAN, null, null), "current", null)
                        .getBody())
                .contains("?shutdown=previous");
        manager.close();
    }

    @Test
    @DisplayName("S13: while shutting down the page shows what is waited for, and follows until it is told to hold")
    void pageWhileShuttingDown() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        manager.addShutdownJob("slow", context -> {
            began.countDown();
            mayEnd.await();
        });
        manager.shutdown(ShutdownReason.requested("test"));
        began.await();

        String following = current(null);
        while (!following.contains("CountDownLatch.await")) { // its thread may not wait yet
            following = current(null);
        }
        String held = current(false);

        assertThat(following).contains("Shutting down", "slow", "http-equiv=\"refresh\"", "?refresh=false");
        assertThat(held).contains("Shutting down", "?refresh=true").doesNotContain("http-equiv=\"refresh\"");
        mayEnd.countDown();
        manager.awaitDone(Duration.ofSeconds(30));
        assertThat(current(null)).contains("Shutdown was clean").doesNotContain("http-equiv=\"refresh\"");
    }

    @Test
    @DisplayName("S14: the page of a previous process that left no report says that it died")
    void pageOfAnUncleanProcess() {
        WebEndpointResponse<String> page =
                page(new PreviousShutdown(PreviousShutdown.UNCLEAN, null, null), "previous", null);

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getBody()).contains("The previous process died", "there is no report of it");
        manager.close();
    }

    @Test
    @DisplayName("S14: the page of a previous shutdown shows its report, and whether the process died after it")
    void pageOfThePreviousShutdown() throws Exception {
        manager.addShutdownJob("flush", context -> {});
        manager.close();
        var report = manager.awaitDone();

        assertThat(page(new PreviousShutdown("CLEAN", report, report.toJson()), "previous", null)
                        .getBody())
                .contains("Shutdown was clean", "flush", "?shutdown=current")
                .doesNotContain("or was halted");
        assertThat(page(new PreviousShutdown(PreviousShutdown.UNCLEAN, report, report.toJson()), "previous", null)
                        .getBody())
                .contains("Shutdown was clean", "The process died, or was halted");
    }

    @ParameterizedTest
    @EnumSource(
            value = Show.class,
            names = {"NEVER", "ALWAYS"})
    @DisplayName("S13: the page shows the messages of failures only where it is asked to, of a previous shutdown too")
    void messagesAreShownOnRequest(Show messages) throws Exception {
        manager.addShutdownJob("flush", context -> {
            throw new IllegalStateException("card 4711");
        });
        manager.close();
        PreviousShutdown last = new PreviousShutdown(
                "FAILED", manager.awaitDone(), manager.awaitDone().toJson());
        GracefulPageExtension extension = new GracefulPageExtension(() -> manager, () -> last, List::of, messages);

        String pages = extension.page(SecurityContext.NONE, "current", null).getBody()
                + extension.page(SecurityContext.NONE, "previous", null).getBody();

        assertThat(pages).contains("java.lang.IllegalStateException");
        assertThat(pages.contains("card 4711")).isEqualTo(messages == Show.ALWAYS);
    }

    @Test
    @DisplayName("S13: without a previous shutdown its page is not found, and says why")
    void noPreviousShutdown() {
        WebEndpointResponse<String> page = page(UNKNOWN, "previous", null);

        assertThat(page.getStatus()).isEqualTo(404);
        assertThat(page.getBody()).contains("No previous shutdown", "graceful.report.file");
        manager.close();
    }

    @Test
    @DisplayName("S13: any other shutdown is a bad request that says what to ask for")
    void otherShutdownIsRefused() {
        assertThatThrownBy(() -> page(UNKNOWN, "next", null))
                .isInstanceOf(InvalidEndpointRequestException.class)
                .hasMessageContaining("'next'");
        manager.close();
    }
}
