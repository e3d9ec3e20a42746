package gatehouse.api.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook, as its owners see it.
 *
 * @param secret in clear, in the one answer that made it; null otherwise
 * @param previousSecretUntil until when the secret before is good, too
 * @param failingSince since when nothing was taken; null: the last attempt was
 * @param disabledAt when it was given up; null: it was not
 */
record WebhookView(
    UUID id,
    List<String> communities,
    List<String> types,
    List<String> models,
    String url,
    @Nullable String secret,
    @Nullable Instant previousSecretUntil,
    Instant createdAt,
    @Nullable Instant failingSince,
    @Nullable Instant disabledAt) {

  static WebhookView of(Subscription one, @Nullable WebhookSecret made) {
    return new WebhookView(
        one.id(),
        one.communities(),
        one.types(),
        one.models(),
        one.url(),
        made == null ? null : made.text(),
        one.previousUntil(),
        one.createdAt(),
        one.failingSince(),
        one.disabledAt());
  }

  @Override
  public String toString() {
    return "WebhookView[" + id + "]";
  }
}
