package gatehouse.api.person;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.registry.IdentityNumber;
import gatehouse.api.registry.InvalidField;
import gatehouse.api.registry.PhoneNumber;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Persons of a community, for the property: masked, until a reason is given. */
@RestController
@RequestMapping("/api/v1/persons/{community}")
class PersonRoutes {

  private final Store store;
  private final PersonStore persons;
  private final Disclosures disclosures;
  private final AuditLog audit;
  private final Clock clock;

  PersonRoutes(
      @Qualifier("requests") Store store,
      PersonStore persons,
      Disclosures disclosures,
      AuditLog audit,
      Clock clock) {
    this.store = store;
    this.persons = persons;
    this.disclosures = disclosures;
    this.audit = audit;
    this.clock = clock;
  }

  /** Who somebody is. */
  record Wish(
      @Nullable String name,
      @Nullable String idNumber,
      @Nullable String phone,
      @Nullable NonFaceWay nonFaceWay,
      @Nullable Boolean faceAllowed,
      @Nullable String guardian) {

    @Override
    public String toString() {
      return "Wish";
    }
  }

  /** One of the two. */
  record SearchedNumber(@Nullable String idNumber, @Nullable String phone) {

    @Override
    public String toString() {
      return "SearchedNumber";
    }
  }

  /** Why somebody must be seen in clear. */
  record Why(@Nullable String reason) {}

  /** The persons of the community, masked. */
  @GetMapping
  Page<Person> list(
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
            tx -> persons.list(tx, community, from == null ? null : from.id(), size + 1)),
        size,
        Person::masked,
        person -> new Cursor(Instant.EPOCH, person.person()));
  }

  /** A person, masked. */
  @GetMapping("/{person}")
  ResponseEntity<Person> get(
      @PathVariable String community,
      @PathVariable String person,
      @AuthenticationPrincipal Account account) {
    account.seen(community);
    Person found =
        store
            .in(account.scope(), tx -> persons.find(tx, community, person))
            .orElseThrow(Refusal::notFound);
    return ResponseEntity.ok().eTag(found.etag()).body(found.masked());
  }

  /**
   * Who has this identity number or phone: masked, as in the list. The number is in the body, so
   * that no address and no log has it.
   */
  @PostMapping("/search")
  List<Person> search(
      @PathVariable String community,
      @RequestBody SearchedNumber number,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.seen(community);
    account.require(Duty.OPERATOR);
    boolean byPhone = number.phone() != null;
    FieldClass type = byPhone ? FieldClass.CONTACT : FieldClass.IDENTITY;
    String text =
        Inputs.required(
            byPhone ? "phone" : "idNumber", byPhone ? number.phone() : number.idNumber());
    String canonical;
    try {
      canonical =
          byPhone
              ? PhoneNumber.check("phone", text)
              : IdentityNumber.check(
                  "idNumber", text, LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(8)));
    } catch (InvalidField e) {
      throw e.refusal();
    }
    return store.in(
        account.scope(),
        tx -> {
          List<Person> found =
              persons.withNumber(tx, community, type, canonical).stream()
                  .map(person -> persons.find(tx, community, person))
                  .flatMap(Optional::stream)
                  .toList();
          for (Person person : found) {
            record(tx, account, request, person, "person.search", byPhone ? "phone" : "idNumber");
          }
          return found.stream().map(Person::masked).toList();
        });
  }

  /** A person in clear: for a reason, which the person gets to see. */
  @PostMapping("/{person}/reveal")
  Person reveal(
      @PathVariable String community,
      @PathVariable String person,
      @RequestBody Why why,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.seen(community);
    account.require(Duty.OPERATOR);
    String reason = Inputs.required("reason", Inputs.text("reason", why.reason()));
    return store.in(
        account.scope(),
        tx -> {
          Person found = persons.find(tx, community, person).orElseThrow(Refusal::notFound);
          disclosures.record(
              tx, account, community, person, "person.reveal", reason, clock.instant());
          record(tx, account, request, found, "person.reveal", reason);
          return found;
        });
  }

  /** Records who somebody is; a change needs If-Match with the newest version. */
  @PutMapping("/{person}")
  ResponseEntity<Person> put(
      @PathVariable String community,
      @PathVariable String person,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.seen(community);
    account.require(Duty.OPERATOR);
    String id = Inputs.required("person", Inputs.id("person", person));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return store.in(
        account.scope(),
        tx -> {
          persons.hold(tx, community, id);
          Optional<Person> newest = persons.find(tx, community, id);
          int version = newest.map(Person::version).orElse(0) + 1;
          String home = newest.map(Person::home).orElse("");
          Person next = checked(community, id, version, now, home, wish);
          Precondition.ifMatch(ifMatch).check(newest.map(Person::etag).orElse(null));
          persons.add(tx, next, account.id().toString());
          record(tx, account, request, next, "person.record", "");
          return ResponseEntity.status(newest.isPresent() ? HttpStatus.OK : HttpStatus.CREATED)
              .eTag(next.etag())
              .body(next.masked());
        });
  }

  /** All versions of a person, masked, the newest first. */
  @GetMapping("/{person}/history")
  List<Person> history(
      @PathVariable String community,
      @PathVariable String person,
      @AuthenticationPrincipal Account account) {
    account.seen(community);
    List<Person> history = store.in(account.scope(), tx -> persons.history(tx, community, person));
    if (history.isEmpty()) {
      throw Refusal.notFound();
    }
    return history.stream().map(Person::masked).toList();
  }

  private static Person checked(
      String community, String person, int version, Instant now, String home, Wish wish) {
    if (wish.nonFaceWay() == null) {
      throw Refusal.badValue("nonFaceWay");
    }
    try {
      String idNumber = Inputs.text("idNumber", wish.idNumber());
      String phone = Inputs.text("phone", wish.phone());
      String guardian = Inputs.id("guardian", wish.guardian());
      return new Person(
          community,
          person,
          version,
          now,
          Inputs.required("name", Inputs.text("name", wish.name())),
          idNumber == null
              ? null
              : IdentityNumber.check(
                  "idNumber", idNumber, LocalDate.ofInstant(now, ZoneOffset.ofHours(8))),
          phone == null ? null : PhoneNumber.check("phone", phone),
          wish.nonFaceWay(),
          Boolean.TRUE.equals(wish.faceAllowed()),
          guardian == null ? "" : guardian,
          home);
    } catch (InvalidField e) {
      throw e.refusal();
    }
  }

  private void record(
      Transaction tx,
      Account account,
      HttpServletRequest request,
      Person person,
      String action,
      String reason) {
    audit.append(
        tx,
        new AuditLog.Entry(
            person.community(),
            account.username(),
            account.role().name(),
            request.getRemoteAddr(),
            action,
            "person " + person.community() + "/" + person.person(),
            "DONE",
            reason));
  }
}
