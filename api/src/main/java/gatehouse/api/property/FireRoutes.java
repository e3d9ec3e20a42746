package gatehouse.api.property;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Fire protection of each community at a glance (消防). */
@RestController
@RequestMapping("/api/v1/fire")
class FireRoutes {

  private static final String LANE = "fire-lane-blocked";

  private final Store store;

  FireRoutes(@Qualifier("requests") Store store) {
    this.store = store;
  }

  /**
   * A fire detector's last reading.
   *
   * @param unit UCUM symbol
   * @param alarm whether the detector itself raised an alarm
   * @param faults codes of what device-health finds wrong with it
   */
  record Sensor(
      String community,
      String device,
      String place,
      String kind,
      double value,
      String unit,
      boolean alarm,
      Instant at,
      List<String> faults) {}

  /** An open alert of a model that concerns fire and rescue. */
  record Open(
      String community, UUID id, String model, String severity, String place, Instant since) {}

  /**
   * A community.
   *
   * @param blockedLanes ids of the fire lanes (消防通道) that are blocked now
   * @param faults detectors with which something is wrong
   * @param lastTest when the newest work order of kind FIRE_TEST was done; null: none, or not for
   *     the caller to know
   */
  record View(
      String community,
      String name,
      List<Sensor> sensors,
      int faults,
      List<Open> alerts,
      List<String> blockedLanes,
      @Nullable Instant lastTest) {}

  private record Community(String id, String name, @Nullable Instant lastTest) {}

  /** The caller's communities, or one of them. */
  @GetMapping
  ItemList<View> get(
      @RequestParam(required = false) @Nullable String community,
      @AuthenticationPrincipal Account account) {
    String in = Inputs.id("community", community);
    return store.in(
        account.scope(),
        tx -> {
          Map<String, List<Sensor>> sensors =
              sensors(tx, in).stream().collect(Collectors.groupingBy(Sensor::community));
          Map<String, List<Open>> alerts =
              alerts(tx, in).stream().collect(Collectors.groupingBy(Open::community));
          return new ItemList<>(
              communities(tx, in).stream()
                  .map(
                      one ->
                          view(
                              one,
                              sensors.getOrDefault(one.id(), List.of()),
                              alerts.getOrDefault(one.id(), List.of())))
                  .toList());
        });
  }

  private static View view(Community community, List<Sensor> sensors, List<Open> alerts) {
    return new View(
        community.id(),
        community.name(),
        sensors,
        (int) sensors.stream().filter(sensor -> !sensor.faults().isEmpty()).count(),
        alerts,
        alerts.stream()
            .filter(alert -> alert.model().equals(LANE))
            .map(Open::place)
            .distinct()
            .sorted()
            .toList(),
        community.lastTest());
  }

  private static List<Community> communities(Transaction tx, @Nullable String community) {
    return tx.query(
            """
            select c.id, coalesce(nullif(c.name, ''), c.id) as name, (
                select max(w.changed_at) from property.work_order w
                where w.community = c.id and w.kind = 'FIRE_TEST' and w.state = 'DONE') as last_test
            from site.community c
            where :community::text is null or c.id = :community
            order by name, c.id limit 1000
            """)
        .bind("community", community)
        .map(
            (row, context) -> {
              Timestamp test = row.getTimestamp("last_test");
              return new Community(
                  row.getString("id"),
                  row.getString("name"),
                  test == null ? null : test.toInstant());
            })
        .list();
  }

  private static List<Sensor> sensors(Transaction tx, @Nullable String community) {
    return tx.query(
            """
            with trouble as materialized (
              select community, device, array_agg(distinct code order by code) as codes
              from alert.device_trouble() group by community, device)
            select s.*, d.place, coalesce(t.codes, '{}') as faults
            from site.sensor_state s
            join site.device d on d.community = s.community and d.id = s.device and d.active
            left join trouble t on t.community = s.community and t.device = s.device
            where s.kind in ('SMOKE', 'TEMPERATURE', 'CARBON_MONOXIDE')
              and (:community::text is null or s.community = :community)
            order by s.community, d.place, s.device, s.kind limit 20000
            """)
        .bind("community", community)
        .map(
            (row, context) ->
                new Sensor(
                    row.getString("community"),
                    row.getString("device"),
                    row.getString("place"),
                    row.getString("kind"),
                    row.getDouble("value"),
                    row.getString("unit"),
                    row.getBoolean("alarm"),
                    row.getTimestamp("at").toInstant(),
                    List.of((String[]) row.getArray("faults").getArray())))
        .list();
  }

  private static List<Open> alerts(Transaction tx, @Nullable String community) {
    return tx.query(
            """
            select community, id, model, severity, place, first_event_time from alert.alert
            where state = 'OPEN' and handling <> 'RESOLVED'
              and model in ('fire-anomaly', 'fire-lane-blocked', 'lift-trapped')
              and (:community::text is null or community = :community)
            order by severity desc, first_event_time desc, id limit 1000
            """)
        .bind("community", community)
        .map(
            (row, context) ->
                new Open(
                    row.getString("community"),
                    row.getObject("id", UUID.class),
                    row.getString("model"),
                    row.getString("severity"),
                    row.getString("place"),
                    row.getTimestamp("first_event_time").toInstant()))
        .list();
  }
}
