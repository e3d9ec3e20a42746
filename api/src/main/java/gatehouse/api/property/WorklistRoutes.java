package gatehouse.api.property;

import gatehouse.api.http.ItemList;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Store;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the property works through in a day, community by community. */
@RestController
@RequestMapping("/api/v1/worklists")
class WorklistRoutes {

  private final Store store;
  private final LeaseWorklist leases;
  private final ConsistencyWorklist consistency;
  private final ParkingWorklist parking;
  private final Clock clock;

  WorklistRoutes(
      @Qualifier("reports") Store store,
      LeaseWorklist leases,
      ConsistencyWorklist consistency,
      ParkingWorklist parking,
      Clock clock) {
    this.store = store;
    this.leases = leases;
    this.consistency = consistency;
    this.parking = parking;
    this.clock = clock;
  }

  /** Leases that end or ended, and tenants without one. */
  @GetMapping("/leases")
  LeaseWorklist.View leases(
      @RequestParam(required = false) @Nullable String community,
      @AuthenticationPrincipal Account account) {
    account.require(Duty.OPERATOR);
    String in = Desk.community(account, community);
    Instant now = clock.instant();
    return store.in(account.scope(), tx -> leases.list(tx, in, now));
  }

  /** Where the registry contradicts itself. */
  @GetMapping("/consistency")
  ItemList<ConsistencyWorklist.Row> consistency(
      @RequestParam(required = false) @Nullable String community,
      @AuthenticationPrincipal Account account) {
    account.require(Duty.OPERATOR);
    String in = Desk.community(account, community);
    Instant now = clock.instant();
    return new ItemList<>(store.in(account.scope(), tx -> consistency.list(tx, in, now)));
  }

  /** Vehicles inside, the longest first. */
  @GetMapping("/parking")
  ItemList<ParkingWorklist.Row> parking(
      @RequestParam(required = false) @Nullable String community,
      @AuthenticationPrincipal Account account) {
    String in = Desk.community(account, community);
    Instant now = clock.instant();
    return new ItemList<>(store.in(account.scope(), tx -> parking.list(tx, in, now)));
  }
}
