package io.github.graceful4j.benchmarks.result;

/**
 * What is measured of each candidate of a scenario.
 *
 * @param scenario what all candidates do, and how much of it
 * @param figure what is looked at
 * @param unit the unit of the values
 * @param reference the candidate that all others are compared with
 */
public record Measured(String scenario, String figure, String unit, String reference) {}
