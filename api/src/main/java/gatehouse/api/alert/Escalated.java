package gatehouse.api.alert;

import gatehouse.alert.Audience;
import gatehouse.notification.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of an alert's escalation (升级).
 *
 * @param audience who is asked
 * @param number 1, 2, ... for this audience
 * @param channel how they are asked
 * @param dueAt when, unless somebody takes the alert before
 * @param state whether it waits, was sent, was stopped or came too late
 * @param why why it was stopped; empty if it was not
 * @param settledAt when it stopped waiting
 */
record Escalated(
    Audience audience,
    int number,
    Channel channel,
    Instant dueAt,
    State state,
    String why,
    @Nullable Instant settledAt) {

  /** Where a step stands. */
  enum State {
    WAITING,
    SENT,
    STOPPED,
    EXPIRED
  }

  static Escalated read(ResultSet row) throws SQLException {
    Timestamp settled = row.getTimestamp("settled_at");
    return new Escalated(
        Audience.valueOf(row.getString("audience")),
        row.getInt("number"),
        Channel.valueOf(row.getString("channel")),
        row.getTimestamp("due_at").toInstant(),
        State.valueOf(row.getString("state")),
        row.getString("why"),
        settled == null ? null : settled.toInstant());
  }
}
