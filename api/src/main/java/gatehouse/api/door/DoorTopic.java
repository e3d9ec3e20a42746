package gatehouse.api.door;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of a device's topics. The broker lets a device publish to its own only, so this is who is
 * speaking.
 */
public record DoorTopic(String community, String device, String channel) {

  private static final String ROOT = "gatehouse/v1/";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Whether a text can be part of a topic, and no more than that part. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

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
