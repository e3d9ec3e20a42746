package gatehouse.api.police;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.purpose.CaseGate;
import gatehouse.api.purpose.CaseScope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import gatehouse.event.Plates;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Personal look-ups (关联比对): only in a case in force that covers them, by its members. Each one that
 * is answered is one entry of the audit log. Subjects are masked until somebody gives a reason; an
 * answer that names many needs a second person first.
 */
@RestController
@RequestMapping("/api/v1/cases/{id}/look-ups")
class LookUpRoutes {

  /** An answer that names more subjects waits for a second person. */
  static final int MOST_UNAPPROVED = 20;

  private static final Set<String> SUBJECT_TYPES = Set.of("credential", "plate", "person");
  private static final int MOST_SPOTS = 10;

  private final Store store;
  private final CaseGate gate;
  private final CaseStore cases;
  private final LookUpStore lookUps;
  private final Passages passages;
  private final CaseApprovals approvals;
  private final CaseRecord record;
  private final Clock clock;

  LookUpRoutes(
      @Qualifier("requests") Store store,
      CaseGate gate,
      CaseStore cases,
      LookUpStore lookUps,
      Passages passages,
      CaseApprovals approvals,
      CaseRecord record,
      Clock clock) {
    this.store = store;
    this.gate = gate;
    this.cases = cases;
    this.lookUps = lookUps;
    this.passages = passages;
    this.approvals = approvals;
    this.record = record;
    this.clock = clock;
  }

  /** Why somebody must see whole names and plates. */
  record Reason(@Nullable String reason) {}

  /** What was asked in the case, without the answers. */
  @GetMapping
  ItemList<LookUpView> list(@PathVariable String id, @AuthenticationPrincipal Account account) {
    UUID key = Inputs.uuid(id);
    return store.in(
        account.scope(),
        tx -> {
          CaseView found = cases.find(tx, key).orElseThrow(Refusal::notFound);
          return new ItemList<>(
              lookUps.ofCase(tx, key).stream().map(row -> row.view(found.number())).toList());
        });
  }

  /** Asks under an id of the caller's choice, and answers; the question stays under the id. */
  @PutMapping("/{lookUp}")
  LookUpView ask(
      @PathVariable String id,
      @PathVariable String lookUp,
      @RequestBody Question question,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(lookUp);
    Instant now = now();
    return gate.in(
        account,
        new CaseGate.Use(id, "case.look-up", request.getRemoteAddr()),
        (tx, scope) -> {
          Question checked = check(question, scope);
          lookUps.ask(tx, key, scope.id(), checked, account, now);
          LookUpStore.Row asked = lookUps.find(tx, scope.id(), key);
          if (!asked.question().equals(checked) || !asked.askedBy().equals(account.id())) {
            throw Refusal.of(HttpStatus.CONFLICT, "id-used");
          }
          return answer(tx, asked, scope, null, account, now, request);
        });
  }

  /** Answers again; for the members of the case. */
  @GetMapping("/{lookUp}")
  LookUpView show(
      @PathVariable String id,
      @PathVariable String lookUp,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return again(id, lookUp, null, account, request);
  }

  /** Answers with whole names and plates, for a reason that the audit log keeps. */
  @PostMapping("/{lookUp}/reveal")
  LookUpView reveal(
      @PathVariable String id,
      @PathVariable String lookUp,
      @RequestBody Reason reason,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String why = Inputs.required("reason", Inputs.text("reason", reason.reason()));
    return again(id, lookUp, why, account, request);
  }

  private LookUpView again(
      String id,
      String lookUp,
      @Nullable String reason,
      Account account,
      HttpServletRequest request) {
    Instant now = now();
    String action = reason == null ? "case.look-up" : "case.reveal";
    return gate.in(
        account,
        new CaseGate.Use(id, action, request.getRemoteAddr()),
        (tx, scope) ->
            answer(
                tx,
                lookUps.find(tx, scope.id(), Inputs.uuid(lookUp)),
                scope,
                reason,
                account,
                now,
                request));
  }

  /** Lets an answer that names many be shown; for another member, or a supervisor. */
  @PostMapping("/{lookUp}/approve")
  LookUpView approve(
      @PathVariable String id,
      @PathVariable String lookUp,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    return store.in(
        account.scope(),
        tx -> {
          CaseView found = cases.find(tx, key).orElseThrow(Refusal::notFound);
          LookUpStore.Row asked = lookUps.find(tx, key, Inputs.uuid(lookUp));
          if (!found.inForce()) {
            throw Refusal.of(HttpStatus.CONFLICT, "case-not-in-force");
          }
          if (approvals.give(
              tx, CaseApprovals.Deed.LOOK_UP, asked.id(), key, asked.askedBy(), account, now)) {
            record.append(
                tx,
                account,
                new CaseRecord.Deed(
                    key,
                    found.number(),
                    CaseRecord.chain(found),
                    "case.look-up.approve",
                    asked.id().toString(),
                    "DONE",
                    ""),
                now,
                request.getRemoteAddr());
          }
          return lookUps.find(tx, key, asked.id()).view(found.number());
        });
  }

  private LookUpView answer(
      Transaction tx,
      LookUpStore.Row asked,
      CaseScope scope,
      @Nullable String reason,
      Account account,
      Instant now,
      HttpServletRequest request) {
    List<Passage> found = passages.answer(tx, asked.question(), scope);
    List<Passage> rows = found.subList(0, Math.min(found.size(), Passages.MOST_ROWS));
    int subjects = subjects(rows);
    boolean shown = subjects <= MOST_UNAPPROVED || !asked.approvers().isEmpty();
    record.append(
        tx,
        account,
        new CaseRecord.Deed(
            scope.id(),
            scope.number(),
            scope.chain(AuditLog.ORGANISATION),
            reason == null ? "case.look-up" : "case.reveal",
            Objects.requireNonNullElse(asked.question().subject(), ""),
            shown ? "DONE" : "WAITING",
            asked.question().text()
                + " look-up=%s rows=%d subjects=%d"
                    .formatted(asked.id(), shown ? rows.size() : 0, shown ? subjects : 0)
                + (reason == null ? "" : " reason=" + reason)),
        now,
        request.getRemoteAddr());
    return new LookUpView(
        asked.id().toString(),
        scope.id().toString(),
        scope.number(),
        asked.question(),
        asked.username(),
        asked.askedAt(),
        asked.approvers(),
        shown ? LookUpView.State.SHOWN : LookUpView.State.WAITING,
        subjects,
        shown ? rows.stream().map(row -> reason == null ? row.masked() : row).toList() : null,
        found.size() > rows.size());
  }

  /** How many different subjects the rows name. */
  static int subjects(List<Passage> rows) {
    return (int)
        rows.stream()
            .filter(row -> !row.subject().isEmpty())
            .map(row -> row.subjectType() + '/' + row.subject())
            .distinct()
            .count();
  }

  private static Question check(Question question, CaseScope scope) {
    Question.Kind kind = Inputs.required("kind", question.kind());
    if (kind == Question.Kind.SUBJECT) {
      String type = Inputs.required("subjectType", question.subjectType());
      if (!SUBJECT_TYPES.contains(type)) {
        throw Refusal.badValue("subjectType");
      }
      String subject = Inputs.required("subject", Inputs.text("subject", question.subject()));
      boolean plate = type.equals("plate");
      String community = plate ? null : community(question, scope);
      scope.check(community, null, question.from(), question.to());
      return new Question(
          kind,
          type,
          plate ? Plates.canonical(subject) : subject,
          community,
          question.from(),
          question.to(),
          null);
    }
    List<Question.Spot> spots =
        Objects.requireNonNullElse(question.spots(), List.<Question.Spot>of()).stream()
            .map(spot -> check(spot, scope))
            .distinct()
            .toList();
    boolean one = kind == Question.Kind.PLACE;
    if (one ? spots.size() != 1 : spots.size() < 2 || spots.size() > MOST_SPOTS) {
      throw Refusal.badValue("spots");
    }
    return new Question(kind, null, null, null, null, null, spots);
  }

  /** Ids of credentials and persons mean nothing outside their community. */
  private static String community(Question question, CaseScope scope) {
    String named = Inputs.id("community", question.community());
    if (named != null) {
      return named;
    }
    if (scope.communities().size() > 1) {
      throw Refusal.badValue("community");
    }
    return scope.communities().get(0);
  }

  private static Question.Spot check(Question.@Nullable Spot spot, CaseScope scope) {
    if (spot == null) {
      throw Refusal.badValue("spots");
    }
    String community = Inputs.required("community", Inputs.id("community", spot.community()));
    String place = Inputs.required("place", Inputs.text("place", spot.place()));
    Instant from = Inputs.required("from", spot.from());
    Instant to = Inputs.required("to", spot.to());
    if (!from.isBefore(to)) {
      throw Refusal.badValue("to");
    }
    scope.check(community, place, from, to);
    return new Question.Spot(community, place, from, to);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
