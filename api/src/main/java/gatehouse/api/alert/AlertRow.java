package gatehouse.api.alert;

import gatehouse.alert.Alert;
import gatehouse.alert.Attention;
import gatehouse.wire.RecordCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An alert as it is stored: the model's newest revision, and what people did. */
record AlertRow(
    UUID id,
    Alert alert,
    String communityName,
    String placeName,
    Instant receivedAt,
    Handling handling,
    @Nullable String acknowledgedBy,
    @Nullable Instant acknowledgedAt,
    @Nullable Disposition disposition,
    Attention attention,
    @Nullable Telling telling,
    long change) {

  static AlertRow read(ResultSet row) throws SQLException {
    String disposition = row.getString("disposition");
    Timestamp acknowledged = row.getTimestamp("acknowledged_at");
    return new AlertRow(
        row.getObject("id", UUID.class),
        decode(row.getString("detail")),
        row.getString("community_name"),
        row.getString("place_name"),
        row.getTimestamp("received_at").toInstant(),
        Handling.valueOf(row.getString("handling")),
        row.getString("acknowledged_by"),
        acknowledged == null ? null : acknowledged.toInstant(),
        disposition == null ? null : Disposition.valueOf(disposition),
        Attention.valueOf(row.getString("attention")),
        Telling.read(row),
        row.getLong("change"));
  }

  private static Alert decode(String json) {
    try {
      return RecordCodec.of(Alert.class).decode(json.getBytes(StandardCharsets.UTF_8));
    } catch (WireException e) {
      throw new IllegalStateException("a stored alert cannot be read: " + e.getMessage(), e);
    }
  }
}
