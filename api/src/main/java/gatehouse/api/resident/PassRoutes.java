package gatehouse.api.resident;

import gatehouse.api.ApiSettings;
import gatehouse.api.door.DoorKey;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.door.PassQr;
import gatehouse.registry.VisitorPass;
import jakarta.servlet.http.HttpServletRequest;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
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
import org.springframework.web.bind.annotation.RestController;

/** Visitors' passes: a host gives and revokes them, a visitor shows what is behind the link. */
@RestController
@RequestMapping("/api/v1")
class PassRoutes {

  private static final Duration USUAL = Duration.ofHours(4);
  private static final int MOST_USES = 100;

  private final Store store;
  private final Store owner;
  private final Passes passes;
  private final PrivateKey key;
  private final Clock clock;

  PassRoutes(
      @Qualifier("requests") Store store,
      @Qualifier("consumers") Store owner,
      Passes passes,
      ApiSettings settings,
      Clock clock) {
    this.store = store;
    this.owner = owner;
    this.passes = passes;
    this.key = DoorKey.of(settings.doorSigningKey());
    this.clock = clock;
  }

  /**
   * Whom to invite.
   *
   * @param places ids of the places it opens; none: all of the community
   * @param validFrom now if it is not given
   * @param validTo four hours later if it is not given
   * @param uses how many times; once if it is not given
   */
  record Wish(
      @Nullable String community,
      @Nullable String unit,
      @Nullable String visitor,
      @Nullable Integer partySize,
      @Nullable List<String> places,
      @Nullable Instant validFrom,
      @Nullable Instant validTo,
      @Nullable Integer uses) {

    @Override
    public String toString() {
      return "Wish";
    }
  }

  /**
   * What a visitor's page shows.
   *
   * @param qr text of the QR code
   * @param until when it must be fetched anew
   */
  record Shown(
      String community,
      Instant validFrom,
      @Nullable Instant validTo,
      int uses,
      String qr,
      Instant until) {}

  /** The caller's passes that have not ended. */
  @GetMapping("/visitor-passes")
  List<Passes.View> list(@AuthenticationPrincipal Account account, HttpServletRequest request) {
    Caller caller = caller(account, request);
    return store.in(account.scope(), tx -> passes.list(tx, caller));
  }

  /** Gives a pass under an id of the caller's choice. */
  @PutMapping("/visitor-passes/{id}")
  Passes.View give(
      @PathVariable String id,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = caller(account, request);
    Passes.Invitation invitation = checked(wish, caller.now());
    return store.in(account.scope(), tx -> passes.give(tx, caller, Inputs.uuid(id), invitation));
  }

  /** Revokes a pass. */
  @DeleteMapping("/visitor-passes/{id}")
  Passes.View revoke(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = caller(account, request);
    return store.in(account.scope(), tx -> passes.revoke(tx, caller, Inputs.uuid(id)));
  }

  /** The visitor's page: the QR code of this half minute. Whoever has the link is the visitor. */
  @GetMapping("/pass-links/{link}")
  Shown show(@PathVariable String link) {
    Instant now = clock.instant();
    VisitorPass pass =
        owner.in(Scope.NOBODY, tx -> passes.behind(tx, link, now)).orElseThrow(Refusal::notFound);
    PassQr qr = PassQr.at(pass.community(), pass.pass(), now);
    try {
      return new Shown(
          pass.community(),
          pass.entry().validFrom(),
          pass.entry().validTo(),
          pass.uses(),
          qr.sign(key),
          qr.until());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key was read as Ed25519", e);
    }
  }

  private static Passes.Invitation checked(Wish wish, Instant now) {
    String visitor = Inputs.text("visitor", wish.visitor());
    String community = Inputs.id("community", wish.community());
    String unit = Inputs.text("unit", wish.unit());
    if (visitor == null || community == null || unit == null) {
      throw Refusal.badValue(
          visitor == null ? "visitor" : community == null ? "community" : "unit");
    }
    Instant from = wish.validFrom() == null ? now : micros(wish.validFrom());
    Instant to = wish.validTo() == null ? from.plus(USUAL) : micros(wish.validTo());
    if (!to.isAfter(from)
        || !to.isAfter(now)
        || Duration.between(from, to).compareTo(Passes.LONGEST) > 0) {
      throw Refusal.badValue("validTo");
    }
    int uses = wish.uses() == null ? 1 : wish.uses();
    if (uses < 1 || uses > MOST_USES) {
      throw Refusal.badValue("uses");
    }
    int party = wish.partySize() == null ? 1 : wish.partySize();
    if (party < 1 || party > 50) {
      throw Refusal.badValue("partySize");
    }
    List<String> places = wish.places() == null ? List.of() : wish.places();
    if (places.size() > 100) {
      throw Refusal.badValue("places");
    }
    places.forEach(place -> Inputs.text("places", place));
    return new Passes.Invitation(community, unit, visitor, party, places, from, to, uses);
  }

  private Caller caller(Account account, HttpServletRequest request) {
    return new Caller(account, request.getRemoteAddr(), micros(clock.instant()));
  }

  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
