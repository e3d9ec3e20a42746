package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.pass.PassSecrets;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Entry;
import gatehouse.registry.VisitorPass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Visitors' passes (访客通行). A pass opens by a code at the keypad or by the signed QR code behind its
 * link; both are sealed at rest, and only the host sees them again.
 */
@Component
final class Passes {

  static final Duration LONGEST = Duration.ofDays(31);
  static final int MOST_AT_ONCE = 20;

  private final Homes homes;
  private final Registry registry;
  private final PassSecrets secrets;
  private final AuditLog audit;

  Passes(Homes homes, Registry registry, PassSecrets secrets, AuditLog audit) {
    this.homes = homes;
    this.registry = registry;
    this.secrets = secrets;
    this.audit = audit;
  }

  /** Whom a host invites. */
  record Invitation(
      String community,
      String unit,
      String visitor,
      int partySize,
      List<String> places,
      Instant validFrom,
      Instant validTo,
      int uses) {

    @Override
    public String toString() {
      return "Invitation";
    }
  }

  /**
   * A pass as its host sees it.
   *
   * @param code for the keypad
   * @param link secret of the visitor's page
   */
  record View(
      String id,
      String community,
      String unit,
      String visitor,
      int partySize,
      List<String> places,
      Instant validFrom,
      @Nullable Instant validTo,
      int uses,
      String code,
      String link) {

    @Override
    public String toString() {
      return "Pass[" + community + "/" + id + "]";
    }
  }

  /** Those that the caller gave and that have not ended, the newest first. */
  List<View> list(Transaction tx, Caller caller) {
    return tx
        .query(
            "select community, pass from resident.pass_secret order by created_at desc limit 200")
        .map((row, context) -> List.of(row.getString("community"), row.getString("pass")))
        .list()
        .stream()
        .map(one -> find(tx, one.get(0), one.get(1)))
        .flatMap(Optional::stream)
        .filter(pass -> pass.validTo() == null || pass.validTo().isAfter(caller.now()))
        .toList();
  }

  /** Gives a pass under an id of the host's choice; the same id again gives the same pass. */
  View give(Transaction tx, Caller caller, UUID id, Invitation invitation) {
    String community = invitation.community();
    String pass = id.toString();
    Home home = homes.require(tx, community, invitation.unit(), Homes.HOUSEHOLD, caller.now());
    registry.hold(tx, VisitorPass.class, community, pass);
    Optional<View> known = find(tx, community, pass);
    if (known.isPresent()) {
      return known.get();
    }
    if (list(tx, caller).size() >= MOST_AT_ONCE) {
      throw Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-passes");
    }
    registry.record(
        tx,
        new VisitorPass(
            new Entry(
                UUID.randomUUID().toString(),
                community,
                caller.now(),
                invitation.validFrom(),
                invitation.validTo()),
            pass,
            home.person(),
            invitation.unit(),
            invitation.places(),
            invitation.uses()),
        caller.id());
    secrets.make(
        tx,
        new PassSecrets.Guest(
            community, pass, caller.account().id(), invitation.visitor(), invitation.partySize()),
        caller.now());
    audit.append(tx, caller.entry(community, "pass.give", "pass " + pass));
    return find(tx, community, pass).orElseThrow();
  }

  /** Ends a pass now; every door forgets it. */
  View revoke(Transaction tx, Caller caller, UUID id) {
    String pass = id.toString();
    String community =
        tx.query("select community from resident.pass_secret where pass = :pass")
            .bind("pass", pass)
            .mapTo(String.class)
            .findOne()
            .orElseThrow(Refusal::notFound);
    registry.hold(tx, VisitorPass.class, community, pass);
    VisitorPass newest =
        registry.newest(tx, VisitorPass.class, community, pass).orElseThrow(Refusal::notFound);
    Instant end = newest.entry().validTo();
    if (end == null || end.isAfter(caller.now())) {
      Instant from = newest.entry().validFrom();
      Instant to = caller.now().isBefore(from) ? from : caller.now();
      registry.record(
          tx,
          new VisitorPass(
              new Entry(UUID.randomUUID().toString(), community, caller.now(), from, to),
              pass,
              newest.host(),
              newest.unit(),
              newest.places(),
              newest.uses()),
          caller.id());
      audit.append(tx, caller.entry(community, "pass.revoke", "pass " + pass));
    }
    return find(tx, community, pass).orElseThrow(Refusal::notFound);
  }

  /** The pass behind a link, for whoever has the link; asked without an account. */
  Optional<VisitorPass> behind(Transaction tx, String link, Instant now) {
    return secrets
        .behind(tx, link)
        .flatMap(one -> registry.newest(tx, VisitorPass.class, one.community(), one.pass()))
        .filter(pass -> pass.entry().validTo() == null || pass.entry().validTo().isAfter(now));
  }

  private Optional<View> find(Transaction tx, String community, String pass) {
    return registry
        .newest(tx, VisitorPass.class, community, pass)
        .flatMap(
            newest ->
                secrets
                    .find(tx, community, pass)
                    .map(
                        secret ->
                            new View(
                                pass,
                                community,
                                newest.unit(),
                                secret.visitor(),
                                secret.partySize(),
                                newest.places(),
                                newest.entry().validFrom(),
                                newest.entry().validTo(),
                                newest.uses(),
                                secret.code(),
                                secret.link())));
  }
}
