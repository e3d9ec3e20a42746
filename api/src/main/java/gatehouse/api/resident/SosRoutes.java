package gatehouse.api.resident;

import gatehouse.api.ApiSettings;
import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.IdempotencyKey;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.kafka.KafkaWriter;
import gatehouse.api.store.Store;
import gatehouse.event.ClockQuality;
import gatehouse.event.Origin;
import gatehouse.event.PoleAlarm;
import gatehouse.site.Place;
import gatehouse.wire.FactCodec;
import gatehouse.wire.Topic;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The SOS button of the app (一键求助). The call goes the way of every other event, so that the same
 * model alerts the same people. It is answered when Kafka has it; pressed again with the same key
 * it is the same call.
 */
@RestController
@RequestMapping("/api/v1/sos")
class SosRoutes implements DisposableBean {

  private final Store store;
  private final Homes homes;
  private final AuditLog audit;
  private final Clock clock;
  private final KafkaWriter kafka;

  SosRoutes(
      @Qualifier("doors") Store store,
      Homes homes,
      AuditLog audit,
      Clock clock,
      ApiSettings settings) {
    this.store = store;
    this.homes = homes;
    this.audit = audit;
    this.clock = clock;
    this.kafka = new KafkaWriter(settings.kafkaBootstrap(), "gatehouse-api-sos");
  }

  /**
   * Where help is needed.
   *
   * @param unit the home; if it is not given, the first home of the caller
   * @param place id of a place, if help is needed elsewhere
   */
  record Call(@Nullable String community, @Nullable String unit, @Nullable String place) {}

  /** The call, as the alert will name it. */
  record Taken(String event, String community, String place) {}

  /** Calls for help. */
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Taken call(
      @RequestBody Call call,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String wish = IdempotencyKey.require(key);
    String community = Inputs.id("community", call.community());
    String unit = Inputs.text("unit", call.unit());
    String place = Inputs.text("place", call.place());
    Caller caller =
        new Caller(
            account, request.getRemoteAddr(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    String event =
        UUID.nameUUIDFromBytes(
                ("sos/" + account.id() + "/" + wish).getBytes(StandardCharsets.UTF_8))
            .toString();
    Home home =
        store.in(
            account.scope(),
            tx -> {
              Home found = home(homes.all(tx, caller.now()), community, unit);
              audit.append(tx, caller.entry(found.community(), "sos.call", "event " + event));
              return found;
            });
    String at = place == null ? "unit-" + home.unit() : place;
    send(home, account, event, at, caller.now());
    return new Taken(event, home.community(), at);
  }

  @Override
  public void destroy() {
    kafka.close();
  }

  private static Home home(List<Home> own, @Nullable String community, @Nullable String unit) {
    return own.stream()
        .filter(home -> community == null || home.community().equals(community))
        .filter(home -> unit == null || home.unit().equals(unit))
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  private void send(Home home, Account account, String event, String place, Instant now) {
    PoleAlarm alarm =
        new PoleAlarm(
            new Origin(
                event,
                home.community(),
                "app-" + account.id(),
                Place.of(place),
                now,
                now,
                "",
                -1,
                false,
                ClockQuality.GOOD),
            PoleAlarm.Kind.SOS,
            true);
    kafka.write(
        List.of(
            new ProducerRecord<>(
                Topic.EVENTS.topicName(),
                home.community().getBytes(StandardCharsets.UTF_8),
                FactCodec.encode(alarm))));
  }
}
