package gatehouse.api.police;

import gatehouse.api.purpose.CaseScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case (案件).
 *
 * @param id chosen by whoever opens it
 * @param number as people and courts know it
 * @param legalBasis what allows it
 * @param purpose what is to be found out
 * @param areas where it lets its members look
 * @param from from when
 * @param to before when
 * @param state whether it is in force
 * @param members user names of those who work on it
 * @param openedBy user name
 * @param approvedBy user name of the supervisor; null as long as none approved
 * @param expires when it runs out unless a supervisor gives it more time
 * @param alerts ids of the alerts that are attached
 * @param member whether the caller is a member
 * @param version counts its changes; its ETag
 */
record CaseView(
    String id,
    String number,
    String legalBasis,
    String purpose,
    List<CaseScope.Area> areas,
    Instant from,
    Instant to,
    CaseState state,
    List<String> members,
    String openedBy,
    Instant openedAt,
    @Nullable String approvedBy,
    Instant expires,
    @Nullable Instant closedAt,
    List<String> alerts,
    boolean member,
    int version) {

  /** Whether look-ups are possible in it. */
  boolean inForce() {
    return state == CaseState.OPEN;
  }

  List<String> communities() {
    return areas.stream().map(CaseScope.Area::community).distinct().toList();
  }

  static CaseView read(ResultSet row) throws SQLException {
    java.sql.Timestamp closed = row.getTimestamp("closed_at");
    return new CaseView(
        row.getString("id"),
        row.getString("number"),
        row.getString("legal_basis"),
        row.getString("purpose"),
        texts(row, "areas").stream().map(CaseView::area).toList(),
        row.getTimestamp("opens").toInstant(),
        row.getTimestamp("ends").toInstant(),
        CaseState.valueOf(row.getString("state")),
        texts(row, "members"),
        row.getString("opener"),
        row.getTimestamp("opened_at").toInstant(),
        row.getString("approver"),
        row.getTimestamp("expires_at").toInstant(),
        closed == null ? null : closed.toInstant(),
        texts(row, "alerts"),
        row.getBoolean("member"),
        row.getInt("version"));
  }

  private static CaseScope.Area area(String text) {
    int slash = text.indexOf('/');
    return new CaseScope.Area(text.substring(0, slash), text.substring(slash + 1));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }
}
