package gatehouse.event;

import gatehouse.fact.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device reported on itself.
 *
 * @param state whether it works
 * @param firmware version, empty if not reported
 * @param tamper active tamper flags, e.g. cover, reader-cut
 * @param clockOffsetMillis the device's clock minus true time as its NTP client says, if reported
 * @param bufferFill how full the offline buffer is, 0..1, if reported
 */
public record DeviceStatus(
    Origin origin,
    @Required State state,
    String firmware,
    List<String> tamper,
    @Nullable Double clockOffsetMillis,
    @Nullable Double bufferFill)
    implements DeviceEvent {

  /** Whether a device works. */
  public enum State {
    /** Alive; also the heartbeat. */
    ONLINE,
    /** Works with restrictions. */
    DEGRADED,
    /** Its connection was lost; what it should have seen since then is unknown. */
    OFFLINE,
    MAINTENANCE
  }

  @Override
  public DeviceStatus withOrigin(Origin other) {
    return new DeviceStatus(other, state, firmware, tamper, clockOffsetMillis, bufferFill);
  }
}
