package gatehouse.replay.mapping;

/** Which kind of event a row is. The words are the lower-case names. */
public enum EventKind {
  /** A credential at an access point. */
  ACCESS,
  /** A number plate at a vehicle checkpoint. */
  PLATE,
  /** A face at a face checkpoint. */
  FACE,
  /** A door's contact, lock or release. */
  DOOR,
  /** Somebody or something seen or counted by a camera. */
  TRACK,
  /** A tagged object at a reader. */
  TAG,
  /** A measurement. */
  SENSOR,
  /** An alarm of a lamp post. */
  POLE,
  /** A device about itself. */
  STATUS
}
