package gatehouse.api.registry;

import gatehouse.api.audit.AuditLog;
import gatehouse.api.export.ExportFiles;
import gatehouse.api.export.ExportKind;
import gatehouse.api.export.Watermark;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.http.Texts;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import gatehouse.api.store.Store;
import gatehouse.api.store.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registry as tables: what one writes the other reads. */
@RestController
@RequestMapping("/api/v1/registry/{community}/{kind}")
class RegistryFileRoutes {

  private static final int MOST_ROWS = 20_000;
  private static final int MOST_FAULTS = 1_000;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Store store;
  private final RegistryStore rows;
  private final RegistryKeeper keeper;
  private final RegistryExport export;
  private final ExportFiles files;
  private final AuditLog audit;

  RegistryFileRoutes(
      @Qualifier("requests") Store store,
      RegistryStore rows,
      RegistryKeeper keeper,
      RegistryExport export,
      ExportFiles files,
      AuditLog audit) {
    this.store = store;
    this.rows = rows;
    this.keeper = keeper;
    this.export = export;
    this.files = files;
    this.audit = audit;
  }

  /**
   * What is wrong with a row.
   *
   * @param row its number in the file, the header being 1
   * @param text for people
   */
  record Fault(long row, String field, String reason, String text) {}

  /**
   * What an import did, or would do.
   *
   * @param faults the first of them; if there is one, nothing was imported
   */
  record Report(
      boolean dryRun, int rows, int created, int changed, int unchanged, List<Fault> faults) {}

  /** Everything of a kind that holds now, as CSV; at most 1 000 rows for the property alone. */
  @GetMapping(path = "/export", produces = "text/csv;charset=UTF-8")
  ResponseEntity<String> export(
      @PathVariable String community,
      @PathVariable String kind,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    RegistryKind known = RegistryKind.readable(kind, account);
    account.requireAtProperty(Duty.MANAGER);
    String in = account.seen(community);
    StringWriter csv = new StringWriter();
    Watermark mark =
        store.in(
            account.scope(),
            tx -> {
              List<RegistryRow> found = export.rows(tx, known, in);
              Watermark taken = files.alone(tx, account, in, ExportKind.REGISTRY, found.size());
              record(tx, account, request, in, known, "registry.export", found.size() + " rows");
              csv.append(BYTE_ORDER_MARK).append(taken.line());
              export.write(known, found, csv);
              return taken;
            });
    return ResponseEntity.ok()
        .header(Watermark.HEADER, mark.header())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + in + "-" + known.path() + ".csv\"")
        .body(csv.toString());
  }

  /**
   * Records the rows of a CSV file whose first line names the fields. All of them or none: with a
   * fault in any row nothing is recorded, and the answer says what is wrong where. A row that says
   * what is so already changes nothing, so that a file can be sent again.
   *
   * @param dryRun only says what would happen
   */
  @PostMapping(path = "/import", consumes = "text/csv")
  ResponseEntity<Report> importFile(
      @PathVariable String community,
      @PathVariable String kind,
      @RequestParam(required = false, defaultValue = "false") boolean dryRun,
      @RequestBody byte[] file,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request,
      Locale locale) {
    RegistryKind known = RegistryKind.recordable(kind, account);
    String in = account.seen(community);
    List<CSVRecord> records = records(file);
    Import work = new Import(account, request.getRemoteAddr(), known, in, locale);
    Report report;
    try {
      report =
          store.in(
              account.scope(),
              tx -> {
                Report done = work.run(tx, records, dryRun);
                if (dryRun || !done.faults().isEmpty()) {
                  throw new Undone(done);
                }
                record(
                    tx, account, request, in, known, "registry.import", records.size() + " rows");
                return done;
              });
    } catch (Undone e) {
      report = e.report;
    }
    return ResponseEntity.status(
            report.faults().isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT)
        .body(report);
  }

  /** Takes a transaction back and keeps what it would have done. */
  private static final class Undone extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Report report;

    Undone(Report report) {
      super(null, null, false, false);
      this.report = report;
    }
  }

  private static List<CSVRecord> records(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    if (text.indexOf('\uFFFD') >= 0) {
      throw Refusal.badValue("encoding");
    }
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setCommentMarker('#')
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      List<CSVRecord> records = new ArrayList<>();
      for (CSVRecord one : parser) {
        records.add(one);
        if (records.size() > MOST_ROWS) {
          throw Refusal.of(HttpStatus.CONTENT_TOO_LARGE, "too-large");
        }
      }
      return records;
    } catch (IOException | IllegalArgumentException | java.io.UncheckedIOException e) {
      throw Refusal.badValue("file");
    }
  }

  /** One import. */
  private final class Import {

    private final Account account;
    private final String address;
    private final RegistryKind kind;
    private final String community;
    private final Locale locale;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<RegistryKeeper.Outcome, Integer> outcomes =
        new EnumMap<>(RegistryKeeper.Outcome.class);

    Import(Account account, String address, RegistryKind kind, String community, Locale locale) {
      this.account = account;
      this.address = address;
      this.kind = kind;
      this.community = community;
      this.locale = locale;
    }

    Report run(Transaction tx, List<CSVRecord> records, boolean dryRun) {
      for (CSVRecord one : records) {
        try {
          outcomes.merge(keep(tx, one), 1, Integer::sum);
        } catch (InvalidField e) {
          if (faults.size() < MOST_FAULTS) {
            faults.add(
                new Fault(
                    one.getRecordNumber() + 1,
                    e.field(),
                    e.reason(),
                    Texts.text(locale, "field." + e.reason())));
          }
        }
      }
      return new Report(
          dryRun,
          records.size(),
          outcomes.getOrDefault(RegistryKeeper.Outcome.CREATED, 0),
          outcomes.getOrDefault(RegistryKeeper.Outcome.CHANGED, 0),
          outcomes.getOrDefault(RegistryKeeper.Outcome.UNCHANGED, 0),
          faults);
    }

    private RegistryKeeper.Outcome keep(Transaction tx, CSVRecord one) throws InvalidField {
      if (!one.isConsistent()) {
        throw new InvalidField("row", "cells");
      }
      Map<String, String> cells = one.toMap();
      for (String name : cells.keySet()) {
        if (!name.equals("validFrom")
            && !name.equals("validTo")
            && !rows.shape(kind).columns().contains(name)) {
          throw new InvalidField(name.isEmpty() ? "header" : name, "no-such-field");
        }
      }
      RegistryKeeper.Wish wish =
          new RegistryKeeper.Wish(
              rows.shape(kind).fields(cells),
              time("validFrom", cells.get("validFrom")),
              time("validTo", cells.get("validTo")));
      RegistryKeeper.Target target =
          new RegistryKeeper.Target(
              account, address, kind, community, keeper.thing(kind, community, wish.fields()));
      return keeper.put(tx, target, wish, Precondition.NONE).outcome();
    }

    private @Nullable Instant time(String field, @Nullable String cell) throws InvalidField {
      if (cell == null || cell.isBlank()) {
        return null;
      }
      try {
        return OffsetDateTime.parse(cell.strip()).toInstant();
      } catch (DateTimeException e) {
        throw new InvalidField(field, "time");
      }
    }
  }

  private void record(
      Transaction tx,
      Account account,
      HttpServletRequest request,
      String community,
      RegistryKind kind,
      String action,
      String outcome) {
    audit.append(
        tx,
        new AuditLog.Entry(
            community,
            account.username(),
            account.role().name(),
            request.getRemoteAddr(),
            action,
            kind.path(),
            outcome,
            ""));
  }
}
