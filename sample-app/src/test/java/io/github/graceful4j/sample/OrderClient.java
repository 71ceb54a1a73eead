package io.github.graceful4j.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that posts order after order and remembers which were answered with a promise. An order whose answer it did
 * not get it sends again, to the next process too, as a careful client would.
 */
final class OrderClient {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Set<String> promised = ConcurrentHashMap.newKeySet();

    private int number;

    private int unanswered;

    private volatile String lastFailure = "none";

    /** The ids of all orders answered with 2xx. */
    Set<String> promised() {
        return promised;
    }

    /** How often an order was refused or its answer lost. */
    int unanswered() {
        return unanswered;
    }

    /** Posts orders until the process is gone, and calls {@code stop} from another thread after so many promises. */
    void postUntilStopped(SampleProcess sample, int promises, Stop stop) throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch due = new CountDownLatch(promises);
        Thread poster = new Thread(() -> post(sample.uri("/orders"), due, stopped), "order-client");
        poster.start();
        try {
            if (!due.await(SampleProcess.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "Too few orders were accepted; last failure: %s%n%s".formatted(lastFailure, sample.output()));
            }
            stop.run();
        } finally {
            stopped.countDown();
            poster.join();
        }
    }

    private void post(URI orders, CountDownLatch due, CountDownLatch stopped) {
        try {
            while (stopped.getCount() > 0) {
                if (isPromised(orders)) {
                    promised.add(id());
                    number++;
                    due.countDown();
                } else {
                    unanswered++;
                    if (stopped.await(10, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isPromised(URI orders) throws InterruptedException {
        String order = """
                {"id": "%s", "customer": "Ada", "item": "apple", "quantity": 1, "amountCents": %d}""".formatted(id(), 100 + number % 7);
        HttpRequest request = HttpRequest.newBuilder(orders)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(order))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() < 300) {
                return true;
            }
            lastFailure = answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            lastFailure = e.toString();
        }
        return false;
    }

    private String id() {
        return "client-" + number;
    }

    /** Ends the process, one way or another. */
    interface Stop {

        void run() throws Exception;
    }
}
