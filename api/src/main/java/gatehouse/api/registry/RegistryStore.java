package gatehouse.api.registry;

import gatehouse.api.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the registry for people. */
@Component
final class RegistryStore {

  private static final int MOST_SHOWN = 1_000;
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private final JsonMapper json;
  private final Map<RegistryKind, FactShape> shapes = new EnumMap<>(RegistryKind.class);

  RegistryStore(JsonMapper json) {
    this.json = json;
    for (RegistryKind kind : RegistryKind.values()) {
      shapes.put(kind, new FactShape(json, kind.type()));
    }
  }

  /**
   * Which things to list.
   *
   * @param unit only of this unit
   * @param person only of this person: who lives, holds, rents, hosts, owns
   * @param at only what holds then; null: whatever there is, ended or not
   * @param after only ids behind this one
   */
  record Filter(
      String community,
      @Nullable String unit,
      @Nullable String person,
      @Nullable Instant at,
      @Nullable String after,
      int most) {}

  FactShape shape(RegistryKind kind) {
    return java.util.Objects.requireNonNull(shapes.get(kind));
  }

  /** The newest versions of things, in the order of their ids. */
  List<RegistryRow> list(Transaction tx, RegistryKind kind, Filter filter) {
    return tx.query(
            """
            select * from (
              select distinct on (thing) * from site.registry_entry
              where community = :community and kind = :kind
                and (:after::text is null or thing > :after)
              order by thing, recorded_at desc, id desc) e
            where (:unit::text is null or detail ->> 'unit' = :unit)
              and (:person::text is null or :person in (detail ->> 'person', detail ->> 'holder',
                detail ->> 'tenant', detail ->> 'host', detail ->> 'owner'))
              and (:at::timestamptz is null or valid_from <= :at and valid_to > :at)
            order by thing limit :most
            """)
        .bind("community", filter.community())
        .bind("kind", Registry.kind(kind.type()))
        .bind("unit", filter.unit())
        .bind("person", filter.person())
        .bind("at", filter.at())
        .bind("after", filter.after())
        .bind("most", filter.most())
        .map((row, context) -> row(kind, row))
        .list();
  }

  /** All versions of a thing, the newest first. */
  List<RegistryRow> history(Transaction tx, RegistryKind kind, String community, String thing) {
    return versions(tx, kind, community, thing, MOST_SHOWN);
  }

  private List<RegistryRow> versions(
      Transaction tx, RegistryKind kind, String community, String thing, int most) {
    return tx.query(
            """
            select * from site.registry_entry
            where community = :community and kind = :kind and thing = :thing
            order by recorded_at desc, id desc limit :most
            """)
        .bind("most", most)
        .bind("community", community)
        .bind("kind", Registry.kind(kind.type()))
        .bind("thing", thing)
        .map((row, context) -> row(kind, row))
        .list();
  }

  Optional<RegistryRow> newest(Transaction tx, RegistryKind kind, String community, String thing) {
    return versions(tx, kind, community, thing, 1).stream().findFirst();
  }

  private RegistryRow row(RegistryKind kind, ResultSet row) throws SQLException {
    JsonNode detail = json.readTree(row.getString("detail"));
    return new RegistryRow(
        row.getString("id"),
        row.getString("community"),
        kind.path(),
        row.getString("thing"),
        row.getTimestamp("recorded_at").toInstant(),
        row.getTimestamp("valid_from").toInstant(),
        end(row.getTimestamp("valid_to")),
        row.getString("recorded_by").isEmpty() ? "topic" : "registry",
        shape(kind).fields(detail));
  }

  private static @Nullable Instant end(Timestamp stored) {
    Instant end = stored.toInstant();
    return end.isBefore(NEVER) ? end : null;
  }
}
