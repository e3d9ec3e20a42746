package gatehouse.api.registry;

import gatehouse.api.store.Lock;
import gatehouse.api.store.Transaction;
import gatehouse.fact.Fact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import gatehouse.wire.WireName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The registry: versions of things, each valid for a time. A version is never changed; a later one
 * that overlaps it corrects it from its own beginning on. What is recorded reaches the models and
 * the devices through {@link RegistryOutbox}, in the order of recording.
 *
 * <p>The database shows and takes what the transaction's account may see and keep.
 */
@Component
public final class Registry {

  /** Name of a class of facts in the database, e.g. visitor-pass. */
  public static String kind(Class<? extends Fact> type) {
    return WireName.kebab(type.getSimpleName());
  }

  /**
   * Records a version.
   *
   * @param by id of the account that records it
   */
  public void record(Transaction tx, Fact fact, String by) {
    Version version = Version.of(fact);
    tx.update(
            """
            insert into site.registry_entry (community, kind, id, thing, recorded_at, valid_from,
              valid_to, detail, recorded_by)
            values (:community, :kind, :id, :thing, :recordedAt, :validFrom,
              coalesce(:validTo, timestamptz 'infinity'), :detail::json, :by)
            """)
        .bind("community", fact.community())
        .bind("kind", kind(fact.getClass()))
        .bind("id", version.id())
        .bind("thing", version.thing())
        .bind("recordedAt", fact.time())
        .bind("validFrom", version.validFrom())
        .bind("validTo", version.validTo())
        .bind("detail", new String(FactCodec.encode(fact), StandardCharsets.UTF_8))
        .bind("by", by)
        .execute();
  }

  /** Holds a thing until the transaction ends, so that nobody else changes it meanwhile. */
  public void hold(Transaction tx, Class<? extends Fact> type, String community, String thing) {
    tx.hold(Lock.REGISTRY_THING, community + "/" + kind(type) + "/" + thing);
  }

  /** The newest version of a thing, whether it holds now or not. */
  public <F extends Fact> Optional<F> newest(
      Transaction tx, Class<F> type, String community, String thing) {
    return versions(tx, type, community, thing, 1).stream().findFirst();
  }

  /** All versions of a thing, the newest first. */
  public <F extends Fact> List<F> history(
      Transaction tx, Class<F> type, String community, String thing) {
    return versions(tx, type, community, thing, Integer.MAX_VALUE);
  }

  private static <F extends Fact> List<F> versions(
      Transaction tx, Class<F> type, String community, String thing, int most) {
    return tx.query(
            """
            select detail from site.registry_entry
            where community = :community and kind = :kind and thing = :thing
            order by recorded_at desc, id desc limit :most
            """)
        .bind("most", most)
        .bind("community", community)
        .bind("kind", kind(type))
        .bind("thing", thing)
        .map((row, context) -> decode(type, row.getString("detail")))
        .list();
  }

  /**
   * What holds at a time.
   *
   * @param field a field of the fact that must have this value; null: any
   */
  public <F extends Fact> List<F> holding(
      Transaction tx,
      Class<F> type,
      String community,
      @Nullable String field,
      @Nullable String value,
      Instant at) {
    return tx.query(
            """
            select detail from site.holding(:at)
            where community = :community and kind = :kind
              and (:field::text is null or detail ->> :field = :value)
            order by thing
            """)
        .bind("community", community)
        .bind("kind", kind(type))
        .bind("field", field)
        .bind("value", value)
        .bind("at", at)
        .map((row, context) -> decode(type, row.getString("detail")))
        .list();
  }

  static <F extends Fact> F decode(Class<F> type, String json) {
    try {
      return type.cast(FactCodec.decode(json.getBytes(StandardCharsets.UTF_8)));
    } catch (WireException e) {
      throw new IllegalStateException("the registry holds what is no fact", e);
    }
  }
}
