package gatehouse.api.accesslog;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.Page;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who passed where, and who tried. */
@RestController
@RequestMapping("/api/v1")
class AccessLogRoutes {

  private final AccessLogStore log;

  AccessLogRoutes(AccessLogStore log) {
    this.log = log;
  }

  /**
   * Passages and attempts, newest first: in the caller's communities, or a resident's own by card,
   * phone or face. The police name an open case that they work on, and see what it covers.
   */
  @GetMapping("/access-log")
  Page<AccessRow> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String place,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(name = "case", required = false) @Nullable String caseFile,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    AccessFilter filter = AccessFilter.of(community, place, subject, outcome, from, to);
    int size = Page.size(limit);
    return Page.of(
        log.list(account, filter, caseFile, Cursor.parse(cursor), size, request.getRemoteAddr()),
        size,
        row -> row,
        row -> new Cursor(row.time(), row.community() + '/' + row.device() + '/' + row.id()));
  }

  /**
   * The same as a file, at most 50 000 rows; for the property. The police take rows away in the
   * export pack of a case.
   */
  @GetMapping(path = "/access-log.csv", produces = "text/csv;charset=UTF-8")
  void export(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String place,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    AccessFilter filter = AccessFilter.of(community, place, subject, outcome, from, to);
    if (account.role() == Role.POLICE) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "export-by-case");
    }
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"access-log.csv\"");
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    // Spreadsheets take the file for UTF-8 only with this mark.
    out.write('\uFEFF');
    out.write(
        CsvText.line(
            "time",
            "received_at",
            "community",
            "community_name",
            "place",
            "place_name",
            "device",
            "kind",
            "subject_type",
            "subject",
            "direction",
            "outcome",
            "reason",
            "buffered",
            "id"));
    log.export(account, filter, request.getRemoteAddr(), row -> write(out, row));
    out.flush();
  }

  private static void write(Writer out, AccessRow row) {
    try {
      out.write(
          CsvText.line(
              row.time(),
              row.receivedAt(),
              row.community(),
              row.communityName(),
              row.place(),
              row.placeName(),
              row.device(),
              row.kind(),
              row.subjectType(),
              row.subject(),
              row.direction(),
              row.outcome(),
              row.reason(),
              row.buffered(),
              row.id()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
