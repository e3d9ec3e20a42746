package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Entry;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.TaggedObject;
import gatehouse.registry.Vehicle;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A resident's vehicles and tagged things. Who says "my car is parked" or arms the e-bike is told
 * when it moves nevertheless.
 */
@RestController
@RequestMapping("/api/v1/belongings")
class BelongingRoutes {

  private final Store store;
  private final Homes homes;
  private final Registry registry;
  private final AuditLog audit;
  private final Clock clock;

  BelongingRoutes(
      @Qualifier("requests") Store store,
      Homes homes,
      Registry registry,
      AuditLog audit,
      Clock clock) {
    this.store = store;
    this.homes = homes;
    this.registry = registry;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Something of the caller's.
   *
   * @param id plate or tag
   * @param kind vehicle, or what the tagged thing is
   * @param locked whether its moving is told
   */
  record Belonging(String community, String id, String kind, boolean locked) {}

  /** Whether it is to be locked. */
  record Lock(@Nullable Boolean locked) {}

  /** The caller's vehicles and tagged things. */
  @GetMapping
  List<Belonging> list(@AuthenticationPrincipal Account account) {
    Instant now = clock.instant();
    return store.in(
        account.scope(),
        tx -> {
          List<Belonging> found = new ArrayList<>();
          for (Home home : homes.all(tx, now)) {
            for (Vehicle one :
                registry.holding(
                    tx, Vehicle.class, home.community(), "owner", home.person(), now)) {
              found.add(new Belonging(one.community(), one.plate(), "vehicle", one.parked()));
            }
            for (TaggedObject one :
                registry.holding(
                    tx, TaggedObject.class, home.community(), "owner", home.person(), now)) {
              found.add(new Belonging(one.community(), one.tag(), one.kind(), one.armed()));
            }
          }
          return found.stream().distinct().toList();
        });
  }

  /** Locks a vehicle or a tagged thing, or unlocks it. */
  @PutMapping("/{community}/{id}")
  Belonging lock(
      @PathVariable String community,
      @PathVariable String id,
      @RequestBody Lock wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Boolean locked = wish.locked();
    if (locked == null) {
      throw Refusal.badValue("locked");
    }
    if (Inputs.id("community", community) == null || Inputs.text("id", id) == null) {
      throw Refusal.notFound();
    }
    Caller caller =
        new Caller(
            account, request.getRemoteAddr(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    return store.in(
        account.scope(),
        tx -> {
          registry.hold(tx, Vehicle.class, community, id);
          Vehicle vehicle = registry.newest(tx, Vehicle.class, community, id).orElse(null);
          if (vehicle != null) {
            require(vehicle.entry(), caller.now());
            if (vehicle.parked() != locked) {
              record(tx, caller, parked(vehicle, caller.now(), locked), locked);
            }
            return new Belonging(community, id, "vehicle", locked);
          }
          TaggedObject object =
              registry.newest(tx, TaggedObject.class, community, id).orElseThrow(Refusal::notFound);
          require(object.entry(), caller.now());
          if (object.armed() != locked) {
            record(tx, caller, armed(object, caller.now(), locked), locked);
          }
          return new Belonging(community, id, object.kind(), locked);
        });
  }

  private static void require(Entry entry, Instant now) {
    if (!entry.validAt(now)) {
      throw Refusal.notFound();
    }
  }

  /** What is locked from now on was not locked before: the new version begins now. */
  private static Entry from(Entry before, Instant now) {
    return new Entry(UUID.randomUUID().toString(), before.community(), now, now, before.validTo());
  }

  private static Vehicle parked(Vehicle vehicle, Instant now, boolean parked) {
    return new Vehicle(
        from(vehicle.entry(), now),
        vehicle.plate(),
        vehicle.owner(),
        vehicle.unit(),
        vehicle.colour(),
        vehicle.type(),
        vehicle.brand(),
        vehicle.subjectType(),
        parked);
  }

  private static TaggedObject armed(TaggedObject object, Instant now, boolean armed) {
    return new TaggedObject(
        from(object.entry(), now),
        object.tag(),
        object.kind(),
        object.owner(),
        object.household(),
        armed);
  }

  private void record(Transaction tx, Caller caller, RegistryFact fact, boolean locked) {
    registry.record(tx, fact, caller.id());
    audit.append(
        tx,
        caller.entry(
            fact.community(),
            locked ? "belonging.lock" : "belonging.unlock",
            Registry.kind(fact.getClass()) + " " + fact.thing()));
  }
}
