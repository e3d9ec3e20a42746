package gatehouse.event;

import gatehouse.fact.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle checkpoint (车辆卡口) read a number plate (过车记录).
 *
 * @param plate the plate in canonical form, see {@link Plates#canonical}; empty when none was read
 * @param plateRaw the plate as the camera reported it
 * @param confidence how sure the reader is of the whole plate, 0..1
 * @param characterConfidence one value 0..1 a character of {@code plateRaw}, empty if not reported
 * @param plateColour e.g. blue, green, yellow; empty if not reported
 * @param vehicleColour e.g. white; empty if not reported
 * @param vehicleType e.g. car, van, truck; empty if not reported
 * @param brand empty if not reported
 * @param lane the lane, empty if not reported
 * @param direction which way it passed
 * @param outcome whether the barrier let it pass
 * @param occupants person or local subject ids seen in it
 * @param image reference to the picture, never the picture
 */
public record PlateRead(
    Origin origin,
    String plate,
    @Required String plateRaw,
    @Required double confidence,
    List<Double> characterConfidence,
    String plateColour,
    String vehicleColour,
    String vehicleType,
    String brand,
    String lane,
    @Required Direction direction,
    Outcome outcome,
    List<String> occupants,
    @Nullable String image)
    implements DeviceEvent {

  @Override
  public PlateRead withOrigin(Origin other) {
    return new PlateRead(
        other,
        plate,
        plateRaw,
        confidence,
        characterConfidence,
        plateColour,
        vehicleColour,
        vehicleType,
        brand,
        lane,
        direction,
        outcome,
        occupants,
        image);
  }
}
