package gatehouse.event;

import gatehouse.fact.Required;

/**
 * A sensor measured something.
 *
 * @param kind what is measured
 * @param value in {@code unit}
 * @param unit UCUM symbol, e.g. Cel, %, [ppm], W
 * @param alarm whether the device itself raised an alarm
 */
public record SensorReading(
    Origin origin, @Required Kind kind, @Required double value, String unit, boolean alarm)
    implements DeviceEvent {

  /** What sensors measure. */
  public enum Kind {
    SMOKE,
    TEMPERATURE,
    CARBON_MONOXIDE,
    HUMIDITY,
    POWER,
    WATER,
    MOTION,
    DOOR,
    LOAD,
    NOISE,
    OTHER
  }

  @Override
  public SensorReading withOrigin(Origin other) {
    return new SensorReading(other, kind, value, unit, alarm);
  }
}
