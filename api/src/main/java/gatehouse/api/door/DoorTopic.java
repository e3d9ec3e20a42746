package gatehouse.api.door;

import org.jspecify.annotations.Nullable;

/**
 * One of a device's topics. The broker lets a device publish to its own only, so this is who is
 * speaking.
 */
record DoorTopic(String community, String device, String channel) {

  private static final String ROOT = "gatehouse/v1/";

  /** The device a topic belongs to; null if it is none of a device. */
  static @Nullable DoorTopic parse(String topic) {
    String[] parts = topic.split("/", -1);
    return parts.length == 5 && topic.startsWith(ROOT)
        ? new DoorTopic(parts[2], parts[3], parts[4])
        : null;
  }

  static String command(String community, String device) {
    return ROOT + community + '/' + device + "/command";
  }

  static String every(String channel) {
    return ROOT + "+/+/" + channel;
  }
}
