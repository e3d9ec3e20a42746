package gatehouse.api.device;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device as it is shown.
 *
 * @param status what it last said of itself, e.g. ONLINE, DEGRADED; null: nothing
 * @param firmware null: not reported
 * @param lastSeen when something of it last arrived
 * @param clockOffsetSeconds how far its clock is ahead, as a device-health alert or the device
 *     itself says; null: nobody says
 * @param openAlerts open alerts that the caller may see and that rest on it
 * @param troubles codes of what device-health finds wrong with it
 */
record DeviceView(
    String community,
    String id,
    String name,
    String kind,
    String place,
    String placeName,
    boolean active,
    Health health,
    @Nullable String status,
    @Nullable String firmware,
    @Nullable Instant lastSeen,
    @Nullable Double clockOffsetSeconds,
    int openAlerts,
    List<String> troubles,
    Coverage coverage) {

  /** Whether what happens there reaches us. */
  enum Health {
    ONLINE,
    /** Its connection is gone, or there never was one. */
    OFFLINE,
    /** Connected, but nothing is heard where something should be. */
    SILENT
  }

  /**
   * Passages it reported in the last 24 hours, against what is usual.
   *
   * @param expected a day's mean over the week before; null: not known yet
   * @param share received by expected, 1 at most; null: not known yet
   */
  record Coverage(long received, @Nullable Double expected, @Nullable Double share) {}
}
