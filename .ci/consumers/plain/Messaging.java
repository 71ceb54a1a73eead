package com.example;

import io.github.graceful4j.GracefulManager;
import io.github.graceful4j.report.ShutdownReason;

/** Runs the listener and the tracked work of README.md. */
public class Messaging {

    public static void main(String[] arguments) throws InterruptedException {
        GracefulManager manager = Reporting.newManager();
        Messages messages = new Messages(manager);
        messages.onMessage(() -> System.out.println("handled a message"));
        messages.tracked(Runnable::run).execute(() -> System.out.println("executed a task"));
        manager.shutdown(ShutdownReason.requested("all messages are handled"));
        manager.awaitDone();
    }
}
