package com.example;

/** What the importer of README.md works with; it tells what it is asked for. */
class Journal {

    void flush() {
        System.out.println("flushed the journal");
    }

    void close() {
        System.out.println("closed the journal");
    }
}
