package gatehouse.api.registry;

import gatehouse.api.store.Transaction;
import gatehouse.registry.RegistryFact;
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

  /** Name of a class of facts in the database and in addresses, e.g. visitor-pass. */
  public static String kind(Class<? extends RegistryFact> type) {
    return WireName.kebab(type.getSimpleName());
  }

  /**
   * Records a version. Who records versions of one thing at the same time waits for the other.
   *
   * @param by id of the account that records it
   */
  public void record(Transaction tx, RegistryFact fact, String by) {
    tx.update(
            """
            insert into site.registry_entry (community, kind, id, thing, recorded_at, valid_from,
              valid_to, detail, recorded_by)
            values (:community, :kind, :id, :thing, :recordedAt, :validFrom,
              coalesce(:validTo, timestamptz 'infinity'), :detail::json, :by)
            """)
        .bind("community", fact.community())
        .bind("kind", kind(fact.getClass()))
        .bind("id", fact.id())
        .bind("thing", fact.thing())
        .bind("recordedAt", fact.time())
        .bind("validFrom", fact.entry().validFrom())
        .bind("validTo", fact.entry().validTo())
        .bind("detail", new String(FactCodec.encode(fact), StandardCharsets.UTF_8))
        .bind("by", by)
        .execute();
  }

  /** Holds a thing until the transaction ends, so that nobody else changes it meanwhile. */
  public void hold(
      Transaction tx, Class<? extends RegistryFact> type, String community, String thing) {
    tx.query("select pg_advisory_xact_lock(7233013, hashtext(:thing))")
        .bind("thing", community + "/" + kind(type) + "/" + thing)
        .mapTo(String.class)
        .one();
  }

  /** The newest version of a thing, whether it holds now or not. */
  public <F extends RegistryFact> Optional<F> newest(
      Transaction tx, Class<F> type, String community, String thing) {
    return history(tx, type, community, thing).stream().findFirst();
  }

  /** All versions of a thing, the newest first. */
  public <F extends RegistryFact> List<F> history(
      Transaction tx, Class<F> type, String community, String thing) {
    return tx.query(
            """
            select detail from site.registry_entry
            where community = :community and kind = :kind and thing = :thing
            order by recorded_at desc, id desc
            """)
        .bind("community", community)
        .bind("kind", kind(type))
        .bind("thing", thing)
        .map((row, context) -> decode(type, row.getString("detail")))
        .list();
  }

  /**
   * The newest versions of things whose newest version holds at the time.
   *
   * @param field a field of the fact that must have this value; null: any
   */
  public <F extends RegistryFact> List<F> holding(
      Transaction tx,
      Class<F> type,
      String community,
      @Nullable String field,
      @Nullable String value,
      Instant at) {
    return tx.query(
            """
            select detail from (
              select distinct on (thing) detail, valid_from, valid_to from site.registry_entry
              where community = :community and kind = :kind
                and (:field::text is null or detail ->> :field = :value)
              order by thing, recorded_at desc, id desc) newest
            where valid_from <= :at and valid_to > :at
            """)
        .bind("community", community)
        .bind("kind", kind(type))
        .bind("field", field)
        .bind("value", value)
        .bind("at", at)
        .map((row, context) -> decode(type, row.getString("detail")))
        .list();
  }

  static <F extends RegistryFact> F decode(Class<F> type, String json) {
    try {
      return type.cast(FactCodec.decode(json.getBytes(StandardCharsets.UTF_8)));
    } catch (WireException e) {
      throw new IllegalStateException("the registry holds what is no fact", e);
    }
  }
}
