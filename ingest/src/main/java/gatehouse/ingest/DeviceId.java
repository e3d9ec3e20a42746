package gatehouse.ingest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which device: the only identity that counts, because the broker ties the topic to it. */
record DeviceId(String community, String device) {

  /** Nobody known, for what has no valid topic. */
  static final DeviceId NOBODY = new DeviceId("", "");

  private static final String ID = "([A-Za-z0-9][A-Za-z0-9._-]{0,63})";
  private static final Pattern TOPIC = Pattern.compile("gatehouse/v1/" + ID + "/" + ID + "/event");
  private static final Pattern PAIR = Pattern.compile(ID + "/" + ID);
  private static final Pattern SINGLE = Pattern.compile(ID);

  /** The sender by its topic, or null if the topic is none of a device's events. */
  static @Nullable DeviceId ofTopic(String topic) {
    return match(TOPIC.matcher(topic));
  }

  /** The sender that a message's {@code source} claims, if it names a device at all. */
  @Nullable DeviceId claimedBy(String source) {
    if (SINGLE.matcher(source).matches()) {
      return new DeviceId(community, source);
    }
    DeviceId byTopic = ofTopic(source);
    return byTopic == null ? match(PAIR.matcher(source)) : byTopic;
  }

  /** The CloudEvents source. */
  String source() {
    return community + '/' + device;
  }

  private static @Nullable DeviceId match(Matcher matcher) {
    return matcher.matches() ? new DeviceId(matcher.group(1), matcher.group(2)) : null;
  }
}
