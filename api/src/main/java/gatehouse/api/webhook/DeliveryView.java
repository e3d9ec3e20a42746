package gatehouse.api.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log of deliveries.
 *
 * @param nextAt of the next attempt; null: there is none
 * @param status HTTP status of the last answer; null: there was none
 */
record DeliveryView(
    UUID id,
    String type,
    Instant createdAt,
    Delivery.State state,
    int attempts,
    @Nullable Instant lastAt,
    @Nullable Integer status,
    Delivery.@Nullable Problem problem,
    @Nullable Instant nextAt) {

  static DeliveryView of(Delivery one) {
    return new DeliveryView(
        one.id(),
        one.type(),
        one.createdAt(),
        one.state(),
        one.attempts(),
        one.lastAt(),
        one.lastStatus(),
        one.lastProblem(),
        one.state() == Delivery.State.WAITING ? one.dueAt() : null);
  }
}
