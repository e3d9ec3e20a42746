package gatehouse.labelled.estate;

/**
 * A device where it stands.
 *
 * @param community its community
 * @param id unique in the community
 * @param place id of the place it serves
 * @param kind what it is, as the registry names it
 */
public record Instrument(String community, String id, String place, String kind) {

  /** A terminal that reads credentials and reports the door's contact. */
  public static final String TERMINAL = "access-terminal";

  /** A camera that reads plates. */
  public static final String VEHICLE_CHECKPOINT = "vehicle-checkpoint";

  /** A camera that compares faces itself. */
  public static final String FACE_CHECKPOINT = "face-checkpoint";

  /** A camera that follows and counts. */
  public static final String CAMERA = "camera";

  /** A reader of tags. */
  public static final String TAG_READER = "tag-reader";

  /** A lift's controller. */
  public static final String LIFT = "lift-controller";

  /** A lamp post. */
  public static final String POLE = "smart-pole";

  /** A sensor in a home or plant room. */
  public static final String SENSOR = "sensor";

  /** The city-wide name of the device. */
  public String name() {
    return community + '/' + id;
  }
}
