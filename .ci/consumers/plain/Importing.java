package com.example;

/** Runs the importer of README.md on as many files as it is told to. */
public class Importing {

    public static void main(String[] arguments) throws InterruptedException {
        new Importer().run(new FileQueue(Integer.parseInt(arguments[0])), new Journal());
    }
}
