package gatehouse.api.person;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Units of a community, for the property. */
@RestController
@RequestMapping("/api/v1/units/{community}")
class UnitRoutes {

  private static final int HIGHEST = 200;

  private final Store store;
  private final UnitStore units;
  private final AuditLog audit;
  private final Clock clock;

  UnitRoutes(@Qualifier("requests") Store store, UnitStore units, AuditLog audit, Clock clock) {
    this.store = store;
    this.units = units;
    this.audit = audit;
    this.clock = clock;
  }

  /** What a unit is. */
  record Wish(@Nullable String building, @Nullable Integer floor, Unit.@Nullable Purpose purpose) {}

  /** In the order of their ids. */
  @GetMapping
  Page<Unit> list(
      @PathVariable String community,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account) {
    account.seen(community);
    Cursor from = Cursor.parse(cursor);
    int size = Page.size(limit);
    return Page.of(
        store.in(
            account.scope(),
            tx -> units.list(tx, community, from == null ? null : from.id(), size + 1)),
        size,
        unit -> unit,
        unit -> new Cursor(Instant.EPOCH, unit.unit()));
  }

  /** Records what a unit is; a change needs If-Match with the newest version. */
  @PutMapping("/{unit}")
  ResponseEntity<Unit> put(
      @PathVariable String community,
      @PathVariable String unit,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.seen(community);
    account.require(Duty.OPERATOR);
    String id = Inputs.id("unit", unit);
    if (id == null) {
      throw Refusal.badValue("unit");
    }
    String building = Inputs.id("building", wish.building());
    Integer floor = wish.floor();
    if (floor != null && Math.abs(floor) > HIGHEST) {
      throw Refusal.badValue("floor");
    }
    Unit.Purpose purpose = wish.purpose() == null ? Unit.Purpose.HOME : wish.purpose();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return store.in(
        account.scope(),
        tx -> {
          units.hold(tx, community, id);
          Optional<Unit> newest = units.newest(tx, community, id);
          Precondition.ifMatch(ifMatch).check(newest.map(Unit::etag).orElse(null));
          Unit next =
              new Unit(
                  community,
                  id,
                  newest.map(Unit::version).orElse(0) + 1,
                  now,
                  building == null ? "" : building,
                  floor,
                  purpose);
          units.add(tx, next, account.id().toString());
          audit.append(
              tx,
              new AuditLog.Entry(
                  community,
                  account.username(),
                  account.role().name(),
                  request.getRemoteAddr(),
                  "unit.record",
                  "unit " + community + "/" + id,
                  "DONE",
                  ""));
          return ResponseEntity.status(newest.isPresent() ? HttpStatus.OK : HttpStatus.CREATED)
              .eTag(next.etag())
              .body(next);
        });
  }
}
