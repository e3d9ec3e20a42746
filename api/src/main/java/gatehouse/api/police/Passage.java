package gatehouse.api.police;

import gatehouse.api.site.Masks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A row of a look-up: a passage, or for a collision the first passage at each place of a subject
 * that was at all of them.
 */
record Passage(
    Instant time,
    String community,
    String place,
    String placeName,
    String device,
    String id,
    String subjectType,
    String subject,
    String direction,
    String outcome) {

  static Passage read(ResultSet row) throws SQLException {
    return new Passage(
        row.getTimestamp("time").toInstant(),
        row.getString("community"),
        row.getString("place"),
        row.getString("place_name"),
        row.getString("device"),
        row.getString("id"),
        row.getString("subject_type"),
        row.getString("subject"),
        row.getString("direction"),
        row.getString("outcome"));
  }

  /** The same for who need not know the subject. */
  Passage masked() {
    return new Passage(
        time,
        community,
        place,
        placeName,
        device,
        id,
        subjectType,
        Masks.mask(subject),
        direction,
        outcome);
  }
}
