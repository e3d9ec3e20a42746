package gatehouse.flink;

import gatehouse.fact.Fact;

/**
 * A fact on its way to one key of one model.
 *
 * @param key one of the model's keys for the fact
 * @param fact the fact, its place completed
 */
record Routed(String key, Fact fact) {}
