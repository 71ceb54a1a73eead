package com.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The least that a Spring Boot service is made of. */
@SpringBootApplication
public class Service {

    public static void main(String[] arguments) {
        SpringApplication.run(Service.class, arguments);
    }
}
