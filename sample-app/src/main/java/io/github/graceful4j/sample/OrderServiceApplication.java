package io.github.graceful4j.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the order service. */
@SpringBootApplication
public class OrderServiceApplication {

    /** Starts the order service; {@code --sample.load.enabled=true} gives it orders to work on. */
    public static void main(String[] args) {
        SpringApplication.run(OrderServiceApplication.class, args);
    }
}
