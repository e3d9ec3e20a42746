package gatehouse.api.accesslog;

import gatehouse.api.site.Masks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A passage (开门记录, 过车记录), or an attempt. */
record AccessRow(
    String id,
    Instant time,
    Instant receivedAt,
    String community,
    String communityName,
    String place,
    String placeName,
    String device,
    String kind,
    String subjectType,
    String subject,
    String direction,
    String outcome,
    @Nullable String reason,
    boolean buffered) {

  /**
   * Reads a row. Names and plates are masked; whole ones are asked for with a reason, in a case.
   */
  static AccessRow read(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    return new AccessRow(
        row.getString("id"),
        row.getTimestamp("time").toInstant(),
        row.getTimestamp("received_at").toInstant(),
        row.getString("community"),
        row.getString("community_name"),
        row.getString("place"),
        row.getString("place_name"),
        row.getString("device"),
        row.getString("kind"),
        row.getString("subject_type"),
        Masks.mask(row.getString("subject")),
        row.getString("direction"),
        row.getString("outcome"),
        reason.isEmpty() ? null : reason,
        row.getBoolean("buffered"));
  }
}
