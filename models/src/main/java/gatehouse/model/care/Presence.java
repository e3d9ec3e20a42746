package gatehouse.model.care;

import gatehouse.alert.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * An elder's last sign of life, and where that leaves them.
 *
 * @param sign the event
 * @param from since when silence is not counted yet: the sign, or when what is seen last changed
 * @param counted the silence before that, in proportion to how much was seen
 * @param operational the same in operational time
 * @param unbroken whether all that time was under observation, so that one can learn from it
 * @param where at home or out
 * @param unseenUntil until when a way out was blind since the sign; null: none was
 * @param entranceAt when the door of the home was used last; null: not known
 * @param timeZone IANA zone of the place, empty: UTC
 */
public record Presence(
    Evidence sign,
    Instant from,
    Duration counted,
    Duration operational,
    boolean unbroken,
    Where where,
    @Nullable Instant unseenUntil,
    @Nullable Instant entranceAt,
    String timeZone) {

  /** Where somebody is. */
  public enum Where {
    HOME,
    /** Out by the last passage. */
    OUT,
    /** The door of the home was used, and nothing moved inside since. */
    MAYBE_OUT
  }

  /** The zone in which hours are meant. */
  public ZoneId zone() {
    return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }

  /** The sign itself: nothing is counted yet. */
  public static Presence at(
      Evidence sign, boolean unbroken, Where where, @Nullable Instant entranceAt, String timeZone) {
    return new Presence(
        sign,
        sign.time(),
        Duration.ZERO,
        Duration.ZERO,
        unbroken,
        where,
        null,
        entranceAt,
        timeZone);
  }

  /** Silence counts anew from here: before, nothing could be concluded. */
  public Presence restarted(Instant at) {
    return new Presence(
        sign,
        at.isAfter(from) ? at : from,
        Duration.ZERO,
        Duration.ZERO,
        false,
        where,
        null,
        entranceAt,
        timeZone);
  }

  /** Silence until then was counted like this. */
  public Presence countedUntil(
      Instant at, Duration counted, Duration operational, boolean unbroken) {
    return new Presence(
        sign, at, counted, operational, unbroken, where, unseenUntil, entranceAt, timeZone);
  }

  /** Until then the elder may have left unseen. */
  public Presence unseenUntil(Instant at) {
    return new Presence(
        sign, from, counted, operational, unbroken, where, at, entranceAt, timeZone);
  }
}
