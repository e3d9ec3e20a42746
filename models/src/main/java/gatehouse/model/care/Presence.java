package gatehouse.model.care;

import gatehouse.alert.Evidence;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * An elder's last sign of life, and where that leaves them.
 *
 * @param sign the event
 * @param from since when silence counts: the sign, or when the sensors saw again after it
 * @param unbroken whether all that time was under observation, so that one can learn from it
 * @param where at home or out
 * @param entranceAt when the door of the home was used last; null: not known
 * @param timeZone IANA zone of the place, empty: UTC
 */
public record Presence(
    Evidence sign,
    Instant from,
    boolean unbroken,
    Where where,
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

  /** Silence counts anew from here: before, not all was seen. */
  public Presence restarted(Instant at) {
    return new Presence(sign, at.isAfter(from) ? at : from, false, where, entranceAt, timeZone);
  }
}
