package gatehouse.service.mqtt;

import java.util.Locale;

/** What a credential is for; the topic rights follow from it (see {@link TopicRights}). */
public enum Role {
  /** One device: its own topics only, user name {@code community/device}. */
  DEVICE,
  /** A gateway that speaks for every device of one community. */
  GATEWAY,
  /** The intake: its shared subscription only. */
  INGEST,
  /** The API: sends door commands, reads their answers and the devices' status. */
  API;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Role of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException("unknown role; known are device, gateway, ingest, api");
  }
}
