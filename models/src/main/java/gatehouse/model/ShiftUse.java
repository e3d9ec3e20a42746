package gatehouse.model;

import gatehouse.alert.Evidence;
import gatehouse.event.AccessEvent;
import gatehouse.site.Zone;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A use of a work credential.
 *
 * @param event the use
 * @param placeName the place as shown to people
 * @param timeZone in which times are shown; empty: UTC
 * @param restricted whether it led into a restricted or critical area
 * @param told what was told of it; null: nothing
 */
public record ShiftUse(
    Evidence event,
    String placeName,
    String timeZone,
    boolean restricted,
    @Nullable OffShift told) {

  private static final int RESTRICTED = 2;

  /** How a use lies outside every shift. */
  public enum OffShift {
    /** Little before or after a shift: probably overtime. */
    NEAR_SHIFT,
    OFF_SHIFT
  }

  static ShiftUse of(AccessEvent use) {
    return new ShiftUse(
        Evidence.of(use, "off-shift-access.use"),
        Labels.of(use.place()),
        use.place().timeZone(),
        use.place().after(use.direction()).stream()
            .mapToInt(Zone::sensitivity)
            .anyMatch(sensitivity -> sensitivity >= RESTRICTED),
        null);
  }

  ShiftUse told(@Nullable OffShift now) {
    return new ShiftUse(event, placeName, timeZone, restricted, now);
  }

  Instant time() {
    return event.time();
  }

  ZoneId local() {
    return timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }
}
