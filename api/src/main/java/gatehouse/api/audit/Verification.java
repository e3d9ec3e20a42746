package gatehouse.api.audit;

import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the audit log has found.
 *
 * @param deleted entries whose time was over
 * @param broken entries that do not fit what stands before them
 * @param firstBroken the id of the first of them; null if there is none
 * @param brokenAnchors anchors whose heads are gone or are others now
 * @param firstBrokenAnchor null if there is none
 * @param newestAnchor its hash in hexadecimal, to be compared with the API's log; empty: none yet
 */
record Verification(
    long entries,
    long chains,
    long deleted,
    long broken,
    @Nullable Long firstBroken,
    long anchors,
    long brokenAnchors,
    @Nullable Long firstBrokenAnchor,
    String newestAnchor) {

  /** Reads the whole log, as the owner of the database. */
  static Verification of(Store owner) {
    return owner.in(
        Scope.NOBODY,
        tx -> {
          tx.execute("set local statement_timeout = '55s'");
          return tx.query(
                  """
                  select
                    (select count(*) from audit.entry),
                    (select count(distinct chain) from audit.entry),
                    (select coalesce(sum(entries), 0) from audit.checkpoint),
                    b.broken, b.first,
                    (select count(*) from audit.anchor),
                    a.broken, a.first,
                    (select hash from audit.anchor order by id desc limit 1)
                  from (select count(*) as broken, min(id) as first from audit.broken() as id) b,
                    (select count(*) as broken, min(id) as first
                      from audit.broken_anchors() as id) a
                  """)
              .map(
                  (row, context) -> {
                    byte[] newest = row.getBytes(9);
                    return new Verification(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getObject(5, Long.class),
                        row.getLong(6),
                        row.getLong(7),
                        row.getObject(8, Long.class),
                        newest == null ? "" : HexFormat.of().formatHex(newest));
                  })
              .one();
        });
  }

  /** Whether nothing was changed and nothing is missing. */
  boolean isWhole() {
    return broken == 0 && brokenAnchors == 0;
  }

  /** For people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d entries in %,d chains; %,d older ones were deleted when their time was over"
            .formatted(entries, chains, deleted));
    lines.add(
        broken == 0
            ? "every entry fits the one before it"
            : "%,d entries do not fit the one before them; the first is %d"
                .formatted(broken, firstBroken));
    lines.add(
        brokenAnchors == 0
            ? "all %,d daily anchors fit".formatted(anchors)
            : "%,d of %,d daily anchors do not fit; the first is %d"
                .formatted(brokenAnchors, anchors, firstBrokenAnchor));
    if (!newestAnchor.isEmpty()) {
      lines.add("newest anchor " + newestAnchor + " (the API's log must say the same)");
    }
    return lines;
  }
}
