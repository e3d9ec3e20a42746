package gatehouse.model.door;

import java.time.Instant;

/**
 * A finding that a fact recorded later may take back.
 *
 * @param trigger the opening's event id
 * @param openedAt when the door opened
 * @param at when the model concluded
 */
public record Alarm(String trigger, Instant openedAt, Instant at) {}
