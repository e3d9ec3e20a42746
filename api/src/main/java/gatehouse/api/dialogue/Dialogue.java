package gatehouse.api.dialogue;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.crypto.FieldCipher;
import gatehouse.api.crypto.FieldClass;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import gatehouse.api.store.Scope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What reporters and officers do with reports. */
@Component
final class Dialogue {

  private static final int MOST_A_DAY = 10;
  private static final int MOST_MESSAGES = 200;

  private final Store store;
  private final ReportStore reports;
  private final Reporter reporter;
  private final FieldCipher cipher;
  private final AuditLog audit;
  private final SecureRandom random = new SecureRandom();

  Dialogue(
      @Qualifier("requests") Store store,
      ReportStore reports,
      Reporter reporter,
      FieldCipher cipher,
      AuditLog audit) {
    this.store = store;
    this.reports = reports;
    this.reporter = reporter;
    this.cipher = cipher;
    this.audit = audit;
  }

  /** Who acts, from where, and when. */
  record Caller(Account account, String address, Instant now) {

    boolean isPolice() {
      return account.role() == Role.POLICE;
    }

    /** The side the caller is on. */
    Message.Sender side() {
      return isPolice() ? Message.Sender.POLICE : Message.Sender.REPORTER;
    }

    /** The side that reads what the caller writes. */
    Message.Sender otherSide() {
      return isPolice() ? Message.Sender.REPORTER : Message.Sender.POLICE;
    }
  }

  /** What a resident reports. */
  record Draft(
      UUID id, String community, Category category, String text, String place, boolean anonymous) {

    @Override
    public String toString() {
      return "Draft[" + id + "]";
    }
  }

  /** Makes a report. Sent again it is the same report. */
  ReportView report(Caller caller, Draft draft) {
    Account account = caller.account();
    if (!account.sees(draft.community())) {
      throw Refusal.notFound();
    }
    byte[] token = draft.anonymous() ? reporter.token(account, draft.community()) : null;
    Scope scope = token == null ? account.scope() : Reporter.behind(token, draft.community());
    if (store.in(scope, tx -> reports.find(tx, draft.id())).isEmpty()) {
      count(caller);
    }
    return store.in(
        scope,
        tx -> {
          Report report = received(draft, account, caller.now());
          if (reports.add(tx, report, token)) {
            audit(tx, caller, report, "report.make");
          }
          return reports
              .find(tx, draft.id())
              .map(found -> view(tx, caller, found))
              .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, "report-id-used"));
        });
  }

  /** One more than {@code size} reports that the caller may see, the newest first. */
  List<ReportView> list(
      Caller caller,
      @Nullable String community,
      @Nullable List<String> states,
      ReportStore.After after,
      int size) {
    List<ReportView> found = new ArrayList<>();
    for (Scope scope : sights(caller.account())) {
      found.addAll(
          store.in(
              scope,
              tx ->
                  reports.list(tx, community, states, after, size + 1).stream()
                      .map(report -> view(tx, caller, report))
                      .toList()));
    }
    found.sort(
        Comparator.comparing(ReportView::at).thenComparing(one -> one.id().toString()).reversed());
    return found.subList(0, Math.min(found.size(), size + 1));
  }

  /** A report with what was said about it. */
  ReportDetail show(Caller caller, UUID id) {
    return with(caller, id, (tx, report) -> detail(tx, caller, report));
  }

  /** The caller has read what the other side wrote. */
  void read(Caller caller, UUID id) {
    with(
        caller,
        id,
        (tx, report) -> {
          reports.read(tx, id, caller.otherSide(), caller.now());
          return report;
        });
  }

  /** Says something about a report. Said again under the same key it is the same message. */
  ReportDetail say(Caller caller, UUID id, String key, String text) {
    return with(
        caller,
        id,
        (tx, report) -> {
          UUID message = messageId(caller, id, key);
          List<Message> said = reports.messages(tx, id);
          if (said.stream().anyMatch(one -> one.id().equals(message))) {
            return detail(tx, caller, report);
          }
          require(
              report.state() != ReportState.CLOSED,
              Refusal.of(HttpStatus.CONFLICT, "report-closed"));
          require(said.size() < MOST_MESSAGES, Refusal.of(HttpStatus.CONFLICT, "report-full"));
          if (caller.isPolice()) {
            require(
                caller.account().id().equals(report.officer()),
                Refusal.of(HttpStatus.CONFLICT, "report-not-yours"));
          }
          reports.say(tx, id, new Message(message, caller.side(), text, caller.now(), null));
          if (caller.isPolice()) {
            reports.state(tx, id, ReportState.ANSWERED, report.officer(), caller.now());
            reports.tellAnswered(tx, id, caller.now());
            audit(tx, caller, report, "report.answer");
          }
          return detail(tx, caller, reports.find(tx, id).orElseThrow(Refusal::notFound));
        });
  }

  /** An officer takes a report, from a colleague if need be. */
  ReportDetail assign(Caller caller, UUID id) {
    return with(
        caller,
        id,
        (tx, report) -> {
          require(
              report.state() != ReportState.CLOSED,
              Refusal.of(HttpStatus.CONFLICT, "report-closed"));
          ReportState next =
              report.state() == ReportState.RECEIVED ? ReportState.ASSIGNED : report.state();
          reports.state(tx, id, next, caller.account().id(), caller.now());
          audit(tx, caller, report, "report.assign");
          return detail(tx, caller, reports.find(tx, id).orElseThrow(Refusal::notFound));
        });
  }

  /** The officer who works on it closes it. */
  ReportDetail close(Caller caller, UUID id) {
    return with(
        caller,
        id,
        (tx, report) -> {
          require(
              caller.account().id().equals(report.officer()),
              Refusal.of(HttpStatus.CONFLICT, "report-not-yours"));
          if (report.state() != ReportState.CLOSED) {
            reports.state(tx, id, ReportState.CLOSED, report.officer(), caller.now());
            audit(tx, caller, report, "report.close");
          }
          return detail(tx, caller, reports.find(tx, id).orElseThrow(Refusal::notFound));
        });
  }

  /** Works on a report that the caller may see, in whichever way the caller sees it. */
  private <T> T with(Caller caller, UUID id, BiFunction<Transaction, Report, T> work) {
    for (Scope scope : sights(caller.account())) {
      Optional<T> done =
          store.in(scope, tx -> reports.hold(tx, id).map(report -> work.apply(tx, report)));
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw Refusal.notFound();
  }

  /** The police see as themselves; a resident as the account, and as nobody in each community. */
  private List<Scope> sights(Account account) {
    List<Scope> sights = new ArrayList<>(List.of(account.scope()));
    if (account.role() == Role.RESIDENT) {
      for (String community : communities(account)) {
        sights.add(Reporter.behind(reporter.token(account, community), community));
      }
    }
    return sights;
  }

  private List<String> communities(Account account) {
    if (!account.communities().contains(Scope.EVERYWHERE)) {
      return account.communities();
    }
    return store.in(
        account.scope(),
        tx -> tx.query("select id from site.community order by id").mapTo(String.class).list());
  }

  private void count(Caller caller) {
    LocalDate day = LocalDate.ofInstant(caller.now(), ZoneOffset.UTC);
    byte[] token = reporter.dayToken(caller.account(), day);
    if (store.in(Reporter.behind(token, ""), tx -> reports.count(tx, token, day)) > MOST_A_DAY) {
      Instant tomorrow = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      throw Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-reports")
          .after(Duration.between(caller.now(), tomorrow));
    }
  }

  private Report received(Draft draft, Account account, Instant now) {
    String pseudonym =
        draft.anonymous()
            ? "R-"
                + Integer.toString(random.nextInt(36 * 36 * 36 * 36 * 36), 36)
                    .toUpperCase(Locale.ROOT)
            : "";
    return new Report(
        draft.id(),
        draft.community(),
        draft.category(),
        draft.place(),
        draft.text(),
        draft.anonymous() ? null : account.id(),
        pseudonym,
        ReportState.RECEIVED,
        null,
        now,
        now,
        0,
        0);
  }

  /** Keyed, so that the id of an anonymous message does not give its writer away. */
  private UUID messageId(Caller caller, UUID report, String key) {
    return UUID.nameUUIDFromBytes(
        cipher.token(FieldClass.TEXT, "message/" + report, caller.account().id() + "/" + key));
  }

  private ReportView view(Transaction tx, Caller caller, Report report) {
    boolean police = caller.isPolice();
    String name =
        report.anonymous()
            ? report.pseudonym()
            : report.account() == null ? "" : reports.name(tx, report.account());
    return new ReportView(
        report.id(),
        report.community(),
        report.category(),
        report.place(),
        report.text(),
        report.anonymous(),
        police ? name : null,
        report.state(),
        police ? caller.account().id().equals(report.officer()) : null,
        report.at(),
        report.stateAt(),
        police ? report.unreadByPolice() : report.unreadByReporter());
  }

  private ReportDetail detail(Transaction tx, Caller caller, Report report) {
    return new ReportDetail(
        view(tx, caller, report),
        reports.messages(tx, report.id()).stream()
            .map(
                one ->
                    new ReportDetail.Said(
                        one.id(), one.sender(), one.text(), one.at(), one.readAt()))
            .toList());
  }

  private void audit(Transaction tx, Caller caller, Report report, String action) {
    boolean nameless = report.anonymous() && !caller.isPolice();
    audit.append(
        tx,
        new AuditLog.Entry(
            report.community(),
            nameless ? report.pseudonym() : caller.account().username(),
            caller.account().role().name(),
            nameless ? "" : caller.address(),
            action,
            "report " + report.id(),
            "DONE",
            ""));
  }

  private static void require(boolean holds, Refusal otherwise) {
    if (!holds) {
      throw otherwise;
    }
  }
}
