package gatehouse.api.property;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Duty;
import gatehouse.api.pass.PassSecrets;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Entry;
import gatehouse.registry.VisitorPass;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Passes that the property gives, to contractors and deliveries (施工、配送). To doors and models they
 * are visitors' passes whose host is the property.
 */
@Component
final class PropertyPasses {

  /** Host of the property's passes in the registry. */
  static final String HOST = "property";

  static final Duration LONGEST = Duration.ofDays(31);

  private final Registry registry;
  private final PassSecrets secrets;
  private final AuditLog audit;

  PropertyPasses(Registry registry, PassSecrets secrets, AuditLog audit) {
    this.registry = registry;
    this.secrets = secrets;
    this.audit = audit;
  }

  /** Whom a pass is for. */
  enum Kind {
    CONTRACTOR,
    DELIVERY
  }

  /** A pass to be given. */
  record New(
      String community,
      Kind kind,
      String company,
      String responsible,
      List<String> places,
      Instant validFrom,
      Instant validTo,
      int uses) {}

  /**
   * A pass as the property sees it.
   *
   * @param responsible who of the property answers for the visit
   * @param code for the keypad; null for guards, who only watch
   * @param link secret of the visitor's page; null for guards
   */
  record View(
      String id,
      String community,
      Kind kind,
      String company,
      String responsible,
      List<String> places,
      Instant validFrom,
      @Nullable Instant validTo,
      int uses,
      String givenBy,
      @Nullable String code,
      @Nullable String link) {

    @Override
    public String toString() {
      return "Pass[" + community + "/" + id + "]";
    }
  }

  /** Those that have not ended, the newest first. */
  List<View> list(Transaction tx, Desk desk, @Nullable String community) {
    return tx
        .query(
            """
            select * from property.pass
            where (:community::text is null or community = :community)
              and given_at > :since
            order by given_at desc, pass limit 500
            """)
        .bind("community", community)
        // Given beforehand at most as long as a pass may last, and then it lasts as long again.
        .bind("since", desk.now().minus(LONGEST.multipliedBy(2)))
        .map((row, context) -> read(tx, desk, row))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .filter(pass -> pass.validTo() == null || pass.validTo().isAfter(desk.now()))
        .toList();
  }

  /** Gives a pass under an id of the caller's choice; the same id again gives the same pass. */
  View give(Transaction tx, Desk desk, UUID id, New wish) {
    String community = wish.community();
    String pass = id.toString();
    registry.hold(tx, VisitorPass.class, community, pass);
    Optional<View> known = find(tx, desk, pass);
    if (known.isPresent()) {
      return known.get();
    }
    if (registry.newest(tx, VisitorPass.class, community, pass).isPresent()) {
      throw Refusal.of(HttpStatus.CONFLICT, "pass-id-used");
    }
    tx.update(
            """
            insert into property.pass (community, pass, kind, company, responsible, given_by,
              given_at)
            values (:community, :pass, :kind, :company, :responsible, :by, :now)
            """)
        .bind("community", community)
        .bind("pass", pass)
        .bind("kind", wish.kind().name())
        .bind("company", wish.company())
        .bind("responsible", wish.responsible())
        .bind("by", desk.name())
        .bind("now", desk.now())
        .execute();
    record(tx, desk, pass, wish);
    secrets.make(
        tx,
        new PassSecrets.Guest(community, pass, desk.account().id(), wish.company(), 1),
        desk.now());
    audit.append(tx, desk.entry(community, "property-pass.give", "pass " + pass, ""));
    return find(tx, desk, pass).orElseThrow();
  }

  /** Ends a pass now; every door forgets it. */
  View revoke(Transaction tx, Desk desk, UUID id) {
    String pass = id.toString();
    View given = find(tx, desk, pass).orElseThrow(Refusal::notFound);
    String community = given.community();
    registry.hold(tx, VisitorPass.class, community, pass);
    VisitorPass newest =
        registry.newest(tx, VisitorPass.class, community, pass).orElseThrow(Refusal::notFound);
    Instant end = newest.entry().validTo();
    if (end == null || end.isAfter(desk.now())) {
      Instant from = newest.entry().validFrom();
      registry.record(
          tx,
          new VisitorPass(
              new Entry(
                  UUID.randomUUID().toString(),
                  community,
                  desk.now(),
                  from,
                  desk.now().isBefore(from) ? from : desk.now()),
              pass,
              newest.host(),
              newest.unit(),
              newest.places(),
              newest.uses()),
          desk.account().id().toString());
      audit.append(tx, desk.entry(community, "property-pass.revoke", "pass " + pass, ""));
    }
    return find(tx, desk, pass).orElseThrow();
  }

  private void record(Transaction tx, Desk desk, String pass, New wish) {
    registry.record(
        tx,
        new VisitorPass(
            new Entry(
                UUID.randomUUID().toString(),
                wish.community(),
                desk.now(),
                wish.validFrom(),
                wish.validTo()),
            pass,
            HOST,
            "",
            wish.places(),
            wish.uses()),
        desk.account().id().toString());
  }

  private Optional<View> find(Transaction tx, Desk desk, String pass) {
    return tx.query("select * from property.pass where pass = :pass")
        .bind("pass", pass)
        .map((row, context) -> read(tx, desk, row))
        .findOne()
        .flatMap(view -> view);
  }

  private Optional<View> read(Transaction tx, Desk desk, ResultSet row) throws SQLException {
    String community = row.getString("community");
    String pass = row.getString("pass");
    Kind kind = Kind.valueOf(row.getString("kind"));
    String company = row.getString("company");
    String responsible = row.getString("responsible");
    String givenBy = row.getString("given_by");
    PassSecrets.Secret secret =
        desk.account().may(Duty.OPERATOR) ? secrets.find(tx, community, pass).orElse(null) : null;
    return registry
        .newest(tx, VisitorPass.class, community, pass)
        .map(
            newest ->
                new View(
                    pass,
                    community,
                    kind,
                    company,
                    responsible,
                    newest.places(),
                    newest.entry().validFrom(),
                    newest.entry().validTo(),
                    newest.uses(),
                    givenBy,
                    secret == null ? null : secret.code(),
                    secret == null ? null : secret.link()));
  }
}
