package gatehouse.api.registry;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Transaction;
import gatehouse.fact.Fact;
import gatehouse.registry.RegistryFact;
import gatehouse.wire.FactCodec;
import gatehouse.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes versions out of what people fill in, checks them, and records what differs. */
@Component
final class RegistryKeeper {

  private final Registry registry;
  private final RegistryStore rows;
  private final AuditLog audit;
  private final JsonMapper json;
  private final Clock clock;

  RegistryKeeper(
      Registry registry, RegistryStore rows, AuditLog audit, JsonMapper json, Clock clock) {
    this.registry = registry;
    this.rows = rows;
    this.audit = audit;
    this.json = json;
    this.clock = clock;
  }

  /** Which thing somebody wants to change, and who. */
  record Target(
      Account account, String address, RegistryKind kind, String community, String thing) {

    String text() {
      return kind.path() + " " + community + "/" + thing;
    }
  }

  /**
   * What it is to be.
   *
   * @param validFrom null: as before, or now if it is new
   * @param validTo null: open end
   */
  record Wish(ObjectNode fields, @Nullable Instant validFrom, @Nullable Instant validTo) {}

  /** What became of a wish. */
  enum Outcome {
    CREATED,
    CHANGED,
    UNCHANGED
  }

  /** The newest version now, and whether it is new. */
  record Kept(Outcome outcome, RegistryRow row) {}

  /**
   * Records a version if it differs from the newest one.
   *
   * @param precondition what the caller takes the newest version for
   * @throws InvalidField if a field is wrong
   */
  Kept put(Transaction tx, Target target, Wish wish, Precondition precondition)
      throws InvalidField {
    registry.hold(tx, target.kind().type(), target.community(), target.thing());
    Optional<RegistryRow> newest =
        rows.newest(tx, target.kind(), target.community(), target.thing());
    Instant now = moment(newest);
    Instant from =
        wish.validFrom() != null
            ? wish.validFrom().truncatedTo(ChronoUnit.MICROS)
            : newest.map(RegistryRow::validFrom).orElse(now);
    Fact fact = fact(target.kind(), target.community(), wish.fields(), now, from, wish.validTo());
    FactRules.check(fact);
    if (!Version.of(fact).thing().equals(target.thing())) {
      throw new InvalidField("thing", "differs-from-address");
    }
    if (newest.isPresent() && says(newest.get(), target, fact)) {
      return new Kept(Outcome.UNCHANGED, newest.get());
    }
    precondition.check(newest.map(RegistryRow::etag).orElse(null));
    return record(tx, target, fact, newest.isPresent(), "registry.record");
  }

  /**
   * Id of the thing that these fields describe.
   *
   * @throws InvalidField if a field is wrong
   */
  String thing(RegistryKind kind, String community, ObjectNode fields) throws InvalidField {
    Instant now = clock.instant();
    return Version.of(fact(kind, community, fields, now, now, null)).thing();
  }

  /** Ends a thing's validity; one that has ended stays as it is. */
  Kept end(Transaction tx, Target target, @Nullable Instant at) {
    registry.hold(tx, target.kind().type(), target.community(), target.thing());
    RegistryRow newest =
        rows.newest(tx, target.kind(), target.community(), target.thing())
            .orElseThrow(Refusal::notFound);
    if (target.kind().isSite()) {
      throw Refusal.of(HttpStatus.CONFLICT, "registry-no-end");
    }
    Instant now = moment(Optional.of(newest));
    Instant wanted = at == null ? now : at.truncatedTo(ChronoUnit.MICROS);
    Instant end = wanted.isBefore(newest.validFrom()) ? newest.validFrom() : wanted;
    if (newest.validTo() != null && !newest.validTo().isAfter(end)) {
      return new Kept(Outcome.UNCHANGED, newest);
    }
    try {
      Fact fact =
          fact(
              target.kind(),
              target.community(),
              (ObjectNode) newest.fields(),
              now,
              newest.validFrom(),
              end);
      return record(tx, target, fact, true, "registry.end");
    } catch (InvalidField e) {
      throw new IllegalStateException("a stored version is no fact: " + e.field(), e);
    }
  }

  private Kept record(Transaction tx, Target target, Fact fact, boolean known, String action) {
    registry.record(tx, fact, target.account().id().toString());
    audit.append(
        tx,
        new AuditLog.Entry(
            target.community(),
            target.account().username(),
            target.account().role().name(),
            target.address(),
            action,
            target.text(),
            "DONE",
            ""));
    RegistryRow row =
        rows.newest(tx, target.kind(), target.community(), target.thing()).orElseThrow();
    return new Kept(known ? Outcome.CHANGED : Outcome.CREATED, row);
  }

  /** Now, and in any case later than the version before. */
  private Instant moment(Optional<RegistryRow> newest) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return newest
        .map(row -> row.recordedAt().plus(1, ChronoUnit.MICROS))
        .filter(next -> next.isAfter(now))
        .orElse(now);
  }

  private Fact fact(
      RegistryKind kind,
      String community,
      ObjectNode fields,
      Instant now,
      Instant from,
      @Nullable Instant to)
      throws InvalidField {
    ObjectNode fact = rows.shape(kind).inFact(fields);
    if (kind == RegistryKind.DEVICE && !fact.has("active")) {
      fact.put("active", true);
    }
    if (RegistryFact.class.isAssignableFrom(kind.type())) {
      ObjectNode entry = fact.putObject("entry");
      entry.put("id", UUID.randomUUID().toString());
      entry.put("community", community);
      entry.put("recordedAt", now.toString());
      entry.put("validFrom", from.toString());
      if (to != null) {
        entry.put("validTo", to.truncatedTo(ChronoUnit.MICROS).toString());
      }
    } else {
      fact.put("community", community);
      fact.put("time", now.toString());
      if (kind == RegistryKind.PLACE) {
        fact.put("validFrom", from.toString());
      }
    }
    try {
      return FactCodec.parse(kind.type(), fact.toString().getBytes(StandardCharsets.UTF_8));
    } catch (WireException e) {
      String said = String.valueOf(e.getMessage());
      int colon = said.indexOf(':');
      throw new InvalidField(colon < 0 ? "fields" : said.substring(0, colon), "form");
    }
  }

  private boolean says(RegistryRow newest, Target target, Fact fact) {
    JsonNode same = json.readTree(FactCodec.encode(fact));
    Version version = Version.of(fact);
    return newest.fields().equals(rows.shape(target.kind()).fields(same))
        && (target.kind().isSite()
            || (version.validFrom().equals(newest.validFrom())
                && java.util.Objects.equals(version.validTo(), newest.validTo())));
  }
}
