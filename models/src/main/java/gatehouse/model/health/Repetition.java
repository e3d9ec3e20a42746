package gatehouse.model.health;

import gatehouse.event.ClockQuality;
import gatehouse.event.DeviceEvent;
import gatehouse.event.DoorEvent;
import gatehouse.event.FaceCapture;
import gatehouse.event.Origin;
import gatehouse.event.PlateRead;
import gatehouse.site.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a device says the same thing again and again: at once (a duplicate storm), or as if old
 * values were new ones (re-sent). Counted in windows of time.
 *
 * <p>An event repeats another if all but where it comes from is the same. Soon after it, that is a
 * duplicate; but a door that opens, closes and opens again does not repeat itself. Later, it is
 * re-sent if its number or its picture is the same as well, for people do the same thing twice.
 *
 * @param recent the newest events, at most {@value #RECENT}, oldest first
 * @param from when the window began
 * @param window what was counted in it
 * @param before what was counted in the window before it
 */
public record Repetition(List<Seen> recent, Instant from, Counts window, Counts before) {

  /** Nothing heard yet. */
  public static final Repetition NONE =
      new Repetition(List.of(), Instant.EPOCH, Counts.NONE, Counts.NONE);

  private static final int RECENT = 32;

  private static final Origin NOWHERE =
      new Origin(
          "",
          "",
          "",
          Place.of(""),
          Instant.EPOCH,
          Instant.EPOCH,
          "",
          -1,
          false,
          ClockQuality.UNKNOWN);

  /**
   * Events of a window.
   *
   * @param events all
   * @param duplicates duplicates among them
   * @param resent re-sent ones among them
   */
  public record Counts(int events, int duplicates, int resent) {

    private static final Counts NONE = new Counts(0, 0, 0);

    private Counts plus(boolean duplicate, boolean again) {
      return new Counts(events + 1, duplicates + (duplicate ? 1 : 0), resent + (again ? 1 : 0));
    }
  }

  /**
   * An event.
   *
   * @param print what its copies have in common
   * @param at when
   * @param seq its number, -1 if it has none
   * @param picture whether it names a picture
   * @param change whether it tells of a change of a door, which only the same change next repeats
   */
  public record Seen(int print, Instant at, long seq, boolean picture, boolean change) {

    static Seen of(DeviceEvent event) {
      boolean picture =
          (event instanceof PlateRead read && read.image() != null)
              || (event instanceof FaceCapture face && face.image() != null);
      return new Seen(
          event.withOrigin(NOWHERE).toString().hashCode(),
          event.time(),
          event.origin().seq(),
          picture,
          event instanceof DoorEvent);
    }

    private boolean repeats(Seen old, Duration soon) {
      return print == old.print && Duration.between(old.at, at).compareTo(soon) <= 0;
    }

    private boolean resends(Seen old, Duration soon) {
      return print == old.print
          && Duration.between(old.at, at).compareTo(soon) > 0
          && (picture || (seq >= 0 && seq == old.seq));
    }
  }

  /**
   * The same after an event.
   *
   * @param soon within this time the same again is a duplicate
   * @param length of a window
   */
  public Repetition after(DeviceEvent event, Duration soon, Duration length) {
    Seen seen = Seen.of(event);
    boolean duplicate = comparable(seen).stream().anyMatch(old -> seen.repeats(old, soon));
    boolean again = recent.stream().anyMatch(old -> seen.resends(old, soon));
    List<Seen> next = new ArrayList<>(recent);
    next.add(seen);
    List<Seen> newest = List.copyOf(next.subList(Math.max(0, next.size() - RECENT), next.size()));
    if (event.time().isBefore(from.plus(length))) {
      return new Repetition(newest, from, window.plus(duplicate, again), before);
    }
    boolean adjacent = event.time().isBefore(from.plus(length).plus(length));
    return new Repetition(
        newest, event.time(), Counts.NONE.plus(duplicate, again), adjacent ? window : Counts.NONE);
  }

  /** What it may repeat: of a door only the newest change, of all else anything recent. */
  private List<Seen> comparable(Seen seen) {
    if (!seen.change()) {
      return recent;
    }
    List<Seen> changes = recent.stream().filter(Seen::change).toList();
    return changes.subList(Math.max(0, changes.size() - 1), changes.size());
  }
}
