package gatehouse.flink;

import gatehouse.fact.Fact;

/**
 * A fact on its way to one key of one model.
 *
 * @param model the model's id
 * @param key one of the model's keys for the fact
 * @param fact the fact, its place completed
 */
record Routed(String model, String key, Fact fact) {

  private static final char BETWEEN = '|';

  /** The key in the stage, which hosts several models; an id has no bar in it. */
  String stateKey() {
    return model + BETWEEN + key;
  }

  /** The model of a {@link #stateKey}. */
  static String model(String stateKey) {
    return stateKey.substring(0, stateKey.indexOf(BETWEEN));
  }

  /** The model's own key of a {@link #stateKey}. */
  static String key(String stateKey) {
    return stateKey.substring(stateKey.indexOf(BETWEEN) + 1);
  }
}
