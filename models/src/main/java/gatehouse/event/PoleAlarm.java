package gatehouse.event;

import gatehouse.fact.Required;

/**
 * A smart lamp post (5G智慧灯杆) reported an alarm.
 *
 * @param kind what it reports
 * @param active true when it begins, false when it ends
 */
public record PoleAlarm(Origin origin, @Required Kind kind, @Required boolean active)
    implements DeviceEvent {

  /** What lamp posts report; SOS is the button 一键求助. */
  public enum Kind {
    SOS,
    TILT,
    LEAKAGE_CURRENT,
    DOOR_OPEN,
    POWER_LOST,
    FLOOD
  }

  @Override
  public PoleAlarm withOrigin(Origin other) {
    return new PoleAlarm(other, kind, active);
  }
}
