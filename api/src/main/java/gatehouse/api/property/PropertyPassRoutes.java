package gatehouse.api.property;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Passes for contractors and deliveries. Operators give them; guards see them. */
@RestController
@RequestMapping("/api/v1/property-passes")
class PropertyPassRoutes {

  private static final int MOST_USES = 1_000;
  private static final int MOST_PLACES = 100;

  private final Store store;
  private final PropertyPasses passes;
  private final Clock clock;

  PropertyPassRoutes(@Qualifier("requests") Store store, PropertyPasses passes, Clock clock) {
    this.store = store;
    this.passes = passes;
    this.clock = clock;
  }

  /**
   * Whom to let in.
   *
   * @param responsible who of the property answers for the visit
   * @param places ids of the places it opens; at least one
   * @param uses how many times; 0: any number, which is not for deliveries
   */
  record Wish(
      @Nullable String community,
      PropertyPasses.@Nullable Kind kind,
      @Nullable String company,
      @Nullable String responsible,
      @Nullable List<String> places,
      @Nullable Instant validFrom,
      @Nullable Instant validTo,
      @Nullable Integer uses) {}

  /** The passes that have not ended. */
  @GetMapping
  List<PropertyPasses.View> list(
      @RequestParam(required = false) @Nullable String community,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String in = Inputs.id("community", community);
    Desk desk = desk(account, request);
    return store.in(account.scope(), tx -> passes.list(tx, desk, in));
  }

  /** Gives a pass under an id of the caller's choice. */
  @PutMapping("/{id}")
  PropertyPasses.View give(
      @PathVariable String id,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.require(Duty.OPERATOR);
    Desk desk = desk(account, request);
    PropertyPasses.New checked = checked(wish, desk);
    return store.in(account.scope(), tx -> passes.give(tx, desk, Inputs.uuid(id), checked));
  }

  /** Revokes a pass. */
  @DeleteMapping("/{id}")
  PropertyPasses.View revoke(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.require(Duty.OPERATOR);
    Desk desk = desk(account, request);
    return store.in(account.scope(), tx -> passes.revoke(tx, desk, Inputs.uuid(id)));
  }

  private static PropertyPasses.New checked(Wish wish, Desk desk) {
    String community = Desk.community(desk.account(), wish.community());
    PropertyPasses.Kind kind = wish.kind();
    if (kind == null) {
      throw Refusal.badValue("kind");
    }
    List<String> places = wish.places();
    if (places == null || places.isEmpty() || places.size() > MOST_PLACES) {
      throw Refusal.badValue("places");
    }
    for (String place : places) {
      Inputs.required("places", Inputs.text("places", place));
    }
    Instant from =
        wish.validFrom() == null ? desk.now() : wish.validFrom().truncatedTo(ChronoUnit.MICROS);
    Instant to = wish.validTo() == null ? null : wish.validTo().truncatedTo(ChronoUnit.MICROS);
    if (to == null
        || !to.isAfter(from)
        || !to.isAfter(desk.now())
        || Duration.between(from, to).compareTo(PropertyPasses.LONGEST) > 0
        || from.isAfter(desk.now().plus(PropertyPasses.LONGEST))) {
      throw Refusal.badValue("validTo");
    }
    int uses = wish.uses() == null ? 1 : wish.uses();
    if (uses < (kind == PropertyPasses.Kind.DELIVERY ? 1 : 0) || uses > MOST_USES) {
      throw Refusal.badValue("uses");
    }
    return new PropertyPasses.New(
        community,
        kind,
        Inputs.required("company", Inputs.text("company", wish.company())),
        Inputs.required("responsible", Inputs.text("responsible", wish.responsible())),
        places,
        from,
        to,
        uses);
  }

  private Desk desk(Account account, HttpServletRequest request) {
    return Desk.of(account, request, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
