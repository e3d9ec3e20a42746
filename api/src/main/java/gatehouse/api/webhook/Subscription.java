package gatehouse.api.webhook;

import gatehouse.api.http.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to be told what, and where.
 *
 * @param types wire names of {@link EventType}
 * @param models ids of models; none: all
 * @param previousSecret good until {@code previousUntil}; null: there was none
 * @param failingSince since when no attempt has succeeded; null: the last one did
 * @param disabledAt when it was given up; null: it was not
 */
record Subscription(
    UUID id,
    int version,
    String audience,
    List<String> communities,
    List<String> types,
    List<String> models,
    String url,
    WebhookSecret secret,
    @Nullable WebhookSecret previousSecret,
    @Nullable Instant previousUntil,
    Instant createdAt,
    @Nullable Instant failingSince,
    @Nullable Instant disabledAt) {

  String etag() {
    return EntityTag.of(version);
  }

  @Override
  public String toString() {
    return "Subscription[" + id + "]";
  }
}
