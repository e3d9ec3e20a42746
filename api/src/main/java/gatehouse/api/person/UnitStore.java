package gatehouse.api.person;

import gatehouse.api.store.Lock;
import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Units in the database, each version a row. */
@Component
final class UnitStore {

  /** The newest versions, in the order of ids. */
  List<Unit> list(Transaction tx, String community, @Nullable String after, int most) {
    return tx.query(
            """
            select distinct on (unit) * from person.unit
            where community = :community and (:after::text is null or unit > :after)
            order by unit, version desc limit :most
            """)
        .bind("community", community)
        .bind("after", after)
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  Optional<Unit> newest(Transaction tx, String community, String unit) {
    return tx.query(
            """
            select * from person.unit where community = :community and unit = :unit
            order by version desc limit 1
            """)
        .bind("community", community)
        .bind("unit", unit)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Holds a unit until the transaction ends, so that nobody else changes it meanwhile. */
  void hold(Transaction tx, String community, String unit) {
    tx.hold(Lock.UNIT, community + "/" + unit);
  }

  void add(Transaction tx, Unit unit, String by) {
    tx.update(
            """
            insert into person.unit (community, unit, version, recorded_at, recorded_by, building,
              floor, purpose)
            values (:community, :unit, :version, :at, :by, :building, :floor, :purpose)
            """)
        .bind("community", unit.community())
        .bind("unit", unit.unit())
        .bind("version", unit.version())
        .bind("at", unit.recordedAt())
        .bind("by", by)
        .bind("building", unit.building())
        .bind("floor", unit.floor())
        .bind("purpose", unit.purpose().name())
        .execute();
  }

  private static Unit read(ResultSet row) throws SQLException {
    return new Unit(
        row.getString("community"),
        row.getString("unit"),
        row.getInt("version"),
        row.getTimestamp("recorded_at").toInstant(),
        row.getString("building"),
        (Integer) row.getObject("floor"),
        Unit.Purpose.valueOf(row.getString("purpose")));
  }
}
