package gatehouse.simulator.door;

import java.time.Duration;

/**
 * What happens at a door after it was released.
 *
 * @param somebody whether anybody opens it at all
 * @param opensAfter from the release to the opening
 * @param closesAfter from the opening to the closing
 * @param pulse how long the lock stays released if nobody opens
 */
public record Passage(boolean somebody, Duration opensAfter, Duration closesAfter, Duration pulse) {

  /** Somebody walks through. */
  public static final Passage USUAL =
      new Passage(true, Duration.ofMillis(1500), Duration.ofSeconds(3), Duration.ofSeconds(5));

  /** Somebody runs through. */
  public static final Passage QUICK =
      new Passage(true, Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(50));

  /** Nobody comes. */
  public static final Passage NOBODY =
      new Passage(false, Duration.ZERO, Duration.ZERO, Duration.ofMillis(50));
}
