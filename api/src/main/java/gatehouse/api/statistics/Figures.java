package gatehouse.api.statistics;

import org.jspecify.annotations.Nullable;

/** Figures that say nothing of a few: behind a small one stand people who could be told apart. */
final class Figures {

  /** No cell rests on fewer. */
  static final int FEWEST = 5;

  private Figures() {}

  /** A count; null if it is too small to be shown. */
  static @Nullable Long count(long count) {
    return count > 0 && count < FEWEST ? null : count;
  }

  /** So many per thousand passages; null if there are too few of these. */
  static @Nullable Double perThousand(long count, long passages) {
    return passages < FEWEST ? null : Math.round(count * 1_000_000.0 / passages) / 1_000.0;
  }
}
