package gatehouse.api.police;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.purpose.CaseGate;
import gatehouse.api.purpose.CaseScope;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
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
import org.springframework.web.bind.annotation.RestController;

/**
 * Export packs (证据导出): asked for with a reason, approved by a second person, taken by the first.
 */
@RestController
@RequestMapping("/api/v1/cases/{id}/exports")
class CaseExportRoutes {

  private final Store store;
  private final CaseGate gate;
  private final CaseStore cases;
  private final CaseApprovals approvals;
  private final ExportPack pack;
  private final CaseRecord record;
  private final Clock clock;

  CaseExportRoutes(
      @Qualifier("requests") Store store,
      CaseGate gate,
      CaseStore cases,
      CaseApprovals approvals,
      ExportPack pack,
      CaseRecord record,
      Clock clock) {
    this.store = store;
    this.gate = gate;
    this.cases = cases;
    this.approvals = approvals;
    this.pack = pack;
    this.record = record;
    this.clock = clock;
  }

  /** Why rows are to leave the system. */
  record Wish(@Nullable String reason) {}

  /** A pack that was asked for; it may be taken once somebody else approved. */
  record Export(
      String id, String reason, String askedBy, Instant askedAt, List<String> approvers) {}

  private record Asked(Export view, UUID askedBy) {}

  /** Those of a case, the newest first. */
  @GetMapping
  ItemList<Export> list(@PathVariable String id, @AuthenticationPrincipal Account account) {
    UUID key = Inputs.uuid(id);
    return store.in(
        account.scope(),
        tx -> {
          if (cases.find(tx, key).isEmpty()) {
            throw Refusal.notFound();
          }
          return new ItemList<>(read(tx, key, null).stream().map(Asked::view).toList());
        });
  }

  /** Asks for a pack under an id of the caller's choice; asking again changes nothing. */
  @PutMapping("/{export}")
  Export ask(
      @PathVariable String id,
      @PathVariable String export,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(export);
    Instant now = now();
    return gate.in(
        account,
        new CaseGate.Use(id, "case.export.ask", request.getRemoteAddr()),
        (tx, scope) -> {
          String reason = Inputs.required("reason", Inputs.text("reason", wish.reason()));
          int first =
              tx.update(
                      """
                      insert into police.export (id, case_file, account, reason, at)
                      values (:id, :case, :account, :reason, :now) on conflict do nothing
                      """)
                  .bind("id", key)
                  .bind("case", scope.id())
                  .bind("account", account.id())
                  .bind("reason", reason)
                  .bind("now", now)
                  .execute();
          Asked asked =
              read(tx, scope.id(), key).stream()
                  .findFirst()
                  .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, "id-used"));
          if (first == 1) {
            append(tx, account, scope.id(), "case.export.ask", key, reason, now, request);
          }
          return asked.view();
        });
  }

  /** Lets a pack leave; for another member of the case, or a supervisor. */
  @PostMapping("/{export}/approve")
  Export approve(
      @PathVariable String id,
      @PathVariable String export,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID key = Inputs.uuid(id);
    Instant now = now();
    return store.in(
        account.scope(),
        tx -> {
          if (cases.find(tx, key).isEmpty()) {
            throw Refusal.notFound();
          }
          UUID thing = Inputs.uuid(export);
          Asked asked = one(tx, key, thing);
          if (approvals.give(
              tx, CaseApprovals.Deed.EXPORT, thing, key, asked.askedBy(), account, now)) {
            append(tx, account, key, "case.export.approve", thing, "", now, request);
          }
          return one(tx, key, thing).view();
        });
  }

  /** The pack, a zip; for whoever asked for it, once somebody else approved. */
  @GetMapping(path = "/{export}/pack", produces = "application/zip")
  void take(
      @PathVariable String id,
      @PathVariable String export,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request,
      HttpServletResponse response) {
    CaseGate.Use use = new CaseGate.Use(id, "case.export", request.getRemoteAddr());
    Instant now = now();
    // What leaves is in the audit log before the first byte does, whatever becomes of the rest.
    Asked asked =
        gate.in(account, use, (tx, scope) -> begin(tx, scope, export, account, now, request));
    gate.in(
        account,
        use,
        (tx, scope) -> {
          try {
            response.setContentType("application/zip");
            response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"case-" + scope.id() + ".zip\"");
            String whole =
                pack.write(
                    tx,
                    scope,
                    new ExportPack.Watermark(
                        account.username(), now, asked.view().reason(), asked.view().approvers()),
                    response.getOutputStream());
            append(
                tx,
                account,
                scope.id(),
                "case.export.done",
                UUID.fromString(asked.view().id()),
                "sha256=" + whole,
                now,
                request);
            return whole;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Asked begin(
      Transaction tx,
      CaseScope scope,
      String export,
      Account account,
      Instant now,
      HttpServletRequest request) {
    Asked asked = one(tx, scope.id(), Inputs.uuid(export));
    if (!asked.askedBy().equals(account.id())) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "not-allowed");
    }
    if (asked.view().approvers().isEmpty()) {
      throw Refusal.of(HttpStatus.CONFLICT, "second-person-required");
    }
    append(
        tx,
        account,
        scope.id(),
        "case.export",
        UUID.fromString(asked.view().id()),
        "approvers=" + String.join(",", asked.view().approvers()),
        now,
        request);
    return asked;
  }

  private Asked one(Transaction tx, UUID caseFile, UUID export) {
    return read(tx, caseFile, export).stream().findFirst().orElseThrow(Refusal::notFound);
  }

  private static List<Asked> read(Transaction tx, UUID caseFile, @Nullable UUID export) {
    return tx.query(
            """
            select e.*, u.username,
              array(select a.username from police.approval p
                    join identity.account a on a.id = p.account
                    where p.deed = 'EXPORT' and p.thing = e.id and p.account <> e.account
                    order by p.at, 1) as approvers
            from police.export e join identity.account u on u.id = e.account
            where e.case_file = :case and (:id::uuid is null or e.id = :id)
            order by e.at desc, e.id desc limit 1000
            """)
        .bind("case", caseFile)
        .bind("id", export)
        .map(
            (row, context) ->
                new Asked(
                    new Export(
                        row.getString("id"),
                        row.getString("reason"),
                        row.getString("username"),
                        row.getTimestamp("at").toInstant(),
                        Arrays.asList((String[]) row.getArray("approvers").getArray())),
                    row.getObject("account", UUID.class)))
        .list();
  }

  private void append(
      Transaction tx,
      Account account,
      UUID caseFile,
      String action,
      UUID export,
      String detail,
      Instant now,
      HttpServletRequest request) {
    CaseView found = cases.find(tx, caseFile).orElseThrow(Refusal::notFound);
    record.append(
        tx,
        account,
        new CaseRecord.Deed(
            caseFile,
            found.number(),
            CaseRecord.chain(found),
            action,
            export.toString(),
            "DONE",
            detail),
        now,
        request.getRemoteAddr());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
