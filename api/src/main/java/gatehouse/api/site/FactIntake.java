package gatehouse.api.site;

import gatehouse.api.consumer.RecordException;
import gatehouse.api.consumer.RecordSink;
import gatehouse.api.registry.Registry;
import gatehouse.api.registry.Version;
import gatehouse.api.store.Transaction;
import gatehouse.fact.Fact;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.RemoteOpenRequest;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.PlaceEntry;
import gatehouse.site.SiteFact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the newest of what the registry says of communities, places, devices and people. */
@Component
public final class FactIntake implements RecordSink {

  @Override
  public void write(Transaction tx, List<ConsumerRecord<byte[], byte[]>> records)
      throws RecordException {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte @Nullable [] value = record.value();
      if (value != null) {
        write(tx, decode(value), value);
      }
    }
  }

  private static void write(Transaction tx, Fact fact, byte[] json) {
    if (fact instanceof RemoteOpenRequest) {
      // Where it comes from, it stands: door.command.
      return;
    }
    if (!(fact instanceof RegistryFact) && !(fact instanceof SiteFact)) {
      throw new IllegalArgumentException("not a fact of the registry: " + fact.getClass());
    }
    keep(tx, fact, json);
    if (fact instanceof Community community) {
      write(tx, community);
    } else if (fact instanceof PlaceEntry place) {
      write(tx, place, json);
    } else if (fact instanceof Device device) {
      write(tx, device);
    }
  }

  private static void write(Transaction tx, Community community) {
    tx.update(
            """
            insert into site.community as c values
              (:id, :name, :class, :district, :zone, :knownAt)
            on conflict (id) do update set name = excluded.name,
              community_class = excluded.community_class, district = excluded.district,
              time_zone = excluded.time_zone, known_at = excluded.known_at
            where c.known_at <= excluded.known_at
            """)
        .bind("id", community.community())
        .bind("name", community.name())
        .bind("class", community.communityClass())
        .bind("district", community.district())
        .bind("zone", community.timeZone())
        .bind("knownAt", community.time())
        .execute();
  }

  private static void write(Transaction tx, PlaceEntry entry, byte[] json) {
    tx.update(
            """
            insert into site.place as p values
              (:community, :id, :name, :kind, :building, :zone, :validFrom, :detail::json)
            on conflict (community, id) do update set name = excluded.name, kind = excluded.kind,
              building = excluded.building, time_zone = excluded.time_zone,
              valid_from = excluded.valid_from, detail = excluded.detail
            where p.valid_from <= excluded.valid_from
            """)
        .bind("community", entry.community())
        .bind("id", entry.place().id())
        .bind("name", entry.place().name())
        .bind("kind", entry.place().kind().name())
        .bind("building", entry.place().building())
        .bind("zone", entry.place().timeZone())
        .bind("validFrom", entry.validFrom())
        .bind("detail", new String(json, StandardCharsets.UTF_8))
        .execute();
  }

  private static void write(Transaction tx, Device device) {
    tx.update(
            """
            insert into site.device as d values
              (:community, :id, :place, :name, :kind, :side, :active, :knownAt)
            on conflict (community, id) do update set place = excluded.place,
              name = excluded.name, kind = excluded.kind, side = excluded.side,
              active = excluded.active, known_at = excluded.known_at
            where d.known_at <= excluded.known_at
            """)
        .bind("community", device.community())
        .bind("id", device.id())
        .bind("place", device.place())
        .bind("name", device.name())
        .bind("kind", device.kind())
        .bind("side", device.side().name())
        .bind("active", device.active())
        .bind("knownAt", device.time())
        .execute();
  }

  private static void keep(Transaction tx, Fact fact, byte[] json) {
    Version version = Version.of(fact);
    tx.update(
            """
            insert into site.registry_entry as r (community, kind, id, thing, recorded_at,
              valid_from, valid_to, detail, published_at)
            values (:community, :kind, :id, :thing, :recordedAt, :validFrom,
              coalesce(:validTo, timestamptz 'infinity'), :detail::json, now())
            on conflict (community, kind, id) do update set recorded_at = excluded.recorded_at,
              valid_from = excluded.valid_from, valid_to = excluded.valid_to,
              detail = excluded.detail, published_at = coalesce(r.published_at, now())
            where r.recorded_at <= excluded.recorded_at
            """)
        .bind("community", fact.community())
        .bind("kind", Registry.kind(fact.getClass()))
        .bind("id", version.id())
        .bind("thing", version.thing())
        .bind("recordedAt", fact.time())
        .bind("validFrom", version.validFrom())
        .bind("validTo", version.validTo())
        .bind("detail", new String(json, StandardCharsets.UTF_8))
        .execute();
  }

  private static Fact decode(byte[] json) throws RecordException {
    try {
      return FactCodec.decode(json);
    } catch (WireException e) {
      throw new RecordException(String.valueOf(e.getMessage()));
    }
  }
}
