package gatehouse.event;

import gatehouse.fact.Required;
import org.jspecify.annotations.Nullable;

/**
 * A face checkpoint (人脸卡口) saw somebody (抓拍). The comparison is the device's; no vector, no
 * attribute of the person ever enters.
 *
 * @param person registered person the device recognised
 * @param localSubject the device's own short-lived id of a stranger; means nothing elsewhere
 * @param similarity 0..1 on the device's scale
 * @param quality of the capture, 0..1
 * @param live whether the device judged it a live person
 * @param direction which way the person passed
 * @param image reference to the picture, never the picture
 */
public record FaceCapture(
    Origin origin,
    @Nullable String person,
    @Nullable String localSubject,
    double similarity,
    @Required double quality,
    @Nullable Boolean live,
    @Required Direction direction,
    @Nullable String image)
    implements DeviceEvent {

  @Override
  public FaceCapture withOrigin(Origin other) {
    return new FaceCapture(
        other, person, localSubject, similarity, quality, live, direction, image);
  }
}
