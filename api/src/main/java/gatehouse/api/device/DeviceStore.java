package gatehouse.api.device;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Devices in the database, as an account may see them. */
@Component
final class DeviceStore {

  private static final int USUAL_DAYS = 7;

  private final Store store;
  private final Clock clock;

  DeviceStore(@Qualifier("requests") Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Which devices; null stands for any. */
  record Filter(
      @Nullable String community, @Nullable String device, @Nullable List<String> health) {}

  /** An hour of a device. */
  record Hour(Instant hour, long messages, long reads) {}

  /** Devices in the order of community and id, one more than {@code limit}. */
  List<DeviceView> list(Account account, Filter filter, @Nullable Cursor after, int limit) {
    String[] last = last(after);
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    Instant day = hour.minus(Duration.ofHours(23));
    return store.in(
        account.scope(),
        tx ->
            tx.query(
                    """
                    with trouble as materialized (
                      select community, device, array_agg(distinct code) as codes,
                        max(clock_offset_seconds) as clock_offset_seconds
                      from alert.device_trouble() group by community, device
                    ), about as materialized (
                      select a.community, d.device, count(distinct a.id) as alerts
                      from alert.alert a
                      cross join lateral (
                        select e ->> 'device' as device
                        from jsonb_array_elements(a.detail -> 'evidence') e
                        union select unnest(a.subjects)) d
                      where a.state = 'OPEN' and a.handling <> 'RESOLVED'
                        and (:community::text is null or a.community = :community)
                      group by a.community, d.device
                    ), known as (
                      select d.*, coalesce(nullif(p.name, ''), d.place) as place_name,
                        s.at as last_seen, t.state as status, nullif(t.firmware, '') as firmware,
                        coalesce(x.clock_offset_seconds::double precision,
                          t.clock_offset_millis / 1000) as clock_offset,
                        coalesce(x.codes, '{}') as troubles,
                        case
                          when s.at is null then 'OFFLINE'
                          when t.state = 'OFFLINE' and s.at < t.at + interval '1 minute'
                            then 'OFFLINE'
                          when x.codes && array['device-health.silent', 'device-health.link-lost']
                            then 'SILENT'
                          else 'ONLINE' end as health
                      from site.device d
                      left join site.place p on p.community = d.community and p.id = d.place
                      left join site.device_seen s
                        on s.community = d.community and s.device = d.id
                      left join site.device_status t
                        on t.community = d.community and t.device = d.id
                      left join trouble x on x.community = d.community and x.device = d.id
                      where (:community::text is null or d.community = :community)
                        and (:device::text is null or d.id = :device)
                        and (d.community, d.id) > (:afterCommunity, :afterDevice)
                    ), shown as (
                      select * from known
                      where (:health::text[] is null or health = any (:health))
                      order by community, id limit :limit
                    )
                    select k.*, coalesce(o.alerts, 0) as open_alerts, h.received, h.expected
                    from shown k
                    left join about o on o.community = k.community and o.device = k.id
                    left join lateral (
                      select coalesce(sum(h.reads) filter (where h.hour >= :day), 0) as received,
                        sum(h.reads) filter (where h.hour < :day)
                          / greatest(1, ceil(extract(epoch from :day - min(h.hour)) / 86400))
                          as expected
                      from event.device_hour h
                      where h.community = k.community and h.device = k.id
                        and h.hour >= :week and h.hour <= :hour
                    ) h on true
                    order by k.community, k.id
                    """)
                .bind("community", filter.community())
                .bind("device", filter.device())
                .bind(
                    "health",
                    filter.health() == null ? null : filter.health().toArray(String[]::new))
                .bind("afterCommunity", last[0])
                .bind("afterDevice", last[1])
                .bind("hour", hour)
                .bind("day", day)
                .bind("week", day.minus(Duration.ofDays(USUAL_DAYS)))
                .bind("limit", limit + 1)
                .map((row, context) -> read(row))
                .list());
  }

  Optional<DeviceView> find(Account account, String community, String device) {
    return list(account, new Filter(community, device, null), null, 1).stream().findFirst();
  }

  /** The last 24 hours of a device, the newest first; hours without a message are left out. */
  List<Hour> hours(Account account, String community, String device) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    return store.in(
        account.scope(),
        tx ->
            tx.query(
                    """
                    select hour, messages, reads from event.device_hour
                    where community = :community and device = :device
                      and hour > :day and hour <= :hour
                    order by hour desc
                    """)
                .bind("community", community)
                .bind("device", device)
                .bind("day", hour.minus(Duration.ofDays(1)))
                .bind("hour", hour)
                .map(
                    (row, context) ->
                        new Hour(
                            row.getTimestamp("hour").toInstant(),
                            row.getLong("messages"),
                            row.getLong("reads")))
                .list());
  }

  private static DeviceView read(ResultSet row) throws SQLException {
    Timestamp seen = row.getTimestamp("last_seen");
    Double expected = row.getObject("expected") == null ? null : row.getDouble("expected");
    long received = row.getLong("received");
    return new DeviceView(
        row.getString("community"),
        row.getString("id"),
        row.getString("name"),
        row.getString("kind"),
        row.getString("place"),
        row.getString("place_name"),
        row.getBoolean("active"),
        DeviceView.Health.valueOf(row.getString("health")),
        row.getString("status"),
        row.getString("firmware"),
        seen == null ? null : seen.toInstant(),
        row.getObject("clock_offset", Double.class),
        row.getInt("open_alerts"),
        Arrays.stream((String[]) row.getArray("troubles").getArray()).sorted().toList(),
        new DeviceView.Coverage(
            received,
            expected,
            expected == null || expected == 0 ? null : Math.min(1, received / expected)));
  }

  /** Community and id of the last device of the page before. */
  private static String[] last(@Nullable Cursor after) {
    if (after == null) {
      return new String[] {"", ""};
    }
    String[] parts = after.id().split("/", 2);
    if (parts.length != 2 || after.id().indexOf('\0') >= 0) {
      throw Refusal.badValue("cursor");
    }
    return parts;
  }
}
