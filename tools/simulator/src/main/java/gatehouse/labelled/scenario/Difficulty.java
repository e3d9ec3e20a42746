package gatehouse.labelled.scenario;

/** How hard something is to find. */
public enum Difficulty {
  EASY,
  MEDIUM,
  HARD
}
