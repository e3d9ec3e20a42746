package gatehouse.labelled.scenario;

/** A kind of thing that goes wrong, and what only looks like it. */
public interface Scenario {

  /** Its id, as in {@code docs/scorecard.md}. */
  String id();

  /**
   * Stages it once: acts into the stage's agenda, one label.
   *
   * @return false if this community has no cast for it
   */
  boolean stage(Stage stage, Difficulty difficulty);

  /**
   * Stages something innocent that looks like it.
   *
   * @return false if this community has no cast for it, or there is no such thing
   */
  default boolean decoy(Stage stage) {
    return false;
  }

  /** How many days it needs from its first to its last act. */
  default int days() {
    return 1;
  }

  /** How many days of ordinary life it needs before its first act. */
  default int daysBefore() {
    return 0;
  }

  /** How often it is staged, against the usual. */
  default double frequency() {
    return 1;
  }
}
