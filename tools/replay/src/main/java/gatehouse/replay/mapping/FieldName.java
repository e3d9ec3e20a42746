package gatehouse.replay.mapping;

import java.util.Arrays;
import java.util.List;

/** What a row can say of an event. The names are those of the mapping file. */
public enum FieldName {
  KIND("kind"),
  TIME("time"),
  PLACE("place"),
  DEVICE("device"),
  SUBJECT("subject"),
  SUBJECT_TYPE("subjectType"),
  PERSON("person"),
  UNIT("unit"),
  CREDENTIAL_TYPE("credentialType"),
  DIRECTION("direction"),
  OUTCOME("outcome"),
  REASON("reason"),
  DURESS("duress"),
  CHANGE("change"),
  COUNT("count"),
  CONFIDENCE("confidence"),
  PLATE_COLOUR("plateColour"),
  VEHICLE_COLOUR("vehicleColour"),
  VEHICLE_TYPE("vehicleType"),
  BRAND("brand"),
  LANE("lane"),
  QUALITY("quality"),
  SIMILARITY("similarity"),
  TRACK_KIND("trackKind"),
  ENTERED_AT("enteredAt"),
  LEFT_AT("leftAt"),
  SENSOR("sensor"),
  VALUE("value"),
  MEASURE("measure"),
  ALARM("alarm"),
  SIGNAL("signal"),
  ANTENNA("antenna"),
  STATE("state"),
  TAMPER("tamper");

  private final String key;

  FieldName(String key) {
    this.key = key;
  }

  /** Its name in the mapping file. */
  public String key() {
    return key;
  }

  /** All names. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(FieldName::key).toList();
  }
}
