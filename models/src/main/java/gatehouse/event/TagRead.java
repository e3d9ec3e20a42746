package gatehouse.event;

import gatehouse.fact.Required;

/**
 * A reader saw a tagged object (e-bike, registered item).
 *
 * @param tag the tag's id
 * @param rssi signal strength in dBm
 * @param antenna which antenna; the order of two tells the direction
 * @param direction which way, if the reader knows
 * @param subjectType class of the object as the log gives it; empty if unknown
 */
public record TagRead(
    Origin origin,
    @Required String tag,
    double rssi,
    String antenna,
    Direction direction,
    String subjectType)
    implements DeviceEvent {

  @Override
  public TagRead withOrigin(Origin other) {
    return new TagRead(other, tag, rssi, antenna, direction, subjectType);
  }
}
