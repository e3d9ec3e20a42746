package gatehouse.api.export;

import gatehouse.api.approval.Approval;
import gatehouse.api.approval.Approvals;
import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Exports in bulk: one person asks, another approves, and the first takes the file. */
@RestController
@RequestMapping("/api/v1/exports")
class ExportRoutes {

  /** How long an approval is good. */
  static final Duration GOOD = Duration.ofHours(24);

  private static final int MOST_ASKED_A_DAY = 10;

  private final Store store;
  private final Store reports;
  private final Approvals approvals;
  private final ExportFiles files;
  private final Map<ExportKind, ExportSource> sources = new EnumMap<>(ExportKind.class);
  private final AuditLog audit;
  private final JsonMapper json;
  private final Clock clock;

  ExportRoutes(
      @Qualifier("requests") Store store,
      @Qualifier("reports") Store reports,
      Approvals approvals,
      ExportFiles files,
      List<ExportSource> sources,
      AuditLog audit,
      JsonMapper json,
      Clock clock) {
    this.store = store;
    this.reports = reports;
    this.approvals = approvals;
    this.files = files;
    sources.forEach(source -> this.sources.put(source.what(), source));
    this.audit = audit;
    this.json = json;
    this.clock = clock;
  }

  /** What is to be exported, and why. */
  record Wish(
      @Nullable ExportKind what,
      @Nullable String community,
      @Nullable String registryKind,
      @Nullable String place,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable String reason) {}

  /** What whoever decides has to say. */
  record Decision(@Nullable String note) {}

  /** The newest exports that were asked for in the caller's communities. */
  @GetMapping
  List<Approval> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false, defaultValue = "false") boolean open,
      @AuthenticationPrincipal Account account) {
    account.require(Duty.OPERATOR);
    String in = Inputs.id("community", community);
    return store.in(account.scope(), tx -> approvals.list(tx, Approval.Kind.EXPORT, in, open));
  }

  /** Asks for an export under an id of the caller's choice. */
  @PutMapping("/{id}")
  Approval ask(
      @PathVariable String id,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.require(Duty.OPERATOR);
    UUID key = Inputs.uuid(id);
    String reason = Inputs.text("reason", wish.reason());
    if (reason == null) {
      throw Refusal.badValue("reason");
    }
    ExportWish checked = checked(wish, account);
    Instant now = now();
    return store.in(
        account.scope(),
        tx -> {
          if (approvals.find(tx, Approval.Kind.EXPORT, key).isEmpty()
              && approvals.asked(tx, account, Approval.Kind.EXPORT, now.minus(Duration.ofDays(1)))
                  >= MOST_ASKED_A_DAY) {
            throw Refusal.of(HttpStatus.TOO_MANY_REQUESTS, "export-quota")
                .after(Duration.ofHours(1));
          }
          return approvals.ask(
              tx,
              account,
              new Approvals.Asked(
                  key,
                  checked.community(),
                  Approval.Kind.EXPORT,
                  json.valueToTree(checked),
                  reason),
              request.getRemoteAddr(),
              now);
        });
  }

  /** Approves an export that another person asked for. */
  @PostMapping("/{id}/approve")
  Approval approve(
      @PathVariable String id,
      @RequestBody Decision decision,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return decide(id, true, decision, account, request);
  }

  /** Rejects an export that another person asked for. */
  @PostMapping("/{id}/reject")
  Approval reject(
      @PathVariable String id,
      @RequestBody Decision decision,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return decide(id, false, decision, account, request);
  }

  /** The file, for whoever asked: within 24 hours of the approval, three times at most. */
  @GetMapping(path = "/{id}/file", produces = "text/csv;charset=UTF-8")
  void file(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request,
      HttpServletResponse response) {
    UUID key = Inputs.uuid(id);
    reports.run(
        account.scope(),
        tx -> {
          tx.query("select set_config('statement_timeout', '60s', true)").mapTo(String.class).one();
          Approval approval =
              approvals
                  .find(tx, Approval.Kind.EXPORT, key)
                  .filter(one -> one.askedById().equals(account.id()))
                  .orElseThrow(Refusal::notFound);
          good(approval);
          ExportWish wish = json.treeToValue(approval.wish(), ExportWish.class);
          Watermark mark = files.approved(tx, account, wish, key);
          record(tx, account, request, wish, mark);
          write(tx, account, wish, mark, response);
        });
  }

  private void good(Approval approval) {
    switch (approval.state()) {
      case ASKED -> throw Refusal.of(HttpStatus.CONFLICT, "export-needs-approval");
      case REJECTED -> throw Refusal.of(HttpStatus.GONE, "export-over");
      case APPROVED -> {
        Instant decided = approval.decidedAt();
        if (decided == null || decided.plus(GOOD).isBefore(clock.instant())) {
          throw Refusal.of(HttpStatus.GONE, "export-over");
        }
      }
    }
  }

  private void write(
      Transaction tx,
      Account account,
      ExportWish wish,
      Watermark mark,
      HttpServletResponse response) {
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(Watermark.HEADER, mark.header());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\""
            + wish.community()
            + "-"
            + wish.what().name().toLowerCase(Locale.ROOT)
            + ".csv\"");
    try {
      Writer out =
          new BufferedWriter(
              new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
      // Spreadsheets take the file for UTF-8 only with this mark.
      out.write('\uFEFF');
      out.write(mark.line());
      source(wish.what()).write(tx, account, wish, out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ExportWish checked(Wish wish, Account account) {
    ExportKind what = wish.what();
    String community = Inputs.id("community", wish.community());
    if (what == null || community == null) {
      throw Refusal.badValue(what == null ? "what" : "community");
    }
    if (!account.sees(community)) {
      throw Refusal.notFound();
    }
    ExportWish checked =
        new ExportWish(
            what,
            community,
            Inputs.id("registryKind", wish.registryKind()),
            Inputs.text("place", wish.place()),
            wish.from(),
            wish.to());
    source(what).check(account, checked);
    return checked;
  }

  private ExportSource source(ExportKind what) {
    ExportSource source = sources.get(what);
    if (source == null) {
      throw new IllegalStateException("nothing exports " + what);
    }
    return source;
  }

  private Approval decide(
      String id, boolean approve, Decision decision, Account account, HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    String note = Inputs.note(decision.note());
    return store.in(
        account.scope(),
        tx ->
            approvals.decide(
                tx,
                account,
                Approval.Kind.EXPORT,
                key,
                approve,
                note == null ? "" : note,
                request.getRemoteAddr(),
                now()));
  }

  private void record(
      Transaction tx,
      Account account,
      HttpServletRequest request,
      ExportWish wish,
      Watermark mark) {
    audit.append(
        tx,
        new AuditLog.Entry(
            wish.community(),
            account.username(),
            account.role().name(),
            request.getRemoteAddr(),
            "export.file",
            wish.what().name() + " " + mark.id(),
            "DONE",
            ""));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
