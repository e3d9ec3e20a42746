package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.credential.CredentialCodes;
import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.http.Refusal;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Transaction;
import gatehouse.registry.Entry;
import gatehouse.registry.VisitorPass;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
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

  private static final int CODE_DIGITS = 8;
  private static final int LINK_BYTES = 24;

  private final Homes homes;
  private final Registry registry;
  private final FieldCipher cipher;
  private final CredentialCodes codes;
  private final AuditLog audit;
  private final SecureRandom random = new SecureRandom();

  Passes(
      Homes homes, Registry registry, FieldCipher cipher, CredentialCodes codes, AuditLog audit) {
    this.homes = homes;
    this.registry = registry;
    this.cipher = cipher;
    this.codes = codes;
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
    keepSecret(tx, caller, pass, invitation);
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
    return tx.query("select community, pass from resident.pass_secret where link_token = :token")
        .bind("token", linkToken(link))
        .map((row, context) -> List.of(row.getString("community"), row.getString("pass")))
        .findOne()
        .flatMap(one -> registry.newest(tx, VisitorPass.class, one.get(0), one.get(1)))
        .filter(pass -> pass.entry().validTo() == null || pass.entry().validTo().isAfter(now));
  }

  private void keepSecret(Transaction tx, Caller caller, String pass, Invitation invitation) {
    String community = invitation.community();
    String owner = community + "/" + pass;
    String code = freeCode(tx, community);
    tx.update(
            """
            insert into resident.pass_secret (community, pass, host_account, visitor, party_size,
              code, code_token, link_token, created_at)
            values (:community, :pass, :host, :visitor, :party, :code, :codeToken, :linkToken, :now)
            """)
        .bind("community", community)
        .bind("pass", pass)
        .bind("host", caller.account().id())
        .bind("visitor", cipher.seal(FieldClass.NAME, owner, invitation.visitor()))
        .bind("party", invitation.partySize())
        .bind("code", cipher.seal(FieldClass.SECRET, owner, code))
        .bind("codeToken", codeToken(community, code))
        .bind("linkToken", linkToken(link(community, pass)))
        .bind("now", caller.now())
        .execute();
    codes.keep(tx, community, pass, code);
  }

  /** The unique index decides in the end; a clash is one in a hundred million. */
  private String freeCode(Transaction tx, String community) {
    while (true) {
      String code = String.format(Locale.ROOT, "%08d", random.nextInt(100_000_000));
      boolean free =
          tx.query(
                  """
                  select not exists (select from resident.pass_secret
                    where community = :community and code_token = :token)
                  """)
              .bind("community", community)
              .bind("token", codeToken(community, code))
              .mapTo(Boolean.class)
              .one();
      if (free && code.length() == CODE_DIGITS) {
        return code;
      }
    }
  }

  private Optional<View> find(Transaction tx, String community, String pass) {
    String owner = community + "/" + pass;
    return registry
        .newest(tx, VisitorPass.class, community, pass)
        .flatMap(
            newest ->
                tx.query(
                        """
                        select visitor, party_size, code from resident.pass_secret
                        where community = :community and pass = :pass
                        """)
                    .bind("community", community)
                    .bind("pass", pass)
                    .map(
                        (row, context) ->
                            new View(
                                pass,
                                community,
                                newest.unit(),
                                cipher.open(FieldClass.NAME, owner, row.getBytes("visitor")),
                                row.getInt("party_size"),
                                newest.places(),
                                newest.entry().validFrom(),
                                newest.entry().validTo(),
                                newest.uses(),
                                cipher.open(FieldClass.SECRET, owner, row.getBytes("code")),
                                link(community, pass)))
                    .findOne());
  }

  private byte[] codeToken(String community, String code) {
    return cipher.token(FieldClass.SECRET, "pass-code/" + community, code);
  }

  /** Made by the key, so that the host can be shown it again and the database cannot. */
  private String link(String community, String pass) {
    byte[] secret = cipher.token(FieldClass.SECRET, "pass-link/" + community, pass);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOf(secret, LINK_BYTES));
  }

  private byte[] linkToken(String link) {
    return cipher.token(FieldClass.SECRET, "pass-link", link);
  }
}
