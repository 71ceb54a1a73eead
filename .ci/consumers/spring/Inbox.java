package com.example;

import org.springframework.stereotype.Component;

/** What the work source of README.md stops; it tells when. */
@Component
class Inbox {

    void pause() {
        System.out.println("paused the inbox");
    }

    long messagesInWork() {
        return 0;
    }
}
