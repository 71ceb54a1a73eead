package com.example;

/** What the importer of README.md works with; it tells what it is asked for. */
class FileQueue {

    private int left;

    FileQueue(int files) {
        left = files;
    }

    boolean hasNext() {
        return left > 0;
    }

    void importNext() throws InterruptedException {
        left--;
        System.out.println("imported a file");
        Thread.sleep(20);
    }
}
