package gatehouse.api.resident;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.person.Disclosures;
import gatehouse.api.person.NonFaceWay;
import gatehouse.api.person.Person;
import gatehouse.api.person.PersonStore;
import gatehouse.api.registry.Registry;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.event.CredentialType;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's own data: who looked at it, a copy of it, another way in, and its deletion. */
@RestController
@RequestMapping("/api/v1/me")
class OwnDataRoutes {

  private static final int MOST_DISCLOSURES = 1_000;

  private final Store store;
  private final PersonStore persons;
  private final Disclosures disclosures;
  private final Registry registry;
  private final Erasure erasure;
  private final AuditLog audit;
  private final JsonMapper json;
  private final Clock clock;

  OwnDataRoutes(
      @Qualifier("requests") Store store,
      PersonStore persons,
      Disclosures disclosures,
      Registry registry,
      Erasure erasure,
      AuditLog audit,
      JsonMapper json,
      Clock clock) {
    this.store = store;
    this.persons = persons;
    this.disclosures = disclosures;
    this.registry = registry;
    this.erasure = erasure;
    this.audit = audit;
    this.json = json;
    this.clock = clock;
  }

  /** Another way in. */
  record Way(@Nullable NonFaceWay nonFaceWay, @Nullable Boolean faceAllowed) {}

  /**
   * A copy of what is known of the caller.
   *
   * @param registry entries of the registry that concern the caller
   * @param passages the own passages that are still kept
   */
  record Copy(
      Instant at,
      List<Person> persons,
      List<JsonNode> registry,
      List<JsonNode> passages,
      List<Disclosures.Disclosure> disclosures) {

    @Override
    public String toString() {
      return "Copy";
    }
  }

  private record Identity(String community, String person) {}

  /** Who looked at the caller's data, the newest first (谁看过我的信息). */
  @GetMapping("/disclosures")
  List<Disclosures.Disclosure> disclosures(@AuthenticationPrincipal Account account) {
    return store.in(account.scope(), tx -> disclosures.own(tx, MOST_DISCLOSURES));
  }

  /** A copy of everything that is known of the caller. */
  @GetMapping("/export")
  ResponseEntity<Copy> export(
      @AuthenticationPrincipal Account account, HttpServletRequest request) {
    Caller caller = caller(account, request);
    Copy copy =
        store.in(
            account.scope(),
            tx -> {
              List<Person> own = new ArrayList<>();
              for (Identity one : identities(tx)) {
                persons.find(tx, one.community(), one.person()).ifPresent(own::add);
                audit.append(
                    tx, caller.entry(one.community(), "own-data.export", "person " + one.person()));
              }
              return new Copy(
                  caller.now(),
                  own,
                  documents(
                      tx, "select detail from site.registry_entry order by community, kind, id"),
                  documents(tx, "select detail from event.log order by time desc limit 10000"),
                  disclosures.own(tx, MOST_DISCLOSURES));
            });
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(copy);
  }

  /**
   * Chooses how to come in without the face. Who does not want to be known by the face any more is
   * forgotten by every door: the face credentials end, and the ledger proves it door by door.
   */
  @PutMapping("/{community}/way-in")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void way(
      @PathVariable String community,
      @RequestBody Way way,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    NonFaceWay chosen = way.nonFaceWay();
    if (chosen == null) {
      throw Refusal.badValue("nonFaceWay");
    }
    boolean face = Boolean.TRUE.equals(way.faceAllowed());
    Caller caller = caller(account, request);
    store.run(
        account.scope(),
        tx -> {
          String person = own(tx, community);
          persons.hold(tx, community, person);
          Person before = persons.find(tx, community, person).orElseThrow(Refusal::notFound);
          persons.add(tx, before.comingInBy(chosen, face, caller.now()), caller.id());
          if (!face) {
            endFaces(tx, caller, community, person);
          }
          audit.append(tx, caller.entry(community, "own-data.way-in", "person " + person));
        });
  }

  /** Deletes the caller's data of a community in which the caller lives no more. */
  @DeleteMapping("/{community}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void erase(
      @PathVariable String community,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    Caller caller = caller(account, request);
    String person =
        store.in(
            account.scope(),
            tx -> {
              boolean lives =
                  tx.query(
                          "select exists (select from identity.own_home(:now) where community = :c)")
                      .bind("now", caller.now())
                      .bind("c", community)
                      .mapTo(Boolean.class)
                      .one();
              String own = own(tx, community);
              if (lives) {
                throw Refusal.of(HttpStatus.CONFLICT, "still-living-here");
              }
              return own;
            });
    erasure.erase(caller, community, person);
  }

  private void endFaces(Transaction tx, Caller caller, String community, String person) {
    for (Credential one :
        registry.holding(tx, Credential.class, community, "holder", person, caller.now())) {
      if (one.type() == CredentialType.FACE) {
        registry.record(
            tx,
            new Credential(
                new Entry(
                    UUID.randomUUID().toString(),
                    community,
                    caller.now(),
                    one.entry().validFrom(),
                    caller.now()),
                one.credential(),
                one.type(),
                person,
                one.unit(),
                one.places(),
                Credential.Status.REVOKED,
                null),
            caller.id());
      }
    }
  }

  private String own(Transaction tx, String community) {
    if (Inputs.id("community", community) == null) {
      throw Refusal.notFound();
    }
    return identities(tx).stream()
        .filter(one -> one.community().equals(community))
        .map(Identity::person)
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  private static List<Identity> identities(Transaction tx) {
    return tx.query(
            """
            select distinct community, subject from identity.own_subject()
            where subject_type = 'person' order by 1, 2
            """)
        .map((row, context) -> new Identity(row.getString(1), row.getString(2)))
        .list();
  }

  private List<JsonNode> documents(
      Transaction tx, @com.google.errorprone.annotations.CompileTimeConstant String sql) {
    return tx.query(sql).map((row, context) -> json.readTree(row.getString("detail"))).list();
  }

  private Caller caller(Account account, HttpServletRequest request) {
    return new Caller(
        account, request.getRemoteAddr(), clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
