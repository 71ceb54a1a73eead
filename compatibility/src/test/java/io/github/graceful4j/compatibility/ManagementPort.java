package io.github.graceful4j.compatibility;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.context.ConfigurableApplicationContext;

/** Actuator's endpoints, as they are to be seen from outside. Thread-safe, as it is immutable. */
final class ManagementPort {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String actuator;

    private ManagementPort(String actuator) {
        this.actuator = actuator;
    }

    static ManagementPort of(ConfigurableApplicationContext application) {
        String port = application.getEnvironment().getRequiredProperty("local.management.port");
        return new ManagementPort("http://localhost:" + port + "/actuator");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(actuator + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
